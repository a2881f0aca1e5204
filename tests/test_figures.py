"""What statistics and forecasts rest on agrees with the memory, card by card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from studytool import desk
from studytool.desk import Desk
from studytool.figures import Figures, figures, figures_beside
from studytool.memory import Draft, Moment
from studytool.memory.away import Away, payload_of
from studytool.memory.stats.cards import due_by_day
from studytool.settings import Settings
from studytool.syllabus import exam_of, members, minutes_until, plan

DAY_MS = 86_400_000
NOON = 1_763_726_400_000  # 2025-11-21 12:00 in UTC
NOTES = {
    "perceptron.md": "# Perceptron\n\n" + "".join(f"Q: What is {word}?\nA: {word}, so.\n\n" for word in "abcd"),
    "loss.md": "---\nafter: [Perceptron]\n---\n# Loss\n\n"
    + "".join(f"Q: What is {word}?\nA: {word}, so.\n\n" for word in "efg"),
}


def at(days: float) -> Moment:
    """So many days after noon of the first day."""
    return Moment(NOON + round(days * DAY_MS), 60)


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Desk]:
    """A desk over two notes; four perceptron cards and one of loss answered over two weeks."""
    for name, text in NOTES.items():
        (tmp_path / name).write_text(text, "utf-8")
    opened = desk.open_desk(desk.request([str(tmp_path)]))
    keys = [candidate.key for candidate in opened.candidates()]
    drafts = [
        Draft("review", key, {"grade": 1 + (place + day) % 4, "took_ms": 6_000}, at(day + place / 100))
        for day in (0, 1, 5, 14)
        for place, key in enumerate(keys[:5])
        if place <= day + 1
    ]
    drafts += [
        Draft("attempt", keys[0], {"verdict": "right"}, at(15)),
        Draft("suspend", keys[3], {}, at(14.5)),
        Draft("bury", keys[1], {}, at(16)),
    ]
    for event in opened.store.append_all(drafts):
        opened.memory.apply(event)
    yield opened
    opened.close()


@pytest.fixture
def seen(table: Desk) -> Figures:
    """The figures two days after the last answer."""
    return figures(table, at(16))


def test_each_card_stands_as_the_memory_says(table: Desk, seen: Figures) -> None:
    keys = [candidate.key for candidate in table.candidates()]
    assert list(seen.keys) == [*keys[:3], *keys[4:]]  # the fourth is suspended
    recall = seen.cards.recall(seen.rules.model)
    for number, key in enumerate(seen.keys):
        state = table.memory.state(key)
        if state is None:
            assert np.isnan(seen.cards.stability[number])
            continue
        assert seen.cards.stability[number] == pytest.approx(state.stability, rel=1e-12)
        assert seen.cards.difficulty[number] == pytest.approx(state.difficulty, rel=1e-12)
        assert (seen.cards.last[number], seen.cards.due[number]) == (state.day, state.due_day)
        assert recall[number] == pytest.approx(state.retrievability(at(16)))


def test_statistics_agree_with_the_home_screen(table: Desk, seen: Figures) -> None:
    found, home = seen.statistics(), table.overview(at(16))
    assert [one.recall for one in found.topics] == pytest.approx([load.recall for load in home.topics])
    assert found.streak.now == home.streak == 2  # the last answers, then a quiz
    assert found.answers == len(seen.reviews) == 15
    assert found.days.new.sum() == 5
    assert seen.topics == ("Perceptron", "Loss")


def test_a_topic_is_told_alone(seen: Figures) -> None:
    loss = seen.statistics(topics={"Loss"})
    assert loss.answers == 2
    assert [one.cards for one in loss.topics] == [0, 3]
    assert (loss.cards.new, loss.cards.young + loss.cards.mature) == (2, 1)
    assert loss.streak.now == 0  # a quiz was about something else


def test_a_quiz_is_study_of_the_notes_and_topics_whose_cards_it_asked(table: Desk, seen: Figures) -> None:
    home = table.overview(at(16)).streak
    assert home == seen.statistics(here=True).streak.now == seen.statistics(topics={"Perceptron"}).streak.now == 2
    assert seen.statistics(topics={"Loss"}).streak.now == 0


def test_answers_to_cards_that_are_gone_count_unless_only_the_notes_are_asked_for(table: Desk, tmp_path: Path) -> None:
    (tmp_path / "loss.md").unlink()
    again = desk.open_desk(desk.request([str(tmp_path)]))
    seen = figures(again, at(16))
    again.close()
    assert seen.statistics().answers == 15
    assert seen.statistics(here=True).answers == 13


def test_the_deck_counts_days_from_today(seen: Figures) -> None:
    deck = seen.deck()
    assert deck.last[0] == -2
    assert (deck.last <= 0).all()
    assert np.isnan(deck.stability).tolist() == [False, False, False, False, True, True]


def test_minutes_are_those_of_days_with_study(table: Desk, seen: Figures) -> None:
    assert seen.minutes() == pytest.approx(15 * 6 / 60 / 4)
    assert seen.minutes(3) == pytest.approx(5 * 6 / 60)
    assert figures(table, at(100)).minutes() is None
    assert minutes_until(seen, Settings()) == 5
    assert minutes_until(figures(table, at(100)), Settings()) == 20
    assert minutes_until(seen, Settings(minutes_per_day=33)) == 33


def test_a_plan_holds_the_syllabus_until_the_day_has_come(table: Desk, seen: Figures) -> None:
    cards = [(candidate.key, candidate.topic) for candidate in table.candidates()]
    today = seen.today
    exam = exam_of(Settings(exam=date.fromordinal(today + 10).isoformat()), today)
    assert exam is not None
    planned = plan(seen, exam, members(("loss",), cards), 20)
    loss = [key for key, topic in cards if topic == "Loss"]
    assert set(planned.gains) == set(loss)
    assert set(planned.cards(60)) <= set(loss)
    new = [key for key in planned.cards(60) if table.memory.state(key) is None]
    assert new == loss[1:]  # in study order
    assert planned.why(loss[0]) == "Exam in 10 days"
    over = exam_of(Settings(exam=date.fromordinal(today).isoformat()), today)
    assert over is not None
    assert plan(seen, over, set(loss), 20).cards(60) == []


def test_cards_are_expected_after_a_holiday_as_on_the_home_screen(table: Desk) -> None:
    day = at(16).day(4)
    for period in (Away(day - 8, day - 1), Away(day + 2, day + 7)):
        table.memory.apply(table.store.append("away", None, payload_of(period), at(16)))
    found = figures(table, at(16))
    assert found.away == ((-8, -1), (2, 7))
    coming, home = due_by_day(found.cards, 14).tolist(), table.overview(at(16)).forecast
    buried = 1  # which is back tomorrow: what is to come counts it today
    assert sum(coming) == sum(home) > 0
    assert coming[2:7] == list(home[2:7]) == [0] * 5
    assert coming[0] - home[0] <= buried
    assert found.deck().due.tolist() == (found.cards.due - day).tolist()


def test_a_connection_of_its_own_sees_the_same_and_leaves_the_desk_alone(table: Desk) -> None:
    beside, own = figures_beside(table.request, table.library, at(16)), figures(table, at(16))
    assert (beside.keys, beside.topics, beside.also, beside.today) == (own.keys, own.topics, own.also, own.today)
    assert beside.answers.grade.tolist() == own.answers.grade.tolist()
    assert np.array_equal(beside.cards.stability, own.cards.stability, equal_nan=True)
    key = table.candidates()[0].key
    table.memory.apply(table.store.append("review", key, {"grade": 3}, at(16)))
    assert len(figures_beside(table.request, table.library, at(16)).answers) == len(own.answers) + 1
