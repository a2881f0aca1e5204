"""A log goes out as lines or as a table and comes back the same, to the byte; damaged lines are named."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.errors import StudytoolError
from studytool.memory import Moment, open_store, replay
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from studytool.memory.store.tabular import answered, answers_in, changes_in, mark, rows_from_table, table_of
from studytool.memory.store.transfer import Taken, Trouble, lines_of, rows_from, take, whole_file

DAY = 86_400_000
START = 1_700_000_000_000


def as_lines(store: Store, trouble: Trouble | None = None) -> bytes:
    return b"".join(lines_of(store.rows(), trouble or Trouble()))


def as_table(store: Store) -> bytes:
    changes = changes_in(store.rows(("undo", "relink")))
    return b"".join(table_of(answers_in(store.rows(("review", "imported")), changes)))


def take_lines(store: Store, text: bytes, *, skip_damaged: bool = False) -> Taken:
    return take(store, lambda trouble: rows_from(io.BytesIO(text), "log.jsonl", trouble), skip_damaged=skip_damaged)


def take_table(store: Store, text: bytes, *, skip_damaged: bool = False, offset: int = 60) -> Taken:
    known = answered(store.rows(("review", "imported")), changes_in(store.rows(("undo", "relink"))))
    return take(
        store,
        lambda trouble: rows_from_table(io.BytesIO(text), "log.csv", trouble, lambda _: offset),
        skip_damaged=skip_damaged,
        is_known=lambda row: mark(str(row.card), row.ms) in known,
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterable[Store]:
    """A log with answers to three cards, one of them edited, one answer undone, one schedule taken over."""
    store = open_store(tmp_path / "full")

    def add(kind: str, card: str | None, payload: dict, days: float) -> str:
        return store.append(kind, card, payload, Moment(START + round(days * DAY), 60)).id

    add("review", "a", {"grade": 3, "took_ms": 4100, "text": {"front": "Größe 損失 🙂\u2028"}}, 0)
    add("review", "a", {"grade": 3, "took_ms": 900}, 0.01)
    slip = add("review", "b", {"grade": 1, "took_ms": 800}, 0.02)
    add("undo", "b", {"event": slip}, 0.03)
    add("review", "b", {"grade": 4}, 0.04)
    add("imported", "c", {"schedule": {"due": "2023-12-01", "interval": 10, "ease": 250}}, 0.05)
    add("review", "c", {"grade": 1, "took_ms": 3000}, 20)
    add("relink", "z", {"from": "a"}, 21)
    add("review", "z", {"grade": 2, "took_ms": 2000}, 22)
    add("teleport", None, {"to": "mars"}, 23)
    yield store
    store.close()


def test_lines_come_back_to_the_byte_and_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    text = as_lines(store)
    other = open_store(tmp_path / "other")
    taken = take_lines(other, text)
    assert (taken.read, taken.new, taken.trouble.count) == (10, 10, 0)
    assert as_lines(other) == text
    assert take_lines(other, text).new == 0
    assert as_lines(other) == text
    assert other.events() == store.events()
    other.close()


def test_the_table_has_the_answers_that_stand_with_the_state_before_each(store: Store) -> None:
    assert as_table(store).decode().splitlines() == [
        "card_id,review_time,review_rating,review_state,review_duration",
        f"z,{START},3,0,4100",
        f"z,{START + 864_000},3,1,900",
        f"b,{START + 3_456_000},4,0,0",
        f"c,{START + 20 * DAY},1,2,3000",
        f"z,{START + 22 * DAY},2,2,2000",
    ]


def test_a_table_comes_back_to_the_byte_and_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    text = as_table(store)
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


def test_a_table_imported_where_it_came_from_changes_nothing(store: Store) -> None:
    before = as_lines(store)
    assert take_table(store, as_table(store)).new == 0
    earlier = as_table(store).replace(b"z,", b"a,", 2)  # before the card was edited
    assert take_table(store, earlier).new == 0
    assert as_lines(store) == before


def test_imported_answers_count_as_answers(store: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "other")
    take_table(other, as_table(store))
    here, there = replay(store.events()).state("z"), replay(other.events()).state("z")
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


def test_a_damaged_line_keeps_all_out_and_is_named_or_is_left_out_when_asked(store: Store, tmp_path: Path) -> None:
    lines = as_lines(store).splitlines(keepends=True)
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


def test_of_two_contents_of_one_event_the_first_is_kept_and_the_lines_are_told(store: Store, tmp_path: Path) -> None:
    lines = as_lines(store).splitlines(keepends=True)
    other, others = lines[0].replace(b"4100", b"9900"), lines[1].replace(b'"took_ms":900', b'"took_ms": 900')
    two, ids = open_store(tmp_path / "other"), [row.id for row in store.rows()]
    taken = take_lines(two, b"".join([*lines[:3], other, others, *lines[3:]]))
    assert (taken.new, taken.different) == (10, 1)  # the same in another form is no other content
    assert taken.told == (f"4: event {ids[0]} is known with other contents. What line 1 says was kept.",)
    assert as_lines(two) == b"".join(lines)
    taken = take_lines(two, lines[3] + other)
    assert (taken.new, taken.different) == (0, 1)
    assert taken.told == (f"2: event {ids[0]} is known with other contents. What the log held before was kept.",)
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
    assert "card_id is not there" in taken.trouble.told[0]
    store.close()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"card_id;review_time;review_rating\nx;5;3\n", "log.csv:1: the columns should be separated by commas"),
        (b"card_id\treview_time\treview_rating\nx\t5\t3\n", "and these are by tabs"),
        (b"card_id,review_time,review_rating\rx,5,3\r", "carriage return alone"),
        (b"card_id,review_time,review_rating\nx,1700000000,3\nx,5,3\n", "log.csv: its times look like seconds"),
    ],
)
def test_a_table_of_another_form_says_what_is_wrong_with_it(tmp_path: Path, text: bytes, problem: str) -> None:
    store = open_store(tmp_path)
    taken = take_table(store, text)
    assert (taken.new, len(taken.trouble.told)) == (0, 1)
    assert problem in taken.trouble.told[0]
    store.close()


def test_an_event_that_is_no_json_is_named_and_the_others_go_out(store: Store) -> None:
    row = next(store.rows())
    store.merge_rows([row._replace(id="broken", payload="{"), row._replace(id="list", payload="[]")])
    trouble = Trouble()
    text = as_lines(store, trouble)
    assert text.count(b"\n") == 10
    assert sorted(trouble.told) == [f"event {name}: its payload is no JSON object" for name in ("broken", "list")]


def test_a_line_without_end_is_no_event_and_what_follows_is_read(store: Store, tmp_path: Path) -> None:
    lines = as_lines(store)
    other = open_store(tmp_path / "other")
    long = b" " * (65 * 2**20) + b"\n"
    assert take_lines(other, long + lines, skip_damaged=True).new == 10
    other.close()


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"

    def fail() -> None:
        with whole_file(target, force=False) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []
    with whole_file(target, force=False) as file:
        file.write(b"all")
    assert target.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"mine")

    def write(force: bool) -> None:
        with whole_file(target, force=force) as file:
            file.write(b"new")

    with pytest.raises(StudytoolError, match="There is a file"):
        write(force=False)
    assert target.read_bytes() == b"mine"
    write(force=True)
    assert target.read_bytes() == b"new"


def test_a_file_that_another_program_makes_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"

    def write() -> None:
        with whole_file(target, force=False) as file:
            file.write(b"new")
            target.write_bytes(b"theirs")

    with pytest.raises(StudytoolError, match="There is a file"):
        write()
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["missing/out.jsonl", ""])
def test_a_place_where_no_file_can_be_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudytoolError, match="could not be written"), whole_file(tmp_path / name, force=True):
        pass


def test_while_an_import_is_read_other_windows_write(store: Store, tmp_path: Path) -> None:
    """A pipe may take its time; nobody waits for it."""
    text = as_lines(store).splitlines()
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


def test_an_import_into_a_log_that_was_taken_away_does_not_call_it_damaged(store: Store, tmp_path: Path) -> None:
    text = as_lines(store)
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
