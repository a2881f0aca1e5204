"""The order of the cards by a column."""

from __future__ import annotations

import random

import pytest

from studytool.app.roll import sorted_in_pieces

CHANCE = random.Random(7)


@pytest.mark.parametrize(
    "measures",
    [
        [],
        [CHANCE.random() for _ in range(30_000)],
        [f"{CHANCE.randrange(100)} words" for _ in range(30_000)],
        [1] * 30_000,
        list(range(30_000, 0, -1)),
        [0] * 29_000 + [CHANCE.random() for _ in range(1_000)],
    ],
    ids=["none", "numbers", "texts", "all the same", "backwards", "most the same"],
)
def test_many_cards_sorted_in_pieces_stand_as_if_sorted_at_once(measures: list[float] | list[str]) -> None:
    assert sorted_in_pieces(measures) == sorted(range(len(measures)), key=measures.__getitem__)
