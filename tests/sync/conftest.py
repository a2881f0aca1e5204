"""Devices with real logs, and a real PostgreSQL server where one is installed."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from studytool.memory import open_store
from studytool.memory.store.sqlite import Store
from studytool.sync.outcome import Outcome
from studytool.sync.postgres import sync_postgres
from studytool.sync.setup import set_up

PATIENCE = 30.0  # seconds for the server to start


def binaries() -> Path | None:
    """The folder of the newest `initdb` that is installed, None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = glob.glob("/usr/lib/postgresql/*/bin/initdb") + glob.glob("/usr/pgsql-*/bin/initdb")
    return max((Path(path).parent for path in folders), key=lambda path: [*map(int, _digits(path))], default=None)


def _digits(path: Path) -> list[str]:
    return "".join(letter if letter.isdigit() else " " for letter in str(path)).split()


def _user() -> pwd.struct_passwd | None:
    """Whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


@dataclass(slots=True)
class Postgres:
    """A running server with the superuser `postgres`; every other role needs its password, which is its name."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    def url(self, role: str = "postgres", database: str = "postgres", password: str | None = None) -> str:
        """The address for a role."""
        return f"postgresql://{role}:{password or role}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, role: str = "postgres", database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements one by one as `role`; the rows of the last one."""
        import psycopg

        rows: list[tuple[Any, ...]] = []
        with psycopg.connect(self.url(role, database), autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)  # type: ignore[arg-type]
                rows = cursor.fetchall() if cursor.description else []
        return rows


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running() -> Iterator[Postgres]:
    """A server on loopback as long as the block runs. `RuntimeError` with what it said where it does not start."""
    bin_, user = binaries(), _user()
    assert bin_ is not None
    # Not below pytest's folders, which another user may not enter; and short, as the name of a socket must be.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    options: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}}
    if user is not None:
        os.chown(folder, user.pw_uid, user.pw_gid)
        options.update(user=user.pw_uid, group=user.pw_gid, extra_groups=[])
    (folder / "password").write_text("postgres\n")
    (folder / "password").chmod(0o644)
    initdb = [bin_ / "initdb", "-D", folder / "data", "-U", "postgres", "--no-sync", "--no-instructions"]
    initdb += ["-E", "UTF8", "--locale=C", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}"]
    process = None
    try:
        _checked([*map(str, initdb)], options)
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "fsync": "off",
            "full_page_writes": "off",
            "shared_buffers": "32MB",
            "max_connections": 40,
            "password_encryption": "scram-sha-256",
            "log_min_messages": "fatal",
            "autovacuum": "off",
        }
        command = [str(bin_ / "postgres"), "-D", str(folder / "data")]
        command += [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)
        server = Postgres(port, folder, process)
        _wait(server)
        yield server
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _checked(command: Sequence[str], options: dict[str, Any]) -> None:
    done = subprocess.run(command, capture_output=True, timeout=120, **options)
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr).decode(errors="replace"))


def _wait(server: Postgres) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            server.run("SELECT 1")
            return
        except Exception:
            if server.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError((server.folder / "log").read_text(errors="replace")) from None
            time.sleep(0.02)


_numbers = count()


@dataclass(frozen=True, slots=True)
class Database:
    """One database of the server."""

    server: Postgres
    name: str

    def url(self, role: str = "postgres", password: str | None = None) -> str:
        """Its address for a role."""
        return self.server.url(role, self.name, password)

    def run(self, *statements: str, role: str = "postgres") -> list[tuple[Any, ...]]:
        """Run statements one by one as `role`; the rows of the last one."""
        return self.server.run(*statements, role=role, database=self.name)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Callable[[str], Store]]:
    """Opens the log of the device of this name; all are closed at the end."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(closing(open_store(tmp_path / "devices" / name)))


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that devices share, empty."""
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server; the test is skipped where none is installed."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'studytool[postgres]'")
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running() as started:
        yield started


@pytest.fixture
def database(server: Postgres) -> Iterator[Database]:
    """An empty database of its own, made ready by its owner, the superuser."""
    made = Database(server, f"d{next(_numbers)}")
    server.run(f"CREATE DATABASE {made.name}")
    yield made
    server.run(f"DROP DATABASE {made.name} WITH (FORCE)")


@pytest.fixture
def ready(database: Database) -> Database:
    """A database with the tables, in which the superuser may synchronise."""
    set_up(database.url())
    return database


@pytest.fixture
def sync(ready: Database, tmp_path: Path) -> Callable[..., Outcome]:
    """Synchronises a log with the database."""
    return lambda store, **options: sync_postgres(store, ready.url(), tmp_path / "cache", **options)
