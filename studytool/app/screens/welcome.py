"""The first run: what this is, what was found in the notes, and another folder to open instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from studytool import places
from studytool.app.home.found import LEVELS, Found
from studytool.errors import StudytoolError
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp

_WHAT = (
    "Your notes are the deck: you answer, say how well it went, and are asked again when you would begin to forget. "
    "Your notes are only read; your answers are kept in a log of their own."
)


_AROUND = 18
"""Rows of a window that are needed for the rest."""


class WelcomeScreen(ModalScreen[None]):
    """What was found, level by level; what is switched off here, or opened, is kept only if one says so."""

    app: StudyApp
    AUTO_FOCUS = ""  # the field waits until it is asked for
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "Start", tooltip="Begin with these cards", id="welcome.start"),
        Binding("o", "open", "Open", tooltip="Open a folder of your own notes", id="welcome.open"),
        *(
            Binding(str(k), f"switch('{level}')", level, tooltip="On or off", id=f"welcome.switch-{level}")
            for k, level in enumerate(LEVELS, 1)
        ),
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
        self._counting: Iterator[int] | None = None
        self._asks = False

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
        self.query_one(Input).display = False
        self._counting = self._found.count(self.app.desk.library)
        self._count()

    def on_resize(self) -> None:
        """The examples are as long as there is room."""
        self.call_after_refresh(self._draw)

    def _count(self) -> None:
        if self._counting is not None and next(self._counting, None) is not None:
            self.set_timer(0.005, self._count)
        else:
            self._counting = None
        self._draw()

    def _draw(self) -> None:
        if not self.query("#welcome-keys"):
            return  # a resize came before all of it was there, or while it goes
        desk, found = self.app.desk, self._found
        title = "the built-in course on deep learning" if desk.request.is_course else one_line(desk.request.title, 60)
        left = found.cards(self._levels)
        here = f"Open is {title}: {counted(left, 'card')} in {counted(found.notes, 'note')}."
        self.query_one("#welcome-what", Static).update(Content(f"{_WHAT}\n\n{here}"))
        shown = self.query_one("#welcome-found", Static)
        lines = found.lines(self._levels, max(shown.size.width, 40), keys=not desk.request.is_course)
        room = max(self.app.size.height - _AROUND, 4)
        if len(lines) > room:
            lines[room - 1 :] = [Content.styled(f"… and {len(lines) - room + 1} more", "$foreground-muted")]
        shown.update(Content("\n").join(lines))
        shown.display = not self.query_one(Input).display  # a small window has room for one of them
        self.query_one("#welcome-keys", Static).update(self._question() if self._asks else self._keys())

    def _keys(self) -> Content:
        said = [("enter", " starts"), ("o", " opens a folder of notes")]
        if self._found.cards() and not self.app.desk.request.is_course:
            said.append(("1 2 3", " kinds on or off"))
        return self._told(said)

    def _question(self) -> Content:
        path = places.config_folder() / "settings.toml"
        lines = Content("\n").join(Content(line) for line in self._lines())
        asks = Content(f"Keep this for next time, in {one_line(str(path))}?")
        return Content("\n").join([asks, lines, self._told([("y", " writes it"), ("n", " only now")])])

    @staticmethod
    def _told(said: list[tuple[str, str]]) -> Content:
        keys = [Content.assemble((key, "$accent bold"), (told, "$foreground-muted")) for key, told in said]
        return Content("   ").join(keys)

    def _lines(self) -> list[str]:
        """What would be written, as it would stand in the file."""
        from studytool.app.home.keep import toml

        return [toml(name, values) for name, values in self._changes().items()]

    def _changes(self) -> dict[str, tuple[str, ...]]:
        wanted = self.app.desk.request
        changes: dict[str, tuple[str, ...]] = {}
        if self._opened:
            changes["libraries"] = tuple(str(path.resolve()) for path in wanted.paths)
        if self._levels != wanted.settings.cards:
            changes["cards"] = self._levels
        return changes

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The answers to a question only while it is asked; a level only where there is one."""
        if action == "keep":
            return self._asks
        if action == "switch":
            return (
                not self._asks and not self.app.desk.request.is_course and bool(self._found.counts[str(parameters[0])])
            )
        return action == "leave" or not self._asks

    def action_switch(self, level: str) -> None:
        """Make no cards of this level, or make them again; one level stays."""
        chosen = tuple(one for one in LEVELS if (one in self._levels) != (one == level))
        if not self._found.cards(chosen):
            self.app.warn("Then there would be no card left.")
            return
        self._levels = chosen
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
        if self._changes():
            self._asks = True
            self._draw()
            self.refresh_bindings()
        else:
            self.dismiss()

    def action_keep(self, keep: bool) -> None:
        """Write what was chosen, or not, and go on with it."""
        from studytool.app.home.keep import write

        changes, wanted = self._changes(), self.app.desk.request
        if keep:
            try:
                write(places.config_folder() / "settings.toml", changes)
            except (StudytoolError, OSError) as error:
                self.app.warn(f"Nothing was written: {error}")
                self._asks = False
                self._draw()
                self.refresh_bindings()
                return
        self.dismiss()
        if "cards" in changes:
            self.app.reopen(replace(wanted, settings=replace(wanted.settings, cards=self._levels)))

    def action_leave(self) -> None:
        """Close the field, or the question, or all of this."""
        field = self.query_one(Input)
        if field.display or self._asks:
            field.display, self._asks = False, False
            self.set_focus(None)
            self._draw()
            self.refresh_bindings()
        else:
            self.dismiss()
