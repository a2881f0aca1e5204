"""`studytool stats` and `studytool forecast` as child processes, over a log of thirty days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest

from studytool.memory import Draft, Moment, open_store

DAYS = 30


class Studytool(Protocol):
    def __call__(self, *arguments: object, **options: object) -> Outcome: ...


class Outcome(Protocol):
    code: int

    @property
    def out(self) -> str: ...

    @property
    def err(self) -> str: ...


def today() -> date:
    """The learner's day, which is still yesterday's in the small hours."""
    return date.fromordinal(Moment.at(datetime.now().astimezone()).day(4))


def at(days: int, minute: int) -> Moment:
    """A moment at noon so many days ago."""
    day = today() - timedelta(days=days)
    return Moment.at(datetime(day.year, day.month, day.day, 12, minute).astimezone())


@pytest.fixture
def keys(studytool: Studytool, notes: Path) -> dict[str, list[str]]:
    """The keys of the cards by topic."""
    found: dict[str, list[str]] = {}
    for card in json.loads(studytool("cards", notes, "--json").out)["cards"]:
        found.setdefault(card["topic"], []).append(card["key"])
    return found


@pytest.fixture
def studied(home: Path, keys: dict[str, list[str]]) -> Iterator[int]:
    """A log in which the perceptron's three cards were answered every third day; how many answers it has."""
    drafts = [
        Draft("review", key, {"grade": 1 if (ago + place) % 12 == 0 else 3, "took_ms": 6_000}, at(ago, place))
        for ago in range(DAYS, 0, -3)
        for place, key in enumerate(keys["Perceptron"])
    ]
    store = open_store(home / "data")
    store.append_all(drafts)
    store.close()
    return len(drafts)


def shown(outcome: Outcome) -> dict[str, object]:
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, object] = json.loads(outcome.out)
    return found


def test_the_statistics_count_what_was_answered(studytool: Studytool, notes: Path, studied: int) -> None:
    found = shown(studytool("stats", notes, "--json"))
    days = found["days"]
    assert isinstance(days, list)
    assert found["answers"] == studied == sum(day["answers"] for day in days) == 30
    assert found["minutes"] == pytest.approx(studied * 6 / 60)
    assert len(days) == 10
    assert days[0]["day"] == (today() - timedelta(days=30)).isoformat()
    assert days[0]["new"] == 3
    retention = found["retention"]
    assert isinstance(retention, dict)
    assert retention["all"]["all"]["asked"] == 27
    assert retention["all"]["all"]["value"] is None  # 27 of the 30 that are needed
    assert retention["all"]["all"]["needed"] == 30
    assert retention["all"]["new"]["asked"] == 3
    calibration = found["calibration"]
    assert isinstance(calibration, dict)
    assert (calibration["answers"], calibration["log_loss"], calibration["rmse_bins"]) == (27, None, None)
    topics = found["topics"]
    assert isinstance(topics, list)
    assert [(one["topic"], one["cards"], one["seen"], one["answers"]) for one in topics] == [
        ("Perceptron", 3, 3, 30),
        ("Loss", 2, 0, 0),
    ]
    cards = found["cards"]
    assert isinstance(cards, dict)
    assert cards["new"] + cards["young"] + cards["mature"] == 5


def test_period_topic_and_path_choose_what_is_counted(studytool: Studytool, notes: Path, studied: int) -> None:
    assert shown(studytool("stats", notes, "--json", "--period", "week"))["answers"] == 6
    assert shown(studytool("stats", notes, "--json", "--topic", "loss"))["answers"] == 0
    assert shown(studytool("stats", notes, "--json", "--topic", "perceptron"))["answers"] == studied
    assert shown(studytool("stats", notes / "loss.md", "--json"))["answers"] == 0
    everywhere = shown(studytool("stats", "--json"))  # the course; the log is all of it
    assert (everywhere["answers"], everywhere["all_libraries"]) == (studied, True)
    title = "All libraries; what is due, stability and topics: Deep learning, the built-in course"
    assert studytool("stats").out.splitlines()[0] == title
    assert studytool("stats", notes, "--period", "week").out.splitlines()[0] == "notes, the last week"


def test_the_statistics_are_told_in_lines_with_bars(studytool: Studytool, notes: Path, studied: int) -> None:
    ran = studytool("stats", notes, "--workload")
    assert (ran.code, ran.err) == (0, "")
    assert f"{studied} answers on 10 days" in ran.out
    assert "too few, 30 are needed" in ran.out
    assert "calibration: too few answers, 27 of the 100 that are needed" in ran.out
    assert "█" in ran.out
    assert "desired retention over a year, 5 cards, simulated" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_of_many_topics_the_weakest_that_were_begun_are_listed(studytool: Studytool, notes: Path, home: Path) -> None:
    for number in range(40):
        (notes / f"many{number}.md").write_text(f"# Many {number:02}\n\nQ: What is {number}?\nA: It.\n", "utf-8")
    found = {card["topic"]: card["key"] for card in json.loads(studytool("cards", notes, "--json").out)["cards"]}
    drafts = [
        Draft("review", found[f"Many {number:02}"], {"grade": 3}, at(40 - number, number)) for number in range(25)
    ]
    store = open_store(home / "data")
    store.append_all(drafts)
    store.close()
    ran = studytool("stats", notes)
    lines = ran.out.splitlines()
    assert [line.split()[1] for line in lines if line.startswith("Many ")] == [f"{at:02}" for at in range(20)]
    assert lines[-1] == "… and 22 more topics, 17 of them not begun: `--all-topics` lists all"
    every = studytool("stats", notes, "--all-topics").out.splitlines()
    assert [line.split()[1] for line in every if line.startswith("Many ")] == [f"{at:02}" for at in range(40)]
    assert "…" not in every[-1]
    assert "Many 24" in studytool("stats", notes, "--topic", "Many 24").out
    assert len(shown(studytool("stats", notes, "--json"))["topics"]) == 42


def test_the_workload_is_a_curve(studytool: Studytool, notes: Path, studied: int) -> None:
    curve = shown(studytool("stats", notes, "--json", "--workload"))["workload"]
    assert isinstance(curve, dict)
    assert len(curve["curve"]) > 5
    assert {"retention", "minutes", "known"} == set(curve["curve"][0])
    assert "workload" not in shown(studytool("stats", notes, "--json"))


def test_without_an_answer_the_statistics_say_so(studytool: Studytool, notes: Path) -> None:
    assert "There are no answers to tell of yet." in studytool("stats", notes).out
    found = shown(studytool("stats", notes, "--json"))
    assert (found["answers"], found["days"]) == (0, [])


def test_an_unknown_topic_is_named(studytool: Studytool, notes: Path) -> None:
    ran = studytool("stats", notes, "--topic", "Percep\x1b[31mton")
    assert ran.code == 2
    assert "There is no topic Percepton with cards." in ran.err


def exam(notes: Path, text: str = "") -> str:
    day = (today() + timedelta(days=40)).isoformat()
    (notes / "studytool.toml").write_text(f'exam = {day}\nexam_name = "Finals"\n{text}', "utf-8")
    return day


def test_a_forecast_tells_the_load_of_each_day(studytool: Studytool, notes: Path, studied: int) -> None:
    found = shown(studytool("forecast", notes, "--json", "--days", "7"))
    days = found["days"]
    assert isinstance(days, list)
    assert len(days) == 7
    assert days[0]["new"] == 2  # the cards about loss
    assert all(day["low"] <= day["minutes"] <= day["high"] for day in days)
    assert found["answers"] == studied
    assert found["exam"] is None


def test_an_exam_is_forecast_by_minutes_and_topic(studytool: Studytool, notes: Path, studied: int) -> None:
    day = exam(notes, "minutes_per_day = 10\n")
    found = shown(studytool("forecast", notes, "--json", "--minutes", "1", "--minutes", "5"))["exam"]
    assert isinstance(found, dict)
    assert (found["name"], found["date"], found["days"], found["cards"], found["new"]) == ("Finals", day, 40, 5, 2)
    outlook = found["outlook"]
    assert [one["minutes"] for one in outlook] == [0, 1, 5]
    recall = [one["recall"]["mean"] for one in outlook]
    assert recall == sorted(recall)
    assert outlook[0]["topics"]["Loss"] == 0
    assert outlook[1]["topics"]["Loss"] > 0.5
    assert outlook[0]["everyday"] is None
    assert outlook[2]["everyday"]["recall"]["mean"] < recall[2]
    assert len(found["today"]) == 5


def test_the_syllabus_narrows_the_exam(studytool: Studytool, notes: Path, studied: int) -> None:
    exam(notes, 'syllabus = ["loss"]\n')
    found = shown(studytool("forecast", notes, "--json", "--minutes", "5"))["exam"]
    assert isinstance(found, dict)
    assert (found["cards"], found["new"]) == (2, 2)
    assert set(found["outlook"][1]["topics"]) == {"Loss"}
    exam(notes, "syllabus = 'is:new'\n")
    found = shown(studytool("forecast", notes, "--json", "--minutes", "5"))["exam"]
    assert isinstance(found, dict)
    assert (found["cards"], found["new"]) == (2, 2)
    exam(notes, "syllabus = 'is:nwe'\n")
    assert studytool("forecast", notes).code == 2
    exam(notes, 'syllabus = ["los"]\n')
    ran = studytool("forecast", notes)
    assert ran.code == 2
    assert "`syllabus` names los, and no card is found by that. There is Loss." in ran.err


def test_a_forecast_is_told_in_lines(studytool: Studytool, notes: Path, studied: int) -> None:
    assert "No exam is set." in studytool("forecast", notes).out
    day = exam(notes)
    told = studytool("forecast", notes).out
    assert f"Finals on {day}, in 40 days: 5 cards, 2 not seen yet" in told
    assert "nothing more" in told
    assert "everyday schedule" in told
    assert max(map(len, told.splitlines())) <= 100


def test_an_exam_that_is_over_is_told_as_such(studytool: Studytool, notes: Path, studied: int) -> None:
    (notes / "studytool.toml").write_text("exam = 2020-01-01\n", "utf-8")
    told = studytool("forecast", notes)
    assert told.code == 0
    assert "It is over; the everyday schedule holds again." in told.out


def test_a_card_put_out_is_not_planned_for(
    studytool: Studytool, notes: Path, home: Path, keys: dict[str, list[str]], studied: int
) -> None:
    store = open_store(home / "data")
    store.append_all([Draft("suspend", keys["Loss"][0], {}, at(0, 0))])
    store.close()
    exam(notes)
    found = shown(studytool("forecast", notes, "--json", "--minutes", "5"))["exam"]
    assert isinstance(found, dict)
    assert (found["cards"], found["new"]) == (4, 1)


def test_an_exam_years_away_is_not_foreseen(studytool: Studytool, notes: Path, studied: int) -> None:
    (notes / "studytool.toml").write_text("exam = 2199-01-01\n", "utf-8")
    assert "too far to foresee" in studytool("forecast", notes).out
    ran = studytool("forecast", notes, "--days", "1000")
    assert (ran.code, "--days goes up to 366" in ran.err) == (2, True)


def test_notes_without_a_card_are_told_as_such(studytool: Studytool, tmp_path: Path) -> None:
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose" / "a.md").write_text("# Nothing here\n\nJust prose.\n", "utf-8")
    exam(tmp_path / "prose")
    assert "There is no card to ask." in studytool("forecast", tmp_path / "prose").out
    found = shown(studytool("forecast", tmp_path / "prose", "--json"))["exam"]
    assert isinstance(found, dict)
    assert (found["cards"], found["outlook"]) == (0, [])
    assert "workload" not in shown(studytool("stats", tmp_path / "prose", "--json", "--workload"))
