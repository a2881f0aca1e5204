"""The frame around a question: what a quiz and an exam have in common on the screen."""

from __future__ import annotations

from asyncio import Lock
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from studytool.app.room import make_room
from studytool.app.screens.in_turn import KeysInTurn
from studytool.app.widgets.card_text import CardText, is_same
from studytool.app.widgets.ends import Matter
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.quiz.above import shown_topic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.events import DescendantFocus

    from studytool.app.app import StudyApp
    from studytool.app.widgets.answer import AnswerField
    from studytool.quiz import Asked


class AskingScreen(KeysInTurn):
    """One frame for every kind of question: where it comes from, its text, the widget that answers it, what it says."""

    app: StudyApp
    AUTO_FOCUS = ""  # what answers takes the keys by itself, and the question is read from its top

    def __init__(self) -> None:
        super().__init__()
        self._field: AnswerField | None = None  # where the question is answered; None while one takes another's place
        self._wanted: AnswerField | None = None  # the one that was asked for last
        self._turn = Lock()  # for keys of the app and of the screen are heard side by side

    def compose(self) -> ComposeResult:
        """The frame, still empty."""
        make_room(self)  # before there is anything whose styles would be looked up once more
        yield TopBar()
        yield Progress()
        with Matter(id="card", can_focus=False):
            yield Static(id="context")
            yield CardText(id="front")
            yield Vertical(id="slot")
            yield from self.below()
        yield Static(id="why")
        yield KeyBar()

    def below(self) -> Iterable[Widget]:
        """What comes under the place of the answer."""
        return ()

    def on_resize(self) -> None:
        """In a window of few lines question and answer have them."""
        make_room(self)
        if self._field is not None:
            self.draw_top()

    def draw_top(self) -> None:
        """Say in the line on top how things stand; in a window of few columns what counts most."""

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
        self._field, field.since = field, monotonic()
        self._card.scroll_home(animate=False)
        return True

    @property
    def _card(self) -> Matter:
        return self.query_one("#card", Matter)

    # -- the keys -------------------------------------------------------------------------------

    @property
    def _innermost(self) -> Widget | None:
        return self.focused or self._field

    @property
    def is_untouched(self) -> bool:
        """Whether the field holds nothing but what was put there."""
        return self._field is None or self._field.begun() is None

    @property
    def is_late(self) -> bool:
        """Whether the key that is heard came before the question, and nothing for this one since: it meant another."""
        return self._field is None or (self._field.is_late and self.is_untouched)

    def on_input_changed(self, event: Input.Changed) -> None:
        """What is typed stays in view."""
        self._keep_in_view(event.input)

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """The same, wherever the cursor goes in it."""
        self._keep_in_view(event.text_area)

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """So does what takes the keys."""
        self._keep_in_view(event.widget)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """The row under the cursor stays in view."""
        self._keep_in_view(event.option_list)

    def _keep_in_view(self, part: Widget) -> None:
        if self._card.max_scroll_y:
            self.call_after_refresh(self._follow, part)

    def _follow(self, part: Widget) -> None:
        """Scroll to where the keys go, once one was pressed; to the first row with what can be seen of the question."""
        if self.is_late or not part.is_attached:
            return
        card, region = self._card, part.region
        if isinstance(part, Rows):
            y, height = part.cursor_lines
            region = Region(region.x, region.y + y, region.width, height)
            room = card.scrollable_content_region.height
            if part.highlighted == 0 and height < room:
                region = Region(region.x, region.bottom - room, region.width, room)
        elif isinstance(part, TextArea):
            region = Region(region.x, part.cursor_screen_offset.y, region.width, 1)
        origin = card.scroll_offset - card.content_region.offset
        card.scroll_to_region(region.translate(origin), animate=False, immediate=True)

    def action_scroll(self, pages: int) -> None:
        """What does not fit, a page down or up."""
        self._card.page(pages)

    def action_by(self, lines: int) -> None:
        """The same by lines."""
        self._card.by(lines)


def source(asked: Asked, *, answered: bool = False) -> str:
    """The topic of a question, and the demo that computed it, if one did.

    Before it is `answered` a topic that would give it away is left out, and always one that is the question itself; a
    blank keeps the line.
    """
    topic = asked.topic if answered else shown_topic(asked)
    topic = "" if is_same(topic, asked.prompt) else topic
    demo = f"demo {Path(asked.computed.demo).stem}" if asked.computed else ""
    return " · ".join(part for part in (topic, demo) if part) or " "
