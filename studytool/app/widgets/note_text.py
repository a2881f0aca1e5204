"""A note to be read, of any length: only what is in view is laid out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from studytool.app.note.column import Anchor, Column
from studytool.app.note.layout import laid_out
from studytool.app.prose.lines import content
from studytool.app.widgets.scroll import LongText

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from studytool.app.app import StudyApp
    from studytool.app.note.pieces import Piece
    from studytool.app.prose.page import Pictures

WIDEST = 96
"""Cells of a line that is still read with ease."""
_WHEEL = 3
_ABOVE = 2
"""Lines that are seen above the place that one came for."""


class NoteText(ScrollView, can_focus=True, inherit_bindings=False):
    """The pieces of a note, one below the other, in the middle where there is room to spare."""

    DEFAULT_CSS = """
    NoteText { height: 1fr; overflow-x: hidden; overflow-y: scroll; background: $background; color: $foreground; }
    """
    BINDINGS: ClassVar[list[BindingType]] = LongText.BINDINGS

    app: StudyApp

    def __init__(self) -> None:
        super().__init__(id="note")
        self._file = ""
        self._pieces: Sequence[Piece] = ()
        self._source = False
        self._column: Column[Strip] = Column([], lambda _: [])
        self._anchor = Anchor(0)
        self._look: tuple[int, str] = (0, "")

    def show(self, pieces: Sequence[Piece], file: str, line: int | None = None) -> None:
        """Show the pieces of another file, the one of this line near the top; without a line where one was."""
        self._file = file
        before = self._pieces[self._anchor.piece].line if self._pieces and line is None else None
        row = self._anchor.row if before else -_ABOVE
        self._pieces = pieces
        wanted = line or before or 1
        piece = next((at for at, one in enumerate(pieces) if one.end_line >= wanted), max(len(pieces) - 1, 0))
        self._anchor = Anchor(piece, row)
        self._anew()

    def turn_source(self) -> None:
        """Show the formulas as they are written, or drawn again."""
        self._source = not self._source
        self._anew()

    def in_view(self) -> Sequence[Piece]:
        """The pieces that are seen, from the top."""
        end = self._column.at(self._column.top_of(self._anchor) + self._view - 1).piece
        return self._pieces[self._anchor.piece : end + 1]

    @property
    def _view(self) -> int:
        return max(self.scrollable_content_region.height, 1)

    @property
    def _width(self) -> int:
        return min(max(self.scrollable_content_region.width - 4, 4), WIDEST)

    def _anew(self) -> None:
        """Lay out from the beginning what is seen: other pieces, another width, other colours."""
        if not self.scrollable_content_region.width:
            return  # the size comes later, and with it the layout
        width = self._width
        self._look = (width, self.app.theme)
        guesses = [max(2, sum(len(line) // width + 1 for line in one.text.split("\n")[:99])) for one in self._pieces]
        self._column = Column(guesses, self._strips)
        self._go(self._anchor, 0)

    def _strips(self, piece: int) -> list[Strip]:
        own = self._pieces[piece]
        draws = self._pictures(piece) if "![" in own.text or "![" in own.answer else None
        lines = laid_out(own, self._width, source=self._source, pictures=draws)
        return Visual.to_strips(self, content(lines), self._width, None, self.visual_style, pad=True)

    def _pictures(self, piece: int) -> Pictures | None:
        return self.app.pictures_of(self._file, partial(self._there, piece, self._column))

    def _there(self, piece: int, column: Column[Strip]) -> None:
        """A picture has come: its piece is laid out anew, and what is read stays where it is."""
        if self.is_attached and column is self._column:
            column.forget(piece)
            self._go(self._anchor, 0)

    def _go(self, anchor: Anchor, by: int) -> None:
        """Look from an anchor, and so many lines further."""
        if not self._pieces:
            return
        self._anchor = self._column.moved(anchor, by, self._view)
        self._hold()

    def _hold(self) -> None:
        """Tell the scrollbar where the view is."""
        self.virtual_size = Size(1, self._column.height)
        self.scroll_to(y=self._column.top_of(self._anchor), animate=False, immediate=True, force=True)
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The scrollbar was dragged: look from there."""
        super().watch_scroll_y(old_value, new_value)
        if self._pieces and round(new_value) != self._column.top_of(self._anchor):
            self._anchor = self._column.moved(self._column.at(round(new_value)), 0, self._view)
            self.virtual_size = Size(1, self._column.height)
            self.refresh()

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere; what was at the top stays there."""
        if self._look[0] != self._width:
            self._anchor = Anchor(self._anchor.piece, min(self._anchor.row, 0))
            self._anew()
        else:
            self._go(self._anchor, 0)

    def render_line(self, y: int) -> Strip:
        """One line of what is in view."""
        width, ground = self.scrollable_content_region.width, self.rich_style
        if self._look != (self._width, self.app.theme):
            self._anew()  # another theme: strips have their colours in them
        top = self._column.top_of(self._anchor)
        if not self._pieces or top + y >= self._column.height:
            return Strip.blank(max(width, 0), ground)
        piece, row = self._column.at(top + y)
        lines = self._column.lines(piece)
        if row >= len(lines):
            return Strip.blank(width, ground)
        left = (width - self._width) // 2
        return Strip.join([Strip.blank(left, ground), lines[row]]).adjust_cell_length(width, ground)

    def action_by(self, lines: int) -> None:
        """So many lines on, or back."""
        self._go(self._anchor, lines)

    def action_page(self, pages: float) -> None:
        """So many pages on, or back."""
        self._go(self._anchor, round(pages * self._view))

    def action_top(self) -> None:
        """To the beginning."""
        self._go(Anchor(0), 0)

    def action_bottom(self) -> None:
        """To the end."""
        if self._pieces:
            self._anchor = self._column.end(self._view)
            self._hold()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self._go(self._anchor, _WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self._go(self._anchor, -_WHEEL)
