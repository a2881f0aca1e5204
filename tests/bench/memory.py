"""How fast a log becomes what is remembered, and how that grows: replay, rebuild, one answer, the next card, undo.

    python tests/bench/memory.py [REVIEWS ...]

For logs of so many reviews (10,000, 100,000 and 1,000,000), each on the disk, with a text at each card's first answer,
undos, and twenty answers a card. The peers run beside it: py-fsrs on a part of the answers, scaled; fsrs-rs where
$STUDYTOOL_ORACLES names a folder with an environment `fsrs-rs` that has it. All times are of the processor where
nothing is waited for, else of the clock; a commit of one row on the same disk is measured between the answers.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from studytool.memory import Candidate, Grade, Limits, Moment, Session, open_memory, open_store, replay
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model
from studytool.memory.schedule import Rules

START = 1_600_000_000_000
CARDS_PER_REVIEW = 0.051706
TEXT = "With `code`, a formula $w \\cdot x + b$ and a few more words, as cards have them. "
PER_DAY = 400


def rows(count: int, device: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a log: the answers of a learner, a few of them undone, and now and then something else."""
    draw = random.Random(1)
    keys = [f"{draw.getrandbits(128):032x}" for _ in range(max(1, int(count * CARDS_PER_REVIEW)))]
    weights = [draw.gammavariate(3, 1) for _ in keys]
    turns = [*keys, *draw.choices(keys, weights, k=count - len(keys))]
    draw.shuffle(turns)
    seen: set[str] = set()
    ms, last = START, ("", "")
    for number, key in enumerate(turns, start=1):
        ms = START + number // PER_DAY * DAY_MS + number % PER_DAY * 20_000
        kind = "review"
        payload: dict[str, Any] = {"grade": draw.choices((1, 2, 3, 4), (12, 10, 65, 13))[0]}
        payload["took_ms"] = draw.randint(900, 20_000)
        if key not in seen:
            seen.add(key)
            payload["text"] = {"kind": "qa", "front": TEXT + key, "back": 2 * TEXT, "topic": "A topic", "line": number}
        elif draw.random() < 0.01 and last[0]:
            kind, payload, key = "undo", {"event": last[0]}, last[1]
        elif draw.random() < 0.002:
            kind, payload = draw.choice((("suspend", {}), ("resume", {}), ("bury", {}), ("note", {"text": "words"})))
        id_ = uuid7(ms, draw.randbytes(10))
        last = id_, key
        yield id_, ms, 60, device, number, kind, key, json.dumps(payload, separators=(",", ":")), 1


def fill(folder: Path, count: int) -> None:
    """Write a log, with the program's own tables."""
    store = open_store(folder)
    device = store.device
    store.close()
    connection = sqlite3.connect(folder / "reviews.db")
    statement = "INSERT INTO events (id, ms, offset, device, sequence, kind, card, payload, version) VALUES "
    connection.executemany(f"{statement}(?,?,?,?,?,?,?,?,?)", rows(count, device))
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def taken(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of the processor, the median of some runs."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return median(found)


def arrays(folder: Path) -> dict[str, float]:
    """Replay from arrays: all that was predicted, the states alone, and states with due dates by other parameters."""
    from studytool.memory.columns import from_memory
    from studytool.memory.due_dates import due_dates
    from studytool.memory.lockstep import replayed, states

    store = open_store(folder)
    reviews = from_memory(open_memory(store, long=1))
    store.close()
    rules = Rules(model=Model(tuple(weight * 1.05 for weight in DEFAULT_WEIGHTS)))

    def other_parameters() -> object:
        return due_dates(reviews, states(reviews, rules.model, rules), rules)

    return {
        "replay from arrays": taken(lambda: replayed(reviews, Model()), 7),
        "only the states": taken(lambda: states(reviews, Model()), 7),
        "states and due dates by new parameters": taken(other_parameters),
        **peers(reviews),
    }


def peers(reviews: Any) -> dict[str, float]:
    """The same by py-fsrs, one after the other, and by fsrs-rs where it is installed; scaled to all answers."""
    from datetime import UTC, datetime

    import fsrs

    histories: dict[int, list[tuple[datetime, int, int]]] = {}
    triples = zip(reviews.card.tolist(), reviews.ms.tolist(), reviews.grade.tolist(), reviews.day.tolist(), strict=True)
    for card, ms, grade, day in triples:
        histories.setdefault(card, []).append((datetime.fromtimestamp(ms / 1000, UTC), grade, day))
    some, size = [], 0
    for history in histories.values():
        some.append(history)
        size += len(history)
        if size > 20_000:
            break
    scheduler = fsrs.Scheduler(enable_fuzzing=False)

    def one_by_one() -> None:
        for number, history in enumerate(some):
            card = fsrs.Card(card_id=number)
            for when, grade, _ in history:
                card, _ = scheduler.review_card(card, fsrs.Rating(grade), when)

    found = {"py-fsrs, scaled from a part": taken(one_by_one, 1) * len(reviews) / size}
    python = Path(os.environ.get("STUDYTOOL_ORACLES", "")) / "fsrs-rs" / "bin" / "python"
    if "STUDYTOOL_ORACLES" in os.environ and python.exists():
        told = [[(grade, day) for _, grade, day in history] for history in histories.values()]
        done = subprocess.run(
            [python, "-c", FSRS_RS], input=json.dumps(told), capture_output=True, text=True, check=True
        )
        found["fsrs-rs"] = float(done.stdout)
    return found


FSRS_RS = """
import json, sys, time
from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview
items = []
for history in json.load(sys.stdin):
    days = [day for _, day in history]
    gaps = [0, *(max(0, b - a) for a, b in zip(days, days[1:]))]
    items.append(FSRSItem([FSRSReview(grade, gap) for (grade, _), gap in zip(history, gaps)]))
model = FSRS(DEFAULT_PARAMETERS)
started = time.process_time()
for item in items:
    model.memory_state(item)
print(time.process_time() - started)
"""


def rebuilds(folder: Path, cache: Path, count: int) -> dict[str, float]:
    """From the disk to what is remembered: without a cache, with one, and with other rules than those kept there."""

    def cold() -> None:
        for path in cache.glob("*"):
            path.unlink()
        open_memory(store, cache=cache, long=1)

    store = open_store(folder)
    found = {
        "all rows fetched, nothing else": taken(
            lambda: store.query("SELECT ms, offset, kind, card, payload FROM events")
        ),
        "rebuild without a cache": taken(cold),
        "rebuild with a cache": taken(lambda: open_memory(store, cache=cache, long=1), 7),
        "with a cache made for another rollover": taken(
            lambda: open_memory(store, cache=cache, long=1, rollover=random.Random(time.time_ns()).randrange(5, 23))
        ),
    }
    if count <= 100_000:
        found["event by event"] = taken(lambda: replay(store.events()), 1)
    store.close()
    return found


def sitting(folder: Path, cache: Path, answers: int = 400) -> dict[str, float]:
    """One answer, the next card and undo over 100,000 cards, beside commits of one row on the same disk."""
    store = open_store(folder)
    memory = open_memory(store, cache=cache)
    known = memory.cards()
    candidates = [Candidate(key, "A topic") for key in [*known, *map(str, range(max(0, 100_000 - len(known))))]]
    now = Moment(store.query("SELECT MAX(ms) FROM events")[0][0] + 30 * DAY_MS, 60)
    session = Session(candidates, memory, store, Limits(9999, 999_999), now)
    alone = sqlite3.connect(folder / "alone.db", isolation_level=None)
    alone.execute("PRAGMA journal_mode = WAL")
    alone.execute("PRAGMA synchronous = FULL")
    alone.execute("CREATE TABLE events (payload TEXT)")
    found: dict[str, list[float]] = {"bare": [], "answer": [], "next": [], "undo": []}

    def timed(name: str, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        found[name].append(time.perf_counter() - started)

    session.shown(now)
    for number in range(answers):
        now = replace(now, ms=now.ms + 9_000)
        payload = f"a payload of about the usual length, {number} " * 4
        timed("bare", lambda: alone.execute("INSERT INTO events VALUES (?)", (payload,)))  # noqa: B023
        grade = Grade(1 + number % 4)
        timed("answer", lambda: session.answer(grade, now, took_ms=5000))  # noqa: B023
        timed("next", lambda: session.shown(now))  # noqa: B023
        if number % 4 == 3:
            timed("undo", lambda: session.undo(now))  # noqa: B023
    alone.close()
    store.close()
    middle = {name: median(times) for name, times in found.items()}
    return {
        "a commit of one row": middle["bare"],
        "an answer, durable": middle["answer"],
        "an answer in commits of one row": middle["answer"] / middle["bare"],
        "the next card": middle["next"],
        "undo, durable": middle["undo"],
    }


def main() -> int:
    """Measure and print."""
    gc.disable()
    sizes = [int(word.replace(",", "")) for word in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    table: dict[str, list[float | None]] = {}
    for column, size in enumerate(sizes):
        with tempfile.TemporaryDirectory() as name:
            folder, cache = Path(name) / "data", Path(name) / "cache"
            fill(folder, size)
            measured = {**arrays(folder), **rebuilds(folder, cache, size), **sitting(folder, cache)}
        for what, value in measured.items():
            table.setdefault(what, [None] * len(sizes))[column] = value
    print("Milliseconds, but for the one row that is a ratio.\n")
    print(f"{'reviews':<42}" + "".join(f"{size:>12,}" for size in sizes))
    for what, values in table.items():
        scale = 1 if " in commits" in what else 1000
        print(f"{what:<42}" + "".join("           -" if v is None else f"{v * scale:>12.3f}" for v in values))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
