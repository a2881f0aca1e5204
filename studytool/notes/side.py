"""One card on either side of an edit, with its texts ready to be compared."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from studytool.notes.refrain import NO_REFRAINS, Refrains
from studytool.notes.same_asked import requested, subject, without_pictures
from studytool.notes.wording import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from studytool.notes.relink import Known

_TO_THE_TOP = re.compile(r"\n[^\n]{0,20}\[[^\n]{1,40}\]\(#[^()\n]{0,60}\)[^\n]{0,10}\s*\Z")
"""A link that ends an answer and leads back to a list: many answers have it."""
_TITLED = re.compile(r"(?: › ([^\n:]{1,200}))?: (.+)", re.DOTALL)
"""What stands behind the topic of a note in a prompt that is made of it: a heading, and what is asked of it."""


class Side:
    """One card on either side, with its texts ready to be compared."""

    def __init__(self, card: Known, refrains: Refrains = NO_REFRAINS, many: Collection[str] = frozenset()) -> None:
        self.card = card
        asked, told = refrains.without(card.front), card.back
        told = _TO_THE_TOP.sub("", told)
        if card.kind == "choice":
            asked, options = _options(asked)
            if options not in many:  # the options that several questions have tell none of them
                told = f"{told}\n{options}"
        self.prompt, self.answer = Words(asked), Words(told)

    @cached_property
    def rare(self) -> frozenset[str]:
        """The words by which it can be found."""
        return self.prompt.stems | self.answer.stems

    @cached_property
    def titled(self) -> tuple[Words, Words] | None:
        """The heading in a prompt that begins with the topic, and what is asked of it; None if it begins otherwise."""
        found = _TITLED.match(self.card.front, len(self.card.topic))
        if not found or not self.card.topic or not self.card.front.startswith(self.card.topic):
            return None
        return Words(found[1] or ""), Words(found[2])

    @cached_property
    def requested(self) -> Words:
        """The prompt without what a request begins with."""
        return requested(self.card.front)

    @cached_property
    def case(self) -> Words:
        """The prompt without its pictures and options."""
        return without_pictures(self.prompt.text)

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of the words of the title of its note, where that names one thing."""
        return subject(self.card.topic)

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """A cloze text with its deletion filled in."""
        return Words(self.card.front.replace("[…]", f" {self.card.back} ", 1)).form


def shared_options(*sides: Iterable[Known]) -> frozenset[str]:
    """The options that several questions have on one side of an edit."""
    found: set[str] = set()
    for cards in sides:
        counted = Counter(_options(card.front)[1] for card in cards if card.kind == "choice")
        found.update(options for options, count in counted.items() if count > 1)
    return frozenset(found)


def _options(front: str) -> tuple[str, str]:
    """A choice card's front as its prompt and its options, in an order that is always the same."""
    lines = front.split("\n")
    at = len(lines)
    while at and lines[at - 1].startswith("- "):
        at -= 1
    return "\n".join(lines[:at]), "\n".join(sorted(lines[at:]))
