"""One card with its history: what it asks, how well it is known now, its forgetting curve, every answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.demo_picture import look_of
from studytool.app.roll import Standings
from studytool.app.screens.file_keys import FILE, CardBehind
from studytool.app.widgets.card_text import CardText, above, answer_of, below
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.picture import PictureView
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.memory import Moment, describe_interval
from studytool.memory.diary import Entry, diary, recall_between
from studytool.memory.events import DAY_MS
from studytool.text import counted, dotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.roll import Standing
    from studytool.desk import Edit
    from studytool.notes.model import Card, DemoLink

_NAMES = (("again", "$error"), ("hard", "$warning"), ("good", "$success"), ("easy", "$primary"))
_AHEAD = 30
"""Days that the curve goes on at least, as if the card were not answered again."""


class HistoryScreen(CardBehind, Screen[None]):
    """A card, where it stands, and the answers to it."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        *FILE,
        Binding("d", "demo", "Demo", tooltip="Run the idea of this card", id="history.demo"),
        Binding("j,down", "scroll(1)", "Down", key_display="↓", tooltip="Scroll down", id="history.down"),
        Binding("k,up", "scroll(-1)", "Up", show=False, tooltip="Scroll up", id="history.up"),
        Binding("space,pagedown", "scroll(10)", "A page down", show=False, id="history.a-page-down"),
        Binding("pageup", "scroll(-10)", "A page up", show=False, id="history.a-page-up"),
        Binding(
            "escape,q,enter,i",
            "leave",
            "Back",
            key_display="esc",
            tooltip="Back to where you were",
            id="history.back",
        ),
    ]

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card = card
        self._demo: DemoLink | None = None
        self._entries: list[Entry] = []

    @property
    def meant(self) -> Card:
        """The card."""
        return self._card

    def compose(self) -> ComposeResult:
        """The card, and beside it (below it, where there is little room) its history."""
        yield TopBar()
        with VerticalScroll(id="history", can_focus=False):
            with Vertical(id="history-card"):
                yield Static(id="context")
                yield CardText(id="front")
                yield Static(id="divider")
                yield CardText(id="back")
                yield Static(id="place")
            with Vertical(id="history-side"):
                yield Static(id="history-told")
                yield PictureView(id="history-curve")
                yield Static(id="history-answers")
        yield KeyBar()

    def on_mount(self) -> None:
        """Write what is known."""
        self._tell()
        self.call_after_refresh(self._find_demo)

    def on_resize(self) -> None:
        """The curve is as wide as its place, and so is what is told."""
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self.app.holds(self):
            self.query_one("#history-told", Static).update(self._standing(self.app.now()))
            self._draw_later()

    def renew(self, edit: Edit) -> None:
        """The notes were read anew: the same card in its new words."""
        key = edit.renamed.get(self._card.key, self._card.key)
        self._card = self.app.desk.card(key) or self.app.desk.successor(self._card, edit.came) or self._card
        self._tell()

    def _tell(self) -> None:
        card, desk, now = self._card, self.app.desk, self.app.now()
        try:
            self._entries = diary(desk.memory, card.key)
        except StudytoolError as error:  # the log went away meanwhile
            self.app.warn(str(error))
        self.query_one(TopBar).show("Card and history", self.app.opening.request.title)
        self.query_one("#context", Static).update(above(card))
        self.query_one("#front", CardText).show(card.front)
        written = desk.memory.written(card.key) if card.kind == "open" else None
        own = f"*Your answer:*\n\n{written}" if written else ""
        self.query_one("#back", CardText).show("\n\n".join(part for part in (answer_of(card), own) if part))
        self.query_one("#place", Static).update(below(card, str(card.span)))
        self.query_one("#history-told", Static).update(self._standing(now))
        self.query_one("#history-answers", Static).update(self._answers(now))
        self.query_one("#history-curve").display = bool(self._entries)
        self._draw_later()

    def _standing(self, now: Moment) -> Content:
        """Where the card stands, in two lines; none of what is said is divided."""
        desk = self.app.desk
        stands, state = Standings(desk, now).of(self._card.key), desk.memory.state(self._card.key)
        if state is None:
            return Content.assemble((stands.state, "bold"), ("   It was never answered.", "$foreground-muted"))
        facts = [
            self._stands(stands),
            f"recall now {stands.recall}",
            f"stability {stands.stability}",
            f"difficulty {state.difficulty:.1f} of 10",
            counted(state.reviews, "answer"),
            *([f"forgotten {counted(state.lapses, 'time')}"] if state.lapses else []),
        ]
        width = self.query_one("#history-told").content_size.width or self.app.size.width
        told = Content.styled("\n".join(dotted(facts, width)), "$foreground-muted")
        return told.stylize("$foreground bold", 0, len(stands.state))

    @staticmethod
    def _stands(stands: Standing) -> str:
        if not stands.due:
            return stands.state
        is_due = stands.state.startswith("due")
        return f"{stands.state}   {stands.due}" if is_due else f"{stands.state}   due {stands.due}"

    def _answers(self, now: Moment) -> Content:
        """The answers, the latest first: when, how, how long it took, and the interval that followed."""
        if not self._entries:
            return Content("")
        rollover = self.app.desk.memory.rules.rollover
        lines = [
            Content.styled(f"{'date':<12}{'grade':<10}{'time':>7}{'recall':>9}{'interval':>11}", "$foreground-muted")
        ]
        before = [None, *self._entries[:-1]]
        for entry, last in zip(reversed(self._entries), reversed(before), strict=True):
            day = date.fromordinal(entry.moment.day(rollover)).isoformat()
            name, colour = _NAMES[entry.grade - 1] if entry.grade else ("taken over", "$foreground-muted")
            recall = f"{last.state.retrievability(entry.moment):.0%}" if last else "–"
            took = f"{entry.took_ms / 1000:.0f} s" if entry.took_ms else "–"
            parts = [(f"{day:<12}", ""), (f"{name:<10}", colour), (f"{took:>7}{recall:>9}", "$foreground-muted")]
            elsewhere = "   in another program" if entry.imported else ""
            parts += [(f"{describe_interval(entry.wait):>11}", ""), (elsewhere, "$foreground-muted")]
            lines.append(Content.assemble(*parts))
        return Content("\n").join(lines)

    # -- the curve ----------------------------------------------------------------------------------

    def _draw_later(self) -> None:
        """Draw once numpy is there: it takes its time when it is imported first, so that is done in a thread."""
        if self._entries:
            panel = curve(self._entries, self.app.now())

            def work() -> None:
                import studytool.draw.paint  # noqa: F401

                self.call_later(self._drawn, panel)

            self.run_worker(work, thread=True, exclusive=True, group="curve")

    def _drawn(self, panel: dict[str, Any]) -> None:
        if self.is_attached:
            self.query_one(PictureView).show([panel], look_of(self.app))

    # -- what the keys do ---------------------------------------------------------------------------

    def _find_demo(self) -> None:
        self._demo = self.app.demo_of(self._card)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for this card."""
        return self._demo is not None if action == "demo" else True

    def action_demo(self) -> None:
        """Run the idea of the card."""
        if self._demo:
            self.app.run_demo(self._demo)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()

    def action_scroll(self, by: int) -> None:
        """Scroll what does not fit: all of it, or beside each other the answers and a long card."""
        for part in ("#history", "#history-card", "#history-side"):
            self.query_one(part).scroll_relative(y=by, animate=False)


def curve(entries: list[Entry], now: Moment) -> dict[str, Any]:
    """The line panel of a forgetting curve: recall in percent by days since the first answer, past and to come."""
    days, recalls = recall_between(entries, now)
    last = entries[-1]
    until = max(last.state.due, now.ms + _AHEAD * DAY_MS // 4, now.ms + (now.ms - entries[0].moment.ms) // 4)
    ahead, falling = recall_between([last], Moment(until, now.offset))
    start, gone = (last.moment.ms - entries[0].moment.ms) / DAY_MS, (now.ms - last.moment.ms) / DAY_MS
    later = [(start + day, recall) for day, recall in zip(ahead, falling, strict=True) if day >= gone]
    series = [{"name": "recall", "x": days, "y": _percents(recalls)}]
    if later:
        series.append(
            {"name": "if not answered", "x": [day for day, _ in later], "y": _percents(recall for _, recall in later)}
        )
    return {"kind": "line", "title": "Forgetting curve, %", "axis": "days since the first answer", "series": series}


def _percents(recalls: Iterable[float]) -> list[float]:
    return [round(100 * recall, 1) for recall in recalls]
