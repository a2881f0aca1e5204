"""What can be done while notes are being read and cards are put in order."""

from __future__ import annotations

import re
import threading
from contextlib import closing

import pytest

from studytool.app import opening, pieces
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.quiz import QuizScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.desk import card_text, open_desk, request
from studytool.notes.library import Step
from tests.app.one_note import only
from tests.app.slow_notes import many, one_by_one


async def test_what_has_been_read_can_be_studied_while_the_rest_is_read(library, monkeypatch, text, until, tmp_path):
    monkeypatch.setattr("studytool.app.opening._PATIENCE", 0.0)
    for number in range(60):
        (library / f"more {number}.md").write_text(f"Q: What is {number} times one?\nA: {number}\n" + "word " * 10_000)
    gates, seen, counted = [], threading.Event(), threading.Event()
    read = Opening._hand_out

    def hand_out(self, found, *, complete, **how):
        gates.append((complete, len(found.notes)))
        assert not complete or counted.wait(60)
        read(self, found, complete=complete, **how)
        assert complete or seen.wait(60)

    monkeypatch.setattr(Opening, "_hand_out", hand_out)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: re.search(r"new today of \d+ cards so far", text(pilot)))
        seen.set()
        await until(pilot, lambda: app.opening.step is None)
        await pilot.pause(0.6)
        assert "Reading your notes" in text(pilot), "what is read is not counted yet"
        counted.set()
        await until(pilot, lambda: "of 69 cards ·" in text(pilot))
        await until(pilot, lambda: "Reading your notes" not in text(pilot))
    assert [complete for complete, _ in gates] == [False] * (len(gates) - 1) + [True]
    assert len(gates) > 1
    assert gates[-1][1] == 62
    assert Step(1, 2).done == 1


async def many_being_read(pilot, library, text, until, monkeypatch, folder) -> threading.Event:
    """Have many notes come in, of which the tenth waits at a gate."""
    await until(pilot, lambda: pilot.app.opening.watching)
    gate = threading.Event()
    one_by_one(monkeypatch, 0.01, gate)
    many(library, folder)
    await until(pilot, lambda: "; you can go on" in text(pilot))
    return gate


async def test_while_many_notes_that_were_put_in_are_read_home_tells_how_far_and_cards_are_answered(
    opened, library, text, until, monkeypatch, tmp_path
):
    async with opened() as pilot:
        gate = await many_being_read(pilot, library, text, until, monkeypatch, tmp_path / "more")
        await pilot.press("enter")
        for answer in ("The Nile.", "The Vltava"):
            await pilot.press("space")
            await until(pilot, lambda answer=answer: answer in text(pilot))
            await pilot.press("4")
        reviews = [event for event in pilot.app.desk.store.events() if event.kind == "review"]
        assert (len(reviews), len(pilot.app.desk.library.notes)) == (2, 2), "both were answered before the notes came"
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: len(pilot.app.desk.library.notes) == 62)
        await until(pilot, lambda: "Reading your notes" not in text(pilot))


async def test_the_reading_of_many_notes_can_be_stopped_at_home_and_gone_on_with(
    opened, library, text, until, monkeypatch, tmp_path
):
    async with opened(size=(120, 40)) as pilot:
        gate = await many_being_read(pilot, library, text, until, monkeypatch, tmp_path / "more")
        await until(pilot, lambda: "s Reading" in text(pilot) and "s stops" in text(pilot))
        await pilot.press("s")
        gate.set()
        await until(pilot, lambda: "notes are read; the rest waits. s reads on" in text(pilot))
        some = len(pilot.app.desk.library.notes)
        assert 2 < some < 62
        assert not pilot.app.desk.complete
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("through Cairo", "through Khartoum"), "utf-8")
        await until(pilot, lambda: any("Khartoum" in card.front for card in pilot.app.desk.library.studied()))
        assert len(pilot.app.desk.library.notes) == some, "an edit is read, and nothing else"
        await pilot.press("s")
        await until(pilot, lambda: len(pilot.app.desk.library.notes) == 62 and pilot.app.desk.complete)
        await until(pilot, lambda: "s Reading" not in text(pilot) and "Reading your notes" not in text(pilot))


async def test_a_long_first_reading_tells_how_far_it_is_and_opens_what_was_read_when_it_is_stopped(
    library, monkeypatch, tmp_path, text, until
):
    many(library, tmp_path / "more")
    gate = threading.Event()
    one_by_one(monkeypatch, 0.0, gate)
    monkeypatch.setattr("studytool.app.opening._PATIENCE", 1000.0)
    app = StudyApp(Opening(request([str(library)])), start="quiz")
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "10 of 62 are read" in text(pilot) and "━" in text(pilot))
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert not app.desk.complete
        assert app.opening.halted is not None
        await pilot.press("escape", "escape")
        await until(pilot, lambda: "of 62 notes are read; the rest waits. s reads on" in text(pilot))


@pytest.mark.parametrize("start", ["welcome", "browse"])
async def test_a_count_follows_what_is_read_and_says_as_long_as_that_goes_on(
    opened, library, text, until, monkeypatch, start
):
    for screen in (WelcomeScreen, BrowseScreen):
        monkeypatch.setattr(screen, "renew", lambda *_: None)  # as where it did not hear of the last of them
    is_first = start == "welcome"
    before, after = ("9 cards in 2 notes", "10 cards in 3 notes") if is_first else ("9 all cards", "10 all cards")
    async with opened(start="app" if is_first else "browse", welcome=is_first) as pilot:
        app = pilot.app

        def told():
            return " ".join(text(pilot).replace("│", " ").split())

        await until(pilot, lambda: before in told())
        assert "so far" not in told()
        await until(pilot, lambda: app.opening.watching)
        for step in (Step(45, 1200), Step(90, 1200)):
            app.opening.step = step
            more = f"so far · still reading: {step.done} of 1,200 notes"
            await until(pilot, lambda more=more: more in told())
        app.opening.step = None
        await until(pilot, lambda: "so far" not in told())
        (library / "more.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n", "utf-8")
        await until(pilot, lambda: after in told())
        app.desk.complete = False
        await until(pilot, lambda: "so far · still reading" in told())


@pytest.fixture
def halted(monkeypatch):
    """Work in pieces stands still after its first piece, until what this gives is called."""
    waiting, turn = [], pieces.once

    def go_on() -> None:
        monkeypatch.setattr(pieces, "once", turn)
        for each in waiting:
            each()

    def halt():
        monkeypatch.setattr(pieces, "_STRETCH", 0.0)
        monkeypatch.setattr(pieces, "once", lambda screen, seconds, each: waiting.append(each))
        return go_on

    return halt


async def test_while_the_cards_of_a_sitting_are_put_in_order_keys_are_answered_and_then_the_first_one_comes(
    opened, text, until, halted
):
    async with opened() as pilot:
        await until(pilot, lambda: "Rivers" in text(pilot) and pilot.app._demos is not None)  # nothing else is at work
        go_on = halted()
        await pilot.press("enter")
        await until(pilot, lambda: "Your cards are being put in order" in text(pilot))
        await pilot.press("space", "3", "u", "b")
        assert pilot.app.desk.memory.cards() == []
        go_on()
        await until(pilot, lambda: "Which river runs through Cairo?" in text(pilot))
        await pilot.press("space", "4")
        assert len(pilot.app.desk.memory.cards()) == 1


async def test_while_other_cards_are_put_in_order_the_grades_of_the_last_one_are_gone(
    opened, library, clock, text, until
):
    only(library, "Q: one question?\nA: yes\n")
    async with opened() as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "Easy" in text(pilot))
        session, waiting = pilot.app.screen._sitting.session, []
        session.pace = waiting.append
        session.renew(pilot.app.desk.candidates(), clock())
        await pilot.press("4")
        await until(pilot, lambda: "Your cards are being put in order" in text(pilot))
        await pilot.pause()
        assert session.is_lining_up
        assert "Easy" not in text(pilot)
        assert "Again" not in text(pilot)


async def test_edits_are_taken_over_while_keys_are_answered(opened, library, clock, text, until, halted):
    async with opened() as pilot:
        await pilot.press("enter", "space", "4", "space")
        go_on = halted()
        app, (first,) = pilot.app, pilot.app.desk.memory.cards()
        await until(pilot, lambda: app.opening.watching)
        before = app.desk.library
        note = library / "rivers.md"
        note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
        await until(pilot, lambda: app.editions.is_at_work)
        assert app.desk.library is before
        await pilot.press("4")
        assert len(app.desk.memory.cards()) == 2, "the answer counts at once"
        go_on()
        await until(pilot, lambda: app.desk.library is not before)
        await until(pilot, lambda: not app.screen._sitting.session.is_lining_up)
        (link,) = app.desk.relinked
        assert link.source == first
        assert app.screen._sitting.session.counts(clock()).done == 2


async def test_who_leaves_while_many_notes_are_read_waits_for_none_of_them_and_keeps_what_was_read(
    opened, library, text, until, monkeypatch, tmp_path
):
    async with opened() as pilot:
        gate = await many_being_read(pilot, library, text, until, monkeypatch, tmp_path / "more")
        reading = pilot.app.opening
        gate.set()
        reading.close()
        assert not reading._thread.is_alive()
        assert len(pilot.app.desk.library.notes) == 2
    read: list[str] = []
    one_by_one(monkeypatch, 0.0, seen=read)
    with closing(open_desk(request([str(library)]))) as desk:
        assert len(desk.library.notes) == 62
    assert 40 < len(read) < 60


async def test_a_history_is_not_given_away_while_reading_ends_as_the_log_opens(library, monkeypatch, until, clock):
    one_by_one(monkeypatch, 0.0)
    (library / "z.md").write_text(
        "Q: What does the gradient of a function point to?\nA: The direction of steepest ascent of the function.\n"
    )
    table = open_desk(request([str(library)]))
    (card,) = [card for card in table.library.studied() if "gradient" in card.front]
    table.store.append("review", card.key, {"grade": 3, "text": card_text(card)}, clock())
    table.close()
    (library / "a.md").write_text(
        "Q: What does the gradient of a function point to?\nA: In the direction of steepest ascent.\n"
    )
    one_by_one(monkeypatch, 0.1)
    read_log = opening.read_log

    def slow_log(wanted, opened):
        assert wait_for_all.wait(60)
        return read_log(wanted, opened)

    wait_for_all = threading.Event()
    hand_out = Opening._hand_out

    def handed_out(self, found, *, complete, **how):
        hand_out(self, found, complete=complete, **how)
        if complete:
            wait_for_all.set()

    monkeypatch.setattr(opening, "read_log", slow_log)
    monkeypatch.setattr(Opening, "_hand_out", handed_out)
    monkeypatch.setenv("STUDYTOOL_CACHE", str(library.parent / "another cache"))
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app._desk is not None and len(app.desk.library.notes) == 4)
        assert app.desk.complete
        assert app.desk.memory.state(card.key) is not None
        assert app.desk.relinked == ()


@pytest.mark.parametrize("start", ["study", "quiz"])
async def test_a_topic_is_only_missing_when_all_notes_have_been_read(library, monkeypatch, until, text, start):
    one_by_one(monkeypatch, 0.2)
    app = StudyApp(Opening(request([str(library)])), start=start, topics=["Threshold units"])
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot) or "question 1 of" in text(pilot) or app.failure)
    assert app.failure is None


async def test_a_topic_that_no_note_has_is_said(library, monkeypatch, until):
    one_by_one(monkeypatch, 0.2)
    app = StudyApp(Opening(request([str(library)])), start="study", topics=["No such topic"])
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.failure is not None)
    assert "No such topic" in str(app.failure)
