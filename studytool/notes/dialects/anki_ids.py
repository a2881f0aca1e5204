"""Cards that Obsidian_to_Anki made by a pattern of the vault's own: known by the id of a note right below them.

The patterns themselves are not run. The plugin's documentation lists the forms that they describe; which of them a
vault uses stands in its settings, else the notes show it. What has no such form makes no card.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.deck_lines import place_of, says_anything, unmarked
from studytool.notes.dialects.deletions import MOST, too_many
from studytool.notes.dialects.numbered import Gap, anki_gaps, cloze_drafts, marked_gaps, short_gaps
from studytool.notes.page import Page, hidden_lines
from studytool.notes.written import written

_ID = re.compile(r"[ \t>]*(?:<!--[ \t]*ID: ?\d{9,}[ \t]*-->|ID: ?\d{13})[ \t]*")
_TAG = re.compile(r"[ \t](#[^\s#]{1,60})[ \t]*\Z")
_RULE = re.compile(r"-{3,}[ \t]*\Z")
_ROW = re.compile(r"\|([^|]+)\|[ \t]*\Z")
_SPACE = ("", "<br>", "<br/>", "<br><br><br>")
"""Lines that say nothing."""
_OFTEN = 2
"""So many ids show the form of a note's cards where nothing else does."""


class _Above(NamedTuple):
    """The lines above an id, up to a blank one: `first` to `last`, the line of the `id`, the tags that they end in."""

    first: int
    last: int
    id: int
    tags: tuple[str, ...] = ()


def known_by_id(page: Page) -> Iterator[Claim | Remark]:
    """The cards above the ids that no keyword, flag or other id has taken."""
    if "ID:" not in page.text:
        return
    hidden = hidden_lines(page, comments=())
    ids = [n for n in page.lines_with("ID:") if n not in hidden and _ID.fullmatch(page.raw[n - 1])]
    ids = [number for number in ids if number not in page.taken]
    if ids:
        yield from _Reader(page, hidden, ids).cards()


class _Reader:
    """Reads what stands above the ids of a page."""

    def __init__(self, page: Page, hidden: frozenset[int], ids: Sequence[int]) -> None:
        self.page, self.hidden = page, hidden
        self.told = page.vault.anki.forms
        known = set(ids)
        self.above = [above for number in ids if (above := self.stretch(number, known))]
        self.headings = {
            block.line: block.title for block in page.of_kind("heading") if block.line == block.end_line and block.title
        }
        tags = Counter(tag for one in self.above if (tag := self.tag(one)[1]))
        self.tags = {tag for tag, count in tags.items() if count >= _OFTEN}
        marked = sum(bool(self.gaps(self.text(one))) for one in self.above)
        self.asks_gaps = marked >= _OFTEN and marked * 5 >= len(self.above) * 4

    def raw(self, number: int) -> str:
        return self.page.raw[number - 1]

    def text(self, above: _Above) -> str:
        return "\n".join(self.page.raw[above.first - 1 : above.last])

    def stretch(self, number: int, known: set[int]) -> _Above | None:
        """The lines right above the id at `number`; none where another card has the last of them."""
        first, begin, said = number, self.page.body_start, False
        while first > begin and first - 1 not in known and first - 1 not in self.page.taken:
            if said and not self.raw(first - 1).strip() and first - 1 not in self.hidden:
                break
            first -= 1
            said = said or self.raw(first).strip() not in _SPACE
        if not said:
            return None
        last = number - 1
        while self.raw(last).strip() in _SPACE:
            last -= 1
        above = _Above(first, last, number)
        name, colon, tags = self.raw(above.last).strip().partition("Tags:")
        if colon and not name and first < above.last:
            return above._replace(last=above.last - 1, tags=tuple(tags.replace("#", " ").split()))
        return above

    def cards(self) -> Iterator[Claim | Remark]:
        ways: tuple[Callable[[_Above], Claim | Remark | None], ...] = (
            *(self.parted, self.table, self.tagged, self.ruled, self.cloze, self.heading),
        )
        for above in self.above:
            found = next((found for way in ways if (found := way(above))), None)
            if found:
                yield found
            else:
                message = "This is the id of a card in Anki, and nothing shows which line above it is the question."
                hint = "Write the card as `Q:` and `A:`, or keep the settings of Obsidian_to_Anki with the notes."
                yield Remark(above.id, "info", "unread-card", message, hint, waits=True)

    def claim(self, first: int, above: _Above, front: str, back: str, column: int = 1) -> Claim | None:
        """A card, unless one of its sides is empty."""
        front, back = written(front), written(back)
        if not says_anything(front) or not says_anything(back):
            return None
        draft = Draft("basic", front, back, first, above.last, column, tags=above.tags)
        return Claim(((first, above.id),), (draft,))

    def parted(self, above: _Above) -> Claim | None:
        """`front::back` on the line above the id."""
        masked, raw = self.page.masked[above.last - 1], self.raw(above.last)
        at = place_of(masked, "::") if "::" in masked else -1
        if at < 0:
            return None
        column, front = unmarked(raw[:at], above.last in self.headings)
        return self.claim(above.last, above, front, raw[at + 2 :], column)

    def table(self, above: _Above) -> Claim | None:
        """A table of one column: the front, a rule, the back."""
        if above.last - above.first < 2:
            return None
        front, rule, back = (_ROW.match(self.raw(n).strip()) for n in range(above.last - 2, above.last + 1))
        if not front or not rule or not back or rule[1].strip(" :-") or "-" not in rule[1]:
            return None
        return self.claim(above.last - 2, above, front[1], back[1])

    def tag(self, above: _Above) -> tuple[int, str]:
        """The last line but one, or the one above the blank lines above, that ends in a tag; and the tag."""
        for number in range(above.last - 1, above.first - 1, -1):
            if found := _TAG.search(self.page.masked[number - 1]):
                return number, found[1]
        number = above.first - 1
        while number >= self.page.body_start and not self.raw(number).strip():
            number -= 1
        if number < above.first - 1 and number >= self.page.body_start and number not in self.page.taken:
            found = _TAG.search(self.page.masked[number - 1])
            return (number, found[1]) if found else (0, "")
        return 0, ""

    def tagged(self, above: _Above) -> Claim | None:
        """A prompt that ends in the tag in which others of the note end, and the answer under it."""
        number, tag = self.tag(above)
        if tag not in self.tags:
            return None
        first = number
        while first > above.first or (
            number < above.first and first > self.page.body_start and self.raw(first).strip()
        ):
            first -= 1
        if not self.raw(first).strip() or first in self.page.taken or _ID.fullmatch(self.raw(first)):
            first += 1
        lines = [*self.page.raw[first - 1 : number - 1], self.raw(number).rstrip().removesuffix(tag)]
        lines[0] = unmarked(lines[0], first in self.headings)[1]
        return self.claim(first, above, "\n".join(lines), "\n".join(self.page.raw[number : above.last]))

    def ruled(self, above: _Above) -> Claim | None:
        """Lines, a rule right under them, lines."""
        rules = (n for n in range(above.first + 1, above.last) if _RULE.match(self.raw(n)) and n not in self.hidden)
        at = next(rules, 0)
        if not at:
            return None
        front = "\n".join(self.page.raw[above.first - 1 : at - 1])
        return self.claim(above.first, above, front, "\n".join(self.page.raw[at : above.last]))

    def gaps(self, text: str) -> list[Gap]:
        """The deletions of a text in the forms that the settings name; in all of them where they name none."""
        if "{{c" in text and anki_gaps(text)[0]:
            return []  # another dialect reads these wherever they stand
        gaps = short_gaps(text) if not self.told or "cloze" in self.told else []
        return gaps or (marked_gaps(text) if not self.told or "highlight" in self.told else [])

    def cloze(self, above: _Above) -> Claim | Remark | None:
        """A text with deletions, where the settings say so, the note shows it, or no heading could ask for it."""
        if not (self.told or self.asks_gaps) and self.heading_of(above):
            return None
        text = self.text(above)
        gaps = self.gaps(text)
        if len(gaps) > MOST:
            return too_many(above.first, "Part it into several texts.")
        drafts = tuple(cloze_drafts(text, gaps, above.first, above.last, tags=above.tags)) if gaps else ()
        return Claim(((above.first, above.id),), drafts) if drafts else None

    def heading_of(self, above: _Above) -> int:
        """The line of the heading right above a text, or above the blank lines over it; 0 for none."""
        inside = [n for n in range(above.first, above.last) if n in self.headings]
        if inside:
            return inside[-1]
        number = above.first - 1
        while number >= self.page.body_start and not self.raw(number).strip():
            number -= 1
        return number if number in self.headings and number not in self.page.taken else 0

    def heading(self, above: _Above) -> Claim | None:
        """A heading and the text under it; the deepest of several."""
        at = self.heading_of(above)
        if not at or above.last in self.headings or (self.told and "heading" not in self.told):
            return None
        return self.claim(at, above, self.headings[at], "\n".join(self.page.raw[at : above.last]))
