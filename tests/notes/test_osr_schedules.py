"""The schedules that Obsidian's spaced repetition plugin has left in notes."""

from __future__ import annotations

import pytest

from tests.notes.test_osr import REVIEWED, TAGGED, cards, codes, dues, sides


def test_siblings_take_the_schedules_in_their_order() -> None:
    text = TAGGED + "==a== ==b== ==c== <!--SR:!2024-01-01,1,230!2000-01-01,1,250!2024-03-03,3,270!2024-04-04,4,250-->"
    assert dues(text) == ["2024-01-01", None, "2024-03-03"]
    assert cards(text)[0].front == "[…] b c"


def test_a_second_comment_goes_on_where_the_first_one_ends() -> None:
    assert dues(f"a:::b\n{REVIEWED}\n<!--SR:!2024-05-05,3,250-->") == ["2024-03-01", "2024-05-05"]
    assert dues(f"a::b\n{REVIEWED}\n<!--SR:!2024-05-05,3,250-->") == ["2024-03-01"]


@pytest.mark.parametrize(
    "place", [" {}", "\n{}", "\n\n{}", "\n___\n{}", "\n> [!sr|card-metadata]\n> {}", " {} ^d7cee0"]
)
def test_a_schedule_stands_on_the_line_under_it_or_in_its_callout(place: str) -> None:
    text = "a::b" + place.format(REVIEWED) + "\n\nc::d\n"
    assert (sides(text), dues(text)) == ([("a", "b"), ("c", "d")], ["2024-03-01", None])
    assert codes(text) == []


def test_a_schedule_of_the_newer_kind_is_read() -> None:
    [card] = cards("a::b <!--SR:!fsrs,2026-09-06T00:10:00.000Z,4,3.5,5.25,2,3,0,0,2026-09-02T00:00:00.000Z-->")
    assert card.schedule
    assert (card.schedule.due, card.schedule.interval, card.schedule.ease) == ("2026-09-06", 4, None)
    assert (card.schedule.stability, card.schedule.difficulty) == (3.5, 5.25)


def test_a_schedule_that_cannot_be_read_is_told_and_the_card_kept() -> None:
    text = "a::b <!--SR:!2024-13-01,3,250-->\n"
    assert sides(text) == [("a", "b")]
    assert codes(text) == [("bad-schedule", 1, 6)]


def test_the_schedule_of_a_note_is_no_card_s() -> None:
    text = f"---\ntags: flashcards\nsr-due: 2024-01-01\nsr-interval: 3\nsr-ease: 250\n---\na::b\n{REVIEWED}\n\nc::d\n"
    assert dues(text) == ["2024-03-01", None]
