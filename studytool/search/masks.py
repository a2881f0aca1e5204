"""Which cards of a library a part of a query finds: one byte a card, in study order, 1 where it is found, else 0."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress

Mask = bytes


def numbers(mask: Mask) -> Iterable[int]:
    """The numbers of the cards that are found, in study order."""
    return compress(range(len(mask)), mask)


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
