"""A library with a card of every kind, and a memory in which every state of a card is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from studytool.memory import Event, Memory, Moment, replay
from studytool.memory.events import DAY_MS, uuid7
from studytool.notes import Library, load_library
from studytool.search import Searcher

NOW = Moment(1_796_040_000_000, 60)  # Monday 30 November 2026, 13:00 an hour east of Greenwich

CNN = """\
---
title: Convolutional network
aliases: [CNN]
tags: [exam/oral, vision]
demo: cnn
---
Q: What does the **stride** of a kernel say?
A: By how many cells it moves on, a `step` of $s$.

Q: Why padding?
A: So that the edges count, whatever the stride: a moving average of *Café* pictures. ![edges](edges.png)

C: A kernel of a convolution [shares] its weights.
"""
POOLING = """\
---
title: Pooling
tags: [vision/pooling]
---
#recap

Q: What does max pooling keep?
A: The largest value.
---

Which of these is learned?

- [ ] the size of the window
- [x] nothing

Questions:
- Why does pooling make a net blind to small moves?
"""
LOSS = """\
# Loss

Q: What does a loss measure?
A: How wrong a prediction is, or was.

Q: What does a moving average smooth?
A: The gradient.
---

- **Cross-entropy**: the mean of minus the logarithm of the probability of the right class
"""
MORE = """\
# More

Q: What does a loss measure?
A: How wrong a prediction is, or was.

Q: Suspended?
A: In quotes, as text.
"""


@dataclass(frozen=True)
class Collection:
    """A library, what is remembered of it, and the ways to search it."""

    folder: Path
    library: Library
    memory: Memory
    searcher: Searcher

    def fronts(self, query: str) -> list[str]:
        """The beginnings of what a query finds: the first three words of each question."""
        found = [self.library.card(key) for key in self.searcher.find(query, NOW)]
        return [" ".join(card.front.split()[:3]) for card in found if card]


def event_maker() -> Callable[..., Event]:
    """Makes events of one device, `days` before `NOW`."""
    numbers = count(1)

    def event(kind: str, card: str | None, days: float, **payload: object) -> Event:
        number = next(numbers)
        ms = NOW.ms - round(days * DAY_MS)
        return Event(uuid7(ms, number.to_bytes(10, "big")), ms, NOW.offset, "here", number, kind, card, payload)

    return event


def key_of(library: Library, front: str) -> str:
    return next(card.key for card in library.studied() if front in card.front)


def history(library: Library) -> list[Event]:
    """Answers to most cards: one is a leech, one overdue, one in its steps; one put aside, one buried, one no card."""
    event = event_maker()

    def answers(front: str, *given: tuple[float, int]) -> list[Event]:
        key = key_of(library, front)
        return [event("review", key, days, grade=grade) for days, grade in given]

    leech: list[tuple[float, int]] = [(400, 4)]
    for start in range(380, 200, -20):
        leech += [(start, 1), (start - 0.02, 3)]
    return [
        *answers("stride", (40, 4), (30, 3), (1, 3)),
        *answers("padding", (60, 4)),
        *answers("A kernel of", *leech, (3, 3)),
        *answers("max pooling", (0.01, 1)),
        *answers("of these", (5, 4), (0.001, 1)),
        *answers("loss measure", (8, 4)),
        *answers("small moves", (200, 4), (100, 4)),
        event("suspend", key_of(library, "small moves"), 1),
        event("bury", key_of(library, "moving average"), 0.01),
        event("reject", key_of(library, "Cross-entropy"), 1),
    ]


@pytest.fixture
def write(tmp_path: Path) -> Path:
    """The folder of the notes, with its files."""
    folder = tmp_path / "notes"
    for place, text in {
        "vision/cnn.md": CNN,
        "vision/down/pooling.md": POOLING,
        "lectures/loss.md": LOSS,
        "more.md": MORE,
    }.items():
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def cards(write: Path) -> Collection:
    """The library, read anew, with its memory."""
    library = load_library([write], root=write)
    memory = replay(history(library), rollover=4)
    return Collection(write, library, memory, Searcher(library, memory))
