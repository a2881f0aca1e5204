"""The keys of the study screen: what they do, when they do it, and why they do not."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from studytool.app.picks import PICKS
from studytool.app.prose import has_formula
from studytool.app.screens.file_keys import FILE
from studytool.app.screens.typed_answers import TypedAnswers
from studytool.memory import Grade

_KEYS: list[BindingType] = [
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


class StudyKeys(TypedAnswers):
    """A screen with these keys. What they do depends on the card, and on whether its answer is shown."""

    BINDINGS: ClassVar[list[BindingType]] = _KEYS

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[str] = []
        """The answer as it is shown line by line; none where it is not."""

    @property
    def unsure(self) -> frozenset[str]:
        """Nor what does nothing just now, or what another line tells better."""
        hidden = {
            "demo": self._demo is None and self._worth is None,
            "undo": (not self._trail and not self._is_marked) or self._is_half_typed,
            "history": not self._revealed,
            "take": self._proposed not in (None, Grade.GOOD),  # the grades show which
            "leave": self._types,  # out of the field first
        }
        return super().unsure | {action for action, is_hidden in hidden.items() if is_hidden}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now are on the foot of the screen; grades are in the help before that, too."""
        if action in {"read", "edit", "bury", "suspend", "reject", "history"}:
            return self._card is not None
        if action in {"reveal", "take"}:
            return self._card is not None and self._revealed == (action == "take")
        if action == "grade":
            return True if self._revealed else None
        if action == "last_note":
            return self._last is not None
        if action == "source":
            return self._card is not None and has_formula(f"{self._card.front}\n\n{self._card.back}")
        if action == "write":
            return self._card is not None and self._card.kind == "open"
        if action == "demo":
            return self._card is not None or self._worth is not None
        if action == "pick":
            count = len(self._question.options) if self._question is not None else 0
            return not self._revealed and int(str(parameters[0])) <= count
        if action == "line":
            return bool(self._steps) and not self._revealed
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing now, and which one leads on."""
        name, shows = self.app.key_name, f"{self.app.key_name('study.answer', 'space')} shows "
        if self._card is None:
            return f"No card is asked now: {name('study.leave', 'esc')} goes back."
        if action == "pick" and self._question is not None and not self._revealed:
            return f"There are {len(self._question.options)} options, and {shows}the answer."
        if action == "pick" and int(str(parameters[0])) > Grade.EASY:
            return f"Only {self._grades} grade a card." if self._revealed else f"No options here: {shows}the answer."
        if action == "line":
            return "All of the answer is shown." if self._revealed else f"Not line by line: {shows}the answer."
        return {
            "grade": f"{shows}the answer first; then {self._grades} grade it.",
            "write": "Your notes hold the answer: nothing of your own to write.",
            "source": "This card has no formula.",
            "last_note": "No card was answered before this one.",
        }.get(action, "")

    @property
    def _grades(self) -> str:
        return self.app.keys_name([f"study.{grade}" for grade in ("again", "hard", "good", "easy")], "1 to 4")
