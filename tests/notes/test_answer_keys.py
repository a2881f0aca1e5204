"""Lists of right letters below a quiz: how their tables are headed, and how they find the questions they belong to."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

ASKED = (
    "### {}\n\nWhich bird dives?\n\n- A) the wren\n- B) the grebe\n\n"
    "### {}\n\nWhich one sings?\n\na) the lark\nb) the crow\n"
)


def backs(text: str) -> list[str]:
    note = parse_note(text, "note.md")
    assert not [one for one in note.diagnostics if one.severity != "info"]
    return [card.back for card in note.studied]


@pytest.mark.parametrize("name", ["Q{}", "Question {}", "Câu {}: chim", "Frage {}", "{}. Birds", "Вопрос {}"])
@pytest.mark.parametrize("head", ["| Q | A |", "| # | Answer |", "| Câu | Đáp án |", "| № | Ответ |"])
def test_a_table_of_letters_answers_questions_by_the_numbers_of_their_headings(name: str, head: str) -> None:
    text = ASKED.format(name.format(1), name.format(2))
    key = f"## Key\n\n<details>\n<summary>Show</summary>\n\n{head}\n|---|---|\n| 1 | b |\n| 2 | **A** |\n\n</details>\n"
    assert backs(f"{text}\n{key}") == ["the grebe", "the lark"]


def test_a_key_goes_on_in_the_next_table_and_says_why_in_its_own_words() -> None:
    table = "| Q | A | Why |\n|---|---|---|\n| {} | {} | `x = y` |\n"
    text = f"{ASKED.format('Q1', 'Q2')}\n## Part 1\n\n{table.format(1, 'b')}\n## Part 2\n\n{table.format(2, 'a')}"
    assert backs(text) == ["the grebe\n\n`x = y`", "the lark\n\n`x = y`"]


def test_a_key_that_counts_anew_belongs_to_the_questions_above_it() -> None:
    table = "| Q | A |\n|---|---|\n| 1 | {} |\n| 2 | {} |\n"
    text = f"{ASKED.format('Q1', 'Q2')}\n{table.format('b', 'a')}\n## Again\n\n{ASKED.format('Q1', 'Q2')}"
    assert backs(f"{text}\n{table.format('a', 'b')}") == ["the grebe", "the lark", "the wren", "the crow"]


def test_the_number_of_a_part_is_none_of_a_question() -> None:
    text = "## Part 1\n\nWhich bird dives?\n\n- A) the wren\n- B) the grebe\n\n| Q | A |\n|---|---|\n| 1 | b |\n"
    assert parse_note(text, "note.md").studied == []
