"""The report of an exam, to be read, and the name of the file that it is written to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from studytool.app.screens.window import Window
from studytool.app.widgets.card_text import CardText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.frame import Frame


class ReportScreen(Window[None]):
    """The report as it would be written."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,r", "dismiss", "Close", id="exam-report.close"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="exam-report.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="exam-report.up"),
        Binding("pagedown,space", "scroll(15)", "Page down", show=False, id="exam-report.page-down"),
        Binding("pageup", "scroll(-15)", "Page up", show=False, id="exam-report.page-up"),
    ]

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self._markdown = markdown

    def compose(self) -> ComposeResult:
        """The text in a frame."""
        with VerticalScroll(id="one-card", can_focus=False) as frame:
            reads = self.app.keys_name(("exam-report.up", "exam-report.down"), "arrows")
            closes = self.app.key_name("exam-report.close", "esc")
            frame.border_subtitle = f"{reads} read on, {closes} closes"
            yield CardText(self._markdown)

    def action_scroll(self, lines: int) -> None:
        """Read on."""
        self.query_one("#one-card").scroll_relative(y=lines, animate=False)


class FileScreen(Window["str | None"]):
    """A name for a file; the result is None when it was left."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", priority=True, id="exam-file.leave")]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def compose(self) -> ComposeResult:
        """The field, and what its ending means."""
        keys = [
            ("enter", "$accent bold"),
            (" writes it, .md as Markdown, .json as JSON      ", "$foreground-muted"),
            (self.app.key_name("exam-file.leave", "esc"), "$accent bold"),
            (" leaves", "$foreground-muted"),
        ]
        with Vertical(id="write"):
            yield Static("Write the report to")
            yield Input(self._name, id="typed")
            yield Static(Content.assemble(*keys))

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close with the name."""
        self.dismiss(event.value.strip() or None)

    def action_leave(self) -> None:
        """Close without one."""
        self.dismiss(None)
