"""One note: text in, cards, questions and diagnostics out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from studytool.notes.checks import may_check, without_checks
from studytool.notes.dialects import DIALECTS, gift, text2qti
from studytool.notes.facts import facts_of
from studytool.notes.frontmatter import FrontMatter, demo_link, read_front_matter
from studytool.notes.identity import card_key
from studytool.notes.inline import words
from studytool.notes.leftover import leftovers, unclosed_fences
from studytool.notes.markdown import Block, parse_blocks
from studytool.notes.model import (
    LEVELS,
    Card,
    CardKind,
    DemoLink,
    Diagnostic,
    Note,
    Question,
    QuestionKind,
    Span,
    Topic,
)
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark
from studytool.notes.scheduling import note_schedule
from studytool.notes.sources import may_name, named_below, parted
from studytool.notes.topic import title_block, topic_name
from studytool.notes.vault import DEFAULT_VAULT, Vault
from studytool.text import clean


class Source(NamedTuple):
    """A text to read: `path` is what the spans of its note say, `place` the path relative to the root, with `/`."""

    text: str
    path: str
    place: str = ""


def parse_note(
    text: str, path: str, *, levels: Sequence[str] = LEVELS, vault: Vault = DEFAULT_VAULT, place: str = ""
) -> Note:
    """The note in `text`. `path` is what its spans say; `levels` are the levels of card that are wanted.

    `vault` says how its author's plugins are set; `place` is the path relative to the root of the vault, with `/`.
    """
    return parse_notes([Source(text, path, place)], levels=levels, vault=vault)[0]


def parse_notes(
    sources: Sequence[Source], *, levels: Sequence[str] = LEVELS, vault: Vault = DEFAULT_VAULT
) -> list[Note]:
    """The notes in several texts, as `parse_note` makes each.

    All of them take one step before any takes the next: what a step runs through is then in the processor's cache,
    where all the steps together have no room.
    """
    scanned = [_scanned(source) for source in sources]
    readers = [_Reader(one, levels, vault) for one in scanned]
    plain = [reader for reader in readers if not reader.scanned.form]
    for dialect in DIALECTS:
        for reader in plain:
            if dialect.level in reader.wanted and (not dialect.signs or dialect.may_find(reader.page)):
                reader.read(dialect)
    for reader in readers:
        form = reader.scanned.form
        if form and form.level in reader.wanted:
            reader.read(form)
        reader.finish()
    return [reader.note() for reader in readers]


class _Scanned(NamedTuple):
    """A text as its lines, its front matter and its blocks; `form` is the dialect that all of it is written in."""

    source: Source
    lines: list[str]
    front: FrontMatter
    blocks: tuple[Block, ...]
    form: Dialect | None = None


def _scanned(source: Source) -> _Scanned:
    lines = clean(source.text).removeprefix("\ufeff").split("\n")
    if may_check(source.text):
        lines = without_checks(lines)
    if gift.is_gift(source.path):
        return _Scanned(source, lines, FrontMatter(), gift.file_blocks(lines), gift.DIALECT)
    if text2qti.is_quiz(lines):
        return _Scanned(source, lines, FrontMatter(), text2qti.file_blocks(lines), text2qti.DIALECT)
    front = read_front_matter(lines)
    return _Scanned(source, lines, front, parse_blocks([""] * front.end + lines[front.end :]))


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


def _chat_line(lines: Sequence[str]) -> int:
    """The line of the first turn of a saved chat, where both sides speak; 0 where the text is none."""
    if not any(line[:2] == "**" for line in lines):
        return 0
    bold = [(at, line[:14].casefold()) for at, line in enumerate(lines, 1) if line[:2] == "**"]
    found = [next((at for at, line in bold if line.startswith(turns)), 0) for turns in _TURNS]
    return min(found)


def _tags(front: FrontMatter) -> tuple[str, ...]:
    told = front.texts("tags", "tag")
    return tuple(dict.fromkeys(tag.lstrip("#") for text in told for tag in text.split() if tag.strip("#")))


class _Reader:
    """Runs dialects over a page and turns what they claim into cards."""

    def __init__(self, scanned: _Scanned, levels: Sequence[str], vault: Vault) -> None:
        source, lines, front, blocks, form = self.scanned = scanned
        self.path, self.front = source.path, front
        name = topic_name(front, () if form is gift.DIALECT else blocks, self.path)
        page = Page(lines, front.end + 1, blocks, name, _tags(front), path=self.path, place=source.place, vault=vault)
        self.page = page
        self.cards: list[Card] = []
        self.questions: list[Question] = []
        self.diagnostics: list[Diagnostic] = []
        self.facts = facts_of(page, front)
        page.tags = tuple(dict.fromkeys([*page.tags, *self.facts.tags]))
        self.used_demos: set[int] = set()
        self.topic_demo = demo_link(front.fields.get("demo"))
        self.is_drawing = "excalidraw-plugin" in front.fields
        self.wanted = frozenset[str]() if self.is_drawing else _wanted(front, levels)
        self.look()

    def look(self) -> None:
        """What is to be said of the note as a whole, and whether that leaves it fewer cards."""
        front, lines = self.front, self.scanned.lines
        if not self.page.text.strip():
            self.remark(Remark(1, "info", "empty-note", "This file is empty.", "Write something to study in it."))
        if front.problem:
            message = f"The front matter cannot be read as a whole: {front.problem}."
            line, column = front.problem_line, front.problem_column
            self.remark(Remark(line, "warning", "front-matter", message, "Correct that line.", column))
        for unknown in _unknown_levels(front):
            line = _line_of_field(lines[: front.end], "cards")
            message = f"`{unknown}` is no level of card."
            self.remark(Remark(line, "warning", "unknown-level", message, _level_hint(unknown)))
        if "derived" in self.wanted and "cards" not in front.fields and (line := _chat_line(lines)):
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
            for at, card in enumerate(self.cards):
                if source := self.source_below(card):
                    self.cards[at] = replace(card, source=source)
            for at, question in enumerate(self.questions):
                if source := self.source_below(question):
                    self.questions[at] = replace(question, source=source)
        if not self.is_drawing:
            for remark in unclosed_fences(page):
                self.remark(remark)
        if self.wanted:
            title = title_block(page.blocks)
            for remark in leftovers(page, title if title and words(title.text) == page.topic else None):
                self.remark(remark)
        page.shared.clear()  # what dialects share holds the page itself

    def read(self, dialect: Dialect) -> None:
        own: set[int] = set()
        taken = self.page.taken
        for found in dialect.find(self.page):
            if isinstance(found, Remark):
                if found.line not in taken or found.line in own:
                    self.remark(found)  # a card's lines are no other dialect's fault
                continue
            wanted = [range(first, last + 1) for first, last in found.ranges]
            if all(map(taken.isdisjoint, wanted)):
                own.update(*wanted)
                taken.update(*wanted)
                self.claim(dialect, found)

    def claim(self, dialect: Dialect, claim: Claim) -> None:
        for first, last in claim.shared:
            self.page.used.update(range(first, last + 1))
        for draft in claim.drafts:
            if draft.kind in ("basic", "cloze"):
                self.cards.append(self.card(dialect, draft, draft.kind))
            else:
                self.questions.append(self.question(dialect, draft, draft.kind))

    def source_below(self, found: Card | Question) -> str:
        """The source that is named on the next line below a card which does not end in one; else ""."""
        if found.source:
            return ""
        line, source = named_below(self.page.raw, found.span.end_line)
        if not source or line in self.page.taken:
            return ""
        self.page.used.add(line)
        return source

    def remark(self, remark: Remark) -> None:
        span = Span(self.path, remark.line, remark.column, remark.line)
        self.diagnostics.append(Diagnostic(span, remark.severity, remark.code, remark.message, remark.hint))

    def card(self, dialect: Dialect, draft: Draft, kind: CardKind) -> Card:
        if kind == "cloze":
            (front, source), back = parted(draft.front), draft.back
            key = card_key("cloze", parted(draft.asked or front)[0], "", back, draft.occurrence)
        else:
            front, (back, source) = draft.front, parted(draft.back)
            if not source and dialect.name == "multiline-reversed":  # asked from its answer
                front, source = parted(front)
            key = card_key(kind, front, back)
        return Card(
            key=key,
            kind=kind,
            dialect=dialect.name,
            level=dialect.level,
            front=self.page.without_footnotes(front),
            back=self.page.with_footnotes(back),
            topic=self.page.topic,
            span=self.span(draft),
            context=self.page.context(draft.line),
            tags=self.tags(draft),
            demo=self.demo(draft),
            schedule=note_schedule(self.front.fields) if dialect.name == "question-note" else draft.schedule,
            source=source,
        )

    def question(self, dialect: Dialect, draft: Draft, kind: CardKind | QuestionKind) -> Question:
        right = [option.text for option in draft.options if option.correct]
        options = sorted(option.text for option in draft.options)
        sides = [f"{one}\n{other}" for one, other in draft.pairs]
        told = [
            part for part in ("\n".join(right), "\n".join((*options, *draft.accepted, *sides, *draft.items))) if part
        ]
        if kind == "choice":
            kind = "choice" if len(right) == 1 else "multiple"
        explanation, source = parted(draft.explanation)
        question = Question(
            key=card_key(draft.kind, draft.front, "\n\n".join(told)),
            kind=cast(QuestionKind, kind),
            dialect=dialect.name,
            level=dialect.level,
            prompt=self.page.without_footnotes(draft.front),
            options=draft.options,
            answer=None,
            topic=self.page.topic,
            span=self.span(draft),
            explanation=explanation,
            context=self.page.context(draft.line),
            tags=self.tags(draft),
            demo=self.demo(draft),
            link=draft.link,
            accepted=draft.accepted,
            pairs=draft.pairs,
            items=draft.items,
            source=source,
        )
        return replace(question, answer=question.right() or None)

    def tags(self, draft: Draft) -> tuple[str, ...]:
        return tuple(dict.fromkeys([*self.page.tags, *draft.tags])) if draft.tags else self.page.tags

    def span(self, draft: Draft) -> Span:
        return Span(self.path, draft.line, draft.column, draft.end_line)

    def demo(self, draft: Draft) -> DemoLink | None:
        for line, link in self.facts.demos:
            if draft.line <= line <= draft.end_line:
                self.used_demos.add(line)
                return link
        return None

    def note(self) -> Note:
        free = (link for line, link in self.facts.demos if line not in self.used_demos)
        demo = self.topic_demo or next(free, None)
        front, name = self.front, self.page.topic
        aliases = tuple(alias for alias in front.texts("aliases", "alias") if alias != name)
        topic = Topic(name, self.path, aliases, self.page.tags, _unlinked(front.texts("after")), demo)
        return Note(
            path=self.path,
            topic=topic,
            cards=tuple(
                sorted((card if card.demo or not demo else replace(card, demo=demo) for card in self.cards), key=_place)
            ),
            questions=tuple(
                sorted((one if one.demo or not demo else replace(one, demo=demo) for one in self.questions), key=_place)
            ),
            diagnostics=tuple(sorted(self.diagnostics, key=_place)),
            links=self.facts.links,
            references=self.facts.references,
            place=self.page.place or self.path.replace("\\", "/"),
        )


def _place(found: Card | Question | Diagnostic) -> tuple[int, int]:
    return found.span.line, found.span.column


def _unlinked(names: Sequence[str]) -> tuple[str, ...]:
    """Names that front matter may have written as wikilinks, without the brackets."""
    return tuple(name.strip().removeprefix("[[").removesuffix("]]").partition("|")[0] for name in names)
