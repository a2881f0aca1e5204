"""A text as it reads: links as the words that they show, no comments, no emphasis. For measuring and comparing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from studytool.notes.inline import LONG, Inline, scan
from studytool.notes.masks import constructs

Said = TypeVar("Said")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")
_ALNUM = re.compile(r"[^\W_]")
_NO_ALNUM = bytes(code for code in range(128) if not chr(code).isalnum())
_PLAIN_WORD = re.compile(r"[^\W_]+")
_LINE = 200
"""A text up to here may be a line that is asked for again: by the topic, the sections, each dialect."""
_LINES = 16384
"""So many lines are remembered."""
_LONGEST = 2_000_000
"""Of longer texts the last one is, up to here: a title that is all of its note is asked for a dozen times."""


def flatten(text: str, *, embeds: bool = False) -> str:
    """`text` as the author would read it: wikilinks as the words they show, comments gone; the rest as written.

    With `embeds`, those of notes stay as written, for `notes.embeds` to put the text of the note in their place.
    """
    if not (("[[" in text and "]]" in text) or "%%" in text or "<!--" in text):
        return text
    position = 0
    if parts := constructs(text):
        position = sum(map(len, parts))
        told = {whole: _as_read(whole, embeds) for whole in set(parts[1::2])}
        parts[1::2] = map(told.__getitem__, parts[1::2])
    for span in scan(text, position) if position < len(text) else ():
        if span.kind in ("wikilink", "embed", "comment"):
            parts.append(text[position : span.start])
            parts.append(_shown(span, text[span.start : span.end] if embeds else ""))
            position = span.end
    parts.append(text[position:])
    return "".join(parts)


def _shown(span: Inline, kept: str) -> str:
    return _embedded(span.target, span.shown, kept) if span.kind == "embed" else span.shown


def _embedded(target: str, shown: str, kept: str) -> str:
    return f"![{shown}](<{target}>)" if target.lower().endswith(_PICTURES) else kept or shown


def _as_read(construct: str, embeds: bool) -> str:
    """What `flatten` puts in the place of a construct."""
    span = next(scan(construct), None)
    if span is None or span.kind not in ("wikilink", "embed", "comment"):
        return construct
    return _shown(span, construct if embeds else "")


def says_something(text: str) -> bool:
    """Whether a text holds a letter or a digit."""
    if text[:1].isalnum() or _ALNUM.search(text, 0, LONG):
        return True
    if len(text) <= LONG or not text.isascii():
        return _ALNUM.search(text, LONG) is not None
    return bool(text.encode().translate(None, _NO_ALNUM))  # in a twentieth of the time


def plain_words(text: str) -> list[str]:
    """The words of a text as runs of letters and digits, whatever stands between them."""
    return _PLAIN_WORD.findall(text)


class _Remembered(dict[str, Said]):
    """What a function made of the lines that it was last asked for; asked as a `dict` is, without a call of Python."""

    def __init__(self, read: Callable[[str], Said]) -> None:
        super().__init__()
        self.read = read
        self.long = ""
        """The last of those that are longer than a line, if it is not too long to be kept."""

    def __missing__(self, text: str) -> Said:
        said = self.read(text)
        size = len(text)
        if size <= _LINE:
            if len(self) >= _LINES:
                self.clear()
        elif size <= _LONGEST:
            self.pop(self.long, None)
            self.long = text
        else:
            return said
        self[text] = said
        return said


def remembered(read: Callable[[str], Said]) -> Callable[[str], Said]:
    """`read` with what it made of the last lines kept, since dialects ask for the same titles and labels again."""
    return _Remembered(read).__getitem__


@remembered
def words(text: str) -> str:
    """`text` on one line without emphasis marks: for comparing and for measuring, not for showing."""
    if "[[" in text or "%%" in text or "<!--" in text:
        text = flatten(text)
    return " ".join(text.replace("*", "").replace("_", "").replace("`", "").replace("=", " ").split())
