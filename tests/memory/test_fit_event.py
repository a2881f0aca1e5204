"""Which parameters a log sets: the latest that stand, and that can be right."""

from __future__ import annotations

import pytest

from studytool.memory import Event, replay
from studytool.memory.fit.event import fitted_to, model_of, payload_of, standing, weights_in
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from tests.memory import made

OWN = tuple(weight * 1.05 for weight in DEFAULT_WEIGHTS)
OTHER = tuple(weight * 1.1 for weight in DEFAULT_WEIGHTS)


def event(number: int, kind: str, payload: dict) -> Event:
    return made.event(number, kind, None, payload, ms=number)


def in_use(events: list[Event]) -> tuple[float, ...]:
    return model_of(standing(events, replay(events).stands)).weights


def test_without_an_event_the_published_ones_are_in_use() -> None:
    assert in_use([]) == DEFAULT_WEIGHTS
    assert fitted_to([]) == 0


def test_the_latest_are_in_use_in_whatever_order_they_came() -> None:
    events = [event(1, "parameters", payload_of(OWN, 500)), event(2, "parameters", payload_of(OTHER, 900))]
    assert in_use(events) == in_use(events[::-1]) == OTHER
    assert fitted_to(standing(events, replay(events).stands)) == 900


def test_what_was_undone_is_not_in_use_and_an_undone_undo_does_not_count() -> None:
    events = [event(1, "parameters", payload_of(OWN)), event(2, "parameters", payload_of(OTHER))]
    events.append(event(3, "undo", {"event": events[1].id}))
    assert in_use(events) == OWN
    events.append(event(4, "undo", {"event": events[2].id}))
    assert in_use(events) == OTHER


def test_a_payload_comes_back_as_it_was() -> None:
    payload = payload_of(OWN, 1234, 0.34, 0.35)
    assert weights_in(payload) == OWN
    assert payload == {
        "model": "FSRS",
        "version": 6,
        "weights": list(OWN),
        "reviews": 1234,
        "loss": 0.34,
        "was": 0.35,
    }


@pytest.mark.parametrize(
    "payload",
    [
        None,
        {},
        {**payload_of(OWN), "model": "SM-2"},
        {**payload_of(OWN), "version": 7},
        payload_of(OWN[:19]),
        payload_of([*OWN[:20], float("nan")]),
        payload_of([*OWN[:20], "0.15"]),
        payload_of([*OWN[:20], True]),
        payload_of([*OWN[:20], 0.0]),
        payload_of([0.0, *OWN[1:]]),
        payload_of([-1.0, *OWN[1:]]),
        payload_of([1e9, *OWN[1:]]),
        {**payload_of(OWN), "weights": "none"},
    ],
)
def test_what_cannot_be_right_is_passed_over(payload: object) -> None:
    assert weights_in(payload) is None
    if isinstance(payload, dict):
        assert in_use([event(1, "parameters", payload_of(OTHER)), event(2, "parameters", payload)]) == OTHER


@pytest.mark.parametrize("told", ["many", None, -3, True, 2.5])
def test_a_strange_number_of_answers_is_none(told: object) -> None:
    assert fitted_to([event(1, "parameters", {**payload_of(OWN), "reviews": told})]) == 0
