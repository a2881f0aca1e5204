"""The two sides of a card of many lines, as the lines hold them."""

from __future__ import annotations

from studytool.notes.dialects.deck_found import Clozes
from studytool.notes.dialects.deck_lines import has_words, says_when, unmarked, unquoted
from studytool.notes.written import written

ASKS = ("?", "？", "؟", ":", "：")
"""How a line ends that asks for what follows it."""


class Sides(Clozes):
    """Reads fronts and answers of many lines."""

    def front(self, first: int, last: int) -> tuple[int, int, str]:
        """The front that lines hold, with its own first line and column.

        A heading above the question is context; it is the question where nothing else is, or where it asks about what
        stands under it.
        """
        lines = [n for n in range(first, last + 1) if not self.dropped(n)]
        heading = next((at for at in range(len(lines) - 1, -1, -1) if lines[at] in self.headings), -1)
        if heading >= 0:
            said = max((n for n in lines if self.raw(n).strip()), default=0)
            lines = [n for n in lines if n <= lines[heading] or not says_when(self.raw(n), asked_below=n < said)]
            under = [n for n in lines[heading + 1 :] if self.raw(n).strip()]
            title = self.headings[lines[heading]]
            title_lines = title.end_line - title.line + 1
            asks = written(title.title).rstrip(" *_").endswith(ASKS)
            prose = any(has_words(self.masked(n)) for n in under[title_lines - 1 :])
            lines = lines[heading + 1 :] if prose and not asks else lines[heading:]
        if not lines:
            return first, 1, ""
        if lines[0] in self.headings:
            title = self.headings[lines[0]]
            rest = [n for n in lines if n > title.end_line]
            return lines[0], 1, self.clean("\n".join([title.title, *(self.raw(n) for n in rest)]))
        if len(lines) == 1:
            column, text = unmarked(self.raw(lines[0]))
            return lines[0], column, self.clean(text)
        text = unquoted("\n".join(self.raw(n) for n in lines))
        column = len(self.raw(lines[0])) - len(self.raw(lines[0]).lstrip()) + 1
        return lines[0], column, self.clean(text)

    def text(self, first: int, last: int) -> str:
        """The answer that lines hold; a lone `|` in it was a way to write a blank line."""
        lines = (("" if self.raw(n).strip() == "|" else self.raw(n)) for n in range(first, last + 1))
        kept = [line for n, line in zip(range(first, last + 1), lines, strict=True) if not self.dropped(n)]
        return self.clean(unquoted("\n".join(kept)))
