"""The demos worth running after a sitting: those of what was not known first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.app.ending import to_look_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.app import StudyApp
    from studytool.app.sitting import Answered
    from studytool.notes.model import DemoLink

_MOST = 3
_LOOKED_AT = 40
"""So many cards are looked at for a demo."""


class Worth:
    """A few demos, in the order of their worth."""

    def __init__(self, app: StudyApp, answered: Sequence[Answered]) -> None:
        """Look for them; the first look reads the demo files."""
        self._app = app
        found: dict[str, DemoLink] = {}
        for card in [*(card for card, _ in to_look_at(answered)), *(one.card for one in answered)][:_LOOKED_AT]:
            if len(found) < _MOST and (link := app.demo_of(card)):
                found.setdefault(link.name, link)
        self.links = tuple(found.values())

    @property
    def titles(self) -> list[str]:
        """What the demos are called."""
        titles = {demo.name: demo.title for demo in self._app.demos()}
        return [titles.get(link.name, link.name) for link in self.links]

    def run(self) -> None:
        """Run the only one, or the one that is chosen."""
        if len(self.links) == 1:
            self._app.run_demo(self.links[0])
            return
        from studytool.app.screens.choose import ChooseScreen

        self._app.push_screen(ChooseScreen("Run", self.titles), self._chosen)

    def _chosen(self, at: int | None) -> None:
        if at is not None:
            self._app.run_demo(self.links[at])
