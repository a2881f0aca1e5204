"""Many relinks at once: what cards come to by them is worked out in pieces, and what is said meanwhile counts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Event, Memory, open_store, replay
from studytool.memory.growing import Growing
from studytool.memory.opening import open_memory
from studytool.memory.pieces import finished
from tests.memory.made import event, review
from tests.memory.test_one_memory import logs, snapshot


@given(logs(), st.integers(0, 40), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_is_joined_and_said_meanwhile_the_memory_is_that_of_all_events(
    log: list[Event], cut: int, data: st.DataObject
) -> None:
    with TemporaryDirectory() as name, closing(open_store(Path(name))) as store:
        store.merge(log[:cut])
        memory = open_memory(store, long=0)
        later = log[cut:]
        relinks = [item for item in later if item.kind == "relink"]
        steps = memory.joining(relinks)
        joined = None
        for between in later if data.draw(st.booleans()) else [item for item in later if item not in relinks]:
            for _ in range(data.draw(st.integers(0, 3))):
                try:
                    next(steps)
                except StopIteration as end:
                    joined = joined or end.value
            if data.draw(st.booleans()):
                memory.apply(between)
        joined = joined or finished(steps)
        memory.join(relinks, joined)
        for item in later:
            memory.apply(item)
        assert snapshot(memory, log) == snapshot(replay(log), log)


def test_relinks_that_were_worked_out_cost_no_look_at_a_card_but_of_those_that_were_answered_since(
    monkeypatch,
) -> None:
    answers = [review(number, f"{number:03}", 3) for number in range(20)]
    relinks = [event(100 + number, "relink", f"new{number:03}", {"from": f"{number:03}"}) for number in range(20)]
    memory = Memory(since=answers)
    steps = memory.joining(relinks)
    for _ in range(25):
        next(steps)
    assert memory.state("003") is not None
    assert memory.state("new003") is None, "nothing is changed yet"
    late = review(90, "003", 4)
    memory.apply(late)
    joined, derived, derive = finished(steps), [], Growing._derive
    monkeypatch.setattr(Growing, "_derive", lambda own, history: (derived.append(history), derive(own, history))[1])
    memory.join(relinks, joined, is_new=True)
    assert len(derived) == 1
    assert memory.state("003") is None
    state = memory.state("new003")
    assert state is not None
    assert state.reviews == 2
    assert len(memory.links()) == 20
    whole = replay([*answers, *relinks, late])
    assert memory.states([f"new{number:03}" for number in range(20)]) == whole.states(
        [f"new{number:03}" for number in range(20)]
    )
    assert memory.introduced(answers[0].moment.day(4)) == whole.introduced(answers[0].moment.day(4))
