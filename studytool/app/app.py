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

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import ANSIToTruecolor

from studytool import clock
from studytool.app.guard import Guard
from studytool.app.running import Expected, open_demo
from studytool.app.themes import THEMES
from studytool.demo.spare import Spare
from studytool.desk import shortfall
from studytool.errors import StudytoolError
from studytool.links import demo_file, demo_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.filter import LineFilter
    from textual.screen import Screen

    from studytool.app.opening import Opening
    from studytool.demo.find import DemoInfo
    from studytool.desk import Desk, Edit, Request
    from studytool.memory import Moment, Session
    from studytool.notes.model import Card, DemoLink, Library, Span


class Frame(App[None]):
    """What both apps have: our themes, the guard over all output, the same keys to leave and to ask for help."""

    TITLE = "studytool"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-tall"), (40, "-lofty")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", priority=True, tooltip="Leave; every answer is saved already"),
        Binding("question_mark,f1", "keys", "Keys", key_display="?", tooltip="What every key does here"),
        Binding("ctrl+t", "next_theme", "Dark or light", show=False, tooltip="Change between the dark and light theme"),
    ]

    def __init__(self, theme: str) -> None:
        super().__init__()
        for known in THEMES:
            self.register_theme(known)
        self.spare = Spare()
        self.expected = Expected(self)
        self._theme_wanted = theme
        self.theme = theme if theme in self.available_themes else THEMES[0].name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The guard, and what `NO_COLOR` asks for; not the conversion of ANSI colours, which we never use."""
        return [*(f for f in super().get_line_filters() if not isinstance(f, ANSIToTruecolor)), Guard()]

    def on_mount(self) -> None:
        """Say what is wrong with the settings, once there is a screen to say it on."""
        if self._theme_wanted not in self.available_themes:
            self.warn(f"There is no theme {self._theme_wanted!r}; using {self.theme}.")

    def on_unmount(self) -> None:
        """No demo will come any more."""
        self.spare.close()

    def warn(self, message: str) -> None:
        """Show a sentence in the corner; foreign text in it is shown as it is."""
        self.clear_notifications()  # one at a time: they cover what one reads
        self.notify(message, severity="warning", markup=False, timeout=5)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the command palette finds: every key of the screen below it, and Textual's own but its help panel."""
        for command in super().get_system_commands(screen):
            if command.title != "Keys":
                yield command
        known = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.description and active.enabled and not binding.system and binding.action not in known:
                known.add(binding.action)
                told = binding.tooltip or binding.description
                yield SystemCommand(binding.description, told, partial(self.simulate_key, binding.key))

    def action_keys(self) -> None:
        """Show the keys of the screen on top."""
        from studytool.app.screens.keys import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def action_next_theme(self) -> None:
        """Change between our dark and our light theme."""
        self.theme = THEMES[1].name if self.theme == THEMES[0].name else THEMES[0].name


@runtime_checkable
class Renewed(Protocol):
    """A screen that shows cards, and wants to know when the notes have been read anew."""

    def renew(self, edit: Edit) -> None:
        """Show what the desk's new library says; `edit` tells how it differs from the one before."""


class StudyApp(Frame):
    """The app on a library of notes. `failure` holds the error that ended it, if one did."""

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
    ) -> None:
        """`welcome` greets a learner whose log is empty."""
        super().__init__(opening.request.settings.theme)
        self.opening = opening
        self.failure: StudytoolError | None = None
        self._start = start
        # What is not in the part that was read first may be in the rest: a topic that was asked for, a fair question.
        self._whole = bool(topics or search) or start == "quiz" or cram or exam
        self._topics = topics
        self._search = search
        self._count = count
        self._seed = seed
        self._cram = cram
        self._exam = exam
        self._welcome = welcome
        self._aimed: Session | None = None
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
            if self._search:
                self.desk.search_to_study(self._search)
            found = self.desk.catch_up()
            self._aimed = self.desk.aimed(self.now()) if self._exam else None
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
        self._show_first()
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
        for screen in self.screen_stack:
            if isinstance(screen, Renewed):
                screen.renew(edit)
        said = [f"Your notes: {edit}."] if complete and was_complete and str(edit) else []
        if edit.renamed:
            from studytool.returning import told

            said.append(told(len(edit.renamed)))
        if said:
            self.warn(" ".join(said))

    def _show_first(self) -> None:
        """Home, or what was asked for on the command line; home is made when that is left."""
        if self._start == "study":
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
        from studytool.quiz import build

        chosen = self.now().ms // 1000 % 1_000_000 if seed is None else seed
        try:
            paper = build(self.desk.library, count=count or 10, seed=chosen, topics=topics)
        except StudytoolError as error:
            self.warn(str(error))
            return False
        if not paper.questions:
            self.warn("There are no cards here that a fair question can be made from.")
            return False
        self.push_screen(QuizScreen(paper))
        return True

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
        if link and (file := demo_file(link, card.span.path)):
            return replace(link, name=str(file)) if file.is_file() else None
        return link if link and any(demo.name == link.name for demo in self.demos()) else None

    def run_demo(self, link: DemoLink) -> None:
        """Open the demo screen above the present one."""
        from studytool.demo.find import find_demo

        try:
            open_demo(self, find_demo(link.name), dict(link.parameters))
        except StudytoolError as error:
            self.warn(str(error))

    def open_note(self, span: Span) -> None:
        """Open the note in the user's editor at the line, and come back to the same screen."""
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

    def __init__(self, info: DemoInfo, parameters: dict[str, str], seed: int, device: str, theme: str) -> None:
        super().__init__(theme)
        self._demo = (info, parameters, seed, device)

    def on_mount(self) -> None:
        """Show the demo; leaving it leaves the app."""
        super().on_mount()
        info, parameters, seed, device = self._demo
        open_demo(self, info, parameters, seed=seed, device=device, left=self.exit)


def _at_line(editor: str, span: Span) -> list[str]:
    """The arguments that open a file at a line, in the editor's own form."""
    name = Path(shlex.split(editor)[0]).name
    if name in {"code", "codium", "code-insiders"}:
        return ["--wait", "--goto", f"{span.path}:{span.line}"]
    if name in {"subl", "hx", "zed"}:
        return [f"{span.path}:{span.line}"]
    return [f"+{span.line}", span.path]
