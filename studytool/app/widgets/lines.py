"""Rows with a cursor, as many as there may be: only those that are seen are made, each when it is painted."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studytool.text import begun, cells

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events

Piece = tuple[str, str]
"""Text of a row, and the tone it has: one of `TONES`, or nothing."""
TONES = ("muted", "accent", "primary", "success", "warning", "error", "bold", "rule")
_WHEEL = 3


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """`count` rows, of which a subclass makes each in `row`; `Moved` tells that the cursor is on another one."""

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

    @abstractmethod
    def row(self, number: int, width: int) -> list[Piece]:
        """The pieces of a row, at most `width` cells together."""

    def show(self, count: int, cursor: int) -> None:
        """Have so many rows, with the cursor on the one of that number or the nearest."""
        self.count = count
        self.virtual_size = Size(1, count)
        self.cursor = -1
        self.move_to(cursor)
        self.refresh()

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

    def render_line(self, y: int) -> Strip:
        """The strip of the row that is seen in line `y`."""
        number, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        here = number == self.cursor
        look = (here, self.has_focus, self.app.theme)
        ground = self._styles.get(("ground", look))
        if ground is None:
            cursor = [self.get_component_rich_style("lines--cursor", partial=True)] if here else []
            ground = self._styles["ground", look] = sum(cursor, self.rich_style)
        if number >= self.count or width < 1:
            return Strip.blank(max(width, 0), ground)
        segments = [Segment(text, self._style(tone, ground, look)) for text, tone in self.row(number, width)]
        return Strip(segments).adjust_cell_length(width, ground)

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


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis, or filled with blanks."""
    room = width - cells(text)
    if room < 0:
        text = f"{begun(text, width - 1)}…" if width else ""
        room = width - cells(text)
    gap = " " * room
    return gap + text if right else text + gap
