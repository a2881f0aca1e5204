"""Cards that Flashcards for Obsidian knows by the name of a block."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool.notes.dialects.deletions import MOST
from studytool.notes.parse import parse_note
from studytool.notes.vault import DEFAULT_VAULT, Vault
from studytool.notes.vault_anki import read_anki

NAME = "^1600000000000\n"


def found(text: str, vault: Vault = DEFAULT_VAULT) -> list[tuple[str, str]]:
    note = parse_note(text, "a.md", vault=vault, levels=("explicit",))
    assert {card.dialect for card in note.cards} <= {"anki-id", "anki-block"}
    return [(card.front, card.back) for card in note.cards]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("Bark::A cry\n" + NAME, [("Bark", "A cry")]),
        ("- Bark ::: A cry\n" + NAME, [("Bark", "A cry"), ("A cry", "Bark")]),
        ("Bark::A cry ^1600000000000\n", [("Bark", "A cry")]),
        ("> [!info] card\n> A ==dog== barks at a ==cat==\n" + NAME, [("A […] barks at a cat", "dog")]),
        ("A {1:dog} barks at {2:cats}, {1:too}.\n" + NAME, [("A […] barks at cats, […].", "dog, too")]),
        ("## One::1\n" + NAME + "\nTwo::2\n", [("One", "1"), ("Two", "2")]),
        ("---\ncards-deck: Animals\n---\nBark::A cry\n", [("Bark", "A cry")]),
        ("What barks? #card\nA dog.\n" + NAME, [("What barks?", "A dog.")]),
    ],
)
def test_a_name_of_thirteen_digits_shows_a_card(text: str, cards: list[tuple[str, str]]) -> None:
    assert found(text)[: len(cards)] == cards


@pytest.mark.parametrize(
    "text",
    [
        "Bark::A cry\n",
        "Bark::A cry\n^15c42b\n",
        "A ==dog== barks.\n^15c42b\n",
        "A dog barks.\n" + NAME,
        "```\nBark::A cry\n" + NAME + "```\n",
        "status:: done\n`a::b` std::sort\n| a::b | c |\n|---|---|\n\ntext\n" + NAME,
        "A ==dog==.\n\n" + NAME,
        NAME,
    ],
)
def test_nothing_else_is_one(text: str) -> None:
    assert found(text) == []


def test_the_separators_come_from_the_settings(tmp_path: Path) -> None:
    settings = tmp_path / ".obsidian" / "plugins" / "flashcards-obsidian" / "data.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"inlineSeparator": "!!", "inlineSeparatorReverse": "!!!"}))
    vault = Vault(anki=read_anki(tmp_path))
    text = f"Bark!!A cry\n{NAME}\nMew !!! Another\n{NAME}\nOne::two\n{NAME}"
    assert found(text, vault) == [("Bark", "A cry"), ("Mew", "Another"), ("Another", "Mew")]
    assert found(text) == [("One", "two")]


def test_a_line_with_too_many_deletions_makes_no_card() -> None:
    most = " ".join(f"{{w{at}}}" for at in range(MOST))
    assert len(found(f"{most} {NAME}")) == MOST
    assert found(f"{most} {{more}} {NAME}") == []


def test_a_name_below_the_card_of_a_deck_is_no_text() -> None:
    note = parse_note(f"#flashcards\n\nDog:::animal\n{NAME}\nA ==cow== moos.\n{NAME}", "a.md")
    assert [card.dialect for card in note.cards] == ["inline-reversed", "inline-reversed", "highlight-cloze"]
    assert not note.diagnostics
