"""The nouns of notes: what a file yields. Values only; nothing here reads or parses."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Literal

from studytool.notes.own import nearest

Level = Literal["explicit", "structured", "derived"]
"""How sure we are that the author meant a card: wrote one, wrote a question, wrote a clear form."""

LEVELS: tuple[Level, ...] = ("explicit", "structured", "derived")
"""All levels, surest first: the order in which dialects may claim lines."""

CardKind = Literal["basic", "cloze", "open", "choice"]
QuestionKind = Literal["open", "choice", "multiple", "typed", "numeric", "ordering", "matching"]
Severity = Literal["error", "warning", "info", "style"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file: path as the user would type it, lines and columns counted from 1, `end_line` included."""

    path: str
    line: int
    column: int = 1
    end_line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something to tell the author about a place in a note.

    `info` names what was left aside, `warning` what is probably a slip, `error` what cost a card, `style` what makes a
    card hard to study. `code` is a short stable name such as `left-aside`; `message` one sentence; `hint` what to do.
    """

    span: Span
    severity: Severity
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class DemoLink:
    """A link from a topic or a card to a demo, with the parameters it should start with."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()


ReferenceKind = Literal["wikilink", "embed", "image", "link", "demo"]
"""How a note refers to something: `[[x]]`, `![[x]]`, `![](x)`, `[…](x.md)`, `[…](demo:x)` or `demo:` on top of it."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that a note refers to, as its author wrote it, and where: line and column counted from 1."""

    kind: ReferenceKind
    target: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where another program had got to with a card, as the note carries it.

    `due` is an ISO date and `interval` the days between the last review and it. `ease` is SM-2's factor in per cent
    (250), or None where the program kept FSRS's own `stability` (days) and `difficulty` (1 to 10).
    """

    due: str
    interval: float
    ease: float | None = None
    stability: float | None = None
    difficulty: float | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to remember.

    `front` and `back` are markdown in the author's words. A cloze card has `[…]` in `front` where its deletion was
    and the deletion in `back`. An `open` card is answered in the learner's own words: its `back` is empty, or the note
    that its question links to. `context` holds the headings above it, outermost first. `key` names the content, not
    the place: see `notes.identity`. `source` is where its answer comes from, if its author says so. `topic` names it
    among all topics, and begins with `folder` where that tells it from others of its title: see `Topic`.
    """

    key: str
    kind: CardKind
    dialect: str
    level: Level
    front: str
    back: str
    topic: str
    span: Span
    context: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    demo: DemoLink | None = None
    schedule: Schedule | None = None
    source: str = ""
    folder: str = ""

    @property
    def title(self) -> str:
        """The title of its topic, whatever folder that lies in."""
        return title_in(self.topic, self.folder)


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice question: its text, whether it is right, and why (may be empty)."""

    text: str
    correct: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question the author wrote as one: with options to choose from, or `open`, without an answer (`None`).

    `accepted` holds every right answer of a `typed` question, of a `numeric` one its values (`3.14 ± 0.01`, `1 … 5`).
    `pairs` holds what belongs together in a `matching` one; a pair whose left side is empty is there to mislead.
    `items` holds what an `ordering` one asks to put in order, in the right order.
    `link` is the target of the wikilink that the question is made of, if it is one: the note of that name answers it.
    `source` is where its answer comes from, if its author says so. `partly` holds answers that are not right and have
    a part of the credit of a `typed` or `numeric` one, each with what is said to it.
    """

    key: str
    kind: QuestionKind
    dialect: str
    level: Level
    prompt: str
    options: tuple[Option, ...]
    answer: str | None
    topic: str
    span: Span
    explanation: str = ""
    context: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    demo: DemoLink | None = None
    link: str = ""
    accepted: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    items: tuple[str, ...] = ()
    source: str = ""
    partly: tuple[Option, ...] = ()
    folder: str = ""

    def as_card(self) -> Card:
        """The same question as a card for studying: its options on the front, the right ones and why on the back."""
        return Card(
            key=self.key,
            kind="choice" if self.options else "basic" if self.accepted or self.pairs or self.items else "open",
            dialect=self.dialect,
            level=self.level,
            front="\n\n".join(part for part in (self.prompt, self._choices()) if part),
            back="\n\n".join(part for part in (self.answer or self.right(), self.explanation) if part),
            topic=self.topic,
            span=self.span,
            context=self.context,
            tags=self.tags,
            demo=self.demo,
            source=self.source,
            folder=self.folder,
        )

    def right(self) -> str:
        """What is right: the right options, the answers that count, the pairs or the order, one a line."""
        if self.items:
            return "\n".join(f"{number}. {_hanging(item)}" for number, item in enumerate(self.items, 1))
        right = [option.text for option in self.options if option.correct]
        return as_list(right or self.accepted or [f"{one} → {other}" for one, other in self.pairs if one])

    def _choices(self) -> str:
        """What there is to choose from: the options, the items, or both sides of the pairs, sorted by their letters."""
        if self.items:
            return "\n".join(f"- {_hanging(item)}" for item in sorted(self.items, key=str.casefold))
        if not self.pairs:
            return "\n".join(f"- {option.text}" for option in self.options)
        left = "\n".join(f"- {one}" for one, _ in self.pairs if one)
        others = sorted(dict.fromkeys(other for _, other in self.pairs), key=str.casefold)
        return f"{left}\n\n↔\n\n" + "\n".join(f"- {other}" for other in others)


def _hanging(text: str) -> str:
    """A text as the item of a list: its lines after the first indented."""
    return text.replace("\n", "\n   ")


def as_list(texts: Sequence[str]) -> str:
    """One text as it is; several as a list, one a line."""
    return texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a note is about. `after` names the topics that should come before it; `path` is the note's file.

    `name` is its title, which notes in one folder may share. Where those in others have the same title, it begins with
    `folder`, as much of the path as tells them apart, with `/`: `Biology/Week 1`.
    """

    name: str
    path: str
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    demo: DemoLink | None = None
    folder: str = ""

    @property
    def title(self) -> str:
        """Its title, whatever folder it lies in."""
        return title_in(self.name, self.folder)


def title_in(name: str, folder: str) -> str:
    """The title in the name of a topic that begins with `folder`."""
    return name[len(folder) + 1 :] if folder else name


@dataclass(frozen=True, slots=True)
class Note:
    """What one file yielded. `links` are the targets of its wikilinks, in order, `references` all that it refers to.

    `place` is the path relative to the root of the library, with `/`; the path itself where no root is known.
    """

    path: str
    topic: Topic
    cards: tuple[Card, ...] = ()
    questions: tuple[Question, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    links: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    place: str = ""

    @property
    def studied(self) -> list[Card]:
        """All cards and questions of the note as cards, in the order of the text."""
        found = [*self.cards, *(question.as_card() for question in self.questions)]
        return sorted(found, key=lambda card: (card.span.line, card.span.column))

    @property
    def siblings(self) -> list[int]:
        """For each card of `studied` the number of the text it was made from, from 1; 0 where it is the only one.

        Several cards are made of one text by its deletions, or by asking it in both directions.
        """
        places = [(card.span.line, card.span.end_line, card.dialect) for card in self.studied]
        shared = [place for place, often in Counter(places).items() if often > 1]
        numbers = {place: number for number, place in enumerate(shared, start=1)}
        return [numbers.get(place, 0) for place in places] if shared else []


class Library:
    """Everything that was read: notes in study order (a topic after those its `after` names), and what went wrong.

    `root` is the folder that the notes belong to, and `roots` has, where several libraries are open, that of each path
    that was opened, both absolute. `notes` may be a sequence that makes each note when it is asked for:
    to plan a study, `entries` and `topics` do without.
    """

    def __init__(
        self,
        root: str,
        notes: Sequence[Note] = (),
        diagnostics: Sequence[Diagnostic] = (),
        roots: Mapping[str, str] | None = None,
    ) -> None:
        self.root = root
        self._roots = roots or {}
        self.notes = notes
        self._diagnostics = tuple(diagnostics)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Those of every note, of the library as a whole, and of files that could not be read."""
        return self._diagnostics

    @property
    def unread(self) -> list[Diagnostic]:
        """Why each file that could not be read was not, with what to do; no note is looked into for it."""
        return [one for one in self._diagnostics if one.code in ("unreadable", "not-utf8", "too-large")]

    @cached_property
    def entries(self) -> dict[str, int]:
        """The key of every card once, in no order, with the number of the note that holds it first."""
        keys = list(chain.from_iterable(self.keys))
        numbers = list(chain.from_iterable(map(repeat, range(len(self.keys)), map(len, self.keys))))
        found = dict(zip(keys, numbers, strict=True))
        if len(found) < len(keys):  # of a key that comes again the first number counts
            found = dict.fromkeys(keys, 0)
            found.update(zip(reversed(keys), reversed(numbers), strict=True))
        return found

    @property
    def order(self) -> list[str]:
        """The key of every card once, in study order."""
        keys = list(chain.from_iterable(self.keys))
        return keys if len(keys) == len(self.entries) else list(dict.fromkeys(keys))

    @cached_property
    def keys(self) -> Sequence[Sequence[str]]:
        """The keys of each note's cards, in the order of `Note.studied`."""
        return [[card.key for card in note.studied] for note in self.notes]

    @property
    def marks(self) -> Sequence[object]:
        """For each note an object, which is the same one in another reading of the notes if that note is."""
        return self.notes

    def texts(self, number: int) -> Sequence[int]:
        """The `Note.siblings` of a note."""
        return self.notes[number].siblings

    def differs(self, before: Library) -> tuple[set[str], set[str]]:
        """The keys that are new since another reading of the same notes, and those that are gone."""
        return set(self.entries.keys() - before.entries.keys()), set(before.entries.keys() - self.entries.keys())

    @property
    def names(self) -> Sequence[str]:
        """The name of each note's topic."""
        return [topic.name for topic in self.topics]

    @property
    def titles(self) -> Sequence[str]:
        """The title of each note's topic, which is its name without what tells it from others of its title."""
        return [topic.title for topic in self.topics]

    @property
    def topics(self) -> Sequence[Topic]:
        """The topic of each note."""
        return [note.topic for note in self.notes]

    @property
    def files(self) -> Sequence[str]:
        """The absolute path of each note."""
        return [os.path.abspath(note.path) for note in self.notes]

    def root_of(self, path: str) -> str:
        """The absolute path of the folder that the note in a file belongs to."""
        return nearest(os.path.abspath(path), self._roots) or os.path.abspath(self.root)

    def file_of(self, target: str, note: Note) -> str:
        """The absolute path of the file that a note refers to; empty where it is not among those of the library."""
        return ""

    def scheduled(self, numbers: Container[int] | None = None) -> Iterator[Card]:
        """The cards that carry another program's schedule, of all notes or of those of these numbers."""
        some = (note for at, note in enumerate(self.notes) if numbers is None or at in numbers)
        return (card for note in some for card in note.cards if card.schedule is not None)

    def studied(self) -> list[Card]:
        """Every card once, in study order; where two notes hold the same card the first one counts."""
        found: dict[str, Card] = {}
        for note in self.notes:
            for card in note.studied:
                found.setdefault(card.key, card)
        return list(found.values())

    def card(self, key: str) -> Card | None:
        """The card with this key, or None when no note holds it any more."""
        number = self.entries.get(key)
        if number is None:
            return None
        return next((card for card in self.notes[number].studied if card.key == key), None)

    def question(self, key: str) -> Question | None:
        """The question that its author wrote, where the card with this key is one."""
        number = self.entries.get(key)
        questions = self.notes[number].questions if number is not None else ()
        return next((one for one in questions if one.key == key), None)
