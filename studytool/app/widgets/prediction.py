"""A demo's predictions: asked before it runs, answered by runs in a process of their own while the demo goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytool.app.told import Told, telling
from studytool.demo.limits import Limits
from studytool.demo.process import DemoProcess
from studytool.errors import StudytoolError
from studytool.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from studytool.app.frame import Frame
    from studytool.demo.find import DemoInfo


# In a window of fewer rows there is room for the question and its options alone.
_LOW = 14

# In a window of fewer rows a verdict stands as close as it can, so that the picture has room.
_MIDDLING = 30

# Between two options on a row.
_GAP = "    "

Place = tuple[int, int, int, int]
"""Where a part of an option stands: its row, its first cell and the cell behind its last, and the option's number."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A prediction, by its number from 0, that was answered: what the learner said, what the runs said, and why."""

    number: int
    said: str
    outcome: str
    why: str


class Prediction(Static):
    """One question at a time with its options, then what was said and what the runs say."""

    app: Frame

    class Chosen(Message):
        """An option was clicked."""

        def __init__(self, option: int) -> None:
            super().__init__()
            self.option = option

    class Settled(Message):
        """The runs have answered what the learner predicted."""

        def __init__(self, answered: Answered) -> None:
            super().__init__()
            self.answered = answered

    def __init__(self, info: DemoInfo, device: str, answered: Answered | None = None) -> None:
        """`answered` is shown first: a prediction that was answered before the demo was opened."""
        super().__init__(id="prediction")
        self._info, self._device = info, device
        self._number = answered.number if answered else 0
        self._said: str | None = answered.said if answered else None
        self._answer: Content | None = _verdict(answered) if answered else None
        self._waiting: dict[int, str] = {}  # what was said to questions that the runs have not answered yet
        self._process: DemoProcess | None = None
        self._places: list[Place] = []
        self.asking = bool(info.predictions) and not answered
        """Whether a question waits for the learner's answer."""

    @property
    def more(self) -> bool:
        """Whether there is another question to ask, now that this one is settled."""
        return bool(self._info.predictions) and not self.asking

    @property
    def number(self) -> int:
        """Which question it is, from 0."""
        return self._number

    @property
    def options(self) -> tuple[str, ...]:
        """What can be answered."""
        return self._info.predictions[self._number][1] if self._info.predictions else ()

    def on_mount(self) -> None:
        """Show the first question."""
        self._draw()

    def on_unmount(self) -> None:
        """The runs end with the screen."""
        self._end()

    def on_resize(self) -> None:
        """The options stand beside each other where there is room."""
        self.fit()

    def fit(self) -> None:
        """Stand as the window has room, which may have another height though this has the same."""
        self._draw()

    def ask_next(self) -> None:
        """Ask the next question, after the last the first again."""
        if self._said is not None or self._answer is not None:
            self._number = (self._number + 1) % len(self._info.predictions)
        self._said, self._answer, self.asking = None, None, True
        self._draw()

    def skip(self) -> None:
        """Put the question away unanswered; `ask_next` brings it back."""
        self.asking = False
        self._draw()

    def answer(self, option: int) -> None:
        """Take the learner's answer, counted from 0, and have the runs done."""
        self._said, self.asking = self.options[option], False
        self._answer = None
        self._draw()
        try:
            if self._process is None or not self._process.alive:
                self._end()
                path, digest = self._info.path, self._info.digest
                self._process = DemoProcess(
                    path, {}, 0, self._device, telling(self), playing=False, digest=digest, limits=Limits()
                )
                self._process.start(self.app.spare.take())
        except StudytoolError as error:
            self._settle(Content.styled(str(error), "$error"))
            return
        self._waiting[self._number] = self.options[option]
        self._process.send({"type": "predict", "number": self._number})

    def on_told(self, message: Told) -> None:
        """What the runs answered, or why they did not."""
        told = message.told
        kind = told.get("type")
        if kind == "outcome":
            self._outcome(told)
        elif kind == "error" and told.get("fatal", True) and self._answer is None and self._said is not None:
            self._settle(Content.assemble(("The runs failed: ", "$error"), str(told.get("message", ""))))
        elif kind == "bye" and self._answer is None and self._said is not None:
            self._settle(Content.styled(f"The runs ended without an answer (exit code {told.get('code')}).", "$error"))

    def _outcome(self, told: dict[str, Any]) -> None:
        """What the runs say; it is also told of a question that is no longer on the screen."""
        number = int(told.get("number", -1))
        said = self._waiting.pop(number, None)
        if said is None:
            return
        problem = clean(str(told.get("problem") or ""))
        answered = Answered(number, said, str(told.get("outcome")), str(told.get("why")))
        if not problem:
            self.post_message(self.Settled(answered))
        if number == self._number and self._said is not None:
            failed = Content.assemble(("The runs gave no answer: ", "$error"), problem)
            self._settle(failed if problem else _verdict(answered))

    def _settle(self, answer: Content) -> None:
        self._answer = answer
        self._draw()
        self.screen.refresh_bindings()

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _draw(self) -> None:
        self.display = self.asking or self._said is not None
        is_tight = self.app.size.height < _MIDDLING
        self.screen.set_class(self.asking, "-asking")
        self.screen.set_class(self.display and not self.asking and is_tight, "-told")
        if not self.display:
            return
        question, options = self._info.predictions[self._number]
        count = len(self._info.predictions)
        place = f"Predict first · {self._number + 1} of {count}" if count > 1 else "Predict first"
        is_low = self.app.size.height < _LOW
        if self.asking:
            lines = [Content.styled(question, "bold")]
            if not is_low:
                lines.insert(0, Content.styled(place, "$foreground-muted"))
            width = self.content_size.width or max(self.app.size.width - 8, 20)
            rows, self._places = rows_of(options, lines, width)
            lines += rows
        else:
            said = Content.assemble(("You said ", "$foreground-muted"), (self._said or "", "bold"))
            waiting = Content.styled("The runs that will answer are on their way …", "$foreground-muted")
            answer = self._answer or waiting
            lines = [Content.assemble(said, ". ", answer)] if is_tight else [said, answer]
            if not is_low:
                lines.insert(0, Content.styled(question, "$foreground-muted"))
        self.update(Content("\n").join(lines))

    def on_click(self, event: events.Click) -> None:
        """A click on an option chooses it."""
        place = event.get_content_offset(self)
        for top, start, end, index in self._places if self.asking and place else ():
            if place and place.y == top and start <= place.x < end:
                event.stop()
                self.post_message(self.Chosen(index))


def rows_of(options: Sequence[str], above: Sequence[Content], width: int) -> tuple[list[Content], list[Place]]:
    """The options with their keys below other lines, several to a row where they fit; and where each of them stands."""
    rows: list[Content] = []
    places: list[Place] = []
    row, top = Content(""), sum(len(line.wrap(width)) for line in above)
    for index, option in enumerate(options):
        one = Content.assemble((f"{index + 1} ", "$accent bold"), option)
        if row and row.cell_length + len(_GAP) + one.cell_length > width:
            rows.append(row)
            top += len(row.wrap(width))
            row = Content("")
        row += _GAP if row else ""
        start, height = row.cell_length, -(-one.cell_length // width)
        places += [(top + line, start, start + one.cell_length, index) for line in range(height)]
        row += one
    return [*rows, row], places


def _verdict(answered: Answered) -> Content:
    if answered.said == answered.outcome:
        return Content.assemble(("✓ So do the runs. ", "$success bold"), answered.why)
    return Content.assemble(("✗ The runs say: ", "$warning bold"), (answered.outcome, "bold"), ". ", answered.why)
