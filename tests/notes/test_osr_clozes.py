"""Deletions of Obsidian's spaced repetition and of Anki in its notes."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note
from studytool.notes.vault import Flashcards, Vault
from tests.notes.test_osr import REVIEWED, TAGGED, cards, codes, sides


def test_each_highlight_makes_a_card_that_shows_the_others() -> None:
    text = TAGGED + "## Parts\n**A ==neuron== sums `==` and\n- ==weighs== $a==b$**\n" + REVIEWED + "\n"
    assert sides(text) == [
        ("**A […] sums `==` and\n- weighs $a==b$**", "neuron"),
        ("**A neuron sums `==` and\n- […] $a==b$**", "weighs"),
    ]


def test_numbers_group_highlights_and_hints_stand_at_the_gap() -> None:
    text = TAGGED + "==2;;b== of ==1;;a;;first letter== and ==2;;c== with ==d=="
    assert sides(text) == [
        ("b of […] (first letter) and c with d", "a"),
        ("[…] of a and […] with d", "b, c"),
        ("b of a and c with […]", "d"),
    ]


def test_nested_items_have_highlights_and_links_too() -> None:
    text = TAGGED + "- A\n\t- ==b== [[Nets|c]]\n\t\t- d ==e==\n\nWhich?\n?\n\t- [[Nets|f]]\n\t- g\n"
    assert sides(text) == [
        ("- A\n\t- […] c\n\t\t- d e", "b"),
        ("- A\n\t- b c\n\t\t- d […]", "e"),
        ("Which?", "- f\n- g"),
    ]


@pytest.mark.parametrize(
    "text", ["if a == b and c == d", "a === b === c", "a ==.== b", "== x ==", "====", "`==x==`", "\\==x\\=="]
)
def test_signs_of_equality_are_no_highlights(text: str) -> None:
    assert sides(TAGGED + text) == []


def test_highlights_are_emphasis_where_only_other_cards_have_schedules() -> None:
    emphasis = "\n\nThis ==matters== here.\n"
    assert sides(f"a::b\n{REVIEWED}{emphasis}") == [("a", "b")]
    assert len(sides(f"An ==x== y\n{REVIEWED}{emphasis}")) == 2


def test_the_patterns_of_the_settings_are_the_clozes() -> None:
    patterns = ("**[123;;]answer[;;hint]**", "{{[123::]answer[::hint]}}", "{@{[123;;]answer[;;hint]}@}")
    vault = Vault(Flashcards(clozes=patterns), told=True)
    text = TAGGED + "A **bold** one, ==no==\n\nA {@{strange}@} one\n"
    assert sides(text, vault) == [("A […] one, ==no==", "bold"), ("A […] one", "strange")]
    assert [card.dialect for card in cards(TAGGED + "An {{x::y}} z", vault)] == ["curly-cloze"]
    assert sides(TAGGED + "An {{x::y}} z", vault) == [("An […] (y) z", "x")]
    footnotes = Vault(Flashcards(clozes=(r"==answer==[^\\[hint\\]][\\[^123\\]]",)), told=True)
    text = TAGGED + "One ==a==^[hint][^2], ==b==[^1]."
    assert sides(text, footnotes) == [("One a, […].", "b"), ("One […] (hint), b.", "a")]


def test_overlapping_clozes_ask_show_and_hide() -> None:
    assert sides(TAGGED + "==ash;;one== ==sa;;two==") == [("[…] two", "one"), ("one […]", "two")]
    assert sides(TAGGED + "==ah;;one== ==ha;;two==") == [("[…] …", "one"), ("… […]", "two")]


def test_a_highlight_that_is_never_closed_is_told() -> None:
    assert codes(TAGGED + "The ==loss is small.") == [("unbalanced-cloze", 3, 5)]
    assert codes("The ==loss is small.") == []


def test_numbered_curly_clozes_need_no_deck() -> None:
    text = "1. A {{c1::kernel::small}} and {{c2: a stride}}.\n2. {{1::One}} and\n   {{1::two}} in {{2::three}}\n"
    assert sides(text) == [
        ("A […] (small) and a stride.", "kernel"),
        ("A kernel and […].", "a stride"),
        ("[…] and\n[…] in three", "One, two"),
        ("One and\ntwo in […]", "three"),
    ]


def test_bare_curly_clozes_count_only_beside_numbered_ones() -> None:
    bare = "- A {{stride}} of {{two steps}}, not {{ref('x')}}, {{ name }}, {{date}}, {{a_b}} or $\\frac{{a}}{{b}}$\n"
    assert sides(bare) == []
    found = sides("{{c1::Padding}} adds zeros.\n\n" + bare)
    assert [back for _, back in found] == ["Padding", "stride", "two steps"]


def test_lines_that_each_begin_a_cloze_are_texts_of_their_own() -> None:
    assert sides("A {{c1::x}}\nB {{c1::y}} {{c2::z}}\n") == [("A […]", "x"), ("B […] z", "y"), ("B y […]", "z")]
    assert sides("A {{c1::x}}\nB {{c2::y}}\n") == [("A […]\nB y", "x"), ("A x\nB […]", "y")]


def test_curly_clozes_may_nest_and_hold_formulas() -> None:
    assert sides("{{c1::A {{c2::b}} c}} d") == [("[…] d", "A b c"), ("A […] c d", "b")]
    assert sides("$E = {{c1::\\frac{a}{b}}}$ holds") == [("$E = […]$ holds", "$\\frac{a}{b}$")]
    assert sides("{{c1::+}} adds") == [("[…] adds", "+")]
    assert sides("Set {{c1::{a, b}}} here") == [("Set […] here", "{a, b}")]


@pytest.mark.parametrize(
    "text",
    [
        "`{{c1::x}}`",
        "# A {{c1::x}}",
        "question {{c1::answer}}",
        "{{c1::...}}",
        "{{ x }} {{#if a}} {{> b}}",
        "<!-- {{c1::x}} -->",
    ],
)
def test_no_curly_cloze_is_seen_in(text: str) -> None:
    assert sides(text) == []


def test_a_curly_cloze_that_is_never_closed_is_told() -> None:
    assert codes("One\nA {{c1::kernel slides.\n") == [("unbalanced-cloze", 2, 1)]
    assert codes("A {{kernel slides.\n") == []


def test_a_text_with_far_too_many_deletions_is_told() -> None:
    assert codes(TAGGED + "==x== " * 300) == [("too-many-deletions", 3, 1)]
    assert codes("{{c1::x}} " * 300) == [("too-many-deletions", 1, 1)]


@pytest.mark.parametrize("cloze", ["Plants use {{c1::light}}.", "Plants use {{c1::light}} and {{c2::air}}."])
@pytest.mark.parametrize("order", ["{inline}\n{cloze}\n", "{cloze}\n{inline}\n", "{inline}\n{cloze}\n{inline}s\n"])
def test_a_numbered_deletion_beside_a_line_with_two_sides_makes_its_cards(cloze: str, order: str) -> None:
    alone = parse_note(f"#flashcards\n\n{cloze}\n", "note.md").cards
    note = parse_note("#flashcards\n\n" + order.format(inline="chlorophyll::the green dye", cloze=cloze), "note.md")
    assert [one.key for one in note.cards if one.dialect == "curly-cloze"] == [one.key for one in alone]
    assert [one.back for one in note.cards if one.dialect == "inline"][:1] == ["the green dye"]
    assert not note.diagnostics


@pytest.mark.parametrize(("mark", "card"), [("==", "==x=="), ("::", "x::y")])
def test_marks_behind_those_that_are_looked_at_are_told_of(mark: str, card: str) -> None:
    shown = {"==": f"a {mark} b ", "::": "(a:: b) "}[mark]
    for few in (1, 200):
        assert codes(f"{TAGGED}{shown * few}{card}\n") == []
        assert len(sides(f"{TAGGED}{shown * few}{card}\n")) == 1
    assert codes(f"{TAGGED}{shown * 600}{card}\n") == [("too-many-marks", 3, 1)]
    assert codes(f"{shown * 600}{card}\n") == []  # no deck
