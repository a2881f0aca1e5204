"""What an export or an import leaves out: damaged lines, torn tables, a second content of an event; each is told."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pytest

from studytool.errors import StudytoolError
from studytool.memory import Store, open_store
from studytool.memory.store.lines import Row
from studytool.memory.store.transfer import Trouble, rows_from, take
from tests.memory.transferring import START, as_lines, take_lines, take_table


def test_a_damaged_line_keeps_all_out_and_is_named_or_is_left_out_when_asked(full: Store, tmp_path: Path) -> None:
    lines = as_lines(full).splitlines(keepends=True)
    harmed = [*lines[:2], b"{\n", lines[2][:40] + b"\n", *lines[3:], b'{"id": "\xff"}\n', lines[2][:-9]]
    other = open_store(tmp_path / "other")
    taken = take_lines(other, b"".join(harmed))
    assert taken.new == 0
    assert list(other.rows()) == []
    assert [sentence.split(": ")[0] for sentence in taken.trouble.told] == [f"log.jsonl:{n}" for n in (3, 4, 12, 13)]
    assert "not UTF-8" in taken.trouble.told[2]
    taken = take_lines(other, b"".join(harmed), skip_damaged=True)
    assert (taken.new, taken.trouble.count) == (9, 4)
    assert as_lines(other) == b"".join([*lines[:2], *lines[3:]])
    other.close()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,soon,3", "`review_time` should be a whole number"),
        ("a,1,5", "`review_rating` should lie between 0 and 4"),
        ("a,253402300799999,3", "`review_time` should lie between"),
        ("a,1,2.5", "`review_rating` should lie between"),
        ("a,1", "`review_rating` should be a whole number"),
        (",1,3", "`card_id` should have 1 to 200 characters"),
        ("a,-1,3", "`review_time` should lie between"),
        ("a,1,inf", "`review_rating` should lie between"),
    ],
)
def test_a_wrong_row_of_a_table_says_what_is_wrong(tmp_path: Path, row: str, problem: str) -> None:
    store = open_store(tmp_path)
    text = f"card_id,review_time,review_rating\nx,5,3\n{row}\n".encode()
    taken = take_table(store, text)
    assert taken.new == 0
    assert taken.trouble.told[0].startswith(f"log.csv:3: {problem}")
    assert take_table(store, text, skip_damaged=True).new == 1
    store.close()


def test_a_quotation_mark_that_is_not_closed_costs_one_row(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    text = b'card_id,review_time,review_rating,deck\na,5,3,x\nb,6,3,"Greek\nc,7,3,x\nd,8,"3,x\n'
    text += b'"e",9,"4","a ""b"", c"\nf,9,4,"g"h\ng,9,4,5" wide\n'
    taken = take_table(store, text)
    assert taken.new == 0
    assert [told[:9] for told in taken.trouble.told] == ["log.csv:3", "log.csv:5", "log.csv:7"]
    assert taken.trouble.told[0] == "log.csv:3: a quotation mark is not closed"
    assert take_table(store, text, skip_damaged=True).new == 4
    assert [row.card for row in store.rows()] == ["a", "c", "e", "g"]
    store.close()


@pytest.mark.parametrize(
    ("names", "last", "is_taken"),
    [
        ("card_id,review_time,review_rating,review_state,review_duration", "y,6,3,2,41", False),
        ("card_id,review_time,review_rating,review_state,review_duration", "y,6,3,2,", False),
        ("card_id,review_time,review_rating,review_state,review_duration", "y,6,3,2", False),
        ("card_id,review_time,review_rating,review_state", "y,6,3,2", True),
        ("card_id,review_time,review_rating", "y,6,3", True),
        ("review_time,review_rating,card_id", "6,3,y", False),
    ],
)
def test_a_table_that_was_cut_off_is_refused_and_without_its_last_line_taken(
    tmp_path: Path, names: str, last: str, is_taken: bool
) -> None:
    first = {"card_id": "x", "review_time": "5", "review_rating": "3", "review_state": "2", "review_duration": "4100"}
    text = f"{names}\n{','.join(first[name] for name in names.split(','))}\n{last}".encode()
    store = open_store(tmp_path)
    taken = take_table(store, text)
    assert taken.new == 2 * is_taken
    assert ["the last line has no end" in told for told in taken.trouble.told] == ([] if is_taken else [True])
    if not is_taken:
        assert take_table(store, text, skip_damaged=True).new == 1
        assert taken.trouble.told[0].startswith("log.csv:3: ")
        assert take_table(store, text + b"\n").new == 1  # whoever knows that it is whole ends it
    store.close()


def test_of_two_contents_of_one_event_the_first_is_kept_and_the_lines_are_told(full: Store, tmp_path: Path) -> None:
    lines = as_lines(full).splitlines(keepends=True)
    other, others = lines[0].replace(b"4100", b"9900"), lines[1].replace(b'"took_ms":900', b'"took_ms": 900')
    two, ids = open_store(tmp_path / "other"), [row.id for row in full.rows()]
    taken = take_lines(two, b"".join([*lines[:3], other, others, *lines[3:]]))
    assert (taken.new, taken.different) == (10, 1)  # the same in another form is no other content
    assert taken.told == (f"4: event {ids[0]} is known with other contents. What line 1 says was kept.",)
    assert as_lines(two) == b"".join(lines)
    taken = take_lines(two, lines[3] + other)
    assert (taken.new, taken.different) == (0, 1)
    assert taken.told == (f"2: event {ids[0]} is known with other contents. What the log held before was kept.",)
    taken = take_lines(two, other + lines[0])
    assert taken.told == (f"1: event {ids[0]} is known with other contents. What the log held before was kept.",)
    assert as_lines(two) == b"".join(lines)
    two.close()


@pytest.mark.parametrize("column", ["card_id", "review_time", "review_rating", "review_state", "review_duration"])
def test_a_table_with_two_columns_of_one_name_is_refused(tmp_path: Path, column: str) -> None:
    store = open_store(tmp_path)
    text = f"card_id,review_time,review_rating,{column.upper()},review_state,review_duration,{column}\nx,5,3,1,1,1,1\n"
    taken = take_table(store, text.encode(), skip_damaged=True)
    assert (taken.new, taken.trouble.told) == (0, [f"log.csv:1: two columns are called {column}"])
    store.close()


def test_a_table_without_the_names_of_its_columns_is_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    taken = take_table(store, b"1,1700000000000,3\n")
    assert "the columns card_id, review_time, review_rating are needed" in taken.trouble.told[0]
    store.close()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"card_id;review_time;review_rating\nx;5;3\n", "log.csv:1: the columns should be separated by commas"),
        (b"card_id\treview_time\treview_rating\nx\t5\t3\n", "and these are by tabs"),
        (b"card_id,review_time,review_rating\rx,5,3\r", "carriage return alone"),
        (b"card_id,review_time,review_rating\nx,1700000000,3\nx,5,3\n", "log.csv:2: `review_time` looks like seconds"),
    ],
)
def test_a_table_of_another_form_says_what_is_wrong_with_it(tmp_path: Path, text: bytes, problem: str) -> None:
    store = open_store(tmp_path)
    taken = take_table(store, text)
    assert (taken.new, len(taken.trouble.told)) == (0, 1)
    assert problem in taken.trouble.told[0]
    store.close()


def test_an_event_that_is_no_json_is_named_and_the_others_go_out(full: Store) -> None:
    row = next(full.rows())
    full.merge_rows([row._replace(id="broken", payload="{"), row._replace(id="list", payload="[]")])
    trouble = Trouble()
    text = as_lines(full, trouble)
    assert text.count(b"\n") == 10
    assert sorted(trouble.told) == [f"event {name}: its payload is no JSON object" for name in ("broken", "list")]


def test_a_line_without_end_is_no_event_and_what_follows_is_read(full: Store, tmp_path: Path) -> None:
    lines = as_lines(full)
    other = open_store(tmp_path / "other")
    long = b" " * (65 * 2**20) + b"\n"
    assert take_lines(other, long + lines, skip_damaged=True).new == 10
    other.close()


def test_an_import_into_a_log_that_was_taken_away_does_not_call_it_damaged(full: Store, tmp_path: Path) -> None:
    text = as_lines(full)
    into = open_store(tmp_path / "into")

    def meanwhile(trouble: Trouble) -> Iterable[Row]:
        yield from rows_from(io.BytesIO(text), "log.jsonl", trouble)
        into.path.unlink()
        into.path.write_bytes(b"another program's file")

    with pytest.raises(StudytoolError, match="replaced by another file while this ran") as caught:
        take(into, meanwhile, skip_damaged=False)
    assert caught.value.hint == "Run it again."
    assert into.path.read_bytes() == b"another program's file"


def test_changes_by_hand_are_counted_and_left_out(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    text = f"card_id,review_time,review_rating,review_state\na,{START},3,0\na,{START + 1},0,4\nb,,0,\n".encode()
    taken = take_table(store, text)
    assert (taken.new, taken.trouble.count, taken.trouble.by_hand) == (1, 0, 2)
    store.close()
