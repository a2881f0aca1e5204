"""A bold question below the answer of another: where it is a card of its own, and where it is a part of the answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest

from studytool.notes.model import LEVELS
from studytool.notes.parse import parse_note

HEADING = "## What is a moor?\n\nWet ground that keeps peat.\n\n"
CHOICE = "## Which tree sheds its needles?\n\n- [ ] the fir\n- [x] the larch\n\nIt turns yellow.\n\n"


def found(text: str, levels: Sequence[str] = LEVELS, off: Collection[str] = ()) -> list[tuple[str, str, str]]:
    note = parse_note(text, "note.md", levels=levels, off=off)
    return [(card.dialect, card.front.partition("\n")[0], card.back) for card in note.studied]


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
        "**Почему?**\n\nIt cannot drain.\n",
        "**¿Por qué?**\n\nIt cannot drain.\n",
        "**なぜ？**\n\nIt cannot drain.\n",
        "**为什么？**\n\nIt cannot drain.\n",
        "**And what grows on it?**\n\nMoss.\n",
        "**А что там растёт?**\n\nMoss.\n",
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


@pytest.mark.parametrize("above", [HEADING, CHOICE])
@pytest.mark.parametrize(
    "below",
    [
        "**Which plants build it?**\n\nMoss.\n\nIt holds water.\n\nSo the ground stays wet.\n",
        "**Would you like to know more?**\n\n[A book](https://moors.example)\n\nMoors have ways.\n",
        "**Which plants build it?**\n\nMoss.\n\nSee also: fens.\n\nThey are fed by springs.\n",
        "It goes like this:\n\n**Which plants build it?**\n\nMoss.\n",
        "**Which plants build it?**\n\nMoss.\n\n**Who drains it?**\n\n[A book](https://moors.example)\n",
    ],
)
def test_an_answer_goes_on_where_bold_questions_below_it_would_leave_a_part_of_it(above: str, below: str) -> None:
    text = f"{above}{below}\n## What is a fen?\n\nA moor with springs.\n"
    (_, _, back), (_, _, last) = found(text)
    assert back.endswith(below.strip())
    assert last == "A moor with springs."


def test_a_rule_below_a_bold_question_does_not_end_the_answer_of_a_heading() -> None:
    below = "**Which plants build it?**\n\n- Moss\n\n---\n\nIt holds water."
    assert found(f"{HEADING}{below}\n") == [("heading", "What is a moor?", f"Wet ground that keeps peat.\n\n{below}")]


def test_what_stands_under_a_heading_within_the_answer_stays_in_it() -> None:
    below = "**Which plants build it?**\n\nMoss.\n\n### Water\n\nIt holds rain."
    assert found(f"{HEADING}{below}\n") == [("heading", "What is a moor?", f"Wet ground that keeps peat.\n\n{below}")]


def test_a_heading_that_asks_below_a_bold_question_leaves_it_a_card() -> None:
    told = found(f"{HEADING}**Which plants build it?**\n\nMoss.\n\n### Why is it wet?\n\nThe rain stays.\n")
    assert told == [
        ("heading", "What is a moor?", "Wet ground that keeps peat."),
        ("bold-question", "Which plants build it?", "Moss."),
        ("heading", "Why is it wet?", "The rain stays."),
    ]


def test_bold_questions_with_several_paragraphs_each_are_cards_where_they_take_in_all() -> None:
    plants = "Moss.\n\nIt holds water."
    text = (
        f"{HEADING}**Which plants build it?**\n\n{plants}\n\n**Which birds live there?**\n\nSnipes.\n\nAnd curlews.\n"
    )
    assert [back for _, _, back in found(text)] == [
        "Wet ground that keeps peat.",
        plants,
        "Snipes.\n\nAnd curlews.",
    ]


def test_a_question_in_chinese_is_asked_anew() -> None:
    text = f"{HEADING}**什么植物构成了它？**\n\n苔藓。\n"
    assert [front for _, front, _ in found(text)] == ["What is a moor?", "什么植物构成了它？"]


def test_a_list_below_a_bold_question_that_is_no_card_stays_in_its_answer() -> None:
    text = "Moors are wet.\n\n**Which plants build it?**\n\nMoss.\n\n- **Note**: see the map\n"
    ((_, _, back),) = found(text)
    assert back == "Moss.\n\n- **Note**: see the map"


def test_a_definition_that_an_answer_goes_on_after_is_no_end_of_it() -> None:
    back = "Moss.\n\n- **Sedge**: a plant that looks like grass\n\n| plant | share |\n|---|---|\n| moss | most |"
    told = found(f"Moors are wet.\n\n**Which plants build it?**\n\n{back}\n")
    assert told == [("bold-question", "Which plants build it?", back)]


def test_nothing_below_a_fold_is_lost_from_what_explains_options() -> None:
    fold = "<details><summary>What is peat?</summary>Old moss.</details>"
    text = f"{CHOICE}**Which plants build it?**\n\n- Moss\n\n{fold}\n\n> It holds water.\n"
    assert "It holds water." in "".join(back for _, _, back in found(text))


SEDGE = "- **Sedge**: a plant that looks like grass"


@pytest.mark.parametrize("above", [HEADING, "Moors are wet.\n\n"])
@pytest.mark.parametrize(("levels", "off"), [(LEVELS, ("definition",)), (("explicit", "structured"), ())])
def test_a_definition_stays_in_the_answer_where_none_is_made_a_card(
    above: str, levels: Sequence[str], off: Collection[str]
) -> None:
    text = f"{above}**Which plants build it?**\n\nMoss.\n\n{SEDGE}\n"
    assert found(text, levels, off)[-1] == ("bold-question", "Which plants build it?", f"Moss.\n\n{SEDGE}")


@pytest.mark.parametrize("above", [HEADING, CHOICE])
def test_bold_questions_stay_in_the_answer_where_none_is_made_a_card(above: str) -> None:
    below = "**Which plants build it?**\n\nMoss.\n\n**Who drains it?**\n\nNobody."
    ((_, _, back),) = found(f"{above}{below}\n", off=["bold-question"])
    assert back.endswith(below)
