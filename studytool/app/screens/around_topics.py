"""What can be done with the topics under the cursor of home: a key each."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.screen import Screen

from studytool.app.pieces import Pieces
from studytool.app.screens.file_keys import NoteBehind
from studytool.bulk import put, take_back
from studytool.errors import StudytoolError
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.app.app import StudyApp
    from studytool.desk.returning import Relinked, Undone
    from studytool.memory import Event
    from studytool.notes.model import DemoLink
    from studytool.syllabus import Exam

# So many cards are named, in so many characters, when their histories are taken back.
_NAMED, _NAMED_WIDTH = 3, 100


class AroundTopics(NoteBehind, Screen[None]):
    """A screen with a cursor on some topics: it says which, and counts anew what is due when a key has changed that."""

    app: StudyApp

    def __init__(self, name: str) -> None:
        super().__init__(name=name)
        self._brought: list[tuple[str, list[Event], tuple[Relinked, ...]]] = []
        """What was brought back here: the sentence, the events, and the edited cards that were linked by then."""
        self._unlinking: Pieces | None = None

    @abstractmethod
    def chosen(self) -> list[str] | None:
        """The topics under the cursor, None for everything."""

    @abstractmethod
    def demo(self) -> DemoLink | None:
        """The demo of the topics under the cursor."""

    @abstractmethod
    def count(self) -> None:
        """Show what is due now."""

    def put_out(self) -> list[str]:
        """The keys of the cards under the cursor that were suspended, buried or called no card."""
        return self.app.desk.put_out(self.chosen(), self.app.now())

    def action_study(self) -> None:
        """Study what is under the cursor."""
        self.app.study(self.chosen())

    def action_sit(self) -> None:
        """An exam on what is under the cursor."""
        from studytool.examining import Wish

        self.app.exam(Wish(self.chosen()))

    def action_quiz(self) -> None:
        """A quiz on what is under the cursor."""
        self.app.quiz(self.chosen())

    def action_demo(self) -> None:
        """Run the demo of the topic under the cursor; on Everything that of the first topic that has one."""
        if demo := self.demo():
            self.app.run_demo(demo)

    def note(self) -> int | None:
        """The number of the first note of what is under the cursor; None for everything."""
        names, chosen = self.app.desk.library.names, self.chosen() or ()
        return next((number for topic in chosen for number, name in enumerate(names) if name == topic), None)

    def action_stats(self) -> None:
        """The statistics of what is under the cursor."""
        from studytool.app.screens.stats import StatsScreen

        chosen = self.chosen()
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

    def _exam(self) -> Exam | None:
        """The exam of the settings, also one that is over."""
        if not self.app.desk.request.settings.exam:
            return None
        from studytool.syllabus import exam_of

        settings = self.app.desk.request.settings
        return exam_of(settings, self.app.now().day(settings.rollover))

    def coming_exam(self) -> Exam | None:
        """The exam of the settings, as long as its day has not come."""
        exam = self._exam()
        return exam if exam and exam.left > 0 else None

    def action_exam(self) -> None:
        """Study what counts most on the day of the exam, due or not; where none is to come, offer to set one."""
        if self.coming_exam():
            self.app.study_for_exam()
        elif self.app.asked() == "exam":
            self.app.hush()
            self.app.action_settings("exam")
        else:
            from studytool.syllabus import none_to_come

            key = self.app.key_name("home.exam", "x")
            self.app.ask("exam", f"{none_to_come(self._exam())} {key} once more opens the settings, to set one.", self)

    @property
    def undoes(self) -> bool:
        """Whether there is anything to take back."""
        return bool(self._brought or self.app.desk.relinked)

    def action_undo(self) -> None:
        """Take back what was done last: cards brought back here, or histories that edited cards were given.

        Of the latter it is said first what that means: the key is asked for twice, and no other one in between.
        """
        if not self.undoes:
            self.app.refuse("Nothing to take back here. Grades are taken back while you study.")
            return
        if self._brought and set(self.app.desk.relinked).issubset(self._brought[-1][-1]):
            self._put_out_again()
        else:
            self._unlink()
        self._show_undone()

    def _show_undone(self) -> None:
        self.count()
        self.refresh_bindings()

    def _put_out_again(self) -> None:
        told, events, _ = self._brought[-1]
        left = [event for event in events if not self._was_studied_since(event)]
        try:
            take_back(self.app.desk, left, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._brought.pop()
        studied = len(events) - len(left)
        stay = f" {counted(studied, 'card')} that you have studied since stay{'s' * (studied == 1)}." if studied else ""
        again = f" {self.app.key_name('home.resume', 'r')} on the topic brings them back again." if left else ""
        self.app.warn(f"Taken back: “{told}”.{stay}{again}")

    def _was_studied_since(self, event: Event) -> bool:
        """Whether an answer stands that was given to a card after an event."""
        last = next(self.app.desk.memory.answers(str(event.card)), None)
        return last is not None and last.ms > event.ms

    def _unlink(self) -> None:
        from studytool.desk.returning import if_undone, told

        desk = self.app.desk
        last = desk.relinked_last
        if self.app.asked() != last:
            found = if_undone(last, desk.library, desk.memory)
            what = become(found)
            if not found.back and len(last) in (len(found.anew), len(found.since)):
                they, s = ("They", "") if len(last) > 1 else ("It", "s")
                what = f"{they} start{s} anew" if found.anew else f"{they} keep{s} only the answers to these words"
            key, redo = self.app.key_name("home.undo", "u"), self.app.key_name("home.redo", "U")
            names = _named([*found.back, *found.anew, *found.since] or [one.front for one in last])
            question = (
                f"{told(len(last))} {what[0].upper()}{what[1:]} if {key} once more takes that back: {names}"
                f" · then {redo} gives it back."
            )
            self.app.ask(last, question, self)
            return
        if self._unlinking is None or not self._unlinking.is_at_work:
            self._unlinking = Pieces(self, self._unlinked(last), self._show_undone)

    def _unlinked(self, named: tuple[Relinked, ...]) -> Iterator[str]:
        from studytool.desk.returning import if_undone

        desk = self.app.desk
        try:
            undone = yield from desk.undoing_relinks(self.app.now(), named)
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        if not undone:
            self.action_undo()  # an edit came meanwhile: it is said what is last now
            return
        found = if_undone(undone, desk.library, desk.memory)
        names = _named([*found.back, *found.anew, *found.since] or [one.front for one in undone])
        redo = self.app.key_name("home.redo", "U")
        self.app.warn(f"Undone: {become(found)}: {names} · {redo} gives that back, until you quit.")

    def action_redo(self) -> None:
        """Give edited cards the histories back that were taken from them here."""
        if self._unlinking is None or not self._unlinking.is_at_work:
            self._unlinking = Pieces(self, self._linked_again(), self._show_undone)
            self._show_undone()

    def _linked_again(self) -> Iterator[str]:
        from studytool.desk.returning import told

        desk = self.app.desk
        try:
            linked = yield from desk.redoing_relinks(self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        undo, names = self.app.key_name("home.undo", "u"), _named([one.front for one in linked])
        again = f"Given back: {told(len(linked))[:-1]}: {names} · {undo} takes that back again."
        self.app.warn(again if linked else "Nothing is left to give back: these cards have other histories by now.")

    def action_resume(self) -> None:
        """Bring back what was put aside in the topic under the cursor, each with an event of its own."""
        desk, keys = self.app.desk, self.put_out()
        try:
            events = put(desk, "resume", keys, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        told = f"{counted(len(keys), 'card')} {'is' if len(keys) == 1 else 'are'} back"
        self._brought.append((told, events, desk.relinked))
        self.app.warn(f"{told}. {self.app.key_name('home.undo', 'u')} takes it back.")
        self.count()
        self.refresh_bindings()


def become(found: Undone) -> str:
    """What becomes of cards whose links are taken back, in words."""
    anew, since, back = found
    told = [f"{counted(len(anew), 'edited card')} start{'s' * (len(anew) == 1)} anew"] if anew else []
    if since:
        told.append(
            f"{counted(len(since), 'edited card')} keep{'s' * (len(since) == 1)} only the answers to these words"
        )
    if back:
        has = "gets its answers" if len(back) == 1 else "get their answers"
        told.append(f"{counted(len(back), 'earlier form')} in your notes again {has} back")
    return " and ".join(told) or "no card of your notes changes"


def _named(asked: Sequence[str]) -> str:
    """The first of some edited cards by their prompts, and how many more there are."""
    more = f" and {len(asked) - _NAMED} more" * (len(asked) > _NAMED)
    return one_line("; ".join(asked[:_NAMED]), _NAMED_WIDTH) + more
