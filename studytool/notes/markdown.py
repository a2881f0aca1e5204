"""The one tokenizer: what the scanner finds, as a tree of blocks with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from studytool.notes.scan_lines import Found
from studytool.notes.scanner import find_blocks


@dataclass(slots=True)
class Block:
    """A piece of a note: `kind`, its lines in the file (from 1, both ends included) and its source.

    `lines` are the source lines without what belongs to the containers around it (`> `, indentation, list markers).
    `level` is a heading's level; `label` a callout's type, a fence's language, an item's task mark; `title` a heading's
    or a callout's text; `closed` is false for a fence that the file ends in.
    """

    kind: str
    line: int
    end_line: int
    lines: tuple[str, ...]
    children: tuple[Block, ...] = ()
    level: int = 0
    label: str | None = None
    title: str = ""
    closed: bool = True

    @property
    def text(self) -> str:
        """The source of the block, dedented, without blank lines around it."""
        lines = self.lines
        return lines[0] if len(lines) == 1 else "\n".join(lines).strip("\n")

    def walk(self) -> Iterator[Block]:
        """The block and everything in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a note whose front matter has been blanked."""
    return blocks_of(found_in(lines), lines)


def found_in(lines: Sequence[str]) -> Sequence[Found]:
    """What the scanner finds in these lines."""
    if "•" in "".join(lines):
        lines = [bullet(line) for line in lines]
    return find_blocks(lines)


def blocks_of(found: Sequence[Found], lines: Sequence[str]) -> tuple[Block, ...]:
    """What the scanner found in these lines, as blocks."""
    return _blocks(found, tuple(lines), 0)


def bullet(line: str) -> str:
    """`line` with the bullet of a word processor as markdown's, so that pasted lists are lists; same length."""
    return line.replace("•", "-", 1) if line.lstrip().startswith(("• ", "•\t")) else line


def _blocks(found: Sequence[Found], source: tuple[str, ...], base: int) -> tuple[Block, ...]:
    """What the scanner found as blocks; `source[0]` is line `base` (from 0) of the file, without its containers."""
    blocks: list[Block] = []
    for one in found:
        first, end = one.first, one.end
        own = source[first - base : end - base]
        if not own:
            continue  # white space that is blank to us and not to CommonMark
        if not own[-1].strip():  # blank lines after a container belong to nobody
            kept = len(own) - 1
            while kept > 1 and not own[kept - 1].strip():
                kept -= 1
            own = own[: max(kept, 1)]
        kind = one.kind
        if kind == "paragraph":
            blocks.append(Block(kind, first + 1, first + len(own), own, label=one.mark or None))
            continue
        children: tuple[Block, ...] = ()
        label: str | None = None
        closed = True
        if kind == "item":
            own = _unindented(own)
            inner = one.children
            if (
                len(own) == 1
                and len(inner) == 1
                and inner[0].kind == "paragraph"
                and inner[0].first == first
                and not inner[0].mark
                and own[0].strip()
            ):
                children = (Block("paragraph", first + 1, first + 1, own),)
            else:
                children = _blocks(inner, own, first)
            if "]" in own[0]:
                label = _task_mark(own)
        elif kind == "heading":
            _heading(one, own, blocks)
            continue
        elif kind == "quote":
            blocks.append(_quote(one, own))
            continue
        elif kind == "fence":
            label, closed = one.title.strip(), _closed(one.mark, own)
        elif kind == "html":
            kind = "comment" if own[0].lstrip().startswith("<!--") else kind
        elif kind == "dd":
            own = _unindented(own)
            children = _blocks(one.children, own, first)
        elif one.children:
            children = _blocks(one.children, own, first)
        blocks.append(Block(kind, first + 1, first + len(own), own, children, 0, label, "", closed))
    return tuple(blocks)


def _heading(found: Found, own: tuple[str, ...], blocks: list[Block]) -> None:
    """A heading; but a rule that hashcards puts right under a card is a rule, not the underline of a heading."""
    line, end = found.first + 1, found.first + len(own)
    if found.mark == "-" and (len(own) > 2 or own[0].startswith(("Q:", "A:", "C:", "- ", "* "))):
        blocks.append(Block("paragraph", line, end - 1, own[:-1]))
        blocks.append(Block("hr", end, end, own[-1:]))
    else:
        blocks.append(Block("heading", line, end, own, (), found.level, None, found.title))


def _quote(found: Found, own: Sequence[str]) -> Block:
    """A quote, or a callout where its first line is `[!type]`, with or without a blank before it."""
    inner = tuple([_unquoted(line) for line in own])
    line, end = found.first + 1, found.first + len(own)
    children = _blocks(found.children, inner, found.first)
    opening = inner[0].strip()
    close = opening.find("]")
    if not opening.startswith("[!") or close < 3:
        return Block("quote", line, end, inner, children)
    kept = []
    for child in children:
        if child.line == line:  # the paragraph that begins with the callout's own line: that line is no content
            if child.kind != "paragraph" or child.end_line == child.line:
                continue
            child = replace(child, line=child.line + 1, lines=child.lines[1:])
        kept.append(child)
    label = opening[2:close].partition("|")[0].strip()
    title = opening[close + 1 :].lstrip("+-").strip()
    return Block("callout", line, end, inner, tuple(kept), label=label, title=title)


def _unquoted(line: str) -> str:
    """`line` without one `>`; a lazy line that has none stays as it is."""
    stripped = line.lstrip(" ")
    if len(line) - len(stripped) > 3 or not stripped.startswith(">"):
        return line
    rest = stripped[1:]
    return rest[1:] if rest[:1] in (" ", "\t") else rest


_MARKER = re.compile(r"\s{0,12}(?:[-*+:~•]|\d{1,9}[.)])(?:[ \t]{1,4}|$)")


def _unindented(own: Sequence[str]) -> tuple[str, ...]:
    """The lines of a list item without its marker and indentation."""
    found = _MARKER.match(own[0])
    width = found.end() if found else 0
    if len(own) == 1:
        return (own[0][width:],)
    lines = [own[0][width:]]
    for line in own[1:]:
        expanded = line.expandtabs(4) if line.startswith(("\t", " ")) else line
        indent = len(expanded) - len(expanded.lstrip(" "))
        lines.append(expanded[min(indent, width) :])
    return tuple(lines)


def _task_mark(lines: Sequence[str]) -> str | None:
    """What stands between the brackets of a task (`" "`, `"x"`), or None."""
    first = lines[0].lstrip() if lines else ""
    task = len(first) > 3 and first[0] == "[" and first[2] == "]" and first[3] in " \t"
    return first[1].lower() if task else None


def _closed(markup: str, own: Sequence[str]) -> bool:
    last = own[-1].strip().lstrip("> ")
    return len(own) > 1 and set(last) == {markup[0]} and len(last) >= len(markup)
