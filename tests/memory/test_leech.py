"""Leeches: named at 8 lapses and every 4 after that, and never touched."""

from __future__ import annotations

from studytool.memory import Candidate, Grade, Limits, Moment, Session, Store, leeches, replay
from studytool.memory.events import DAY_MS

NOON = Moment(1_704_110_400_000, 0)
CARDS = [Candidate("a", "t"), Candidate("b", "t")]


def begin(store: Store, moment: Moment) -> Session:
    return Session(CARDS[:1], replay(store.events()), store, Limits(10, 10), moment)


def forget(store: Store, times: int, moment: Moment = NOON) -> tuple[Moment, list[tuple[int, int]]]:
    """Learn a card and forget it so often; returns when that was done, and (lapses, what was named) where it was."""
    session, named = begin(store, moment), []
    session.shown(moment)
    session.answer(Grade.EASY, moment)
    for _ in range(times):
        moment = Moment(moment.ms + 30 * DAY_MS, 0)
        for grade in (Grade.AGAIN, Grade.GOOD):
            session.shown(moment)
            session.answer(grade, moment)
            if session.leech is not None:
                state = session.memory.state("a")
                assert state is not None
                named.append((state.lapses, session.leech))
    return moment, named


def test_a_leech_is_named_at_8_lapses_and_every_4_after_that(store: Store) -> None:
    _, named = forget(store, 17)
    assert named == [(8, 8), (12, 12), (16, 16)]


def test_a_leech_still_comes_like_any_other_card_and_its_reason_names_it(store: Store) -> None:
    moment, _ = forget(store, 9)
    after = Moment(moment.ms + 30 * DAY_MS, 0)
    session = begin(store, after)
    shown = session.shown(after)
    assert shown is not None
    assert shown.reason.endswith(" · forgotten 9 times")
    assert session.memory.out("a", after.day(4)) is None


def test_an_undo_takes_the_name_back(store: Store) -> None:
    moment, _ = forget(store, 7)
    after = Moment(moment.ms + 30 * DAY_MS, 0)
    session = begin(store, after)
    session.shown(after)
    session.answer(Grade.AGAIN, after)
    assert session.leech == 8
    session.undo(after)
    assert session.leech is None
    assert leeches(session.memory, ["a"]) == []


def test_leeches_lists_the_most_forgotten_first_and_none_that_is_put_out(store: Store) -> None:
    moment = NOON
    log = []
    for key, often in (("a", 8), ("b", 11), ("c", 7), ("d", 9)):
        moment = Moment(moment.ms + 1, 0)
        log.append(store.append("review", key, {"grade": 4}, moment))
        for _ in range(often):
            for grade in (1, 3):
                moment = Moment(moment.ms + DAY_MS, 0)
                log.append(store.append("review", key, {"grade": grade}, moment))
    assert leeches(replay(log), ["a", "b", "c", "d", "new"]) == ["b", "d", "a"]
    log.append(store.append("suspend", "b", {}, moment))
    log.append(store.append("bury", "d", {}, moment))
    assert leeches(replay(log), ["a", "b", "c", "d"]) == ["d", "a"]
