"""What is done with many cards at once: put aside, brought back, made new, a part at a time; and taken back."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.screen import Screen

from studytool import bulk
from studytool.errors import StudytoolError
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from studytool.app.app import StudyApp
    from studytool.memory import Event

_AT_ONCE = 200
"""Cards that are changed between two looks at the keys."""
_LOOK = 0.02
"""Seconds between two looks whether a search has done with the memory."""


class ChangesCards(Screen[None]):
    """A screen on which some cards are chosen; it says how far a change of many has come, and shows what came of it."""

    app: StudyApp

    def __init__(self) -> None:
        super().__init__()
        self._undo: list[tuple[str, list[Event]]] = []
        self._busy = ""  # what is being done to many cards
        self._stopped = False

    @abstractmethod
    def chosen(self) -> list[str]:
        """The keys of the cards that a change is for."""

    @abstractmethod
    def tell(self) -> None:
        """Say how far it has come."""

    @abstractmethod
    def changed(self) -> None:
        """Show the cards as they are now."""

    def action_suspend(self) -> None:
        """Not until they are resumed."""
        self._put("suspend", "suspended")

    def action_bury(self) -> None:
        """Not today."""
        self._put("bury", "buried until tomorrow")

    def action_resume(self) -> None:
        """Back again."""
        self._put("resume", "back")

    def _put(self, kind: bulk.Kind, done: str) -> None:
        desk, now = self.app.desk, self.app.now()
        keys = bulk.wanting(desk, kind, self.chosen(), now)
        if not keys:
            self.app.warn("No card here is put aside." if kind == "resume" else "No card here is left to put aside.")
            return
        self._change(keys, lambda part: bulk.put(desk, kind, part, now), done)

    def action_forget(self) -> None:
        """Have cards start anew."""
        desk, now = self.app.desk, self.app.now()
        keys = [key for key in self.chosen() if desk.memory.state(key) is not None]
        if not keys:
            self.app.warn("No card here was ever answered.")
            return
        self._change(keys, lambda part: bulk.forget(desk, part, now), "new again")

    def _change(self, keys: Sequence[str], act: Callable[[Sequence[str]], list[Event]], done: str) -> None:
        """Do something with cards, some at a time, so that the keys are heard in between."""
        if not self._busy:
            self._busy, self._stopped = f"0 of {len(keys):,}", False
            self.run_worker(self._changing(keys, act, done), group="change")

    @asynccontextmanager
    async def _remembering(self) -> AsyncIterator[None]:
        """`remembering` of the desk, once no thread holds it; keys are answered until then."""
        lock = self.app.desk.remembering
        while not lock.acquire(blocking=False):
            await asyncio.sleep(_LOOK)
        try:
            yield
        finally:
            lock.release()

    async def _changing(self, keys: Sequence[str], act: Callable[[Sequence[str]], list[Event]], done: str) -> None:
        events: list[Event] = []
        number = 0
        try:
            while number < len(keys) and not self._stopped:
                part = keys[number : number + _AT_ONCE]
                async with self._remembering():
                    events += act(part)
                number += len(part)
                if number < len(keys):
                    self._busy = f"{number:,} of {len(keys):,} {done}"
                    self.tell()
                    await asyncio.sleep(0.001)
        except StudytoolError as error:
            self.app.warn(str(error))
        self._busy = ""
        if number:
            told = f"{counted(number, 'card')} {'is' if number == 1 else 'are'} {done}"
            self._undo.append((told, events))
            rest = f", {len(keys) - number:,} are not" if number < len(keys) else ""
            self.app.warn(f"{told}{rest}. {self.app.key_name('browse.undo', 'u')} takes it back.")
        self.changed()

    def action_undo(self) -> None:
        """Take back what was done last here."""
        if self._undo and not self._busy:
            self._busy, self._stopped = "Taking it back", False
            self.run_worker(self._undoing(), group="change")

    async def _undoing(self) -> None:
        told, events = self._undo[-1]
        desk, now = self.app.desk, self.app.now()
        try:
            while events and not self._stopped:
                async with self._remembering():
                    bulk.take_back(desk, events[-_AT_ONCE:], now)
                del events[-_AT_ONCE:]
                if events:
                    self._busy = f"Taking it back: {len(events):,} left"
                    self.tell()
                    await asyncio.sleep(0.001)
        except StudytoolError as error:
            self.app.warn(str(error))
        self._busy = ""
        if not events:
            self._undo.pop()
            self.app.warn(f"Taken back: “{told}”.")
        self.changed()
