"""Finding what can be done here by plain words: those of its name, and those of the sentence that explains it."""

from __future__ import annotations

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from studytool.app.screens.once import LeftOnce

_BY_SENTENCE = 0.6
"""What a word of the explanation counts for, beside one of the name."""


class Palette(CommandPalette, LeftOnce[None]):
    """Where it is typed what to do; left once, as every screen."""


class Actions(Provider):
    """The commands of the app on the screen below."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, told, act, is_shown in self.app.get_system_commands(self.screen):
            if is_shown:
                yield DiscoveryHit(name, act, help=told)

    async def search(self, query: str) -> Hits:
        """Those whose name or explanation holds what was typed."""
        matcher = self.matcher(query)
        for name, told, act, _ in self.app.get_system_commands(self.screen):
            found = matcher.match(name)
            if score := max(found, _BY_SENTENCE * matcher.match(told)):
                yield Hit(score, matcher.highlight(name) if found else name, act, help=told)
