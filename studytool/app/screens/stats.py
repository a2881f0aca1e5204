"""Statistics: pictures of the log, each with a sentence that says what it means; as many as the screen has room for."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Grid, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.demo_picture import look_of
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.screens.fit import FitScreen
    from studytool.app.stats.charts import Book, Chart
    from studytool.desk import Edit
    from studytool.figures import Figures
    from studytool.memory.stats.together import Period

NAMES = ("Recall", "Calibration", "Load", "Year", "Time", "Hours", "Stability", "Topics")
PERIODS: tuple[Period, ...] = ("month", "quarter", "year", "all")
_SPANS: dict[Period, str] = {"month": "30 days", "quarter": "90 days", "year": "a year", "all": "all time"}
_LISTEN = 3.0
"""Seconds between two looks at the log."""
# A picture with its sentence wants so many cells; where there is room for two or three of them, they are shown.
_WIDE, _HIGH, _MOST = 58, 17, 3
_EMPTY = (
    "Nothing has been answered yet.\n\n"
    "Here you will see how much you recall and whether that was predicted, what the coming days ask, the year as a "
    "calendar, the time it takes, how long what you know lasts, and which topic is weakest.\n\n"
    "Go back with {key} and study a few cards: the first pictures come with the first answers, the first share of "
    "recall with 30 cards that came back on a later day."
)


def tabs_around(chosen: int, width: int) -> tuple[int, int]:
    """The first of the names that stand in a line of this width together with the chosen one, and that behind the last.

    They are all of them, or those of a part that stays as long as the chosen one is in it; a cell at either end is
    left for a sign that there are more.
    """
    if sum(len(name) + 2 for name in NAMES) <= width:
        return 0, len(NAMES)
    first, room = 0, width - 2
    for number, name in enumerate(NAMES):
        if len(name) + 2 > room and number > first:
            if number > chosen:
                return first, number
            first, room = number, width - 2
        room -= len(name) + 2
    return first, len(NAMES)


class Pane(Vertical):
    """One picture and below it what it means."""

    def __init__(self, number: int) -> None:
        super().__init__(classes="pane")
        self.number = number
        self._chart: Chart | None = None

    def compose(self) -> ComposeResult:
        """The picture takes what the sentence leaves."""
        yield PictureView()
        yield Static(classes="says")

    def show(self, chart: Chart) -> None:
        """Another picture."""
        self._chart = chart
        self.query_one(Static).update(Content(chart.says))
        self.draw()

    def draw(self) -> None:
        """Draw in the present theme."""
        if self._chart is not None:
            self.query_one(PictureView).show([self._chart.panel], look_of(self.app))

    def on_click(self, event: events.Click) -> None:
        """A click chooses the picture."""
        event.stop()
        screen = self.screen
        if isinstance(screen, StatsScreen):
            screen.choose(self.number)


class StatsScreen(Screen[None]):
    """All pictures, of a period and of one topic or all; worked out in a thread of its own."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,tab", "turn(1)", "Next", key_display="→", tooltip="The next picture", id="stats.next"),
        Binding("left,h,shift+tab", "turn(-1)", "Before", show=False, tooltip="The picture before", id="stats.before"),
        Binding("p", "period(1)", "Period", tooltip="30 days, 90 days, a year, all time", id="stats.period"),
        Binding(
            "P", "period(-1)", "Period back", show=False, tooltip="The same the other way round", id="stats.period-back"
        ),
        Binding("t", "topic", "Topic", tooltip="One topic, or all of them", id="stats.topic"),
        Binding("enter", "zoom", "Large", tooltip="One picture as large as the screen, and back", id="stats.large"),
        Binding(
            "w", "write", "Write", tooltip="Write the picture as SVG and PNG, and all figures as JSON", id="stats.write"
        ),
        Binding("f", "fit", "Fit", tooltip="Fit the memory model to your own answers", id="stats.fit"),
        Binding("escape,q", "leave", "Home", key_display="esc", id="stats.home"),
    ]

    def __init__(self, topic: str | None = None) -> None:
        super().__init__()
        self._topic = topic
        self._period: Period = "year"
        self._chosen = 0
        self._large = False
        self._several = False  # whether there is room for them
        self._figures: Figures | None = None
        self._book: Book | None = None
        self._asked = 0

    def compose(self) -> ComposeResult:
        """The names of the pictures, the pictures, and what is said where there are none."""
        yield TopBar("Statistics")
        yield Static(id="tabs")
        yield Static("Working out your statistics …", id="no-stats")
        with Grid(id="panes"):
            for number in range(len(NAMES)):
                yield Pane(number)
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin to work; nothing waits for it."""
        self.query_one("#panes").display = False
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._draw))
        self._arrange()
        self._tell()
        self._work(anew=True)
        self.set_interval(_LISTEN, self._listen)

    def on_unmount(self) -> None:
        """The app keeps whom it tells of themes, and so the screen, until that is taken back."""
        self.app.theme_changed_signal.unsubscribe(self)

    def on_resize(self) -> None:
        """More or fewer pictures fit."""
        self._arrange()

    def on_screen_resume(self) -> None:
        """Back from a list above."""
        self._arrange()

    def _listen(self) -> None:
        if self.is_active and self.app.hear():
            self._work(anew=True)

    def renew(self, edit: Edit) -> None:
        """The notes were read anew."""
        self._work(anew=True)

    def _work(self, *, anew: bool = False) -> None:
        self._asked += 1
        desk = self.app.desk
        work = partial(self._worked, self._asked, None if anew else self._figures)
        self.run_worker(partial(work, desk.request, desk.library, self.app.now()), thread=True, exit_on_error=False)

    def _worked(self, asked: int, figures: Figures | None, *where: object) -> None:
        """In the thread: read the log where that is needed, and make the pictures."""
        from studytool.app.stats.charts import book
        from studytool.figures import figures_beside

        try:
            found = figures or figures_beside(*where)  # type: ignore[arg-type]
            made = book(found, self._period, self._topic if self._topic in found.topics else None)
        except StudytoolError as error:
            self.app.call_from_thread(self._failed, str(error))
        else:
            self.app.call_from_thread(self._show, asked, made)

    def _failed(self, told: str) -> None:
        if self.is_attached:
            self.query_one("#no-stats", Static).update(Content(one_line(told)))

    def _show(self, asked: int, made: Book) -> None:
        if asked != self._asked or not self.is_attached:
            return
        self._figures, self._book, self._topic = made.figures, made, made.topic
        some = len(made.figures.answers) > 0
        self.query_one("#no-stats", Static).update(Content(_EMPTY.format(key=self.app.key_name("stats.home", "esc"))))
        self.query_one("#no-stats").display = not some
        self.query_one("#panes").display = some
        for pane, chart in zip(self.query(Pane), made.charts, strict=True):
            pane.show(chart)
        self._arrange()
        self._tell()
        self.refresh_bindings()

    def _draw(self) -> None:
        for pane in self.query(Pane):
            if pane.display:
                pane.draw()

    def _arrange(self) -> None:
        """Lay out as many pictures as there is room for, the chosen one among them."""
        width, height = self.app.size
        across, down = (max(1, min(size // each, _MOST)) for size, each in ((width, _WIDE), (height - 3, _HIGH)))
        if (several := across * down > 1) != self._several:
            self._several = several
            self.refresh_bindings()
        if self._large:
            across = down = 1
        many = across * down
        first = min(self._chosen // many * many, max(len(NAMES) - many, 0))
        grid = self.query_one("#panes", Grid)
        grid.styles.grid_size_columns, grid.styles.grid_size_rows = across, down
        for pane in self.query(Pane):
            pane.display = first <= pane.number < first + many
            pane.set_class(many > 1 and pane.number == self._chosen, "-chosen")
            pane.set_class(many == 1, "-alone")
        self._draw_tabs()

    def _draw_tabs(self) -> None:
        first, last = tabs_around(self._chosen, self.app.size.width - 2)
        parts: list[Content | tuple[str, str]] = [("‹", "$foreground-muted")] * (first > 0)
        for number, name in enumerate(NAMES[first:last], first):
            here = number == self._chosen
            parts.append((f"▸{name} ", "$accent bold") if here else (f" {name} ", "$foreground-muted"))
        parts += [("›", "$foreground-muted")] * (last < len(NAMES))
        self.query_one("#tabs", Static).update(Content.assemble(*parts))

    def _tell(self) -> None:
        answers = f"{counted(self._book.found.answers, 'answer')} · " if self._book else ""
        topic = one_line(self._topic, 40) if self._topic else "all libraries"
        self.query_one(TopBar).show("Statistics", f"{answers}{topic} · {_SPANS[self._period]}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an answer there is nothing to turn, choose or write; one picture alone is as large as it can be."""
        if action == "zoom" and not self._several:
            return False
        if action in {"turn", "period", "topic", "zoom", "write", "fit"}:
            return self._figures is not None and len(self._figures.answers) > 0
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """What is wanting."""
        if action == "zoom" and not self._several:
            return "One picture alone is as large as it can be."
        return "There is no answer yet: study some cards first." if self._figures else "The answers are being counted."

    def choose(self, number: int) -> None:
        """Go to a picture."""
        self._chosen = number % len(NAMES)
        self._arrange()
        self.call_after_refresh(self._draw)

    def action_turn(self, by: int) -> None:
        """To the next picture or the one before."""
        self.choose(self._chosen + by)

    def action_period(self, by: int) -> None:
        """Look further back, or less far."""
        self._period = PERIODS[(PERIODS.index(self._period) + by) % len(PERIODS)]
        self._tell()
        self._work()

    def action_topic(self) -> None:
        """Choose a topic from a list."""
        from studytool.app.screens.choose import ChooseScreen

        if self._figures is None:
            return
        titles = self._figures.topics
        chosen = titles.index(self._topic) + 1 if self._topic in titles else 0
        self.app.push_screen(ChooseScreen("Topic", ["All topics, all libraries", *titles], chosen), self._take_topic)

    def _take_topic(self, number: int | None) -> None:
        if number is not None and self._figures is not None:
            self._topic = self._figures.topics[number - 1] if number else None
            self._tell()
            self._work()

    def action_zoom(self) -> None:
        """One picture, or as many as fit."""
        self._large = not self._large
        self._arrange()
        self.call_after_refresh(self._draw)

    def action_write(self) -> None:
        """Write the chosen picture and all figures into the folder one is in, and say where they are."""
        if self._book is not None:
            work = partial(self._written, self._book, self._chosen, dark=self.app.current_theme.dark)
            self.run_worker(work, thread=True, exit_on_error=False)

    def _written(self, book: Book, number: int, *, dark: bool) -> None:
        from studytool.app.stats.files import write

        try:
            files = write(book, number, Path.cwd(), dark=dark)
        except (StudytoolError, OSError) as error:
            tell = partial(self.notify, one_line(str(error)), severity="error", markup=False, timeout=8)
        else:
            names = ", ".join(one_line(path.name) for path in files)
            told = f"{counted(len(files), 'file')} in {one_line(str(files[0].parent))}: {names}"
            tell = partial(self.notify, told, markup=False, timeout=6)
        self.app.call_from_thread(tell)

    def action_fit(self) -> None:
        """Fit the memory model to all answers, of whatever topic."""
        from studytool.app.screens.fit import FitScreen

        if self._figures is not None:
            fit = FitScreen(self._figures.reviews)
            self.app.push_screen(fit, partial(self._fitted, fit))

    def _fitted(self, fit: FitScreen, is_other: bool | None) -> None:
        if is_other:
            self._work(anew=True)
        elif fit.tried and self._figures is not None:
            self._figures = replace(self._figures, tried=fit.tried)
            self._work()

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()
