"""A running demo: what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from studytool.app.demo_picture import save_picture
from studytool.app.pulse import Pulse
from studytool.app.screens.around_demo import AroundDemo
from studytool.app.screens.demo_keys import KEYS
from studytool.app.widgets.demo_state import Trouble
from studytool.app.widgets.knobs import Knobs
from studytool.app.widgets.prediction import Prediction

if TYPE_CHECKING:
    from studytool.demo.find import Shown

_UNSTARTED = frozenset({"restart", "repeat", "scroll_text", "leave"})
"""What can be done with a demo that could not be started, for want of torch say."""


class DemoScreen(AroundDemo):
    """Runs a demo as the learner steers it: held, repeated, looked back at, predicted, changed."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

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
        """One step, then hold; a prediction that waits is put away, for the run may answer it."""
        if self.query_one(Prediction).asking:
            self.query_one(Prediction).skip()
            self.refresh_bindings()
        self._branch()
        self._standing.playing = False
        self._send(type="step")
        self._draw_state()

    def action_restart(self) -> None:
        """From the beginning, held there while a prediction waits; a process that has died is started anew."""
        self._standing.playing = not self.query_one(Prediction).asking
        if self.has_class("-failed") or not self._alive:
            self._start_again()
            return
        self._send(type="restart", seed=self._standing.seed)
        if self._standing.playing:
            self._send(type="play")

    def action_seed(self) -> None:
        """The same demo with other random numbers."""
        self._standing.seed += 1
        self.action_restart()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done now: answers to a question that is asked, a look back where there is a past."""
        if not self.is_mounted:
            return True
        if self.has_class("-unstarted"):
            return action in _UNSTARTED
        prediction = self.query_one(Prediction)
        if action in {"play", "step"}:
            return not self.has_class("-failed")
        if action == "option":
            return prediction.asking and int(str(parameters[0])) < len(prediction.options)
        if action == "skip":
            return prediction.asking
        if action == "sweep":
            return not prediction.asking
        if action == "predict":
            return prediction.more
        if action == "look":
            return len(self._stage.reel) > 1
        if action == "end":
            return self.has_class("-silent")
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing now, and what leads on."""
        prediction, again = self.query_one(Prediction), self.app.key_name("demo.restart", "r")
        if self.has_class("-unstarted") or action in {"play", "step"}:
            return f"This demo has stopped: {again} starts it again."
        if action == "option" and prediction.asking:
            return f"There are {len(prediction.options)} answers."
        first = f"A question waits: answer it, or {self.app.key_name('demo.skip', 'enter')} just runs."
        return {
            "sweep": first,
            "option": "No question waits.",
            "skip": "No question waits.",
            "predict": first if prediction.asking else "There is nothing further to predict.",
            "look": "There is no earlier step yet.",
            "end": "This demo answers: it need not be ended.",
        }.get(action, "")

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

    def action_option(self, option: int) -> None:
        """Predict: say which option will come out; the run that is asked about is shown, and the runs answer."""
        prediction = self.query_one(Prediction)
        prediction.answer(option)
        asked = self._info.shown[prediction.number]
        if not self._is_shown(asked):
            self._parameters, self._standing.seed, self._standing.playing = asked.parameters, 0, asked.steps is None
            self.query_one(Knobs).show(asked.parameters)
            if asked.steps is not None:  # before: a run that begins would go past the step
                self._send(type="pause")
            self._send(type="restart", seed=0, parameters=dict(asked.parameters))
            self._go_to(asked)
        self._run_now(asked.steps)

    def _is_shown(self, asked: Shown) -> bool:
        """Whether the run on the screen is this one, held where it is to be held."""
        frame = self._frame
        if frame is None or self._standing.seed or frame["changes"] or self._stage.reel.looking:
            return False
        is_there = asked.steps is None or (not self._standing.playing and frame["step"] == asked.steps)
        return is_there and bool(frame["parameters"] == asked.parameters)

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
        """Ask the next prediction; what has run may be its answer, and is put away for a run at its beginning."""
        self.query_one(Prediction).ask_next()
        self.set_class(False, "-running")
        if self._alive and self._frame is not None and not self.has_class("-failed"):
            self._left_run = self._frame["run"]
            self._stage.clear()
            self._standing.playing, self._standing.replaying = False, None
            self._standing.word = "waiting for your prediction"
            self._send(type="pause")
            self._send(type="restart", seed=self._standing.seed)
            self.query_one(Trouble).tell(())
        self._draw_state()
        self.refresh_bindings()

    def _run_now(self, held_at: int | None = None) -> None:
        """What waited for a prediction runs, or is held at a step; what runs already goes on."""
        self.refresh_bindings()
        if self._frame:
            self.set_class(not self.has_class("-failed"), "-running")
        if held_at is None and not self._standing.playing and (self._frame is None or self._frame.get("step", 0) <= 1):
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
        """Back from the words or the code that stand in the place of the picture, or of the text; from there, away."""
        is_beside = self.has_class("-running") and not self.has_class("-narrow")
        if self.has_class("-source") and not is_beside:
            self.action_source()
        elif self._stage.in_words and self._stage.frame and self.has_class("-running"):
            self.action_words()
        else:
            self.dismiss()

    def action_end(self) -> None:
        """End a process that does not answer; in a thread, for that may take a second."""
        if self._process:
            self.run_worker(self._process.close, thread=True)
            self._pulse = Pulse()
            self._watch()
            self._gone("the demo was ended; r starts it again")
