"""Lines that nearly are something else: to see that they are not takes no longer than their length."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studytool.notes.outline import unmarked
from studytool.notes.parse import parse_note
from studytool.notes.vault import DEFAULT_VAULT
from studytool.text import without_tables
from tests.growth import steps
from tests.notes.test_any_text import at_most

TERM = "# T\n\n- **Term**: this is a text of words "


@pytest.mark.parametrize("rest", ["." * 50_000, "___" + " " * 50_000, "___ " * 20_000, ": " * 30_000 + "___x"])
def test_a_definition_that_nearly_is_a_line_of_a_form(rest: str) -> None:
    with at_most(20):
        note = parse_note(f"{TERM}{rest}x\n- **Other**: one two three four five\n", "a.md")
    assert len(note.cards) == 2


@pytest.mark.parametrize("form", ["." * 9 + " 12", "___", "___ :", "______ and then", " = ___"])
def test_a_definition_that_is_a_line_of_a_form(form: str) -> None:
    note = parse_note(f"{TERM}{form}\n- **Other**: one two three four five\n", "a.md")
    assert [card.front for card in note.cards] == ["Other"]


def test_tags_behind_the_page_of_cards() -> None:
    tags = " ".join(f"#[[t{number}]]" for number in range(40))
    with at_most(20):
        assert unmarked([f"- see [[Card]] {tags} end"]) == [f"- see [[Card]] {tags} end"]
        note = parse_note(f"- see [[Card]] {tags} end\n", "a.md", vault=replace(DEFAULT_VAULT, graph=True))
        many = "#[[card]] " * 100_000
        assert len(unmarked([f"- what is it {many}"])[0]) > 800_000
    assert not note.cards


@pytest.mark.parametrize("tags", ["", " #a", " #[[a b]]", " #a #[[b c]] #d", "  "])
def test_the_page_of_cards_before_other_tags_is_a_flag(tags: str) -> None:
    assert unmarked([f"- what is it [[card]]{tags}"]) == [f"- what is it #card{tags}"]


def test_a_line_that_nearly_is_the_rule_of_a_table() -> None:
    with at_most(20):
        told = without_tables("a | b\n-|-" + " " * 50_000 + "x\nc | d")
    assert told.startswith("a | b\n-|-")
    assert without_tables("a | b\n-|- \nc | d") == "a · b;\nc · d"


def test_exercises_without_headings_take_as_many_steps_as_there_are() -> None:
    told = "<details><summary>Solution</summary>\n\na) x\nb) y\n</details>\n\n"

    def exercises(count: int) -> str:
        return "".join(f"**Exercise {n}.** Show that a.\n\na) Why?\nb) How?\n\n{told}" for n in range(count))

    few, many = (steps(lambda count=count: parse_note(exercises(count), "a.md")) for count in (100, 400))
    assert many < 5 * few


def test_banks_of_questions_with_a_key_each_take_as_many_steps_as_there_are() -> None:
    def bank(parts: int) -> str:
        asked = "".join(f"{n}. Which bird {n} dives?\n   a) the wren\n   b) the grebe\n\n" for n in range(1, 5))
        return "".join(f"## Part {part}\n\n{asked}Answers: 1b, 2b, 3b, 4a\n\n" for part in range(parts))

    assert len(parse_note(bank(2), "a.md").questions) == 8
    few, many = (steps(lambda parts=parts: parse_note(bank(parts), "a.md")) for parts in (60, 240))
    assert many < 5 * few
