"""How long `studytool sync` takes: a folder and a PostgreSQL server, first, again, and after a few answers.

    python tests/bench/sync.py [EVENTS] [RUNS]

EVENTS (100,000) lie in the log of one device, none in that of the other. Medians of RUNS (3): seconds, seconds of the
processor (without the server's), and how many times those that copying the same rows from one SQLite file to another
took in the same run. The server is one of its own on loopback, as the tests start it; without PostgreSQL only the
folder is measured.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from statistics import median

from studytool.memory import Moment, open_store
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from studytool.sync.folder import sync_folder
from studytool.sync.outcome import Outcome
from studytool.sync.postgres import sync_postgres
from studytool.sync.rows import arrived
from studytool.sync.setup import set_up

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "sync"))
from conftest import binaries, running  # type: ignore[import-not-found]

TEXT = '"text":{"kind":"qa","front":"What does a perceptron draw in the plane?","back":"One straight line."}'
Way = Callable[[Store, Path], Outcome]


def filled(folder: Path, events: int, run: int) -> Store:
    """A log with events of another device, a tenth of them with a card's text."""
    store = open_store(folder)
    base = 1_700_000_000_000
    store.merge_rows(
        Row(
            f"{base + n:012x}{run:04x}{n:016x}",
            base + n * 1000,
            60,
            "0123456789abcdef",
            n,
            "review",
            f"{n % 10_000:032x}",
            f'{{"grade":3,"took_ms":{1000 + n % 9000}{"," + TEXT if n % 10 == 0 else ""}}}',
            1,
        )
        for n in range(events)
    )
    return store


def answers(store: Store, number: int = 20) -> None:
    """A few more answers."""
    for n in range(number):
        store.append("review", f"{n:032x}", {"grade": 3, "took_ms": 900}, Moment(1_800_000_000_000 + n, 60))


Times = dict[str, list[tuple[float, float]]]


def timed(times: Times, name: str, work: Callable[[], object]) -> object:
    """What `work` returns; how long it took is noted."""
    started, used = time.perf_counter(), time.process_time()
    done = work()
    times.setdefault(name, []).append((time.perf_counter() - started, time.process_time() - used))
    return done


def copied(source: Path, target: Path) -> None:
    """The rows of one file in another: what every way of synchronising has to do at the least."""
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE events (id TEXT UNIQUE, ms, zone, device, sequence, kind, card, payload, version)")
    connection.execute("ATTACH ? AS source", (str(source),))
    connection.execute("INSERT INTO events SELECT * FROM source.events")
    connection.commit()
    connection.close()


def measure(times: Times, name: str, folder: Path, events: int, run: int, way: Way) -> None:
    """One run of everything by one way, between two devices."""
    one, other = filled(folder / "one", events, run), open_store(folder / "other")
    timed(times, "SQLite: the rows copied", lambda: copied(one.path, folder / "copy.db"))
    steps: list[tuple[str, Store, int, int]] = [
        ("all sent", one, events, 0),
        ("all received", other, 0, events),
        ("nothing new", one, 0, 0),
        ("nothing new there", other, 0, 0),
    ]
    for step, store, sent, received in steps:
        outcome = timed(times, f"{name}: {step}", partial(way, store, folder / "cache"))
        assert isinstance(outcome, Outcome)
        assert (outcome.sent, outcome.received, outcome.problems) == (sent, received, []), outcome
    answers(one)
    timed(times, f"{name}: 20 answers sent", lambda: way(one, folder / "cache"))
    timed(times, f"{name}: 20 answers received", lambda: way(other, folder / "cache"))
    assert len(arrived(other)) == events + 20
    one.close()
    other.close()


def _by_folder(shared: Path, store: Store, cache: Path) -> Outcome:
    return sync_folder(store, shared, cache)


def _by_server(url: str, store: Store, cache: Path) -> Outcome:
    return sync_postgres(store, url, cache)


def main() -> int:
    """Measure and print."""
    events = int(sys.argv[1]) if sys.argv[1:] else 100_000
    runs = int(sys.argv[2]) if sys.argv[2:] else 3
    times: Times = {}
    with running() if binaries() else nullcontext() as server:
        for run in range(runs):
            with tempfile.TemporaryDirectory() as name:
                shared = Path(name) / "shared"
                shared.mkdir()
                measure(times, "folder", Path(name), events, run, partial(_by_folder, shared))
            if server:
                server.run(f"CREATE DATABASE run{run}")
                url = server.url(database=f"run{run}")
                set_up(url)
                with tempfile.TemporaryDirectory() as name:
                    measure(times, "PostgreSQL", Path(name), events, run, partial(_by_server, url))
    base = median(used for _, used in times["SQLite: the rows copied"])
    print(f"{events:,} events, medians of {runs}\n")
    for step, taken in times.items():
        passed, used = (median(kind) for kind in zip(*taken, strict=True))
        print(f"{step:<32} {passed:8.3f} s {used:8.3f} s {used / base:6.2f} times the copy")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
