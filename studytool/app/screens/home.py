"""Home: what to do now at a glance, the topics with what is due, one key to go on."""

from __future__ import annotations

from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.desk import Edit
    from studytool.memory import Overview, TopicLoad
    from studytool.notes.model import DemoLink
    from studytool.syllabus import Exam

_BAR = 10
_LISTEN = 3.0
"""Seconds between two looks at the log."""
_READING_BAR = 16
_SPARK = "▁▂▃▄▅▆▇█"
# A list with less room than this shows what is due and new, and leaves the rest out.
_NARROW = 60
# So many notes are looked at for a demo of everything.
_LOOKED_AT = 40
# So many cards are named, in so many characters, when their histories are taken back.
_NAMED, _NAMED_WIDTH = 3, 100


class HomeScreen(Screen[None]):
    """The topics of the library, and what can be done with the one under the cursor."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "study", "Study", tooltip="Study the topic under the cursor, or everything"),
        Binding("q", "quiz", "Quiz", tooltip="Ten questions from the topic under the cursor"),
        Binding("d", "demo", "Demo", tooltip="Run the idea of this topic"),
        Binding("x", "exam", "Exam", tooltip="Study what counts most for the exam that your settings name"),
        Binding("u", "undo", "Unlink", tooltip="Edited cards start anew: take back the histories given last"),
        Binding("r", "resume", "Resume", tooltip="Bring back what was suspended, buried or called no card here"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._overview: Overview | None = None
        self._demo: DemoLink | None = None
        self._rows: dict[TopicLoad, Content] = {}
        self._rows_width = 0

    def compose(self) -> ComposeResult:
        """The headline, the list, and beside it (when there is room) what the topic is about."""
        yield TopBar(self.app.opening.request.title)
        yield Static(id="headline")
        with Horizontal(id="home"):
            with Vertical(id="list"):
                yield Static(id="columns")
                yield Rows(id="topics")
            with VerticalScroll(id="about", can_focus=False):
                yield Static(id="about-text")
        yield Static(id="reading-on")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list, and look now and then whether another window has written into the log."""
        self._refresh()
        self.set_interval(_LISTEN, self._listen)
        if self.app.opening.step is not None:
            self._tell_reading()
            self._reading = self.set_interval(0.25, self._tell_reading)

    def _listen(self) -> None:
        if self.is_current and self.app.hear():
            self._refresh()

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

    def renew(self, edit: Edit) -> None:
        """The notes were read anew."""
        self._refresh()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """The rows are as wide as the list."""
        self.call_after_refresh(self._fill)

    def _refresh(self) -> None:
        self._overview = self.app.desk.overview(self.app.now())
        self.query_one("#headline", Static).update(self._headline(self._overview))
        streak = f"{self._overview.streak} day{'s' * (self._overview.streak != 1)} in a row · " * bool(
            self._overview.streak
        )
        exam = self._coming_exam()
        countdown = f"{exam.name} {exam.when} · " if exam else ""
        told = f"{countdown}{streak}{self._overview.today} answered today"
        self.query_one(TopBar).show(self.app.opening.request.title, told)
        self._fill()

    def _headline(self, seen: Overview) -> Content:
        waiting = seen.due + seen.learning
        if not waiting and not seen.new:
            return Content.assemble(
                ("All done for today. ", "$success bold"),
                ("A quiz (q) still tells you something.", "$foreground-muted"),
            )
        parts = [
            (f"{seen.due} due", "$accent bold" if seen.due else "$foreground-muted"),
            (f"   {seen.learning} learning" if seen.learning else "", "$accent"),
            ("   ", ""),
            (f"{seen.new} new today", "$primary bold" if seen.new else "$foreground-muted"),
            (f"   of {seen.total} cards", "$foreground-muted"),
        ]
        return Content.assemble(*parts, ("      enter starts", "$foreground-muted"))

    def _fill(self) -> None:
        """Write the rows for the present width, keeping the cursor where it was."""
        if self._overview is None:
            return
        topics = self.query_one(Rows)
        width = topics.row_width
        loads = [self._sum(self._overview), *self._overview.topics]
        before = self._rows if self._rows_width == width else {}
        self._rows, self._rows_width = {load: before.get(load) or self._row(load, width) for load in loads}, width
        topics.fill([self._rows[load] for load in loads])
        right = f"{'due':>6}{'learning':>10}{'new':>6}   {'seen':<{_BAR}}{'recall':>8}"
        if width < _NARROW:
            right = f"{'due':>6}{'new':>6}"
        names = f"{'topic':<{max(width - len(right), 0)}}{right}"
        self.query_one("#columns", Static).update(Content.styled(names, "$foreground-muted"))
        self._show_about()

    def _sum(self, seen: Overview) -> TopicLoad:
        from studytool.memory import TopicLoad

        known = [(load.recall, load.seen) for load in seen.topics if load.recall is not None]
        weight = sum(cards for _, cards in known)
        recall = sum(recall * cards for recall, cards in known) / weight if weight else None
        new = sum(load.new for load in seen.topics)
        return TopicLoad("Everything", new, seen.due, seen.learning, seen.total, recall, weight)

    @staticmethod
    def _row(load: TopicLoad, width: int) -> Content:
        seen = load.seen
        filled = round(_BAR * seen / load.total) if load.total else 0
        due = (f"{load.due or '·':>6}", "$accent bold" if load.due else "$foreground-muted")
        new = (f"{load.new or '·':>6}", "$primary" if load.new else "$foreground-muted")
        right = Content.assemble(
            due,
            (f"{load.learning or '·':>10}", "$accent" if load.learning else "$foreground-muted"),
            new,
            "   ",
            ("━" * filled, "$success"),
            ("─" * (_BAR - filled), "$border"),
            (f"{load.recall:>8.0%}" if load.recall is not None else f"{'–':>8}", "$foreground-muted"),
        )
        if width < _NARROW:
            right = Content.assemble(due, new)
        room = max(width - right.cell_length - 1, 8)
        left = Content(one_line(load.topic)).truncate(room, ellipsis=True)
        return Content.assemble(left, " " * (width - left.cell_length - right.cell_length), right)

    def _chosen(self) -> list[str] | None:
        """The topic under the cursor, None for everything."""
        index = self.query_one(Rows).highlighted
        if not index or self._overview is None:
            return None
        return [self._overview.topics[index - 1].topic]

    def _show_about(self) -> None:
        """The panel beside the list: the topic's file and demo, the forecast of the coming days."""
        chosen = self._chosen()
        lines: list[Content] = []
        if chosen:
            lines += self._about_topic(chosen[0])
        else:
            count = len(self._overview.topics) if self._overview else 0
            lines += [
                Content.styled("Everything", "bold"),
                Content(f"{count} topic{'s' * (count != 1)}, in the order of learning"),
            ]
            if exam := self._coming_exam():
                key = Content.assemble(("x", "$accent bold"), " studies what counts most for it")
                lines += [Content(""), Content.styled(f"{exam.name} {exam.when}", "bold"), key]
        if self._overview and any(self._overview.forecast):
            top = max(self._overview.forecast)
            bars = "".join(_SPARK[round((len(_SPARK) - 1) * n / top)] if n else " " for n in self._overview.forecast)
            lines += [
                Content(""),
                Content.styled("Due in the coming days", "$foreground-muted"),
                Content.styled(bars, "$primary"),
            ]
            lines += [Content.styled(f"today {self._overview.forecast[0]}, at most {top} a day", "$foreground-muted")]
        self.query_one("#about-text", Static).update(Content("\n").join(lines))

    def _about_topic(self, name: str) -> list[Content]:
        lines = [Content.styled(one_line(name), "bold")]
        library = self.app.desk.library
        kinds: dict[str, int] = {}
        for number, title in enumerate(library.titles):
            if title != name:
                continue
            note = library.notes[number]
            if note.topic.aliases:
                lines.append(Content.styled(f"also {', '.join(note.topic.aliases)}", "$foreground-muted"))
            lines.append(Content.styled(one_line(note.path), "$foreground-muted"))
            for card in note.studied:
                if library.entries[card.key] == number:
                    kinds[card.dialect] = kinds.get(card.dialect, 0) + 1
        lines += [Content(""), Content(", ".join(f"{number} {kind}" for kind, number in kinds.items()))]
        if self._demo:
            lines += [
                Content(""),
                Content.assemble(("d", "$accent bold"), f" runs the {one_line(PurePath(self._demo.name).stem)} demo"),
            ]
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

    def action_quiz(self) -> None:
        """A quiz on what is under the cursor."""
        self.app.quiz(self._chosen())

    def action_demo(self) -> None:
        """Run the demo of the topic under the cursor; on Everything that of the first topic that has one."""
        if self._demo:
            self.app.run_demo(self._demo)

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
            desk.resume(keys, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self.app.warn(f"{len(keys)} card{'s are' if len(keys) != 1 else ' is'} back.")
        self._refresh()
