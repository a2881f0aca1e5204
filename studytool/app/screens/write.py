"""Writing one's own answer to a question that the notes leave open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.queues import passed
from studytool.app.screens.window import Window
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.written import Written
from studytool.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def __init__(
        self, question: str, written: str, typed: str | None = None, keep: Callable[[str], object] | None = None
    ) -> None:
        """`keep` takes what stands there where nobody is there any more to say whether it should."""
        super().__init__()
        self._keep = keep
        self._question = question
        self._written = written
        self._typed = written if typed is None else typed
        self._dropped: str | None = None

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
        text = clean(self._text).strip()
        if len(text) > _LONGEST:
            self.app.notify(f"An answer can have {_LONGEST:,} characters; this has {len(text):,}.", markup=False)
            return
        self.dismiss(text)

    def action_leave(self) -> None:
        """Leave; when something would be lost, only the second time."""
        if self._may_go("write.leave", "esc"):
            self.dismiss(None)

    def _may_go(self, action: str, usual: str) -> bool:
        """Whether nothing is lost, or that was said just before to who pressed the key of the same `action`."""
        text = self._text
        if text.strip() in {"", self._written.strip()} or self.app.asked() == (action, text):
            return True
        keep, leave = self.app.key_name("write.save", "ctrl+s"), self.app.key_name(action, usual)
        self.app.ask((action, text), f"Not saved yet: {keep} keeps it, {leave} again drops it.", self)
        return False

    def end(self) -> bool:
        """The same before the program ends."""
        if self._may_go("app.quit", "ctrl+q"):
            self._dropped = self._text
            return True
        return False

    def break_off(self) -> None:
        """Keep what stands there, unless that was to be dropped."""
        text = clean(self._text).strip()
        if self._keep and text and self._text != self._dropped and len(text) <= _LONGEST:
            self._keep(text)

    async def caught_up(self) -> None:
        """What was pressed before stands there."""
        await passed([self.focused or self])

    @property
    def _text(self) -> str:
        """What stands in the field, once there is one."""
        fields = self.query(Written)
        return fields.first().text if fields else self._typed
