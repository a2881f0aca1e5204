"""Moments, days that turn at four in the morning, ids."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from studytool.memory import Moment
from studytool.memory.events import uuid7

BERLIN = timezone(timedelta(hours=2))


def _day(hour: int, minute: int = 0, rollover: int = 4) -> date:
    return date.fromordinal(Moment.at(datetime(2024, 5, 10, hour, minute, tzinfo=BERLIN)).day(rollover))


def test_the_day_turns_at_the_rollover_and_not_at_midnight() -> None:
    assert _day(3, 59) == date(2024, 5, 9)
    assert _day(4, 0) == date(2024, 5, 10)
    assert _day(23, 59) == date(2024, 5, 10)


def test_a_rollover_of_zero_is_the_calendar() -> None:
    assert _day(0, 0, rollover=0) == date(2024, 5, 10)


def test_the_day_is_that_of_the_place_and_not_of_utc() -> None:
    late = datetime(2024, 5, 10, 23, 30, tzinfo=UTC)
    assert Moment.at(late).day(4) == date(2024, 5, 10).toordinal()
    assert Moment.at(late.astimezone(timezone(timedelta(hours=9)))).day(4) == date(2024, 5, 11).toordinal()


def test_a_moment_keeps_milliseconds_and_the_offset() -> None:
    assert Moment.at(datetime(1970, 1, 1, 2, 0, 0, 123_000, tzinfo=BERLIN)) == Moment(123, 120)
    assert Moment.at(datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))).offset == -210


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment.at(datetime(2024, 1, 1))


def test_an_id_is_a_uuid_of_version_7_with_its_time_in_front() -> None:
    from uuid import RFC_4122, UUID

    found = UUID(uuid7(1_700_000_000_123, bytes(range(10))))
    assert (found.version, found.variant) == (7, RFC_4122)
    assert found.int >> 80 == 1_700_000_000_123


def test_ids_sort_by_time() -> None:
    assert uuid7(5, b"\xff" * 10) < uuid7(6, b"\0" * 10)


def test_a_clock_before_1970_still_gives_an_id() -> None:
    assert len(uuid7(-5, b"\xff" * 10)) == 32
