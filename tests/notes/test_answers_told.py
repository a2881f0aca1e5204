"""How the lines below options say which are right: labels inside labels, letters in one word, a heading as a label."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

ASKED = "Which of these birds swim?\n\n- A. duck\n- B. wren\n- C. swan\n- D. lark\n\n"


def right(text: str) -> list[str]:
    note = parse_note(text, "birds.md")
    assert [card.dialect for card in note.studied] == ["choice"]
    return [option.text for option in note.questions[0].options if option.correct]


def problems(text: str) -> list[str]:
    note = parse_note(text, "birds.md")
    assert note.studied == []
    return [told.message for told in note.diagnostics if told.code == "choice-data"]


@pytest.mark.parametrize(
    "told",
    [
        "> [!success]- Answer\n> **Correct Answer: C**\n>\n> It has webbed feet.\n",
        "> [!success]- Answer\n> **Correct Answer: C) swan**\n>\n> It has webbed feet.\n",
        "> [!success]- Answer\n> The correct answer is C.\n>\n> It has webbed feet.\n",
        "<details><summary>Answer</summary>\n\nAnswer: Correct option: C\n\nIt has webbed feet.\n\n</details>\n",
    ],
)
def test_a_label_in_a_labelled_answer_is_no_part_of_it(told: str) -> None:
    assert right(f"{ASKED}{told}") == ["swan"]
    assert parse_note(f"{ASKED}{told}", "birds.md").questions[0].explanation == "It has webbed feet."


def test_the_text_of_an_option_may_look_like_a_label() -> None:
    asked = "Which of these names it?\n\n- A. Note: a remark\n- B. Answer: a reply\n- C. Key: a sign\n\n"
    assert right(f"{asked}Answer: B. Answer: a reply\n") == ["Answer: a reply"]
    assert right(f"{asked}Answer: Answer: a reply\n") == ["Answer: a reply"]
    assert right(f"{asked}Answer: C, as the key: a sign\n") == ["Key: a sign"]


@pytest.mark.parametrize(
    "told", ["Answer: AC", "**Correct Answer: AC.**", "> [!answer]\n> AC", "Ответ: AC", "正解：AC"]
)
def test_letters_in_one_word_name_several_options(told: str) -> None:
    assert right(f"{ASKED}{told}\n") == ["duck", "swan"]


@pytest.mark.parametrize("told", ["CA", "AF", "AA", "ac", "ABCDE"])
def test_a_word_is_no_letters_where_they_do_not_rise_or_name_no_option(told: str) -> None:
    assert problems(f"{ASKED}Answer: {told}\n") == ["The answer to this question names none of its options."]


def test_two_capitals_that_are_the_text_of_an_option_name_it_alone() -> None:
    asked = "Which side of the triangle is longest?\n\n- A. AB\n- B. BC\n- C. AC\n\n"
    assert right(f"{asked}Answer: AC\n") == ["AC"]


@pytest.mark.parametrize("label", ["## Answer", "#### Correct answer:", "## Antwort", "## 答案"])
@pytest.mark.parametrize(("told", "named"), [("C", ["swan"]), ("AC", ["duck", "swan"]), ("**A, C**", ["duck", "swan"])])
def test_a_heading_labels_the_letters_below_it(label: str, told: str, named: list[str]) -> None:
    assert right(f"{ASKED}{label}\n\n{told}\n\n## Why\n\nThey have webbed feet.\n") == named


def test_a_heading_over_a_solution_in_parts_labels_no_letter() -> None:
    text = f"{ASKED}## Solution\n\nA. The duck has webbed feet.\n\nB. The wren has none.\n"
    assert problems(text) == ["None of these options is marked as right."]
