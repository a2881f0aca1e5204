"""A note's text as pieces to be read from top to bottom: prose as it stands, cards as a prompt with its answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.app.prose.cloze import filled
from studytool.notes.checks import without_checks
from studytool.notes.frontmatter import read_front_matter
from studytool.notes.gaps import GAP
from studytool.notes.inline import scan
from studytool.notes.markdown import parse_blocks
from studytool.notes.plain import words
from studytool.text import clean

if TYPE_CHECKING:
    from studytool.notes.markdown import Block
    from studytool.notes.model import Card, Note

ROWS = 40
"""A table with more rows than this is cut into pieces of so many, all with the same columns."""
_CUT = 60
"""Lines above which a list is cut at its items."""
_DEMO = re.compile(r"\]\((demo:[^)\s]+)\)")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_FOLDED = frozenset({"callout", "details"})
"""Dialects of texts that are opened to be read."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a note that are laid out together.

    `text` is markdown. A card has its prompt there and its answer in `answer`; `hidden` says instead of an answer why
    it is not shown. `head` are the first two lines of the table whose rows these are, where it was cut, and `sizes`
    the cells that each of its columns would like to have.
    """

    line: int
    end_line: int
    text: str
    is_card: bool = False
    answer: str = ""
    hidden: str = ""
    head: str = ""
    sizes: tuple[int, ...] = ()
    close: bool = False
    """Whether it goes on from the piece before it, without a blank line between them."""
    demos: tuple[str, ...] = ()
    """The demos that it links to, as they are written."""

    @property
    def hides(self) -> int:
        """How many answers it does not show: each gap of a sentence is one."""
        return max(self.text.count(GAP), 1) if self.hidden else 0


def pieces_of(note: Note, source: str, hidden: dict[str, str], *, asked: Collection[str] = ()) -> list[Piece]:
    """The pieces of a note whose file holds `source`.

    What its author wrote as cards and questions is shown as such. `hidden` has, for the keys of cards whose answers
    are not to be seen, the words to show instead. Prose that a card was made from stays prose, but for the cards that
    are `asked` just now, and for what its author folds away.
    """
    lines = without_checks(clean(source).split("\n"))
    front = read_front_matter(lines)
    lines[: front.end] = [""] * front.end
    _blank_comments(lines)
    found: list[Piece] = []
    at = 1
    for first, last, cards in _cards(note, hidden, asked):
        found += _prose(lines, at, first - 1)
        found.append(_card_piece(first, last, cards, hidden))
        at = last + 1
    found += _prose(lines, at, len(lines))
    is_titled = found and words(found[0].text.strip("# \n")) == note.topic.title
    return found[1:] if is_titled and found[0].text.startswith("#") else found  # the title stands above the text


def _blank_comments(lines: list[str]) -> None:
    """Take comments of HTML and of Obsidian out of the lines; they keep their numbers."""
    text = "\n".join(lines)
    if "%%" not in text and "<!--" not in text:
        return
    parts, at = [], 0
    for span in scan(text):
        if span.kind == "comment":
            parts += [text[at : span.start], "\n" * text.count("\n", span.start, span.end)]
            at = span.end
    lines[:] = "".join([*parts, text[at:]]).split("\n")


def _cards(note: Note, hidden: Collection[str], asked: Collection[str]) -> Iterator[tuple[int, int, list[Card]]]:
    """The lines that are shown as cards, with the cards made of each; no two overlap, and what is asked goes first."""
    written = {card.key for card in note.cards if card.level == "explicit" or card.dialect in _FOLDED}
    written |= {one.key for one in note.questions if one.kind != "open"}
    places: dict[tuple[int, int], list[Card]] = defaultdict(list)
    for card in note.studied:
        if card.key in written or (card.key in asked and card.key in hidden):
            places[card.span.line, max(card.span.line, card.span.end_line)].append(card)
    first_of_all = [place for place, cards in places.items() if any(card.key in asked for card in cards)]
    end = 0
    for first, last in sorted(places):
        is_free = all((first, last) == place or last < place[0] or first > place[1] for place in first_of_all)
        if first > end and is_free:
            end = last
            yield first, last, places[first, last]


def _card_piece(first: int, last: int, cards: Sequence[Card], hidden: dict[str, str]) -> Piece:
    """One text that cards were made of: the sentence of clozes with its gaps, else the first card."""
    unseen = [card for card in cards if card.key in hidden]
    why = hidden[unseen[0].key] if unseen else ""
    card = unseen[0] if unseen else cards[0]
    if card.kind != "cloze":
        demos = tuple(_DEMO.findall(card.front + ("" if unseen else card.back)))
        return Piece(first, last, card.front, True, "" if unseen else card.back, why, demos=demos)
    if not unseen:
        return Piece(first, last, filled(card.front, card.back), True)
    text = card.front
    for other in unseen[1:]:
        if answer := other.back.strip():
            text = text.replace(answer, GAP)
    return Piece(first, last, text, True, "", why)


def _prose(lines: Sequence[str], first: int, last: int) -> Iterator[Piece]:
    """The blocks between two lines, both counted from 1 and included."""
    own = lines[first - 1 : last]
    if not any(line.strip() for line in own):
        return
    for block in parse_blocks(own):
        if block.kind == "comment":
            continue
        start, end = block.line - 1, block.end_line
        if block.kind == "table" and end - start > ROWS + 2:
            yield from _table(own[start:end], first + start)
        elif block.kind == "list" and end - start > _CUT and block.children:
            yield from _items(block, own, first)
        else:
            yield _piece(own[start:end], first + start)


def _piece(own: Sequence[str], line: int, *, close: bool = False) -> Piece:
    text = "\n".join(own)
    demos = tuple(_DEMO.findall(text)) if "](demo:" in text else ()
    return Piece(line, line + len(own) - 1, text, close=close, demos=demos)


def _items(block: Block, own: Sequence[str], first: int) -> Iterator[Piece]:
    """A long list, item by item."""
    starts = [item.line - 1 for item in block.children]
    for at, (start, end) in enumerate(zip(starts, [*starts[1:], block.end_line], strict=True)):
        yield _piece(own[start:end], first + start, close=at > 0)


def _table(own: Sequence[str], line: int) -> Iterator[Piece]:
    """A long table, some rows at a time; its columns are measured by what stands in the source."""
    if not _SEPARATOR.match(own[1]):
        yield _piece(own, line)
        return
    sizes: list[int] = []
    for row in (own[0], *own[2:]):
        for column, cell in enumerate(row.strip().strip("|").split("|")):
            size = len(cell.strip())
            if column == len(sizes):
                sizes.append(size)
            elif size > sizes[column]:
                sizes[column] = size
    head = "\n".join(own[:2])
    for start in range(2, len(own), ROWS):
        rows = own[start : start + ROWS]
        at = line + (start if start > 2 else 0)
        text = "\n".join(rows)
        yield Piece(at, line + start + len(rows) - 1, text, head=head, sizes=tuple(sizes), close=start > 2)
