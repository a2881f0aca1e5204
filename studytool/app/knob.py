"""A demo's parameter as a knob: what one press of an arrow key makes of its value."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# The steps of a logarithmic knob within a decade: 1, 2, 5, 10, as on any instrument.
_SERIES = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Knob:
    """One parameter with its present value; `low` and `high` bound numbers, `choices` lists the values of a choice."""

    name: str
    type: str
    value: float | str
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    symbol: str = ""

    @classmethod
    def of(cls, told: Mapping[str, object]) -> Knob:
        """The knob for a parameter as a demo's process tells about it."""
        choices = told.get("choices")
        value = told["value"]
        return cls(
            name=str(told["name"]),
            type=str(told["type"]).lower(),
            value=value if isinstance(value, str) else float(str(value)),
            low=float(str(told.get("low") or 0.0)),
            high=float(str(told.get("high") or 0.0)),
            log=bool(told.get("log")),
            choices=tuple(map(str, choices)) if isinstance(choices, (list, tuple)) else (),
            help=str(told.get("help") or ""),
            symbol=str(told.get("symbol") or ""),
        )

    def turned(self, direction: int) -> Knob:
        """The knob one step up (+1) or down (-1), never beyond its ends."""
        if self.choices:
            index = self.choices.index(str(self.value)) if self.value in self.choices else 0
            return replace(self, value=self.choices[(index + direction) % len(self.choices)])
        number = float(self.value)
        if self.type == "int":
            number += direction * max(1, round((self.high - self.low) / 50))
        elif self.log:
            number = _along_series(number, direction)
        else:
            number = round(number + direction * (self.high - self.low) / 20, 10)
        return replace(self, value=min(max(number, self.low), self.high))

    @property
    def shown(self) -> str:
        """The value as text, as the demo's process takes it."""
        if isinstance(self.value, str):
            return self.value
        return str(int(self.value)) if self.type == "int" else f"{self.value:g}"


def _along_series(number: float, direction: int) -> float:
    """The next value of the series 1, 2, 5, 10 above or below a positive number."""
    decade = math.floor(math.log10(number))
    steps = [mantissa * 10.0**power for power in range(decade - 1, decade + 2) for mantissa in _SERIES]
    slack = 1e-9 * number
    if direction > 0:
        return next(step for step in steps if step > number + slack)
    return next(step for step in reversed(steps) if step < number - slack)
