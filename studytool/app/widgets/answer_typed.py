"""A line to type: a text, or what is missing in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from studytool.app.widgets.answer import AnswerField, cut, gone, pasted
from studytool.quiz.model import longest
from studytool.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Region
    from textual.strip import Strip

    from studytool.app.app import StudyApp
    from studytool.quiz import Attempt

_SLOT = {"typed": "Type the answer", "cloze": "Type what is missing"}


class AnswerInput(Input):
    """The field of a typed answer; a paste that is longer than any answer is cut instead of refused."""

    app: StudyApp

    def __init__(self, longest: int, placeholder: str) -> None:
        super().__init__(id="typed", placeholder=placeholder, select_on_focus=False)  # what stands there stays
        self._longest = longest

    def render_lines(self, crop: Region) -> list[Strip]:
        """What stands in it."""
        return super().render_lines(crop) if self.is_attached else gone(crop)

    def on_paste(self, event: events.Paste) -> None:
        """Take its lines as one, up to the length an answer may have."""
        text = " ".join(line.strip() for line in pasted(event).splitlines() if line.strip())
        self.insert_text_at_cursor(cut(text, self._longest, len(self.value), self.app))


class TypedField(AnswerField):
    """One line; enter hands it in."""

    asks = "Type an answer"

    def compose(self) -> ComposeResult:
        """The field."""
        yield AnswerInput(longest(self.asked.kind), self.slot(_SLOT[self.asked.kind]))

    def slot(self, told: str) -> str:
        """What stands in the field while it is empty."""
        return "Type it" if self.screen.has_class("-slim") else f"{told}, then {self.gives}"

    def begin(self) -> None:
        """Type at once."""
        self.screen.set_focus(self.query_one(AnswerInput), scroll_visible=False)

    def put(self, response: str | Sequence[int]) -> None:
        """What was typed."""
        self.query_one(AnswerInput).value = str(response)

    def response(self) -> str | None:
        """What was typed, if it is anything."""
        return clean(self.query_one(AnswerInput).value).strip() or None

    def show(self, attempt: Attempt) -> None:
        """What was typed stays to be read."""
        super().show(attempt)
        self.query_one(AnswerInput).disabled = True
