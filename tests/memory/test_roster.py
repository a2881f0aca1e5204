"""The cards of a library as candidates: counted, found by key, and the same after an edit as if read anew."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studytool.memory import Candidate, Roster
from tests.memory.listed import Listed


@st.composite
def notes(draw: st.DrawFn) -> tuple[Candidate, ...]:
    """A note: some of its cards in pairs, each pair of one text; a key may stand in it, or in another note, again."""
    topic, keys = draw(st.sampled_from("AB")), draw(st.lists(st.sampled_from("abcdefgh"), max_size=5))
    pairs = draw(st.integers(0, len(keys) // 2))
    return tuple(Candidate(key, topic, at // 2 + 1 if at < 2 * pairs else 0) for at, key in enumerate(keys))


def told(roster: Roster) -> object:
    """All that a roster says; the numbers of texts may be any, so the cards of each are told."""
    texts: dict[int, list[str]] = {}
    for card in roster.all:
        if card.siblings:
            texts.setdefault(card.siblings, []).append(card.key)
    mates = {card.key: roster.sharing(card) for card in roster.all if card.siblings}
    cards = [(card.key, card.topic) for card in roster.all]
    return cards, list(roster.topics.items()), len(roster), roster.shared, sorted(texts.values()), mates


@given(st.lists(notes(), max_size=6))
def test_what_is_counted_is_what_is_listed(marks: list[tuple[Candidate, ...]]) -> None:
    roster = Roster(Listed(marks))
    listed = roster.all
    assert [card.key for card in listed] == list(dict.fromkeys(card.key for note in marks for card in note))
    assert len(roster) == len(listed)
    table = {card.key: card for card in listed}
    assert dict(roster.by_key) == table
    assert list(roster.by_key) == list(table)
    assert list(roster.by_key.values()) == listed
    assert "no card" not in roster.by_key
    topics = [card.topic for card in listed]
    assert roster.topics == {topic: topics.count(topic) for topic in topics}
    numbers = [card.siblings for card in listed if card.siblings]
    assert roster.shared == (len(numbers), len(set(numbers)))
    assert all(roster.sharing(card) == numbers.count(card.siblings) for card in listed if card.siblings)


@given(st.lists(notes(), max_size=6), st.sets(st.sampled_from("abcdefgh!?")))
def test_cards_are_found_by_their_keys_in_study_order(marks: list[tuple[Candidate, ...]], keys: set[str]) -> None:
    roster = Roster(Listed(marks))
    asked = [card for card in roster.all if card.key in keys]
    assert list(roster.among(keys)) == asked
    larger = Roster(Listed([*marks, *((Candidate(f"{n}", "C"),) for n in range(99))])).among(keys)
    assert [(card.key, card.topic) for card in larger] == [(card.key, card.topic) for card in asked]


@given(st.data())
def test_after_edits_a_roster_is_as_if_made_anew_and_keeps_the_cards_that_stayed(data: st.DataObject) -> None:
    marks = data.draw(st.lists(notes(), max_size=6))
    roster = Roster(Listed(marks))
    told(roster)
    for _ in range(data.draw(st.integers(1, 3))):
        before = {id(note): note for note in marks}
        if marks and data.draw(st.booleans()):
            marks = [*marks]
            marks[data.draw(st.integers(0, len(marks) - 1))] = data.draw(notes())
        else:
            marks = data.draw(st.permutations([*marks, *data.draw(st.lists(notes(), max_size=2))]))[:6]
        later = Roster(Listed(marks), roster)
        assert told(later) == told(Roster(Listed(marks)))
        if len(set(map(id, marks))) == len(marks) and all(id(note) in before for note in marks) and later.all:
            assert {id(card) for card in later.all} <= {id(card) for piece in roster._pieces for card in piece.cards}
        roster = later
