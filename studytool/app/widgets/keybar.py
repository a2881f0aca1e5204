"""The last line of every screen: the keys that do something now, from the bindings themselves.

One widget that paints one line. Textual's Footer mounts two widgets a key and mounts them again whenever a key comes
or goes, which was a third of the time from a grade to the next card.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studytool.app.timers import once

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding
    from textual.screen import Screen
    from textual.timer import Timer

    from studytool.app.frame import Frame

_HELP = ("keys", "app.keys")
# What is always there: the ways out, over marks, in an exam over its list, and the list of all keys, which comes last.
_OUT = ("leave", "unmark", "questions")
_ALWAYS = (*_OUT, *_HELP)
_SAID = 6.0
"""Seconds for which a word about a key takes the place of the keys, unless another key is pressed."""


class KeyBar(Static):
    """Keys and what they do, as many as fit; the ways out and to all keys are always there. A click presses a key.

    It is empty while a window stands above the screen. Why a key does nothing right now is said in their place.
    """

    app: Frame

    def __init__(self) -> None:
        super().__init__(id="keybar")
        self._places: list[tuple[int, int, str]] = []
        self._said = ""
        self._saying: Timer | None = None

    def on_mount(self) -> None:
        """Follow the bindings of the screen."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.app.screen_change_signal.subscribe(self, self._covered)

    def on_unmount(self) -> None:
        """The app, which stays, would hold it until screens change again."""
        self.app.screen_change_signal.unsubscribe(self)

    def on_resize(self) -> None:
        """Fewer or more keys fit."""
        self._draw()

    def say(self, told: str = "") -> None:
        """Show a few words in place of the keys for a while; without words, the keys again."""
        if self._saying:
            self._saying.stop()
        self._said, self._saying = told, once(self, _SAID, self.say) if told else None
        if self.is_attached and (stack := self.app.screen_stack):
            self._draw()
            if stack[-1] is not self.screen:
                stack[-1].refresh()  # a window paints what is below it

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self._draw()

    def _covered(self, top: Screen[object]) -> None:
        """Under a window none of the keys does anything."""
        if self.is_attached and (top is self.screen or isinstance(top, ModalScreen)):
            self._draw()

    def _draw(self) -> None:
        if self._said:
            self._places = []
            width = max(self.size.width, 1)
            self.update(Content.styled(f" {self._said}", "$warning").truncate(width, ellipsis=True), layout=False)
            return
        first: dict[str, Binding] = {}
        unsure = getattr(self.screen, "unsure", ())
        bindings = self.screen.active_bindings if self.app.screen is self.screen else {}
        for active in bindings.values():
            shown = active.binding.show and active.binding.action not in unsure
            if shown and active.enabled and active.binding.description:
                first.setdefault(active.binding.action, active.binding)
        room = (self.size.width or self.app.size.width - 2) - sum(
            self._wide(first[action]) for action in _ALWAYS if action in first
        )
        offered: list[Binding] = []
        for action, binding in first.items():
            fits = action not in _ALWAYS and self._wide(binding) <= room
            if fits:
                room -= self._wide(binding)
            if fits or action in _OUT:
                offered.append(binding)
        helps = [first[action] for action in _HELP if action in first]
        parts: list[Content | tuple[str, str]] = []
        self._places = []
        column = 0
        for binding in [*offered, *helps]:
            key = self.app.get_key_display(binding)
            parts += [(f" {key} ", "$accent bold"), (f"{self._word(binding)} ", "$footer-description-foreground")]
            self._places.append((column, column + self._wide(binding), binding.key))
            column += self._wide(binding)
        self.update(Content.assemble(*parts), layout=False)

    def _wide(self, binding: Binding) -> int:
        return Content(f" {self.app.get_key_display(binding)} {self._word(binding)} ").cell_length

    def _word(self, binding: Binding) -> str:
        """What a key does in a word; the way home is one back where another screen lies below."""
        is_way_home = binding.action == "leave" and binding.description == "Home"
        return "Back" if is_way_home and not self.app.comes_home(self.screen) else binding.description

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked on."""
        for start, end, key in self._places:
            if start <= event.x < end:
                event.stop()
                self.app.simulate_key(key)
                return
