"""Lines that look like cards and were read as a part of another card: labels, separators and marks that count nowhere.

They are cards only in another spelling, or in a note with a tag, so nothing is taken from the card that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from studytool.notes.claims import Remark
from studytool.notes.page import Page

HOLDING = frozenset({"qa", "cloze", "heading", "bold-question", "question-note"})
"""The dialects whose answers go on over whatever stands below them."""
_LABEL = (
    r"[ \t>]{0,6}(?:[-*+][ \t]{1,3})?(?:\*\*|__)?(?:%s)(?:[ \t]?\d{1,3})?(?:\*\*|__)?[ \t]?[:.)](?:\*\*|__)?[ \t]+\S"
)
_QUESTION = re.compile(_LABEL % "[Qq]|[Qq]uestion")
_ANSWER = re.compile(_LABEL % "[Aa]|[Aa]nswer|[Aa]ns")
_SECOND = re.compile(_LABEL % "[Bb]")
_PARTED = re.compile(r"(?P<front>[^|:;={}()<>\[\]]{2,120}) :: (?P<back>\S.{0,400})\Z")
_SIGNS = (" :: ", "?::", "\n?\n", "\n??\n", "nswer")
_SHORT = re.compile(r"[Aa](?:ns)?(?:\*\*|__)?[:.)](?:\*\*|__)?[ \t]")
_MOST_WORDS = 10
"""A front before `::` has no more words than this; signs of code and tables tell what is none."""
_RESPELL = "If it is one, begin its lines with `Q:` and `A:`, without other marks."
_TAG = "If it is one, tag the note `#flashcards`, or write it as `Q:` and `A:`."


def may_swallow(text: str) -> bool:
    """Whether a note may hold such a line at all."""
    return any(sign in text for sign in _SIGNS) or _SHORT.search(text) is not None


def swallowed(
    page: Page, held: Sequence[tuple[int, int]], told: Collection[int], *, deck: bool, parted: bool
) -> Iterator[Remark]:
    """A warning for each card in another form that stands within the lines of cards that `held` it.

    Nothing is said of lines that were `told` already. In a `deck` separators count, so that none of them is left over;
    `parted` says that a lone `?` is told already.
    """
    seen = set(told)
    for first, last in held:
        for number in range(first + 1, last + 1):
            if number not in seen and (hint := _looks_like_a_card(page, number, last, deck, parted)):
                seen.add(number)
                message = "This looks like a card of its own, and is read as a part of the one above it."
                yield Remark(number, "warning", "card-in-answer", message, hint)


def _looks_like_a_card(page: Page, number: int, last: int, deck: bool, parted: bool) -> str:
    """What to do where a card in another form begins on a line; empty where none does."""
    line = page.masked[number - 1]
    if _QUESTION.match(line):
        below = list(islice((at for at in range(number + 1, last + 1) if page.raw[at - 1].strip()), 2))
        if below and _ANSWER.match(page.masked[below[0] - 1]):
            options = len(below) == 2 and _SECOND.match(page.masked[below[1] - 1])
            return "" if options else _RESPELL
    elif deck:
        return ""
    elif "?::" in line and not line.rstrip().endswith("?::"):
        return _TAG
    elif number + 1 < last and page.masked[number].strip() in ("?", "??") and line.strip() and not parted:
        return _TAG if page.raw[number + 1].strip() else ""
    elif (found := _PARTED.match(line.strip())) and len(found["front"].split()) <= _MOST_WORDS:
        return _TAG
    return ""
