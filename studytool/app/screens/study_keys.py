"""The keys of the study screen."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from studytool.app.picks import PICKS
from studytool.app.screens.file_keys import FILE

KEYS: list[BindingType] = [
    Binding(
        "space,enter",
        "reveal",
        "Answer",
        key_display="space",
        tooltip="Show the answer",
        id="study.answer",
    ),
    Binding(
        "space,enter",
        "take",
        "Good",
        key_display="space",
        tooltip="Good; or the grade with ▸, where what you typed or chose speaks for one",
        id="study.take",
    ),
    Binding("l", "line", "Line", show=False, tooltip="Show one line of a list", id="study.line"),
    *PICKS,
    Binding("1", "grade(1)", "Again", show=False, tooltip="Not known", id="study.again"),
    Binding("2", "grade(2)", "Hard", show=False, tooltip="Known with an effort", id="study.hard"),
    Binding("3", "grade(3)", "Good", show=False, tooltip="Known", id="study.good"),
    Binding("4", "grade(4)", "Easy", show=False, tooltip="Known at once", id="study.easy"),
    Binding(
        "u",
        "undo",
        "Undo",
        tooltip="Take the last grade back; while what you typed or chose is marked, its mark",
        id="study.undo",
    ),
    Binding(
        "ctrl+r",
        "undo",
        "Undo",
        tooltip="Take the last grade back before anything is typed",
        id="study.undo-typing",
    ),
    Binding("U", "redo", "Redo", show=False, tooltip="Says where histories are given back: at home", id="study.redo"),
    Binding("d", "demo", "Demo", tooltip="Run the idea of this card", id="study.demo"),
    Binding("w", "write", "Write", tooltip="Write your own answer; it is kept", id="study.write"),
    Binding("t", "source", "TeX", tooltip="Show the formulas as they are written, and back", id="study.source"),
    Binding("b", "bury", "Bury", tooltip="Not today", id="study.bury"),
    Binding("s", "suspend", "Suspend", tooltip="Not again until r at home brings it back", id="study.suspend"),
    *FILE,
    Binding(
        "O",
        "last_note",
        "Last note",
        show=False,
        tooltip="Open the note of the card that was answered last",
        id="study.last-note",
    ),
    Binding(
        "i",
        "history",
        "History",
        tooltip="What became of this card, and its forgetting curve",
        id="study.history",
    ),
    Binding(
        "x",
        "reject",
        "Not a card",
        show=False,
        tooltip="This is not a card: do not show it again",
        id="study.reject",
    ),
    Binding("j,down", "by(1)", "Down", show=False, tooltip="Scroll a long card down", id="study.down"),
    Binding("k,up", "by(-1)", "Up", show=False, tooltip="Scroll it up", id="study.up"),
    Binding("ctrl+d,pagedown", "half(1)", "Half a page down", show=False, id="study.half-down"),
    Binding("ctrl+u,pageup", "half(-1)", "Half a page up", show=False, id="study.half-up"),
    Binding("escape", "leave", "Home", tooltip="Back; everything is saved", id="study.leave"),
]
