"""The app itself: themes, the frame that all screens share, and what every screen can ask for."""

from __future__ import annotations

import os
from functools import partial
from importlib import import_module
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.events import InputEvent, Key, Paste
from textual.message import Message

from studytool.app.clearing import Clearing
from studytool.app.editions import Editions
from studytool.app.frame import HOME
from studytool.app.hearing import Hearing
from studytool.app.listeners import InTurn, Unsaved, caught_up, edited, heard
from studytool.app.prepared import Prepared, notices, prepare, strange
from studytool.app.queues import passed
from studytool.app.setting_files import Files
from studytool.app.ways import Ways
from studytool.desk import Edit
from studytool.errors import StudytoolError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.driver import Driver
    from textual.events import Event
    from textual.screen import Screen

    from studytool.app.opening import Opening
    from studytool.app.pixels.gallery import Gallery
    from studytool.app.pixels.terminal import Graphics
    from studytool.app.prose.page import Pictures
    from studytool.desk import Request
    from studytool.examining import Wish
    from studytool.notes.model import Span


_LOOK = 1.0
"""Seconds between two looks whether a file of settings was edited."""
_BESIDES = 14
"""Lines that are left for other things where a picture is shown."""
_LARGE = ("study", "browse")
"""The screens, besides home, that take long to be imported."""
AT_START = ("libraries", "cards", "dialects_off", "ignore", "desired_retention", "rollover", "pictures")
"""The settings that count when notes and log are opened."""


class StudyApp(Ways):
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
        super().__init__(opening.request.settings, computed, _driver(graphics))
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
        self._made = Prepared()
        self._clearing = Clearing(self)
        self.editions = Editions(self)
        self._wish = wish
        self._arriving: tuple[Opening, Prepared] | None = None  # opened, and not taken up yet
        self.hearing = Hearing(self, lambda: heard(self.screen_stack))
        self.pressed_at = 0.0
        """When the key was pressed, or the click came, that is being heard; by the monotonic clock."""

    def on_mount(self) -> None:
        """Open the desk if it is ready within a blink; else show that the notes are being read."""
        super().on_mount()
        self.screen_change_signal.subscribe(self, self._clearing.screen_changed)
        self._files = Files(self.opening.request.libraries)
        self.set_interval(_LOOK, self._look_round)
        if self.opening.ready(0.25, whole=self._whole) and self.opening.is_quick:
            self._opened(self._prepared(self.opening))
            return
        from studytool.app.screens.reading import ReadingScreen

        self.push_screen(ReadingScreen(self.opening))
        self._wait_for(self.opening, self._opened)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Settings are those of a library, and wait until it is open."""
        return action != "settings" or self._desk is not None

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why the settings do not open."""
        return "The settings open once the notes are read." if action == "settings" else ""

    def _wait_for(self, opening: Opening, opened: Callable[[Prepared], None]) -> None:
        """Have notes and log opened in a thread: keys are answered meanwhile, and who leaves waits for nothing."""
        Thread(target=self._wait, args=(opening, opened), name="open", daemon=True).start()

    def _wait(self, opening: Opening, opened: Callable[[Prepared], None]) -> None:
        is_first = opening is self.opening
        while not opening.ready(1, whole=self._whole and is_first):
            if not self.is_running:
                _abandon(opening, Prepared())
                return
        made = self._prepared(opening, is_first=is_first, whole=True)
        import_module(f"studytool.app.screens.{self._start if is_first and self._start in _LARGE else 'home'}")
        self._arriving = opening, made
        if not self.is_running or not self.call_later(self._arrived, opened, made):
            _abandon(opening, made)

    def _arrived(self, opened: Callable[[Prepared], None], made: Prepared) -> None:
        self._arriving = None
        opened(made)

    def _prepared(self, opening: Opening, *, is_first: bool = True, whole: bool = False) -> Prepared:
        """The desk, and what the first screen of all is to be over."""
        if not is_first:
            return prepare(opening, self.now(), whole=whole)
        search = self._search if self._start != "browse" else ""
        studies = self._start == "study"
        asked = partial(prepare, opening, self.now(), self._topics, search, exam=self._exam)
        return asked(studies=studies, cram=self._cram, whole=whole)

    def _opened(self, made: Prepared) -> None:
        self._desk, self._made, failure = made.desk, made, made.failure
        first: Screen[None] | None = None
        if self._wish and not failure:
            try:
                first = self._exam_screen(self._wish, self._fail)
            except StudytoolError as none:
                failure = none
        said: list[str] = []
        if failure is not None:
            if not isinstance(failure, StudytoolError):
                raise failure
            if self._desk is None or self._desk.complete or isinstance(failure, UsageError):
                self._fail(failure)
                return
            self._start = "app"  # reading was stopped: what was asked for may be in the rest
            key = self.key_name("home.reading", "s")
            said.append(f"{failure} Not all of your notes have been read: {key} reads the rest.")
        said += notices(self.opening, made)
        said += self.editions.unread(self.desk)
        if said:
            self.warn_too("\n".join(said))
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._show_first(first)
        self._made = Prepared()  # what is on its way to that screen is not kept here
        self.call_after_refresh(self._clearing.begin)
        self.editions.follow(self.opening)
        if self._welcome and self._start == "app" and self._is_first():
            self.call_after_refresh(self._greet)

    def _fail(self, failure: StudytoolError) -> None:
        """End: what was asked for on the command line cannot be done."""
        self.failure = failure
        self.exit()

    def _is_first(self) -> bool:
        from studytool.glance import is_untouched

        try:
            return is_untouched(self.desk.store)
        except StudytoolError:  # told as soon as an answer is to be written
            return False

    def _greet(self, *, opened: bool = False) -> None:
        from studytool.app.screens.welcome import WelcomeScreen

        self.push_screen(WelcomeScreen(opened=opened))

    def reopen(self, wanted: Request, *, welcome: bool = False) -> None:
        """Go on with other notes, or the same by other settings; with the present ones as long as those are read."""
        from studytool.app.opening import Opening
        from studytool.app.screens.reading import ReadingScreen

        opening = Opening(wanted)
        reading = ReadingScreen(opening)
        self.push_screen(reading)
        self._wait_for(opening, partial(self._reopened, opening, reading, welcome))

    def _reopened(self, opening: Opening, reading: Screen[None], welcome: bool, made: Prepared) -> None:
        desk, failure = made.desk, made.failure
        if desk is None or failure is not None:
            if not isinstance(failure, StudytoolError):
                raise failure or RuntimeError("notes were opened, and there is no desk")
            while reading in self.screen_stack:  # a window may be above it
                self.pop_screen()
            self.warn(str(failure))
            self.run_worker(partial(_abandon, opening, made), thread=True)
            return
        self.editions.forget()
        self.hearing.forget()
        before, old = self.opening, self.desk
        desk.go_on_from(old)
        self.opening, self._desk = opening, desk
        self._files = Files(opening.request.libraries)
        self.run_worker(before.close, thread=True)  # it may be in the middle of a note
        self.run_worker(old.close, thread=True, exit_on_error=False)  # it may back up the log
        while len(self.screen_stack) > 1:
            self.pop_screen()
        self._home()
        if said := self.editions.unread(desk):
            self.warn(" ".join(said))
        self.editions.follow(opening)
        if welcome:
            self.call_after_refresh(partial(self._greet, opened=True))

    async def on_event(self, event: Event) -> None:
        """Remember when the last key or click came; hear a key once that before it has had its effect."""
        if isinstance(event, InputEvent):
            self._clearing.touched()
        if isinstance(event, (InputEvent, Paste)) and not event.is_forwarded:
            if isinstance(event, (Key, Paste)):
                await caught_up(self)
            self.pressed_at = monotonic() - (Message().time - event.time)  # on Windows those are of another clock
        await super().on_event(event)

    def _look_round(self) -> None:
        """What is done now and then: look whether settings were edited, whether folders have gone; clear up."""
        if self._desk is not None and self._files.changed():
            self.take_settings()
        if said := self.editions.missing(self.opening):
            self.warn_everywhere(said)
        if not self.editions.is_at_work:  # it would look at all that is read, and most of that stays
            self._clearing.tidy(is_home=self._start == "app" and len(self.screen_stack) <= 2)

    def take_settings(self) -> None:
        """Go on with what the files of settings say now; where they are wrong, with what held before."""
        request = self.desk.request
        try:
            renewed = request.renewed()
        except StudytoolError as error:
            self.warn_while("settings", f"{error} Until then the settings before it hold.")
            edited(self.screen_stack, Edit())
            return
        self.no_more("settings")
        if renewed != request:
            self._adopt(renewed, request)
        edited(self.screen_stack, Edit())

    def _adopt(self, renewed: Request, before: Request) -> None:
        self.desk.request = renewed
        said = [*strange(renewed.settings), *self.heed(renewed.settings, before=before.settings)]
        if late := [name for name in AT_START if renewed.said(name) != before.said(name)]:
            said.append(f"{', '.join(late)}: this holds from the next start.")
        if said:
            self.warn_while("settings", "\n".join(said))

    def go_on_by(self, wanted: Request) -> None:
        """Go on by settings that were chosen, and maybe written, on a screen: there is nothing to say of them."""
        self._files.changed()
        if wanted.made != self.desk.request.made:
            self.reopen(wanted)
        else:
            self.desk.request = wanted

    async def action_quit(self) -> None:
        """End, once every screen has saved what stands there."""
        if all(screen.end() for screen in self.screen_stack if isinstance(screen, Unsaved)):
            self.exit()

    async def on_exit_app(self) -> None:
        """Save what stands there, also where a signal, or the server of a browser, ends it."""
        if self.screen_stack and isinstance(self.screen, InTurn) and self.screen.focused:
            await passed([self.screen.focused])
        for screen in self.screen_stack:
            if isinstance(screen, Unsaved):
                screen.break_off()

    def action_settings(self, at: str = "") -> None:
        """Open the settings; the cursor `at` one of them."""
        from studytool.app.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen(at))

    def _show_first(self, first: Screen[None] | None) -> None:
        """Home, or what was asked for on the command line; home is made when that is left."""
        if first is not None:
            self.push_screen(first)
        elif self._start == "browse":
            self.browse(self._search)
        elif self._start == "study":
            if self._exam:
                self.study_for_exam(self._made.aimed)
            else:
                made = self._made
                self.study(made.topics, self._search, cram=self._cram, found=made.found, session=made.session)
        elif self._start != "quiz" or not self.quiz(self._made.topics, self._count, self._seed):
            self._home()

    def _home(self) -> None:
        from studytool.app.screens.home import HomeScreen

        self.push_screen(HomeScreen())

    def leave(self) -> None:
        """From the screen on top to the one below; to home where the app was started at that screen.

        Nowhere from home: a key that was pressed twice may come there.
        """
        if len(self.screen_stack) > 2:
            self.pop_screen()
        elif self.screen.name != HOME:
            from studytool.app.screens.home import HomeScreen

            self.switch_screen(HomeScreen())

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
        library = self.desk.library
        roots = tuple(dict.fromkeys([library.root_of(note), os.path.abspath(library.root)]))
        return self._gallery.of(note, roots, max(self.size.height - _BESIDES, 4), changed)

    def _in_a_thread(self, work: Callable[[], Callable[[], None]]) -> None:
        self.run_worker(lambda: self.call_from_thread(work()), thread=True, exit_on_error=False)

    def hear(self) -> bool:
        """Take in what other windows and commands have written into the log; whether there was anything since.

        What is much is taken in while keys are answered: then every screen is told of it as of an edit.
        """
        return self.hearing.hear()

    def open_note(self, span: Span) -> None:
        """Open the note in the user's editor at the line, and come back to the same screen."""
        from studytool.app.editor import edit

        edit(self, span)

    def on_unmount(self) -> None:
        """Close the log; every answer is on disk by now."""
        self.opening.close()
        try:
            if self._arriving is not None:
                _abandon(*self._arriving)
            if self._desk is not None:
                self._desk.close()
        except StudytoolError as failure:
            self.failure = failure


def _abandon(opening: Opening, made: Prepared) -> None:
    """Close what nobody waits for any more."""
    if made.desk:
        made.desk.store.close()
    opening.close()


def _driver(graphics: Graphics | None) -> type[Driver] | None:
    """The driver for a terminal with pixels, or one that may still answer; for others Textual's own choice."""
    if graphics is None or (graphics.way == "blocks" and not graphics.owed):
        return None
    from studytool.app.pixels.driver import driver_for

    return driver_for(graphics)
