"""New cards of several topics, one of each in turn."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.memory.candidates import Candidate


def in_turns(cards: Sequence[Candidate], topics: int) -> Iterator[Candidate]:
    """New cards of so many topics at a time, one of each in turn; a topic that has come to its end makes room."""
    waiting: dict[str, deque[Candidate]] = {}
    for card in cards:
        waiting.setdefault(card.topic, deque()).append(card)
    later = deque(waiting.values())
    turns: deque[deque[Candidate]] = deque()
    while turns or later:
        while later and len(turns) < topics:
            turns.append(later.popleft())
        topic = turns.popleft()
        yield topic.popleft()
        if topic:
            turns.append(topic)
