"""A card whose answer is typed: the field below its prompt and, once it was handed in, the mark with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.widgets.answer import SIGNS, Nothing
from studytool.app.widgets.answer_typed import AnswerInput, TypedField
from studytool.quiz.marking.kinds import unit_of
from studytool.quiz.model import longest
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studytool.quiz import Asked, Mark
    from studytool.quiz.marking.difference import Part

_EXTRA, _MISSED = "strike $text-error", "underline bold $text-success"


class TypedAnswer(Vertical):
    """One line to type; enter hands it in, an empty one only the second time."""

    def __init__(self) -> None:
        super().__init__(id="typing")
        self.asked: Asked | None = None
        self._nothing = Nothing()
        self._input, self._mark = AnswerInput(longest("typed"), ""), Static(id="mark")

    def compose(self) -> ComposeResult:
        """The field, and the place of the mark."""
        yield self._input
        yield self._mark

    def ask(self, asked: Asked) -> None:
        """Wait for the answer of another question, empty."""
        self.asked, self._nothing = asked, Nothing()
        is_shape, unit = asked.answer.startswith("("), unit_of(asked)
        slot = "the answer" if asked.kind != "numeric" else "the shape" if is_shape else "the number"
        if asked.kind == "cloze":
            slot = "what is missing"
        self._input.placeholder = f"Type {slot}{f', in {unit}' if unit else ''}"
        self._input.value = ""
        self._input.disabled = False
        self._mark.update("")
        self.screen.set_focus(self._input)  # at once: `focus` would come behind a key that is waiting

    def put(self, typed: str) -> None:
        """What was typed before stands there, to go on with."""
        self._input.value = typed
        self._input.cursor_position = len(typed)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return clean(self._input.value).strip()

    @property
    def knows_none(self) -> bool:
        """Whether who hands in nothing does not know the answer; the first time it is said how to say so."""
        return self._nothing.is_meant(self.screen, TypedField.asks, "enter")

    def tell(self, mark: Mark | None) -> None:
        """Show what the answer is worth and why; nothing more is typed."""
        self._input.disabled = True
        told = told_of(self.asked, self.typed, mark) if self.asked and mark else Content("")
        self._mark.update(told)

    def again(self) -> None:
        """Take the mark away: what was typed stands there to be corrected."""
        self._mark.update("")
        self._input.disabled = False
        self._input.focus()


def told_of(asked: Asked, typed: str, mark: Mark) -> Content:
    """The verdict with its reason and, where letters tell them apart, both texts one below the other."""
    word, style = SIGNS[mark.verdict]
    reason = mark.reason.removeprefix(mark.verdict).lstrip(": ")
    parts: list[Content] = [Content.assemble((word, style), f"   {one_line(reason)}")]
    if typed and mark.verdict != "right" and asked.kind != "numeric":
        from studytool.quiz.marking.difference import difference

        mine, right = difference(one_line(typed), one_line(asked.answer))
        parts.append(_row("you     ", mine, _EXTRA))
        parts.append(_row("answer  ", right, _MISSED))
    return Content("\n").join(parts)


def _row(name: str, parts: Sequence[Part], style: str) -> Content:
    runs = [Content.styled(part.text, style) if not part.same else Content(part.text) for part in parts]
    return Content.assemble((name, "$foreground-muted"), *runs)
