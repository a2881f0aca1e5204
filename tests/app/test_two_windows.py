"""Studying in two windows at once: a card is graded in one of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from studytool.app import hearing as hearing_module
from studytool.app import pieces
from studytool.app.screens import beside_others, home, stats
from studytool.cli import main
from studytool.desk import Desk, open_desk, request
from studytool.errors import StudytoolError
from studytool.memory import Draft, Grade, Moment, Session, derive
from studytool.memory.fit.event import payload_of
from tests.app.one_note import only


@pytest.fixture
def other(library, clock) -> Iterator[Desk]:
    """What another window has open."""
    desk = open_desk(request([str(library)]))
    yield desk
    desk.close()


def sitting(desk: Desk, clock) -> Session:
    """A sitting in the other window, with its first card shown."""
    session = desk.session(clock())
    assert session.shown(clock())
    return session


def said(pilot) -> str:
    return " ".join(told.message for told in pilot.app._notifications)


def new_left(pilot, clock) -> int:
    """New cards left in the app; a toast stands over the line that tells them."""
    return pilot.app.screen._sitting.session.counts(clock()).new


def grades(pilot) -> list[int]:
    return [event.payload["grade"] for event in pilot.app.desk.store.events() if event.kind == "review"]


@pytest.mark.parametrize("place", ["home", "stats"])
async def test_an_import_of_another_process_is_taken_in_while_keys_are_answered(
    opened, clock, text, until, library, monkeypatch, place
):
    monkeypatch.setattr(home, "_LISTEN", 0.05)
    monkeypatch.setattr(stats, "_LISTEN", 0.05)
    monkeypatch.setattr(pieces, "_STRETCH", 0.0)  # always in pieces
    async with opened(size=(120, 40)) as pilot:
        if place == "stats":
            await pilot.press("t")
            await until(pilot, lambda: "Nothing has been answered yet" in text(pilot))
        times = [clock().ms - (100 - number // 4) * 86_400_000 + number for number in range(400)]
        rows = "\n".join(f"card {number % 40},{ms},3" for number, ms in enumerate(times))
        (library.parent / "old.csv").write_text(f"card_id,review_time,review_rating\n{rows}\n", "utf-8")
        assert await asyncio.to_thread(main, ["log", "import", "--force", str(library.parent / "old.csv")]) == 0
        await until(pilot, lambda: ("100 days" if place == "home" else "You studied on 100") in text(pilot))


async def test_a_card_that_another_window_answers_goes_and_comes_back_with_its_undo(
    opened, clock, text, until, other, monkeypatch
):
    monkeypatch.setattr(beside_others, "_LISTEN", 0.05)
    async with opened() as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        there = sitting(other, clock)
        there.answer(Grade.EASY, clock())
        await until(pilot, lambda: "Charles Bridge" in text(pilot) and new_left(pilot, clock) == 8)
        assert "Another window has answered this card" in said(pilot)
        there.undo(clock())
        await until(pilot, lambda: new_left(pilot, clock) == 9)
        assert "Charles Bridge" in text(pilot)
        await pilot.press("space", "4")
        await until(pilot, lambda: "Cairo" in text(pilot))


async def test_a_grade_of_a_card_that_another_window_has_answered_is_not_kept(
    opened, clock, text, until, other, monkeypatch
):
    monkeypatch.setattr(beside_others, "_LISTEN", 600.0)  # the key comes before it is heard
    async with opened() as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        there = sitting(other, clock)
        there.answer(Grade.EASY, clock())
        await pilot.press("1")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert grades(pilot) == [Grade.EASY]
        await pilot.press("u")
        await until(pilot, lambda: "nothing to undo" in text(pilot))


async def test_of_two_windows_that_grade_a_card_in_the_same_moment_the_second_says_so(
    opened, clock, text, until, other, monkeypatch
):
    monkeypatch.setattr(beside_others, "_LISTEN", 600.0)
    there = [sitting(other, clock)]
    passed = Session.passed

    def looked(self: Session, moment: Moment) -> bool:
        found = passed(self, moment)
        while there:  # between the look at the log and the answer
            there.pop().answer(Grade.EASY, moment)
        return found

    async with opened() as pilot:
        await pilot.press("enter", "space")
        await until(pilot, lambda: "The Nile." in text(pilot))
        monkeypatch.setattr(Session, "passed", looked)
        await pilot.press("1")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        assert "Another window has answered this card" in said(pilot)
        assert grades(pilot) == [Grade.EASY]
        assert new_left(pilot, clock) == 8


async def test_who_types_an_answer_is_not_interrupted(opened, clock, text, until, library, monkeypatch):
    only(library, "Which river is crossed by the Charles Bridge?\n= Vltava\n\nQ: And in Cairo?\nA: The Nile.\n")
    monkeypatch.setattr(beside_others, "_LISTEN", 0.05)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))
        await pilot.press(*"Vlt")
        with closing(open_desk(request([str(library)]))) as other:
            sitting(other, clock).answer(Grade.EASY, clock())
        await until(pilot, lambda: "1 new" in text(pilot))  # it was heard
        await pilot.press(*"ava", "enter")
        await until(pilot, lambda: "Again" in text(pilot) and "Vltava" in text(pilot))
        await pilot.press("1")
        await until(pilot, lambda: "in Cairo?" in text(pilot))
        assert grades(pilot) == [Grade.EASY]


async def test_why_the_log_cannot_be_read_is_told_once_until_that_changes(opened, text, until, monkeypatch):
    monkeypatch.setattr(beside_others, "_LISTEN", 0.02)
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        told, looks, failing = list[str](), list[str](), ""

        def hearing(_: Desk, aside: object) -> Iterator[None]:
            looks.append(failing)
            if failing:
                raise StudytoolError(failing)
            yield
            return False

        monkeypatch.setattr(pilot.app, "warn_everywhere", lambda message: told.append(message))
        monkeypatch.setattr(Desk, "hearing", hearing)
        for word in ("It cannot be read.", "It is locked.", "", "It is locked."):
            failing = word
            await until(pilot, lambda word=word: looks[-3:] == 3 * [word])
        assert told == ["It cannot be read.", "It is locked.", "It is locked."]


async def test_keys_are_answered_while_all_cards_go_over_to_other_parameters(
    opened, text, until, other, clock, monkeypatch
):
    monkeypatch.setattr(beside_others, "_LISTEN", 0.05)
    monkeypatch.setattr("studytool.memory.opening.LONG", 1)
    sitting(other, clock).answer(Grade.EASY, clock())
    gate, derived = threading.Event(), derive.derived

    def waits(*given):
        assert gate.wait(120)
        return derived(*given)

    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "space shows the answer" in text(pilot))
        memory, shown = pilot.app.desk.memory, pilot.app.screen._card
        assert memory.base.rows
        before = memory.rules.model
        monkeypatch.setattr(derive, "derived", waits)
        other.store.append("parameters", None, payload_of([weight * 1.1 for weight in before.weights]), clock())
        await until(pilot, lambda: pilot.app.hearing._at_work)
        await pilot.press("space", "4")
        await until(pilot, lambda: pilot.app.screen._card is not shown)
        assert memory.rules.model == before
        gate.set()
        await until(pilot, lambda: memory.rules.model != before)
        assert memory.state(shown.key).reviews == 1
        await until(pilot, lambda: not pilot.app.screen._sitting.session.is_lining_up)
        await pilot.press("u")
        await until(pilot, lambda: pilot.app.screen._card.key == shown.key)
        assert memory.state(shown.key) is None


FIRST_OF_ALL = 40 * 86_400_000


@pytest.mark.parametrize("place", ["shown", "graded", "next"])
async def test_an_answer_of_another_window_counts_though_it_comes_with_very_many_others(
    opened, clock, text, until, other, monkeypatch, place
):
    """The card that it is about is on the screen, is graded before all was heard, or comes next."""
    monkeypatch.setattr(beside_others, "_LISTEN", 0.05 if place == "shown" else 60.0)
    monkeypatch.setattr(pieces, "_STRETCH", 0.0)  # always in pieces
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "space shows the answer" in text(pilot))
        shown, screen, memory = pilot.app.screen._card.key, pilot.app.screen, pilot.app.desk.memory
        await pilot.press("space")
        other.hear()
        keys = [card.key for card in pilot.app.desk.candidates()]
        key = keys[keys.index(shown) + (place == "next")]
        early = [Moment(clock().ms - FIRST_OF_ALL + number, 0) for number in range(900)]
        drafts = [Draft("review", f"card {number % 90}", {"grade": 3}, moment) for number, moment in enumerate(early)]
        other.store.append_all([*drafts, Draft("review", key, {"grade": 4}, Moment(clock().ms + 1, 0))])
        clock.time += timedelta(seconds=60)
        if place != "shown":
            monkeypatch.setattr(pieces, "_TURN", 0.5)
            await pilot.press("1")
            assert memory.state("card 89") is None, "there is more to hear"
            monkeypatch.setattr(pieces, "_TURN", 0.0)
        await until(pilot, lambda: memory.state("card 89"))
        await until(pilot, lambda: screen._card.key != key)
        grades = [event.payload["grade"] for event in other.store.events() if event.card == key]
        assert grades == [4]


@pytest.mark.parametrize("looks", [10, 2])
async def test_of_very_many_cards_that_another_window_answered_none_is_asked(
    library, opened, clock, text, until, other, monkeypatch, looks
):
    """Few steps lead past them. Where those do not suffice, the card on the screen goes when it is heard of."""
    only(library, "\n\n".join(f"Q: What is thing {number}?\nA: A thing." for number in range(60)))
    (library / "studytool.toml").write_text("new_per_day = 100\n", "utf-8")
    monkeypatch.setattr(beside_others, "_LISTEN", 60.0)
    monkeypatch.setattr(beside_others, "_LOOKS", looks)
    monkeypatch.setattr("studytool.memory.store.news._PART", 10)
    monkeypatch.setattr(pieces, "_STRETCH", 0.0)  # always in pieces
    async with opened(start="study") as pilot:
        screen, memory = pilot.app.screen, pilot.app.desk.memory
        await until(pilot, lambda: "space shows the answer" in text(pilot))
        await until(pilot, lambda: not screen._sitting.session.is_lining_up)
        await pilot.press("space")
        keys = [card.key for card in pilot.app.desk.candidates()]
        early = [Moment(clock().ms - FIRST_OF_ALL + number, 0) for number in range(300)]
        drafts = [Draft("review", f"card {number}", {"grade": 3}, moment) for number, moment in enumerate(early)]
        there = [Draft("review", key, {"grade": 4}, Moment(clock().ms + 1, 0)) for key in keys[1:-1]]
        other.store.append_all([*drafts, *there])
        clock.time += timedelta(seconds=60)
        steps, catch_up = [], Session.catch_up
        monkeypatch.setattr(Session, "catch_up", lambda self, now: (steps.append(now), catch_up(self, now))[1])
        monkeypatch.setattr(pieces, "_TURN", 0.5)
        await pilot.press("3")
        assert memory.state("card 299") is None, "there is more to hear"
        assert len(steps) <= 2 * looks
        assert (screen._card.key == keys[-1]) == (looks == 10)
        monkeypatch.setattr(pieces, "_TURN", 0.0)
        await until(pilot, lambda: memory.state("card 299") and screen._card.key == keys[-1])
        assert grades(pilot).count(3) == 301


async def test_what_fails_is_tried_again_by_one_timer_and_others_are_heard_meanwhile(
    opened, until, monkeypatch, clock, other
):
    """However often it is listened meanwhile, of an event of one's own that cannot be taken in."""
    monkeypatch.setattr(home, "_LISTEN", 60.0)
    timers, once, taking = [], hearing_module.once, Desk.taking
    monkeypatch.setattr(hearing_module, "once", lambda *given: (timers.append(given), once(*given))[1])

    def fails(self, event, aside):
        if event.kind == "parameters":
            raise StudytoolError("It is locked.")
        yield from taking(self, event, aside)

    monkeypatch.setattr(Desk, "taking", fails)
    async with opened() as pilot:
        memory, hearing = pilot.app.desk.memory, pilot.app.hearing
        told = list[str]()
        monkeypatch.setattr(pilot.app, "warn_everywhere", lambda message: told.append(message))
        event = pilot.app.desk.store.append("parameters", None, payload_of(memory.rules.model.weights), clock())
        hearing.take([event])
        sitting(other, clock).answer(Grade.EASY, clock())
        for _ in range(5):
            hearing.hear()
            await until(pilot, lambda: not hearing._at_work.is_at_work)
        assert memory.answered(clock().day(4)) == 1
        assert len(timers) == 1
        assert told == ["It is locked."]


async def test_a_fit_that_cannot_be_taken_in_at_once_counts_as_soon_as_it_can(opened, text, until, monkeypatch, clock):
    monkeypatch.setattr("studytool.app.hearing._AGAIN", 0.05)
    failing = True
    taking = Desk.taking

    def fails(self, event, aside):
        if failing:
            raise StudytoolError("It is locked.")
        yield from taking(self, event, aside)

    monkeypatch.setattr(Desk, "taking", fails)
    async with opened() as pilot:
        told, ended = list[str](), list[None]()
        monkeypatch.setattr(pilot.app, "warn_everywhere", lambda message: told.append(message))
        memory = pilot.app.desk.memory
        weights = [weight * 1.1 for weight in memory.rules.model.weights]
        event = pilot.app.desk.store.append("parameters", None, payload_of(weights), clock())
        pilot.app.hearing.take([event], lambda: ended.append(None))
        await until(pilot, lambda: told)
        assert not ended
        failing = False
        await until(pilot, lambda: ended)
        assert told == ["It is locked."]
        assert list(memory.rules.model.weights) == pytest.approx(weights)
