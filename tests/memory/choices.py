"""Logs of events from a few bytes: Hypothesis takes longer over each thing that it draws than most tests over a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")
SIZE = 12
"""The bytes that the choices of one event are made from."""


class Choices:
    """Choices among some things each, which a number stands for: its digits, to a base of their own each."""

    def __init__(self, number: int) -> None:
        self._number = number

    def of(self, things: Sequence[T]) -> T:
        """The next choice."""
        self._number, at = divmod(self._number, len(things))
        return things[at]


def several(draw: st.DrawFn, most: int) -> Iterator[Choices]:
    """From one to so many, each with choices of its own."""
    many = draw(st.integers(1, most))
    drawn = draw(st.binary(min_size=many * SIZE, max_size=many * SIZE))
    return (Choices(int.from_bytes(drawn[at : at + SIZE], "little")) for at in range(0, len(drawn), SIZE))
