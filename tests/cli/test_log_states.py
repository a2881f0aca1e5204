"""`studytool log states`: the state of every card, for a script that compares or computes with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import fsrs
import pytest

from studytool.memory import Moment, open_store
from studytool.memory.events import DAY_MS
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from tests.cli.conftest import Studytool

NOON = 1_704_110_400_000  # 2024-01-01 12:00 UTC
ANSWERS = ((0, 3), (3, 3), (3, 4), (20, 1), (21, 3))


@pytest.fixture
def answered(home: Path) -> list[tuple[int, int]]:
    """A log of one card that was answered some times, and one that was put out."""
    store = open_store(home / "data")
    for day, grade in ANSWERS:
        store.append("review", "key\x1b[31m", {"grade": grade, "took_ms": 9}, Moment(NOON + day * DAY_MS, 0))
    store.append("suspend", "never answered", {}, Moment(NOON, 0))
    store.close()
    return list(ANSWERS)


def expected(weights: tuple[float, ...]) -> fsrs.Card:
    """What py-fsrs makes of the answers."""
    card, scheduler = fsrs.Card(card_id=1), fsrs.Scheduler(weights, enable_fuzzing=False)
    for day, grade in ANSWERS:
        when = datetime.fromtimestamp(NOON / 1000 + day * 86_400, UTC)
        card, _ = scheduler.review_card(card, fsrs.Rating(grade), when)
    return card


def test_every_card_that_was_answered_is_told_in_full_precision(
    studytool: Studytool, answered: list[tuple[int, int]]
) -> None:
    done = studytool("log", "states", "--json")
    assert (done.code, done.err) == (0, "")
    (card,) = json.loads(done.out)
    theirs = expected(DEFAULT_WEIGHTS)
    assert card["card"] == "key\x1b[31m"
    assert "\x1b" not in done.out
    assert card["stability"] == pytest.approx(theirs.stability, abs=1e-12)
    assert card["difficulty"] == pytest.approx(theirs.difficulty, abs=1e-12)
    assert (card["reviews"], card["lapses"], card["phase"], card["out"]) == (5, 1, "review", None)
    assert card["last"] == "2024-01-22T12:00:00.000Z"
    assert abs((datetime.fromisoformat(card["due"]) - theirs.due).days) <= 1  # as far as four days may be fuzzed
    assert 0 < card["retrievability"] < 1


@pytest.mark.parametrize("told", ["[{}]", '{{"weights": [{}], "loss": 0.4}}'])
def test_other_parameters_may_be_given(
    studytool: Studytool, answered: list[tuple[int, int]], tmp_path: Path, told: str
) -> None:
    weights = tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS)
    (tmp_path / "weights.json").write_text(told.format(", ".join(map(str, weights))))
    done = studytool("log", "states", "--json", "--params", tmp_path / "weights.json")
    assert json.loads(done.out)[0]["stability"] == pytest.approx(expected(weights).stability, abs=1e-12)


@pytest.mark.parametrize("told", ["", "[1, 2]", "{}", "[" * 100_000, '{"weights": "abcdefghijklmnopqrstu"}', "null"])
def test_parameters_that_are_none_are_refused(studytool: Studytool, tmp_path: Path, told: str) -> None:
    (tmp_path / "weights.json").write_text(told)
    done = studytool("log", "states", "--params", tmp_path / "weights.json")
    assert (done.code, done.out) == (2, "")
    assert "a JSON list of 21 numbers" in done.err


def test_a_file_of_parameters_that_is_not_there_is_named(studytool: Studytool, tmp_path: Path) -> None:
    done = studytool("log", "states", "--params", tmp_path / "none")
    assert done.code == 2
    assert "cannot be read: No such file" in done.err


def test_a_table_is_printed_for_people(studytool: Studytool, answered: list[tuple[int, int]]) -> None:
    lines = studytool("log", "states").out.splitlines()
    assert lines[0].split() == ["card", "stability", "difficulty", "due", "recall", "reviews", "lapses"]
    assert lines[1].split()[-2:] == ["5", "1"]


def test_an_empty_log_says_so(studytool: Studytool) -> None:
    assert studytool("log", "states").out == "No card was answered yet.\n"
    assert json.loads(studytool("log", "states", "--json").out) == []


def test_cards_are_told_by_key_whoever_was_answered_first(studytool: Studytool, home: Path) -> None:
    store = open_store(home / "data")
    for key in ("b", "c", "a"):
        store.append("review", key, {"grade": 3, "took_ms": 9}, Moment(NOON, 0))
    store.close()
    assert [one["card"] for one in json.loads(studytool("log", "states", "--json").out)] == ["a", "b", "c"]
