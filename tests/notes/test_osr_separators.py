"""Separators of Obsidian's spaced repetition plugin that no settings tell of."""

from __future__ import annotations

import pytest

from studytool.notes.vault import DEFAULT_VAULT, Vault, with_inferred
from tests.notes.test_osr import REVIEWED, cards, codes, dues, sides


@pytest.mark.parametrize("separator", [";;", "->->->", "::@::", ">>", "||"])
def test_the_lines_above_schedules_show_the_separator(separator: str) -> None:
    text = f"First one{separator}yes\n{REVIEWED}\n\nSecond one {separator} no\n\nNot std::one of them\n"
    assert sides(text) == [("First one", "yes"), ("Second one", "no")]


def test_two_schedules_on_most_lines_with_a_separator_show_that_it_asks_both_ways() -> None:
    both = REVIEWED.replace("-->", "!2024-04-01,9,230-->")
    text = f"**Loss**;;what is ==made small==\n{both}\n\nWhy?::Because\n{REVIEWED}\n\nRank;;number of axes\n"
    assert [(card.front, card.dialect) for card in cards(text)] == [
        ("**Loss**", "inline-reversed"),
        ("what is ==made small==", "inline-reversed"),
        ("Why?", "inline"),
        ("Rank", "inline-reversed"),
        ("number of axes", "inline-reversed"),
    ]
    assert dues(text) == ["2024-03-01", "2024-04-01", "2024-03-01", None, None]


def test_lines_of_signs_above_schedules_part_cards_of_many_lines() -> None:
    text = f"One?\n||\n- a\n{REVIEWED}\n\nTwo?\n||\n- b\n{REVIEWED}\n\nThree?\n||\n- c\n"
    assert sides(text) == [("One?", "- a"), ("Two?", "- b"), ("Three?", "- c")]
    assert sides(f"One?\n||\n- a\n{REVIEWED}\n\nThree?\n||\n- c\n") == []  # once is no habit


def test_a_separator_that_the_library_uses_needs_no_tag_where_the_line_leaves_no_doubt() -> None:
    vault = with_inferred(DEFAULT_VAULT, [";;"])
    text = (
        "**What is pruning?** ;;Cutting weights.\n\nExamples of losses are;; hinge, log\n\n"
        "for (;;) { }\n\n\t;;\n\n`a;; b`\n\n| a b c;; d |\n\na;; b\n\na b c;; d;; e\n\n# A b c?;; d\n\na::b\n"
    )
    assert sides(text, vault) == [
        ("**What is pruning?**", "Cutting weights."),
        ("Examples of losses are", "hinge, log"),
    ]
    assert sides(text) == [("**What is pruning?**", "Cutting weights.")]  # after a question mark it is no accident
    assert sides(text, Vault(told=True)) == []
    assert sides("Choose File >> Save as now", with_inferred(DEFAULT_VAULT, [">>"])) == []


def test_a_lone_question_mark_needs_no_tag_where_other_notes_of_the_library_carry_schedules() -> None:
    text = "How to drop rows\n?\n```py\ndrop()\n```\n\n?\n\nWhat?\n\n?\n"
    assert sides(text, with_inferred(DEFAULT_VAULT, ["::"])) == [("How to drop rows", "```py\ndrop()\n```")]
    assert codes(text, with_inferred(DEFAULT_VAULT, ["::"])) == []
    assert sides(text) == []
