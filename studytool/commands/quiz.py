"""`studytool quiz --plain` asks line by line, through a pipe if need be; `--json` prints the paper with its key."""

from __future__ import annotations

import argparse
import sys
import time
from typing import TYPE_CHECKING, TypeVar

from studytool import clock, desk, examining
from studytool.commands import at_desk, lines, quiz_answers
from studytool.commands.unbroken import unbroken
from studytool.text import as_json, counted, in_a_line, one_line
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytool.desk import Desk
    from studytool.memory import Attempts, Written
    from studytool.notes.model import Library
    from studytool.quiz import Asked, Attempt, Mark, Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.model import Confidence, Verdict

T = TypeVar("T")

_SIGNS = {"right": "✓", "nearly": "≈", "wrong": "✗"}


def run(args: argparse.Namespace) -> int:
    """Ask a paper until it ends, standard input ends or the learner quits (0), or is interrupted (130)."""
    wanted = desk.request(args.paths, args.root)
    is_computed = wanted.settings.computed if args.computed is None else args.computed
    if args.json:
        computing = _computing(at_desk.notes(wanted), args, is_computed)
        print(as_json(_as_table(computing.complete())))
        for sentence in computing.told:
            print(f"studytool: {sentence}", file=sys.stderr)
        return 0
    table = at_desk.opened(wanted)
    computing = _computing(table.library, args, is_computed)
    try:
        return _sitting(table, computing, args)
    finally:
        computing.close()
        table.close()


def _computing(library: Library, args: argparse.Namespace, is_computed: bool) -> Computing:
    """The paper that the arguments ask for; its seed comes from the clock when none is given."""
    from studytool.quiz import build
    from studytool.quiz.computing import compute

    seed = clock.now().ms // 1000 % 1_000_000 if args.seed is None else args.seed
    paper = build(library, count=args.count or examining.QUESTIONS, seed=seed, topics=args.topic or None)
    if not paper.questions:
        raise examining.nothing_to_ask(library, args.topic)
    return compute(paper, library, wanted=is_computed)


def _as_table(paper: Paper) -> dict[str, object]:
    questions = [asked.as_dict() for asked in paper.questions]
    return {"questions": questions, "seed": paper.seed, "left_out": paper.left_out}


def _sitting(table: Desk, computing: Computing, args: argparse.Namespace) -> int:
    paper = computing.paper
    total = len(paper.questions)
    print(f"{counted(total, 'question')}, seed {paper.seed}. Answer with a letter or in words; q quits.")
    print("Enter twice says that you do not know.")
    if any(asked.kind == "recall" for asked in paper.questions):
        print("Own words may have many lines; a line with only a dot ends them.")
    if few := examining.fewer(paper, args.count, examining.QUESTIONS):
        print(few)
    quiz = _Quiz(paper, table.attempts(), sure=args.sure or table.request.settings.confidence)
    computing.start()
    try:
        for index in range(total):
            asked = _settled(computing, index)
            if not quiz.ask(asked, f"question {index + 1} of {total}"):
                break
    except KeyboardInterrupt:
        print()
        quiz.was_interrupted = True
    print(_result(quiz.attempts, paper, quiz.input_ended))
    return 130 if quiz.was_interrupted else 0


def _settled(computing: Computing, index: int) -> Asked:
    """The question at this place. A learner is asked others while a demo computes; a script has them in order."""
    on_terminal = sys.stdin.isatty()
    if not on_terminal or not computing.settle(index):
        if on_terminal:
            print("\nWaiting for the runs of a demo …", flush=True)
        computing.wait(index)
    for sentence in computing.told:
        print(f"\n{sentence}")
    computing.told.clear()
    return computing.paper.questions[index]


class _Quiz:
    """A quiz under way, line by line."""

    def __init__(self, paper: Paper, log: Attempts, *, sure: bool) -> None:
        self.attempts: list[Attempt] = []
        self._paper = paper
        self._log = log
        self._sure = sure
        self._stops = False
        self._line: str | None = None  # the line that was read last
        self._ahead: str | None = None  # a line of a pipe that answers the question to come
        self.input_ended = False
        self.was_interrupted = False

    def ask(self, asked: Asked, heading: str) -> bool:
        """Ask one question, mark it, record it, tell why; False when the learner wants no more."""
        from studytool.quiz.above import shown_topic
        from studytool.quiz.counting import record

        topic = one_line(shown_topic(asked))
        print(f"\n[{heading}] {topic}".rstrip(" "), unmarked(asked.prompt), sep="\n")
        for line in quiz_answers.shown(asked):
            print(line)
        attempt = self._answered(asked)
        if attempt is None:
            return False
        with unbroken():
            written = record(self._log, attempt, clock.now())
            self.attempts.append(attempt)
        print(f"{_SIGNS[attempt.mark.verdict]} {attempt.mark.reason}")
        if asked.items and not attempt.counts:
            print(asked.answer)
        if asked.kind == "recall" and not attempt.is_known:
            _print_model(asked)
        if asked.explanation.strip():
            print(unmarked(asked.explanation.strip()))
        place = one_line(asked.place)
        print(f"  ({place})" if topic else f"  ({one_line(asked.topic)} · {place})")
        is_settled = attempt.counts or attempt.self_marked or not attempt.is_known
        return not self._stops and (is_settled or self._overruled(written))

    def _answered(self, asked: Asked) -> Attempt | None:
        """The attempt; None to stop. Who stops after an answer, by whatever means, has given it all the same."""
        from studytool.quiz import Attempt, mark

        started = time.monotonic()
        response = self._response(asked)
        if response is None:
            return None
        took, seed = round((time.monotonic() - started) * 1000), self._paper.seed
        if not response:
            is_own = asked.kind == "recall"
            return Attempt.of(asked, response, mark(asked, response), seed, self_marked=is_own, took_ms=took)
        if asked.kind == "recall" and isinstance(response, str):
            marked = self._self_marked(asked, response)
            return Attempt.of(
                asked, response, marked or mark(asked, response), seed, self_marked=marked is not None, took_ms=took
            )
        sure: Confidence | None = self._unless_stopped(quiz_answers.confidence) if self._sure else ""
        return Attempt.of(asked, response, mark(asked, response), seed, confidence=sure or "", took_ms=took)

    def _response(self, asked: Asked) -> quiz_answers.Response | None:
        """The answer, nothing at all where it is not known; None to stop."""
        from studytool.quiz.model import unknown

        written: list[str] = []
        try:
            return quiz_answers.response(asked, quiz_answers.unless_unknown(self._read, written), written=written)
        except quiz_answers.NotKnown:
            return unknown(asked.kind)

    def _self_marked(self, asked: Asked, response: str) -> Mark | None:
        """The learner's own mark, beside the model answer; None where the learner stops there."""
        from studytool.quiz.recalled import compare, self_mark

        _print_model(asked)
        if told := compare(asked, response).told():
            print(told)
        verdict: Verdict | None = self._unless_stopped(quiz_answers.own_verdict)
        return None if verdict is None else self_mark(asked, response, verdict)

    def _unless_stopped(self, question: Callable[[lines.Read], T | None]) -> T | None:
        """What is said to a question about the answer just given; None where the quiz stops there."""
        try:
            said = question(self._read)
        except KeyboardInterrupt:
            print()
            said, self.was_interrupted = None, True
        self._stops = said is None
        return said

    def _read(self, prompt: str) -> str | None:
        """A line of standard input without its end; None when it has ended."""
        if self._ahead is not None:
            print(prompt)
            ahead, self._ahead = self._ahead, None
            return ahead
        self._line = line = lines.read(prompt)
        self.input_ended = line is None
        return line

    def _overruled(self, written: Written) -> bool:
        """After an answer that does not count: let the learner overrule the mark; False to stop.

        Through a pipe each line stands for itself: one that says nothing here is the answer to the next question.
        """
        from studytool.quiz.counting import record

        other = "answer" if len(self.attempts) < len(self._paper.questions) and not sys.stdin.isatty() else None
        said = lines.asked_for(
            *(self._read, "(enter goes on, y counts it as right, q quits) "),
            lambda typed: typed.casefold() if typed.casefold() in ("", "y") else other,
            lambda: "is neither enter nor y nor q.",
        )
        if said == "answer":
            print()
            self._ahead = self._line
        if said == "y":
            with unbroken():
                record(self._log, self.attempts[-1].overrule(), clock.now(), written)
                self.attempts[-1] = self.attempts[-1].overrule()
            print("Counted as right.")
        return said is not None


def _print_model(asked: Asked) -> None:
    from studytool.quiz.recalled import model_answer

    print(f"the model answer:\n{unmarked(model_answer(asked))}")


def _result(attempts: Sequence[Attempt], paper: Paper, input_ended: bool) -> str:
    """What was answered so far, how much was not, and the cards to look at again."""
    total = len(paper.questions)
    why = ": the input ended." if input_ended else "."
    if not attempts:
        return f"Nothing was answered of {counted(total, 'question')}{why} The same paper again: --seed {paper.seed}"
    right = sum(attempt.counts for attempt in attempts)
    overruled = sum(attempt.overruled for attempt in attempts)
    nearly = sum(attempt.mark.verdict == "nearly" and not attempt.overruled for attempt in attempts)
    told = f"\n{right} of {len(attempts)} right"
    told += f" ({overruled} overruled)" if overruled else ""
    told += f", {nearly} nearly" if nearly else ""
    lines = [f"{told}; every answer is saved. The same paper again: --seed {paper.seed}"]
    for attempt in attempts:
        if not attempt.counts:
            asked = attempt.asked
            lines.append(f"  {one_line(asked.path)}:{asked.line}  {in_a_line(unmarked(asked.prompt), 80)}")
    if left := total - len(attempts):
        lines.append(f"{left} of {counted(total, 'question')} {'was' if left == 1 else 'were'} not answered{why}")
    return "\n".join(lines)
