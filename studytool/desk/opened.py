"""The desk itself: a library and its log, open together, and what comes in from both while they are open."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING

from studytool.desk.edited import Edit, Edits
from studytool.desk.gone import Lacking, Places
from studytool.desk.log import open_log, read_log
from studytool.desk.reading import read_notes
from studytool.desk.sittings import Sittings
from studytool.errors import StudytoolError
from studytool.memory.pieces import WAITS, finished, here

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Generator, Iterable, Sequence

    from studytool.desk.asked import Request
    from studytool.desk.edited import Edited
    from studytool.desk.returning import Relinked
    from studytool.memory import Event, Moment
    from studytool.memory.pieces import Aside
    from studytool.memory.store.news import News
    from studytool.notes.model import Card, Library

    _TakenBack = tuple[tuple[Relinked, ...], list[tuple[tuple[str, str], Event]]]
    """Cards whose links were taken back, and each undo of one with the keys that it parts."""


@dataclass(slots=True)
class Desk(Sittings):
    """An open library with its log. `close()` when done; every answer is already on disk by then."""

    relinked: tuple[Relinked, ...] = ()
    """The cards that were edited and keep their history: what was found at this opening and since."""
    _batches: list[tuple[Relinked, ...]] = field(default_factory=list)
    _taken_back: list[_TakenBack] = field(default_factory=list)
    complete: bool = True
    """Whether the library is all of the notes. What a part of them does not hold has not gone."""
    _edits: Edits = field(default_factory=Edits)
    _lacking: Lacking = field(default_factory=Lacking)
    remembering: Lock = field(default_factory=Lock)
    """Held by a thread as long as it asks the memory, and by whoever changes that meanwhile."""
    _news: News | None = None
    _refused: dict[str, Event] = field(default_factory=dict)
    """What was heard of, and could not be taken in: the log could not be read, or a part of it."""

    def hear(self) -> bool:
        """Take in what other windows and commands have written into the log meanwhile; whether there was anything."""
        return finished(self.hearing())

    def hearing(self, aside: Aside = here) -> Generator[str | None, None, bool]:
        """The same a piece at a time: an import may bring very much.

        What cannot be taken in keeps nothing else from being heard; it is tried again by the next call.
        """
        if self._news is None:
            from studytool.memory.store.news import News

            self._news = News(self.store, self.memory)
        is_news, failure = False, None
        for part in chain([list(self._refused.values())], self._news.parts()):
            for event in part:
                try:
                    yield from self.taking(event, aside)
                except StudytoolError as error:
                    failure, self._refused[event.id] = error, event
                else:
                    self._refused.pop(event.id, None)
                    is_news = True
                yield None
        if failure:
            raise failure
        self._news.settle()
        return is_news

    def hear_of(self, cards: Iterable[str]) -> bool:
        """Take in what others have written of some cards, before its turn; whether there was anything.

        Nothing is done as long as a thread asks the memory: it is heard in its turn.
        """
        return self._heard(lambda news: news.of(cards))

    def hear_ahead(self, among: Container[str]) -> bool:
        """The same of a few of these cards: those that others have written of first."""
        return self._heard(lambda news: news.ahead(among))

    def _heard(self, find: Callable[[News], list[Event]]) -> bool:
        if self._news is None or not self.remembering.acquire(blocking=False):
            return False
        try:
            found = find(self._news)
            for event in found:
                self.memory.apply(event)
        finally:
            self.remembering.release()
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
        edit, edited = Edit(came=new, went=gone), None
        if self.complete:
            back = set(filter(self.memory.is_learned, new))
            edit = replace(edit, back=back, notes=_notes_of(gone, self.library) | _notes_of(new, library))
        if just_made and (self.complete or not complete):
            edited = self._edits.with_one(new, gone, self.library, library, is_whole=complete)
        yield None
        roster = None
        if complete:
            roster = Roster(library, self.roster)
            yield None
            yield from roster.ready()
        standing = (yield from self._still_there(gone, library, aside)) if complete else {}
        if edited is not None and complete:
            from studytool.desk.told_lost import put_elsewhere

            places = Places(self.request, library, edited.stood)
            standing |= yield from put_elsewhere(edited, gone, places, library, self.memory)
        if complete or (edited is not None and edited.stood):
            found = yield from self._taking_over(library, edited, aside)
            edit = replace(edit, renamed={one.source: one.target for one in found})
        # Those whose history is still theirs go on as no other.
        edit = replace(edit, lost={key: asked for key, asked in standing.items() if self.memory.state(key)})
        self._roster = roster or self._roster
        if edited is not None:
            self._edits.keep(edited)
        self.library, self.complete = library, complete
        return edit

    def _still_there(
        self, gone: Collection[str], library: Library, aside: Aside
    ) -> Generator[str | None, None, dict[str, str]]:
        """What cards of this library ask that another one lacks, where their notes still have it; by their keys."""
        from studytool.desk.told_lost import still_there

        places = Places(self.request, library, _notes_of(gone, self.library))
        return (yield from still_there(gone, self.memory, places, aside))

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
        found = yield from catching_up(
            self.request, library, self.store, self.memory, now, edited, aside, self._lacking
        )
        self._batches.append(found)
        self._keep_standing()
        return found

    def _keep_standing(self) -> None:
        """Forget the links that were undone, or that have gone another way since."""
        standing = [tuple(one for one in batch if self.memory.stands(one.event)) for batch in self._batches]
        self._batches = [batch for batch in standing if batch]
        self.relinked = tuple(one for batch in self._batches for one in batch)

    def successor(self, card: Card, came: Container[str]) -> Card | None:
        """The card that a card of an earlier reading, never answered, has become by an edit of its note.

        There is no history to lose: one of those that `came` by the edit will do that stands at its line and has its
        prompt or its answer, however much is new of the other.
        """
        from studytool.notes.relink import Known, relink

        numbers = [at for at, path in enumerate(self.library.files) if path == os.path.abspath(card.span.path)]
        cards = [one for at in numbers for one in self.library.notes[at].studied]
        span, context = card.span, " / ".join(card.context)
        known = Known(card.key, card.kind, card.front, card.back, span.path, card.title, span.line, context)
        cards = [one for one in cards if not self.memory.is_learned(one.key)]
        links = relink([known], cards)
        if links:
            return self.card(links[0].target)
        here = (one for one in cards if one.key in came and one.span.line == span.line)
        return next((one for one in here if one.front == card.front or one.back == card.back), None)

    @property
    def relinked_last(self) -> tuple[Relinked, ...]:
        """What `undo_relinks` would take back."""
        return self._batches[-1] if self._batches else ()

    def undo_relinks(self, moment: Moment) -> tuple[Relinked, ...]:
        """Take back what was linked last, at the opening or by one edit; returns it, nothing where nothing is left.

        Those cards have only the answers to their own words. Their histories stay with their earlier texts,
        which have them where they are in the notes again, and go on as no other card until such a text was answered
        there.
        """
        return finished(self.undoing_relinks(moment))

    def undoing_relinks(
        self, moment: Moment, named: tuple[Relinked, ...] | None = None
    ) -> Generator[str, None, tuple[Relinked, ...]]:
        """The same, as soon as no thread asks the memory; nothing where others than those `named` are last."""
        return self._in_turn(partial(self._undo_relinks, moment, named))

    def _undo_relinks(self, moment: Moment, named: tuple[Relinked, ...] | None) -> tuple[Relinked, ...]:
        from studytool.desk.returning import links_of

        self._hear_of(self._batches[-1] if self._batches else ())
        self._keep_standing()  # another window may have taken them back
        last = self.relinked_last
        if not last or named not in (None, last):
            return ()
        links = links_of(last, self.library, self.memory)
        undos = self._undo([(target, event) for _, target, event in links], moment)
        self._taken_back.append((last, [(link[:2], undo) for link, undo in zip(links, undos, strict=True)]))
        self._keep_standing()
        return last

    @property
    def taken_back(self) -> tuple[Relinked, ...]:
        """What `redo_relinks` would link again."""
        return self._to_give_back()[1]

    def _to_give_back(self) -> tuple[int, tuple[Relinked, ...]]:
        """The place of what was taken back last at this desk of which some can be given back, and that."""
        if not self._taken_back:
            return 0, ()
        from studytool.desk.returning import to_give_back

        yet = [one for links, _ in self._taken_back for one in links]
        for at in reversed(range(len(self._taken_back))):
            if found := to_give_back(self._taken_back[at][0], yet, self.library):
                return at, found
        return 0, ()

    def go_on_from(self, before: Desk) -> None:
        """What was taken back at the desk before this one, on the same log, can be given back here, too."""
        self._taken_back = [*before._taken_back]

    def redo_relinks(self, moment: Moment) -> tuple[Relinked, ...]:
        """Undo what `undo_relinks` did last; returns the cards that have their histories again.

        These are as they were before, with what they were answered since. It can be taken back once more. A card that
        was edited anew since, or has its earlier words again, has the history that these give it; what was taken from
        it can be given back once the notes have its words again.
        """
        return finished(self.redoing_relinks(moment))

    def redoing_relinks(self, moment: Moment) -> Generator[str, None, tuple[Relinked, ...]]:
        """The same; nothing is done as long as a thread asks the memory."""
        return self._in_turn(partial(self._redo_relinks, moment))

    def _redo_relinks(self, moment: Moment) -> tuple[Relinked, ...]:
        self._hear_of(self.taken_back)
        at, last = self._to_give_back()
        if not last:
            return ()
        links, taken = self._taken_back[at]
        cards = {one.target for one in last}
        again = [undo for ends, undo in taken if not cards.isdisjoint(ends) and self.memory.stands(undo.id)]
        self._undo([(str(undo.card), undo.id) for undo in again], moment)
        del self._taken_back[at]
        if left := tuple(one for one in links if one.target not in cards):
            self._taken_back.insert(at, (left, [(ends, undo) for ends, undo in taken if cards.isdisjoint(ends)]))
        self._batches.append(last)
        self._keep_standing()
        return tuple(one for one in last if self.memory.stands(one.event))

    def _in_turn(self, act: Callable[[], tuple[Relinked, ...]]) -> Generator[str, None, tuple[Relinked, ...]]:
        while not self.remembering.acquire(blocking=False):
            yield WAITS
        try:
            return act()
        finally:
            self.remembering.release()

    def _hear_of(self, linked: Sequence[Relinked]) -> None:
        """Take in what other windows have done with some links."""
        if self._news is not None and linked:
            for event in self._news.of([one.target for one in linked]):
                self.memory.apply(event)

    def _undo(self, events: Sequence[tuple[str, str]], moment: Moment) -> list[Event]:
        """Undo some events, each given as its card and its id; what was written is returned."""
        from studytool.memory import Draft

        written = self.store.append_all([Draft("undo", card, {"event": id_}, moment) for card, id_ in events])
        for event in written:
            self.memory.apply(event, is_new=True)
        return written

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


def _notes_of(keys: Iterable[str], library: Library) -> dict[str, str]:
    """The paths of the notes in which cards of a library stand."""
    files, entries = library.files, library.entries
    return {key: files[entries[key]] for key in keys}
