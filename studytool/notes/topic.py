"""What a note is about: its title, its first heading, its title line, its file name or its first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studytool.notes.frontmatter import FrontMatter
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.plain import flatten, says_something, words
from studytool.notes.sections import is_label, section_kind
from studytool.notes.words import NOT_TERMS

_TITLE_WORDS = 14
_LONGEST_TITLE = 1000
LONGEST_TAGS = 10_000
"""A line or paragraph of more characters is none of tags."""
_TAGS = re.compile(r"\s*(?:#\S*\s*)*+")


def topic_name(front: FrontMatter, blocks: Sequence[Block], path: str, marks: Sequence[str] = ()) -> str:
    """The topic of a note; never empty. `marks` are tags that say that a note is a deck: no words of its heading."""
    if title := front.text("title", "name"):
        return title_text(title)
    if title := _property(blocks):
        return title_text(title)
    if heading := _heading(blocks):
        return _without_marks(title_text(heading.title), marks)
    stem = stem_of(path)
    if _plain_name(path, stem) and (line := title_block(blocks)):
        return title_text(line.text)
    if not _says_something(stem) and (said := _subject(blocks) or _first_heading(blocks)):
        return said
    return stem or path


def _property(blocks: Sequence[Block]) -> str:
    """The title that a page of Logseq gives among the properties it begins with, `title:: Loss`; else nothing."""
    if not blocks or blocks[0].kind != "paragraph":
        return ""
    for line in blocks[0].lines:
        name, separator, told = line.partition(":: ")
        if not separator or not name.replace("-", "").isalnum():
            return ""
        if name == "title":
            return told.strip()
    return ""


def _without_marks(title: str, marks: Sequence[str]) -> str:
    """A title without the tags at its end that are among `marks`, or below one of them."""
    told = title.split()
    while len(told) > 1 and told[-1][0] == "#" and any(f"{told[-1][1:]}/".startswith(f"{mark}/") for mark in marks):
        told.pop()
    return " ".join(told)


def title_text(source: str) -> str:
    """A title as it reads: without emphasis marks, but with the signs of formulas, names and equations in it."""
    pieces = " ".join(flatten(source).split()).split("$")
    for index in range(0, len(pieces), 2):  # every other piece stands between dollars
        piece = pieces[index].replace("**", "").replace("*", "").replace("`", "").replace("~~", "")
        if piece.count("==") % 2 == 0:
            piece = piece.replace("==", "")
        pieces[index] = _EDGE.sub("", piece) if "_" in piece else piece
    return "$".join(pieces)


_EDGE = re.compile(r"(?<![^\W_])_+(?=[^\W_])|(?<=[^\W_])_+(?![^\W_])")
"""Underscores at the edge of a word: emphasis. Those inside one belong to its name."""


def title_block(blocks: Sequence[Block]) -> Block | None:
    """The title line of a plain text: short, the first that holds a word, without a final stop, naming no section."""
    for block in blocks:
        if not says_something(block.text) or _only_tags(block):
            continue
        if block.kind != "paragraph" or is_label(block):
            return None
        if len(block.lines[0]) > _LONGEST_TITLE:
            return None
        first = words(block.lines[0])
        if first[-1:] in ".!?:;," or len(first.split()) > _TITLE_WORDS or _card_like(block.lines[0]):
            return None
        block = Block(block.kind, block.line, block.line, block.lines[:1])
        return None if section_kind(block) else block
    return None


def _heading(blocks: Sequence[Block]) -> Block | None:
    """The first heading of level 1, or the heading that the note begins with, if it does not name a section or ask.

    Where the note begins otherwise and has more than two of level 1, they are its sections.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    top = [block for block in headings if block.level == 1]
    content = (b for b in blocks if b.kind not in ("comment", "hr", "html") and not (top and _only_tags(b)))
    first = top[0] if 1 <= len(top) <= 2 else next(content, None)
    if first is None or first.kind != "heading" or (top and first.level != 1) or not _names_the_note(first):
        return None
    asks = words(first.title).endswith("?")
    return None if asks and any(_names_the_note(block) for block in headings if block is not first) else first


def _names_the_note(heading: Block) -> bool:
    return bool(heading.title) and not _names_a_part(heading)


def _names_a_part(heading: Block) -> bool:
    """Whether a heading names a part of the note ("Overview", "Question (EN)", "Steps:") rather than its topic."""
    told = words(heading.title)
    name = told.partition(" (")[0].casefold().removeprefix("my ")
    return not told or told.endswith(":") or section_kind(heading) is not None or name in NOT_TERMS


def _only_tags(block: Block) -> bool:
    """Whether a paragraph is a line of `#tags`."""
    return block.kind == "paragraph" and len(text := block.text) <= LONGEST_TAGS and _TAGS.fullmatch(text) is not None


def _plain_name(path: str, stem: str) -> bool:
    return path.lower().endswith(".txt") or not _says_something(stem)


def _says_something(stem: str) -> bool:
    """Whether a file name holds a word: `000_4630c80cd845a192` does not."""
    parts = "".join(c if c.isalnum() else " " for c in stem).split()
    return any(not _code(part) for part in parts)


def _code(part: str) -> bool:
    """Digits, or hexadecimal digits with some decimal ones among them."""
    lowered = part.lower()
    return lowered.isdigit() or (any(c.isdigit() for c in part) and all(c in "0123456789abcdef" for c in lowered))


def _card_like(line: str) -> bool:
    return line.startswith(("Q:", "A:", "C:")) or "::" in line


def _first_heading(blocks: Sequence[Block]) -> str:
    """The first heading of any level that names no part and asks nothing; empty where there is none."""
    titles = (words(block.title) for block in blocks if block.kind == "heading" and not _names_a_part(block))
    return next((title for title in titles if not title.endswith("?")), "")


def _subject(blocks: Sequence[Block]) -> str:
    """X, where the note's first sentence reads "X is …" or "X are …"."""
    for block in (inner for top in blocks for inner in top.walk()):
        if block.kind != "paragraph" or is_label(block):
            continue
        told = words(block.text).split()
        for at, word in enumerate(told[:9]):
            if word in ("is", "are", "refers", "means") and at:
                if told[0].casefold() in ("a", "an", "the") and at > 1:
                    told, at = told[1:], at - 1
                subject = " ".join(told[:at]).strip(" ,")
                return subject[:1].upper() + subject[1:]
            if word[-1] in ".!?:;":
                break
        return ""
    return ""
