"""What a text costs to read, counted and not timed: no more than prose of its length, whatever it repeats."""

from __future__ import annotations

from functools import partial

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.plain import words
from tests.growth import steps

SIZE = 20_000
PROSE = "Some words that say nothing to anybody, one after the other, up to the end of their line.\n\n"
DECK = "#flashcards\n\n"
CARD = f"{DECK}a::b "
"""What makes a deck ask for the line as it is without its code, formulas and links."""


def taken(unit: str, opening: str = "") -> int:
    """The steps that a text takes which repeats a unit."""
    parse_note(opening + unit * 500, "a.md")  # what is made once for all
    text = (opening + unit * (SIZE // len(unit) + 1))[:SIZE]
    return steps(partial(parse_note, text, "a.md"))


@pytest.fixture(scope="module")
def usual() -> int:
    return taken(PROSE)


@pytest.mark.parametrize("opening", ["", DECK, CARD])
@pytest.mark.parametrize(
    "unit",
    [
        *("$a", "$a$ ", "\\( ", "\\a", "`` ` ", "`a` ", "{{c1::", "{{c1::a}} ", "==a ", "](", "![](", "Q: "),
        *("[[]]", "[[[a]]]", "%%a%% ", "<!-- a -->", "https://a/b ", "==== ", "std::a ", "(a:: b) ", "C: [a] "),
    ],
)
def test_a_line_that_repeats_anything_takes_no_more_steps_than_prose(unit: str, opening: str, usual: int) -> None:
    assert taken(unit, opening) < usual


@pytest.mark.parametrize(
    ("opening", "unit", "most"),
    [
        (DECK, "a b::c d\n", 285),
        (DECK, "a ==b== c\n\n", 530),
        (DECK, "a {{c1::b}} c\n\n", 690),
        ("", "a {{c1::b}} c\n\n", 450),
        ("", "- **Some term**: one two three four five six\n", 490),
    ],
)
def test_a_card_of_one_line_takes_few_steps(opening: str, unit: str, most: int) -> None:
    parse_note(opening + unit, "a.md")
    few, many = (steps(partial(parse_note, opening + unit * count, "a.md")) for count in (100, 300))
    assert (many - few) / 200 < most


def test_questions_without_answers_take_as_many_steps_as_there_are() -> None:
    parse_note("Q: \nQ: \n", "a.md")
    few, many = (steps(partial(parse_note, "Q: \n" * count, "a.md")) for count in (400, 1600))
    assert many < 6 * few  # 16 for a square


@pytest.mark.parametrize("unit", ["```\nx\n```\n\n", "$$x$$\n\n"])
def test_an_answer_of_many_blocks_takes_as_many_steps_as_there_are(unit: str) -> None:
    parse_note(f"## What is it?\n\n{unit}", "a.md")
    few, many = (steps(partial(parse_note, f"## What is it?\n\n{unit * count}", "a.md")) for count in (400, 1600))
    assert many < 6 * few  # 16 for a square


def test_a_glossary_of_paragraphs_takes_as_many_steps_as_it_has() -> None:
    texts = ["# Glossary\n\n" + "".join(f"Term {n}: a text of it\n\n" for n in range(count)) for count in (400, 1600)]
    parse_note(texts[0], "a.md")
    few, many = (steps(partial(parse_note, text, "a.md")) for text in texts)
    assert many < 6 * few  # 16 for a square


def test_a_title_as_long_as_its_note_is_folded_once() -> None:
    title = "# " * 1000
    assert words(title) is words(title)


@pytest.mark.parametrize("opening", ["", DECK])
def test_more_tags_than_anybody_writes_in_a_line_are_text(opening: str) -> None:
    few, many = (parse_note(f"{opening}{'#a ' * count}\n", "a.md") for count in (100, 5000))
    assert not few.diagnostics
    assert [one.code for one in many.diagnostics] == ["left-aside"]


@pytest.mark.parametrize(
    "unit",
    [
        "> [!note] T\n> ### What is a{0}?\n> Text.\n\n",
        "> [!note] T\n> **What is a{0}?**\n> Text.\n\n",
        "**What is a{0}?**\n\nText.\n\nWhy is it so long?\n\nMore.\n\n",
        "## T{0} and t\n\n- **T{0}**: the jar that is sealed with wax\n- **T{1}**: a jar of another kind\n\n",
        "## Questions of a\n\n- What is it{0}?\n- Why is it so{0}?\n\n",
    ],
)
def test_notes_of_many_questions_and_terms_take_as_many_steps_as_they_have(unit: str) -> None:
    def repeated(count: int) -> str:
        return "".join(unit.format(at, at + 1) for at in range(count))

    parse_note(repeated(2), "a.md")
    few, many = (steps(partial(parse_note, repeated(count), "a.md")) for count in (100, 400))
    assert many < 6 * few  # 16 for a square
