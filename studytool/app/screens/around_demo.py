"""A demo as it comes from its process: started, heard, shown as a picture and a line, watched and ended."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll

from studytool.app.demo_picture import load_drawing
from studytool.app.pulse import Pulse
from studytool.app.screens.window import Closing
from studytool.app.timers import once
from studytool.app.told import Told, telling
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.demo_state import DemoState, Standing, Trouble
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.knobs import Knobs
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.prediction import Answered, Prediction
from studytool.app.widgets.stage import Stage
from studytool.app.widgets.topbar import TopBar
from studytool.demo.parameters import checked, fitting
from studytool.errors import StudytoolError, UsageError
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.demo.find import DemoInfo, Shown
    from studytool.demo.parameters import Value
    from studytool.demo.process import DemoProcess

# A frame is asked for this long after the one before was, once that is painted: the eye wants no more than 25 a second.
_PAUSE = 0.04

# How often the process is asked whether it is there.
_BEAT = 0.5


class AroundDemo(Closing[None]):
    """One demo in a process of its own; leaving the screen ends the process."""

    app: Frame
    AUTO_FOCUS = ""  # the text has it as long as it is shown, and does not get it back while it is hidden

    def __init__(
        self,
        info: DemoInfo,
        parameters: dict[str, str],
        seed: int,
        device: str,
        answered: Answered | None = None,
    ) -> None:
        """`answered` is a prediction that was made before: it is told, and the run that it is about is shown."""
        super().__init__()
        self._info = info
        self._parameters: Mapping[str, Value] = parameters
        self._device = device
        self._process: DemoProcess | None = None
        # What is predicted first runs afterwards.
        self._standing = Standing(seed, answered is not None or not info.predictions)
        self._answered = answered
        if answered is not None:
            asked = info.shown[answered.number]
            self._parameters, self._standing.seed, self._standing.playing = asked.parameters, 0, asked.steps is None
        self._stage = Stage(info.path)
        self._pulse = Pulse()
        self._greeted = False  # whether the process has said that it is ready
        self._ended = False  # whether the run that is shown has come to its end
        self._asked = 0.0
        self._left_run: int | None = None  # the run that was put away for a prediction: what still comes of it is late

    def compose(self) -> ComposeResult:
        """The text first: it can be read while torch is imported."""
        yield TopBar(self._info.title)
        yield self._stage
        with VerticalScroll(id="demo-text"):
            yield CardText(self._info.text, id="summary")
        yield Prediction(self._info, self._device, self._answered)
        yield Trouble()
        yield Knobs()
        yield DemoState()
        yield KeyBar()

    def on_mount(self) -> None:
        """Start the process, and meanwhile load what drawing needs, in a thread."""
        self._picture.line = self.app.line
        self.query_one("#demo-text").focus()
        self.run_worker(load_drawing, thread=True)
        self.set_interval(_BEAT, self._beat)
        self._start()
        if self._answered is not None:
            self._go_to(self._info.shown[self._answered.number])

    def _go_to(self, asked: Shown) -> None:
        """Have a run that has just begun go on as a prediction asks: played, or held at a step."""
        if asked.steps is None:
            self._send(type="play")
        elif asked.steps > 1:  # the first is taken in any case
            self._send(type="step", count=asked.steps - 1)

    def _start(self) -> None:
        from studytool.demo.process import DemoProcess

        try:
            checked(self._info.parameters, self._parameters)
        except UsageError as error:
            self._parameters = fitting(self._info.parameters, self._parameters)
            self._fail(str(error), "", "not started; r starts it with its own value instead")
            return
        self._standing.word = "starting torch …"
        self._pulse = Pulse()
        try:
            self._process = DemoProcess(
                self._info.path,
                self._parameters,
                self._standing.seed,
                self._device,
                telling(self),
                playing=self._standing.playing,
                digest=self._info.digest,
            )
            self._process.start(self.app.spare.take())
        except (StudytoolError, OSError) as error:
            self._fail(str(error), "")
        self._draw_state()

    def _start_again(self) -> None:
        if self._process:
            self._process.close()
        self.set_class(False, "-failed", "-unstarted")
        self._greeted = False
        self._left_run = None
        self._stage.clear()
        self.query_one("#summary", CardText).show(self._info.text)
        self._parameters = self.query_one(Knobs).values or self._parameters
        self._start()
        self.refresh_bindings()

    @property
    def _alive(self) -> bool:
        return self._process is not None and self._process.alive

    def _send(self, **request: object) -> None:
        if self._process:
            self._process.send(request)

    def on_unmount(self) -> None:
        """The process ends with the screen."""
        if self._process:
            self._process.close()

    # -- what the process tells -----------------------------------------------------------------

    def on_told(self, message: Told) -> None:
        """One message of the process."""
        told = message.told
        kind = told.get("type")
        if kind == "hello":
            self._hello(told)
        elif kind == "device":
            self._standing.where, self._standing.why = str(told.get("device")), one_line(str(told.get("why") or ""))
            self.app.warn(f"{self._standing.why[:1].upper()}{self._standing.why[1:]}.")
        elif kind == "frame":
            self._take(told)
        elif kind == "error":
            self._error(told)
        elif kind == "pong":
            self._pulse.answered()
            self._watch()
        elif kind == "history":
            self._show_command(told["parameters"], told["changes"], told["device"])
        elif kind == "output":
            self._standing.printed = one_line(str(told.get("text", "")), 200)
            self._draw_state()
        elif kind == "bye" and not self.has_class("-failed"):
            self._gone(f"the demo's process has ended (exit code {told.get('code')}); r starts it again")

    def _error(self, told: dict[str, Any]) -> None:
        """An error that ended the run fills the screen; a refused request is a sentence, and the run goes on."""
        if told.get("fatal", True):
            self._fail(str(told.get("message", "")), str(told.get("traceback", "")))
            self._stage.broke(told.get("at", ()))
        else:
            self.app.warn(str(told.get("message", "")))

    def _hello(self, told: dict[str, Any]) -> None:
        knobs = self.query_one(Knobs)
        knobs.load(told.get("parameters", []))
        knobs.show(checked(self._info.parameters, self._parameters))  # a prediction may have been answered meanwhile
        self._standing.pace = told.get("speed")
        self._standing.where = str(told.get("device"))
        self._standing.why = one_line(str(told.get("why") or ""))
        self._standing.word = "ready"
        self._greeted = True
        self._draw_state()
        self._ask_frame()

    def _ask_frame(self) -> None:
        if not (self._process and self.is_attached):
            return
        if not (self._picture.is_whole and self.app.line.look()):  # a slow line: the frame before is still on its way
            once(self, _PAUSE, self._ask_frame)
            return
        now = monotonic()
        self._asked = min(max(self._asked + _PAUSE, now - _PAUSE / 2), now)  # a timer that is late delays no other
        self._process.credit()

    @property
    def _picture(self) -> PictureView:
        return self.query_one(PictureView)

    @property
    def _frame(self) -> dict[str, Any] | None:
        """The frame that is shown."""
        return self._stage.frame

    def _take(self, told: dict[str, Any]) -> None:
        """Keep a frame, and show it unless an older one is looked at; the next is made meanwhile."""
        if (early := self._asked + _PAUSE - monotonic()) > 0:
            once(self, early, self._ask_frame)
        else:
            self._ask_frame()
        if told["run"] == self._left_run:
            return
        if self._stage.take(told):
            self._standing.replaying = None
        if told.get("done") or told.get("limit"):
            self._standing.playing = False
        if not self._stage.reel.looking and not self.has_class("-failed"):  # one may be on its way when an error comes
            self._show(told)
        if len(self._stage.reel) <= 2:  # from the second on there is something to go back to
            self.refresh_bindings()
        self._draw_state()

    def _show(self, frame: dict[str, Any]) -> None:
        self.set_class(not self.query_one(Prediction).asking, "-running")
        self._stage.show(frame)
        self.query_one(Trouble).tell(frame.get("diagnosis", ()))

    def on_resize(self) -> None:
        """The line of the state and the verdict say more where there is room."""
        self.query_one(Prediction).fit()
        self._draw_state()

    def _fail(self, message: str, traceback: str, word: str = "stopped by an error; r starts it again") -> None:
        self._standing.word = word
        self._standing.replaying = None
        self.query_one(Trouble).tell(())
        self.set_class(False, "-running", "-source")
        self.set_class(True, "-failed")
        self.set_class(not self._greeted, "-unstarted")
        fence = f"\n\n```text\n{clean(traceback).replace('```', '')}\n```" if traceback else ""
        self.query_one("#summary", CardText).show(f"**{one_line(message)}**{fence}")
        self.query_one("#demo-text").focus()
        self._draw_state()
        self.refresh_bindings()

    def _gone(self, word: str) -> None:
        self._standing.word = word
        self._stage.frame = None
        self._standing.playing = False
        self.query_one(Trouble).tell(())
        self._draw_state()

    def _draw_state(self) -> None:
        standing, frame = self._standing, self._frame
        standing.asking = self.query_one(Prediction).asking
        standing.newest = (self._stage.reel.newest or {}).get("step") if self._stage.reel.looking else None
        standing.pinned = self._stage.pin.told(frame)
        self.query_one(DemoState).show(standing, None if self.has_class("-failed") else frame)
        ended = standing.newest is None and bool(frame and (frame.get("done") or frame.get("limit")))
        if ended != self._ended:
            self._ended = ended
            self.refresh_bindings()

    @property
    def unsure(self) -> frozenset[str]:
        """Of a run that has ended, or waits to begin, the foot says how it is begun, and not that it may be held."""
        return frozenset({"play"} if self._ended or self.query_one(Prediction).asking else ())

    def _show_command(self, parameters: Mapping[str, Any], changes: list[Any], device: str) -> None:
        from studytool.app.screens.repeat import RepeatScreen
        from studytool.demo.repeat import command

        values = checked(self._info.parameters, parameters)
        told = command(self._info, values, self._standing.seed, device, changes=changes)
        self.app.push_screen(RepeatScreen(told))

    # -- whether it answers ---------------------------------------------------------------------

    def _beat(self) -> None:
        """Ask the process whether it is there, and tell when it has not answered for too long."""
        if self._process and self._process.alive and self._pulse.ask(monotonic()):
            self._send(type="ping")
        self._watch()

    def _watch(self) -> None:
        alive = self._process is not None and self._process.alive
        silent = self._pulse.silent(monotonic()) if alive else 0.0
        self.query_one(Trouble).silent(silent)
        if bool(silent) != self.has_class("-silent"):
            self.set_class(bool(silent), "-silent")
            self.refresh_bindings()
