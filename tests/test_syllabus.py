"""The exam of the settings, its cards, and how urgent each is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from studytool.errors import UsageError
from studytool.settings import Settings
from studytool.syllabus import Plan, exam_of, members, slips

TODAY = date(2026, 11, 21).toordinal()
CARDS = [("a", "Perceptron"), ("b", "Perceptron"), ("c", "Loss  functions"), ("d", "CNN")]


@pytest.mark.parametrize(
    ("day", "when"),
    [
        ("2026-12-15", "in 24 days"),
        ("2026-11-22", "tomorrow"),
        ("2026-11-21", "today"),
        ("2026-11-20", "yesterday"),
        ("2026-11-18", "3 days ago"),
    ],
)
def test_an_exam_is_so_many_days_away(day: str, when: str) -> None:
    exam = exam_of(Settings(exam=day, exam_name="Finals\x1b[31m"), TODAY)
    assert exam is not None
    assert (exam.name, exam.date, exam.when) == ("Finals", day, when)


def test_without_an_exam_there_is_none() -> None:
    assert exam_of(Settings(), TODAY) is None


def test_a_syllabus_names_topics_in_capitals_or_not() -> None:
    assert members(("perceptron", "LOSS functions"), CARDS) == {"a", "b", "c"}
    assert members((), CARDS) == {"a", "b", "c", "d"}


def test_what_is_no_topic_is_searched_for() -> None:
    asked = []

    def search(query: str) -> list[str]:
        asked.append(query)
        return ["b", "d", "of another library"]

    assert members(("Loss functions", "tag:exam"), CARDS, search) == {"b", "c", "d"}
    assert asked == ["tag:exam"]


def test_what_names_no_card_is_told_with_the_nearest_topic() -> None:
    with pytest.raises(UsageError, match=r"`syllabus` names Percepton, and no card .* There is Perceptron\."):
        members(("Percepton",), CARDS, lambda query: ["a"])
    with pytest.raises(UsageError, match=r"names tag:none, .* names tag:no, "):
        members(("tag:none", "tag:no"), CARDS, lambda query: [])


def test_what_finds_cards_is_used_beside_what_finds_none_and_each_of_those_is_told() -> None:
    missed: list[str] = []
    found = members(("Nope", "cnn", "topic:(", "tag:none"), CARDS, lambda query: [], missed, "settings.toml:2")
    assert found == {"d"}
    assert [told.partition(", and")[0] for told in missed] == [
        "settings.toml:2: `syllabus` names Nope",
        "settings.toml:2: `syllabus` names topic:(",
        "settings.toml:2: `syllabus` names tag:none",
    ]


def test_a_slip_in_a_topics_name_is_told_before_anything_is_searched() -> None:
    topics = [topic for _, topic in CARDS]
    named = ("percepton", "CNN", "loss functions", "tag:exma", '"words"')
    (told,) = slips(Settings(exam="2026-12-15", syllabus=named), topics)
    assert told == "`syllabus` names percepton, and no card is found by that. There is Perceptron."
    assert slips(Settings(syllabus=named), topics) == []  # no exam asks for it
    assert slips(Settings(exam="2026-12-15"), topics) == []
    of_others = Settings(exam="2026-12-15", syllabus=("Roman law",))
    assert slips(of_others, topics) == []  # the exam is of other notes
    (told,) = slips(replace(of_others, syllabus=("Roman law", "Perceptron")), topics)
    assert "names Roman law" in told
    (told,) = slips(replace(of_others, syllabus=("percepton",)), topics)
    assert "There is Perceptron." in told


def some_plan() -> Plan:
    exam = exam_of(Settings(exam="2026-12-15", exam_name="Finals"), TODAY)
    assert exam is not None
    return Plan(exam, {"a": 0.1, "b": 0.3, "c": -0.2, "d": 0.2}, {"a": 30, "b": 40, "c": 5, "d": 50, "e": 5})


def test_a_plan_asks_first_what_gains_most_and_stops_when_the_minutes_are_full() -> None:
    assert some_plan().cards(1) == ["b", "d"]
    assert some_plan().cards(60) == ["b", "d", "a"]  # asking c would do harm
    assert some_plan().cards(0) == []


def test_a_plan_tells_the_queue_what_comes_first_and_why() -> None:
    plan = some_plan()
    assert sorted("xcab", key=lambda key: -plan.of(key)) == ["b", "a", "c", "x"]
    assert plan.why("a") == "Finals in 24 days"
    assert plan.why("x") == ""
