"""Finding what can be done here by plain words: those of its name, and those of the sentence that explains it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from studytool.app.screens.window import Closing
from studytool.app.widgets.rows import is_laid_out

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.style import Style
    from textual.types import IgnoreReturnCallbackType

_BY_SENTENCE = 0.6
"""What a word of the explanation counts for, beside one of the name."""


class Palette(CommandPalette, Closing[None]):
    """Everything that can be done here, to be found by its name."""

    def _action_command_list(self, action: str) -> None:
        """Pages of a list that is not laid out are none."""
        if not action.startswith("page") or is_laid_out(self.query_one(CommandList)):
            super()._action_command_list(action)


class Actions(Provider):
    """The commands of the app on the screen below. One of them is done: a second key or click comes too late."""

    def __init__(self, screen: Screen[Any], match_style: Style | None = None) -> None:
        super().__init__(screen, match_style)
        self._is_done = False

    def _do(self, act: IgnoreReturnCallbackType) -> None:
        if not self._is_done:
            self._is_done = True
            self.app.call_later(act)

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, told, act, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, partial(self._do, act), help=told)

    async def search(self, query: str) -> Hits:
        """Those whose name or explanation holds what was typed."""
        matcher = self.matcher(query)
        for name, told, act, _ in self.app.get_system_commands(self.screen):
            found = matcher.match(name)
            if score := max(found, _BY_SENTENCE * matcher.match(told)):
                shown = matcher.highlight(name) if found else name
                yield Hit(score, shown, partial(self._do, act), help=told)
