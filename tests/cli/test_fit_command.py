"""`studytool fit` as a child process: on a real log, on a table, and going back."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from studytool.memory import Draft, Moment, open_store
from studytool.memory.events import DAY_MS
from studytool.memory.fit.event import payload_of
from studytool.memory.fit.fitting import Log
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from tests.bench import learners
from tests.cli.conftest import Studytool

START = 1_704_110_400_000  # 2024-01-01 12:00 UTC
HEADER = "card_id,review_time,review_rating,review_state,review_duration"


@pytest.fixture(scope="module")
def answers() -> Log:
    """2,000 answers of somebody who is far from the ordinary."""
    return learners.log_of(learners.Learner(learners.drawn(np.random.default_rng(9), 1.5)), 2_000, 9)


def moments(answers: Log) -> list[int]:
    return [START + day * DAY_MS + row for row, day in enumerate(answers.day.tolist())]


@pytest.fixture
def studied(answers: Log, log: Path) -> Path:
    """The log of the child processes with those answers in it."""
    store = open_store(log.parent)
    rows = zip(moments(answers), answers.card.tolist(), answers.grade.tolist(), strict=True)
    store.append_all(
        [Draft("review", f"card {card}", {"grade": grade, "took_ms": 4000}, Moment(ms, 0)) for ms, card, grade in rows]
    )
    store.close()
    return log


@pytest.fixture
def table(answers: Log, tmp_path: Path) -> Path:
    """The same answers as a table."""
    rows = zip(moments(answers), answers.card.tolist(), answers.grade.tolist(), strict=True)
    path = tmp_path / "answers.csv"
    path.write_text("\n".join([HEADER, *(f"{card},{ms},{grade},2,4000" for ms, card, grade in rows), ""]), "utf-8")
    return path


def parameters_in(log: Path) -> list[dict]:
    store = open_store(log.parent)
    found = [dict(event.payload) for event in store.events() if event.kind == "parameters"]
    store.close()
    return found


def test_a_fit_is_adopted_and_written_and_says_what_it_gained_and_changes(studytool: Studytool, studied: Path) -> None:
    done = studytool("fit")
    assert done.code == 0, done.err
    print(done.out)
    assert "Adopted." in done.out
    assert "Due dates:" in done.out
    assert "Reviews a day for a recall of 90 %:" in done.out
    (payload,) = parameters_in(studied)
    assert f"log loss {payload['was']:.4f} by the present parameters, {payload['loss']:.4f} by " in done.out
    assert payload["loss"] < payload["was"]
    assert len(payload["weights"]) == 21


def test_a_dry_run_tells_the_same_and_writes_nothing(studytool: Studytool, studied: Path) -> None:
    dry = json.loads(studytool("fit", "--dry-run", "--json").out)
    assert parameters_in(studied) == []
    wet = json.loads(studytool("fit", "--json").out)
    assert (dry.pop("written"), wet.pop("written")) == (False, True)
    assert dry["adopted"]
    changed = [one.pop("changes") for one in (dry, wet)]
    assert [one["later"] for one in changed] == [changed[0]["later"]] * 2
    assert dry == wet
    assert (wet["before"], wet["against"]) == (list(DEFAULT_WEIGHTS), "present")
    (payload,) = parameters_in(studied)
    assert (payload["weights"], payload["loss"], payload["was"]) == (wet["parameters"], wet["loss"], wet["was"])
    assert payload["reviews"] == wet["reviews"]


def more(log: Path, answers: Log) -> None:
    """Some more answers than `studied` has, a day after them."""
    store = open_store(log.parent)
    day = moments(answers)[-1] + 2 * DAY_MS
    drafts = [Draft("review", f"card {card}", {"grade": 3, "took_ms": 1}, Moment(day + card, 0)) for card in range(20)]
    store.append_all(drafts)
    store.close()


def test_a_second_fit_to_the_same_answers_changes_nothing(studytool: Studytool, studied: Path) -> None:
    first = json.loads(studytool("fit", "--json").out)
    done = studytool("fit")
    assert "Not adopted. They are in use already." in done.out
    assert json.loads(studytool("fit", "--json").out)["parameters"] == first["parameters"]
    assert len(parameters_in(studied)) == 1


def test_undo_goes_back_a_fit_at_a_time_and_reset_to_the_published_ones(
    studytool: Studytool, studied: Path, answers: Log
) -> None:
    first = json.loads(studytool("fit", "--json").out)["parameters"]
    more(studied, answers)
    again = json.loads(studytool("fit", "--json").out)
    assert (again["before"], again["against"], again["written"]) == (first, "published", True)
    back = json.loads(studytool("fit", "--reset", "--json").out)
    assert back == {"parameters": list(DEFAULT_WEIGHTS), "before": again["parameters"]}
    assert json.loads(studytool("fit", "--undo", "--dry-run", "--json").out)["parameters"] == again["parameters"]
    assert json.loads(studytool("fit", "--undo", "--json").out)["parameters"] == again["parameters"]
    assert "fitted before are in use" in studytool("fit", "--undo").out
    assert json.loads(studytool("fit", "--dry-run", "--json").out)["before"] == first
    assert "published parameters are in use" in studytool("fit", "--undo").out
    nothing = studytool("fit", "--undo")
    assert nothing.code == 1
    assert "nothing to undo" in nothing.err


def test_a_reset_counts_also_after_a_clock_that_was_ahead_was_set_right(studytool: Studytool, log: Path) -> None:
    own = [weight * 1.05 for weight in DEFAULT_WEIGHTS]
    store = open_store(log.parent)
    ahead = Moment(4_000_000_000_000, 0)  # in 2096
    store.append("parameters", None, payload_of(own), ahead)
    store.close()
    assert json.loads(studytool("fit", "--reset", "--json").out)["before"] == own
    assert parameters_in(log)[-1]["weights"] == list(DEFAULT_WEIGHTS)
    assert json.loads(studytool("fit", "--reset", "--json").out)["before"] == list(DEFAULT_WEIGHTS)


def test_a_short_log_is_told_what_it_lacks(studytool: Studytool, log: Path) -> None:
    done = studytool("fit")
    assert done.code == 0
    assert "A fit needs 300 answers" in done.out
    told = json.loads(studytool("fit", "--json").out)
    assert (told["adopted"], told["loss"], told["parameters"]) == (False, None, list(DEFAULT_WEIGHTS))
    assert parameters_in(log) == []


def test_a_table_is_fitted_like_the_log_and_nothing_is_written(
    studytool: Studytool, studied: Path, table: Path
) -> None:
    own = json.loads(studytool("fit", "--dry-run", "--json").out)
    done = studytool("fit", "--csv", table, "--offset", "+00:00", "--json")
    told = json.loads(done.out)
    assert told["parameters"] == own["parameters"]
    assert (told["loss"], told["was"], told["reviews"]) == (own["loss"], own["was"], own["reviews"])
    assert parameters_in(studied) == []


def test_answers_of_one_single_day_are_told_to_be_too_few_days(studytool: Studytool, tmp_path: Path) -> None:
    rows = [f"{card},{START + day * DAY_MS},{3 - 2 * (day and card % 2)}" for card in range(400) for day in (0, 20)]
    (tmp_path / "one.csv").write_text("\n".join(["card_id,review_time,review_rating", *rows, ""]), "utf-8")
    done = studytool("fit", "--csv", tmp_path / "one.csv", "--offset", "+00:00")
    assert "but of too few days or cards to be sure" in done.out
    told = json.loads(
        studytool("fit", "--csv", tmp_path / "one.csv", "--offset", "+00:00", "--json").out, parse_constant=pytest.fail
    )
    assert (told["error"], told["adopted"]) == (None, False)


def test_folds_tell_the_pooled_losses(studytool: Studytool, studied: Path, table: Path) -> None:
    told = json.loads(studytool("fit", "--csv", table, "--timezone", "UTC", "--folds", "5", "--json").out)
    assert (told["folds"], told["tested"]) == (5, told["reviews"] // 6 * 5)
    assert told["loss"] < told["was"]
    assert told["in_use"] <= told["was"]
    assert json.loads(studytool("fit", "--folds", "5", "--json").out) == told
    assert f"{told['loss']:.4f} by fitted parameters" in studytool("fit", "--folds", "5").out
    assert "too few" in studytool("fit", "--folds", "5000").out


def test_where_the_learner_was_decides_which_answers_are_of_one_day(studytool: Studytool, table: Path) -> None:
    """16 hours east of Greenwich noon is four in the morning, when the day turns."""
    table.write_text("\n".join([HEADER, f"a,{START - 1000},3,0,1", f"a,{START + 1000},3,0,1"]))
    places = {
        ("--offset", "+16"): 1,
        ("--offset", "+16:30"): 0,
        ("--offset", "+15.5"): 0,
        ("--offset=-08:00",): 1,
        ("--timezone", "UTC"): 0,
        ("--timezone", "America/Los_Angeles"): 1,
        ("--timezone", "UTC", "--rollover", "12"): 1,
    }
    told = {place: studytool("fit", "--csv", table, *place, "--json") for place in places}
    assert {place: json.loads(done.out)["reviews"] for place, done in told.items()} == places


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--csv", "missing.csv"), "There is no file missing.csv"),
        (("--csv", "answers.csv", "--timezone", "Nowhere/At-all"), "There is no time zone"),
        (("--csv", "answers.csv", "--undo"), "about your own log"),
        (("--timezone", "UTC"), "goes with `--csv`"),
        (("--undo", "--reset"), "not allowed with"),
        (("--folds", "0"), "at least 1"),
        (("--csv", "answers.csv", "--rollover", "24"), "between 0 and 23"),
        (("--csv", "answers.csv", "--rollover", "noon"), "--rollover: it should be a whole number, not 'noon'"),
        (("--csv", "answers.csv", "--offset", "east"), "--offset: it should look like +01:00 or -05:30, not 'east'"),
        (("--csv", "answers.csv", "--offset", "inf"), "--offset: it should look like +01:00"),
        (("--csv", "answers.csv", "--offset", "1:-30"), "--offset: it should look like +01:00"),
        (("--folds", "few"), "--folds: it should be a whole number, not 'few'"),
    ],
)
def test_wrong_usage_is_told(studytool: Studytool, table: Path, arguments: tuple[str, ...], said: str) -> None:
    done = studytool("fit", *arguments)
    assert done.code == 2
    assert said in done.err


def test_a_table_that_cannot_be_read_is_told(studytool: Studytool, table: Path) -> None:
    for content, said in ((b"\xff\xfe\x00", "not UTF-8"), (b"a,b\n1,2\n", "no column card_id")):
        table.write_bytes(content)
        done = studytool("fit", "--csv", table)
        assert done.code == 1
        assert said in done.err
    assert studytool("fit", "--csv", table.parent).code == 1


def test_a_time_at_the_end_of_time_is_told(studytool: Studytool, table: Path) -> None:
    table.write_text(f"{HEADER}\na,253402300799999,3,0,1\n")
    done = studytool("fit", "--csv", table, env={"TZ": "Asia/Tokyo"})
    assert done.code == 1
    assert "answers.csv:2: the time or the rating cannot be right" in done.err


def test_changes_by_hand_in_a_table_are_counted(studytool: Studytool, table: Path) -> None:
    table.write_text(f"{HEADER}\na,{START},0,4,1\na,{START},3,0,1\n")
    done = studytool("fit", "--csv", table)
    assert done.code == 0
    assert "left out: 1 of rating 0" in done.err
