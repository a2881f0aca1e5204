"""A PostgreSQL server between devices: each comes to the union of their events, whoever writes when."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import studytool
from studytool.memory import Event, Moment, open_store
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from studytool.sync import postgres
from studytool.sync.outcome import Outcome
from studytool.sync.rows import arrived
from studytool.sync.setup import set_up

if TYPE_CHECKING:
    from conftest import Database

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
Device = Callable[[str], Store]


def answer(store: Store, number: int = 1, ms: int = 1_704_110_400_000) -> list[Event]:
    return [store.append("review", f"k{n}", {"grade": 3, "text": "Größe"}, Moment(ms + n, 60)) for n in range(number)]


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.sent, outcome.received, len(outcome.devices)


def test_devices_come_to_the_union(device: Device, sync: Callable[[Store], Outcome]) -> None:
    one, two, three = device("one"), device("two"), device("three")
    answer(one, 3), answer(two, 2)
    assert counts(sync(one)) == (3, 0, 0)
    assert counts(sync(two)) == (2, 3, 1)
    assert counts(sync(three)) == (0, 5, 2)
    assert counts(sync(one)) == (0, 2, 1)
    assert one.events() == two.events() == three.events()
    for store in (one, two, three):
        assert counts(sync(store)) == (0, 0, 0)


def test_a_payload_is_passed_on_byte_for_byte(device: Device, sync: Callable[[Store], Outcome]) -> None:
    one, two = device("one"), device("two")
    payloads = ['{"a": 1.0, "b":1e0}', '{ "x" : "\\u00e9\\u0000", "y":"🙂\\\\"}', '{"a":{"b":[1]},"c":1,"c":2}', "{}"]
    one.merge_rows(Row(f"{n}", n, -720, "d", n, "teleport", None, text, 9) for n, text in enumerate(payloads))
    one.merge_rows([Row("e", -5, 840, 'q"\\,{}\n', 2**62, "NULL", "null", '{"é":1}', 2**31 - 1)])
    sync(one), sync(two)
    assert [row for _, row in arrived(two)] == sorted(row for _, row in arrived(one))


def test_more_events_than_go_in_one_transaction(device: Device, sync: Callable[[Store], Outcome]) -> None:
    one, two = device("one"), device("two")
    one.merge_rows(Row(f"{n:032x}", n, 0, "d", n, "review", "k", "{}", 1) for n in range(25_001))
    assert counts(sync(one)) == (25_001, 0, 0)
    assert counts(sync(two)) == (0, 25_001, 1)
    assert arrived(one) == arrived(two)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows came from the server, batch by batch."""
    numbers: list[int] = []
    real = postgres._readable

    def watched(rows: list[Row], outcome: Outcome) -> object:
        numbers.append(len(rows))
        return real(rows, outcome)

    monkeypatch.setattr(postgres, "_readable", watched)
    return numbers


def test_only_what_is_new_is_read(device: Device, sync: Callable[[Store], Outcome], read: list[int]) -> None:
    one, two = device("one"), device("two")
    answer(one, 50)
    sync(one), sync(two), sync(two)
    answer(one, 2, ms=5)
    sync(one)
    read.clear()
    assert counts(sync(two)) == (0, 2, 1)
    assert sum(read) == 2
    assert counts(sync(one)) == counts(sync(two)) == (0, 0, 0)
    assert sum(read) == 2


def test_what_is_remembered_may_be_lost(device: Device, sync: Callable[[Store], Outcome], tmp_path: Path) -> None:
    one = device("one")
    answer(one, 5)
    sync(one)
    for content in (b"", b"{", b"[]", b'{"version":1,"device":1,"log":[0,0]}', None):
        for path in (tmp_path / "cache" / "sync").iterdir():
            path.unlink() if content is None else path.write_bytes(content)
        assert counts(sync(one)) == (0, 0, 0)


def test_a_transaction_that_began_first_and_ends_last_is_not_missed(
    device: Device, ready: Database, sync: Callable[[Store], Outcome], read: list[int]
) -> None:
    import psycopg

    one, two = device("one"), device("two")
    answer(one, 50, ms=10**12)
    sync(one), sync(two)
    insert = """INSERT INTO studytool.events (id, ms, "offset", device, sequence, kind, payload, version)
        VALUES (%s, 1, 0, 'slow', 1, 'review', '{}', 1)"""
    with psycopg.connect(ready.url()) as slow:
        slow.execute(insert, ("a" * 32,))
        for n in range(3):  # others come and go, and are read, while it is still under way
            answer(one, 1, ms=n * 1000)
            assert counts(sync(one)) == (1, 0, 0)
            assert counts(sync(two)) == (0, 1, 1)
        slow.commit()
    read.clear()
    for store in (one, two):
        assert counts(sync(store)) == (0, 1, 1)
        assert counts(sync(store)) == (0, 0, 0)
    assert sum(read) <= 2 * 4  # nothing had to be read from the beginning


def test_nothing_is_missed_while_many_write_at_once(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    import psycopg

    def write(number: int) -> None:
        draw = random.Random(number)
        with psycopg.connect(ready.url()) as connection:
            for n in range(40):
                for part in range(draw.randint(1, 3)):
                    connection.execute(
                        """INSERT INTO studytool.events (id, ms, "offset", device, sequence, kind, payload, version)
                        VALUES (%s, 1, 0, %s, 1, 'review', '{}', 1)""",
                        (f"{number:08x}{n:08x}{part:016x}", f"w{number}"),
                    )
                    time.sleep(draw.uniform(0, 0.01))
                connection.rollback() if draw.random() < 0.1 else connection.commit()

    one = device("one")
    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    received = 0
    while any(thread.is_alive() for thread in threads):
        received += counts(sync(one))[1]
    received += counts(sync(one))[1]
    ids = {id_ for (id_,) in ready.run("SELECT id FROM studytool.events")}
    assert len(ids) > 200
    assert {row.id for _, row in arrived(one)} == ids
    assert received == len(ids)


AT_ONCE = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
from studytool.sync.postgres import sync_postgres
store = open_store(Path(sys.argv[2]))
for number in range(10):
    store.append("review", sys.argv[4], {"grade": 3}, Moment(1000 + number, 0))
    outcome = sync_postgres(store, sys.argv[1], Path(sys.argv[3]))
    assert not outcome.problems, outcome
store.close()
"""


def test_several_processes_synchronise_at_once(
    device: Device, ready: Database, sync: Callable[[Store], Outcome], tmp_path: Path
) -> None:
    running = []
    for name in ("one", "one", "two", "three"):
        command = [sys.executable, "-c", AT_ONCE, ready.url(), tmp_path / "devices" / name, tmp_path / name, name]
        running.append(
            subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRON)
        )
    for process in running:
        assert process.communicate(timeout=120) == (b"", b"")
    stores = [device(name) for name in ("one", "two", "three")]
    for store in stores:
        assert sync(store).problems == []
        assert len(store.events()) == 40
        assert store.events() == stores[0].events()


def test_the_same_id_with_other_contents_is_told_and_each_keeps_its_first(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    one, two = device("one"), device("two")
    row = Row("a" * 32, 5, 0, "d", 1, "review", "k", '{"grade":3}', 1)
    one.merge_rows([row])
    two.merge_rows([row._replace(payload='{"grade":1}')])
    sync(one)
    [problem] = sync(two).problems
    assert f"event {row.id} is known with other contents" in problem
    assert ready.run("SELECT payload FROM studytool.events") == [('{"grade":3}',)]
    assert [row.payload for _, row in arrived(two)] == ['{"grade":1}']


def test_a_row_that_is_no_event_is_named_and_all_others_are_taken(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    insert = 'INSERT INTO studytool.events (id, ms, "offset", device, sequence, kind, payload, version) VALUES '
    ready.run(
        insert + "('bad', 1, 0, 'd', 1, 'review', 'rubbish', 1), ('late', 9e17, 0, 'd', 1, 'review', '{}', 1),"
        "('good', 1, 0, 'd', 1, 'review', '{}', 1), ('', 1, 0, 'd', 1, 'review', '{}', 1)"
    )
    one = device("one")
    outcome = sync(one)
    assert outcome.received == 1
    assert len(outcome.problems) == 3
    assert all("on the server was left out" in problem for problem in outcome.problems)


def test_an_event_that_no_row_can_hold_stays_and_is_named(device: Device, sync: Callable[[Store], Outcome]) -> None:
    one = device("one")
    one.append("review", "a\0b", {"grade": 3}, Moment(1, 0))
    answer(one)
    outcome = sync(one)
    assert outcome.sent == 1
    assert ["NUL" in problem for problem in outcome.problems] == [True]


def test_a_server_that_was_made_anew_or_restored_from_a_backup_gets_everything_again(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    one, two = device("one"), device("two")
    answer(one, 5), answer(two, 5)
    for store in (one, two, one):
        sync(store)
    keep = "ALTER TABLE studytool.events DISABLE TRIGGER events_are_kept"
    ready.run(keep, f"DELETE FROM studytool.events WHERE device = '{one.device}' OR ms % 2 = 0")
    assert sync(two).sent > 0
    assert sync(one).problems == []
    assert ready.run("SELECT count(*) FROM studytool.events") == [(10,)]
    ready.run("DROP SCHEMA studytool CASCADE")
    set_up(ready.url())
    assert counts(sync(one)) == (10, 0, 0)
    assert counts(sync(two)) == (0, 0, 0)


def test_a_dump_on_another_server_is_read_once_and_only_what_is_new_from_then_on(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    one, two = device("one"), device("two")
    answer(one, 5)
    sync(one), sync(two)
    # As pg_restore leaves it: transactions of the other server's future.
    ready.run(
        "ALTER TABLE studytool.events DISABLE TRIGGER events_are_kept",
        "UPDATE studytool.events SET xact = (xact::text::bigint + 1000000)::text::xid8",
        "ALTER TABLE studytool.events ENABLE TRIGGER events_are_kept",
    )
    answer(one, 1, ms=3)
    assert counts(sync(one)) == (1, 0, 0)
    assert counts(sync(two)) == (0, 1, 1)
    set_up(ready.url())
    assert ready.run("SELECT count(*) FROM studytool.events WHERE xact < pg_current_xact_id()") == [(6,)]
    assert counts(sync(two)) == counts(sync(one)) == (0, 0, 0)


def test_setting_up_again_changes_nothing(ready: Database, device: Device, sync: Callable[[Store], Outcome]) -> None:
    one = device("one")
    answer(one, 3)
    sync(one)
    queries = "SELECT * FROM studytool.events ORDER BY id", "SELECT * FROM studytool.meta ORDER BY name"
    before = [ready.run(query) for query in queries]
    for _ in range(2):
        set_up(ready.url())
    assert [ready.run(query) for query in queries] == before
    assert counts(sync(one)) == (0, 0, 0)


def test_two_owners_set_up_at_once(database: Database) -> None:
    failed: list[BaseException] = []

    def work() -> None:
        try:
            set_up(database.url())
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


def test_the_command_sets_up_and_synchronises(database: Database, home: Path) -> None:
    def studytool(*arguments: str) -> str:
        command = [sys.executable, "-m", "studytool", "sync", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    told = studytool("--setup", database.url())
    assert "GRANT studytool_learner" in told
    assert ":postgres@" not in told
    assert json.loads(studytool("--setup", "--json", database.url()))["roles"] is True
    store = open_store(home / "data")
    answer(store, 3)
    store.close()
    assert studytool(database.url()) == "3 sent, 0 received\n"
    told = json.loads(studytool(database.url().replace("postgresql:", "postgres:"), "--json"))
    assert told == {"sent": 0, "received": 0, "devices": 0, "problems": [], "notices": []}
