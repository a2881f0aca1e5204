"""Styled text as plain values, and its wrapping by terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from rich.cells import cell_len, chop_cells
from textual.content import Content, Span

Run: TypeAlias = tuple[str, str]
"""A text and the Textual style it is shown in (`"bold $primary"`, colours of the theme only), `""` for none."""

Line: TypeAlias = list[Run]

# Chinese, Japanese and Korean break between any two characters, but not before a closing mark.
_WIDE = "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003fffd"
_CLOSING = "、。，．：；！？）」』】》〉〕"
_WORD = re.compile(r"( *)([^ ]+)")
_WORD_OR_WIDE = rf"( *)([{_WIDE}][{_CLOSING}]*|[^ {_WIDE}]+)"
"""The same where wide characters may be. It takes 5 ms to compile: that waits for the first text that needs it."""
_FIRST_WIDE = "\u1100"


def wrap(runs: Sequence[Run], width: int) -> list[Line]:
    """The runs broken into lines of at most `width` cells: between words, inside one only where it is too long.

    A `\\n` in a run breaks the line. White space at a break is dropped. There is always at least one line.
    """
    text = "".join(part for part, _ in runs)
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [[run for run in runs if run[0]]]
    return list(_slices(runs, _ranges(text, max(width, 2))))


def fold(runs: Sequence[Run], width: int) -> list[Line]:
    """The runs cut wherever a line is full, white space kept: for code."""
    text = "".join(part for part, _ in runs)
    ranges, at = [], 0
    for line in text.split("\n"):
        if len(line) <= width and line.isascii():
            ranges.append((at, at + len(line)))
        else:
            ranges.extend(_chopped(line, at, max(width, 2)))
        at += len(line) + 1
    return list(_slices(runs, ranges))


def cells(runs: Iterable[Run]) -> int:
    """The width of a line in terminal cells."""
    return sum(cell_len(text) for text, _ in runs)


def content(lines: Iterable[Line]) -> Content:
    """The lines as one Content, its text taken literally."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for number, line in enumerate(lines):
        if number:
            parts.append("\n")
            at += 1
        for text, style in line:
            parts.append(text)
            if style:
                spans.append(Span(at, at + len(text), style))
            at += len(text)
    return Content("".join(parts), spans)


def _ranges(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where each line starts and ends in `text`."""
    at = 0
    for line in text.split("\n"):
        if len(line) <= width and line.isascii():
            yield at, at + len(line)
        else:
            yield from _wrapped(line, at, width)
        at += len(line) + 1


def _wrapped(line: str, offset: int, width: int) -> Iterator[tuple[int, int]]:
    start = end = column = 0
    found_in = _WORD.finditer(line) if max(line) < _FIRST_WIDE else re.finditer(_WORD_OR_WIDE, line)
    for found in found_in:
        spaces, word = found.groups()
        size = cell_len(word)
        if column and column + len(spaces) + size <= width:
            column += len(spaces) + size
            end = found.end()
            continue
        if column:
            yield offset + start, offset + end
        start, end = found.start(2), found.end()
        column = size
        if size > width:
            pieces = list(_chopped(word, start, width))
            yield from ((offset + first, offset + last) for first, last in pieces[:-1])
            start = pieces[-1][0]
            column = cell_len(line[start:end])
    yield offset + start, offset + end


def _chopped(text: str, offset: int, width: int) -> Iterator[tuple[int, int]]:
    at = 0
    pieces = [cut for piece in chop_cells(text, width) or [""] for cut in _no_wider(piece, width)]
    for piece in pieces:
        if piece or not text:
            yield offset + at, offset + at + len(piece)
        at += len(piece)


def _no_wider(piece: str, width: int) -> Iterator[str]:
    """What `chop_cells` gives, which is too wide when joiners of emoji stand at its beginning, cut by characters."""
    if cell_len(piece) <= width:
        yield piece
        return
    start = column = 0
    for at, character in enumerate(piece):
        size = cell_len(character)
        if column + size > width and at > start:
            yield piece[start:at]
            start, column = at, 0
        column += size
    yield piece[start:]


def _slices(runs: Sequence[Run], ranges: Iterable[tuple[int, int]]) -> Iterator[Line]:
    """The runs inside each range; the ranges come in order, so one sweep does it."""
    index = base = 0
    for start, end in ranges:
        line: Line = []
        while index < len(runs) and base + len(runs[index][0]) <= start:
            base += len(runs[index][0])
            index += 1
        here, left = index, base
        while here < len(runs) and left < end:
            text, style = runs[here]
            if part := text[max(start - left, 0) : end - left]:
                line.append((part, style))
            if left + len(text) >= end:
                break
            left += len(text)
            here += 1
        index, base = here, left
        yield line
