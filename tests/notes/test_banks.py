"""Banks of questions: numbers with options under them, keys in many spellings, and what is said where none fits."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

BANK = (
    "1. Which bird dives?\n   a) the wren\n   b) the grebe\n   c) the lark\n\n"
    "2. Which one sings in flight?\n   a) the lark\n   b) the crow\n   c) the coot\n\n"
)


def backs(text: str) -> list[str]:
    note = parse_note(text, "note.md")
    assert not [one for one in note.diagnostics if one.severity != "info"]
    return [card.back for card in note.studied]


def told(text: str) -> list[tuple[str, int]]:
    note = parse_note(text, "note.md")
    return [(one.code, one.span.line) for one in note.diagnostics if one.severity == "warning"]


@pytest.mark.parametrize(
    "key",
    [
        "Answers: 1b, 2a",
        "**Answers:** 1 b, 2 a",
        "Answer key: 1B, 2A",
        "Answers: 1b 2a",
        "Answers: 1. b; 2. a",
        "Answers: b, a",
        "Answers: B A",
        "## Answer key\n\n1b, 2a",
        "## Answers\n\n- b\n- a",
        "## Answers\n\n1b\n2a",
        "---\n\n**Answers**\n\nb, a",
        "## Solutions\n\n1b, 2a",
        "Correct answers: 1b, 2a",
        "## Lösungen\n\n1b, 2a",
        "Lösungen: 1-b, 2-a",
        "Antworten: 1b, 2a",
        "Soluciones: 1-b, 2-a",
        "Respuestas: 1b, 2a",
        "Réponses : 1-b, 2-a",
        "Respostas: 1b, 2a",
        "Gabarito: 1-B, 2-A",
        "Risposte: 1b, 2a",
        "Soluzioni: b, a",
    ],
)
def test_a_key_below_a_bank_is_spelled(key: str) -> None:
    assert backs(f"{BANK}{key}\n") == ["the grebe", "the lark"]


def test_several_letters_of_a_key_belong_to_the_number_before_them() -> None:
    assert backs(f"{BANK}Answers: 1-b, c, 2-a\n") == ["- the grebe\n- the lark", "the lark"]


def test_an_answer_below_each_number_needs_none() -> None:
    first, second = BANK.split("\n\n")[:2]
    assert backs(f"{first}\n\nAnswer: b\n\n{second}\n\nAnswer: a\n") == ["the grebe", "the lark"]


@pytest.mark.parametrize(
    "key",
    [
        "",
        "Answer: b, a\n",  # one answer, to which of them?
        "Answers: b\n",
        "Answers: b, a, c\n",
        "Answers: the grebe dives, the lark sings.\n",
    ],
)
def test_a_bank_whose_answers_nothing_tells_is_told_of(key: str) -> None:
    note = parse_note(BANK + key, "note.md")
    assert not note.studied
    assert told(BANK + key) == [("choice-data", 1)]
    assert "questions 1, 2 are right (lines 1-9)" in note.diagnostics[0].message


def test_a_key_without_a_number_tells_of_its_question() -> None:
    note = parse_note(f"{BANK}Answers: 2a\n", "note.md")
    assert [card.back for card in note.studied] == ["the lark"]
    assert told(f"{BANK}Answers: 2a\n") == [("choice-data", 1)]


@pytest.mark.parametrize("key", ["1e, 2a", "1-e, 2-a", "e, a"])
def test_a_key_to_an_option_that_is_not_there_is_told_of(key: str) -> None:
    note = parse_note(f"{BANK}Answers: {key}\n", "note.md")
    assert [card.back for card in note.studied] == ["the lark"]
    assert told(f"{BANK}Answers: {key}\n") == [("choice-data", 2)]


def test_a_key_answers_no_numbers_that_count_anew() -> None:
    one, two = "1. Which bird dives?\n   a) wren\n   b) grebe\n\n", "1. Which one sings?\n   a) lark\n   b) crow\n\n"
    text = f"## Part A\n\n{one}## Part B\n\n{two}"
    assert parse_note(f"{text}Answers: 1b\n", "note.md").studied == []
    assert told(f"{text}Answers: 1b\n") == [("choice-data", 3), ("choice-data", 9)]
    assert backs(f"## A\n\n{one}Answers: 1b\n\n## B\n\n{two}Answers: 1a\n") == ["grebe", "lark"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Let f be even. What follows?\n   a) Compute f(0).\n   b) Show that f' is odd.\n\n"
        "2. Let g be odd. What follows?\n   a) Find g(0).\n   b) Is g' even?\n",
        "1. Kinds of rock\n   a) igneous\n   b) sedimentary\n\n2. Kinds of cloud\n   a) cirrus\n   b) stratus\n",
        "Why?\n\n1. Which bird dives?\n   a) the wren\n   b) the grebe\n",
    ],
)
def test_parts_of_exercises_and_outlines_are_no_bank(text: str) -> None:
    assert told(text) == []


def test_items_that_their_options_complete_are_questions() -> None:
    text = (
        "1. The bird that dives is\n   a. the wren\n   b. the grebe\n2. The one that sings is:\n   a. the lark\n"
        "   b. the crow\n3. $\\int_0^1 2x\\,dx$ equals\n\n   a. 1\n   b. 2\n4. A lark\n   a. sings\n   b. dives\n"
    )
    table = "\n| Question | Answer |\n|---|---|\n| 1 | b |\n| 2 | a |\n| 3 | a |\n| 4 | a |\n"
    assert backs(text + table) == ["the grebe", "the lark", "1", "sings"]
    assert backs(f"{text}\nAnswers: 1b, 2a, 3a, 4a\n") == ["the grebe", "the lark", "1", "sings"]
    assert backs(text) == []


@pytest.mark.parametrize("stem", ["The bird that dives is", "The bird that dives is:", "The sum equals $x$"])
def test_a_text_that_breaks_off_is_the_question_of_answered_options(stem: str) -> None:
    assert backs(f"{stem}\n\na) the wren\nb) the grebe\n\nAnswer: b\n") == ["the grebe"]


@pytest.mark.parametrize("stem", ["Here are the birds of the lake.", "Birds:"])
def test_a_sentence_above_answered_options_is_no_question(stem: str) -> None:
    assert parse_note(f"{stem}\n\na) the wren\nb) the grebe\n\nAnswer: b\n", "note.md").studied == []


@pytest.mark.parametrize("indent", ["", "    "])
def test_boxes_may_be_round(indent: str) -> None:
    options = f"{indent}- ( ) the wren\n{indent}- (x) the grebe\n{indent}- ( ) the lark\n"
    (found,) = parse_note(f"1. Which bird dives?\n\n{options}", "note.md").questions
    assert [(one.text, one.correct) for one in found.options] == [
        ("the wren", False),
        ("the grebe", True),
        ("the lark", False),
    ]
    assert not parse_note("What is (x) here?\n\n- (x) is the input\n- f(x) is the output\n", "note.md").questions


def test_options_with_commas_are_named_one_after_the_other() -> None:
    options = "- [ ] the wren\n- [ ] the lark, and the pipit\n- [ ] salt and wind\n- [ ] a cat, which climbs\n"
    told = "**Answer:** the lark, and the pipit, a cat, which climbs and salt and wind\n"
    (found,) = parse_note(f"Which do you hear?\n{options}\n{told}", "note.md").questions
    assert [one.correct for one in found.options] == [False, True, True, True]


def test_ticked_tasks_of_which_only_dates_are_left_are_no_options() -> None:
    note = parse_note("### What was best?\n- [x]  ✅ 2024-12-03\n- [x]  ✅ 2024-12-03\n\nText.\n", "note.md")
    assert (note.studied, [one.code for one in note.diagnostics if one.severity != "info"]) == ([], [])
