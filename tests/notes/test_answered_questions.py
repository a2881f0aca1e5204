"""Lists of questions that are answered where they stand: below each, or between them."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def asked(text: str) -> list[tuple[str, str, str]]:
    return [(card.kind, card.front, card.back) for card in parse_note(f"# T\n\n{text}", "note.md").studied]


RYE = ("basic", "What is rye?", "A cereal of the north.")
FLAX = ("basic", "What is flax?", "A fibre plant.")


@pytest.mark.parametrize(
    "text",
    [
        "## Questions\n\n1. What is rye?\n   A cereal of the north.\n2. What is flax?\n   A fibre plant.\n",
        "## Questions\n\n1. What is rye?\nA cereal of the north.\n\n2. What is flax?\nA fibre plant.\n",
        "## Questions\n\n1. What is rye?\n\n   A cereal of the north.\n\n2. What is flax?\n\n   A fibre plant.\n",
        "## Questions\n\n1. What is rye?\n\nA cereal of the north.\n\n2. What is flax?\n\nA fibre plant.\n",
        "## Questions\n\n- What is rye?\n  - A cereal of the north.\n- What is flax?\n  - Answer: A fibre plant.\n",
        "Questions:\n\n- What is rye?\n  - A cereal of the north.\n- What is flax?\n  - A fibre plant.\n",
        "> [!question]\n> - What is rye?\n>   - A cereal of the north.\n> - What is flax?\n>   - A fibre plant.\n",
    ],
)
def test_a_question_of_a_list_is_answered_by_what_stands_under_it(text: str) -> None:
    assert asked(text) == [RYE, FLAX]


@pytest.mark.parametrize("heading", ["Question", "Questions", "Review questions"])
@pytest.mark.parametrize(
    "text",
    [
        "1. What is rye?\n   A cereal of the north.\n",
        "1. What is rye?\n\n   A cereal of the north.\n",
        "1. What is rye?\n\nA cereal of the north.\n",
        "1. What is rye?\n\n**Answer:** A cereal of the north.\n",
    ],
)
def test_one_numbered_question_under_a_heading_is_answered_too(heading: str, text: str) -> None:
    found = parse_note(f"# T\n\n## {heading}\n\n{text}", "note.md")
    assert [(card.kind, card.front, card.back) for card in found.studied] == [RYE]
    assert found.diagnostics == ()


def test_an_answer_of_several_blocks_is_kept_whole_at_its_lines() -> None:
    text = "## Questions\n\n1. What is rye?\n\nGrain:\n\n- grey\n- winter\n\n2. What is flax?\n\nA plant.\n"
    found = parse_note(text, "note.md").studied
    assert [(card.back, card.span.line, card.span.end_line) for card in found] == [
        ("Grain:\n\n- grey\n- winter", 3, 8),
        ("A plant.", 10, 12),
    ]
    assert asked("## Questions\n- What is rye?\n  - of the north\n  - of the hills\n") == [
        ("basic", "What is rye?", "- of the north\n- of the hills")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "- What is rye?\n  - And is it older than oats?\n",  # it asks on
        "- What is rye?\n  - Hint: look at the fields.\n",
        "- What is rye?\n  - See the next chapter.\n",
        "- What is rye?\n  - [[Rye]]\n",
        "- What is rye?\n  Explain it in your own words.\n",
        "- What is rye?\nThe next text begins without a blank line.\n",
        "- [ ] What is rye?\n  - to be looked up\n",  # a task
        "- What is rye?\n- What is flax?\n\nThese are for the next lesson.\n",
        "- What is rye?\n\nThis is for the next lesson.\n",  # no number
    ],
)
def test_what_does_not_answer_leaves_a_question_open(text: str) -> None:
    found = asked(f"## Questions\n\n{text}")
    assert found
    assert {kind for kind, _, _ in found} == {"open"}


def test_a_line_at_the_margin_below_a_question_is_no_part_of_it() -> None:
    found = asked("## Questions\n\n- What is rye?\nThe next text begins without a blank line.\n- What is flax?\n")
    assert found == [("open", "What is rye?", ""), ("open", "What is flax?", "")]
    assert asked("## Questions\n\n- What is rye, and\nwhat is flax?\n")[0][1] == "What is rye, and\nwhat is flax?"


def test_what_a_colon_announces_belongs_to_the_question() -> None:
    text = "## Questions\n\n- How would you mend this?\n  - so\n- What is wrong with this code:\n  ```\n  x\n  ```\n"
    assert [(kind, back) for kind, _, back in asked(text)] == [("basic", "so"), ("open", "")]


def test_a_fence_that_opens_at_the_end_of_a_note_belongs_to_no_answer() -> None:
    assert asked("## What is rye?\n\nA cereal of the north.\n\n```\n\n") == [RYE]
    assert asked("## What is rye?\n\n```\na cereal\n") == [("basic", "What is rye?", "```\na cereal")]
