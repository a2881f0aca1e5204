"""docs/scheduling.md tells every setting of the schedule with its default."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from studytool.memory import away, cram, leech, queue
from studytool.settings import Settings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scheduling.md").read_text("utf-8")


def test_the_defaults_are_those_of_the_program() -> None:
    block = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert block
    told = tomllib.loads(block[1])
    assert {name: getattr(Settings(), name) for name in told} == {**told, "easy_days": tuple(told["easy_days"])}
    assert {"new_per_day", "reviews_per_day", "desired_retention", "rollover"} < told.keys()


def test_the_numbers_in_the_text_are_those_of_the_program() -> None:
    assert f"forgotten {leech.FIRST} times" in PAGE
    assert f"every {leech.AGAIN} times" in PAGE
    assert queue.LEARN_AHEAD_MS == 20 * 60_000
    assert "up to 20 minutes early" in PAGE
    assert away.SPREAD_DAYS == 14
    assert "two weeks at most" in PAGE
    assert cram.BETWEEN == 7
    assert "after seven others" in PAGE
