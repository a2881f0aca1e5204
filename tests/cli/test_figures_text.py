"""Figures in words."""

from __future__ import annotations

import pytest

from studytool.commands.figures_text import bars, length
from studytool.text import counted, percent


@pytest.mark.parametrize(
    ("value", "words"), [(None, "-"), (0.0, "0 %"), (0.844, "84 %"), (0.994, "99 %"), (0.9999, ">99 %"), (1.0, "100 %")]
)
def test_a_share_is_all_only_when_it_is_all(value: float | None, words: str) -> None:
    assert percent(value) == words


def test_bars_are_as_long_as_their_share_and_never_vanish() -> None:
    assert bars([("a", 24), ("bb", 12), ("c", 0.01), ("d", 0)]) == [
        " a  ████████████████████████ 24",
        "bb  ████████████             12",
        " c  ▏                        0.01",
        " d                           0",
    ]
    assert bars([("a", 0)]) == ["a                           0"]
    assert bars([]) == []


def test_counts_and_lengths() -> None:
    assert (counted(1, "day"), counted(1_200, "day")) == ("1 day", "1,200 days")
    assert (length(45.4), length(119), length(600)) == ("45 min", "119 min", "10 hours")
