"""Writing one's own answer to a question that the notes leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.screens.window import Window
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.written import Written
from studytool.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.frame import Frame

# More than a page of text is no answer but an accident of the clipboard.
_LONGEST = 20_000


class WriteScreen(Window[str | None]):
    """A question and a field; the result is the text, or None when the learner left without saving."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", priority=True, id="write.save"),
        Binding("escape", "leave", "Leave", priority=True, id="write.leave"),
    ]

    def __init__(self, question: str, written: str, typed: str | None = None) -> None:
        super().__init__()
        self._question = question
        self._written = written
        self._typed = written if typed is None else typed
        self._warned = ""

    def compose(self) -> ComposeResult:
        """The question above, the field below."""
        with Vertical(id="write"):
            yield CardText(self._question)
            yield Written(self._typed, soft_wrap=True, show_line_numbers=False)
            yield Static(
                Content.assemble(
                    (self.app.key_name("write.save", "ctrl+s"), "$accent bold"),
                    (" keeps it      ", "$foreground-muted"),
                    (self.app.key_name("write.leave", "esc"), "$accent bold"),
                    (" leaves it as it was", "$foreground-muted"),
                )
            )

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Written).focus()

    def action_save(self) -> None:
        """Keep what was written."""
        text = clean(self.query_one(Written).text).strip()
        if len(text) > _LONGEST:
            self.app.notify(f"An answer can have {_LONGEST:,} characters; this has {len(text):,}.", markup=False)
            return
        self.dismiss(text)

    def action_leave(self) -> None:
        """Leave; when something would be lost, only the second time."""
        if self._may_go("write.leave", "esc"):
            self.dismiss(None)

    def end(self) -> bool:
        """The same before the program ends."""
        return not self.query(Written) or self._may_go("app.quit", "ctrl+q")  # it may still be built

    def _may_go(self, action: str, usual: str) -> bool:
        """Whether nothing is lost, or it was said to who left before, with the key of an `action`."""
        text = self.query_one(Written).text
        if text.strip() in {"", self._written.strip(), self._warned.strip()}:
            return True
        self._warned = text
        keep, leave = self.app.key_name("write.save", "ctrl+s"), self.app.key_name(action, usual)
        self.app.warn(f"Not saved yet: {keep} keeps it, {leave} again drops it.")
        return False
