"""Screens on which one types: a key is heard once the one before it has had its effect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets._toast import ToastRack

from studytool.app.queues import passed
from studytool.app.widgets.ends import Matter

if TYPE_CHECKING:
    from textual.events import Key


class Ordered(Screen[ScreenResultType]):
    """Hears keys in their order, however quickly they come."""

    async def caught_up(self) -> None:
        """What was pressed before is typed, and what it led to is there."""
        around = [node for node in (self._innermost or self).ancestors_with_self if isinstance(node, Widget)]
        await passed([*around, *around, self])  # first the key comes up to the screen, then the answer that it gives

    @property
    def _innermost(self) -> Widget | None:
        """What hears a key first."""
        return self.focused

    async def on_key(self, event: Key) -> None:
        """Do what a key is bound to before those after it are heard: the app would do it when it has heard them all."""
        bound = self.app.screen.active_bindings.get(event.key)
        if bound and bound.enabled and await self.app.run_action(bound.binding.action, bound.node):
            event.stop()


class KeysInTurn(Ordered[None]):
    """A screen of that kind that asks; what is said stands below the matter that is asked."""

    def _extend_compose(self, widgets: list[Widget]) -> None:
        super()._extend_compose(widgets)
        matter = next(part for part in widgets if isinstance(part, Matter))
        for rack in [part for part in widgets if isinstance(part, ToastRack)]:
            widgets.remove(rack)
            widgets.insert(widgets.index(matter) + 1, rack)
