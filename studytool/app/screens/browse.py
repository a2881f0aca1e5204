"""Browse: all cards in a table, searched while one types, and what can be done with one of them or with many."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.front import Front
from studytool.app.home.reading import so_far
from studytool.app.room import make_room
from studytool.app.screens.browse_keys import KEYS
from studytool.app.screens.changes_cards import ChangesCards
from studytool.app.screens.file_keys import CardBehind
from studytool.app.screens.finds_cards import FindsCards
from studytool.app.timers import once
from studytool.app.widgets.card_table import CardTable, TableHead
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.preview import Preview
from studytool.app.widgets.search_box import SearchBox
from studytool.app.widgets.topbar import TopBar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.timer import Timer

    from studytool.app.app import StudyApp
    from studytool.app.finder import Found
    from studytool.app.widgets.lines import Lines
    from studytool.desk import Edit
    from studytool.notes.model import Card

_LOOK = 0.04
"""Seconds that the cursor rests on a card before the card is shown: rows that fly past are not."""
_LISTEN = 3.0
_FOLLOW = 1.0
"""Seconds between two looks how far the reading of notes has come."""
_BESIDE, _WIDE, _LOFTY = 150, 100, 30
"""Cells from which a card is shown by itself: beside the table, or below it where there are so many lines."""


class BrowseScreen(CardBehind, FindsCards, ChangesCards):
    """All cards, or those that a query finds."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, search: str = "") -> None:
        super().__init__()
        self._compositor = Front()
        self._search = search
        self._wants_preview: bool | None = None  # None: where there is room
        self._looking: Timer | None = None
        self._was_left = False
        self._so_far = ""  # what is said beside the count while notes are read

    @property
    def _title(self) -> str:
        return f"Browse · {self.app.opening.request.title}"

    def compose(self) -> ComposeResult:
        """The query, what it found, the table, and the card under the cursor where there is room."""
        self._make_room()  # before there is anything whose styles would be looked up once more
        yield TopBar(self._title)
        with Horizontal(id="query-line"):
            yield Static(Content.styled("/", "$accent bold"), id="query-mark")
            yield SearchBox(self._search, id="query", compact=True)
        yield Static(id="found")
        with Container(id="browse"):
            with Vertical(id="cards"):
                yield TableHead()
                yield CardTable()
            yield Preview()
        yield KeyBar()

    def on_mount(self) -> None:
        """Search for what was asked for, and look now and then whether another window has written into the log."""
        self._table = self.query_one(CardTable)
        self.query_one("#query" if not self._search else "#table").focus()
        self._ask()
        self.set_interval(_LISTEN, self._listen)
        self.set_interval(_FOLLOW, self._follow)

    def on_resize(self) -> None:
        """The card has its place beside the table or below it."""
        self._place_preview()

    def on_screen_suspend(self) -> None:
        """Another screen is above this one."""
        self._was_left = True

    def on_screen_resume(self) -> None:
        """Back from a card, a cram or the map: cards may stand elsewhere."""
        if self._was_left and self._found is not None:
            self.app.hear()
            self._table.forget()
            self._ask()

    def _listen(self) -> None:
        if self.is_active and not self._busy and self.app.hear():
            self._table.forget()
            self._look()

    def _follow(self) -> None:
        """As long as notes are read, and when the last one is: say so, and find in them, too."""
        if not self.is_active or self._busy:
            return
        if self._of is not self.app.desk.library:
            self._table.forget()
            self._ask()
        elif self._so_far != self._still_reading:
            self.tell()

    @property
    def _still_reading(self) -> str:
        return so_far(self.app.opening, is_whole=self.app.desk.complete)

    def renew(self, edit: Edit) -> None:
        """The notes were read anew."""
        marked = self._table.marked
        for before, after in edit.renamed.items():
            if before in marked:
                del marked[before]
                marked[after] = None
        for key in [key for key in marked if key not in self.app.desk.library.entries]:
            del marked[key]
        self._table.forget()
        self._ask()

    # -- what was found -----------------------------------------------------------------------------

    def show_found(self, found: Found, before: Found | None) -> None:
        """Fill the table, with the cursor on the same card if the query is the same."""
        at, key = 0, self._table.key
        if before and before.asked.query == found.asked.query and key is not None:
            at = _place_of(found.keys, key, self._table.cursor)
        self.query_one(TableHead).show(self._column, reverse=self._reverse)
        self._table.show_cards(found.keys, self._column, at)  # which moves the cursor: the card follows
        if before is None:
            self._look()  # now: the screen is painted once, as a whole
        self.tell()

    def tell(self) -> None:
        """The line under the query: how many were found and what that means, or what is being done."""
        self._so_far = self._still_reading
        told = self.meaning(self._so_far)
        if self._busy:
            stops = f"   {self.app.key_name('browse.home', 'esc')} stops"
            told = Content.assemble((self._busy, "$accent"), (stops, "$foreground-muted"))
        if told is None:
            return
        self.say(told, whole=not self._busy and self._found is not None and not self._found.keys)
        marked = len(self._table.marked)
        right = f"{marked:,} marked" if marked else ""
        self.query_one(TopBar).show(self._title, right)

    def action_to_table(self) -> None:
        """Out of the query, so that letters are keys."""
        self._table.focus()

    def action_to_cards(self) -> None:
        """From the query to the cards; where none is found it is typed on in the query."""
        if self._found is None or self._found.keys or self._found.asked is not self._asked:
            self._table.focus()

    def on_input_submitted(self) -> None:
        """Enter."""
        self.action_to_cards()

    def action_page(self, by: int) -> None:
        """The cursor of the table, from within the query."""
        self._table.action_page(by)

    # -- the card under the cursor ------------------------------------------------------------------

    @property
    def meant(self) -> Card | None:
        """That card."""
        key = self._table.key
        return self.app.desk.card(key) if key else None

    def on_lines_moved(self, event: Lines.Moved) -> None:
        """Show the card once the cursor rests."""
        event.stop()
        if self._looking:
            self._looking.stop()
        self._looking = once(self, _LOOK, self._look)

    def on_lines_opened(self, event: Lines.Opened) -> None:
        """Two clicks on a row."""
        event.stop()
        self.action_open()

    def _make_room(self) -> None:
        make_room(self)
        width, height = self.app.size
        has_room = width >= _BESIDE or (width >= _WIDE and height >= _LOFTY)
        shown = has_room if self._wants_preview is None else self._wants_preview
        beside = width >= _BESIDE
        self.update_classes({"-preview": shown, "-beside": beside, "-below": not beside})

    def _place_preview(self) -> None:
        self._make_room()
        self._look()

    def _look(self) -> None:
        """Write the card under the cursor into the preview."""
        if not self._table.is_attached:
            return
        if self.has_class("-preview"):
            self.query_one(Preview).show(self.meant)
        self.call_after_refresh(self._table.look_ahead)

    def action_preview(self) -> None:
        """Show the card, or hide it."""
        self._wants_preview = not self.has_class("-preview")
        self._place_preview()

    def action_open(self) -> None:
        """The card with its history."""
        from studytool.app.screens.history import HistoryScreen

        if card := self.meant:
            self.app.push_screen(HistoryScreen(card))

    # -- marks, and what is done with the marked ----------------------------------------------------

    def on_card_table_marked(self, event: CardTable.Marked) -> None:
        """Say how many are marked."""
        event.stop()
        self.tell()
        self.refresh_bindings()

    def action_mark(self) -> None:
        """Mark this card, and go on to the next."""
        if self._table.key is not None:
            self._table.toggle(self._table.key)
            self._table.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all that were found, or none."""
        self._table.toggle_all()

    def chosen(self) -> list[str]:
        """The marked cards, else the one under the cursor."""
        marked = self._table.marked
        return list(marked) if marked else [self._table.key] if self._table.key is not None else []

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now."""
        if action == "undo":
            return bool(self._undo)
        if action in {"unmark", "leave"}:
            has_marks = self._found is not None and bool(self._table.marked) and not self._busy
            return has_marks == (action == "unmark")
        if action in {"open", "read", "edit", "mark", "mark_all", "suspend", "resume", "bury", "forget", "cram"}:
            return self._found is not None and bool(self._table.count or self._table.marked)
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for what was found."""
        return "Nothing was done here that could be taken back." if action == "undo" else "No card is found."

    def changed(self) -> None:
        """The rows tell something else now; they stay where they are until another search."""
        if self.is_attached:
            self._table.forget()
            self.tell()
            self._look()
            self.refresh_bindings()

    def action_cram(self) -> None:
        """The marked cards once through, or all that were found."""
        keys = self._table.marked or self._table.keys
        if keys:
            self.app.cram(list(keys))

    def action_map(self) -> None:
        """The topics as they follow from each other."""
        self.app.map_topics()

    def action_unmark(self) -> None:
        """Take the marks away."""
        self._table.unmark()

    def action_leave(self) -> None:
        """Stop what is being done, else go back."""
        if self._busy:
            self._stopped = True
        else:
            self.app.leave()


def _place_of(keys: Sequence[str], key: str, otherwise: int) -> int:
    """Where a key stands; `otherwise` where it does not."""
    try:
        return keys.index(key)
    except ValueError:
        return otherwise
