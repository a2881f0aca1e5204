"""A column of pieces of which only those in view are laid out; the heights of the others are guessed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

_T = TypeVar("_T")


class Anchor(NamedTuple):
    """What stands at the top of the view: a piece, and how many of its lines are above it."""

    piece: int
    row: int = 0


class Column(Generic[_T]):
    """`guesses` are the heights of the pieces until they are known; `lay` gives the lines of one.

    A view into it is told by its anchor, so that what is read stays where it is when a guess above it proves wrong.
    """

    def __init__(self, guesses: Sequence[int], lay: Callable[[int], list[_T]]) -> None:
        self._heights = [max(guess, 1) for guess in guesses]
        self._lay = lay
        self._lines: dict[int, list[_T]] = {}
        self._tops: list[int] = []

    @property
    def height(self) -> int:
        """How high all of it is, as far as that is known."""
        return sum(self._heights)

    def lines(self, piece: int) -> list[_T]:
        """The lines of a piece, at least one; laid out when they are first asked for."""
        found = self._lines.get(piece)
        if found is None:
            found = self._lines[piece] = self._lay(piece)
            self._heights[piece] = len(found)
            self._tops = []
        return found

    def forget(self, piece: int) -> None:
        """Lay a piece out anew when it is next seen."""
        self._lines.pop(piece, None)

    def top_of(self, anchor: Anchor) -> int:
        """How many lines are above the view."""
        return self._top(anchor.piece) + anchor.row

    def at(self, y: int) -> Anchor:
        """The piece that holds a line, and which of its lines that is."""
        self._top(0)
        piece = max(bisect_right(self._tops, y) - 1, 0)
        return Anchor(piece, max(y, 0) - self._tops[piece])

    def _top(self, piece: int) -> int:
        if not self._tops:
            self._tops = [0, *accumulate(self._heights[:-1])]
        return self._tops[piece]

    def moved(self, anchor: Anchor, by: int, view: int) -> Anchor:
        """The anchor so many lines further down, or up, in a view of `view` lines; all that is seen there is laid out.

        The end of the column stays at the foot of the view, its beginning at the top.
        """
        piece, row = anchor.piece, anchor.row + by
        while row < 0 and piece > 0:
            piece -= 1
            row += len(self.lines(piece))
        row = max(row, 0)
        while piece < len(self._heights) - 1 and row >= len(self.lines(piece)):
            row -= len(self.lines(piece))
            piece += 1
        row = min(row, len(self.lines(piece)) - 1)
        below, last = len(self.lines(piece)) - row, piece
        while below < view and last < len(self._heights) - 1:
            last += 1
            below += len(self.lines(last))
        if below < view and (piece or row):  # the end has come above the foot of the view
            return self._up(Anchor(piece, row), view - below)
        return Anchor(piece, row)

    def _up(self, anchor: Anchor, by: int) -> Anchor:
        piece, row = anchor.piece, anchor.row - by
        while row < 0 and piece > 0:
            piece -= 1
            row += len(self.lines(piece))
        return Anchor(piece, max(row, 0))

    def end(self, view: int) -> Anchor:
        """The anchor of the last view."""
        last = len(self._heights) - 1
        return self.moved(Anchor(last, len(self.lines(last)) - 1), 0, view)
