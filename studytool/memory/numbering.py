"""Numbers for the keys of cards, by the million: 0 for the first one that comes, and so on."""

from __future__ import annotations

from collections import defaultdict
from itertools import count
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.texts import Texts

_SIZE = 32
"""Bytes of the keys that this program makes."""
_BITS = 20
_FACTORS = np.array((0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93), np.uint64)
"""Odd numbers with bits in no order: products with them spread over the upper bits what differs in the lower ones."""


class Numbering:
    """Tells equal keys from others by their bytes, four words at a time; one by one only those that it meets first.

    Looked up in a dict alone, a million keys cost three times as much: each is made, hashed, and found somewhere else
    in memory. So the dict has before it a table with one place for each hash, where the key that came last under it is
    known by its number. A key that is not the one known there, or is of another length, is looked up.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = defaultdict(count().__next__)  # numbers whatever it is asked for
        self._last = np.zeros(1 << _BITS, np.int32)
        self._words = self._none(1024)  # by number

    @staticmethod
    def _none(many: int) -> NDArray[np.uint64]:
        return np.full((many, len(_FACTORS)), 2**64 - 1, np.uint64)  # no text has such bytes

    @property
    def keys(self) -> list[str]:
        """All keys by their numbers."""
        return list(self._numbers)

    def number(self, key: str) -> int:
        """The number of one key."""
        return self._numbers[key]

    def of(self, keys: Texts) -> NDArray[np.int32]:
        """The numbers of many keys."""
        found = np.full(len(keys), -1, np.int32)
        rows = np.flatnonzero(keys.ends - keys.begins == _SIZE)
        words = np.stack([keys.words(keys.begins[rows] + at) for at in range(0, _SIZE, 8)], axis=1)
        place = ((words * _FACTORS).sum(axis=1, dtype=np.uint64) >> np.uint64(64 - _BITS)).astype(np.int64)
        last = self._last[place]
        known = (self._words[last] == words).all(axis=1)
        found[rows[known]] = last[known]
        rest = np.flatnonzero(found < 0)
        found[rest] = [self._numbers[key] for key in keys.at(rest)]
        fresh = np.flatnonzero(~known)
        while len(self._words) < len(self._numbers):
            self._words = np.concatenate((self._words, self._none(len(self._words))))
        number = found[rows[fresh]]
        self._words[number], self._last[place[fresh]] = words[fresh], number
        return found
