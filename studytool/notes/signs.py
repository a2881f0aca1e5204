"""Which signs a text holds: asked dozens of times of each note, before any of its lines is looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple


class Alike(NamedTuple):
    """Signs that begin with the same character: one of them, or what finds any of them."""

    first: str
    one: str
    any: re.Pattern[str] | None


@lru_cache(maxsize=256)
def by_first(signs: Sequence[str]) -> tuple[Alike, ...]:
    """Signs by the character they begin with: that is found at once, or that there is none.

    Several that begin with one that is rare are found together; each after a common one is found faster by itself.
    """
    found: list[Alike] = []
    for first in dict.fromkeys(sign[:1] for sign in signs):
        alike = [sign for sign in signs if sign[:1] == first]
        if len(alike) == 1 or first.islower():
            found += [Alike(first, sign, None) for sign in alike]
        else:
            rests = "|".join(re.escape(sign[1:]) for sign in alike)
            found.append(Alike(first, "", re.compile(f"{re.escape(first)}(?:{rests})")))
    return tuple(found)


def holds_any(text: str, signs: Sequence[str]) -> bool:
    """Whether a text holds any of these signs."""
    for first, one, several in by_first(signs):
        if first in text and (several.search(text) if several else one[-1:] in text and one in text):
            return True
    return False
