"""Cards written for Anki: Obsidian_to_Anki's blocks and settings; and that no text of any such form takes long."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes.vault import AnkiBlocks
from studytool.notes.vault_anki import anki_blocks, read_anki
from tests.notes.anki_text import block, cards, codes, note, sides
from tests.notes.hiding import PLACES, hidden
from tests.notes.test_any_text import at_most, check

# Obsidian_to_Anki


def test_a_block_gives_its_fields_without_their_names() -> None:
    text = "# T\n\n## Part\n\n" + block("Why", "is it so?", "", "Back:  Because", "- of this", "- and that")
    (card,) = cards(text)
    assert (card.front, card.back) == ("Why\nis it so?", "Because\n- of this\n- and that")
    assert (card.span.line, card.span.end_line, card.context) == (5, 13, ("T", "Part"))
    assert not note(text).diagnostics


def test_the_first_field_may_be_named() -> None:
    assert sides(block("Front: One", "Back: Two")) == [("One", "Two")]


def test_a_colon_in_the_text_names_no_field() -> None:
    text = block("Note: it depends", "Back: Where:", "Note: this is text", "backwards: too")
    assert sides(text) == [("Note: it depends", "Where:\nNote: this is text\nbackwards: too")]


def test_what_stands_beside_front_and_back_is_not_lost() -> None:
    assert sides(block("One", "Back: Two", "Extra: Three")) == [("One", "Two\n\nThree")]


def test_ids_are_not_shown_and_tags_are_the_cards_own() -> None:
    text = block("One", "Back: Two", "Tags: nets deep", "<!--ID: 1600000000000-->") + block("Three", "Back: Four")
    assert [(c.back, c.tags) for c in cards(text)] == [("Two", ("nets", "deep")), ("Four", ())]


@pytest.mark.parametrize("head", ["FILE TAGS: a b\n", "FILE TAGS\na b\n"])
def test_tags_of_the_file_are_those_of_each_card(head: str) -> None:
    text = f"TARGET DECK: Nets\n{head}\n" + block("One", "Back: Two", "Tags: c")
    assert [c.tags for c in cards(text)] == [("a", "b", "c")]
    assert not note(text).diagnostics


def test_a_reversed_note_is_two_cards() -> None:
    assert sides(block("One", "Back: Two", kind="Basic (and reversed card)")) == [("One", "Two"), ("Two", "One")]
    optional = "Basic (optional reversed card)"
    assert len(cards(block("One", "Back: Two", kind=optional))) == 1
    assert sides(block("One", "Back: Two", "Add Reverse: y", kind=optional)) == [("One", "Two"), ("Two", "One")]


def test_a_note_type_of_ones_own_is_read_by_its_back() -> None:
    assert sides(block("", "One", "", "Back:", "", "Two", kind="My type 2")) == [("One", "Two")]


def test_a_field_of_ones_own_is_known_where_the_note_is_surely_one() -> None:
    own = block("der Hund", "Englisch: dog", kind="Vokabel")
    assert sides(own) == []
    assert sides("TARGET DECK: x\n\n" + own) == [("der Hund", "dog")]
    assert sides(block("der Hund", "Englisch: dog", "<!--ID: 1600000000000-->", kind="Vokabel")) == [
        ("der Hund", "dog")
    ]


def test_a_deleted_note_is_no_card() -> None:
    text = block("One", "Back: Two", "DELETE", "<!--ID: 1600000000000-->") + "\nDELETE\n<!--ID: 1600000000001-->\n"
    assert (sides(text), note(text).diagnostics) == ([], ())


def test_frozen_fields_are_added_to_each_note_of_their_type() -> None:
    text = "FROZEN - Basic:\nFront: Which capital?\n\n" + block("France", "Back: Paris")
    assert sides(text) == [("France\n\nWhich capital?", "Paris")]


def test_notes_may_stand_on_one_line() -> None:
    text = "- STARTI [Basic] One? Back: Two. <!--ID: 1600000000000--> ENDI, STARTI [Cloze] A {b} c. Tags: t ENDI\n"
    assert [(c.front, c.back, c.span.line, c.tags) for c in cards(text)] == [
        ("One?", "Two.", 1, ()),
        ("A […] c.", "b", 1, ("t",)),
    ]
    assert sides("`STARTI [Basic] One? Back: Two. ENDI` is how it is written\n") == []


def test_an_end_in_a_fence_is_code() -> None:
    text = block("Basic?", "Back:", "```basic", "END", "```", "so it ends")
    assert sides(text) == [("Basic?", "```basic\nEND\n```\nso it ends")]


def test_a_fence_that_is_never_closed_costs_its_card_only() -> None:
    text = block("One", "Back:", "```", "x") + "\n" + block("Three", "Back: Four")
    assert sides(text) == [("One", "```\nx"), ("Three", "Four")]


@pytest.mark.parametrize("inner", ["| a |\n|---|\n| 1 |", "- a\n  - b", "> a", "$$\nx\n$$", "<div>x\n</div>", "a\n---"])
def test_the_end_is_seen_below_anything(inner: str) -> None:
    assert sides(block("One", "Back:", *inner.split("\n"))) == [("One", inner)]


@pytest.mark.parametrize("place", [name for name in PLACES if name != "an Obsidian comment"])
def test_a_block_in_hidden_text_is_none(place: str) -> None:
    assert sides(hidden(place, "START\nBasic\nOne\nBack: Two\nEND")) == []


def test_a_block_that_an_obsidian_comment_hides_from_readers_is_a_card() -> None:
    block = "START\nBasic\nOne\nBack: Two\nEND"
    assert sides(f"# T\n\n%%\n{block}\n%%\n\ntext\n") == [("One", "Two")]
    assert sides(f"```\n%%\n{block}\n%%\n```\n") == []
    assert sides("%%\nSTART\nthe engine\nEND\n%%\n") == []


def test_keywords_may_be_the_marks_of_a_comment() -> None:
    words = AnkiBlocks(begin="%%CARD", end="DONE%%")
    assert sides("# T\n\n%%CARD\nBasic\nOne\nBack: Two\nDONE%%\n\ntext\n", words) == [("One", "Two")]
    assert sides("```\n%%CARD\nBasic\nOne\nBack: Two\nDONE%%\n```\n", words) == []


def test_a_block_in_a_quote_is_read_without_its_marks() -> None:
    text = "> [!note] Cards\n> START\n> Basic\n> One\n> Back: Two\n> > said\n> END\n\ntext\n"
    assert sides(text) == [("One", "Two\n> said")]
    assert sides("> ```\n> START\n> Basic\n> One\n> Back: Two\n> END\n> ```\n") == []


def test_words_that_only_look_like_keywords_are_text() -> None:
    for text in (
        "START\n\nEND\n",
        "START\nthe engine\nEND\n",
        "We START\nBasic\nBack: x\nEND\n",
        "    START\n    Basic\n    a\n    Back: x\n    END\n",
        "STARTING\nBasic\na\nBack: x\nEND\n",
    ):
        assert (sides(text), codes(text)) == ([], [])


# Clozes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A {{c1::b}} c", [("A […] c", "b")]),
        ("A {{c1::b::hint}} c", [("A […] (hint) c", "b")]),
        ("{{c1::A}} {{c2::b}} {{c1::c}}", [("[…] b […]", "A, c"), ("A […] c", "b")]),
        ("A {b} and {c}", [("A […] and c", "b"), ("A b and […]", "c")]),
        ("A {2:b} and {1|c} and {c2:d}", [("A […] and c and […]", "b, d"), ("A b and […] and d", "c")]),
        ("A {{c1::b}} and {2:c}", [("A […] and c", "b"), ("A b and […]", "c")]),
        ("A {{c1::b {{c2::c}}}} d", [("A […] d", "b c")]),
        ("A ==b== c", [("A […] c", "b")]),
        ("A {{c1::$\\frac{1}{2}$}} c", [("A […] c", "$\\frac{1}{2}$")]),
        ("$x_{{{c1::i}}}$ and $\\frac{1}{2}$", [("$x_{[…]}$ and $\\frac{1}{2}$", "i")]),
        ("A {b} in `{c}` and $\\sqrt{d}$", [("A […] in `{c}` and $\\sqrt{d}$", "b")]),
    ],
)
def test_a_cloze_is_one_card_a_number(text: str, found: list[tuple[str, str]]) -> None:
    assert sides(block(text, kind="Cloze")) == found
    assert len({card.key for card in cards(block(text, kind="Cloze"))}) == len(found)


def test_braces_in_another_note_are_text() -> None:
    assert sides(block("A {b} c", "Back: {d}")) == [("A {b} c", "{d}")]


# What is wrong


def test_a_start_without_an_end_costs_its_card_only() -> None:
    text = "START\nBasic\nOne\nBack: Two\n\n" + block("Three", "Back: Four")
    assert (sides(text), codes(text)) == ([("Three", "Four")], [("unclosed-block", 1)])
    assert codes("STARTI [Basic] One Back: Two\n") == [("unclosed-block", 1)]


@pytest.mark.parametrize("lines", [("One",), ("One", "Back:"), ("One", "Back:", "- "), ("", "Back: Two")])
def test_a_card_without_one_of_its_sides_is_named(lines: tuple[str, ...]) -> None:
    assert (sides(block(*lines)), codes(block(*lines))) == ([], [("question-without-answer", 1)])


def test_clozes_that_are_not_whole_are_named() -> None:
    assert codes(block("A {{c1::b} c", kind="Cloze")) == [("unbalanced-cloze", 1)]
    assert codes(block("A b c", kind="Cloze")) == [("no-deletion", 1)]


def test_a_template_is_no_card_and_no_fault() -> None:
    whole = 'STA<% "" %>RT\nBasic\n\n<% tp.file.cursor(1) %>\n\nBa<% "" %>ck:\n- \n\nE<% "" %>ND\n'
    for text in (whole, block("<% tp.file.cursor(1) %>", "Back:", "- ")):
        assert (sides(text), codes(text)) == ([], [])


# Settings

SETTINGS = """{"settings": {"Syntax": {"Begin Note": "[card]", "End Note": "[/card]", "Begin Inline Note": "<<",
"End Inline Note": ">>", "Target Deck Line": "DECK", "File Tags Line": "TAGS", "Delete Note Line": "GONE",
"Frozen Fields Line": "ICE"}, "CUSTOM_REGEXPS": {"Basic": "((?:[^\\\\n][\\\\n]?)+) #fc ?\\\\n*(.+)", "Cloze": ""}},
"fields_dict": {"Vokabel": ["Deutsch", "Englisch"], "Bad": 3}}"""


def test_keywords_and_fields_come_from_the_vault(tmp_path: Path) -> None:
    folder = tmp_path / ".obsidian" / "plugins" / "obsidian-to-anki-plugin"
    folder.mkdir(parents=True)
    (folder / "data.json").write_text(SETTINGS, "utf-8")
    anki = read_anki(tmp_path)
    assert anki.begin == "[card]"
    text = "DECK: x\nTAGS: t\n\n[card]\nVokabel\nHund\nEnglisch: dog\n[/card]\n\n<< [Vokabel] Haus Englisch: house >>\n"
    assert sides(text, anki) == [("Hund", "dog"), ("Haus", "house")]
    assert cards(text, anki)[0].tags == ("t",)
    assert sides(block("One", "Back: Two"), anki) == []
    assert sides("Three? #fc\n- a\n- b\n\nNo more.\n", anki) == [("Three?", "- a\n- b")]
    assert sides("Three? #fc\n- a\n") == []


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"settings": 1}', '{"settings": {"Syntax": {"End Note": 3}}}'])
def test_settings_that_cannot_be_read_are_the_defaults(text: str, tmp_path: Path) -> None:
    assert anki_blocks(text) == AnkiBlocks()
    assert read_anki(tmp_path) == AnkiBlocks()


def test_a_suffix_of_the_keywords_is_understood_without_settings() -> None:
    text = "TARGET_DECK: x\n\nSTART_CARD\nBasic\nOne\nBack: Two\n<!--ID: 1600000000000-->\nEND_CARD \n"
    assert sides(text) == [("One", "Two")]
    assert not note(text).diagnostics
    assert sides("START_CARD\nBasic\nOne\nBack: Two\nEND\n") == []


# Any text

PIECES = [
    *("START\n", "END\n", "Basic\n", "Cloze\n", "Basic (and reversed card)\n", "Back:", "Tags: a\n", "DELETE\n", "\n"),
    *(
        "<!--ID: 1600000000000-->\n",
        "STARTI [Basic] ",
        " ENDI",
        "{{c1::",
        "::",
        "}}",
        "{",
        "}",
        "{{c0::}}",
        "1:",
        "== ",
    ),
    *("# Note\n", "```\n", "guid: a\nnotetype: b\n", "## Front\n", "## Back\n", "### Tags\n", "word ", "---\n"),
    *(
        "noteId: 1\n",
        "---\nnoteId: 1\n---\n",
        "~~",
        "_",
        "#flashcard",
        " 🧠\n",
        " : ",
        "- ",
        "> ",
        "    ",
        "<!--",
        "-->",
    ),
    *("TARGET DECK: a\n", "FILE TAGS\n", "FROZEN - Basic:\n", "Front: ", "<% x %>", "$", "`", "START_A\n", "END_A\n"),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    check(text, text.count("\n") + 1)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "START\nBasic\n",
            "START_A\nBasic\nEND_B\n",
            "START\n",
            "END\n",
            "STARTI [Basic] a ",
            "STARTI [Basic] a ENDI ",
        ),
        *(
            "a #flashcard\n",
            "#flashcard\n",
            "a : b 🧠\n",
            "a #flashcard\n\nb\n\n",
            "START\nCloze\n{{c1::",
            "{1:",
            "FILE TAGS\n",
        ),
        *("# Note\n```\nguid: a\nnotetype: b\n```\n", "FROZEN - a:\n", "DELETE\n", "<% ", "START\nBasic\na\nBack: b\n"),
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    with at_most(60):
        note(piece * 2_000)
        note("---\nnoteId: 1\n---\nSTART\nCloze\n" + piece * 2_000 + "\nEND\n")


@pytest.mark.parametrize(
    "text",
    [
        "START\nCloze\n{}\nEND\n",
        "STARTI [Cloze] {} ENDI\n",
        "# Note\n```\nguid: a\nnotetype: Cloze\n```\n## Text\n{}\n",
    ],
    ids=["a block", "a line", "a note of ki"],
)
def test_a_text_with_too_many_clozes_makes_no_cards(text: str) -> None:
    few, many = (" ".join(f"{{{{c{number}::a}}}}" for number in range(count)) for count in (200, 201))
    assert len(cards(text.format(few))) == 200
    assert cards(text.format(many)) == []
    assert ("too-many-deletions", 1) in codes(text.format(many))
