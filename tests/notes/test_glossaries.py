"""Terms and what they mean where no colon parts them: dashes, signs of other scripts, tables."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def found(text: str, path: str = "note.md") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, path).studied if card.dialect == "definition"]


@pytest.mark.parametrize("dash", [" — ", " – ", " - ", " → ", "— "])
def test_a_dash_parts_a_term_in_bold_from_its_text(dash: str) -> None:
    text = f"# Birds\n\n- **Moult**{dash}the time in which feathers are shed\n"
    assert found(text) == [("Moult", "the time in which feathers are shed")]


@pytest.mark.parametrize(
    "line",
    [
        "**Moult**-the time in which feathers are shed",
        "**Birds are warm** - they keep the heat of their bodies",
        "**[Moult](moult.md)** — the time in which feathers are shed",
        "[[Moult]] - the time in which feathers are shed",
        "**Moult** -- the time in which feathers are shed",
    ],
)
def test_other_lines_with_dashes_define_nothing(line: str) -> None:
    assert found(f"# Birds\n\n- {line}\n") == []


def test_a_list_of_what_a_project_offers_defines_nothing() -> None:
    assert found("- **Export** — writes all your cards into one file\n", "README.md") == []


def test_a_term_after_a_dash_gives_way_to_its_definition() -> None:
    text = "- **Moult**: the time in which feathers are shed\n- **Moult** — every summer, and again in some birds\n"
    assert found(text) == [("Moult", "the time in which feathers are shed")]


def test_writing_without_blanks_has_words_and_colons_of_its_own() -> None:
    assert found("- **换羽**：鸟类脱落旧羽、长出新羽的过程。\n") == [("换羽", "鸟类脱落旧羽、长出新羽的过程。")]
    assert found("- **换羽：** 鸟类脱落旧羽、长出新羽的过程。\n") == [("换羽", "鸟类脱落旧羽、长出新羽的过程。")]
    assert found("- **换羽**：夏天。\n") == []


@pytest.mark.parametrize(
    "head", ["| Term | Definition |", "| **Begriff** | Bedeutung |", "|术语|定义|", "| Word | Short meaning |"]
)
def test_a_table_of_terms_is_a_glossary(head: str) -> None:
    text = f"{head}\n|---|---|\n| Moult | shedding of feathers |\n| Clutch | the `a \\| b` of a nest |\n| Egg |  |\n"
    assert found(text) == [("Moult", "shedding of feathers"), ("Clutch", "the `a | b` of a nest")]


@pytest.mark.parametrize("head", ["| Name | Description |", "| Option | Meaning |", "| Term | Price |", "| Term |"])
def test_other_tables_are_none(head: str) -> None:
    assert found(f"{head}\n|---|---|\n| Moult | shedding of feathers |\n") == []
