"""Browse: all cards in a table, searched while one types, and what can be done with one of them or with many."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytool.app.finder import Asked, Finder, Found
from studytool.app.front import Front
from studytool.app.screens.browse_keys import KEYS
from studytool.app.screens.changes_cards import ChangesCards
from studytool.app.screens.file_keys import CardBehind
from studytool.app.timers import once, paint
from studytool.app.widgets.card_table import NAMES, CardTable, TableHead
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.preview import Preview
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.search import describe, parse
from studytool.search.query import And
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.timer import Timer

    from studytool.app.app import StudyApp
    from studytool.app.widgets.lines import Lines
    from studytool.desk import Edit
    from studytool.memory import Moment
    from studytool.notes.model import Card

_TYPING = 0.03
"""Seconds without another letter after which a search begins; at once where none came for twice as long before."""
_PAUSE = 0.4
"""Seconds after which is said what is wrong with a query: while one types it nearly always is."""
_LOOK = 0.04
"""Seconds that the cursor rests on a card before the card is shown: rows that fly past are not."""
_LISTEN = 3.0
_BESIDE, _WIDE, _LOFTY = 150, 100, 30
"""Cells from which a card is shown by itself: beside the table, or below it where there are so many lines."""


class SearchBox(Input):
    """The query. The keys that move the cursor by a page move that of the table; one line down is the cards."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # a letter more is no reason to lay the screen out anew
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down",
            "screen.to_cards",
            "To the cards",
            key_display="enter",
            tooltip="Go to the cards that were found",
            id="browse-search.to-the-cards",
        ),
        Binding(
            "escape",
            "screen.to_table",
            "Out of the query",
            show=False,
            tooltip="Go to the cards, so that letters are keys",
            id="browse-search.out-of-the-query",
        ),
        Binding("pagedown", "screen.page(1)", "A page down", show=False, id="browse-search.a-page-down"),
        Binding("pageup", "screen.page(-1)", "A page up", show=False, id="browse-search.a-page-up"),
    ]


class BrowseScreen(CardBehind, ChangesCards):
    """All cards, or those that a query finds."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, search: str = "") -> None:
        super().__init__()
        self._compositor = Front()
        self._search = search
        self._column, self._reverse = "", False
        self._asked: Asked | None = None
        self._found: Found | None = None
        self._wants_preview: bool | None = None  # None: where there is room
        self._typing: Timer | None = None
        self._typed = 0.0
        self._looking: Timer | None = None
        self._was_left = False

    @property
    def _title(self) -> str:
        return f"Browse · {self.app.opening.request.title}"

    def compose(self) -> ComposeResult:
        """The query, what it found, the table, and the card under the cursor where there is room."""
        self._make_room()  # before there is anything whose styles would be looked up once more
        yield TopBar(self._title)
        with Horizontal(id="query-line"):
            yield Static(Content.styled("/", "$accent bold"), id="query-mark")
            yield SearchBox(
                self._search, placeholder="words, topic:cnn, is:due, recall:<80%, -suspended", id="query", compact=True
            )
        yield Static(id="found")
        with Container(id="browse"):
            with Vertical(id="cards"):
                yield TableHead()
                yield CardTable()
            yield Preview()
        yield KeyBar()

    def on_mount(self) -> None:
        """Search for what was asked for, and look now and then whether another window has written into the log."""
        self._finder = Finder(self.app.desk)
        self._table = self.query_one(CardTable)
        self.query_one("#query" if not self._search else "#table").focus()
        self._ask()
        self.set_interval(_LISTEN, self._listen)

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

    # -- searching and sorting ----------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another letter: search when no other follows at once."""
        event.stop()
        if self._typing:
            self._typing.stop()
        before, self._typed = self._typed, monotonic()
        if self._typed - before > 2 * _TYPING:
            paint(self)  # the letter: for the most part of a search no other thread gets the interpreter
            self._ask()
        else:
            self._typing = once(self, _TYPING, self._ask)

    def _ask(self) -> None:
        try:
            query = parse(self.query_one(Input).value)
        except StudytoolError as error:
            self._asked = None
            told = Content.styled(one_line(str(error)), "$warning")
            self._typing = once(self, _PAUSE, partial(self.query_one("#found", Static).update, told, layout=False))
            return
        self._asked = Asked(query, self._column, self._reverse)
        if query == And() and not self._column and (everything := self.app.desk.library.order):
            self.workers.cancel_group(self, "find")
            self._show(Found(self._asked, everything))
            return
        find = partial(self._find, self._asked, self.app.now())
        self.run_worker(find, thread=True, exclusive=True, group="find")
        self._typing = once(self, _PAUSE, self.tell)

    def _find(self, asked: Asked, moment: Moment) -> None:
        worker = get_current_worker()
        try:
            found = self._finder.find(asked, moment, lambda: worker.is_cancelled)
        except StudytoolError as error:
            self.app.call_later(self.app.warn, str(error))
            return
        if found is not None:
            self.call_later(self._show, found)

    def _show(self, found: Found) -> None:
        """Show what was found, with the cursor on the same card if the query is the same."""
        if found.asked is not self._asked or not self.is_attached:
            return
        before, key = self._found, self._table.key
        self._found = found
        at = 0
        if before and before.asked.query == found.asked.query and key is not None:
            at = _place_of(found.keys, key, self._table.cursor)
        self.query_one(TableHead).show(self._column, reverse=self._reverse)
        self._table.show_cards(found.keys, self._column, at)  # which moves the cursor: the card follows
        if before is None:
            self._look()  # now: the screen is painted once, as a whole
        self.tell()
        if before is None or bool(before.keys) != bool(found.keys):
            self.refresh_bindings()
        if before is not None:
            paint(self)

    def tell(self) -> None:
        """The line under the query: how many were found and what that means, or what is being done."""
        found, asked = self._found, self._asked
        if self._busy:
            stops = f"   {self.app.key_name('browse.home', 'esc')} stops"
            told = Content.assemble((self._busy, "$accent"), (stops, "$foreground-muted"))
        elif asked is None:
            return
        elif found is None or found.asked is not asked:
            told = Content.styled("Searching …", "$foreground-muted")
        elif not found.keys:
            told = Content.styled(one_line(" ".join(found.advice)) or "No card is found.", "$warning")
        else:
            number, total = len(found.keys), len(self.app.desk.library.entries)
            of_all = f" of {total:,}" if number != total else ""
            meaning = one_line(describe(asked.query))
            order = f", by {self._column}{' downwards' if self._reverse else ''}" if self._column else ""
            told = Content.assemble((f"{number:,}{of_all}", "bold"), (f" {meaning}{order}", "$foreground-muted"))
        self.query_one("#found", Static).update(told, layout=False)
        marked = len(self._table.marked)
        right = f"{marked:,} marked" if marked else ""
        self.query_one(TopBar).show(self._title, right)

    def action_search(self) -> None:
        """Type a query."""
        self.query_one(Input).focus()

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

    def action_sort(self) -> None:
        """By the next column; after the last one in study order."""
        self.action_sort_by((("", *NAMES).index(self._column) + 1) % (len(NAMES) + 1))

    def action_sort_by(self, number: int) -> None:
        """By a column, counted from 1; once more turns it round."""
        name = ("", *NAMES)[number]
        self._reverse = bool(name) and name == self._column and not self._reverse
        self._column = name
        self._ask()

    def action_turn(self) -> None:
        """The other way round."""
        if self._column:
            self._reverse = not self._reverse
            self._ask()

    def on_table_head_chosen(self, event: TableHead.Chosen) -> None:
        """A click on the name of a column."""
        self.action_sort_by(NAMES.index(event.column) + 1)

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
