"""Terms and what they are: what counts as a term, and the labels, memos and values that look like one."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def terms(text: str, path: str = "note.md") -> list[tuple[str, str]]:
    return [(c.front, c.back) for c in parse_note(text, path).cards if c.dialect == "definition"]


TEXT = "a jar that is sealed with wax"


def test_emphasis_of_two_kinds_goes_whole() -> None:
    assert terms(f"***Crock:*** {TEXT}\n\n***Urn***: {TEXT} too\n") == [("Crock", TEXT), ("Urn", f"{TEXT} too")]


def test_a_numbered_list_of_terms_is_read_like_a_list_with_bullets() -> None:
    text = "1. **Sealing:** hides the inside from the air\n2. **Salting:** lets water leave the fruit slowly\n"
    assert [front for front, _ in terms(text)] == ["Sealing", "Salting"]


def test_the_steps_of_a_numbered_list_are_no_terms() -> None:
    text = "1. **Open the jar**: with a knife and a steady hand\n2. **Cellar**: Put it down there for a month\n"
    assert terms(text) == []


@pytest.mark.parametrize(
    "label",
    [
        *("Note", "Nota", "Esempio", "Advarsel", "注意", "Prerequisites", "Oss", "Beispiel 2", "Achtung", "Takeaway"),
        *("Key idea", "Exam takeaway", "In simple words", "Why it works", "What it does", "Problem it solves"),
        *("March", "12 agosto", "Lunes", "Also known as"),
    ],
)
def test_a_label_is_no_term(label: str) -> None:
    assert terms(f"- **{label}**: {TEXT}\n") == []


@pytest.mark.parametrize("term", ["For loop", "This pointer", "Data Warehouse", "Source code", "IT governance"])
def test_a_term_may_begin_like_a_label(term: str) -> None:
    assert terms(f"- **{term}**: {TEXT}\n") == [(term, TEXT)]


@pytest.mark.parametrize(
    "text",
    [
        "Update the list of jars before spring",
        "`jar --seal --wax=red --cord=long --out ./cellar`",
        '"a jar that is sealed with wax"',
        "how many jars are left down there?",
    ],
)
def test_a_memo_a_value_a_saying_and_a_question_explain_nothing(text: str) -> None:
    assert terms(f"- **Cellar**: {text}\n") == []


def test_a_term_with_two_different_texts_is_a_label() -> None:
    text = f"## Jars\n\n- **Cost**: as much as a loaf of bread\n- **Crock**: {TEXT}\n\n## Urns\n\n**Cost**: little\n"
    assert [front for front, _ in terms(text)] == ["Crock"]


def test_what_tells_a_property_of_the_topic_is_no_definition_but_what_defines_it_is() -> None:
    items = [
        "- **Weight**: A",
        "- **Cold storage**: Crock keeps the cold of the night",
        f"- **Crock**: Crock is {TEXT}",
    ]
    text = "# Crock\n\n" + "\n".join(items)
    assert [front for front, _ in terms(text)] == ["Crock"]


def test_a_note_about_the_work_on_a_project_defines_nothing() -> None:
    assert terms(f"- **Crock**: {TEXT}\n", "CONTRIBUTING.md") == []


def test_the_title_of_a_note_silences_what_stands_right_under_it_but_not_its_sections() -> None:
    listed = f"- **Crock**: {TEXT}\n"
    assert terms(f"# Jars and examples\n\nWhat they are.\n\n## Words\n\n{listed}") == [("Crock", TEXT)]
    assert terms(f"# Challenges of jars\n\n{listed}") == []
    assert terms(f"# Jars and examples\n\n## Steps\n\n### First\n\n{listed}") == []
    assert terms(f"# Examples\n\n## Jars\n\n{listed}\n# Words\n\nNone.\n") == []


def test_the_name_of_a_block_is_no_term() -> None:
    assert parse_note("**^ic**: five words of text follow it\n", "note.md").cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "- **Growth**: beard this month: ___ (date of the last picture: ___)\n",
        "**Figure**: how leaves are shed in autumn ........ 37\n",
        "**Oak, B. (2014)**: On the leaves of trees in autumn and winter\n",
        "**Oak, Birch (2014a)**: On the leaves of trees in autumn and winter\n",
    ],
)
def test_forms_tables_of_contents_and_lists_of_sources_define_nothing(text: str) -> None:
    assert parse_note(text, "note.md").cards == ()


def test_a_term_may_hold_a_year() -> None:
    text = "**Leaf law (2014)**: a law on what becomes of leaves\n"
    assert [card.front for card in parse_note(text, "note.md").cards] == ["Leaf law (2014)"]


@pytest.mark.parametrize("label", ["Clarification", "Important clarification", "Interview tip", "Depth addition"])
def test_what_remarks_on_the_text_is_no_term(label: str) -> None:
    assert parse_note(f"**{label}:** leaves may fall in spring as well\n", "note.md").cards == ()


@pytest.mark.parametrize(
    "text",
    [
        "- **Wildcard**: in SQL the pattern `___` matches any three characters.\n",
        "- **Emphasis**: ___very strong___ stress laid upon a word of a sentence.\n",
        "- **Ellipsis**: a mark of omission, such as ..... in old prints.\n",
        "- **Lückentext**: ein Text mit Lücken wie ___, die man ausfüllt.\n",
        "Cloze\n: A blank ___ that is filled in by the reader.\n",
        "Yalta, Crimea (1945)\n: The three Allies agreed on how to divide Germany.\n",
        "**Piaget, Jean (1952)**: Children pass through four stages of thinking.\n",
    ],
)
def test_gaps_and_years_that_a_definition_speaks_of_are_no_form_and_no_source(text: str) -> None:
    assert len(parse_note(text, "note.md").cards) == 1


@pytest.mark.parametrize(
    "text",
    [
        "**Name**: ___ and the first name as well\n",
        "**Style of the quiz**: each question shows a text with `_______` in it\n",
        "**Weight**: as it was this morning ___\n",
        "**Oak, Birch (2014)**: On the leaves of trees in autumn and winter\n",
        "**Oak, B. C. (2014)**: On the leaves of trees in autumn. Wood Press.\n",
    ],
)
def test_gaps_at_an_end_and_initials_are_a_form_and_a_source(text: str) -> None:
    assert parse_note(text, "note.md").cards == ()


def test_a_label_on_a_line_of_its_own_that_opens_several_texts_is_no_term() -> None:
    texts = ["The lid of this jar lets the air in.", "The wax of that one is full of holes."]
    assert terms(f"**毛病**：\n{texts[0]}\n") == [("毛病", texts[0])]
    assert terms("\n".join(f"**毛病**：\n{text}\n" for text in texts)) == []


@pytest.mark.parametrize("sign", ["🔹 ", "📌", "⚠️ "])
def test_a_sign_before_a_label_makes_no_term_of_it(sign: str) -> None:
    assert terms(f"**{sign}Example:** {TEXT}\n\n- **{sign}Note**: {TEXT} too\n") == []
    assert terms(f"**{sign}Crock:** {TEXT}\n") == [(f"{sign}Crock", TEXT)]


def test_words_without_blanks_explain_a_name_in_code() -> None:
    assert terms("- **`seal`**: 用于关闭罐子，它的类型应当匹配 `lid` 的值。\n") != []
    assert terms("- **`seal`**: `lid` 用 `x`\n") == []


def test_what_a_template_of_templater_asks_is_for_whoever_fills_it_in() -> None:
    below = f"- **Crock**: {TEXT}\n\n## Why salt?\n\nIt draws water.\n\nQ: Which jar?\nA: The big one.\n"
    assert len(parse_note(f"# Jars\n\n{below}", "note.md").cards) == 3
    note = parse_note(f"# <% tp.file.title %>\n\n{below}", "note.md")
    assert [card.front for card in note.cards] == ["Which jar?"]
    assert len(parse_note(f"# Jars\n\n```\n<% tp.file.title %>\n```\n\n{below}", "note.md").cards) == 3


@pytest.mark.parametrize("term", ["--version", "@author", "¬A", "-a"])
def test_signs_that_are_a_part_of_a_name_begin_a_term(term: str) -> None:
    text = (
        f"# T\n\n- **{term}**: what it says of all that came before it\n- **Oak**: a tree that bears acorns in autumn\n"
    )
    assert [card.front for card in parse_note(text, "a.md").cards] == [term, "Oak"]
