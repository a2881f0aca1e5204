"""Which cards of a library a part of a query finds: one byte a card, in study order, 1 where it is found, else 0."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from typing import overload

Mask = bytes


SPARSE = 8
"""Where less than one card in so many is found, they are looked up one by one."""


def numbers(mask: Mask) -> Iterator[int]:
    """The numbers of the cards that are found, in study order."""
    return _found(mask) if mask.count(1) * SPARSE < len(mask) else compress(range(len(mask)), mask)


def _found(mask: Mask) -> Iterator[int]:
    at = mask.find(1)
    while at >= 0:
        yield at
        at = mask.find(1, at + 1)


def scattered(numbers: Iterable[int], length: int) -> Mask:
    """The mask of a library of `length` cards in which those of these numbers are found."""
    found = bytearray(length)
    for number in numbers:
        found[number] = 1
    return bytes(found)


def both(one: Mask, other: Mask) -> Mask:
    """Those that are in both masks."""
    return (int.from_bytes(one, "little") & int.from_bytes(other, "little")).to_bytes(len(one), "little")


def either(one: Mask, other: Mask) -> Mask:
    """Those that are in one mask or in the other."""
    return (int.from_bytes(one, "little") | int.from_bytes(other, "little")).to_bytes(len(one), "little")


def without(one: Mask, other: Mask) -> Mask:
    """Those of `one` that are not in `other`."""
    kept_out = int.from_bytes(other, "little")
    return (int.from_bytes(one, "little") & ~kept_out).to_bytes(len(one), "little")


class Picked(Sequence[str]):
    """The keys of a mask's cards, in study order, each looked up when it is asked for.

    A list of 100,000 takes milliseconds to make, and the garbage collector goes through it three times.
    """

    def __init__(self, keys: Sequence[str], mask: Mask) -> None:
        self._keys, self._mask, self._count = keys, mask, mask.count(1)
        self._numbers = array("L")  # those that were asked for
        self._more = numbers(mask)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return compress(self._keys, self._mask)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        places = range(self._count)[at]
        wanted = places if isinstance(places, range) else (places,)
        missing = max(wanted, default=-1) + 1 - len(self._numbers)
        self._numbers.extend(islice(self._more, max(missing, 0)))
        found = [self._keys[self._numbers[place]] for place in wanted]
        return found if isinstance(at, slice) else found[0]

    def index(self, key: str, start: int = 0, stop: int | None = None) -> int:
        """Where a key stands; raises `ValueError` where it does not."""
        return list(self).index(key, start, len(self) if stop is None else stop)
