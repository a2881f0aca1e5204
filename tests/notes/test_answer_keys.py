"""Lists of right letters below a quiz: how their tables are headed, and how they find the questions they belong to."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note

ASKED = (
    "### {}\n\nWhich bird dives?\n\n- A) the wren\n- B) the grebe\n\n"
    "### {}\n\nWhich one sings?\n\na) the lark\nb) the crow\n"
)


def backs(text: str) -> list[str]:
    note = parse_note(text, "note.md")
    assert not [one for one in note.diagnostics if one.severity != "info"]
    return [card.back for card in note.studied]


def right(text: str) -> list[str]:
    return [card.back.partition("\n")[0] for card in parse_note(text, "note.md").studied]


@pytest.mark.parametrize("name", ["Q{}", "Question {}", "Câu {}: chim", "Frage {}", "{}. Birds", "Вопрос {}"])
@pytest.mark.parametrize("head", ["| Q | A |", "| # | Answer |", "| Câu | Đáp án |", "| № | Ответ |"])
def test_a_table_of_letters_answers_questions_by_the_numbers_of_their_headings(name: str, head: str) -> None:
    text = ASKED.format(name.format(1), name.format(2))
    key = f"## Key\n\n<details>\n<summary>Show</summary>\n\n{head}\n|---|---|\n| 1 | b |\n| 2 | **A** |\n\n</details>\n"
    assert backs(f"{text}\n{key}") == ["the grebe", "the lark"]


def test_a_key_goes_on_in_the_next_table_and_says_why_in_its_own_words() -> None:
    table = "| Q | A | Why |\n|---|---|---|\n| {} | {} | `x = y` |\n"
    text = f"{ASKED.format('Q1', 'Q2')}\n## Part 1\n\n{table.format(1, 'b')}\n## Part 2\n\n{table.format(2, 'a')}"
    assert backs(text) == ["the grebe\n\n`x = y`", "the lark\n\n`x = y`"]


def test_a_key_that_counts_anew_belongs_to_the_questions_above_it() -> None:
    table = "| Q | A |\n|---|---|\n| 1 | {} |\n| 2 | {} |\n"
    text = f"{ASKED.format('Q1', 'Q2')}\n{table.format('b', 'a')}\n## Again\n\n{ASKED.format('Q1', 'Q2')}"
    assert backs(f"{text}\n{table.format('a', 'b')}") == ["the grebe", "the lark", "the wren", "the crow"]


def test_the_number_of_a_part_is_none_of_a_question() -> None:
    text = "## Part 1\n\nWhich bird dives?\n\n- A) the wren\n- B) the grebe\n\n| Q | A |\n|---|---|\n| 1 | b |\n"
    assert parse_note(text, "note.md").studied == []


@pytest.mark.parametrize("label", ["", "**Answers**\n\n"])
@pytest.mark.parametrize(
    ("why", "told"), [("", "the lark"), ("It sings in flight.\n\n", "the lark\n\nIt sings in flight.")]
)
def test_a_key_right_below_the_last_question_is_no_part_of_its_answer(label: str, why: str, told: str) -> None:
    key = f"{label}| Q | A |\n|---|---|\n| 1 | b |\n| 2 | a |\n"
    assert backs(f"{ASKED.format('1. Divers', '2. Singers')}\n{why}{key}") == ["the grebe", told]


def test_a_table_that_answers_nothing_stays_in_the_explanation() -> None:
    table = "| Q | A |\n|---|---|\n| 8 | b |\n| 9 | a |"
    text = "## Which bird dives?\n\n- [ ] the wren\n- [x] the grebe\n\nSee the marks.\n\n"
    assert backs(f"{text}{table}\n") == [f"the grebe\n\nSee the marks.\n\n{table}"]


CHAPTERS = (
    "## 1. Birds\n\nWhich bird dives?\n\n- A) the wren\n- B) the grebe\n\n{}"
    "## 2. Fish\n\nWhich fish flies?\n\n- A) the carp\n- B) the exocoetus\n\n"
    "## Answers\n\n1. B\n2. A\n3. B\n"
)


def test_the_numbers_of_chapters_are_none_of_questions() -> None:
    assert backs(CHAPTERS.format("")) == ["the grebe", "the carp"]
    several = CHAPTERS.format("Which one sings?\n\n- A) the lark\n- B) the crow\n\n")
    assert parse_note(several, "note.md").studied == []


MIXED = (
    "# 1. {}\n\n{}Which bird dives?\n\n- A) the wren\n- B) the grebe\n\n"
    "Which one sings?\n\n- A) the lark\n- B) the crow\n\n"
    "# 2. Which fish flies?\n\n- A) the exocoetus\n- B) the carp\n\n"
    "# Answers\n\n{}\n"
)
DIRECT = "- A) about two hundred\n- B) about ten thousand\n\n"


@pytest.mark.parametrize("title", ["Birds", "What is a bird?"])
@pytest.mark.parametrize("key", ["1. B\n2. A\n3. A", "1. B\n2. B"])
def test_a_question_beside_the_parts_of_a_quiz_is_not_the_one_of_its_number(title: str, key: str) -> None:
    assert parse_note(MIXED.format(title, "", key), "note.md").studied == []
    text = MIXED.format("Birds", "", key).replace("Which one sings?", "The singer:")
    assert parse_note(text, "note.md").studied == []


def test_where_a_key_counts_just_the_numbered_questions_they_are_meant() -> None:
    text = MIXED.format("How many birds are there?", DIRECT, "{}")
    assert right(text.format("1. B\n2. A")) == ["about ten thousand", "the exocoetus"]
    assert right(text.format("1. B\n2. B\n3. A\n4. A")) == ["about ten thousand"]  # the first of all questions, too
    assert right(text.format("1. B\n2. B\n3. A\n4. A\n5. A")) == []


QUESTIONS = "".join(f"### {at}. Which is {at}?\n\n- a) one\n- b) two\n\n" for at in (1, 2, 3))
CASE = "### {}. Case\n\nWho sings?\n\n- a) the lark\n- b) the crow\n\nWho dives?\n\n- a) the wren\n- b) the coot\n\n"


@pytest.mark.parametrize(
    ("key", "backs"),
    [
        ("1. a\n2. b\n3. b\n4. a, b", ["one", "two", "two"]),
        ("1. a\n2. b\n3. b\n4. a\n5. b", ["one", "two", "two"]),
        ("1. a\n3. b", ["one", "two"]),
        ("1. a\n2. b\n3. b\n4. a\n5. b\n6. a", []),
    ],
)
def test_a_part_at_the_end_takes_no_answer_from_the_questions_before_it(key: str, backs: list[str]) -> None:
    assert right(f"{QUESTIONS}{CASE.format(4)}### Answers\n\n{key}\n") == backs


@pytest.mark.parametrize(
    ("key", "backs"),
    [
        ("1. a\n2. b\n3. a, b\n4. b", ["one", "two", "two"]),
        ("1. a\n3. a, b\n4. b", ["one", "two"]),
        ("1. a\n2. b\n4. b", ["one", "two", "two"]),
        ("1. a\n2. b\n3. a\n4. b\n5. b", ["one", "two"]),
        ("1. a\n2. b\n3. a\n4. b", ["one", "two"]),
    ],
)
def test_beyond_a_part_a_key_must_show_that_it_counts_headings(key: str, backs: list[str]) -> None:
    text = QUESTIONS.replace("### 3.", f"{CASE.format(3)}### 4.")
    assert right(f"{text}### Answers\n\n{key}\n") == backs


def test_where_a_key_goes_on_below_another_part_all_questions_above_it_count() -> None:
    first, second, third = QUESTIONS.split("### ")[1:]
    text = f"### {first}### {second}**Answers**\n\n1. a\n2. b\n\n### {third}{CASE.format(4)}"
    text += "### Answers\n\n3. a\n4. a\n5. b\n"
    assert right(text) == ["one", "two", "one"]
    assert right(text.replace("### 3.", "### 4.")) == ["one", "two"]


QUIZ = (
    "## 1. Which bird dives?\n\n- A) the wren\n- B) the grebe\n\n"
    "## 2. {}\n\n{}- A) the lark\n- B) the coot\n\n{}"
    "## Answers\n\n1. B\n2. A\n"
)
LIST = "Where each of them lives:\n\n- A) in fields\n- B) on lakes\n\n"


@pytest.mark.parametrize("title", ["Which bird sings?", "Choose the singer"])
def test_a_list_that_explains_a_question_makes_no_part_of_a_quiz_of_it(title: str) -> None:
    text = QUIZ.format(title, "", LIST)
    first, second = (card.back for card in parse_note(text, "note.md").studied)
    assert (first, second.partition("\n")[0]) == ("the grebe", "the lark")
    (first,) = (card.back for card in parse_note(text.replace("\n2. A", ""), "note.md").studied)
    assert first == "the grebe"


def test_a_heading_that_asks_is_a_question_where_something_stands_between_it_and_its_options() -> None:
    text = QUIZ.format("Which bird sings?", "Think of May.\n\n", LIST)
    assert right(text) == ["the grebe", "the lark"]


def test_a_heading_that_asks_with_several_questions_under_it_is_a_part() -> None:
    below = "Which one sings?\n\n- A) the lark\n- B) the crow\n\n"
    text = CHAPTERS.replace("1. Birds", "1. What is a bird?").format(below)
    assert parse_note(text, "note.md").studied == []


BANK = (
    "### {}\n\n**Difficulty**: Easy\n**Topic**: Divers\n\n**Question**:\nWhich bird dives?\n\n"
    "- A) the wren\n- B) the grebe\n\n---\n\n"
    "### {}\n\n**Level:** 2\n\n**Scenario**:\nA song falls from the sky in May.\n\n**Question**:\nWho sings?\n\n"
    "- A) the lark\n- B) the crow\n\n"
)


@pytest.mark.parametrize("name", ["Question {} — Birds", "Question {}: Birds", "Frage {}", "Q{}: Birds"])
def test_a_question_below_what_files_it_is_answered_by_the_number_of_its_heading(name: str) -> None:
    text = BANK.format(name.format(1), name.format(2))
    rows = "| Q# | Answer | Explanation | Source |\n|---|---|---|---|\n| 1 | B | n/a | x |\n| 2 | A | It is. | x |\n"
    note = parse_note(f"# Bank\n\n{text}## Answer Key\n\n{rows}", "note.md")
    assert [card.back for card in note.studied] == ["the grebe", "the lark\n\nIt is."]
    titled = "" if name == "Frage {}" else "Birds\n\n"
    options = "\n\n- the {}\n- the {}"
    assert [card.front for card in note.studied] == [
        f"{titled}Which bird dives?{options.format('wren', 'grebe')}",
        f"{titled}**Scenario**:\n\nA song falls from the sky in May.\n\nWho sings?{options.format('lark', 'crow')}",
    ]


def test_options_that_nobody_answers_make_no_card_of_the_heading_above_them() -> None:
    text = BANK.format("Question 1: Birds", "Question 2: Birds")
    assert parse_note(text, "note.md").studied == []


def test_a_number_above_several_lists_of_options_is_none_of_theirs() -> None:
    text = "## Question 1: Birds\n\nSome.\n\nWhich dives?\n\na) wren\nb) grebe\n\nWhich sings?\n\na) lark\nb) crow\n\n"
    assert right(f"{text}| Q | A |\n|---|---|\n| 1 | b |\n") == ["grebe"]


@pytest.mark.parametrize(("numbers", "last"), [((1, 1), 1), ((1, 2), 3)])
def test_a_key_that_does_not_count_the_headings_answers_none_of_them(numbers: tuple[int, int], last: int) -> None:
    text = BANK.format(*(f"Question {number}: Birds" for number in numbers))
    key = "## Key\n\n| Q | Answer |\n|---|---|\n" + "".join(f"| {n} | b |\n" for n in range(1, last + 1))
    assert parse_note(f"{text}{key}", "note.md").studied == []


def test_a_row_without_letters_answers_its_own_question_only() -> None:
    asked = "".join(f"## Question {n}: Birds\n\nWhich is number {n}?\n\na) this\nb) that\n\n" for n in range(1, 13))
    rows = "".join(f"| {n} | {'b' if n != 3 else 'see above'} |\n" for n in range(1, 13))
    assert right(f"{asked}## Answer key\n\n| Q | A |\n|---|---|\n{rows}") == ["that"] * 11


def test_statements_between_a_numbered_heading_and_its_options_belong_to_the_question() -> None:
    asked = "Compare them:\n\n1. The wren\n2. The owl\n\nWhich of them sing?"
    text = f"### Question 1: Birds\n\n{asked}\n\na) both\nb) one\n\nAnswer: B\n"
    assert [one.prompt for one in parse_note(text, "note.md").questions] == [f"Birds\n\n{asked}"]


TWO = "1. Which bird dives?\n\n- A) wren\n- B) grebe\n\n{}2. Which bird sings?\n\n- A) lark\n- B) crow\n\n{}"


@pytest.mark.parametrize("title", ["Question 2", "Question 1: a quiz on birds"])
@pytest.mark.parametrize("told", [("", "## Key\n\n1. B\n2. A\n"), ("Answer: B\n\n", "Answer: A\n")])
def test_numbered_questions_under_a_numbered_heading_stay_apart(title: str, told: tuple[str, str]) -> None:
    assert backs(f"## {title}\n\n{TWO.format(*told)}") == ["grebe", "lark"]


def test_an_open_question_above_another_is_no_part_of_it() -> None:
    text = "## Question 1\n\nWhat is a wren?\n\nA bird.\n\nWhich of these does it eat?\n\n- [x] flies\n- [ ] hay\n"
    assert [one.prompt for one in parse_note(text, "note.md").questions] == ["Which of these does it eat?"]


def test_a_question_alone_under_its_number_loses_its_emphasis() -> None:
    text = "## Question 1\n\n**Which bird dives?**\n\n- [x] grebe\n- [ ] wren\n"
    assert [one.prompt for one in parse_note(text, "note.md").questions] == ["Which bird dives?"]


@pytest.mark.parametrize(
    "key", ["1. B\n2. A\n3. C", "1-B, 2-A, 3-C", "| Q | A |\n|---|---|\n| 1 | B |\n| 2 | A |\n| 3 | C |\n"]
)
def test_a_key_with_a_row_more_answers_headings_right_above_their_questions(key: str) -> None:
    asked = "## Question {}\n\nWhich bird {}?\n\n- A) the {}\n- B) the {}\n\n"
    text = asked.format(1, "dives", "wren", "grebe") + asked.format(2, "sings", "lark", "crow")
    assert right(f"{text}## Answers\n\n{key}\n") == ["the grebe", "the lark"]


def test_a_letter_that_names_a_part_does_not_outrank_the_key() -> None:
    asked = "1. Which bird dives?\n\na) wren\nb) grebe\n\n{}\n\n2. Which bird sings?\n\na) lark\nb) crow\n\n"
    text = f"{asked}## Answers\n\n1. a\n2. a\n"
    assert right(text.format("B")) == right(text.format("**B**")) == ["wren", "lark"]


@pytest.mark.parametrize("below", ["**B**\n", "B\n\n# Words\n\nand so\n", "B\n\nbeech, birch\n"])
def test_a_letter_that_heads_what_follows_answers_nothing(below: str) -> None:
    assert parse_note(f"Which bird dives?\n\nA) wren\nB) grebe\n\n{below}", "note.md").studied == []


@pytest.mark.parametrize(
    ("filed", "kept"),
    [
        ("**Section:** II of the law says that nobody may judge in his own cause.", True),
        ("**Type:** `list[int]`", True),
        ("Type: man of 45 years\nLevel: potassium 6.5 mmol/l", True),
        ("Weight: 70 kg", True),
        ("Points: (1, 2) and (3, 4)", True),
        ("Domain: all real numbers", True),
        ("**Difficulty:** Medium\n**Type:** one\n**Topic:** `taint`: which statement is TRUE?", False),
        ("**Difficulty**: Easy", False),
        ("Level: 2", False),
        ("**Answer Type**: many", False),
        ("Topic: Birds of the lake", False),
    ],
)
def test_what_a_question_is_about_is_told_from_what_files_it(filed: str, kept: bool) -> None:
    text = f"## Question 9\n\n{filed}\n\nWhat follows?\n\n- [x] this\n- [ ] that\n"
    (question,) = parse_note(text, "note.md").questions
    assert question.prompt == (f"{filed}\n\nWhat follows?" if kept else "What follows?")


@pytest.mark.parametrize(
    "case",
    [
        "**Difficulty**: Hard\n**Topic**: Birds: which is true?\n\n**Scenario**:\nA boy asks: who sings?\n\n",
        "**Level**: 2\n\nWhat does he see?\n\nA bird falls from the sky.\n\n",
        "What does he see?\n\n**Scenario:**\n\nA bird falls from the sky.\n\n",
    ],
)
def test_a_case_with_a_question_in_it_stays_with_its_question(case: str) -> None:
    text = f"## Question 1: Birds\n\n{case}Which one is it?\n\n- [x] lark\n- [ ] crow\n"
    (question,) = parse_note(text, "note.md").questions
    assert question.prompt.startswith("Birds\n\n")
    assert question.prompt.endswith("Which one is it?")


@pytest.mark.parametrize(
    "text",
    [
        "1. Which is warm?\n   a) blue\n   b) red\n2. Which is cold?\n   a) ice\n   b) fire\n\n# Answers\n1. b\n2. a\n",
        "1. Which is warm?\n\na) blue\nb) red\n\n2. Which is cold?\n\na) ice\nb) fire\n\n**Answer key:** 1-B, 2-A\n",
        "1. Which is warm?\nA. blue\nB. red\n\n2. Which is cold?\nA. ice\nB. fire\n\nAnswers:\n1. B) red\n2. A) ice\n",
    ],
)
def test_a_list_of_letters_at_the_end_answers_by_number(text: str) -> None:
    note = parse_note(text, "quiz.md")
    found = [(one.prompt, [option.text for option in one.options if option.correct]) for one in note.questions]
    assert found == [("Which is warm?", ["red"]), ("Which is cold?", ["ice"])]
    assert (note.diagnostics, [one.explanation for one in note.questions]) == ((), ["", ""])


NUMBERED = "1. Which is warm?\n\na) blue\nb) red\n\n2. Which is cold?\n\na) ice\nb) fire\n\n"


@pytest.mark.parametrize(
    "key",
    [
        "| Question | Answer |\n|---|---|\n| 1 | b |\n| 2 | a |\n",
        "| Q | Ans |\n|:-:|:-:|\n| Q1 | B |\n| Q2 | A |\n",
        "| 1 | b |\n|---|---|\n| 2 | a |\n",
        "## Answers\n\n| 1 | 2 |\n|---|---|\n| b | a |\n",
        "**Answer key**\n\n| Question | 1 | 2 |\n|---|---|---|\n| Answer | b | a |\n",
        "Answers:\n\n| No. | Key | No. | Key |\n|---|---|---|---|\n| 1 | b | 2 | a |\n",
        "Answers: 1. b, 2. a\n",
        "Answers:\n1 b\n2 a\n",
    ],
    ids=lambda key: key.split("\n")[0],
)
def test_a_key_below_may_be_a_table(key: str) -> None:
    note = parse_note(NUMBERED + key, "quiz.md")
    assert [question.answer for question in note.questions] == ["red", "ice"]
    assert [one.code for one in note.diagnostics] == []


def test_a_column_of_the_key_says_why() -> None:
    key = "| # | Answer | Why |\n|---|---|---|\n| 1 | b | long waves |\n| 2 | a | frozen |\n"
    assert [one.explanation for one in parse_note(NUMBERED + key, "quiz.md").questions] == ["long waves", "frozen"]


def test_a_table_of_other_things_is_no_key() -> None:
    note = parse_note(f"{NUMBERED}| Colour | Rank |\n|---|---|\n| red | a |\n| blue | b |\n", "quiz.md")
    assert note.questions == ()
    assert [one.code for one in note.diagnostics] == ["choice-data", "choice-data", "left-aside"]


EXAM = (
    "**Q1 (easy):** Which bird dives?\n- [ ] A) the wren\n- [ ] B) the grebe\n\n"
    "**Q2 (hard):** Which one sings?\n- [ ] A) the lark\n- [ ] B) the crow\n"
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1. **B (the grebe):** It stays under for long.", "2. **A:** In flight."),
        ("1. B: It stays under for long.", "2. A: In flight."),
    ],
)
def test_an_entry_may_say_why_behind_a_colon_and_in_the_lines_below(first: str, second: str) -> None:
    note = parse_note(f"{EXAM}\n## Answers\n\n{first}\n   - *half a minute*\n{second}\n", "note.md")
    assert [card.front.partition("\n")[0] for card in note.studied] == ["Which bird dives?", "Which one sings?"]
    told = [card.back.partition("\n")[::2] for card in note.studied]
    assert [answer for answer, _ in told] == ["the grebe", "the lark"]
    assert "stays under for long." in told[0][1]
    assert "half a minute" in told[0][1]
    assert told[1][1].strip().endswith("In flight.")
