"""Options: one that is right, several, or true and false."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from studytool.app.picks import PICKS, numbers
from studytool.app.widgets.answer import CHOSEN, PLAIN, RIGHT, WRONG, AnswerField, listed
from studytool.app.widgets.answer_rows import AnswerRows
from studytool.app.widgets.card_text import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from studytool.quiz import Asked, Attempt


class ChoiceField(AnswerField):
    """One of the options: its number answers, and so does enter on it."""

    asks = "Choose an option"
    BINDINGS: ClassVar[list[BindingType]] = PICKS

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._ticked: set[int] = set()

    @property
    def how(self) -> str:
        """The numbers, and the cursor."""
        return f"{self.numbers}, or {self.moves}"

    @property
    def how_in_short(self) -> str:
        """The keys of the options."""
        return self.numbers

    @property
    def numbers(self) -> str:
        """The keys of the options."""
        return numbers(self.app.keys_name, len(self.asked.options))

    @property
    def moves(self) -> str:
        """The keys that choose without them."""
        return f"{self.app.keys_name(('list.up', 'list.down'), 'the arrows')} and {self.gives}"

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a key for each option, as long as it is asked."""
        if action == "pick":
            return self.attempt is None and int(str(parameters[0])) <= len(self.asked.options)
        return super().check_action(action, parameters)

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why the key of an option chooses none."""
        if action != "pick":
            return ""
        return "This question is marked." if self.attempt else f"There are {len(self.asked.options)} options."

    def compose(self) -> ComposeResult:
        """The options as rows."""
        yield AnswerRows(id="options")

    def begin(self) -> None:
        """No option is chosen before the learner does."""
        self.draw()
        rows = self.query_one(AnswerRows)
        rows.highlighted = None
        self.screen.set_focus(rows, scroll_visible=False)

    def sign(self, index: int) -> tuple[str, str]:
        """What stands before an option while it is asked, and its style: that it is ticked, else its number."""
        return ("■", CHOSEN) if index in self._ticked else (str(index + 1), PLAIN)

    def put(self, response: str | Sequence[int]) -> None:
        """Tick what was chosen."""
        self._ticked = {index for index in response if isinstance(index, int)}
        self.query_one(AnswerRows).highlighted = min(self._ticked, default=None)
        self.draw()

    def draw(self) -> None:
        """The options as they stand now: numbered or ticked while asked, right or wrong once marked."""
        rows = self.query_one(AnswerRows)
        said = self.attempt.response if self.attempt else ()
        lines = []
        for index, option in enumerate(self.asked.options):
            sign, style = self.sign(index)
            if self.attempt and option.correct:
                sign, style = "✓", RIGHT
            elif self.attempt and not isinstance(said, str) and index in said:
                sign, style = "✗", WRONG
            lines.append(listed(sign, style, inline(option.text), len(self.asked.options), rows.row_width))
        rows.fill(lines)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an option answers; where several are right it ticks."""
        event.stop()
        self.action_pick(event.option_index + 1)

    def action_pick(self, number: int) -> None:
        """Answer with an option, counted from 1: one of a question that was there when the key was pressed."""
        if self.attempt is None and not self.is_late and number <= len(self.asked.options):
            self.query_one(AnswerRows).highlighted = number - 1
            self.give()

    def response(self) -> Sequence[int] | None:
        """The option under the cursor."""
        chosen = self.query_one(AnswerRows).highlighted
        return None if chosen is None else [chosen]

    def begun(self) -> Sequence[int] | None:
        """What is ticked: where the cursor stands is no choice yet."""
        return sorted(self._ticked) or None

    def show(self, attempt: Attempt) -> None:
        """Right and wrong options by their signs."""
        super().show(attempt)
        self.query_one(AnswerRows).disabled = True


class TruthField(ChoiceField):
    """True or false, by the first letter of each."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._letters = [option.text.strip(" .*_`")[:1].casefold() for option in asked.options]

    @property
    def how(self) -> str:
        """The letters before all."""
        return f"{' or '.join(self._letters)}, {self.numbers}, or {self.moves}"

    @property
    def how_in_short(self) -> str:
        """The letters."""
        return " or ".join(self._letters)

    def sign(self, index: int) -> tuple[str, str]:
        """The letter that chooses it, or that it is ticked."""
        return super().sign(index) if index in self._ticked else (self._letters[index], PLAIN)

    def on_key(self, event: events.Key) -> None:
        """The letter of an option answers."""
        if self.attempt is None and event.character and event.character.casefold() in self._letters:
            event.stop()
            self.action_pick(self._letters.index(event.character.casefold()) + 1)


class MultipleField(ChoiceField):
    """Any number of options: ticked first, then handed in."""

    asks = "Tick an option"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick", tooltip="Tick or untick the option under the cursor", id="choice.tick"),
    ]

    @property
    def how(self) -> str:
        """The numbers tick."""
        return f"{self.numbers} tick, {self.gives} answers; more than one can be right"

    @property
    def how_in_short(self) -> str:
        """The numbers, and the key that hands them in."""
        return f"{self.numbers}, {self.gives}"

    def action_pick(self, number: int) -> None:
        """Tick or untick an option, counted from 1."""
        if self.attempt is None and number <= len(self.asked.options):
            self.query_one(AnswerRows).highlighted = number - 1
            self._ticked ^= {number - 1}
            self.draw()

    def action_tick(self) -> None:
        """Tick or untick the option under the cursor."""
        self.action_pick((self.query_one(AnswerRows).highlighted or 0) + 1)

    def response(self) -> Sequence[int] | None:
        """The ticked options in their order."""
        return self.begun()
