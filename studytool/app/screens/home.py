"""Home: what to do now at a glance, the topics with what is due, one key to go on."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, ClassVar
from weakref import ref

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studytool.app.frame import HOME
from studytool.app.home import about, tree
from studytool.app.pieces import Pieces
from studytool.app.room import make_room
from studytool.app.screens.home_keys import KEYS
from studytool.app.screens.home_reading import TellingOfReading
from studytool.app.timers import once
from studytool.app.widgets.fitted import Fitted
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Late, Rows
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.glance import Done, done_today, last_quiz, recent_pace, seeing_others, year_of
from studytool.holidays import now_in_short
from studytool.memory.pieces import cut
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.timer import Timer

    from studytool.app.home.tree import Line
    from studytool.desk import Edit
    from studytool.glance import LastQuiz
    from studytool.memory import Moment, Overview
    from studytool.notes.model import DemoLink, Library

_LISTEN = 3.0
"""Seconds between two looks at the log."""
_REST = 0.05
"""Seconds that the cursor rests on a topic before more is told of it: rows that fly past cost only themselves."""
_TOLD = 0.1
"""Seconds that a sentence of what has changed has for its way to the screen, before all is counted again."""
_LISTED = 84
"""The list is not made wider than this, but for names that need it."""
_EDGE = 5
"""Cells of the panel beside its text."""
_AROUND = 6
"""Cells of the list beside its rows."""
_BESIDE, _YEAR_BESIDE, _ROOM_FOR_YEAR = 44, 64, 150
"""How wide the panel beside the list is, how wide one with the whole year is, and in what window that is one."""
_WIDE_YEAR = 114
"""Cells of a panel in which a day of the year has two."""
_WORD = 12
"""Cells that a line leaves free at most where a word goes on the next."""
_TALL = 40
"""A window with so many rows has room for what is remembered least."""
# So many notes are looked at for a demo of everything.
_LOOKED_AT = 40


class HomeScreen(TellingOfReading):
    """The topics of the library, and what can be done with the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self) -> None:
        super().__init__(HOME)
        self._overview: Overview | None = None
        self._counting: Pieces | None = None
        self._renewing: Timer | None = None
        self._filling: Pieces | None = None
        self._demo: DemoLink | None = None
        self._lines: list[Line] = []
        self._rows: dict[Line, Late] = {}
        self._shape: tuple[int, float, tree.Columns] | None = None
        self._names = 0  # the cells of the longest
        self._beside = 0
        self._places: tuple[Callable[[], Library | None], dict[str, tree.Place]] = (lambda: None, {})  # weak
        self._minutes = 0
        self._year: list[int] = []
        self._quiz: LastQuiz | None = None
        self._below: tuple[object, list[list[Content]]] = (None, [])
        self._resting: Timer | None = None
        self._seeking: Pieces | None = None

    def compose(self) -> ComposeResult:
        """The headline, the list, and beside it (below it where there is little room) what is coming and what was."""
        make_room(self)
        yield TopBar(self.app.opening.request.title)
        yield Static(id="headline")
        with Horizontal(id="home"):
            with Vertical(id="list"):
                yield Static(id="columns")
                yield Rows(id="topics")
            with VerticalScroll(id="about", can_focus=False):
                yield Fitted(self._show_about, id="about-text")
        yield Static(id="coming")
        yield Static(id="reading-on")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list, and look now and then whether it is as it was: another window writes, learning steps end."""
        self.count()
        self.call_after_refresh(self._look_back)
        self.set_interval(_LISTEN, self._listen)
        self.follow_reading()

    def _listen(self) -> None:
        if not self.is_active:
            return
        if self.app.hear():
            self.count()
            self._look_back()
        elif self._overview and self._overview.is_past(self.app.now()):
            self.count()

    def on_screen_resume(self) -> None:
        """Coming back from a sitting: what is due has changed."""
        self.app.hear()
        self.count()
        self.call_after_refresh(self._look_back)

    def renew(self, edit: Edit) -> None:
        """Notes, settings or the log have changed. Below another screen this waits until one comes back.

        What has changed is told first: that is a frame of its own, and counting takes several.
        """
        if self.is_active and self._renewing is None:
            self._renewing = once(self, _TOLD, self._renewed)

    def _renewed(self) -> None:
        self._renewing = None
        if self.is_active:
            self.count()
            self.call_after_refresh(self._look_back)
            self.refresh_bindings()

    def on_resize(self) -> None:
        """The rows are as wide as the list, and the panel beside it takes what that leaves."""
        make_room(self)
        self._share()
        self._head()
        self.call_after_refresh(self._fill)

    def _share(self) -> bool:
        """Give the list what its names need, and the panel beside it what that leaves; whether that is new."""
        width, panel = self.app.size.width, self.query_one("#about")
        beside = _YEAR_BESIDE if width >= _ROOM_FOR_YEAR else _BESIDE
        listed = max(_LISTED, min(tree.all_of(self._names) + _AROUND, width - _WIDE_YEAR))
        before, self._beside = self._beside, max(beside, width - listed)
        panel.styles.width = self._beside
        return self._beside != before and panel.display

    def count(self) -> None:
        """Count what is due, and show it."""
        if not (self.query(Rows) and self.query("#headline") and self.query(TopBar)):
            return  # not all is drawn yet, or not all is there any more: the app ends, and its timers still tick
        if self._counting:
            self._counting.stop()
        self._counting = Pieces(self, self._counted())

    def _counted(self) -> Iterator[None]:
        """The same, a piece at a time: until it is counted, what was counted before stands there."""
        desk, now = self.app.desk, self.app.now()
        self._overview = yield from desk.counting(now)
        yield from self._tell_day(now)
        yield
        self._fill()

    def _tell_day(self, now: Moment) -> Iterator[None]:
        """The lines above the list: what there is to do, and what was done."""
        desk = self.app.desk
        assert self._overview is not None
        try:
            self._minutes = recent_pace(desk.store).minutes(self._overview)
            done = done_today(desk.store, desk.memory, now, desk.library.entries)
        except StudytoolError:  # told as soon as an answer is to be written
            self._minutes, done = 0, Done(self._overview.today)
        self._head()
        today = now.day(desk.memory.rules.rollover)
        elsewhere = False
        if self._overview.streak:
            elsewhere = yield from seeing_others(desk.memory, now, desk.library.entries, done)
        streak = f"{counted(self._overview.streak, 'day')} in a row{' in all notes' * elsewhere}"
        exam = self.coming_exam()
        countdown = [f"{exam.name} {exam.when}", f"exam {exam.when}"] if exam else []
        away = now_in_short(desk.memory, today)
        answered = f"{done}{' in these' * elsewhere}"
        told = about.in_the_line_on_top(away, countdown, streak * bool(self._overview.streak), answered)
        self.query_one(TopBar).show(self.app.opening.request.title, told)

    def _head(self) -> None:
        if self._overview is not None:
            width, is_whole = self.app.size.width - 4, self.app.desk.complete
            if self.has_class("-short") and not self.has_class("-bare"):
                width += max(width - _WORD, 0)  # there it has a second line
            line = about.headline(self._overview, self._minutes, width, self.app.key_name, is_whole=is_whole)
            self.query_one("#headline", Static).update(line, layout=False)

    def _look_back(self) -> None:
        """What was: shown after the first frame, which needs none of it."""
        if not self.app.holds(self):
            return
        desk = self.app.desk
        rollover = desk.memory.rules.rollover
        self._year = year_of(desk.memory, self.app.now().day(rollover))
        try:
            self._quiz = last_quiz(desk.store, desk.memory, rollover, desk.library.entries)
        except StudytoolError:
            self._quiz = None
        self._show_about()

    def _fill(self) -> None:
        """Write the rows for the present width, a piece at a time, keeping the cursor where it was."""
        if self._filling:
            self._filling.stop()
        self._filling = Pieces(self, self._filled())

    def _filled(self) -> Iterator[None]:
        if self._overview is None or not self.app.holds(self):
            return
        topics, library, names = self.query_one(Rows), self.app.desk.library, self._names
        width, wanted = topics.row_width, self.app.desk.request.settings.desired_retention
        is_new, places = self._places[0]() is not library, self._places[1]
        if is_new:
            places = tree.places_in(library)
            yield
        lines = tree.tree(self._overview.topics, places)
        yield
        if is_new:
            names = 0
            for piece in cut(lines):
                names = max(names, tree.needed(piece))
                yield
        shape = width, wanted, tree.columns(width, names, tree.largest(lines))
        before = self._rows if self._shape == shape else {}
        rows: dict[Line, Late] = {}
        for piece in cut(lines):
            rows.update({line: before.get(line) or Late(partial(tree.row, line, *shape)) for line in piece})
            yield
        stood = self._lines[topics.highlighted] if topics.highlighted and self._lines else None
        self._places, self._names, self._shape = (ref(library), places), names, shape
        self._lines, self._rows = lines, rows
        topics.fill([rows[line] for line in lines], tree.place_of(stood, lines, topics.highlighted or 0))
        self.query_one("#columns", Static).update(tree.heading(width, shape[2]), layout=False)
        if self._share():
            self.call_after_refresh(self._fill)
        yield
        self._show_about()

    def chosen(self) -> list[str] | None:
        """The topics under the cursor, None for everything."""
        index = self.query_one(Rows).highlighted
        if not index or index >= len(self._lines):
            return None
        return list(self._lines[index].topics or ())

    def _show_about(self) -> None:
        """The panel beside the list, or the line below it: the topic, what is coming, what was."""
        from studytool.app.home import beside

        seen = self._overview
        if seen is None:
            return
        today = self.app.now().day(self.app.desk.memory.rules.rollover)
        panel = self.query_one("#about")
        if panel.display:
            width = max(self.query_one("#about-text").size.width or self._beside - _EDGE, 24)
            key = (width, today, seen.forecast, self._quiz, tuple(self._year))
            if self._below[0] != key:  # the cursor moves more often than any of it changes
                self._below = (
                    key,
                    beside.blocks(seen.forecast, self._quiz, self._year, today, width, plain=self.app.is_plain),
                )
            blocks = [self._about_chosen(width), *self._below[1]]
            lines = [line for block in blocks for line in (*block, Content(""))]
            self.query_one("#about-text", Static).update(Content("\n").join(lines[:-1]))
            return
        coming = self.query_one("#coming", Static)
        coming.display = any(seen.forecast) or self._quiz is not None or seen.held.waiting > 0
        coming.update(beside.in_a_line(seen.forecast, self._quiz, seen.held, today, self.app.size.width - 2))

    def _about_chosen(self, width: int) -> list[Content]:
        """The topic under the cursor, the folder, or everything."""
        assert self._overview is not None
        index = self.query_one(Rows).highlighted or 0
        line = self._lines[index] if index < len(self._lines) else None
        if line is None or not line.topics:
            wanted, tall = self.app.desk.request.settings.desired_retention, self.app.size.height >= _TALL
            lines = about.everything(self._overview, self.coming_exam(), wanted, width, self.app.key_name, tall=tall)
        else:
            library = self.app.desk.library
            name, key = line.topics[0], self.app.key_name
            lines = about.folder(line) if line.is_folder else about.topic(library, name, self._demo, key)
        if out := len(self.put_out()):
            resumes = (self.app.key_name("home.resume", "r"), "$accent bold")
            lines += [Content(""), Content.assemble(resumes, f" brings back {out} that you put aside")]
        return lines

    def _find_demo(self) -> None:
        """Tell about the topic with its demo, looked for once the row is painted."""
        self._resting = None
        if self._seeking:
            self._seeking.stop()
        if self.app.holds(self):
            self._seeking = Pieces(self, self._demo_found())

    def _demo_found(self) -> Iterator[None]:
        """The same, a note at a time."""
        chosen, library = self.chosen(), self.app.desk.library
        numbers = (at for at, name in enumerate(library.names) if chosen is None or name in chosen)
        found = None
        for at in islice(numbers, _LOOKED_AT):
            found = next((link for card in library.notes[at].studied if (link := self.app.demo_of(card))), None)
            if found:
                break
            yield
        self._demo = found
        if not self.is_active:
            pass  # the screen above says what is expected
        elif self._demo and chosen:
            self.app.expected.soon()
        else:
            self.app.expected.not_now()
        self._show_about()
        self.refresh_bindings()

    @property
    def unsure(self) -> frozenset[str]:
        """No exam is to come, or nothing can be taken back: the key says so, and the foot has others to name."""
        idle = {"exam": not self.coming_exam(), "undo": not self.undoes}
        return frozenset(action for action, is_idle in idle.items() if is_idle)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for the topic under the cursor."""
        if action == "demo":
            return self._demo is not None or self._resting is not None or self._seeks
        if action in {"read", "edit"}:
            return self.note() is not None
        if action == "reading":
            return self.can_stop
        if action == "redo":
            return bool(self.app.desk.taken_back)
        if action == "resume":
            return self._overview is not None and bool(self.put_out())
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for the topic under the cursor."""
        none = "Choose a topic: this row has no note of its own."
        told = {"demo": "No demo belongs to this topic.", "read": none, "edit": none}
        told |= {"reading": "All of your notes have been read.", "resume": "No card here has been put aside."}
        return {**told, "redo": "Nothing was taken back that could be given again."}.get(action, "")

    def on_option_list_option_highlighted(self) -> None:
        """Another topic: tell about it once the cursor rests there."""
        if self._resting:
            self._resting.stop()
        self._resting = once(self, _REST, self._rested)

    def demo(self) -> DemoLink | None:
        """The demo of the topic under the cursor; of everything that of the first topic that has one."""
        if self._resting or self._seeks:
            for work in (self._resting, self._seeking):
                if work:
                    work.stop()
            self._resting = None
            for _ in self._demo_found():
                pass
        return self._demo

    @property
    def _seeks(self) -> bool:
        return self._seeking is not None and self._seeking.is_at_work

    def _rested(self) -> None:
        """The first look at the demos reads their files."""
        self.app.with_demos(self._find_demo)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click on a topic studies it."""
        self.action_study()
