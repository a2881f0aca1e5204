"""Everything that can be set, with what it means, where it stands, and a field to change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from studytool.app.screens.file_keys import EDIT
from studytool.app.setting_lines import Line, lines, put, turned
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.places import at_home
from studytool.setting_file import content_of
from studytool.setting_values import KEYS
from studytool.settings import EXAM, READING, library_file, unreadable, user_file
from studytool.text import clean, one_line, padded

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.desk import Edit

_NAME, _SOURCE = 26, 11
_GROUP = 21
_WIDE = 90
"""Cells that a list needs to name the group of each line, too."""
_STRIP = 48
"""Where a row has fewer cells, it does not tell where its value is from; that is told below."""
_VALUE = 80
"""Cells of a value at most: what follows it stays within one glance."""
_LONGEST = 2000
_KEY, _MUTED = "$accent bold", "$foreground-muted"


class SettingsScreen(Screen[None]):
    """The settings and the keys; what is changed is in force, and in the file, at once."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "Change", tooltip="Change it; a switch is turned", id="settings.change"),
        Binding("right,l", "turn(1)", "Turn", key_display="←→", tooltip="The next value", id="settings.up"),
        Binding("left,h", "turn(-1)", "Down", show=False, tooltip="The value before", id="settings.down"),
        Binding("r", "reset", "Default", tooltip="Take it out of its file; the default holds", id="settings.reset"),
        Binding("f", "file", "File", tooltip="Write into your own file, or into the library's", id="settings.file"),
        EDIT,
        Binding(
            "escape,q", "leave", "Back", key_display="esc", tooltip="Back to where you came from", id="settings.leave"
        ),
    ]

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at
        self._lines: list[Line] = []
        self._to_library = False
        self._seen: dict[Path, bytes | None] = {}
        self._slip = ""
        self._unread: StudytoolError | None = None
        """Why a file cannot be read, as long as that is so."""
        self._edited: Line | None = None
        self._arrived = False
        self._list = Rows(id="settings")
        self._field = Input(id="new-value", compact=True, max_length=_LONGEST)

    def compose(self) -> ComposeResult:
        """The list, what there is to know of the line under the cursor, and the field."""
        yield TopBar("Settings")
        yield Static(id="columns")
        yield self._list
        yield Static(id="setting")
        yield self._field
        yield KeyBar()

    def on_mount(self) -> None:
        """List what there is."""
        self._field.visible = False
        self._list.focus()
        self._read()

    def renew(self, edit: Edit) -> None:
        """A file has changed."""
        self._read()

    def on_resize(self) -> None:
        """The lines are as wide as the list."""
        self.call_after_refresh(self._fill)

    # -- what is on the screen ------------------------------------------------------------------

    @property
    def _line(self) -> Line | None:
        at = self._list.highlighted
        return self._lines[at] if at is not None and at < len(self._lines) else None

    @property
    def _file(self) -> Path:
        """The file that a change goes into; keys are the user's own."""
        root = self.app.desk.request.library
        keys = self._line is not None and self._line.about is None
        return library_file(root) if self._to_library and root and not keys else user_file()

    def _read(self) -> None:
        """Read the files anew; where one is wrong, that is told and the list stays."""
        root = self.app.desk.request.library
        paths = [user_file(), *([library_file(root)] if root else [])]
        try:
            self._lines = lines(root, self.app.desk.request.settings)
            self._seen = {path: content_of(path) for path in paths}
            self._unread = None
        except StudytoolError as error:
            self._unread = error
        self._fill()
        self.refresh_bindings()

    def _fill(self) -> None:
        if not self.app.holds(self):
            return
        rows = self._list
        width = rows.row_width
        group = _GROUP if width >= _WIDE else 0
        source = _SOURCE if width >= _STRIP else 0
        value = min(max(width - group - _NAME - source, 4), _VALUE)
        title = f"{'' if not group else padded('group', group)}{padded('setting', _NAME)}{padded('value', value)}"
        title += "from" if source else ""
        self.query_one("#columns", Static).update(Content.styled(title, "$foreground-muted"))
        rows.fill([self._row(line, at, group, value, source) for at, line in enumerate(self._lines)], self._to_begin())
        self._tell()

    def _to_begin(self) -> int:
        """The line that the cursor begins at."""
        return next((at for at, line in enumerate(self._lines) if line.name == self._at), 0)

    def _row(self, line: Line, at: int, group: int, width: int, source: int) -> Content:
        name = line.name.removeprefix(f"{KEYS}.")
        value = Content(one_line(line.value) or "–").truncate(width - 2, ellipsis=True)
        is_first = at == 0 or self._lines[at - 1].group != line.group
        mine = line.source != "default"
        return Content.assemble(
            (padded(line.group if is_first else "", group) if group else "", "$foreground-muted"),
            padded(name, _NAME),
            value.stylize("$accent bold" if mine else ""),
            " " * (width - value.cell_length),
            (line.source if source else "", "$accent" if mine else "$foreground-muted"),
        )

    def _tell(self) -> None:
        """What there is to know of the line under the cursor."""
        line = self._line
        whose = "your own file" if self._file == user_file() else "the library's file"
        open_ = len(self.app.desk.request.libraries)
        first = f" · first of {open_} libraries" if open_ > 1 else ""
        self.query_one(TopBar).show("Settings", f"changes go into {whose}{first}")
        if self._unread:
            self._tell_unread(self._unread)
            return
        if line is None:
            return
        told = [Content.styled(one_line(line.told), "bold")]
        if self._slip:
            told.append(Content.styled(f"✗ {one_line(self._slip)}", "$error"))
        else:
            target = at_home(str(self._file))
            stands = f"Set in {at_home(line.place)}." if line.place else "Not set anywhere."
            told += [
                Content(f"Takes {line.takes}. The default is {line.default or 'nothing'}."),
                Content.styled(one_line(f"{stands} A change goes into {target}."), "$foreground-muted"),
            ]
            if beside := self._beside(line):
                told.append(Content.styled(one_line(beside), "$foreground-muted"))
        if self._field.visible:
            leaves = self.app.key_name("settings.leave", "esc")
            how = ("enter", _KEY), (" keeps it      ", _MUTED), (leaves, _KEY), (" leaves it as it was", _MUTED)
            told.append(Content.assemble(*how))
        self.query_one("#setting", Static).update(Content("\n").join(told))

    def _tell_unread(self, error: StudytoolError) -> None:
        """Which file cannot be read, why, and what to do."""
        opens = (self.app.key_name("file.edit", "o"), _KEY)
        told = [
            Content.styled("The settings of before hold, and none is changed, until this file can be read.", "bold"),
            Content.styled(f"✗ {one_line(str(error))}", "$error"),
            Content.assemble(opens, (" opens it; once it is saved, it is read again.", _MUTED)),
        ]
        self.query_one("#setting", Static).update(Content("\n").join(told))

    def _beside(self, line: Line) -> str:
        """Which library a line is shown for where several are open, and where the others have what is their own."""
        wanted = self.app.desk.request
        first, *others = [at_home(str(library_file(root))) for root in wanted.libraries] or [""]
        if not others or line.name not in (*READING, *EXAM):
            return ""
        if line.name in EXAM and wanted.exam_from:
            return f"The exam comes from {at_home(str(library_file(wanted.exam_from)))}. Shown is {first}."
        more = f" and {len(others) - 1} more" if len(others) > 1 else ""
        return f"Shown is {first}, of the first library; {others[0]}{more} may say otherwise."

    def on_option_list_option_highlighted(self) -> None:
        """Another line: tell about that one; what was being typed was meant for the one before."""
        self._arrived = True
        self._slip = ""
        if self._edited and self._line and self._line.name != self._edited.name:
            self._close_field()
        self._tell()
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """The first click on a line goes there, the next one changes it."""
        if self._arrived:
            self._arrived = False
        else:
            self.action_change()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now: while one types, those that end it."""
        line, typing = self._line, self._field.visible
        if action == "leave":
            return True
        if self._unread or typing or line is None:
            return action == "edit" and self._unread is not None and not typing
        if action == "turn":
            return turned(line, 1) is not None
        if action == "reset":
            return bool(line.place) and line.source != "environment"
        if action == "file":
            return self.app.desk.request.library is not None and line.about is not None
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for the line under the cursor."""
        if self._unread:
            return (
                f"{self.app.key_name('file.edit', 'o')} opens the file that cannot be read; nothing is changed before."
            )
        line = self._line
        is_set = line is not None and line.source == "environment"
        return {
            "turn": f"This one has no next value: {self.app.key_name('settings.change', 'enter')} changes it.",
            "reset": "The environment sets it." if is_set else "The default holds already.",
            "file": "Keys go into your own file." if line and not line.about else "No library of your own is open.",
        }.get(action, "")

    # -- what the keys do -----------------------------------------------------------------------

    def action_change(self) -> None:
        """Turn a switch; for anything else open the field with what holds now."""
        if (line := self._line) is None or self._unread:
            return
        if line.about is not None and isinstance(line.about.default, bool):
            self.action_turn(1)
            return
        field = self._field
        field.value, field.placeholder = clean(line.value), line.takes
        field.visible = True
        self._edited = line
        field.focus()
        field.cursor_position = len(field.value)
        self._tell()
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed; what will not do is told, and the field stays."""
        if self._put(event.value):
            self._close_field()

    def action_turn(self, step: int) -> None:
        """The next value, or the one before."""
        if (line := self._line) and (text := turned(line, step)) is not None and text != line.value:
            self._put(text)

    def action_reset(self) -> None:
        """Take the line out of the file that it stands in."""
        line, root = self._line, self.app.desk.request.library
        if line and line.place and line.source != "environment":
            is_there = root is not None and line.place.startswith(f"{library_file(root)}")
            self._put(None, library_file(root) if is_there and root else user_file())

    def _put(self, text: str | None, path: Path | None = None) -> bool:
        line, path = self._line, path or self._file
        if line is None:
            return False
        self._slip = ""
        try:
            put(path, line, text, self.app.desk.request.settings.keys, self._seen.get(path))
        except StudytoolError as error:
            self._read()
            self._slip = str(error)
            self._tell()
            return False
        self.app.take_settings()
        if line.source == "environment":
            self._slip = f"It is written, but ${line.place} wins as long as it is set."
        elif line.source == "yours" and path != user_file():
            self._slip = "It is written, but your own file wins. There `r` takes it out."
        self._tell()
        return True

    def action_file(self) -> None:
        """Write into the other file from now on."""
        self._to_library = not self._to_library
        self._tell()

    def action_edit(self) -> None:
        """Open the file in the editor, at the line if it stands there; what is changed there is noticed."""
        from studytool.notes.model import Span

        line = None if self._unread else self._line
        path, _, number = line.place.rpartition(":") if line and ":" in line.place else ("", "", "1")
        file = path or unreadable(self.app.desk.request.library) or str(self._file)
        if not Path(file).exists():
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        self.app.open_note(Span(file, int(number)))

    def action_leave(self) -> None:
        """Close the field without a change; else back to where one came from."""
        if self._field.visible:
            self._slip = ""
            self._close_field()
        else:
            self.app.leave()

    def _close_field(self) -> None:
        field = self._field
        field.visible = False
        field.value = ""
        self._edited = None
        self._list.focus()
        self._tell()
        self.refresh_bindings()
