"""What a dialect is, and what it finds in a note: drafts of cards, the lines that these claim, remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studytool.notes.model import CardKind, Level, Option, QuestionKind, Schedule, Severity
from studytool.notes.signs import holds_any

if TYPE_CHECKING:
    from studytool.notes.page import Page


class Draft(NamedTuple):
    """A card or question as a dialect found it, before topic, key and demo are known.

    `line` and `column` say where it begins, `end_line` where it ends. `asked` is the text that the key is made of
    where it is not the front (cloze: the whole text). `link` is a question that is a wikilink. `accepted`, `pairs`,
    `items` and `partly` are those of `Question`; `tags` are the card's own, beside the note's.
    """

    kind: CardKind | QuestionKind
    front: str
    back: str
    line: int
    end_line: int
    column: int = 1
    asked: str | None = None
    occurrence: int = 0
    options: tuple[Option, ...] = ()
    explanation: str = ""
    link: str = ""
    schedule: Schedule | None = None
    accepted: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    partly: tuple[Option, ...] = ()


class Claim(NamedTuple):
    """Lines (from 1, both ends included) that belong to a dialect, and what it makes of them: nothing, or cards.

    `shared` are lines that a card uses and leaves free for others: a whole note may answer the question that is its
    name, and its parts be cards too.
    """

    ranges: tuple[tuple[int, int], ...]
    drafts: tuple[Draft, ...] = ()
    shared: tuple[tuple[int, int], ...] = ()


class Remark(NamedTuple):
    """Something a dialect has to say about a line; where it `waits`, only if no dialect makes anything of the line."""

    line: int
    severity: Severity
    code: str
    message: str
    hint: str = ""
    column: int = 1
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Dialect:
    """One way in which people write cards.

    `recognises` says in a sentence what it reads, `example` shows it and `cards` what it yields: (front, back) pairs.
    `find` reads a page and yields claims and remarks in the order of the text. `signs`, where it has any, are what a
    note must hold one of: without them there is nothing to find, and nobody looks.
    """

    name: str
    level: Level
    recognises: str
    find: Callable[[Page], Iterator[Claim | Remark]]
    example: str
    cards: tuple[tuple[str, str], ...]
    signs: tuple[str, ...] = ()
    owns: bool = False
    """Whether its lines have marks of their own, so that no other dialect may read them where it makes no cards."""

    def may_find(self, page: Page) -> bool:
        """Whether a page holds a sign of this dialect, which is one that has signs."""
        return holds_any(page.text, self.signs)
