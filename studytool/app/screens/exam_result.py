"""The result of an exam: the score, what to study next, every question with its mark, and the report as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool import examining
from studytool.app.room import make_room
from studytool.app.screens.file_keys import FILE
from studytool.app.screens.questions_done import QuestionsDone
from studytool.app.widgets.answer import SIGNS
from studytool.app.widgets.answer_recall import VERDICTS, marks
from studytool.app.widgets.card_text import headline
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.quiz.answer_text import said, wanted
from studytool.quiz.report import clock as shown
from studytool.quiz.report import used
from studytool.text import dotted, one_line

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from studytool.quiz import Asked, Attempt
    from studytool.quiz.exam import Exam
    from studytool.quiz.model import Verdict
    from studytool.quiz.report import Answered, Report

_SIGNS = {**SIGNS, "not answered": ("○ open", "$foreground-muted bold")}
_TOLD = 4
"""Lines that are told of one question."""
_HEAD = 12
"""Cells of what a line of the marks is about."""


class ExamResultScreen(QuestionsDone):
    """Sure and wrong comes first, then what is wrong, open, nearly right, right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "compare",
            "Compare",
            tooltip="My answer in full, beside the right one",
            id="exam-result.compare",
        ),
        Binding("enter", "card", "Card", tooltip="The card that this question came from", id="exam-result.card"),
        Binding(
            "y",
            "overrule",
            "I was right",
            tooltip="The marking is wrong: count my answer as right",
            id="exam-result.i-was-right",
        ),
        Binding(
            "r",
            "report",
            "Report",
            tooltip="The whole report: by topic, by kind, how sure you were",
            id="exam-result.report",
        ),
        Binding("w", "write", "Write", tooltip="Write the report to a Markdown or JSON file", id="exam-result.write"),
        Binding("d", "demo", "Demo", tooltip="Run the idea of this card", id="exam-result.demo"),
        *FILE,
        *(
            Binding(
                str(number),
                f"judge({number})",
                word.capitalize(),
                show=False,
                tooltip=f"My own words were {word}",
                id=f"exam-result.judge-{number}",
            )
            for number, word in enumerate(VERDICTS, 1)
        ),
        Binding("escape,q", "leave", "Home", key_display="esc", id="exam-result.home"),
    ]

    def __init__(self, exam: Exam, path: Path | None = None) -> None:
        super().__init__()
        self._exam = exam
        self._path = path
        self._report: Report = examining.report_of(self.app.desk, exam, self.app.demos())
        self._order = [one.number for one in self._report.results]

    def compose(self) -> ComposeResult:
        """Marks, list, what is told of the question under the cursor, keys."""
        make_room(self)
        yield TopBar(*self._top())
        yield Static(id="marks")
        yield Rows(id="results", least=12)
        yield Static(id="told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list, and write the report where that was asked for."""
        self._fill()
        self.query_one(Rows).focus()
        if self._path is not None:
            self.write(self._path)

    def _top(self) -> tuple[str, str]:
        """The line on top: where the score has no line of its own, it stands there."""
        if self.has_class("-bare"):
            return self._report.score(), ""
        return "Exam · result", f"{used(self._exam)} of {shown(self._exam.total_ms)} · seed {self._exam.paper.seed}"

    def on_resize(self) -> None:
        """The rows are as wide as the list."""
        make_room(self)
        self.query_one(TopBar).show(*self._top())
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        if self.is_current:
            self._fill()

    @property
    def _current(self) -> Answered | None:
        index = self.query_one(Rows).highlighted
        return None if index is None else self._answered()[self._order[index]]

    def _answered(self) -> dict[int, Answered]:
        return {one.number: one for one in self._report.results}

    def _fill(self) -> None:
        """The marks, and the list; its order stays while marks are overruled."""
        self.query_one("#marks", Static).update(self._marks())
        rows, found, lines = self.query_one(Rows), self._answered(), []
        said_any, is_slim = self._report.calibration is not None, self.has_class("-slim")
        for number in self._order:
            one, attempt = found[number], found[number].attempt
            word, style = _SIGNS[one.verdict]
            if attempt and attempt.overruled:
                word = "✓ overruled"
            sure = f"{attempt.confidence if attempt else '':<8}" if said_any and not is_slim else ""
            mark = word[:2] if is_slim else f"{number:>3}  {word:<13}"
            prompt = headline(one.asked.prompt).truncate(rows.row_width - len(mark) - len(sure), ellipsis=True)
            told = (sure, "$error bold" if one.is_sure_and_wrong else "$foreground-muted")
            lines.append(Content.assemble((mark, style), told, prompt))
        rows.fill(lines)
        self._tell()
        self.refresh_bindings()

    def _marks(self) -> Content:
        """The score and the advice, a line each; what does not fit on one goes on below."""
        report, width = self._report, max(self.size.width - 4, 40)
        told = [("by kind", [f"{marks.name} {marks.right}/{marks.asked}" for marks in report.by_kind])]
        if topics := report.study_next:
            told.append(("study next", [f"{one_line(marks.name, 32)} {marks.right}/{marks.asked}" for marks in topics]))
        if demos := report.demos_next:
            told.append(("run", list(demos)))
        if held := report.calibration:
            wrong = sum(one.is_sure_and_wrong for one in report.results)
            told.append(("how sure", [f"{wrong} sure and wrong", f"Brier score {held.brier:.2f}, 0 is perfect"]))
        lines = [Content.styled(report.score(), "$accent bold" if report.total.lost else "$success bold")]
        for head, parts in told:
            for at, text in enumerate(dotted(parts, width - _HEAD)):
                lines.append(Content.assemble((f"{'' if at else head:<{_HEAD}}", "$foreground-muted"), text))
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)

    def _tell(self) -> None:
        """The answer under the cursor, its mark, and what is right."""
        one = self._current
        if one is None:
            return
        lines = [("right", wanted(one.asked))]
        if attempt := one.attempt:
            lines = [("you", said(attempt)), ("mark", attempt.mark.reason), *lines]
            if one.asked.kind == "recall":
                key = self.app.key_name
                shows = f"{key('exam-result.compare', 'c')} shows them beside the answer"
                lines.append(("own words", f"{shows}; {marks(key, 'exam-result')}"))
        width, spare, told = max(self.size.width - 4, 40) - _HEAD, _TOLD - len(lines), []
        for head, text in lines:
            whole = headline(text)
            parts = whole.wrap(width)
            if head != "mark" or len(parts) > 1 + spare:
                parts = [whole.truncate(width, ellipsis=True)]
            for at, part in enumerate(parts):
                told.append(Content.assemble((f"{'' if at else head:<{_HEAD}}", "$foreground-muted"), part))
        self.query_one("#told", Static).update(Content("\n").join(told))

    @property
    def attempt(self) -> Attempt | None:
        """The answer under the cursor."""
        return self._current.attempt if self._current else None

    @property
    def asked(self) -> Asked | None:
        """The question under the cursor."""
        return self._current.asked if self._current else None

    @property
    def folder(self) -> str:
        """The one in which it was begun."""
        return self._exam.folder

    def key_now(self, card: str) -> str:
        """As the exam's part of the log has it."""
        return self._exam.key_now(card)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for the question under the cursor."""
        if action in ("overrule", "judge", "compare"):
            one = self._current
            if one is None or one.attempt is None:
                return False
            return {"overrule": one.verdict != "right", "judge": one.asked.kind == "recall"}.get(action, True)
        return super().check_action(action, parameters)

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for the question under the cursor."""
        if action in ("overrule", "judge", "compare") and (self._current is None or self._current.attempt is None):
            return "This question was not answered."
        told = {"overrule": "This answer counts as right.", "judge": "You mark only what you wrote in your own words."}
        return told.get(action) or super().why_idle(action, parameters)

    def on_option_list_option_highlighted(self) -> None:
        """Another question: what the others of this name do is done besides."""
        self._tell()

    def action_overrule(self) -> None:
        """The learner knows better."""
        self._remark(None)

    def action_compare(self) -> None:
        """The answer in full beside the right one; own words are marked there."""
        from studytool.app.screens.answer import AnswerScreen

        one = self._current
        if one is not None and one.attempt is not None:
            own_words = one.asked.kind == "recall"
            title = "Exam · your own words" if own_words else "Exam · your answer"
            self.app.push_screen(AnswerScreen(one.attempt, one.number, title, is_judged=own_words), self._judged)

    def _judged(self, verdict: Verdict | None) -> None:
        if verdict is not None:
            self._remark(verdict)

    def action_judge(self, number: int) -> None:
        """The learner's own mark for own words."""
        self._remark(VERDICTS[number - 1])

    def _remark(self, verdict: Verdict | None) -> None:
        one = self._current
        if one is None or one.attempt is None:
            return
        try:
            if verdict is None:
                self._exam.overrule(one.number - 1, self.app.now())
            else:
                self._exam.judge(one.number - 1, verdict, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._fill()

    def action_report(self) -> None:
        """The whole report, to read."""
        from studytool.app.screens.exam_report import ReportScreen

        self.app.push_screen(ReportScreen(self._report.markdown()))

    def action_write(self) -> None:
        """Ask where to, and write the report."""
        from studytool.app.screens.exam_report import FileScreen

        self.app.push_screen(FileScreen(f"exam-seed-{self._exam.paper.seed}.md"), self._chosen)

    def _chosen(self, name: str | None) -> None:
        if name:
            try:
                self.write(examining.report_file(name))
            except StudytoolError as error:
                self._not_written(error)

    def write(self, path: Path) -> None:
        """Write the report; a sentence says where it is, or why not."""
        try:
            examining.write_report(self._report, path)
        except StudytoolError as error:
            self._not_written(error)
        else:
            self.app.warn(f"The report is in {one_line(str(path))}.", self)

    def _not_written(self, error: StudytoolError) -> None:
        key = self.app.key_name("exam-result.write", "w")
        self.app.warn(f"{error.message} {key} writes it under another name.", self)
