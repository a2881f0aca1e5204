"""Where a demo is seen: its picture and its code beside each other, now or at an earlier step, with a pinned run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.containers import Horizontal

from studytool.app.demo_picture import in_words, look_of
from studytool.app.reel import Frame, Pin, Reel
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.source import SourceView

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.app import ComposeResult


class Stage(Horizontal):
    """Keeps the frames of a run and shows one of them."""

    def __init__(self, path: Path) -> None:
        super().__init__(id="stage")
        self._path = path
        self.frame: Frame | None = None
        """The frame that is shown."""
        self._broken: int | None = None  # the line of the file at which an error came, as long as that is shown
        self.reel = Reel()
        self.pin = Pin()
        self.in_words = False
        """Whether the picture is told in words."""

    def compose(self) -> ComposeResult:
        """The picture, and the code where it is asked for."""
        yield PictureView(id="picture")
        yield SourceView(self._path)

    def take(self, frame: Frame) -> bool:
        """Keep a new frame; whether it is the first of another run."""
        newest = self.reel.newest
        self.reel.add(frame)
        self.pin.follow(frame)
        return newest is None or newest["run"] != frame["run"]

    def show(self, frame: Frame) -> None:
        """Show this frame."""
        self.frame, self._broken = frame, None
        self._paint()
        self.stand()

    def clear(self) -> None:
        """Forget the run; a pinned one stays."""
        self.frame = self._broken = None
        self.reel = Reel()
        self.pin.leave()

    def toggle_pin(self) -> None:
        """Pin the run, or let go of the one that is pinned."""
        self.pin.put(None if self.pin else self.reel.newest)
        self._paint()

    def toggle_words(self) -> None:
        """Tell the picture in words, or draw it again."""
        self.in_words = not self.in_words
        self._paint()

    def broke(self, calls: Sequence[tuple[str, int]]) -> None:
        """An error came by these calls, each a file and a line, the innermost last: the last one of our file counts."""
        path = os.path.realpath(self._path)
        self._broken = next((line for file, line in reversed(calls) if os.path.realpath(file) == path), None)
        self.stand()

    def stand(self) -> None:
        """Mark the line at which an error came, else that at which the loop stood."""
        line = (self.frame or {}).get("line") if self._broken is None else self._broken
        self.query_one(SourceView).stand(line, broken=self._broken is not None)

    def scroll_text(self, direction: int) -> None:
        """Scroll the code, or the picture in words, by a page."""
        source = self.query_one(SourceView)
        if self.in_words and not source.display:
            self.query_one(PictureView).page(direction)
            return
        source.scroll_relative(y=direction * max(source.size.height - 2, 1), animate=False)

    def _paint(self) -> None:
        if self.frame is None:
            return
        from studytool.draw import with_ghost

        panels, ghost = self.frame["panels"], self.pin.behind(self.frame)
        if self.in_words:
            panels = in_words(panels)
        elif ghost:
            panels = with_ghost(panels, ghost["panels"])
        self.query_one(PictureView).show(panels, look_of(self.app), words=self.in_words)
