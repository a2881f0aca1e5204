"""Decks of Obsidian's spaced repetition plugin: what is a card, where it begins and ends, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.notes.dialects.deck import missing_tag
from studytool.notes.markdown import parse_blocks
from studytool.notes.model import Card, Note
from studytool.notes.page import Page
from studytool.notes.parse import parse_note
from studytool.notes.vault import (
    DEFAULT_VAULT,
    Flashcards,
    Vault,
    inferred_separators,
    read_vault,
    with_inferred,
)
from tests.notes.hiding import PLACES, hidden

OWN = ("inline", "inline-reversed", "multiline", "multiline-reversed", "highlight-cloze", "curly-cloze")
TAGGED = "#flashcards/nets\n\n"
REVIEWED = "<!--SR:!2024-03-01,12,250-->"
FOLDERS = Vault(Flashcards(folders=True), told=True)


def note(text: str, vault: Vault = DEFAULT_VAULT, place: str = "a/note.md") -> Note:
    return parse_note(text, "note.md", vault=vault, place=place)


def cards(text: str, vault: Vault = DEFAULT_VAULT) -> list[Card]:
    return [card for card in note(text, vault).cards if card.dialect in OWN]


def sides(text: str, vault: Vault = DEFAULT_VAULT) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in cards(text, vault)]


def dues(text: str) -> list[str | None]:
    return [card.schedule.due if card.schedule else None for card in cards(text)]


def codes(text: str, vault: Vault = DEFAULT_VAULT) -> list[tuple[str, int, int]]:
    found = note(text, vault).diagnostics
    return [(one.code, one.span.line, one.span.column) for one in found if one.code != "left-aside"]


# where cards may be

WRITTEN = {
    "inline": "front::back",
    "inline-reversed": "front:::back",
    "multiline": "front\n?\nback",
    "multiline-reversed": "front\n??\nback",
    "highlight-cloze": "a ==deletion== in a text",
    "curly-cloze": "a {{c1::deletion}} in a text",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("dialect", WRITTEN)
def test_no_card_is_seen_inside(place: str, dialect: str) -> None:
    assert {card.dialect for card in cards(WRITTEN[dialect], FOLDERS)} == {dialect}
    found = [card for card in cards(hidden(place, WRITTEN[dialect]), FOLDERS) if "$\n" not in card.front]
    assert found == [], "a part of a formula may be asked, with the formula round it; nothing else is"


@pytest.mark.parametrize("dialect", [name for name in WRITTEN if name != "curly-cloze"])
def test_without_tag_folder_or_schedule_nothing_is_a_card(dialect: str) -> None:
    assert cards(f"{WRITTEN[dialect]}\n\nOther text.\n") == []
    assert cards(f"#flash\n\n{WRITTEN[dialect]}\n\nOther text.\n") == []


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("front::back", True),
        ("front :: back", True),
        ("front:::back", True),
        ("What is it?:: back", True),
        ("a list:\n\n- one\n- two::three", True),
        ("length of trip:: 3 days", False),
        ("(key:: value) in a text", False),
        ("status::done", False),
        ("a `std::vector` in code", False),
        ("no separator", False),
    ],
)
def test_a_line_that_lacks_only_the_tag_is_told_so(line: str, is_told: bool) -> None:
    told = [one.hint for one in note(f"{line}\n").diagnostics if one.code == "left-aside"]
    hint = "If it holds a card, tag the note `#flashcards`, or write it as `Q: …` and `A: …`."
    assert told[-1] == (hint if is_told else "")
    assert hint not in [one.hint for one in note(f"{line}\n\n::\n\n#flashcards\n").diagnostics]


def test_a_note_that_holds_only_parted_texts_is_a_deck_without_a_tag() -> None:
    text = "---\ntitle: x\n---\n# Cells\n#bio #exam\n\n"
    text += "What divides?\n?\nA cell.\n\n---\n\n## Which one?\n??\n- this\n- that\n"
    found = [("What divides?", "A cell."), ("Which one?", "- this\n- that"), ("- this\n- that", "Which one?")]
    assert sides(text) == found
    assert codes(text) == []
    assert sides(text, Vault(told=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "one\n?\ntwo\n\nOther text.\n",
        "one\n?\ntwo\n\n- a list\n",
        "one\n?\ntwo\n?\nthree\n",
        "one\n?\ntwo\n\n```\ncode\n```\n",
    ],
)
def test_a_parted_text_in_a_note_with_other_text_is_told_of_and_no_card(text: str) -> None:
    assert sides(text) == []
    assert codes(text) == [("untagged-card", 2, 1)]
    assert codes(text, Vault(told=True)) == []


def test_a_question_mark_in_a_list_parts_nothing() -> None:
    text = "- one\n- ?\n- three\n"
    assert (sides(text), codes(text)) == ([], [])


@pytest.mark.parametrize("dialect", WRITTEN)
@pytest.mark.parametrize(
    "deck",
    ["#flashcards\n\n{}", "{}\n\n#flashcards/a/b", "---\ntags: [Flashcards/x]\n---\n{}", "{}\n" + REVIEWED],
)
def test_a_tag_anywhere_or_a_schedule_makes_a_deck(dialect: str, deck: str) -> None:
    assert {card.dialect for card in cards(deck.format(WRITTEN[dialect]))} == {dialect}


def test_the_tags_of_the_settings_make_decks_and_unwanted_ones_do_not() -> None:
    vault = Vault(Flashcards(tags=("🧠", "exam"), unwanted_tags=("draft",)), told=True)
    assert sides("#exam/may\n\na::b", vault) == [("a", "b")]
    assert sides("#🧠 a::b", vault) == [("a", "b")]
    assert sides("#exams\n\na::b", vault) == []
    assert sides("#exam #draft\n\na::b", vault) == []


def test_a_folder_is_a_deck_only_where_the_settings_say_so_and_below_the_root() -> None:
    assert note("a::b", FOLDERS, "deck/n.md").cards
    assert not note("a::b", FOLDERS, "n.md").cards
    assert not note("a::b", DEFAULT_VAULT, "deck/n.md").cards


def test_notes_that_the_settings_ignore_hold_no_cards() -> None:
    assert not note(TAGGED + "a::b", Vault(Flashcards(ignored=("old",)), told=True), "old/n.md").cards
    assert not note(TAGGED + "a::b\n\n{{c1::x}} y", DEFAULT_VAULT, "x/drawing.excalidraw.md").cards


# marks that are no text


@pytest.mark.parametrize("text", ["# ==Title==", "==all of it==", "- ==all of it==", "> **==all==**."])
def test_a_gap_with_nothing_around_it_is_no_card(text: str) -> None:
    assert sides(TAGGED + text + "\n") == []
    assert sides(TAGGED + text + " by cells\n") != []


def test_tags_at_the_end_of_a_line_are_no_text() -> None:
    assert sides(TAGGED + "Kernel #hard/x #cv::A window. #todo\n") == [("Kernel", "A window.")]
    assert sides(TAGGED + "Kernel #cv\n?\nA window #cv\nof `x #y`\n") == [("Kernel", "A window\nof `x #y`")]
    assert sides(TAGGED + "a\n?\n```\nx = 1 #one\n```\n") == [("a", "```\nx = 1 #one\n```")]
    assert sides(TAGGED + "Which #1?::issue #12, colour #ff0000\n") == [("Which #1?", "issue #12, colour #ff0000")]
    assert sides(TAGGED + "A macro::uses #`x` and #include\n") == [("A macro", "uses #`x` and #include")]


@pytest.mark.parametrize(
    ("back", "shown"),
    [
        ("A style. ^ab12cd", "A style."),
        ("A style.\n^ab12cd", "A style."),
        ("one ^first-1\ntwo", "one\ntwo"),
        ("one ^1600000000000", "one"),
        ("`a ^ab12cd`", "`a ^ab12cd`"),
        ("$x ^ab$", "$x ^ab$"),
        ("2 ^10", "2 ^10"),
        ("x^ab", "x^ab"),
        ("a ^ab b", "a ^ab b"),
    ],
)
def test_names_of_blocks_are_no_text(back: str, shown: str) -> None:
    assert sides(TAGGED + f"a\n?\n{back}\n") == [("a", shown)]
    qa = parse_note(f"Q: a\nA: {back}\n", "note.md").cards
    assert [card.back for card in qa] == [shown]


def test_a_line_that_is_only_the_name_of_a_block_leaves_no_gap() -> None:
    assert parse_note("Q: a\nA: one\n\n^ab12cd\n\ntwo\n", "note.md").cards[0].back == "one\n\ntwo"


# one line


def test_the_first_separator_in_prose_parts_a_line() -> None:
    text = (
        "- a::b\n- `std::x` is::this\n- c:::d\n- e::\n- {{c1::f}} g\n\n# T\n\n    h::i\n\n| j::k | l |\n|---|---|\n"
        "1. [x](http://a::b) m::n::o\n- [ ] p::q\n### r::s\n> t::u\n"
    )
    expected = [("a", "b"), ("`std::x` is", "this"), ("c", "d"), ("d", "c"), ("[x](http://a::b) m", "n::o")]
    expected += [("p", "q"), ("r", "s"), ("t", "u")]
    assert [side for side in sides(TAGGED + text) if "[…]" not in side[0]] == expected
    assert [card.dialect for card in cards(text)] == ["curly-cloze"]


@pytest.mark.parametrize(
    "line",
    [
        "status:: done",
        "- up:: [[Optimisers]]",
        "A task [due:: 2024-01-01] of today",
        "Seen (rating:: 5) twice",
        "Use std::vector here",
        "TARGET DECK: nets::adam",
        "a:b",
        "a::::b",
        "\\:\\: x",
    ],
)
def test_a_field_or_a_name_is_no_card_in_a_deck(line: str) -> None:
    assert sides(TAGGED + line) == []


def test_a_schedule_makes_a_card_of_a_line_that_looks_like_a_field() -> None:
    assert sides(f"source:: where gradients come from\n{REVIEWED}") == [("source", "where gradients come from")]


def test_a_line_before_punctuation_and_without_blanks_is_parted() -> None:
    assert sides(TAGGED + "Is ReLU linear::False, it has a kink.") == [("Is ReLU linear", "False, it has a kink.")]


def test_the_separator_and_not_the_highlight_makes_the_card() -> None:
    found = cards(TAGGED + "A ==kernel== slides over an image::Yes")
    assert [(card.dialect, card.front) for card in found] == [("inline", "A ==kernel== slides over an image")]


def test_a_stray_backtick_above_costs_no_reviewed_card() -> None:
    text = f"a::b\n{REVIEWED}\n`\nWhich?::`this`\n{REVIEWED}\n"
    assert sides(text) == [("a", "b"), ("Which?", "`this`")]


def test_the_answer_may_stand_under_the_line() -> None:
    text = f"What is a batch?::\nSome examples\ntaken together\n{REVIEWED}\n\nAnd an epoch?::\n- all of them\n- once\n"
    expected = [("What is a batch?", "Some examples\ntaken together"), ("And an epoch?", "- all of them\n- once")]
    assert sides(text) == expected
    assert dues(text) == ["2024-03-01", None]


def test_marks_are_no_part_of_a_side() -> None:
    text = TAGGED + "#flashcards/nets What is a bias?::A weight of one ^bias-1\n\n#🧠 A #card loss::b #flashcards/x c\n"
    assert sides(text) == [("What is a bias?", "A weight of one"), ("A loss", "b c")]
    assert sides(TAGGED + "#1 of #fff::#f00") == [("#1 of #fff", "#f00")]
    assert sides(TAGGED + "x^2 at 3 ^12::#include <a> ^a") == [("x^2 at 3 ^12", "#include <a> ^a")]


def test_an_empty_side_is_told_and_costs_only_that_card() -> None:
    text = TAGGED + "a::\n\n::b\n\nc:: ``\n\nd::e\n"
    assert sides(text) == [("d", "e")]
    assert codes(text) == [("empty-answer", 3, 2), ("no-question", 5, 1), ("empty-answer", 7, 2)]


def test_reversed_lines_make_two_cards_the_forward_one_first() -> None:
    found = cards(TAGGED + "- tensor ::: array with axes\n")
    assert [(card.front, card.back, card.dialect) for card in found] == [
        ("tensor", "array with axes", "inline-reversed"),
        ("array with axes", "tensor", "inline-reversed"),
    ]
    assert len({card.key for card in found}) == 2
    assert {(card.span.line, card.span.column) for card in found} == {(3, 3)}


def test_a_separator_may_be_any_signs_with_blanks() -> None:
    vault = Vault(Flashcards(inline=(" - ",), inline_reversed=(" -- ",)), told=True)
    text = TAGGED + "a-b - c\n\nd -- e\n\n`f - g`\n"
    assert sides(text, vault) == [("a-b", "c"), ("d", "e"), ("e", "d")]


def test_a_bold_that_is_never_closed_leaves_no_stars() -> None:
    assert sides("**What is a kernel?;; A small matrix.") == [("What is a kernel?", "A small matrix.")]


# real notes, where they are at hand

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "02-osr"
real = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample notes are not here")


def _counts(folder: Path, pattern: str = "*.md") -> dict[str, int]:
    """How many cards of each kind a vault's notes hold, read as a library does."""
    notes = [path for path in sorted(folder.rglob(pattern)) if ".obsidian" not in path.parts]
    texts = [path.read_text("utf-8-sig") for path in notes]
    vault = with_inferred(read_vault(folder), [one for text in texts for one in inferred_separators(text)])
    counts: dict[str, int] = {}
    for path, text in zip(notes, texts, strict=True):
        for card in parse_note(text, path.name, vault=vault, place=path.relative_to(folder).as_posix()).cards:
            if card.dialect in OWN:
                counts[card.dialect] = counts.get(card.dialect, 0) + 1
    return counts


@real
@pytest.mark.parametrize(
    ("folder", "pattern", "expected"),
    [
        ("LavoniDK*", "* Uge 1 - *.md", {"inline": 20, "multiline": 6, "highlight-cloze": 11}),
        ("LavoniDK*", "* Uge 13 *.md", {"inline": 35}),
        ("LavoniDK*", "* Uge 10 *.md", {"multiline": 20}),
        ("FlavRomano*", "*.md", {"multiline": 391}),
        ("Eklipsorz*", "*.md", {"inline": 19}),
        ("AkshatDev*", "*.md", {"inline": 34, "multiline": 3, "highlight-cloze": 1}),
        ("Malachi*", "*.md", {"multiline": 133}),
        ("EhtishamS*", "*.md", {"multiline": 23}),
        ("ArZarLord*", "*.md", {"multiline": 2}),
        ("st3v3nmw*", "docs/**/*.md", {}),
    ],
)
def test_real_decks_yield_what_the_plugin_sees(folder: str, pattern: str, expected: dict[str, int]) -> None:
    [root] = SAMPLES.glob(folder)
    assert _counts(root, pattern) == expected


def test_where_separators_stand_is_looked_for_once_however_many_lines_are_asked_about() -> None:
    looks = []

    class Text(str):
        __slots__ = ()

        def __contains__(self, sign: str) -> bool:
            looks.append(sign)
            return super().__contains__(sign)

        def find(self, sign: str, *rest: int) -> int:  # type: ignore[override]
            looks.append(sign)
            return super().find(sign, *rest)

    lines = [*["text"] * 50, "the front of a card::its back", *["text"] * 50]
    page = Page(lines, 1, parse_blocks(lines), "topic")
    page.__dict__["text"] = Text("\n".join(lines))
    told = [number for number in range(1, len(lines) + 1) if missing_tag(page, number, number)]
    assert told == [51]
    assert len(looks) < 20


def test_a_line_of_many_thousand_characters_is_no_card_that_lacks_a_tag() -> None:
    lines = ["the front of a card::its back", "", f"the front of a card::{'its back ' * 2000}"]
    page = Page(lines, 1, parse_blocks(lines), "topic")
    assert [missing_tag(page, number, number) for number in (1, 3)] == ["flashcards", ""]
