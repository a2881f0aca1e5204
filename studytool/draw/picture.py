"""What drawing yields: rows of runs of text, and the look that it was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Look:
    """How the screen is: `dark` or light, with `colour` or without (`NO_COLOR`), or with a `few` colours only, 16."""

    dark: bool = True
    colour: bool = True
    few: bool = False
    strong: bool = False
    """Whether all text stands out by 7 to 1; a screen of few colours takes the strongest of them anyway."""


class Run(NamedTuple):  # a frame has a thousand of them, and a tuple is made in a third of a data class's time
    """Cells of one style. Colours are "#rrggbb", or None for that of the screen."""

    text: str
    fg: str | None = None
    bg: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of runs, every row as wide as was asked for."""

    rows: list[list[Run]]

    @property
    def plain(self) -> str:
        """The characters alone, a row a line."""
        return "\n".join("".join(run.text for run in row) for row in self.rows)
