"""A card's markdown as the lines and styles that the app makes of it."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from studytool.app import prose


def render(markdown: str, width: int, *, source: bool = False) -> Content:
    return prose.content(prose.lines_of(markdown, width, source=source))


def lines(markdown: str, width: int = 40) -> list[str]:
    return [line.rstrip() for line in render(markdown, width).plain.split("\n")]


def styles(content: Content, text: str) -> str:
    """All styles under the first place where `text` stands."""
    at = content.plain.index(text)
    return " ".join(str(span.style) for span in content.spans if span.start <= at < span.end)


def widest(content: Content) -> int:
    return max(cell_len(line) for line in content.plain.split("\n"))
