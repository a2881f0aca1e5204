"""The editions of the notes that follow the first: more of them read, or some edited, taken up while one types."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from studytool.app.left_out import LeftOut
from studytool.app.listeners import edited
from studytool.app.pieces import Pieces, in_a_thread
from studytool.app.sum_of_edits import SumOfEdits
from studytool.app.timers import once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.timer import Timer

    from studytool.app.opening import Opening
    from studytool.app.ways import Ways
    from studytool.desk import Desk, Edit
    from studytool.notes.model import Library


_REST = 0.8
"""Seconds without another edition after which what has changed by all of those before it is told."""


class Editions:
    """Has the desk of an app go over to each, and tells what changed by it, and what is missing."""

    def __init__(self, app: Ways) -> None:
        self._app = app
        self._opening: Opening | None = None
        self._coming: tuple[Library, bool, bool] | None = None  # the next one, as it was told
        self._adopting: Pieces | None = None
        self._left_out = LeftOut()
        self._sum = SumOfEdits()
        self._said = ""  # of what has changed, the last time
        self._resting: Timer | None = None  # until what has changed is told

    @property
    def is_at_work(self) -> bool:
        """Whether the desk is going over to another one."""
        return self._adopting is not None and self._adopting.is_at_work

    def follow(self, opening: Opening) -> None:
        """Take up whatever this one reads from now on."""
        self._opening = opening
        opening.follow(partial(self._passed_on, opening))

    def forget(self) -> None:
        """Another desk takes the place of the one that this was for."""
        if self._adopting:
            self._adopting.stop()
        if self._resting:
            self._resting.stop()
        self._opening = self._coming = self._resting = None
        self._left_out, self._sum, self._said = LeftOut(), SumOfEdits(), ""

    def unread(self, desk: Desk) -> list[str]:
        """A sentence about the files that cannot be read, where all of the notes are there and it is news."""
        return self._left_out.files(desk.library) if desk.complete else []

    def missing(self, opening: Opening) -> str:
        """What is to be said of edits, and of folders that have gone or are there again; empty where nothing is new."""
        return " ".join(filter(None, [self._left_out.edits(opening), self._left_out.folders(opening)]))

    def _passed_on(self, opening: Opening, library: Library, complete: bool, just_made: bool) -> None:
        """From the thread that reads to the thread that paints."""
        self._app.call_later(self._renew, opening, library, complete, just_made)

    def _renew(self, opening: Opening, library: Library, complete: bool, just_made: bool) -> None:
        if opening is not self._opening or library is self._app.desk.library:
            return
        if self._coming is not None:  # what was read before that edit comes with it
            just_made = just_made and self._coming[2]
        self._coming = library, complete, just_made
        if not self.is_at_work:
            self._adopting = Pieces(self._app.screen_stack[0], self._adopted())

    def _adopted(self) -> Iterator[str | None]:
        """Go over to what was read last, and to what was read meanwhile."""
        desk = self._app.desk
        while self._coming is not None:
            (library, complete, just_made), self._coming = self._coming, None
            was_complete = desk.complete
            edit = yield from desk.adopting(library, complete=complete, just_made=just_made, aside=in_a_thread)
            self._tell(edit, was_complete=was_complete)

    def _tell(self, edit: Edit, *, was_complete: bool) -> None:
        desk = self._app.desk
        edited(self._app.screen_stack, edit)
        if not was_complete:
            self._app.call_after_refresh(gc.freeze)  # what has been read and drawn lives on
        if desk.complete and was_complete:
            self._sum.add(edit)
            if self._resting is None and edit.takes_none and not self._more:
                self._say()
            self._wait_for_rest()
            return
        said = self.unread(desk)
        if edit.renamed:
            from studytool.desk.returning import told

            said.append(told(len(edit.renamed)))
        if said:
            self._app.warn_everywhere(" ".join(said))

    def _wait_for_rest(self) -> None:
        if self._resting:
            self._resting.stop()
        self._resting = once(self._app.screen_stack[0], _REST, self._rest)

    @property
    def _more(self) -> bool:
        """Whether more is on its way."""
        return self._coming is not None or bool(self._opening and self._opening.step)

    def _rest(self) -> None:
        """Nothing has come for a while: tell what all has changed, unless that was said or there is more to come."""
        if self.is_at_work or self._more:
            self._wait_for_rest()
            return
        self._resting = None
        if self._sum.untold:
            self._say()
        self._sum = SumOfEdits()

    def _say(self) -> None:
        desk = self._app.desk
        if said := " ".join([*self._sum.sentences(desk), *self.unread(desk)]):
            self._app.warn_too(said, instead=self._said)  # that the card in hand has gone may just have been told
            self._said = said
