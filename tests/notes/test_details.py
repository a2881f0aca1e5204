"""`<details>` in all its spellings, and summaries that are no questions."""

from __future__ import annotations

import pytest

from studytool.notes.model import Note
from studytool.notes.parse import parse_note


def read(text: str) -> Note:
    return parse_note(text, "note.md")


def pairs(text: str, dialect: str = "details") -> list[tuple[str, str]]:
    note = read(text)
    assert {card.dialect for card in note.cards} <= {dialect}
    return [(card.front, card.back) for card in note.cards]


def codes(text: str) -> list[str]:
    return [d.code for d in read(text).diagnostics if d.code != "left-aside"]


@pytest.mark.parametrize(
    "text",
    [
        "<details><summary>What is a fold?</summary>A part of the data.</details>\n",
        "<details>\n<summary>What is a fold?</summary><br><b>\n\nA part of the data.\n</b></details>\n",
        "<details>\n  <summary><b>What is a fold?</b></summary>\n  <p>\n\n  A part of the data.\n  </p>\n</details>\n",
        "<DETAILS open>\n<SUMMARY>\nWhat is a fold?\n</SUMMARY>\nA part of the data.\n</DETAILS>\n",
        "- <details><summary>What is a fold?</summary>\n\n  A part of the data.\n  </details>\n",
        "> <details><summary>What is a fold?</summary>\n> A part of the data.\n> </details>\n",
        "### What is a fold?\n\n<details>\n<summary>Answer</summary>\n\nA part of the data.\n\n</details>\n",
        "### Q3. What is a fold?\n<details><summary>Click to see the answer</summary>A part of the data.</details>\n",
        "**What is a fold?**\n\n<details><summary>Solution</summary>\n\nA part of the data.\n\n</details>\n",
        "What is a fold?\n\n<details><summary>Lösung</summary>\n\nA part of the data.\n\n</details>\n",
        "## What is a fold?\n\n<details><summary>Hint</summary>\nThink.\n</details>\n"
        "<details><summary>Answer</summary>\nA part of the data.\n</details>\n",
    ],
)
def test_a_question_and_its_answer_are_written_as(text: str) -> None:
    assert pairs(text) == [("What is a fold?", "A part of the data.")]
    assert pairs(text.replace("\n", "\r\n")) == [("What is a fold?", "A part of the data.")]


def test_markdown_and_html_in_an_answer() -> None:
    text = (
        "<details><summary>What does <code>git log &lt;BRANCH></code> do?</summary><br><b>\n\nOne:<br/>two\n"
        '<ul>\n<li>three</li>\n<li>four</li>\n</ul>\n\n```sh\necho "<b>"\n```\n\n<pre>\na < b\n</pre>\n'
        '<a href="http://a.b">there</a> and <file_name>\n</b></details>\n'
    )
    assert pairs(text) == [
        (
            "What does `git log <BRANCH>` do?",
            'One:\ntwo\n\n- three\n\n- four\n\n```sh\necho "<b>"\n```\n\n```\na < b\n```\n\n'
            "[there](http://a.b) and <file_name>",
        )
    ]


def test_a_summary_may_go_on_over_lines_with_a_list_and_code() -> None:
    text = "<details>\n<summary>What do these do?\n\n  * cd\n  * ls\n</summary><br><b>\n\nGo, list.\n</b></details>\n"
    assert pairs(text) == [("What do these do?\n\n  * cd\n  * ls", "Go, list.")]


def test_a_text_above_the_word_answer_is_the_question_and_other_summaries_need_one() -> None:
    assert pairs("Solve 2x = 4 for x.\n\n<details><summary>Solution</summary>\n\nx = 2\n\n</details>\n") == [
        ("Solve 2x = 4 for x.", "x = 2")
    ]
    assert pairs("Solve 2x = 4 for x.\n\n<details><summary>Click me</summary>\n\nx = 2\n\n</details>\n") == []


def test_code_between_a_heading_and_the_word_answer_belongs_to_the_question() -> None:
    text = "## What is printed?\n\n```py\nprint(1)\n```\n\n<details><summary>Answer</summary>\n\n1\n\n</details>\n"
    assert pairs(text) == [("What is printed?\n\n```py\nprint(1)\n```", "1")]


LIST = "".join(
    f"<details><summary>{summary}</summary>\n\nAn answer.\n\n</details>\n\n"
    for summary in (
        "What is a?",
        "Explain b",
        "True or False? C is d",
        "Find files that end in yml",
        "Describe e",
    )
)


def test_in_a_list_of_questions_every_summary_asks_but_those_that_say_nothing() -> None:
    text = LIST + "<details><summary>Table of contents</summary>\n\n- [a](#a)\n\n</details>\n"
    assert len(pairs(text)) == 5
    assert ("Find files that end in yml", "An answer.") in pairs(text)


@pytest.mark.parametrize(
    "summary",
    ["Expand", "Click to expand", "Table of contents", "See 20 translations", "Full code", "Hint", "Answer", ""],
)
def test_a_summary_that_does_not_ask_is_no_card(summary: str) -> None:
    assert pairs(f"# T\n\n<details><summary>{summary}</summary>\n\nSome text.\n\n</details>\n") == []


def test_questions_inside_an_answer_are_cards_of_their_own() -> None:
    text = (
        "<details><summary>What is a tree?</summary>\n\nA graph.\n\n"
        "<details><summary>Why has it no cycle?</summary>\n\nBy definition.\n\n"
        "</details>\n\nThat is all.\n\n</details>\n"
    )
    assert pairs(text) == [("What is a tree?", "A graph.\n\nThat is all."), ("Why has it no cycle?", "By definition.")]


def test_an_empty_answer_is_reported_and_nothing_is_left_aside() -> None:
    text = "<details>\n<summary>What is a?</summary><br><b>\n</b></details>\n\n" + LIST
    assert [(d.code, d.span.line) for d in read(text).diagnostics] == [("no-answer", 1)]


def test_details_that_are_never_closed_cost_only_their_end() -> None:
    text = "<details><summary>What is a?</summary>\n\nA.\n\n<details><summary>What is b?</summary>\n\nB.\n</details>\n"
    assert pairs(text) == [("What is a?", "A."), ("What is b?", "B.")]
    assert codes(text) == ["unclosed-details"]


@pytest.mark.parametrize(
    "text",
    [
        "```html\n{}```\n",
        "<!--\n{}-->\n",
        "    {}",
        "`{}`",
        "$$\n{}$$\n",
    ],
)
def test_no_details_are_seen_in_what_is_protected(text: str) -> None:
    inner = "<details><summary>What is a?</summary>b</details>"
    assert read(text.format(inner if "`{" in text or text[0] == " " else inner + "\n")).cards == ()


def test_a_heading_that_tells_first_and_folds_more_is_its_own_card() -> None:
    text = "## What is a?\n\nIt is b.\n\n<details><summary>More</summary>\n\nAnd c.\n\n</details>\n"
    assert pairs(text, "heading") == [("What is a?", "It is b.\n\nMore\n\nAnd c.")]


def test_html_that_shows_nothing_is_not_told_as_left_aside() -> None:
    assert read('# T\n\n<a name="part"></a>\n\n<br/>\n\n</div>\n').diagnostics == ()
    assert [d.code for d in read("# T\n\n<p>Some text.</p>\n").diagnostics] == ["left-aside"]


def test_a_summary_that_promises_more_goes_on_with_the_answer_above_it() -> None:
    text = "### What is ice?\n\nCold water.\n\n<details><summary>See deep-dive answer</summary>Crystals.</details>\n"
    assert [(card.front, card.back) for card in parse_note(text, "ice.md").cards] == [
        ("What is ice?", "Cold water.\n\nCrystals.")
    ]


def test_tags_that_are_broken_over_lines_go_and_code_stays() -> None:
    content = 'Cold <span\n class="x">water</span>.\n\n`a <b\nc>`\n\n[Up](#top)'
    text = f"<details><summary>What is ice?</summary>\n\n{content}\n</details>\n"
    assert [card.back for card in parse_note(text, "ice.md").cards] == ["Cold water.\n\n`a <b\nc>`"]


SHOWN = "### Build a nest of {0}\n\n<details><summary>{1}</summary>\n\nTake {0}.\n</details>\n\n"


def test_headings_with_nothing_but_a_folded_text_that_shows_how_are_exercises() -> None:
    text = "# Nests\n\n" + "".join(SHOWN.format(one, "show") for one in ("moss", "mud", "twigs"))
    assert pairs(text) == [(f"Build a nest of {one}", f"Take {one}.") for one in ("moss", "mud", "twigs")]


@pytest.mark.parametrize(
    "text",
    [
        "".join(SHOWN.format(one, "Click to expand") for one in ("moss", "mud", "twigs")),
        "".join(SHOWN.format(one, "show") for one in ("moss", "mud")),
        "".join(SHOWN.format(one, "show") + "More.\n\n" for one in ("moss", "mud", "twigs")),
        "".join(SHOWN.format(one, "show") for one in ("moss", "mud", "twigs")) + "### A\n\n### B\n\n### C\n",
        "".join(f"### Nests\n\n<details><summary>show</summary>\n\n{one}.\n</details>\n" for one in "123"),
    ],
)
def test_other_headings_above_folded_text_ask_nothing(text: str) -> None:
    assert pairs(text) == []


SOLVED = "\n\n<details><summary>{}</summary>\n\n{}\n\n</details>\n"


@pytest.mark.parametrize("stem", ["", "Let f have period 2.\n\n", "A wave has period 2.\n\n"])
def test_parts_of_an_exercise_and_of_its_solution_are_one_card(stem: str) -> None:
    asked = f"{stem}(a) Find its mean.\n(b) And its maximum?"
    text = f"### Exercise 3\n\n{asked}{SOLVED.format('<b>Solution</b>', '(a) 1' + chr(10) * 2 + '(b) 0')}"
    assert pairs(text) == [(asked, "(a) 1\n\n(b) 0")]
    assert codes(text) == []


def test_options_with_a_folded_letter_are_still_no_parts() -> None:
    text = f"Which one is odd?\n\n(a) 2\n(b) 3{SOLVED.format('Solution', '(b) since 2 is even')}"
    assert [card.dialect for card in read(text).studied] == ["choice"]
    inside = f"{SOLVED.format('Quiz', 'Which one is odd?' + chr(10) * 2 + '(a) 2' + chr(10) + '(b) 3 ✓')}"
    assert [card.dialect for card in read(inside).studied] == ["choice"]


@pytest.mark.parametrize("summary", ["Proof", "<b>Proof</b>", "Click to see the proof", "Show proof", "Beweis"])
@pytest.mark.parametrize("task", ["Prove that 2 is even.", "**Exercise 1.2** Show that 2 is even.", "Why is 2 even?"])
def test_a_folded_proof_answers_a_task(summary: str, task: str) -> None:
    text = f"### Exercise 1\n\n{task}{SOLVED.format(summary, 'It is 1 + 1.')}"
    assert pairs(text) == [(task.removeprefix("**Exercise 1.2** "), "It is 1 + 1.")]


@pytest.mark.parametrize("summary", ["Proof", "Proof of the theorem of Euclid", "Click to see the proof"])
def test_a_folded_proof_of_a_statement_is_no_card(summary: str) -> None:
    assert pairs(f"## Theorem 2\n\nEvery even number is a sum.{SOLVED.format(summary, 'Add up.')}") == []


@pytest.mark.parametrize(
    "label", ["**Exercise 1.2**", "**Exercise 4.**", "Exercise 4:", "**Aufgabe 3:**", "Problem 7)"]
)
def test_the_label_of_an_exercise_is_no_word_of_its_prompt(label: str) -> None:
    assert pairs(f"{label} Compute 3 + 4.{SOLVED.format('Solution', '7')}") == [("Compute 3 + 4.", "7")]


def test_a_sentence_about_an_exercise_is_left_whole() -> None:
    text = f"Exercise 3 asks for the sum. What is it?{SOLVED.format('Solution', '7')}"
    assert pairs(text) == [("Exercise 3 asks for the sum. What is it?", "7")]


def test_headings_that_name_parts_of_a_course_are_no_exercises() -> None:
    named = (
        "Lecture 1: graph theory basics",
        "Summary of the chapter",
        "Links to the answers",
        "Week 2: trees and so on",
    )
    assert (
        pairs(
            "".join(f"## {name}\n\n<details><summary>Show answers</summary>\n\n1. a\n</details>\n\n" for name in named)
        )
        == []
    )


def test_a_question_may_stand_right_below_the_end_of_another_details() -> None:
    answer = "\n\n<details><summary><b>Answer</b></summary>\nA part.\n\n</details>\n"
    text = f"Question 1.\nWhat is a fold?{answer}<br><br>\nQuestion 2.\nWhat is a batch?{answer}"
    assert pairs(text) == [("What is a fold?", "A part."), ("What is a batch?", "A part.")]
    assert pairs(f"What is a fold?{answer}</div>\n<br>{answer}") == [("What is a fold?", "A part.")]


@pytest.mark.parametrize("indent", ["    ", "\t", ""])
def test_what_an_item_indents_is_no_code_in_an_answer_that_is_folded_in_it(indent: str) -> None:
    lines = ("<details><summary>Answer</summary>", "", "It dives.", "", "- deep", "", "    code = 1", "", "</details>")
    text = "1. What does a grebe do?\n\n" + "".join(f"{indent}{line}".rstrip() + "\n" for line in lines)
    assert [card.back for card in parse_note(text, "birds.md").studied] == ["It dives.\n\n- deep\n\n    code = 1"]


def test_the_reason_of_a_folded_answer_in_an_item_is_no_code() -> None:
    options = "1. Which bird dives?\n    - A. grebe\n    - B. wren\n\n"
    lines = ("  Answer: A", "", "  Explanation:", "  It feeds there.", "", "  - by day", "</details>")
    folded = "    <details><summary>Answer</summary>\n" + "".join(f"    {line}".rstrip() + "\n" for line in lines)
    assert parse_note(options + folded, "birds.md").questions[0].explanation == "It feeds there.\n\n- by day"


ALONE = "<details>\n<summary><b>Reveal answer</b></summary>\nDeeper than a wren.<br>By day.\n</details>\n"


@pytest.mark.parametrize("title", ["Diving of a grebe", "5. Diving of a grebe", "Why do grebes dive (2 reasons)"])
def test_a_note_of_nothing_but_a_heading_and_the_answer_is_a_card(title: str) -> None:
    front = title.removeprefix("5. ")
    assert pairs(f"---\ntags: [birds]\n---\n## {title}\n{ALONE}\n") == [(front, "Deeper than a wren.\nBy day.")]


@pytest.mark.parametrize(
    "text",
    [
        f"## Diving of a grebe\n{ALONE}\nIt is a bird.\n",
        f"It is a bird.\n\n## Diving of a grebe\n{ALONE}",
        f"## Exercise 3\n{ALONE}",
        f"## Diving\n{ALONE}",
        f"## Answers of all\n{ALONE}",
        f"## Chapter 2\n{ALONE}",
        f"## Diving of a grebe\n{ALONE.replace('Reveal answer', 'More')}",
        f"## Diving of a grebe\n{ALONE}{ALONE}",
    ],
)
def test_a_heading_that_asks_nothing_is_none_above_an_answer_in_any_other_note(text: str) -> None:
    assert pairs(text) == []


def test_a_table_in_html_is_one_of_markdown() -> None:
    rows = "<tr><th>name</th>\n<th>a|b</th></tr>\n"
    rows += "<tr>\n  <td>wren <b>x</b><br>y</td><td><code>k</code></td></tr><tr><td>owl</td></tr>"
    table = f"<table>\n<thead>{rows}\n</table>"
    text = f"<details><summary>Which birds are there?</summary>\n\nThese:\n{table}\nAnd more.\n</details>\n"
    told = "These:\n\n| name | a\\|b |\n| --- | --- |\n| wren x y | `k` |\n| owl |  |\n\nAnd more."
    assert pairs(text) == [("Which birds are there?", told)]


@pytest.mark.parametrize("cells", ["<td>one</td>", "<td><pre>a\nb</pre></td><td>b</td>", "<td><table><tr><td>x"])
def test_a_table_of_one_column_or_of_code_is_read_without_its_tags(cells: str) -> None:
    text = f"<details><summary>Which birds are there?</summary>\n\n<table><tr>{cells}</tr></table>\n</details>\n"
    ((_, told),) = pairs(text)
    assert "|" not in told
    assert "<t" not in told


def told_of(table: str) -> str:
    """The answer that a table in HTML makes."""
    text = f"<details><summary>Which birds are there?</summary>\n\n{table}\n</details>\n"
    ((_, told),) = pairs(text)
    return told


def test_what_stands_above_the_rows_of_a_table_is_kept_and_what_is_commented_out_is_not() -> None:
    rows = "<colgroup><col><col></colgroup><tr><th>bird</th><th>egg</th></tr>\n"
    rows += "<!-- <tr><td>owl</td><td>round</td></tr> -->\n<tr><td>wren</td><td>white</td></tr>\n"
    rows += "<tfoot><tr><td>all</td><td>9</td></tr></tfoot>"
    told = "Eggs by bird\n\n| bird | egg |\n| --- | --- |\n| wren | white |\n| all | 9 |"
    assert told_of(f"<table><caption>Eggs by bird</caption>{rows}</table>") == told


def test_a_cell_that_spans_rows_or_columns_moves_no_other_under_another_head() -> None:
    rows = "<tr><th>bird<th colspan=2>egg<th>nest</tr><tr><td rowspan='2'>wren<td>white<td>round<td>moss</tr>"
    rows += "<tr><td>brown<td>long<td>grass</tr><tr><td>owl<td>white<td>round<td>none</tr>"
    told = ["| bird | egg |  | nest |", "| --- | --- | --- | --- |", "| wren | white | round | moss |"]
    told += ["|  | brown | long | grass |", "| owl | white | round | none |"]
    assert told_of(f"<table>{rows}</table>") == "\n".join(told)


def test_a_table_with_more_columns_than_anybody_reads_is_no_table() -> None:
    rows = "<tr>" + "<td>x" * 2000 + "</tr>" + "<tr><td>y" * 2000
    assert len(told_of(f"<table>{rows}</table>")) < len(rows)


@pytest.mark.parametrize("mark", ["code", "pre"])
def test_a_letter_that_is_longer_in_lower_case_moves_no_code(mark: str) -> None:
    told = told_of(f"İİİİ <{mark}>x = 1</{mark}> and so on")
    assert "x = 1" in told
    assert told.endswith("and so on")
    assert "</" not in told


@pytest.mark.parametrize("asked", ["What is the right answer?", "What's the answer to this question?", "Answer?"])
def test_a_summary_that_asks_for_the_answer_is_no_question_of_its_own(asked: str) -> None:
    folded = f"<details><summary>{asked}</summary>\n\nA wren.\n\n</details>\n"
    assert pairs(f"### Which bird is small?\n\n{folded}") == [("Which bird is small?", "A wren.")]
    options = parse_note(f"1. Which bird is small?\n\n- [ ] an owl\n- [x] a wren\n\n{folded}", "Note.md")
    assert [card.dialect for card in options.studied] == ["choice"]
    other = "<details><summary>What is the answer of an owl?</summary>\n\nIt hoots.\n\n</details>\n"
    assert pairs(other) == [("What is the answer of an owl?", "It hoots.")]
