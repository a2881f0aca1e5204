"""Notes of ki and of yanki, a file a note, by its form; blocks of Obsidian Anki Sync."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from tests.growth import steps
from tests.notes.anki_text import cards, codes, sides

# ki

KI = (
    "# Note\n```\nguid: a,b:c\nnotetype: {}\n```\n\n### Tags\n```\nnets\nnets::deep\n```\n\n"
    "## Front\n{}\n\n## Back\n{}\n"
)


def test_a_note_of_ki_is_one_note() -> None:
    (card,) = cards(KI.format("Basic-1", "What is\n<b>it</b>?", "This.\n\n### Part\n\n- a"))
    assert (card.front, card.back) == ("What is\n<b>it</b>?", "This.\n\n### Part\n\n- a")
    assert card.tags == ("nets", "nets::deep")


def test_a_note_of_ki_may_be_reversed_or_a_cloze() -> None:
    assert sides(KI.format("Basic (and reversed card)-1", "One", "Two")) == [("One", "Two"), ("Two", "One")]
    assert sides(KI.format("Cloze-1", "A {{c1::b}} {{c2::c}}", "")) == [("A […] c", "b"), ("A b […]", "c")]
    assert codes(KI.format("Basic-1", "One", "")) == [("question-without-answer", 1)]


def test_headings_alone_make_no_note_of_ki() -> None:
    assert sides("# Note\n\n## Front\nOne\n\n## Back\nTwo\n") == []


# yanki

YANKI = "---\nnoteId: 1700000000000\n---\n\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("One\n\n---\n\nTwo\n\n---\n\nThree\n", [("One", "Two\n\n---\n\nThree")]),
        ("# One?\n\n***\n\nTwo\n", [("One?", "Two")]),
        ("One\n\n---\n---\n\nTwo\n", [("One", "Two"), ("Two", "One")]),
        ("A ~~b~~ and ~~c _a hint_~~.\n\n---\n\nMore.\n", [("A […] and c.", "b"), ("A b and […] (a hint).", "c")]),
        ("A ~~1 b~~ and ~~1 c~~\n", [("A […] and […]", "b, c")]),
        ("One?\n\n_Two_\n", [("One?", "Two")]),
        ("`~~a~~`\n\n---\n\nTwo\n", [("`~~a~~`", "Two")]),
    ],
)
def test_a_note_of_yanki_is_read_by_its_form(body: str, found: list[tuple[str, str]]) -> None:
    assert sides(YANKI + body) == found
    assert sides(body) == sides("---\ntitle: x\n---\n" + body) == []


def test_a_note_of_yanki_without_a_back_is_named() -> None:
    assert codes(YANKI + "One\n") == [("question-without-answer", 5)]
    assert codes(YANKI) == []


# Obsidian Anki Sync

SYNCED = '<!-- {kind}block-start oid="Obs1" deck="Nets" -->\n{text}<!-- {kind}block-end -->\n'


def test_blocks_of_obsidian_anki_sync_are_cards() -> None:
    basic = SYNCED.format(kind="basic", text="**What is `a::b`?** ::\n\nA name.\n\n```\nx::y\n```\n\nMore.\n")
    cloze = SYNCED.format(kind="cloze", text="\nUse ==one== and\n\n```\na == b\n```\n\n==two==.\n")
    assert sides(f"# Names\n\n{basic}\n{cloze}") == [
        ("**What is `a::b`?**", "A name.\n\n```\nx::y\n```\n\nMore."),
        ("Use […] and\n\n```\na == b\n```\n\ntwo.", "one"),
        ("Use one and\n\n```\na == b\n```\n\n[…].", "two"),
    ]


def test_a_block_of_obsidian_anki_sync_without_its_separator_is_told_and_none_in_code_counts() -> None:
    bare = SYNCED.format(kind="basic", text="Nothing parts this.\n")
    text = f"{bare}\n````\n{bare}````\n"
    assert (cards(text), codes(text)) == ([], [("broken-separator", 1)])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (SYNCED.format(kind="cloze", text="Nothing is to be filled in.\n"), [("no-deletion", 1)]),
        (SYNCED.format(kind="cloze", text="One {{c1::gap\n"), [("unbalanced-cloze", 2)]),
        ("<!-- clozeblock-start -->\nOne ==gap==.\n", [("unclosed-block", 1)]),
        ("<!-- basicblock-start -->\nOne ::\n" + SYNCED.format(kind="basic", text="A::b\n"), [("unclosed-block", 1)]),
        (SYNCED.format(kind="cloze", text="One ==gap==.\n"), []),
    ],
)
def test_what_is_wrong_with_a_block_of_obsidian_anki_sync_is_told(text: str, told: list[tuple[str, int]]) -> None:
    assert codes(text) == told


def test_a_heading_a_side_makes_a_note_a_card() -> None:
    note = "---\nid: 7f\n---\n\n# Front\nWhat is a grebe?\n\n![a grebe](grebe.png)\n\n# Back\nA bird.\n"
    assert sides(f"{note}\n## More\n\n- it dives\n") == [
        ("What is a grebe?\n\n![a grebe](grebe.png)", "A bird.\n\n## More\n\n- it dives")
    ]
    head = "## Note\nnid: 1600000000000\nmodel: Basic\n\n"
    parts = "### Front\n\n{}\n\n### **Back:**\n\n{}\n\n### Extra\n\nSource\n\n### Tags\n\nbird\n\n---\n\n"
    found = sides(head + parts.format("A swan?", "White.") + head + parts.format("{{c1::Larks}} sing", "At dawn."))
    assert found[0] == ("A swan?", "White.\n\nSource")
    assert [front for front, _ in found[1:]] == ["[…] sing"]


def test_the_number_of_the_next_note_is_no_part_of_a_back() -> None:
    note = "nid: {}\n\n# Front\n\nA swan?\n\n# Back\n\nWhite {}.\n\n# Notes\n\nIn lakes.\n\n"
    text = "".join(note.format(number, number) for number in range(3))
    assert [back for _, back in sides(text)] == [f"White {number}.\n\nIn lakes." for number in range(3)]


def test_many_notes_with_a_heading_a_side_take_as_many_steps_as_there_are() -> None:
    note = "nid: 1\n\n# Front\n\nA swan?\n\n# Back\n\nWhite.\n\n"
    work = [steps(lambda many=many: parse_note(note * many, "Note.md")) for many in (1, 100, 400)]
    assert work[2] < 6 * work[1]  # 16 for a square


@pytest.mark.parametrize(
    "text",
    [
        "## Front\n\n- axios\n\n## Back\n\n- express\n",
        "## Front\n\nThe seat.\n\n## Back\n\nThe trunk.\n\n## Wheels\n\nFour.\n",
        "## Front\n\nThe seat.\n\n## Front\n\nThe lamp.\n\n## Back\n\nThe trunk.\n",
        "## Back\n\nThe trunk.\n\n## Front\n\nThe seat.\n",
        "## Front\n\nThe seat.\n",
        "# Front\n\nThe seat.\n\n## Back\n\nThe trunk.\n",
        "A car has two sides.\n\n## Front\n\nThe seat.\n\n## Back\n\nThe trunk.\n",
    ],
)
def test_headings_that_name_places_make_no_card(text: str) -> None:
    assert sides(text) == []
