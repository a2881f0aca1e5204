"""An exam in the app that ends otherwise than by handing in: time is up, another window, left, resumed, given up."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from datetime import timedelta

from studytool import examining
from studytool.app.screens.choose import ChooseScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_result import ExamResultScreen
from studytool.app.screens.exam_start import ExamStartScreen
from studytool.app.screens.keys import KeysScreen
from studytool.desk import open_desk, request
from studytool.examining import Wish
from studytool.quiz.exams import unfinished
from tests.app.exam_keys import KINDS, answer, begin, events, leave, ready, said


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


async def test_one_that_is_resumed_in_another_process_says_so_and_goes_on_here_where_that_is_wished(
    opened, text, until, library, clock, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.1)
    async with opened(start="exam", wish=Wish(topics=["Threshold units", "Rivers"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        total = len(screen.exam.paper.questions)
        await pilot.press(*"abc", "enter")
        await until(pilot, lambda: ready(pilot) and f"question 2 of {total}" in text(pilot))
        await pilot.press(*"mine")
        command = [sys.executable, "-m", "studytool", "exam", "--plain", "--resume"]
        there = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE)
        try:
            await until(pilot, lambda: "The exam goes on in another window" in said(pilot))
            await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
            known = len(events(pilot, "attempt"))
            assert known == 1
            there.stdin.write(b":1\ntheirs\n")
            await there.stdin.drain()
            await until(pilot, lambda: len(events(pilot, "attempt")) == 2)
            pilot.app.clear_notifications()
            await pilot.press("enter")
            await until(pilot, lambda: len(screen.exam.attempts) == 2)
            assert [one.response for one in screen.exam.attempts.values()] == ["theirs", "mine"]
            await until(pilot, lambda: " left" in text(pilot).split("\n")[0])
            told, _ = await asyncio.wait_for(there.communicate(b"late\n"), 60)
            assert b"The exam goes on in another window" in told
        finally:
            if there.returncode is None:
                there.kill()
                await there.wait()
        assert len(events(pilot, "attempt")) == 3
        assert sum("resumed" in told for told in events(pilot, "exam")) == 2


async def test_before_one_is_resumed_that_another_window_has_open_it_says_what_that_does(opened, text, until, library):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        await begin(pilot, until)
        async with opened(start="exam", wish=Wish(seed=4)) as other:
            await until(other, lambda: "another window has it open, or broke off" in " ".join(text(other).split()))
            assert "the clock stands still" not in text(other)
            assert "r goes on with it" in text(other)
            await other.resize_terminal(80, 12)
            await until(other, lambda: "goes on with it" not in text(other))
            for _ in range(12):
                await other.press("down")
            await until(other, lambda: "r goes on with it" in text(other))
        await leave(pilot, until)
        async with opened(start="exam", wish=Wish(seed=4)) as other:
            await until(other, lambda: "the clock stands still" in text(other))
            assert "broke off" not in text(other)


async def test_where_it_cannot_be_handed_in_at_the_end_of_its_time_nothing_is_shut_and_it_is_tried_again(
    opened, text, until, kinds, elsewhere, clock, monkeypatch, time_is_up
):
    monkeypatch.setattr("studytool.app.screens.exam._AGAIN", 0.5)
    async with opened(start="exam", wish=Wish(minutes=20, seed=3)) as pilot:
        screen = await begin(pilot, until)
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        time_is_up()
        await until(pilot, lambda: "tried again every few seconds" in said(pilot))
        pilot.app.clear_notifications()  # what is said stands above the clock for a while
        await until(pilot, lambda: "time is up, not handed in yet" in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        pilot.app.clear_notifications()
        tries = len(screen._tries)
        await until(pilot, lambda: len(screen._tries) > tries)
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


async def test_it_is_handed_in_by_itself_when_the_time_is_up_with_what_stands_in_the_field(
    opened, text, until, library, time_is_up
):
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], minutes=20, seed=3)) as pilot:
        await begin(pilot, until)
        await pilot.press(*"abc", "f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen))  # it is on top
        time_is_up()
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        assert [attempt["response"] for attempt in events(pilot, "attempt")] == ["abc"]
        assert events(pilot, "exam")[-1]["ended"] == "time was up"
        await until(pilot, lambda: "time is up" in text(pilot))


async def test_an_option_that_was_chosen_counts_when_time_runs_out_at_the_question_how_sure(
    opened, text, until, kinds, time_is_up
):
    (kinds / "rivers.md").write_text(KINDS.split("---")[0], "utf-8")
    async with opened(start="exam", wish=Wish(minutes=20, seed=3), sure=True) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(str(screen.asked.right[0] + 1))
        await until(pilot, lambda: "How sure are you?" in text(pilot))
        time_is_up()
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
        await until(pilot, lambda: "enter Go on" in text(pilot) and "Begin" not in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(pilot.app.screen, ChooseScreen))


async def test_one_that_is_given_up_is_offered_no_more_and_a_path_leaves_none_out_where_another_begins(
    opened, text, until, kinds, clock
):
    sea = kinds.parent / "sea.md"
    sea.write_text("# Sea\n\nWho rules the sea?\n= Neptune\n", encoding="utf-8")
    begun = []
    for seed, path in ((3, kinds), (4, kinds), (1, sea)):
        table = open_desk(request([str(path)]))
        wish = Wish(seed=seed)
        begun.append(examining.begin(table, examining.set_paper(table.library, wish), wish, clock()).id)
        table.close()
        clock.time += timedelta(minutes=1)
    async with opened(start="exam", wish=Wish(seed=5, within=True)) as pilot:
        await until(pilot, lambda: "3 exams are not handed in yet" in text(pilot))
        await pilot.press("x", "enter")
        await until(pilot, lambda: "2 exams are not handed in yet" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and "Give up for good" in text(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Not handed in yet" in text(pilot))
        left = [exam.id for exam in unfinished(examining.table_of(pilot.app.desk))]
        assert left == begun[:1]
        await pilot.press("x", "enter")
        await until(
            pilot,
            lambda: (
                "Not handed in yet" not in text(pilot) and "Give up" not in text(pilot) and "Given up: " in said(pilot)
            ),
        )


async def test_where_its_notes_are_not_open_the_result_says_how_to_open_them(opened, text, until, library, clock):
    sea = library.parent / "sea.md"
    sea.write_text("# Sea\n\nWho rules the sea?\n= Neptune\n", encoding="utf-8")
    table = open_desk(request([str(sea)]))
    examining.begin(table, examining.set_paper(table.library, Wish()), Wish(), clock())
    table.close()
    async with opened() as pilot:
        pilot.app.exam(Wish(resume=True))
        await until(pilot, lambda: "enter goes on with it" in text(pilot))
        await begin(pilot, until)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await pilot.press("enter")
        await until(pilot, lambda: f"{sea} is not open here: `studytool {sea}` opens it." in said(pilot))
        sea.unlink()
        await pilot.press("enter")
        await until(pilot, lambda: "no longer in your notes" in said(pilot))


async def test_what_stands_in_the_field_of_the_window_that_lost_it_is_kept_until_it_is_handed_in_here(
    opened, text, until, library, elsewhere, clock, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.1)
    async with opened(start="exam", wish=Wish(topics=["Threshold units", "Rivers"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"abc")
        there = elsewhere()
        there.resume(clock())
        await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
        await pilot.press("ctrl+n")
        await until(pilot, lambda: ready(pilot) and "question 2" in text(pilot))
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "To quit once more leaves without it" in said(pilot))
        await pilot.press("ctrl+b")
        await until(pilot, lambda: ready(pilot) and "question 1" in text(pilot))
        assert screen._field.begun() == "abc"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, QuestionsScreen))
        pilot.app.clear_notifications()
        await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
        await pilot.press("h", "h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        assert [one["response"] for one in events(pilot, "attempt")] == ["abc"]


async def test_one_that_went_on_and_was_handed_in_in_another_window_ends_here_with_what_was_too_late(
    opened, text, until, library, elsewhere, clock, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.1)
    async with opened(start="exam", wish=Wish(topics=["Threshold units", "Rivers"], seed=3)) as pilot:
        await begin(pilot, until)
        await pilot.press(*"abc")
        there = elsewhere()
        there.resume(clock())
        await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
        await pilot.press("f1")
        there.hand_in("handed in", clock(), 2000)
        await until(pilot, lambda: isinstance(pilot.app.screen, ExamResultScreen))
        await until(pilot, lambda: "What you left here came too late: “abc” at question 1." in said(pilot))


async def test_one_that_cannot_be_taken_back_here_still_goes_on_in_the_other_window(
    opened, text, until, library, elsewhere, clock, monkeypatch, time_is_up
):
    monkeypatch.setattr("studytool.app.screens.exam_window._LISTEN", 0.1)
    async with opened(start="exam", wish=Wish(topics=["Threshold units", "Rivers"], seed=3)) as pilot:
        screen = await begin(pilot, until)
        await pilot.press(*"abc")
        there = elsewhere()
        there.resume(clock())
        await until(pilot, lambda: "goes on in another window" in text(pilot).split("\n")[0])
        pilot.app.desk.store._connection.execute("PRAGMA query_only = ON")
        pilot.app.clear_notifications()
        await pilot.press("enter")
        await until(pilot, lambda: said(pilot))
        assert screen.exam.is_elsewhere
        pilot.app.desk.store._connection.execute("PRAGMA query_only = OFF")
        time_is_up()
        heard = screen._heard
        await until(pilot, lambda: screen._heard > heard + 0.5)
        there.answer(1, "theirs", clock(), 1000)
        assert not there.ended


async def test_an_exam_that_waits_is_offered_no_more_when_another_window_has_ended_it(
    opened, text, until, library, elsewhere, clock, monkeypatch
):
    monkeypatch.setattr("studytool.app.screens.exam_start._LISTEN", 0.1)
    async with opened(start="exam", wish=Wish(topics=["Threshold units"], seed=3)) as pilot:
        await begin(pilot, until)
        await leave(pilot, until)
        await pilot.press("e")
        await until(pilot, lambda: "the clock stands still" in text(pilot))
        there = elsewhere()
        there.resume(clock())
        await until(pilot, lambda: "another window has it open" in " ".join(text(pilot).split()))
        assert "the clock stands still" not in text(pilot)
        there.hand_in("handed in", clock(), 2000)
        await until(pilot, lambda: "Not handed in yet" not in text(pilot))
