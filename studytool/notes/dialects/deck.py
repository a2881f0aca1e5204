"""A note as Obsidian's spaced repetition plugin reads it, a line at a time: the ground of the dialects that it knows.

A card's text begins after a blank line and ends at the next one, blank lines in code and formulas aside. A line with a
separator is a card by itself; a line that is only `?` parts a card of many lines; else the text's deletions are asked.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from textwrap import dedent
from typing import Literal

from studytool.notes.dialects.cloze import GAP, MOST
from studytool.notes.dialects.deletions import (
    Deletion,
    Pattern,
    asks,
    bare,
    cloze_drafts,
    deletions_by,
    moved,
    numbered,
    read_pattern,
    unclosed,
)
from studytool.notes.inline import HIDDEN, LINK, mask, scan
from studytool.notes.markdown import Block
from studytool.notes.model import Schedule
from studytool.notes.page import Claim, Draft, Page, Remark, written
from studytool.notes.scheduling import SCHEDULE_COMMENT, read_schedules
from studytool.notes.vault import inferred_separators, is_ignored, is_strong

Way = Literal["inline", "inline-reversed", "multiline", "multiline-reversed", "highlight-cloze", "curly-cloze"]

_END = "+++"
"""What commonly ends a card that holds blank lines; known without settings where a note has such lines."""
_PROTECTED = frozenset({"fence", "code", "math"})
_TAG = re.compile(r"#[^\s#,.;:!?()\[\]{}\"'`|<>]+")
_NO_TAGS = frozenset(
    {"include", "define", "ifdef", "ifndef", "if", "endif", "pragma", "else", "undef", "error", "import"}
)
"""What begins with `#` and is code."""
_CARD_TAGS = ("flashcards", "flashcard", "card")
_MARKER = re.compile(r"(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]{2,})[ \t]*$")
_COMMON = ";;"
"""The separator that takes the place of `::` most often; after a question mark nothing else looks like it."""
_SIGNS = "|;:?>~@&!/+"
"""What a line that parts a card can be made of; dashes, stars and equals signs also make rules and headings."""
_RULES = "-_*"
_META = "[!sr|"
"""How the callout begins in which newer versions of the plugin keep their comment."""
_NAMESPACES = frozenset({"std", "boost", "self", "super", "crate", "chrono", "detail"})
_FIELDS = frozenset(
    (
        *("up", "down", "next", "prev", "previous", "parent", "child", "children", "related", "similar", "status"),
        *("tag", "tags", "created", "modified", "updated", "date", "source", "sources", "author", "authors", "alias"),
        *("aliases", "type", "kind", "url", "link", "links", "project", "area", "rating", "cssclass", "due"),
    )
)
"""Names of fields that other plugins read from lines `name:: value`."""
_LONGEST = 80
"""So many lines an answer may go on to its schedule over blank lines."""
_ASKS = ("?", "？", "؟", ":", "：")


@dataclass(frozen=True, slots=True)
class Found:
    """Something found in a note, and which dialect it belongs to."""

    way: Way
    what: Claim | Remark


def found_by(page: Page, way: Way) -> Iterator[Claim | Remark]:
    """What a page holds of one way of writing cards, in the order of the text."""
    for found in deck_of(page).cards_and_remarks:
        if found.way == way:
            yield found.what


def deck_of(page: Page) -> Deck:
    """The one reading of a page that all dialects of the plugin share."""
    known = page.shared.get("deck")
    if not isinstance(known, Deck):
        known = page.shared["deck"] = Deck(page)
    return known


@dataclass
class Deck:
    """One reading of a page. Lines are counted from 1."""

    page: Page
    found: list[Found] = field(default_factory=list)
    done: int = 0
    """The last line of a card that reaches into the next stretch of lines."""

    @cached_property
    def cards_and_remarks(self) -> list[Found]:
        page = self.page
        if is_ignored(page.vault, page.place) or not self.may_hold:
            return []
        worth = self.telling | self.marked
        for first, last in self.segments():
            if last > self.done and not worth.isdisjoint(range(first, last + 1)):
                self.segment(max(first, self.done + 1), last)
        self.tag_lines()
        if self.untagged and not self.gated and not self.shaped and not page.vault.reviewed:
            more = f" There are {len(self.untagged)} such places." if len(self.untagged) > 1 else ""
            told = f"This looks like a card of many lines, and nothing says that the note is a deck.{more}"
            hint = "Tag the note `#flashcards`."
            self.tell("multiline", self.untagged[0], "untagged-card", told, hint)
        return sorted(self.found, key=_line_of)

    # what the note as a whole says

    @cached_property
    def may_hold(self) -> bool:
        """Whether the note can hold any card at all; most notes are told apart here, before any line is looked at."""
        if self.gated or self.page.vault.told:
            return self.gated
        if any(sign in self.page.text for sign in (_COMMON, *self.unmistakable)):
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
        if any(_under(tag, unwanted) for tag in tags for unwanted in told.unwanted_tags):
            return False
        if told.folders and (not self.page.place or "/" in self.page.place):
            return True
        return any(_under(tag, known) for tag in tags for known in self.deck_tags)

    @cached_property
    def deck_tags(self) -> tuple[str, ...]:
        """The tags that make a note a deck."""
        plain = () if self.page.vault.told else ("flashcard",)
        return tuple(dict.fromkeys([*self.page.vault.flashcards.tags, "flashcards", *plain]))

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
    def unmistakable(self) -> tuple[str, ...]:
        """Separators that the library is known to use and that nothing else looks like: they need no tag."""
        if self.page.vault.told:
            return ()
        told = self.page.vault.flashcards.inline
        return tuple(one for one in told if one == _COMMON or (len(one) > 3 and is_strong(one)))

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
        told = self.page.vault.flashcards
        return tuple(dict.fromkeys([*told.inline, *told.inline_reversed, *self.own]))

    # lines

    @property
    def numbers(self) -> range:
        return range(self.page.body_start, len(self.page.raw) + 1)

    def raw(self, number: int) -> str:
        return self.page.raw[number - 1]

    def masked(self, number: int) -> str:
        return self.page.masked[number - 1]

    @cached_property
    def protected(self) -> frozenset[int]:
        """Lines of code and formulas."""
        return frozenset([*self._lines(_PROTECTED), *self._formulas()])

    def _formulas(self) -> Iterator[int]:
        """The lines of formulas between lines `$$` right under text, which markdown takes for a part of it."""
        if "$$" not in self.page.text:
            return
        opened = 0
        for number in self.numbers:
            line = self.raw(number).strip(" \t>")
            if opened and "$$" in line:
                if line.endswith("$$") and line.count("$$") == 1:
                    yield from range(opened, number + 1)
                opened = 0
            elif line.startswith("$$") and line.count("$$") == 1:
                opened = number
            elif number in self.headings or line in ("?", "??") or line.startswith(("```", SCHEDULE_COMMENT)):
                opened = 0

    @cached_property
    def comments(self) -> frozenset[int]:
        return frozenset(self._lines(frozenset({"comment"})))

    def _lines(self, kinds: frozenset[str]) -> Iterator[int]:
        for kind in kinds:
            for block in self.page.of_kind(kind):
                yield from range(block.line, block.end_line + 1)

    @cached_property
    def headings(self) -> dict[int, Block]:
        return {block.line: block for block in self.page.of_kind("heading")}

    @cached_property
    def schedules(self) -> dict[int, tuple[str, ...]]:
        """The comments with a schedule of each line that has one, without their ends."""
        found: dict[int, tuple[str, ...]] = {}
        for number in self.page.lines_with(SCHEDULE_COMMENT):
            line = self.raw(number)
            if number not in self.protected and (told := _comments(line)):
                found[number] = told
        return found

    @cached_property
    def bare_schedules(self) -> frozenset[int]:
        return frozenset(n for n in self.schedules if not written(self.raw(n).lstrip(" \t>")).strip(" \t>"))

    def only_schedule(self, number: int) -> bool:
        """Whether a line holds a schedule and nothing else."""
        return number in self.bare_schedules

    def is_meta(self, number: int) -> bool:
        """Whether a line is the plugin's own: a schedule, or the callout it keeps it in."""
        return number in self.metas

    @cached_property
    def metas(self) -> frozenset[int]:
        """The plugin's own lines."""
        found = self.page.lines_with(_META)
        return self.bare_schedules.union(n for n in found if self.raw(n).lstrip(" \t>").startswith(_META))

    def lone(self, number: int) -> Way | None:
        """Which kind of card a line parts by being only `?` or `??`; a bullet before it costs nothing."""
        return self.lones.get(number)

    @cached_property
    def lones(self) -> dict[int, Way]:
        """The lines that part a card of many lines, and which kind of card each parts."""
        found: dict[int, Way] = {}
        ends = tuple(self.parting)
        for number, raw in enumerate(self.page.raw, 1):
            line = raw.strip()
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
        return frozenset(self.page.lines_with(*{*self.basic, *self.unmistakable, _COMMON, *self.every}))

    @cached_property
    def marked(self) -> frozenset[int]:
        """The lines in which a deletion begins, as the vault's patterns mark it or in curly brackets."""
        signs = ("{{", *(pattern.opening for pattern in self.patterns))
        return frozenset(n for n in self.page.lines_with(*signs) if any(sign in self.masked(n) for sign in signs))

    def is_rule(self, number: int) -> bool:
        """Whether a line parts cards: dashes, stars or underscores alone, not the underline of a heading above `?`."""
        line = self.raw(number).strip()
        if len(line) < 3 or line[0] not in _RULES or line.strip(line[0] + " ") or number in self.protected:
            return False
        return not (number < len(self.page.raw) and self.lone(number + 1))

    def only_tags(self, number: int) -> bool:
        """Whether a line is made of tags alone."""
        if "#" not in self.raw(number):
            return False
        words = self.raw(number).split()
        return all(_TAG.fullmatch(word) and _is_tag(word[1:]) for word in words)

    def is_id(self, number: int) -> bool:
        line = self.raw(number).strip()
        return line[:1] == "^" and bool(_BLOCK_ID.fullmatch(line))

    def separator(self, number: int, separators: Sequence[str], masked: str = "") -> tuple[int, str] | None:
        """Where a line is parted, and by what: the longest separator first, its first place that is no code's."""
        raw, masked = self.raw(number), masked or self.masked(number)
        if not masked or raw.lstrip(" \t>").startswith(("|", f"{self.page.vault.anki.deck}:")):
            return None
        for separator in sorted(separators, key=len, reverse=True):
            at = _place_of(masked, separator)
            if at < 0 and len(separator) > 2 and separator in raw and "://" in raw:
                at = _place_of(_without_urls(raw, masked), separator)
            if at >= 0:
                return at, separator
        return None

    # cards

    def segments(self) -> Iterator[tuple[int, int]]:
        """Stretches of lines between blank lines, rules, and lines that another dialect has taken."""
        start = 0
        ending, protected, taken = self.ending, self.protected, self.page.taken
        for number in self.numbers:
            line = self.raw(number).strip()
            if line:
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

    def segment(self, first: int, last: int) -> None:
        number = start = first
        while number <= last:
            if number not in self.telling or number in self.protected or number in self.comments:
                number += 1
                continue
            way = self.lone(number)
            if way and (self.gated or self.stands_between(start, number, last)):
                number = start = self.many_lines(way, start, number, last)
                continue
            if self.gated and self.raw(number).lstrip(" \t>").startswith("?!["):
                hint = "Put the `?` on a line of its own, and what answers under it."
                self.tell("multiline", number, "broken-separator", "This `?` is glued to what follows it.", hint)
            following = next((n for n in range(number + 1, last + 1) if not self.is_meta(n)), 0)
            cut = None if following and self.lone(following) else self.one_line(number)
            if not cut:
                number += 1
                continue
            self.clozes(start, number - 1)
            number = start = self.parted(number, last, *cut)
        self.clozes(start, last)

    @cached_property
    def telling(self) -> frozenset[int]:
        """The lines that may part a card, or try to: all others are only its text."""
        return self.separated.union(self.lones, self.page.lines_with("?![")) - self.metas

    def stands_between(self, start: int, number: int, last: int) -> bool:
        """Whether a lone `?` parts a card in a note without a tag: as others of its vault have it, or by its form."""
        known = (self.page.vault.reviewed or self.shaped) and not self.page.vault.told
        return known and start < number < last and self.says(start, number - 1) and self.says(number + 1, last)

    def one_line(self, number: int) -> tuple[int, str, bool] | None:
        """Where a line is parted into front and back, by what, and whether it asks both ways; None where it is not."""
        if number not in self.separated:
            return None
        told = self.page.vault.flashcards
        scheduled = bool(self.schedule_lines(number))
        if self.gated:
            separators = (*self.basic, *told.inline_reversed)
            found = self.separator(number, self.every if scheduled else separators)
            if scheduled and not found and self.masked(number):  # a backtick of another line may hide it
                found = self.separator(number, self.every, mask(self.raw(number)))
            if found and not scheduled and found[1] == "::" and _is_metadata(self.raw(number)[: found[0]]):
                return None
            if found and (self.tagged or scheduled or found[1] in (self.own or separators)):
                own = found[1] in told.inline_reversed
                return (*found, own or found[1] in self.both_ways)
        if self.page.vault.told:
            return None
        found = self.separator(number, (*self.unmistakable, _COMMON))
        return (*found, False) if found and self.is_plain_card(number, *found) else None

    def is_plain_card(self, number: int, at: int, separator: str) -> bool:
        """Whether a line outside a deck is a card all the same: prose parted once, and a question where nobody told us.

        The note has no tag and no schedule, so the line itself must leave no doubt.
        """
        raw, masked = self.raw(number), self.masked(number)
        if number in self.headings or masked.find(separator, at + len(separator)) >= 0 or raw.rstrip().endswith("{"):
            return False
        front = _unmarked(raw[:at])[1]
        asks = front.rstrip(" *_").endswith(("?", "？", "؟"))
        back = raw[at + len(separator) :]
        if not asks and (separator not in self.unmistakable or len(front.split()) < 3 or not _has_words(back)):
            return False
        return _has_words(front) and (_says(back) or asks)

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

    def parted(self, number: int, last: int, at: int, separator: str, both: bool) -> int:
        """A card of one line; where nothing follows the separator, what stands under it answers. The line after it."""
        way: Way = "inline-reversed" if both else "inline"
        raw = self.raw(number)
        column, front = _unmarked(raw[:at], self.headings.get(number) is not None)
        back, end = raw[at + len(separator) :], number
        if not _says(back):
            lines = [back]
            for under in range(number + 1, last + 1):
                if self.is_meta(under):
                    continue
                if under in self.headings or self.separator(under, self.every) or self.lone(under):
                    break
                if _is_next_item(raw, self.raw(under)):
                    break
                end = under
                lines.append(self.raw(under))
            back = "\n".join(lines)
        if not _says(raw[:at]):
            end = number  # a separator alone costs nothing but its own line
        belongs = self.schedule_lines(end)
        after = max([end, *(n for n in belongs if n <= last)]) + 1
        front, back = self.clean(front), self.clean(back)
        if not _says(front):
            hint = f"Write the question before `{separator}`."
            self.tell(way, number, "no-question", f"Nothing stands before `{separator}`.", hint, at + 1)
            self.used.update(range(number, after))
        elif not _says(back):
            hint = f"Write the answer after `{separator}`, on the same line."
            self.tell(way, number, "empty-answer", f"Nothing stands after `{separator}`.", hint, at + 1)
            self.used.update(range(number, after))
        else:
            sides = [(front, back), (back, front)] if both else [(front, back)]
            self.cards(way, sides, number, end, column, belongs)
        return after

    def many_lines(self, way: Way, start: int, middle: int, last: int) -> int:
        """A card of many lines, parted at line `middle`. The line at which to go on."""
        end = self.extended(middle, last)
        again = next((n for n in range(middle + 1, end + 1) if self.lone(n)), 0)
        stop, belongs_to = end, end
        if again:
            stop = belongs_to = self.before_next(middle, again)
            if not stop:
                stop = belongs_to = end
                hint = "Put a blank line between two cards."
                message = "This `?` stands in the answer of another card."
                self.tell(way, again, "broken-separator", message, hint)
        section = self.section_end(start, middle, stop)
        if section < stop:  # a schedule right under the heading is still this card's
            stop = section
            texts = (n for n in range(stop + 1, belongs_to + 1) if n not in self.headings and not self.is_meta(n))
            belongs_to = next(texts, belongs_to + 1) - 1
        said = self.first_said(middle + 1, stop)
        heading = next((n for n in range(said + 1, stop + 1) if n in self.headings), 0)
        if heading and any(self.one_line(n) for n in range(heading, stop + 1)):
            stop = belongs_to = heading - 1  # a section with cards of its own
        reviewed = next((n for n in range(said, stop) if self.is_meta(n)), 0)
        if reviewed and any(self.one_line(n) for n in range(reviewed + 1, stop + 1) if not self.is_meta(n)):
            stop = belongs_to = next(n for n in range(reviewed + 1, stop + 1) if not self.is_meta(n)) - 1
        front_first, column, front = self.front(start, middle - 1)
        back = self.text(middle + 1, stop)
        if not _says(front) and (above := self.stretch_above(middle)):
            front_first, column, front = self.front(*above)
        if not _says(back) and _says(front) and (under := self.stretch_under(stop)):
            stop = belongs_to = self.done = under[1]
            back = self.text(*under)
        belongs = [n for n in range(start, belongs_to + 1) if n in self.schedules or self.is_meta(n)]
        belongs = belongs or self.schedule_lines(belongs_to)
        if not belongs and not again and stop == belongs_to == last and (reviewed := self.reviewed_below(stop)):
            stop = self.done = reviewed
            back = self.text(middle + 1, stop)
            belongs = [stop]
        if not _says(front) or not _says(back):
            side, where = ("front", "above") if not _says(front) else ("back", "under")
            hint = f"Write the {side} on the lines right {where} it, with no blank line between."
            self.tell(way, middle, "broken-separator", f"Nothing stands {where} this `?`.", hint)
        else:
            sides = [(front, back), (back, front)] if way == "multiline-reversed" else [(front, back)]
            while stop > middle + 1 and not self.raw(stop).strip():
                stop -= 1
            self.cards(way, sides, front_first, stop, column, belongs)
        return max(stop, middle, *(n for n in belongs if n <= last)) + 1

    def stretch_above(self, middle: int) -> tuple[int, int] | None:
        """The lines that stand above a `?` with one blank line between, where no card has them."""
        last = middle - 1
        while last >= self.page.body_start and not self.raw(last).strip() and last > middle - 3:
            last -= 1
        first = last + 1
        if last >= self.page.body_start and self.lone(last):
            return None
        while first > self.page.body_start and (self.raw(first - 1).strip() or first - 1 in self.protected):
            if first - 1 in self.used or first - 1 in self.page.taken or self.is_rule(first - 1):
                break
            first -= 1
        return (first, last) if self.says(first, last) else None

    def stretch_under(self, stop: int) -> tuple[int, int] | None:
        """The lines that stand under a `?` with one blank line between, where they are no card themselves."""
        first = stop + 1
        while first <= len(self.page.raw) and not self.raw(first).strip() and first < stop + 3:
            first += 1
        last = first - 1
        while last < len(self.page.raw) and (self.raw(last + 1).strip() or last + 1 in self.protected):
            line = last + 1
            if line in self.page.taken or self.lone(line) or self.one_line(line) or self.is_rule(line):
                return None
            if line in self.headings:
                break
            last = line
        following = next((n for n in range(last + 1, min(last + 3, len(self.page.raw) + 1)) if self.raw(n).strip()), 0)
        if following and self.lone(following):
            return None  # the front of the next card
        return (first, last) if self.says(first, last) else None

    def reviewed_below(self, stop: int) -> int:
        """The line of a schedule that ends an answer with blank lines in it, which were put there later; 0 for none."""
        for number in range(stop + 1, min(stop + _LONGEST, len(self.page.raw)) + 1):
            if self.only_schedule(number):
                return number
            if number in self.protected or not self.raw(number).strip():
                continue
            if number in self.headings or number in self.page.taken or self.is_rule(number) or self.lone(number):
                return 0
            if self.one_line(number) or "{{" in self.masked(number):
                return 0
            if any(deletions_by(pattern, self.raw(number), self.masked(number)) for pattern in self.patterns):
                return 0
        return 0

    def extended(self, middle: int, last: int) -> int:
        """Where the text of a card ends where a line of its own ends it: before the next card, else at a blank line."""
        if not self.ending:
            return last
        for number in range(last + 1, len(self.page.raw) + 1):
            if number in self.page.taken or self.lone(number):
                return last
            if self.raw(number).strip() == self.ending and number not in self.protected:
                return number - 1
        return last

    def before_next(self, middle: int, again: int) -> int:
        """The last line of a card that another one follows without a blank line; 0 where it cannot be told.

        The next one begins after a schedule, at a heading, or with the line above its `?` where that asks or where it
        leaves the list that answers.
        """
        said = self.first_said(middle + 1, again - 1)
        for number in range(again - 2, said, -1):
            if self.is_meta(number):
                return number
        number = again - 1
        line = self.raw(number)
        asks = number in self.headings or written(line).rstrip(" *_").endswith(_ASKS)
        leaves = _is_indented(self.raw(number - 1)) and not _is_indented(line) and _has_words(line)
        return number - 1 if (asks or leaves) and said < number else 0

    def section_end(self, start: int, middle: int, stop: int) -> int:
        """`stop`, or the line before a heading that begins the next section, or that nothing follows."""
        above = self.level_above(start, middle)
        last = next((n for n in range(stop, middle, -1) if self.says(n, n)), stop)
        for number in range(self.first_said(middle + 1, stop) + 1, stop + 1):
            heading = self.headings.get(number)
            if heading and (number == last or (above and heading.level <= above)):
                return number - 1
        return stop

    def level_above(self, start: int, middle: int) -> int:
        own = [self.headings[n].level for n in range(start, middle) if n in self.headings]
        if own:
            return own[-1]
        at = bisect_left(self.heading_lines, start)
        return self.headings[self.heading_lines[at - 1]].level if at else 0

    @cached_property
    def heading_lines(self) -> list[int]:
        return sorted(self.headings)

    def front(self, first: int, last: int) -> tuple[int, int, str]:
        """The front that lines hold, with its own first line and column.

        A heading above the question is context; it is the question where nothing else is, or where it asks about what
        stands under it.
        """
        lines = [n for n in range(first, last + 1) if not self.dropped(n)]
        heading = next((at for at in range(len(lines) - 1, -1, -1) if lines[at] in self.headings), -1)
        if heading >= 0:
            under = [n for n in lines[heading + 1 :] if self.raw(n).strip()]
            title = self.headings[lines[heading]]
            title_lines = title.end_line - title.line + 1
            asks = written(title.title).rstrip(" *_").endswith(_ASKS)
            prose = any(_has_words(self.masked(n)) for n in under[title_lines - 1 :])
            lines = lines[heading + 1 :] if prose and not asks else lines[heading:]
        if not lines:
            return first, 1, ""
        if lines[0] in self.headings:
            title = self.headings[lines[0]]
            rest = [n for n in lines if n > title.end_line]
            return lines[0], 1, self.clean("\n".join([title.title, *(self.raw(n) for n in rest)]))
        if len(lines) == 1:
            column, text = _unmarked(self.raw(lines[0]))
            return lines[0], column, self.clean(text)
        text = _unquoted("\n".join(self.raw(n) for n in lines))
        column = len(self.raw(lines[0])) - len(self.raw(lines[0]).lstrip()) + 1
        return lines[0], column, self.clean(text)

    def text(self, first: int, last: int) -> str:
        """The answer that lines hold; a lone `|` in it was a way to write a blank line."""
        lines = (("" if self.raw(n).strip() == "|" else self.raw(n)) for n in range(first, last + 1))
        kept = [line for n, line in zip(range(first, last + 1), lines, strict=True) if not self.dropped(n)]
        return self.clean(_unquoted("\n".join(kept)))

    def first_said(self, first: int, last: int) -> int:
        """The first of these lines that says anything; the one after them where none does."""
        return next((n for n in range(first, last + 1) if self.says(n, n)), last + 1)

    def says(self, first: int, last: int) -> bool:
        return any(_says(self.raw(n)) and not self.dropped(n) for n in range(first, last + 1))

    def dropped(self, number: int) -> bool:
        """Whether a line is a mark rather than text: a schedule, tags alone, a block's name."""
        if number in self.protected:
            return False
        return self.is_meta(number) or self.only_tags(number) or self.is_id(number)

    def clean(self, text: str) -> str:
        """A side of a card without the marks in it: tags before it, tags of cards anywhere, names of blocks."""
        stripped = text.strip()
        while (tag := _TAG.match(stripped)) and _is_tag(tag.group()[1:]):
            stripped = stripped[tag.end() :].lstrip()
        text = stripped if stripped != text.strip() else text
        lines = text.split("\n")
        if "#" in text:
            lines = [self._unlabelled(*both) for both in zip(lines, mask(text).split("\n"), strict=True)]
            if not any(line.strip() for line in lines):
                lines = text.split("\n")
        told = written(dedent("\n".join(lines)))
        if told.startswith("**") and told.count("**") == 1:
            told = told[2:].lstrip()
        return told

    def _unlabelled(self, line: str, masked: str) -> str:
        """A line without the tags at its end and the tags of cards anywhere."""
        if "#" not in masked:
            return line
        end = len(masked.rstrip())
        while (at := masked.rfind(" #", 0, end)) >= 0 and (tag := _TAG.fullmatch(masked, at + 1, end)):
            name = tag.group()[1:]
            if not _is_tag(name) or HIDDEN in name or LINK in name:
                break
            end = at
            while end and masked[end - 1] in " \t":
                end -= 1
        if end < len(masked.rstrip()):
            line = line[:end]
        known = (*self.deck_tags, *_CARD_TAGS)
        for tag in reversed(list(_TAG.finditer(line))):
            name = tag.group()[1:].casefold()
            if any(_under(name, one) for one in known) and line[tag.start() - 1 : tag.start()] in ("", " ", "\t"):
                line = line[: tag.start()].rstrip() + line[tag.end() :] if tag.start() else line[tag.end() :].lstrip()
        return line

    # clozes

    def clozes(self, first: int, last: int) -> None:
        """The deletions of what no separator parts."""
        if not self.gated or last < first:
            return
        if self.marked.isdisjoint(range(first, last + 1)):
            return
        lines = [n for n in range(first, last + 1) if n not in self.comments and not self.dropped(n)]
        marked = [n for n in lines if n in self.marked]
        if not marked:
            return
        belongs = [n for n in range(first, last + 1) if n in self.schedules or self.is_meta(n)]
        belongs = belongs or self.schedule_lines(last)
        while lines[0] < marked[0] and lines[0] in self.headings:
            lines.pop(0)
        text = "\n".join(self.raw(n) for n in lines)
        masked = "\n".join(self.masked(n) for n in lines)
        if len(lines) == 1:
            column, own = _unmarked(text, lines[0] in self.headings)
            text, masked = own, masked[len(masked) - len(own) :]
        else:
            column = 1
        places, way = self.deletions(text, masked, scheduled=bool(belongs))
        if not places:
            self.unclosed(marked)
            return
        if len(places) > MOST:
            hint = "Part it with blank lines."
            self.tell(way, lines[0], "too-many-deletions", f"This text has {len(places)} deletions.", hint)
            return
        told, remarks = self.schedules_of(belongs, len(places))
        drafts = tuple(cloze_drafts(text, places, lines[0], lines[-1], column, told, self.clean))
        drafts = tuple(draft for draft in drafts if GAP in draft.front and asks(draft.front) and _says(draft.back))
        if drafts:
            self.claim(way, drafts, lines[0], max([lines[-1], *(n for n in belongs if n <= last)]), remarks)

    def deletions(self, text: str, masked: str, *, scheduled: bool) -> tuple[list[Deletion], Way]:
        """The deletions of a text by the vault's patterns, and whose they are; those of Anki are another rule's."""
        found: list[Deletion] = []
        curly = False
        if numbered(text, masked)[0]:
            return [], "curly-cloze"
        for pattern in self.patterns if self.asks_highlights or scheduled else ():
            at = 0
            for line in text.split("\n"):
                inside = deletions_by(pattern, line, masked[at : at + len(line)])
                found.extend(moved(one, at) for one in inside)
                curly = curly or (pattern.curly and bool(inside))
                at += len(line) + 1
        if not found and scheduled:
            found, curly = bare(text, masked), True
        found.sort(key=lambda one: one.start)
        kept: list[Deletion] = []
        for one in found:
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept, "curly-cloze" if curly else "highlight-cloze"

    def unclosed(self, lines: Sequence[int]) -> None:
        if not self.asks_highlights:
            return
        for number in lines:
            for pattern in self.patterns:
                at = unclosed(pattern, self.raw(number), self.masked(number))
                if at is not None:
                    way: Way = "curly-cloze" if pattern.curly else "highlight-cloze"
                    hint = f"Close it with `{pattern.close}` on the same line."
                    message = f"This `{pattern.opening}` is never closed."
                    self.tell(way, number, "unbalanced-cloze", message, hint, at + 1)

    # what is handed on

    def schedules_of(self, lines: Sequence[int], cards: int) -> tuple[list[Schedule | None], list[Remark]]:
        """The schedules of a card and its siblings, in their order, and what cannot be read of them.

        Where two comments follow each other the second one goes on where the first one ends.
        """
        told: list[Schedule | None] = []
        remarks: list[Remark] = []
        for number in lines:
            for comment in self.schedules.get(number, ()):
                for one in read_schedules(comment)[: max(cards - len(told), 0)]:
                    told.append(one.schedule)
                    if one.problem:
                        message = f"This schedule cannot be read: {one.problem}."
                        hint = "The card is kept and counts as new."
                        at = self.raw(number).find(SCHEDULE_COMMENT) + 1
                        remarks.append(Remark(number, "warning", "bad-schedule", message, hint, at))
        return told, remarks

    @cached_property
    def used(self) -> set[int]:
        """The lines whose schedules a card has taken."""
        return set()

    def cards(
        self,
        way: Way,
        sides: Sequence[tuple[str, str]],
        first: int,
        last: int,
        column: int,
        belongs: Sequence[int],
    ) -> None:
        told, remarks = self.schedules_of(belongs, len(sides))
        drafts = []
        for place, (front, back) in enumerate(sides):
            schedule = told[place] if place < len(told) else None
            drafts.append(Draft("basic", front, back, first, last, column, schedule=schedule))
        near = [n for n in belongs if n == last + 1 or first <= n <= last]
        self.claim(way, tuple(drafts), first, max([last, *near]), remarks)
        self.used.update(belongs)

    def claim(self, way: Way, drafts: tuple[Draft, ...], first: int, last: int, remarks: Sequence[Remark]) -> None:
        self.found.append(Found(way, Claim(((first, last),), drafts)))
        self.found.extend(Found(way, remark) for remark in remarks)
        self.used.update(range(first, last + 1))

    def tell(self, way: Way, line: int, code: str, message: str, hint: str, column: int = 1) -> None:
        self.found.append(Found(way, Remark(line, "warning", code, message, hint, column)))

    def tag_lines(self) -> None:
        """Lines of tags that stand alone: no text that somebody could miss a card of."""
        for number in self.page.lines_with("#") if self.gated else ():
            alone = self.only_tags(number) and self.parts(number - 1) and self.parts(number + 1)
            if alone and number not in self.used and number not in self.protected:
                self.found.append(Found("inline", Claim(((number, number),))))

    def parts(self, number: int) -> bool:
        """Whether a line ends what stands before it: a blank one, a heading, a rule, the end of the note."""
        if not self.page.body_start <= number <= len(self.page.raw):
            return True
        return not self.raw(number).strip() or number in self.headings or self.is_rule(number)


def _line_of(found: Found) -> int:
    return found.what.line if isinstance(found.what, Remark) else found.what.ranges[0][0]


def _under(tag: str, known: str) -> bool:
    known = known.casefold()
    return tag == known or tag.startswith(f"{known}/")


def _is_tag(name: str) -> bool:
    """Whether what follows `#` names a tag: not a number, a colour or a word of a program."""
    colour = len(name) in (3, 6) and all(character in "0123456789abcdefABCDEF" for character in name)
    return not name.isdigit() and not colour and name.casefold() not in _NO_TAGS


def _comments(line: str) -> tuple[str, ...]:
    """What stands in the schedule comments of a line; those in code are text."""
    if not line.lstrip(" \t>").startswith(SCHEDULE_COMMENT):
        spans = [line[span.start : span.end] for span in scan(line) if span.kind == "comment"]
    else:
        spans = [f"{SCHEDULE_COMMENT}{part}" for part in line.split(SCHEDULE_COMMENT)[1:]]
    inside = (span.removeprefix(SCHEDULE_COMMENT).partition("-->") for span in spans if span.startswith("<!--SR:"))
    return tuple(text for text, end, _ in inside if end)


def _place_of(masked: str, separator: str) -> int:
    """The first place of a separator, not in a longer one, a curly cloze, a field in brackets or a name."""
    at, depth, counted = masked.find(separator), 0, 0
    while at >= 0:
        end = at + len(separator)
        depth += masked.count("{{", counted, at) - masked.count("}}", counted, at)
        counted = at
        whole = masked[at - 1 : at] != separator[0] and masked[end : end + 1] != separator[-1]
        if whole and depth <= 0 and not (separator == "::" and (_is_field(masked, at) or _is_name(masked, at))):
            return at
        while masked[end : end + 1] == separator[-1]:
            end += 1
        at = masked.find(separator, end)
    return -1


def _is_field(masked: str, at: int) -> bool:
    """Whether `::` stands in `(key:: value)` or `[key:: value]`."""
    window = masked[max(0, at - 60) : at]
    opening = max(window.rfind("("), window.rfind("["))
    if opening < 0:
        return False
    key = window[opening + 1 :]
    closing = ")" if window[opening] == "(" else "]"
    plain = all(character.isalnum() or character in " -_" for character in key)
    return bool(key.strip()) and plain and len(key.split()) < 4 and masked.find(closing, at, at + 300) >= 0


def _is_name(masked: str, at: int) -> bool:
    """Whether `::` stands in a name of a program, such as `std::vector`."""
    start = at
    while start > max(0, at - 40) and (masked[start - 1].isalnum() or masked[start - 1] == "_"):
        start -= 1
    following = masked[at + 2 : at + 3]
    return masked[start:at] in _NAMESPACES and (following.isalpha() or following == "_")


def _is_metadata(front: str) -> bool:
    """Whether what stands before `::` is the name of a field that notes keep about themselves, not a question."""
    return _unmarked(front)[1].strip(" *_").casefold() in _FIELDS


def _without_urls(raw: str, masked: str) -> str:
    """The masked line with its addresses visible: where no blank parts them, they hide the separator after them."""
    parts, position = [], 0
    for span in scan(raw):
        if span.kind == "url":
            parts.append(masked[position : span.start] + raw[span.start : span.end])
            position = span.end
    return "".join([*parts, masked[position:]])


def _unmarked(line: str, is_heading: bool = False) -> tuple[int, str]:
    """A line without the marks of a quote, a list or a heading before it, and the column at which its text begins."""
    rest = line.lstrip(" \t>")
    marker = _MARKER.match(rest)
    if marker:
        rest = rest[marker.end() :]
    heading = _HEADING.match(rest) if is_heading else None
    if heading:
        rest = rest[heading.end() :]
    return len(line) - len(rest) + 1, rest


def _is_next_item(above: str, line: str) -> bool:
    """Whether a line is the next item of the list that the line above is an item of."""
    indents = [len(one) - len(one.lstrip(" \t>")) for one in (above, line)]
    items = [bool(_MARKER.match(one.lstrip(" \t>"))) for one in (above, line)]
    return all(items) and indents[1] <= indents[0]


def _is_indented(line: str) -> bool:
    """Whether a line is an item of a list, or stands under one."""
    return line[:1] in (" ", "\t") or bool(_MARKER.match(line))


def _unquoted(text: str) -> str:
    """Lines without one `>` each, where all have one."""
    lines = text.split("\n")
    if not all(line.lstrip().startswith(">") for line in lines if line.strip()):
        return text
    return "\n".join(line.lstrip()[1:].removeprefix(" ") for line in lines)


def _says(text: str) -> bool:
    """Whether there is anything to read, comments and empty marks of code aside."""
    return bool(written(text).strip("` \t\n"))


def _has_words(text: str) -> bool:
    return any(character.isalpha() or character in (HIDDEN, LINK) for character in text)
