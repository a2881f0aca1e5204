"""Cards that are searched for while one types, and sorted: the query, and what it has found last."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytool.app.finder import Asked, Finder, Found
from studytool.app.timers import once, paint
from studytool.app.widgets.card_table import NAMES, TableHead
from studytool.errors import StudytoolError
from studytool.search import describe, parse
from studytool.search.query import And
from studytool.text import one_line

if TYPE_CHECKING:
    from textual.timer import Timer

    from studytool.app.app import StudyApp
    from studytool.memory import Moment
    from studytool.notes.model import Library

_TYPING = 0.03
"""Seconds without another letter after which a search begins; at once where none came for twice as long before."""
_PAUSE = 0.4
"""Seconds after which is said what is wrong with a query: while one types it nearly always is."""


class FindsCards(Screen[None]):
    """A screen with a `SearchBox` named `query`, which shows what is found and tells of it in a line named `found`."""

    app: StudyApp

    def __init__(self) -> None:
        super().__init__()
        self._column, self._reverse = "", False
        self._asked: Asked | None = None
        self._found: Found | None = None
        self._finder: Finder | None = None
        self._typing: Timer | None = None
        self._typed = 0.0
        self._of: Library | None = None  # what was searched last

    @abstractmethod
    def show_found(self, found: Found, before: Found | None) -> None:
        """Show what was found, which is `_found` by now, in place of what was found before."""

    @abstractmethod
    def tell(self) -> None:
        """Say what was found, or what is being done."""

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another letter: search when no other follows at once."""
        event.stop()
        if self._typing:
            self._typing.stop()
        before, self._typed = self._typed, monotonic()
        if self._typed - before > 2 * _TYPING:
            paint(self)  # the letter: for the most part of a search no other thread gets the interpreter
            self._ask()
        else:
            self._typing = once(self, _TYPING, self._ask)

    def _ask(self) -> None:
        self._of = self.app.desk.library
        try:
            query = parse(self.query_one(Input).value)
        except StudytoolError as error:
            self._asked = None
            told = Content.styled(one_line(str(error)), "$warning")
            self._typing = once(self, _PAUSE, partial(self.say, told, whole=True))
            return
        self._asked = Asked(query, self._column, self._reverse)
        if query == And() and not self._column and (everything := self.app.desk.library.order):
            self.workers.cancel_group(self, "find")
            self._show(Found(self._asked, everything))
            return
        self._finder = self._finder or Finder(self.app.desk)  # not in the thread: two may begin at once
        find = partial(self._find, self._finder, self._asked, self.app.now())
        self.run_worker(find, thread=True, exclusive=True, group="find")
        self._typing = once(self, _PAUSE, self.tell)

    def _find(self, finder: Finder, asked: Asked, moment: Moment) -> None:
        worker = get_current_worker()
        try:
            found = finder.find(asked, moment, lambda: worker.is_cancelled)
        except StudytoolError as error:
            self.app.call_later(self.app.warn, str(error))
            return
        if found is not None:
            self.call_later(self._show, found)

    def _show(self, found: Found) -> None:
        """Show what was found, if it is still what is asked for."""
        if found.asked is not self._asked or not self.is_attached:
            return
        before, self._found = self._found, found
        self.show_found(found, before)
        if before is None or bool(before.keys) != bool(found.keys):
            self.refresh_bindings()
        if before is not None:
            paint(self)

    def meaning(self, beside: str) -> Content | None:
        """How many were found, what that means, and what is said beside it; None where nothing can be searched for."""
        found, asked = self._found, self._asked
        if asked is None:
            return None
        if found is None or found.asked is not asked:
            return Content.styled("Searching …", "$foreground-muted")
        if not found.keys:
            none = one_line(" ".join(found.advice)) or "No card is found."
            return Content.styled(f"{none}{beside}", "$warning")
        number, total = len(found.keys), len(self.app.desk.library.entries)
        of_all = f" of {total:,}" if number != total else ""
        meaning = one_line(describe(asked.query))
        order = f", by {self._column}{' downwards' if self._reverse else ''}" if self._column else ""
        return Content.assemble((f"{number:,}{of_all}", "bold"), (f" {meaning}{order}{beside}", "$foreground-muted"))

    def say(self, told: Content, *, whole: bool = False) -> None:
        """Put words into the line that tells; if the `whole` of them matters they have as many lines as they need."""
        line = self.query_one("#found", Static)
        line.set_class(whole, "-whole")
        line.update(told, layout=whole)

    def action_search(self) -> None:
        """Type a query."""
        self.query_one(Input).focus()

    def action_sort(self) -> None:
        """By the next column; after the last one in study order."""
        self.action_sort_by((("", *NAMES).index(self._column) + 1) % (len(NAMES) + 1))

    def action_sort_by(self, number: int) -> None:
        """By a column, counted from 1; once more turns it round."""
        name = ("", *NAMES)[number]
        self._reverse = bool(name) and name == self._column and not self._reverse
        self._column = name
        self._ask()

    def action_turn(self) -> None:
        """The other way round."""
        if self._column:
            self._reverse = not self._reverse
            self._ask()

    def on_table_head_chosen(self, event: TableHead.Chosen) -> None:
        """A click on the name of a column."""
        self.action_sort_by(NAMES.index(event.column) + 1)
