"""Diagnostics as a compiler prints them: the place, the message, the source line with a caret, the hint."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.notes import Diagnostic

WIDTH = 100
"""Columns where there is no terminal."""
_TAB = 4
_WITHOUT = frozenset({"not-utf8", "too-large", "unreadable"})
"""Codes about files that cannot be quoted."""
_COLOURS = {"error": "1;31", "warning": "1;33", "info": "1;36", "style": "1;35", "place": "1", "caret": "1;32"}


class Printer:
    """Prints diagnostics for reading; `colour` says whether the output is a terminal that shows colours."""

    def __init__(self, *, width: int = WIDTH, colour: bool = False) -> None:
        self._width, self._colour = max(width, 40), colour
        self._path = ""
        self._lines: list[str] = []

    def told(self, diagnostic: Diagnostic) -> Iterator[str]:
        """The lines of one diagnostic. The source line is shown for all but `info`."""
        span = diagnostic.span
        place = self.painted(f"{one_line(span.path)}:{span.line}:{span.column}:", "place")
        severity = self.painted(diagnostic.severity, diagnostic.severity)
        yield f"{place} {severity} {diagnostic.code}: {one_line(diagnostic.message)}"
        if diagnostic.severity != "info" and diagnostic.code not in _WITHOUT:
            yield from self._source(diagnostic)
        if diagnostic.hint:
            yield f"    hint: {one_line(diagnostic.hint)}"

    def painted(self, text: str, name: str) -> str:
        """`text` in the colour of this name, where there are colours."""
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self._colour else text

    def _source(self, diagnostic: Diagnostic) -> Iterator[str]:
        span = diagnostic.span
        if span.path != self._path:
            self._path, self._lines = span.path, _lines(span.path)
        source = self._lines[span.line - 1] if 0 < span.line <= len(self._lines) else ""
        if source.strip():
            number = f"{span.line:>5}"
            shown, at = cut(source, span.column, self._width - len(number) - 3)
            yield f"{number} | {shown}"
            yield f"{'':>{len(number)}} | {' ' * at}{self.painted('^', 'caret')}"


def cut(line: str, column: int, room: int) -> tuple[str, int]:
    """As much of `line` as `room` cells hold around the character at `column`, and the cell where that one begins.

    Tabs become blanks; what is cut off is told by an ellipsis.
    """
    at = min(max(column - 1, 0), len(line))
    first = max(at - 4 * room, 0)
    shown, cells, caret = _spread(line, first, at, at + room)
    if first or caret > room - min(12, room // 4):  # so far to the right that the line has to begin later
        first = max(at - room // 2, 0)
        while first < at and _spread(line, first, at, at)[1] > room // 2:
            first += 1
        shown, cells, caret = _spread(line, first, at, at + room)
    if first:
        shown, cells, caret = f"…{shown}", cells + 1, caret + 1
    if cells > room or at + room < len(line):
        while shown and cells > room - 1:
            cells -= cells_of(shown[-1])
            shown = shown[:-1]
        shown += "…"
    return shown.rstrip(), caret


def _spread(line: str, first: int, at: int, end: int) -> tuple[str, int, int]:
    """`line[first:end]` without tabs, how many cells it takes, and the cell of the character `at`."""
    parts: list[str] = []
    cells = caret = 0
    for index in range(first, min(end, len(line))):
        if index == at:
            caret = cells
        character = line[index]
        if character == "\t":
            character = " " * (_TAB - cells % _TAB)
        parts.append(character)
        cells += len(character) if character.isspace() and character.isascii() else cells_of(character)
    return "".join(parts), cells, caret if at < min(end, len(line)) else cells


def cells_of(character: str) -> int:
    """How many cells a character takes: none for what joins another, two for wide ones."""
    if character.isascii():
        return 1
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _lines(path: str) -> list[str]:
    """The lines of a note as its diagnostics count them; none where it cannot be read any more."""
    try:
        content = Path(path).read_bytes()
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return clean(content.decode(encoding)).split("\n")
    except (OSError, ValueError):
        return []
