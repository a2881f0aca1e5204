"""The app itself: themes, the frame that all screens share, and what every screen can ask for."""

from __future__ import annotations

import gc
import os
import shlex
import shutil
import subprocess
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from textual.binding import Binding, BindingType

from studytool import clock
from studytool.app.frame import Frame
from studytool.app.running import open_demo
from studytool.app.setting_files import Files
from studytool.desk import Edit, shortfall
from studytool.errors import StudytoolError
from studytool.links import demo_file, demo_for
from studytool.settings import load

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.driver import Driver
    from textual.screen import Screen

    from studytool.app.opening import Opening
    from studytool.app.pixels.gallery import Gallery
    from studytool.app.pixels.terminal import Graphics
    from studytool.app.prose.page import Pictures
    from studytool.app.widgets.prediction import Answered
    from studytool.demo.find import DemoInfo
    from studytool.desk import Desk, Edit, Request
    from studytool.examining import Wish
    from studytool.memory import Moment, Session
    from studytool.notes.model import Card, DemoLink, Library, Span
    from studytool.settings import Settings


_LOOK = 1.0
"""Seconds between two looks whether a file of settings was edited."""
_BESIDES = 14
"""Lines that are left for other things where a picture is shown."""
AT_START = ("libraries", "cards", "ignore", "desired_retention", "rollover", "pictures")
"""The settings that count when notes and log are opened."""


@runtime_checkable
class Renewed(Protocol):
    """A screen that shows cards, and wants to know when the notes have been read anew."""

    def renew(self, edit: Edit) -> None:
        """Show what the desk's new library says; `edit` tells how it differs from the one before."""


class StudyApp(Frame):
    """The app on a library of notes. `failure` holds the error that ended it, if one did."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("comma", "settings", "Settings", show=False, tooltip="Everything that can be set", id="app.settings")
    ]

    def __init__(
        self,
        opening: Opening,
        start: str = "app",
        topics: Sequence[str] | None = None,
        count: int | None = None,
        seed: int | None = None,
        search: str = "",
        cram: bool = False,
        exam: bool = False,
        welcome: bool = False,
        sure: bool = False,
        wish: Wish | None = None,
        computed: bool | None = None,
        graphics: Graphics | None = None,
    ) -> None:
        """`welcome` greets a learner whose log is empty; `graphics` is what the terminal has for pictures."""
        super().__init__(opening.request.settings, _driver(graphics))
        self._graphics = graphics
        self._gallery: Gallery | None = None
        self.opening = opening
        self.failure: StudytoolError | None = None
        self._start = start
        # What is not in the part that was read first may be in the rest: a topic that was asked for, a fair question.
        self._whole = bool(topics or search) or start in ("quiz", "exam") or cram or exam
        self._topics = topics
        self._search = search
        self._count = count
        self._seed = seed
        self._cram = cram
        self._exam = exam
        self._welcome = welcome
        self.asks_confidence = sure or opening.request.settings.confidence
        """Whether a quiz asks how sure the learner is."""
        self._computed = computed
        self._aimed: Session | None = None
        self._wish = wish
        self._desk: Desk | None = None
        self._demos: list[DemoInfo] | None = None

    @property
    def desk(self) -> Desk:
        """The open desk; only asked for by screens that are shown once it is there."""
        assert self._desk is not None, "screens open after the desk"
        return self._desk

    def now(self) -> Moment:
        """This moment. Tests put another clock here."""
        return clock.now()

    def on_mount(self) -> None:
        """Open the desk if it is ready within a blink; else show that the notes are being read."""
        super().on_mount()
        self._files = Files(self.opening.request.library)
        self.set_interval(_LOOK, self._look_at_settings)
        if self.opening.ready(0.25, whole=self._whole):
            self._opened()
            return
        from studytool.app.screens.reading import ReadingScreen

        self.push_screen(ReadingScreen(self.opening.request.title))
        self.run_worker(self._wait_for_notes, thread=True, exit_on_error=False)

    def _wait_for_notes(self) -> None:
        while not self.opening.ready(1, whole=self._whole):
            if not self.is_running:
                return
        self.call_from_thread(self._opened)

    def _opened(self) -> None:
        try:
            self._desk = self.opening.desk()
            if self._topics and (missing := set(self._topics) - set(self.desk.topics())):
                raise StudytoolError(f"There is no topic {', '.join(sorted(missing))} with cards.")
            if self._search and self._start != "browse":
                self.desk.search_to_study(self._search)
            found = self.desk.catch_up()
            self._aimed = self.desk.aimed(self.now()) if self._exam else None
            first = self._exam_screen(self._wish) if self._wish else None
        except StudytoolError as failure:
            self.failure = failure
            self.exit()
            return
        said = [*self.desk.request.settings.unknown]
        if self.desk.request.settings.exam:
            from studytool.syllabus import slips

            said += slips(self.desk.request.settings, self.desk.topics())
        if found:
            from studytool.returning import told

            said.append(told(len(found)))
        if lost := shortfall(self.desk.store):
            said.append(lost)
        if said:  # together: the next one takes the place of the one before
            self.warn("\n".join(said))
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._show_first(first)
        self.call_after_refresh(self._settle)
        self.opening.follow(partial(self._follow, self.opening))
        if self._welcome and self._start == "app" and not self.desk.memory.cards():
            self.call_after_refresh(self._greet)

    def _greet(self, *, opened: bool = False) -> None:
        from studytool.app.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(opened=opened))

    def reopen(self, wanted: Request, *, welcome: bool = False) -> None:
        """Go on with other notes, or the same by other settings; with the present ones as long as those are read."""
        from studytool.app.opening import Opening
        from studytool.app.screens.reading import ReadingScreen

        opening = Opening(wanted)
        self.push_screen(ReadingScreen(wanted.title))
        self.run_worker(partial(self._wait_for_others, opening, welcome), thread=True, exit_on_error=False)

    def _wait_for_others(self, opening: Opening, welcome: bool) -> None:
        while not opening.ready(1):
            if not self.is_running:
                opening.close()
                return
        self.call_from_thread(self._reopened, opening, welcome)

    def _reopened(self, opening: Opening, welcome: bool) -> None:
        try:
            desk = opening.desk()
        except StudytoolError as failure:
            self.pop_screen()
            self.warn(str(failure))
            self.run_worker(opening.close, thread=True)
            return
        before, old = self.opening, self.desk
        self.opening, self._desk = opening, desk
        self.run_worker(before.close, thread=True)  # it may be in the middle of a note
        old.close()
        desk.catch_up()
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._home()
        opening.follow(partial(self._follow, opening))
        if welcome:
            self.call_after_refresh(partial(self._greet, opened=True))

    def _follow(self, opening: Opening, library: Library, complete: bool) -> None:
        """Another library, told by the thread that reads: passed on to the thread that paints."""
        self.call_later(self._renew, opening, library, complete)

    def _renew(self, opening: Opening, library: Library, complete: bool) -> None:
        """Go on with another reading of the notes: more of them, or some that were edited."""
        if opening is not self.opening or library is self.desk.library:
            return
        was_complete = self.desk.complete
        edit = self.desk.adopt(library, complete=complete)
        self._pass_on(edit)
        said = [f"Your notes: {edit}."] if complete and was_complete and str(edit) else []
        if edit.renamed:
            from studytool.returning import told

            said.append(told(len(edit.renamed)))
        if said:
            self.warn(" ".join(said))

    def _look_at_settings(self) -> None:
        if self._desk is not None and self._files.changed():
            self.take_settings()

    def take_settings(self) -> None:
        """Go on with what the files of settings say now; where they are wrong, with what held before."""
        request = self.desk.request
        try:
            settings = load(request.library)
        except StudytoolError as error:
            self.warn(f"{error} Until then the settings before it hold.")
            return
        if settings != request.settings:
            self._adopt(settings, request.settings)
        self._pass_on(Edit())

    def _pass_on(self, edit: Edit) -> None:
        """Every screen that shows cards hears of an edit; one that is just being built, as soon as it stands."""
        for screen in self.screen_stack:
            if isinstance(screen, Renewed):
                if screen.is_mounted:
                    screen.renew(edit)
                else:
                    screen.call_after_refresh(screen.renew, edit)

    def _adopt(self, settings: Settings, before: Settings) -> None:
        self.desk.request = replace(self.desk.request, settings=settings)
        said = [*settings.unknown, *self.heed(settings, before=before)]
        if late := [name for name in AT_START if getattr(settings, name) != getattr(before, name)]:
            said.append(f"{', '.join(late)}: this holds from the next start.")
        if said:
            self.warn("\n".join(said))

    def action_settings(self) -> None:
        """Open the settings."""
        from studytool.app.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def _show_first(self, first: Screen[None] | None) -> None:
        """Home, or what was asked for on the command line; home is made when that is left."""
        if first is not None:
            self.push_screen(first)
        elif self._start == "browse":
            self.browse(self._search)
        elif self._start == "study":
            if self._exam:
                aimed, self._aimed = self._aimed, None
                self.study_for_exam(aimed)
            else:
                self.study(self._topics, self._search, cram=self._cram)
        elif self._start != "quiz" or not self.quiz(self._topics, self._count, self._seed):
            self._home()

    def _home(self) -> None:
        from studytool.app.screens.home import HomeScreen

        self.push_screen(HomeScreen())

    def leave(self) -> None:
        """From the screen on top to the one below; to home where the app was started at that screen."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            from studytool.app.screens.home import HomeScreen

            self.switch_screen(HomeScreen())

    def _settle(self) -> None:
        """Everything up to here lives as long as the app: let the garbage collector never look at it again."""
        gc.freeze()
        gc.enable()

    def study(self, topics: Sequence[str] | None = None, search: str = "", *, cram: bool = False) -> None:
        """Open the study screen over `topics`, what a search finds, or everything; to `cram`, all of it once."""
        from studytool.app.screens.study import StudyScreen

        self.push_screen(StudyScreen(topics, search, cram=cram))

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

    def pictures_of(self, note: str, changed: Callable[[], None]) -> Pictures | None:
        """What draws the pictures of a note at a path, where they are wanted; `changed` is told when one has come."""
        if self.desk.request.settings.pictures == "names":
            return None
        from studytool.app.pixels.gallery import Gallery
        from studytool.app.pixels.terminal import Graphics

        if self._gallery is None:
            # A placeholder's colour is its number: without all colours there are only half blocks.
            has_all = self.console.color_system == "truecolor"
            self._gallery = Gallery(self._graphics if self._graphics and has_all else Graphics(), self._in_a_thread)
        return self._gallery.of(note, self.desk.library.root, max(self.size.height - _BESIDES, 4), changed)

    def _in_a_thread(self, work: Callable[[], Callable[[], None]]) -> None:
        self.run_worker(lambda: self.call_from_thread(work()), thread=True, exit_on_error=False)

    def map_topics(self) -> None:
        """Open the map of the topics."""
        from studytool.app.screens.map import MapScreen

        self.push_screen(MapScreen())

    def hear(self) -> bool:
        """Take in what other windows and commands have written into the log; whether there was anything."""
        try:
            return self.desk.hear()
        except StudytoolError as error:
            self.warn(str(error))
            return False

    def study_for_exam(self, aimed: Session | None = None) -> None:
        """Open the study screen over what the exam makes worth asking today; a sentence where there is nothing.

        `aimed` is a sitting of that, where it was worked out just now.
        """
        from studytool.app.screens.study import StudyScreen

        try:
            self.push_screen(StudyScreen(None, exam=aimed or self.desk.aimed(self.now())))
        except StudytoolError as error:
            self.warn(str(error))

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
        from studytool.examining import fewer
        from studytool.quiz import build
        from studytool.quiz.computing import compute

        chosen = self.now().ms // 1000 % 1_000_000 if seed is None else seed
        try:
            paper = build(self.desk.library, count=count or 10, seed=chosen, topics=topics)
        except StudytoolError as error:
            self.warn(str(error))
            return False
        if not paper.questions:
            self.warn("There are no cards here that a fair question can be made from.")
            return False
        wanted = self.desk.request.settings.computed if self._computed is None else self._computed
        computing = compute(paper, self.desk.library, wanted=wanted, demos=self.demos, take=self.spare.take)
        computing.start()
        self.push_screen(QuizScreen(paper, computing))
        if few := fewer(paper, count):
            self.warn(few)
        return True

    def exam(self, wish: Wish) -> None:
        """Open what stands before an exam; a sentence where there is nothing to ask."""
        try:
            self.push_screen(self._exam_screen(wish))
        except StudytoolError as error:
            self.warn(str(error))

    def _exam_screen(self, wish: Wish) -> Screen[None]:
        from studytool.app.screens.exam_start import ExamStartScreen

        return ExamStartScreen(wish)

    def demos(self) -> list[DemoInfo]:
        """The built-in demos, read once."""
        if self._demos is None:
            from studytool.demo.find import list_demos

            self._demos = list_demos()
        return self._demos

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

    def open_note(self, span: Span) -> None:
        """Open the note in the user's editor at the line, and come back to the same screen."""
        if self.is_web:
            self.warn(f"A browser cannot open your editor. Edit {span} there: what you save is shown here at once.")
            return
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
        if not editor:
            self.warn(f"Set $EDITOR to open {span} from here.")
            return
        command = [*shlex.split(editor), *_at_line(editor, span)]
        if not shutil.which(command[0]):
            self.warn(f"There is no editor {command[0]!r}. Set $EDITOR to one that is installed.")
            return
        failure = ""
        with self.suspend():
            try:
                subprocess.run(command, check=False)
            except OSError as error:  # said below: an exception here would leave the terminal suspended
                failure = f"The editor {editor!r} did not start: {error.strerror}."
        if failure:
            self.warn(failure)
        self.refresh()

    def on_unmount(self) -> None:
        """Close the log; every answer is on disk by now."""
        self.opening.close()
        if self._desk is not None:
            try:
                self._desk.close()
            except StudytoolError as failure:
                self.failure = failure


class DemoApp(Frame):
    """One demo, without notes and without a log."""

    def __init__(self, info: DemoInfo, parameters: dict[str, str], seed: int, device: str, settings: Settings) -> None:
        super().__init__(settings)
        self._demo = (info, parameters, seed, device)

    def on_mount(self) -> None:
        """Show the demo; leaving it leaves the app."""
        super().on_mount()
        info, parameters, seed, device = self._demo
        open_demo(self, info, parameters, seed=seed, device=device, left=self.exit)


def _driver(graphics: Graphics | None) -> type[Driver] | None:
    """The driver for a terminal with pixels; for others Textual's own choice."""
    if graphics is None or graphics.way == "blocks":
        return None
    from studytool.app.pixels.driver import driver_for

    return driver_for(graphics)


def _at_line(editor: str, span: Span) -> list[str]:
    """The arguments that open a file at a line, in the editor's own form."""
    name = Path(shlex.split(editor)[0]).name
    if name in {"code", "codium", "code-insiders"}:
        return ["--wait", "--goto", f"{span.path}:{span.line}"]
    if name in {"subl", "hx", "zed"}:
        return [f"{span.path}:{span.line}"]
    return [f"+{span.line}", span.path]
