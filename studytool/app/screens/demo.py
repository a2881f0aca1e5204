"""A demo, running: its pictures as they come from its process, and the keys to steer it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.demo_picture import in_words, look_of, save_picture
from studytool.app.knob import Knob
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.prediction import Prediction
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import Frame
    from studytool.demo.find import DemoInfo
    from studytool.demo.process import DemoProcess

# A frame is asked for this long after the one before was, once that is painted: the eye wants no more than 25 a second.
_PAUSE = 0.04


class DemoScreen(Screen[None]):
    """One demo in a process of its own; leaving the screen ends the process."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(key), f"option({key - 1})", "Answer", show=key == 1, key_display="1…") for key in range(1, 10)),
        Binding("enter", "skip", "Just run it", tooltip="Run it without a prediction"),
        Binding("p", "predict", "Predict", tooltip="Say what will happen, then let the runs answer"),
        Binding("space", "play", "Pause", tooltip="Let it run, or hold it"),
        Binding("s,n", "step", "Step", key_display="s", tooltip="One step of the method"),
        Binding("r", "restart", "Restart", tooltip="From the beginning, with the same seed"),
        Binding("e", "seed", "New seed", show=False, tooltip="From the beginning, with the next seed"),
        Binding("tab,j,down", "knob(1)", "Control", key_display="tab", tooltip="The next control"),
        Binding("shift+tab,k,up", "knob(-1)", "Control before", show=False, tooltip="The control before"),
        Binding("right,l,plus", "turn(1)", "Turn", key_display="←→", tooltip="Turn the control up"),
        Binding("left,h,minus", "turn(-1)", "Less", show=False, tooltip="Turn the control down"),
        Binding("w", "write", "Save", show=False, tooltip="Write the picture as SVG into the folder you are in"),
        Binding("t", "words", "In words", show=False, tooltip="The picture in words, and back"),
        Binding("escape,q", "leave", "Back", key_display="esc", tooltip="Back to where you came from"),
    ]

    class Told(Message):
        """The process said something; posted from its reader's thread."""

        def __init__(self, told: dict[str, Any]) -> None:
            super().__init__()
            self.told = told

    def __init__(self, info: DemoInfo, parameters: dict[str, str], seed: int, device: str) -> None:
        super().__init__()
        self._info = info
        self._parameters = parameters
        self._seed = seed
        self._device = device
        self._process: DemoProcess | None = None
        self._knobs: list[Knob] = []
        self._knob = 0
        self._playing = not info.predictions  # what is predicted first runs afterwards
        self._state = "starting torch …"
        self._where = self._why = ""
        self._pace: float | None = None
        self._frame: dict[str, Any] | None = None
        self._printed = ""
        self._in_words = False
        self._asked = 0.0

    def compose(self) -> ComposeResult:
        """The text first: it can be read while torch is imported."""
        yield TopBar(self._info.title)
        yield PictureView(id="picture")
        with VerticalScroll(id="demo-text"):
            yield CardText(self._info.text, id="summary")
        yield Prediction(self._info, self._device)
        yield Static(id="knobs")
        yield Static(id="state")
        yield KeyBar()

    def on_mount(self) -> None:
        """Start the process, and meanwhile load what drawing needs, in a thread."""
        from studytool.demo.process import DemoProcess

        self.run_worker(_load_drawing, thread=True)
        try:
            self._process = DemoProcess(
                self._info.path,
                self._parameters,
                self._seed,
                self._device,
                self._hear,
                playing=self._playing,
                digest=self._info.digest,
            )
            self._process.start(self.app.spare.take())
        except (StudytoolError, OSError) as error:
            self._fail(str(error), "")
        self._draw_state()

    def on_unmount(self) -> None:
        """The process ends with the screen."""
        if self._process:
            self._process.close()

    # -- what the process tells -----------------------------------------------------------------

    def on_demo_screen_told(self, message: Told) -> None:
        """One message of the process."""
        told = message.told
        kind = told.get("type")
        if kind == "hello":
            self._hello(told)
        elif kind == "device":
            self._where, self._why = str(told.get("device")), one_line(str(told.get("why") or ""))
            self.app.warn(f"{self._why[:1].upper()}{self._why[1:]}.")
        elif kind == "frame" and not self.has_class("-failed"):  # one may be on its way when the error comes
            self._show(told)
        elif kind == "error":
            self._error(told)
        elif kind == "output":
            self._printed = one_line(str(told.get("text", "")), 200)
            self._draw_state()
        elif kind == "bye" and not self.has_class("-failed"):
            self._state = f"the demo's process has ended (exit code {told.get('code')}); r starts it again"
            self._draw_state()

    def _error(self, told: dict[str, Any]) -> None:
        """An error that ended the run fills the screen; a refused request is a sentence, and the run goes on."""
        if told.get("fatal", True):
            self._fail(str(told.get("message", "")), str(told.get("traceback", "")))
        else:
            self.app.warn(str(told.get("message", "")))

    def _hear(self, told: dict[str, object]) -> None:
        """Called in the process's reading thread: pass it on to the thread of the screen."""
        self.post_message(self.Told(told))

    def _hello(self, told: dict[str, Any]) -> None:
        self._knobs = [Knob.of(parameter) for parameter in told.get("parameters", [])]
        live = [index for index, knob in enumerate(self._knobs) if not knob.choices]
        self._knob = live[0] if live else 0
        self._pace = told.get("speed")
        self._where = str(told.get("device"))
        self._why = one_line(str(told.get("why") or ""))
        self._state = "ready"
        self._draw_knobs()
        self._ask_frame()

    def _ask_frame(self) -> None:
        if self._process and self.is_attached:
            self._asked = time.monotonic()
            self._process.credit()

    def _show(self, told: dict[str, Any]) -> None:
        self._frame = told
        self.set_class(not self.query_one(Prediction).asking or told.get("step", 0) > 1, "-running")
        self._paint()
        if told.get("done") or told.get("limit"):
            self._playing = False
        self._draw_state()
        self.set_timer(max(self._asked + _PAUSE - time.monotonic(), 0.001), self._ask_frame)

    def _paint(self) -> None:
        if self._frame is None:
            return
        from studytool.draw import draw_panels

        view = self.query_one(PictureView)
        panels = in_words(self._frame["panels"]) if self._in_words else self._frame["panels"]
        if view.size.width and view.size.height:
            view.show(draw_panels(panels, view.size.width, view.size.height, look_of(self.app)))

    def on_resize(self) -> None:
        """The same frame at another size."""
        self._draw_knobs()
        self.call_after_refresh(self._paint)

    def _fail(self, message: str, traceback: str) -> None:
        self._state = "stopped by an error; r starts it again"
        self.set_class(False, "-running")
        self.set_class(True, "-failed")
        fence = f"\n\n```text\n{clean(traceback).replace('```', '')}\n```" if traceback else ""
        self.query_one("#summary", CardText).show(f"**{one_line(message)}**{fence}")
        self._draw_state()

    # -- the two lines below the picture --------------------------------------------------------

    def _draw_state(self) -> None:
        frame = self._frame
        if frame is None or self.has_class("-failed"):
            told = self._state
        else:
            rate = frame.get("steps_per_second") or 0
            told = f"{self._word(frame)} · step {frame.get('step', 0):,} · seed {self._seed}"
            if self._playing:
                rate = self._pace or rate
                told += f" · {rate:,.0f} steps/s" if rate else ""
            told += f" · {self._where}"
            if self._why and len(told) + len(self._why) + 7 < self.size.width:  # the reason, where there is room
                told += f" ({self._why})"
        if self._printed:
            told += f" · it printed: {self._printed}"
        self.query_one("#state", Static).update(Content.styled(told, "$foreground-muted"))

    def _word(self, frame: dict[str, Any]) -> str:
        if frame.get("done"):
            return "finished (r runs it again)"
        if frame.get("limit"):
            return "stopped at its last step (r runs it again)"
        if self._playing:
            return "running"
        return "waiting for your prediction" if self.query_one(Prediction).asking else "paused"

    def _draw_knobs(self) -> None:
        line = self._knob_line(named=True)
        if line.cell_length > self.size.width - 4:
            line = self._knob_line(named=False)
        chosen = self._knobs[self._knob].help if self._knobs else ""
        lines = [line, Content.styled(chosen, "$foreground-muted")]
        self.query_one("#knobs", Static).update(Content("\n").join(lines))

    def _knob_line(self, *, named: bool) -> Content:
        """All controls with their values; where there is little room the letter of the field stands for a name."""
        parts: list[Content] = []
        for index, knob in enumerate(self._knobs):
            name = knob.name.replace("_", " ")
            symbol = knob.symbol if knob.symbol != name else ""
            words = [symbol] * bool(symbol) + [name] * (named or not symbol)
            value = f"◂ {knob.shown} ▸" if index == self._knob else f"  {knob.shown}  "
            style = "$accent bold" if index == self._knob else "$foreground-muted"
            parts.append(Content.assemble((" ".join(words), style), " ", (value, style)))
        return Content("   " if named else " ").join(parts)

    # -- what the keys do -----------------------------------------------------------------------

    def _send(self, **request: object) -> None:
        if self._process:
            self._process.send(request)

    def action_play(self) -> None:
        """Run or hold."""
        if self.query_one(Prediction).asking and not self._playing:
            self.action_skip()
            return
        if self._frame and (self._frame.get("done") or self._frame.get("limit")):
            self.action_restart()
            return
        self._playing = not self._playing
        self._send(type="play" if self._playing else "pause")
        self._draw_state()

    def action_step(self) -> None:
        """One step, then hold."""
        self._playing = False
        self._send(type="step")
        self._draw_state()

    def action_restart(self) -> None:
        """From the beginning; a process that has died is started anew."""
        self._playing = True
        if self.has_class("-failed") or self._process is None or not self._process.alive:
            self._start_again()
        else:
            self._send(type="restart", seed=self._seed)
            self._send(type="play")

    def _start_again(self) -> None:
        if self._process:
            self._process.close()
        self.set_class(False, "-failed")
        self._frame = None
        self.query_one("#summary", CardText).show(self._info.text)
        self._parameters = {knob.name: knob.shown for knob in self._knobs} or self._parameters
        self._state = "starting torch …"
        self.on_mount()

    def action_seed(self) -> None:
        """The same demo with other random numbers."""
        self._seed += 1
        self.action_restart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Answers only to a question that is asked, and as many as it has."""
        if not self.is_mounted:
            return True
        prediction = self.query_one(Prediction)
        if action == "option":
            return prediction.asking and int(str(parameters[0])) < len(prediction.options)
        if action == "skip":
            return prediction.asking
        if action == "predict":
            return prediction.more
        return True

    def action_option(self, option: int) -> None:
        """Predict: say which option will come out; the demo runs, and the runs answer."""
        self.query_one(Prediction).answer(option)
        self._run_now()

    def on_prediction_chosen(self, message: Prediction.Chosen) -> None:
        """The same by a click."""
        self.action_option(message.option)

    def action_skip(self) -> None:
        """No prediction: just run it."""
        self.query_one(Prediction).skip()
        self._run_now()

    def action_predict(self) -> None:
        """Ask the next prediction."""
        self.query_one(Prediction).ask_next()
        self.refresh_bindings()

    def _run_now(self) -> None:
        """What waited for a prediction runs; what runs already goes on."""
        self.refresh_bindings()
        if self._frame:
            self.set_class(not self.has_class("-failed"), "-running")
            self.call_after_refresh(self._paint)
        if not self._playing and (self._frame is None or self._frame.get("step", 0) <= 1):
            self._playing = True
            self._send(type="play")
        self._draw_state()

    def action_knob(self, direction: int) -> None:
        """Choose another control."""
        if self._knobs:
            self._knob = (self._knob + direction) % len(self._knobs)
            self._draw_knobs()

    def action_turn(self, direction: int) -> None:
        """Turn the chosen control; the running demo takes it at its next step, a choice restarts it."""
        if not self._knobs:
            return
        knob = self._knobs[self._knob].turned(direction)
        self._knobs[self._knob] = knob
        self._send(type="set", name=knob.name, value=knob.shown)
        self._draw_knobs()

    def action_write(self) -> None:
        """Write the picture into the folder the app was started in."""
        if self._frame:
            values = {knob.name: knob.shown for knob in self._knobs}
            save_picture(self, self._info, self._frame, self._seed, values)

    def action_words(self) -> None:
        """The picture in words, and back."""
        self._in_words = not self._in_words
        self._paint()

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def _load_drawing() -> None:
    """Import what drawing needs, 70 ms of it numpy, away from the keys."""
    import numpy  # noqa: F401

    import studytool.draw  # noqa: F401
