"""Answers that are typed or chosen: what they are worth, and the mark that can be taken back."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from studytool.app.picks import numbers
from studytool.app.screens.in_turn import KeysInTurn
from studytool.app.screens.sitting_end import SittingEnd
from studytool.app.widgets.card_text import headline
from studytool.text import one_line
from studytool.typed import marked, picked, takes_several, to_pick, to_type, with_numbers

if TYPE_CHECKING:
    from textual.widgets import Input

    from studytool.memory import Grade
    from studytool.notes.model import Card, Question
    from studytool.quiz import Asked

_WORD = 12
"""Letters of an option that stands beside its key."""
_SAID = 200
"""Characters of an answer that are said."""


class TypedAnswers(KeysInTurn, SittingEnd):
    """A screen with a sitting in which some answers are typed, and options chosen.

    That proposes a grade, and gives none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: Asked | None = None
        self._knows_none = False  # by handing in nothing twice
        self._question: Question | None = None  # whose options can be chosen
        self._picked: set[int] = set()
        self._proposed: Grade | None = None

    @abstractmethod
    def action_reveal(self) -> None:
        """Show the answer."""

    @abstractmethod
    def _ask(self) -> None:
        """Say what can be done before the answer is shown."""

    async def caught_up(self) -> None:
        """What was pressed before is done, and where the next answer is typed the keys go into its field."""
        await super().caught_up()
        await self._face.ready()

    def _begin(self, card: Card) -> None:
        """Show the prompt of a card with what takes its answer."""
        library = self.app.desk.library
        self._typed, self._knows_none = to_type(card, library, self.app.desk.request.settings.typing), False
        self._question, self._picked, self._proposed = to_pick(card, library), set(), None
        self._face.ask(card, with_numbers(self._question) if self._question else card.front)
        self._face.take(self._typed)

    def _tell_edited(self, before: Card, card: Card | None, typed: str, *, was_revealed: bool) -> None:
        """Say that an edit took the card `before` away, or put it into the words of `card`.

        What was typed for it goes on in the field where `card` is asked now; else it is said, and in the clipboard.
        """
        lost = ""
        is_next = card is not None and self._card is not None and card.key == self._card.key
        if typed and is_next and self._typed is not None:
            self._face.type(typed)
        elif typed:
            self.app.copy_to_clipboard(typed)
            lost = f" You had typed “{one_line(typed, _SAID)}”: it is in the clipboard, where the terminal allows that."
        if card is None or was_revealed or lost:
            how = "is in your notes no more" if card is None else "was edited: it comes in its new words"
            self.app.warn(f"“{one_line(headline(before.front).plain, 50)}” {how}.{lost}")

    @property
    def _picks(self) -> list[tuple[str, str]]:
        """The keys that choose an option, and what they do; of two options of a word each the key of either."""
        if self._question is None:
            return []
        texts, does = [one.text for one in self._question.options], "choose"
        if takes_several(self._question):
            does = "tick"
        elif len(texts) == 2 and all(text.isalpha() and len(text) <= _WORD for text in texts):
            return [(self.app.key_name(f"choice.pick-{n}", str(n)), text) for n, text in enumerate(texts, 1)]
        return [(numbers(self.app.keys_name, len(texts)), does)]

    @property
    def _types(self) -> bool:
        """Whether the keys go into the field of an answer."""
        return self._typed is not None and self.focused is not None

    @property
    def _is_marked(self) -> bool:
        """Whether an answer that was typed or chosen stands there with its mark."""
        return self._revealed and self._proposed is not None

    @property
    def _is_half_typed(self) -> bool:
        """Whether the keys go into a field in which something stands."""
        return self._types and not self._revealed and bool(self._face.typed)

    def on_input_changed(self) -> None:
        """As long as nothing is typed, the last grade can be taken back."""
        self.refresh_bindings()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the field: show the answer, and what the typed one is worth; nothing has to be handed in twice."""
        event.stop()
        if self._face.typed or self._face.knows_none:
            self._knows_none = not self._face.typed
            self.action_reveal()

    def on_descendant_focus(self) -> None:
        """Other keys do something now."""
        self._keys_moved()

    def on_descendant_blur(self) -> None:
        """Other keys do something now."""
        self._keys_moved()

    def _keys_moved(self) -> None:
        if self._typed and not self._revealed:
            self._ask()
        self.refresh_bindings()

    def action_pick(self, number: int) -> None:
        """Choose an option, counted from 1, and show the answer; where several are right it is ticked, or not."""
        if self._question is None or self._revealed or self._is_late or number > len(self._question.options):
            return
        self._picked ^= {number - 1}
        if takes_several(self._question):
            self._face.ask_in_other_words(with_numbers(self._question, self._picked))
            self._ask()
        else:
            self.action_reveal()

    def _mark(self) -> str:
        """Mark what was typed or chosen, and propose a grade; neither is nothing said.

        Returns, as markdown, what the options are worth that were chosen.
        """
        if self._typed is not None or self._question is not None:
            self.app.hush()  # that a mark was taken back holds no more
        if self._question is not None and self._picked:
            told, self._proposed = picked(self._question, sorted(self._picked))
            return f"{told}\n\n"
        if self._typed is not None:
            is_given = self._face.typed or self._knows_none
            mark, self._proposed = marked(self._typed, self._face.typed) if is_given else (None, None)
            self._face.mark(mark)
            self.set_focus(None)
        return ""

    def _unmark(self) -> None:
        self._revealed, self._proposed, self._knows_none = False, None, False
        self._face.unmark()
        again = "correct what you typed, and enter marks it again"
        if self._question is not None:
            self._picked = set()
            self._face.ask_in_other_words(with_numbers(self._question))
            again = "choose again"
        self._ask()
        self.refresh_bindings()
        out, undo = self.app.key_name("study.leave", "esc"), self.app.key_name("study.undo", "u")
        then = f"{undo} once more takes" if self._question else f"{out} and {undo} take"
        more = f" {then} back the last grade." if self._trail else ""
        self.app.warn(f"The mark is taken back: {again}.{more}", self)
