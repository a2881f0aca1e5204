"""What is shown while a large folder of notes is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.opening import Opening

_LOOK = 0.1


class ReadingScreen(Screen[None]):
    """How far reading has come; what has been read is kept when it is left, and can be studied when it is stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,s",
            "halt",
            "Stop",
            key_display="esc",
            tooltip="Read no more for now, and study what has been read",
            id="reading.stop",
        )
    ]

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self._opening = opening
        self._stops = self._is_read = False

    def compose(self) -> ComposeResult:
        """The sentence in the middle of the screen, a line that fills below it, and the ways out."""
        yield Static(id="reading")
        yield Progress()
        yield KeyBar()

    def on_mount(self) -> None:
        """Look now and then how far it has come."""
        self._tell()
        self.set_interval(_LOOK, self._tell)

    def _tell(self) -> None:
        step = self._opening.step
        if self._opening.is_read:
            told, count = "Opening your log …", ""
            done = total = 1
        else:
            reads = f"Reading the notes in {self._opening.request.title} …"
            told = "Stopping: what has been read is opened …" if self._stops else reads
            count = f"{step.done:,} of {step.total:,} are read" if step else ""
            done, total = (step.done, step.total) if step else (0, 0)
        self.query_one("#reading", Static).update(Content(f"{told}\n{count}"))
        self.query_one(Progress).show(done, total)
        if self._is_read != self._opening.is_read:
            self._is_read = True
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to stop once the notes have been read."""
        return action != "halt" or not self._opening.is_read

    def action_halt(self) -> None:
        """Go on with what has been read."""
        self._stops = True
        self._opening.halt()
        self._tell()
