"""Which demo shows what a card is about: the author's link first, else a demo's topic named on the card's front."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.notes.model import DemoLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.demo.find import DemoInfo
    from studytool.notes.model import Card


def demo_for(card: Card, demos: Iterable[DemoInfo]) -> DemoLink | None:
    """The demo to offer beside a card, or None.

    A card without a link is matched by words: a demo's topic in its front, else in its topic's name, in the singular
    or the plural, as whole words. The longest such name wins, so that "linear separability" beats "separability".
    """
    if card.demo:
        return card.demo
    named = [(words, demo.name) for demo in demos for name in demo.topics if (words := _words(name))]
    named.sort(key=lambda pair: -len(pair[0]))
    for text in (card.front, card.topic):
        words = f" {_words(text)} "
        for name, demo in named:
            if f" {name} " in words or f" {name}s " in words:
                return DemoLink(demo)
    return None


def demo_file(link: DemoLink, note: str) -> Path | None:
    """The file of a demo that a note names by a path (`demo: ./mine.py`), from the note's folder; None for a name."""
    if "/" not in link.name and not link.name.endswith(".py"):
        return None
    return Path(note).resolve().parent / link.name


@lru_cache(maxsize=1024)  # the topics of all demos are asked for with each card
def _words(text: str) -> str:
    """The words of a text in lower case, one space between them, nothing else."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
