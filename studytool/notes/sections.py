"""The parts of a note that name themselves: `> [!Summary]`, "Questions:", a lone "Example" in pasted text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from studytool.notes.markdown import Block
from studytool.notes.plain import words
from studytool.notes.words import SECTION_OF, SectionKind


class Section(NamedTuple):
    """A part of a note: what kind it is, how it is named, where it stands and what is in it.

    `end_line` is its last line, `body` its blocks, `text` the source of the body. `way` says how it was marked: a
    label on a line of its own is a weaker sign than a callout.
    """

    kind: SectionKind
    label: str
    title: str
    way: Literal["callout", "label", "heading"]
    line: int
    end_line: int
    body: tuple[Block, ...]
    text: str
    bare: bool = False
    """A label without a colon, as pages pasted as plain text have them."""


def sections_of(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """All sections of a note, in the order of the text. Callouts inside callouts are found too."""
    found: list[Section] = []
    for at, block in enumerate(blocks):
        if block.kind == "callout":
            found.extend(_callouts(block))
            continue
        labelled = block.kind == "heading" or (block.kind == "paragraph" and block.label == "label")
        kind = section_kind(block) if labelled else None
        if not kind:
            continue
        body = _body(blocks, at, block)
        lines = [line for inner in _with_gaps(body) for line in inner]
        end = body[-1].end_line if body else block.end_line
        way: Literal["label", "heading"] = "heading" if block.kind == "heading" else "label"
        name = label_text(block)
        bare = way == "label" and not block.lines[0].rstrip().rstrip("*_").endswith(":")
        text = "\n".join(lines).strip("\n")
        found.append(Section(kind, name, "", way, block.line, end, tuple(body), text, bare))
    return tuple(found)


def section_kind(block: Block) -> SectionKind | None:
    """The kind of section that a heading or a label opens, or None."""
    if block.kind == "heading" or is_label(block):
        return SECTION_OF.get(label_text(block).casefold())
    return None


def is_label(block: Block) -> bool:
    """Whether the tokenizer saw a label line."""
    return block.kind == "paragraph" and block.label == "label"


def label_text(block: Block) -> str:
    """The words of a heading or label without emphasis and colon."""
    return words(block.title or block.text).removesuffix(":").strip()


def _callouts(block: Block) -> list[Section]:
    name = (block.label or "").strip()
    kind = SECTION_OF.get(" ".join(name.replace("_", " ").split()).casefold())
    found = []
    if kind:
        text = "\n".join(block.lines[1:]).strip("\n")
        label = name[:1].upper() + name[1:]
        section = Section(kind, label, block.title, "callout", block.line, block.end_line, block.children, text)
        found.append(section)
    for child in block.children:
        if child.kind == "callout":
            found.extend(_callouts(child))
    return found


def _body(blocks: Sequence[Block], at: int, opening: Block) -> list[Block]:
    """What follows a label up to the next label, heading, callout or rule; what follows a heading up to the next."""
    body: list[Block] = []
    for following in range(at + 1, len(blocks)):
        block = blocks[following]
        if block.kind in ("heading", "callout"):
            break
        if opening.kind != "heading" and (is_label(block) or block.kind == "hr"):
            break
        body.append(block)
    return body


def _with_gaps(body: Sequence[Block]) -> list[list[str]]:
    """The lines of blocks with the blank lines that stood between them."""
    found: list[list[str]] = []
    for previous, block in zip([None, *body], body, strict=False):
        gap = block.line - previous.end_line - 1 if previous else 0
        found.append([""] * min(gap, 1) + list(block.lines))
    return found
