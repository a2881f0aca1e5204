"""Whoever knows nothing and guesses by tricks does no better than chance, which is one in four."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import fmean

import pytest
from rapidfuzz.fuzz import token_set_ratio

from studytool import places
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Asked, build
from studytool.quiz.above import shown_topic
from studytool.quiz.build import from_card
from studytool.quiz.faces import Shelf
from studytool.quiz.forms import Desk
from studytool.quiz.terms import Terms
from studytool.quiz.words import stems

Guess = Callable[[Asked], Sequence[float]]
SHARED = Path(__file__).resolve().parents[3] / "shared"


def bag(text: str) -> set[str]:
    return {word.strip("?.,;:!>*").casefold() for word in text.split()}


def longest(asked: Asked) -> Sequence[float]:
    return [len(option.text) for option in asked.options]


def echo(asked: Asked) -> Sequence[float]:
    said = bag(asked.prompt)
    return [len(said & bag(option.text)) for option in asked.options]


def echo_with_topic(asked: Asked) -> Sequence[float]:
    said = bag(f"{shown_topic(asked)} {asked.prompt}")
    return [len(said & bag(option.text)) for option in asked.options]


def topic_stems(asked: Asked) -> Sequence[float]:
    said = stems(shown_topic(asked))
    return [len(said & stems(option.text)) for option in asked.options]


def like_topic(asked: Asked) -> Sequence[float]:
    topic = shown_topic(asked).casefold()
    return [token_set_ratio(topic, option.text.casefold()) if topic else 0 for option in asked.options]


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


def of_length_rank(rank: int) -> Guess:
    """The guesser that takes the option of this rank in length, 0 being the longest."""

    def guess(asked: Asked) -> Sequence[float]:
        lengths = longest(asked)
        wanted = sorted(lengths, reverse=True)[min(rank, len(lengths) - 1)]
        return [length == wanted for length in lengths]

    return guess


def least(guess: Guess) -> Guess:
    """The guesser that takes what the other one would take last."""
    return lambda asked: [-value for value in guess(asked)]


GUESSERS: dict[str, Guess] = {
    "longest option": longest,
    "second longest option": of_length_rank(1),
    "third longest option": of_length_rank(2),
    "shortest option": least(longest),
    "most words shared with the question": echo,
    "fewest words shared with the question": least(echo),
    "most words shared with question and topic line": echo_with_topic,
    "fewest words shared with question and topic line": least(echo_with_topic),
    "most word stems shared with the topic line": topic_stems,
    "fewest word stems shared with the topic line": least(topic_stems),
    "likest to the topic line": like_topic,
    "least like the topic line": least(like_topic),
    "odd one out by length": odd_one_out,
    "most ordinary by length": least(odd_one_out),
    "most central": most_central,
    "least central": least(most_central),
}


def points(guess: Guess, asked: Asked) -> float:
    """100 where the guesser is right, 0 where it is wrong; between equals it draws lots."""
    values = guess(asked)
    most = max(values)
    best = [option.correct for option, value in zip(asked.options, values, strict=True) if value == most]
    return 100 * sum(best) / len(best)


def all_points(questions: Sequence[Asked]) -> dict[str, list[float]]:
    """The points of each guesser, question by question."""
    return {name: [points(guess, asked) for asked in questions] for name, guess in GUESSERS.items()}


def scores(questions: Sequence[Asked]) -> dict[str, float]:
    """The percentage that each guesser gets right."""
    return {name: fmean(got) for name, got in all_points(questions).items()}


def near_chance(within: float) -> object:
    """What every guesser gets when nothing gives the answer away: one in four."""
    return pytest.approx(dict.fromkeys(GUESSERS, 25), abs=within)


def made(library: Library, seeds: int = 1) -> list[Asked]:
    """The choices that papers of all cards make from plain ones, by some seeds."""
    shelf, terms = Shelf(library), Terms(library)
    faces = (shelf.face(place) for _, place in shelf.keys())  # noqa: SIM118
    plain = [face for face in faces if not shelf.question(face)]
    found: list[Asked] = []
    for seed in range(seeds):
        made = (from_card(face, Desk(shelf, terms, Random(f"{seed}:{face.card.key}"))) for face in plain)
        found += [asked for asked in made if asked and asked.options]
    return found


def standard_error(got: Sequence[float], questions: Sequence[Asked]) -> float:
    """The standard error of the mean of points; questions of one card in several papers count as one draw."""
    mean = fmean(got)
    off: dict[str, float] = {}
    for asked, own in zip(questions, got, strict=True):
        off[asked.card] = off.get(asked.card, 0) + own - mean
    return float(sum(total**2 for total in off.values()) ** 0.5 / len(questions))


@pytest.fixture(scope="module")
def course() -> Library:
    cards = places.built_in("cards")
    return load_library([cards], root=cards)


@pytest.fixture(scope="module")
def questions(large: Library) -> list[Asked]:
    found = made(large, seeds=3)
    assert len(found) >= 1_000
    return found


def test_guessers_are_within_five_points_of_chance(questions: list[Asked]) -> None:
    assert scores(questions) == near_chance(5)


def test_no_guesser_finds_the_answers_of_the_built_in_course(course: Library) -> None:
    found = made(course, seeds=25)
    assert len(found) >= 1_000
    # The standard error of each figure is about 2.3 points: some 1,170 questions, which stand on 128 cards.
    got = all_points(found)
    errors = {name: standard_error(own, found) for name, own in got.items()}
    assert max(errors.values()) < 3, errors
    assert {name: fmean(own) for name, own in got.items()} == near_chance(4.5)


def test_no_option_is_a_prompt_that_is_never_right(course: Library) -> None:
    fronts = [card.front for note in course.notes for card in note.studied]
    assert any("(in your own words)" in front for front in fronts)
    for asked in made(course, seeds=3):
        assert not any("in your own words" in option.text for option in asked.options), asked


def test_no_topic_line_holds_the_answer_that_is_to_be_typed(course: Library, large: Library) -> None:
    hidden = 0
    for library in (course, large):
        for asked in build(library, count=100_000, seed=1).questions:
            if asked.kind in ("typed", "cloze") and (answer := stems(asked.answer)):
                assert not answer & stems(shown_topic(asked)), asked
                hidden += answer <= stems(asked.topic)
    assert hidden  # there are such, and their line is left out


def test_no_guesser_finds_the_answers_that_were_written_with_the_course(course: Library) -> None:
    written = {question.key for note in course.notes for question in note.questions}
    paper = build(course, count=100_000, seed=0)
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
