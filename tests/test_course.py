"""The built-in course: every note yields what it was written to yield, and keeps the rules that it teaches."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.model import Card, Library, Question

CARDS = Path(__file__).resolve().parents[1] / "cards"

# Cards and questions in each note, counted by reading the notes. A cloze counts once per deletion.
WRITTEN = {
    "Deep learning": (17, 6),
    "Perceptron": (18, 9),
    "Neural networks": (18, 8),
    "Activation functions": (21, 9),
    "Loss functions": (21, 10),
    "Gradient descent": (18, 9),
    "Learning rate": (16, 9),
    "Mini-batches": (20, 8),
    "Backpropagation": (19, 10),
    "Vanishing gradients and initialisation": (16, 8),
    "SGD and Adam": (21, 10),
    "Overfitting and generalisation": (15, 9),
    "Regularisation": (15, 7),
    "Dropout": (16, 7),
    "Early stopping": (13, 9),
    "Data and feature extraction": (15, 8),
    "Convolution": (16, 8),
    "Pooling and feature maps": (16, 8),
    "Convolutional networks and image recognition": (16, 9),
    "Recurrent networks": (19, 10),
    "Transfer learning and reuse": (18, 7),
    "Pipelines of networks": (14, 8),
    "Attention and language models": (19, 9),
    "Adversarial examples": (16, 8),
    "Hardware and GPUs": (20, 11),
    "Frameworks": (18, 9),
    "Limits and challenges": (15, 10),
    "Deep and classical learning": (16, 8),
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
    ("all in 32 bits", str(4 * 4)),
]

# Where a question asks for a number: words of its prompt, and the number computed anew.
ASKED = [
    ("hidden layers of 100, 50 and 20 units", len([(10, 100), (100, 50), (50, 20), (20, 2)])),
    ("$w = (2, -1)$ and $b = 0.5$", 2 * 1 - 1 * 3 + 0.5),
    ("meets $x = (3, 1)$ with label $-1$", 1 - 0.5 * 3),
    ("best line keeps 0.25 away", (5 / 0.25) ** 2),
    ("784 inputs, 100 hidden units and 10 outputs", 784 * 100 + 100 + 100 * 10 + 10),
    ("two inputs, two hidden units and one output", 2 * 2 + 2 + 2 + 1),
    ("sigmoid at $z = 2$", 1 / (1 + math.exp(-2))),
    ("sigmoid unit puts out 0.9", 0.9 * (1 - 0.9)),
    ("Predictions are 2, 0 and 7", ((2 - 1) ** 2 + (0 - 2) ** 2 + (7 - 4) ** 2) / 3),
    ("the right class the probability 0.25", -math.log(0.25)),
    (r"mean cross-entropy of $\ln 20$", math.exp(math.log(20))),
    ("slope p − 1", 0.2 - 1),
    (r"On $L = 5\,\theta^2$", 4 - 0.05 * 2 * 5 * 4),
    ("w_1^2 + 3", 2 * 1 + 3 * 2),
    ("Each step leaves 90 %", next(n for n in range(1, 100) if 0.9**n < 0.01)),
    ("cosine schedule leads from 0.1 to 0", 0.1 / 2 * (1 + math.cos(math.pi * 500 / 1000))),
    ("multiplied by 0.95 after each epoch", 0.1 * 0.95**20),
    ("warm-up raises the rate evenly", 0.001 * 200 / 1000),
    ("gradient's noise is 1.2", 1.2 * math.sqrt(8 / 32)),
    ("1,500 examples are trained in batches of 64", 3 * math.ceil(1500 / 64)),
    ("A rate of 0.1 suits batches of 256", 0.1 * 8192 / 256),
    ("feeds the output by a weight of 2", 0.5 * 2 * 0.5 * (1 - 0.5)),
    (r"$p = (a + b)\, c$", 4),
    ("How many runs do central differences", 2 * 19_210),
    ("ReLU layer with 50 inputs", math.sqrt(2 / 50)),
    ("300 inputs and 100 outputs", 2 / (300 + 100)),
    ("Ten layers together shrink a gradient", 1e6 ** (1 / 10)),
    ("Momentum 0.9, $\\eta = 0.1$", 0.1 * (0.9 * 1 + 1)),
    ("descent with momentum 0.9 converge", 2 * (1 + 0.9) / 10),
    ("first gradient of a weight is $-0.002$", 0.01 * 0.002 / math.sqrt(0.002**2)),
    ("7 billion weights is stored", 7 * 16 / 8),
    ("A network has a billion weights", 4 * 32 / 8),
    ("batch of 64 vectors with 784 entries", 2 * 64 * 784 * 100),
    ("Loading the pictures takes 40 %", 1 / 0.4),
    ("a billion weights on 20 billion tokens", 6 * 1e9 * 20e9),
    ("`(w * w).backward()` is called twice", 2 * 2 * 3),
    ("`Sequential(Linear(8, 4), ReLU(), Linear(4, 2))`", 8 * 4 + 4 + 4 * 2 + 2),
    ("logistic regression from 784 pixels", 784 * 10 + 10),
    ("polynomial of degree 14", len(range(14 + 1))),
]


@pytest.fixture(scope="module")
def course() -> Library:
    return load_library([CARDS])


def questions(course: Library) -> list[Question]:
    return [question for note in course.notes for question in note.questions]


def choices(course: Library) -> list[Question]:
    return [question for question in questions(course) if question.kind in ("choice", "multiple")]


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


def test_every_choice_has_a_right_option_and_a_wrong_one(course: Library) -> None:
    poor = [q for q in choices(course) if {option.correct for option in q.options} != {True, False}]
    assert not poor, where(poor)


def test_every_question_that_has_an_answer_has_a_reason(course: Library) -> None:
    bare = [q for q in questions(course) if q.kind != "open" and not q.explanation]
    assert not bare, where(bare)


def test_the_longest_option_is_not_a_good_guess(course: Library) -> None:
    def longest_is_right(question: Question) -> bool:
        rank = sorted(question.options, key=lambda option: len(option.text))
        return rank[-1].correct and len(rank[-1].text) > len(rank[-2].text)

    asked = choices(course)
    assert sum(map(longest_is_right, asked)) <= 0.4 * len(asked)


def test_the_right_option_stands_in_every_place(course: Library) -> None:
    single = [q for q in choices(course) if q.kind == "choice" and len(q.options) == 4]
    places = [[option.correct for option in question.options].index(True) for question in single]
    assert max(places.count(place) for place in range(4)) <= 0.5 * len(places)


@pytest.mark.parametrize(("words", "value"), COMPUTED, ids=[words for words, _ in COMPUTED])
def test_numbers_on_cards_agree_with_a_computation(course: Library, words: str, value: str) -> None:
    (card,) = [card for card in cards(course) if words in card.front]
    assert value in card.back


@pytest.mark.parametrize(("words", "value"), ASKED, ids=[words for words, _ in ASKED])
def test_numbers_that_questions_ask_for_agree_with_a_computation(course: Library, words: str, value: float) -> None:
    (question,) = [q for q in questions(course) if q.kind == "numeric" and words in q.prompt]
    (told,) = question.accepted
    number, _, off = told.removesuffix(" GB").partition(" ± ")
    assert float(number) == pytest.approx(value, abs=float(off or 0), rel=1e-9)
