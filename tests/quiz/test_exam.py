"""An exam: its paper and answers are in the log, it goes on after a crash, and it counts if that is wanted."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from studytool.commands.exam import _sat
from studytool.errors import StudytoolError, UsageError
from studytool.examining import named
from studytool.memory import Grade, Store, replay
from studytool.quiz.exam import Exam
from studytool.quiz.exams import finished, unfinished
from studytool.quiz.model import Paper
from studytool.quiz.report import Report
from tests.quiz.exam_table import NOON, grades, last, later, learn, right, table, wrong


def test_an_exam_broken_off_goes_on_with_its_answers_flags_and_time(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "Harbour and mill", table(store), NOON)
    for number in (0, 1, 4):
        exam.answer(number, right(paper.questions[number]), later(NOON, seconds=10), 10_000 * (number + 1))
    exam.flag(2, later(NOON, seconds=60), 60_000)
    exam.flag(4, later(NOON, seconds=61), 61_000)
    exam.flag(4, later(NOON, seconds=62), 62_000)
    (again,) = unfinished(table(store))
    assert (again.id, again.paper, again.title) == (exam.id, paper, "Harbour and mill")
    assert again.attempts == exam.attempts
    assert again.flags == {2}
    assert again.used_ms == 62_000
    assert again.left_ms(again.used_ms) == 30 * 60_000 - 62_000


def test_the_clock_stands_still_while_nobody_sits_at_it_and_the_report_says_that_it_was_left(
    store: Store, paper: Paper
) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    exam.leave(later(NOON, seconds=90), 90_000)
    assert (exam.sure, exam.report) == (False, "")
    again = last(table(store))
    again.resume(later(NOON, days=2), sure=True, report="/a.md")
    again.resume(later(NOON, days=2))
    assert {(one.sure, one.report) for one in (again, last(table(store)))} == {(True, "/a.md")}
    assert again.left_ms(again.used_ms) == 30 * 60_000 - 90_000
    again.hand_in("handed in", later(NOON, days=2), 100_000)
    assert "interrupted 2 times" in Report(again, {}).markdown()


def test_an_answer_can_be_changed_and_the_last_one_holds(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    asked = paper.questions[0]
    exam.answer(0, wrong(asked), NOON, 1000)
    exam.answer(0, right(asked), later(NOON, seconds=5), 5000, confidence="sure")
    assert exam.holds(0, right(asked), "")
    assert not exam.holds(0, right(asked), "guess")
    again = last(table(store))
    assert [attempt.counts for attempt in again.attempts.values()] == [True]
    assert sum(event.kind == "attempt" for event in store.events()) == 2


def test_the_paper_stays_as_it_was_set_when_the_notes_change(store: Store, paper: Paper, notes: Path) -> None:
    Exam.begin(paper, 30, "All", table(store), NOON)
    (notes / "harbour.md").write_text("# Nothing\n", "utf-8")
    assert last(table(store)).paper == paper


def test_one_handed_in_is_not_to_be_resumed_and_of_two_the_later_comes(store: Store, paper: Paper) -> None:
    first = Exam.begin(paper, 30, "First", table(store), NOON)
    second = Exam.begin(paper, 30, "Second", table(store), later(NOON, seconds=1))
    assert [exam.id for exam in unfinished(table(store))] == [second.id, first.id]
    assert named([second, first], "2") is named([second, first], first.id[:-12]) is first
    with pytest.raises(UsageError, match="2 exams have an id that begins with"):
        named([second, first], first.id[:8])
    second.hand_in("handed in", later(NOON, seconds=2), 1000)
    assert last(table(store)).id == first.id
    first.hand_in("time was up", later(NOON, seconds=3), 31 * 60_000)
    assert first.used_ms == 30 * 60_000
    assert unfinished(table(store)) == []


def test_of_several_the_one_handed_in_last_is_the_last_whichever_was_begun_last(store: Store, paper: Paper) -> None:
    first = Exam.begin(paper, 30, "First", table(store), NOON)
    second = Exam.begin(paper, 30, "Second", table(store), later(NOON, days=1))
    third = Exam.begin(paper, 30, "Third", table(store), later(NOON, days=2))
    with pytest.raises(StudytoolError, match="No exam was handed in yet"):
        finished(table(store))
    second.hand_in("handed in", later(NOON, days=3), 1000)
    assert finished(table(store)).id == second.id
    first.hand_in("time was up", later(NOON, days=4), 1000)
    third.give_up(later(NOON, days=5))
    assert finished(table(store)).id == first.id


def test_line_by_line_an_answer_is_taken_back_too(
    store: Store, paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    exam.answer(0, right(paper.questions[0]), NOON, 1000)
    monkeypatch.setattr("sys.stdin", StringIO(":1\n:r\n:q\n"))
    assert _sat(exam) == (0, False)
    assert capsys.readouterr().out.count("your answer so far") == 1
    assert not last(table(store)).attempts


def test_an_answer_is_taken_back_and_the_question_is_open_again(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    exam.answer(0, right(paper.questions[0]), later(NOON, seconds=1), 1000)
    exam.take_back(0, later(NOON, seconds=2), 2000)
    exam.take_back(1, later(NOON, seconds=3), 3000)
    again = last(table(store))
    assert not exam.attempts
    assert not again.attempts
    assert exam.used_ms == again.used_ms == 2000
    again.answer(0, wrong(paper.questions[0]), later(NOON, seconds=4), 4000)
    again.hand_in("handed in", later(NOON, seconds=5), 5000)
    assert [attempt.counts for attempt in again.attempts.values()] == [False]


def test_however_many_exams_are_not_handed_in_the_log_is_read_once_for_all(store: Store, paper: Paper) -> None:
    reads = []
    for many in (1, 4):
        while len(found := unfinished(table(store))) < many:
            exam = Exam.begin(paper, 30, "All", table(store), later(NOON, seconds=len(found)))
            exam.answer(0, right(paper.questions[0]), later(NOON, seconds=len(found)), 1000)
        known, statements = table(store), list[str]()
        store._connection.set_trace_callback(statements.append)
        assert [len(exam.attempts) for exam in unfinished(known)] == [1] * many
        store._connection.set_trace_callback(None)
        reads.append(sum("instr(payload" in one for one in statements))
    assert reads == [3, 3]


def test_an_exam_handed_in_by_a_clock_that_was_set_back_is_over(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    exam.hand_in("handed in", later(NOON, seconds=-400), 1000)
    assert unfinished(table(store)) == []


def test_an_exam_never_writes_the_answer_that_comes_before_all_others(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "All", table(store, counts=True), NOON)
    for number, asked in enumerate(paper.questions):
        exam.answer(number, right(asked), later(NOON, seconds=number), 1000 * number)
    exam.leave(later(NOON, seconds=60), 60_000)
    learn(store, paper, later(NOON, days=1))
    last(table(store, counts=True)).hand_in("handed in", later(NOON, days=2), 61_000)
    assert grades(store) == []


def test_an_exam_of_a_newer_version_is_passed_over(store: Store, paper: Paper) -> None:
    first = Exam.begin(paper, 30, "First", table(store), NOON)
    store.append("exam", None, {"paper": ["strange"]}, later(NOON, seconds=1))
    store.append("exam", None, {"of": first.id, "used_ms": "much"}, later(NOON, seconds=2))
    store.append("exam", None, {"paper": {"questions": []}}, later(NOON, seconds=3))
    assert unfinished(table(store)) == []
    store.append("exam", None, {"of": "nothing", "ended": "handed in"}, later(NOON, seconds=4))


@pytest.mark.parametrize("counts", [False, True])
def test_an_exam_counts_when_it_is_handed_in_and_only_when_the_setting_says_so(
    store: Store, paper: Paper, *, counts: bool
) -> None:
    learn(store, paper, NOON)
    when = later(NOON, days=9)
    exam = Exam.begin(paper, 30, "All", table(store, counts=counts), when)
    for number, asked in enumerate(paper.questions):
        exam.answer(number, wrong(asked) if number % 2 else right(asked), when, 1000)
    assert not grades(store)
    exam.hand_in("handed in", later(when, seconds=60), 60_000)
    told = dict(grades(store))
    kinds = {asked.card: asked.kind for asked in paper.questions}
    assert set(told) == ({card for card, kind in kinds.items() if kind != "recall"} if counts else set())
    if counts:
        assert {told[asked.card] for asked in paper.questions[1::2] if asked.kind != "recall"} == {Grade.AGAIN}
        best = {"choice": Grade.HARD, "typed": Grade.GOOD, "cloze": Grade.GOOD}
        assert all(told[asked.card] == best[asked.kind] for asked in paper.questions[::2] if asked.kind != "recall")


def test_reviews_of_an_exam_stand_at_the_moment_of_their_answers(store: Store, paper: Paper) -> None:
    learn(store, paper, NOON)
    at = table(store, counts=True)
    exam = Exam.begin(paper, 30, "All", at, later(NOON, days=9))
    exam.answer(0, wrong(paper.questions[0]), later(NOON, days=9), 1000)
    exam.hand_in("handed in", later(NOON, days=11), 2000)
    state = at.memory.state(paper.questions[0].card)
    assert state.day == later(NOON, days=9).day(4)
    assert state == replay(store.events()).state(paper.questions[0].card)


def test_what_is_overruled_after_the_end_takes_its_review_back(store: Store, paper: Paper) -> None:
    learn(store, paper, NOON)
    number = next(at for at, asked in enumerate(paper.questions) if asked.kind == "typed")
    card, when = paper.questions[number].card, later(NOON, days=9)
    at = table(store, counts=True)
    exam = Exam.begin(paper, 30, "All", at, when)
    exam.answer(number, "zzz", when, 1000)
    exam.hand_in("handed in", later(when, seconds=9), 9000)
    assert at.memory.state(card).lapses == 1
    exam.overrule(number, later(when, seconds=20))
    assert at.memory.state(card).lapses == 0
    assert at.memory.state(card).reviews == 2
    assert replay(store.events()).state(card) == at.memory.state(card)


@pytest.mark.parametrize("judged", [False, True])
def test_an_overruled_answer_counts_from_when_it_was_given_whatever_was_studied_since(
    store: Store, paper: Paper, *, judged: bool
) -> None:
    learn(store, paper, NOON)
    number = next(at for at, asked in enumerate(paper.questions) if asked.kind == "typed")
    asked = replace(paper.questions[number], **({"kind": "recall"} if judged else {}))
    when, at = later(NOON, days=9), table(store, counts=True)
    exam = Exam.begin(replace(paper, questions=(asked,)), 30, "All", at, when)
    exam.answer(0, "zzz", later(when, seconds=1), 1000)
    exam.hand_in("handed in", later(when, seconds=9), 9000)
    at.memory.apply(store.append("review", asked.card, {"grade": 3}, later(when, days=2)), is_new=True)
    if judged:
        exam.judge(0, "nearly", later(when, days=2, seconds=5))
    exam.overrule(0, later(when, days=2, seconds=9))
    told = [(event.ms, event.payload["grade"]) for event in at.memory.rests_on(asked.card)]
    assert told[1:] == [(later(when, seconds=1).ms, Grade.GOOD), (later(when, days=2).ms, Grade.GOOD)]
    assert at.memory.state(asked.card) == replay(store.events()).state(asked.card)
    assert sum(at.memory.stands(event.id) for event in store.events() if event.kind == "attempt") == 1


def test_own_words_are_marked_by_the_learner_after_the_end(store: Store, paper: Paper) -> None:
    asked = replace(paper.questions[0], kind="recall", options=(), accepted=("stone",), answer="A wall of stone")
    exam = Exam.begin(replace(paper, questions=(asked,)), 30, "All", table(store), NOON)
    exam.answer(0, "something solid", NOON, 1000)
    exam.hand_in("handed in", NOON, 1000)
    assert exam.attempts[0].verdict == "wrong"
    assert exam.judge(0, "right", NOON).self_marked
    assert Report(exam, {}).total.right == 1


def test_a_log_that_cannot_be_written_changes_nothing(store: Store, paper: Paper) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    store.close()
    with pytest.raises(StudytoolError):
        exam.answer(0, right(paper.questions[0]), NOON, 1000)
    with pytest.raises(StudytoolError):
        exam.flag(0, NOON, 1000)
    with pytest.raises(StudytoolError):
        exam.hand_in("handed in", NOON, 1000)
    assert not exam.attempts
    assert not exam.flags
    assert exam.ended is None
