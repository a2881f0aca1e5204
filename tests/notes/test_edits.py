"""Edits of the course's cards whose truth is known by construction: the same card goes on, and no other does."""

from __future__ import annotations

from tests.bench import edits


def test_of_labelled_edits_nearly_all_keep_their_history_and_none_gets_a_wrong_one() -> None:
    outcomes = [edits.judged(seed, wanted=500, size=size) for seed, size in ((11, 50), (12, 5))]
    for outcome in outcomes:
        assert {*outcome.kept, *outcome.lost, *outcome.other} == {*edits.KEPT, *edits.OTHER, *edits.BOTH}
    shown = [row for outcome in outcomes for row in outcome.shown]
    assert [row for row in shown if row[0] == "wrong"] == []
    assert sum(outcome.kept.total() for outcome in outcomes) >= 99 * len(shown), shown
