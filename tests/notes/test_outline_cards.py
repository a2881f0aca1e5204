"""Outlines of RemNote: what parts an item, what stands below it, and what an arrow is not."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.notes.test_dialects import cards

ASKING = "- A?→a\n- B?→b\n"


def found(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in cards(text, "outline")]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("- Why?→So\n", [("Why?", "So")]),
        ("- **Why? **→So→that\n", [("**Why? **", "So→that")]),
        ("- Why? >> So\n", [("Why?", "So")]),
        ("- Why?↔So\n", [("Why?", "So"), ("So", "Why?")]),
        ("- Why?―So\n", [("Why?", "So")]),
        ("- Why?→So\nand so\n", [("Why?", "So\nand so")]),
        ("- Why?→\n    - So\n    - And so\n- no\n", [("Why?", "- So\n- And so")]),
        ("- Three things ↓ \n    - a\n    - b\n        - c\n\n- d\n", [("Three things", "- a\n- b\n    - c")]),
        ("- Why?→`a`\n```c\nb→c\n- x?→y\n```\n", [("Why?", "`a`\n```c\nb→c\n- x?→y\n```")]),
        ("- Why?→see [[Notes|these]]\n", [("Why?", "see these")]),
        ("- Why?>>So\n", [("Why?", "So")]),
    ],
)
def test_an_item_asks(text: str, sides: list[tuple[str, str]]) -> None:
    assert found(ASKING + text) == [("A?", "a"), ("B?", "b"), *sides]


@pytest.mark.parametrize(
    "text",
    [
        "- Why?→So\n",
        "- Why?→So\n- How?→Thus\n",
        "- a→b\n- b→c\n- c→d\n- d→e\n",
        "- File >> Save\n- File >> Open\n- Edit >> Copy\n- Edit >> Paste\n",
        "- `a?→b`\n- $a?→b$\n- `c?→d`\n",
        "Why?→So\n\nHow?→Thus\n\nWho?→I\n",
        "```\n- Why?→So\n- How?→Thus\n- Who?→I\n```\n",
        "<!--\n- Why?→So\n- How?→Thus\n- Who?→I\n-->\n",
        "- p↔q\n- q↔r\n- r↔s\n- s↔t\n- t↔u\n",
        "- Prices ↓\n- Costs ↓\n- Time ↓\n",
        "- Why?→\n- How?→\n- Who?→\n",
        "- Is it a list? → `List`\n- Is it a set? → `Set`\n- Is it a map? → `Map`\n",
    ],
)
def test_an_arrow_makes_no_card_by_itself(text: str) -> None:
    assert found(text) == []


def test_in_an_export_items_that_do_not_ask_are_cards_too() -> None:
    export = "- A?↔a\n- B?→b\n- Why? ↓\n    - So\n"
    own = [("A?", "a"), ("a", "A?"), ("B?", "b"), ("Why?", "- So")]
    assert found(export + "- A clock counts→time\n") == [*own, ("A clock counts", "time")]
    assert found(export + "- a → b\n- a→b→c\n") == own  # an implication, a chain
    assert found(export + "- The {{heart}} pumps {{blood}}\n")[4:] == [
        ("The […] pumps blood", "heart"),
        ("The heart pumps […]", "blood"),
    ]
    assert found(ASKING + "- C?→c\n- A clock counts→time\n- The {{heart}}\n") == [("A?", "a"), ("B?", "b"), ("C?", "c")]


def test_what_describes_is_shown_with_what_it_describes() -> None:
    text = "- A?―a\n- B?―b\n- C?―c\n- Bandwidth\n    - unit―bits\n    - It is measured in―bits\n- Throughput↔rate\n"
    assert found(text)[3:5] == [("Bandwidth\nunit", "bits"), ("It is measured in", "bits")]
    assert found(text)[5:] == [("Throughput", "rate"), ("rate", "Throughput")]


def test_cards_below_a_card_are_cards_of_their_own() -> None:
    text = ASKING + "- Why? ↓\n    - one\n    - How?→Thus\n    - two\n"
    assert found(text)[2:] == [("Why?", "- one\n- How?→Thus\n- two"), ("How?", "Thus")]
    assert [one.code for one in parse_note(text, "a.md").diagnostics] == []


def test_marks_as_they_are_typed_count_where_there_are_several_kinds() -> None:
    text = "- France\n    - capital ;; Paris\n- one >> two\n- three << four\n- five <> six\n"
    assert found(text) == [
        ("France\ncapital", "Paris"),
        ("one", "two"),
        ("four", "three"),
        ("five", "six"),
        ("six", "five"),
    ]
    assert found(text.replace(";;", "-").replace("<<", "-").replace("<>", "-")) == []


def test_a_list_of_pairs_is_vocabulary() -> None:
    words = "- la casa↔das Haus\n- el pan↔das Brot\n- el mar↔das Meer\n- el sol↔die Sonne\n- la luz↔das Licht\n"
    assert found(words)[:2] == [("la casa", "das Haus"), ("das Haus", "la casa")]
    assert len(found(words)) == 10
    assert found(words + "- text\n" * 6) == []
