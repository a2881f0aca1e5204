"""A picture made of cells on the screen: paints what `draw` returns, and nothing else."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from studytool.app.timers import once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.timer import Timer

    from studytool.app.demo_line import Line
    from studytool.draw import Look, Picture, Run

# Between two looks whether the terminal has taken a part of a picture.
_PAUSE = 0.04


@lru_cache(1024)
def _style(ground: RichStyle, fg: str | None, bg: str | None, bold: bool) -> RichStyle:
    return ground + RichStyle(color=fg, bgcolor=bg, bold=bold)


def strip_of(row: Sequence[Run], width: int, ground: RichStyle) -> Strip:
    """One row of a picture on a ground, as wide as the widget."""
    segments = [Segment(text, _style(ground, fg, bg, bold)) for text, fg, bg, bold in row]
    return Strip(segments).adjust_cell_length(width, ground)


def changed_rows(before: Picture | None, now: Picture, first: int, height: int) -> list[int] | None:
    """Which rows of the screen show something else than before, counted from the one that shows the row `first`.

    None where all may: there was no picture, or one of another size.
    """
    if before is None or len(before.rows) != len(now.rows):
        return None
    shown = zip(before.rows[first : first + height], now.rows[first : first + height], strict=True)
    return [y for y, (old, new) in enumerate(shown) if old != new]


class PictureView(Widget):
    """Shows the panels it was given last, line by line, at whatever size it has.

    Of a picture that takes the place of another only the rows that changed are painted. With a `line` that is slow
    they are painted some at a time, the next when those before have been taken.
    """

    picture: Picture | None = None
    line: Line | None = None

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._panels: Sequence[Mapping[str, Any]] = ()
        self._look: Look | None = None
        self._words = False
        self._first = 0
        self._ground = RichStyle()
        self._owed: list[int] = []  # rows that have changed and are not painted
        self._later: Timer | None = None

    def show(self, panels: Sequence[Mapping[str, Any]], look: Look, *, words: bool = False) -> None:
        """Draw other panels; one of `words` is as high as it needs to be, and read page by page."""
        if words != self._words:
            self._first = 0
        self._panels, self._look, self._words = panels, look, words
        self._draw()

    def page(self, direction: int) -> None:
        """Show the next page of words, or the one before."""
        self._first += direction * max(self.size.height - 2, 1)
        self._bound()
        self.refresh()

    def _bound(self) -> None:
        beyond = len(self.picture.rows) - self.size.height if self.picture else 0
        self._first = max(min(self._first, beyond), 0)

    def on_resize(self) -> None:
        """The same panels at another size."""
        self._draw()

    def _draw(self) -> None:
        if self._look is None or not (self.size.width and self.size.height):
            return
        from studytool.draw import draw_panels
        from studytool.draw.words import needed

        width, height = self.size
        if self._words:
            height = max(height, *(needed(panel, width) for panel in self._panels))
        before, first = self.picture, self._first
        self.picture = draw_panels(self._panels, width, height, self._look)
        self._bound()
        changed = None if first != self._first else changed_rows(before, self.picture, self._first, height)
        if changed is None or self._words:
            self._owed = []
            self.refresh()
            self._sent(height)
        else:
            self._owed = sorted({*self._owed, *changed})
            self._paint()

    @property
    def is_whole(self) -> bool:
        """Whether all of the picture has been painted."""
        return not self._owed

    def _paint(self) -> None:
        """Paint rows that have changed, as many as the line takes at once."""
        rows = [*islice(self._owed, self.line.rows if self.line else None)]
        del self._owed[: len(rows)]
        if rows:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in rows))
            self._sent(len(rows))
        if self._owed:
            self._look_again()

    def _look_again(self) -> None:
        if self._later:
            self._later.stop()
        self._later = once(self, _PAUSE, self._go_on)

    def _go_on(self) -> None:
        """Paint more as soon as what was painted has been taken."""
        if self.line is None or self.line.look():
            self._paint()
        else:
            self._look_again()

    def _sent(self, rows: int) -> None:
        if self.line:
            self.call_after_refresh(self.line.sent, rows)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of `crop`; the style of all of them is found out once."""
        self._ground = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One row of the picture as a strip as wide as the widget."""
        width = self.size.width
        ground = self._ground
        row = self._first + y
        if self.picture is None or row >= len(self.picture.rows):
            return Strip.blank(width, ground)
        if y == self.size.height - 1 and row < len(self.picture.rows) - 1:
            return Strip([Segment("… page down: more", _style(ground, None, None, True))]).adjust_cell_length(
                width, ground
            )
        return strip_of(self.picture.rows[row], width, ground)
