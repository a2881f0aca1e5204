"""`studytool exam --plain`: an exam line by line, through a pipe if need be; `--json` prints its paper with the key."""

from __future__ import annotations

import re
import signal
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from studytool import clock, examining
from studytool.commands import at_desk, exam_report, exam_resume, lines, quiz_answers
from studytool.errors import StudytoolError
from studytool.text import as_json, counted, in_a_line, one_line
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from studytool.desk import Desk
    from studytool.examining import Wish
    from studytool.notes.model import Library
    from studytool.quiz import Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.exam import Exam
    from studytool.quiz.model import Confidence
    from studytool.settings import Settings

_HELP = """\
Enter alone goes on. :b back, :12 to question 12, :f flag, :r take the answer
back, :l list, :h hand in, :q leave, to resume later, :? this help.
One more colon makes an answer of it: ::12 answers :12."""
_COMMAND = re.compile(r":([nbflhqr?]|\d{1,4})")
_ESCAPED = re.compile(r"::+([A-Za-z?]{1,2}|\d{1,4})")
_MISTYPED = re.compile(r":[A-Za-z?]{1,2}")
_NAMED = re.compile(r"([blq?]|\d{1,4})")  # at the end, where no answer is waited for


class _Command(Exception):
    """The learner typed a command where an answer was asked for."""


class _TimeUp(Exception):
    """The time is up."""


def run(args: argparse.Namespace) -> int:
    """Sit an exam until it is handed in, the time is up or it is left (0), or is interrupted (130)."""
    wish = examining.wish_of(args)
    wanted = examining.request_for(args, wish)
    if wish.last:
        return exam_report.again(wanted, wish, is_json=args.json)
    if wish.discard:
        return exam_resume.discarded(wanted, wish, is_json=args.json)
    if args.json and wish.resume:
        return exam_resume.as_list(wanted, wish)
    if args.json:
        library = at_desk.notes(wanted)
        wish = examining.for_the_exam(wish, wanted.settings, library)
        computing = _set(library, wish, wanted.settings)
        print(as_json(_as_table(computing.complete(), wish)))
        for sentence in computing.told:
            print(f"studytool: {sentence}", file=sys.stderr)
        return 0
    table = at_desk.opened(wanted)
    try:
        exam = exam_resume.resumed(table, wish) if wish.resume else _begun(table, wish)
        if exam is None:
            return 0
        path, lost = examining.report_path(exam, wish)
        if lost:
            print(lost)
        code, elsewhere = _sat(exam)
        if not exam.ended:
            return code
        if path and (elsewhere or not wish.report):  # what stands there by now may be its report, from another window
            path, lost = examining.report_path(exam, wish, elsewhere=elsewhere)
            if lost:
                print(f"\n{lost}")
        return exam_report.tell(table, exam, path)
    finally:
        table.close()


def _sat(exam: Exam) -> tuple[int, bool]:
    """Sit it, until it ends here or elsewhere; the exit code, and whether it has ended elsewhere."""
    from studytool.quiz.exam import Elsewhere, Over

    sitting = _Sitting(exam)
    try:
        return sitting.sit(), False
    except Elsewhere as elsewhere:
        print(f"\n{elsewhere}{sitting.not_taken() or ' '}`studytool exam --resume` goes on here.")
        return sitting.code, False
    except Over as over:
        print(f"\n{over}{sitting.not_taken() or ' '}This is its result.")
        return sitting.code, True


def _set(library: Library, wish: Wish, settings: Settings) -> Computing:
    """The paper that is wanted, with computed questions to come."""
    return examining.with_demos(examining.set_paper(library, wish), library, wish, settings)


def _as_table(paper: Paper, wish: Wish) -> dict[str, object]:
    from studytool.quiz.exam import MINUTES

    questions = [asked.as_dict() for asked in paper.questions]
    told = {"questions": questions, "seed": paper.seed, "left_out": paper.left_out}
    return {**told, "minutes": wish.minutes or MINUTES}


def _begun(table: Desk, wish: Wish) -> Exam:
    from studytool.quiz.exam import COUNT
    from studytool.quiz.exams import unfinished

    wish = examining.for_the_exam(wish, table.request.settings, table.library)
    computing = _set(table.library, wish, table.request.settings)
    try:
        if before := examining.told_before(unfinished(examining.table_of(table))):
            print(before)
        if few := examining.fewer(computing.paper, wish.count, COUNT):
            print(few)
        if computing.waiting:
            print(
                f"Demos compute {counted(computing.waiting, 'question')}; the exam begins when they are ready …",
                flush=True,
            )
        paper = computing.complete()
    finally:
        computing.close()
    for sentence in computing.told:
        print(sentence)
    return examining.begin(table, paper, wish, clock.now())


class _Sitting:
    """An exam that is being sat, line by line."""

    def __init__(self, exam: Exam) -> None:
        self._exam = exam
        self._watch = examining.Watch(exam)
        self._takes_empty = False  # whether an empty line is an answer
        self._written: list[str] = []  # what is written of an answer in one's own words
        self._line = ""  # what was typed to the question last and is not in the log
        self._is_own = False  # whether that is in one's own words
        self.code = 0
        """What the program ends with."""
        self._commands = _COMMAND

    @property
    def _left(self) -> str:
        from studytool.quiz.report import clock as shown

        return shown(self._exam.left_ms(self._watch.used_ms))

    def sit(self) -> int:
        """Ask until it is handed in or left; the exit code. What was used until another window took it counts there."""
        from studytool.quiz.exam import Elsewhere

        try:
            return self._ask_all()
        except Elsewhere:
            with suppress(StudytoolError):  # else it is given back
                self._exam.give_over(clock.now(), self._watch.used_ms)
            raise

    def _ask_all(self) -> int:
        exam, total = self._exam, len(self._exam.paper.questions)
        print(f"Exam: {one_line(exam.title)}. {counted(total, 'question')}, {self._left} left, seed {exam.paper.seed}.")
        print(f"Nothing is marked before the end, and answers can be changed until then.\n{_HELP}")
        at: int | None = exam.open[0] if exam.open else total
        try:
            while at is not None and not exam.ended:
                at = self._ask(at) if at < total else self._finish()
        except _TimeUp:
            exam.hand_in("time was up", clock.now(), self._watch.used_ms)
            print("\nThe time is up.")
        except KeyboardInterrupt:
            print()
            self.code = 130
            self._leave()
        else:
            if not exam.ended:
                self._leave()
        return self.code

    def not_taken(self) -> str:
        """A sentence with what was typed to the question and is not in the log; empty where nothing was."""
        typed = "\n".join(filter(None, [*self._written, self._line])).splitlines()
        lines = "".join(f"  {one_line(line)}\n" for line in typed)
        return f" What you typed to this question was not taken:\n{lines}" * bool(typed)

    def _hear(self) -> None:
        """Raises `Elsewhere` or `Over` where another window sits at it, or has ended it, before more is typed here."""
        from studytool.quiz.exam import Elsewhere, Over

        with suppress(StudytoolError):  # told as soon as an answer is to be written
            self._exam.hear()
        if self._exam.ended:
            raise Over(self._exam.ended)
        if self._exam.is_elsewhere:
            raise Elsewhere

    def _leave(self) -> None:
        self._exam.leave(clock.now(), self._watch.used_ms)
        print(f"Left, {self._left} to go. `studytool exam --resume` goes on; the clock stands still.")

    def _ask(self, number: int) -> int | None:
        """Ask a question; returns the number of what comes next, None to leave."""
        from studytool.quiz.above import shown_topic

        exam = self._exam
        asked, known = exam.paper.questions[number], exam.attempts.get(number)
        flag, total = " · flagged" if number in exam.flags else "", len(exam.paper.questions)
        heading = f"\n[question {number + 1} of {total} · {self._left} left{flag}] {one_line(shown_topic(asked))}"
        print(heading.rstrip(" "), unmarked(asked.prompt), sep="\n")
        for line in quiz_answers.shown(asked):
            print(line)
        if known:
            from studytool.quiz.answer_text import said

            print(f"your answer so far: {said(known)} (another comes instead of it)")
        self._written, self._line, started = [], "", time.monotonic()
        while True:
            self._is_own = asked.kind == "recall"
            try:
                response = quiz_answers.response(asked, self._read, "", self._written)
                break
            except _Command as command:
                following = self._obey(str(command), number)
                if following == number and self._written:
                    continue  # own words are gone on with after what leads nowhere
                self._keep(number, started)
                return following
            except _TimeUp:
                self._keep(number, started, lines.not_entered())
                raise
            except KeyboardInterrupt:
                self.code = 130
                self._keep(number, started)
                raise
        if response is None:
            return None
        return self._answered(number, response, started)

    def _answered(self, number: int, response: quiz_answers.Response, started: float) -> int | None:
        """Ask how sure the learner is of an answer, and take it; returns what comes next, as `_ask` does."""
        from studytool.quiz.calibration import asks_how_sure

        exam, total = self._exam, len(self._exam.paper.questions)
        is_asked = exam.sure and asks_how_sure(exam.paper.questions[number])
        took, obeyed = round((time.monotonic() - started) * 1000), None
        sure: Confidence | None = ""
        try:
            sure = quiz_answers.confidence(self._read_word) if is_asked else ""
        except _Command as command:
            obeyed = str(command)
        finally:  # what was answered counts, also where time ran out at the question how sure
            exam.answer(number, response, clock.now(), self._watch.used_ms, confidence=sure or "", took_ms=took)
            self._written, self._line = [], ""
        if obeyed is not None:
            return self._obey(obeyed, number)
        return None if sure is None else next((one for one in exam.open if one > number), total)

    def _keep(self, number: int, started: float, not_entered: str = "") -> None:
        """Take the own words, or the text, that were begun when the question was left."""
        asked = self._exam.paper.questions[number]
        if asked.options or asked.items or not (text := [*self._written, *([not_entered] if not_entered else [])]):
            return
        self._line = not_entered
        took = round((time.monotonic() - started) * 1000)
        self._exam.answer(number, quiz_answers.own_words(text), clock.now(), self._watch.used_ms, took_ms=took)
        self._written, self._line = [], ""

    def _obey(self, word: str, number: int) -> int | None:
        """Do what a command says at a question, or at the end; returns the number of what comes next."""
        exam, total = self._exam, len(self._exam.paper.questions)
        if word.isdecimal():
            if 1 <= int(word) <= total:
                return int(word) - 1
            print(f"There are questions 1 to {total}.")
        elif word == "f":
            print("Flagged." if exam.flag(number, clock.now(), self._watch.used_ms) else "No longer flagged.")
        elif word == "r":
            exam.take_back(number, clock.now(), self._watch.used_ms)
        elif word == "l":
            self._list()
        elif word == "?":
            print(_HELP)
        elif word == "q":
            return None
        elif word == "h":
            return total
        else:
            return min(number + 1, total) if word == "n" else max(number - 1, 0)
        return number

    def _list(self) -> None:
        exam = self._exam
        for number, asked in enumerate(exam.paper.questions):
            sign = "◐" if exam.is_in_part(number) else "●" if number in exam.attempts else "○"
            flag = "⚑" if number in exam.flags else " "
            print(f"  {number + 1:>3} {sign} {flag} {in_a_line(unmarked(asked.prompt), 60)}")
        print("● answered, ◐ in part, ○ not yet, ⚑ flagged")

    def _finish(self) -> int | None:
        """Hand it in, or go back; the end of the input hands in what is complete, and leaves what is not."""
        exam, total = self._exam, len(self._exam.paper.questions)
        flagged = f", flagged: {', '.join(str(number + 1) for number in sorted(exam.flags))}" if exam.flags else ""
        lacking = f", not answered: {', '.join(str(number + 1) for number in exam.open)}" if exam.open else ""
        print(f"\n{len(exam.attempts)} of {total} answered{lacking}{flagged}; {self._left} left.")
        self._written, self._commands = [], _NAMED
        try:
            typed = lines.asked_for(
                *(self._read_word, "enter hands it in; a number goes back to a question, l lists, q leaves: "),
                lambda typed: None if typed else typed,
                lambda: "is none of that.",
                quits="",
            )
        except _Command as command:
            return self._obey(str(command), total)
        finally:
            self._commands = _COMMAND
        if typed is None and exam.open:
            return None
        exam.hand_in("handed in", clock.now(), self._watch.used_ms)
        return None

    def _read_word(self, prompt: str) -> str | None:
        """A line in which an empty one has its own meaning."""
        self._takes_empty = True
        try:
            return self._read(prompt)
        finally:
            self._takes_empty = False

    def _read(self, prompt: str) -> str | None:
        """A line; None at the end of the input. Raises `_Command` for a command and `_TimeUp`."""
        while True:
            self._hear()
            with _alarm(self._exam.left_ms(self._watch.used_ms)):
                typed = lines.read(prompt)
            if not self._exam.left_ms(self._watch.used_ms):
                raise _TimeUp
            if typed is None:
                return None
            word = typed.strip()
            if found := self._commands.fullmatch(word.removeprefix(":") if self._commands is _NAMED else word):
                raise _Command(found[1])
            if not _MISTYPED.fullmatch(word):
                break
            print(f"There is no command {word}; :? lists them. To answer {word}, type :{word}.")
        if not word and not (self._takes_empty or self._written):
            raise _Command("n")
        if not self._takes_empty and not self._is_own:
            self._line = typed
        return word[1:] if _ESCAPED.fullmatch(word) else typed


@contextmanager
def _alarm(ms: int) -> Iterator[None]:
    """Raises `_TimeUp` in the body when so many milliseconds have passed, where the system has such an alarm."""
    if not hasattr(signal, "setitimer"):
        yield  # the time is looked at after each line
        return

    def ring(*_: object) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(ms, 1) / 1000)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
