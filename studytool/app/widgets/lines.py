"""Rows with a cursor, as many as there may be: only those that are seen are made, each when it is painted."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from studytool.app.timers import paint_soon
from studytool.app.widgets.bar import Bar
from studytool.text import begun, cells

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.style import Style
    from textual import events
    from textual.geometry import Region
    from textual.scrollbar import ScrollBar

Piece = tuple[str, str]
"""Text of a row, and the tone it has: one of `TONES`, or nothing."""
TONES = ("muted", "accent", "primary", "success", "warning", "error", "bold", "rule")
_WHEEL = 3
_KEPT = 1_000
"""So many rows are kept as they were painted."""


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """`count` rows, of which a subclass makes each in `row`; `Moved` tells that the cursor is on another one.

    A row that says the same as one before is painted by the same strip, wherever it stands now. Of what a style sheet
    may draw around the rows only padding on the left is heeded.
    """

    DEFAULT_CSS = """
    Lines { height: 1fr; overflow-x: hidden; overflow-y: scroll; background: $background; color: $foreground; }
    Lines > .lines--cursor { background: $block-cursor-blurred-background; }
    Lines:focus > .lines--cursor { background: $block-cursor-background; text-style: $block-cursor-text-style; }
    Lines > .lines--muted { color: $footer-description-foreground; }
    Lines > .lines--accent { color: $accent; }
    Lines > .lines--primary { color: $primary; }
    Lines > .lines--success { color: $success; }
    Lines > .lines--warning { color: $warning; }
    Lines > .lines--error { color: $error; }
    Lines > .lines--rule { color: $border; }
    Lines > .lines--bold { text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--cursor", *(f"lines--{tone}" for tone in TONES)}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False, id="lines.down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="lines.up"),
        Binding("pagedown,ctrl+f,ctrl+d", "page(1)", "A page down", show=False, id="lines.a-page-down"),
        Binding("pageup,ctrl+b,ctrl+u", "page(-1)", "A page up", show=False, id="lines.a-page-up"),
        Binding("home,g", "first", "First", show=False, id="lines.first"),
        Binding("end,G", "last", "Last", show=False, id="lines.last"),
    ]

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    class Opened(Message):
        """The row of the cursor was clicked on twice."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.count = 0
        self.cursor = 0
        self._styles: dict[tuple[object, ...], Style] = {}
        self._painted: dict[tuple[object, ...], Strip] = {}

    def notify_style_update(self) -> None:
        """Other styles, as of another theme: what was painted in those before is painted anew."""
        super().notify_style_update()
        self._styles.clear()
        self._painted.clear()

    @abstractmethod
    def row(self, number: int, width: int) -> list[Piece]:
        """The pieces of a row, at most `width` cells together."""

    def show(self, count: int, cursor: int) -> None:
        """Have so many rows, with the cursor on the one of that number or the nearest."""
        self.count = count
        self.set_reactive(Widget.virtual_size, Size(1, count))  # else the whole screen would be laid out anew
        self.vertical_scrollbar.window_virtual_size = count
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
        self.cursor = -1
        self.move_to(cursor)
        self.refresh()

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar beside the rows, made when it is first asked for."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """A layout of the screen that leaves the rows where they are does not paint the bar anew, as Textual has it."""
        if size == self._size and size - self.styles.gutter.totals == self._container_size:
            return False
        return super()._size_updated(size, virtual_size, container_size, layout)

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(self.scrollable_content_region.height, 1)

    def move_to(self, row: int) -> None:
        """Put the cursor on a row, the nearest there is, and bring it into view."""
        row = max(0, min(row, self.count - 1))
        if row != self.cursor:
            before, self.cursor = self.cursor, row
            self._repaint(before)
            self._repaint(row)
            self.post_message(self.Moved(row))
            paint_soon(self.screen)
        self._into_view()

    def on_resize(self) -> None:
        """The row of the cursor stays in view."""
        self._into_view()
        self.refresh()

    def _into_view(self) -> None:
        top, page = self.scroll_offset.y, self.page
        wanted = min(top, self.cursor) if self.cursor < top else max(top, self.cursor - page + 1)
        if wanted != top:
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def _repaint(self, row: int) -> None:
        if 0 <= row - self.scroll_offset.y < self.page:
            self.refresh_line(row - self.scroll_offset.y)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the lines that are seen, in the styles of rows alone: no border is drawn, nothing blended."""
        line = self._drawing()  # what all of them depend on is looked up once: each time costs more than such a line
        strips = [line(y) for y in crop.line_range]
        if crop.column_span != (0, self.outer_size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """The strip of the row that is seen in line `y`, as wide as the rows and their scroll bar."""
        return self._drawing()(y)

    def _drawing(self) -> Callable[[int], Strip]:
        """What draws lines as long as nothing changes."""
        top, width, outer = self.scroll_offset.y, self.scrollable_content_region.width, self.outer_size.width
        cursor, count, has_focus, theme = self.cursor, self.count, self.has_focus, self.app.theme
        left, filters, background = self.gutter.left, tuple(self.get_line_filters()), self.background_colors[1]

        def line(y: int) -> Strip:
            number = y + top
            look = (number == cursor < count, has_focus, theme)
            pieces = self.row(number, width) if number < count and width > 0 else ()
            key = (outer, look, filters, background, *pieces)
            strip = self._painted.get(key)
            if strip is None:
                if len(self._painted) >= _KEPT:
                    self._painted.clear()
                strip = self._paint(pieces, (left, width, outer), look)
                for one in filters:
                    strip = strip.apply_filter(one, background)
                self._painted[key] = strip
            return strip

        return line

    def _paint(self, pieces: Sequence[Piece], sizes: tuple[int, int, int], look: tuple[bool, bool, str]) -> Strip:
        """A row from `sizes`: the cells left of it, its own, and all together with the bar."""
        left, width, outer = sizes
        around = self._styles.get(("", look[2]))
        if around is None:
            around = self._styles["", look[2]] = self.rich_style
        cursor = self._style("cursor", around, look) if look[0] else None
        ground = cursor or around
        segments = [Segment(text, self._style(tone, ground, look)) for text, tone in _joined(pieces)]
        room = max(width, 0) - sum(map(_painted_cells, segments))
        if room > 0:
            segments.append(Segment(" " * room, ground))
        elif room < 0:
            segments = [*Strip(segments).crop(0, max(width, 0))]
        before, after = Segment(" " * left, around), Segment(" " * (outer - left - max(width, 0)), around)
        return Strip([before, *segments, after], max(outer, left + width))

    def _style(self, tone: str, ground: Style, look: tuple[object, ...]) -> Style:
        """The style of a tone on a ground; looked up once for each `look`, for a page has a thousand pieces."""
        found = self._styles.get((tone, look))
        if found is None:
            names = [f"lines--{one}" for one in tone.split()]
            found = ground + self.get_component_rich_style(*names, partial=True) if names else ground
            self._styles[tone, look] = found
        return found

    def refresh_line(self, y: int) -> None:
        """Paint one line of those that are seen anew."""
        from textual.geometry import Region

        self.refresh(Region(0, y, self.size.width, 1))

    def action_move(self, by: int) -> None:
        """The cursor up or down."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """A page up or down: the rows go with the cursor."""
        top = max(0, min(self.scroll_offset.y + by * self.page, self.count - self.page))
        self.scroll_to(y=top, animate=False, immediate=True)
        self.move_to(self.cursor + by * self.page)

    def action_first(self) -> None:
        """To the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last row."""
        self.move_to(self.count - 1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self.scroll_to(y=self.scroll_offset.y + _WHEEL, animate=False, immediate=True)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self.scroll_to(y=self.scroll_offset.y - _WHEEL, animate=False, immediate=True)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row; a second one opens it."""
        row = self.scroll_offset.y + event.y
        if 0 <= row < self.count:
            event.stop()
            self.move_to(row)
            if event.chain == 2:
                self.post_message(self.Opened())


def _painted_cells(segment: Segment) -> int:
    """The cells that Textual takes a text for, which may be others than those it was made to fit."""
    return len(segment.text) if segment.text.isascii() else cell_len(segment.text)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with neighbours of one tone as one; blanks have any: each piece costs the paint and the terminal."""
    texts: list[str] = []
    tone: str | None = None
    for text, wanted in pieces:
        if not text.isspace() and wanted != tone:
            if tone is not None:
                yield "".join(texts), tone
                texts = []
            tone = wanted
        texts.append(text)
    if texts:
        yield "".join(texts), tone or ""


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or filled with blanks."""
    room = width - cells(text)
    if room < 0:
        text = f"{begun(text, width - 1)}…" if width else ""
        room = width - cells(text)
    gap = " " * room
    return gap + text if right else text + gap
