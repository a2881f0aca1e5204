"""`studytool exam --plain`: an exam line by line, through a pipe if need be; `--json` prints its paper with the key."""

from __future__ import annotations

import re
import signal
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studytool import clock, desk, examining
from studytool.commands import quiz_answers
from studytool.errors import UsageError
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from studytool.desk import Desk
    from studytool.examining import Wish
    from studytool.notes.model import Library
    from studytool.quiz import Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.exam import Exam
    from studytool.quiz.model import Confidence
    from studytool.settings import Settings

_HELP = """\
Enter alone goes on. :b back, :12 to question 12, :f flag, :l list, :h hand in, :q leave, to resume later, :? this help.
One more colon makes an answer of it: ::12 answers :12."""
_COMMAND = re.compile(r":([nbflhq?]|\d{1,4})")
_ESCAPED = re.compile(r"::+([nbflhq?]|\d{1,4})")
_NAMED = re.compile(r"([blq?]|\d{1,4})")  # at the end, where no answer is waited for


class _Command(Exception):
    """The learner typed a command where an answer was asked for."""


class _TimeUp(Exception):
    """The time is up."""


def run(args: argparse.Namespace) -> int:
    """Sit an exam until it is handed in, the time is up or it is left (0), or is interrupted (130)."""
    wish = examining.wish_of(args)
    wanted = desk.request(args.paths, args.root)
    if args.json:
        computing = _set(desk.read_notes(wanted), wish, wanted.settings)
        print(as_json(_as_table(computing.complete(), wish)))
        for sentence in computing.told:
            print(f"studytool: {sentence}", file=sys.stderr)
        return 0
    table = desk.open_desk(wanted)
    try:
        exam = _resumed(table) if wish.resume else _begun(table, wish)
        code = _sat(exam, sure=args.sure or wanted.settings.confidence)
        if exam.ended:
            _report(table, exam, wish.report)
        return code
    finally:
        table.close()


def _set(library: Library, wish: Wish, settings: Settings) -> Computing:
    """The paper that is wanted, with computed questions to come."""
    return examining.with_demos(examining.set_paper(library, wish), library, wish, settings)


def _as_table(paper: Paper, wish: Wish) -> dict[str, object]:
    from studytool.quiz.exam import MINUTES

    questions = [asked.as_dict() for asked in paper.questions]
    told = {"questions": questions, "seed": paper.seed, "left_out": paper.left_out}
    return {**told, "minutes": wish.minutes or MINUTES}


def _begun(table: Desk, wish: Wish) -> Exam:
    from studytool.quiz.exam import unfinished

    computing = _set(table.library, wish, table.request.settings)
    try:
        if before := unfinished(examining.table_of(table)):
            print(f"{examining.told(before)} `studytool exam --resume` goes on with it.")
        if few := examining.fewer(computing.paper, wish.count):
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


def _resumed(table: Desk) -> Exam:
    from studytool.quiz.exam import last

    exam = last(examining.table_of(table))
    exam.resume(clock.now())
    return exam


def _sat(exam: Exam, *, sure: bool) -> int:
    """Sit it, until it ends here or elsewhere; the exit code."""
    from studytool.quiz.exam import Over

    try:
        return _Sitting(exam, sure=sure).sit()
    except Over as over:
        print(f"\n{over} This is its result.")
        return 0


def _report(table: Desk, exam: Exam, path: Path | None) -> None:
    """What was written in own words is marked by the learner, beside the model answer; then all is told."""
    from studytool.demo.find import list_demos

    for number, attempt in sorted(exam.attempts.items()):
        if attempt.asked.kind != "recall":
            continue
        print(f"\n[question {number + 1}, in your own words] {attempt.asked.prompt}")
        print(f"you wrote:\n{attempt.response}\nthe model answer:\n{attempt.asked.answer}")
        if (verdict := quiz_answers.own_verdict(_line)) is None:
            break
        exam.judge(number, verdict, clock.now())
    report = examining.report_of(table, exam, list_demos())
    print(f"\n{report.markdown()}")
    if path is None and sys.stdin.isatty() and sys.stdout.isatty():
        path = _asked_for_file()
    if path:
        examining.write_report(report, path)
        print(f"The report is in {one_line(str(path))}.")


class _Sitting:
    """An exam that is being sat, line by line."""

    def __init__(self, exam: Exam, *, sure: bool) -> None:
        self._exam = exam
        self._sure = sure
        self._watch = examining.Watch(exam.used_ms)
        self._in_words = False  # whether an empty line is part of an answer
        self._commands = _COMMAND

    @property
    def _left(self) -> str:
        from studytool.quiz.report import clock as shown

        return shown(self._exam.left_ms(self._watch.used_ms))

    def sit(self) -> int:
        """Ask until it is handed in or left; the exit code."""
        exam, total = self._exam, len(self._exam.paper.questions)
        print(f"Exam: {one_line(exam.title)}. {counted(total, 'question')}, {self._left} left, seed {exam.paper.seed}.")
        print(f"Nothing is marked before the end, and answers can be changed until then.\n{_HELP}")
        at: int | None = exam.open[0] if exam.open else total
        try:
            while at is not None and not exam.ended:
                at = self._ask(at) if at < total else self._finish()
        except _TimeUp:
            print("\nThe time is up.")
            exam.hand_in("time was up", clock.now(), self._watch.used_ms)
        except KeyboardInterrupt:
            print()
            self._leave()
            return 130
        if not exam.ended:
            self._leave()
        return 0

    def _leave(self) -> None:
        self._exam.leave(clock.now(), self._watch.used_ms)
        print(f"Left, {self._left} to go. `studytool exam --resume` goes on; the clock stands still.")

    def _ask(self, number: int) -> int | None:
        """Ask a question; returns the number of what comes next, None to leave."""
        exam = self._exam
        asked, known = exam.paper.questions[number], exam.attempts.get(number)
        flag, total = " · flagged" if number in exam.flags else "", len(exam.paper.questions)
        print(f"\n[question {number + 1} of {total} · {self._left} left{flag}] {one_line(asked.topic)}\n{asked.prompt}")
        for line in quiz_answers.shown(asked):
            print(line)
        if known:
            from studytool.quiz.report import said

            print(f"your answer so far: {said(known)}")
        self._in_words, started = asked.kind == "recall", time.monotonic()
        try:
            response = quiz_answers.response(asked, self._read, quits="")
            if response is None:
                return None
        except _Command as command:
            return self._obey(str(command), number)
        took = round((time.monotonic() - started) * 1000)
        sure: Confidence | None = ""
        obeyed = None
        try:
            sure = quiz_answers.confidence(self._read_word) if self._sure else ""
        except _Command as command:
            obeyed = str(command)
        finally:  # what was answered counts, also where time ran out at the question how sure
            exam.answer(number, response, clock.now(), self._watch.used_ms, confidence=sure or "", took_ms=took)
        if obeyed is not None:
            return self._obey(obeyed, number)
        return None if sure is None else next((one for one in exam.open if one > number), total)

    def _obey(self, word: str, number: int) -> int | None:
        """Do what a command says at a question, or at the end; returns the number of what comes next."""
        exam, total = self._exam, len(self._exam.paper.questions)
        if word.isdecimal():
            if 1 <= int(word) <= total:
                return int(word) - 1
            print(f"There are questions 1 to {total}.")
        elif word == "f":
            print("Flagged." if exam.flag(number, clock.now(), self._watch.used_ms) else "No longer flagged.")
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
            print(f"  {number + 1:>3} {sign} {flag} {one_line(asked.prompt, 60)}")
        print("● answered, ◐ in part, ○ not yet, ⚑ flagged")

    def _finish(self) -> int | None:
        """Hand it in, or go back; the end of the input hands in what is complete, and leaves what is not."""
        exam, total = self._exam, len(self._exam.paper.questions)
        flagged = f", flagged: {', '.join(str(number + 1) for number in sorted(exam.flags))}" if exam.flags else ""
        lacking = f", not answered: {', '.join(str(number + 1) for number in exam.open)}" if exam.open else ""
        print(f"\n{len(exam.attempts)} of {total} answered{lacking}{flagged}; {self._left} left.")
        self._in_words, self._commands = False, _NAMED
        try:
            typed = self._read_word("enter hands it in; a number goes back to a question, l lists, q leaves: ")
        except _Command as command:
            return self._obey(str(command), total)
        finally:
            self._commands = _COMMAND
        if typed is None and exam.open:
            return None
        if typed:
            print(f"{one_line(typed, 20)!r} is none of that.")
            return total
        exam.hand_in("handed in", clock.now(), self._watch.used_ms)
        return None

    def _read_word(self, prompt: str) -> str | None:
        """A line in which an empty one has its own meaning."""
        words, self._in_words = self._in_words, True
        try:
            return self._read(prompt)
        finally:
            self._in_words = words

    def _read(self, prompt: str) -> str | None:
        """A line; None at the end of the input. Raises `_Command` for a command and `_TimeUp`."""
        print(prompt, end="", flush=True)
        with _alarm(self._exam.left_ms(self._watch.used_ms)):
            line = sys.stdin.readline()
        if not self._exam.left_ms(self._watch.used_ms):
            raise _TimeUp
        if not line:
            print()
            return None
        typed = line.strip()
        if found := self._commands.fullmatch(typed.removeprefix(":") if self._commands is _NAMED else typed):
            raise _Command(found[1])
        if not typed and not self._in_words:
            raise _Command("n")
        return typed[1:] if _ESCAPED.fullmatch(typed) else typed


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


def _line(prompt: str) -> str | None:
    """A line without its end; None when the input has ended."""
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        print()
    return line.strip() if line else None


def _asked_for_file() -> Path | None:
    """Where the learner wants the report; None for nowhere."""
    while name := _line("write it to a file? its name, ending in .md or .json; enter for no: "):
        try:
            return examining.report_file(name)
        except UsageError as error:
            print(error)
    return None
