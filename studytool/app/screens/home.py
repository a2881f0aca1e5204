"""Home: what to do now at a glance, the topics with what is due, one key to go on."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.home import about, tree
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.bulk import put
from studytool.errors import StudytoolError
from studytool.glance import answered_today, last_quiz, recent_pace, year_of
from studytool.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.home.tree import Line
    from studytool.desk import Edit
    from studytool.glance import LastQuiz
    from studytool.memory import Overview
    from studytool.notes.model import DemoLink, Library
    from studytool.syllabus import Exam

_LISTEN = 3.0
"""Seconds between two looks at the log."""
_READING_BAR = 16
_LISTED = 84
"""The list is not made wider than this."""
_BESIDE, _YEAR_BESIDE, _ROOM_FOR_YEAR = 44, 64, 150
"""How wide the panel beside the list is, how wide one with the whole year is, and in what window that is one."""
_TALL = 40
"""A window with so many rows has room for what is remembered least."""
# So many notes are looked at for a demo of everything.
_LOOKED_AT = 40
# So many cards are named, in so many characters, when their histories are taken back.
_NAMED, _NAMED_WIDTH = 3, 100


class HomeScreen(Screen[None]):
    """The topics of the library, and what can be done with the one under the cursor."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "Study", tooltip="Study the topic under the cursor, or everything", id="home.study"),
        Binding("q", "quiz", "Quiz", tooltip="Ten questions from the topic under the cursor", id="home.quiz"),
        Binding("d", "demo", "Demo", tooltip="Run the idea of this topic", id="home.demo"),
        Binding("n", "read", "Read", tooltip="Read the note of this topic", id="home.read"),
        Binding(
            "e",
            "sit",
            "Sit an exam",
            show=False,
            tooltip="Forty questions in half an hour, marked at the end",
            id="home.sit",
        ),
        Binding(
            "x", "exam", "Exam", tooltip="Study what counts most for the exam that your settings name", id="home.exam"
        ),
        Binding(
            "t",
            "stats",
            "Stats",
            tooltip="What you recall, what is coming, the year: of this topic or of all",
            id="home.stats",
        ),
        Binding(
            "slash",
            "browse",
            "Browse",
            key_display="/",
            tooltip="All cards: search them, mark them, change them",
            id="home.browse",
        ),
        Binding(
            "m",
            "map",
            "Map",
            tooltip="How the topics follow from each other, and how well each is known",
            id="home.map",
        ),
        Binding(
            "u", "undo", "Unlink", tooltip="Edited cards start anew: take back the histories given last", id="home.undo"
        ),
        Binding(
            "r",
            "resume",
            "Resume",
            tooltip="Bring back what was suspended, buried or called no card here",
            id="home.resume",
        ),
        Binding(
            "a",
            "away",
            "Away",
            show=False,
            tooltip="Tell of a holiday: nothing falls due meanwhile, what waits comes back a little at a time",
            id="home.away",
        ),
        Binding("comma", "app.settings", "Settings", tooltip="Everything that can be set", id="app.settings"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._demo: DemoLink | None = None
        self._lines: list[Line] = []
        self._rows: dict[Line, Content] = {}
        self._rows_width = 0
        self._folders: tuple[Library | None, dict[str, tuple[str, ...]]] = (None, {})
        self._minutes = 0
        self._year: list[int] = []
        self._quiz: LastQuiz | None = None
        self._below: tuple[object, list[list[Content]]] = (None, [])

    def compose(self) -> ComposeResult:
        """The headline, the list, and beside it (below it where there is little room) what is coming and what was."""
        yield TopBar(self.app.opening.request.title)
        yield Static(id="headline")
        with Horizontal(id="home"):
            with Vertical(id="list"):
                yield Static(id="columns")
                yield Rows(id="topics")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="about-text")
        yield Static(id="coming")
        yield Static(id="reading-on")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list, and look now and then whether another window has written into the log."""
        self._refresh()
        self.call_after_refresh(self._look_back)
        self.set_interval(_LISTEN, self._listen)
        if self.app.opening.step is not None:
            self._tell_reading()
            self._reading = self.set_interval(0.25, self._tell_reading)

    def _listen(self) -> None:
        if self.is_current and self.app.hear():
            self._refresh()
            self._look_back()

    def _tell_reading(self) -> None:
        """How far the reading of a large library has come, as long as it goes on."""
        step, line = self.app.opening.step, self.query_one("#reading-on", Static)
        line.display = step is not None
        if step is None:
            self._reading.stop()
            return
        filled = round(_READING_BAR * step.done / max(step.total, 1))
        line.update(
            Content.assemble(
                ("Reading your notes ", "$foreground-muted"),
                ("━" * filled, "$primary"),
                ("─" * (_READING_BAR - filled), "$border"),
                (f" {step.done} of {step.total}; what is read can be studied already", "$foreground-muted"),
            )
        )

    def on_screen_resume(self) -> None:
        """Coming back from a sitting: what is due has changed."""
        self.app.hear()
        self._refresh()
        self.call_after_refresh(self._look_back)

    def renew(self, edit: Edit) -> None:
        """The notes were read anew."""
        self._refresh()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """The rows are as wide as the list, and the panel beside it takes what that leaves."""
        width = self.app.size.width
        beside = _YEAR_BESIDE if width >= _ROOM_FOR_YEAR else _BESIDE
        self.query_one("#about").styles.width = max(beside, width - _LISTED)
        self.call_after_refresh(self._fill)

    def _refresh(self) -> None:
        if not self.query(Rows):
            return  # nothing is drawn yet, or nothing any more
        desk, now = self.app.desk, self.app.now()
        self._overview = desk.overview(now)
        try:
            self._minutes = recent_pace(desk.store).minutes(self._overview)
            answered = answered_today(desk.store, desk.memory, now)
        except StudytoolError:  # told as soon as an answer is to be written
            self._minutes, answered = 0, self._overview.today
        line = about.headline(self._overview, self._minutes, self.app.size.width - 4)
        self.query_one("#headline", Static).update(line)
        streak = f"{self._overview.streak} day{'s' * (self._overview.streak != 1)} in a row · " * bool(
            self._overview.streak
        )
        exam = self._coming_exam()
        countdown = f"{exam.name} {exam.when} · " if exam else ""
        told = f"{countdown}{streak}{answered} answered today"
        self.query_one(TopBar).show(self.app.opening.request.title, told)
        self._fill()

    def _look_back(self) -> None:
        """What was: shown after the first frame, which needs none of it."""
        if self not in self.app.screen_stack:
            return
        desk = self.app.desk
        rollover = desk.memory.rules.rollover
        self._year = year_of(desk.memory, self.app.now().day(rollover))
        try:
            self._quiz = last_quiz(desk.store, desk.memory, rollover)
        except StudytoolError:
            self._quiz = None
        self._show_about()

    def _fill(self) -> None:
        """Write the rows for the present width, keeping the cursor where it was."""
        if self._overview is None or self not in self.app.screen_stack:
            return
        topics, library = self.query_one(Rows), self.app.desk.library
        width, wanted = topics.row_width, self.app.desk.request.settings.desired_retention
        if self._folders[0] is not library:
            self._folders = library, tree.folders_of(library)
        self._lines = tree.tree(self._overview.topics, self._folders[1])
        before = self._rows if self._rows_width == width else {}
        self._rows = {line: before.get(line) or tree.row(line, width, wanted) for line in self._lines}
        self._rows_width = width
        topics.fill([self._rows[line] for line in self._lines])
        self.query_one("#columns", Static).update(tree.heading(width))
        self._show_about()

    def _chosen(self) -> list[str] | None:
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
            width = max(self.query_one("#about-text").size.width or int(self.app.size.width - _LISTED), 24)
            key = (width, today, seen.forecast, self._quiz, tuple(self._year))
            if self._below[0] != key:  # the cursor moves more often than any of it changes
                self._below = key, beside.blocks(seen.forecast, self._quiz, self._year, today, width)
            blocks = [self._about_chosen(width), *self._below[1]]
            lines = [line for block in blocks for line in (*block, Content(""))]
            self.query_one("#about-text", Static).update(Content("\n").join(lines[:-1]))
            return
        coming = self.query_one("#coming", Static)
        coming.display = any(seen.forecast) or self._quiz is not None
        coming.update(beside.in_a_line(seen.forecast, self._quiz, today, self.app.size.width - 2))

    def _about_chosen(self, width: int) -> list[Content]:
        """The topic under the cursor, the folder, or everything."""
        assert self._overview is not None
        index = self.query_one(Rows).highlighted or 0
        line = self._lines[index] if index < len(self._lines) else None
        if line is None or not line.topics:
            wanted, tall = self.app.desk.request.settings.desired_retention, self.app.size.height >= _TALL
            lines = about.everything(self._overview, self._coming_exam(), wanted, width, tall=tall)
        else:
            library = self.app.desk.library
            lines = about.folder(line) if line.is_folder else about.topic(library, line.topics[0], self._demo)
        if out := len(self._out()):
            lines += [Content(""), Content.assemble(("r", "$accent bold"), f" brings back {out} that you put aside")]
        return lines

    def _find_demo(self) -> None:
        """Look for a demo of the topic once the row is painted: the first look reads the demo files."""
        chosen, library = self._chosen(), self.app.desk.library
        numbers = (at for at, title in enumerate(library.titles) if chosen is None or title in chosen)
        cards = (card for at in islice(numbers, _LOOKED_AT) for card in library.notes[at].studied)
        self._demo = next((link for card in cards if (link := self.app.demo_of(card))), None)
        if self._demo and chosen:
            self.app.expected.soon()
        else:
            self.app.expected.not_now()
        self._show_about()
        self.refresh_bindings()

    def _out(self) -> list[str]:
        """The keys of the cards under the cursor that were suspended, buried or called no card."""
        return self.app.desk.put_out(self._chosen(), self.app.now())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for the topic under the cursor."""
        if action == "demo":
            return self._demo is not None
        if action == "read":
            return self._note() is not None
        if action == "resume":
            return self._overview is not None and bool(self._out())
        if action == "exam":
            return self._coming_exam() is not None
        if action == "undo":
            return bool(self.app.desk.relinked)
        return True

    def on_option_list_option_highlighted(self) -> None:
        """Another topic: tell about it."""
        self._show_about()
        self.call_after_refresh(self._find_demo)

    def on_option_list_option_selected(self) -> None:
        """Enter or a click on a topic studies it."""
        self.action_study()

    def action_study(self) -> None:
        """Study what is under the cursor."""
        self.app.study(self._chosen())

    def action_sit(self) -> None:
        """An exam on what is under the cursor."""
        from studytool.examining import Wish

        self.app.exam(Wish(self._chosen()))

    def action_quiz(self) -> None:
        """A quiz on what is under the cursor."""
        self.app.quiz(self._chosen())

    def action_demo(self) -> None:
        """Run the demo of the topic under the cursor; on Everything that of the first topic that has one."""
        if self._demo:
            self.app.run_demo(self._demo)

    def _note(self) -> int | None:
        """The number of the first note of what is under the cursor; None for everything."""
        titles, chosen = self.app.desk.library.titles, self._chosen() or ()
        return next((number for topic in chosen for number, title in enumerate(titles) if title == topic), None)

    def action_read(self) -> None:
        """Read the note of the topic under the cursor."""
        if (number := self._note()) is not None:
            self.app.read_note(number)

    def action_stats(self) -> None:
        """The statistics of what is under the cursor."""
        from studytool.app.screens.stats import StatsScreen

        chosen = self._chosen()
        self.app.push_screen(StatsScreen(chosen[0] if chosen and len(chosen) == 1 else None))

    def action_browse(self) -> None:
        """All cards in a table."""
        self.app.browse()

    def action_away(self) -> None:
        """Holidays: those that are set, and another."""
        from studytool.app.screens.away import AwayScreen

        self.app.push_screen(AwayScreen())

    def action_map(self) -> None:
        """The topics as they follow from each other."""
        self.app.map_topics()

    def _coming_exam(self) -> Exam | None:
        """The exam of the settings, as long as its day has not come."""
        if not self.app.desk.request.settings.exam:
            return None
        from studytool.syllabus import exam_of

        settings = self.app.desk.request.settings
        exam = exam_of(settings, self.app.now().day(settings.rollover))
        return exam if exam and exam.left > 0 else None

    def action_exam(self) -> None:
        """Study what counts most on the day of the exam, due or not."""
        self.app.study_for_exam()

    def action_undo(self) -> None:
        """Take back the histories that edited cards were given last, at the opening or by one edit."""
        try:
            undone = self.app.desk.undo_relinks(self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        named = one_line("; ".join(one.front for one in undone[:_NAMED]), _NAMED_WIDTH)
        more = f" and {len(undone) - _NAMED} more" * (len(undone) > _NAMED)
        count = f"{len(undone)} edited card{'s start' if len(undone) != 1 else ' starts'} anew"
        self.app.warn(f"Undone: {count}: {named}{more}")
        self._refresh()
        self.refresh_bindings()

    def action_resume(self) -> None:
        """Bring back what was put aside in the topic under the cursor, each with an event of its own."""
        desk, keys = self.app.desk, self._out()
        try:
            put(desk, "resume", keys, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self.app.warn(f"{len(keys)} card{'s are' if len(keys) != 1 else ' is'} back.")
        self._refresh()
