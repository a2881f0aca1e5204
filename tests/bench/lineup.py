"""How long the next card takes with a large library, how the queue's building grows, and what another window costs.

    python tests/bench/lineup.py [CARDS]

A log of CARDS cards (100,000), nine in ten of them answered, is replayed; of three cards two share their text, and a
holiday has just ended. CPU times, medians: building a sitting, against going over the same cards once and asking the
memory for each state; and the next card after an answer, which is to take 0.1 ms at most. The answers in between are
written to a real log. Last, what an answer of another window to the same log takes until it is heard and the queue goes
by it: the first one, and the median and the slowest of the others; keys wait for that, and a frame has 33 ms.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from studytool.memory import Candidate, Event, Grade, Limits, Memory, Moment, Session, Store, open_store, replay
from studytool.memory.away import Away, payload_of
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.store.news import News

START = 1_704_110_400_000  # 2024-01-01
NOW = Moment(START + 215 * DAY_MS, 0)
NEXT_MS, HEARD_MS = 0.1, 33.0
IN_MEMORY = "/dev/shm"
"""A folder where no disk is waited for: what comes after such a wait finds the processor's caches cold."""


def log_of(cards: int) -> list[Event]:
    """Two answers a card, on different days; a tenth of the cards is new."""
    rng = random.Random(1)
    events: list[Event] = []
    for card in range(cards * 9 // 10):
        day = rng.randrange(200)
        for _ in range(2):
            ms = START + day * DAY_MS + rng.randrange(3_000_000)
            number = len(events)
            payload = {"grade": rng.choice((3, 4, 4)), "took_ms": 5000}
            ident = uuid7(ms, number.to_bytes(10, "big"))
            events.append(Event(ident, ms, 0, "d", number, "review", f"{card:032x}", payload))
            day += rng.choice((1, 5, 30))
    period = payload_of(Away(NOW.day(4) - 10, NOW.day(4)))
    events.append(Event(uuid7(START, b"holidays--"), START, 0, "d", len(events), "away", None, period))
    return events


def cpu(work: Callable[[], object], often: int = 5) -> float:
    """The median CPU time of `work` in milliseconds."""
    found = []
    for _ in range(often):
        began = time.process_time()
        work()
        found.append((time.process_time() - began) * 1000)
    return median(found)


def measure(cards: int, folder: Path) -> tuple[float, float]:
    """Print the figures for so many cards; returns the milliseconds to the next card, and for the slowest news."""
    memory = replay(log_of(cards))
    shared = [Candidate(f"{n:032x}", f"topic {n // 100}", n // 3 if n % 3 else 0) for n in range(cards)]
    alone = [Candidate(key, topic) for key, topic, _ in shared]
    store = open_store(folder)
    limits = Limits(200, 2000)
    states = cpu(lambda: asked(memory, alone))
    plain = cpu(lambda: Session(alone, memory, store, limits, NOW))
    full = cpu(lambda: Session(shared, memory, store, limits, NOW))
    session, rng, found = Session(shared, memory, store, limits, NOW), random.Random(2), []
    for _ in range(300):
        began = time.process_time()
        shown = session.shown(NOW)
        found.append((time.process_time() - began) * 1000)
        if shown is None:
            break
        session.answer(Grade(rng.choice((1, 3, 3, 3, 4))), NOW)
    first, *others = heard(session, store, folder, [key for key, _, _ in shared[:: len(shared) // 60]])
    store.close()
    told = f"{states:10.0f}{plain:12.0f}{full:20.0f}{full / states:9.1f}{median(found):12.4f}{len(found):9}"
    print(f"{cards:8}{told}{first:13.2f}{median(others):10.2f}{max(others):10.2f}", flush=True)
    return median(found), max(first, *others)


def heard(session: Session, store: Store, folder: Path, keys: list[str]) -> list[float]:
    """Milliseconds of the processor until a sitting goes by each of some answers of another window."""
    news, found = News(store, session.memory), []
    other = open_store(folder)
    for key in keys:
        other.append("review", key, {"grade": 3}, NOW)
        began = time.process_time()
        for event in news.take():
            session.memory.apply(event)
        session.catch_up(NOW)
        found.append((time.process_time() - began) * 1000)
        session.shown(NOW)
    other.close()
    return found


def asked(memory: Memory, candidates: list[Candidate]) -> int:
    """What no queue can do without: each card once, whether it is out, its state and its recall."""
    day, due = NOW.day(4), 0
    for key, _, _ in candidates:
        state = None if memory.out(key, day) else memory.state(key)
        due += state is not None and state.retrievability(NOW) < 0.9
    return due


def main() -> int:
    """Measure and print; 1 when the next card takes too long."""
    gc.disable()  # as the program does
    most = int(sys.argv[1]) if sys.argv[1:] else 100_000
    print(
        f"{'cards':>8}{'states':>10}{'build':>12}{'with siblings':>20}{'ratio':>9}{'next, ms':>12}{'answers':>9}"
        f"{'heard first':>13}{'median':>10}{'slowest':>10}"
    )
    slowest, longest = 0.0, 0.0
    for cards in (most // 100, most // 10, most):
        with tempfile.TemporaryDirectory(dir=IN_MEMORY if os.path.isdir(IN_MEMORY) else None) as name:
            following, news = measure(cards, Path(name))
            slowest, longest = max(slowest, following), max(longest, news)
    print(f"the next card: {slowest:.4f} ms (at most {NEXT_MS}); news of another window: {longest:.1f} ms ({HEARD_MS})")
    return 0 if slowest <= NEXT_MS and longest <= HEARD_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
