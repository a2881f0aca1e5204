"""From queries to cards: what each field finds, how parts combine, and that edits and caches change nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studytool.memory import Memory, Moment
from studytool.memory.events import DAY_MS
from studytool.notes.library import Shelf
from studytool.notes.model import Library
from studytool.search import Query, QueryError, Searcher, advice, masks, parse
from studytool.search import find as finding
from studytool.search.query import Not, both, either

from .conftest import LOSS, NOW, Collection, event_maker, key_of

LOSS_CARD = "What does a"  # the beginnings of questions, by which the tests below name the cards
SUSPENDED = "Suspended?"
STRIDE, PADDING, SHARES = "What does the", "Why padding?", "A kernel of"
POOLING, CHOICE, OPEN = "What does max", "Which of these", "Why does pooling"
CROSS_ENTROPY = "Cross-entropy"
EVERYTHING = [LOSS_CARD, SUSPENDED, LOSS_CARD, CROSS_ENTROPY, STRIDE, PADDING, SHARES, POOLING, CHOICE, OPEN]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", EVERYTHING),
        ("kernel", [STRIDE, SHARES]),
        ("KERNEL shares", [SHARES]),
        ("convol", [STRIDE, PADDING, SHARES]),
        ("cafe", [PADDING]),
        ('"stride of a kernel"', [STRIDE]),
        ('"a step of"', [STRIDE]),
        ('"kernel of a stride"', []),
        ('"padding so"', []),
        ("c*fe p*s", [PADDING]),
        ("fe*ca", []),
        ("kern*", [STRIDE, SHARES]),
        ("*kern**l*", [STRIDE, SHARES]),
        ("*", EVERYTHING),
        ("stride*step*cells", []),
        ("wh*str*ker", [STRIDE]),
        ("stride or padding", [STRIDE, PADDING]),
        ("stride -padding", [STRIDE]),
        ("-(stride or padding or pooling) -loss -is:cloze", [SUSPENDED]),
        ('"suspended"', [SUSPENDED]),
        ("front:stride", [STRIDE]),
        ("back:stride", [PADDING]),
        ("front:the*kernel", [STRIDE]),
        ("front:kernel*step", []),
        ('back:"moving average"', [PADDING]),
        ("back:pooling", []),
        ("topic:cnn", [STRIDE, PADDING, SHARES]),
        ('topic:"convolutional NETWORK"', [STRIDE, PADDING, SHARES]),
        ("topic:conv*", [STRIDE, PADDING, SHARES]),
        ("topic:convolutional", []),
        ("topic:vision", [STRIDE, PADDING, SHARES, POOLING, CHOICE, OPEN]),
        ("topic:vision/down", [POOLING, CHOICE, OPEN]),
        ("topic:down/pooling/", [POOLING, CHOICE, OPEN]),
        ("topic:vision/pooling", []),
        ("topic:vision/*pool*", [POOLING, CHOICE, OPEN]),
        ("tag:exam", [STRIDE, PADDING, SHARES]),
        ("tag:#Exam/Oral", [STRIDE, PADDING, SHARES]),
        ("tag:oral", []),
        ("tag:*oral", [STRIDE, PADDING, SHARES]),
        ("tag:vision", [STRIDE, PADDING, SHARES, POOLING, CHOICE, OPEN]),
        ("tag:vision -tag:recap", [STRIDE, PADDING, SHARES]),
        ("tag:vis", []),
        ("path:down/", [POOLING, CHOICE, OPEN]),
        ("path:v*.md", [STRIDE, PADDING, SHARES, POOLING, CHOICE, OPEN]),
        ("note:cnn", [STRIDE, PADDING, SHARES]),
        ("note:cn", []),
        ("demo:cnn", [STRIDE, PADDING, SHARES]),
        ("demo:c", []),
        ("-has:demo has:tag", [POOLING, CHOICE, OPEN]),
        ("kind:cloze", [SHARES]),
        ("is:choice or is:open", [CHOICE, OPEN]),
        ("is:question", [CHOICE, OPEN]),
        ("level:structured", [CHOICE]),
        ("dialect:open*", [OPEN]),
        ("-has:answer", [OPEN]),
        ("has:math", [STRIDE]),
        ("has:code", [STRIDE]),
        ("has:image", [PADDING]),
        ("has:history", [LOSS_CARD, STRIDE, PADDING, SHARES, POOLING, CHOICE, OPEN]),
        ("is:new", [SUSPENDED, LOSS_CARD, CROSS_ENTROPY]),
        ("is:learning", [POOLING, CHOICE]),
        ("is:relearning", [CHOICE]),
        ("is:review", [LOSS_CARD, STRIDE, PADDING, SHARES, OPEN]),
        ("is:due", [LOSS_CARD, PADDING, SHARES, POOLING]),
        ("leech", [SHARES]),
        ("suspended", [OPEN]),
        ("is:buried", [LOSS_CARD]),
        ("rejected", [CROSS_ENTROPY]),
        ("due:today", [POOLING, CHOICE]),
        ("due:<today", [LOSS_CARD, PADDING, SHARES]),
        ("due:yesterday", [LOSS_CARD]),
        ("due:<-2d", [PADDING]),
        ("due:-2d..0", [LOSS_CARD, SHARES, POOLING, CHOICE]),
        ("due:>2026-12-01", [STRIDE, OPEN]),
        ("-due:<3d is:review", [STRIDE, OPEN]),
        ("answered:<3d", [STRIDE, POOLING, CHOICE]),
        ("answered:<=2026-10-01", [PADDING, OPEN]),
        ("answered:yesterday", [STRIDE]),
        ("introduced:today", [POOLING]),
        ("introduced:>100d", [SHARES, OPEN]),
        ("introduced:2026-10-01..2026-11-29", [LOSS_CARD, STRIDE, PADDING, CHOICE]),
        ("graded:again", [POOLING, CHOICE]),
        ("graded:easy", [LOSS_CARD, PADDING, OPEN]),
        ("recall:<80%", [PADDING]),
        ("recall:90%", [LOSS_CARD]),
        ("recall:1", [STRIDE, POOLING, CHOICE]),
        ("stability:>100", [STRIDE, OPEN]),
        ("interval:>=3w", [STRIDE, OPEN]),
        ("difficulty:>7", [SHARES, CHOICE]),
        ("reviews:3", [STRIDE]),
        ("reviews:2..3", [STRIDE, CHOICE, OPEN]),
        ("lapses:>=1", [SHARES, CHOICE]),
        ("lapses:0 is:cloze", []),
    ],
)
def test_a_query_finds_the_cards_that_are_as_it_says(cards: Collection, query: str, found: list[str]) -> None:
    assert cards.fronts(query) == found


def test_a_card_in_two_notes_is_found_once_where_it_stands_first(cards: Collection) -> None:
    assert cards.fronts("measure") == [LOSS_CARD]
    assert cards.fronts("measure topic:more") == [LOSS_CARD]
    assert cards.fronts("measure topic:loss") == []


def test_cards_come_in_the_order_of_study(cards: Collection) -> None:
    assert cards.searcher.find("", NOW) == list(cards.library.entries)


def test_what_is_due_depends_on_the_moment_and_on_answers_since(cards: Collection) -> None:
    later = Moment(NOW.ms + 200 * DAY_MS, NOW.offset)
    assert key_of(cards.library, "stride") in cards.searcher.find("is:due", later)
    event = event_maker()
    cards.memory.apply(event("review", key_of(cards.library, "padding"), -0.001, grade=3))
    assert PADDING not in cards.fronts("is:due")
    assert PADDING in cards.fronts("graded:good")


def test_an_answer_that_was_undone_was_not_the_last_one(cards: Collection) -> None:
    event = event_maker()
    again = event("review", key_of(cards.library, "padding"), -0.001, grade=1)
    cards.memory.apply(again)
    assert PADDING in cards.fronts("graded:again")
    cards.memory.apply(event("undo", None, -0.002, event=again.id))
    assert PADDING not in cards.fronts("graded:again")


def test_the_answer_to_an_open_question_may_be_the_learner_s_own(cards: Collection) -> None:
    cards.memory.apply(event_maker()("note", key_of(cards.library, "small moves"), 0, text="It keeps the largest."))
    assert cards.fronts("-has:answer") == []


leaves = st.sampled_from(
    [
        *("kernel", "stride", "s", "e", '"a moving"', "xyz", "k*l", "front:a"),
        *("topic:cnn", "topic:vision", "tag:vision", "has:math", "is:question", "path:loss"),
        *("is:due", "is:new", "lapses:>0", "recall:<90%", "due:<3d", "suspended"),
    ]
).map(parse)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(both),
        st.lists(inner, min_size=2, max_size=3).map(either),
    ),
    max_leaves=8,
)


def by_sets(query: Query, cards: Collection) -> set[str]:
    """What a query finds, by the algebra of sets over what its leaves find alone, each in a searcher of its own."""
    if isinstance(query, Not):
        return set(cards.library.entries) - by_sets(query.part, cards)
    if hasattr(query, "parts"):
        found = [by_sets(part, cards) for part in query.parts]
        return set.intersection(*found) if type(query).__name__ == "And" else set.union(*found)
    return set(Searcher(cards.library, cards.memory).find(query, NOW))


@given(st.lists(trees, min_size=1, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_parts_combine_as_sets_do_whatever_was_asked_before(cards: Collection, queries: list[Query]) -> None:
    for query in queries:
        found = cards.searcher.find(query, NOW)
        assert set(found) == by_sets(query, cards)
        assert found == [key for key in cards.library.entries if key in set(found)]


@pytest.mark.parametrize("query", ["stride of", "front:kernel", "moving", "ke*el"])
def test_typing_on_finds_the_same_as_asking_at_once(cards: Collection, query: str) -> None:
    for end in range(1, len(query) + 1):
        try:
            asked = parse(query[:end])
        except QueryError:  # "front:"
            continue
        typed = cards.searcher.find(asked, NOW)
        assert typed == Searcher(cards.library, cards.memory).find(asked, NOW)


def test_few_cards_that_are_left_are_looked_at_one_by_one_with_the_same_outcome(
    cards: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    queries = ["note:cnn kernel", "is:due front:what", "note:loss a*ge", "stride kernel -padding"]
    found = [cards.fronts(query) for query in queries]
    assert [PADDING] not in found
    for few in (1, 10**9):
        for module in (finding, masks):
            monkeypatch.setattr(module, "SPARSE", few)
        cards.searcher._masks.clear()
        assert [cards.fronts(query) for query in queries] == found


# Libraries that change, and what is kept between starts


def shelf_of(folder: Path, cache: Path | None = None) -> Shelf:
    shelf = Shelf([folder], root=folder, cache=cache)
    for _ in shelf.read():
        pass
    return shelf


def test_an_edit_is_found_at_once_and_only_its_note_is_looked_at(write: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = shelf_of(write)
    library = shelf.library()
    searcher = Searcher(library, Memory())
    assert len(searcher.find("loss", NOW)) == 3
    edited = write / "lectures" / "loss.md"
    edited.write_text(LOSS + "\nQ: Which loss is new here?\nA: Huber's.\n\nQ: And this?\nA: That.\n", encoding="utf-8")
    assert shelf.read_again([str(edited)])
    read: list[str] = []
    make = finding.piece_of
    monkeypatch.setattr(finding, "piece_of", lambda note, facets: read.append(note.path) or make(note, facets))
    library = shelf.library()
    searcher.adopt(library)
    assert len(searcher.find("loss", NOW)) == 5
    assert [library.card(key).back for key in searcher.find("huber", NOW)] == ["Huber's."]
    assert [os.path.basename(path) for path in read] == ["loss.md"]
    edited.unlink()
    assert shelf.read_again([])
    searcher.adopt(shelf.library())
    assert searcher.find("huber", NOW) == []
    assert searcher.find("", NOW) == list(shelf.library().entries)


def test_the_texts_are_kept_for_the_next_start(write: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cache" / "a.texts"
    first = Searcher(shelf_of(write, tmp_path / "cache").library(), Memory(), file)
    queries = ["kernel", "tag:vision", "has:math", "front:what"]
    found = [first.find(query, NOW) for query in queries]
    assert file.stat().st_mode & 0o077 == 0
    monkeypatch.setattr(finding, "piece_of", None)  # no note is looked at again
    second = Searcher(shelf_of(write, tmp_path / "cache").library(), Memory(), file)
    assert [second.find(query, NOW) for query in queries] == found


@pytest.mark.parametrize("damage", ["gone", "empty", "cut", "changed", "of another version", "a folder"])
def test_a_file_of_texts_that_cannot_be_used_is_made_anew(write: Path, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "a.texts"
    library = shelf_of(write).library()
    found = Searcher(library, Memory(), file).find("kernel", NOW)
    content = file.read_bytes()
    at = len(content) // 2
    file.unlink()
    if damage == "a folder":
        file.mkdir()
    elif damage != "gone":
        told = {"empty": b"", "cut": content[:at], "changed": content[:at] + b"?" + content[at + 1 :]}
        file.write_bytes(told.get(damage, b"\0\0\0\0" + content[4:]))
    assert found == Searcher(library, Memory(), file).find("kernel", NOW)
    if damage != "a folder":
        assert file.read_bytes() == content


def test_texts_of_an_edited_note_are_not_taken_from_the_file(write: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.texts"
    Searcher(shelf_of(write).library(), Memory(), file).find("kernel", NOW)
    (write / "vision" / "cnn.md").write_text("# CNN\n\nQ: Why padding?\nA: Kernels of iron.\n", encoding="utf-8")
    library = shelf_of(write).library()
    assert [library.card(key).back for key in Searcher(library, Memory(), file).find("kernel", NOW)] == [
        "Kernels of iron."
    ]


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(write: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    searcher = Searcher(shelf_of(write).library(), Memory(), tmp_path / "file" / "a.texts")
    assert len(searcher.find("kernel", NOW)) == 2


def test_a_library_of_plain_values_is_searched_too(cards: Collection) -> None:
    notes = [replace(note) for note in cards.library.notes]
    plain = Searcher(Library(cards.library.root, notes), cards.memory)
    for query in ("kernel", "measure", "topic:vision", "tag:recap", "is:due", "has:math"):
        assert plain.find(query, NOW) == cards.searcher.find(query, NOW)


def test_a_library_without_a_card_has_nothing_to_find() -> None:
    for query in ("", "a", "-a", "topic:x", "is:new", "a or is:due"):
        assert Searcher(Library("."), Memory()).find(query, NOW) == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("topic:convolutional-network kernel", 'topic:"Convolutional network"'),
        ("topic:visoin or a", "topic:vision"),
        ("tag:vison", "tag:vision"),
        ("demo:cn", "demo:cnn"),
        ("note:poling", "note:pooling"),
        ("path:lectures/los.md", "path:lectures/loss.md"),
        ("dialect:open-questions", "dialect:open-question"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(cards: Collection, query: str, said: str) -> None:
    (sentence,) = advice(parse(query), cards.searcher, NOW)
    assert sentence.startswith(f"Did you mean `{said}`? No card has the ")
    assert cards.searcher.find(said, NOW)


def test_names_that_exist_or_are_left_out_need_no_advice(cards: Collection) -> None:
    assert advice(parse("topic:cnn xyz -tag:zzz"), cards.searcher, NOW) == []
    assert advice(parse("tag:qqq"), cards.searcher, NOW) == ["No card has the tag qqq."]
