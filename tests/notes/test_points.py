"""Bold leads that make a point about the topic, or are a remark of the author: no terms. What defines a word is one."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def fronts(text: str, title: str = "Gradient checks") -> list[str]:
    note = parse_note(f"# {title}\n\n{text}", "note.md")
    return [card.front for card in note.cards if card.dialect == "definition"]


@pytest.mark.parametrize(
    "line",
    [
        "**Efficiency**: it needs half the operations that a full pass does",
        "**Robustness**: more stable than the plain version on noisy data",
        "**Skalierbarkeit**: neue Knoten lassen sich im Betrieb hinzufügen",
        "**Costo**: mantenere due copie richiede il doppio dello spazio",
        "**Timing**: everything has to arrive before the next edge comes",
    ],
)
def test_a_quality_of_what_a_note_is_about_is_no_term(line: str) -> None:
    assert fronts(f"- {line}\n") == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Efficiency", "the ratio of useful work to the energy put in"),
        ("Robustness", "ability of a system to go on in spite of faults"),
        ("Skalierbarkeit", "Die Fähigkeit eines Systems, mit der Last zu wachsen"),
        ("Sicherheit", "Maßnahmen zum Schutz vor unerlaubtem Zugriff auf Daten"),
        ("Architecture", "This is the skeleton of a model, layer by layer"),
        ("Complexity", "Complexity is how the cost grows with the input"),
        ("Availability", "requests are answered whatever node has failed"),
        ("Efficiency of a heat engine", "less than one at any two temperatures"),
    ],
)
def test_a_text_that_says_what_such_a_word_means_makes_it_one(term: str, text: str) -> None:
    assert fronts(f"- **{term}**: {text}\n") == [term]


def test_a_list_of_such_qualities_has_no_terms_at_all() -> None:
    points = "- **Simplicity**: no schema has to be written first\n- **Speed**: reads are answered from memory alone\n"
    assert fronts(points + "- **Clarity**: everyone can see where each part is made\n") == []
    assert fronts("- **Clarity**: everyone can see where each part is made\n") == ["Clarity"]


def test_one_quality_in_a_list_leaves_the_others_what_they_are() -> None:
    text = (
        "- **Eager loading**: rows are fetched with their owner\n- **Lazy loading**: rows are fetched when asked for\n"
    )
    assert fronts(f"{text}- **Efficiency**: avoids what nobody ever looks at\n") == ["Eager loading", "Lazy loading"]


@pytest.mark.parametrize(
    "line",
    [
        "**Convexity**: SVM is a convex problem, so that any minimum is the least",
        "**Kernels**: the support vector machine needs no more than their values",
        "**Margin**: The support vector machine keeps as far away as it can",
    ],
)
def test_what_is_told_of_the_topic_is_a_property_of_it(line: str) -> None:
    assert fronts(f"- {line}\n", "Support vector machine (SVM)") == []


def test_a_thing_that_is_of_the_kind_of_the_topic_is_defined() -> None:
    assert fronts("- **Anxiety**: A feeling of worry about what is to come\n", "Feeling") == ["Anxiety"]
    assert fronts("- **Dread**: The feeling has no end that anyone could see\n", "Feeling") == []


def test_what_begins_with_its_own_term_is_told_of_that() -> None:
    line = "- **Linear regression**: Linear regression is a line through points that errs least\n"
    assert fronts(line, "Linear") == ["Linear regression"]
    assert fronts("- **Machine**: support vectors are what it is made of in the end\n", "Support vector machine") == [
        "Machine"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "the notes that I made while reading the book on graphs",
        "It is the hardest part, and I've never seen it explained in the course",
        "This matters, since my data are of that kind and the loss was high",
    ],
)
def test_a_text_in_which_its_author_speaks_explains_nothing(text: str) -> None:
    assert fronts(f"- **Covariates**: {text}\n") == []


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Sensitivity", "the share of the ill that is found, without type I errors of the test"),
        ("Current source", "a part that keeps the current I at one value whatever the load is"),
        ("Subjectivism", 'the view that "I feel that it is wrong" is all there is to a norm'),
        ("itte kimasu", "said on leaving: I am going and coming back"),
        ("Plurale", "quello che prendono I sostantivi maschili in questo modo, come tutti sanno bene"),
    ],
)
def test_the_letter_i_a_quote_and_a_translation_are_no_author(term: str, text: str) -> None:
    assert fronts(f"- **{term}**: {text}\n") == [term]


@pytest.mark.parametrize(
    "lead",
    [
        "Purpose of the course",
        "Note on the source",
        "Tips for the exam",
        "Compatibility note",
        "Cost warning",
        "Must obey the rule",
        "Important context",
        "Важный момент",
        "Trade-offs (a cold start)",
        '<mark style="background: red">Note</mark>',
        "Is not",
        "About old cards",
        "Root cause",
        "Lessons learned",
        "Out of scope",
        "Affiliation",
        "Textbook",
    ],
)
def test_such_a_lead_is_a_remark(lead: str) -> None:
    assert fronts(f"- **{lead}**: what is said here is said of something else\n") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Evergreen note",
        "Whole note",
        "Purposive sampling",
        "Action (a)",
        "<u>Urn</u>",
        "IT service",
        "Aboutness",
        "Scope",
        "Role model",
    ],
)
def test_a_lead_that_only_looks_like_one_is_a_term(lead: str) -> None:
    assert fronts(f"- **{lead}**: what is said here is said of this thing\n") == [
        lead.replace("<u>", "").replace("</u>", "")
    ]


def test_a_formula_that_states_something_is_a_case_and_no_term() -> None:
    assert fronts("- **$p > 2$**: the point lies well inside of the ball\n") == []
    assert fronts("- **$\\gamma$**: the discount of what comes later\n") == ["$\\gamma$"]
    assert fronts("- **Norm $p > 1$**: the distance that such a number gives\n") == ["Norm $p > 1$"]


def test_a_link_below_see_also_is_not_cut_at_a_colon_in_it() -> None:
    links = "- [Boosting: three libraries](./boosting.md) — where these numbers are worth turning\n"
    assert fronts(f"## See also\n\n{links}- [Trees](./trees.md): how a single one of them is grown\n") == []
    assert fronts("## Related terms\n\n- Boosting: trees that each mend what is left over\n") == ["Boosting"]


def test_a_step_from_one_thing_to_another_is_no_term() -> None:
    assert fronts("- **Draft → Proof**: the pages are set and go back to their author\n") == []
    assert fronts("- **`a → b`**: the type of what takes one and gives the other\n") == ["`a → b`"]


def test_below_a_heading_with_a_tick_or_a_cross_are_points() -> None:
    line = "- **Sparse rows**: the cells that are empty take no room\n"
    assert fronts(f"## ✅ What we have\n\n{line}") == []
    assert fronts(f"## ❌ Why not\n\n{line}") == []
    assert fronts(f"## 🧠 What there is\n\n{line}") == ["Sparse rows"]


def test_a_line_that_is_counted_is_no_term() -> None:
    assert fronts("- **Line 4**: hands what was read to the function\n") == []
    for term in ("Line of sight", "Row"):
        assert fronts(f"- **{term}**: the way that nothing stands in\n") == [term]


def test_reasons_for_and_against_are_no_terms() -> None:
    text = (
        "- **pro (independence)**: each part can be changed without the others\n"
        "- **con (coupling)**: each part has to wait for all of the others\n"
        "- **Benefit 1**: what was begun goes on where it was left\n"
    )
    assert parse_note(text, "a.md").cards == ()
    kept = parse_note("- **Pro rata (law)**: a share by which each is paid what is due to him\n", "a.md").cards
    assert [card.front for card in kept] == ["Pro rata (law)"]
