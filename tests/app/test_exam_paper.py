"""An exam in the app: by keyboard alone from the first screen to the written report, and what goes wrong on the way."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import pytest

from studytool import examining
from studytool.app.screens.answer import AnswerScreen
from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_report import ReportScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.widgets.rows import Rows
from studytool.errors import StudytoolError
from studytool.examining import Wish
from tests.app.exam_keys import KINDS, answer, begin, events, ready, said, wrong


async def test_the_digits_of_a_questions_number_are_one_row_of_the_keys(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await until(pilot, lambda: "8 questions in 30 minutes" in text(pilot))
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("question_mark")
        await until(pilot, lambda: "0…9  To the question of this number" in text(pilot))
        assert text(pilot).count("of this number") == 1


@pytest.mark.parametrize("is_fair", [True, False])
async def test_of_many_cards_the_paper_is_set_beside_the_keys(opened, text, until, monkeypatch, is_fair):
    monkeypatch.setattr("studytool.app.ways._FEW", 1)
    gate, set_paper = Event(), examining.set_paper

    def slowly(*asked):
        assert gate.wait(60)
        if not is_fair:
            raise StudytoolError("There are no cards that a fair question can be made from.")
        return set_paper(*asked)

    monkeypatch.setattr(examining, "set_paper", slowly)
    async with opened() as pilot:
        for _ in range(2):
            await pilot.press("e")
            await until(pilot, lambda: "Setting the exam from " in text(pilot))
            await pilot.press("enter", "escape")  # there is nothing to begin yet
            await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await pilot.press("e")
        await until(pilot, lambda: "esc goes back" in text(pilot))
        gate.set()
        if not is_fair:
            await until(pilot, lambda: "There are no cards that a fair question" in text(pilot))
            await pilot.press("enter", "escape")
            await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
            return
        await until(pilot, lambda: " in 30 minutes" in text(pilot) and "seed " in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamScreen))


@pytest.mark.parametrize("is_fair", [True, False])
async def test_an_exam_from_the_shell_is_set_beside_the_keys_or_ends_with_why_there_is_none(
    opened, text, until, monkeypatch, is_fair
):
    monkeypatch.setattr("studytool.app.ways._FEW", 1)
    gate, set_paper = Event(), examining.set_paper

    def slowly(*asked):
        assert gate.wait(60)
        if not is_fair:
            raise StudytoolError("There is nothing to ask.")
        return set_paper(*asked)

    monkeypatch.setattr(examining, "set_paper", slowly)
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await until(pilot, lambda: "Setting the exam from 9 cards" in text(pilot))
        gate.set()
        if is_fair:
            await until(pilot, lambda: " in 30 minutes" in text(pilot) and "seed 3" in text(pilot))
        else:
            await until(pilot, lambda: pilot.app._exit)
            assert str(pilot.app.failure) == "There is nothing to ask."


@pytest.mark.parametrize("topics", [None, ["Rivers"]])
async def test_an_exam_of_one_topic_is_not_said_to_be_set_from_all_cards(opened, text, until, monkeypatch, topics):
    monkeypatch.setattr("studytool.app.ways._FEW", 1)
    gate, set_paper = Event(), examining.set_paper
    monkeypatch.setattr(examining, "set_paper", lambda *asked: gate.wait(60) and set_paper(*asked))
    async with opened() as pilot:
        pilot.app.exam(Wish(topics=topics))
        try:
            await until(pilot, lambda: "Setting the exam" in text(pilot))
            assert ("Setting the exam from " in text(pilot)) == (topics is None)
        finally:
            gate.set()


async def test_every_kind_is_answered_by_keyboard_and_nothing_is_told_before_the_end(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await until(pilot, lambda: "8 questions in 30 minutes" in text(pilot))
        screen = await begin(pilot, until)
        for number in range(8):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number + 1} of 8" in text(pilot))
            shown = text(pilot)
            assert not any(word in shown for word in ("wrong", "✓", "✗", "drops what it carries"))
            await answer(pilot, until)
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert "8 of 8 answered" in text(pilot)
        await pilot.press("h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        wrong = [one.asked.kind for one in pilot.app.screen._report.results if one.verdict != "right"]
        assert wrong == ["recall"]
        kinds = [f"{marks.name} {marks.right}/{marks.asked}" for marks in pilot.app.screen._report.by_kind]
        assert len(kinds) > 6
        await until(pilot, lambda: all(kind in text(pilot) for kind in kinds))  # none is cut, 80 columns or not
        await pilot.press("3")
        await until(pilot, lambda: "8 of 8 right" in text(pilot))
        for kind, words in (
            ("multiple", ("Dniester",)),
            ("ordering", ("1. Spring", "3. Mouth")),
            ("matching", ("Cairo → Nile",)),
        ):
            await compare(pilot, until, kind)
            await until(pilot, lambda words=words: all(text(pilot).count(word) == 2 for word in words))
            await pilot.press("1", "escape")  # no own words: there is nothing to mark
            await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "8 of 8" in text(pilot))
        assert [told.get("ended") for told in events(pilot, "exam")] == [None, "handed in"]
        assert {told["exam"] for told in events(pilot, "attempt")} == {screen.exam.id}


async def compare(pilot, until, kind: str) -> None:
    """The answer to the question of a kind, beside the right one."""
    screen = pilot.app.screen
    found = screen._answered()
    kinds = [found[number].asked.kind for number in screen._order]
    screen.query_one(Rows).highlighted = kinds.index(kind)
    await pilot.press("c")
    await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen))


async def test_open_questions_are_said_before_it_is_handed_in_and_what_is_said_goes_with_its_screen(
    opened, text, until, kinds, tmp_path
):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h")
        await until(pilot, lambda: "8 questions without an answer" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "h again" not in said(pilot) + text(pilot))
        await pilot.press("escape", "h")
        await until(pilot, lambda: "8 questions without an answer" in text(pilot))
        await pilot.press("h")
        await until(pilot, lambda: "0 of 8 right (0 %), 8 not answered" in text(pilot))
        pilot.app.screen.write(tmp_path / "report.md")
        await until(pilot, lambda: "The report is in" in said(pilot))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen) and "report is in" not in said(pilot))


WRITTEN = "Water\n" + "is fast outside and slow inside, " * 8 + "\n\nSlow water drops."


async def test_own_words_are_read_whole_beside_the_answer_where_they_are_marked_and_in_the_report(
    opened, text, until, kinds, clock
):
    (kinds / "rivers.md").write_text("# Rivers\n\n## Why do they bend? (in your own words)\n\nMud settles.\n", "utf-8")
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        screen.exam.answer(0, WRITTEN, clock(), 1000)
        await screen.hand_in("handed in")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "c shows them" in text(pilot))
        await pilot.press("c")
        await until(pilot, lambda: isinstance(pilot.app.screen, AnswerScreen) and "named: Mud, settles" in text(pilot))
        shown = text(pilot)
        assert all(word in shown for word in ("Why do they bend?", "Slow water drops.", "slow inside", "Mud settles."))
        assert all(f" {key}" in shown.splitlines()[-1] for key in ("1 Wrong", "2 Nearly", "3 Right", "esc Back"))
        await pilot.press("3")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "1 of 1 right" in text(pilot))
        report = pilot.app.screen._report
        assert report.as_dict()["questions"][0]["response"] == WRITTEN
        own = report.markdown().partition("## Right in your own words")[2]
        assert all(f"    > {line}".rstrip() + "\n" in own for line in WRITTEN.splitlines())
        await pilot.press("c", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "1 of 1 right" in text(pilot))


async def test_the_report_is_read_and_written_and_no_file_is_replaced(opened, text, until, kinds, tmp_path):
    async with opened(start="exam", wish=Wish(seed=3, count=2, report=tmp_path / "first.json")) as pilot:
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h", "h")
        await until(pilot, lambda: (tmp_path / "first.json").exists())
        assert json.loads((tmp_path / "first.json").read_text("utf-8"))["marks"]["asked"] == 2
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReportScreen) and "Study next" in text(pilot))
        await pilot.press("escape", "w")
        await until(pilot, lambda: "Write the report to" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: Path("exam-seed-3.md").exists())
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.press("w", "enter")
        await until(pilot, lambda: "exam-seed-3.md is there already. w writes it under another name." in said(pilot))
        pilot.app.screen.write(Path("exam-seed-3.md"))  # one that came there while the exam was sat
        await until(pilot, lambda: "File exists. w writes it under another name." in said(pilot))


async def test_a_note_that_changes_during_an_exam_or_a_quiz_changes_no_question(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        await until(pilot, lambda: pilot.app.opening.watching)
        paper = screen.exam.paper
        (kinds / "rivers.md").write_text("# Rivers\n\nQ: What is left?\nA: Nothing\n", encoding="utf-8")
        await until(pilot, lambda: len(pilot.app.desk.library.entries) == 1)
        assert screen.exam.paper is paper
        await answer(pilot, until)
        await until(pilot, lambda: ready(pilot) and "question 2 of 8" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "no longer in your notes" in text(pilot))


async def test_a_note_that_changes_during_a_quiz_is_said_where_its_card_is_asked_for(opened, text, until, library):
    (library / "rivers.md").write_text(KINDS.split("---")[0], encoding="utf-8")
    async with opened(start="quiz", seed=3, topics=["Rivers"]) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and "longest" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        (library / "rivers.md").write_text("# Rivers\n\nQ: What is left?\nA: Nothing\n", encoding="utf-8")
        await until(pilot, lambda: "Your notes:" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: "enter" in text(pilot) and "shows the result" in text(pilot))
        await pilot.press("c")
        await until(pilot, lambda: "no longer in your notes" in text(pilot))


async def test_fewer_questions_than_asked_for_are_told_of_before_it_begins(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3, count=99)) as pilot:
        await until(pilot, lambda: "no more than 8; 99 were asked for" in text(pilot))


async def test_how_sure_in_a_quiz_is_one_key_before_the_mark(opened, text, until, kinds):
    async with opened(start="quiz", seed=3, sure=True) as pilot:
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen) and pilot.app.screen._field is not None)
        await wrong(pilot)
        await until(pilot, lambda: "How sure are you?" in text(pilot))
        assert "✗" not in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuizScreen))
        assert not events(pilot, "attempt")
        await pilot.press("enter")
        await until(pilot, lambda: "esc back" in text(pilot))
        await pilot.press("l")
        await until(pilot, lambda: bool(events(pilot, "attempt")))
        assert events(pilot, "attempt")[0]["confidence"] == "likely"
