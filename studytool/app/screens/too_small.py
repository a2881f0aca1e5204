"""What stands there instead of everything else where the terminal is too small for any of it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.widgets import Static

from studytool.app.frame import COLUMNS, ROWS

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.frame import Frame


class TooSmallScreen(Screen[None]):
    """How large the terminal has to be. No key does anything to what it covers."""

    app: Frame
    HAS_ITS_STYLES = True  # there is one part alone, in the colours of every screen

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(id="too-small")

    def on_resize(self) -> None:
        """As much of it as there is room for."""
        width, height = self.app.size
        told = (
            f"studytool needs {COLUMNS} columns and {ROWS} rows; this terminal has {width} and {height}.",
            f"needs {COLUMNS} columns, {ROWS} rows",
            f"{COLUMNS}×{ROWS}",
        )
        fits = [one for one in told if len(wrap(one, width)) <= height]
        self.query_one("#too-small", Static).update(fits[0] if fits else told[-1])
