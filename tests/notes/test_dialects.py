"""Each dialect: its own example, what it takes, and what it must leave alone."""

from __future__ import annotations

import pytest

from studytool import settings
from studytool.notes.claims import Dialect
from studytool.notes.dialects import DIALECTS
from studytool.notes.model import LEVELS, Card
from studytool.notes.parse import parse_note
from tests.notes.hiding import PLACES, hidden


def cards(text: str, dialect: str = "", path: str = "note.md") -> list[Card]:
    return [card for card in parse_note(text, path).studied if not dialect or card.dialect == dialect]


def fronts(text: str, dialect: str = "") -> list[str]:
    return [card.front for card in cards(text, dialect)]


def codes(text: str) -> list[str]:
    return [d.code for d in parse_note(text, "note.md").diagnostics if d.code != "left-aside"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_reads_its_own_example_as_it_says(dialect: Dialect) -> None:
    found = cards(dialect.example)
    assert [(card.front, card.back) for card in found] == list(dialect.cards)
    assert {(card.dialect, card.level) for card in found} == {(dialect.name, dialect.level)}


def test_dialects_stand_in_the_order_of_their_levels() -> None:
    order = [LEVELS.index(dialect.level) for dialect in DIALECTS]
    assert order == sorted(order)
    assert len({dialect.name for dialect in DIALECTS}) == len(DIALECTS)


CARDS = {
    "qa": "Q: Who?\nA: Nobody at all",
    "cloze": "C: The [word] is hidden",
    "heading": "## Who is it?\nNobody that anyone knows of",
    "definition": "- **Term**: five words of text here",
    "callout": ">[!Summary]\n> Something short",
    "compare": "Differences between A and B:\n- one\n- two",
    "plain-qa": "Who is it?\nNobody.\nWho was it?\nNobody either.",
    "choice": "Who is it?\n- [x] me\n- [ ] you",
    "open-question": "Questions:\n- Why is it so?",
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("dialect", CARDS)
def test_no_dialect_sees_into(place: str, dialect: str) -> None:
    assert fronts("# Title\n\n" + CARDS[dialect], dialect)  # it is a card in the open
    assert fronts(hidden(place, CARDS[dialect])) == []


@pytest.mark.parametrize("dialect", ["qa", "cloze", "heading", "compare"])
def test_no_dialect_sees_into_indented_code(dialect: str) -> None:
    indented = "\n".join("    " + line for line in CARDS[dialect].split("\n"))
    assert fronts(f"A line.\n\n{indented}\n") == []


# footnotes


@pytest.mark.parametrize(
    ("answer", "below", "back"),
    [
        ("It is.[^1]", "[^1]: As *Smith*\nhas it.", "It is.[^1]\n\n[^1]: As *Smith*\nhas it."),
        ("It[^b] is.[^a]", "[^a]: one\n[^b]: two", "It[^b] is.[^a]\n\n[^b]: two\n\n[^a]: one"),
        ("It is [^1], yes.", "[^1]: one\n\n    two", "It is, yes."),
        ("It is.[^2]", "[^1]: one", "It is.[^2]"),
        ("It is `[^1]`.", "[^1]: one", "It is `[^1]`."),
        ("It is.[^1]", "```\n[^1]: one\n```", "It is.[^1]"),
    ],
)
def test_a_footnote_stands_below_the_back_that_has_its_mark(answer: str, below: str, back: str) -> None:
    (card,) = cards(f"Q: Is it?[^1]\nA: {answer}\n\n---\n\n{below}\n", "qa")
    assert card.front == ("Is it?" if "[^1]: " in below and "```" not in below else "Is it?[^1]")
    assert card.back == back


def test_a_footnote_that_stands_in_the_back_is_not_repeated() -> None:
    (card,) = cards("Q: Is it?\nA: It is.[^1]\n\n[^1]: one\n", "qa")
    assert card.back == "It is.[^1]\n\n[^1]: one"


# choice


def test_several_right_options_make_a_multiple_question() -> None:
    question = parse_note("### Q2. Which are odd?\n\n- [x] 1\n- [ ] 2\n- [x] 3\n", "a.md").questions[0]
    assert (question.kind, question.prompt) == ("multiple", "Which are odd?")
    assert [option.correct for option in question.options] == [True, False, True]


def test_code_between_a_question_and_its_options_belongs_to_the_question() -> None:
    question = parse_note("## What prints?\n\n```py\nprint(1)\n```\n\n- [ ] 2\n- [x] 1\n", "a.md").questions[0]
    assert question.prompt == "What prints?\n\n```py\nprint(1)\n```"


def test_code_under_an_option_is_the_option() -> None:
    text = "#### Q1. Which prints?\n\n- [ ] A\n\n```py\na\n```\n\n- [x] B\n\n```py\nb\n```\n\n#### Q2. x\n"
    question = parse_note(text, "a.md").questions[0]
    assert [(o.text, o.correct) for o in question.options] == [("```py\na\n```", False), ("```py\nb\n```", True)]


def test_a_quote_or_a_paragraph_after_the_options_explains() -> None:
    for told in ("> So it is.", "Explanation: So it is.", "**Explanation:** So it is."):
        question = parse_note(f"Which?\n- [x] a\n- [ ] b\n\n{told}\n", "a.md").questions[0]
        assert question.explanation == "So it is."


def test_a_quote_under_an_option_is_its_feedback() -> None:
    question = parse_note("Which?\n- [x] a\n  > Yes.\n- [ ] b\n  - No, as it is not.\n", "a.md").questions[0]
    assert [(o.text, o.why) for o in question.options] == [("a", "Yes."), ("b", "- No, as it is not.")]


def test_options_of_which_none_is_right_are_reported() -> None:
    text = "## Which?\n\n- [ ] a\n- [ ] b\n"
    assert fronts(text) == []
    assert "choice-data" in codes(text)


def test_tasks_are_no_options() -> None:
    assert fronts("# Today\n\nThings to do:\n\n- [x] wash up\n- [ ] sweep\n") == []


# heading


def test_an_answer_ends_at_the_next_heading_of_its_level_not_at_a_lower_one() -> None:
    found = cards("# T\n\n## Why?\n\nbecause\n\n### More\n\nof it\n\n## Other\n\ntext\n", "heading")
    assert [(c.front, c.back) for c in found] == [("Why?", "because\n\n### More\n\nof it")]


def test_the_number_of_a_question_is_not_part_of_it() -> None:
    assert fronts("## 12) Why so?\n\nBecause.\n\n### Q4: And how? ###\n\nLike this.\n") == ["Why so?", "And how?"]


def test_the_same_heading_many_times_takes_its_code_along() -> None:
    one = "## What is the output?\n\n```js\n{}\n```\n\nIt prints {}.\n\n"
    found = cards(one.format(1, 1) + one.format(2, 2), "heading")
    assert [c.front for c in found] == [
        "What is the output?\n\n```js\n1\n```",
        "What is the output?\n\n```js\n2\n```",
    ]


def test_a_heading_that_asks_and_is_not_answered_is_reported() -> None:
    assert codes("# T\n\n## Why?\n\n## How?\n\nSo.\n") == ["no-answer"]


# derived


def test_a_callout_title_goes_on_the_front() -> None:
    assert fronts("# T\n\n> [!example]- A jar\n> of jam\n") == ["T: Example: A jar"]


def test_a_callout_that_asks_is_its_question() -> None:
    assert [(c.front, c.back) for c in cards("> [!question]- Why?\n> Because.\n")] == [("Why?", "Because.")]


def test_other_callouts_are_no_cards() -> None:
    assert fronts("# T\n\n> [!tip] Hint\n> Look here.\n\n> [!note]\n> So.\n") == []


def test_one_lone_label_is_no_pasted_note() -> None:
    assert fronts("Some text.\n\nExample\n\nSome code follows here.\n") == []


@pytest.mark.parametrize(
    ("source", "term"),
    [
        ("- **Term**: five words of text here", "Term"),
        ("* **Term:** five words of text here", "Term"),
        ("**Term:** five words of text here", "Term"),
        ("**Term**: five words of text here", "Term"),
        ("[[path/Term|Term]]: five words of text here", "Term"),
        ("- [[Term]]: five words of text here", "Term"),
        ("Term\n: five words of text here", "Term"),
    ],
)
def test_a_definition_is_written_as(source: str, term: str) -> None:
    assert [(c.front, c.back) for c in cards(source, "definition")] == [(term, "five words of text here")]


@pytest.mark.parametrize(
    "source",
    [
        "- **Term**: too short",
        "- **Note**: five words of text here",
        "- **Link**: https://example.org/a see the page there",
        "- Operation: five words of text here",
        "**std::vector**:: five words of text here",
        "key:: five words of text here",
        "[[src](url)]: five words of text here",
        "- **Is it so?**: five words of text here",
        "- **Step 2**: five words of text here",
        "## Advantages\n\n- **Speed**: it runs in half the time",
        "**ai**: what can I do for you\n\n**me**: tell me of the sea\n\n**ai**: it is wide and deep too\n\n"
        "**me**: and what lives down there\n\n**ai**: fish and many other things\n\n**me**: thank you for all of this",
    ],
)
def test_no_definition_is_made_of(source: str) -> None:
    assert fronts(source) == []


def test_a_comparison_needs_two_things_and_a_list() -> None:
    assert fronts("Differences between SGD and Adam: many.\n") == []
    assert fronts("Differences:\n- one\n- two\n") == []


@pytest.mark.parametrize(
    "line",
    [
        *("Differences between rye and oats", "**Difference between rye and oats**"),
        *("Comparison of rye and oats", "Comparing rye and oats"),
    ],
)
@pytest.mark.parametrize(
    "told", ["\n| rye | oats |\n|---|---|\n| tall | short |\n", "\n- rye is tall\n- oats are short\n"]
)
def test_a_line_above_a_table_or_list_compares_without_a_colon(line: str, told: str) -> None:
    assert fronts(f"{line}\n{told}") == [line.strip("*")]


@pytest.mark.parametrize(
    "text",
    [
        "The differences are few.\nDifferences between rye and oats\n\n- one\n- two\n",
        "Differences between rye and oats are told by farmers in all of these old books:-\n\n- one\n- two\n",
        "Differences between rye and oats matter.\n\n- one\n- two\n",
        "Compare prices of rye and oats\n\n- at the mill: two\n- in town: three\n",
        "Differences between rye and oats were seen by all of the farmers in the valley\n\n- one\n- two\n",
    ],
)
def test_a_sentence_on_differences_compares_nothing(text: str) -> None:
    assert fronts(text) == []


def test_bullets_of_a_word_processor_are_bullets() -> None:
    text = "Summary\nA tree is a plant.\nQuestions:\n• Why is it tall?\n• Explain its roots.\nExample\n• Oak\n• Fir\n"
    found = parse_note(text, "0001.txt").studied
    assert [(c.front, c.back) for c in found] == [
        ("Tree: Summary", "A tree is a plant."),
        ("Why is it tall?", ""),
        ("Explain its roots.", ""),
        ("Tree: Example", "- Oak\n- Fir"),
    ]


def test_a_done_task_is_no_open_question() -> None:
    text = "> [!Follow up questions]\n> - [x] Why so? done\n> - [ ] How so?\n> - a remark\n"
    assert fronts(text) == ["How so?"]


def test_one_rhetorical_question_is_no_card() -> None:
    assert fronts("So what is the point?\n\nThere is none, as we shall see.\n") == []


def test_a_question_inside_a_wrapped_paragraph_is_no_card() -> None:
    text = (
        "We walked for hours along the river bank and asked ourselves, again and again,\n"
        "Where does it end?\nNobody knew. We went on along the river, and when the night came down we asked\n"
        "What is behind the hill?\nNobody knew that either.\n"
    )
    assert fronts(text) == []


def test_two_such_paragraphs_do_not_make_an_article() -> None:
    paragraph = "{}: This paragraph has more than eight words in it, as it should.\n\n"
    assert fronts(paragraph.format("One") + paragraph.format("Two")) == []
    assert len(fronts(paragraph.format("One") + paragraph.format("Two") + paragraph.format("Three"))) == 3


def test_a_dialogue_is_no_article() -> None:
    said = "{}: I have more than eight words to say to you about this.\n\n"
    assert fronts("".join(said.format(who) for who in ("Ann", "Bob", "Ann", "Bob", "Ann"))) == []


# together


def test_what_the_author_wrote_as_a_card_is_not_read_again_as_prose() -> None:
    text = "Q: What is it?\nA: - **Term**: five words of text here\n"
    assert [c.dialect for c in cards(text)] == ["qa"]


def test_levels_can_be_switched_off_by_the_caller_and_by_the_note() -> None:
    text = "Q: One?\nA: two\n\n## Why?\n\nBecause.\n\n- **Term**: five words of text here\n"
    assert {c.level for c in parse_note(text, "a.md", levels=["explicit"]).cards} == {"explicit"}
    assert {c.level for c in parse_note(f"---\ncards: structured\n---\n{text}", "a.md").cards} == {"structured"}
    assert parse_note(f"---\ncards: off\n---\n{text}", "a.md").cards == ()


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: dialect.name)
def test_a_dialect_that_is_off_makes_nothing_and_nothing_else_makes_the_same(dialect: Dialect) -> None:
    made = {card.key for card in cards(dialect.example)}
    left = parse_note(dialect.example, "note.md", off=[dialect.name]).studied
    assert made
    assert not made & {card.key for card in left}


def test_what_a_dialect_that_is_off_would_take_is_left_to_the_others() -> None:
    text = "---\ntags: [flashcards]\n---\n- **Term**: what ==it means== in five words\n"
    assert {card.dialect for card in parse_note(text, "a.md").cards} == {"highlight-cloze"}
    assert {card.dialect for card in parse_note(text, "a.md", off=["highlight-cloze"]).cards} == {"definition"}


def test_the_settings_know_the_names_of_all_dialects() -> None:
    assert tuple(dialect.name for dialect in DIALECTS) == settings.DIALECTS


def test_wikilinks_read_as_their_words_but_not_in_code() -> None:
    found = cards("Q: What is [[a b#c|it]]?\nA: [[That]], not `[[ $A ]]` or [[1,2],[3]] or [[src](url)]\n")
    assert found[0].front == "What is it?"
    assert found[0].back == "That, not `[[ $A ]]` or [[1,2],[3]] or [[src](url)]"


@pytest.mark.parametrize(
    "code",
    [
        "~~~py\nx = a[[0]]  # 5 %% of it %%\n~~~",
        "```py\nx = a[[0]] `\n```",
        "    x = a[[0]]\n\n    y = b[[1]]",
        "\tx = a[[0]]",
    ],
)
def test_code_in_an_answer_stays_as_it_was_written(code: str) -> None:
    note = parse_note(f"# T\n\n## How?\n\nThus, see [[A|a]]:\n\n{code}\n\nAnd [[B]].\n", "note.md")
    assert [card.back for card in note.cards] == [f"Thus, see a:\n\n{code}\n\nAnd B."]


def test_what_is_indented_under_an_item_is_no_code() -> None:
    note = parse_note("# T\n\n## How?\n\n- first\n\n    then [[A|a]]\n", "note.md")
    assert note.cards[0].back == "- first\n\n    then a"


def test_a_saved_chat_gives_only_what_was_written_as_a_card() -> None:
    text = "**user**: Explain.\n\n**ai**: Here.\n\n- **Epoch**: one pass over all the data\n\nQ: One?\nA: two\n"
    assert fronts(text) == ["One?"]
    assert [d.span.line for d in parse_note(text, "note.md").diagnostics if d.code == "chat"] == [1]
    assert fronts("---\ncards: [explicit, derived]\n---\n" + text) == ["Epoch", "One?"]


def test_an_introduction_before_plain_questions_may_have_a_line_for_each() -> None:
    lead = [f"Line {n} of the introduction." for n in range(5)]
    asked = [f"What is part {n}?\nIt is the part with the number {n}." for n in range(5)]
    assert fronts("\n".join(lead + asked)) == [f"What is part {n}?" for n in range(5)]
    assert fronts("\n".join(lead + asked[:2])) == []


def test_a_rule_between_a_heading_and_its_answer_is_no_part_of_the_answer() -> None:
    note = parse_note("# T\n\n## How?\n\n---\n\nSo.\n\n---\n", "note.md")
    assert [(card.back, card.span.line, card.span.end_line) for card in note.cards] == [("So.", 3, 7)]


def test_an_answer_under_a_numbered_question_loses_the_indentation_of_its_item() -> None:
    text = "\n\n".join(f"{n}. What is part {n}?\n   - the one\n     - with {n}" for n in (1, 2))
    assert [card.back for card in cards(text)] == ["- the one\n  - with 1", "- the one\n  - with 2"]


@pytest.mark.parametrize("dialect", [one for one in DIALECTS if one.owns], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize("above", ["# T\n\n## What is a sea?\n\nWater.\n\n", "**What is a sea?**\n\nWater.\n\n"])
def test_lines_of_a_dialect_with_marks_of_its_own_are_in_no_other_card_where_it_is_off(
    dialect: Dialect, above: str
) -> None:
    text = f"{above}{dialect.example}"
    others = {card.key for card in parse_note(text, "note.md").studied if card.dialect != dialect.name}
    assert {card.key for card in parse_note(text, "note.md", off=[dialect.name]).studied} <= others
    levels = ("structured", "derived")
    assert {card.key for card in parse_note(text, "note.md", levels=levels).studied} <= others


def test_a_block_for_anki_is_no_plain_text_where_its_level_is_off() -> None:
    block = "START\nBasic\nWhat is a sea?\nBack: Water.\nEND\n\nSTART\nBasic\nWhat is a hill?\nBack: Earth.\nEND\n"
    assert len(cards(block)) == 2
    assert parse_note(block, "note.md", levels=("structured", "derived")).studied == []


def test_what_a_colon_announces_on_the_line_of_a_question_is_one_block() -> None:
    text = "Q: What? A: these:\n\n- one\n- two\n\nOther text.\n\nMore of it.\n"
    assert [(card.front, card.back) for card in cards(text)] == [("What?", "these:\n\n- one\n- two")]
