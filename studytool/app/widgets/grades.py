"""The four grades with the interval each would give, one press or click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.memory import Grade

_ROOMY = 48
"""Columns in which four grades have room with gaps between them."""
_NAMED, _WHOLE = 30, 72
"""Columns in which four grades in a single line have room for their names, and for their intervals too."""
_NAMES = (("Again", "$error"), ("Hard", "$warning"), ("Good", "$success"), ("Easy", "$primary"))


class GradeKey(Static):
    """One grade: its key, its name, its interval. A click is a press of the key."""

    app: Frame

    def __init__(self, grade: int) -> None:
        super().__init__(classes="grade")
        self._grade = grade

    def show(self, interval: str, *, is_proposed: bool = False, room: int | None = None) -> None:
        """Write the interval under the name; a grade that is proposed stands out, and enter takes it.

        With a `room` all four stand in one line of so many cells. In the shortest one the names of the first and the
        last say which way the keys between them go.
        """
        name, colour = _NAMES[self._grade - 1]
        self.set_class(is_proposed, "-proposed")
        bold, muted = f"{colour} bold", "$foreground-muted"
        key = self.app.key_name(f"study.{name.lower()}", str(self._grade))
        parts = [(f"{key} ", muted), (name, bold)]
        if room is None:
            parts += [("\n", ""), (interval, muted)]
        elif room >= _WHOLE:
            parts += [(f" {interval}  ", muted)]
        elif room < _NAMED:
            parts = {1: [(f"{name} ", bold), (key, muted)], 4: parts}.get(self._grade, [(key, bold)])
        mark = ("▸" if room is not None else "▸ ", bold)
        self.update(Content.assemble(*([mark] if is_proposed else []), *parts))

    def on_click(self, event: events.Click) -> None:
        """As if the key had been pressed."""
        event.stop()
        self.post_message(Grades.Chosen(self._grade))


class Grades(Horizontal):
    """The row of grades; its height never changes, so that nothing on the screen jumps.

    On a screen of the class `-tiny` it is a single line.
    """

    class Chosen(Message):
        """A grade was clicked."""

        def __init__(self, grade: int) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._offered: tuple[Mapping[Grade, str], Grade | None] | None = None  # while they are shown

    def compose(self) -> ComposeResult:
        """The prompt to reveal, and the four grades; one of the two is shown."""
        yield Static(id="reveal")
        for grade in (1, 2, 3, 4):
            yield GradeKey(grade)

    def on_resize(self, event: events.Resize) -> None:
        """In a window of few columns the names take the room of the gaps."""
        self.set_class(event.size.width < _ROOMY, "-tight")
        self.call_after_refresh(self._offer_again)

    def _offer_again(self) -> None:
        if self._offered:
            self.offer(*self._offered)

    def ask(self, sentence: Content) -> None:
        """Show a sentence instead of the grades."""
        self.query_one("#reveal", Static).update(sentence)
        self._offered = None
        self._turn(False)

    def offer(self, outcomes: Mapping[Grade, str], proposed: Grade | None = None) -> None:
        """Show the grades with what each leads to, its interval; the one that a typed answer speaks for stands out."""
        self._offered = outcomes, proposed
        room = self.app.size.width if self.screen.has_class("-tiny") else None
        for key, (grade, outcome) in zip(self.query(GradeKey), outcomes.items(), strict=True):
            key.show(outcome, is_proposed=grade == proposed, room=room)
        self._turn(True)

    def _turn(self, is_graded: bool) -> None:
        """Show the grades, or the sentence. By a class, all that is here would be styled anew: 4 ms a key."""
        for child in self.children:
            child.display = isinstance(child, GradeKey) == is_graded
