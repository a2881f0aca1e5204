"""Study: a prompt, its answer, a grade; each grade is on disk before the next card is painted."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.prose import has_formula
from studytool.app.widgets.card_text import CardText, answer_of, below
from studytool.app.widgets.grades import Grades
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.memory import Grade, describe_interval, told_of
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.desk import Edit
    from studytool.memory import Session, Shown
    from studytool.notes.model import Card, DemoLink


class StudyScreen(Screen[None]):
    """One sitting over some topics, what a search finds, or everything; a cram of all that, or for an exam."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space,enter",
            "reveal",
            "Answer",
            key_display="space",
            tooltip="Show the answer; once it is there: Good",
            id="study.answer",
        ),
        Binding("1", "grade(1)", "Again", show=False, tooltip="Not known", id="study.again"),
        Binding("2", "grade(2)", "Hard", show=False, tooltip="Known with an effort", id="study.hard"),
        Binding("3", "grade(3)", "Good", show=False, tooltip="Known", id="study.good"),
        Binding("4", "grade(4)", "Easy", show=False, tooltip="Known at once", id="study.easy"),
        Binding("u", "undo", "Undo", tooltip="Take the last grade back", id="study.undo"),
        Binding("d", "demo", "Demo", tooltip="Run the idea of this card", id="study.demo"),
        Binding("w", "write", "Write", tooltip="Write your own answer; it is kept", id="study.write"),
        Binding("t", "source", "TeX", tooltip="Show the formulas as they are written, and back", id="study.source"),
        Binding("o", "note", "Note", tooltip="Open the note in $EDITOR at this card", id="study.note"),
        Binding(
            "O",
            "last_note",
            "Last note",
            show=False,
            tooltip="Open the note of the card that was answered last",
            id="study.last-note",
        ),
        Binding(
            "i",
            "history",
            "History",
            tooltip="What became of this card, and its forgetting curve",
            id="study.history",
        ),
        Binding("b", "bury", "Bury", tooltip="Not today", id="study.bury"),
        Binding("s", "suspend", "Suspend", tooltip="Not again until you resume it at home (r)", id="study.suspend"),
        Binding(
            "x",
            "reject",
            "Not a card",
            show=False,
            tooltip="This is not a card: do not show it again",
            id="study.reject",
        ),
        Binding("j,down", "scroll_down", "Down", show=False, tooltip="Scroll a long card down", id="study.down"),
        Binding("k,up", "scroll_up", "Up", show=False, tooltip="Scroll it up", id="study.up"),
        Binding("ctrl+d,pagedown", "half(1)", "Half a page down", show=False, id="study.half-down"),
        Binding("ctrl+u,pageup", "half(-1)", "Half a page up", show=False, id="study.half-up"),
        Binding("escape", "leave", "Home", tooltip="Back home; everything is saved", id="study.leave"),
    ]

    def __init__(
        self,
        topics: Sequence[str] | None,
        search: str = "",
        *,
        cram: bool = False,
        exam: Session | None = None,
        found: Collection[str] | None = None,
    ) -> None:
        super().__init__()
        self._exam = exam
        self._topics = topics
        self._search = search
        # The cards that were chosen one by one, or that the search has found, at the beginning or since.
        self._found: set[str] | None = None if found is None else set(found)
        self._cram = cram
        self._last: Card | None = None
        self._card: Card | None = None
        self._shown: Shown | None = None
        self._demo: DemoLink | None = None
        self._revealed = False
        self._trail: list[int | None] = []  # the grades of this sitting, None for a card set aside
        self._started = 0.0

    def compose(self) -> ComposeResult:
        """The frame; the card is written into it by `_next`."""
        yield TopBar()
        yield Progress()
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="context")
            yield CardText(id="front")
            yield Static(id="divider")
            yield CardText(id="back")
            yield Static(id="from")
        yield Grades(id="grades")
        yield Static(id="why")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin the sitting."""
        desk, now = self.app.desk, self.app.now()
        if self._search:
            self._found = set(desk.search(self._search, now))
        begin = desk.cram if self._cram else desk.session
        self._session: Session = self._exam or begin(now, self._topics, self._found)
        if self._exam:
            self._found = set(self._exam.keys)
        held = self._session.held()
        self._held = told_of(held)
        if held.away_later:
            self.app.warn(self._held[0])
        self._next()

    # -- what is on the screen ------------------------------------------------------------------

    def _next(self) -> None:
        """Show the card that should come now, or the end of the sitting."""
        self.app.hear()
        self._shown = self._session.shown(self.app.now())
        self._card = self.app.desk.card(self._shown.key) if self._shown else None
        self._demo = None
        self._revealed = False
        self._started = time.monotonic()
        self.set_class(self._card is None, "-done")
        self.set_class(False, "-revealed")
        self.query_one("#from", Static).display = False
        if self._card is None or self._shown is None:
            self._show_end()
        else:
            self._show_front(self._card, self._shown)
            self.call_after_refresh(self._find_demo, self._card)
        self._draw_progress()
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self.refresh_bindings()

    def _show_front(self, card: Card, shown: Shown) -> None:
        above = [heading for heading in card.context if heading != card.topic]
        self.query_one("#context", Static).update(Content(" › ".join([one_line(card.topic), *map(one_line, above)])))
        self.query_one("#front", CardText).show(card.front)
        self.query_one("#back", CardText).show("")
        self._ask()
        self.query_one("#why", Static).update(Content.styled(shown.reason, "$foreground-muted"))

    def _ask(self) -> None:
        """The line in place of the grades: what can be done before the answer is shown."""
        key, bold, muted = self.app.key_name, "$accent bold", "$foreground-muted"
        keys = [(key("study.answer", "space"), bold), (" shows the answer", muted)]
        if self._card and self._card.kind == "open":
            keys += [(f"      {key('study.write', 'w')}", bold), (" writes your own first", muted)]
        if self._demo:
            keys += [(f"      {key('study.demo', 'd')}", bold), (" runs the idea", muted)]
        self.query_one(Grades).ask(Content.assemble(*keys))

    def _find_demo(self, card: Card) -> None:
        """Look for a demo once the card is painted; the first look reads the demo files, and no card waits for that."""
        if card is not self._card or not (found := self.app.demo_of(card)):
            return
        self._demo = found
        self.app.expected.soon()
        if not self._revealed:
            self._ask()
        self.refresh_bindings()

    def _show_end(self) -> None:
        done = sum(grade is not None for grade in self._trail)
        named = [(self._trail.count(grade.value), grade.name.lower()) for grade in Grade]
        told = ", ".join(f"{number} {name}" for number, name in named if number)
        wait = self._session.next_due_in(self.app.now())
        lines = [f"## {'Done for now' if done else 'Nothing is due here'}"]
        if done:
            lines.append(f"{done} answered: {told}. All of it is saved.")
        lines += self._held
        if wait is not None:
            lines.append(f"The next card comes back in {describe_interval(wait)}; it will appear here by itself.")
            self.set_timer(max(wait / 1000, 0.5), self._wake)
        self.query_one("#context", Static).update("")
        self.query_one("#front", CardText).show("\n\n".join(lines))
        self.query_one("#back", CardText).show("")
        key, bold, muted = self.app.key_name, "$accent bold", "$foreground-muted"
        keys = [(key("study.leave", "escape"), bold), (" goes home", muted)]
        if done:
            keys += [(f"      {key('study.undo', 'u')}", bold), (" takes the last grade back", muted)]
        self.query_one(Grades).ask(Content.assemble(*keys))
        self.query_one("#why", Static).update("")

    def _wake(self) -> None:
        if self.is_current and self._card is None:
            self._next()

    def _draw_progress(self) -> None:
        counts = self._session.counts(self.app.now())
        left = counts.new + counts.learning + counts.due
        told = f"{counts.due} due · {counts.learning} learning · {counts.new} new"
        chosen = [*(self._topics or ()), *filter(None, [self._search])]
        name = "Cram" if self._cram else "For the exam" if self._exam else "Study"
        self.query_one(TopBar).show(f"{name} · {', '.join(chosen)}" if chosen else name, told)
        self.query_one(Progress).show(counts.done, counts.done + left)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now are on the foot of the screen."""
        if action in {"reveal", "note", "bury", "suspend", "reject"}:
            return self._card is not None
        if action == "last_note":
            return self._last is not None
        if action == "source":
            return self._card is not None and has_formula(f"{self._card.front}\n\n{self._card.back}")
        if action == "write":
            return self._card is not None and self._card.kind == "open"
        if action == "demo":
            return self._demo is not None
        return True

    def renew(self, edit: Edit) -> None:
        """The notes were read anew: the same card in its new words, or the next one where it has gone."""
        desk, renamed = self.app.desk, dict(edit.renamed)
        before = self._card
        if before and before.key not in renamed and desk.card(before.key) is None and (now := desk.successor(before)):
            renamed[before.key] = now.key
        if self._found is not None:
            self._found = {renamed.get(key, key) for key in self._found}
            if self._search:
                self._found.update(desk.search(self._search, self.app.now()))
        self._session.renew(desk.candidates(self._topics, self._found), self.app.now(), renamed)
        card = desk.card(renamed.get(before.key, before.key)) if before else None
        if card is None or before is None or card.key != before.key:
            self._next()
        else:
            self._card = card
            self._draw_progress()

    # -- what the keys do -----------------------------------------------------------------------

    def action_reveal(self) -> None:
        """Show the answer; when it is there already, grade it Good."""
        if self._card is None or self._shown is None:
            return
        if self._revealed:
            self.action_grade(Grade.GOOD)
            return
        self._revealed = True
        self.set_class(True, "-revealed")
        front, back = self.query_one("#front", CardText), self.query_one("#back", CardText)
        back.show(self._answer(self._card), source=front.source)
        source = self.query_one("#from", Static)
        source.update(below(self._card))
        source.display = bool(self._card.source)
        self.query_one(Grades).offer(self._shown.outcomes)
        self.call_after_refresh(self._scroll_to_answer)

    def _answer(self, card: Card) -> str:
        if card.kind != "open":
            return answer_of(card)
        written = self.app.desk.memory.written(card.key)
        own = f"*Your answer:*\n\n{written}" if written else ""
        key = self.app.key_name("study.write", "w")
        none = f"*Your notes hold no answer to this one. Judge what you would have said; `{key}` writes it down.*"
        return "\n\n".join(part for part in (card.back, own) if part) or none

    def _scroll_to_answer(self) -> None:
        """The prompt stays where it is if some of the answer is in view; else the answer begins at the top."""
        card, divider = self.query_one("#card", VerticalScroll), self.query_one("#divider")
        if divider.virtual_region.y > card.size.height // 2:
            card.scroll_to_widget(divider, top=True, animate=False)

    def on_grades_chosen(self, event: Grades.Chosen) -> None:
        """A click on a grade."""
        self.action_grade(event.grade)

    def action_grade(self, grade: int) -> None:
        """Record a grade, then show the next card; the grade is durable before anything is painted."""
        if self._card is None or not self._revealed:
            return
        took = round((time.monotonic() - self._started) * 1000)
        try:
            self._session.answer(Grade(grade), self.app.now(), took_ms=took, text=self.app.desk.text_of(self._card))
        except StudytoolError as error:
            self.app.warn(f"{error} The card stays.")
            return
        self._trail.append(grade)
        self._last = self._card
        if self._session.leech:
            key = self.app.key_name("study.last-note", "O")
            self.app.warn(f"Forgotten {self._session.leech} times: rewrite it? {key} opens its note.")
        self._next()

    def action_undo(self) -> None:
        """Take the last event of this sitting back; its card returns."""
        try:
            key = self._session.undo(self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        if key is None:
            self.app.warn("There is nothing to undo in this sitting.")
            return
        self._trail.pop()
        self._next()

    def _set_aside(self, act: Callable[..., object]) -> None:
        if self._card is None:
            return
        try:
            act(self.app.now(), text=self.app.desk.text_of(self._card))
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._trail.append(None)
        self._next()

    def action_history(self) -> None:
        """All answers to this card, and how it is being forgotten."""
        from studytool.app.screens.history import HistoryScreen

        if self._card is not None and self._revealed:
            self.app.push_screen(HistoryScreen(self._card))

    def action_bury(self) -> None:
        """Not today."""
        self._set_aside(self._session.bury)

    def action_suspend(self) -> None:
        """Not until it is resumed."""
        self._set_aside(self._session.suspend)

    def action_reject(self) -> None:
        """Not a card at all."""
        self._set_aside(self._session.reject)

    def action_demo(self) -> None:
        """Run the idea of the card; escape comes back to it."""
        if self._demo:
            self.app.run_demo(self._demo)

    def action_source(self) -> None:
        """Show the formulas of this card as their LaTeX, or drawn again."""
        for part in self.query(CardText):
            part.show(part.markdown, source=not part.source)

    def action_note(self) -> None:
        """Open the note at this card."""
        if self._card:
            self.app.open_note(self._card.span)

    def action_last_note(self) -> None:
        """Open the note at the card that was answered last: a leech that was just named, a slip just seen."""
        if self._last:
            self.app.open_note(self._last.span)

    def action_write(self) -> None:
        """Write one's own answer to an open question."""
        from studytool.app.screens.write import WriteScreen

        if self._card is None or self._card.kind != "open":
            return
        card, text = self._card, self.app.desk.text_of(self._card)
        written = self.app.desk.memory.written(card.key) or ""

        def keep(answer: str | None) -> None:
            if answer is None or answer == written:
                return
            try:
                self._session.write(card.key, answer, self.app.now(), text=text)
            except StudytoolError as error:
                self.app.warn(str(error))
                return
            if self._card is None or self._card.key != self._session.key_now(card.key):
                return  # its note was edited meanwhile, and another card is on the screen
            if not self._revealed:
                self.action_reveal()
            else:
                self.query_one("#back", CardText).show(self._answer(self._card))

        self.app.push_screen(WriteScreen(card.front, written), keep)

    def action_scroll_down(self) -> None:
        """Scroll a long card."""
        self.query_one("#card", VerticalScroll).scroll_down(animate=False)

    def action_scroll_up(self) -> None:
        """Scroll a long card."""
        self.query_one("#card", VerticalScroll).scroll_up(animate=False)

    def action_half(self, pages: int) -> None:
        """Scroll a long card by half of what is seen."""
        card = self.query_one("#card", VerticalScroll)
        card.scroll_relative(y=pages * card.size.height // 2, animate=False)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()
