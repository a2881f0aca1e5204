"""How quiz answers count for the memory: docs/attempts.md and the code say the same, and the log holds both events."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from studytool.errors import StudytoolError
from studytool.memory import Attempts, Candidate, Grade, Limits, Memory, Moment, Session, Store, open_store, replay
from studytool.memory.events import DAY_MS
from studytool.notes.model import Option
from studytool.quiz.counting import grade_of, record
from studytool.quiz.model import Asked, AskedKind, Attempt, Mark, Verdict

NOON = Moment(1_704_110_400_000, 0)  # 2024-01-01
PAGE = Path(__file__).resolve().parents[2] / "docs" / "attempts.md"
GRADES = {"Again": Grade.AGAIN, "Hard": Grade.HARD, "Good": Grade.GOOD, "Easy": Grade.EASY, "nothing": None}
NAMES = {
    "one option": "choice",
    "several options": "multiple",
    "true or false": "truth",
    "typed": "typed",
    "gap": "cloze",
    "number, shape": "numeric",
    "order": "ordering",
    "pairs": "matching",
    "free recall": "recall",
}


def later(moment: Moment, days: float) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS), moment.offset)


def asked(kind: AskedKind = "typed", card: str = "card") -> Asked:
    options = (Option("yes", True), Option("no", False)) if kind in ("choice", "multiple", "truth") else ()
    return Asked(kind, "What?", options, "yes", (), "", card, "note.md", 3, "Topic")


def attempt(verdict: Verdict, kind: AskedKind = "typed", **said: object) -> Attempt:
    made = Attempt.of(asked(kind), "yes", Mark(verdict, f"{verdict}: so"), 7)
    return replace(made, **{"self_marked": kind == "recall", **said})


def learned(store: Store, *keys: str) -> Memory:
    """A memory in which these cards were learned at noon."""
    memory = replay(store.events())
    session = Session([Candidate(key, "t") for key in keys], memory, store, Limits(99, 99), NOON)
    for _ in keys:
        session.answer(Grade.EASY, NOON)
    return memory


def reviews(store: Store) -> list[tuple[str | None, int, str | None]]:
    told = [event for event in store.events() if event.kind == "review"]
    return [(event.card, event.payload["grade"], event.payload.get("attempt")) for event in told]


@pytest.mark.skipif(not PAGE.exists(), reason="the tests run without the documents")
def test_the_table_of_the_docs_is_the_table_of_the_code() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    told = {NAMES[name]: cells for name, *cells in rows if name in NAMES}
    assert set(told) == set(get_args(AskedKind))
    for kind, cells in told.items():
        right, sure, nearly, wrong = (GRADES[cell] for cell in cells)
        assert grade_of(attempt("right", kind)) == right, kind
        assert grade_of(attempt("right", kind, confidence="sure")) == sure, kind
        assert grade_of(attempt("nearly", kind)) == nearly, kind
        assert grade_of(attempt("wrong", kind)) == wrong, kind


def test_what_was_recognised_never_counts_as_more_than_good() -> None:
    said = product(get_args(Verdict), ("choice", "multiple", "truth"), ("", "guess", "likely", "sure"))
    grades = [grade_of(attempt(verdict, kind, confidence=sure)) for verdict, kind, sure in said]
    assert max(grade for grade in grades if grade is not None) == Grade.GOOD


def test_a_question_without_a_card_and_a_kind_of_a_newer_version_count_for_nothing() -> None:
    assert grade_of(replace(attempt("wrong"), asked=asked(card=""))) is None
    assert grade_of(replace(attempt("wrong"), asked=replace(asked(), kind="predicted"))) is None


def test_an_answer_in_ones_own_words_counts_only_by_ones_own_mark() -> None:
    assert grade_of(attempt("right", "recall", self_marked=False)) is None
    assert grade_of(attempt("wrong", "recall", self_marked=False).overrule()) == Grade.GOOD


def test_an_overruled_answer_counts_as_right() -> None:
    assert grade_of(attempt("wrong").overrule()) == Grade.GOOD
    assert grade_of(attempt("wrong", "truth").overrule()) is None


def test_an_attempt_and_its_review_are_written_together_and_the_review_names_it(store: Store) -> None:
    memory = learned(store, "card")
    written = record(Attempts(memory, store), attempt("nearly"), later(NOON, 9))
    assert reviews(store)[1:] == [("card", Grade.HARD, written.attempt.id)]
    assert replay(store.events()).state("card") == memory.state("card")


def test_the_review_of_an_attempt_is_that_of_a_sitting_with_the_same_grade(store: Store, tmp_path: Path) -> None:
    keys = [f"card {number}" for number in range(40)]
    other = open_store(tmp_path / "other")
    one, two = learned(store, *keys), learned(other, *keys)
    log, when = Attempts(one, store), later(NOON, 9)
    session = Session([Candidate(key, "t") for key in keys], two, other, Limits(99, 99), when)
    while shown := session.shown(when):
        session.answer(Grade.GOOD, when, took_ms=1200)
        record(log, replace(attempt("right", took_ms=1200), asked=asked(card=shown.key)), when)
    assert [one.state(key) for key in keys] == [two.state(key) for key in keys]
    days = [[event.payload.get("days") for event in each.events() if event.kind == "review"] for each in (store, other)]
    assert days[0] == days[1]
    assert any(days[0][len(keys) :])
    other.close()


def test_a_card_never_answered_is_not_introduced(store: Store) -> None:
    memory = learned(store)
    written = record(Attempts(memory, store), attempt("right"), NOON)
    assert written.review is None
    assert memory.state("card") is None
    assert [event.kind for event in store.events()] == ["attempt"]


def test_a_card_that_is_put_out_is_left_alone(store: Store) -> None:
    memory = learned(store, "card")
    memory.apply(store.append("suspend", "card", {}, later(NOON, 1)))
    assert record(Attempts(memory, store), attempt("right"), later(NOON, 2)).review is None


def test_overruling_undoes_the_review_and_writes_the_better_one(store: Store) -> None:
    memory = learned(store, "card")
    log, when = Attempts(memory, store), later(NOON, 9)
    first = record(log, attempt("wrong"), when)
    assert memory.state("card").lapses == 1
    better = record(log, attempt("wrong").overrule(), later(when, 0.001), first)
    assert memory.state("card").lapses == 0
    assert [grade for _, grade, _ in reviews(store)] == [Grade.EASY, Grade.AGAIN, Grade.GOOD]
    assert not memory.stands(first.attempt.id)
    assert memory.stands(better.attempt.id)
    alone = Attempts(learned(elsewhere := open_store(store.path.parent / "alone"), "card"), elsewhere)
    record(alone, attempt("right"), later(when, 0.001))
    assert replay(elsewhere.events()).state("card") == memory.state("card") == replay(store.events()).state("card")
    elsewhere.close()


def test_undo_of_an_attempt_undoes_its_review(store: Store) -> None:
    memory = learned(store, "card")
    before = memory.state("card")
    log = Attempts(memory, store)
    written = record(log, attempt("wrong"), later(NOON, 9))
    log.undo(written, later(NOON, 9))
    assert memory.state("card") == before == replay(store.events()).state("card")


def test_an_edited_card_gets_the_review_under_its_new_key(store: Store) -> None:
    memory = learned(store, "card")
    log = Attempts(memory, store)
    memory.apply(store.append("relink", "edited", {"from": "card"}, later(NOON, 1)))
    record(log, attempt("right"), later(NOON, 9))
    assert reviews(store)[-1][0] == "edited"
    assert memory.state("edited").reviews == 2
    again = Attempts(replay(store.events()), store)  # another process knows of the edit by the log alone
    link = memory.apply(store.append("relink", "twice", {"from": "edited"}, later(NOON, 10)), is_new=True)
    assert link is None
    assert log.key_now("card") == "twice"
    assert again.key_now("card") == "edited"
    assert log.key_now("never seen") == "never seen"


def test_what_cannot_be_written_changes_nothing(store: Store) -> None:
    memory = learned(store, "card")
    before, events = memory.state("card"), len(store.events())
    log = Attempts(memory, store)
    payload = {"number": float("nan")}
    with pytest.raises((StudytoolError, ValueError)):
        log.write("card", payload, later(NOON, 9), Grade.GOOD)
    assert memory.state("card") == before
    assert len(store.events()) == events


def test_an_attempt_of_an_exam_is_not_counted_by_itself(store: Store) -> None:
    memory = learned(store, "card")
    assert record(Attempts(memory, store), attempt("wrong", exam="e"), later(NOON, 9)).review is None


def test_an_attempt_reads_back_as_it_was_with_how_sure_the_learner_was() -> None:
    made = attempt("right", confidence="likely", took_ms=900, exam="e")
    assert Attempt.from_payload(made.as_payload()) == made
    assert Attempt.from_payload(attempt("right").as_payload()).confidence == ""
