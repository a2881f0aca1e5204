"""A demo, running: its pictures as they come from its process, and the keys to steer it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen

from studytool.app.demo_picture import save_picture, unwritten
from studytool.app.pulse import Pulse
from studytool.app.screens.demo_keys import KEYS
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.demo_state import DemoState, Standing, Trouble
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.knobs import Knobs
from studytool.app.widgets.prediction import Answered, Prediction
from studytool.app.widgets.stage import Stage
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.demo.find import DemoInfo
    from studytool.demo.process import DemoProcess

# A frame is asked for this long after the one before was, once that is painted: the eye wants no more than 25 a second.
_PAUSE = 0.04

# How often the process is asked whether it is there.
_BEAT = 0.5


class DemoScreen(Screen[None]):
    """One demo in a process of its own; leaving the screen ends the process."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    class Told(Message):
        """The process said something; posted from its reader's thread."""

        def __init__(self, told: dict[str, Any]) -> None:
            super().__init__()
            self.told = told

    def __init__(
        self,
        info: DemoInfo,
        parameters: dict[str, str],
        seed: int,
        device: str,
        answered: Answered | None = None,
    ) -> None:
        """`answered` is a prediction that the learner made before: it is told, and the demo runs."""
        super().__init__()
        self._info = info
        self._parameters = parameters
        self._device = device
        self._process: DemoProcess | None = None
        # What is predicted first runs afterwards.
        self._standing = Standing(seed, answered is not None or not info.predictions)
        self._answered = answered
        self._stage = Stage(info.path)
        self._pulse = Pulse()
        self._asked = 0.0

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
        self.run_worker(_load_drawing, thread=True)
        self.set_interval(_BEAT, self._beat)
        self._start()

    def _start(self) -> None:
        from studytool.demo.process import DemoProcess

        self._standing.word = "starting torch …"
        self._pulse = Pulse()
        try:
            self._process = DemoProcess(
                self._info.path,
                self._parameters,
                self._standing.seed,
                self._device,
                self._hear,
                playing=self._standing.playing,
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
        else:
            self.app.warn(str(told.get("message", "")))

    def _hear(self, told: dict[str, object]) -> None:
        """Called in the process's reading thread: pass it on to the thread of the screen."""
        self.post_message(self.Told(told))

    def _hello(self, told: dict[str, Any]) -> None:
        self.query_one(Knobs).load(told.get("parameters", []))
        self._standing.pace = told.get("speed")
        self._standing.where = str(told.get("device"))
        self._standing.why = one_line(str(told.get("why") or ""))
        self._standing.word = "ready"
        self._draw_state()
        self._ask_frame()

    def _ask_frame(self) -> None:
        if not (self._process and self.is_attached):
            return
        if unwritten(self.app):  # a slow line: the frame before is still on its way
            self.set_timer(_PAUSE, self._ask_frame)
            return
        self._asked = monotonic()
        self._process.credit()

    @property
    def _frame(self) -> dict[str, Any] | None:
        """The frame that is shown."""
        return self._stage.frame

    def _take(self, told: dict[str, Any]) -> None:
        """Keep a frame, and show it unless an older one is looked at."""
        if self._stage.take(told):
            self._standing.replaying = None
        if told.get("done") or told.get("limit"):
            self._standing.playing = False
        if not self._stage.reel.looking and not self.has_class("-failed"):  # one may be on its way when an error comes
            self._show(told)
        if len(self._stage.reel) <= 2:  # from the second on there is something to go back to
            self.refresh_bindings()
        self._draw_state()
        self.set_timer(max(self._asked + _PAUSE - monotonic(), 0.001), self._ask_frame)

    def _show(self, frame: dict[str, Any]) -> None:
        self.set_class(not self.query_one(Prediction).asking or frame.get("step", 0) > 1, "-running")
        self._stage.show(frame)
        self.query_one(Trouble).tell(frame.get("diagnosis", ()))

    def on_resize(self) -> None:
        """The line of the state says more where there is room."""
        self._draw_state()

    def _fail(self, message: str, traceback: str) -> None:
        self._standing.word = "stopped by an error; r starts it again"
        self._standing.replaying = None
        self.query_one(Trouble).tell(())
        self.set_class(False, "-running", "-source")
        self.set_class(True, "-failed")
        fence = f"\n\n```text\n{clean(traceback).replace('```', '')}\n```" if traceback else ""
        self.query_one("#summary", CardText).show(f"**{one_line(message)}**{fence}")
        self._draw_state()

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

    def action_end(self) -> None:
        """End a process that does not answer; in a thread, for that may take a second."""
        if self._process:
            self.run_worker(self._process.close, thread=True)
            self._pulse = Pulse()
            self._watch()
            self._gone("the demo was ended; r starts it again")

    # -- what the keys do -----------------------------------------------------------------------

    def _send(self, **request: object) -> None:
        if self._process:
            self._process.send(request)

    def _branch(self) -> None:
        """Where an older step is looked at, have the run repeated to there: what comes now goes on from it."""
        if self._stage.reel.looking and self._frame is not None and self._standing.replaying is None:
            self._standing.replaying = self._frame["step"]
            self.set_class(False, "-failed")
            self._send(type="pause")  # a run that came to its end may still be meant to go on
            self._send(type="back", step=self._frame["step"], changes=self._frame["changes"])

    def action_play(self) -> None:
        """Run or hold."""
        if self._stage.reel.looking and self._alive:
            self._branch()
            self._standing.playing = True
            self._send(type="play")
            self._draw_state()
            return
        if self.query_one(Prediction).asking and not self._standing.playing:
            self.action_skip()
            return
        if self._frame is None or self._frame.get("done") or self._frame.get("limit"):
            self.action_restart()
            return
        self._standing.playing = not self._standing.playing
        self._send(type="play" if self._standing.playing else "pause")
        self._draw_state()

    def action_step(self) -> None:
        """One step, then hold."""
        self._branch()
        self._standing.playing = False
        self._send(type="step")
        self._draw_state()

    @property
    def _alive(self) -> bool:
        return self._process is not None and self._process.alive

    def action_restart(self) -> None:
        """From the beginning; a process that has died is started anew."""
        self._standing.playing = True
        if self.has_class("-failed") or not self._alive:
            self._start_again()
        else:
            self._send(type="restart", seed=self._standing.seed)
            self._send(type="play")

    def _start_again(self) -> None:
        if self._process:
            self._process.close()
        self.set_class(False, "-failed")
        self._stage.clear()
        self.query_one("#summary", CardText).show(self._info.text)
        self._parameters = self.query_one(Knobs).values or self._parameters
        self._start()

    def action_seed(self) -> None:
        """The same demo with other random numbers."""
        self._standing.seed += 1
        self.action_restart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now: answers to a question that is asked, a look back where there is a past."""
        if not self.is_mounted:
            return True
        prediction = self.query_one(Prediction)
        if action == "option":
            return prediction.asking and int(str(parameters[0])) < len(prediction.options)
        if action == "skip":
            return prediction.asking
        if action == "predict":
            return prediction.more
        if action == "look":
            return len(self._stage.reel) > 1
        if action == "end":
            return self.has_class("-silent")
        return True

    def action_look(self, direction: int) -> None:
        """Look at an older frame or a newer one; the run is held meanwhile."""
        if self._standing.playing:
            self._standing.playing = False
            self._send(type="pause")
        frame = self._stage.reel.look(direction)
        if frame is not None:
            self.set_class(False, "-failed")
            self._show(frame)
            self.query_one(Knobs).show(frame["parameters"])
        self._draw_state()

    def action_pin(self) -> None:
        """Pin the run, or let go of the one that is pinned."""
        self._stage.toggle_pin()
        self._draw_state()

    def action_source(self) -> None:
        """Show the file beside the picture, or in its place; or put it away."""
        self.toggle_class("-source")
        self.call_after_refresh(self._stage.stand)

    def action_scroll_text(self, direction: int) -> None:
        """Scroll the code, or the picture in words, by a page."""
        self._stage.scroll_text(direction)

    def action_repeat(self) -> None:
        """Show the command that repeats this run; the process knows what has been changed."""
        if self._alive:
            self._send(type="history")
        else:
            self._show_command(self._parameters, [], self._standing.where or self._device)

    def _show_command(self, parameters: dict[str, Any], changes: list[Any], device: str) -> None:
        from studytool.app.screens.repeat import RepeatScreen
        from studytool.demo.parameters import checked
        from studytool.demo.repeat import command

        values = checked(self._info.parameters, parameters)
        told = command(self._info, values, self._standing.seed, device, changes=changes)
        self.app.push_screen(RepeatScreen(told))

    def action_option(self, option: int) -> None:
        """Predict: say which option will come out; the demo runs, and the runs answer."""
        self.query_one(Prediction).answer(option)
        self._run_now()

    def on_prediction_settled(self, message: Prediction.Settled) -> None:
        """Keep what was predicted and what came out, where there is a log."""
        self.app.keep_prediction(self._info, message.answered)

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
        if not self._standing.playing and (self._frame is None or self._frame.get("step", 0) <= 1):
            self._standing.playing = True
            self._send(type="play")
        self._draw_state()

    def action_knob(self, direction: int) -> None:
        """Choose another control."""
        self.query_one(Knobs).choose(direction)

    def action_turn(self, direction: int) -> None:
        """Turn the chosen control; the running demo takes it at its next step, a choice restarts it."""
        knob = self.query_one(Knobs).turn(direction)
        if knob is not None:
            if knob.type == "float":
                self._branch()
            self._send(type="set", name=knob.name, value=knob.shown)
            self._draw_state()

    def action_write(self) -> None:
        """Write the picture into the folder the app was started in."""
        if self._frame:
            save_picture(self, self._info, self._frame, self._standing.seed, self.query_one(Knobs).values)

    def action_words(self) -> None:
        """The picture in words, and back."""
        self._stage.toggle_words()

    def action_sweep(self) -> None:
        """A sweep over two of the controls around the present values; the run waits."""
        from studytool.app.screens.sweep import sweep_screen

        self._standing.playing = False
        self._send(type="pause")
        self._draw_state()
        values = self.query_one(Knobs).values or self._parameters
        self.app.push_screen(sweep_screen(self._info, values, self._standing.seed, self._device))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss()


def _load_drawing() -> None:
    """Import what drawing needs, 70 ms of it numpy, away from the keys."""
    import numpy  # noqa: F401

    import studytool.draw  # noqa: F401
