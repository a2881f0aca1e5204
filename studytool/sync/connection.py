"""A connection to a PostgreSQL server: how it is made, how long it is waited for, and what is said when it fails."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError, UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

PATIENCE = 60.0
"""Seconds that a statement may take."""
OLDEST = 130_000
"""The oldest server that has what is needed (`xid8`), as libpq writes its version: 13."""
_DEFAULTS = {
    "application_name": "studytool",
    "connect_timeout": "10",  # seconds
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",  # milliseconds
}
"""What is asked of libpq unless the URL, the environment or a service file says otherwise."""
_ENVIRONMENT = {"connect_timeout": "PGCONNECT_TIMEOUT", "application_name": "PGAPPNAME"}

Row = tuple[Any, ...]


class Server:
    """An open connection, used through `transaction`. No statement relies on the search path of the role."""

    def __init__(self, connection: psycopg.Connection[Row], patience: float) -> None:
        self.connection = connection
        self._patience = patience
        self._last = monotonic()
        self._done = threading.Event()
        self._watch = threading.Thread(target=self._watching, daemon=True)
        self._watch.start()

    @property
    def place(self) -> str:
        """Server, port and database, without role and password."""
        info = self.connection.info
        return f"{info.host or 'local'}:{info.port}/{info.dbname}"

    @contextmanager
    def transaction(self, *, reading: bool = False) -> Iterator[psycopg.Connection[Row]]:
        """One transaction; `reading`: one view of the tables from beginning to end, and no writing."""
        import psycopg

        connection = self.connection
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ if reading else None
        connection.read_only = reading or None
        self.alive()
        with connection.transaction():
            connection.execute(
                "SELECT pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),"
                " pg_catalog.set_config('statement_timeout', %s, true)",
                (str(int(self._patience * 1000)),),
            )
            yield connection
        self.alive()

    def alive(self) -> None:
        """Note that the server has just answered."""
        self._last = monotonic()

    def _watching(self) -> None:
        """Cut the line to a server that does not say anything any more, not even that a statement took too long."""
        limit = self._patience * 1.5
        while not self._done.wait(min(limit / 10, 1)):
            if monotonic() - self._last > limit:
                with suppress(Exception):  # it may just have been closed
                    line = socket.socket(fileno=os.dup(self.connection.fileno()))
                    with line:
                        line.shutdown(socket.SHUT_RDWR)
                return

    def close(self) -> None:
        """End the connection."""
        self._done.set()
        self._watch.join()
        self.connection.close()


@contextmanager
def connected(url: str, done: Callable[[], str], patience: float = PATIENCE) -> Iterator[Server]:
    """A connection to the server of `url`, by all the ways of libpq to find a password.

    Whatever goes wrong with it inside is raised as a `StudytoolError` that tells what was `done` by then. A password
    is in none of its sentences.
    """
    psycopg, parameters = _parameters(url)
    server = None
    try:
        server = Server(psycopg.connect(**parameters, autocommit=True, prepare_threshold=None), patience)
        if server.connection.info.server_version < OLDEST:
            raise StudytoolError(
                f"The server {server.place} is older than PostgreSQL {OLDEST // 10_000}. {done()}",
                "Give a newer one.",
            )
        yield server
    except psycopg.Error as error:
        password = (server.connection.info.password if server else "") or str(parameters.get("password", ""))
        raise _explained(error, server is not None, password, done()) from None
    finally:
        if server is not None:
            server.close()


def _parameters(url: str) -> tuple[Any, dict[str, Any]]:
    """The module psycopg, and what to connect with."""
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise StudytoolError(
            f"Synchronising with PostgreSQL needs psycopg, which cannot be used here: {error}.",
            "Install it with `pip install 'studytool[postgres]'`.",
        ) from None
    try:
        parameters = conninfo_to_dict(url)
    except psycopg.Error:  # its words would repeat a part of the URL, which may hold a password
        raise UsageError(
            "The address of the PostgreSQL server cannot be read.",
            "It looks like postgresql://ROLE@HOST:PORT/DATABASE, with %XX for special characters.",
        ) from None
    for name, value in _DEFAULTS.items():
        in_service = "service" in parameters or "PGSERVICE" in os.environ
        if not in_service and _ENVIRONMENT.get(name, "") not in os.environ:
            parameters.setdefault(name, value)
    return psycopg, {**parameters, "client_encoding": "utf8"}


def _explained(error: psycopg.Error, was_open: bool, password: str, done: str) -> StudytoolError:
    """What happened on the server, what was done by then, and what to do."""
    said = one_line(error.diag.message_primary or str(error).strip() or type(error).__name__).rstrip(".")
    if password:
        said = said.replace(password, "…")
    state = error.sqlstate or ""
    if not was_open:
        return StudytoolError(
            f"The PostgreSQL server cannot be reached: {said}. {done}",
            "See whether it runs, and whether address, role and password (~/.pgpass, PGPASSWORD) are right.",
        )
    for prefix, told, hint in _STATES:
        if state.startswith(prefix):
            return StudytoolError(f"{told}: {said}. {done}", hint)
    return StudytoolError(f"The PostgreSQL server said: {said}. {done}")


_SETUP = "Its owner makes them with `studytool sync --setup URL`."
_STATES = (
    ("42501", "The server does not let this role do that", "Its owner lets it: see docs/sync.md, `studytool_learner`."),
    ("42P01", "The database has no tables of studytool", _SETUP),
    ("3F000", "The database has no tables of studytool", _SETUP),
    ("42", "The tables are not as studytool made them", "Let their owner run `studytool sync --setup URL` again."),
    ("25006", "The server can only be read", "Give the address of the one that it is a copy of."),
    ("53100", "The disk of the server is full", "Tell whoever runs it."),
    ("53", "The server has no room left", "Try again later, or tell whoever runs it."),
    ("57014", "The server took too long", "Try again later."),
    ("57P", "The server went away", "Try again when it is back."),
    ("08", "The server went away", "Try again when it is back."),
    ("", "The server went away or cannot go on", "Try again when it is back."),
)
"""What the beginnings of SQLSTATE codes mean for a learner; the first that fits."""
