"""An exam that is open in two windows: it is handed in once, and neither loses what the other has written."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest

from studytool.commands.exam import _sat
from studytool.memory import Grade, Store, open_store, replay
from studytool.quiz.calibration import so_far
from studytool.quiz.exam import Exam, Over
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
