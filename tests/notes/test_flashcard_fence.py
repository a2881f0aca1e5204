"""Fences that are marked for flashcards: entries in YAML or JSON, lines `Q:` and `A:`, and other fences."""

from __future__ import annotations

import json
from functools import partial

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note
from tests.growth import growth, steps


def note(inner: str, label: str = "flashcards", above: str = "# Moths\n\n") -> Note:
    return parse_note(f"{above}```{label}\n{inner}```\n", "Note.md")


def sides(inner: str, label: str = "flashcards") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in note(inner, label).studied]


def told(found: Note) -> list[tuple[str, str, int]]:
    return [(one.code, one.severity, one.span.line) for one in found.diagnostics if one.severity != "info"]


ATTRIBUTED = (
    *("{.flashcards #moths}", "{#moths .flashcards .wide}", "flashcards deck=Moths", "cards {#moths}"),
    'flashcards title="All moths" deck=Moths',
)


@pytest.mark.parametrize(
    "inner",
    [
        "- front: Food\n  back: wool\n- question: Time?\n  answer: night\n",
        "title: Moths\ncards:\n  - {q: Food, a: wool}\n  - term: Time?\n    definition: night\n",
        '{ "title": "Moths", "cards": [\n { "front": "Food", "back": "wool" },\n'
        ' {"front": "Time?", "back": "night"} ] }\n',
        '[{"front": "Food", "back": "wool"}, {"front": "Time?", "back": "night"}]\n',
        "Q: Food\nA: wool\n\nQ: Time?\nA: night\n",
        "Q: Food\nA: wool\n---\nQ: Time?\nA: night\n",
    ],
)
@pytest.mark.parametrize("label", ["flashcards", "flashcard", "cards", "Flashcards", "{.flashcards}", *ATTRIBUTED])
def test_entries_and_questions_are_read(inner: str, label: str) -> None:
    assert sides(inner, label) == [("Food", "wool"), ("Time?", "night")]


def test_one_entry_is_a_card_with_its_tags_at_its_lines() -> None:
    found = note("Front: |\n  Food\n\n  of moths\nBack: wool\nTags:\n  - night\n  - eye\n", "flashcard")
    (card,) = found.cards
    assert (card.front, card.back, card.tags, card.topic) == ("Food\n\nof moths", "wool", ("night", "eye"), "Moths")
    assert (card.dialect, card.level, card.span.line) == ("flashcard-fence", "explicit", 4)
    assert not told(found)


def test_lines_are_those_of_the_file() -> None:
    found = note("- front: a\n  back: b\n- front: c\n  back: d\n")
    assert [(card.span.line, card.span.end_line) for card in found.cards] == [(4, 5), (6, 7)]
    found = note("Q: a\nA: b\n\nQ: c\nA: d\n")
    assert [card.span.line for card in found.cards] == [4, 7]


def test_a_reversed_entry_is_asked_both_ways_and_one_with_deletions_for_each() -> None:
    assert sides("front: Food\nback: wool\ntype: reversed\n", "flashcard") == [("Food", "wool"), ("wool", "Food")]
    assert sides("NoteType: Basic (optional reversed card)\nFront: Food\nBack: wool\n") == [("Food", "wool")]
    assert sides("note_type: Cloze\ntext: A {{c1::moth}} eats {{c2::wool}}.\n") == [
        ("A […] eats wool.", "moth"),
        ("A moth eats […].", "wool"),
    ]


def test_an_entry_may_have_options() -> None:
    (question,) = note("- question: Food?\n  options: [wool, stone]\n  answer: wool\n").questions
    assert [(option.text, option.correct) for option in question.options] == [("wool", True), ("stone", False)]


def test_a_fence_in_a_quote_and_one_that_ends_an_answer_are_read() -> None:
    quoted = parse_note("> ```flashcards\n> - front: a\n>   back: b\n> ```\n", "Note.md")
    assert [(card.front, card.back) for card in quoted.cards] == [("a", "b")]
    after = note("- front: a\n  back: b\n", above="Q: one\nA: two\n\n")
    assert [(card.front, card.back) for card in after.cards] == [("one", "two"), ("a", "b")]


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("- front: a\n", ("no-answer", "error", 4)),
        ("- back: a\n", ("no-question", "error", 4)),
        ("- front: a\n  back: b: c\n", ("no-cards", "warning", 5)),
        ("Food is wool.\n", ("no-cards", "warning", 3)),
        ("deck: Moths\nfields:\n- food\n", ("no-cards", "warning", 3)),
        ("Q: Food\n", ("no-answer", "error", 4)),
    ],
)
def test_what_keeps_it_from_being_a_card_is_told_at_its_place(inner: str, expected: tuple[str, str, int]) -> None:
    found = note(inner)
    assert not found.studied
    assert told(found) == [expected]


@pytest.mark.parametrize(
    ("inner", "label"),
    [
        ("- icon: Gavel\n  title: Bid bond\n  desc: What it is\n", "cards"),
        ("info.setScore(0)\n", "cards"),
        ("- front: img/7.png\n  back: img/back.png\n", "cards"),
        ("- front: a\n", "cards"),
        ("- front: a\n  back: b\n", "yaml"),
        ("- front: a\n  back: b\n", "cardsmith"),
        ("- front: a\n  back: b\n", "cards of a game"),
        ("- front: a\n  back: b\n", "{.yaml .cards}"),
        ("- front: a\n  back: b\n", "yaml cards=all"),
        ("- front: a\n  back: b\n", "#cards"),
        ("", "flashcards"),
        ("\n", "flashcards"),
    ],
)
def test_other_fences_hold_no_cards_and_nothing_is_said_of_them(inner: str, label: str) -> None:
    found = note(inner, label)
    assert not found.studied
    assert not told(found)


def test_a_fence_that_is_shown_in_another_is_none() -> None:
    assert not parse_note("````markdown\n```flashcards\n- front: a\n  back: b\n```\n````\n", "Note.md").studied


def test_a_form_that_is_off_makes_no_cards() -> None:
    text = "```flashcards\nQ: Food\nA: wool\n```\n"
    assert not parse_note(text, "Note.md", off=["flashcard-fence"]).studied
    assert not parse_note(text, "Note.md", levels=["derived"]).studied


def test_many_fences_take_as_many_steps_as_there_are() -> None:
    fence = "```flashcards\nQ: Food\nA: wool\n```\n\n"
    assert growth(lambda count: parse_note(fence * count, "Note.md"), 400) < 6  # 16 for a square


def test_what_is_no_card_in_a_late_fence_is_told_at_its_line() -> None:
    assert told(note("Q: Food\nA: wool\n\nQ: Time?\n")) == [("no-answer", "error", 7)]


SHOWN = "```cards\n- front: a\n  back: b\n```"


@pytest.mark.parametrize("inner", ["- front: a\n  back: b", "Q: a\nA: b"])
@pytest.mark.parametrize("label", ["cards", "flashcards"])
@pytest.mark.parametrize("asked", ["Q: How is it written?\nA: ", "## How is it written?\n\n"])
@pytest.mark.parametrize(("opening", "below"), [("So:", "\n\nNo more."), ("So.", "\n\nNo more."), ("So:", "")])
def test_a_fence_inside_an_answer_belongs_to_it(asked: str, opening: str, below: str, label: str, inner: str) -> None:
    answer = f"{opening}\n\n```{label}\n{inner}\n```{below}"
    found = parse_note(f"# T\n\n{asked}{answer}\n\n## Rest\n", "Note.md")
    assert [(card.front, card.back) for card in found.studied] == [("How is it written?", answer)]
    assert [code for code, *_ in told(found)] == ["card-in-answer"]


@pytest.mark.parametrize("label", ["cards", "Flashcards"])
def test_a_fence_right_below_an_answer_is_told(label: str) -> None:
    found = parse_note(f"Q: one?\nA: two\n```{label}\n- front: a\n  back: b\n```\n\nQ: three?\nA: four\n", "Note.md")
    assert [card.front for card in found.studied] == ["one?", "three?"]
    assert told(found) == [("card-in-answer", "warning", 3)]


def test_what_keeps_a_fence_inside_an_answer_from_being_cards_is_told() -> None:
    found = parse_note("## How?\n\nSo:\n\n```flashcards\n- front: a: b\n```\n\nNo more.\n", "Note.md")
    assert told(found) == [("no-cards", "warning", 6)]


@pytest.mark.parametrize("asked", ["Q: one?\nA: two", "## one?\n\ntwo"])
@pytest.mark.parametrize("below", ["", f"\n\n{SHOWN.replace(': a', ': c')}", "\n\n---\n\nText."])
def test_a_fence_that_an_answer_ends_before_is_no_part_of_it(asked: str, below: str) -> None:
    found = parse_note(f"{asked}\n\n{SHOWN}{below}\n", "Note.md")
    sides = [(card.front, card.back) for card in found.studied]
    assert sides[:2] == [("one?", "two"), ("a", "b")]


@pytest.mark.parametrize("named", ["Flashcards:", "**Flashcards:**", "**Flash cards**:", "Cards:", "My cards:"])
def test_a_fence_with_a_name_above_it_is_no_part_of_an_answer(named: str) -> None:
    found = parse_note(f"## One?\n\nTwo.\n\n{named}\n\n{SHOWN}\n\n## Three?\n\n{named}\n{SHOWN}\n", "Note.md")
    assert [(card.front, card.back) for card in found.studied] == [("One?", "Two."), ("a", "b"), ("a", "b")]


def test_a_name_above_a_fence_without_cards_stays_in_the_answer() -> None:
    (card,) = parse_note("## One?\n\nTwo.\n\nCards:\n\n```cards\nace of spades\n```\n", "Note.md").studied
    assert card.back == "Two.\n\nCards:\n\n```cards\nace of spades\n```"


@pytest.mark.parametrize("below", ["^an-id1", "#moths #night/late", "[[Moths]]", "#moths\n[[Night moths]] ^a"])
def test_a_fence_with_marks_alone_below_it_is_no_part_of_an_answer(below: str) -> None:
    found = parse_note(f"## One?\n\nTwo.\n\n{SHOWN}\n\n{below}\n", "Note.md")
    assert ("a", "b") in [(card.front, card.back) for card in found.studied]


@pytest.mark.parametrize("marks", ["^an-id1", "#moths\n\n[[Moths]]"])
def test_a_text_that_goes_on_below_the_marks_of_a_fence_has_it(marks: str) -> None:
    found = parse_note(f"## One?\n\nTwo.\n\n{SHOWN}\n\n{marks}\n\nMore of it.\n", "Note.md")
    (card,) = found.studied
    assert card.back.startswith("Two.\n\n```")
    assert card.back.endswith("More of it.")
    assert told(found) == [("card-in-answer", "warning", 5)]


def test_the_name_of_the_next_fence_is_no_text_that_goes_on() -> None:
    other = SHOWN.replace(": a", ": c")
    found = parse_note(f"## One?\n\nTwo.\n\nCards:\n\n{SHOWN}\n\nCards:\n\n{other}\n", "Note.md")
    assert [(card.front, card.back) for card in found.studied] == [("One?", "Two."), ("a", "b"), ("c", "b")]


@pytest.mark.parametrize("named", ["Example card:", "**Two cards:**", "These cards:", "Such cards："])
def test_a_fence_that_a_text_announces_as_an_example_belongs_to_it(named: str) -> None:
    found = parse_note(f"## How is it written?\n\nIn a fence.\n\n{named}\n\n{SHOWN}\n", "Note.md")
    assert [card.front for card in found.studied] == ["How is it written?"]
    assert told(found) == [("card-in-answer", "warning", 7)]


@pytest.mark.parametrize("above", ["Some cards:", "## One?\n\nTwo.\n\n## Cards\n\nThese:", "## One?\n\nTwo.\n\n---"])
def test_a_fence_that_no_question_has_is_read_whatever_stands_around_it(above: str) -> None:
    found = parse_note(f"{above}\n\n{SHOWN}\n\nText below.\n", "Note.md")
    assert ("a", "b") in [(card.front, card.back) for card in found.studied]


def test_a_fence_is_read_where_headings_make_no_cards() -> None:
    text = f"## One?\n\nTwo:\n\n{SHOWN}\n\nText.\n"
    found = parse_note(text, "Note.md", off=["heading"])
    assert ("a", "b") in [(card.front, card.back) for card in found.studied]


def test_many_fences_in_an_answer_take_as_many_steps_as_there_are() -> None:
    few, many = (
        steps(partial(parse_note, f"Q: x\n{'y' + chr(10)}A: z\n\n{(SHOWN + chr(10) * 2) * count}", "Note.md"))
        for count in (100, 400)
    )
    assert many < 6 * few  # 16 for a square


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"cards": [', "]}")])
def test_escapes_of_json_are_read_as_the_signs_they_stand_for(opening: str, closing: str) -> None:
    cards = [{"front": "\N{OWL} or \N{BUTTERFLY}?", "back": "é \\ud83e\\udd89 \\"}, {"front": "a", "back": "b"}]
    inner = f"{opening}\n{json.dumps(cards[0])},\n{json.dumps(cards[1])}\n{closing}\n"
    found = note(inner)
    assert [{"front": card.front, "back": card.back} for card in found.studied] == cards
    assert [card.span.line for card in found.studied] == [5, 6]


def test_half_a_sign_is_told() -> None:
    assert told(note('[{"front": "\\ud83e", "back": "b"}]\n')) == [("no-cards", "warning", 4)]


def test_a_formula_with_two_braces_holds_no_deletion() -> None:
    assert sides("- front: What is $\\frac{{c}}{2}$?\n  back: Half.\n") == [("What is $\\frac{{c}}{2}$?", "Half.")]


def test_a_fence_that_nothing_closes_is_no_answer_where_its_question_has_none() -> None:
    assert not parse_note("## One?\n\n```flashcards\nQ: Food\n", "Note.md").studied
