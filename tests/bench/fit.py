"""The fit of FSRS-6 to a learner's log: how long it takes, how well it predicts, and whom it holds up.

    python tests/bench/fit.py [--seeds N] [--peer PYTHON]

Learners are simulated (learners.py), so that the best that can be known of them, their own parameters, is known.
PYTHON is an interpreter that has fsrs-rs-python, to fit the same answers in the same run. Times are of the processor.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from learners import DEFAULTS, Floats, Learner, drawn, log_of, unlike

from studytool.memory.fit.fitting import Log, fitted, pooled
from studytool.memory.fit.loss import losses
from studytool.memory.pieces import finished

LONGEST_WAIT = 20
"""Milliseconds for which a fit may hold up another thread."""
GOALS = {1_000: (0.3, 0.006), 10_000: (0.6, 0.0018), 100_000: (1.2, 0.0004)}
"""For so many answers: seconds, and log loss above that by the learner's own parameters."""

PEER = """\
import json, sys, time
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview
histories = json.load(sys.stdin)
items = [
    FSRSItem([FSRSReview(grade, gap) for grade, gap in history[: at + 1]])
    for history in histories
    for at in range(1, len(history))
    if history[at][1] > 0
]
started = time.process_time()
found = FSRS(parameters=[]).compute_parameters(items)
print(json.dumps([list(found), time.process_time() - started]))
"""


def by_peer(python: str, log: Log, until: int | None = None) -> tuple[Floats, float]:
    """The parameters that fsrs-rs fits to the rows before `until`, and the seconds that it took."""
    histories: dict[int, list[tuple[int, int]]] = {}
    last: dict[int, int] = {}
    rows = zip(log.card[:until].tolist(), log.day[:until].tolist(), log.grade[:until].tolist(), strict=True)
    for card, day, grade in rows:
        histories.setdefault(card, []).append((grade, day - last.get(card, day)))
        last[card] = day
    told = json.dumps(list(histories.values()))
    done = subprocess.run([python, "-c", PEER], input=told, capture_output=True, text=True, check=True)
    weights, seconds = json.loads(done.stdout.splitlines()[-1])
    return np.array(weights), seconds


def seconds_of(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def peak_of(work: Callable[[], object]) -> float:
    """The most memory that `work` has in use at once, in MB."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


def longest_wait(work: Callable[[], object]) -> tuple[float, float]:
    """The longest times in ms between two ticks of this thread, before and while `work` runs in another."""

    def ticks(going: Callable[[], bool]) -> float:
        longest, last = 0.0, time.perf_counter()
        while going():
            time.sleep(0.001)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        return longest * 1000

    until = time.perf_counter() + 1
    idle = ticks(lambda: time.perf_counter() < until)
    thread = threading.Thread(target=work)
    thread.start()
    busy = ticks(thread.is_alive)
    return idle, busy


def quality(many: int, seeds: int, peer: str | None) -> bool:
    """Print time, memory and prediction of fresh answers for learners of `many` answers; whether the goals are met."""
    rows: list[list[float]] = []
    for seed in range(seeds):
        own = drawn(np.random.default_rng(seed))
        learner = Learner(own, buttons=2 if seed % 3 == 2 else 4)
        log, fresh = log_of(learner, many, seed), log_of(learner, 40_000, 1000 + seed).histories()
        best = losses(fresh, own).mean()
        seconds = seconds_of(lambda log=log: finished(fitted(log)))  # type: ignore[misc]
        found = finished(fitted(log))
        three = (np.array(found.fit), DEFAULTS, np.array(found.weights))
        row = [seconds, *(float(losses(fresh, weights).mean() - best) for weights in three)]
        if peer:
            weights, took = by_peer(peer, log)
            row += [losses(fresh, weights).mean() - best, took]
        rows.append(row)
    mean = np.array(rows).mean(axis=0)
    middle = statistics.median(row[0] for row in rows)
    print(f"{many:>7} answers: {middle:.3f} s, {peak_of(lambda: finished(fitted(log))):.1f} MB more")
    print(f"        above the learner's own: fitted +{mean[1]:.5f}, after the gate +{mean[3]:.5f}", end="")
    worse = sum(row[3] > row[2] for row in rows)
    print(f", defaults +{mean[2]:.5f}; adopted and worse than the defaults: {worse} of {seeds}")
    if peer:
        print(f"        fsrs-rs: +{mean[4]:.5f}, {statistics.median(row[5] for row in rows):.3f} s")
    most_seconds, most_loss = GOALS[many]
    return middle <= most_seconds and mean[1] <= most_loss


def later_parts(seeds: int, peer: str | None) -> None:
    """Print the pooled losses over five time-split folds of learners that FSRS-6 does not quite describe."""
    kinds = {"like others": (lambda draw: drawn(draw, 0.35), 0.5), "unlike others": (unlike, 0.35)}
    for name, (parameters, change) in kinds.items():
        for many, days in ((1_000, 40), (3_000, 60), (12_580, 191)):
            rows = []
            for seed in range(seeds):
                log = _forgetful(parameters, change, many, days, seed)
                found = finished(pooled(log))
                rows.append([found.was, found.loss, found.in_use, *([_pooled_by_peer(peer, log)] if peer else [])])
            mean = np.array(rows).mean(axis=0)
            told = f"{many:>6} answers with two buttons in {days} days, {name}, five folds: defaults {mean[0]:.4f}"
            told += f", fitted {mean[1]:.4f}, in use {mean[2]:.4f}"
            print(told, f", fsrs-rs {mean[3]:.4f}" if peer else "", sep="", flush=True)


def _forgetful(
    parameters: Callable[[np.random.Generator], Floats], change: float, many: int, days: int, seed: int
) -> Log:
    """The log of a learner that changes, with cards and days that differ, who forgets 13 to 25 % of what falls due."""
    for attempt in range(200):
        draw = np.random.default_rng([seed, attempt])
        own, other = parameters(draw), parameters(draw)
        learner = Learner(
            own, own + change * (other - own), buttons=2, retention=0.85, uneven=0.6, moody=0.4, days=days
        )
        log = log_of(learner, many, 1000 * seed + attempt)
        at = log.histories()
        if 0.13 < (at.grade[at.counted] == 1).mean() < 0.25:
            break
    return log


def _pooled_by_peer(peer: str, log: Log, folds: int = 5) -> float:
    at = log.histories()
    row = at.row[at.counted]
    edges = [*np.sort(row).tolist(), len(log.card)]
    size, total = len(row) // (folds + 1), 0.0
    for fold in range(folds, 0, -1):
        begin, end = edges[len(row) - fold * size], edges[len(row) - (fold - 1) * size]
        weights, _ = by_peer(peer, log, begin)
        total += losses(at, weights)[(row >= begin) & (row < end)].sum()
    return total / (folds * size)


def main() -> int:
    """Measure and print; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8, help="how many learners of each kind (8)")
    parser.add_argument("--peer", metavar="PYTHON", help="an interpreter that has fsrs-rs-python")
    args = parser.parse_args()
    met = [quality(many, args.seeds if many < 100_000 else min(args.seeds, 4), args.peer) for many in GOALS]
    later_parts(args.seeds, args.peer)
    log = log_of(Learner(drawn(np.random.default_rng(1))), 100_000, 1)
    waits = [longest_wait(lambda: finished(fitted(log))) for _ in range(7)]
    idle, busy = (statistics.median(kind) for kind in zip(*waits, strict=True))
    least = min(wait for _, wait in waits)
    print(f"Another thread waits at most {busy:.1f} ms while 100,000 answers are fitted, {idle:.1f} ms when nothing is")
    print(f"(medians of seven runs). In the quietest run it was {least:.1f} ms: more cannot be of the fit's making, as")
    print("all do the same.")
    return 0 if all(met) and least <= LONGEST_WAIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
