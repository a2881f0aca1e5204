"""Cards in outlines: blocks of Logseq with properties, tags, deletions and schedules; what a vault leaves aside."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.model import Schedule
from studytool.notes.parse import parse_note
from studytool.notes.vault import DEFAULT_VAULT, Vault, read_vault
from tests.notes.anki_text import cards, sides

GRAPH = replace(DEFAULT_VAULT, graph=True)
BLOCK = "64b2e6c8-662e-4125-a933-94f6530c549"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- **Why do leaves fall?**#card\n\t- To save water.\n", [("**Why do leaves fall?**", "- To save water.")]),
        ("- # Bark #card\n  collapsed:: true\n\t- It guards.\n", [("Bark", "- It guards.")]),
        (
            "- Tree\n\t- Sap #card\n\t  id:: 64b2e6c8-662e\n\t\t- sugar\n\t\t\t- from leaves\n\t\t- water\n",
            [("Sap", "- sugar\n    - from leaves\n- water")],
        ),
        ("- Wood\n  and pith #card\n\t- the middle\n- Moss\n", [("Wood\nand pith", "- the middle")]),
        (
            "- Trees #card\n\t- oaks\n\t- Needles? #card\n\t\t- firs\n\t- elms\n",
            [("Trees", "- oaks\n- elms"), ("Needles?", "- firs")],
        ),
        ("- An oak bears {{cloze acorns}}. #card\n", [("An oak bears […].", "acorns")]),
        (
            "- Kinds #card\n\t- {{cloze oak\\\\broad leaves}}\n\t- {{cloze fir}}\n",
            [("Kinds\n- […] (broad leaves)\n- fir", "oak"), ("Kinds\n- oak\n- […]", "fir")],
        ),
    ],
)
def test_a_flagged_block_is_asked_with_what_hangs_on_it(text: str, found: list[tuple[str, str]]) -> None:
    assert sides(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "- Topic #card\n  id:: 64b2e6c8-662e-4125-a933-94f6530c5492\n",
        "- ((64b2e6c8-662e-4125-a933-94f6530c5492)) #card\n\t- an answer\n",
        "- See issue#card\n\t- It is so.\n",
        "- See [a](x/#card\n\t- It is so.\n",
    ],
)
def test_a_block_without_words_on_both_sides_is_none(text: str) -> None:
    assert sides(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "- Tests green?→merge\n- Tests red?→fix first\n- Unsure?→ask Bob\n",
        "- Latency ↓\n    - p99\n- Cost ↓\n    - spot\n- Errors ↓\n    - retry\n",
        "- Berlin↔Paris\n- Rome↔Oslo\n- Madrid↔London\n- Vienna↔Prague\n- Riga↔Minsk\n",
        "- File >> Save\n- Edit >> Copy\n- not equal <> in SQL\n- here doc << EOF\n",
    ],
)
def test_arrows_in_a_list_part_no_card_and_the_list_is_named(text: str) -> None:
    read = parse_note(text, "note.md")
    assert read.studied == []
    assert [one.code for one in read.diagnostics] == ["left-aside"]


def test_a_list_with_arrows_takes_nothing_from_the_cards_around_it() -> None:
    arrows = "- Small?→insertion\n- Stable?→merge\n- In place?→heap\n"
    answer = f"{arrows}\nElse quick sort."
    asked = f"## How do you choose a sort?\n\n{answer}\n\n"
    found = parse_note(f"{asked}## More\n\n{arrows}Q: own?\nA: yes\n", "note.md").studied
    assert [(card.front, card.back) for card in found] == [("How do you choose a sort?", answer), ("own?", "yes")]


def test_a_block_keeps_its_schedule() -> None:
    text = (
        "- Pith? #card\n  card-last-interval:: 31.26\n  card-repeats:: 1\n  card-ease-factor:: 2.5\n"
        "  card-next-schedule:: 2026-03-04T16:00:00.000Z\n  card-last-score:: 5\n\t- The middle.\n"
    )
    (card,) = cards(text)
    assert (card.back, card.schedule) == ("- The middle.", Schedule("2026-03-04", 31.26, 250.0))
    (other,) = cards(text.replace("2026-03-04T16", "soon"))
    assert other.schedule is None


def test_properties_are_no_cards_and_no_part_of_an_answer() -> None:
    text = "## What is pith?\n\nThe middle.\ncollapsed:: true\n\n#flashcards\n\nid:: 64b2e6c8\n"
    assert [(card.front, card.back) for card in parse_note(text, "note.md").studied] == [
        ("What is pith?", "The middle.")
    ]


NEVER_ASKED = (
    "card-last-interval:: -1\ncard-repeats:: 0\ncard-ease-factor:: 2.5\ncard-next-schedule:: nil\n"
    "card-last-reviewed:: nil\ncard-last-score:: nil\n"
)
"""What Logseq keeps of a card that nobody was asked yet."""


@pytest.mark.parametrize(
    "kept",
    [
        *(NEVER_ASKED, "card-last-score::\n", "card-last-interval:: 1.2E3\n", "id:: 64B2E6C8-662E-4125\n"),
        *("background-color:: rgb(12, 3, 255)\n", "background-color:: #533e7d\n", "background-color::\n"),
        *("hl-page:: [[The bark of trees]]\n", "hl-page:: 12\n", "ls-type:: [[annotation]]\n"),
    ],
)
def test_whatever_value_a_property_has_it_is_on_no_card(kept: str) -> None:
    indented = "".join(f"\t  {line}\n" for line in kept.splitlines())
    above, below = f"- Pith? #card\n{indented}\t- The middle.\n", f"- Pith? #card\n\t- The middle.\n{indented}"
    assert sides(above) == sides(below) == [("Pith?", "- The middle.")]
    (card,) = parse_note(f"## What is pith?\n\nThe middle.\n{kept}", "note.md").studied
    assert card.back == "The middle."


def test_in_a_graph_names_before_two_colons_are_properties_and_flashcard_flags_a_block() -> None:
    text = "title:: Trees\n\n- Trees: some are tall #flashcard\n  rank:: 3\n- Bark #flashcard\n\t- guards\n"
    found = parse_note(text, "note.md", vault=GRAPH).studied
    assert [(card.front, card.back) for card in found] == [("Bark", "- guards")]


def test_a_link_to_the_page_card_flags_a_block_in_a_graph_only() -> None:
    text = "- Roots [[card]]\n\t- hold\n\t- drink\n\nWrite to the nursery [[card]]\nIt sells elms.\n"
    found = parse_note(text, "note.md", vault=GRAPH).studied
    assert (found[0].front, found[0].back) == ("Roots", "- hold\n- drink")
    assert sides(text) == []


TIMES = "  SCHEDULED: <2026-11-20 Fri .+1w>\n  :LOGBOOK:\n  CLOCK: [2026-11-20 Fri 10:00:00]\n  :END:\n"


@pytest.mark.parametrize(
    "block",
    [
        *("TODO Why do leaves fall? #card", "DONE [#A] Why do leaves fall? #card", "[#B] Why do leaves fall? #card"),
        *("## CANCELED Why do leaves fall? #[[card]]", "WAITING Why do leaves fall?[[Card]] #[[old trees]]"),
        *("[[card]] Why do leaves fall?", "LATER #[[card]] Why do leaves fall?", "#card #bark Why do leaves fall?"),
        f"NOW Why do leaves fall? #card\n{TIMES}".rstrip("\n"),
        "Why do leaves fall? #card\n  :PROPERTIES:\n  :id: 5f713e91-8a3c-4b04-a33a-c39482428e2d\n  :END:",
    ],
)
def test_the_marks_of_a_task_and_of_a_card_are_no_words_of_it(block: str) -> None:
    plain = "- Why do leaves fall? #card\n\t- To save water.\n\t- Old ones fall.\n"
    (wanted,) = parse_note(plain, "note.md", vault=GRAPH).cards
    text = f"- {block}\n\t- DONE To save water.\n\t  DEADLINE: <2026-11-21 Sat>\n\t- Old ones fall.\n"
    note = parse_note(text, "note.md", vault=GRAPH)
    assert [(card.front, card.back, card.key) for card in note.cards] == [(wanted.front, wanted.back, wanted.key)]
    assert "card" not in [one.target.lower() for one in note.references]
    assert {"old trees", "bark"} & set(note.cards[0].tags) == {tag for tag in ("old trees", "bark") if tag in block}


@pytest.mark.parametrize(
    "below", ["## What is a leaf?\n\nIt makes sugar.\n", "* Where is sap? #card\n\t* below\n", "Q: a?\nA: b\n"]
)
def test_a_drawer_that_is_not_closed_takes_no_more_than_its_own_lines(below: str) -> None:
    vault = replace(DEFAULT_VAULT, graph=True)
    text = "* Why bark? #card\n  :LOGBOOK:\n  CLOCK: [2026-11-20 Fri 10:00:00]\n\t* it keeps water\n\n"
    found = parse_note(text + below, "note.md", vault=vault).cards
    assert len(found) == 2
    assert not any("CLOCK" in card.back for card in found)


def test_code_and_sentences_keep_the_words_that_mark_tasks() -> None:
    code = "```yaml\n- TODO leaf [[card]]\nDEADLINE: <2026-11-21 Sat>\n```"
    indented = code.replace("\n", "\n\t  ")
    text = f"- What is to do? #card\n\t- {indented}\n\t- NOWHERE is it TODO.\n\t- see [[card]] games\n"
    (card,) = parse_note(text, "note.md", vault=GRAPH).cards
    assert card.back.split("\n- NOW")[0] == f"- {code}".replace("\n", "\n  ")
    assert card.back.endswith("NOWHERE is it TODO.\n- see card games")
    assert parse_note("- TODO Leaf? #card\n\t- green\n", "note.md").cards[0].front == "TODO Leaf?"


CODE = "```haskell\nage:: Tree -> Int\nid:: 64b2e6c8-662e\ncollapsed:: true\n```"


@pytest.mark.parametrize("vault", [DEFAULT_VAULT, GRAPH])
@pytest.mark.parametrize(
    ("above", "between"), [("## What is age?\n\n", ""), ("Age #card\n", ""), ("- Age #card\n", "  ")]
)
def test_lines_of_code_are_no_properties(above: str, between: str, vault: Vault) -> None:
    code = "\n".join(between + line for line in CODE.split("\n"))
    (card,) = parse_note(f"{above}{code}\n", "note.md", vault=vault).studied
    assert card.back == CODE


@pytest.mark.parametrize(
    "line",
    [
        *("id:: the tree as it is", "background-color:: that of bark", "card-index:: in drawers", "card-index::"),
        *("card-repeats:: nil or one", "hl-page:: that on bark", "background-color:: rgb of bark"),
    ],
)
def test_a_line_with_the_name_of_a_property_and_words_stays_in_the_answer(line: str) -> None:
    text = f"## What is pith?\n\nThe middle.\n{line}\n"
    assert parse_note(text, "note.md").studied[0].back == f"The middle.\n{line}"


def test_text_that_begins_with_digits_is_no_numbered_item() -> None:
    text = "1984 was a year\n\t- the oak #card\n\t\t- bears acorns\n"
    found = parse_note(text, "note.md", vault=GRAPH).cards
    assert [(card.front, card.back) for card in found] == [("the oak", "- bears acorns")]


def settings(root: Path, place: str, text: str) -> Vault:
    path = root / ".obsidian" / place
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return read_vault(root)


def test_the_tag_of_flashcards_for_obsidian_is_the_one_that_is_set(tmp_path: Path) -> None:
    vault = settings(tmp_path, "plugins/flashcards-obsidian/data.json", '{"flashcardsTag": "anki"}')
    text = "## Bark #anki\n\nguards\n^1651691664730\n\nPith #anki-reverse\nthe middle\n"
    found = parse_note(text, "note.md", vault=vault).studied
    assert [(card.front, card.back) for card in found] == [
        ("Bark", "guards"),
        ("Pith", "the middle"),
        ("the middle", "Pith"),
    ]
    assert parse_note(text, "note.md").studied == []


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("templates.json", '{"folder": "meta/forms"}'),
        ("plugins/templater-obsidian/data.json", '{"templates_folder": "/meta/forms/"}'),
    ],
)
def test_notes_in_the_folder_of_templates_hold_no_cards(tmp_path: Path, place: str, text: str) -> None:
    settings(tmp_path, place, text)
    for folder in ("meta/forms", "notes"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "trees.md").write_text("Q: Which tree?\nA: This one.\n", "utf-8")
    assert [note.place for note in load_library([tmp_path], root=tmp_path).notes] == ["notes/trees.md"]


def test_broken_settings_of_templates_are_passed_over(tmp_path: Path) -> None:
    assert settings(tmp_path, "templates.json", '["folder"').flashcards == DEFAULT_VAULT.flashcards


def test_blocks_below_a_heading_are_an_outline_in_a_graph_though_tabs_indent_them() -> None:
    text = (
        "# Trees\n\t- the oak #card\n\t  card-repeats:: 3\n\t\t- bears acorns\n\t- the fir #card\n\t\t- bears cones\n"
    )
    note = parse_note(text, "note.md", vault=GRAPH)
    assert [(card.front, card.back) for card in note.cards] == [
        ("the oak", "- bears acorns"),
        ("the fir", "- bears cones"),
    ]
    assert [card.span.column for card in note.cards] == [4, 4]
    assert sides(text) == []


def test_a_block_that_is_a_tag_only_is_asked_by_the_block_it_hangs_on() -> None:
    text = "- Trees\n\t- **Old oaks** bear\n\t  collapsed:: true\n\t\t- #card\n\t\t  card-repeats:: 1\n\t\t\t- acorns\n"
    note = parse_note(text, "note.md", vault=GRAPH)
    assert [(card.front, card.back) for card in note.cards] == [("**Old oaks** bear", "- acorns")]
    assert parse_note("- #card\n\t- acorns\n", "note.md", vault=GRAPH).cards == ()
    assert parse_note("- Oaks #card\n\t- #card\n\t\t- acorns\n", "note.md", vault=GRAPH).cards == ()


def test_properties_that_begin_a_block_are_no_part_of_an_answer() -> None:
    text = (
        "- the oak #card\n\t- tags:: #tree, #old\n\t- id:: 64b2e6c8-662e-4125-a933-94f6530c5492\n\t  bears acorns\n"
        "\t- use:: wood\n"
    )
    found = parse_note(text, "note.md", vault=GRAPH).cards
    assert [(card.front, card.back) for card in found] == [("the oak", "- bears acorns\n- use:: wood")]
