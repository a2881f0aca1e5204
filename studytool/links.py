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


_FIELD = (
    "deep learning",
    "machine learning",
    "neural",
    "neurons",
    "sgd",
    "optimiser",
    "optimizer",
    "backprop",
    "epochs",
)
"""Words that tell what a text is about, though no demo has them for a topic."""


def demo_for(card: Card, demos: Iterable[DemoInfo]) -> DemoLink | None:
    """The demo to offer beside a card, or None.

    A card without a link is matched by words: a demo's topic in its front, else in its topic's name, in the singular
    or the plural, as whole words. The longest such name wins, so that "linear separability" beats "separability".

    A name of several words is enough, and the first topic of a demo, its subject. Any other single word, such as
    momentum or depth, may mean something else elsewhere: it counts on a card that names what is about the field, too.
    """
    if card.demo:
        return card.demo
    named = [
        (words, demo.name, at == 0 or " " in words)
        for demo in demos
        for at, name in enumerate(demo.topics)
        if (words := _words(name))
    ]
    named.sort(key=lambda each: -len(each[0]))
    for text in (card.front, card.title):
        words = f" {_words(text)} "
        for name, demo, is_sure in named:
            if _stands(name, words) and (is_sure or _is_of_the_field(card, named)):
                return DemoLink(demo)
    return None


def _stands(name: str, words: str) -> bool:
    return f" {name} " in words or f" {name}s " in words


def _is_of_the_field(card: Card, named: Iterable[tuple[str, str, bool]]) -> bool:
    """Whether what a card says, or the note that it stands in, names something that nothing else is called."""
    words = f" {_words(f'{card.front} {card.back} {card.title}')} "
    return any(_stands(name, words) for name, _, is_sure in named if is_sure) or any(f" {w} " in words for w in _FIELD)


def demo_file(link: DemoLink, note: str) -> Path | None:
    """The file of a demo that a note names by a path (`demo: ./mine.py`), from the note's folder; None for a name."""
    if "/" not in link.name and not link.name.endswith(".py"):
        return None
    return Path(note).resolve().parent / link.name


@lru_cache(maxsize=1024)  # the topics of all demos are asked for with each card
def _words(text: str) -> str:
    """The words of a text in lower case, one space between them, nothing else."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
