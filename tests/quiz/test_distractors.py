"""What it takes to choose wrong options: counted, since a paper must be there at once and times differ by machine."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from studytool.notes.model import Library
from studytool.quiz import build, distractors
from studytool.quiz.distractors import draw

RIGHT = "qqqqqqqqqqqq"  # like none of the others
PAPERS, COUNT = 5, 40


def apart(length: int, number: int) -> str:
    """A text of this many characters that is like no other one."""
    return "".join(Random(number).choices("abcdefghijklmnoprstuvwxyz", k=length))


def test_no_more_candidates_are_asked_for_than_an_aim_needs() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield apart(len(RIGHT) + (-2, 3)[taken % 2], taken)

    for seed in range(20):
        taken = 0
        draw(RIGHT, endless(), "", Random(seed))
        assert 6 <= taken <= 16, seed


def test_where_a_length_is_missing_the_search_for_it_ends() -> None:
    taken: list[int] = []

    def longer() -> Iterator[str]:
        for number in range(1000):
            taken.append(number)
            yield apart(len(RIGHT) + 3, number)

    drawn = []
    for seed in range(20):
        taken.clear()
        drawn.append(draw(RIGHT, longer(), "", Random(seed)))
        assert len(taken) <= 24
        assert all(len(text) > len(RIGHT) for text in drawn[-1] or ())
    assert None in drawn
    assert any(drawn)


def test_a_paper_holds_few_texts_against_each_other(large: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    real = distractors.also_right

    def counted(text: str, other: str) -> bool:
        nonlocal calls
        calls += 1
        return real(text, other)

    monkeypatch.setattr(distractors, "also_right", counted)
    for seed in range(PAPERS):
        calls = 0
        assert len(build(large, count=COUNT, seed=seed).questions) == COUNT
        assert COUNT < calls < 60 * COUNT
