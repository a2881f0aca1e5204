"""What undos and relinks make of the other events of a log: for events, rows of a file and their numbers alike."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable
    from typing import Any

K = TypeVar("K", bound="Hashable")
P = TypeVar("P")


def stands(event: K, undoing: Callable[[K], Iterable[K]]) -> bool:
    """Whether no undo that itself stands names an event; `undoing` tells which undos name one.

    Each undo names one event, so they are a tree.
    """
    named: dict[K, list[K]] = {}
    waiting = [event]
    for one in waiting:  # grows meanwhile
        if one not in named:
            named[one] = list(undoing(one))
            waiting += named[one]
    found: dict[K, bool] = {}
    for one in reversed(waiting):
        found[one] = not any(found.get(undo, False) for undo in named[one])
    return found[event]


class Moves(Generic[K, P]):
    """Where histories have gone: a relink gives all that one card has come to by then to another card.

    `relinks` are those that stand, in the order of the log: the place of each in it, the card before and the one after.
    Places may be anything that can be compared.
    """

    def __init__(self, relinks: Iterable[tuple[P, K, K]]) -> None:
        self._of: dict[K, tuple[list[P], list[K]]] = {}
        for place, source, target in relinks:
            places, targets = self._of.setdefault(source, ([], []))
            places.append(place)
            targets.append(target)

    def owner(self, card: K, place: P) -> K:
        """The card for which an event of `card` at a place counts in the end."""
        while (moves := self._of.get(card)) is not None:
            places: list[Any] = moves[0]
            at = bisect_right(places, place)
            if at == len(places):
                break
            place, card = places[at], moves[1][at]
        return card
