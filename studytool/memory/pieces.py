"""Work that is done in pieces: who drives it answers keys between two of them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from _typeshed import SupportsRichComparisonT

Found = TypeVar("Found")
WAITS = "waits"
"""What is yielded in place of a piece where somebody else is at work."""

PIECE = 500
"""So many cards are looked at in one piece: some milliseconds."""
_RUN = 4_000


class Aside(Protocol):
    """Does some work that needs nothing of the thread it is in, there or elsewhere."""

    def __call__(self, work: Callable[[], Found]) -> Generator[str | None, None, Found]:
        """What the work comes to."""


def finished(steps: Generator[object, None, Found]) -> Found:
    """What some work comes to when nothing is done between its pieces."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Found = end.value
            return found


def here(work: Callable[[], Found]) -> Generator[str | None, None, Found]:
    """Do some work that needs nothing of the thread it is in, in this one."""
    yield None
    return work()


def cut(items: Iterable[Found]) -> Iterator[list[Found]]:
    """The items in lists of `PIECE`."""
    left = iter(items)
    while piece := list(islice(left, PIECE)):
        yield piece


def in_order(
    items: list[SupportsRichComparisonT],
) -> Generator[None, None, list[SupportsRichComparisonT]]:
    """The items, sorted a piece at a time."""
    runs = [items[at : at + _RUN] for at in range(0, len(items), _RUN)]
    for run in runs:
        run.sort()
        yield
    while len(runs) > 1:
        pairs, runs = runs, []
        for at in range(0, len(pairs), 2):
            joined = pairs[at] + (pairs[at + 1] if at + 1 < len(pairs) else [])
            joined.sort()  # of two runs in order, it goes through them once
            runs.append(joined)
            yield
    return runs[0] if runs else []
