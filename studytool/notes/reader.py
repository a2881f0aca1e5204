"""One note on its way through the dialects: what they claim becomes cards, questions and diagnostics.

All of it is written down as `notes.codec` does, in plain tuples: an index keeps them as they are, and of most notes
that are read nobody asks for the cards themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.codec import (
    CARD_DEMO,
    CARD_SOURCE,
    QUESTION_DEMO,
    QUESTION_SOURCE,
    Plain,
    end_of,
    place_of_card,
    place_of_diagnostic,
    place_of_question,
    plain,
)
from studytool.notes.dialects import gift
from studytool.notes.dialects.deck import deck_of
from studytool.notes.facts import Facts, facts_of
from studytool.notes.frontmatter import FrontMatter, demo_link
from studytool.notes.identity import card_key
from studytool.notes.leftover import leftovers, unclosed_fences
from studytool.notes.markdown import Block
from studytool.notes.model import LEVELS, Card, CardKind, DemoLink, Question, QuestionKind, Span, Topic
from studytool.notes.page import Page, hidden_lines
from studytool.notes.plain import plain_words, says_something, words
from studytool.notes.scheduling import note_schedule
from studytool.notes.sources import may_name, named_below, parted
from studytool.notes.swallowed import HOLDING, may_swallow, swallowed
from studytool.notes.topic import title_block, topic_name
from studytool.notes.vault import Vault


class Source(NamedTuple):
    """A text to read: `path` is what the spans of its note say, `place` the path relative to the root, with `/`."""

    text: str
    path: str
    place: str = ""


class Scanned(NamedTuple):
    """A text as its lines, its front matter and its blocks; `form` is the dialect that all of it is written in."""

    source: Source
    lines: list[str]
    front: FrontMatter
    blocks: tuple[Block, ...]
    form: Dialect | None = None


_NONE = ("off", "none", "no", "false")
_ALL = ("on", "all", "yes", "true")


def _wanted(front: FrontMatter, levels: Sequence[str]) -> frozenset[str]:
    """The levels that are wanted and that the note allows: `cards: explicit`, `cards: [explicit]`, `cards: off`."""
    value = front.fields.get("cards")
    if value is False or front.text("cards").casefold() in _NONE:
        return frozenset()
    allowed = {name.casefold() for name in front.texts("cards")} & set(LEVELS)
    return frozenset(levels) & (allowed or set(LEVELS))


def _unknown_levels(front: FrontMatter) -> list[str]:
    """The words under `cards:` that name no level and do not say yes or no."""
    known = {*LEVELS, *_NONE, *_ALL}
    return [name for name in front.texts("cards") if name.isalpha() and name.casefold() not in known]


def _level_hint(name: str) -> str:
    from difflib import get_close_matches  # 5 ms, and few mistype a level

    close = get_close_matches(name.casefold(), [*LEVELS, "off"], 1)
    meant = f"Did you mean `{close[0]}`? " if close else ""
    return f"{meant}The levels are {', '.join(LEVELS[:-1])} and {LEVELS[-1]}; `off` makes no cards."


def _line_of_field(lines: Sequence[str], name: str) -> int:
    """The line of the front matter that gives a field, the first where none begins with its name."""
    return next((at for at, line in enumerate(lines, 1) if line.lower().lstrip("\"'").startswith(name)), 1)


_TURNS = (("**user**:", "**you**:", "**human**:"), ("**ai**:", "**assistant**:", "**chatgpt**:", "**copilot**:"))


def _chat_line(text: str, lines: Sequence[str]) -> int:
    """The line of the first turn of a saved chat, where both sides speak; 0 where the text is none."""
    if not ("\n**" in text or text[:2] == "**"):
        return 0
    bold = [(at, line[:14].casefold()) for at, line in enumerate(lines, 1) if line[:2] == "**"]
    found = [next((at for at, line in bold if line.startswith(turns)), 0) for turns in _TURNS]
    return min(found)


_TEMPLATER = re.compile(r"<%[-_*]{0,2} ?(?:tp\.\w|moment\(tp\.)")
_SENTENCE_WORDS = 5
"""So many words at least has a sentence that tells of a command."""


def _template_line(page: Page) -> int:
    """The line by which Templater makes notes of this one, 0 for none: its questions are for whoever fills them in."""
    numbers = [number for number in page.lines_with("<%") if _TEMPLATER.search(page.masked[number - 1])]
    hidden = hidden_lines(page) if numbers else frozenset()
    told = (number for number in numbers if number not in hidden and not _speaks_of_it(page.raw[number - 1]))
    return next(told, 0)


def _speaks_of_it(line: str) -> bool:
    """Whether a command of Templater stands in the middle of a sentence that tells of it, and fills in nothing."""
    before, after = line.partition("<%")[0], line.rpartition("%>")[2]
    if before.lstrip("> ").startswith("#") or "?" in before + after or not says_something(after):
        return False
    return len(plain_words(before)) + len(plain_words(after)) >= _SENTENCE_WORDS


def _tags(front: FrontMatter) -> tuple[str, ...]:
    told = front.texts("tags", "tag")
    return tuple(dict.fromkeys(tag.lstrip("#") for text in told for tag in text.split() if tag.strip("#")))


class Reader:
    """Runs dialects over a page and turns what they claim into cards."""

    def __init__(self, scanned: Scanned, levels: Sequence[str], vault: Vault) -> None:
        source, lines, front, blocks, form = self.scanned = scanned
        self.path, self.front = source.path, front
        name = topic_name(front, () if form is gift.DIALECT else blocks, self.path, vault.flashcards.tags)
        page = Page(lines, front.end + 1, blocks, name, _tags(front), path=self.path, place=source.place, vault=vault)
        self.page = page
        self.cards: list[Plain] = page.cards
        self.questions: list[Plain] = []
        self.diagnostics: list[Plain] = []
        self.barred: set[str] = set()
        """The keys of the cards that a dialect which is off would have made."""
        self.waiting: list[Remark] = []
        self.facts = Facts()
        self.held: list[tuple[int, int]] = []
        """The lines of cards whose answers go on over whatever stands below them."""
        self.explained: set[int] = set()
        """The first lines of those of them that have options, which what stands below may tell apart."""
        self.used_demos: set[int] = set()
        self.topic_demo = demo_link(front.fields.get("demo"))
        self.is_drawing = "excalidraw-plugin" in front.fields
        self.wanted = frozenset[str]() if self.is_drawing else _wanted(front, levels)

    def look(self) -> None:
        """What is to be said of the note as a whole, and whether that leaves it fewer cards."""
        page, front, lines = self.page, self.front, self.scanned.lines
        self.facts = facts_of(page, front)
        if self.facts.tags:
            page.tags = tuple(dict.fromkeys([*page.tags, *self.facts.tags]))
        if not page.text or page.text.isspace():
            self.remark(Remark(1, "info", "empty-note", "This file is empty.", "Write something to study in it."))
        if front.problem:
            message = f"The front matter cannot be read as a whole: {front.problem}."
            line, column = front.problem_line, front.problem_column
            self.remark(Remark(line, "warning", "front-matter", message, "Correct that line.", column))
        for unknown in _unknown_levels(front):
            line = _line_of_field(lines[: front.end], "cards")
            message = f"`{unknown}` is no level of card."
            self.remark(Remark(line, "warning", "unknown-level", message, _level_hint(unknown)))
        if "<%" in page.text and not front.texts("cards") and (line := _template_line(page)) and self.wanted:
            self.wanted &= {"explicit"}
            told = "This note is a template of Templater: only cards written as such are made of it."
            hint = "Write `cards: on` in its front matter to have others."
            self.remark(Remark(line, "info", "template", told, hint))
        if "derived" in self.wanted and not front.texts("cards") and (line := _chat_line(page.text, lines)):
            self.wanted -= {"derived"}
            self.page.chat = True
            told = "This note records a chat with an assistant: only cards written as such are made of it."
            self.remark(
                Remark(line, "info", "chat", told, "Write `cards: derived` in its front matter to have others.")
            )

    def finish(self) -> None:
        """Name what no card was made of."""
        page = self.page
        if may_name(page.text):
            self.cards = [self.with_source_below(one, Card, CARD_SOURCE) for one in self.cards]
            self.questions = [self.with_source_below(one, Question, QUESTION_SOURCE) for one in self.questions]
        for remark in self.waiting:
            if remark.line not in page.taken:
                self.remark(remark)
        if self.held and may_swallow(page.text):
            lines = {one[0][1] for one in self.diagnostics if one[2] == "card-in-answer"}
            parted = any(one[2] == "untagged-card" for one in self.diagnostics)
            gated, told = deck_of(page).gated, self.explained
            for remark in swallowed(page, self.held, lines, explained=told, deck=gated, parted=parted):
                self.remark(remark)
        if not self.is_drawing:
            for remark in unclosed_fences(page):
                self.remark(remark)
        if self.wanted:
            title = title_block(page.blocks)
            faults = sorted(one[0][1] for one in self.diagnostics if one[1] != "info")
            for remark in leftovers(page, title if title and words(title.text) == page.topic else None, faults):
                self.remark(remark)
        page.shared.clear()  # what dialects share holds the page itself

    def read(self, dialect: Dialect) -> None:
        """Read the page by one dialect: what it claims is taken, unless another took it before."""
        own: set[int] = set()
        taken = self.page.taken
        for found in dialect.find(self.page):
            if isinstance(found, Remark):
                if found.waits:
                    self.waiting.append(found)
                elif found.line not in taken or found.line in own:
                    self.remark(found)  # a card's lines are no other dialect's fault
                continue
            lines: Collection[int]
            if len(found.ranges) == 1:
                ((first, last),) = found.ranges
                lines = range(first, last + 1)
            else:
                lines = set().union(*(range(first, last + 1) for first, last in found.ranges))
            if taken.isdisjoint(lines):
                own.update(lines)
                taken.update(lines)
                if dialect.name in HOLDING and found.drafts:
                    self.held += found.ranges
                    if dialect.name == "choice":
                        self.explained.update(first for first, _ in found.ranges)
                self.claim(dialect, found)

    def bar(self, dialect: Dialect) -> None:
        """What a dialect that is off would make, no other makes either; lines with marks of its own none may read."""
        for found in dialect.find(self.page):
            if not isinstance(found, Claim) or not all(self.page.free(*lines) for lines in found.ranges):
                continue
            if dialect.level in self.wanted:
                self.barred.update(_key(dialect, draft) for draft in found.drafts)
            if dialect.owns:
                for first, last in found.ranges:
                    self.page.taken.update(range(first, last + 1))

    def claim(self, dialect: Dialect, claim: Claim) -> None:
        """Make the cards and questions that a claim drafts."""
        for first, last in claim.shared:
            self.page.used.update(range(first, last + 1))
        for draft in claim.drafts:
            if self.barred and _key(dialect, draft) in self.barred:
                continue
            if draft.kind in ("basic", "cloze"):
                self.cards.append(self.card(dialect, draft, draft.kind))
            else:
                self.questions.append(self.question(dialect, draft, draft.kind))

    def with_source_below(self, told: Plain, noun: type, at: int) -> Plain:
        """A card or question with the source that the next line below it names, if it does not end in one."""
        if told[at]:
            return told
        line, source = named_below(self.page.raw, end_of(told, noun))
        if not source or line in self.page.taken:
            return told
        self.page.used.add(line)
        return (*told[:at], source, *told[at + 1 :])

    def remark(self, remark: Remark) -> None:
        """Keep a remark as a diagnostic, as `codec.plain` writes it."""
        span = (None, remark.line, remark.column, remark.line)
        self.diagnostics.append((span, remark.severity, remark.code, remark.message, remark.hint))

    def card(self, dialect: Dialect, draft: Draft, kind: CardKind) -> Plain:
        """A card as `codec.plain` writes it: its fields in their order."""
        page = self.page
        key, front, back, source = _sides(dialect, draft)
        schedule = note_schedule(self.front.fields) if dialect.name == "question-note" else draft.schedule
        if "[^" in front or "[^" in back:
            front, back = page.without_footnotes(front), page.with_footnotes(back)
        demo = self.demo(draft) if self.facts.demos else None
        return (
            *(key, kind, dialect.name, dialect.level, front, back, page.topic),
            (None, draft.line, draft.column, draft.end_line),
            page.context(draft.line),
            self.tags(draft) if draft.tags else page.tags,
            plain(demo) if demo else None,
            *(plain(schedule) if schedule else None, source, ""),
        )

    def question(self, dialect: Dialect, draft: Draft, kind: CardKind | QuestionKind) -> Plain:
        """A question as `codec.plain` writes it; a choice is a `multiple` unless just one option is right."""
        if kind == "choice":
            kind = "choice" if sum(option.correct for option in draft.options) == 1 else "multiple"
        explanation, source = parted(draft.explanation)
        question = Question(
            key=_key(dialect, draft),
            kind=cast(QuestionKind, kind),
            dialect=dialect.name,
            level=dialect.level,
            prompt=self.page.without_footnotes(draft.front),
            options=draft.options,
            answer=None,
            topic=self.page.topic,
            span=Span(self.path, draft.line, draft.column, draft.end_line),
            explanation=explanation,
            context=self.page.context(draft.line),
            tags=self.tags(draft) if draft.tags else self.page.tags,
            demo=self.demo(draft),
            link=draft.link,
            accepted=draft.accepted,
            pairs=draft.pairs,
            items=draft.items,
            source=source,
            partly=draft.partly,
        )
        return plain(replace(question, answer=question.right() or None))

    def tags(self, draft: Draft) -> tuple[str, ...]:
        """The note's tags, then the card's own."""
        return tuple(dict.fromkeys([*self.page.tags, *draft.tags]))

    def demo(self, draft: Draft) -> DemoLink | None:
        """The demo that is named among the lines of a card, if one is."""
        for line, link in self.facts.demos:
            if draft.line <= line <= draft.end_line:
                self.used_demos.add(line)
                return link
        return None

    def note(self) -> Plain:
        """The note as `codec.plain` writes it."""
        free = (link for line, link in self.facts.demos if line not in self.used_demos)
        demo = self.topic_demo or next(free, None)
        front, name = self.front, self.page.topic
        aliases = tuple(alias for alias in front.texts("aliases", "alias") if alias != name)
        topic = Topic(name, self.path, aliases, self.page.tags, _unlinked(front.texts("after")), demo)
        cards, questions = self.cards, self.questions
        if demo:
            cards, questions = _shown_by(cards, CARD_DEMO, demo), _shown_by(questions, QUESTION_DEMO, demo)
        cards.sort(key=place_of_card)
        questions.sort(key=place_of_question)
        self.diagnostics.sort(key=place_of_diagnostic)
        return (
            None,
            plain(topic),
            tuple(cards),
            tuple(questions),
            tuple(self.diagnostics),
            self.facts.links,
            tuple(map(plain, self.facts.references)),
            self.page.place or self.path.replace("\\", "/"),
        )


def _sides(dialect: Dialect, draft: Draft) -> tuple[str, str, str, str]:
    """The key of the card that a draft becomes, its two sides, and the source that is named at the end of one."""
    if draft.kind == "cloze":
        (front, source), back = parted(draft.front), draft.back
        return card_key("cloze", parted(draft.asked or front)[0], "", back, draft.occurrence), front, back, source
    front, (back, source) = draft.front, parted(draft.back)
    if not source and dialect.name == "multiline-reversed":  # asked from its answer
        front, source = parted(front)
    return card_key(draft.kind, front, back), front, back, source


def _key(dialect: Dialect, draft: Draft) -> str:
    """The key of the card or question that a draft becomes."""
    if draft.kind in ("basic", "cloze"):
        return _sides(dialect, draft)[0]
    right = [option.text for option in draft.options if option.correct]
    options = sorted(option.text for option in draft.options)
    sides = [f"{one}\n{other}" for one, other in draft.pairs]
    told = ("\n".join(right), "\n".join((*options, *draft.accepted, *sides, *draft.items)))
    return card_key(draft.kind, draft.front, "\n\n".join(part for part in told if part))


def _shown_by(found: Sequence[Plain], at: int, demo: DemoLink) -> list[Plain]:
    """Cards or questions, those without a demo of their own with that of the note."""
    told = plain(demo)
    return [one if one[at] else (*one[:at], told, *one[at + 1 :]) for one in found]


def _unlinked(names: Sequence[str]) -> tuple[str, ...]:
    """Names that front matter may have written as wikilinks, without the brackets."""
    return tuple(name.strip().removeprefix("[[").removesuffix("]]").partition("|")[0] for name in names)
