"""Cards in front matter: what is read as one, where it stands, and what other lists are left alone."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note


def note(fields: str, body: str = "") -> Note:
    return parse_note(f"---\n{fields}---\n{body}", "Note.md")


def cards(fields: str, body: str = "") -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in note(fields, body).studied]


@pytest.mark.parametrize("name", ["cards", "flashcards", "flashCards", "Flashcards", "flash_cards", '"cards"'])
@pytest.mark.parametrize(
    "sides", [("front", "back"), ("question", "answer"), ("q", "a"), ("Front", "Back"), ("term", "definition")]
)
def test_entries_with_two_sides_are_cards(name: str, sides: tuple[str, str]) -> None:
    one, other = sides
    entries = f"  - {one}: What do moths eat?\n    {other}: Wool\n- {{}}\n".replace("- {}\n", "")
    assert cards(f"title: Moths\n{name}:\n{entries}") == [("What do moths eat?", "Wool")]


def test_an_entry_is_found_at_its_lines_whatever_its_style() -> None:
    fields = (
        "title: Moths\n"
        "cards:\n"
        "- id: 7\n"
        "  front: |\n"
        "    Which of these?\n"
        "\n"
        "    The wings are [[grey moth|grey]]\n"
        "\n"
        "  back: >\n"
        "    the one\n"
        "    on the left\n"
        "\n"
        "# those of the night\n"
        "- {q: 2 + 2, a: '4'}\n"
        "-   front: goes on\n"
        "      here\n"
        '    back: "$x$: a\n'
        '      formula"\n'
        "status: new\n"
    )
    found = note(fields).cards
    assert [(card.front, card.back) for card in found] == [
        ("Which of these?\n\nThe wings are grey", "the one on the left"),
        ("2 + 2", "4"),
        ("goes on here", "$x$: a formula"),
    ]
    spans = [(card.span.line, card.span.column, card.span.end_line) for card in found]
    assert spans == [(4, 3, 12), (15, 3, 15), (16, 5, 19)]
    assert {(card.dialect, card.level, card.topic) for card in found} == {("front-matter", "explicit", "Moths")}


def test_entries_on_one_line_are_all_read() -> None:
    assert cards("cards: [{q: one, a: 1}, {q: two, a: 2}]\n") == [("one", "1"), ("two", "2")]


def test_several_answers_are_a_list_and_tags_are_the_cards_own() -> None:
    fields = "tags: [night]\ncards:\n  - question: Name moths\n    answers: [hawk, silk]\n    tags: ['#wings', eye]\n"
    (card,) = note(fields).cards
    assert (card.back, card.tags) == ("- hawk\n- silk", ("night", "wings", "eye"))


@pytest.mark.parametrize(
    "options",
    [
        "    options: [Wool, Stone, Sand]\n    answer: wool\n",
        "    choices:\n      - text: Wool\n        correct: true\n      - text: Stone\n        correct: false\n"
        "      - {key: c, text: Sand, correct: false}\n    answer: It is keratin.\n",
    ],
)
def test_an_entry_with_options_is_a_choice(options: str) -> None:
    (question,) = note(f"cards:\n  - question: What do moths eat?\n{options}").questions
    assert [(option.text, option.correct) for option in question.options] == [
        ("Wool", True),
        ("Stone", False),
        ("Sand", False),
    ]
    assert question.explanation == ("" if "[" in options else "It is keratin.")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("question: Who?", "no-answer"),
        ("question: Who?\n    answer: ''", "no-answer"),
        ("front: Who?\n    back:", "no-answer"),
        ("back: Nobody", "no-question"),
        ("q: Who?\n    options: [a, b]\n    a: c", "choice-data"),
        ("q: Who?\n    options: [a, b]", "choice-data"),
        ("q: Who?\n    options: [{text: a, correct: true}]\n    a: c", "choice-data"),
    ],
)
def test_an_entry_that_lacks_something_is_told_of_at_its_place(entry: str, code: str) -> None:
    found = note(f"cards:\n  - q: one\n    a: 1\n  - {entry}\n")
    assert [card.front for card in found.studied] == ["one"]
    assert [(one.code, one.severity, one.span.line, one.span.column) for one in found.diagnostics] == [
        (code, "error", 5, 5)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "cards:\n  - title: Start here\n    description: How to begin\n    link: /start\n",  # those of a web page
        "cards:\n  - front: img/7_hearts.png\n    back: img/back.png\n",  # those that are played
        "cards:\n  - front: {x: 1, y: 2}\n    back: {x: 3, y: 4}\n",
        "cards: [explicit, derived]\n",
        "cards: []\n",
        "cards:\n",
        "faq:\n  - question: Is it free?\n    answer: Yes, for a month.\n",
        "postcards:\n  - front: the harbour\n    back: greetings\n",
        "deck:\n  cards:\n    - front: a\n      back: b\n",
        "text: |\n  cards:\n    - front: a\n      back: b\n",
    ],
)
def test_other_lists_are_no_cards(fields: str) -> None:
    found = note(fields)
    assert not found.studied
    assert {one.code for one in found.diagnostics} <= {"empty-note"}


def test_the_same_lines_below_a_rule_or_in_code_are_no_cards() -> None:
    entries = "cards:\n  - front: a\n    back: b\n"
    for text in (f"# T\n\n---\n{entries}---\n", f"```yaml\n---\n{entries}---\n```\n", f"---\n\n{entries}"):
        assert not parse_note(text, "Note.md").studied


def test_what_the_note_says_of_its_levels_holds_beside_a_list() -> None:
    listed = "flashcards:\n  - {q: one, a: 1}\n"
    body = "\n- **Term**: what it means in five words\n"
    assert len(cards(listed, body)) == 2
    assert cards(f"cards: explicit\n{listed}", body) == [("one", "1")]
    assert cards(f"cards: off\n{listed}", body) == []
    assert cards(f"cards: derived\n{listed}", body) == [("Term", "what it means in five words")]


def test_a_list_of_cards_is_no_word_on_the_levels() -> None:
    chat = "\n**User**: hello\n\n**ChatGPT**: - **Term**: what it means\n\n- **Term**: what it means in five words\n"
    assert cards("cards:\n  - {q: one, a: 1}\n", chat) == [("one", "1")]


def test_front_matter_that_is_no_yaml_is_told_of_and_yields_none() -> None:
    found = note("cards:\n  - front: a: b\n    back: c\n")
    assert not found.studied
    assert [one.code for one in found.diagnostics] == ["front-matter"]


def test_what_stands_there_by_its_name_is_read_once() -> None:
    fields = "cards:\n  - &one {q: one, a: 1}\n  - *one\n  - &own\n    q: own\n    a: *own\n"
    assert cards(fields) == [("one", "1")]


def test_a_form_that_is_off_makes_no_cards() -> None:
    text = "---\ncards:\n  - {q: one, a: 1}\n---\n"
    assert not parse_note(text, "Note.md", off=["front-matter"]).studied


@pytest.mark.parametrize(
    "fields",
    [
        "flashcards: What moths eat\n",
        "title: T\nFlashcards: 'What moths eat :: wool'  # later\n",
        "flashcards:\n  - What do moths eat?\n  - wool\n",
        "flash_cards: [What moths eat, wool]\n",
    ],
)
def test_a_text_in_the_place_of_the_list_is_told_of(fields: str) -> None:
    found = note(fields, "\nText of it.\n")
    assert not found.studied
    line = 3 if fields.startswith("title") else 2
    assert [(one.code, one.severity, one.span.line) for one in found.diagnostics if one.severity != "info"] == [
        ("no-cards", "warning", line)
    ]


@pytest.mark.parametrize(
    "fields",
    [
        "flashcards: true\n",
        "flashcards: biology  # the deck\n",
        "flashcards: [biology, moths]\n",
        'flashcards: "[[Deck of moths]]"\n',
        "flashcards: 12\n",
        "flashcards:\n",
        "cards: both of them\n",
        "text: |\n  flashcards: What moths eat\n",
    ],
)
def test_a_word_in_its_place_is_a_setting_of_something_else(fields: str) -> None:
    assert "no-cards" not in {one.code for one in note(fields, "\nText of it.\n").diagnostics}


@pytest.mark.parametrize("entry", ["{front: a, back: b}", "\n  front: a\n  back: b"])
def test_one_entry_needs_no_list(entry: str) -> None:
    assert cards(f"flashcards: {entry}\n") == [("a", "b")]


def test_the_line_that_ends_the_front_matter_ends_no_card() -> None:
    found = note("cards:\n  - {q: one, a: 1}\n", "Text of it.\n")
    assert [(one.code, one.hint) for one in found.diagnostics] == [("left-aside", "")]


@pytest.mark.parametrize(
    ("front", "told"),
    [
        ("x: " + "[" * 40_000, "its lists are nested too deeply"),
        ("cards:\n" + "- " * 40_000 + "a", "its lists are nested too deeply"),
        (
            "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
            "it merges too many things by their names",
        ),
        (
            "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{!!merge k: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30)),
            "it merges too many things by their names",
        ),
        ("x:\n" + "-\u2028" * 40_000 + "a", "its lists are nested too deeply"),
        ("x:\n" + "".join(f"{' ' * n}-\n" for n in range(1000)), "its lists are nested too deeply"),
        ("name: 0x" + "f" * 40_000, "one of its numbers is too long"),
        ("x: 1" + ":59" * 400_000, "one of its numbers is too long"),
    ],
)
def test_front_matter_that_no_person_writes_is_named_and_the_note_is_read(front: str, told: str) -> None:
    found = parse_note(f"---\ntitle: Ropes\n{front}\n---\n\nQ: What holds?\nA: A rope.\n", "a.md")
    assert [card.front for card in found.cards] == ["What holds?"]
    assert [one.message for one in found.diagnostics if one.code == "front-matter"] == [
        f"The front matter cannot be read as a whole: {told}."
    ]
    assert found.topic.name == "Ropes"


def test_lists_in_lists_and_merges_of_front_matter_are_read() -> None:
    front = "base: &base {x: 1}\nmore: {<<: *base, y: [[1, [2]], [[3]]]}\ntitle: Ropes\ntags: [a, b]"
    found = parse_note(f"---\n{front}\n---\n\nQ: What holds?\nA: A rope.\n", "a.md")
    assert found.topic.name == "Ropes"
    assert not found.diagnostics


@pytest.mark.parametrize(
    "front",
    [
        '"[ # ]": 1\n' + "x:\n - [ # ]\n" * 3000,
        "x: " + "[']'," * 40_000,
        "x:\n" + "".join(f"{' ' * 982 * n}{'- ' * 490}\n" for n in range(60)),
    ],
)
def test_brackets_in_comments_and_strings_hide_no_depth(front: str) -> None:
    assert [card.front for card in parse_note(f"---\n{front}\n---\n\nQ: a?\nA: b\n", "a.md").cards] == ["a?"]


def test_signs_in_texts_are_no_names_and_no_lists() -> None:
    bold = "".join(f"  - front: What is **{n}** and *so*?\n    back: std::cout << {n}; [0, 1)\n" for n in range(400))
    assert len(cards(f"cards:\n{bold}")) == 400
    half_open = "".join(f'  - front: a{n}\n    back: "[0, {n}"\n' for n in range(600))
    assert len(cards(f"title: A << B\ncards:\n{half_open}")) == 600


def test_an_option_whose_name_is_a_list_is_none() -> None:
    fields = "cards:\n  - front: a?\n    back: b\n    options:\n      - {[a]: b}\n      - b\n"
    assert parse_note(f"---\n{fields}---\n", "a.md").topic
    assert parse_note(f"```flashcards\n{fields[7:]}```\n", "a.md").topic


def test_deep_lists_in_a_fence_are_told_however_they_are_parted() -> None:
    text = "```flashcards\n" + "-\u2028" * 40_000 + "a\n```\n"
    assert [one.code for one in parse_note(text, "a.md").diagnostics if one.severity == "warning"] == ["no-cards"]


@pytest.mark.parametrize("front", [f"title = 0x{'f' * 40_000}", f"a{'.a' * 40_000} = 1", f"[a{'.a' * 40_000}]"])
def test_toml_that_no_person_writes_is_told_at_its_line(front: str) -> None:
    found = parse_note(f"+++\nid = 1\n{front}\n+++\n\nQ: a?\nA: b\n", "a.md")
    assert [card.front for card in found.cards] == ["a?"]
    assert [one.span.line for one in found.diagnostics if one.code == "front-matter"] == [3]


def test_an_entry_whose_field_has_no_name_is_no_card() -> None:
    assert not parse_note("---\ncards:\n  - : wool\n  - ? \n    : moth\n---\n", "a.md").studied
    assert not parse_note("```flashcards\n- : wool\n```\n", "a.md").studied


@pytest.mark.parametrize("sign", ["true", "True", "yes", "On"])
def test_an_option_is_right_in_any_word_of_yaml_for_true(sign: str) -> None:
    options = f"      - text: one\n        correct: {sign}\n      - text: two\n        correct: no\n"
    found = parse_note(f"---\ncards:\n  - question: a?\n    options:\n{options}---\n", "a.md").questions
    assert [(one.text, one.correct) for one in found[0].options] == [("one", True), ("two", False)]
