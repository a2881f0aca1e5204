"""A note that others embed: its parts, by headings and by the ids of blocks."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from studytool.notes.frontmatter import read_front_matter
from studytool.notes.inline import HIDDEN
from studytool.notes.markdown import Block, parse_blocks
from studytool.notes.masks import mask
from studytool.notes.plain import words
from studytool.notes.written import written
from studytool.text import clean


class Source:
    """A note that is embedded: its lines, front matter blanked, and where its parts are."""

    def __init__(self, text: str) -> None:
        raw = clean(text).removeprefix("\ufeff").split("\n") if text.strip() else []
        front = read_front_matter(raw)
        drawing = "excalidraw-plugin" in front.fields
        self.lines = [] if drawing else [""] * front.end + raw[front.end :]
        self.parts: dict[str, str | None] = {}

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return parse_blocks(self.lines)

    @cached_property
    def headings(self) -> list[Block]:
        return [block for block in self.blocks if block.kind == "heading"]

    @cached_property
    def named(self) -> dict[str, list[int]]:
        """Where the headings of each name stand among all headings."""
        found: dict[str, list[int]] = {}
        for at, block in enumerate(self.headings):
            found.setdefault(_plain(words(block.title)), []).append(at)
        return found

    @cached_property
    def ids(self) -> dict[str, int]:
        """The lines that end in the id of a block."""
        told = ((_id_of(line).casefold(), number) for number, line in enumerate(self.lines, 1) if "^" in line)
        return {name: number for name, number in told if name}

    def part(self, part: str) -> str | None:
        """The text under a heading (`One#Two` for one under another), of a block (`^id`), or of all; None for none."""
        if part not in self.parts:
            self.parts[part] = self.found(part)
        return self.parts[part]

    def found(self, part: str) -> str | None:
        first, last = 1, len(self.lines)
        for name in part.split("#") if part else ():
            if name.startswith("^"):
                block = self.block(name.strip().casefold())
                return written(_without_ids("\n".join(block.lines))) if block else None
            section = self.section(_plain(name), first, last)
            if not section:
                return None
            first, last = section
        return written(_without_ids("\n".join(self.lines[first - 1 : last])))

    def section(self, name: str, first: int, last: int) -> tuple[int, int] | None:
        """The lines below the heading of this name, up to the next of the same or a higher level."""
        for at in self.named.get(name, ()):
            own = self.headings[at]
            if first <= own.line <= last:
                following = (block.line - 1 for block in self.headings[at + 1 :] if block.level <= own.level)
                return own.end_line + 1, min(next(following, last), last)
        return None

    def block(self, mark: str) -> Block | None:
        """The block that an id names: the one it stands in, or above it where it stands alone."""
        number = self.ids.get(mark, 0)
        at = bisect_right(self.blocks, number, key=lambda block: block.line) - 1
        inside = self.blocks[at] if at >= 0 and number <= self.blocks[at].end_line else None
        if number and (not inside or inside.line == number) and self.lines[number - 1].strip().casefold() == mark:
            at -= inside is not None
            return self.blocks[at] if at >= 0 else None
        item = None
        while inside:
            item = inside if inside.kind == "item" and inside.line == number else item
            at = bisect_right(inside.children, number, key=lambda block: block.line) - 1
            if at < 0 or number > inside.children[at].end_line:
                return item or inside
            inside = inside.children[at]
        return None


def _plain(title: str) -> str:
    """The words of a heading, as links to it are compared: no signs, one case."""
    return " ".join("".join(c if c.isalnum() else " " for c in title).split()).casefold()


def _id_of(line: str) -> str:
    """The block id that a line ends in, with its `^`."""
    word = line.rstrip().rpartition(" ")[2]
    return word if word[:1] == "^" and word[1:].replace("-", "").isalnum() else ""


def _without_ids(text: str) -> str:
    """`text` without the ids of its blocks."""
    if "^" not in text:
        return text
    lines = []
    for line, masked in zip(text.split("\n"), mask(text).split("\n"), strict=True):
        name = _id_of(line)
        at = len(line.rstrip()) - len(name)
        lines.append(line[:at].rstrip() if name and masked[at] != HIDDEN else line)
    return "\n".join(lines)
