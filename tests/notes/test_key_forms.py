"""The forms in which the key of a quiz is written: headings, code, prose, parts, folded away."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_answer_keys import ASKED, EXAM, backs, right


def test_a_key_stands_in_the_parts_under_the_heading_that_announces_it() -> None:
    key = "# Solutions\n\n### Divers\n\n1. **B**\n\n### Singers\n\n2. **A**\n"
    assert right(f"{EXAM}\n{key}") == ["the grebe", "the lark"]
    assert right(f"{EXAM}\n{key.replace('# Solutions', '# Birds', 1)}") == []
    assert right(f"{EXAM}\n{key.replace('### Singers', '# Singers')}") == ["the grebe"]


TITLED = (
    "## Answers + why\n\n### {0}1: **B. the grebe**\nIt dives.\n\n- deep\n\n---\n\n"
    "### {0}2: Answer: A\n\n---\n\n## Score\n"
)


@pytest.mark.parametrize("label", ["Q", "Question ", "Frage ", "#", ""])
def test_headings_below_the_quiz_tell_the_right_letters_and_why(label: str) -> None:
    asked = ASKED.format("Q1. Diving", "Q2. Singing")
    assert backs(f"{asked}\n{TITLED.format(label)}") == ["the grebe\n\nIt dives.\n\n- deep", "the lark"]


def test_headings_that_count_anew_are_the_key_of_the_questions_above_them() -> None:
    asked = ASKED.format("Q1. Diving", "Q2. Singing")
    one, other = "## Answers\n\n### 1. B\n\n### 2. A\n\n", "## Answers\n\n### 1. A\n\n### 2. B\n"
    assert right(f"{asked}\n{one}# Again\n\n{asked}\n{other}") == ["the grebe", "the lark", "the wren", "the crow"]


@pytest.mark.parametrize("title", ["### 1. A bird that dives", "### Part B", "### 1. B-trees", "#### Why", "## 1. B"])
def test_a_heading_of_words_below_answers_names_no_letter(title: str) -> None:
    asked = ASKED.format("Q1. Diving", "Q2. Singing")
    assert parse_note(f"{asked}\n## Answers\n\n{title}\n\nIt dives.\n", "note.md").questions == ()


TITLED_ASKED = ASKED.format("Q1. Diving", "Q2. Singing")


@pytest.mark.parametrize(
    "key",
    [
        "- Q1: B\n- Q2: A\n",
        "Q1: B\nQ2: A\n",
        "**Q1: B**\n\n**Q2: A**\n",
        "- **Question 1:** B\n- **Question 2:** A\n",
        "```\n1.  B\n2.  A\n```\n",
        "<details><summary>Show</summary>\n\n- Q1: B\n- Q2: A\n\n</details>\n",
    ],
)
def test_a_key_may_call_the_questions_by_their_letter_stand_in_code_or_be_folded_away(key: str) -> None:
    assert backs(f"{TITLED_ASKED}\n## Answers\n\n{key}") == ["the grebe", "the lark"]


@pytest.mark.parametrize(
    "key",
    [
        "**Q1 — B** — It dives in 3-D lakes.\n\n**Q2 — A** — It sings at dawn.\n",
        "**Q1: B** — It dives in 3-D lakes.\n**Q2: A** — It sings at dawn.\n",
        "**1. B**\nIt dives in 3-D lakes.\n\n**2. A**\nIt sings at dawn.\n",
        "```text\n1.  B   It dives in 3-D lakes.\n2.  A   It sings at dawn.\n```\n",
        "1. **B** – It dives in 3-D lakes.\n2. **A** – It sings at dawn.\n",
    ],
)
def test_an_entry_of_a_key_goes_on_with_why_in_which_there_may_be_numbers_and_letters(key: str) -> None:
    why = ["the grebe\n\nIt dives in 3-D lakes.", "the lark\n\nIt sings at dawn."]
    assert backs(f"{TITLED_ASKED}\n## Answers\n\n{key}") == why


@pytest.mark.parametrize(
    "told", ["<details><summary>Answers</summary>\n\n{}\n\n</details>\n", "> [!success]- Answers\n{}\n"]
)
def test_a_key_is_folded_away_below_the_last_question(told: str) -> None:
    lines = ["Q1: B", "Q2: A"] if told.startswith("<") else ["> Q1: B", "> Q2: A"]
    assert backs(f"{TITLED_ASKED}\n{told.format(chr(10).join(lines))}") == ["the grebe", "the lark"]
    assert backs(f"{TITLED_ASKED}\n{told.format(chr(10).join(f'{line} for it is so' for line in lines))}") == [
        "the grebe\n\nfor it is so",
        "the lark\n\nfor it is so",
    ]


@pytest.mark.parametrize("told", ["Q1: B\n", "## Answers\n\nQ1: B\n", "> [!success] Answer\n> Q1: B\n"])
def test_the_letter_of_another_question_is_none_of_the_last_one(told: str) -> None:
    note = parse_note(f"{TITLED_ASKED}\n{told}", "note.md")
    assert [card.back.partition("\n")[0] for card in note.studied if "sings" in card.front] == []


PARTED = (
    "## Divers\n\n{0}1. Which bird dives?\n\n- a) wren\n- b) grebe\n\n{0}2. Which dives deeper?\n\n- a) auk\n"
    "- b) coot\n\n## Singers\n\n{0}1. Which bird sings?\n\n- a) lark\n- b) crow\n\n{0}2. Which sings at night?\n\n"
    "- a) owl\n- b) robin\n\n"
)


@pytest.mark.parametrize("mark", ["", "### Q", "**", "### "])
@pytest.mark.parametrize("label", ["## Answers", "## Solucionario"])
def test_parts_of_a_key_mean_the_parts_of_the_quiz_that_have_their_names(mark: str, label: str) -> None:
    asked = PARTED.format(mark)
    one, other = "### Divers\n\n1. **b)** grebe\n2. **a)** auk\n\n", "### Singers\n\n1. a\n2. b\n\n"
    for key in (one + other, other + one):
        assert right(f"{asked}{label}\n\n{key}") == ["grebe", "auk", "lark", "robin"]
    assert right(f"{asked}{label}\n\n{other}") == ["lark", "robin"]


def test_keys_in_the_order_of_the_parts_of_a_quiz_answer_one_part_each() -> None:
    asked = PARTED.format("")
    assert right(f"{asked}## Answers\n\n### One\n\n1-b, 2-a\n\n### Two\n\n1-a, 2-b\n") == [
        "grebe",
        "auk",
        "lark",
        "robin",
    ]


def test_one_key_for_numbers_that_are_asked_twice_answers_neither() -> None:
    note = parse_note(f"{PARTED.format('')}## Answers\n\n1-b, 2-a\n", "note.md")
    assert note.studied == []
    assert sum(one.code == "choice-data" for one in note.diagnostics) == 4


def test_numbers_inside_a_question_are_none_of_questions() -> None:
    one = "### Question 1: diving\n\nWhich bird dives?\n\na) wren\nb) grebe\n\n"
    told = "1. Larks sing.\n2. Owls dive.\n\nWhich of them holds?\n\na) the first\nb) the second\n\n"
    other = f"### Question 2: true or not\n\nCompare them:\n\n{told}"
    assert right(f"{one}{other}## Answers\n\n1-b, 2-a\n") == ["grebe", "the first"]


def test_numbered_headings_over_tasks_count_no_questions() -> None:
    tasks = "### 1. Set up\n\n- [x] a pond\n- [ ] a box\n\n### 2. Feed\n\n- [x] seeds\n- [ ] fish\n\n"
    asked = ASKED.format("1. Diving", "2. Singing")
    assert right(f"{tasks}{asked}\n## Answers\n\n1-b, 2-a\n")[-2:] == ["the grebe", "the lark"]
