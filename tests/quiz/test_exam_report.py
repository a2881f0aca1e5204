"""The report of an exam, and how sure one was: marks, the right answers in a line, calibration."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.commands.exam import _COMMAND
from studytool.memory import Store, open_store, replay
from studytool.notes.model import Option
from studytool.quiz.answer_text import right_in_full, wanted
from studytool.quiz.calibration import PROBABILITY, calibration, so_far
from studytool.quiz.exam import Exam
from studytool.quiz.model import Asked, Attempt, Confidence, Mark, Paper
from studytool.quiz.report import Report, clock, used
from tests.quiz.exam_table import NOON, later, right, sat, table

GOLDEN = Path(__file__).with_name("exam-report.md")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "exams.md"


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
    options = (Option("x", True), Option("y", False), Option("z", True))
    assert wanted(replace(asked, kind="multiple", options=options)) == "x; z"


@pytest.mark.parametrize("used_ms", [0, 1, 26_400, 27_000, 59_999])
def test_the_time_that_was_used_and_what_is_left_make_up_the_whole(store: Store, paper: Paper, used_ms: int) -> None:
    exam = Exam.begin(paper, 1, "Mill", table(store), NOON)
    exam.answer(0, right(paper.questions[0]), later(NOON, seconds=10), used_ms)
    seconds = [int(told[0]) * 60 + int(told[2:]) for told in (used(exam), clock(exam.left_ms(used_ms)))]
    assert sum(seconds) == 60


def test_in_full_a_right_answer_has_its_explanation_below_it(paper: Paper) -> None:
    asked = replace(paper.questions[0], kind="recall", options=(), answer="Stone.", explanation="Stone lasts.")
    assert right_in_full(asked) == "Stone.\n\n---\n\nStone lasts."
    assert right_in_full(replace(asked, explanation="Stone.")) == "Stone.", "nothing is told twice"
    several = replace(asked, kind="multiple", options=(Option("x", True), Option("y", False), Option("z", True)))
    assert right_in_full(replace(several, explanation="")) == "- x\n- z"


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
