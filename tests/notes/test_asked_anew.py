"""A bold question below the answer of another: where it is a card of its own, and where it is a part of the answer."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

HEADING = "## What is a moor?\n\nWet ground that keeps peat.\n\n"
CHOICE = "## Which tree sheds its needles?\n\n- [ ] the fir\n- [x] the larch\n\nIt turns yellow.\n\n"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(card.dialect, card.front.partition("\n")[0], card.back) for card in parse_note(text, "note.md").studied]


@pytest.mark.parametrize(
    ("above", "card"),
    [
        (HEADING, ("heading", "What is a moor?", "Wet ground that keeps peat.")),
        (CHOICE, ("choice", "Which tree sheds its needles?", "the larch\n\nIt turns yellow.")),
    ],
)
@pytest.mark.parametrize("below", ["Moss.", "- Moss\n- Sedge", "```\nmoss\n```"])
def test_a_bold_question_below_an_answer_is_a_card(above: str, card: tuple[str, str, str], below: str) -> None:
    assert found(f"{above}**Which plants build it?**\n\n{below}\n") == [
        card,
        ("bold-question", "Which plants build it?", below),
    ]


@pytest.mark.parametrize(
    "below",
    [
        "**Why?**\n\nIt cannot drain.\n",
        "**Which plants build it?**\n",
        "**Which plants build it?**\n\n### Moss\n\nA plant.\n",
        "**Moss builds it**\n\nSlowly.\n",
        "Some ask: **Which plants build it?**\n\nMoss.\n",
        "**Which plants build it?** Moss.\n",
    ],
)
def test_a_bold_line_that_asks_on_or_is_not_answered_stays_in_the_answer(below: str) -> None:
    assert found(HEADING + below)[0][2].startswith("Wet ground that keeps peat.\n\n")


def test_code_that_is_asked_about_is_no_answer_yet() -> None:
    text = "## What does it print?\n\n```\nmoor()\n```\n\n**What does it print and why?**\n\nPeat.\n"
    assert [dialect for dialect, _, _ in found(text)] == ["heading"]


def test_a_single_definition_below_a_bold_question_is_its_own() -> None:
    text = f"{HEADING}**Which plants build it?**\n\nMoss.\n\n- **Sedge**: a plant that looks like grass\n"
    assert found(text)[1:] == [
        ("bold-question", "Which plants build it?", "Moss."),
        ("definition", "Sedge", "a plant that looks like grass"),
    ]
    listed = text.replace("Moss.", "These plants:")
    assert found(listed)[1][2] == "These plants:\n\n- **Sedge**: a plant that looks like grass"
