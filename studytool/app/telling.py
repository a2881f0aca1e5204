"""What the app says beside its screens: a sentence for as long as it holds and can be read; why a key does nothing."""

from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.screen import ModalScreen
from textual.widgets._toast import Toast, ToastRack

from studytool.app.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.driver import Driver
    from textual.events import Key
    from textual.notifications import Notification, Notify
    from textual.screen import Screen

_READ = 15
"""Characters that are read in a second at least."""
_BREATH = 0.1
"""Seconds within which sentences belong together."""
_BLINK = 0.5
"""Seconds in which nobody has read a sentence."""
_FEW = 2
"""Sentences of one kind that are said one by one."""


def in_short(said: Sequence[str], of: str, command: str) -> list[str]:
    """Sentences as they are, or one with their count `of` what: many would cover what stands below them."""
    return [*said] if len(said) <= _FEW else [f"{len(said)} {of}: `{command}` in a terminal tells of each."]


class Telling(App[None]):
    """An app that says a sentence now and then, and takes back what holds no more."""

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class=driver_class)
        self._told_here: dict[str, Screen[Any]] = {}  # the sentences of what stands on a screen
        self._told_on: dict[str, Screen[Any]] = {}  # those that go when another screen hides this one
        self._standing: dict[str, str] = {}  # the sentences of `warn_while`, by what they are about
        self._beside: dict[str, str] = {}  # the sentences on their way that leave others there, but for one
        self._key = ""  # the one that was pressed last
        self._asked: tuple[object, str, str] | None = None  # what `ask` was called with, and the key that did it
        self._idle_key = ""  # the one of which the last line says why it does nothing
        self.at_end: list[str] = []
        """What is printed when the app has ended."""

    def print_at_end(self, text: str) -> None:
        """Have a text printed, once, when the app has ended: it is too long to be said, or must not be lost."""
        if text not in self.at_end:
            self.at_end.append(text)

    def warn(self, message: str, here: Screen[Any] | None = None) -> None:
        """Show a sentence below the top line for a while; foreign text in it is shown as it is.

        It goes when another screen than the one on top takes that one's place. One that is said of what stands `here`,
        on a screen, goes when a window comes, too, or with `hush`.
        """
        self.warn_everywhere(message)
        if here is not None:
            self._told_here[message] = here
        elif self.screen_stack:
            self._told_on[message] = self.screen

    def warn_everywhere(self, message: str) -> None:
        """Show a sentence that concerns all screens."""
        self._told_here.pop(message, None)
        self._told_on.pop(message, None)
        self.notify(message, severity="warning", markup=False, timeout=max(5, len(message) / _READ))

    def warn_too(self, message: str, instead: str = "") -> None:
        """Show a sentence beside those that can still be read, in the place of that one alone it is `instead` of."""
        self._beside[message] = instead
        self.warn_everywhere(message)

    def ask(self, about: object, message: str, here: Screen[Any] | None = None) -> None:
        """Say what the same key does when it is pressed once more: see `asked`."""
        self.warn(message, here)
        self._asked = about, self._key, message

    def asked(self) -> object:
        """What was asked `about` last, where that can be read still and no other key was pressed since; else None."""
        if self._asked is None:
            return None
        about, _, message = self._asked
        return about if self.says(message) else None

    def pressed(self, key: str) -> None:
        """A key was pressed. To another one than asked it is no answer: the question goes.

        So does what was said of a key that did nothing.
        """
        self._key = key
        if self._asked and key != self._asked[1]:
            self.unask()
        if self._idle_key and key != self._idle_key:
            self._idle_key = ""
            self._say_at_foot("")

    async def on_key(self, event: Key) -> None:
        """A key that came up to here: do what it is bound to, as Textual would; where that is nothing, say why."""
        event.prevent_default()
        if not await self._check_bindings(event.key):
            self._idle_key = event.key
            self._say_at_foot(self.why_nothing(event))

    def why_nothing(self, event: Key) -> str:
        """A few words about a key that does nothing."""
        return ""

    def refuse(self, told: str) -> None:
        """Say in the last line why the key that was pressed does nothing; without such a line, as a sentence."""
        self._idle_key = self._key
        if not self._say_at_foot(told):
            self.warn(told, self.screen)

    def _say_at_foot(self, told: str) -> bool:
        """Have the last line say a few words in place of its keys, for a while; whether there is such a line."""
        screens = (screen for screen in reversed(self.screen_stack) if screen.query_children(KeyBar))
        bar = next((screen.query_children(KeyBar).first() for screen in screens), None)
        if bar is not None:
            bar.say(told)
        return bar is not None and bar.display

    def unask(self) -> None:
        """What was asked holds no more."""
        if self._asked:
            message, self._asked = self._asked[2], None
            self._take_away([each for each in self._notifications if each.message == message])

    def says(self, message: str) -> bool:
        """Whether a sentence that was shown can still be read."""
        return any(each.message == message for each in self._notifications)

    def hush(self, stays: Screen[Any] | None = None) -> None:
        """Take away what was said of a question that is no longer there; with `stays` what that screen said stays."""
        gone = {message for message, here in self._told_here.items() if here is not stays}
        self._told_here = {message: here for message, here in self._told_here.items() if message not in gone}
        self._take_away([each for each in self._notifications if each.message in gone])

    def leave_behind(self, top: Screen[Any]) -> None:
        """Take away what was said on a screen that this one hides; what was said just now comes along to be read."""
        if isinstance(top, ModalScreen):
            return
        old, gone = time() - _BLINK, []
        told_on, self._told_on = self._told_on, {}
        for each in self._notifications:
            on = told_on.get(each.message)
            if on is not None and on is not top and each.raised_at < old:
                gone.append(each)
            elif on is not None:
                self._told_on[each.message] = top
        self._take_away(gone)

    def say_on_top(self, top: Screen[Any]) -> None:
        """Show what can be read on this screen alone: below a window the same would be read a second time."""
        for screen in self.screen_stack:
            for rack in screen.query_children(ToastRack) if screen is not top else ():
                rack.display = False  # until its screen is on top again, which shows what can be read then

    def on_notify(self, event: Notify) -> None:
        """A sentence takes the place of those before it, on every screen; not of those said in the same breath."""
        new, before = event.notification, [*self._notifications]
        if (instead := self._beside.pop(new.message, None)) is not None:
            gone = [each for each in before if each.message in (new.message, instead)]
        else:
            old = new.raised_at - _BREATH
            gone = [each for each in before if each.message == new.message or each.raised_at < old]
        if gone and gone[-1] is before[-1] and gone[-1].severity == new.severity:  # what stays stands above it
            self._write_over(gone.pop(), new)
        self._take_away(gone)

    def _write_over(self, old: Notification, new: Notification) -> None:
        """Show a sentence where another stands: were that taken away first, all below it would move twice."""
        new.identity = old.identity
        place = ToastRack._toast_id(old)
        for screen in self.screen_stack:
            for toast in screen.query(Toast):
                if toast.parent is not None and toast.parent.id == place:
                    for timer in list(toast._timers):
                        timer.stop()
                    toast._notification = new
                    toast.set_timer(new.time_left, toast._expire)
                    toast.refresh(layout=True)

    def warn_while(self, about: str, message: str) -> None:
        """Say something that stays, whatever screen comes, but not longer than it is so: until `no_more` about it."""
        self._standing[about] = message
        self.warn_everywhere(message)

    def no_more(self, about: str) -> None:
        """What was said about this holds no more."""
        if message := self._standing.pop(about, ""):
            self._take_away([each for each in self._notifications if each.message == message])

    def warn_not_saved(self, message: str) -> None:
        """Say that something could not be written."""
        self.warn_while("saving", message)

    def saved(self) -> None:
        """Something was written: what was said of that before holds no more."""
        self.no_more("saving")

    def _take_away(self, gone: Sequence[Notification]) -> None:
        for each in gone:
            self._unnotify(each, refresh=False)
        places = {ToastRack._toast_id(each) for each in gone}
        for screen in self.screen_stack if places else ():
            for rack in screen.query_children(ToastRack):
                rack.remove_children([child for child in rack.children if child.id in places])
