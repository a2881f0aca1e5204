"""The result of a quiz: the score, and every question with the card and the note it came from."""

from __future__ import annotations

from itertools import dropwhile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app.room import make_room
from studytool.app.screens.file_keys import FILE
from studytool.app.screens.questions_done import QuestionsDone
from studytool.app.widgets.answer import sign_of
from studytool.app.widgets.card_text import headline
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.text import begun, cells, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studytool.quiz import Asked, Attempt, Paper


class ResultScreen(QuestionsDone):
    """What was right and what was not; what was not comes first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "card", "Card", tooltip="The card that this question came from", id="result.card"),
        Binding("c", "compare", "Compare", tooltip="My answer in full, beside the right one", id="result.compare"),
        *FILE,
        Binding("d", "demo", "Demo", tooltip="Run the idea of this card", id="result.demo"),
        Binding("escape,q", "leave", "Home", key_display="esc", id="result.leave"),
    ]

    def __init__(self, paper: Paper, attempts: Sequence[Attempt]) -> None:
        super().__init__()
        order = {"wrong": 0, "nearly": 1, "right": 2}
        self._attempts = sorted(attempts, key=lambda attempt: 3 if attempt.overruled else order[attempt.mark.verdict])
        self._paper = paper
        self._log = self.app.desk.attempts()

    def compose(self) -> ComposeResult:
        """Score, list, keys."""
        make_room(self)
        yield TopBar(*self._top())
        yield Static(self._score(), id="headline")
        yield Rows(id="results", least=12)
        yield KeyBar()

    def _top(self) -> tuple[str, str]:
        """The line on top: where the score has no line of its own, it stands there."""
        if self.has_class("-bare"):
            return f"{self._right} of {len(self._attempts)} right", ""
        return "Quiz · result", f"seed {self._paper.seed}"

    @property
    def _right(self) -> int:
        return sum(attempt.counts for attempt in self._attempts)

    def _score(self) -> Content:
        right = self._right
        nearly = sum(attempt.mark.verdict == "nearly" and not attempt.counts for attempt in self._attempts)
        count = len(self._attempts)
        parts = [(f"{right} of {count} right", "$success bold" if right == count else "$accent bold")]
        if nearly:
            parts.append((f", {nearly} nearly", "$warning"))
        left = len(self._paper.questions) - count
        if left:
            parts.append((f"   {left} not answered", "$foreground-muted"))
        worst: dict[str, int] = {}
        for attempt in self._attempts:
            if not attempt.counts:
                worst[attempt.asked.topic] = worst.get(attempt.asked.topic, 0) + 1
        told = one_line(max(worst, key=lambda topic: worst[topic]), 40) if worst else ""
        return Content.assemble(
            *parts, (f"      look at: {told}" if told else "      nothing to repeat", "$foreground-muted")
        )

    def on_mount(self) -> None:
        """Fill the list."""
        self._fill()

    def on_resize(self) -> None:
        """The rows are as wide as the list."""
        make_room(self)
        self.query_one(TopBar).show(*self._top())
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        if not self.app.holds(self):
            return
        results = self.query_one(Rows)
        width = results.row_width
        is_slim, rows = self.has_class("-slim"), []
        for attempt in self._attempts:
            asked = attempt.asked
            word, style = sign_of(attempt)
            word = word[:1] if is_slim else f"{word:<12}"
            room = width - len(word) - 2
            place = f"demo {Path(asked.computed.demo).stem}" if asked.computed else _ending(one_line(asked.place), room)
            prompt = headline(asked.prompt).truncate(room, ellipsis=True)
            below = Content.styled(f"{'':{len(word) + 1}}{place}", "$foreground-muted")
            rows.append(Content("\n").join([Content.assemble((f"{word} ", style), prompt), below]))
        results.fill(rows)
        self.refresh_bindings()

    @property
    def attempt(self) -> Attempt | None:
        """The answer under the cursor."""
        index = self.query_one(Rows).highlighted
        return None if index is None else self._attempts[index]

    @property
    def asked(self) -> Asked | None:
        """Its question."""
        return self.attempt.asked if self.attempt else None

    def key_now(self, card: str) -> str | None:
        """As the log has it."""
        return self._log.key_now(card)

    def action_compare(self) -> None:
        """The answer in full beside the right one."""
        from studytool.app.screens.answer import AnswerScreen

        if attempt := self.attempt:
            number = self._paper.questions.index(attempt.asked) + 1
            self.app.push_screen(AnswerScreen(attempt, number, "Quiz · your answer"))


def _ending(place: str, width: int) -> str:
    """A place on a row of `width` cells: where it is too long, its ending, with the note and the line."""
    if cells(place) <= width:
        return place
    kept = begun(place[::-1], width - 1)[::-1]
    return "…" + "".join(dropwhile(lambda sign: not cells(sign), kept))  # no mark of a sign that is cut off
