"""Moodle's GIFT: every form of question, the signs that are text, and what is wrong with a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes import load_library
from studytool.notes.model import Card, Note, Question
from studytool.notes.parse import parse_note
from studytool.quiz import Asked, mark
from studytool.quiz.authored import as_typed
from studytool.quiz.build import build
from studytool.quiz.recalled import model_answer
from tests.notes.test_any_text import at_most


def note(text: str, path: str = "nets.gift") -> Note:
    return parse_note(text, path)


def questions(text: str) -> list[Question]:
    return list(note(text).questions)


def question(text: str) -> Question:
    found = questions(text)
    assert len(found) == 1, found
    return found[0]


def faults(text: str) -> list[tuple[str, int]]:
    return [(d.code, d.span.line) for d in note(text).diagnostics if d.severity == "error"]


def cards(text: str, path: str = "nets.gift") -> list[Card]:
    return note(text, path).studied


# The forms


def test_a_question_in_html_is_read_without_its_tags() -> None:
    found = question("[html]<p>Is <b>this</b> html?</p>{T#<i>No.</i>#Yes,<br>it is.}")
    assert found.prompt == "Is this html?"
    assert [(o.text, o.why) for o in found.options] == [("True", "Yes,\nit is."), ("False", "No.")]
    found = question(
        '[html]<p>2 &lt; 3 &amp; x&nbsp;?</p>{=<p>one</p> ~<img src\\="a.png"> ~[html]<b>two</b> ####<p>See</p>}'
    )
    assert found.prompt == "2 < 3 & x\xa0?"
    assert [o.text for o in found.options] == ["one", "![](a.png)", "two"]
    assert found.explanation == "See"
    assert (
        question("[html]<p>Which signs are &amp;lt; and &lt;br&gt;?</p>{T}").prompt
        == "Which signs are &lt; and &lt;br>?"
    )
    assert question("[html]<p>What means less?</p>{=&lt; =[html]a -&gt; b}").accepted == ("<", "a -> b")
    assert question("What makes <b>x</b>?{=[html]<b>y</b> ~<i>}").options[1].text == "<i>"


def test_a_choice_has_its_options_in_order_and_what_is_said_to_each() -> None:
    found = question(
        "::Layers:: What pools?{\n=A pooling layer # Yes.\n~A dense layer#It sums.\n~A bias\n####See part 2.\n}"
    )
    assert (found.kind, found.prompt, found.explanation) == ("choice", "What pools?", "See part 2.")
    assert [(o.text, o.correct, o.why) for o in found.options] == [
        ("A pooling layer", True, "Yes."),
        ("A dense layer", False, "It sums."),
        ("A bias", False, ""),
    ]
    assert (found.span.line, found.span.end_line, found.level) == (1, 6, "explicit")


def test_credit_that_adds_up_makes_several_options_right() -> None:
    found = question("Which are norms? {~%33.3%L1 ~%33.3%L2 ~%33.3%max ~%-100%mean}")
    assert (found.kind, [o.correct for o in found.options]) == ("multiple", [True, True, True, False])


def test_half_credit_is_not_right_where_another_option_has_all_of_it() -> None:
    found = question("Steepest way?{~uphill ~%50%sideways =downhill}")
    assert (found.kind, [o.correct for o in found.options]) == ("choice", [False, False, True])


def test_several_options_with_an_equals_sign_are_all_right() -> None:
    found = question("Optimisers? {=Adam =SGD ~ReLU}")
    assert (found.kind, found.answer) == ("multiple", "- Adam\n- SGD")


@pytest.mark.parametrize(("written", "right"), [("T", "True"), ("TRUE", "True"), ("F", "False"), ("False", "False")])
def test_true_and_false_are_the_options_of_a_statement(written: str, right: str) -> None:
    found = question(f"A bias is a weight.{{{written}}}")
    assert [option.text for option in found.options] == ["True", "False"]
    assert (found.kind, found.answer) == ("choice", right)


def test_the_first_feedback_on_a_statement_is_for_who_is_wrong() -> None:
    found = question("ReLU is linear.{FALSE#Look at zero.#Right.}")
    assert [(o.text, o.why) for o in found.options] == [("True", "Look at zero."), ("False", "Right.")]


def test_short_answers_are_those_with_full_credit() -> None:
    found = question("Who wrote it?{=Rosenblatt#Yes, in 1958. =%50%Rosenblat =Frank Rosenblatt =%0%*#No.}")
    assert (found.kind, found.accepted) == ("typed", ("Rosenblatt", "Frank Rosenblatt"))
    assert (found.options, found.explanation) == ((), "Yes, in 1958.")


@pytest.mark.parametrize(
    ("written", "typed", "told"),
    [
        (
            "=four =4 =%50%for#It sounds so.",
            "for",
            "“for” has a part of the credit: It sounds so.; the answer is “four”",
        ),
        ("=four =4 =%50%for#It sounds so.", "four", ""),
        ("=four =4 =%50%for#It sounds so.", "five", ""),
        ("=four =%0%two", "two", ""),
        ("[html]<p>Sum?</p>{=four =%25%<b>fore</b>", "fore", "“fore” has a part of the credit; the answer is “four”"),
        ("# =1822:0 =%50%1822:2", "1823", "“1822 ± 2” has a part of the credit; the answer is “1822”"),
        ("# =1822:0 =%50%1822:2", "1822", ""),
        ("# =1822:0 =%50%1822:2", "1825", ""),
    ],
)
def test_an_answer_with_a_part_of_the_credit_is_nearly_right_and_told_so(written: str, typed: str, told: str) -> None:
    asked = as_typed(question(f"{written}}}" if "[html]" in written else f"Which? {{{written}}}"))
    assert asked
    found = mark(asked, typed)
    assert (found.verdict, found.reason) == ("nearly", f"nearly: {told}") if told else found.verdict != "nearly"
    assert mark(Asked.from_dict(asked.as_dict()), typed) == found


def test_an_essay_is_asked_in_own_words_with_or_without_a_model_answer(tmp_path: Path) -> None:
    (tmp_path / "a.gift").write_text("Explain x. {}\n\nExplain y. {####It is z.}\n\n![](p.png) Explain. {}\n", "utf-8")
    (tmp_path / "b.md").write_text("# B\n\nQuestions:\n- Why do old cities lie on rivers?\n", "utf-8")
    paper = build(load_library([tmp_path], root=tmp_path), count=10, seed=1)
    essays = {asked.prompt: asked for asked in paper.questions}
    assert {prompt: asked.answer for prompt, asked in essays.items()} == {"Explain x.": "", "Explain y.": "It is z."}
    assert {asked.kind for asked in paper.questions} == {"recall"}
    assert model_answer(essays["Explain x."]) == "There is no model answer: judge it by your notes."
    assert model_answer(essays["Explain y."]) == "It is z."
    assert mark(essays["Explain x."], "because").reason.endswith("there is no model answer")


def test_a_single_short_answer_needs_no_sign() -> None:
    assert question("One and one?{two}").accepted == ("two",)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("#4", "4"),
        ("#3.14:0.01", "3.14 ± 0.01"),
        ("#1822:0", "1822"),
        ("#-3.2..-3.1", "-3.2 … -3.1"),
        ("# 6.02e23 : 1e21 ", "6.02e23 ± 1e21"),
        ("#=9:0#Yes. =%50%9:1", "9"),
        ("#3:2~#Completely wrong", "3 ± 2"),
    ],
)
def test_a_number_is_shown_with_its_tolerance(written: str, value: str) -> None:
    found = question(f"How many? {{{written}}}")
    assert (found.kind, found.accepted) == ("numeric", (value,))


def test_pairs_are_matched_and_a_pair_without_a_left_side_misleads() -> None:
    found = question("Match.{\n=mean -> average\n=mode -> most frequent\n= -> spread\n}")
    assert found.kind == "matching"
    assert found.pairs == (("mean", "average"), ("mode", "most frequent"), ("", "spread"))


def test_an_arrow_in_an_option_or_in_a_single_answer_is_text() -> None:
    assert question("How?{~a -> b =b -> c}").options[1].text == "b -> c"
    assert question("Dereference p{=p->x =(*p).x}").accepted == ("p->x", "(*p).x")


def test_empty_braces_ask_for_an_essay() -> None:
    found = question("Explain dropout. {}")
    assert (found.kind, found.prompt, found.answer) == ("open", "Explain dropout.", None)


def test_answers_within_the_sentence_leave_a_gap() -> None:
    assert question("The sun {~sinks =rises} in the east.").prompt == "The sun […] in the east."
    assert question("{=Asia} is largest.").prompt == "[…] is largest."
    assert question("Rises where? {=east}").prompt == "Rises where?"


def test_a_description_is_no_question_and_is_named() -> None:
    found = note("Use a pencil for these.\n\nReady?{T}\n")
    assert [q.prompt for q in found.questions] == ["Ready?"]
    assert [(d.code, d.span.line) for d in found.diagnostics] == [("left-aside", 1)]


# Signs, formats, comments, categories


def test_signs_with_a_backslash_are_text() -> None:
    found = question("Is \\{x\\} \\= 1\\: or \\~2\\#?\\nSay.{=a \\= b#\\#1 ~\\\\n ~\\}}")
    assert found.prompt == "Is {x} = 1: or ~2#?\nSay."
    assert [(o.text, o.why) for o in found.options] == [("a = b", "#1"), ("\\n", ""), ("}", "")]


def test_signs_in_tags_and_entities_are_text() -> None:
    found = question('[html]Which?{=<b class="x">it&#39;s</b>#<i id="y">yes</i> ~no}')
    assert [(o.text, o.why) for o in found.options] == [
        ("it's", "yes"),
        ("no", ""),
    ]


def test_names_of_formats_are_not_shown() -> None:
    found = question("::T::[markdown]What is *it*?{=[html]<b>a</b>#[plain]yes ~[moodle]b}")
    assert (found.prompt, [o.text for o in found.options], found.options[0].why) == (
        "What is *it*?",
        ["a", "b"],
        "yes",
    )


def test_a_title_may_hold_a_colon() -> None:
    assert question("::Part\\: one\\:::Ready?{T}").prompt == "Ready?"


def test_comments_are_skipped_and_their_tags_kept() -> None:
    found = question("// question: 1  [tag:nets] [tag:deep-nets]\nDepth?{\n// =no\n=yes ~no\n}\n// end {\n")
    assert ([o.text for o in found.options], found.tags) == (["yes", "no"], ("nets", "deep-nets"))


def test_a_category_is_the_heading_of_what_follows() -> None:
    found = questions("$CATEGORY: $course$/top/Nets/Layers\n\nA?{T}\n\n$CATEGORY: Trees\n\nB?{T}\n")
    assert [(q.context, q.topic) for q in found] == [(("Nets / Layers",), "nets"), (("Trees",), "nets")]


def test_questions_without_a_blank_line_between_them_are_told_apart() -> None:
    assert [q.prompt for q in questions("A?{T}\nB?{\n=x ~y}\n::C:: C?{F}\nD {=d} e\n::E::E?{T}")] == [
        "A?",
        "B?",
        "C?",
        "D […] e",
        "E?",
    ]


def test_a_blank_line_within_the_braces_costs_nothing() -> None:
    found = question("A?{\n=x\n\n~y\n\n\n~z\n}\n")
    assert ([o.text for o in found.options], found.span.end_line) == (["x", "y", "z"], 8)


# Faults


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("A?{~x ~y}", "choice-data", 1),
        ("A?{\n~%50%x ~%20%y ~z\n}", "choice-data", 1),
        ("A?{=x ~}", "choice-data", 1),
        ("A?{~%100%x}", "choice-data", 1),
        ("A?{=a -> b = -> c}", "choice-data", 1),
        ("A?{=a -> b =c -> }", "choice-data", 1),
        ("A?\n{=x", "gift-syntax", 2),
        ("A?\nx} y", "gift-syntax", 2),
        ("A {=x} b {=y} c", "gift-syntax", 1),
        ("A {=x {y} ~z}", "gift-syntax", 1),
        ("A?{x =y ~z}", "gift-syntax", 1),
        ("A?{#four}", "gift-syntax", 1),
        ("A?{#}", "choice-data", 1),
        ("{=x ~y}", "question-without-answer", 1),
    ],
)
def test_a_fault_costs_its_question_only(text: str, code: str, line: int) -> None:
    whole = f"// first\n\nFine?{{T}}\n\n{text}\n\nFine too?{{F}}\n"
    assert faults(whole) == [(code, line + 4)]
    assert [q.prompt for q in questions(whole)] == ["Fine?", "Fine too?"]
    assert all(d.hint for d in note(whole).diagnostics)
    assert [d.code for d in note(whole).diagnostics] == [code]  # and it is told once


# As flashcards, and in the quiz


def test_each_kind_makes_a_card_that_can_be_studied() -> None:
    text = (
        "Who?{=Ann =Bob}\n\nOne?{=Ann}\n\nHow many?{#3.14:0.01}\n\nMatch.{=b -> 2 =a -> 1 = -> 0}\n\n"
        "True?{F}\n\nWhich?{~%50%x ~%50%y ~z####Both.}\n\nWhy? {}\n"
    )
    assert [(c.kind, c.front, c.back) for c in cards(text)] == [
        ("basic", "Who?", "- Ann\n- Bob"),
        ("basic", "One?", "Ann"),
        ("basic", "How many?", "3.14 ± 0.01"),
        ("basic", "Match.\n\n- b\n- a\n\n↔\n\n- 0\n- 1\n- 2", "- b → 2\n- a → 1"),
        ("choice", "True?\n\n- True\n- False", "False"),
        ("choice", "Which?\n\n- x\n- y\n- z", "- x\n- y\n\nBoth."),
        ("open", "Why?", ""),
    ]


def test_questions_that_accept_other_answers_have_other_keys() -> None:
    texts = ["A?{=x}", "A?{=y}", "A?{=x =y}", "A?{#1}", "A?{#1:1}", "A?{}", "A?{T}", "A?{F}", "A?{=a->b =c->d}"]
    keys = {question(text).key for text in [*texts, "A?{=a->d =c->b}"]}
    assert len(keys) == len(texts) + 1
    assert question("A?{=x}").key == question("::t:: A? {\n  =x#why\n}").key


def test_the_quiz_asks_every_question_an_essay_too(tmp_path: Path) -> None:
    from studytool.notes import load_library

    file = tmp_path / "a.gift"
    file.write_text("Who?{=Ann}\n\nHow many?{#3}\n\nMatch.{=a->1 =b->2}\n\nWhy?{}\n\nWhich?{=x ~y}\n", "utf-8")
    paper = build(load_library([file]), count=10, seed=1)
    assert {asked.prompt: asked.kind for asked in paper.questions} == {
        "Who?": "typed",
        "How many?": "numeric",
        "Match.": "matching",
        "Which?": "choice",
        "Why?": "recall",
    }


PIECES = [
    *(
        "{",
        "}",
        "=",
        "~",
        "#",
        "####",
        "->",
        "%50%",
        "%",
        "..",
        ":",
        "::",
        "1",
        "-2.5",
        "T",
        "FALSE",
        "word ",
        " ",
        "\n",
    ),
    *(
        "\n\n",
        "\\",
        "\\{",
        "//",
        "[tag:a]",
        "$CATEGORY: a/b\n",
        "[html]",
        "<b a=c>",
        "&#39;",
        "A?{=x ~y}",
        "A{#1..5}\n",
    ),
]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read(text: str) -> None:
    found = note(text)
    lines = text.count("\n") + 1
    for item in [*found.studied, *found.diagnostics]:
        assert 1 <= item.span.line <= item.span.end_line <= lines
    for card in found.studied:
        assert card.front.strip()
        assert card.back.strip() or card.kind == "open"


@pytest.mark.parametrize(
    "piece",
    ["{", "}", "A{=x\n\n", "} b {\n\n", "::", "::a\n", "<a ", "~%", "~y#z ", "=a->b ", "#", "A{T}\n", "\\", "//"],
)
def test_no_text_takes_long(piece: str) -> None:
    with at_most(60):
        note(piece * 10_000)
        note("A {=x " + piece * 10_000 + "}")


def test_html_counts_though_nothing_says_that_it_is() -> None:
    note = parse_note("<p>Which is <b>even</b>?</p> {=<p>2&nbsp;+ 2</p>#<em>Yes</em> ~<p>3</p>}\n", "quiz.gift")
    (question,) = note.questions
    assert (question.prompt, question.answer) == ("Which is even?", "2\xa0+ 2")
    assert [option.why for option in question.options] == ["Yes", ""]


@pytest.mark.parametrize("answers", ["=<b> ~<i> ~</b>", "=[plain]<b>x</b> ~[plain]<i>x</i>"])
def test_a_question_about_tags_keeps_them(answers: str) -> None:
    (question,) = parse_note(f"What makes text bold? {{{answers}}}\n", "quiz.gift").questions
    assert question.answer in ("<b>", "<b>x</b>")


def test_a_wave_before_the_sign_of_the_right_option_changes_nothing() -> None:
    found = question("::a::What falls? {~the bias ~=the loss# Yes. ~the rate}")
    assert [(one.text, one.correct, one.why) for one in found.options][1] == ("the loss", True, "Yes.")
    assert [one.correct for one in found.options] == [False, True, False]
    assert question("The loss {~rises~=falls}.").prompt == "The loss […]."
