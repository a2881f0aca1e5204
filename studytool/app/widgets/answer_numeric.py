"""A number or a shape to type, with the unit beside it that a bare number is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from studytool.app.widgets.answer_typed import AnswerInput, TypedField
from studytool.quiz.marking.kinds import unit_of
from studytool.quiz.model import longest

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.quiz import Asked


class NumericField(TypedField):
    """One line for a number; how it may be written stands under the card."""

    asks = "Type a number"

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._unit = unit_of(asked)
        self._is_shape = asked.answer.startswith("(")
        if self._is_shape:
            self.asks = "Type a shape such as 3, 4"

    @property
    def how(self) -> str:
        """How a number may be written."""
        return "numbers with commas between them" if self._is_shape else "0.001, 1e-3 and 10^-3 are the same"

    def compose(self) -> ComposeResult:
        """The field, and the unit after it."""
        slot = "Type the shape" if self._is_shape else "Type the number"
        with Horizontal(id="number"):
            yield AnswerInput(longest(self.asked.kind), self.slot(slot))
            if self._unit:
                yield Static(Content.assemble(("in ", "$foreground-muted"), Content(self._unit)), id="unit")
