"""A log goes out as lines or as a table and comes back the same, to the byte."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Moment, Store, open_store, replay
from studytool.memory.events import DAY_MS
from studytool.memory.store.lines import Row
from studytool.memory.store.tabular import rows_from_table
from studytool.memory.store.transfer import Trouble, rows_from, take
from tests.memory.transferring import START, as_lines, as_table, take_lines, take_table


def test_lines_come_back_to_the_byte_and_twice_changes_nothing(full: Store, tmp_path: Path) -> None:
    text = as_lines(full)
    other = open_store(tmp_path / "other")
    taken = take_lines(other, text)
    assert (taken.read, taken.new, taken.trouble.count) == (10, 10, 0)
    assert as_lines(other) == text
    assert take_lines(other, text).new == 0
    assert as_lines(other) == text
    assert other.events() == full.events()
    other.close()


def test_the_table_has_the_answers_that_stand_with_the_state_before_each(full: Store) -> None:
    assert as_table(full).decode().splitlines() == [
        "card_id,review_time,review_rating,review_state,review_duration",
        f"z,{START},3,0,4100",
        f"z,{START + 864_000},3,1,900",
        f"b,{START + 3_456_000},4,0,0",
        f"c,{START + 20 * DAY_MS},1,2,3000",
        f"z,{START + 22 * DAY_MS},2,2,2000",
    ]


def test_a_table_comes_back_to_the_byte_and_twice_changes_nothing(full: Store, tmp_path: Path) -> None:
    text = as_table(full)
    other = open_store(tmp_path / "other")
    assert take_table(other, text).new == 5
    assert as_table(other) == text
    again = take_table(other, text)
    assert (again.read, again.new) == (5, 0)
    lines = as_lines(other)
    third = open_store(tmp_path / "third")
    assert take_table(third, text).new == 5
    assert as_lines(third) == lines  # wherever it is imported, the events are the same
    assert take_lines(third, lines).new == 0
    for one in (other, third):
        one.close()


def test_a_table_imported_where_it_came_from_changes_nothing(full: Store) -> None:
    before = as_lines(full)
    assert take_table(full, as_table(full)).new == 0
    earlier = as_table(full).replace(b"z,", b"a,", 2)  # before the card was edited
    assert take_table(full, earlier).new == 0
    assert as_lines(full) == before


def test_imported_answers_count_as_answers(full: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "other")
    take_table(other, as_table(full))
    here, there = replay(full.events()).state("z"), replay(other.events()).state("z")
    assert here is not None
    assert there is not None
    assert (here.stability, here.difficulty, here.reviews) == (there.stability, there.difficulty, there.reviews)
    other.close()


def test_columns_may_stand_in_any_order_and_only_three_are_needed(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    names = b"\xef\xbb\xbfreview_rating,deck_id,review_time,card_id\r\n"
    text = names + b'3,7,1700000000000,"a,b"\r\n\r\n4.0,7,1700000000001,x\r\n'
    assert take_table(store, text, offset=-480).new == 2
    assert [(row.card, row.ms, row.offset, row.kind, row.payload) for row in store.rows()] == [
        ("a,b", 1_700_000_000_000, -480, "imported", '{"grade":3,"took_ms":0}'),
        ("x", 1_700_000_000_001, -480, "imported", '{"grade":4,"took_ms":0}'),
    ]
    with_states = as_table(store)
    assert take_table(store, with_states).new == 0
    store.close()


cards = st.sampled_from(["a", "b", 'c"', "d,e"])
rows = st.tuples(cards, st.integers(0, 20), st.integers(1, 4), st.integers(0, 3), st.integers(0, 99))


@settings(max_examples=40, deadline=None)
@given(st.lists(rows, max_size=30))
def test_any_table_that_was_exported_comes_back_to_the_byte(told: list[tuple[str, int, int, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = open_store(Path(folder, "1")), open_store(Path(folder, "2"))
        head = "card_id,review_time,review_rating,review_state,review_duration\n"
        body = "".join('"{}",{},{},{},{}\n'.format(card.replace('"', '""'), *rest) for card, *rest in told)
        take_table(first, (head + body).encode())
        text = as_table(first)
        assert take_table(second, text).new == text.count(b"\n") - 1
        assert as_table(second) == text
        assert take_table(second, text).new == 0
        first.close()
        second.close()


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9)
payloads = st.dictionaries(words, st.none() | st.integers() | words, max_size=3)
events = st.builds(
    Row,
    id=st.uuids().map(lambda one: one.hex),
    ms=st.integers(0, 99),
    offset=st.integers(-720, 840),
    device=st.sampled_from(["d", "ä", "e\u2028"]),
    sequence=st.integers(0, 9),
    kind=words,
    card=st.none() | words,
    payload=payloads.map(lambda one: json.dumps(one, ensure_ascii=len(one) % 2 == 0)),
    version=st.integers(1, 9),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(events, max_size=20))
def test_any_log_comes_back_to_the_byte_whatever_its_kinds(told: list[Row]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first, second = open_store(Path(folder, "1")), open_store(Path(folder, "2"))
        first.merge_rows(told)
        text = as_lines(first)
        assert text.count(b"\n") == len({row.id for row in told})
        take_lines(second, text)
        assert as_lines(second) == text
        assert list(second.rows()) == list(first.rows())
        first.close()
        second.close()


def test_while_an_import_is_read_other_windows_write(full: Store, tmp_path: Path) -> None:
    """A pipe may take its time; nobody waits for it."""
    text = as_lines(full).splitlines()
    into = open_store(tmp_path / "into")
    window = open_store(tmp_path / "into", wait=0.1)

    def slowly(trouble: Trouble) -> Iterable[Row]:
        for row in rows_from(io.BytesIO(b"\n".join(text)), "pipe", trouble):
            window.append("review", "w", {"grade": 3}, Moment(START, 0))
            yield row

    taken = take(into, slowly, skip_damaged=False)
    assert (taken.read, taken.new) == (len(text), len(text))
    assert len(into.events()) == 2 * len(text)
    window.close()
    into.close()


def test_an_id_stands_for_one_content_wherever_a_table_is_imported() -> None:
    """Two devices of which one is elsewhere, or one table tells more than the other."""
    plain = f"card_id,review_time,review_rating\na,{START},3\n"
    tables = [
        (plain, 540),
        (plain, -300),
        (f"card_id,review_time,review_rating,review_state\na,{START},3,2\n", 540),
        (f"card_id,review_time,review_rating,review_duration\na,{START},3,900\n", 540),
    ]

    def rows(text: str, offset: int) -> list[Row]:
        return list(rows_from_table(io.BytesIO(text.encode()), "log.csv", Trouble(), lambda _: offset))

    found = [rows(*table) for table in tables]
    assert found == [rows(*table) for table in tables]
    assert len({row.id for one in found for row in one}) == len(tables)
