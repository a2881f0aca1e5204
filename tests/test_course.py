"""The built-in course: every note yields what it was written to yield, and keeps the rules that it teaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from studytool.commands.check_agree import agrees, answer_of
from studytool.commands.check_style import style_of
from studytool.demo.find import list_demos
from studytool.demo.limits import Limits
from studytool.demo.verifying import run_checks
from studytool.notes import load_library
from studytool.notes.checks import Check, carried, find_checks
from studytool.notes.dialects import DIALECTS
from studytool.notes.model import Card, Library, Note, Question

CARDS = Path(__file__).resolve().parents[1] / "cards"

# Cards and questions in each note, counted by reading the notes. A cloze counts once per deletion.
WRITTEN = {
    "Perceptron": (19, 9),
    "Deep learning": (17, 6),
    "Neural networks": (18, 8),
    "Activation functions": (20, 9),
    "Loss functions": (20, 10),
    "Gradient descent": (18, 9),
    "Learning rate": (16, 9),
    "Mini-batches": (20, 8),
    "Backpropagation": (19, 10),
    "Vanishing gradients and initialisation": (16, 8),
    "SGD and Adam": (20, 10),
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
    "Hardware and GPUs": (20, 10),
    "Frameworks": (18, 9),
    "Limits and challenges": (15, 10),
    "Deep and classical learning": (16, 8),
    "What is the bitter lesson?": (1, 0),
    "A look back": (0, 5),
}
NOTES = list(WRITTEN)[:-2]
"""The notes a topic: the last two files show forms that take a file of their own."""


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


def sources_of(note: Note) -> list[str]:
    """The works in a note's front matter."""
    return re.findall(r'(?m)^  - "(.+)"$', Path(note.path).read_text("utf-8").partition("\n---\n")[0])


def test_every_note_names_its_sources(course: Library) -> None:
    assert [note.topic.name for note in course.notes if not sources_of(note)] == ["A look back"]


def test_every_card_has_a_check_a_claim_or_a_source(course: Library) -> None:
    for note in course.notes:
        checks = find_checks(Path(note.path).read_text("utf-8").split("\n"))
        run = {card.key for _, cards in carried(note, checks) for card in cards}
        open_ones = {one.key for one in note.questions if one.kind == "open"}
        bare = [card for card in note.studied if card.key not in run | open_ones and not card.source]
        assert not bare, where(bare)


def test_every_source_of_a_card_is_one_work_of_its_note(course: Library) -> None:
    named = re.compile(r"([\w-]+)(?: and [\w-]+| et al\.| documentation)?(?: (\d{4}))?\b")
    for note in course.notes[:-1]:  # the last file is a quiz, which has no front matter
        works = sources_of(note)
        for source in {part for card in note.studied if card.source for part in card.source.split("; ")}:
            found = named.match(source)
            assert found, source
            fitting = [work for work in works if work.startswith(found[1]) and (found[2] or "") in work]
            assert len(fitting) == 1, f"{note.path}: {source}: {fitting}"


@pytest.mark.parametrize("name", NOTES)
def test_a_note_has_a_text_worth_reading_and_enough_to_ask(course: Library, name: str) -> None:
    note = next(note for note in course.notes if note.topic.name == name)
    whole = Path(note.path).read_text("utf-8")
    lines = whole.split("\n")
    first = min(card.span.line for card in note.studied if card.dialect not in ("callout", "front-matter"))
    text = "\n".join(lines[lines.index("---", 1) + 1 : first - 1])
    assert "](demo:" in text, "a figure that a demo draws"
    assert "$$" in text, "a formula"
    prose = re.sub(r"(?s)```.*?```|\$\$.*?\$\$|\$.*?\$|\]\(demo:.*?\)", " x ", text)
    assert 200 <= len(re.findall(r"\S*\w\S*", prose)) <= 500
    assert 8 <= len(note.cards) <= 20
    assert 5 <= len(note.questions) <= 10
    run = {card.key for _, cards in carried(note, find_checks(lines)) for card in cards}
    assert sum(question.key in run for question in note.questions) >= 2, "computed, or predicted by a claim"
    _, _, refuted = whole.partition("## Misconceptions")
    assert whole.count("Misconception: ") + len(re.findall(r"(?m)^- \*", refuted.partition("\n## ")[0])) >= 2
    assert "(in your own words)" in whole


def test_every_dialect_stands_somewhere_in_the_course(course: Library) -> None:
    used = {card.dialect for card in course.studied()}
    used |= {"heading-deck", "anki-text"}  # a file of either has no text but cards
    assert [dialect.name for dialect in DIALECTS if dialect.name not in used] == []


def test_nothing_is_to_be_said_of_the_style_of_its_cards(course: Library) -> None:
    assert [f"{one.span} {one.message}" for one in style_of(course)] == []


def test_no_card_is_answered_by_yes_or_no(course: Library) -> None:
    yes_no = [card for card in cards(course) if re.match(r"\W*(yes|no|true|false)\b", card.back, re.IGNORECASE)]
    assert not yes_no, where(yes_no)


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


@pytest.fixture(scope="module")
def checked(course: Library) -> list[tuple[Check, Card | Question]]:
    """The checks in Python with the cards that carry them."""
    found = []
    for note in course.notes:
        checks = find_checks(Path(note.path).read_text("utf-8").split("\n"))
        found += [(check, card) for check, cards in carried(note, checks) for card in cards if check.kind == "python"]
    return found


def another(card: Card | Question) -> Card | Question:
    """The same with another answer."""
    if isinstance(card, Card):
        return replace(card, back="nothing of the kind")
    pairs = [pair for pair in card.pairs if pair[0]]
    turned = tuple((one, other) for (one, _), (_, other) in zip(pairs, pairs[1:] + pairs[:1], strict=True))
    said = "-123456.5" if card.kind == "numeric" else "nothing of the kind"
    return replace(card, answer=said, accepted=(said,), items=card.items[::-1], pairs=turned)


def holding(found: Sequence[tuple[Check, Card | Question]]) -> list[bool]:
    """Whether each check holds, run in a process of its own."""
    outcomes = run_checks([(check.text, answer_of(card)) for check, card in found], Limits())
    return [
        not outcome.problem and agrees(outcome.value, card) for (_, card), outcome in zip(found, outcomes, strict=True)
    ]


def test_two_hundred_cards_and_every_question_for_a_number_are_checked(
    course: Library, checked: list[tuple[Check, Card | Question]]
) -> None:
    keys = {card.key for _, card in checked}
    assert len(keys) >= 200
    bare = [q for q in questions(course) if q.kind == "numeric" and q.key not in keys]
    assert not bare, where(bare)


def test_every_check_holds(checked: list[tuple[Check, Card | Question]]) -> None:
    failed = [card.span for (_, card), held in zip(checked, holding(checked), strict=True) if not held]
    assert not failed, ", ".join(map(str, failed))


def test_no_check_would_hold_for_another_answer(checked: list[tuple[Check, Card | Question]]) -> None:
    turned = [(check, another(card)) for check, card in checked]
    idle = [card.span for (_, card), held in zip(turned, holding(turned), strict=True) if held]
    assert not idle, ", ".join(map(str, idle))


def test_every_claim_that_a_card_names_is_one_of_its_demo(course: Library) -> None:
    claims = {demo.name: demo.claims for demo in list_demos()}
    for note in course.notes:
        checks = find_checks(Path(note.path).read_text("utf-8").split("\n"))
        for check, cards in carried(note, [one for one in checks if one.kind == "claim"]):
            demos = {card.demo.name for card in cards if card.demo}
            assert any(check.text in claim for name in demos for claim in claims[name]), f"{note.path}:{check.line}"
