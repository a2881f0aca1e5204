"""What is asked of a library and its log at once: sittings over its cards, what they hold and what holds for them."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import compress
from operator import itemgetter
from typing import TYPE_CHECKING

from studytool import places
from studytool.desk.log import card_text
from studytool.errors import StudytoolError
from studytool.memory.pieces import finished
from studytool.setting_values import shares_of

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence
    from pathlib import Path

    from studytool.desk.asked import Request
    from studytool.memory import (
        Attempts,
        Candidate,
        Cram,
        Limits,
        Memory,
        Moment,
        Overview,
        Priority,
        Roster,
        Session,
        Store,
        Wishes,
    )
    from studytool.memory.candidates import Candidates
    from studytool.memory.session import Pace
    from studytool.notes.model import Card, Library
    from studytool.search import Query, Searcher
    from studytool.syllabus import Plan


_KEY, _TOPIC = itemgetter(0), itemgetter(1)  # of a candidate, in C: there may be a hundred thousand


@dataclass(slots=True)
class Sittings:
    """A library with its log, as they are now."""

    request: Request
    library: Library
    store: Store
    memory: Memory
    _roster: Roster | None = None
    _searcher: Searcher | None = None

    @property
    def roster(self) -> Roster:
        """The cards of the library as it is now."""
        from studytool.memory import Roster

        if self._roster is None or self._roster.notes is not self.library:
            self._roster = Roster(self.library, self._roster)
        return self._roster

    def candidates(self, topics: Sequence[str] | None = None, found: Collection[str] | None = None) -> list[Candidate]:
        """What could be studied, in study order; only cards of `topics`, or those `found`, when they are given."""
        chosen = self.roster.all
        if topics is not None:
            chosen = list(compress(chosen, map(set(topics).__contains__, map(_TOPIC, chosen))))
        if found is not None:
            chosen = list(compress(chosen, map(found.__contains__, map(_KEY, chosen))))
        return chosen

    def chosen(self, topics: Sequence[str] | None = None, found: Collection[str] | None = None) -> Candidates:
        """The same for a sitting, which is to know of their siblings: all cards by their keys need no table of its own.

        Siblings are of one topic.
        """
        if found is None:
            return self.roster.by_key if topics is None else self.candidates(topics)
        from studytool.memory.candidates import Part

        chosen = self.candidates(topics, found)
        texts = {card.siblings for card in chosen} - {0}
        return Part(chosen, [card for card in self.roster.all if card.siblings in texts and card.key not in found])

    def search(self, query: str | Query, moment: Moment | None = None) -> list[str]:
        """The keys of the cards that a query finds now, or at `moment`, in study order; raises `QueryError`."""
        from studytool import clock

        return self.searcher.find(query, moment or clock.now())

    @property
    def searcher(self) -> Searcher:
        """What searches the library as it is now."""
        from studytool.search import Searcher

        if self._searcher is None:
            self._searcher = Searcher(self.library, self.memory, texts_file(self.request))
        self._searcher.adopt(self.library)
        return self._searcher

    def search_to_study(self, query: str) -> set[str]:
        """The keys of the cards that a query finds now; raises `StudytoolError` where there is none."""
        from studytool import clock
        from studytool.search import advice, describe, parse

        asked = parse(query)
        if found := set(self.search(asked)):
            return found
        hint = " ".join(advice(asked, self.searcher, clock.now())) or "`studytool search` shows what a query finds."
        raise StudytoolError(f"There are no {describe(asked)}.", hint)

    @property
    def limits(self) -> Limits:
        """The daily limits in force."""
        from studytool.memory import Limits

        return Limits(self.request.settings.new_per_day, self.request.settings.reviews_per_day)

    @property
    def wishes(self) -> Wishes:
        """How the days are to be arranged."""
        from studytool.memory import Wishes

        settings = self.request.settings
        shares = shares_of(settings.easy_days) or Wishes().shares
        return Wishes(shares, settings.new_topics, settings.siblings_apart)

    def session(
        self,
        moment: Moment,
        topics: Sequence[str] | None = None,
        found: Collection[str] | None = None,
        priority: Priority | None = None,
        pace: Pace | None = None,
    ) -> Session:
        """A new sitting over the whole library, some topics, or what a search found; `priority` comes first."""
        from studytool.memory import Session

        chosen = self.chosen(topics, found)
        return Session(chosen, self.memory, self.store, self.limits, moment, self.wishes, priority, pace=pace)

    def cram(
        self,
        moment: Moment,
        topics: Sequence[str] | None = None,
        found: Collection[str] | None = None,
        seed: int | None = None,
        pace: Pace | None = None,
    ) -> Cram:
        """A sitting once through all of the cards that `session` would be over, which leaves the schedule alone.

        Their order is decided by `seed`, by the day where there is none.
        """
        from studytool.memory import Cram

        wanted = self.chosen(topics, found)
        chosen = moment.day(self.memory.rules.rollover) if seed is None else seed
        return Cram(wanted, self.memory, self.store, moment, chosen, pace)

    def aimed(self, moment: Moment, agenda: tuple[Plan, list[str]] | None = None, pace: Pace | None = None) -> Session:
        """A sitting of what the exam of the settings makes worth asking today, due or not, as long as it takes.

        `agenda` is the plan of that, where it was worked out just now; `pace` says how the cards are put in order, see
        `Session`.

        Raises `UsageError` where no exam is to come, `StudytoolError` where nothing is left to gain today.
        """
        from studytool.memory import Limits, Session
        from studytool.syllabus import agenda as worked_out

        plan, keys = agenda or worked_out(self, moment)
        named = frozenset(keys)
        wishes = replace(self.wishes, siblings_apart=False)
        limits = Limits(self.memory.introduced(moment.day(self.memory.rules.rollover)) + len(keys), sys.maxsize)
        chosen = self.candidates(None, named)
        return Session(chosen, self.memory, self.store, limits, moment, wishes, plan, named, pace)

    def attempts(self) -> Attempts:
        """What writes the answers of a quiz, and the reviews that they amount to."""
        from studytool.memory import Attempts

        return Attempts(self.memory, self.store, self.wishes)

    def leeches(self) -> list[tuple[Card, int]]:
        """The cards that were forgotten so often that they should be rewritten, with how often, the worst first."""
        from studytool.memory import leeches

        found = ((self.card(key), self.memory.state(key)) for key in leeches(self.memory, self.library.entries))
        return [(card, state.lapses) for card, state in found if card is not None and state is not None]

    def overview(self, moment: Moment) -> Overview:
        """What is due, new and known, by topic."""
        return finished(self.counting(moment))

    def counting(self, moment: Moment) -> Generator[None, None, Overview]:
        """The same a piece at a time, counted anew where notes or log have changed meanwhile."""
        from studytool.memory.standing import counting

        while True:
            roster, version, apart = self.roster, self.memory.version, self.wishes.siblings_apart
            found = yield from counting(roster, self.memory, moment, self.limits, siblings_apart=apart)
            if roster is self.roster and version == self.memory.version:
                return found

    def card(self, key: str) -> Card | None:
        """The card with this key."""
        return self.library.card(key)

    def topics(self) -> list[str]:
        """The topics that hold at least one card, in study order."""
        return list(self.roster.topics)

    def put_out(self, topics: Collection[str] | None, moment: Moment) -> list[str]:
        """The keys of the cards, of all topics or of these, that were suspended, buried or called no card."""
        aside = self.roster.among(self.memory.put_out(moment.day(self.memory.rules.rollover)))
        return [card.key for card in aside if topics is None or card.topic in topics]

    def text_of(self, card: Card) -> dict[str, object]:
        """What the log keeps of a card's text: see `card_text`."""
        path, root = os.path.realpath(card.span.path), os.path.realpath(self.library.root)
        place = os.path.relpath(path, root)
        return card_text(card, "" if place.split(os.sep, 1)[0] == os.pardir else place)


@contextmanager
def beside(request: Request, library: Library) -> Iterator[Sittings]:
    """The same notes and a connection to the log of its own: for a thread, while another one studies.

    The log is read by columns however short it is: a second copy of all events would be made for their figures alone.

    Raises `StudytoolError` where the log cannot be opened.
    """
    from studytool.desk.log import read_log
    from studytool.memory import open_store

    store, memory = read_log(request, lambda: open_store(places.data_folder(), to_read=True), long=1)
    try:
        yield Sittings(request, library, store, memory)
    finally:
        store.close()


def texts_file(wanted: Request) -> Path:
    """Where the texts of a library are kept for searching: see `studytool.search.kept`."""
    from hashlib import blake2b

    from studytool.search.kept import ENDING

    told = ([os.path.abspath(path) for path in wanted.paths], str(wanted.root), wanted.made)
    name = blake2b(repr(told).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return places.cache_folder() / f"{name}{ENDING}"
