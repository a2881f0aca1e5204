"""Where a question of the quiz is answered: what every kind's widget has in common."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.strip import Strip

from studytool.quiz.model import Presses, unknown
from studytool.text import clean

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Region
    from textual.screen import Screen

    from studytool.app.app import StudyApp
    from studytool.quiz import Asked, Attempt
    from studytool.quiz.model import Mark

WRONG, RIGHT, PLAIN, CHOSEN = "$error bold", "$success bold", "$foreground-muted", "$accent bold"
"""Styles of the sign before a row; the sign says the same without its colour."""
SIGNS: dict[str, tuple[str, str]] = {
    "right": ("✓ right", RIGHT),
    "nearly": ("≈ nearly", "$warning bold"),
    "wrong": ("✗ wrong", WRONG),
}
"""A verdict as a sign with its word, and its style."""


def sign_of(attempt: Attempt) -> tuple[str, str]:
    """That of an answer; an overruled one says so."""
    return ("✓ overruled", RIGHT) if attempt.overruled else SIGNS[attempt.mark.verdict]


class Nothing:
    """Nothing was handed in: the first time it is said what that is, the second time it is not known."""

    def __init__(self) -> None:
        self._presses = Presses()

    def is_meant(self, screen: Screen[Any], asks: str, key: str) -> bool:
        """Whether it was said what the `key` that hands in does, and is pressed again, not held.

        `asks` is what is to be done instead.
        """
        app: StudyApp = screen.app  # type: ignore[assignment]
        if app.asked() is not self:
            self._presses.begin(monotonic())
            app.ask(self, f"{asks}, or press {key} again if you do not know.", screen)
            return False
        if not self._presses.is_pressed(monotonic()):
            return False
        app.unask()
        return True


class AnswerField(Vertical):
    """The place where one question is answered, from the asking to the mark.

    `asks` is what is to be done where there is no answer yet.
    """

    app: StudyApp
    asks = "Answer"
    hands_in = ("quiz.answer", "enter")
    """The id and the usual name of the key that hands the answer in."""
    passes = False
    """Whether who does not know the answer may say so, by handing in nothing twice."""

    class Given(Message):
        """The learner answered `asked`: a text or numbers, as marking takes them; a `mark` is the learner's own."""

        def __init__(self, asked: Asked, response: str | Sequence[int], mark: Mark | None = None) -> None:
            super().__init__()
            self.asked, self.response, self.mark = asked, response, mark

    class Changed(Message):
        """What the keys do now is not what they did."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(id="answer")
        self.asked = asked
        self.attempt: Attempt | None = None
        self._nothing = Nothing()
        self.since = monotonic()
        """When it began to take the keys."""

    @property
    def how(self) -> str:
        """The line that tells how to answer."""
        return ""

    @property
    def how_in_short(self) -> str:
        """The same in a dozen cells."""
        return f"{self.gives} answers"

    @property
    def gives(self) -> str:
        """The name of the key that hands the answer in."""
        return self.app.key_name(*self.hands_in)

    @property
    def is_late(self) -> bool:
        """Whether the key that is heard was pressed before the question was there."""
        return self.app.pressed_at < self.since

    @property
    def takes_enter(self) -> bool:
        """Whether enter is a letter of the answer just now."""
        return False

    @property
    def takes_answer(self) -> bool:
        """Whether enter answers just now, or another key does."""
        return True

    def begin(self) -> None:
        """Take the keys."""

    def put(self, response: str | Sequence[int]) -> None:
        """Show an answer that was given before, to be changed."""

    def response(self) -> str | Sequence[int] | None:
        """The answer as it stands; None where there is none."""
        return None

    def begun(self) -> str | Sequence[int] | None:
        """What of an answer stands there without being handed in; None where nothing does."""
        return self.response()

    def give(self) -> None:
        """Hand the answer in, or say what it lacks; keys that were pressed before this one come first."""
        focused = self.screen.focused
        # What is typed in has a queue of its own, which a key of the screen would overtake.
        (focused if focused and self in focused.ancestors_with_self else self).call_later(self._give)

    def _give(self) -> None:
        response = self.response()
        if response is None:
            self.lack()
        else:
            self.post_message(self.Given(self.asked, response))

    def lack(self) -> None:
        """Say that there is no answer yet; the second time, where that may be, it is not known."""
        if not self.passes:
            self.app.warn(f"{self.asks} first; a guess is better than none.", self.screen)
        elif self._nothing.is_meant(self.screen, self.asks, self.gives):
            self.not_know()

    def not_know(self) -> None:
        """Answer that one does not know."""
        self.post_message(self.Given(self.asked, unknown(self.asked.kind)))

    def show(self, attempt: Attempt) -> None:
        """Show what was right; no answer is taken any more."""
        self.app.hush()
        self.attempt = attempt
        self.draw()

    def draw(self) -> None:
        """Draw what depends on the width or on the mark."""

    def on_resize(self) -> None:
        """The rows are as wide as their list."""
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        with suppress(NoMatches):  # it has gone meanwhile
            self.draw()


def listed(sign: str, style: str, text: Content, count: int, width: int, told: str = "") -> Content:
    """A row of `count` ones at `width` cells: its sign, its text with the lines after the first below it, a remark."""
    before = len(str(count)) + 3
    lines = text.wrap(max(width - before - len(told), 10))
    return Content.assemble(
        (f" {sign:>{before - 3}}  ", style), Content("\n" + " " * before).join(lines), (told, "$foreground-muted")
    )


def cut(text: str, longest: int, taken: int, app: StudyApp) -> str:
    """What of a pasted text there is room for, where `taken` characters are there; a sentence says what was cut."""
    room = max(longest - taken, 0)
    if len(text) > room:
        app.warn(f"Only the first {longest:,} characters were taken.", app.screen)
    return text[:room]


def gone(crop: Region) -> list[Strip]:
    """What a field to write in shows after it was removed.

    Textual takes a widget's styles away at once and lays the screen out a moment later; a repaint between the two would
    ask the field for styles that are no longer there.
    """
    return [Strip.blank(crop.width)] * crop.height


def pasted(event: events.Paste) -> str:
    """The text of a paste, cleaned; it is left to nobody else."""
    event.prevent_default()
    event.stop()
    return clean(event.text)
