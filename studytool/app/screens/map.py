"""Map: the topics as they follow from each other, with how well each is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.front import Front
from studytool.app.home.tree import LEGEND, sign
from studytool.app.pieces import Pieces
from studytool.app.room import make_room
from studytool.app.screens.file_keys import FILE, NoteBehind
from studytool.app.topic_map import Place, topic_map
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.lines import Lines, Piece, fitted
from studytool.app.widgets.topbar import TopBar
from studytool.text import cells, counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.desk import Edit
    from studytool.memory import Overview

_STRIP = 60
"""Where a row has fewer cells, it tells what is due and the recall, and no more."""
_NARROW = 36
"""Where it has fewer, the names have it all: how well each is known stands before it."""
_LEAST = 8
"""Cells of a name that are left whatever leads to it."""
_STEP = 2
"""Cells of the last step of what leads to a name."""
_LISTEN = 3.0
_MOST_LINKS = 8
"""Links of a note that are named."""


class Right(NamedTuple):
    """What stands in the right half of a row besides what is due and the recall."""

    has_new: bool
    bar: int
    """Cells of a bar of the recall, which how much was seen goes with; 0 where there is neither."""
    is_none: bool = False
    """Whether nothing stands there at all."""


_CHOICE = (Right(True, 10), Right(True, 4), Right(True, 0), Right(False, 0))
"""From the most to the least: names come before it."""
_FEW = _CHOICE[2]
"""Where some name is cut whatever is left out."""


class MapRows(Lines):
    """The places of the map, a row each."""

    def __init__(self) -> None:
        super().__init__(id="map-rows")
        self.places: Sequence[Place] = ()
        self._wanted = 0.9  # the recall that cards are scheduled for
        self._widest = 0  # of the names with the lines before them

    def take(self, places: Sequence[Place], cursor: int, wanted: float) -> None:
        """Show other places, their recall beside the one that is `wanted`."""
        self.places, self._wanted = places, wanted
        self._widest = max((cells(place.lines) + cells(_name(place)) + 4 for place in places), default=0)
        self.show(len(places), cursor)

    def right(self, width: int) -> Right:
        """The right half of rows of this width: as much of it as leaves the names whole; little on a strip."""
        if width < _STRIP:
            return _CHOICE[-1] if width >= _NARROW else Right(False, 0, is_none=True)
        return next((each for each in _CHOICE if self._widest + cells(head(each)) <= width), _FEW)

    def row(self, number: int, width: int) -> list[Piece]:
        """Lines, name, what is to do, how much was seen, and recall as a bar, a number and a colour."""
        place = self.places[number]
        mark, tone = _sign(place, self._wanted)
        figures = figures_of(place, self.right(width), tone)
        room = width - sum(cells(text) for text, _ in figures) - 4
        fitting = max(room - _LEAST, 1) if width >= _NARROW else _STEP
        lines = place.lines[-fitting:]  # where they are too many, the last of them
        room = max(room - cells(lines), 1)
        name = fitted(_name(place), room)
        return [(f" {lines}", "rule"), (f"{mark} ", tone), (name, "bold" if place.folder else ""), *figures]


def _name(place: Place) -> str:
    return one_line(place.title) + "/" * bool(place.folder)


def _sign(place: Place, wanted: float) -> tuple[str, str]:
    """The sign and the tone of a place: those that its recall has at home."""
    mark, style = sign(place.recall, wanted)
    return mark, style.removeprefix("$").removeprefix("foreground-")


def figures_of(place: Place, right: Right, tone: str) -> list[Piece]:
    """The right half of a row, the recall in its `tone`; `head` stands over it."""
    if right.is_none:
        return []
    found: list[Piece] = [(f"{place.due or '·':>6}", "accent bold" if place.due else "muted")]
    if right.has_new:
        found.append((f"{place.new or '·':>6}", "primary" if place.new else "muted"))
    if right.bar:
        filled = round(right.bar * place.recall) if place.recall is not None else 0
        found.append((f"{f'{place.seen}/{place.total}':>10}  ", "muted"))
        found += [("━" * filled, tone), ("─" * (right.bar - filled), "rule")]
    recall = f"{place.recall:>7.0%} " if place.recall is not None else f"{'–':>7} "
    return [*found, (recall, tone)]


def head(right: Right) -> str:
    """What stands over the right half of the rows, as wide as that."""
    if right.is_none:
        return ""
    new = f"{'new':>6}" if right.has_new else ""
    if not right.bar:
        return f"{'due':>6}{new}{'recall':>7} "
    return f"{'due':>6}{new}{'seen':>10}  {'recall':<{right.bar + 8}}"


class MapScreen(NoteBehind, Screen[None]):
    """The topics, each below the one it comes after; enter studies the one under the cursor."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "study",
            "Study",
            tooltip="Study the topic under the cursor, of a folder all of them",
            id="map.study",
        ),
        Binding(
            "slash,b",
            "browse",
            "Browse",
            key_display="/",
            tooltip="The cards of this topic in a table",
            id="map.browse",
        ),
        Binding("q", "quiz", "Quiz", tooltip="Ten questions from it", id="map.quiz"),
        *FILE,
        Binding("escape", "leave", "Home", tooltip="Back to where you came from", id="map.home"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._compositor = Front()
        self._counting: Pieces | None = None
        self._seen: Overview | None = None

    def compose(self) -> ComposeResult:
        """The tree, and beside it, where there is room, how the topic under the cursor hangs together with others."""
        make_room(self)
        yield TopBar()
        yield Static(id="headline")
        with Horizontal(id="map"):
            with Vertical(id="map-side"):
                yield Static(id="table-head")
                yield MapRows()
            with VerticalScroll(id="map-about", can_focus=False):
                yield Static(id="map-told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Look now and then whether it is as it was: another window writes, learning steps end."""
        self.query_one(MapRows).focus()
        self.set_interval(_LISTEN, self._listen)

    def on_resize(self) -> None:
        """The head is as wide as the rows."""
        make_room(self)
        self.call_after_refresh(self._head)

    def on_screen_resume(self) -> None:
        """Draw the map, at first and when one is back from a sitting."""
        self.app.hear()
        self._draw(self.query_one(MapRows).cursor)

    def renew(self, edit: Edit) -> None:
        """The notes were read anew."""
        self._draw(self.query_one(MapRows).cursor)

    def _listen(self) -> None:
        if self.is_active and (self.app.hear() or (self._seen and self._seen.is_past(self.app.now()))):
            self._draw(self.query_one(MapRows).cursor)

    def _draw(self, cursor: int) -> None:
        if self._counting:
            self._counting.stop()
        self._counting = Pieces(self, self._counted(cursor))

    def _counted(self, cursor: int) -> Iterator[None]:
        desk, rows = self.app.desk, self.query_one(MapRows)
        self._seen = seen = yield from desk.counting(self.app.now())
        rows.take(topic_map(desk.library, seen.topics), cursor, desk.request.settings.desired_retention)
        topics = counted(len(seen.topics), "topic")
        self.query_one(TopBar).show(f"Map · {self.app.opening.request.title}", topics)
        self.query_one("#headline", Static).update(Content.styled(LEGEND, "$foreground-muted"))
        self._head()
        self._tell()

    def _head(self) -> None:
        if not self.app.holds(self):
            return
        rows = self.query_one(MapRows)
        width = rows.scrollable_content_region.width or self.size.width - 3
        figures = head(rows.right(width))
        told = f"{' topic':<{max(width - len(figures) - 1, 0)}}{figures}"
        self.query_one("#table-head", Static).update(Content.styled(told, "$foreground-muted"))

    @property
    def _place(self) -> Place | None:
        rows = self.query_one(MapRows)
        return rows.places[rows.cursor] if 0 <= rows.cursor < len(rows.places) else None

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Tell of the topic under the cursor."""
        event.stop()
        self.call_after_refresh(self._tell)
        self.refresh_bindings()

    def on_lines_opened(self, event: Lines.Opened) -> None:
        """Two clicks on a row."""
        event.stop()
        self.action_study()

    def _tell(self) -> None:
        """Beside the map: what comes before the topic and after it, and what its note links to."""
        if not self.app.holds(self):
            return
        place = self._place
        if place is None:
            self.query_one("#map-told", Static).update("There is no topic with cards.")
            return
        lines = [Content.styled(one_line(place.name), "bold")]
        count = f"{counted(place.total, 'card')}, {place.seen} seen"
        recall = f", recall {place.recall:.0%}" if place.recall is not None else ""
        lines += [Content.styled(count + recall, "$foreground-muted")]
        for title, names in (
            ("Comes after", place.before),
            ("Opens the way to", place.after),
            ("Links to", self._links()),
        ):
            if names:
                lines += [Content(""), Content.styled(title, "$foreground-muted")]
                lines += [Content(f"  {one_line(name)}") for name in names[:_MOST_LINKS]]
                if len(names) > _MOST_LINKS:
                    lines.append(Content.styled(f"  and {len(names) - _MOST_LINKS} more", "$foreground-muted"))
        self.query_one("#map-told", Static).update(Content("\n").join(lines))

    def note(self) -> int | None:
        """The first note of the topic under the cursor; None for a folder."""
        place, names = self._place, self.app.desk.library.names
        if place is None or place.folder or place.name not in names:
            return None
        return list(names).index(place.name)

    def _links(self) -> tuple[str, ...]:
        number = self.note()
        return tuple(dict.fromkeys(self.app.desk.library.notes[number].links)) if number is not None else ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for the place under the cursor."""
        if action in {"study", "browse", "quiz"}:
            return self._place is not None and bool(self._place.topics)
        if action in {"read", "edit"}:
            return self.note() is not None
        return True

    def action_study(self) -> None:
        """Study the topic, of a folder all its topics."""
        if self._place:
            self.app.study(list(self._place.topics))

    def action_quiz(self) -> None:
        """A quiz on it."""
        if self._place:
            self.app.quiz(list(self._place.topics))

    def action_browse(self) -> None:
        """Its cards in a table."""
        from studytool.search.query import Name

        if self._place:
            self.app.browse(str(Name("topic", self._place.folder or self._place.name)))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()
