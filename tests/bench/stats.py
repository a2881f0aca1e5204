"""All statistics over a large log, against the limit of 100 ms; how they grow; the workload curve; the days ahead.

Run it as `python tests/bench/stats.py`; `--reviews 100000 900000` says how large the logs are.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import numpy as np

from studytool.memory.columns import Reviews, days_of
from studytool.memory.fsrs import Model
from studytool.memory.habits import habits
from studytool.memory.lockstep import Replayed, replayed
from studytool.memory.simulate import Deck, new_deck
from studytool.memory.stats.cards import by_topic, distribution
from studytool.memory.stats.days import days, hours, times
from studytool.memory.stats.recall import calibration, daily, rmse_bins
from studytool.memory.stats.together import Standing, answers, statistics
from studytool.memory.workload import load_ahead, workload

LIMIT = 100.0  # ms, for 900,000 reviews
FIRST_DAY = 14_600  # days after 1970
YEARS = 10


def log(size: int, seed: int = 0) -> Reviews:
    """Answers of ten years: cards come in evenly, and each is asked again after intervals that grow."""
    rng = np.random.default_rng(seed)
    per_card = 17
    cards = max(size // per_card, 1)
    first = np.sort(rng.integers(0, YEARS * 365, cards))
    gaps = np.maximum(np.rint(rng.lognormal(1.6, 1.3, (cards, per_card))), 0)
    gaps[:, 0], gaps[:, 1] = 0, 0  # the second answer is on the same day
    day = np.minimum(first[:, None] + gaps.cumsum(1), YEARS * 365 + 5)
    card = np.repeat(np.arange(cards), per_card)
    ms = ((FIRST_DAY + day.ravel()) * 86_400_000 + rng.integers(30_000_000, 70_000_000, cards * per_card)).astype(
        np.int64
    )
    order = np.argsort(ms, kind="stable")
    size = len(order)
    offset = np.full(size, 60, np.int16)
    return Reviews(
        keys=[f"{number:032x}" for number in range(cards)],
        card=card[order].astype(np.int32),
        ms=ms[order],
        offset=offset,
        day=days_of(ms[order], offset, 4),
        grade=rng.choice([1, 2, 3, 4], size, p=[0.12, 0.1, 0.66, 0.12]).astype(np.int8),
        took=rng.integers(1_000, 30_000, size).astype(np.int32),
        imported=np.zeros(size, np.bool_),
        days=np.zeros(size, np.int32),
    )


def standing(reviews: Reviews, replay: Replayed, today: int) -> Standing:
    last = reviews.day[replay.cards.row].astype(np.int64)
    due = last + np.maximum(np.rint(replay.cards.stability), 1).astype(np.int64)
    return Standing(replay.cards.stability, replay.cards.difficulty, last, due, today)


def timed(action: Callable[[], object], times_over: int = 9) -> tuple[float, float]:
    """Median and least milliseconds of the processor."""
    found = []
    for _ in range(times_over):
        start = time.process_time()
        action()
        found.append((time.process_time() - start) * 1000)
    return median(found), min(found)


def measure(size: int) -> None:
    reviews, model = log(size), Model()
    replay = replayed(reviews, model)
    today = int(reviews.day.max())
    cards = standing(reviews, replay, today)
    topic_of = (np.arange(len(reviews.keys)) // 100).astype(np.int32)
    topics = int(topic_of.max()) + 1

    def everything() -> object:
        chosen = answers(reviews, replay, today)
        return statistics(chosen, cards, model, topic_of=topic_of, topic=topic_of, topics=topics)

    chosen = answers(reviews, replay, today)
    middle, least = timed(everything)
    print(f"\n{len(reviews):,} reviews of {len(reviews.keys):,} cards in {topics:,} topics")
    print(f"  {'all statistics':<24} {middle:8.1f} ms ({least:.1f} at best), {middle / LIMIT:.2f} of the limit")
    parts: dict[str, Callable[[], object]] = {
        "choosing the answers": lambda: answers(reviews, replay, today),
        "retention": lambda: daily(chosen),
        "calibration, RMSE(bins)": lambda: calibration(chosen),
        "  RMSE(bins) alone": lambda: rmse_bins(chosen),
        "days": lambda: days(chosen),
        "hours": lambda: hours(chosen),
        "times": lambda: times(chosen),
        "cards": lambda: distribution(cards, model),
        "topics": lambda: by_topic(chosen, topic_of, cards, topic_of, topics, model),
        "one month only": lambda: statistics(
            chosen, cards, model, topic_of=topic_of, topic=topic_of, topics=topics, period="month"
        ),
        "habits": lambda: habits(reviews.card, reviews.day, reviews.grade, reviews.took),
    }
    for name, part in parts.items():
        print(f"  {name:<24} {timed(part)[0]:8.1f} ms")


def simulations() -> None:
    print("\nsimulations, ms of the processor")
    for cards in (300, 1_000, 10_000, 100_000):
        deck: Deck = new_deck(cards)
        curve, _ = timed(partial(workload, deck, 20, 200), 3)
        ahead, _ = timed(partial(load_ahead, deck, 20, 200, 30), 3)
        print(f"  {cards:>7,} cards: workload curve of a year {curve:7.0f}, thirty days ahead {ahead:5.0f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, nargs="+", default=[9_000, 90_000, 900_000])
    for each in parser.parse_args().reviews:
        measure(each)
    simulations()
