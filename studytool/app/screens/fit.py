"""Fitting the memory model to one's own answers: how far it has come, and what it came to."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.worker import Worker, WorkerState, get_current_worker

from studytool.app.screens.window import Window
from studytool.app.widgets.progress import Progress
from studytool.errors import StudytoolError
from studytool.fitting import sentences
from studytool.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.memory import Event, Rules
    from studytool.memory.base import Base
    from studytool.memory.columns import Reviews
    from studytool.memory.fit import fitting
    from studytool.memory.fit.changes import Changes

_SLOWER = 0.8
"""Of the way that is left in a part of the fit a step leaves so much: nobody knows how many there will be."""
_LINE = 1000


class FitScreen(Window[bool]):
    """A fit to all answers, in a thread; to leave gives it up. The result says whether other parameters are in use."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u", "undo", "Undo", tooltip="Take the fitted parameters back", id="fit.undo"),
        Binding("escape,q,enter", "leave", "Leave", tooltip="Give the fit up, or close what it says", id="fit.leave"),
    ]

    def __init__(self, reviews: Reviews) -> None:
        """`reviews` are the answers of the log."""
        super().__init__()
        self._reviews = reviews
        self._written: Event | None = None
        self._left = self._is_over = False
        self.tried = 0
        """To how many answers a fit was tested that gained nothing sure; 0 where there were too few to test one."""

    def compose(self) -> ComposeResult:
        """What is done, how far it has come, and in the end what came of it."""
        with Vertical(id="fit") as frame:
            frame.border_title = "Fit"
            frame.border_subtitle = f"{self._leave} gives it up"
            yield Static(f"Fitting the memory model to {len(self._reviews):,} answers of yours.", id="fit-told")
            yield Progress()
            yield Static(id="fit-step")

    def on_mount(self) -> None:
        """Begin; the keys go on meanwhile."""
        from studytool.memory.fit.event import fitted_to, standing

        memory = self.app.desk.memory
        seen = fitted_to(standing(memory.parameters(), memory.stands))
        today = self.app.now().day(memory.rules.rollover)
        self.run_worker(partial(self._work, memory.base, memory.rules, seen, today), thread=True, exit_on_error=False)

    def _work(self, base: Base, rules: Rules, seen: int, today: int) -> None:
        """In the thread: a step at a time, until it is done or given up."""
        from studytool.memory.fit.changes import changes
        from studytool.memory.fit.fitting import fitted, log_of
        from studytool.memory.fsrs import Model

        worker = get_current_worker()
        steps = fitted(log_of(self._reviews, rules.model), rules.model.weights, seen)
        while not worker.is_cancelled:
            try:
                at = next(steps)
            except StopIteration as end:
                found: fitting.Fitted = end.value
                after = replace(rules, model=Model(found.weights))
                changed = changes(self._reviews, rules, after, today) if found.adopted else None
                if found.adopted and base.rows:
                    base.foresee(after)
                self.app.call_from_thread(self._done, found, changed)
                return
            self.app.call_from_thread(self._tell, at)

    def _tell(self, at: fitting.Progress) -> None:
        if not self._left:
            part = at.part - _SLOWER**at.step
            self.query_one(Progress).show(round(_LINE * part / at.parts), _LINE)
            told = f"Part {at.part} of {at.parts}, step {at.step}: log loss {at.loss:.4f}"
            self.query_one("#fit-step", Static).update(Content.styled(told, "$foreground-muted"))

    def _done(self, found: fitting.Fitted, changed: Changes | None) -> None:
        """Back in the thread that paints: write what is adopted, and say what it means."""
        from studytool.memory.fit.event import KIND, after, payload_of

        if self._left:
            return
        if found.adopted:
            desk = self.app.desk
            try:
                payload = payload_of(found.weights, found.reviews, found.loss, found.was)
                moment = after(desk.memory.parameters(), self.app.now())
                self._written = desk.store.append(KIND, None, payload, moment)
            except StudytoolError as error:
                self.app.warn(str(error))
        tell = partial(self._tell_end, found, changed)
        if self._written is None:
            tell()
        else:
            self.app.hearing.take([self._written], tell)

    def _tell_end(self, found: fitting.Fitted, changed: Changes | None) -> None:
        is_written = self._written is not None
        self.tried = found.reviews if found.tested and not found.adopted else 0
        lines = sentences(found, changed, is_written, self.app.desk.request.settings.desired_retention)
        told = "\n\n".join(lines).replace(":\n\n", ":\n")  # what follows a colon belongs to it
        back = f"{self.app.key_name('fit.undo', 'u')} takes it back · "
        self._end(told, back if is_written else "")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A fit that cannot be done says so, instead of going on for ever."""
        if event.state is WorkerState.ERROR and not self._left:
            self._end(f"The fit ended: {one_line(str(event.worker.error))}. Nothing was written.")

    @property
    def _leave(self) -> str:
        return self.app.key_name("fit.leave", "esc")

    def _end(self, told: str, keys: str = "") -> None:
        self._is_over = True
        if not self.app.holds(self):
            return
        self.query_one("#fit-told", Static).update(Content(told))
        self.query_one("#fit").border_subtitle = f"{keys}{self._leave} closes"
        self.query_one(Progress).display = self.query_one("#fit-step").display = False
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to take back only once it is written."""
        return self._written is not None if action == "undo" else True

    def action_undo(self) -> None:
        """Go back to the parameters before."""
        desk = self.app.desk
        if self._written is None:
            return
        try:
            undo = desk.store.append("undo", None, {"event": self._written.id}, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._written = None
        self.app.hearing.take([undo], partial(self._end, "The parameters before are in use again."))

    def action_leave(self) -> None:
        """Give up what is not done yet; nothing was written of it. Which it was is said: it may end at that moment."""
        self._left = True
        if self._written:
            self.app.warn("The fitted parameters are in use from now on.")
        elif not self._is_over:
            self.app.warn("The fit was given up: nothing has changed.")
        self.dismiss(self._written is not None)
