"""What notes of other programs say about when a card is due."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from studytool.notes.model import Schedule
from studytool.notes.scheduling import Told, note_schedule, read_schedules

FSRS = "!fsrs,2026-09-06T00:10:00.000Z,4,3.25,5.5,2,3,0,0,2026-09-02T00:00:00.000Z"


def test_each_part_of_a_comment_is_one_card_s() -> None:
    told = read_schedules("!2024-01-31,3,250!2024-02-29,12.5,270")
    assert told == (Told(Schedule("2024-01-31", 3, 250)), Told(Schedule("2024-02-29", 12.5, 270)))


@pytest.mark.parametrize("written", ["2024-01-31", "31-01-2024", "Wed Jan 31 2024"])
def test_dates_are_read_as_the_plugin_has_ever_written_them(written: str) -> None:
    assert read_schedules(f"!{written},3,250") == (Told(Schedule("2024-01-31", 3, 250)),)


def test_a_comment_of_the_oldest_kind_has_no_exclamation_mark() -> None:
    assert read_schedules("2021-08-20,13,290") == (Told(Schedule("2021-08-20", 13, 290)),)


def test_the_newer_kind_holds_stability_and_difficulty_and_stands_beside_the_older() -> None:
    newer = Told(Schedule("2026-09-06", 4, None, 3.25, 5.5))
    assert read_schedules(FSRS) == (newer,)
    assert read_schedules("!2024-01-31,3,250" + FSRS) == (Told(Schedule("2024-01-31", 3, 250)), newer)


@pytest.mark.parametrize("part", ["!2000-01-01,1,250", "!fsrs,-,0,0.4,5.5,0,0,0,0,-"])
def test_a_card_never_reviewed_has_a_place_and_no_schedule(part: str) -> None:
    assert read_schedules(part) == (Told(),)


@pytest.mark.parametrize(
    "part",
    [
        "!2023-02-29,3,250",
        "!2024-13-01,3,250",
        "!20240101,3,250",
        "!soon,3,250",
        "!²024-01-01,3,250",
        "!2024-01-01",
        "!2024-01-01,-3,250",
        "!2024-01-01,3,nan",
        "!2024-01-01,1e9,250",
        "!2024-01-01,99999999,250",
        "!Wed Jan 2024,3,250",
        "!Wed Jan 31 2024 x,3,250",
        "!fsrs,2024-01-01",
        "!fsrs,never,1,1,1",
        "!fsrs,2024-01-01T00:00:00Z,1,x,1",
        "!fsrs,2024-01-01T00:00:00Z,1,1,11",
        "!-,3,250",
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_it(part: str) -> None:
    [told] = read_schedules(part)
    assert told.schedule is None
    assert told.problem


@pytest.mark.parametrize("comment", ["", "!", " !! "])
def test_an_empty_comment_says_nothing(comment: str) -> None:
    assert read_schedules(comment) == ()


@pytest.mark.parametrize("due", ["2024-01-31", date(2024, 1, 31), datetime(2024, 1, 31, 12)])
def test_front_matter_keeps_a_schedule_for_the_note(due: object) -> None:
    fields = {"sr-due": due, "sr-interval": 3, "sr-ease": 250}
    assert note_schedule(fields) == Schedule("2024-01-31", 3, 250)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"sr-due": "2024-01-31"},
        {"sr-due": "2024-02-31", "sr-interval": 3, "sr-ease": 250},
        {"sr-due": None, "sr-interval": 3, "sr-ease": 250},
        {"sr-due": [2024], "sr-interval": 3, "sr-ease": 250},
        {"sr-due": "2024-01-31", "sr-interval": "soon", "sr-ease": 250},
    ],
)
def test_front_matter_that_does_not_say_when_says_nothing(fields: dict[str, object]) -> None:
    assert note_schedule(fields) is None


def test_front_matter_without_an_ease_still_says_when() -> None:
    assert note_schedule({"sr-due": "2024-01-31", "sr-interval": 3}) == Schedule("2024-01-31", 3, None)
