"""Leeches: cards that are forgotten again and again. They are named, so that they get rewritten, and never touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

FIRST = 8
"""So many times a card must have been forgotten after it was learned."""
AGAIN = 4
"""After so many times more it is named once more."""


def is_leech(state: State | None) -> bool:
    """Whether a card was forgotten so often that it should be rewritten."""
    return state is not None and state.lapses >= FIRST


def names_leech(before: State | None, after: State | None) -> bool:
    """Whether an answer that brought a card from one state to another is one to name it a leech at: 8, 12, 16, …"""
    if after is None or after.lapses < FIRST or (before is not None and after.lapses <= before.lapses):
        return False
    return (after.lapses - FIRST) % AGAIN == 0


def leeches(memory: Memory, keys: Iterable[str]) -> list[str]:
    """Those of `keys` that are leeches, the most forgotten first; cards that are suspended or rejected are none."""
    found: list[tuple[int, int, str]] = []
    for key in keys:
        state = memory.state(key)
        if state is not None and is_leech(state) and memory.out(key, state.day) in (None, "buried"):
            found.append((-state.lapses, len(found), key))
    return [key for _, _, key in sorted(found)]
