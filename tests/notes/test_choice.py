"""Choice questions: how options are written, how the right ones are told, and what is wrong data rather than a card."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note, Question
from studytool.notes.parse import parse_note


def read(text: str) -> Note:
    return parse_note(text, "quiz.md")


def only(text: str) -> Question:
    note = read(text)
    assert [card.dialect for card in note.studied] == ["choice"]
    return note.questions[0]


def right(text: str) -> list[str]:
    return [option.text for option in only(text).options if option.correct]


def problems(text: str) -> list[str]:
    note = read(text)
    assert note.studied == []
    return [d.message for d in note.diagnostics if d.code == "choice-data"]


QUESTION = "What is the sum of 2 and 3?"


@pytest.mark.parametrize(
    "text",
    [
        f"{QUESTION}\nA. 4\nB. 5\nC. 6\nAnswer: B\n",
        f"{QUESTION}\n\nA) 4\nB) 5\nC) 6\n\n**Answer: B**\n",
        f"{QUESTION}\n\na) 4\n\nb) 5\n\nc) 6\n\n**Answer:** b) 5\n",
        f"{QUESTION}\n(a) 4\n(b) 5\n(c) 6\nAns: (b)\n",
        f"### Q7. {QUESTION}\n\n- A: 4\n- B: 5\n- C: 6\n\n#### Answer: B\n",
        f"## {QUESTION}\n\n- A. 4\n- B. 5\n- C. 6\n\n---\n\n### **Resposta:** b) 5\n",
        f"7. {QUESTION}\n\n- A. 4\n- B. 5\n- C. 6\n\nCorrect: B\n",
        f"7. {QUESTION}\n   a) 4\n   b) 5\n   c) 6\n   Answer: b\n",
        f"{QUESTION}\n- A. 4\n- B. 5\n- C. 6\nThe correct answer: B\n",
        f"{QUESTION}\n\n- A. 4\n- B. 5\n- C. 6\n\nAnswer: 5\n",
        f"{QUESTION}\n\n- A) 4\n- **B) 5**\n- C) 6\n",
        f"{QUESTION}\n\n- A) 4\n- B) 5 ✅\n- C) 6\n",
        f"{QUESTION}\n\n- A) 4\n- B) 5 (correct)\n- C) 6\n",
        f"{QUESTION}\n\n- 4\n- 5 ✅\n- 6\n",
        f"#### Q7. {QUESTION}\n\na) 4\nb) 5\nc) 6\n\n**Explanation:**\nThe correct answer is b) 5.\n",
        f"{QUESTION}\n\na) 4\nb) 5\nc) 6\n\n**Answer:**\nb\n",
        f"{QUESTION}\n\n- [ ] 4\n- [x] 5\n- [ ] 6\n",
        f"{QUESTION}\n\n- [ ]4\n- [x] 5\n- []\u00a06\n",
        f"{QUESTION}\n\n[ ] 4\n[x] 5\n[ ] 6\n",
        f"7. {QUESTION}\n- [ ] 4\n- [X] 5\n- [ ] 6\n",
        f"7. {QUESTION}\n   - [ ] 4\n   - [x] 5\n   - [ ] 6\n",
        f"> [!question] {QUESTION}\n> - [ ] 4\n> - [x] 5\n> - [ ] 6\n",
        f"{QUESTION}\n\n- A. 4\n- B. 5\n- C. 6\n\n> [!success]- Answer\n> B\n",
        f"{QUESTION}\n\n- A. 4\n- B. 5\n- C. 6\n\n<details><summary>Show answer</summary>\n\n**B. 5**\n\n</details>\n",
    ],
)
def test_the_right_option_is_told_by(text: str) -> None:
    question = only(text)
    assert (question.prompt, question.kind) == (QUESTION, "choice")
    assert [(option.text, option.correct) for option in question.options] == [("4", False), ("5", True), ("6", False)]
    assert question.span.line == 1


LETTERED = "###### 3. {}\n\n```py\nprint(1 + {})\n```\n\n- A: `1`\n- B: `2`\n- C: an error\n\n"
FOLDED = (
    "<details><summary><b>{}</b></summary>\n<p>\n\n#### {}: {}\n\nBecause of `+`.\n\nAnd so on.\n\n</p>\n</details>\n\n"
    "---\n"
)
LANGUAGES = [("Answer", "Output?"), ("Antwort", "Ausgabe?"), ("答案", "输出？"), ("Ответ", "Вывод?")]


@pytest.mark.parametrize(("word", "asked"), LANGUAGES)
def test_a_folded_answer_tells_the_letter_and_why(word: str, asked: str) -> None:
    question = only(LETTERED.format(asked, 1) + FOLDED.format(word, word, "B"))
    assert question.prompt == f"{asked}\n\n```py\nprint(1 + 1)\n```"
    assert [option.text for option in question.options if option.correct] == ["`2`"]
    assert question.explanation == "Because of `+`.\n\nAnd so on."


def test_the_same_question_with_other_code_is_another_question() -> None:
    quiz = "".join(LETTERED.format("Output?", n) + FOLDED.format("Answer", "Answer", "A") for n in (1, 2, 3))
    assert len({question.key for question in read(quiz).questions}) == 3


@pytest.mark.parametrize("letters", ["АБВ", "ΑΒΓ", "أبج"])
def test_options_may_have_the_letters_of_another_alphabet(letters: str) -> None:
    options = "".join(f"- {letter}: {n}\n" for n, letter in enumerate(letters))
    assert right(f"### 1. Which?\n\n{options}\n#### Answer: {letters[2]}\n") == ["2"]


@pytest.mark.parametrize(("told", "expected"), [("A, C", ["1", "3"]), ("A and C", ["1", "3"]), ("a/b", ["1", "2"])])
def test_several_letters_make_several_right_options(told: str, expected: list[str]) -> None:
    text = f"Which?\n\nA. 1\nB. 2\nC. 3\n\nAnswers: {told}\n"
    assert right(text) == expected
    assert only(text).kind == "multiple"


def test_a_picture_and_code_above_the_options_belong_to_the_question() -> None:
    question = only("#### Q1. Which one?\n\n![a plot](a.png)\n\n```py\nx\n```\n\n- [ ] A\n- [x] B\n")
    assert question.prompt == "Which one?\n\n![a plot](a.png)\n\n```py\nx\n```"


def test_options_go_on_in_code() -> None:
    question = only("## Which prints 1?\n\nA.\n```py\nprint(1)\n```\n\nB.\n```py\nprint(2)\n```\n\nAnswer: A\n")
    assert [option.text for option in question.options] == ["```py\nprint(1)\n```", "```py\nprint(2)\n```"]


def test_code_after_the_last_option_alone_is_no_part_of_it() -> None:
    note = read("## Which?\n\n- [x] a\n- [ ] b\n\n```css\nright: 0;\n```\n\n## Next?\n\n- [x] c\n- [ ] d\n")
    assert [option.text for question in note.questions for option in question.options] == ["a", "b", "c", "d"]
    assert note.questions[0].explanation == "```css\nright: 0;\n```"


def test_a_gap_asks() -> None:
    assert only("The capital of Peru is ___.\n\n- [x] Lima\n- [ ] Cusco\n").prompt == "The capital of Peru is ___."


def test_an_option_that_lost_its_box_is_a_wrong_one() -> None:
    assert right("#### Q1. Which?\n\n- [ ] a\n- [x] b\n- c\n- [ ] d\n") == ["b"]


def test_an_item_without_a_box_after_the_options_explains() -> None:
    question = only("#### Q1. Which?\n\n- [ ] a\n- [x] b\n- [ ] c\n- b is right as it comes after the first of them\n")
    assert [option.text for option in question.options] == ["a", "b", "c"]
    assert question.explanation == "b is right as it comes after the first of them"


@pytest.mark.parametrize("marks", ["A. {}\nB. {}\nC. {}", "- A. {}\n- B. {}\n- C. {}", "1. {}\n2. {}\n3. {}"])
def test_a_list_above_the_options_belongs_to_the_question(marks: str) -> None:
    listed = marks.format("one", "two", "three")
    question = only(f"#### Q1. Which two fit? (Choose two.)\n\n{listed}\n\n- [ ] A, B\n- [x] B, C\n- [ ] A, C\n")
    assert question.prompt == f"Which two fit? (Choose two.)\n\n{listed}"
    assert [option.text for option in question.options] == ["A, B", "B, C", "A, C"]


WRONG = {
    "none right": ("## Which?\n\n- [ ] a\n- [ ] b\n", "None of these options is marked as right."),
    "none told": ("## Which?\n\n- A. a\n- B. b\n\n## Next\n", "None of these options is marked as right."),
    "all right": ("## Which?\n\n- [x] a\n- [x] b\n", "All of these options are marked as right."),
    "one option": ("Which?\n\n- [x] a\n", "This question has one option only."),
    "no such letter": (
        "Which?\n\n- A: a\n- B: b\n\nAnswer: D\n",
        "The answer to this question names none of its options.",
    ),
    "two for one": (
        "Choose one. Which is odd?\n\n- [x] 1\n- [ ] 2\n- [x] 3\n",
        "This question asks for one option, and 2 are marked as right.",
    ),
    "one for two": (
        "Which are odd? (Choose two)\n\n- [x] 1\n- [ ] 2\n- [ ] 3\n",
        "This question asks for two options, and 1 is marked as right.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_data_is_reported_and_no_dialect_makes_a_card_of_it(case: str) -> None:
    text, message = WRONG[case]
    assert problems(text) == [message]
    assert problems(text.replace("\n", "\r\n")) == [message]


def test_wrong_data_is_told_once_and_not_as_left_aside() -> None:
    codes = [d.code for d in read("## Which?\n\n- [ ] a\n- [ ] b\n\n> So.\n").diagnostics]
    assert codes == ["choice-data"]


NO_CHOICE = {
    "steps of a plan": "".join(f"## {n}. Step {n}\n\n- [x] a\n- [ ] b\n\n" for n in range(1, 5)),
    "a checklist in a guide": "### 2. Testing by hand\n\n**Checklist:**\n- [ ] a\n- [ ] b\n",
    "tasks after a label": "Things to do:\n[x] wash up\n[ ] sweep\n",
    "tasks after a note": "## Today\n\n- It rains.\n- [x] wash up\n- [ ] sweep\n",
    "links": "## Which pages?\n\n- [x](http://a.b)\n- [ ](http://a.b)\n",
    "tasks under a number": "1. Buy things\n   - [x] milk\n   - [ ] eggs\n",
    "milestones": "".join(f"## Milestone {n}\n\n- [x] a\n- [ ] b\n\n" for n in range(4)),
    "for and against": "- ✅ fast\n- ✅ small\n- ❌ loud\n",
    "letters in prose": "The mean distances are\na: to its own cluster\nb: to the next cluster\n",
    "an example in code": "```md\nWhich?\n- [x] a\n- [ ] b\n```\n",
    "letters of a list of steps": "1. Write a program that will:\n  a. read a file\n  b. print it\n",
}


@pytest.mark.parametrize("case", NO_CHOICE)
def test_no_question_is_made_of(case: str) -> None:
    note = read(NO_CHOICE[case])
    assert note.questions == ()
    assert "choice-data" not in [d.code for d in note.diagnostics]


def test_letters_in_an_answer_are_its_parts() -> None:
    note = read("### Q1: Why does the loss stay?\n\nAnswer:\n\na) The rate is high.\n\nb) The data are few.\n")
    assert [(card.dialect, card.back) for card in note.cards] == [
        ("heading", "a) The rate is high.\n\nb) The data are few.")
    ]


UNTICKED = [
    "Which is warm?\n\n- [ ] blue\n- [ ] Red\n\n<details><summary>Answer</summary><p>Red</p>It glows.</details>\n",
    "Which is warm?\n- [ ] blue\n- [ ] Red\n\n<details><summary>Show</summary>\n\nB. Red\nIt glows.</details>\n",
    "Which is warm?\n- [ ] blue\n- [ ] Red\n\n>> [!done]- Answer\n>> **red**.\n>> It glows.\n",
    "Which is warm?\n- [ ] blue\n- [ ] Red\n\n> [!success]- Answer\n> 2\n> It glows.\n",
    "Which is warm?\n- [ ] blue\n- [ ] Red\n\n> [!success]- Answer\n> B) It glows.\n",
    "> [!question] Which is warm?\n> - [ ] blue\n> - [ ] Red\n>> [!success]- Answer\n>> Red - It glows.\n",
]


@pytest.mark.parametrize("text", UNTICKED)
def test_options_without_a_tick_take_the_answer_below_them(text: str) -> None:
    question = only(text)
    assert question.prompt == "Which is warm?"
    assert [(option.text, option.correct) for option in question.options] == [("blue", False), ("Red", True)]
    assert question.explanation == "It glows."


def test_several_answers_stand_below_options_without_a_tick() -> None:
    options = "Which are cold?\n\n- [ ] ice\n- [ ] fire\n- [ ] snow\n\n"
    assert right(f"{options}<details><summary>Answer</summary>\n\n- ice\n- snow\n\n</details>\n") == ["ice", "snow"]
    assert right(f"{options}> [!success]- Answer\n> ice, snow\n") == ["ice", "snow"]
    assert right(f"{options}> [!success]- Answer\n> A and C\n") == ["ice", "snow"]


def test_an_answer_below_that_is_none_of_the_options_is_told() -> None:
    told = problems("Which is warm?\n- [ ] blue\n- [ ] red\n\n> [!success]- Answer\n> green\n")
    assert told == ["The answer to this question names none of its options."]
    assert "None of these" in problems("Which is warm?\n- [ ] blue\n- [ ] red\n\n> [!note] Colours\n> red\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "> [!question] Ice floats.\n> True or false?\n>> [!success]- Answer\n>> True\n",
        "> [!question] True or false: Ice floats.\n>> [!success]- Answer\n>> **True**.\n",
        "True or False? Ice floats.\n\n<details><summary>Answer</summary>True</details>\n",
    ],
)
def test_a_statement_with_a_folded_answer_is_true_or_false(text: str) -> None:
    question = only(text)
    assert question.prompt == "Ice floats."
    assert [(option.text, option.correct) for option in question.options] == [("True", True), ("False", False)]


def test_all_may_be_right_where_all_that_apply_are_asked_for() -> None:
    assert right("Which are even? Select all that apply.\n\n- [x] 2\n- [x] 4\n") == ["2", "4"]


def test_letters_of_options_with_boxes_go_where_all_have_them_in_order() -> None:
    texts = [option.text for option in only("### 66 . Which is warm?\n- [ ] A. blue\n- [x] B. red\n").options]
    assert texts == ["blue", "red"]
    texts = [option.text for option in only("Which is warm?\n- [ ] A. Lincoln\n- [x] the sun\n").options]
    assert texts == ["A. Lincoln", "the sun"]


def test_a_number_with_a_blank_before_its_point_is_no_part_of_the_question() -> None:
    assert only("### 66 . Which is warm?\n- [ ] blue\n- [x] red\n").prompt == "Which is warm?"


def test_a_heading_that_states_belongs_to_the_question_in_the_next() -> None:
    question = only("### You mix two paints.\n### Which is warm?\n- [ ] blue\n- [x] red\n")
    assert (question.prompt, question.span.line) == ("You mix two paints.\n\nWhich is warm?", 1)


@pytest.mark.parametrize("told", ["**Answer: B** because it glows.", "Answer: B. It glows.", "**Answer: B** It glows."])
def test_a_reason_may_follow_the_letter(told: str) -> None:
    question = only(f"Which is warm?\n- A. blue\n- B. red\n\n{told}\n")
    assert [option.correct for option in question.options] == [False, True]
    assert question.explanation.casefold().endswith("it glows.")


@pytest.mark.parametrize(
    "hint", ["<details>\n<summary>Hint</summary>\n\nFire.\n\n</details>\n", "> [!hint]- Think\n> Fire.\n"]
)
def test_a_folded_hint_may_stand_before_the_answer(hint: str) -> None:
    text = f"Which is warm?\n- [ ] blue\n- [ ] red\n\n{hint}\n<details>\n<summary>Answer</summary>\nred\n</details>\n"
    assert right(text) == ["red"]


def test_options_that_differ_by_case_or_marks_only_are_told_apart_by_an_answer_below() -> None:
    assert right("Which names a class?\n- [ ] `shape`\n- [ ] `Shape`\n\n> [!success]- Answer\n> `Shape`\n") == [
        "`Shape`"
    ]
    assert right("Which runs?\n- [ ] `ab`\n- [ ] `a_b`\n\n> [!success]- Answer\n> `a_b`\n") == ["`a_b`"]


@pytest.mark.parametrize("dots", ["…", "...", "**…**"])
@pytest.mark.parametrize("answer", ["= 12", "\n= 12\n\n> Three fours."])
def test_a_stem_that_breaks_off_is_the_question_of_its_options_not_the_numeric_one_above_it(
    dots: str, answer: str
) -> None:
    note = read(f"How much is 3 · 4?\n{answer}\n\nThe output of a ReLU is never {dots}\n- [x] negative\n- [ ] zero\n")
    assert [(q.kind, q.prompt) for q in note.questions] == [
        ("numeric", "How much is 3 · 4?"),
        ("choice", f"The output of a ReLU is never {dots}"),
    ]


def test_options_under_an_answered_question_are_none_of_it() -> None:
    note = read("How much is 3 · 4?\n= 12\n\nThings I have seen.\n\n- [x] one\n- [ ] two\n")
    assert [(q.kind, q.prompt) for q in note.questions] == [("numeric", "How much is 3 · 4?")]


DEFINED = "- **Bias**: a number that is added to the sum of the inputs\n- **Weight**: what an input is multiplied by\n"


@pytest.mark.parametrize("options", ["- [ ] 3\n- [x] 4\n", "- [ ] 3\n- [ ] 5\n- [x] 4\n"])
def test_a_list_that_runs_on_below_the_options_is_none_of_them(options: str) -> None:
    note = parse_note(f"# Nets\n\nWhich is even?\n\n{options}\n{DEFINED}", "a.md")
    (question,) = note.questions
    assert (len(question.options), question.right()) == (options.count("["), "4")
    assert [card.front for card in note.cards] == ["Bias", "Weight"]


@pytest.mark.parametrize("last", ["**None** of these", "**Bias**: a number"])
def test_one_item_without_a_box_below_a_blank_line_is_an_option(last: str) -> None:
    question = only(f"Which is even?\n\n- [ ] 3\n- [ ] 5\n- [x] 4\n\n- {last}\n")
    assert [option.text for option in question.options] == ["3", "5", "4", last]


def test_what_such_an_item_says_of_the_answer_is_kept_or_told() -> None:
    hint = "**Hint**: halve it and see whether anything of it is left over"
    assert only(f"Which is even?\n\n- [ ] 3\n- [ ] 5\n- [x] 4\n\n- {hint}\n").explanation == hint
    text = "Which is even?\n\n- [ ] 3\n- [ ] 5\n- [ ] 4\n\n- **Answer**: c\n"
    assert [one.code for one in parse_note(text, "a.md").diagnostics] == ["choice-data"]


def test_an_option_that_lost_its_box_is_one_all_the_same() -> None:
    for text in ("- [ ] 3\n\n- [ ] 5\n\n- [x] 4\n\n- 7\n", "- [ ] 3\n- [ ] 5\n- [x] 4\n- 7\n"):
        (question,) = parse_note(f"# Nets\n\nWhich is even?\n\n{text}", "a.md").questions
        assert [option.text for option in question.options] == ["3", "5", "4", "7"]


def test_tasks_above_a_list_are_no_options_where_none_is_ticked() -> None:
    note = parse_note(f"# Nets\n\nWhat is left?\n\n- [ ] 3\n- [ ] 4\n\n{DEFINED}", "a.md")
    assert note.questions == ()


@pytest.mark.parametrize("letter", ["B)", "(b)", "b)", "B", "B."])
def test_a_letter_alone_below_the_options_is_the_right_one(letter: str) -> None:
    assert right(f"Which bird dives?\na) the wren\nb) the grebe\n\n{letter}\n\n---\n") == ["the grebe"]


@pytest.mark.parametrize("line", ["c)", "a", "Bb", "B and more"])
def test_a_line_that_is_no_letter_of_an_option_tells_nothing(line: str) -> None:
    told = problems(f"Which bird dives?\na) the wren\nb) the grebe\n\n{line}\n")
    assert told == ["None of these options is marked as right."]


def test_the_numbered_heading_of_a_part_is_none_of_a_question_with_its_own_number() -> None:
    text = "## 2. Divers\n\n**Q7.** Which bird dives?\n\n- A) the wren\n- B) the grebe\n\n**Answer: B**\n"
    assert only(text).prompt == "Which bird dives?"


def test_a_heading_that_is_indented_below_an_option_is_no_part_of_it() -> None:
    text = "#### Q1. Which?\n\n- [ ] one\n- [x] two\n\n  #### Q2. And then?\n  - [x] three\n  - [ ] four\n"
    first = only(text)
    assert [(option.text, option.correct, option.why) for option in first.options] == [
        ("one", False, ""),
        ("two", True, ""),
    ]
