"""The frame around a question: what a quiz and an exam have in common on the screen."""

from __future__ import annotations

from asyncio import Lock
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.containers import Vertical, VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.topbar import TopBar
from studytool.quiz.above import shown_topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from studytool.app.app import StudyApp
    from studytool.app.widgets.answer import AnswerField
    from studytool.quiz import Asked


class AskingScreen(Screen[None]):
    """One frame for every kind of question: where it comes from, its text, the widget that answers it, what it says."""

    app: StudyApp

    def __init__(self) -> None:
        super().__init__()
        self._field: AnswerField | None = None  # where the question is answered; None while one takes another's place
        self._wanted: AnswerField | None = None  # the one that was asked for last
        self._turn = Lock()  # for keys of the app and of the screen are heard side by side
        self._since = monotonic()

    def compose(self) -> ComposeResult:
        """The frame, still empty."""
        yield TopBar()
        yield Progress()
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="context")
            yield CardText(id="front")
            yield Vertical(id="slot")
            yield from self.below()
        yield Static(id="why")
        yield KeyBar()

    def below(self) -> Iterable[Widget]:
        """What comes under the place of the answer."""
        return ()

    async def put(self, field: AnswerField, prompt: str) -> bool:
        """Show another question: its text, and a new widget that takes its answer from now on.

        False where a key that was pressed meanwhile has asked for another one, or left.
        """
        self._field, self._wanted = None, field  # no key reaches the last one while the next is not there
        self.app.hush()
        async with self._turn:
            if self._wanted is not field:
                return False
            slot = self.query_one("#slot", Vertical)
            with self.app.batch_update():  # the last one is on the screen until the next is
                await slot.remove_children()
                await slot.mount(field)
        if self._wanted is not field or not field.is_attached or self not in self.app.screen_stack:
            return False
        self.query_one("#front", CardText).show(prompt)
        field.begin()
        self._field, self._since = field, monotonic()
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        return True

    def action_scroll(self, pages: int) -> None:
        """What does not fit, a page down or up."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=pages * max(card.size.height - 2, 1), animate=False)


def source(asked: Asked, *, answered: bool = False) -> str:
    """The topic of a question, and the demo that computed it, if one did.

    Before it is `answered` a topic that would give it away is left out; a blank keeps the line.
    """
    topic = asked.topic if answered else shown_topic(asked)
    demo = f"demo {Path(asked.computed.demo).stem}" if asked.computed else ""
    return " · ".join(part for part in (topic, demo) if part) or " "
