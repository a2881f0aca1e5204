"""What no dialect took, named so that nothing is lost in silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from studytool.notes.claims import Remark
from studytool.notes.dialects.deck import missing_tag
from studytool.notes.dialects.option_banks import Banks
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.outline import KEPT
from studytool.notes.page import Page
from studytool.notes.plain import says_something, words
from studytool.notes.topic import LONGEST_TAGS

_NOT_TOLD = frozenset({"heading", "hr", "comment"})
"""Structure rather than content: nobody misses a card made of it."""
_QUOTED = 60
_ROWS = 8
"""Rows of a table that are named by their lines."""
_LOOKED_AT = 160
_LOOKED_AT_LINKED = 2000
"""Of a line with links or comments, which say little in many signs, so much is looked at for words to quote."""
_LOOKED_AT_HTML = 10_000
"""HTML that shows no word up to here shows none."""


def leftovers(page: Page, title: Block | None = None, told: Sequence[int] = ()) -> Iterator[Remark]:
    """A remark for each run of lines that no card uses; adjacent blocks of the same kind make one run.

    Paragraphs with a line of which a fault is `told`, in order, are passed over; of a table with cards, the rows that
    make none are named.
    """
    named = {s.line for s in page.sections if not page.free(s.line, s.end_line)}  # labels whose content is used
    page.taken.update(named)
    kind, first, last = "", 0, 0
    banks = Banks(page)
    for block in page.blocks:
        if block.kind in _NOT_TOLD or (title and block.line == title.line == block.end_line):
            continue
        begin = block.line + 1 if title and block.line == title.line else block.line
        runs = _free_runs(page, begin, block.end_line)
        if runs and (_shows_nothing(block) or (block.kind == "paragraph" and _holds(told, begin, block.end_line))):
            continue
        if block.kind == "table" and runs and not page.taken.isdisjoint(range(block.line, block.end_line + 1)):
            yield from _rows(page, block)
            continue
        for start, end in runs:
            if kind == block.kind and _only_blank(page, last + 1, start - 1):
                last = end
                continue
            if kind:
                yield _remark(page, banks, kind, first, last)
            kind, first, last = block.kind, start, end
    if kind:
        yield _remark(page, banks, kind, first, last)


def _holds(numbers: Sequence[int], first: int, last: int) -> bool:
    """Whether one of these numbers, which are in order, lies between two."""
    return bisect_left(numbers, first) < bisect_right(numbers, last)


def _rows(page: Page, table: Block) -> Iterator[Remark]:
    """A remark that names the rows of a table which make no card while others do."""
    first = table.line + 2
    left = [n for run in _free_runs(page, first, table.end_line) for n in range(run[0], run[1] + 1)]
    if left:
        rows = f"row {left[0] - first + 1}" if len(left) == 1 else f"{len(left)} rows"
        numbers = ", ".join(map(str, left[:_ROWS])) + (" …" if len(left) > _ROWS else "")
        lines = f"line {numbers}" if len(left) == 1 else f"lines {numbers}"
        message = f"No card is made of {rows} of this table ({lines}): “{_quoted(page, left[0], left[0])}”"
        yield Remark(left[0], "info", "left-aside", message, "")


def _shows_nothing(block: Block) -> bool:
    """Whether a block is HTML without a word to read: `<br>`, an anchor, the end of a `<div>`."""
    if block.kind not in ("html", "paragraph") or not block.lines[0].lstrip().startswith("<"):
        return False
    text = block.text
    if len(text) > _LOOKED_AT_HTML:
        text = text[: text.rfind(">", 0, _LOOKED_AT_HTML) + 1]
    return not says_something(without_html(text))


def unclosed_fences(page: Page) -> Iterator[Remark]:
    """A warning for each fence that the file, or its container, ends in."""
    for block in page.of_kind("fence"):
        if not block.closed:
            hint = "Close it with a line of the same marks; everything after it counts as code."
            yield Remark(block.line, "warning", "unclosed-fence", "This code fence is never closed.", hint)


def _free_runs(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """Runs of lines that nothing has taken and that say something, without blank lines around them."""
    taken, used = page.taken, page.used
    lines = range(first, last + 1)
    if taken.issuperset(lines):
        return []
    if taken.isdisjoint(lines) and used.isdisjoint(lines):
        return [told] if (told := _told(page, first, last)) else []
    free = [number for number in lines if number not in taken and number not in used]
    ends = [at for at, number in enumerate(free, 1) if at == len(free) or free[at] != number + 1]
    runs = [(free[start], free[end - 1]) for start, end in zip([0, *ends], ends, strict=False)]
    return [told for run in runs if (told := _told(page, *run))]


def _told(page: Page, first: int, last: int) -> tuple[int, int] | None:
    lines = page.raw
    while first <= last and not lines[first - 1].strip():
        first += 1
    while first < last and not lines[last - 1].strip():
        last -= 1
    for number in range(first, last + 1):
        if says_something(lines[number - 1]) and not _is_tags(lines[number - 1]) and not KEPT.match(lines[number - 1]):
            return first, last
    return None


def _is_tags(line: str) -> bool:
    """Whether a line holds tags alone: they say which kind of note it is."""
    if line.lstrip()[:1] not in ("", "#") or len(line) > LONGEST_TAGS:
        return False
    return all(word[:1] == "#" and word.strip("#") for word in set(line.split()))


def _only_blank(page: Page, first: int, last: int) -> bool:
    return all(not page.raw[number - 1].strip() for number in range(first, last + 1))


def _remark(page: Page, banks: Banks, kind: str, first: int, last: int) -> Remark:
    if kind == "list" and page.raw[first - 1].lstrip()[:1].isdigit() and (lost := banks.untold(first, last)):
        return lost
    quoted = _quoted(page, first, last)
    lines = f"lines {first}-{last}" if last > first else f"line {first}"
    message = f"No card is made of this {_NAMES.get(kind, kind)} ({lines}): “{quoted}”"
    return Remark(first, "info", "left-aside", message, _hint(page, first, last))


def _quoted(page: Page, first: int, last: int) -> str:
    """The first words of these lines that say something."""
    told = ""
    for number in range(first, last + 1):
        told = "" if _is_tags(page.raw[number - 1]) else _told_first(page.raw[number - 1].lstrip("> -*+|#"))
        if says_something(told):
            break
    return told if len(told) <= _QUOTED else told[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"


def _hint(page: Page, first: int, last: int) -> str:
    if _cut_off(page, first):
        return "The line `---` ended the card above; take it out if this belongs there."
    if tag := missing_tag(page, first, last):
        return f"If it holds a card, tag the note `#{tag}`, or write it as `Q: …` and `A: …`."
    return ""


def _cut_off(page: Page, line: int) -> bool:
    """Whether text stands right under a rule that ended a card above it."""
    rule = page.raw[line - 2].strip() if line > page.body_start else ""
    if len(rule) < 3 or rule.strip("-"):
        return False
    above = line - 2
    while above and not page.raw[above - 1].strip():
        above -= 1
    return above in page.taken


def _told_first(line: str) -> str:
    """The words of a line, or enough of them to quote from where it is long and holds no links or comments."""
    told = words(line[:_LOOKED_AT])
    if not ("[[" in line or "%%" in line or "<!--" in line):
        return told if len(told) > _QUOTED else words(line)
    told = words(line[:_LOOKED_AT_LINKED])
    return told if len(told) > _QUOTED else words(line)


_NAMES = {
    "fence": "code",
    "html": "HTML",
    "math": "formula",
    "definitions": "definition list",
    "gift": "text",
    "text2qti": "text",
    "footnote_reference": "footnote",
}
