"""Whole documents of the forms people really have, with the cards that a reader finds in them written beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from studytool.notes import load_library

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "notes"
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
DOCUMENTS = ["obsidian-note.md", "007_9e41bc02d7.txt", "flashcards.txt", "article.txt"]


def the_note(path: Path):
    return load_library([path]).notes[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_yields_exactly_the_cards_a_reader_finds_in_it(name: str) -> None:
    expected = tomllib.loads((FIXTURES / name).with_suffix(".toml").read_text("utf-8"))
    found = [
        {"line": card.span.line, "dialect": card.dialect, "front": card.front, "back": card.back}
        for card in the_note(FIXTURES / name).studied
    ]
    assert found == expected["card"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_it_is_about(name: str) -> None:
    expected = tomllib.loads((FIXTURES / name).with_suffix(".toml").read_text("utf-8"))
    topic = the_note(FIXTURES / name).topic
    assert (topic.name, list(topic.aliases), list(topic.tags)) == (
        expected["topic"],
        expected["aliases"],
        expected["tags"],
    )


def test_what_makes_no_card_is_named_with_its_line() -> None:
    note = the_note(FIXTURES / "obsidian-note.md")
    left = [d.span.line for d in note.diagnostics if d.code == "left-aside"]
    assert left == [19, 20, 23, 24, 42]


seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the documents that the project began with are not here")


@seeds
@pytest.mark.parametrize(
    ("start", "cards", "questions"), [("000", 4, 4), ("001", 5, 4), ("002", 10, 0), ("003", 11, 0)]
)
def test_a_seed_yields_its_number_of_cards(start: str, cards: int, questions: int) -> None:
    note = the_note(next(SEEDS.glob(f"{start}_*")))
    assert (len(note.cards), len(note.questions)) == (cards, questions)


@seeds
def test_the_seed_article_yields_its_eleven_openings() -> None:
    note = the_note(next(SEEDS.glob("003_*")))
    assert [card.front.split()[0] for card in note.cards] == [
        *("Why", "The", "Perceptron", "From", "Applying", "Loss", "Training", "Backpropagation", "Setting"),
        *("Batched", "Regularization:"),
    ]


@seeds
def test_the_seed_note_and_its_pasted_copy_ask_the_same() -> None:
    pasted, note = (the_note(next(SEEDS.glob(f"{start}_*"))) for start in ("000", "001"))
    assert [q.key for q in pasted.questions] == [q.key for q in note.questions]
    assert (pasted.topic.name, note.topic.name) == ("Deep learning", "Deep Learning Overview")


@seeds
def test_the_answer_with_a_list_in_the_seed_flashcards_is_whole() -> None:
    note = the_note(next(SEEDS.glob("002_*")))
    longest = max(note.cards, key=lambda card: card.back.count("\n"))
    assert longest.span.end_line - longest.span.line == 4
    assert [line[:8] for line in longest.back.split("\n")] == ["Training", "- Rectif", "- Softma", "During t"]
