"""The first run: what this is, what was found in the notes, and another folder to open instead."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studytool.app.hints import keys_told
from studytool.app.home.found import LEVELS, Found, found_by
from studytool.app.home.reading import so_far
from studytool.app.screens.welcome_keys import KEYS
from studytool.app.screens.window import Window
from studytool.app.timers import once
from studytool.app.widgets.text_frame import Frame
from studytool.errors import StudytoolError
from studytool.places import at_home
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytool.app.app import StudyApp
    from studytool.app.home.found import Entry
    from studytool.app.home.keep import Change
    from studytool.desk import Edit, Request
    from studytool.notes.model import Library

    Choice = tuple[frozenset[str], frozenset[str]]

_WHAT = (
    "Your notes are the deck: you answer, say how well it went, and are asked again when you would begin to forget. "
    "Your notes are only read; your answers are kept in a log of their own."
)


_CURSOR = "▸"
_NONE = "Then there would be no card left."
_PAUSE = 1.0
"""Seconds between two looks how far the reading of notes has come."""
_AROUND = 18
"""Rows of a window that are needed for the rest."""


class WelcomeScreen(Window[None]):
    """What was found, by level and dialect; what is switched off here, or opened, is kept only if one says so.

    What one dialect leaves another may take. So the notes are read again as they would be read, in a thread, and it is
    told what came of that.
    """

    app: StudyApp
    AUTO_FOCUS = ""  # the field waits until it is asked for
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, *, opened: bool = False) -> None:
        """`opened` tells that this library was chosen here a moment ago."""
        super().__init__()
        self._opened = opened
        self._found = Found()
        self._levels: tuple[str, ...] = ()
        self._off: frozenset[str] = frozenset()
        self._cursor = 0
        self._next = self._found
        self._read: dict[Choice, Found] = {}  # what the notes yield if they are read so
        self._good: tuple[tuple[str, ...], frozenset[str]] = (), frozenset()  # the last choice that left cards
        self._of: Library | None = None  # what was counted last, or is
        self._so_far = ""
        self._counting: Iterator[int] | None = None
        self._asks: Sequence[Change] = ()
        self._is_ready = False

    def compose(self) -> ComposeResult:
        """The words, what was found, the field for a folder, and what the keys do."""
        with Frame(id="welcome") as frame:
            frame.border_title = "Welcome to studytool"
            yield Static(id="welcome-what")
            yield Static(id="welcome-found")
            yield Input(placeholder="a folder, such as ~/notes", id="welcome-path")
            yield Static(id="welcome-keys")

    def on_mount(self) -> None:
        """Count what is there, a little at a time: nothing waits for it."""
        self._levels = self.app.desk.request.settings.cards
        self._off = frozenset(self.app.desk.request.settings.dialects_off)
        self._good = self._levels, self._off
        self._is_ready = True
        self.query_one(Input).display = False
        self._begin()
        self.set_interval(_PAUSE, self._follow)

    def on_resize(self) -> None:
        """As much is listed as there is room for."""
        self.call_after_refresh(self._draw)

    def on_frame_sized(self) -> None:
        """The frame may be laid out after all was counted."""
        self._draw()

    def renew(self, edit: Edit) -> None:
        """More of the notes have been read: what is shown is counted anew, beside what was counted before."""
        self._read.clear()
        self._follow()
        if not self._stands:
            self._read_so()

    def _follow(self) -> None:
        """As long as notes are read, and when the last one is, what is there is told."""
        if self._counting is not None:
            return
        if self._of is not self.app.desk.library:
            self._begin()
        elif self._so_far != self._still_reading:
            self._draw()

    @property
    def _still_reading(self) -> str:
        return so_far(self.app.opening, is_whole=self.app.desk.complete)

    def _begin(self) -> None:
        self._next, self._of = Found(), self.app.desk.library
        self._counting = self._next.count(self._of)
        self._count()

    def _count(self) -> None:
        if self not in self.app.screen_stack:
            return
        if self._counting is not None and next(self._counting, None) is not None:
            once(self, 0.005, self._count)
            if self._found.is_whole:
                return
        else:
            self._counting = None
            self._next.is_whole = True
        here = self._entry
        self._found = self._next
        self._point_at(here)

    def _point_at(self, entry: Entry | None) -> None:
        """Draw what is known now, with the cursor on what it was on."""
        entries = self._shown.entries()
        self._cursor = entries.index(entry) if entry in entries else 0
        self._draw()

    @property
    def _choice(self) -> Choice:
        """What is on, and what of it is off."""
        return frozenset(self._levels), self._off

    @property
    def _stands(self) -> bool:
        """Whether the library is open as it is chosen here."""
        settings = self.app.desk.request.settings
        return self._choice == (frozenset(settings.cards), frozenset(settings.dialects_off))

    @property
    def _shown(self) -> Found:
        """What is on as it was read, and what is off as it would be."""
        read = None if self._stands else self._read.get(self._choice)
        return self._found.beside(read, self._levels, self._off) if read else self._found

    @property
    def _entry(self) -> Entry | None:
        """What the cursor is on."""
        entries = self._shown.entries()
        return entries[self._cursor] if self._cursor < len(entries) else None

    def _draw(self) -> None:
        if not self.query("#welcome-keys"):
            return  # a resize came before all of it was there, or while it goes
        desk, found = self.app.desk, self._shown
        title = "the built-in course on deep learning" if desk.request.is_course else one_line(desk.request.title, 60)
        self._so_far = self._still_reading
        more = self._so_far if found is self._found else ""
        left = counted(found.cards(self._levels, self._off), "card")
        if found is self._found and not self._stands:
            left = "… cards"  # until they have been read so
        here = f"Open is {title}: {left} in {counted(found.notes, 'note')}{more}."
        self.query_one("#welcome-what", Static).update(Content(f"{_WHAT}\n\n{here}"))
        shown, frame = self.query_one("#welcome-found", Static), self.query_one("#welcome")
        width = frame.scrollable_content_region.width
        shown.update(Content("\n").join(self._listed(width)))
        shown.display = not self.query_one(Input).display  # a small window has room for one of them
        self.query_one("#welcome-keys", Static).update(self._question(width) if self._asks else self._keys(width))

    def _listed(self, width: int) -> list[Content]:
        """All kinds, and of the ways of writing those around the cursor that there is room for."""
        width = max(width, 40)
        found, switches = self._shown, self._switches
        entries = found.entries()
        lines = [
            Content.styled(f"{_CURSOR} " if switches and at == self._cursor else "  ", "$accent bold")
            + found.line(entry, width - 2, is_on=self._is_on(entry), keys=switches)
            for at, entry in enumerate(entries)
        ]
        room = max(self.app.size.height - _AROUND, 5)
        if len(lines) <= room:
            return lines
        kinds = [at for at, entry in enumerate(entries) if not entry.dialect]
        others = sorted(set(range(len(entries))).difference(kinds), key=lambda at: abs(at - self._cursor))
        shown = sorted([*kinds, *others[: room - 1 - len(kinds)]])
        more = f"  … and {counted(len(lines) - len(shown), 'more way')} of writing"
        return [*(lines[at] for at in shown), Content.styled(more, "$foreground-muted")]

    @property
    def _switches(self) -> bool:
        """Whether there is something to switch: the course is made of one piece."""
        return bool(self._found.cards()) and not self.app.desk.request.is_course

    def _is_on(self, entry: Entry) -> bool:
        return entry.level in self._levels and entry.dialect not in self._off

    def _keys(self, width: int) -> Content:
        """What the keys do; in few lines only how to begin."""
        key = self.app.key_name
        if self.query_one(Input).display:
            return keys_told([("enter", " opens it"), (key("welcome.leave", "esc"), " goes back")], width)
        starts, opens = key("welcome.start", "enter"), key("welcome.open", "o")
        told = [keys_told([(starts, " starts"), (opens, " opens a folder of notes")], width)]
        if self._switches and not self.has_class("-short"):
            moves = self.app.keys_name(("welcome.up", "welcome.down"), "↑↓")
            levels = self.app.keys_name([f"welcome.switch-{level}" for level in LEVELS], "1 2 3")
            turns = f"{moves} {key('welcome.turn', 'space')}"
            told.append(keys_told([(turns, " switches a way of writing"), (levels, " a whole kind")], width))
        return Content("\n").join(told)

    def _question(self, width: int) -> Content:
        asked: list[Content] = []
        chosen = self._asks
        for path in dict.fromkeys(change.path for change in chosen):
            asked.append(Content(f"Keep this for next time, in {one_line(at_home(str(path)))}?"))
            asked += [Content(f"  {one_line(change.line)}") for change in chosen if change.path == path]
        keeps, only_now = self.app.key_name("welcome.keep", "y"), self.app.key_name("welcome.only-now", "n")
        return Content("\n").join([*asked, keys_told([(keeps, " writes it"), (only_now, " only now")], width)])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The answers to a question only while it is asked; a level only where there is one.

        Nothing before it is known what is on: a key may be there before the screen is.
        """
        if not self._is_ready:
            return False
        if action == "keep":
            return bool(self._asks)
        if action == "switch":
            return not self._asks and self._switches and bool(self._shown.counts[str(parameters[0])])
        if action in ("turn", "move"):
            return not self._asks and self._switches
        return action == "leave" or not self._asks

    def action_switch(self, level: str) -> None:
        """Make no cards of this level, or make them again; one card stays."""
        self._choose(tuple(one for one in LEVELS if (one in self._levels) != (one == level)), self._off)

    def action_move(self, by: int) -> None:
        """The cursor, to another level or dialect."""
        self._cursor = min(max(self._cursor + by, 0), max(len(self._shown.entries()) - 1, 0))
        self._draw()
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        """The line under the cursor is in view, where not all is."""
        if not self.query("#welcome-keys"):
            return  # it goes
        frame, found = self.query_one("#welcome", Frame), self.query_one("#welcome-found")
        lines = self._listed(frame.scrollable_content_region.width)
        at = next((row for row, line in enumerate(lines) if line.plain.startswith(_CURSOR)), 0)
        frame.into_view(found.virtual_region.y + at, self.query_one("#welcome-keys").outer_size.height)

    def action_turn(self) -> None:
        """The level or the dialect under the cursor, on or off; a dialect that is switched on brings its level."""
        entry = self._entry
        if entry is None:
            return
        if not entry.dialect:
            self.action_switch(entry.level)
        elif self._is_on(entry):
            self._choose(self._levels, self._off | {entry.dialect})
        else:
            others = set(self._shown.counts[entry.level]) if entry.level not in self._levels else set()
            levels = tuple(one for one in LEVELS if one in self._levels or one == entry.level)
            self._choose(levels, (self._off | others) - {entry.dialect})

    def _choose(self, levels: tuple[str, ...], off: frozenset[str]) -> None:
        if not levels:
            self.app.warn(_NONE)
            return
        here = self._entry
        self._levels, self._off = levels, off
        self._point_at(here)
        if not self._stands and self._choice not in self._read:
            self._read_so()

    def _read_so(self) -> None:
        """Read the notes as they are chosen; what was begun for another choice is given up."""
        from studytool.app.home.keep import chosen

        wanted = chosen(self.app.desk.request, self._levels, self._off)
        work = partial(self._reading, self._choice, wanted)
        self.run_worker(work, thread=True, exclusive=True, group="read so", exit_on_error=False)

    def _reading(self, choice: Choice, wanted: Request) -> None:
        worker = get_current_worker()
        try:
            found = found_by(wanted, lambda: worker.is_cancelled)
        except StudytoolError as error:
            self.app.call_from_thread(self.app.warn, str(error))
            return
        if found is not None:
            self.app.call_from_thread(self._take, choice, found)

    def _take(self, choice: Choice, found: Found) -> None:
        """What came of it; a choice that leaves no card is taken back."""
        here = self._entry
        self._read[choice] = found
        if choice == self._choice and self.app.holds(self):
            if found.cards():
                self._good = self._levels, self._off
            else:
                self._levels, self._off = self._good
                self.app.warn(_NONE)
            self._point_at(here)

    def action_open(self) -> None:
        """Ask for a folder."""
        field = self.query_one(Input)
        field.display = True
        field.focus()
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the folder; what is wrong with it is said, and the field stays."""
        from studytool.desk import request
        from studytool.settings import load_to_look

        event.stop()
        try:
            wanted = request([event.value.strip()], None, load_to_look) if event.value.strip() else None
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        if wanted is not None:
            self.app.reopen(wanted, welcome=True)

    def action_go(self) -> None:
        """Go on; where something is new, ask first whether to keep it."""
        from studytool.app.home.keep import changes

        try:
            self._asks = changes(self.app.desk.request, self._levels, self._off, opened=self._opened)
        except StudytoolError as error:  # a file of settings was edited a moment ago
            self.app.warn(str(error))
            return
        if not self._asks:
            self.dismiss()
            return
        self._draw()
        self.refresh_bindings()

    def action_keep(self, keep: bool) -> None:
        """Write what was chosen, or not, and go on with it."""
        from studytool.app.home.keep import chosen, write

        wanted = chosen(self.app.desk.request, self._levels, self._off)
        if keep:
            try:
                write(self._asks)
                wanted = wanted.renewed()
            except StudytoolError as error:
                self.app.warn(f"This was not written: {error}")
                self._asks = ()
                self._draw()
                self.refresh_bindings()
                return
        self.dismiss()
        self.app.go_on_by(wanted)

    def action_leave(self) -> None:
        """Close the field, or the question, or all of this."""
        field = self.query_one(Input)
        if field.display or self._asks:
            field.display, self._asks = False, ()
            self.set_focus(None)
            self._draw()
            self.refresh_bindings()
        else:
            self.dismiss()
