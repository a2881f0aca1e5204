"""The keys of an exam; those that a field to write in would take come first."""

from __future__ import annotations

from textual.binding import Binding, BindingType

KEYS: list[BindingType] = [
    Binding(
        "enter",
        "go_on",
        "Answer",
        priority=True,
        tooltip="Answer, and go on to the next open question",
        id="exam.answer",
    ),
    Binding(
        "ctrl+n",
        "step(1)",
        "Next",
        key_display="^n",
        priority=True,
        tooltip="The next question, as it is",
        id="exam.next",
    ),
    Binding(
        "ctrl+b",
        "step(-1)",
        "Back",
        key_display="^b",
        priority=True,
        tooltip="The question before",
        id="exam.back",
    ),
    Binding(
        "ctrl+f",
        "flag",
        "Flag",
        key_display="^f",
        priority=True,
        tooltip="Flag it to come back to it",
        id="exam.flag",
    ),
    Binding(
        "ctrl+r",
        "take_back",
        "Take back",
        show=False,
        priority=True,
        tooltip="Leave the question without the answer that it has",
        id="exam.take-back",
    ),
    Binding(
        "escape",
        "questions",
        "Questions",
        priority=True,
        tooltip="The list: jump by number, hand in, or leave",
        id="exam.questions",
    ),
    Binding("pagedown", "scroll(1)", "Page down", show=False, id="exam.page-down"),
    Binding("pageup", "scroll(-1)", "Page up", show=False, id="exam.page-up"),
    Binding("down", "by(1)", "Down", show=False, id="exam.down"),
    Binding("up", "by(-1)", "Up", show=False, id="exam.up"),
]
