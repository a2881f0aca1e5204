"""Which edited card is which: on labelled pairs, on simulated edits, and where a guess would be wrong."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes.likeness import compare
from studytool.notes.model import Card, Span
from studytool.notes.relink import Known, changes, known, relink
from studytool.notes.wording import Words
from tests.growth import growth
from tests.notes.edited_cards import deck, edited

LABELLED = [json.loads(line) for line in (Path(__file__).parent / "relinks.jsonl").read_text("utf-8").splitlines()]


def card(
    key: str, front: str, back: str = "", *, path: str = "n.md", line: int = 1, kind: str = "basic", context: str = ""
) -> Card:
    headings = (context,) if context else ()
    return Card(key, kind, "qa", "explicit", front, back, "", Span(path, line), headings)  # type: ignore[arg-type]


def linked(before: Sequence[Card], after: Sequence[Card], kept: Iterable[tuple[Card, Card]] = ()) -> dict[str, str]:
    found = relink(map(known, before), after, [(known(old), new) for old, new in kept])
    assert len({link.source for link in found}) == len({link.target for link in found}) == len(found)
    return {link.source: link.target for link in found}


# -- the labelled pairs ---------------------------------------------------------------------------------------------


def judged(rows: Sequence[dict], note_of: int) -> Iterator[tuple[dict, bool, bool]]:
    """Each row with whether it was linked as it is labelled, and whether either side got a wrong link."""
    before, after = [], []
    for at, row in enumerate(rows):
        for side, cards in (("before", before), ("after", after)):
            told = row[side]
            place = {"path": f"{at // note_of}.md", "line": at + 1}
            cards.append(card(f"{side}{at}", told["front"], told["back"], kind=told["kind"], **place))
    found = linked(before, after)
    for at, row in enumerate(rows):
        target = found.get(f"before{at}")
        yield row, target == f"after{at}", target is not None and (not row["same"] or target != f"after{at}")


@pytest.mark.parametrize("note_of", [1, 10, 10_000], ids=["a note each", "ten a note", "all in one note"])
def test_labelled_edits_keep_their_history_and_none_gets_a_wrong_one(note_of: int) -> None:
    outcome = list(judged(LABELLED, note_of))
    assert not [row for row, _, wrong in outcome if wrong]
    same = [linked for row, linked, _ in outcome if row["same"]]
    assert len(outcome) >= 300
    assert sum(same) / len(same) >= 0.99


def test_a_pair_that_asks_something_else_is_not_linked_even_alone() -> None:
    alone = [row for row in LABELLED if not row["same"]]
    assert len(alone) > 200
    assert not [row["before"]["front"] for row in alone if any(wrong for _, _, wrong in judged([row], 1))]


# -- simulated edits ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_edits_in_a_large_set_keep_their_histories(seed: int) -> None:
    rng = random.Random(seed)
    cards = deck(rng, 3000)
    before, after = [], []
    for at, (front, back) in enumerate(cards):
        path, line = f"{at // 30}.md", at % 30 * 3 + 1
        if at < 1000:  # edited
            new_front, new_back = edited(rng, front, back)
            before.append(card(f"-{at}", front, back, path=path, line=line))
            after.append(card(f"+{at}", new_front, new_back, path=path, line=line))
        elif at < 2000:  # deleted
            before.append(card(f"-{at}", front, back, path=path, line=line))
        else:  # new
            after.append(card(f"+{at}", front, back, path=f"{(at - 1000) // 30}.md", line=line + 100))
    rng.shuffle(before)
    rng.shuffle(after)
    found = linked(before, after)
    wrong = {source: target for source, target in found.items() if source[1:] != target[1:]}
    assert not wrong
    assert len(found) >= 990


def test_the_cost_grows_with_the_cards_and_not_with_their_square() -> None:
    def compared(size: int) -> None:
        rng = random.Random(3)
        cards = deck(rng, size)
        before = [card(f"-{at}", *texts, path=f"{at // 20}.md", line=at) for at, texts in enumerate(cards)]
        after = [card(f"+{at}", *edited(rng, *texts), path=f"{at // 20}.md") for at, texts in enumerate(cards)]
        linked(before, after)

    assert growth(compared, 600) < 8  # 16 for a square


@pytest.mark.parametrize("piece", ["$", "`", "<!--", "\\a", "'a", "1.", "["])
def test_hostile_text_costs_as_much_as_it_is_long(piece: str) -> None:
    assert (
        growth(lambda n: linked([card("a", piece * n, piece * n)], [card("b", f"{piece * n} x", piece * n)]), 2_000) < 6
    )


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=30)), max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_any_text_is_compared_and_order_of_arrival_does_not_matter(texts: list[tuple[str, str]], rng) -> None:
    before = [card(f"-{at}", *told, line=at + 1) for at, told in enumerate(texts)]
    after = [card(f"+{at}", back, front, line=at + 1) for at, (front, back) in enumerate(texts)]
    after += [card(f"*{at}", f"{front} ", back, line=at + 9) for at, (front, back) in enumerate(texts)]
    found = linked(before, after)
    rng.shuffle(before)
    rng.shuffle(after)
    assert linked(before, after) == found


# -- where a guess would be wrong -----------------------------------------------------------------------------------


def test_of_two_that_are_equally_like_it_neither_is_taken() -> None:
    before = [card("old", "What does a kernel do?", "It weighs neighbours.", path="a.md")]
    after = [
        card("one", "What does a kernel do here?", "It weighs neighbours.", path="a.md", line=3),
        card("two", "What does a kernel do now?", "It weighs neighbours.", path="a.md", line=9),
    ]
    assert linked(before, after) == {}
    assert linked(before, after[:1]) == {"old": "one"}


def test_the_better_of_two_is_taken() -> None:
    before = [card("old", "What does a kernel do?", "It weighs neighbours.")]
    after = [
        card("near", "What does a kernel do?", "It weighs the neighbours.", line=9),
        card("far", "What does a kernel do in a convolution of images?", "It weighs neighbours.", line=3),
    ]
    assert linked(before, after) == {"old": "near"}


def test_equal_prompts_in_one_note_are_told_apart_by_their_answers() -> None:
    before = [
        card("a", "Example?", "A cat on a mat.", line=3),
        card("b", "Example?", "Seven times eight.", line=9),
    ]
    after = [
        card("B", "Example?", "Seven times eight is 56.", line=2),
        card("A", "Example?", "A black cat on a mat.", line=8),
    ]
    assert linked(before, after) == {"a": "A", "b": "B"}


def test_order_settles_what_the_text_leaves_open() -> None:
    before = [card("a", "Example?", "see above", line=3), card("b", "Example?", "look above", line=9)]
    after = [card("A", "Example?", "the first figure", line=4), card("B", "Example?", "another figure", line=12)]
    assert linked(before, after) == {"a": "A", "b": "B"}
    assert linked(before, after[:1]) == {}


def test_a_general_prompt_under_another_heading_is_another_card() -> None:
    before = [card("a", "Example", "A sigmoid squashes to the unit interval.", context="Sigmoid")]
    after = [card("b", "Example", "Pooling takes the largest of four.", context="Pooling")]
    assert linked(before, after) == {}


def test_a_card_split_in_two_goes_on_as_the_one_that_asks_the_same() -> None:
    before = [card("old", "What are precision and recall?", "Right among the found; found among the right.")]
    after = [
        card("p", "What is precision?", "Right among the found.", line=1),
        card("r", "What is recall?", "Found among the right.", line=4),
    ]
    assert linked(before, after) == {}
    after.append(card("both", "What are precision and recall?", "See the two cards above.", line=7))
    assert linked(before, after) == {"old": "both"}


def test_two_cards_merged_into_one_do_not_both_go_on() -> None:
    before = [
        card("w", "What is a weight?", "A factor on an input.", line=1),
        card("b", "What is a bias?", "A constant added to the sum.", line=4),
    ]
    after = [card("both", "What are a weight and a bias?", "A factor on an input; a constant added to the sum.")]
    assert len(linked(before, after)) <= 1


def test_cards_that_change_places_keep_their_own_histories() -> None:
    before = [
        card("cat", "What does a cat say?", "It says miaow.", line=1),
        card("cow", "What does a cow say?", "It says moo.", line=4),
    ]
    after = [
        card("COW", "What does a cow say?", "It says mooo.", line=1),
        card("CAT", "What does a cat say?", "It says miaaow.", line=4),
    ]
    assert linked(before, after) == {"cat": "CAT", "cow": "COW"}


def test_a_question_turned_into_a_cloze_is_another_card() -> None:
    before = [card("q", "What is added to the weighted sum?", "a bias")]
    after = [card("c", "[…] is added to the weighted sum.", "a bias", kind="cloze")]
    assert linked(before, after) == {}


def test_an_open_question_that_gets_an_answer_goes_on() -> None:
    before = [card("q", "Why does depth help?", "", kind="open")]
    after = [card("a", "Why does depth help?", "Each layer builds on the one below.")]
    assert linked(before, after) == {"q": "a"}


def test_the_deletions_of_one_sentence_each_find_their_own() -> None:
    old = "The {} of a circle is {} times the square of its {}."
    new = "The {} of any circle is always {} times the square of its {}."
    hidden = ("area", "pi", "radius")
    before = [card(h, old.format(*("[…]" if w == h else w for w in hidden)), h, kind="cloze") for h in hidden]
    after = [card(h.upper(), new.format(*("[…]" if w == h else w for w in hidden)), h, kind="cloze") for h in hidden]
    assert linked(before, after) == {h: h.upper() for h in hidden}


def test_a_choice_card_with_other_options_goes_on_and_their_order_is_nothing() -> None:
    before = [card("q", "Which is a norm?\n\n- L2\n- argmax", "L2", kind="choice")]
    after = [card("Q", "Which is a norm?\n\n- softmax\n- L2\n- argmax", "L2", kind="choice")]
    assert linked(before, after) == {"q": "Q"}


def test_one_word_for_another_is_an_edit_where_the_neighbours_stayed() -> None:
    stays = [card(f"k{at}", f"Question {at} about the brain?", f"Answer {at}", line=at) for at in (1, 9)]
    before = [card("v", "Which lobe of the brain handles vision?", "The occipital lobe", line=5)]
    after = [card("f", "Which lobe of the brain masters vision?", "Occipital lobe", line=6)]
    assert linked(before, after) == {}
    assert linked(before, after, [(one, one) for one in stays]) == {"v": "f"}
    away = [card("f", "Which lobe of the brain masters vision?", "Occipital lobe", line=40)]
    assert linked(before, away, [(one, one) for one in stays]) == {}


def test_an_edited_card_is_found_in_a_renamed_note() -> None:
    stays = [card(f"k{at}", f"Question {at} about trees?", f"Answer {at}", path="old.md", line=at) for at in (1, 9)]
    now = [card(one.key, one.front, one.back, path="new.md", line=one.span.line) for one in stays]
    before = [card("v", "What is a leaf?", "An end.", path="old.md", line=5)]
    after = [card("f", "What is a leaf?", "A node without children.", path="new.md", line=5)]
    assert linked(before, after) == {}
    assert linked(before, after, zip(stays, now, strict=True)) == {"v": "f"}


def test_a_pair_that_was_parted_stays_parted() -> None:
    before, after = [card("a", "What is a leaf?", "An end.")], [card("b", "What is a leaf?", "A last node.")]
    assert relink(map(known, before), after, apart={("a", "b")}) == []


def test_what_an_edit_does_is_counted() -> None:
    before = [
        card("stays", "Q1?", "a"),
        card("moves", "Q2?", "b"),
        card("old", "What is a leaf of a tree?", "An end."),
        card("gone", "Who was first?", "Nobody knows."),
    ]
    after = [
        card("stays", "Q1?", "a", line=7),
        card("moves", "Q2?", "b", path="other.md"),
        card("new", "What is a leaf of a tree?", "A node without children."),
        card("fresh", "Where do trees grow?", "In the ground."),
    ]
    found = changes(before, after)
    assert (found.kept, found.moved) == (("stays",), ("moves",))
    assert [(link.source, link.target) for link in found.relinked] == [("old", "new")]
    assert [one.key for one in found.fresh] == ["fresh"]
    assert [one.key for one in found.gone] == ["gone"]


# -- how texts are compared -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What is **SVD**?", "what is SVD"),
        ("What is $\\alpha$?", "What is α?"),
        ("the eigen value", "The eigenvalue"),
        ("$a \\leq b$", "$a \\le b$"),
        ("don't", "do not"),
        ("ﬁnd it", "find it"),
        ("A tree <!--SR:!2024-01-01,3,250-->", "A tree"),
    ],
)
def test_texts_that_differ_in_looks_only_say_the_same(one: str, other: str) -> None:
    assert Words(one).same(Words(other))


@pytest.mark.parametrize(
    ("one", "other", "turned"),
    [
        ("lr=0.1", "lr=0.01", "number"),
        ("What shape has the matrix W?", "What shape has the matrix w?", "number"),
        ("$a - b$", "$a + b$", "number"),
        ("What is linear?", "What is not linear?", "negation"),
        ("the largest eigenvalue", "the smallest eigenvalue", "opposite"),
        ("a hypertonic solution", "a hypotonic solution", "opposite"),
        ("miles to kilometres", "kilometres to miles", "swapped"),
        ("is the flag of Poland striped", "is the flag of Chad striped", "name"),
    ],
)
def test_what_changes_a_question_is_named(one: str, other: str, turned: str) -> None:
    assert compare(Words(one), Words(other)).turned == turned


def test_a_known_card_needs_no_more_than_the_log_keeps() -> None:
    old = Known("k", "basic", "What is a leaf?", "An end.", "/n.md")
    assert [link.target for link in relink([old], [card("b", "What is a leaf?", "A last node.", path="/n.md")])] == [
        "b"
    ]
