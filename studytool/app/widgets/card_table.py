"""The table of cards: a row each, made when it is seen; a head that sorts by the column that is clicked on."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytool.app.roll import COLUMNS, GAP, MARK, Standings, layout
from studytool.app.timers import once
from studytool.app.widgets.card_text import headline
from studytool.app.widgets.lines import Lines, Piece, fitted
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.timer import Timer

    from studytool.app.app import StudyApp
    from studytool.notes.model import Card

_KEPT = 4_000
"""So many rows are kept after they were painted."""
_SOME, _BREATH = 8, 0.001
"""So many rows are made ahead at once, a millisecond's work; then a key that waits is answered first."""
_FRESH = 20.0
"""Seconds for which what a row tells of the time holds: while words are typed, many cards are found again."""
_MARKUP = re.compile(r"[*_`$\[\]<>\\=~&!|^]|http|www|\n *[-+]")
"""What a prompt has that is more than its words."""
_LONGEST = 400
"""Characters of a prompt that are looked at: no row is wider."""


class TableHead(Static):
    """The names of the columns; a click sorts by one, a second click the other way round."""

    class Chosen(Message):
        """A column was clicked on."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        super().__init__(id="table-head")
        self._sorted: tuple[str, bool] = ("", False)

    def show(self, column: str, *, reverse: bool) -> None:
        """Say by which column the table is sorted; an arrow shows which way."""
        if self._sorted != (column, reverse):
            self._sorted = column, reverse
            self._draw()

    def on_resize(self) -> None:
        """As wide as the table."""
        self._draw()

    def _draw(self) -> None:
        column, reverse = self._sorted
        parts: list[tuple[str, str]] = [(" " * MARK, "")]
        for one, width in layout(self.content_size.width, column):
            arrow = ("▼" if reverse else "▲") if one.name == column else ""
            style = "$primary bold" if arrow else "$foreground-muted"
            parts += [(fitted(one.name + arrow, width, right=one.right), style), (" " * GAP, "")]
        self.update(Content.assemble(*parts), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Sort by the column under the mouse."""
        left = MARK
        for one, width in layout(self.content_size.width, self._sorted[0]):
            if event.x - self.gutter.left < left + width + GAP:
                event.stop()
                self.post_message(self.Chosen(one.name))
                return
            left += width + GAP


class CardTable(Lines):
    """The cards of `keys`, in that order. What the rows say is that of the moment of `forget`, or a little later."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+down,J", "mark_on(1)", "Mark downwards", show=False, id="card-table.mark-downwards"),
        Binding("shift+up,K", "mark_on(-1)", "Mark upwards", show=False, id="card-table.mark-upwards"),
    ]

    class Marked(Message):
        """A card was marked, or its mark taken away."""

    def __init__(self) -> None:
        super().__init__(id="table")
        self.keys: Sequence[str] = ()
        self.marked: dict[str, None] = {}
        """The keys of the marked cards, in the order in which they were marked."""
        self._sorted = ""
        self._rows: dict[str, list[Piece]] = {}
        self._made_for = 0
        self._standings: Standings | None = None
        self._stood = -_FRESH
        self._ahead: Timer | None = None

    @property
    def key(self) -> str | None:
        """The key of the card under the cursor; None where the table is empty."""
        return self.keys[self.cursor] if 0 <= self.cursor < len(self.keys) else None

    def show_cards(self, keys: Sequence[str], sorted_by: str, cursor: int) -> None:
        """Show other cards, or the same in another order. Rows that were made just now are not made again."""
        is_fresh = sorted_by == self._sorted and monotonic() - self._stood < _FRESH
        self.keys, self._sorted = keys, sorted_by
        if is_fresh:
            self._halt()
        else:
            self.forget()
        self.show(len(keys), cursor)

    def forget(self) -> None:
        """Make the rows anew: what they tell has changed."""
        self._rows.clear()
        self._halt()
        self._standings, self._stood = Standings(self.app.desk, self.app.now()), monotonic()
        self.refresh()

    def _halt(self) -> None:
        """Make no more rows ahead."""
        if self._ahead:
            self._ahead.stop()

    def row(self, number: int, width: int) -> list[Piece]:
        """The row of a card."""
        if width != self._made_for:
            self._rows.clear()
            self._made_for = width
        key = self.keys[number]
        pieces = self._rows.get(key) or self._make(key, width)
        mark = ("● " if key in self.marked else "  ", "accent bold")
        return [mark, *pieces]

    def _make(self, key: str, width: int) -> list[Piece]:
        if len(self._rows) >= _KEPT:
            self._rows.clear()
        pieces = self._rows[key] = self._made(key, width)
        return pieces

    def look_ahead(self) -> None:
        """Make the rows of the next page and of the one before while nothing else is to be done: they will be seen."""
        top, page = self.scroll_offset.y, self.page
        self._make_some([*self.keys[top + page : top + 2 * page], *self.keys[max(top - page, 0) : top]])

    def _make_some(self, keys: Sequence[str]) -> None:
        self._halt()
        missing = [key for key in keys if key not in self._rows] if self._made_for else []
        for key in missing[:_SOME]:
            self._make(key, self._made_for)
        if len(missing) > _SOME:
            self._ahead = once(self, _BREATH, partial(self._make_some, missing[_SOME:]))

    def _made(self, key: str, width: int) -> list[Piece]:
        card = self.app.desk.card(key)
        if card is None or self._standings is None:
            return [(fitted("This card is in the notes no more.", width - MARK), "muted")]
        told = self._standings.of(key)
        texts = {
            "prompt": (shown_prompt(card), "muted" if told.tone == "muted" else ""),
            "topic": (one_line(card.topic, _LONGEST), "muted"),
            "state": (told.state, told.tone),
            "due": (told.due, ""),
            "stability": (told.stability, "muted"),
            "recall": (told.recall, ""),
            "lapses": (told.lapses, "muted"),
            "place": ("", "muted"),
        }
        pieces: list[Piece] = []
        for column, cells in layout(width, self._sorted):
            text, tone = texts[column.name]
            if column.name == "place":
                text = _place(card, cells)
            pieces.append((fitted(text, cells, right=column.right) + " " * GAP, tone))
        last, tone = pieces[-1]
        return [*pieces[:-1], (last[:-GAP], tone)]

    def toggle(self, key: str) -> None:
        """Mark a card, or take its mark away."""
        if key in self.marked:
            del self.marked[key]
        else:
            self.marked[key] = None
        self.refresh()
        self.post_message(self.Marked())

    def toggle_all(self) -> None:
        """Mark all cards of the table; where all are, take their marks away."""
        missing = [key for key in self.keys if key not in self.marked]
        if missing:
            self.marked.update(dict.fromkeys(missing))
        else:
            for key in self.keys:
                self.marked.pop(key, None)
        self.refresh()
        self.post_message(self.Marked())

    def unmark(self) -> None:
        """Take all marks away."""
        self.marked.clear()
        self.refresh()
        self.post_message(self.Marked())

    def action_mark_on(self, by: int) -> None:
        """Mark the card under the cursor and the next one."""
        if self.key is not None:
            self.marked.setdefault(self.key)
            self.move_to(self.cursor + by)
            self.marked.setdefault(self.key)
            self.refresh()
            self.post_message(self.Marked())


def _place(card: Card, width: int) -> str:
    """The file and the line of a card, in so many cells: of a long name the beginning."""
    name, line = card.span.path.replace("\\", "/").rpartition("/")[2], f":{card.span.line}"
    return fitted(one_line(name, _LONGEST), width - len(line)).rstrip() + line


def shown_prompt(card: Card) -> str:
    """The prompt of a card on one line, as one would read it: formulas and emphasis without their marks."""
    return _read(card.front if len(card.front) <= _LONGEST else f"{card.front[:_LONGEST]}…")


@lru_cache(_KEPT)
def _read(front: str) -> str:
    return one_line(headline(front).plain if _MARKUP.search(front) else front)


NAMES = tuple(column.name for column in COLUMNS)
