"""Which signs a text holds: asked dozens of times of each note, before any of its lines is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=256)
def by_first(signs: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Signs by the character they begin with: that is found at once, or that there is none."""
    firsts = dict.fromkeys(sign[:1] for sign in signs)
    return tuple((first, tuple(sign for sign in signs if sign[:1] == first)) for first in firsts)


def holds_any(text: str, signs: Sequence[str]) -> bool:
    """Whether a text holds any of these signs."""
    for first, alike in by_first(signs):
        if first in text:
            for sign in alike:
                if sign[-1:] in text and sign in text:
                    return True
    return False
