"""The first run: what this is, what was found in the notes, and another folder to open instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from studytool.app.home.found import LEVELS, Found
from studytool.app.screens.window import Window
from studytool.app.setting_lines import at_home
from studytool.app.timers import once
from studytool.errors import StudytoolError
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.home.found import Entry
    from studytool.app.home.keep import Change
    from studytool.desk import Edit

_WHAT = (
    "Your notes are the deck: you answer, say how well it went, and are asked again when you would begin to forget. "
    "Your notes are only read; your answers are kept in a log of their own."
)


_PAUSE = 1.0
"""Seconds between two counts of a library that is still being read."""
_AROUND = 18
"""Rows of a window that are needed for the rest."""


class WelcomeScreen(Window[None]):
    """What was found, by level and dialect; what is switched off here, or opened, is kept only if one says so."""

    app: StudyApp
    AUTO_FOCUS = ""  # the field waits until it is asked for
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Start", tooltip="Begin with these cards", id="welcome.start"),
        Binding("o", "open", "Open", tooltip="Open a folder of your own notes", id="welcome.open"),
        *(
            Binding(str(k), f"switch('{level}')", level, tooltip="On or off", id=f"welcome.switch-{level}")
            for k, level in enumerate(LEVELS, 1)
        ),
        Binding("space", "turn", "On or off", tooltip="What the cursor is on, on or off", id="welcome.turn"),
        Binding("down,j", "move(1)", "Down", show=False, id="welcome.down"),
        Binding("up,k", "move(-1)", "Up", show=False, id="welcome.up"),
        Binding("y", "keep(True)", "Keep", tooltip="Write it into the settings", id="welcome.keep"),
        Binding("n", "keep(False)", "Only now", tooltip="Change nothing on the disk", id="welcome.only-now"),
        Binding("escape", "leave", "Leave", id="welcome.leave"),
    ]

    def __init__(self, *, opened: bool = False) -> None:
        """`opened` tells that this library was chosen here a moment ago."""
        super().__init__()
        self._opened = opened
        self._found = Found()
        self._levels: tuple[str, ...] = ()
        self._off: frozenset[str] = frozenset()
        self._cursor = 0
        self._next = self._found
        self._is_old = False
        self._counting: Iterator[int] | None = None
        self._asks: Sequence[Change] = ()

    def compose(self) -> ComposeResult:
        """The words, what was found, the field for a folder, and what the keys do."""
        with VerticalScroll(id="welcome", can_focus=False) as frame:
            frame.border_title = "Welcome to studytool"
            yield Static(id="welcome-what")
            yield Static(id="welcome-found")
            yield Input(placeholder="a folder of notes, such as ~/notes", id="welcome-path")
            yield Static(id="welcome-keys")

    def on_mount(self) -> None:
        """Count what is there, a little at a time: nothing waits for it."""
        self._levels = self.app.desk.request.settings.cards
        self._off = frozenset(self.app.desk.request.settings.dialects_off)
        self.query_one(Input).display = False
        self._begin()

    def on_resize(self) -> None:
        """The examples are as long as there is room."""
        self.call_after_refresh(self._draw)

    def renew(self, edit: Edit) -> None:
        """More of the notes have been read: what is shown is counted anew, beside what was counted before."""
        self._is_old = True
        if self._counting is None:
            self._begin()

    def _begin(self) -> None:
        self._is_old = False
        self._next = Found()
        self._counting = self._next.count(self.app.desk.library)
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
        entries = self._found.entries()
        self._cursor = entries.index(here) if here in entries else 0
        self._draw()
        if self._is_old and self._counting is None:
            once(self, _PAUSE, self._begin)

    @property
    def _entry(self) -> Entry | None:
        """What the cursor is on."""
        entries = self._found.entries()
        return entries[self._cursor] if self._cursor < len(entries) else None

    def _draw(self) -> None:
        if not self.query("#welcome-keys"):
            return  # a resize came before all of it was there, or while it goes
        desk, found = self.app.desk, self._found
        title = "the built-in course on deep learning" if desk.request.is_course else one_line(desk.request.title, 60)
        left = found.cards(self._levels, self._off)
        so_far = "" if self.app.opening.step is None else " so far"
        here = f"Open is {title}: {counted(left, 'card')} in {counted(found.notes, 'note')}{so_far}."
        self.query_one("#welcome-what", Static).update(Content(f"{_WHAT}\n\n{here}"))
        shown = self.query_one("#welcome-found", Static)
        shown.update(Content("\n").join(self._listed(max(shown.size.width, 40))))
        shown.display = not self.query_one(Input).display  # a small window has room for one of them
        self.query_one("#welcome-keys", Static).update(self._question() if self._asks else self._keys())

    def _listed(self, width: int) -> list[Content]:
        """As much of the list as there is room for, with the cursor in sight."""
        entries, switches = self._found.entries(), self._switches
        lines = [
            Content.styled("▸ " if switches and at == self._cursor else "  ", "$accent bold")
            + self._found.line(entry, width - 2, is_on=self._is_on(entry), keys=switches)
            for at, entry in enumerate(entries)
        ]
        room = max(self.app.size.height - _AROUND, 4)
        if len(lines) <= room:
            return lines
        first = min(max(self._cursor - room // 2, 0), len(lines) - room + 1)
        below = len(lines) - first - room + 1
        more = f"  … and {below} more" if below > 0 else "  the end of the list"
        return [*lines[first : first + room - 1], Content.styled(more, "$foreground-muted")]

    @property
    def _switches(self) -> bool:
        """Whether there is something to switch: the course is made of one piece."""
        return bool(self._found.cards()) and not self.app.desk.request.is_course

    def _is_on(self, entry: Entry) -> bool:
        return entry.level in self._levels and entry.dialect not in self._off

    def _keys(self) -> Content:
        key = self.app.key_name
        starts, opens = key("welcome.start", "enter"), key("welcome.open", "o")
        told = [self._told([(starts, " starts"), (opens, " opens a folder of notes")])]
        if self._switches:
            moves = self.app.keys_name(("welcome.up", "welcome.down"), "↑↓")
            levels = self.app.keys_name([f"welcome.switch-{level}" for level in LEVELS], "1 2 3")
            turns = f"{moves} {key('welcome.turn', 'space')}"
            told.append(self._told([(turns, " switches a way of writing"), (levels, " a whole kind")]))
        return Content("\n").join(told)

    def _question(self) -> Content:
        asked: list[Content] = []
        chosen = self._asks
        for path in dict.fromkeys(change.path for change in chosen):
            asked.append(Content(f"Keep this for next time, in {one_line(at_home(str(path)))}?"))
            asked += [Content(f"  {one_line(change.line)}") for change in chosen if change.path == path]
        keeps, only_now = self.app.key_name("welcome.keep", "y"), self.app.key_name("welcome.only-now", "n")
        return Content("\n").join([*asked, self._told([(keeps, " writes it"), (only_now, " only now")])])

    @staticmethod
    def _told(said: list[tuple[str, str]]) -> Content:
        keys = [Content.assemble((key, "$accent bold"), (told, "$foreground-muted")) for key, told in said]
        return Content("   ").join(keys)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The answers to a question only while it is asked; a level only where there is one."""
        if action == "keep":
            return bool(self._asks)
        if action == "switch":
            return not self._asks and self._switches and bool(self._found.counts[str(parameters[0])])
        if action in ("turn", "move"):
            return not self._asks and self._switches
        return action == "leave" or not self._asks

    def action_switch(self, level: str) -> None:
        """Make no cards of this level, or make them again; one card stays."""
        self._choose(tuple(one for one in LEVELS if (one in self._levels) != (one == level)), self._off)

    def action_move(self, by: int) -> None:
        """The cursor, to another level or dialect."""
        self._cursor = min(max(self._cursor + by, 0), max(len(self._found.entries()) - 1, 0))
        self._draw()

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
            others = set(self._found.counts[entry.level]) if entry.level not in self._levels else set()
            levels = tuple(one for one in LEVELS if one in self._levels or one == entry.level)
            self._choose(levels, (self._off | others) - {entry.dialect})

    def _choose(self, levels: tuple[str, ...], off: frozenset[str]) -> None:
        if not self._found.cards(levels, off):
            self.app.warn("Then there would be no card left.")
            return
        self._levels, self._off = levels, off
        self._draw()

    def action_open(self) -> None:
        """Ask for a folder."""
        field = self.query_one(Input)
        field.display = True
        field.focus()
        self._draw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the folder; what is wrong with it is said, and the field stays."""
        from studytool.desk import request

        event.stop()
        try:
            wanted = request([event.value.strip()]) if event.value.strip() else None
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
        from studytool.app.home.keep import write

        wanted = self.app.desk.request
        if keep:
            try:
                write(self._asks)
            except StudytoolError as error:
                self.app.warn(f"This was not written: {error}")
                self._asks = ()
                self._draw()
                self.refresh_bindings()
                return
        settings = replace(wanted.settings, cards=self._levels, dialects_off=tuple(sorted(self._off)))
        self.dismiss()
        if settings.made != wanted.settings.made:
            self.app.reopen(replace(wanted, settings=settings))

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
