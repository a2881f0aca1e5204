"""Study: a prompt, its answer, a grade; each grade is on disk before the next card is painted."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from studytool.app import hints
from studytool.app.pieces import Pieces
from studytool.app.prose.steps import steps
from studytool.app.room import make_room
from studytool.app.screens.study_keys import StudyKeys
from studytool.app.sitting import Sitting
from studytool.app.widgets.card_face import CardFace
from studytool.app.widgets.card_text import answer_of
from studytool.app.widgets.grades import Grades
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.topbar import TopBar
from studytool.errors import Overtaken, StudytoolError
from studytool.memory import Grade

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.desk import Edit
    from studytool.memory import Session, Shown
    from studytool.notes.model import Card


_LONG = 10
"""Seconds from which it is told how long an answer took."""


class StudyScreen(StudyKeys):
    """One sitting over some topics, what a search finds, or everything; a cram of all that, or for an exam."""

    app: StudyApp
    HAS_ITS_STYLES = True  # in app.tcss

    def __init__(
        self,
        topics: Sequence[str] | None,
        search: str = "",
        *,
        cram: bool = False,
        exam: Session | None = None,
        session: Session | None = None,
        found: Collection[str] | None = None,
    ) -> None:
        super().__init__()
        about = partial(Sitting, topics=topics, search=search, cram=cram)
        self._wanted = partial(about, exam=exam, session=session, found=found)
        self._shown: Shown | None = None
        self._seen = 0  # of the steps
        self._searching: Pieces | None = None

    def compose(self) -> ComposeResult:
        """The frame; the card is written into it by `_next`."""
        make_room(self)  # before there is anything whose styles would be looked up once more
        yield TopBar()
        yield Progress()
        yield CardFace()
        yield Grades(id="grades")
        yield Static(id="why")
        yield KeyBar()

    def _compositor_refresh(self) -> None:
        """Not while the app is being built: what is drawn then is not painted, and takes 7 ms."""
        if not self.app._batch_count:
            super()._compositor_refresh()

    def on_mount(self) -> None:
        """Begin the sitting."""
        self._sitting = self._wanted(self.app.desk, self.app.now(), pace=self.in_pieces())
        self._trail = self._sitting.trail
        if not self._sitting.session.is_lining_up:
            self.begun()
        self._next()
        self.listen()

    def on_resize(self) -> None:
        """In a window of few lines what stands around the card gives way to it."""
        was_tiny = self.has_class("-tiny")
        make_room(self)
        if self._card is not None and (was_tiny or self.has_class("-tiny")):
            self._face.divide()
            if not self._revealed:
                self._ask()

    def begun(self) -> None:
        """The cards are in order."""
        super().begun()
        if self._sitting.is_held_late:
            self.app.warn(self._sitting.held[0])

    # -- what is on the screen ------------------------------------------------------------------

    def _next(self) -> None:
        """Show the card that should come now, or the end of the sitting."""
        self._hear()
        self._shown = self._to_show()
        self._card = self.app.desk.card(self._shown.key) if self._shown else None
        self._demo = self._typed = self._question = self._proposed = None
        self._revealed = self._seeks_demo = False
        self._steps, self._seen, self._worth = [], 0, None
        self._started = time.monotonic()
        self.set_class(self._card is None, "-done")
        if self._card is None or self._shown is None:
            self._say_why("")
            self._show_end()
        else:
            self._show_front(self._card, self._shown)
            self._seek_demo(self._card)
        self._draw_progress()
        self.refresh_bindings()

    def _show_front(self, card: Card, shown: Shown) -> None:
        self._begin(card)
        # How many lines the answer to a choice has would tell how many of its options are right.
        self._steps = steps(self._answer(card)) if self._typed is None and card.kind != "choice" else []
        self._ask()
        self._say_why(shown.reason)

    def _say_why(self, told: str) -> None:
        self.query_one("#why", Static).update(Content.styled(told, "$foreground-muted"))

    def _ask(self) -> None:
        """The line in place of the grades: what can be done before the answer is shown."""
        if self._types:
            hint = hints.typing(self.app.key_name)
        elif self.has_class("-tiny") and self.has_class("-slim"):
            hint = hints.asking_in_short(self.app.key_name, lines=len(self._steps), seen=self._seen)
        else:
            is_open, lines = self._card is not None and self._card.kind == "open", len(self._steps)
            told = partial(hints.asking, self.app.key_name, has_demo=self._demo is not None, picks=self._picks)
            hint = told(lines=lines, seen=self._seen, is_open=is_open, is_ticked=bool(self._picked))
        self.query_one(Grades).ask(hint)

    def _seek_demo(self, card: Card) -> None:
        """Have the demo of the card looked for, once the card is painted."""
        self._seeks_demo = True
        self.app.with_demos(partial(self.call_after_refresh, self._find_demo, card))

    def _find_demo(self, card: Card) -> None:
        """Offer the demo of the card, if it is still there."""
        if card is not self._card or not self._seeks_demo:
            return
        offered, self._seeks_demo, self._demo = self._demo, False, self.app.demo_of(card)
        if not (offered or self._demo):
            return
        if self._demo:
            self.app.expected.soon()
        if not self._revealed:
            self._ask()
        self.refresh_bindings()

    def _draw_progress(self) -> None:
        sitting = self._sitting
        counts = sitting.session.counts(self.app.now())
        told = sitting.left(counts)
        told += f" · {sitting.minutes} min" if sitting.minutes else ""
        self.query_one(TopBar).show(sitting.title, told)
        self.query_one(Progress).show(counts.done, counts.done + counts.left)

    def renew(self, edit: Edit) -> None:
        """The notes were read anew: the same card in its new words, or the next one where it has gone."""
        before, was_revealed, typed = self._card, self._revealed, self._face.typed
        card = self._sitting.renew(before, edit, self.app.now())
        if self._sitting.is_of_search:
            self.call_after_refresh(self._search_again)
        if card is None or before is None or card.key != before.key:
            self._next()
            if before is not None:
                self._tell_edited(before, card, typed, was_revealed=was_revealed)
        else:
            self._card = card
            self._face.place(card)
            self._seek_demo(card)  # its note may name another
            self._draw_progress()

    def _search_again(self) -> None:
        """Have what the search finds now come, too."""
        if self._searching:
            self._searching.stop()
        self._searching = Pieces(self, self._sitting.searching(self.app.now()), self._lined_up)
        if not self._searching.is_at_work:
            self._lined_up()

    # -- what the keys do -----------------------------------------------------------------------

    def action_reveal(self) -> None:
        """Show the answer."""
        if self._card is None or self._shown is None or self._revealed or self._is_late:
            return
        self._revealed = True
        told = self._mark()
        self._tell_time()
        self._face.answer(f"{told}{self._answer(self._card)}", self._card)
        self.query_one(Grades).offer(self._shown.outcomes, self._proposed)
        self.refresh_bindings()

    def _tell_time(self) -> None:
        """How long it took, where that was long."""
        seconds = int(time.monotonic() - self._started)
        if self._shown and seconds >= _LONG:
            self._say_why(f"{self._shown.reason} · {seconds // 60}:{seconds % 60:02}")

    def action_line(self) -> None:
        """Show the next line of a list; the last one is the whole answer."""
        if not self._steps or self._revealed or self._is_late:
            return
        self._seen += 1
        if self._seen == len(self._steps):
            self.action_reveal()
            return
        self._face.answer(self._steps[self._seen - 1])
        self._ask()

    def _answer(self, card: Card) -> str:
        if card.kind != "open":
            return answer_of(card)
        written = self.app.desk.memory.written(card.key)
        own = f"*Your answer:*\n\n{written}" if written else ""
        key = self.app.key_name("study.write", "w")
        none = f"*Your notes hold no answer to this one. Judge what you would have said; `{key}` writes it down.*"
        return "\n\n".join(part for part in (card.back, own) if part) or none

    def on_grades_chosen(self, event: Grades.Chosen) -> None:
        """A click on a grade."""
        self.action_grade(event.grade)

    def action_take(self) -> None:
        """The grade that the typed answer speaks for, else Good."""
        self.action_grade(self._proposed or Grade.GOOD)

    def action_grade(self, grade: int) -> None:
        """Record a grade, then show the next card; the grade is durable before anything is painted."""
        if self._card is None or not self._revealed or self._is_late:
            return
        took = round((time.monotonic() - self._started) * 1000)
        self._hear()
        if self._is_passed():
            return
        try:
            self._sitting.answer(self._card, grade, self.app.now(), took)
        except StudytoolError as error:
            if isinstance(error, Overtaken):
                self._hear()
            if not self._is_passed():
                self._tell_not_saved(error, " The card stays.")
            return
        self.app.saved()
        self._last = self._card
        if often := self._sitting.session.leech:
            key = self.app.key_name("study.last-note", "O")
            self.app.warn(f"Forgotten {often} times: rewrite it? {key} opens its note.")
        self._next()

    def _tell_not_saved(self, error: StudytoolError, more: str = "") -> None:
        """Say that the log was not written; why is not said again where it was told at the start."""
        why = f"Not saved. {error.hint}" if self.app.opening.refusal else error
        self.app.warn_not_saved(f"{why}{more}")

    def action_undo(self) -> None:
        """Take back what was done last: the mark of a typed answer, else the last event of this sitting."""
        if self._is_marked:
            self._unmark()
            return
        if self._is_half_typed and self._trail:
            out, undo = self.app.key_name("study.leave", "esc"), self.app.key_name("study.undo", "u")
            self.app.warn(f"Your answer would be lost: {out} and {undo} take back the last grade all the same.", self)
            return
        try:
            undone = self._sitting.undo(self.app.now())
        except StudytoolError as error:
            self._tell_not_saved(error)
            return
        if undone:
            self.app.saved()
            self.app.hush()  # what was said of it holds no more
            self._next()
            also = " Another window has graded that card, too, and its grade stands."
            self.app.warn(f"Taken back: {undone}.{also * self._sitting.session.outlived}", self)
        else:
            self.app.refuse("There is nothing to undo in this sitting.")

    def action_redo(self) -> None:
        """Say what this key gives back, and where."""
        redo, undo = self.app.key_name("home.redo", "U"), self.app.key_name("study.undo", "u")
        self.app.refuse(f"{redo} gives histories back at home; what {undo} took back is graded anew.")

    def _set_aside(self, act: Callable[..., object], told: str, then: str) -> None:
        if self._card is None or self._is_late:
            return
        try:
            self._sitting.set_aside(self._card, act, self.app.now(), told)
        except StudytoolError as error:
            self._tell_not_saved(error, " The card stays.")
            return
        self._next()
        types = self._card is not None and self._typed is not None  # there `u` is a letter
        key = ("study.undo-typing", "ctrl+r") if types else ("study.undo", "u")
        self.app.warn(f"{told}: {then} {self.app.key_name(*key)} takes it back.", self)

    def action_bury(self) -> None:
        """Not today."""
        self._set_aside(self._sitting.session.bury, "Buried", "it comes back tomorrow.")

    def action_suspend(self) -> None:
        """Not until it is resumed."""
        back = self.app.key_name("home.resume", "r")
        self._set_aside(self._sitting.session.suspend, "Suspended", f"{back} at home brings it back.")

    def action_reject(self) -> None:
        """Not a card at all."""
        self._set_aside(self._sitting.session.reject, "Not a card", "it is not asked again.")

    def action_write(self) -> None:
        """Write one's own answer to an open question."""
        from studytool.app.screens.write import WriteScreen

        if self._card is None or self._card.kind != "open":
            return
        card = self._card
        written = self.app.desk.memory.written(card.key) or ""

        def write(typed: str | None = None) -> None:
            self.app.push_screen(WriteScreen(card.front, written, typed, keep), keep)

        def keep(answer: str | None) -> None:
            if answer is None or answer == written:
                return
            now = self.app.desk.card(self._sitting.session.key_now(card.key)) or card
            text = self.app.desk.text_of(now)
            try:
                self._sitting.session.write(now.key, answer, self.app.now(), text=text)
            except StudytoolError as error:
                write(answer)
                self._tell_not_saved(error)
                return
            self.app.saved()
            if self.app.desk.card(now.key) is None:
                self.app.warn("That question is in your notes no more; your answer is kept, should it come back.")
            if self._card is None or self._card.key != now.key:
                return  # its note was edited meanwhile, and another card is on the screen
            if not self._revealed:
                self.action_reveal()
            else:
                self._face.answer(self._answer(self._card))

        write()

    def action_leave(self) -> None:
        """Out of the field, so that keys are keys again; else back to where one came from."""
        if self._types:
            self.set_focus(None)
        else:
            self.app.leave()
