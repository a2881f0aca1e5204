"""A prompt that was put in other words where it stands: what keeps its history, and what is another question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.relink import changes

NEAR = [
    ("What holds a nucleus together?", "The strong force"),
    ("What slows neutrons down?", "A moderator"),
    ("Who found the neutron?", "James Chadwick"),
]


def kept(before: str, after: str, answer: str, new: str = "") -> bool:
    """Whether a card between others keeps its history through an edit of its prompt."""
    notes = [
        "# Nuclei\n\n" + "".join(f"Q: {asked}\nA: {told}\n\n" for asked, told in (*NEAR[:2], one, NEAR[2]))
        for one in ((before, answer), (after, new or answer))
    ]
    return bool(changes(*(parse_note(text, "nuclei.md").studied for text in notes)).relinked)


@pytest.mark.parametrize("answer", ["An electron", "An electron and an antineutrino", "Beta rays"])
def test_the_active_for_the_passive_keeps_its_history(answer: str) -> None:
    assert kept(
        "What does the beta decay of a neutron emit?", "What is emitted in the beta decay of a neutron?", answer
    )


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("Define osmosis", "What is osmosis?", "Diffusion of water"),
        ("When did the Berlin Wall fall?", "In which year did the Berlin Wall fall?", "1989"),
        ("How tall is Mount Everest?", "What is the height of Mount Everest?", "8849 m"),
        ("Wer entdeckte das Penicillin?", "Von wem wurde das Penicillin entdeckt?", "Alexander Fleming"),
        ("Qui a écrit Les Misérables ?", "Qui est l'auteur des Misérables ?", "Victor Hugo"),
        ("¿Qué río pasa por París?", "¿Qué río atraviesa París?", "El Sena"),
        ("Which gas protects us from UV light?", "Which gas protects us from ultraviolet light?", "Ozone"),
    ],
)
def test_a_prompt_in_other_words_keeps_its_history(before: str, after: str, answer: str) -> None:
    assert kept(before, after, answer)
    assert kept(after, before, answer)


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ("What is the capital of France?", "What is the largest city of France?", "Paris"),
        ("Who attacked Carthage?", "Whom did Carthage attack?", "Rome"),
        ("Does A imply B?", "Does B imply A?", "Yes"),
        ("Who killed Caesar?", "Who hated Caesar?", "Brutus"),
        ("Is TCP reliable?", "Is TCP always reliable on a broken line?", "No"),
        ("How many chromosomes has a human gamete?", "How many pairs of chromosomes has a human?", "23"),
        ("Which keyword makes a list of parts?", "Which keyword makes a tuple of parts?", "`make`"),
        ("Unit of work", "Unit of energy", "Joule"),
        ("What is the derivative of e^x?", "What is the integral of e^x?", "e^x"),
    ],
)
def test_another_question_with_the_same_answer_inherits_nothing(before: str, after: str, answer: str) -> None:
    assert not kept(before, after, answer)
    assert not kept(after, before, answer)


LABELLED = [json.loads(line) for line in (Path(__file__).parent / "reworded.jsonl").read_text("utf-8").splitlines()]


def test_labelled_prompts_in_place_keep_their_history() -> None:
    outcome = [kept(*pair) for row in LABELLED if row["same"] for pair in both_ways(row)]
    assert len(outcome) >= 650
    assert sum(outcome) >= 0.96 * len(outcome)


def test_no_labelled_question_gets_the_history_of_another_one() -> None:
    pairs = [pair for row in LABELLED if not row["same"] for pair in both_ways(row)]
    assert len(pairs) >= 1_250
    assert [pair for pair in pairs if kept(*pair)] == []


def both_ways(row: dict[str, str]) -> list[tuple[str, str, str, str]]:
    """The edit of a labelled pair, and the edit back."""
    told = row["answer"]
    retold = row.get("new") or told
    return [(row["prompt"], row["reworded"], told, retold), (row["reworded"], row["prompt"], retold, told)]
