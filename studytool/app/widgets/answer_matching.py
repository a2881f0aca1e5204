"""Two sides to match: for each left one the number of the right one that belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content

from studytool.app.widgets.answer import CHOSEN, PLAIN, RIGHT, WRONG, AnswerField
from studytool.app.widgets.answer_rows import AnswerRows
from studytool.app.widgets.card_text import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from studytool.quiz import Asked, Attempt


class MatchingField(AnswerField):
    """The left sides with what was matched to each, and beside them the right sides with their numbers."""

    asks = "Match the sides"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab,right,l",
            "aside",
            "Other side",
            key_display="tab",
            tooltip="Choose on the other side with arrows",
            id="matching.other-side",
        ),
        Binding("shift+tab,left,h", "back", "Left side", show=False, id="matching.left-side"),
        Binding("space", "choose", "Match", tooltip="Match the two sides under the cursors", id="matching.match"),
        Binding("backspace,delete", "clear", "Clear", tooltip="Take the match away", id="matching.clear"),
        *(
            Binding(str(n), f"match({n or 10})", f"Match {n or 10}", show=False, id=f"matching.match-{n or 10}")
            for n in range(10)
        ),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._chosen = [-1] * len(asked.items)

    @property
    def how(self) -> str:
        """A number matches, another left side is chosen with the arrows."""
        arrows = self.app.keys_name(("list.up", "list.down"), "arrows")
        return f"{self._matches}; {arrows} go on; {self.gives} answers"

    @property
    def how_in_short(self) -> str:
        """A number matches."""
        return "by number"

    @property
    def _matches(self) -> str:
        """How a side is matched: by its number, which another key may stand for."""
        count = min(len(self.asked.targets), 10)
        keys = self.app.keys_name([f"matching.match-{n}" for n in range(1, count + 1)], "")
        return f"press {keys} for the right side" if keys else "press the number of the right side"

    def compose(self) -> ComposeResult:
        """Both sides beside each other."""
        with Horizontal(id="sides"):
            yield AnswerRows(id="items")
            yield AnswerRows(id="targets")

    def put(self, response: str | Sequence[int]) -> None:
        """The pairs as they were given."""
        self._chosen = [target for target in response if isinstance(target, int)]
        self.draw()

    @property
    def _left(self) -> AnswerRows:
        return self.query_one("#items", AnswerRows)

    @property
    def _right(self) -> AnswerRows:
        return self.query_one("#targets", AnswerRows)

    def begin(self) -> None:
        """The cursor stands on the first left side."""
        self.draw()
        self._left.highlighted = 0
        self._right.highlighted = None
        self.screen.set_focus(self._left, scroll_visible=False)

    def draw(self) -> None:
        """The pairs as they were matched; once marked which are right, and below the others what belongs to them."""
        left, right = self._left, self._right
        self._fill(left, [self._pair(index, left.row_width) for index in range(len(self.asked.items))])
        self._fill(right, [self._target(index, right.row_width) for index in range(len(self.asked.targets))])

    def _fill(self, rows: AnswerRows, lines: Sequence[Content]) -> None:
        before = rows.highlighted
        rows.fill(lines)
        rows.highlighted = before

    def _pair(self, index: int, width: int) -> Content:
        chosen = self._chosen[index]
        sign, style = ("■", CHOSEN) if chosen >= 0 else ("□", PLAIN)
        if self.attempt is not None:
            sign, style = ("✓", RIGHT) if self._is_right(index) else ("✗", WRONG)
        item = Content("\n    ").join(inline(self.asked.items[index]).wrap(max(width - 4, 10)))
        row = Content.assemble((f" {sign}  ", style), item, ("\n    → ", PLAIN), self._named(chosen, width - 6))
        if self.attempt is None or self._is_right(index):
            return row
        return Content.assemble(row, ("\n    right: ", RIGHT), self._named(self.asked.places[index], width - 11))

    def _named(self, target: int, width: int) -> Content:
        """A right side by its number, on a line of `width` cells; dots where there is none (-1)."""
        told = f"{target + 1} {' '.join(self.asked.targets[target].split())}" if target >= 0 else "…"
        return inline(told).truncate(max(width, 10), ellipsis=True)

    def _is_right(self, index: int) -> bool:
        chosen = self._chosen[index]
        return chosen >= 0 and self.asked.targets[chosen] == self.asked.targets[self.asked.places[index]]

    def _target(self, index: int, width: int) -> Content:
        used = index in self._chosen and self.attempt is None
        text = Content("\n    ").join(inline(self.asked.targets[index]).wrap(max(width - 4, 10)))
        return Content.assemble((f"{index + 1:>2}  ", CHOSEN), text.stylize("$foreground-muted") if used else text)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on the left chooses what is matched, one on the right matches it."""
        event.stop()
        if event.option_list.id == "targets":
            self.action_match(event.option_index + 1)
        self.screen.set_focus(self._left, scroll_visible=False)

    def action_match(self, number: int) -> None:
        """Match the left side under the cursor with a right one, counted from 1; go on to the next that has none."""
        at = self._left.highlighted
        if self.attempt is not None or at is None or number > len(self.asked.targets):
            return
        self._chosen[at] = number - 1
        order = [*range(at + 1, len(self._chosen)), *range(at)]
        self._left.highlighted = next((place for place in order if self._chosen[place] < 0), at)
        self.screen.set_focus(self._left, scroll_visible=False)
        self.draw()

    def action_choose(self) -> None:
        """Match with the right side under the cursor; without one go over to choose it."""
        if self._right.has_focus and self._right.highlighted is not None:
            self.action_match(self._right.highlighted + 1)
        else:
            self.action_aside()

    def action_aside(self) -> None:
        """The arrows choose on the right."""
        if self._right.has_focus:
            self.action_back()
            return
        if self._right.highlighted is None:
            self._right.highlighted = 0
        self.screen.set_focus(self._right, scroll_visible=False)

    def action_back(self) -> None:
        """The arrows choose on the left."""
        self.screen.set_focus(self._left, scroll_visible=False)

    def action_clear(self) -> None:
        """Take away what was matched to the left side under the cursor."""
        if self._left.highlighted is not None:
            self._chosen[self._left.highlighted] = -1
            self.draw()

    def response(self) -> Sequence[int] | None:
        """For each left side the right one that was matched to it, -1 where it has none; None before the first."""
        return list(self._chosen) if max(self._chosen) >= 0 else None

    def give(self) -> None:
        """Hand the pairs in when every left side has one."""
        open_ = self._chosen.count(-1)
        if self.passes and open_ == len(self._chosen):
            self.lack()
        elif open_:
            told = f"{open_} of {len(self._chosen)} {'has' if open_ == 1 else 'have'} no match yet: {self._matches}."
            self.app.warn(told, self.screen)
            self._left.highlighted = self._chosen.index(-1)
        else:
            self.post_message(self.Given(self.asked, list(self._chosen)))

    def show(self, attempt: Attempt) -> None:
        """The right pairs, with which of them were found."""
        super().show(attempt)
        self._left.disabled = self._right.disabled = True
