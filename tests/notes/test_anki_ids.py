"""Cards that only the id of a note in Anki shows to be some."""

from __future__ import annotations

import json

import pytest

from studytool.notes.dialects.deletions import MOST
from studytool.notes.parse import parse_note
from studytool.notes.vault import Vault
from studytool.notes.vault_anki import anki_blocks

ID = "<!--ID: 1600000000000-->\n"
CLOZE = r"((?:.+\n)*(?:.*{.*)(?:\n(?:^.{1,3}$|^.{4}(?<!<!--).*))*)"
HIGHLIGHT = CLOZE.replace("{", "==")
HEADING = r"^#+(.+)\n*((?:\n(?:^[^\n#].{0,2}$|^[^\n#].{3}(?<!<!--).*))+)"
TAGGED = r"((?:[^\n][\n]?)+) #q ?\n*((?:\n(?:^.{1,3}$|^.{4}(?<!<!--).*))+)"
FRACTION = r"\frac{\sqrt{a}}{b}"
RULED = r"((?:^(?!-{3,}).*\n)+)-{3,}\n((?:.+\n)+)"
TABLE = r"\|([^\n|]+)\|\n\|(?:[^\n|]+)\|\n\|([^\n|]+)\|\n?"
PARTED = r"^(.*[^\n:]{1}):{2}([^\n:]{1}.*)"


def found(text: str, *patterns: str) -> list[tuple[str, str]]:
    """The cards of a note in a vault with these patterns, all of them Anki's."""
    settings = json.dumps({"settings": {"CUSTOM_REGEXPS": {str(at): told for at, told in enumerate(patterns)}}})
    note = parse_note(text, "a.md", vault=Vault(anki=anki_blocks(settings)), levels=("explicit",))
    assert {card.dialect for card in note.cards} <= {"anki-id", "anki-block"}
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
        ("One #q\n1\n" + ID + "\nTwo? #x/y\n- 2\n2\n" + ID, [("One", "1"), ("Two?", "- 2\n2")]),
        ("## One #q\n1\n" + ID, [("One", "1")]),
        ("## What is a bark?\n\nA ==cry== {of} dogs.\n" + ID, [("What is a bark?", "A ==cry== {of} dogs.")]),
        ("# Dogs\n\nThe {bark} is loud.\n" + ID, [("The […] is loud.", "bark")]),
        ("## Bark\n\nIts x_{i} and x^{2}.\n" + ID, [("Bark", "Its x_{i} and x^{2}.")]),
        ("## Bark\n\nA ==cry== of dogs.\n" + ID, [("A […] of dogs.", "cry")]),
        ("## Dogs\n\nWho barks? #q\nOne.\n" + ID, [("Who barks?", "One.")]),
        ("## Dogs\n\nThey bark. #q\nLoudly.\n" + ID, [("Dogs", "They bark. #q\nLoudly.")]),
        ("A ==dog== #q\nbarks.\n" + ID, [("A […] #q\nbarks.", "dog")]),
        ("A {\\frac{\\sqrt{a}}{b}} of {{title}} and \\{1\\}.\n" + ID, [("A […] of {{title}} and \\{1\\}.", FRACTION)]),
        ("## Bark\nIt costs {{price}}.\n" + ID, [("Bark", "It costs {{price}}.")]),
        ("## Bark\nA cry.\nID: 1600000000000\n", [("Bark", "A cry.")]),
    ],
)
def test_an_id_below_a_text_shows_its_form(text: str, cards: list[tuple[str, str]]) -> None:
    assert found(text) == cards
    assert found(text.replace(ID, "").replace("ID: 1600000000000\n", "")) == []


@pytest.mark.parametrize(
    "others",
    [
        "",
        f"## Moo\nA cow.\n{ID}",
        f"## Moo\nA ==cow==.\n{ID}",
        f"A ==cow==.\n{ID}",
        f"Four #q\n4\n{ID}",
        f"Text.\n{ID}",
    ],
)
@pytest.mark.parametrize("text", ["## Mew\nA ==cry== {of} cats.\n", "A ==cry==.\n", "One #q\n1\n", "a :: b\n"])
def test_no_card_hangs_on_the_others_of_its_note(text: str, others: str) -> None:
    alone = found(text + ID)
    assert len(alone) == 1
    assert found(f"{text}{ID}\n{text.upper()}{ID}\n{others}")[:1] == found(f"{others}\n{text}{ID}")[-1:] == alone


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
        "One.\nTwo? #q\n1\n" + ID,
        "One #q\n\n1\n" + ID,
        "A {{dog}} barks.\n" + ID,
        "A {{dog} barks.\n" + ID,
        "A {dog}} barks.\n" + ID,
        "The \\{1,2\\} and \\frac{a}{b} and \\frac{\\sqrt{x}}{b}.\n" + ID,
        "## Scope\nText.\n<!-- ID: 202301011200 -->\n",
        "## Scope\nText.\n<!-- ID: 123456789 -->\n",
        "## Pen\nBlue\nID: 4006381333931\n",
        "A ==dog==.\n<!--ID: 20230101120000-->\n",
        "status:: done\n" + ID,
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
    assert [(one.code, one.span.line) for one in note.diagnostics if one.code == "unread-card"] == [("unread-card", 1)]
    assert [card.front for card in note.cards] == ["One", "Bark"]


def test_an_id_keeps_the_tags_of_its_card() -> None:
    (card,) = parse_note(f"## Bark\nA cry.\nTags: dogs sounds\n{ID}", "a.md").cards
    assert (card.tags, card.span.line, card.span.end_line) == (("dogs", "sounds"), 1, 2)


def test_the_end_of_a_block_may_be_indented_below_its_id() -> None:
    text = f"START\nBasic\nOne?\nBack:\n1. pad\n   {ID}   END\n\nSTART\nBasic\nTwo?\nBack: x\n   END\n"
    assert found(text) == [("One?", "1. pad")]


@pytest.mark.parametrize(
    ("text", "patterns"),
    [
        ("## Scope\nThe name.\nAs in C :: x\n", (CLOZE, HIGHLIGHT, TAGGED, RULED, TABLE)),
        ("Who barks?\n---\nA dog.\n", (CLOZE, HIGHLIGHT, TAGGED, PARTED, TABLE, HEADING)),
        ("Who #x\nbarks?\n", (CLOZE, HIGHLIGHT, PARTED, RULED, TABLE, HEADING)),
        ("| Who? |\n| ---- |\n| A dog |\n", (CLOZE, HIGHLIGHT, TAGGED, PARTED, RULED, HEADING)),
        ("A {dog} barks.\n", (HIGHLIGHT, TAGGED, PARTED, RULED, TABLE, HEADING)),
        ("A ==dog== barks.\n", (CLOZE, TAGGED, PARTED, RULED, TABLE, HEADING)),
        ("## Dog\nIt barks.\n", (CLOZE, HIGHLIGHT, TAGGED, PARTED, RULED, TABLE)),
    ],
)
def test_a_form_that_no_pattern_of_the_vault_has_makes_no_card(text: str, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        assert found(text + ID, pattern) == []
    heading = "## Dog\nOne {a} ==b==.\n---\nC :: x\n"
    assert found(heading + ID, HEADING) == [("Dog", "One {a} ==b==.\n---\nC :: x")]


SR = "<!--SR:!2024-01-01,3,250-->"


@pytest.mark.parametrize(
    ("text", "dialect", "cards"),
    [
        (f"Dog::animal {SR}\n{ID}", "inline", [("Dog", "animal")]),
        (f"Dog::animal\n{SR}\n{ID}", "inline", [("Dog", "animal")]),
        (f"A ==dog== barks. {SR}\n{ID}", "highlight-cloze", [("A […] barks.", "dog")]),
        (f"Dog\n?\nanimal :: of a house\n{SR}\n{ID}", "multiline", [("Dog", "animal :: of a house")]),
        (f"Dog::animal ^1600000000000\n{SR}\n", "inline", [("Dog", "animal")]),
        (f"A ==dog== barks.\n^1600000000000\n{SR}\n", "highlight-cloze", [("A […] barks.", "dog")]),
    ],
)
def test_what_a_deck_reads_stays_its_own_with_its_schedule(
    text: str, dialect: str, cards: list[tuple[str, str]]
) -> None:
    note = parse_note(f"#flashcards\n\n{text}", "a.md")
    assert [(card.front, card.back) for card in note.cards] == cards
    assert {card.dialect for card in note.cards} == {dialect}
    assert all(card.schedule and card.schedule.due == "2024-01-01" for card in note.cards)
    assert not note.diagnostics


@pytest.mark.parametrize("between", ["", "---\n"])
def test_deletions_with_numbers_are_read_by_their_own_form(between: str) -> None:
    text = f"## Dog\nIt is loud.\n{between}A {{{{c1::dog}}}} barks.\n{ID}"
    (card,) = parse_note(text, "a.md").cards
    assert (card.dialect, card.back) == ("curly-cloze", "dog")
    assert parse_note(text, "a.md", off=["curly-cloze"], levels=("explicit",)).cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "## What is a dog?\n\nOne.\n\nTwo.\n",
        "**What is a dog?**\nAn animal.\n",
        "What is 2+2?\n- [ ] 3\n- [x] 4\n",
        "- **Dog**: An animal that barks at night.\n",
        "#flashcards\n\nDog:::animal\n",
        "A {{c1::dog}} barks.\n",
        "## Dog\nIt barks.\n",
    ],
)
@pytest.mark.parametrize("blank", ["", "\n", "<br>\n"])
def test_an_id_below_a_card_of_any_form_is_no_unread_card(text: str, blank: str) -> None:
    note = parse_note(text + blank + ID, "a.md")
    assert note.studied
    assert "unread-card" not in {one.code for one in note.diagnostics}


def test_a_text_with_too_many_deletions_makes_no_card() -> None:
    most = " ".join(f"{{w{at}}}" for at in range(MOST))
    assert len(found(f"{most}\n{ID}")) == MOST
    note = parse_note(f"{most} {{more}}\n{ID}", "a.md", levels=("explicit",))
    assert not note.cards
    assert "too-many-deletions" in {one.code for one in note.diagnostics}
