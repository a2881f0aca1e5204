"""Lines as the strips that a terminal is painted with, without the way through Textual's `Content`.

A `Content` takes apart and styles anew what comes in lines and in runs already: half of the time of a card's text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.style import Style

    from studytool.app.prose.lines import Line


def painted(
    lines: Sequence[Line], width: int, base: Style, get_style: Callable[[str | Style], Style]
) -> list[Strip] | None:
    """The strips of lines of at most `width` cells on a widget's style; None where one of them is wider.

    Each piece knows its place in the text, as Textual's own do: what is selected with the mouse is found by that.
    """
    styles = {"": base + base}

    def of(style: str) -> Style:
        return base + (base + get_style(style))

    found = []
    for y, line in enumerate(lines):
        segments, cells, x = [], 0, 0
        for text, style in line:
            if not text:
                continue
            if style not in styles:
                styles[style] = of(style)
            segments.append(Segment(text, _at(styles[style].rich_style, x, y)))
            x += len(text)
            cells += cell_len(text)
        if cells > width:
            return None
        found.append(Strip(segments or [Segment("", _at(styles[""].rich_style, 0, y))], cells))
    return found


@lru_cache(maxsize=8192)
def _at(style: RichStyle, x: int, y: int) -> RichStyle:
    return style + _offset(x, y)


@lru_cache(maxsize=8192)
def _offset(x: int, y: int) -> RichStyle:
    return RichStyle.from_meta({"offset": (x, y)})
