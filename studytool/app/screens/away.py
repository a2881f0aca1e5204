"""Telling of a holiday, in the words of `studytool away`."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from studytool import holidays
from studytool.app.screens.window import Window
from studytool.errors import StudytoolError, UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.memory.away import Away

_WHAT = "While you are away nothing falls due; what waits comes back a little at a time after your return."
_WORDS = (("monday", "away until then"), ("friday until 2027-01-02", "ahead"), ("back", "ends it, or takes it back"))


class AwayScreen(Window[None]):
    """The holidays that are set, and a field for another; `back` ends the one that one is on."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Leave", id="away.leave")]

    def compose(self) -> ComposeResult:
        """What it means, what is set, the field, and what can be written there."""
        with Vertical(id="away") as frame:
            frame.border_title = "Away"
            frame.border_subtitle = f"enter writes it · {self.app.key_name('away.leave', 'esc')} leaves"
            yield Static(_WHAT, markup=False)
            yield Static(id="away-set")
            yield Input(placeholder="the day you are back", id="away-until")
            yield Static(
                Content("\n").join(
                    Content.assemble((f"{word:<24}", "$accent bold"), (told, "$foreground-muted"))
                    for word, told in _WORDS
                )
            )

    def on_mount(self) -> None:
        """Type at once."""
        self._tell()
        self.query_one(Input).focus()

    def _tell(self, otherwise: str = "No holiday is set.") -> None:
        desk = self.app.desk
        today = self.app.now().day(desk.memory.rules.rollover)
        told = holidays.sentences(desk.memory, today) or [otherwise]
        self.query_one("#away-set", Static).update(Content("\n".join(one_line(line) for line in told)))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write what was told into the log; what is no day is said, and the field stays."""
        event.stop()
        desk, now, words = self.app.desk, self.app.now(), event.value.lower().split()
        today = now.day(desk.memory.rules.rollover)
        try:
            if words == [holidays.BACK_NOW]:
                holidays.end(desk.store, desk.memory, now, today)
            elif words:
                holidays.begin(desk.store, desk.memory, now, _period(words, today))
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        if words:
            event.input.value = ""
            self._tell(holidays.BACK if words == [holidays.BACK_NOW] else holidays.OVER)


def _period(words: list[str], today: int) -> Away:
    """`monday`, `until monday`, `from friday until monday`; raises `UsageError` for anything else."""
    named = [word for word in words if word not in ("from", "until", "to")]
    if len(named) not in (1, 2):
        raise UsageError("Give the day you are back, or the first day away and that one.", "friday until monday")
    return holidays.period_of(named[0] if len(named) == 2 else None, named[-1], today)
