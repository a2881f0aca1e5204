"""Searching and sorting in a thread of its own while one types; what was asked last counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from studytool.app.roll import in_order, reversed_order

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytool.desk import Desk
    from studytool.memory import Moment
    from studytool.search import Query


@dataclass(frozen=True, slots=True)
class Asked:
    """What the table should show: the cards that a query finds, by a column or, without one, in study order."""

    query: Query
    column: str = ""
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The keys of the cards in order; where there is none, what may have been meant."""

    asked: Asked
    keys: Sequence[str]
    advice: Sequence[str] = ()


@dataclass(slots=True)
class Finder:
    """Finds in whatever thread it is called, one search at a time.

    `remembering` of the desk is held as long as the memory is asked.
    """

    desk: Desk
    _searching: Lock = field(default_factory=Lock)

    def find(self, asked: Asked, moment: Moment, stopped: Callable[[], bool]) -> Found | None:
        """What is asked for; None where it is `stopped`, because something else is wanted by now."""
        from studytool.search import advice
        from studytool.search.query import And

        with self._searching:
            if stopped():
                return None
            searcher = self.desk.searcher
            everything = asked.query == And()
            if not everything or asked.column == "prompt":
                searcher.texts()  # made or read when they are first asked for, which may take a second
            with self.desk.remembering:
                if stopped():
                    return None
                keys: Sequence[str] = self.desk.library.order if everything else searcher.picked(asked.query, moment)
                if asked.column and not stopped():
                    keys = in_order(self.desk, list(keys), asked.column, moment, searcher.texts)
                    keys = reversed_order(self.desk, keys, asked.column, moment) if asked.reverse else keys
                told = [] if keys or stopped() else advice(asked.query, searcher, moment)
        return None if stopped() else Found(asked, keys, told)
