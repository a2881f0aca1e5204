"""What is found in a deck: cards with their schedules, deletions with theirs, and what is to be said of a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.deck_ground import Ground, Way
from studytool.notes.dialects.deck_lines import says_anything, unmarked
from studytool.notes.dialects.deletion_cards import asks, cloze_drafts
from studytool.notes.dialects.deletions import (
    LOOKED_AT,
    MOST,
    Deletion,
    bare,
    deletions_by,
    in_formulas,
    moved,
    numbered,
    unclosed,
    unread,
)
from studytool.notes.gaps import GAP
from studytool.notes.inline import HIDDEN
from studytool.notes.lazy import cached_property
from studytool.notes.model import Schedule
from studytool.notes.scheduling import SCHEDULE_COMMENT, read_schedules


class Found(NamedTuple):
    """Something found in a note, and which dialect it belongs to."""

    way: Way
    what: Claim | Remark


@dataclass
class Finds(Ground):
    """A reading of a page that keeps what it finds."""

    found: list[Found] = field(default_factory=list)

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
        """Claim lines for a card a pair of sides, with the schedules that the lines `belongs` hold."""
        if not belongs:
            drafts = tuple([Draft("basic", front, back, first, last, column) for front, back in sides])
            self.claim(way, drafts, first, last)
            return
        told, remarks = self.schedules_of(belongs, len(sides))
        told += [None] * (len(sides) - len(told))
        both = zip(sides, told, strict=True)
        drafts = tuple([Draft("basic", *one, first, last, column, schedule=schedule) for one, schedule in both])
        near = [n for n in belongs if n == last + 1 or first <= n <= last]
        self.claim(way, drafts, first, max([last, *near]), remarks)
        self.used.update(belongs)

    def claim(self, way: Way, drafts: tuple[Draft, ...], first: int, last: int, remarks: Sequence[Remark] = ()) -> None:
        """Claim lines for drafts, and keep what there is to say about them."""
        self.found.append(Found(way, Claim(((first, last),), drafts)))
        self.found.extend(Found(way, remark) for remark in remarks)
        self.used.update(range(first, last + 1))

    def tell(self, way: Way, line: int, code: str, message: str, hint: str, column: int = 1) -> None:
        """Warn about a line."""
        self.found.append(Found(way, Remark(line, "warning", code, message, hint, column)))

    def tell_of_marks(self, way: Way, line: int, mark: str) -> None:
        """Warn about a line of which not all marks are looked at."""
        message = f"This line has more than {LOOKED_AT} marks `{mark}`: the last are not read."
        self.tell(way, line, "too-many-marks", message, "Part it into several lines.")

    def unparted_by(self, number: int, separators: Sequence[str]) -> None:
        """Warn about a line of a deck that nothing parts, with a separator behind those that are looked at."""
        mark = next((one for one in separators if self.masked(number).count(one) > LOOKED_AT), "")
        if mark:
            self.tell_of_marks("inline", number, mark)


@dataclass
class Clozes(Finds):
    """A reading of a page that finds deletions."""

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
            column, own = unmarked(text, lines[0] in self.headings)
            text, masked = own, masked[len(masked) - len(own) :]
        else:
            column = 1
        places, way = self.deletions(text, masked, scheduled=bool(belongs))
        if len(text) > LOOKED_AT:
            self.unread(marked)
        if not places:
            self.unclosed(marked)
            return
        if len(places) > MOST:
            hint = "Part it with blank lines."
            self.tell(way, lines[0], "too-many-deletions", f"This text has more than {MOST} deletions.", hint)
            return
        told, remarks = self.schedules_of(belongs, len(places))
        drafts = tuple(cloze_drafts(text, places, lines[0], lines[-1], column, told, self.clean))
        drafts = tuple(
            draft for draft in drafts if GAP in draft.front and asks(draft.front) and says_anything(draft.back)
        )
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
            inside = in_formulas(pattern, text)
            found.extend(one for one in inside if not masked[one.start : one.end].strip(f"{HIDDEN}\n"))
        if not found and scheduled:
            found, curly = bare(text, masked), True
        found.sort(key=lambda one: one.start)
        kept: list[Deletion] = []
        for one in found:
            if not kept or one.start >= kept[-1].end:
                kept.append(one)
        return kept, "curly-cloze" if curly else "highlight-cloze"

    def unread(self, lines: Sequence[int]) -> None:
        """Warn about lines of which not all marks are looked at, where they are what hides words."""
        for number in lines if self.asks_highlights else ():
            for pattern in self.patterns:
                if unread(pattern, self.raw(number), self.masked(number)):
                    way: Way = "curly-cloze" if pattern.curly else "highlight-cloze"
                    self.tell_of_marks(way, number, pattern.opening)

    def unclosed(self, lines: Sequence[int]) -> None:
        """Warn about deletions that are opened and never closed, where highlights are deletions."""
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
