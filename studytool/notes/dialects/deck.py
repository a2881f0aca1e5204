"""A note as Obsidian's spaced repetition plugin reads it, a line at a time: the ground of the dialects that it knows.

A card's text begins after a blank line and ends at the next one, blank lines in code and formulas aside. A line with a
separator is a card by itself; a line that is only `?` parts a card of many lines; else the text's deletions are asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studytool.notes.claims import Claim, Remark
from studytool.notes.dialects.deck_found import Found
from studytool.notes.dialects.deck_ground import COMMON, Way
from studytool.notes.dialects.deck_lines import (
    has_words,
    is_indented,
    is_metadata,
    is_next_item,
    keeps_a_field,
    says_anything,
    unmarked,
)
from studytool.notes.dialects.deck_sides import ASKS, Sides
from studytool.notes.dialects.deletions import LOOKED_AT, deletions_by
from studytool.notes.lazy import cached_property
from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.vault import is_ignored
from studytool.notes.written import written

_LONGEST = 80
"""So many lines an answer may go on to its schedule over blank lines."""
_LONGEST_LINE = 10_000
"""A line of more characters is no card that somebody forgot to tag."""
_FIELD_WORDS = 3


def found_by(page: Page, way: Way) -> Iterator[Claim | Remark]:
    """What a page holds of one way of writing cards, in the order of the text."""
    yield from deck_of(page).by_way.get(way, ())


def deck_of(page: Page) -> Deck:
    """The one reading of a page that all dialects of the plugin share."""
    known = page.shared.get("deck")
    if not isinstance(known, Deck):
        known = page.shared["deck"] = Deck(page)
    return known


def missing_tag(page: Page, first: int, last: int) -> str:
    """The tag that would make a card of one of these lines, `front::back`; empty where none is parted so, or too long.

    A short name right before `::` and a blank after it, `length of trip:: 3 days`, is a field of another plugin.
    """
    told = page.vault.flashcards
    separators = (*told.inline, *told.inline_reversed)
    if "separated" not in page.shared:
        page.shared["separated"] = page.lines_with(*separators)
    separated: list[int] = page.shared["separated"]
    lines = separated[bisect_left(separated, first) : bisect_right(separated, last)]
    deck = deck_of(page) if lines else None
    if deck is None or deck.gated or is_ignored(page.vault, page.place):
        return ""
    for number in lines:
        if len(page.raw[number - 1]) > _LONGEST_LINE:
            continue
        if found := deck.separator(number, separators):
            masked = deck.masked(number)
            front, back = masked[: found[0]], masked[found[0] + len(found[1]) :]
            named = not front[-1:].isspace() and back[:1].isspace() and len(unmarked(front)[1].split()) <= _FIELD_WORDS
            is_field = is_metadata(front) or (named and not front.rstrip().endswith(ASKS))
            if not is_field and has_words(front) and says_anything(back):
                return deck.deck_tags[0]
    return ""


@dataclass
class Deck(Sides):
    """One reading of a page."""

    done: int = 0
    """The last line of a card that reaches into the next stretch of lines."""

    @cached_property
    def by_way(self) -> Mapping[Way, Sequence[Claim | Remark]]:
        """What the page holds of each way of writing cards, in the order of its lines."""
        told: dict[Way, list[Claim | Remark]] = {}
        for found in sorted(self.cards_and_remarks(), key=_line_of):
            told.setdefault(found.way, []).append(found.what)
        return told

    def cards_and_remarks(self) -> list[Found]:
        """All that the page holds."""
        page = self.page
        if is_ignored(page.vault, page.place) or not self.may_hold:
            return []
        worth = self.telling | self.marked
        for first, last in self.segments() if worth else ():
            if last > self.done and not worth.isdisjoint(range(first, last + 1)):
                self.segment(max(first, self.done + 1), last)
        self.tag_lines()
        if not self.gated and self.untagged and not self.shaped and not page.vault.reviewed:
            more = f" There are {len(self.untagged)} such places." if len(self.untagged) > 1 else ""
            told = f"This looks like a card of many lines, and nothing says that the note is a deck.{more}"
            hint = "Tag the note `#flashcards`."
            self.tell("multiline", self.untagged[0], "untagged-card", told, hint)
        return self.found

    def segment(self, first: int, last: int) -> None:
        """Find the cards of a stretch of lines that nothing but a separator or a deletion parts."""
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
            following = number + 1
            while following <= last and self.is_meta(following):
                following += 1
            cut = None if following <= last and self.lone(following) else self.one_line(number)
            if not cut:
                if self.gated and len(self.raw(number)) > LOOKED_AT:
                    self.unparted_by(number, self.usual)
                number += 1
                continue
            self.clozes(start, number - 1)
            number = start = self.parted(number, last, *cut)
        self.clozes(start, last)

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
            separators = self.usual
            found = self.separator(number, self.every if scheduled else separators)
            if scheduled and not found and self.masked(number):  # a backtick of another line may hide it
                found = self.separator(number, self.every, mask(self.raw(number)))
            if (
                found
                and not scheduled
                and found[1] == "::"
                and keeps_a_field(self.raw(number), found[0], graph=self.page.vault.graph)
            ):
                return None
            if found and (self.tagged or scheduled or found[1] in (self.own or separators)):
                own = found[1] in told.inline_reversed
                return (*found, own or found[1] in self.both_ways)
        if self.page.vault.told:
            return None
        found = self.separator(number, (*self.unmistakable, COMMON))
        return (*found, False) if found and self.is_plain_card(number, *found) else None

    def is_plain_card(self, number: int, at: int, separator: str) -> bool:
        """Whether a line outside a deck is a card all the same: prose parted once, and a question where nobody told us.

        The note has no tag and no schedule, so the line itself must leave no doubt.
        """
        raw, masked = self.raw(number), self.masked(number)
        if number in self.headings or masked.find(separator, at + len(separator)) >= 0 or raw.rstrip().endswith("{"):
            return False
        front = unmarked(raw[:at])[1]
        asks = front.rstrip(" *_").endswith(("?", "？", "؟"))
        back = raw[at + len(separator) :]
        if not asks and (separator not in self.unmistakable or len(front.split()) < 3 or not has_words(back)):
            return False
        return has_words(front) and (says_anything(back) or asks)

    def parted(self, number: int, last: int, at: int, separator: str, both: bool) -> int:
        """A card of one line; where nothing follows the separator, what stands under it answers. The line after it."""
        way: Way = "inline-reversed" if both else "inline"
        raw = self.raw(number)
        column, front = unmarked(raw[:at], self.headings.get(number) is not None)
        back, end = raw[at + len(separator) :], number
        if not says_anything(back):
            lines = [back]
            for under in range(number + 1, last + 1):
                if self.is_meta(under):
                    continue
                if under in self.headings or self.separator(under, self.every) or self.lone(under):
                    break
                if is_next_item(raw, self.raw(under)):
                    break
                end = under
                lines.append(self.raw(under))
            back = "\n".join(lines)
        if not says_anything(raw[:at]):
            end = number  # a separator alone costs nothing but its own line
        belongs = self.schedule_lines(end)
        after = max([end, *(n for n in belongs if n <= last)]) + 1 if belongs else end + 1
        front, back = self.clean(front), self.clean(back)
        if not says_anything(front):
            hint = f"Write the question before `{separator}`."
            self.tell(way, number, "no-question", f"Nothing stands before `{separator}`.", hint, at + 1)
            self.used.update(range(number, after))
        elif not says_anything(back):
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
        stop, belongs_to = self.own_end(start, middle, stop, belongs_to)
        front_first, column, front = self.front(start, middle - 1)
        back = self.text(middle + 1, stop)
        if not says_anything(front) and (above := self.stretch_above(middle)):
            front_first, column, front = self.front(*above)
        if not says_anything(back) and says_anything(front) and (under := self.stretch_under(stop)):
            stop = belongs_to = self.done = under[1]
            back = self.text(*under)
        belongs = [n for n in range(start, belongs_to + 1) if n in self.schedules or self.is_meta(n)]
        belongs = belongs or self.schedule_lines(belongs_to)
        if not belongs and not again and stop == belongs_to == last and (reviewed := self.reviewed_below(stop)):
            stop = self.done = reviewed
            back = self.text(middle + 1, stop)
            belongs = [stop]
        if not says_anything(front) or not says_anything(back):
            side, where = ("front", "above") if not says_anything(front) else ("back", "under")
            hint = f"Write the {side} on the lines right {where} it, with no blank line between."
            self.tell(way, middle, "broken-separator", f"Nothing stands {where} this `?`.", hint)
        else:
            sides = [(front, back), (back, front)] if way == "multiline-reversed" else [(front, back)]
            while stop > middle + 1 and not self.raw(stop).strip():
                stop -= 1
            self.cards(way, sides, front_first, stop, column, belongs)
        return max(stop, middle, *(n for n in belongs if n <= last)) + 1

    def own_end(self, start: int, middle: int, stop: int, belongs_to: int) -> tuple[int, int]:
        """The last line of the answer under line `middle`, at most `stop`, and of what belongs to its card.

        Neither a section with cards of its own is a part of it, nor what follows its schedule.
        """
        section = self.section_end(start, middle, stop)
        if section < stop:  # a schedule right under the heading is still this card's
            stop = section
            texts = (n for n in range(stop + 1, belongs_to + 1) if n not in self.headings and not self.is_meta(n))
            belongs_to = next(texts, belongs_to + 1) - 1
        said = self.first_said(middle + 1, stop)
        heading = next((n for n in range(said + 1, stop + 1) if n in self.headings), 0)
        if heading and any(self.one_line(n) for n in range(heading, stop + 1)):
            stop = belongs_to = heading - 1
        reviewed = next((n for n in range(said, stop) if self.is_meta(n)), 0)
        if reviewed and any(self.one_line(n) for n in range(reviewed + 1, stop + 1) if not self.is_meta(n)):
            stop = belongs_to = next(n for n in range(reviewed + 1, stop + 1) if not self.is_meta(n)) - 1
        return stop, belongs_to

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
        asks = number in self.headings or written(line).rstrip(" *_").endswith(ASKS)
        leaves = is_indented(self.raw(number - 1)) and not is_indented(line) and has_words(line)
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

    def tag_lines(self) -> None:
        """Lines of tags that stand alone: no text that somebody could miss a card of."""
        for number in self.page.lines_with("#") if self.gated else ():
            if number in self.used or number in self.protected or not self.only_tags(number):
                continue
            if self.parts(number - 1) and self.parts(number + 1):
                self.found.append(Found("inline", Claim(((number, number),))))

    def parts(self, number: int) -> bool:
        """Whether a line ends what stands before it: a blank one, a heading, a rule, the end of the note."""
        if not self.page.body_start <= number <= len(self.page.raw):
            return True
        return not self.raw(number).strip() or number in self.headings or self.is_rule(number)


def _line_of(found: Found) -> int:
    return found.what.line if isinstance(found.what, Remark) else found.what.ranges[0][0]
