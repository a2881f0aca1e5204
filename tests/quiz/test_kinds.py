"""Every kind as a value: built from a note, shuffled by the seed, marked, stored and replayed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any, get_args

import pytest

from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Asked, Attempt, build, mark
from studytool.quiz.marking.kinds import unit_of
from studytool.quiz.model import AskedKind
from studytool.quiz.recalled import compare, self_mark

NOTE = """\
# Baking

Which of these is sweet?

- [x] Sugar
- [ ] Salt
- [ ] Flour

Which of these rise?

- [x] Yeast
- [ ] Salt
- [x] Sourdough

Bread is baked.

- [x] True
- [ ] False

Who grinds the grain?
= the miller

C: The dough rests in a [bowl].

---

How long is the pan?
= 0.25 ± 0.01 m

Put these in order.

1. mix
2. knead
3. bake
4. cool

Match each tool with its use.

| tool | use |
|---|---|
| oven | heat |
| bowl | mixing |
| knife | cutting |
| | sewing |

## Why does dough rise? (in your own words)

Because the yeast eats sugar and gives off a gas that the gluten holds, so that bubbles stay in the dough and lift it.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """One note with a question of every kind."""
    (tmp_path / "baking.md").write_text(NOTE, "utf-8")
    return load_library([tmp_path], root=tmp_path)


@pytest.fixture
def asked(library: Library) -> Callable[..., Asked]:
    """`asked(kind, seed)` is the question of that kind in the paper of that seed."""

    def of(kind: str, seed: int = 1) -> Asked:
        (found,) = [one for one in build(library, count=50, seed=seed).questions if one.kind == kind]
        return found

    return of


def test_a_note_can_hold_every_kind(library: Library) -> None:
    kinds = sorted(one.kind for one in build(library, count=50, seed=3).questions)
    assert kinds == sorted(get_args(AskedKind))


@pytest.mark.parametrize("kind", get_args(AskedKind))
def test_a_kind_is_stored_and_replayed_as_json(kind: str, asked: Callable[..., Asked]) -> None:
    question = asked(kind)
    answer: Any = (
        list(question.places) if question.items else list(question.right) if question.options else "the miller"
    )
    attempt = Attempt.of(question, answer, mark(question, answer), 1)
    again = Attempt.from_payload(json.loads(json.dumps(attempt.as_payload())))
    assert again == attempt
    assert mark(again.asked, again.response) == attempt.mark


def test_an_attempt_of_an_older_version_is_still_read() -> None:
    payload = {
        "kind": "choice",
        "prompt": "Which?",
        "options": [{"text": "a", "correct": True, "why": ""}, {"text": "b", "correct": False, "why": "no"}],
        "answer": "a",
        "accepted": [],
        "explanation": "",
        "card": "k",
        "path": "n.md",
        "line": 3,
        "topic": "T",
        "response": [1],
        "verdict": "wrong",
        "reason": "wrong: the answer is “a”; no",
        "seed": 7,
        "overruled": False,
    }
    attempt = Attempt.from_payload(payload)
    assert (attempt.response, attempt.self_marked, attempt.asked.items) == ((1,), False, ())
    assert mark(attempt.asked, attempt.response) == attempt.mark


def test_what_a_newer_version_adds_to_an_attempt_is_left_aside(asked: Callable[..., Asked]) -> None:
    attempt = Attempt.of(asked("typed"), "the miller", mark(asked("typed"), "the miller"), 1)
    assert Attempt.from_payload({**attempt.as_payload(), "handwriting": "neat"}) == attempt


@pytest.mark.parametrize("kind", ["choice", "multiple", "ordering", "matching"])
def test_what_is_shown_stands_in_an_order_of_the_seed(kind: str, asked: Callable[..., Asked]) -> None:
    def shown(seed: int) -> tuple[object, ...]:
        question = asked(kind, seed)
        return tuple(option.text for option in question.options), question.items, question.targets

    assert len({shown(seed) for seed in range(12)}) > 2
    assert shown(5) == shown(5)


def test_true_stands_before_false_whatever_the_seed(asked: Callable[..., Asked]) -> None:
    assert {tuple(o.text for o in asked("truth", seed).options) for seed in range(8)} == {("True", "False")}


def test_an_order_is_never_shown_as_it_is_right(asked: Callable[..., Asked]) -> None:
    for seed in range(40):
        question = asked("ordering", seed)
        assert question.items != ("mix", "knead", "bake", "cool")
        assert [question.items[place] for place in question.places] == ["mix", "knead", "bake", "cool"]


@pytest.mark.parametrize(
    ("order", "verdict", "told"),
    [
        ("mix knead bake cool", "right", "right"),
        ("knead mix bake cool", "nearly", "two neighbours are swapped; place 1 is “mix”, not “knead”"),
        ("mix knead cool bake", "nearly", "place 3 is “bake”, not “cool”"),
        ("cool bake knead mix", "wrong", "place 1 is “mix”, not “cool”; 6 swaps of neighbours away"),
        ("bake mix knead cool", "wrong", "place 1 is “mix”, not “bake”; 2 swaps of neighbours away"),
    ],
)
def test_an_order_is_marked_by_its_swaps(order: str, verdict: str, told: str, asked: Callable[..., Asked]) -> None:
    question = asked("ordering")
    found = mark(question, [question.items.index(item) for item in order.split()])
    assert found.verdict == verdict
    assert found.reason.startswith(verdict)
    assert told in found.reason


def test_items_that_read_alike_may_stand_for_each_other() -> None:
    for places, answer in product(permutations(range(4)), repeat=2):
        question = Asked("ordering", "p", (), "", (), "", "c", "n", 1, "t", ("a", "b", "a", "c"), (), places)
        wanted, said = ([question.items[place] for place in order] for order in (places, answer))
        assert (mark(question, answer).verdict == "right") == (said == wanted)


def test_pairs_are_counted_and_the_wrong_ones_named(asked: Callable[..., Asked]) -> None:
    question = asked("matching")
    assert set(question.targets) == {"heat", "mixing", "cutting", "sewing"}
    assert mark(question, question.places).reason == "right"
    off = list(question.places)
    off[question.items.index("knife")] = question.targets.index("sewing")
    assert mark(question, off).reason == "nearly: 2 of 3 pairs; “knife” belongs to “cutting”, not “sewing”"
    none = mark(question, [-1, -1, -1])
    assert none.reason.startswith("wrong: 0 of 3 pairs; ")


def test_an_answer_of_another_form_is_no_answer(asked: Callable[..., Asked]) -> None:
    wrong: list[tuple[str, Any]] = [
        *(("ordering", answer) for answer in ("abc", [0, 1], [0, 0, 1, 2], [0, 1, 2, 4])),
        *(("matching", answer) for answer in ("abc", [0], [0, 1, 9])),
        *(("numeric", [1]), ("recall", [1]), ("choice", "a"), ("truth", "True"), ("typed", [0])),
    ]
    for kind, answer in wrong:
        with pytest.raises(ValueError, match=r"answer|options"):
            mark(asked(kind), answer)


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [("0.25 m", "right"), ("0.255m", "right"), ("0.27 m", "wrong"), ("0.25", "right"), ("", "wrong"), ("x", "wrong")],
)
def test_a_number_is_marked_by_its_value(typed: str, verdict: str, asked: Callable[..., Asked]) -> None:
    assert mark(asked("numeric"), typed).verdict == verdict


@pytest.mark.parametrize(
    ("answer", "unit"),
    [
        *(("0.25 ± 0.01 m", "m"), ("1e-3", ""), ("3 × 10^8 m/s", "m/s"), ("1 … 5 ms", "ms"), ("(3, 4)", "")),
        *(("50% ± 5%", "%"), ("5 kg ± 10 g", "kg"), ("5 m … 1 km", "km")),
        *(("42 %", "%"), ("0.25 ± 5%", ""), ("0.25 ± 5% m", "m"), ("10^-3", ""), ("5 eV", "eV")),
        *(("3 million", ""), ("1.5 billion", ""), ("10 k", ""), ("2 thousand people", "people"), ("ln 10", "")),
        *(("5 ± 1 million", ""), ("sqrt(2)", ""), ("three million", ""), ("about 5 m", "m"), ("$5$ m/s^2", "m/s²")),
    ],
)
def test_the_unit_of_an_answer_is_known(answer: str, unit: str) -> None:
    assert unit_of(Asked("numeric", "p", (), answer, (), "", "c", "n", 1, "t")) == unit


@pytest.mark.parametrize(
    ("answer", "typed", "verdict"),
    [
        *(("3 million", "3", "wrong"), ("3 million", "3,000,000", "right"), ("3 million", "3 million", "right")),
        *(("10 k", "10000", "right"), ("2 thousand people", "2000", "right"), ("2 thousand people", "2", "wrong")),
        *(
            ("5 ± 1 million", "5", "wrong"),
            ("5 ± 1 million", "5.5 million", "right"),
            ("5 ± 1 million", "4e6", "right"),
        ),
        *(("1 … 5 million", "2e6", "right"), ("1 … 5 million", "3", "wrong"), ("0 … 5 million", "3e5", "right")),
        *(("3,000,000 ± 1 million", "2.5e6", "right"), ("200 … 5 thousand", "300", "right")),
        *(
            ("0.3 hundred thousand", "30000", "right"),
            ("0.25 ± 5% m", "0.26", "right"),
            ("0.25 ± 5% m", "27 cm", "wrong"),
        ),
    ],
)
def test_a_million_belongs_to_the_number_and_to_both_ends(
    answer: str, typed: str, verdict: str, asked: Callable[..., Asked]
) -> None:
    found = mark(replace(asked("numeric"), answer=answer, accepted=()), typed)
    assert found.verdict == verdict, found.reason


def test_recall_names_the_key_terms_and_the_learner_marks_it(asked: Callable[..., Asked]) -> None:
    question = asked("recall")
    assert 3 <= len(question.accepted) <= 8
    first, last = question.accepted[0], question.accepted[-1]
    found = compare(question, f"It is about {first.upper()}.")
    assert first in found.found
    assert last in found.missed
    marked = self_mark(question, f"It is about {first}.", "nearly")
    assert marked.verdict == "nearly"
    assert marked.reason.startswith("nearly: you marked it yourself; named: ")
    attempt = Attempt.of(question, "x" * 20_000, marked, 1, self_marked=True)
    assert len(attempt.response) == 10_000
    assert Attempt.from_payload(attempt.as_payload()).self_marked


@pytest.mark.parametrize(
    ("response", "verdict"),
    [
        ("one, two and three", "right"),
        ("ONE and two", "nearly"),
        ("one", "wrong"),
        ("", "wrong"),
        (" \n", "wrong"),
        ("word " * 70 + "one two three", "nearly"),
    ],
)
def test_where_nobody_can_be_asked_recall_is_marked_by_its_key_terms(response: str, verdict: str) -> None:
    question = Asked("recall", "p", (), "one two three", ("one", "two", "three"), "", "c", "n", 1, "t")
    found = mark(question, response)
    assert found.verdict == verdict
    assert found.reason.startswith(verdict)


@pytest.mark.parametrize(
    ("answer", "response", "verdict"),
    [
        ("Nothing.", "Nothing.", "right"),
        ("Nothing.", "nothing", "right"),
        ("**Nothing**, at all!", "nothing at all", "right"),
        ("`zip` gives none", "zip gives none.", "right"),
        ("Nothing.", "nothing much", "nearly"),
        ("It is n!", "it is n", "nearly"),
        ("It is 1.5", "it is 15", "nearly"),
        ("x < 3", "x > 3", "nearly"),
        ("", ".", "nearly"),
    ],
)
def test_a_model_answer_without_key_terms_is_right_word_for_word_and_else_not_marked(
    answer: str, response: str, verdict: str
) -> None:
    found = mark(Asked("recall", "p", (), answer, (), "", "c", "n", 1, "t"), response)
    assert found.verdict == verdict
    assert found.reason.startswith("right: the model answer" if verdict == "right" else "nearly: it cannot be marked")


def test_a_model_answer_that_repeats_a_word_is_right_word_for_word_and_its_key_terms_are_told() -> None:
    answer = "Buffalo buffalo Buffalo buffalo buffalo buffalo Buffalo buffalo, or so."
    found = mark(Asked("recall", "p", (), answer, ("Buffalo",), "", "c", "n", 1, "t"), answer.casefold())
    assert found.reason == "right: 1 of 1 key terms; named: Buffalo"


def test_key_terms_are_no_words_that_any_answer_may_have(tmp_path: Path) -> None:
    text = (
        "Q: Why deep networks? (in your own words)\nA: Each layer works on what was found before, so that simple "
        "features are put together to complex ones, and what needs many units in one layer needs few in several.\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    (question,) = build(load_library([tmp_path], root=tmp_path), count=5, seed=1).questions
    assert question.accepted[:2] == ("layer", "simple")
    assert not {"together", "needs", "several", "found"} & set(question.accepted)


def test_key_terms_are_no_parts_of_addresses_and_no_names_of_emoji(tmp_path: Path) -> None:
    text = (
        "Q: Why deep networks? (in your own words)\nA: Layers of features :heavy_check_mark: combine, see "
        "https://overflow.org/questions/layers-colon-usage or www.overflow.org/tagged for `more`: features again.\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    (question,) = build(load_library([tmp_path], root=tmp_path), count=5, seed=1).questions
    assert {"Layers", "features", "combine"} <= set(question.accepted)
    assert not any(part in term for part in ("heavy", "overflow", "tagged", "colon") for term in question.accepted)


def test_key_terms_are_no_parts_of_formulas(tmp_path: Path) -> None:
    text = (
        "Q: What is a step? (in your own words)\nA: It goes along $\\theta \\leftarrow \\alpha$ against the gradient.\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    (question,) = build(load_library([tmp_path], root=tmp_path), count=5, seed=1).questions
    assert question.kind == "recall"
    assert "gradient" in question.accepted
    assert not {"theta", "leftarrow", "alpha"} & set(question.accepted)


def test_an_open_question_that_links_to_a_note_is_held_against_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nQuestions:\n- [[Why does dough rise.]]\n- Why bake?\n", "utf-8")
    (tmp_path / "Why does dough rise..md").write_text("The yeast gives off a gas that the gluten holds.\n", "utf-8")
    questions = build(load_library([tmp_path], root=tmp_path), count=20, seed=1).questions
    (linked,) = [one for one in questions if one.prompt == "Why does dough rise."]
    assert linked.kind == "recall"
    assert "gluten" in linked.answer
    assert not [one for one in questions if one.prompt == "Why bake?"]


def test_a_written_answer_counts_by_its_other_names_too(tmp_path: Path) -> None:
    text = """---
title: Momentum
aliases: [heavy ball, rolling stone]
---
Which network has gates?
= long short-term memory (LSTM)

Which method is like a rolling stone?
= Momentum

What stops the updates?
= model.train (False)
"""
    (tmp_path / "n.md").write_text(text, "utf-8")
    asked = {one.prompt: one for one in build(load_library([tmp_path], root=tmp_path), count=9, seed=1).questions}
    for start, said, verdict in (
        ("Which network", "LSTM", "right"),
        ("Which network", "long short-term memory", "right"),
        ("Which method", "heavy ball", "right"),
        ("Which method", "rolling stone", "wrong"),
        ("What stops", "False", "wrong"),
    ):
        (question,) = [one for prompt, one in asked.items() if prompt.startswith(start)]
        assert mark(question, said).verdict == verdict, (start, said)


def test_a_name_that_its_author_gives_a_part_of_the_credit_has_no_more(tmp_path: Path) -> None:
    text = "Which network shares its weights? {=convolutional network (CNN) =%50%CNN}\n"
    (tmp_path / "n.gift").write_text(text, "utf-8")
    (question,) = build(load_library([tmp_path], root=tmp_path), count=1, seed=1).questions
    assert [mark(question, said).verdict for said in ("convolutional network", "CNN")] == ["right", "nearly"]
