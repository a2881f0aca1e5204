"""Headings that ask: which ones do, where their answers end, and questions and answers under headings of their own."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note


def read(text: str) -> Note:
    return parse_note(text, "note.md")


def pairs(text: str) -> list[tuple[str, str]]:
    note = read(text)
    assert {card.dialect for card in note.cards} <= {"heading"}
    return [(card.front, card.back) for card in note.cards]


def fronts(text: str) -> list[str]:
    return [front for front, _ in pairs(text)]


def codes(text: str) -> list[str]:
    return [d.code for d in read(text).diagnostics if d.code != "left-aside"]


@pytest.mark.parametrize(
    "title",
    [
        "### Q4: Why stack layers? ###",
        "#### 12) Why stack layers? [[src](http://a.b/c_(d))]",
        "#### 12) Why stack layers? [[src]](http://a.b) [[src2]](http://c.d)",
        "## Question 3. Why stack layers?",
        "## **3. Why stack layers?**",
        "## **Q3.** Why stack layers?",
        "## Why stack layers? ⭐️",
        "## Why stack layers? {#why}",
        "## <a name=x></a>3. Why stack layers?",
        "## Why stack layers? ([source](http://a.b))",
        "Why stack layers?\n===",
    ],
)
def test_a_front_is_the_question_without_what_a_list_adds(title: str) -> None:
    assert pairs(f"# Notes\n\n{title}\n\nThey build on each other.\n") == [
        ("Why stack layers?", "They build on each other.")
    ]


def test_a_link_in_a_question_and_a_remark_after_it_stay() -> None:
    assert fronts("## How does [CBIR](http://a.b) work?\n\nSo.\n") == ["How does [CBIR](http://a.b) work?"]
    assert fronts("## What is a fold? (2 marks)\n\nA part.\n") == ["What is a fold? (2 marks)"]


@pytest.mark.parametrize(
    "title",
    [
        "Does a heron wade? Explain.",
        "3. What holds a nest together? Justify your answer.",
        "Why do eels travel? How do they find the sea? Explain in your own words.",
        "Gleitet ein Reiher? Begründe.",
        "¿Por qué migra la anguila? Justifique su respuesta.",
        "Le héron dort-il debout ? Expliquez.",
    ],
)
def test_a_question_that_wants_reasons_behind_its_mark_asks(title: str) -> None:
    assert fronts(f"# Exam\n\n## {title}\n\nIt does.\n") == [title.removeprefix("3. ")]


@pytest.mark.parametrize(
    "title",
    [
        "Lost? Call us.",
        "`?`",
        "The operator `?`",
        "**`a ?`** and `b?`",
        "Eels? Explain it to others and you will see how they travel.",
    ],
)
def test_other_words_behind_a_question_mark_ask_nothing(title: str) -> None:
    assert fronts(f"# Exam\n\n## {title}\n\nIt does.\n") == []


def listed(*titles: str) -> str:
    return "# List\n\n" + "".join(f"{title}\n\nAn answer to it.\n\n" for title in titles)


def test_in_a_numbered_list_of_questions_every_heading_asks() -> None:
    text = listed("## 1. What is bias?", "## 2. Define variance", "## 3) Epoch vs. batch", "## 4. Implement a sieve.")
    assert fronts(text) == ["What is bias?", "Define variance", "Epoch vs. batch", "Implement a sieve."]
    assert fronts(listed("### Q1: The use of it", "### Q2: The meaning of it", "### Q3: Say you roll a die")) == [
        "The use of it",
        "The meaning of it",
        "Say you roll a die",
    ]


def test_in_a_list_of_questions_those_worded_as_one_ask_without_a_mark() -> None:
    text = listed("## Explain bias", "## Overfitting", "## What is an epoch", "## Describe a fold")
    assert fronts(text) == ["Explain bias", "What is an epoch", "Describe a fold"]


@pytest.mark.parametrize(
    "titles",
    [
        ("## Install", "## Use", "## How it works", "## Why use it", "## Explain plan"),
        ("## 1. What is a cell", "## 2. Install", "## 3. Usage", "## 4. More"),
        ("## List pages", "## List contacts", "## Show a field", "## Name a file"),
        ("## Explain this",),
        ("## Tools (which ones?)",),
    ],
)
def test_titles_of_chapters_do_not_ask(titles: tuple[str, ...]) -> None:
    assert fronts(listed(*titles)) == []


def test_an_answer_goes_past_lower_headings_and_ends_at_one_that_asks() -> None:
    text = "## Why?\n\na\n\n### Part\n\nb\n\n#### And how?\n\nc\n\n### More\n\nd\n"
    assert pairs(text) == [("Why?", "a\n\n### Part\n\nb"), ("And how?", "c")]


@pytest.mark.parametrize("mark", ["**Answer**:", "**Answer:**", "Answer:\n\n", "#### Answer\n\n", "A:", "Ответ:"])
def test_the_word_before_an_answer_is_no_part_of_it(mark: str) -> None:
    assert pairs(f"## Why?\n\n{mark} It is so.\n") == [("Why?", "It is so.")]


@pytest.mark.parametrize(
    "held",
    ["", "Answer here\n", "<b></b>\n", "**Answer:**\n", "TODO\n", "[[Answer]](http://a.b)\n", "---\n", "<br/>\n"],
)
def test_a_place_for_an_answer_is_no_answer(held: str) -> None:
    text = f"## Why?\n\n{held}\n## How?\n\nSo.\n"
    assert fronts(text) == ["How?"]
    assert codes(text) == ["no-answer"]


def test_html_in_an_answer_reads_as_markdown() -> None:
    text = '## Why?\n\nOne<br>two\n\n<p align="center">\n<img src="a.png" alt="plot"/>\n</p>\n\nThe `<b>` tag.\n'
    assert pairs(text) == [("Why?", "One\ntwo\n\n![plot](a.png)\n\nThe `<b>` tag.")]


def test_the_same_question_in_two_chapters_names_its_chapter() -> None:
    text = "# Sun\n\n## Why is it hot?\n\na\n\n# Fire\n\n## Why is it hot?\n\nb\n"
    assert pairs(text) == [("Sun: Why is it hot?", "a"), ("Fire: Why is it hot?", "b")]


def test_the_same_question_many_times_takes_its_picture_along() -> None:
    text = "".join(f"## Which tree?\n\n![](tree{n}.png)\n\nTree {n}.\n\n" for n in (1, 2))
    assert fronts(text) == ["Which tree?\n\n![](tree1.png)", "Which tree?\n\n![](tree2.png)"]


TWO_TONGUES = """# Вопрос (RU)
> Что такое поток?

# Question (EN)
> What is a *flow*?

## Ответ (RU)

Поток.

### Часть

Да.

### Дополнительные вопросы (RU)

- Зачем?

## Answer (EN)

A stream.

### Part

Yes.

## Pitfalls

None.

## Follow-ups

- Why so?

## Additional questions (EN)

- Why not?
"""


def test_questions_and_answers_pair_by_their_language_and_keep_sections_of_the_same_level() -> None:
    assert pairs(TWO_TONGUES) == [
        ("Что такое поток?", "Поток.\n\n### Часть\n\nДа."),
        ("What is a *flow*?", "A stream.\n\n### Part\n\nYes.\n\n## Pitfalls\n\nNone."),
    ]


def test_questions_and_answers_pair_by_their_number_or_in_their_order() -> None:
    numbered = "## Question 1\n\nWhat is a?\n\n## Answer 1\n\nb\n\n## Question 2\n\nWhat is c?\n\n## Answer 2\n\nd\n"
    assert pairs(numbered) == [("What is a?", "b"), ("What is c?", "d")]
    bare = "# Question\n\nWhat is a?\n\n# Answer\n\nb\n\n# Question\n\nWhat is c?\n\n# Answer\n\nd\n"
    assert pairs(bare) == [("What is a?", "b"), ("What is c?", "d")]


def test_a_question_whose_answer_is_missing_is_reported() -> None:
    assert codes("# Question (EN)\n\n> What is a?\n\n# Question (RU)\n\n> Что?\n\n## Answer (EN)\n\nb\n") == [
        "no-answer"
    ]


def test_a_table_of_contents_is_neither_a_card_nor_left_aside() -> None:
    text = (
        "# List\n\n## Questions\n\n* [Q1: What is bias?](http://a.b/x#q1-what-is-bias)\n* [Q2: Define variance](#q2)\n"
        "* [Q3: Why?]()\n\n## Answers\n\n### Q1: What is bias?\n\nOne.\n\n### Q2: Define variance\n\nTwo.\n"
    )
    note = read(text)
    assert [card.front for card in note.studied] == ["What is bias?", "Define variance"]
    assert note.diagnostics == ()


def test_a_list_of_links_elsewhere_is_no_table_of_contents() -> None:
    text = "# List\n\n- [A book](http://a.b)\n- [A film](http://c.d)\n\n## Why?\n\nSo.\n"
    assert [d.code for d in read(text).diagnostics] == ["left-aside"]


@pytest.mark.parametrize(
    "text",
    [
        "1. ### What is ice?\n\n    Cold water.\n\n    - Solid.\n\n2. ### Why does it float?\n\n    It is light.\n",
        "- ### What is ice?\n  Cold water.\n\n  - Solid.\n- ### Why does it float?\n  It is light.\n",
        "1. ### What is ice?\n\nCold water.\n\n- Solid.\n\n2. ### Why does it float?\n\nIt is light.\n",
    ],
)
def test_headings_in_the_items_of_a_list_ask(text: str) -> None:
    found = [(card.front, card.back) for card in parse_note(text, "ice.md").cards]
    assert found == [("What is ice?", "Cold water.\n\n- Solid."), ("Why does it float?", "It is light.")]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("### Question\nHow?\n### Answer\n## Step 1\nRun.\n## Step 2\nStop.\n", "## Step 1\nRun.\n## Step 2\nStop."),
        ("### Q: How?\n### **Answer**\n## Step 1\nRun.\n## Step 2\nStop.\n", "## Step 1\nRun.\n## Step 2\nStop."),
        ("### Question\nHow?\n### 1. Run\nFast.\n### 2. Stop\nThere.\n", "### 1. Run\nFast.\n### 2. Stop\nThere."),
    ],
)
def test_an_answer_goes_on_through_headings_to_the_next_question(text: str, back: str) -> None:
    note = parse_note(f"{text}### Question\nWhy?\n### Answer\nSo.\n", "how.md")
    assert [(card.front, card.back) for card in note.cards] == [("How?", back), ("Why?", "So.")]
    assert [d for d in note.diagnostics if d.code == "no-answer"] == []


def test_the_answer_of_the_next_question_is_not_that_of_one_without() -> None:
    note = parse_note("### Question\nHow?\n### Question\nWhy?\n### Answer\nSo.\n", "how.md")
    assert [(card.front, card.back) for card in note.cards] == [("Why?", "So.")]
    assert [d.span.line for d in note.diagnostics if d.code == "no-answer"] == [1]


def test_the_way_back_to_the_top_is_no_part_of_an_answer() -> None:
    note = parse_note(
        "## What is ice?\nCold.\n\n---\n\n**[⬆ Back to Top](#faq)**\n\n## Why?\nSo.\n[↑](#ice)\n", "ice.md"
    )
    assert [(card.front, card.back) for card in note.cards] == [("What is ice?", "Cold."), ("Why?", "So.")]


@pytest.mark.parametrize("link", ["[к оглавлению](#ice)", "[위로](#ice)", "[⬆️ Nach oben](#ice)", "[回到顶部](#ice)"])
def test_the_way_back_is_known_in_other_languages(link: str) -> None:
    note = parse_note(f"## What is ice?\n\nCold.\n\n{link}\n\n## Why?\n\nSo.\n", "ice.md")
    assert [card.back for card in note.cards] == ["Cold.", "So."]


def test_a_link_to_a_part_is_an_answer_that_is_embedded() -> None:
    text = (
        "## What is ice?\n[[#Cold]]\n\n## What is snow?\nSee [notes](b.md#White-ice).\n\n## What is sleet?\n[↑](#top)\n"
    )
    note = parse_note(text, "ice.md")
    assert [card.back for card in note.cards] == ["![[#Cold]]", "![[b.md#White-ice|notes]]"]
    assert [(d.span.line, d.code) for d in note.diagnostics] == [(7, "no-answer")]


def test_numbered_headings_that_neither_ask_nor_tell_much_name_parts() -> None:
    asking = [f"## {at}) Define term {at}" for at in range(5, 11)]
    text = listed(
        "## 1) Constructor", "## 2) What is a class?", "## 3) Why inherit?", "## 4) Refactored version", *asking
    )
    assert fronts(text) == ["What is a class?", "Why inherit?", *(title.partition(") ")[2] for title in asking)]
    mixed = listed("## 1) The shape of it all", "## 2) What is a class?", "## 3) How it was made", "## 4) Why inherit?")
    assert fronts(mixed) == ["What is a class?", "Why inherit?"]


@pytest.mark.parametrize(
    "title",
    [
        "Frage: Why do leaves fall?",
        "Pregunta: Why do leaves fall?",
        "Why do leaves fall? 🟢 | 🌱🍂",
        "Q：Why do leaves fall?",
        "问题：Why do leaves fall?",
    ],
)
def test_what_marks_a_question_is_no_part_of_it(title: str) -> None:
    assert [card.front for card in parse_note(f"## {title}\n\nTo save water.\n", "note.md").cards] == [
        "Why do leaves fall?"
    ]


def test_an_answer_loses_its_mark_with_a_wide_colon() -> None:
    text = "**Q：Why do leaves fall?**\n\n**A：** To save water.\n\n## Why do buds rest?\n\n答案：To wait for light.\n"
    found = {(card.front, card.back) for card in parse_note(text, "note.md").cards}
    assert found == {("Why do leaves fall?", "To save water."), ("Why do buds rest?", "To wait for light.")}


def test_a_quoted_answer_loses_the_word_that_announces_it() -> None:
    text = "## Why do leaves fall?\n\n> **Answer:**\n> To save water.\n>\n> - in winter\n"
    assert [card.back for card in parse_note(text, "note.md").cards] == ["To save water.\n\n- in winter"]
    text = "## Why do leaves fall?\n\n> To save water.\n> - in winter\n"
    assert [card.back for card in parse_note(text, "note.md").cards] == ["> To save water.\n> - in winter"]


def test_tabs_before_a_list_that_answers_make_no_code_of_it() -> None:
    text = "- # Trees\n## Why do leaves fall?\n\n\n\t- To save water\n\t\t- in winter\n"
    assert [card.back for card in parse_note(text, "note.md").cards] == ["- To save water\n    - in winter"]


@pytest.mark.parametrize("label", ["Analysis: ", "解析：", "See "])
def test_a_link_to_an_answer_is_none(label: str) -> None:
    note = parse_note(f"## Why do leaves fall?\n\n{label}[Question 7](https://example.org/7)\n", "note.md")
    assert note.cards == ()


def test_a_quote_in_which_two_speak_keeps_both_and_one_quoted_deep_stops_nothing() -> None:
    text = "## How does it begin?\n\n> A: Who is there?\n> B: Nay, answer me.\n"
    (card,) = parse_note(text, "note.md").cards
    assert "A: Who is there?" in card.back
    text = "## What is a leaf?\n\n> Answer\n> of a kind.\n"
    assert "Answer" in parse_note(text, "note.md").cards[0].back
    text = f"## What is a leaf?\n\n{'>' * 1000} text\n"
    assert len(parse_note(text, "note.md").cards) == 1


def test_bars_of_a_formula_stay_before_an_emoji() -> None:
    text = "## What is |x| 🙂\n\nIts distance from zero.\n\n## What is y?\n\nA letter.\n\n## What is z?\n\nOne more.\n"
    assert parse_note(text, "note.md").cards[0].front == "What is |x|"


@pytest.mark.parametrize("colon", ["", ":"])
def test_a_heading_that_only_counts_a_question_is_no_front(colon: str) -> None:
    below = (
        "What is the loss of a guess?\n\n<details><summary>Response:</summary>\n\nThe mean of all.\n\n</details>\n\n"
    )
    note = parse_note(f"## Question 1{colon}\n{below}## Question 2{colon}\n{below}", "bank.md")
    assert [(card.front, card.back) for card in note.cards[:1]] == [
        ("What is the loss of a guess?", "The mean of all.")
    ]
    bare = parse_note(f"## Question 1{colon}\nNothing asks.\n\n## Question 2{colon}\nNor here.\n", "bank.md")
    assert not bare.cards


def test_four_stars_around_a_question_are_no_part_of_it() -> None:
    assert [card.front for card in read("# ****What is ice?****\n\nWater.\n").cards] == ["What is ice?"]
