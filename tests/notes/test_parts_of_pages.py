"""Lines that open and close parts of a page, as Pandoc, Quarto and Docusaurus have them, are not what a card says."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.written import written
from tests.notes.test_any_text import at_most


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a\n\n::: {.notes}\nb\n:::", "a\n\nb"),
        ("a\n:::", "a"),
        ('::: {.callout-note title="T"}\n\na\n\n:::\n\nb', "a\n\nb"),
        (":::tip My tip\na\n:::  ", "My tip\n\na"),
        ("::: tip My tip\na\n:::", "My tip\n\na"),
        ("::: theorem Pythagoras\na\n:::\nb", "Pythagoras\n\na\n\nb"),
        ("::: {.note} My tip\na\n:::", "My tip\n\na"),
        ("a\n\n:::note[Take care]\n\nb\n\n:::\n", "a\n\nTake care\n\nb"),
        (':::: {.columns}\n::: {.column width="50%"}\na\n:::\n::: column\nb\n:::\n::::', "a\n\nb"),
    ],
)
def test_the_marks_around_a_part_are_no_text(source: str, shown: str) -> None:
    assert written(source) == shown


@pytest.mark.parametrize(
    "source",
    ["```\n::: x\n:::\n```\na", "a:::b\nc", "`:::` parts\nx", "::: warning ::: x\ny", ":::", "    ::: x\n\na", "::\na"],
)
def test_code_and_other_colons_stay(source: str) -> None:
    assert written(source) == source.strip("\n")


@pytest.mark.parametrize("line", ["::: is three colons", "::: 3 colons", ":::)", "::: moth, not wool"])
def test_a_sentence_behind_colons_stays(line: str) -> None:
    found = parse_note(f"Q: What is it?\nA: The emoticon\n{line}\n", "a.md")
    assert [card.back for card in found.cards] == [f"The emoticon\n{line}"]


@pytest.mark.parametrize(
    "line", [f":::{' ' * 60_000}{{", f":::a{' ' * 60_000}{{", f"{' ' * 60_000}:", ":" * 60_000 + "{"]
)
def test_blanks_behind_colons_take_no_more_time_than_others(line: str) -> None:
    with at_most(5):
        assert written(f"x\n{line}") == f"x\n{line}"


def test_an_answer_ends_without_the_mark_of_its_part() -> None:
    asked = "## What do moths eat?\n\nWool.\n\n::: {.notes}\nNot all of them.\n:::\n"
    text = f"# T\n\n::: {{.part}}\n{asked}\n:::\n\n## Rest\n\nText.\n"
    assert [(card.front, card.back) for card in parse_note(text, "a.md").cards] == [
        ("What do moths eat?", "Wool.\n\nNot all of them.")
    ]


def test_a_card_asked_both_ways_keeps_its_colons() -> None:
    text = "#flashcards\n\nmoth:::an animal\n"
    assert [(card.front, card.back) for card in parse_note(text, "a.md").cards] == [
        ("moth", "an animal"),
        ("an animal", "moth"),
    ]
