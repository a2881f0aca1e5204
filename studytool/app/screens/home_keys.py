"""The keys of home."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from studytool.app.screens.file_keys import EDIT, READ

KEYS: list[BindingType] = [
    Binding("enter", "study", "Study", tooltip="Study the topic under the cursor, or everything", id="home.study"),
    Binding("q", "quiz", "Quiz", tooltip="Ten questions from the topic under the cursor", id="home.quiz"),
    Binding("d", "demo", "Demo", tooltip="Run the idea of this topic", id="home.demo"),
    READ,
    Binding(
        "x", "exam", "For exam", tooltip="Study what counts most for the exam that your settings name", id="home.exam"
    ),
    Binding(
        "t",
        "stats",
        "Stats",
        tooltip="What you recall, what is coming, the year: of this topic or of all",
        id="home.stats",
    ),
    Binding(
        "slash",
        "browse",
        "Browse",
        key_display="/",
        tooltip="All cards: search them, mark them, change them",
        id="home.browse",
    ),
    Binding(
        "m",
        "map",
        "Map",
        tooltip="How the topics follow from each other, and how well each is known",
        id="home.map",
    ),
    Binding("e", "sit", "Sit exam", tooltip="Forty questions in half an hour, marked at the end", id="home.sit"),
    Binding(
        "u",
        "undo",
        "Undo",
        tooltip="Take back what was done last: cards brought back here or, asking first, histories of edited cards",
        id="home.undo",
    ),
    Binding(
        "U",
        "redo",
        "Redo",
        tooltip="Give edited cards the histories back that were taken from them last",
        id="home.redo",
    ),
    Binding(
        "r",
        "resume",
        "Resume",
        tooltip="Bring back what was suspended, buried or called no card here",
        id="home.resume",
    ),
    Binding(
        "s",
        "reading",
        "Reading",
        tooltip="Read no more of your notes for now, and study what has been read; or read on",
        id="home.reading",
    ),
    Binding(
        "a",
        "away",
        "Away",
        show=False,
        tooltip="Tell of a holiday: nothing falls due meanwhile, what waits comes back a little at a time",
        id="home.away",
    ),
    Binding("comma", "app.settings", "Settings", tooltip="Everything that can be set", id="app.settings"),
    EDIT,
]
