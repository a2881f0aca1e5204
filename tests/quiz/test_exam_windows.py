"""An exam that is open in two windows: it is handed in once, and neither loses what the other has written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import StringIO
from subprocess import PIPE, Popen
from threading import Timer
from types import SimpleNamespace
from typing import Any

import pytest

from studytool import clock, examining
from studytool.commands.exam import _sat, _TimeUp
from studytool.errors import StudytoolError
from studytool.memory import Event, Grade, Store, open_store, replay
from studytool.quiz import exam_log
from studytool.quiz.calibration import so_far
from studytool.quiz.exam import Elsewhere, Exam, Over
from studytool.quiz.exams import finished, unfinished
from studytool.quiz.model import Paper
from studytool.quiz.report import Report
from tests.quiz.exam_table import NOON, grades, last, later, learn, right, table, wrong


@pytest.fixture
def other(store: Store) -> Iterator[Store]:
    """The same log, open in another window."""
    store = open_store(store.path.parent)
    yield store
    store.close()


def test_what_was_read_of_an_exam_is_not_read_again_when_another_window_writes(
    store: Store, other: Store, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Exam.begin(paper, 30, "All", table(store), NOON)
    there = last(table(other))
    for number in range(3):
        there.answer(number, right(paper.questions[number]), later(NOON, seconds=number + 1), 1000 * (number + 1))
    here.hear()
    assert here.attempts == there.attempts
    read: list[str] = []

    def event_of(row: tuple[Any, ...]) -> Event | None:
        read.append(row[0])
        return made_of(row)

    made_of = exam_log.event_of
    monkeypatch.setattr(exam_log, "event_of", event_of)
    there.answer(3, right(paper.questions[3]), later(NOON, seconds=9), 9000)
    here.hear()
    assert here.attempts == there.attempts
    assert len(read) == 1


def test_an_exam_is_handed_in_once_in_whichever_window_and_marks_what_the_log_holds(
    store: Store, other: Store, paper: Paper
) -> None:
    learn(store, paper, NOON)
    here = Exam.begin(paper, 30, "All", table(store, counts=True), later(NOON, days=9))
    here.answer(0, wrong(paper.questions[0]), later(NOON, days=9, seconds=5), 5000)
    there = last(table(other, counts=True))
    there.answer(0, right(paper.questions[0]), later(NOON, days=9, seconds=6), 6000)
    there.answer(1, wrong(paper.questions[1]), later(NOON, days=9, seconds=7), 7000)
    there.flag(2, later(NOON, days=9, seconds=8), 8000)
    here.hand_in("handed in", later(NOON, days=9, seconds=9), 9000)
    assert Report(here, {}).score().startswith(f"1 of {len(paper.questions)} right")
    events = len(store.events())
    for change in (
        lambda: there.answer(1, right(paper.questions[1]), later(NOON, days=9, seconds=19), 19_000),
        lambda: there.take_back(1, later(NOON, days=9, seconds=19), 19_000),
        lambda: there.flag(0, later(NOON, days=9, seconds=19), 19_000),
        lambda: there.leave(later(NOON, days=9, seconds=19), 19_000),
        lambda: there.resume(later(NOON, days=9, seconds=19)),
        lambda: there.hand_in("time was up", later(NOON, days=9, seconds=19), 19_000),
    ):
        with pytest.raises(Over, match="handed in already"):
            change()
    assert len(store.events()) == events
    assert Report(there, {}).as_dict() == Report(here, {}).as_dict()
    assert (there.flags, there.used_ms, there.ended) == ({2}, 9000, "handed in")


def test_one_that_is_handed_in_elsewhere_ends_the_sitting_line_by_line_with_a_sentence(
    store: Store,
    other: Store,
    paper: Paper,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    Exam.begin(paper, 30, "All", table(store), NOON)
    there, here = last(table(other)), last(table(store))
    there.hand_in("handed in", later(NOON, seconds=9), 9000)
    monkeypatch.setattr("sys.stdin", StringIO(":q\n"))
    assert _sat(here) == (0, True)
    told = capsys.readouterr().out
    assert "handed in already, in another window or on another device. This is its result." in told
    assert "--resume" not in told
    assert here.ended == "handed in"


def test_one_that_is_resumed_in_another_process_goes_on_there_and_is_told_and_taken_back_here(
    store: Store, paper: Paper
) -> None:
    texts = [number for number, asked in enumerate(paper.questions) if not asked.options and not asked.items]
    first, second, third = texts[:3]
    here = Exam.begin(paper, 600, "All", table(store), clock.now())
    here.answer(first, "here", clock.now(), 5000)
    command = [sys.executable, "-m", "studytool", "exam", "--plain", "--resume"]
    environment = {**os.environ, "STUDYTOOL_DATA": str(store.path.parent), "PYTHONUNBUFFERED": "1"}
    there = Popen(command, stdin=PIPE, stdout=PIPE, text=True, encoding="utf-8", env=environment)
    assert there.stdin
    assert there.stdout
    try:
        told = until(there, "[question ")
        assert "another window has it open, or broke off. To go on here takes it over" in told
        events = len(store.events())
        for change in (
            lambda: here.answer(second, "lost?", clock.now(), 9000),
            lambda: here.take_back(first, clock.now(), 9000),
            lambda: here.flag(0, clock.now(), 9000),
            lambda: here.leave(clock.now(), 9000),
            lambda: here.hand_in("time was up", clock.now(), 9000),
        ):
            with pytest.raises(Elsewhere, match="goes on in another window"):
                change()
        assert len(store.events()) == events
        there.stdin.write(f":{second + 1}\nthere\n:{third + 1}\n")
        there.stdin.flush()
        until(there, f"[question {third + 1} ", "answer: ")  # from here on nothing is looked at before a line came
        here.resume(clock.now())
        assert {number: one.response for number, one in here.attempts.items()} == {first: "here", second: "there"}
        here.answer(third, "here again", clock.now(), 10_000)
        told, _ = there.communicate("too late\n", timeout=60)
        assert there.returncode == 0
        assert "goes on in another window" in told
        assert (
            "What you typed to this question was not taken:\n  too late\n`studytool exam --resume` goes on here" in told
        )
    finally:
        there.kill()
        there.wait()
    here.hand_in("handed in", clock.now(), 11_000)
    memory = replay(store.events())
    standing = [
        (event.payload["number"], event.payload["response"])
        for event in store.events()
        if event.kind == "attempt" and memory.stands(event.id)
    ]
    assert standing == [(first, "here"), (second, "there"), (third, "here again")]


def until(process: Popen[str], *words: str) -> str:
    """What a process prints until it has said all of these, one after the other; it is ended after a minute."""
    told, at = "", 0
    assert process.stdout
    limit = Timer(60, process.kill)
    limit.start()
    try:
        for word in words:
            while (found := told.find(word, at)) < 0:
                sign = process.stdout.read(1)
                assert sign, told
                told += sign
            at = found + len(word)
    finally:
        limit.cancel()
    return told


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has a sitting line by line read these lines; what is called in between happens before the next is read."""

    def types(*steps: str | Callable[[], object]) -> None:
        coming = iter(steps)

        def read(prompt: str) -> str | None:
            print(prompt, end="")
            for step in coming:
                if isinstance(step, str):
                    return step
                step()
            return None

        monkeypatch.setattr("studytool.commands.lines.read", read)

    return types


def interrupt() -> None:
    raise KeyboardInterrupt


def time_up() -> None:
    raise _TimeUp


@pytest.mark.parametrize(
    ("kind", "before", "after", "code", "lost"),
    [
        ("typed", [], ["zzz"], 0, ["zzz"]),
        ("typed", [], [":q"], 0, []),
        ("typed", [], [interrupt], 130, []),
        ("typed", [], [time_up], 0, []),
        ("typed", ["zzz"], [":f"], 0, []),
        ("recall", ["one", "two"], ["."], 0, ["one", "two"]),
        ("recall", ["one", "two"], [":q"], 0, ["one", "two"]),
        ("recall", ["one", "two"], [interrupt], 130, ["one", "two"]),
        ("recall", ["one"], [":f"], 0, ["one"]),
        ("recall", ["one", "two"], ["three", "four"], 0, ["one", "two", "three"]),
    ],
)
def test_what_was_typed_where_it_goes_on_elsewhere_is_said_not_to_be_taken_and_printed(
    store: Store,
    other: Store,
    paper: Paper,
    typed: Callable[..., None],
    capsys: pytest.CaptureFixture[str],
    kind: str,
    before: list[str],
    after: list[str | Callable[[], object]],
    code: int,
    lost: list[str],
) -> None:
    texts = [one for one in paper.questions if not one.options and not one.items]
    asked = [replace(one, kind="recall") if kind == "recall" else one for one in texts]
    here = Exam.begin(replace(paper, questions=tuple(asked)), 600, "All", table(store), clock.now())
    typed(*before, lambda: last(table(other)).resume(clock.now()), *after)
    assert _sat(here) == (code, False)
    told = capsys.readouterr().out.split("The exam goes on in another window")[1]
    lines = [line[2:] for line in told.splitlines() if line.startswith("  ")]
    assert lines == lost
    assert ("What you typed to this question was not taken:" in told) == bool(lost)
    assert told.rstrip().endswith("`studytool exam --resume` goes on here.")
    assert not any(one.kind == "attempt" and one.payload["response"] in lost for one in store.events())
    assert "The time is up" not in told


def test_where_it_goes_on_elsewhere_nothing_more_is_asked_for(
    store: Store, other: Store, paper: Paper, typed: Callable[..., None], capsys: pytest.CaptureFixture[str]
) -> None:
    here = Exam.begin(paper, 600, "All", table(store), clock.now())
    typed(lambda: last(table(other)).resume(clock.now()), "", "never read", "nor this")
    assert _sat(here) == (0, False)
    told = capsys.readouterr().out
    assert told.count("[question ") == 2, "an empty line goes on, and then it is heard of"
    assert "not taken" not in told


def test_an_answer_given_in_another_window_is_taken_over_before_it_is_changed(
    store: Store, other: Store, paper: Paper
) -> None:
    here = Exam.begin(paper, 30, "All", table(store), NOON)
    there = last(table(other))
    for turn, exam in enumerate((here, there, here, there, here)):
        exam.answer(0, f"zzz {turn}", later(NOON, seconds=turn), 1000 * turn, confidence="sure")
    there.answer(1, "aaa", later(NOON, seconds=9), 9000)
    here.flag(1, later(NOON, seconds=10), 10_000)
    there.flag(1, later(NOON, seconds=11), 11_000)
    memory = replay(store.events())
    standing = [
        event.payload["response"] for event in store.events() if event.kind == "attempt" and memory.stands(event.id)
    ]
    assert standing == ["zzz 4", "aaa"]
    assert so_far(store, memory).count == 1
    assert [attempt.response for attempt in here.attempts.values()] == standing
    assert not there.flags


def test_an_answer_marked_anew_in_the_window_that_did_not_hand_in_takes_its_review_back(
    store: Store, other: Store, paper: Paper
) -> None:
    learn(store, paper, NOON)
    number = next(at for at, asked in enumerate(paper.questions) if asked.kind == "typed")
    card, when = paper.questions[number].card, later(NOON, days=9)
    here = Exam.begin(paper, 30, "All", table(store, counts=True), when)
    here.answer(number, "zzz", later(when, seconds=1), 1000)
    there = last(table(other, counts=True))
    here.hand_in("handed in", later(when, seconds=9), 9000)
    with pytest.raises(Over):
        there.flag(0, later(when, seconds=10), 10_000)
    there.overrule(number, later(when, seconds=20))
    assert [event.payload["grade"] for event in replay(store.events()).rests_on(card)] == [Grade.EASY, Grade.GOOD]
    assert here.overrule(number, later(when, seconds=30)).overruled
    assert [event.payload["grade"] for event in replay(store.events()).rests_on(card)] == [Grade.EASY, Grade.GOOD]


def test_one_given_up_is_offered_no_more_has_no_result_and_counts_for_nothing(
    store: Store, other: Store, paper: Paper
) -> None:
    learn(store, paper, NOON)
    when = later(NOON, days=9)
    handed_in = Exam.begin(paper, 30, "First", table(store, counts=True), when)
    handed_in.hand_in("handed in", later(when, seconds=1), 1000)
    exam = Exam.begin(paper, 30, "Second", table(store, counts=True), later(when, seconds=2))
    exam.answer(0, wrong(paper.questions[0]), later(when, seconds=3), 1000)
    there = last(table(other))
    exam.give_up(later(when, seconds=4))
    assert unfinished(table(store)) == []
    assert finished(table(store)).id == handed_in.id
    assert not grades(store)
    assert sum(event.kind == "attempt" for event in store.events()) == 1
    for one in (exam, there):
        with pytest.raises(Over, match="The exam was given up"):
            one.answer(0, right(paper.questions[0]), later(when, seconds=5), 2000)


def test_the_time_of_a_window_that_lost_it_counts_and_nothing_was_interrupted(
    store: Store, other: Store, paper: Paper
) -> None:
    here = Exam.begin(paper, 30, "All", table(store), NOON)
    there = last(table(other))
    there.resume(later(NOON, seconds=60))
    assert there.used_ms == 0
    assert here.hear()
    here.give_over(later(NOON, seconds=62), 62_000)
    assert there.hear() is False
    assert (there.added_ms, there.interruptions, there.is_left) == (60_000, 0, False)
    there.leave(later(NOON, seconds=70), 10_000 + there.added_ms)
    again = last(table(store))
    assert (again.used_ms, again.is_left) == (70_000, True)
    again.resume(later(NOON, seconds=700))
    assert (last(table(other)).interruptions, last(table(other)).used_ms) == (1, 70_000)


def test_the_time_of_a_sitting_line_by_line_that_lost_it_counts_too(
    store: Store, other: Store, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = Exam.begin(paper, 30, "All", table(store), NOON), last(table(other))
    past = 0.0

    class Waits(StringIO):
        """The other window takes it after a minute; half a minute later a line is entered."""

        def readline(self, _: int | None = -1, /) -> str:
            nonlocal past
            there.resume(later(NOON, seconds=60))
            past = 90.0
            return ":f\n"

    monkeypatch.setattr(examining, "time", SimpleNamespace(monotonic=lambda: past))
    monkeypatch.setattr(clock, "now", lambda: later(NOON, seconds=past))
    monkeypatch.setattr("sys.stdin", Waits())
    watch = examining.Watch(there)
    assert _sat(here) == (0, False)
    assert there.hear() is False
    assert (there.added_ms, there.interruptions) == (60_000, 0)
    assert watch.used_ms == 60_000 + 90_000


def test_one_that_cannot_be_taken_back_stays_where_it_is(store: Store, other: Store, paper: Paper) -> None:
    here = Exam.begin(paper, 30, "All", table(store), NOON)
    last(table(other)).resume(later(NOON, seconds=60))
    assert here.hear()
    store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StudytoolError):
        here.resume(later(NOON, seconds=70))
    store._connection.execute("PRAGMA query_only = OFF")
    with pytest.raises(Elsewhere):
        here.answer(0, right(paper.questions[0]), later(NOON, seconds=80), 1000)


def test_one_that_is_resumed_and_left_after_a_clock_that_is_ahead_counts_as_left(store: Store, paper: Paper) -> None:
    Exam.begin(paper, 30, "All", table(store), NOON).flag(0, later(NOON, seconds=300), 1000)
    here = last(table(store))
    here.resume(later(NOON, seconds=10))
    here.leave(later(NOON, seconds=20), 2000)
    assert last(table(store)).is_left
