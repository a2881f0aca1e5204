"""A table of answers, as FSRS optimizers read it, for a fit."""

from __future__ import annotations

import csv

import pytest

from studytool.errors import StudytoolError
from studytool.memory.fit.table import log_in

HEADER = "card_id,review_time,review_rating,review_state,review_duration"
NOON = 1_704_110_400_000  # 2024-01-01 12:00 UTC
HOUR = 3_600_000
NEW_YEAR = 738_886  # date(2024, 1, 1).toordinal()


def read(*rows: str, header: str = HEADER, offset: int = 0, rollover: int = 4):
    return log_in([f"{line}\n" for line in (header, *rows)], "log.csv", lambda ms: offset, rollover)[0]


def test_answers_are_read_in_the_order_of_their_times() -> None:
    log = read(f"b,{NOON + 24 * HOUR},1,2,100", f"a,{NOON},3,0,5000", f"b,{NOON},4,0,1")
    assert log.card.tolist() == [1, 0, 0]
    assert log.grade.tolist() == [3, 4, 1]
    assert log.day.tolist() == [NEW_YEAR, NEW_YEAR, NEW_YEAR + 1]


def test_the_day_turns_at_the_rollover_where_the_learner_was() -> None:
    at_three = f"a,{NOON + 15 * HOUR},3,0,1"
    assert read(at_three).day.tolist() == [NEW_YEAR]
    assert read(at_three, rollover=3).day.tolist() == [NEW_YEAR + 1]
    assert read(at_three, offset=60).day.tolist() == [NEW_YEAR + 1]
    assert read(at_three, offset=-16 * 60).day.tolist() == [NEW_YEAR]


def test_columns_may_stand_in_any_order_and_others_may_be_missing() -> None:
    log = read(f"3.0,x,{NOON},7", header="\tReview_Rating ,deck,review_time,card_id")
    assert (log.grade.tolist(), log.day.tolist()) == ([3], [NEW_YEAR])


def test_changes_by_hand_are_no_answers() -> None:
    assert read(f"a,{NOON},0,2,0", f"a,{NOON},3,2,0").grade.tolist() == [3]


def test_a_table_without_rows_is_an_empty_log() -> None:
    assert len(read().card) == 0


@pytest.mark.parametrize("row", ["a", f"a,{NOON}", "a,noon,3", f"a,{NOON},good", f"a,{NOON},2.5", "a,1e999,3"])
def test_a_row_that_cannot_be_read_is_named(row: str) -> None:
    with pytest.raises(StudytoolError, match=r"^log.csv:3: this row cannot be read"):
        read(f"a,{NOON},3", row)


@pytest.mark.parametrize("row", [f"a,{NOON},5", f"a,{NOON},-1", "a,-5,3", "a,1700000000,3", "a,99999999999999999999,3"])
def test_a_value_that_cannot_be_right_is_named(row: str) -> None:
    with pytest.raises(StudytoolError, match=r"^log.csv:2: the time or the rating cannot be right"):
        read(row)


@pytest.mark.parametrize("header", ["", "a,b,c", "card_id,review_time"])
def test_a_missing_column_is_named(header: str) -> None:
    with pytest.raises(StudytoolError, match=r"has no column (card_id|review_rating)\."):
        read(header=header)


def test_a_cell_without_end_is_named() -> None:
    usual = csv.field_size_limit(131_072)  # what was read before may have raised it
    try:
        with pytest.raises(StudytoolError, match=r"^log.csv:\d+: this is not a table"):
            read("a" * 200_000)
    finally:
        csv.field_size_limit(usual)
