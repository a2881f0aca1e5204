"""An exam in the app: by keyboard alone from the first screen to the written report; the clock; what is left behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.events import Paste

from studytool import examining
from studytool.app.screens.choose import ChooseScreen
from studytool.app.screens.exam import ExamScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_report import ReportScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.exam_words import WordsScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.desk import open_desk, request
from studytool.examining import Wish
from studytool.quiz.exams import unfinished

KINDS = """\
# Rivers

Which river is the longest in Europe?

- [ ] Danube
- [x] Volga
- [ ] Rhine

---

Which of these end in the Black Sea? (choose two)

- [x] Danube
- [ ] Rhine
- [x] Dniester

---

True or false: the Nile runs north.

- [x] True
- [ ] False

---

Who built the bridge?
= Charles

---

How long is the river?
= 430 ± 1 km

---

Put the steps of a river in order.

1. Spring
2. Bend
3. Mouth

---

Match each city with its river.

| city | river |
|---|---|
| Cairo | Nile |
| Prague | Vltava |
| Vienna | Danube |

## Why do rivers bend? (in your own words)

Fast water wears the outer bank away, and slow water drops what it carries on the inner bank.
"""


@pytest.fixture
def kinds(library: Path) -> Path:
    """A library of one question of each kind but the gap."""
    (library / "rivers.md").write_text(KINDS, encoding="utf-8")
    (library / "units.md").unlink()
    return library


def said(pilot) -> str:
    """What the app says in its corner; on the screen the path of the log breaks it anywhere."""
    return " ".join(one.message for one in pilot.app._notifications)


async def begin(pilot, until) -> ExamScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, ExamStartScreen))
    await pilot.press("enter")
    await until(pilot, lambda: ready(pilot))
    return pilot.app.screen


def ready(pilot) -> bool:
    """Whether a question can be answered."""
    return isinstance(pilot.app.screen, ExamScreen) and pilot.app.screen._field is not None


def events(pilot, kind: str) -> list:
    return [event.payload for event in pilot.app.desk.store.events() if event.kind == kind]


async def answer(pilot, until) -> None:
    """Answer the question on the screen rightly, with keys alone."""
    screen = pilot.app.screen
    asked, done = screen.asked, len(screen.exam.attempts)
    if asked.kind in ("choice", "truth"):
        await pilot.press(str(asked.right[0] + 1))
    elif asked.kind == "multiple":
        await pilot.press(*(str(place + 1) for place in asked.right), "enter")
    elif asked.kind == "ordering":
        await order(pilot, asked)
    elif asked.kind == "matching":
        await pilot.press(*(str(place + 1) for place in asked.places), "enter")
    elif asked.kind == "recall":
        await pilot.press(*"slow water", "ctrl+s")
    else:
        await pilot.press(*asked.answer.partition(" ±")[0], *(" km" if asked.kind == "numeric" else ""), "enter")
    await until(pilot, lambda: len(screen.exam.attempts) > done)


async def order(pilot, asked) -> None:
    """Move each item up to its place."""
    now = list(range(len(asked.items)))
    for place, item in enumerate(asked.places):
        at = now.index(item)
        await pilot.press(*["k"] * len(now), *["j"] * at, *["K"] * (at - place), *["k"] * len(now))
        now.insert(place, now.pop(at))
    await pilot.press("enter")


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
        assert [told.get("ended") for told in events(pilot, "exam")] == [None, "handed in"]
        assert {told["exam"] for told in events(pilot, "attempt")} == {screen.exam.id}


async def test_flag_return_change_and_jump_by_number(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        await answer(pilot, until)
        await until(pilot, lambda: ready(pilot) and "question 2 of 8" in text(pilot))
        await pilot.press("ctrl+f")
        await until(pilot, lambda: "⚑ flagged" in text(pilot))
        await pilot.press("ctrl+n")
        await until(pilot, lambda: ready(pilot) and "question 3 of 8" in text(pilot))
        await pilot.press("ctrl+b", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert "1 of 8 answered, 1 flagged" in text(pilot)
        assert "⚑ flagged" in text(pilot)
        await pilot.press("1", "enter")
        await until(pilot, lambda: ready(pilot) and "question 1 of 8" in text(pilot))
        assert "your answer so far" in text(pilot)
        before = screen.exam.attempts[0]
        await answer_wrongly(pilot, until)
        assert screen.exam.attempts[0].response != before.response
        assert len(events(pilot, "attempt")) == 2
        assert len(screen.exam.attempts) == 1


async def answer_wrongly(pilot, until) -> None:
    """Another answer than the right one that is there."""
    screen = pilot.app.screen
    before, asked = screen.exam.attempts[screen._number], screen.asked
    if asked.kind in ("choice", "truth"):
        await pilot.press(str((asked.right[0] + 1) % len(asked.options) + 1))
    elif asked.kind == "multiple":
        await pilot.press(str(asked.right[0] + 1), "enter")
    elif asked.items:
        await pilot.press(*(["J"] if asked.kind == "ordering" else ["2"]), "enter")
    else:
        await pilot.press("x", "ctrl+s" if asked.kind == "recall" else "enter")
    await until(pilot, lambda: screen.exam.attempts[0] != before)


async def test_what_is_typed_is_kept_by_going_on_without_enter(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await typed_kind(pilot, until, screen)
        await pilot.press(*"abc", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert "1 of 1 answered" in text(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far: abc" in text(pilot))


async def test_an_answer_of_each_kind_stays_untouched_by_going_on_and_can_be_taken_back(
    opened, text, until, kinds, clock
):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        for number, asked in enumerate(screen.exam.paper.questions):
            response = (
                asked.places if asked.items else asked.right if asked.options else asked.answer.partition(" ±")[0]
            )
            screen.exam.answer(number, response, clock(), 1000)
        await pilot.press("escape", "1", "enter")
        given, written = dict(screen.exam.attempts), len(pilot.app.desk.store.events())
        for number in range(8):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number + 1} of 8" in text(pilot))
            assert "ctrl+r takes it back" in text(pilot)
            await pilot.press("ctrl+n")
        await pilot.press("escape", "1", "enter")
        assert screen.exam.attempts == given
        assert len(pilot.app.desk.store.events()) == written
        for number in range(8):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number + 1} of 8" in text(pilot))
            await pilot.press("ctrl+r")
            await until(pilot, lambda: ready(pilot) and "takes it back" not in text(pilot))
            await pilot.press("ctrl+n")
        await pilot.press("escape")
        await until(pilot, lambda: "0 of 8 answered" in text(pilot))


async def test_a_field_that_is_emptied_leaves_the_question_open(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"abc", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far: abc" in text(pilot))
        await pilot.press("end", *["backspace"] * 3, "escape")
        await until(pilot, lambda: "0 of 1 answered" in text(pilot))
        assert not screen.exam.attempts


@pytest.fixture
def elsewhere(library):
    """The exam that is under way, in another window."""
    tables = []

    def exam():
        tables.append(open_desk(request([str(library)])))
        return unfinished(examining.table_of(tables[-1]))[0]

    yield exam
    for table in tables:
        table.close()


async def test_one_that_is_handed_in_in_another_window_says_so_and_shows_what_the_log_holds(
    opened, text, until, kinds, elsewhere, clock
):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        there = elsewhere()
        there.answer(1, "zzz", clock(), 1000)
        await answer(pilot, until)
        assert set(screen.exam.attempts) == {0, 1}
        await until(pilot, lambda: ready(pilot) and "question 3 of 8" in text(pilot))
        there.hand_in("handed in", clock(), 2000)
        await pilot.press("escape", "f")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await until(pilot, lambda: "handed in already, in another window" in text(pilot))
        assert "1 of 8 right" in text(pilot)
        assert len(events(pilot, "attempt")) == 2
        assert [told for told in events(pilot, "exam") if "flag" in told or "left" in told] == []


async def test_where_it_cannot_be_handed_in_at_the_end_of_its_time_nothing_is_shut_and_it_is_tried_again(
    opened, text, until, kinds, elsewhere, clock, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.exam._AGAIN", 2.0)
    async with opened(start="exam", wish=Wish(minutes=0.02, seed=3)) as pilot:
        screen = await begin(pilot, until)
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        await until(pilot, lambda: "tried again every few seconds" in said(pilot))
        pilot.app.clear_notifications()  # what is said stands above the clock for a while
        await until(pilot, lambda: "time is up, not handed in yet" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        pilot.app.clear_notifications()
        await until(pilot, lambda: len(screen._tries) > 1)
        assert isinstance(pilot.app.screen, QuestionsScreen)
        assert not pilot.app._notifications
        elsewhere().hand_in("handed in", clock(), 2000)
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await until(pilot, lambda: "handed in already, in another window" in text(pilot))


async def test_to_quit_keeps_what_stands_in_the_field_and_stops_the_clock(opened, text, until, library, elsewhere):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        await begin(pilot, until)
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        await pilot.press(*"abc", "ctrl+q")
        await until(pilot, lambda: "To quit once more leaves without" in said(pilot))
        assert not pilot.app._exit
        pilot.app.desk.store._connection.execute("PRAGMA query_only = OFF")
        await pilot.press("ctrl+q")
        await until(pilot, lambda: pilot.app._exit)
        assert events(pilot, "exam")[-1].get("left")
    assert elsewhere().attempts[0].response == "abc"


async def typed_kind(pilot, until, screen) -> None:
    """The question on the screen is answered with letters."""
    assert screen.asked.kind in ("typed", "recall", "cloze"), screen.asked


async def test_it_is_handed_in_by_itself_when_the_time_is_up_with_what_stands_in_the_field(
    opened, text, until, library
):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], minutes=0.05, seed=3)) as pilot:
        await begin(pilot, until)
        await pilot.press(*"abc", "f1")  # the list of keys is on top
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        assert [attempt["response"] for attempt in events(pilot, "attempt")] == ["abc"]
        assert events(pilot, "exam")[-1]["ended"] == "time was up"
        await until(pilot, lambda: "time is up" in text(pilot))


async def test_pairs_that_were_matched_are_kept_by_going_on_and_the_rest_is_still_to_match(opened, text, until, kinds):
    (kinds / "rivers.md").write_text("# Rivers\n\n" + KINDS.split("---\n\n")[6].partition("## ")[0], "utf-8")
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        assert "esc Questions" in text(pilot), "the way to the list has its place at 80 columns"
        await pilot.press("2", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and "1  ◐" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: ready(pilot) and "your answer so far" in text(pilot))
        assert screen.exam.attempts[0].response == (1, -1, -1)
        assert screen._field.response() == [1, -1, -1]
        await pilot.press("j", "1", "3", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen) and "1  ●" in text(pilot))
        assert sorted(screen.exam.attempts[0].response) == [0, 1, 2]


async def test_an_option_that_was_chosen_counts_when_time_runs_out_at_the_question_how_sure(opened, text, until, kinds):
    (kinds / "rivers.md").write_text(KINDS.split("---")[0], "utf-8")
    async with opened(start="exam", wish=Wish(minutes=0.05, seed=3), sure=True) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(str(screen.asked.right[0] + 1))
        await until(pilot, lambda: "How sure are you?" in text(pilot))
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen) and "1 of 1 right" in text(pilot))
        assert [attempt["response"] for attempt in events(pilot, "attempt")] == [list(screen.asked.right)]


async def test_one_that_was_left_is_offered_and_goes_on_where_it_was(opened, text, until, kinds, clock):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        first = await begin(pilot, until)
        await answer(pilot, until)
        await leave(pilot, until)
        await pilot.press("e")
        await until(pilot, lambda: "Not handed in yet" in text(pilot))
        assert "1 of 8 answered" in text(pilot)
        await pilot.press("r")
        await until(pilot, lambda: ready(pilot) and "question 2 of 8" in text(pilot))
        assert "1 answered" in text(pilot)
        await leave(pilot, until)
        # With another one that is left, one of the two is chosen: the one begun last stands above.
        pilot.app.exam(Wish(seed=4, sure=True, report=kinds / "report.md"))
        await begin(pilot, until)
        await leave(pilot, until)
        (kinds / "report.md").touch()
        await pilot.press("e")
        await until(pilot, lambda: "2 exams are not handed in yet" in text(pilot))
        await pilot.press("r")
        await until(pilot, lambda: "1 of 8 answered" in text(pilot) and isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: ready(pilot) and pilot.app.screen.exam.paper.seed == 4)
        assert pilot.app.screen.exam.sure
        assert "report.md is there already. The report is not written there" in said(pilot)
        await leave(pilot, until)
        await pilot.press("e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamStartScreen))
        await pilot.press("r", "down", "enter")
        await until(pilot, lambda: ready(pilot) and pilot.app.screen.exam.id == first.exam.id)
        assert not pilot.app.screen.exam.sure
        await leave(pilot, until)
        pilot.app.exam(Wish(resume=True))
        await until(pilot, lambda: "enter lists them" in text(pilot))
        await until(pilot, lambda: "⏎ Go on" in text(pilot) and "Begin" not in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ChooseScreen))
        # One that is given up is offered no more; a path leaves none out where another begins.
        (kinds.parent / "sea.md").write_text("# Sea\n\nWho rules the sea?\n= Neptune\n", "utf-8")
        table = open_desk(request([str(kinds.parent / "sea.md")]))
        sea = examining.begin(table, examining.set_paper(table.library, Wish(seed=1)), Wish(seed=1), clock())
        table.close()
        pilot.app.exam(Wish(seed=5, within=True))
        await until(pilot, lambda: "3 exams are not handed in yet" in text(pilot))
        await pilot.press("x", "enter")
        await until(pilot, lambda: "2 exams are not handed in yet" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and "Give up for good" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Not handed in yet" in text(pilot))
        left = [exam.id for exam in unfinished(examining.table_of(pilot.app.desk))]
        assert left == [first.exam.id], (left, sea.id)
        await pilot.press("x", "enter")
        await until(
            pilot,
            lambda: (
                "Not handed in yet" not in text(pilot) and "Give up" not in text(pilot) and "Given up: " in said(pilot)
            ),
        )


async def leave(pilot, until) -> None:
    """Leave the exam for another time."""
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
    await pilot.press("q")
    await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


@pytest.mark.parametrize("sure", [False, True])
async def test_a_key_that_is_pressed_twice_answers_one_question(opened, text, until, library, sure):
    parts = [f"Which is number {n}?\n\n- [x] this\n- [ ] that\n- [ ] other\n" for n in range(4)]
    (library / "rivers.md").write_text("# Rivers\n\n" + "\n---\n\n".join(parts), encoding="utf-8")
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3), sure=sure) as pilot:
        screen = await begin(pilot, until)
        first = pilot.app.screen._field
        first.action_pick(1)
        first.action_pick(2)
        first.action_pick(3)
        if sure:
            await until(pilot, lambda: "How sure are you?" in text(pilot))
            await pilot.press("s")
        await until(pilot, lambda: ready(pilot) and "question 2 of 4" in text(pilot))
        await pilot.pause(0.2)
        assert list(screen.exam.attempts) == [0]


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


async def test_how_sure_is_not_asked_of_own_words(opened, text, until, kinds):
    (kinds / "rivers.md").write_text("# Rivers\n\n## Why do they bend? (in your own words)\n\nMud settles.\n", "utf-8")
    async with opened(start="exam", wish=Wish(topics=["Rivers"], seed=3), sure=True) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"mud", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert screen.exam.attempts[0].response == "mud"


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
        await until(pilot, lambda: isinstance(pilot.app.screen, WordsScreen) and "named: Mud, settles" in text(pilot))
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


async def test_how_sure_costs_one_key_and_sure_and_wrong_comes_first(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=5, count=2), sure=True) as pilot:
        screen = await begin(pilot, until)
        for key, number in (("g", 1), ("s", 2)):
            await until(pilot, lambda number=number: ready(pilot) and f"question {number} of 2" in text(pilot))
            await wrong(pilot)
            await until(pilot, lambda: "How sure are you?" in text(pilot))
            await pilot.press(key)
            await until(pilot, lambda number=number: len(screen.exam.attempts) == number)
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h")
        await until(pilot, lambda: "1 sure and wrong · Brier score" in text(pilot))
        results = pilot.app.screen._report.results
        assert [one.attempt.confidence for one in results] == ["sure", "guess"]


async def wrong(pilot) -> None:
    """A wrong answer to a question that has none yet."""
    asked = pilot.app.screen.asked
    if asked.options:
        wanted = next(place for place, option in enumerate(asked.options) if not option.correct)
        await pilot.press(str(wanted + 1), *(["enter"] if asked.kind == "multiple" else []))
    elif asked.kind == "matching":
        await pilot.press(*(str(asked.places[-1] + 1) for _ in asked.items), "enter")
    elif asked.kind == "ordering":
        await pilot.press(*(["enter"] if asked.places != (0, 1, 2) else ["J", "enter"]))
    else:
        await pilot.press(*"zzz", "ctrl+s" if asked.kind == "recall" else "enter")


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
        await until(pilot, lambda: "is there already" in text(pilot))


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


async def test_a_paste_of_100_kb_is_cut_and_the_exam_goes_on(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await typed_kind(pilot, until, screen)
        pilot.app.screen.focused.post_message(Paste("word " * 20_000))
        await until(pilot, lambda: "characters were taken" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        assert len(events(pilot, "attempt")[0]["response"]) <= 10_000


async def test_a_disk_that_is_full_is_said_and_the_question_stays(opened, text, until, kinds):
    async with opened(start="exam", wish=Wish(seed=3)) as pilot:
        screen = await begin(pilot, until)
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        asked = screen.asked
        await wrong(pilot)
        await until(pilot, lambda: "The question stays." in text(pilot))
        assert screen.asked is asked
        pilot.app.desk.store._connection.execute("PRAGMA query_only = OFF")
        await answer(pilot, until)


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
