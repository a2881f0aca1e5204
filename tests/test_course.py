"""The built-in course: every note yields what it was written to yield, and keeps the rules that it teaches."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.model import Card, Library, Question

CARDS = Path(__file__).resolve().parents[1] / "cards"

# Cards and choice questions in each note, counted by reading the notes. A cloze counts once per deletion.
WRITTEN = {
    "Deep learning": (7, 1),
    "Perceptron": (10, 3),
    "Neural networks": (10, 2),
    "Activation functions": (10, 2),
    "Loss functions": (10, 2),
    "Gradient descent": (10, 2),
    "Learning rate and batches": (10, 2),
    "Backpropagation": (10, 2),
    "SGD and Adam": (10, 2),
    "Overfitting and regularisation": (10, 2),
    "Convolution and pooling": (10, 2),
    "Recurrent networks": (10, 2),
    "Transfer learning and limits": (10, 2),
}

# Where a card's answer is a number: words of its front, and the answer computed anew.
COMPUTED = [
    ("784 inputs to 100 units", f"{784 * 100 + 100:,}"),
    ("steepest slope of the sigmoid", "$1/4$"),
    ("each of 10 classes the same", f"{math.log(10):.3f}"),
    ("right class is halved", f"{math.log(2):.3f}"),
    (r"$\theta = 3$ and $\eta = 0.1$", f"{3 - 0.1 * 2 * 3:.1f}"),
    ("50,000 examples, batches of 128", str(math.ceil(50_000 / 128))),
    ("$w = 2$, $x = 3$, $y = 5$", str(2 * (2 * 3 - 5) * 3)),
    (r"momentum with $\mu = 0.9$", f"{1 / (1 - 0.9):.0f}"),
    ("5 by 5 filter runs over a 32 by 32", f"{(32 - 5) // 1 + 1} by {(32 - 5) // 1 + 1}"),
    ("64 filters of size 3 by 3 on 3 input", f"{3 * 3 * 3 * 64 + 64:,}"),
    ("Two 3 by 3 convolutions with stride 1", "5 by 5"),
    ("first example is $x = (4.7, 1.4)$", "(4.7, 1.4)"),
]


@pytest.fixture(scope="module")
def course() -> Library:
    return load_library([CARDS])


def questions(course: Library) -> list[Question]:
    return [question for note in course.notes for question in note.questions]


def cards(course: Library) -> list[Card]:
    return [card for note in course.notes for card in note.cards]


def where(items: list[Card] | list[Question]) -> str:
    return ", ".join(str(item.span) for item in items)


def test_each_note_yields_the_cards_and_questions_that_were_written(course: Library) -> None:
    assert {note.topic.name: (len(note.cards), len(note.questions)) for note in course.notes} == WRITTEN


def test_the_course_parses_without_a_complaint(course: Library) -> None:
    assert [str(d.span) + " " + d.message for d in course.diagnostics if d.severity != "info"] == []


def test_the_study_order_is_the_order_of_the_file_names(course: Library) -> None:
    assert [note.topic.name for note in course.notes] == list(WRITTEN)


def test_every_after_names_a_note_of_the_course(course: Library) -> None:
    assert {name for note in course.notes for name in note.topic.after} <= set(WRITTEN)


def test_only_the_perceptron_links_a_demo_and_its_cards_carry_it(course: Library) -> None:
    assert {c.topic for c in course.studied() if c.demo and c.demo.name == "perceptron"} == {"Perceptron"}
    assert all(card.demo for card in course.studied() if card.topic == "Perceptron")


def test_every_note_names_its_sources() -> None:
    assert all("\nsources:\n  - " in path.read_text("utf-8") for path in CARDS.glob("*.md"))


def test_answers_are_short(course: Library) -> None:
    long = [c for c in cards(course) if len(c.back.split()) > 40 or len(re.findall(r"(?m)^\s*[-*] ", c.back)) > 5]
    assert not long, where(long)


def test_no_card_is_answered_by_yes_or_no(course: Library) -> None:
    yes_no = [card for card in cards(course) if re.match(r"\W*(yes|no|true|false)\b", card.back, re.IGNORECASE)]
    assert not yes_no, where(yes_no)


def test_no_card_contains_its_answer_in_its_prompt(course: Library) -> None:
    def folded(text: str) -> str:
        return " ".join(re.findall(r"\w+", text.casefold()))

    told = [
        card for card in cards(course) if folded(card.back) and f" {folded(card.back)} " in f" {folded(card.front)} "
    ]
    assert not told, where(told)


def test_no_two_fronts_are_alike(course: Library) -> None:
    fronts = [" ".join(card.front.casefold().split()) for card in course.studied()]
    assert sorted(fronts) == sorted(set(fronts))


def test_no_card_is_lost_as_a_repetition_of_another(course: Library) -> None:
    assert len(course.studied()) == sum(map(sum, WRITTEN.values()))


def test_every_question_has_a_right_option_a_wrong_one_and_a_reason(course: Library) -> None:
    poor = [q for q in questions(course) if {o.correct for o in q.options} != {True, False} or not q.explanation]
    assert not poor, where(poor)


def test_the_longest_option_is_not_a_good_guess(course: Library) -> None:
    def longest_is_right(question: Question) -> bool:
        rank = sorted(question.options, key=lambda option: len(option.text))
        return rank[-1].correct and len(rank[-1].text) > len(rank[-2].text)

    asked = questions(course)
    assert sum(map(longest_is_right, asked)) <= 0.4 * len(asked)


def test_the_right_option_stands_in_every_place(course: Library) -> None:
    single = [q for q in questions(course) if q.kind == "choice"]
    places = [[option.correct for option in question.options].index(True) for question in single]
    assert max(places.count(place) for place in range(4)) <= 0.5 * len(places)


@pytest.mark.parametrize(("words", "value"), COMPUTED, ids=[words for words, _ in COMPUTED])
def test_numbers_on_cards_agree_with_a_computation(course: Library, words: str, value: str) -> None:
    (card,) = [card for card in cards(course) if words in card.front]
    assert value in card.back
