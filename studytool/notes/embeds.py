"""What embeds on cards stand for: a picture its path from the root, a note or a part of it its text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from studytool.notes.facts import NOTE_ENDINGS, Mention, html_images, mentions
from studytool.notes.inline import HIDDEN
from studytool.notes.masks import mask
from studytool.notes.model import Card, Diagnostic, Note, Question, Reference, Span
from studytool.notes.outline import block_named
from studytool.notes.source_of_embeds import Source
from studytool.notes.targets import Targets

_ID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_REFERENCE = re.compile(
    rf"\[(?P<shown>[^\[\]]{{1,200}})\]\(\(\({_ID}\)\)\)"
    rf"|(?P<embed>\{{\{{embed )?\(\((?P<id>{_ID})\)\)(?(embed)\}}\}})"
)
"""How Logseq writes a block that stands elsewhere, and a link to one."""
_NAMED = re.compile(rf"^[ \t]*(?:- )?id:: ({_ID})[ \t]*\r?$", re.MULTILINE)
DEEPEST = 3
"""So many levels of embeds in embeds are followed."""
LONGEST = 10_000
"""Characters above which the text of a note does not go on a card; its name stands there instead."""
_AT_HAND = 256
"""So many files that were read last are kept."""
_MOST = 64
"""So many embeds are followed for one text of a card, those in other embeds counted."""


class Resolver:
    """Puts what the cards of notes embed in its place, a note at a time; what it has read it keeps for the next.

    `read` gives the text of a file by its path from the root, empty where it cannot be read; `places` the paths of the
    notes, which are read for their ids when a card first names a block of Logseq by one, `((id))`. Keys do not change:
    they are made of what the author wrote on the card. A question that is a link is answered by what it leads to. An
    embed of a part that its note does not have is named.
    """

    def __init__(
        self, targets: Targets, read: Callable[[str], str], places: Callable[[], Iterable[str]] = tuple
    ) -> None:
        self.targets, self.read, self.places = targets, read, places
        self.sources: dict[str, Source] = {}
        self.left = 0
        self.missing: dict[str, str] = {}
        self.circular: dict[str, str] = {}
        self.own = ""
        self.told_of: Note | None = None
        self.in_order: list[Reference] = []
        """What that note refers to, line by line."""
        self.met = False
        """Whether an embed has led back to what it stands in."""
        self.looped: dict[str, bool] = {}
        """The ids, named in a text, of blocks that name themselves again (true), or that are nowhere."""

    def note(self, note: Note) -> Note:
        """The note with what its cards embed; the same object where that is nothing."""
        found: dict[tuple[int, int, str], Diagnostic] = {}
        cards = tuple(self.card(card, note, found) for card in note.cards)
        questions = tuple(self.question(question, note, found) for question in note.questions)
        if all(map(_same, cards, note.cards)) and all(map(_same, questions, note.questions)) and not found:
            return note
        told = sorted([*note.diagnostics, *found.values()], key=lambda one: (one.span.line, one.span.column))
        return replace(note, cards=cards, questions=questions, diagnostics=tuple(told))

    def card(self, card: Card, note: Note, found: dict[tuple[int, int, str], Diagnostic]) -> Card:
        """The card with what it embeds, the same object where that is nothing; warnings go into `found`."""
        if not _may_embed(card.front) and not _may_embed(card.back):
            return card
        front, back = self.whole(card.front, note), self.whole(card.back, note)
        self.tell(card.span, note, found)
        return card if (front, back) == (card.front, card.back) else replace(card, front=front, back=back)

    def question(self, question: Question, note: Note, found: dict[tuple[int, int, str], Diagnostic]) -> Question:
        """The same for a question; one that is a link gets its answer too."""
        answer = self.answer(question, note) or question.answer
        if self.looped:
            self.tell(question.span, note, found)
        if not any(map(_may_embed, _texts(question))):
            return question if answer == question.answer else replace(question, answer=answer)
        options = tuple(
            replace(option, text=self.whole(option.text, note), why=self.whole(option.why, note))
            for option in question.options
        )
        answer = answer if question.link else self.whole(answer, note) if answer else answer
        prompt, explanation = self.whole(question.prompt, note), self.whole(question.explanation, note)
        pairs = tuple((self.whole(one, note), self.whole(other, note)) for one, other in question.pairs)
        items = tuple(self.whole(item, note) for item in question.items)
        now = replace(
            question,
            prompt=prompt,
            explanation=explanation,
            options=options,
            answer=answer,
            pairs=pairs,
            items=items,
        )
        self.tell(question.span, note, found)
        return question if now == question else now

    def answer(self, question: Question, note: Note) -> str:
        """The text of what a question links to; nothing for a link to the note it stands in."""
        path = self.targets.resolve(question.link, note.place) if question.link else None
        part = _part_of(question.link)
        if not path or not _is_note(path) or (path == note.place and not part):
            return ""
        self.begin(note)
        text = self.source(path).part(part)
        return self.text(text, path, ((path, part),)) if text else ""

    def tell(self, span: Span, note: Note, found: dict[tuple[int, int, str], Diagnostic]) -> None:
        """A warning for each embed in the lines of a card whose note lacks the part it names."""
        for reference in self.named_in(note, span) if self.missing or self.circular else ():
            known = self.circular if reference.target in self.circular else self.missing
            path = known.get(reference.target) if reference.kind == "embed" else None
            if path:
                told = f"There is no part “{_part_of(reference.target)}” in {path}."
                hint = "Correct what stands after `#`: a heading of that note, or `^` and the id of a block."
                if known is self.circular:
                    told = f"What this embeds, {path}, embeds what it stands in."
                    hint = "Take one of these embeds out, or name a part of the note: `![[note#heading]]`."
                place = Span(note.path, reference.line, reference.column, reference.line)
                entry = Diagnostic(place, "warning", "dangling-embed", told, hint)
                found[reference.line, reference.column, reference.target] = entry
        for name, loops in self.looped.items():
            told = f"No block has the id `(({name}))`."
            hint = "Correct the id, or take it out."
            if loops:
                told = f"The block `(({name}))` names itself again."
                hint = "Take one of these references out."
            place = Span(note.path, span.line, span.column, span.line)
            found[span.line, span.column, name] = Diagnostic(place, "warning", "dangling-embed", told, hint)
        self.missing.clear()
        self.circular.clear()
        self.looped.clear()

    def named_in(self, note: Note, span: Span) -> Sequence[Reference]:
        """What a note refers to in the lines of a card."""
        if self.told_of is not note:
            self.told_of, self.in_order = note, sorted(note.references, key=lambda one: one.line)
        first = bisect_left(self.in_order, span.line, key=lambda one: one.line)
        last = bisect_right(self.in_order, max(span.line, span.end_line), key=lambda one: one.line)
        return self.in_order[first:last]

    def begin(self, note: Note) -> None:
        """One more text of a note is next."""
        self.left, self.own, self.met = _MOST, note.place, False

    def whole(self, text: str, note: Note) -> str:
        """One text of a card."""
        self.begin(note)
        return self.text(text, note.place, ())

    def text(self, text: str, place: str, within: tuple[tuple[str, str], ...]) -> str:
        """`text`, which stands in the note at `place`, with its embeds in place; `within` are those being followed."""
        if "<img" in text:
            text = self.without_tags(text, place)
        if "((" in text and _REFERENCE.search(text):
            text = self.with_blocks(text, len(within))
        if "![" not in text:
            return text
        lines = text.split("\n")
        for at, (line, masked) in enumerate(zip(lines, mask(text).split("\n"), strict=True)):
            if "![" in line:
                lines[at] = self.line(line, masked, place, within)
        return "\n".join(lines)

    def with_blocks(self, text: str, deep: int, above: tuple[str, ...] = ()) -> str:
        """A text with the blocks that it names by their ids in place, but in code.

        `deep` is how many embeds it stands in, `above` the ids of the blocks that it is put in place of.
        """
        rows = zip(text.split("\n"), mask(text).split("\n"), strict=True)
        return "\n".join(self.with_blocks_in(line, masked, deep, above) for line, masked in rows)

    def with_blocks_in(self, line: str, masked: str, deep: int, above: tuple[str, ...]) -> str:
        """The same for a line; `masked` is that line with protected text hidden."""
        parts, position = [], 0
        for found in _REFERENCE.finditer(line) if "((" in line else ():
            if masked[found.start()] == HIDDEN:
                continue
            if found["shown"]:
                parts += [line[position : found.start()], found["shown"]]
                position = found.end()
                continue
            if found["id"] in above:
                self.looped[above[0]] = True
                parts.append(line[position : found.start()])
                position = found.end()
                continue
            place = self.block_at(found["id"]) if deep < DEEPEST and self.left else None
            if place is None:
                if not deep and self.named and self.left:
                    self.looped[found["id"]] = False
                continue
            self.left -= 1
            whole = bool(found["embed"])
            told = block_named(self.source(place).lines, found["id"], whole=whole)
            told = self.with_blocks(told, deep + 1, (*above, found["id"])).strip()
            before, after = line[: found.start()], line[found.end() :]
            if whole and told[:2] == "- " and before.lstrip() == "- ":
                before, told = before[:-2], f"\n{before[:-2]}".join(told.split("\n"))
                parts += [before[position:], told]
            else:
                shown = _inserted(told, before, after) or " ".join(told.split("\n"))
                parts += [before[position:], shown if told and len(told) <= LONGEST else found[0]]
            position = found.end()
        return "".join([*parts, line[position:]])

    def block_at(self, name: str) -> str | None:
        """The note whose block has an id; of several the nearest one: in a copy of a graph they are all there again."""
        own = self.own.split("/")

        def shared(place: str) -> int:
            return sum(
                1 for _ in takewhile(lambda parts: parts[0] == parts[1], zip(place.split("/"), own, strict=False))
            )

        return max(self.named.get(name, ()), key=shared, default=None)

    @cached_property
    def named(self) -> dict[str, list[str]]:
        """The notes whose blocks have an id, by the ids."""
        found: dict[str, list[str]] = {}
        for place in self.places():
            text = self.read(place)
            for one in _NAMED.finditer(text) if "id:: " in text else ():
                found.setdefault(one[1], []).append(place)
        return found

    def without_tags(self, text: str, place: str) -> str:
        """`text` with the images that are written as HTML written as markdown, where there are such files."""
        parts, position = [], 0
        for image in html_images(text):
            path = self.targets.resolve(image.target, place)
            if path and not _is_note(path):
                parts += [text[position : image.start], f"![{image.shown}](<{path}>)"]
                position = image.end
        return "".join([*parts, text[position:]])

    def line(self, line: str, masked: str, place: str, within: tuple[tuple[str, str], ...]) -> str:
        """A line with its embeds in place; `masked` is that line with protected text hidden."""
        parts, position = [], 0
        for mention in mentions(line, masked):
            if mention.kind not in ("image", "embed"):
                continue
            before, after = line[position : mention.start], line[mention.end :]
            path = self.targets.resolve(mention.target, place)
            if mention.kind == "image" or (path and not _is_note(path)):
                shown = _picture(mention, path) if path and not _is_note(path) else line[mention.start : mention.end]
            else:
                told = self.embedded(mention, path, within) if path else ""
                shown = _inserted(told, line[: mention.start], after) if told else ""
                shown = shown if told is None else shown or mention.shown
                if self.met and not within and path:
                    self.circular[mention.target], self.met = path, False
            parts += [before, shown]
            position = mention.end
        return "".join([*parts, line[position:]])

    def embedded(self, mention: Mention, path: str, within: tuple[tuple[str, str], ...]) -> str | None:
        """The text that an embed stands for, empty where its name should stay; None where it leads back."""
        part = _part_of(mention.target)
        if (path, part) in within or (path == self.own and not part):
            self.met = True
            return None if within else ""
        if len(within) == DEEPEST or not self.left:
            return ""
        self.left -= 1
        source = self.source(path)
        told = source.part(part)
        if part and source.lines and told is None and not within:
            self.missing[mention.target] = path
        if not told or len(told) > LONGEST:
            return ""
        told = self.text(told, path, (*within, (path, part)))
        told = told.strip() if self.met else told
        return told if len(told) <= LONGEST else ""

    def source(self, path: str) -> Source:
        """The note at a path from the root, read once as long as it is at hand."""
        if path not in self.sources:
            if len(self.sources) >= _AT_HAND:
                self.sources.pop(next(iter(self.sources)), None)
            self.sources[path] = Source(self.read(path))
        return self.sources[path]


def _same(one: object, other: object) -> bool:
    return one is other


def _texts(question: Question) -> list[str]:
    texts = [question.prompt, question.explanation, question.answer or "", *question.items]
    texts += [side for pair in question.pairs for side in pair]
    return texts + [text for option in question.options for text in (option.text, option.why)]


def _may_embed(text: str) -> bool:
    return "![" in text or "<img" in text or "((" in text


def _is_note(path: str) -> bool:
    """Whether a file has text to show: a drawing is kept in a note as well, and has none."""
    name = path.lower()
    return name.endswith(NOTE_ENDINGS) and not name.endswith(".excalidraw.md")


def _part_of(target: str) -> str:
    """What stands after the first `#` of a target."""
    return target.partition("#")[2].strip().strip("#")


def _picture(mention: Mention, path: str) -> str:
    """A picture by its path; what stands there for its size goes."""
    told = [part.strip() for part in mention.shown.split("|")]
    named = " ".join(part for part in told if part and not part.replace("x", "", 1).isdigit())
    return f"![{named or (path.rpartition('/')[2] if mention.shown else '')}](<{path}>)"


def _inserted(text: str, before: str, after: str) -> str:
    """`text` as it goes into a line: as it is, below the same markers, or as a paragraph; nothing where it cannot."""
    if "\n" not in text:
        return text
    if not after.strip() and not before.strip(" \t>-*+.)0123456789"):
        margin = "".join(c if c in " \t>" else " " for c in before)
        return f"\n{margin}".join(text.split("\n"))
    if before.lstrip().startswith("|"):
        return ""
    return f"\n\n{text}\n\n" if after.strip() else f"\n\n{text}"
