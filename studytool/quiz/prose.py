"""Reading an answer: markdown to plain lines, blocks to paragraphs, paragraphs to whole sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from studytool.text import ABBREVIATION
from studytool.unmarked import ATOM, MARKED, without_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_IMAGE = re.compile(r"!\[\[[^\[\]]*\]\]|!\[[^\[\]]*\]\((?:[^()]|\([^()]*\))*\)|<img\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


_ADDRESS = re.compile(r"\b(?:[a-z]{2,10}+://|www\.)[^\s<>]++|(?<![\w:]):[a-z][a-z0-9_+-]*+:(?![\w:])")
_NOT_PROSE = re.compile(
    r"\s*(?:[-*+•]\s|\d+[.)]\s|#{1,6}\s|>|\||```|~~~|\$\$|\\\[|<|!\[|\[\^|:::|---|\*\*\*\s*$| {4}|\t)"
)
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s++\S)|[。！？]+[」』”]?")
_BLANKS = re.compile(r"\s*")
_LOOKS_BACK = 16
"""Characters that an abbreviation and what it is parted from stand within."""


def atoms(text: str) -> list[tuple[int, int]]:
    """The places of formulas and inline code, which are shown whole or not at all."""
    return [match.span() for match in ATOM.finditer(text)]


def addresses(text: str) -> list[tuple[int, int]]:
    """The places of addresses of the web and of names of emoji, `:heavy_check_mark:`: nothing that anybody says."""
    return [match.span() for match in _ADDRESS.finditer(text)] if ":" in text or "www." in text else []


def covered(spans: Sequence[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether a place of a text stands in one of these stretches."""
    ordered = sorted(spans)
    starts, ends = [low for low, _ in ordered], list(accumulate([high for _, high in ordered], max))

    def is_covered(place: int) -> bool:
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < ends[at]

    return is_covered


def has_image(markdown: str) -> bool:
    """Whether it shows a picture, which a question in a terminal cannot."""
    return bool(_IMAGE.search(markdown))


def _without_comments(text: str) -> str:
    """A text with a blank in the place of each comment of HTML; one that is never closed is none."""
    kept, at = [], 0
    while (begin := text.find("<!--", at)) >= 0 and (end := text.find("-->", begin + 4)) >= 0:
        kept.append(text[at:begin])
        at = end + 3
    return " ".join([*kept, text[at:]])


def plain(markdown: str) -> str:
    """One paragraph of markdown as it reads: links as their text, no emphasis, no tags. Formulas and code stay."""
    if not MARKED.search(markdown):
        return " ".join(markdown.split())
    kept = []
    for index, part in enumerate(ATOM.split(markdown)):
        if index % 2 == 0:
            part = without_marks(_TAG.sub(" ", _IMAGE.sub(" ", _without_comments(part))))
        kept.append(part)
    return " ".join("".join(kept).split())


def paragraphs(markdown: str) -> list[str]:
    """The running text in it, each paragraph on one line: no lists, tables, code, quotes or headings."""
    found: list[str] = []
    lines: list[str] = []
    fence = ""

    def close() -> None:
        if lines and not any(_NOT_PROSE.match(line) for line in lines):
            found.append(plain("\n".join(lines)))
        lines.clear()

    for line in markdown.splitlines():
        mark = line.strip()[:3]
        if fence or mark in ("```", "~~~", "$$"):
            close()
            if not fence and line.strip().count(mark) < 2:
                fence = mark
            elif fence and line.strip().endswith(fence):
                fence = ""
            continue
        if not line.strip():
            close()
        elif _NOT_PROSE.match(line) and not (lines and _NOT_PROSE.match(lines[0])):
            close()
            lines.append(line)
        else:
            lines.append(line)
    close()
    return [paragraph for paragraph in found if paragraph]


def sentences(paragraph: str) -> list[str]:
    """The whole sentences of a plain paragraph, word for word; what has no end, such as a title, is none."""
    is_inside = covered(atoms(paragraph))
    found: list[str] = []
    start = 0
    for match in _SENTENCE_END.finditer(paragraph + " ¶"):
        end = match.end()
        if is_inside(end - 1):
            continue
        begins = _BLANKS.match(paragraph, end).end()  # type: ignore[union-attr]  # matches nothing, too
        after = paragraph[begins : begins + 1]
        ends_short = match.group()[0] == "." and ABBREVIATION.search(paragraph, max(end - _LOOKS_BACK, 0), end)
        if after.islower() or (ends_short and after):
            continue
        sentence = paragraph[start:end].strip()
        if sentence:
            found.append(sentence)
        start = end
    return found


def single_line(markdown: str) -> str | None:
    """The text when it is one short paragraph that can stand on a line, plain; otherwise None."""
    lines = [line for line in markdown.strip().splitlines() if line.strip()]
    if len(lines) != 1 or has_image(markdown):
        return None
    line = lines[0].strip()
    if _NOT_PROSE.match(line) and not line.startswith("$$"):
        return None
    return plain(line) or None
