"""HTML that notes are written in between their markdown: its tags, and a text without them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import NamedTuple

from studytool.notes.inline import scan
from studytool.notes.page import Page
from studytool.notes.words import word_set

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})\b([^<>]{0,2000})>")
_MOST = 1000
"""So many tags of a line are looked at: more are no person's."""
_BREAKING = word_set("p div section article details summary ul ol li h1 h2 h3 h4 h5 h6 blockquote tr")
"""Tags in whose place a line ends."""
_EMPTIED = _BREAKING | word_set(
    "b strong i em u small big font center span a dl dt dd table thead tbody td th kbd tt samp mark ins del s"
)
"""Tags that go; what stands between them stays."""
_KNOWN = _EMPTIED | {"code", "pre", "br", "hr", "img"}
_BROKEN = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,15})(?=\s)[^<>]{0,2000}>")
_ROW = re.compile(r"<tr\b[^<>]{0,2000}>", re.IGNORECASE)
_CELL = re.compile(r"<t[hd]\b([^<>]{0,2000})>", re.IGNORECASE)
_AROUND = re.compile(r"</?(?:caption|colgroup|col|tfoot)\b[^<>]{0,2000}>", re.IGNORECASE)
"""What stands around rows and is none of their text."""
_SPAN = re.compile(r"""\b(col|row)span\s?=\s?["']?(\d{1,4})""", re.IGNORECASE)
_WIDEST = 40
"""Columns beyond which a table is read by nobody."""
_ATTRIBUTE = re.compile(r"""\b(src|alt|href)\s?=\s?(?:"([^"]{0,2000})"|'([^']{0,2000})')""", re.IGNORECASE)


class Tag(NamedTuple):
    """A tag in a note: its name, whether it closes, its line from 1 and where in the line it stands."""

    name: str
    closes: bool
    line: int
    start: int
    end: int


def tags_of(page: Page, names: frozenset[str]) -> Iterator[Tag]:
    """The tags of these names outside code, formulas and comments, in the order of the text."""
    openings = tuple(f"<{slash}{name}" for name in names for slash in ("", "/"))
    wanted = []
    for number in page.lines_with("<"):
        lowered = page.raw[number - 1].lower()
        if any(opening in lowered for opening in openings):
            wanted.append(number)
    if not wanted:
        return
    hidden: set[int] = set()
    for kind in ("fence", "code", "math", "comment"):
        for block in page.of_kind(kind):
            hidden.update(range(block.line, block.end_line + 1))
    for number in wanted:
        if number in hidden:
            continue
        line = page.raw[number - 1]
        shift = len(line) - len(line.lstrip())
        for span in islice((one for one in scan(line[shift:]) if one.kind == "html"), _MOST):
            found = _TAG.match(line, span.start + shift)
            if found and found.group(2).lower() in names:
                yield Tag(found.group(2).lower(), bool(found.group(1)), number, found.start(), found.end())


def without_html(source: str) -> str:
    """A text without HTML tags: a break is a new line, `<code>` a code span, `<pre>` a fence, `<img>` a picture,
    a `<table>` of text one of markdown.

    Tags that HTML does not know (`<file>`) are the author's words; code, formulas and what a backslash escapes stay.
    """
    if "<" not in source:
        return source
    source = _unbroken(source) if "\n" in source else source
    parts: list[str] = []
    position = 0
    lowered = _lower(source)
    closing = {name: lowered.rfind(f"</{name}>") for name in ("code", "pre", "table")}
    for span in scan(source):
        if span.kind != "html" or span.start < position:
            continue
        found = _TAG.match(source, span.start)
        if not found:
            continue
        shown, end = _shown(source, lowered, found, closing)
        if shown is None:
            continue
        parts.append(source[position : span.start])
        parts.append(shown)
        position = end
    parts.append(source[position:])
    return tidied("".join(parts))


def _unbroken(source: str) -> str:
    """A text with each of its tags on one line, code and the like as they are."""
    broken = [found for found in _BROKEN.finditer(source) if found.group(1).lower() in _KNOWN and "\n" in found.group()]
    if not broken:
        return source
    hidden = [(span.start, span.end) for span in scan(source) if span.kind in ("code", "math", "comment")]
    parts, position, at = [], 0, 0
    for found in broken:
        while at < len(hidden) and hidden[at][1] <= found.start():
            at += 1
        if at < len(hidden) and hidden[at][0] <= found.start():
            continue
        parts += [source[position : found.start()], " ".join(found.group().split())]
        position = found.end()
    return "".join([*parts, source[position:]])


def _shown(source: str, lowered: str, tag: re.Match[str], closing: dict[str, int]) -> tuple[str | None, int]:
    """What stands in the place of a tag, and where the text goes on after it; None where the tag is to stay.

    `closing` says where the last closing tag of a name stands.
    """
    closes, name, rest = tag.group(1), tag.group(2).lower(), tag.group(3)
    if name in ("code", "pre") and not closes:
        if closing[name] < tag.end():
            return "", tag.end()
        close = lowered.find(f"</{name}>", tag.end())
        inner = source[tag.end() : close]
        if name == "pre":
            inner = _TAG.sub(lambda found: "" if found.group(2).lower() == "code" else found.group(), inner)
        return (_code_span(inner) if name == "code" else _fence(inner)), close + len(name) + 3
    if name == "table" and not closes and closing[name] >= tag.end():
        following = lowered.find("<table", tag.end())
        close = lowered.find("</table>", tag.end(), following if following >= 0 else len(lowered))
        if close >= 0 and (table := _table(source[tag.end() : close])):
            return table, close + len("</table>")
    if name == "br":
        return "\n", tag.end()
    if name == "hr":
        return "\n\n---\n\n", tag.end()
    if name == "li":
        return "" if closes else "\n- ", tag.end()
    if name == "img":
        told = {found.group(1).lower(): found.group(2) or found.group(3) or "" for found in _ATTRIBUTE.finditer(rest)}
        return (f"![{told.get('alt', '')}]({told['src']})" if told.get("src") else ""), tag.end()
    if name == "a" and not closes and rest:
        told = {found.group(1).lower(): found.group(2) or found.group(3) or "" for found in _ATTRIBUTE.finditer(rest)}
        close_at = source.find("</a>", tag.end(), tag.end() + 2000)
        if told.get("href") and close_at >= 0:
            return f"[{without_html(source[tag.end() : close_at]).strip()}]({told['href']})", close_at + 4
    if name in ("code", "pre", *_EMPTIED):
        return ("\n" if name in _BREAKING else ""), tag.end()
    return None, tag.end()


def _lower(text: str) -> str:
    """A text in lower case, each place of it where it was: "İ" has two characters in lower case, and stays."""
    lowered = text.lower()
    return (
        lowered if len(lowered) == len(text) else "".join(one if len(one.lower()) > 1 else one.lower() for one in text)
    )


def _table(inner: str) -> str:
    """A table of markdown of the rows of an HTML one, the first as its head, below what stands above them.

    Empty where it is none of text alone.
    """
    if "<pre" in inner.lower():
        return ""
    above, *told = _ROW.split(_AROUND.sub("", _uncommented(inner)))
    rows = [cells for cells in _rows(told) if any(cells)]
    columns = max(map(len, rows), default=0)
    if not 2 <= columns <= _WIDEST:
        return ""
    lines = [f"| {' | '.join([*cells, *[''] * (columns - len(cells))])} |" for cells in rows]
    return "\n".join(["\n", without_html(above).strip(), "", lines[0], f"|{' --- |' * columns}", *lines[1:], "\n"])


def _uncommented(source: str) -> str:
    """A text without what is commented out."""
    first, *others = source.split("<!--")
    return "".join([first, *(other.partition("-->")[2] for other in others)])


def _rows(told: Iterable[str]) -> Iterator[list[str]]:
    """The cells of each row, an empty one wherever another reaches over its column or down to its row.

    The last is the first that has more than anybody reads.
    """
    reach: dict[int, int] = {}  # how many rows more a cell of a row above takes of a column
    for row in told:
        cells: list[str] = []
        parts = _CELL.split(row)
        for attributes, cell in zip(parts[1::2], parts[2::2], strict=True):
            while reach.get(len(cells), 0):
                reach[len(cells)] -= 1
                cells.append("")
            over = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
            wide, high = max(1, min(over.get("col", 1), _WIDEST + 1)), max(1, over.get("row", 1))
            reach.update((at, high - 1) for at in range(len(cells), len(cells) + wide))
            cells += [" ".join(without_html(cell).split()).replace("|", "\\|"), *[""] * (wide - 1)]
        while reach.get(len(cells), 0):
            reach[len(cells)] -= 1
            cells.append("")
        yield cells
        if len(cells) > _WIDEST:
            return


def _code_span(inner: str) -> str:
    text = unescape(" ".join(inner.split()) if "\n" in inner else inner)
    if not text.strip():
        return ""
    mark = "``" if "`" in text else "`"
    blank = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{blank}{text}{blank}{mark}"


def _fence(inner: str) -> str:
    body = unescape(inner).strip("\n")
    return f"\n```\n{body}\n```\n" if body.strip() else ""


def tidied(text: str) -> str:
    """At most one blank line in a row, none at the ends, no blanks at the ends of lines; code stays as it is."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        bare = line.strip()
        if fence:
            fence = "" if bare.startswith(fence) and not bare.strip(fence[0]) else fence
        elif bare.startswith(("```", "~~~")) and "`" not in bare.lstrip("`"):
            fence = bare[:3]
        elif not bare and (not lines or not lines[-1].strip()):
            continue
        lines.append(line if fence or (line.endswith("  ") and bare) else line.rstrip())
    return "\n".join(lines).rstrip()


class Details(NamedTuple):
    """A `<details>` of a note: the source of its summary, where it and its content stand, and those inside it.

    Places are (line from 1, offset in the line). `closed` is false where the note has no `</details>` for it.
    """

    summary: str
    start: tuple[int, int]
    content: tuple[int, int]
    content_end: tuple[int, int]
    end: tuple[int, int]
    inner: tuple[Details, ...] = ()
    closed: bool = True

    @property
    def line(self) -> int:
        """Its first line."""
        return self.start[0]

    @property
    def end_line(self) -> int:
        """Its last line."""
        return self.end[0]

    def walk(self) -> Iterator[Details]:
        """Itself and those inside it, in the order of the text."""
        yield self
        for one in self.inner:
            yield from one.walk()


@dataclass
class _Open:
    tag: Tag
    summary: Tag | None = None
    summary_end: Tag | None = None
    inner: list[Details] = field(default_factory=list)


_DETAILS = frozenset({"details", "summary"})
_DEEPEST = 20
"""So many `<details>` may stand in each other."""


def details_of(page: Page) -> tuple[Details, ...]:
    """The outermost `<details>` of a note. One that is never closed ends where the next begins, or at a heading."""
    stack: list[_Open] = []
    found: list[Details] = []
    if "<details" not in page.text.lower():
        return ()
    for tag in tags_of(page, _DETAILS):
        if tag.name == "details" and not tag.closes:
            if len(stack) < _DEEPEST:
                stack.append(_Open(tag))
        elif not stack:
            continue
        elif tag.name == "summary":
            if tag.closes:
                stack[-1].summary_end = stack[-1].summary_end or tag
            else:
                stack[-1].summary = stack[-1].summary or tag
        else:
            opened = stack.pop()
            made = _details(page, opened, (tag.line, tag.start), (tag.line, tag.end), closed=True)
            (stack[-1].inner if stack else found).append(made)
    for at, opened in enumerate(stack):
        following = stack[at + 1].tag if at + 1 < len(stack) else None
        ends = [one.start for one in opened.inner] + ([(following.line, following.start)] if following else [])
        heading = next((b.line for b in page.blocks if b.kind == "heading" and b.line > opened.tag.line), 0)
        ends.append((heading, 0) if heading else (len(page.raw), len(page.raw[-1])))
        end = min(ends)
        found.append(_details(page, opened, end, _before(page, end), closed=False))
        found.extend(opened.inner)
    return tuple(sorted(found, key=lambda one: one.start))


def _before(page: Page, place: tuple[int, int]) -> tuple[int, int]:
    """The end of the line before a place that begins its line."""
    line, offset = place
    if page.raw[line - 1][:offset].strip() or line == len(page.raw):
        return place
    while line > 1 and not page.raw[line - 2].strip():
        line -= 1
    return (line - 1, len(page.raw[line - 2])) if line > 1 else place


def _details(page: Page, opened: _Open, content_end: tuple[int, int], end: tuple[int, int], *, closed: bool) -> Details:
    tag, first, last = opened.tag, opened.summary, opened.summary_end
    start = content = (tag.line, tag.end)
    summary = ""
    if first and last and (last.line, last.start) <= content_end:
        summary = between(page, (first.line, first.end), (last.line, last.start))
        content = (last.line, last.end)
    elif first:  # the summary is never closed: it is its line
        content = min((first.line, len(page.raw[first.line - 1])), content_end)
        summary = between(page, (first.line, first.end), content)
    start = (tag.line, tag.start)
    inner = tuple(one for one in opened.inner if closed)
    return Details(summary, start, content, max(content, content_end), max(end, content), inner, closed)


def between(page: Page, start: tuple[int, int], end: tuple[int, int]) -> str:
    """The source between two places, without the `>` of a quote and the blanks that the first stands behind."""
    (first, offset), (last, stop) = start, end
    opening = page.raw[first - 1]
    if first == last:
        return opening[offset:stop]
    lines = [opening[offset:], *page.raw[first : last - 1], page.raw[last - 1][:stop]]
    bare = opening.lstrip()
    if bare.startswith(">"):
        lines[1:] = [line.lstrip().removeprefix(">").removeprefix(" ") for line in lines[1:]]
    elif indent := opening[: len(opening) - len(bare)]:
        lines[1:] = [line.removeprefix(indent) for line in lines[1:]]
    return "\n".join(lines)
