"""Keys in order, of which the first is taken, and any can be put in or out at the cost of a look-up."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEY = itemgetter(-1)
Entry = tuple[float | str, ...]
"""What a key goes by, the lowest first; its last part is the key."""


class Ranked:
    """Keys by rank. Those that are put first come before all ranks, the last one of them at the head."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """`entries` are in order."""
        self._entries = list(entries)
        self._begin = 0  # what stands before was taken
        self._first: deque[str] = deque()

    @cached_property
    def _entry_of(self) -> dict[str, Entry]:
        left = self._entries[self._begin :]
        return dict(zip(map(_KEY, left), left, strict=True))

    def ready(self) -> None:
        """Know where every key stands, which otherwise the first look-up finds out."""
        _ = self._entry_of

    @property
    def firsts(self) -> list[str]:
        """The keys that were put first."""
        return list(self._first)

    def __len__(self) -> int:
        return len(self._first) + len(self._entries) - self._begin

    def __contains__(self, key: str) -> bool:
        return key in self._first or key in self._entry_of

    def head(self) -> str | None:
        """The key that would be taken."""
        if self._first:
            return self._first[0]
        return str(self._entries[self._begin][-1]) if self._begin < len(self._entries) else None

    def take(self) -> str:
        """Take the key at the head out; there is one."""
        if self._first:
            return self._first.popleft()
        key = str(self._entries[self._begin][-1])
        self._begin += 1
        if "_entry_of" in self.__dict__:
            del self._entry_of[key]
        return key

    def put_first(self, key: str) -> None:
        """Put a key at the head that is not here."""
        self._first.appendleft(key)

    def put(self, entry: Entry) -> None:
        """Put a key where its rank has it; it is not here."""
        self._entry_of[str(entry[-1])] = entry
        insort(self._entries, entry, self._begin)

    def drop(self, key: str) -> bool:
        """Take a key out wherever it stands; whether it was here."""
        if key in self._first:
            self._first.remove(key)
            return True
        if (entry := self._entry_of.pop(key, None)) is None:
            return False
        del self._entries[bisect_left(self._entries, entry, self._begin)]
        return True
