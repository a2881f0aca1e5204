"""Whoever knows nothing and guesses by tricks does no better than chance, which is one in four."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from rapidfuzz.fuzz import token_set_ratio

from studytool import places
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Asked, build

Guess = Callable[[Asked], Sequence[float]]
SHARED = Path(__file__).resolve().parents[3] / "shared"


def bag(text: str) -> set[str]:
    return {word.strip("?.,;:!>*").casefold() for word in text.split()}


def longest(asked: Asked) -> Sequence[float]:
    return [len(option.text) for option in asked.options]


def echo(asked: Asked) -> Sequence[float]:
    said = bag(asked.prompt)
    return [len(said & bag(option.text)) for option in asked.options]


def odd_one_out(asked: Asked) -> Sequence[float]:
    lengths = longest(asked)
    mean = sum(lengths) / len(lengths)
    return [abs(length - mean) for length in lengths]


def most_central(asked: Asked) -> Sequence[float]:
    texts = [option.text for option in asked.options]
    return [
        sum(token_set_ratio(text, other) for place, other in enumerate(texts) if place != index)
        for index, text in enumerate(texts)
    ]


def least(guess: Guess) -> Guess:
    """The guesser that takes what the other one would take last."""
    return lambda asked: [-value for value in guess(asked)]


GUESSERS: dict[str, Guess] = {
    "longest option": longest,
    "shortest option": least(longest),
    "most words shared with the question": echo,
    "fewest words shared with the question": least(echo),
    "odd one out by length": odd_one_out,
    "most central": most_central,
    "least central": least(most_central),
}


def score(guess: Guess, questions: Sequence[Asked]) -> float:
    """The percentage that the guesser gets right; between equals it draws lots."""
    points = 0.0
    for asked in questions:
        values = guess(asked)
        best = [index for index, value in enumerate(values) if value == max(values)]
        points += sum(asked.options[index].correct for index in best) / len(best)
    return 100 * points / len(questions)


def scores(questions: Sequence[Asked]) -> dict[str, float]:
    """The percentage of each guesser."""
    return {name: score(guess, questions) for name, guess in GUESSERS.items()}


def near_chance(within: float) -> object:
    """What every guesser gets when nothing gives the answer away: one in four."""
    return pytest.approx(dict.fromkeys(GUESSERS, 25), abs=within)


def made(library: Library, seeds: int = 1) -> list[Asked]:
    """The choices that were made from plain cards, over some papers of all cards."""
    written = {question.key for note in library.notes for question in note.questions}
    papers = [build(library, count=100_000, seed=seed) for seed in range(seeds)]
    return [asked for paper in papers for asked in paper.questions if asked.options and asked.card not in written]


@pytest.fixture(scope="module")
def questions(large: Library) -> list[Asked]:
    found = made(large, seeds=3)
    assert len(found) >= 1_000
    return found


def test_guessers_are_within_five_points_of_chance(questions: list[Asked]) -> None:
    assert scores(questions) == near_chance(5)


def test_no_guesser_finds_the_answers_of_the_built_in_course() -> None:
    cards = places.built_in("cards")
    found = made(load_library([cards], root=cards), seeds=5)
    assert len(found) >= 60
    # Some 30 cards in five papers: the figure itself is uncertain by 8.
    assert max(scores(found).values()) < 25 + 12


def test_no_guesser_finds_the_answers_that_were_written_with_the_course() -> None:
    cards = places.built_in("cards")
    library = load_library([cards], root=cards)
    written = {question.key for note in library.notes for question in note.questions}
    paper = build(library, count=100_000, seed=0)
    found = [one for one in paper.questions if one.kind == "choice" and one.card in written and len(one.options) == 4]
    assert len(found) >= 60  # so many that the figure itself is uncertain by 5
    assert max(scores(found).values()) < 25 + 12


def test_no_guesser_finds_the_answers_in_notes_of_other_people() -> None:
    samples = SHARED / "samples"
    if not samples.is_dir():
        pytest.skip("the samples are not beside this checkout")
    found = made(load_library([samples], root=samples))
    assert len(found) >= 500
    assert scores(found) == near_chance(5)


def test_the_right_option_stands_at_every_place_alike(questions: list[Asked]) -> None:
    for place in range(4):
        share = sum(asked.options[place].correct for asked in questions) / len(questions)
        assert share == pytest.approx(0.25, abs=0.08)
