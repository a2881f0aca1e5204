"""The controls of a demo on two lines: all with their values, and what the chosen one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from textual.content import Content
from textual.widgets import Static

from studytool.app.knob import Knob


class Knobs(Static):
    """Knobs, one of them chosen."""

    def __init__(self) -> None:
        super().__init__(id="knobs")
        self._knobs: list[Knob] = []
        self._at = 0

    @property
    def values(self) -> dict[str, str]:
        """The value of each as text, as the demo's process takes it."""
        return {knob.name: knob.shown for knob in self._knobs}

    def load(self, parameters: Sequence[Mapping[str, object]]) -> None:
        """Take the parameters of a demo; the first that may change while it runs is chosen, unless one was."""
        before = len(self._knobs)
        self._knobs = [Knob.of(parameter) for parameter in parameters]
        if not before:
            self._at = next((k for k, knob in enumerate(self._knobs) if not knob.choices), 0)
        self._draw()

    def show(self, values: Mapping[str, float | str]) -> None:
        """Set the knobs to the values that a run had."""
        self._knobs = [replace(knob, value=values.get(knob.name, knob.value)) for knob in self._knobs]
        self._draw()

    def choose(self, direction: int) -> None:
        """Choose the next or the one before."""
        if self._knobs:
            self._at = (self._at + direction) % len(self._knobs)
            self._draw()

    def turn(self, direction: int) -> Knob | None:
        """Turn the chosen knob by one step and return it; None where there is none."""
        if not self._knobs:
            return None
        self._knobs[self._at] = knob = self._knobs[self._at].turned(direction)
        self._draw()
        return knob

    def on_resize(self) -> None:
        """The names stand there where there is room."""
        self._draw()

    def _draw(self) -> None:
        lines = [self._line(named=named, air=air) for named, air in ((True, " "), (False, " "), (False, ""))]
        line = next((line for line in lines if line.cell_length <= self.app.size.width - 4), lines[-1])
        chosen = self._knobs[self._at].help if self._knobs else ""
        self.update(Content("\n").join([line, Content.styled(chosen, "$foreground-muted")]))

    def _line(self, *, named: bool, air: str) -> Content:
        """All controls with their values; where there is little room the letter of the field stands for a name.

        `air` is what stands around a value.
        """
        parts: list[Content] = []
        for index, knob in enumerate(self._knobs):
            name = knob.name.replace("_", " ")
            alike = normalize("NFKC", knob.symbol) == name  # as x₁ and x1
            symbol = knob.symbol if knob.symbol != name else ""
            words = [symbol] * bool(symbol) + [name] * ((named and not alike) or not symbol)
            value = f"◂{air}{knob.shown}{air}▸" if index == self._at else f" {air}{knob.shown}{air} "
            style = "$accent bold" if index == self._at else "$foreground-muted"
            parts.append(Content.assemble((" ".join(words), style), " ", (value, style)))
        return Content("   " if named else " ").join(parts)
