"""The desk itself: a library and its log, open together, and all that is asked of both at once."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import compress
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING

from studytool import places
from studytool.desk.edited import Edits, lost_of
from studytool.desk.log import card_text, open_log, read_log
from studytool.desk.reading import read_notes
from studytool.errors import StudytoolError
from studytool.memory.pieces import WAITS, finished, here
from studytool.setting_values import shares_of
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping, Sequence
    from pathlib import Path

    from studytool.desk.asked import Request
    from studytool.desk.edited import Edited
    from studytool.desk.returning import Relinked
    from studytool.memory import (
        Attempts,
        Candidate,
        Cram,
        Event,
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
    from studytool.memory.pieces import Aside
    from studytool.memory.session import Pace
    from studytool.memory.store.news import News
    from studytool.notes.model import Card, Library
    from studytool.search import Query, Searcher


_KEY, _TOPIC = itemgetter(0), itemgetter(1)  # of a candidate, in C: there may be a hundred thousand


@dataclass(frozen=True, slots=True)
class Edit:
    """How one reading of the notes differs from the one before it, in cards."""

    new: int = 0
    gone: int = 0
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The keys of cards whose history goes on under another key."""
    lost: Sequence[str] = ()
    """What cards ask that were answered, are gone, and go on as no other; nothing where very many are gone."""

    def __str__(self) -> str:
        """ "2 cards changed, 1 new": a card that is gone and one that is new make a changed one."""
        changed = min(self.new, self.gone)
        parts = [(changed, "changed"), (self.new - changed, "new"), (self.gone - changed, "gone")]
        told = [(number, word) for number, word in parts if number]
        if not told:
            return ""
        number, word = told.pop(0)
        return ", ".join([f"{counted(number, 'card')} {word}", *(f"{more:,} {word}" for more, word in told)])


@dataclass(slots=True)
class Desk:
    """An open library with its log. `close()` when done; every answer is already on disk by then."""

    request: Request
    library: Library
    store: Store
    memory: Memory
    relinked: tuple[Relinked, ...] = ()
    """The cards that were edited and keep their history: what was found at this opening and since."""
    _batches: list[tuple[Relinked, ...]] = field(default_factory=list)
    complete: bool = True
    """Whether the library is all of the notes. What a part of them does not hold has not gone."""
    _edits: Edits = field(default_factory=Edits)
    remembering: Lock = field(default_factory=Lock)
    """Held by a thread as long as it asks the memory, and by whoever changes that meanwhile."""
    _news: News | None = None
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

        chosen = self.candidates(topics, found)
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

        wanted = self.candidates(topics, found)
        chosen = moment.day(self.memory.rules.rollover) if seed is None else seed
        return Cram(wanted, self.memory, self.store, moment, chosen, pace)

    def aimed(self, moment: Moment) -> Session:
        """A sitting of what the exam of the settings makes worth asking today, due or not, as long as it takes.

        Raises `UsageError` where no exam is to come, `StudytoolError` where nothing is left to gain today.
        """
        from studytool.memory import Limits, Session
        from studytool.syllabus import agenda

        plan, keys = agenda(self, moment)
        named = frozenset(keys)
        wishes = replace(self.wishes, siblings_apart=False)
        limits = Limits(self.memory.introduced(moment.day(self.memory.rules.rollover)) + len(keys), sys.maxsize)
        chosen = self.candidates(None, named)
        return Session(chosen, self.memory, self.store, limits, moment, wishes, plan, named)

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

    def hear(self) -> bool:
        """Take in what other windows and commands have written into the log meanwhile; whether there was anything."""
        return finished(self.hearing())

    def hearing(self, aside: Aside = here) -> Generator[str | None, None, bool]:
        """The same a piece at a time: an import may bring very much."""
        if self._news is None:
            from studytool.memory.store.news import News

            self._news = News(self.store, self.memory)
        is_news = False
        for part in self._news.parts():
            for event in part:
                yield from self.taking(event, aside)
                is_news = True
                yield None
        return is_news

    def hear_of(self, key: str) -> bool:
        """Take in what others have written of one card, before its turn; whether there was anything."""
        found = self._news.of(key) if self._news is not None else []
        for event in found:
            self.memory.apply(event)
        return bool(found)

    def taking(self, event: Event, aside: Aside = here) -> Generator[str | None, None, None]:
        """Have an event of the log count, a piece at a time where all cards depend on it; states are derived `aside`.

        Nothing is done as long as a thread asks the memory.
        """
        steps = self.memory.foreseeing(event, aside)
        while True:
            if not self.remembering.acquire(blocking=False):
                yield WAITS
                continue
            try:
                told = next(steps)
            except StopIteration:
                self.memory.apply(event)
                return
            finally:
                self.remembering.release()
            yield told

    def adopt(self, library: Library, *, complete: bool = True, just_made: bool = True) -> Edit:
        """Go on with another reading of the same notes; tells how it differs from the one before."""
        return finished(self.adopting(library, complete=complete, just_made=just_made))

    def adopting(
        self, library: Library, *, complete: bool = True, just_made: bool = True, aside: Aside = here
    ) -> Generator[str | None, None, Edit]:
        """The same a piece at a time: up to the end the library is the one before. Texts are compared `aside`.

        Histories of cards that were edited go on. Where the library becomes complete, this is as at an opening. Else
        it is an edit `just_made`: see `catching_up`; what was cut from one note may stand in one that was not read, so
        that histories stay in their notes then. Where only more has been read, nothing goes on yet: what the rest
        holds may be a better match.
        """
        from studytool.memory import Roster

        new, gone = library.differs(self.library)
        edit, edited = Edit(new=len(new), gone=len(gone)), None
        if just_made and (self.complete or not complete):
            edited = self._edits.with_one(new, gone, self.library, library, is_whole=complete)
        yield None
        roster = None
        if complete:
            roster = Roster(library, self.roster)
            yield None
            yield from roster.ready()
        if complete or (edited is not None and edited.stood):
            found = yield from self._taking_over(library, edited, aside)
            edit = replace(edit, renamed={one.source: one.target for one in found})
        if complete:
            edit = replace(edit, lost=lost_of(gone, self.memory))
        self._roster = roster or self._roster
        if edited is not None:
            self._edits.keep(edited)
        self.library, self.complete = library, complete
        return edit

    def catch_up(self) -> tuple[Relinked, ...]:
        """Take over the histories of cards that were edited, and the schedules that notes bring; the first are told.

        As long as the library is not complete, nothing is taken over.
        """
        return finished(self._taking_over(self.library)) if self.complete else ()

    def _taking_over(
        self, library: Library, edited: Edited | None = None, aside: Aside = here
    ) -> Generator[str | None, None, tuple[Relinked, ...]]:
        from studytool import clock
        from studytool.desk.returning import catching_up

        now = clock.now()
        found = yield from catching_up(self.request, library, self.store, self.memory, now, edited, aside)
        self._batches.append(found)
        self._keep_standing()
        return found

    def _keep_standing(self) -> None:
        """Forget the links that were undone, or that have gone another way since."""
        standing = [tuple(one for one in batch if self.memory.stands(one.event)) for batch in self._batches]
        self._batches = [batch for batch in standing if batch]
        self.relinked = tuple(one for batch in self._batches for one in batch)

    def text_of(self, card: Card) -> dict[str, object]:
        """What the log keeps of a card's text: see `card_text`."""
        path, root = os.path.realpath(card.span.path), os.path.realpath(self.library.root)
        place = os.path.relpath(path, root)
        return card_text(card, "" if place.split(os.sep, 1)[0] == os.pardir else place)

    def successor(self, card: Card) -> Card | None:
        """The card that a card of an earlier reading, never answered, has become by an edit of its note."""
        from studytool.notes.relink import Known, relink

        numbers = [at for at, path in enumerate(self.library.files) if path == os.path.abspath(card.span.path)]
        cards = [one for at in numbers for one in self.library.notes[at].studied]
        span, context = card.span, " / ".join(card.context)
        known = Known(card.key, card.kind, card.front, card.back, span.path, card.topic, span.line, context)
        learned = set(self.memory.learned())
        links = relink([known], [one for one in cards if one.key not in learned])
        return self.card(links[0].target) if links else None

    @property
    def relinked_last(self) -> tuple[Relinked, ...]:
        """What `undo_relinks` would take back."""
        return self._batches[-1] if self._batches else ()

    def undo_relinks(self, moment: Moment) -> tuple[Relinked, ...]:
        """Take back what was linked last, at the opening or by one edit; returns it, nothing where nothing is left.

        Those cards start anew. Their histories stay with their earlier texts, and go on as no other card until such a
        text is in the notes again and was answered there.
        """
        from studytool.memory import Draft

        for one in self._batches[-1] if self._batches else ():
            self.hear_of(one.target)
        self._keep_standing()  # another window may have taken them back
        if not self._batches:
            return ()
        last = self._batches[-1]
        pairs = {(one.source, one.target) for one in last}  # another window that saw the same edit linked them, too
        links = [(target, event) for source, target, event in self.memory.links() if (source, target) in pairs]
        for event in self.store.append_all([Draft("undo", target, {"event": link}, moment) for target, link in links]):
            self.memory.apply(event, is_new=True)
        self._keep_standing()
        return last

    def close(self) -> None:
        """Close the log; before that back it up, once a day when it has grown (80 ms for 20,000 events)."""
        from studytool import clock
        from studytool.memory.store.backup import back_up, is_due

        folder, today = self.store.path.parent, clock.today()
        if not self.store.only_reads and is_due(folder, today):
            with suppress(StudytoolError):  # studying does not end in an error over this; `doctor` tells
                back_up(folder, today)
        self.store.close()


def open_desk(wanted: Request, *, to_read: bool = False) -> Desk:
    """Read the notes and open the log; what the notes bring to the log is taken over.

    `to_read` is for those who write nothing else: a log that cannot be written will do.
    """
    desk = Desk(wanted, read_notes(wanted), *read_log(wanted, partial(open_log, to_read=to_read)))
    desk.catch_up()
    return desk


def texts_file(wanted: Request) -> Path:
    """Where the texts of a library are kept for searching: see `studytool.search.kept`."""
    from hashlib import blake2b

    from studytool.search.kept import ENDING

    told = ([os.path.abspath(path) for path in wanted.paths], str(wanted.root), wanted.settings.made)
    name = blake2b(repr(told).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return places.cache_folder() / f"{name}{ENDING}"
