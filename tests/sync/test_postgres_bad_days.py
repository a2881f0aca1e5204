"""What can go wrong with a PostgreSQL server between devices: one sentence each, and nothing is lost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import studytool
from studytool.errors import StudytoolError, UsageError
from studytool.memory import Moment
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from studytool.sync.outcome import Outcome
from studytool.sync.postgres import sync_postgres
from studytool.sync.rows import arrived
from studytool.sync.setup import VERSION, set_up
from tests.sync.test_postgres import answer, counts

if TYPE_CHECKING:
    from conftest import Database, Postgres

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
Device = Callable[[str], Store]


def refusal(work: Callable[[], object]) -> str:
    """The sentence with which `work` ends."""
    with pytest.raises(StudytoolError) as caught:
        work()
    told = str(caught.value)
    assert "\n" not in told
    return told


def test_a_server_that_does_not_run_is_one_sentence(device: Device, tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        one = device("one")
        answer(one, 2)
        url = f"postgresql://ada:secret-word@127.0.0.1:{port}/x"
        told = refusal(lambda: sync_postgres(one, url, tmp_path / "cache"))
    assert "cannot be reached" in told
    assert "Nothing was sent or received; the log on this device is whole" in told
    assert "secret-word" not in told
    assert len(one.events()) == 2


def test_a_server_that_never_answers_is_given_up(device: Device, tmp_path: Path) -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        url = f"postgresql://ada@127.0.0.1:{deaf.getsockname()[1]}/x?connect_timeout=2"
        assert "cannot be reached" in refusal(lambda: sync_postgres(device("one"), url, tmp_path))


def test_a_wrong_password_and_an_unknown_role_are_one_sentence_without_the_password(
    device: Device, ready: Database, tmp_path: Path
) -> None:
    for role in ("postgres", "nobody-of-this-name"):
        told = refusal(lambda role=role: sync_postgres(device("one"), ready.url(role, "wrong-word"), tmp_path))
        assert "password authentication failed" in told
        assert "wrong-word" not in told
        assert "Nothing was sent or received" in told


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:se cret@[::1/x",
        "postgresql://ada:secret%ZZ@host/x",
        "postgresql://ada:secret@host:port/x?nothing=secret",
        "postgresql://ada:sec%00ret@host/x",
    ],
)
def test_an_address_that_cannot_be_read_is_not_repeated(device: Device, tmp_path: Path, url: str) -> None:
    pytest.importorskip("psycopg")
    told = refusal(lambda: sync_postgres(device("one"), url, tmp_path))
    assert "ret" not in told.replace("retry", "")


def test_passwords_come_by_the_ways_of_libpq(
    device: Device, ready: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port, url = ready.server.port, f"postgresql://postgres@127.0.0.1:{ready.server.port}/{ready.name}"
    assert "no password supplied" in refusal(lambda: sync_postgres(device("one"), url, tmp_path))
    passfile = tmp_path / "pgpass"
    passfile.write_text(f"127.0.0.1:{port}:*:postgres:postgres\n")
    passfile.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passfile))
    assert counts(sync_postgres(device("one"), url, tmp_path / "cache")) == (0, 0, 0)
    monkeypatch.delenv("PGPASSFILE")
    monkeypatch.setenv("PGPASSWORD", "postgres")
    assert counts(sync_postgres(device("one"), url, tmp_path / "cache")) == (0, 0, 0)
    monkeypatch.delenv("PGPASSWORD")
    services = tmp_path / "services"
    services.write_text(
        f"[class]\nhost=127.0.0.1\nport={port}\ndbname={ready.name}\nuser=postgres\npassword=postgres\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    url = "postgresql://?service=class"
    assert counts(sync_postgres(device("one"), url, tmp_path / "cache")) == (0, 0, 0)


def test_a_password_is_stored_nowhere(device: Device, ready: Database, tmp_path: Path) -> None:
    ready.run("CREATE ROLE keeper LOGIN PASSWORD 'very-secret-word' IN ROLE studytool_learner")
    one = device("one")
    answer(one)
    sync_postgres(one, ready.url("keeper", "very-secret-word"), tmp_path / "cache")
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) >= 2
    assert not [path for path in written if b"very-secret-word" in path.read_bytes()]
    ready.run("DROP OWNED BY keeper", "DROP ROLE keeper")


def test_a_database_without_the_tables_says_who_makes_them(device: Device, database: Database, tmp_path: Path) -> None:
    told = refusal(lambda: sync_postgres(device("one"), database.url(), tmp_path))
    assert "no tables of studytool" in told
    assert "studytool sync --setup" in told


def test_tables_of_a_newer_version_are_left_alone(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    ready.run(f"UPDATE studytool.meta SET value = '{VERSION + 1}' WHERE name = 'version'")
    one = device("one")
    answer(one)
    for told in (refusal(lambda: sync(one)), refusal(lambda: set_up(ready.url()))):
        assert "newer version" in told
        assert "pip install --upgrade" in told
    assert ready.run("SELECT count(*) FROM studytool.events") == [(0,)]


def test_a_database_that_cannot_hold_every_text_is_refused(server: Postgres) -> None:
    server.run("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    told = refusal(lambda: set_up(server.url(database="latin")))
    assert "its encoding is LATIN1" in told


def test_a_schema_of_another_role_is_refused(database: Database) -> None:
    database.run("CREATE ROLE squatter LOGIN PASSWORD 'squatter'", "CREATE SCHEMA studytool AUTHORIZATION squatter")
    assert "belongs to another role" in refusal(lambda: set_up(database.url()))
    database.run("DROP OWNED BY squatter CASCADE", "DROP ROLE squatter")


def test_an_owner_whose_name_has_capitals_sets_up_twice(database: Database) -> None:
    database.run(
        "CREATE ROLE \"Ada-Owner\" LOGIN PASSWORD 'Ada-Owner'", f'ALTER DATABASE {database.name} OWNER TO "Ada-Owner"'
    )
    try:
        told = [set_up(database.url("Ada-Owner")) for _ in range(2)]
        assert told[0] == told[1]
    finally:
        database.run(
            f"ALTER DATABASE {database.name} OWNER TO postgres",
            'DROP OWNED BY "Ada-Owner" CASCADE',
            'DROP ROLE "Ada-Owner"',
        )


def test_tables_that_were_changed_are_not_told_as_a_server_that_went_away(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    ready.run("ALTER TABLE studytool.events RENAME COLUMN card TO other")
    with pytest.raises(StudytoolError, match="The tables are not as studytool made them") as caught:
        sync(device("one"))
    assert "went away" not in str(caught.value)


def test_a_server_that_is_only_read_says_so(device: Device, ready: Database, sync: Callable[[Store], Outcome]) -> None:
    ready.run(f"ALTER DATABASE {ready.name} SET default_transaction_read_only = on")
    one = device("one")
    answer(one)
    assert "can only be read" in refusal(lambda: sync(one))


def once_there_are(ready: Database, rows: int, statement: str) -> None:
    """Let the server run a statement at each insertion as soon as the table has more than so many rows."""
    ready.run(
        f"""CREATE FUNCTION public.bad_day() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF (SELECT count(*) FROM studytool.events) > {rows} THEN {statement}; END IF; RETURN NULL; END $$""",
        "CREATE TRIGGER bad_day BEFORE INSERT ON studytool.events EXECUTE FUNCTION public.bad_day()",
    )


def test_a_server_that_goes_away_in_the_middle_costs_nothing(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    one, two = device("one"), device("two")
    one.merge_rows(Row(f"{n:032x}", n, 0, "d", n, "review", "k", "{}", 1) for n in range(9000))
    once_there_are(ready, 3000, "PERFORM pg_terminate_backend(pg_backend_pid())")
    told = refusal(lambda: sync(one))
    assert "went away" in told
    assert "4,000 sent, 0 received so far" in told
    assert len(arrived(one)) == 9000
    ready.run("DROP TRIGGER bad_day ON studytool.events")
    assert counts(sync(one)) == (5000, 0, 0)
    assert counts(sync(two)) == (0, 9000, 1)


def test_a_server_whose_disk_is_full_keeps_what_it_has(
    device: Device, ready: Database, sync: Callable[[Store], Outcome]
) -> None:
    one = device("one")
    one.merge_rows(Row(f"{n:032x}", n, 0, "d", n, "review", "k", "{}", 1) for n in range(5000))
    full = "could not extend file: No space left on device"
    once_there_are(ready, 3000, f"RAISE '{full}' USING ERRCODE = 'disk_full'")
    told = refusal(lambda: sync(one))
    assert "The disk of the server is full" in told
    assert "4,000 sent, 0 received so far" in told
    ready.run("DROP TRIGGER bad_day ON studytool.events")
    assert counts(sync(one)) == (1000, 0, 0)


def test_a_server_that_freezes_is_given_up(device: Device, ready: Database, sync: Callable[..., Outcome]) -> None:
    import psycopg

    waiting = f"""SELECT pid FROM pg_stat_activity
        WHERE datname = '{ready.name}' AND application_name = 'studytool' AND wait_event_type = 'Lock'"""
    one = device("one")
    answer(one)
    frozen: list[int] = []

    def freeze() -> None:
        end = time.monotonic() + 30
        while not (found := ready.server.run(waiting)) and time.monotonic() < end:
            time.sleep(0.01)
        frozen.extend(pid for (pid,) in found)
        os.kill(frozen[0], signal.SIGSTOP)

    freezer = threading.Thread(target=freeze)
    freezer.start()
    try:
        with psycopg.connect(ready.url()) as other:
            other.execute("LOCK TABLE studytool.events IN ACCESS EXCLUSIVE MODE")
            told = refusal(lambda: sync(one, patience=5))
    finally:
        freezer.join()
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)
    assert "went away" in told
    assert "the log on this device is whole" in told
    assert counts(sync(one)) == (1, 0, 0)


def test_a_statement_that_waits_too_long_is_given_up(
    device: Device, ready: Database, sync: Callable[..., Outcome]
) -> None:
    import psycopg

    one = device("one")
    answer(one)
    with psycopg.connect(ready.url()) as other:
        other.execute("LOCK TABLE studytool.events IN ACCESS EXCLUSIVE MODE")
        told = refusal(lambda: sync(one, patience=4))
    assert "took too long" in told
    assert counts(sync(one)) == (1, 0, 0)


def test_a_log_that_cannot_be_written_while_events_arrive_is_one_sentence(
    device: Device, sync: Callable[[Store], Outcome]
) -> None:
    one, two = device("one"), device("two")
    one.append("note", "k", {"text": "x" * 200_000}, Moment(1, 0))
    sync(one)
    pages = two._connection.execute("PRAGMA page_count").fetchone()[0]
    two._connection.execute(f"PRAGMA max_page_count = {pages}")
    told = refusal(lambda: sync(two))
    assert "Nothing was added" in told
    two._connection.execute("PRAGMA max_page_count = 100000")
    assert counts(sync(two)) == (0, 1, 1)


def test_a_missing_psycopg_is_one_sentence(tmp_path: Path) -> None:
    script = """
import sys
sys.modules["psycopg"] = None
from studytool.cli import main
sys.exit(main(["sync", "postgresql://ada:secret@127.0.0.1/x"]))
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "pip install 'studytool[postgres]'" in ran.stderr
    assert "secret" not in ran.stderr


def test_an_address_of_another_kind_is_refused() -> None:
    from studytool.sync.connection import _parameters

    pytest.importorskip("psycopg")
    with pytest.raises(UsageError):
        _parameters("postgresql://ada@host:5432:5/x?y")
