"""Cards that Obsidian_to_Anki made by a pattern of the vault's own: known by the id of a note right below them.

The patterns themselves are not run. The plugin's documentation lists the forms that they describe; which of them a
vault uses stands in its settings. Without settings each text shows its own form, whatever the others of its note have:
an edit of one changes no other. Deletions under a heading are no answer to it, unless it asks. What has no such form
makes no card.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from studytool.notes.asking import asks_in_words
from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.deck_lines import is_metadata, place_of, says_anything, unmarked
from studytool.notes.dialects.deletions import MOST, too_many
from studytool.notes.dialects.numbered import Gap, anki_gaps, cloze_drafts, marked_gaps, short_gaps
from studytool.notes.page import Page, hidden_lines
from studytool.notes.written import written

_ID = re.compile(r"[ \t>]*(?:<!--[ \t]*ID: ?1\d{12}[ \t]*-->|ID: ?1\d{12})[ \t]*")
"""The id of a note in Anki is the time at which it was made, in milliseconds."""
_TAG = re.compile(r"[ \t](#[^\s#]{1,60})[ \t]*\Z")
_RULE = re.compile(r"-{3,}[ \t]*\Z")
_ROW = re.compile(r"\|([^|]+)\|[ \t]*\Z")
_SPACE = ("", "<br>", "<br/>", "<br><br><br>")
"""Lines that say nothing."""


class _Above(NamedTuple):
    """The lines above an id, up to a blank one: `first` to `last`, the line of the `id`, the tags that they end in."""

    first: int
    last: int
    id: int
    tags: tuple[str, ...] = ()


def known_by_id(page: Page) -> Iterator[Claim | Remark]:
    """The cards above the ids of which no other explicit form has made any."""
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
            found = None if self.is_numbered(above) else next((found for way in ways if (found := way(above))), None)
            if found:
                yield found
            else:
                message = (
                    "The id below shows that this is a card in Anki, and nothing shows which line is the question."
                )
                hint = "Write the card as `Q:` and `A:`, or keep the settings of Obsidian_to_Anki with the notes."
                yield Remark(above.last, "info", "unread-card", message, hint, waits=True)

    def asks(self, form: str) -> bool:
        """Whether the vault's patterns have this form; any may count where they tell none."""
        return not self.told or form in self.told

    def is_numbered(self, above: _Above) -> bool:
        """Whether a text has deletions `{{c1::…}}`, which another dialect reads wherever it reads any."""
        text = self.text(above)
        return "{{c" in text and bool(anki_gaps(text)[0])

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
        at = place_of(masked, "::") if "::" in masked and self.asks("parted") else -1
        if at < 0 or is_metadata(raw[:at]):
            return None
        column, front = unmarked(raw[:at], above.last in self.headings)
        return self.claim(above.last, above, front, raw[at + 2 :], column)

    def table(self, above: _Above) -> Claim | None:
        """A table of one column: the front, a rule, the back."""
        if above.last - above.first < 2 or not self.asks("table"):
            return None
        front, rule, back = (_ROW.match(self.raw(n).strip()) for n in range(above.last - 2, above.last + 1))
        if not front or not rule or not back or rule[1].strip(" :-") or "-" not in rule[1]:
            return None
        return self.claim(above.last - 2, above, front[1], back[1])

    def tagged(self, above: _Above) -> Claim | None:
        """A line that ends in a tag, and its answer right under it. Below a heading it must ask."""
        found = _TAG.search(self.page.masked[above.first - 1])
        if not found or above.first == above.last or not self.asks("tagged") or self.gaps(self.text(above)):
            return None
        at = self.heading_of(above)
        prompt = unmarked(self.raw(above.first).rstrip().removesuffix(found[1]).rstrip(), at == above.first)[1]
        if at not in (0, above.first) and not prompt.endswith("?"):
            return None
        return self.claim(above.first, above, prompt, "\n".join(self.page.raw[above.first : above.last]))

    def ruled(self, above: _Above) -> Claim | None:
        """Lines, a rule right under them, lines."""
        if not self.asks("ruled"):
            return None
        rules = (n for n in range(above.first + 1, above.last) if _RULE.match(self.raw(n)) and n not in self.hidden)
        at = next(rules, 0)
        if not at:
            return None
        front = "\n".join(self.page.raw[above.first - 1 : at - 1])
        return self.claim(above.first, above, front, "\n".join(self.page.raw[at : above.last]))

    def gaps(self, text: str) -> list[Gap]:
        """The deletions of a text in the forms that the settings name; in all of them where they name none.

        What stands low or high in a formula, `x_{i}`, is one only where settings say that braces are.
        """
        gaps = short_gaps(text) if self.asks("cloze") else []
        if not self.told:
            gaps = [gap for gap in gaps if not text[: gap.start].endswith(("_", "^"))]
        return gaps or (marked_gaps(text) if self.asks("highlight") else [])

    def cloze(self, above: _Above) -> Claim | Remark | None:
        """A text with deletions, where the settings say so, or no heading asks for it."""
        if not self.told and (at := self.heading_of(above)) and asks_in_words(self.headings[at]):
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
        if not at or above.last in self.headings or not self.asks("heading"):
            return None
        return self.claim(at, above, self.headings[at], "\n".join(self.page.raw[at : above.last]))
