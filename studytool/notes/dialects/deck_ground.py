"""What a note tells a deck: whether it is one, how it parts its cards, and what each of its lines is to them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent
from typing import Literal

from studytool.notes.dialects.deck_lines import TAG, is_tag, is_under, place_of, without_urls
from studytool.notes.dialects.deck_page import Lines
from studytool.notes.dialects.deletions import MOST, Pattern, deletions_by, in_formulas, read_pattern
from studytool.notes.inline import HIDDEN, LINK
from studytool.notes.lazy import cached_property
from studytool.notes.masks import mask
from studytool.notes.scheduling import read_schedules
from studytool.notes.vault import inferred_separators, is_strong
from studytool.notes.written import written

Way = Literal["inline", "inline-reversed", "multiline", "multiline-reversed", "highlight-cloze", "curly-cloze"]

_END = "+++"
"""What commonly ends a card that holds blank lines; known without settings where a note has such lines."""
_CARD_TAGS = ("flashcards", "flashcard", "card")
COMMON = ";;"
"""The separator that takes the place of `::` most often; after a question mark nothing else looks like it."""
_SIGNS = "|;:?>~@&!/+"
"""What a line that parts a card can be made of; dashes, stars and equals signs also make rules and headings."""
_RULES = "-_*"


@dataclass
class Ground(Lines):
    """What stands in a page, as far as its cards depend on it. Lines are counted from 1."""

    # what the note as a whole says

    @cached_property
    def may_hold(self) -> bool:
        """Whether the note can hold any card at all; most notes are told apart here, before any line is looked at."""
        if self.gated or self.page.vault.told:
            return self.gated
        if any(sign in self.page.text for sign in (COMMON, *self.unmistakable)):
            return True
        if self.untagged:
            return True
        return self.page.vault.reviewed and any(line.strip() in self.parting for line in self.page.raw)

    @cached_property
    def gated(self) -> bool:
        """Whether the note is a deck: by a tag, by its folder, or because it carries a schedule."""
        return self.tagged or bool(self.schedules)

    @cached_property
    def untagged(self) -> list[int]:
        """The lines that are only `?` with text right above and below, where no settings say what a deck is."""
        if self.page.vault.told or not any(f"\n{sign}" in self.page.text for sign in self.parting):
            return []
        starts = {last + 1: first for first, last in self.segments()}
        ends = sorted(starts)
        found, said = [], 0
        for number in self.lones:
            at = bisect_left(ends, number)
            if at < len(ends) and self.raw(number).strip() in self.parting:
                start, last = starts[ends[at]], ends[at] - 1
                if said < start:
                    said = self.first_said(start, last)
                if said < number < last and self.says(number + 1, last):
                    found.append(number)
        return found

    @cached_property
    def shaped(self) -> bool:
        """Whether the whole note has the form of a deck: stretches parted by one `?` each, headings and tags."""
        found = set(self.untagged)
        for first, last in self.segments():
            lines = range(first, last + 1)
            if sum(number in found for number in lines) != 1 and any(
                n in self.lones or (n not in self.headings and self.says(n, n)) for n in lines
            ):
                return False
        return bool(found)

    @cached_property
    def tagged(self) -> bool:
        """Whether the note says by a tag, or its vault by the folder, that it is a deck."""
        told = self.page.vault.flashcards
        tags = [tag.casefold() for tag in self.page.tags]
        if any(is_under(tag, unwanted) for tag in tags for unwanted in told.unwanted_tags):
            return False
        if told.folders and (not self.page.place or "/" in self.page.place):
            return True
        return any(is_under(tag, known) for tag in tags for known in self.deck_tags)

    @cached_property
    def deck_tags(self) -> tuple[str, ...]:
        """The tags that make a note a deck."""
        plain = () if self.page.vault.told or self.page.vault.graph else ("flashcard",)
        return tuple(dict.fromkeys([*self.page.vault.flashcards.tags, "flashcards", *plain]))

    @cached_property
    def card_tags(self) -> tuple[str, ...]:
        """The tags that go from a card's text."""
        return (*self.deck_tags, *_CARD_TAGS)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The separators that the note's own schedules tell of."""
        return inferred_separators(self.page.text) if self.schedules else ()

    @cached_property
    def basic(self) -> tuple[str, ...]:
        """The separators of one line that count in this note: as set, else as its schedules show, else the usual."""
        told = self.page.vault.flashcards
        if self.page.vault.told:
            return told.inline
        plain = [one for one in self.own if one not in told.inline_reversed]
        return tuple(plain) or told.inline

    @cached_property
    def usual(self) -> tuple[str, ...]:
        """The separators of one line that count without a schedule, those that ask both ways last."""
        return (*self.basic, *self.page.vault.flashcards.inline_reversed)

    @cached_property
    def unmistakable(self) -> tuple[str, ...]:
        """Separators that the library is known to use and that nothing else looks like: they need no tag."""
        if self.page.vault.told:
            return ()
        told = self.page.vault.flashcards.inline
        return tuple(one for one in told if one == COMMON or (len(one) > 3 and is_strong(one)))

    @cached_property
    def both_ways(self) -> frozenset[str]:
        """The separators that ask both ways though nothing says so: most lines with one carry two schedules."""
        if self.page.vault.told:
            return frozenset()
        counts: dict[str, Counter[bool]] = {}
        for number, comments in self.schedules.items():
            line = number - 1 if self.only_schedule(number) else number
            found = self.separator(line, self.basic) if line >= self.page.body_start else None
            if found and not self.is_meta(line):
                told = sum(len(read_schedules(comment)) for comment in comments)
                counts.setdefault(found[1], Counter())[told == 2] += 1
        return frozenset(one for one, count in counts.items() if count[True] > count[False])

    @cached_property
    def parting(self) -> dict[str, Way]:
        """The lines that part a card of many lines; where no settings say so, those that the schedules show, too."""
        told = self.page.vault.flashcards
        known: dict[str, Way] = dict.fromkeys(told.multiline, "multiline")
        known.update(dict.fromkeys(told.multiline_reversed, "multiline-reversed"))
        known.update({line.replace("?", "？"): way for line, way in known.items() if not line.strip("?")})
        if self.page.vault.told:
            return known
        seen: Counter[str] = Counter()
        for number in self.schedules:
            lines: list[str] = []
            at = number - 1
            while at >= self.page.body_start and self.raw(at).strip() and at not in self.schedules:
                lines.append(self.raw(at).strip())
                at -= 1
            signs = [line for line in lines[1:-1] if 1 < len(line) < 7 and not line.strip(_SIGNS)]
            if len(signs) == 1 and not known.keys() & set(lines):
                seen[signs[0]] += 1
        known.update({line: "multiline" for line, count in seen.items() if count > 1})
        return known

    @cached_property
    def ending(self) -> str:
        """The line that ends a card of many lines, empty where a blank line does."""
        if self.page.vault.told:
            return self.page.vault.flashcards.multiline_end
        ends = any(self.raw(n).strip() == _END and n not in self.protected for n in self.page.lines_with(_END))
        return _END if ends else ""

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The vault's own forms of deletions, those of them that can be read."""
        read = (read_pattern(pattern) for pattern in self.page.vault.flashcards.clozes)
        return tuple(pattern for pattern in read if pattern)

    @cached_property
    def asks_highlights(self) -> bool:
        """Whether highlights are deletions: in a deck by its tag; else only where one of them has a schedule."""
        if self.tagged:
            return True
        return any(
            any(
                deletions_by(pattern, self.raw(line), self.masked(line))
                for line in (number, number - 1)
                if line >= self.page.body_start
                for pattern in self.patterns
            )
            and not self.separator(number - 1 if self.only_schedule(number) else number, self.every)
            for number in self.schedules
            if number > self.page.body_start
        )

    @cached_property
    def every(self) -> tuple[str, ...]:
        """All separators of cards on one line: those of the vault, then the note's own."""
        told = self.page.vault.flashcards
        return tuple(dict.fromkeys([*told.inline, *told.inline_reversed, *self.own]))

    # lines

    def lone(self, number: int) -> Way | None:
        """Which kind of card a line parts by being only `?` or `??`; a bullet before it costs nothing."""
        return self.lones.get(number)

    @cached_property
    def lones(self) -> dict[int, Way]:
        """The lines that part a card of many lines, and which kind of card each parts."""
        found: dict[int, Way] = {}
        ends = tuple(self.parting)
        for number in self.page.lines_with(*ends):
            line = self.raw(number).strip()
            if len(line) > 20 or not line.endswith(ends) or number in self.protected or number in self.comments:
                continue
            plain = line.lstrip("> \t")
            for text in (line, plain, plain.removeprefix("- ").strip()):
                if text in self.parting:
                    found[number] = self.parting[text]
                    break
        return found

    @cached_property
    def separated(self) -> frozenset[int]:
        """The lines that hold any separator of one line; all others are read no further."""
        return frozenset(self.page.lines_with(*{*self.basic, *self.unmistakable, COMMON, *self.every}))

    @cached_property
    def marked(self) -> frozenset[int]:
        """The lines in which a deletion begins, as the vault's patterns mark it or in curly brackets."""
        signs = ("{{", *(pattern.opening for pattern in self.patterns))
        found, masked = self.marked_formulas, self.page.masked
        for sign in dict.fromkeys(signs):
            found.update([number for number in self.page.lines_with(sign) if sign in masked[number - 1]])
        return frozenset(found)

    @property
    def marked_formulas(self) -> set[int]:
        """The lines of formulas with deletions in them."""
        lines = {line for pattern in self.patterns for line in self.page.lines_with(pattern.opening)}
        texts = {number: (number, self.raw(number)) for number in lines if "$" in self.raw(number)}
        for block in self.page.of_kind("math"):
            inside = lines.intersection(range(block.line, block.end_line + 1))
            if inside:
                texts[block.line] = block.line, "\n".join(self.page.raw[block.line - 1 : block.end_line])
        return {
            first + text.count("\n", 0, one.start)
            for first, text in texts.values()
            for pattern in self.patterns
            for one in in_formulas(pattern, text)[: MOST + 1]
        }

    def is_rule(self, number: int) -> bool:
        """Whether a line parts cards: dashes, stars or underscores alone, not the underline of a heading above `?`."""
        line = self.raw(number).strip()
        if len(line) < 3 or line[0] not in _RULES or line.strip(line[0] + " ") or number in self.protected:
            return False
        return not (number < len(self.page.raw) and self.lone(number + 1))

    @cached_property
    def unparted(self) -> tuple[str, str]:
        """How lines begin that nothing parts: rows of tables, and the name of a deck."""
        return ("|", f"{self.page.vault.anki.deck}:")

    def separator(self, number: int, separators: Sequence[str], masked: str = "") -> tuple[int, str] | None:
        """Where a line is parted, and by what: the longest separator first, its first place that is no code's."""
        raw, masked = self.raw(number), masked or self.masked(number)
        if not masked or raw.lstrip(" \t>").startswith(self.unparted):
            return None
        held = [one for one in separators if one in raw]
        for separator in sorted(held, key=len, reverse=True):
            at = place_of(masked, separator)
            if at < 0 and len(separator) > 2 and "://" in raw:
                at = place_of(without_urls(raw, masked), separator)
            if at >= 0:
                return at, separator
        return None

    # cards

    def segments(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines between blank lines, rules, and lines that another dialect has taken."""
        start = 0
        ending, protected, taken = self.ending, self.protected, self.page.taken
        begin = self.page.body_start
        for number, raw in enumerate(self.page.raw[begin - 1 :], begin):
            if line := raw.strip():
                ends = line == ending if ending else line[0] in _RULES and self.is_rule(number)
            else:
                ends = number not in protected
            if ends or number in taken:
                if start:
                    yield start, number - 1
                start = 0
            elif not start:
                start = number
        if start:
            yield start, len(self.page.raw)

    @cached_property
    def telling(self) -> frozenset[int]:
        """The lines that may part a card, or try to: all others are only its text."""
        return self.separated.union(self.lones, self.page.lines_with("?![")) - self.metas

    def schedule_lines(self, number: int) -> list[int]:
        """The lines whose schedules belong to a card that ends at `number`: its own and those under it."""
        if not self.schedules and not self.metas:
            return []
        lines = [number] if number in self.schedules and not self.only_schedule(number) else []
        at = number + 1
        while at <= len(self.page.raw) and self.is_meta(at):
            lines.append(at)
            at += 1
        between = not lines and at < len(self.page.raw) and (not self.raw(at).strip() or self.is_rule(at))
        if between and self.is_meta(at + 1):
            lines.append(at + 1)  # a blank line between, as some formatters leave it, or a rule
        return lines

    def clean(self, text: str) -> str:
        """A side of a card without the marks in it: tags before it, tags of cards anywhere, names of blocks."""
        if "#" in text:
            text = self._untagged(text)
        told = written(dedent(text) if "\n" in text else text.lstrip(" \t"))
        if told.startswith("**") and told.count("**") == 1:
            told = told[2:].lstrip()
        return told

    def _untagged(self, text: str) -> str:
        """A text without the tags before it, those at the ends of its lines, and the tags of cards anywhere."""
        stripped = text.strip()
        while (tag := TAG.match(stripped)) and is_tag(tag.group()[1:]):
            stripped = stripped[tag.end() :].lstrip()
        text = stripped if stripped != text.strip() else text
        kept = [self._unlabelled(*both) for both in zip(text.split("\n"), mask(text).split("\n"), strict=True)]
        return "\n".join(kept) if any(line.strip() for line in kept) else text

    def _unlabelled(self, line: str, masked: str) -> str:
        """A line without the tags at its end and the tags of cards anywhere."""
        if "#" not in masked:
            return line
        end = len(masked.rstrip())
        while (at := masked.rfind(" #", 0, end)) >= 0 and (tag := TAG.fullmatch(masked, at + 1, end)):
            name = tag.group()[1:]
            if not is_tag(name) or HIDDEN in name or LINK in name:
                break
            end = at
            while end and masked[end - 1] in " \t":
                end -= 1
        if end < len(masked.rstrip()):
            line = line[:end]
        known = self.card_tags
        for tag in reversed(list(TAG.finditer(line))):
            name = tag.group()[1:].casefold()
            if any(is_under(name, one) for one in known) and line[tag.start() - 1 : tag.start()] in ("", " ", "\t"):
                line = line[: tag.start()].rstrip() + line[tag.end() :] if tag.start() else line[tag.end() :].lstrip()
        return line
