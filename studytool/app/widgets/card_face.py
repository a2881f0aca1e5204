"""A card as it is asked: where it stands in its note, its prompt and, once it is shown, its answer."""

from __future__ import annotations

from asyncio import Event
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from studytool.app.queues import patiently
from studytool.app.widgets.card_text import CardText, above, below
from studytool.app.widgets.ends import Matter

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.widgets.typed_answer import TypedAnswer
    from studytool.notes.model import Card
    from studytool.quiz import Asked, Mark


class CardFace(Matter):
    """The two sides of a card, one below the other. What does not fit scrolls."""

    def __init__(self) -> None:
        super().__init__(id="card", can_focus=False)
        self._typed: TypedAnswer | None = None
        self._ready = Event()  # whether what takes the answer stands there

    def compose(self) -> ComposeResult:
        """The parts of a card from the top."""
        yield Static(id="context")
        yield CardText(id="front")
        yield Static(id="divider")
        yield CardText(id="back")
        yield Static(id="from")

    def ask(self, card: Card, front: str) -> None:
        """Show the prompt of a card, from its top, in the words of `front`."""
        self._show(above(card), front, card.span.path)

    def place(self, card: Card) -> None:
        """Tell where the card that is shown stands now."""
        self.query_one("#context", Static).update(above(card))

    def ask_in_other_words(self, front: str) -> None:
        """Show the prompt as it reads now."""
        shown = self.query_one("#front", CardText)
        shown.show(front, source=shown.source, note=shown.note)

    def tell(self, markdown: str) -> None:
        """Show a text that is no card."""
        self._show(Content(""), markdown)

    def _show(self, context: Content, front: str, note: str = "") -> None:
        self.query_one("#context", Static).update(context)
        self.query_one("#front", CardText).show(front, note=note)
        self.query_one("#back", CardText).show("")
        self._turn(False)
        self.scroll_home(animate=False)

    def take(self, asked: Asked | None) -> None:
        """Have the answer of the card typed; with None, not."""
        self.set_class(asked is not None, "-typed")
        if asked is None:
            return
        if self._typed is None:
            from studytool.app.widgets.typed_answer import TypedAnswer  # not on the way to a card that is turned over

            self._typed = TypedAnswer()
            self.mount(self._typed, before="#divider")
        self._ready.clear()
        self.call_after_refresh(self._asked, asked)

    def _asked(self, asked: Asked) -> None:
        if self._typed is not None:
            self._typed.ask(asked)
        self._ready.set()

    async def ready(self) -> None:
        """Wait until the field has the keys, where the answer is typed; not for ever."""
        if self.has_class("-typed") and not self._ready.is_set():
            await patiently(self._ready.wait())

    def type(self, typed: str) -> None:
        """Have something stand in the field, once it is empty for its card."""
        if self._typed is not None:
            self.call_after_refresh(self._typed.put, typed)

    @property
    def typed(self) -> str:
        """What was typed, if anything is asked to be."""
        return self._typed.typed if self._typed and self.has_class("-typed") else ""

    @property
    def knows_none(self) -> bool:
        """Whether who hands in nothing does not know the answer; the first time it is said how to say so."""
        return bool(self._typed and self._typed.knows_none)

    def mark(self, mark: Mark | None) -> None:
        """Show what the typed answer is worth."""
        if self._typed and self.has_class("-typed"):
            self._typed.tell(mark)

    def unmark(self) -> None:
        """Hide the answer again, for what was typed to be corrected."""
        self._turn(False)
        if self._typed and self.has_class("-typed"):
            self._typed.again()

    def answer(self, markdown: str, of: Card | None = None) -> None:
        """Show the answer below the prompt, its formulas as those of the prompt are, and the source `of` the card."""
        front, back = self.query_one("#front", CardText), self.query_one("#back", CardText)
        back.show(markdown, source=front.source, note=front.note)
        source = below(of) if of and of.source else None
        if source is not None:
            self.query_one("#from", Static).update(source)
        self._turn(True, has_source=source is not None)
        self.call_after_refresh(self._scroll_to_answer)

    def _turn(self, is_answered: bool, *, has_source: bool = False) -> None:
        """Show the answer and its source, or not. By a class of the screen, all on it would be styled anew: 10 ms."""
        self.query_one("#from").display = has_source
        self.query_one("#back").display = is_answered
        self.divide()

    def divide(self) -> None:
        """A line between prompt and answer, but in a window of so few lines that it needs them for these."""
        is_bare = self.screen.has_class("-bare")
        self.query_one("#divider").display = self.query_one("#back").display and not is_bare

    def _scroll_to_answer(self) -> None:
        """The prompt stays where it is if some of the answer is in view; else the answer begins at the top.

        In a window of very few lines it begins there unless all of it is in view.
        """
        divider, back = self.query_one("#divider"), self.query_one("#back")
        if self.screen.has_class("-tiny"):
            if back.virtual_region.bottom > self.size.height:
                self.scroll_to(y=back.virtual_region.y, animate=False)
        elif divider.virtual_region.y > self.size.height // 2:  # `scroll_to_widget` would leave one that is in view
            self.scroll_to(y=divider.virtual_region_with_margin.y, animate=False)

    def turn_source(self) -> None:
        """Show the formulas as their LaTeX, or drawn again."""
        for part in self.query(CardText):
            part.show(part.markdown, source=not part.source, note=part.note)

    def half(self, pages: int) -> None:
        """Scroll by so many halves of what is seen."""
        self.by(pages * self.size.height // 2)
