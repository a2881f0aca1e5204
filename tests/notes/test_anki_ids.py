"""Cards that only the id of a note in Anki shows to be some."""

from __future__ import annotations

import json

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.vault import Vault
from studytool.notes.vault_anki import anki_blocks

ID = "<!--ID: 1600000000000-->\n"
CLOZE = r"((?:.+\n)*(?:.*{.*)(?:\n(?:^.{1,3}$|^.{4}(?<!<!--).*))*)"
HIGHLIGHT = CLOZE.replace("{", "==")
HEADING = r"^#+(.+)\n*((?:\n(?:^[^\n#].{0,2}$|^[^\n#].{3}(?<!<!--).*))+)"
TAGGED = r"((?:[^\n][\n]?)+) #q ?\n*((?:\n(?:^.{1,3}$|^.{4}(?<!<!--).*))+)"
PARTED = r"^(.*[^\n:]{1}):{2}([^\n:]{1}.*)"


def found(text: str, *patterns: str) -> list[tuple[str, str]]:
    """The cards of a note in a vault with these patterns, all of them Anki's."""
    settings = json.dumps({"settings": {"CUSTOM_REGEXPS": {str(at): told for at, told in enumerate(patterns)}}})
    note = parse_note(text, "a.md", vault=Vault(anki=anki_blocks(settings)), levels=("explicit",))
    assert {card.dialect for card in note.cards} <= {"anki-block"}
    return [(card.front, card.back) for card in note.cards]


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("The time:: it flies\n" + ID, [("The time", "it flies")]),
        ("- `a::b` is :: code\n" + ID, [("`a::b` is", "code")]),
        ("## Bark\n\nA cry\nof dogs.\n" + ID, [("Bark", "A cry\nof dogs.")]),
        ("# Sounds\n## Bark\nA cry.\nTags: dogs\n" + ID, [("Bark", "A cry.")]),
        ("## Bark\n- a\n\n<br>\n" + ID, [("Bark", "- a")]),
        ("## Bark\n```\na\n\nb\n```\n" + ID, [("Bark", "```\na\n\nb\n```")]),
        ("Who\nbarks?\n---\nA dog.\n" + ID, [("Who\nbarks?", "A dog.")]),
        ("| Who? |\n| ---- |\n| A dog |\n" + ID, [("Who?", "A dog")]),
        ("A {dog} barks, `{x}` does not.\n" + ID, [("A […] barks, `{x}` does not.", "dog")]),
        ("A ==dog== and {2:a cat}.\n" + ID, [("A ==dog== and […].", "a cat")]),
        ("A ==dog==.\n" + ID, [("A […].", "dog")]),
        ("One #q\n1\n" + ID + "\nTwo #q\n\n2\n2\n" + ID, [("One", "1"), ("Two", "2\n2")]),
        ("One.\nTwo? #x/y\n- 1\n" + ID + "\nThree #x/y\n3\n" + ID, [("One.\nTwo?", "- 1"), ("Three", "3")]),
        ("## Bark\nA cry.\nID: 1600000000000\n", [("Bark", "A cry.")]),
    ],
)
def test_an_id_below_a_text_shows_its_form(text: str, cards: list[tuple[str, str]]) -> None:
    assert found(text) == cards
    assert found(text.replace(ID, "").replace("ID: 1600000000000\n", "")) == []


def test_headings_over_marked_texts_ask_nothing_where_all_are_marked() -> None:
    text = f"## Bark\nA ==cry==.\n{ID}\n## Mew\n==Another==.\n{ID}"
    assert found(text) == [("## Bark\nA […].", "cry"), ("## Mew\n[…].", "Another")]
    one = f"## Bark\nA ==cry==.\n{ID}\n## Mew\nAnother.\n{ID}"
    assert found(one) == [("Bark", "A ==cry==."), ("Mew", "Another.")]


def test_the_settings_say_which_form_counts() -> None:
    text = f"## Bark\nA ==cry== {{of}} dogs.\n{ID}"
    assert found(text, HIGHLIGHT) == [("## Bark\nA […] {of} dogs.", "cry")]
    assert found(text, CLOZE) == [("## Bark\nA ==cry== […] dogs.", "of")]
    assert found(text, HEADING) == [("Bark", "A ==cry== {of} dogs.")]
    assert found(text, TAGGED) == found(text, PARTED) == []
    assert found(f"One: why? #q\n\n1\n## Two\n2\n{ID}", TAGGED) == [("One: why?", "1\n## Two\n2")]
    assert found(f"## Bark\n#q\nA cry.\n{ID}", TAGGED) == [("Bark", "A cry.")]


@pytest.mark.parametrize(
    "text",
    [
        "A cry of dogs.\n" + ID,
        "## Bark\n\nA cry.\n\nOf dogs.\n" + ID,
        "## Bark\n" + ID,
        "[due:: today] and `a::b`\n" + ID,
        "| a | b |\n|---|---|\n| c | d |\n" + ID,
        "| a |\n|---|\n| c |\n| d |\n" + ID,
        "One #q\n1\n" + ID,
        "```\n## Bark\nA cry.\n" + ID + "```\n",
        "## Bark\nA cry.\nID: 12\n",
        "## Bark\nA cry.\n\nText.\n\n" + ID,
        ID,
    ],
)
def test_an_id_alone_invents_no_card(text: str) -> None:
    assert found(text) == []


def test_a_card_that_is_not_found_is_told() -> None:
    text = f"A cry of dogs.\n{ID}\nSTART\nBasic\nOne\nBack: 1\n{ID}END\n\n## Bark\nA cry.\n{ID}"
    note = parse_note(text, "a.md")
    assert [(one.code, one.span.line) for one in note.diagnostics if one.code == "unread-card"] == [("unread-card", 2)]
    assert [card.front for card in note.cards] == ["One", "Bark"]


def test_an_id_keeps_the_tags_of_its_card() -> None:
    (card,) = parse_note(f"## Bark\nA cry.\nTags: dogs sounds\n{ID}", "a.md").cards
    assert (card.tags, card.span.line, card.span.end_line) == (("dogs", "sounds"), 1, 2)


def test_the_end_of_a_block_may_be_indented_below_its_id() -> None:
    text = f"START\nBasic\nOne?\nBack:\n1. pad\n   {ID}   END\n\nSTART\nBasic\nTwo?\nBack: x\n   END\n"
    assert found(text) == [("One?", "1. pad")]
