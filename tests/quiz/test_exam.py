"""An exam: its paper and answers are in the log, it goes on after a crash, it counts if wanted, and it is reported."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from studytool.commands.exam import _COMMAND, _sat
from studytool.errors import StudytoolError, UsageError
from studytool.examining import named
from studytool.memory import Attempts, Candidate, Grade, Limits, Memory, Moment, Session, Store, open_store, replay
from studytool.memory.events import DAY_MS
from studytool.notes.model import Library
from studytool.quiz import build
from studytool.quiz.calibration import PROBABILITY, calibration, so_far
from studytool.quiz.exam import Exam, Over, Table
from studytool.quiz.exams import finished, unfinished
from studytool.quiz.model import Asked, Attempt, Confidence, Mark, Paper
from studytool.quiz.report import Report, wanted

NOON = Moment(1_704_110_400_000, 60)  # 2024-01-01, 13:00 where it is sat
GOLDEN = Path(__file__).with_name("exam-report.md")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "exams.md"


def later(moment: Moment, *, days: float = 0, seconds: float = 0) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS + seconds * 1000), moment.offset)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "log")
    yield store
    store.close()


@pytest.fixture
def paper(small: Library, notes: Path) -> Paper:
    """All questions of the small library, with paths from its folder."""
    found = build(small, count=100, seed=5)
    relative = [replace(asked, path=Path(asked.path).relative_to(notes).as_posix()) for asked in found.questions]
    return replace(found, questions=tuple(relative))


def table(store: Store, *, counts: bool = False, memory: Memory | None = None) -> Table:
    """What the program has after a start."""
    remembered = memory or replay(store.events())
    return Table(store, remembered, Attempts(remembered, store), counts)


def last(known: Table) -> Exam:
    """The exam begun last of those that were not handed in."""
    return unfinished(known)[0]


def right(asked: Asked) -> str | list[int]:
    if asked.items:
        return list(asked.places)
    return list(asked.right) if asked.options else asked.answer


def wrong(asked: Asked) -> str | list[int]:
    if asked.options:
        return [next(place for place, option in enumerate(asked.options) if not option.correct)]
    return "zzz"


def learn(store: Store, paper: Paper, moment: Moment) -> None:
    """Have every card of a paper answered once."""
    keys = [asked.card for asked in paper.questions]
    session = Session([Candidate(key, "t") for key in keys], replay(store.events()), store, Limits(99, 99), moment)
    for _ in keys:
        session.answer(Grade.EASY, moment)


def grades(store: Store) -> list[tuple[str | None, int]]:
    return [(event.card, event.payload["grade"]) for event in store.events() if "attempt" in event.payload]


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


def test_line_by_line_an_answer_is_taken_back_too(
    store: Store, paper: Paper, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    exam = Exam.begin(paper, 30, "All", table(store), NOON)
    exam.answer(0, right(paper.questions[0]), NOON, 1000)
    monkeypatch.setattr("sys.stdin", StringIO(":1\n:r\n:q\n"))
    assert _sat(exam) == (0, False)
    assert capsys.readouterr().out.count("your answer so far") == 1
    assert not last(table(store)).attempts


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


def test_a_report_has_the_right_answer_in_a_line_that_reads_as_one(paper: Paper) -> None:
    asked = replace(paper.questions[0], kind="recall", options=(), answer="A wall\nof stone.")
    assert wanted(asked) == "A wall of stone."
    assert wanted(replace(asked, answer="Two of them:\n\n- moles,\n  of stone\n- piers")) == (
        "Two of them: moles, of stone; piers"
    )
    assert wanted(replace(asked, answer="1. moles\n2. piers")) == "moles; piers"
    assert wanted(replace(asked, answer="- x")) == "- x"
    arranged = replace(asked, items=("a", "b"), places=(1, 0), answer="- a → β\n- b → α")
    assert wanted(replace(arranged, kind="matching", targets=("α", "β"))) == "a → β; b → α"
    assert wanted(replace(arranged, kind="ordering")) == "b → a"


def test_the_report_is_the_golden_one(store: Store, paper: Paper) -> None:
    exam = sat(store, paper)
    demos = {asked.card: "tides" for asked in paper.questions if asked.topic == "Harbour"}
    report = Report(exam, demos)
    assert report.markdown() == GOLDEN.read_text("utf-8")
    told = json.loads(json.dumps(report.as_dict()))
    assert told["marks"]["asked"] == len(paper.questions) == len(told["questions"])
    assert told["study_next"][0] == report.by_topic[0].name
    assert told["demos"] == ["tides"]
    assert told["questions"][0]["confidence"] == "sure"
    assert told["questions"][0]["verdict"] == "wrong"


def sat(store: Store, paper: Paper) -> Exam:
    """An exam in which every kind of end is met: right, wrong, sure and wrong, open."""
    exam = Exam.begin(paper, 30, "Harbour and mill", table(store), NOON)
    words: list[Confidence] = ["sure", "likely", "guess", ""]
    for number, asked in enumerate(paper.questions[:-1]):
        said = right(asked) if number % 3 else wrong(asked)
        exam.answer(number, said, later(NOON, seconds=10), 10_000 * (number + 1), confidence=words[number % 4])
    exam.hand_in("handed in", later(NOON, seconds=200), 200_000)
    return exam


def test_sure_and_wrong_comes_first(store: Store, paper: Paper) -> None:
    results = Report(sat(store, paper), {}).results
    first = [one.is_sure_and_wrong for one in results]
    assert any(first)
    assert first == sorted(first, reverse=True)


def attempts(*told: tuple[Confidence, bool]) -> list[Attempt]:
    asked = Asked("typed", "What?", (), "yes", (), "", "card", "note.md", 3, "Topic")
    marks = {True: Mark("right", "right"), False: Mark("wrong", "wrong: no")}
    return [Attempt.of(asked, "yes", marks[ok], 1, confidence=word) for word, ok in told]


def test_the_brier_score_is_the_mean_squared_distance_of_forecast_and_outcome() -> None:
    found = calibration(attempts(("sure", True), ("sure", False), ("guess", False), ("", True)))
    assert found is not None
    assert found.count == 3
    assert found.brier == pytest.approx((0.05**2 + 0.95**2 + 0.35**2) / 3)
    assert found.base == pytest.approx(1 / 3 * 2 / 3)
    assert calibration(attempts(("", True))) is None


def test_the_plot_says_who_is_too_sure_and_who_too_modest() -> None:
    said = [*[("sure", at < 12) for at in range(20)], *[("guess", True)] * 20, ("likely", True)]
    found = calibration(attempts(*said))
    assert found is not None
    assert [one.told for one in found.words] == ["too modest", "too few to tell", "too sure"]
    assert found.plot()[-1].startswith("sure   ████████████·······|· ")


def test_the_calibration_so_far_is_that_of_the_answers_that_stand(store: Store, paper: Paper) -> None:
    exam = sat(store, paper)
    exam.overrule(0, later(NOON, seconds=300))
    store.append("attempt", None, {"confidence": "sure", "of": "a newer version"}, NOON)
    memory = replay(store.events())
    assert so_far(store, memory) == calibration(exam.attempts.values())
    assert so_far(open_store(store.path.parent / "other"), memory) is None


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


@pytest.mark.skipif(not PAGE.exists(), reason="the tests run without the documents")
def test_the_page_on_exams_says_what_each_word_promises_and_every_command() -> None:
    page = PAGE.read_text("utf-8")
    told = re.findall(r"^\| (\w+) \| (\d+) % right \|$", page, re.MULTILINE)
    assert {word: int(share) / 100 for word, share in told} == PROBABILITY
    options = set(re.findall(r"`(:[a-z])`", page))
    assert options == {":b", ":f", ":r", ":l", ":h", ":q"}
    assert all(_COMMAND.fullmatch(option) for option in options)
    plot = GOLDEN.read_text("utf-8").split("```text\n")[1].split("```")[0]
    assert plot in page
