"""The ways to the screens: what every screen can open, over which cards, and the demos that stand beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from studytool import clock
from studytool.app.frame import Frame
from studytool.app.running import open_demo
from studytool.app.telling import in_short
from studytool.app.timers import once
from studytool.errors import StudytoolError
from studytool.links import demo_file, demo_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from textual.driver import Driver
    from textual.screen import Screen

    from studytool.app.pieces import Pieces
    from studytool.app.widgets.prediction import Answered
    from studytool.demo.find import DemoInfo
    from studytool.desk import Desk
    from studytool.examining import Wish
    from studytool.memory import Moment, Session
    from studytool.notes.model import Card, DemoLink
    from studytool.settings import Settings

_BREATH = 0.1
"""Seconds in which the first screen is painted before a thread takes time for what can wait."""
_FEW = 2_000
"""Cards of which the sitting for an exam is worked out within a frame, or its paper set."""


class Ways(Frame):
    """A frame with a desk, from which screens are opened."""

    def __init__(
        self, settings: Settings, computed: bool | None = None, driver_class: type[Driver] | None = None
    ) -> None:
        """`computed` says whether a quiz has questions that demos compute; None leaves that to the settings."""
        super().__init__(settings, driver_class)
        self._desk: Desk | None = None
        self._demos: list[DemoInfo] | None = None
        self._await_demos: list[Callable[[], object]] = []
        self._computed = computed
        self._aiming: Pieces | None = None

    @property
    def desk(self) -> Desk:
        """The open desk; only asked for by screens that are shown once it is there."""
        assert self._desk is not None, "screens open after the desk"
        return self._desk

    def now(self) -> Moment:
        """This moment. Tests put another clock here."""
        return clock.now()

    def study(
        self,
        topics: Sequence[str] | None = None,
        search: str = "",
        *,
        cram: bool = False,
        found: Collection[str] | None = None,
        session: Session | None = None,
    ) -> None:
        """Open the study screen over `topics`, what a search finds, or everything; to `cram`, all of it once.

        `found` are the cards of the search, and `session` is the sitting, where they were made just now.
        """
        from studytool.app.screens.study import StudyScreen

        self.push_screen(StudyScreen(topics, search, cram=cram, session=session, found=found))

    def cram(self, keys: Collection[str]) -> None:
        """Open the study screen over these cards, each once, due or not."""
        from studytool.app.screens.study import StudyScreen

        self.push_screen(StudyScreen(None, cram=True, found=keys))

    def browse(self, search: str = "") -> None:
        """Open the table of all cards, or of those that a search finds."""
        from studytool.app.screens.browse import BrowseScreen

        self.push_screen(BrowseScreen(search))

    def read_note(self, number: int, card: Card | None = None, *, revealed: bool = True) -> None:
        """Open the note of this number in the library to be read, at a card whose answer was `revealed` or not."""
        from studytool.app.screens.note import NoteScreen

        self.push_screen(NoteScreen(number, card, revealed=revealed))

    def read_card(self, card: Card, *, revealed: bool = True) -> None:
        """Open the note of a card to be read, at the card, whose answer was `revealed` or not."""
        if (number := self.desk.library.entries.get(card.key)) is not None:
            self.read_note(number, card, revealed=revealed)
        else:
            self.warn("This card is no longer in your notes.")

    def map_topics(self) -> None:
        """Open the map of the topics."""
        from studytool.app.screens.map import MapScreen

        self.push_screen(MapScreen())

    def study_for_exam(self, aimed: Session | None = None) -> None:
        """Open the study screen over what the exam makes worth asking today; a sentence where there is nothing.

        `aimed` is a sitting of that, where it was worked out just now. To work it out for a hundred thousand cards
        takes a second, in a thread with a log of its own; it opens unless another screen does meanwhile.
        """
        if self._aiming is not None and self._aiming.is_at_work:
            return
        from studytool.app.pieces import Pieces

        self._aiming = Pieces(self.screen_stack[0], self._aimed(self.screen, aimed))

    def _aimed(self, asked: Screen[Any], aimed: Session | None) -> Iterator[str | None]:
        from studytool.app.pieces import in_a_thread
        from studytool.app.screens.study import StudyScreen
        from studytool.syllabus import agenda as worked_out
        from studytool.syllabus import agenda_beside

        missed: tuple[str, ...] = ()
        try:
            if aimed is None and len(self.desk.library.entries) <= _FEW:
                agenda = worked_out(self.desk, self.now())
                aimed, missed = self.desk.aimed(self.now(), agenda), agenda[0].missed
            elif aimed is None:
                self.warn("Working out what counts most for the exam …", asked)
            while aimed is None:
                desk, library, mark = self.desk, self.desk.library, self.desk.memory.mark()
                agenda = yield from in_a_thread(partial(agenda_beside, desk.request, library, self.now()))
                missed = agenda[0].missed
                making: list[Iterator[None]] = []
                if asked is self.screen and library is self.desk.library:
                    aimed = desk.aimed(self.now(), agenda, making.append)
                for steps in making:  # the last may lead to others
                    yield from steps
                if asked is not self.screen:
                    return
                if library is not self.desk.library or mark != desk.memory.mark():
                    aimed = None  # other notes, edited ones, or another answer
        except StudytoolError as error:
            if asked is self.screen:
                self.warn(str(error))
        else:
            self.push_screen(StudyScreen(None, exam=aimed))
            if missed:
                of = "items of `syllabus` find no card"
                self.warn("\n".join(in_short(missed, of, "studytool forecast")))

    def quiz(
        self,
        topics: Sequence[str] | None = None,
        count: int | None = None,
        seed: int | None = None,
    ) -> bool:
        """Open a quiz over `topics`, or over everything; the seed comes from the clock when none is given.

        False, with a sentence on the screen, when no question can be made.
        """
        from studytool.app.screens.quiz import QuizScreen
        from studytool.examining import QUESTIONS, fewer, nothing_to_ask
        from studytool.quiz import build
        from studytool.quiz.computing import compute

        chosen = self.now().ms // 1000 % 1_000_000 if seed is None else seed
        try:
            paper = build(self.desk.library, count=count or QUESTIONS, seed=chosen, topics=topics)
            if not paper.questions:
                raise nothing_to_ask(self.desk.library, topics)
        except StudytoolError as error:
            self.warn(str(error))
            return False
        wanted = self.desk.request.settings.computed if self._computed is None else self._computed
        computing = compute(paper, self.desk.library, wanted=wanted, demos=self.demos, take=self.spare.take)
        computing.start()
        self.push_screen(QuizScreen(paper, computing))
        if few := fewer(paper, count, QUESTIONS):
            self.warn(few)
        return True

    def exam(self, wish: Wish) -> None:
        """Open what stands before an exam; a sentence where there is nothing to ask."""
        try:
            self.push_screen(self._exam_screen(wish))
        except StudytoolError as error:
            self.warn(str(error))

    def _exam_screen(self, wish: Wish, refused: Callable[[StudytoolError], object] | None = None) -> Screen[None]:
        from studytool.app.screens.exam_start import ExamStartScreen

        return ExamStartScreen(wish, later=len(self.desk.library.entries) > _FEW, refused=refused)

    def demos(self) -> list[DemoInfo]:
        """The built-in demos, read once."""
        if self._demos is None:
            from studytool.demo.find import list_demos

            self._demos = list_demos()
        return self._demos

    def with_demos(self, go: Callable[[], object]) -> None:
        """Call `go` once the built-in demos are read: at once, or after a thread has read them (80 ms).

        It begins a moment after what is to be painted, for nothing tells when the terminal has the first card.
        """
        if self._demos is not None:
            go()
            return
        self._await_demos.append(go)
        if len(self._await_demos) == 1:
            read = partial(self.run_worker, self._read_demos, thread=True, exit_on_error=False)
            self.call_after_refresh(once, self, _BREATH, read)

    def _read_demos(self) -> None:
        try:
            self.demos()
        except Exception:
            self._await_demos.clear()  # who asks next tries again
            raise
        self.call_from_thread(self._demos_read)

    def _demos_read(self) -> None:
        waited, self._await_demos = self._await_demos, []
        for go in waited:
            go()

    def demo_of(self, card: Card) -> DemoLink | None:
        """The demo to offer beside a card, or None; a link to a demo that is not there counts as none.

        A demo that is named by a path has the whole path for its name.
        """
        link = demo_for(card, self.demos())
        return self.demo_at(link, card.span.path) if link else None

    def demo_at(self, link: DemoLink, note: str) -> DemoLink | None:
        """The demo that a note at this path links to, or None where it is not there."""
        if file := demo_file(link, note):
            return replace(link, name=str(file)) if file.is_file() else None
        return link if any(demo.name == link.name for demo in self.demos()) else None

    def run_demo(self, link: DemoLink, answered: Answered | None = None) -> None:
        """Open the demo screen above the present one; `answered` is a prediction that was made already."""
        from studytool.demo.find import find_demo

        try:
            open_demo(self, find_demo(link.name), dict(link.parameters), answered=answered)
        except StudytoolError as error:
            self.warn(str(error))

    def keep_prediction(self, info: DemoInfo, answered: Answered) -> None:
        """Write what was predicted of a demo, and what came out, into the log."""
        from studytool.app.predicted import attempt_of

        if attempt := attempt_of(info, answered):
            try:
                event = self.desk.store.append("attempt", None, attempt.as_payload(), self.now())
                self.desk.memory.apply(event, is_new=True)
            except StudytoolError as error:
                self.warn(str(error))
