"""Statistics as JSON, for `studytool stats --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.commands.figures_text import GRADES, day
from studytool.memory.stats.cards import STABILITIES
from studytool.memory.stats.recall import ENOUGH, ENOUGH_FOR_LOSS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from studytool.figures import Figures
    from studytool.memory.stats.cards import TopicStats
    from studytool.memory.stats.days import Days
    from studytool.memory.stats.recall import Series, Share
    from studytool.memory.stats.together import Statistics
    from studytool.memory.workload import Workload


def stats_json(found: Statistics, seen: Figures, period: str, curve: Workload | None) -> dict[str, object]:
    """All statistics of a `period` as plain values, with the workload `curve` where it was asked for."""
    done, usual, cards = found.days, found.times, found.cards
    return {
        "today": day(found.as_of),
        "period": period,
        "answers": found.answers,
        "minutes": float(done.seconds.sum()) / 60,
        "streak": {"now": found.streak.now, "longest": found.streak.longest},
        "days": _days(done),
        "hours": [
            {"hour": hour, "answers": answers, "asked": asked, "recalled": recalled}
            for hour, (answers, asked, recalled) in enumerate(found.hours.tolist())
        ],
        "seconds": {
            "median": dict(zip(GRADES, usual.median, strict=True)),
            "mean": dict(zip(GRADES, usual.mean, strict=True)),
            "answers": dict(zip(GRADES, usual.answers, strict=True)),
            "card": usual.card,
        },
        "retention": {
            span: {name: _share(getattr(held, name)) for name in ("all", "young", "mature", "new")}
            for span, held in found.retention.items()
        },
        "retention_over_time": {unit: _series(line) for unit, line in found.series.items()},
        "calibration": _calibration(found),
        "cards": {
            "new": cards.new,
            "young": cards.young,
            "mature": cards.mature,
            "aside": cards.aside,
            "known": cards.known,
            "median_stability": cards.median_stability,
            "stability": _stabilities(cards.stability),
            "difficulty": cards.difficulty.tolist(),
            "recall": cards.recall.tolist(),
        },
        "due": [{"day": day(found.as_of + at), "cards": count} for at, count in enumerate(found.due.tolist())],
        "topics": [_topic(title, one) for title, one in zip(seen.topics, found.topics, strict=True)],
        **({"workload": workload_json(curve)} if curve else {}),
    }


def _days(done: Days) -> list[dict[str, object]]:
    """The days with an answer."""
    days = zip(done.answers.tolist(), done.new.tolist(), done.seconds.tolist(), strict=True)
    return [
        {"day": day(done.first + at), "answers": sum(row), "new": new, "minutes": seconds / 60, **_graded(row)}
        for at, (row, new, seconds) in enumerate(days)
        if sum(row)
    ]


def _topic(title: str, one: TopicStats) -> dict[str, object]:
    return {
        "topic": title,
        "cards": one.cards,
        "seen": one.seen,
        "answers": one.answers,
        "minutes": one.seconds / 60,
        "retention": _share(one.retention),
        "recall": one.recall,
    }


def _graded(row: list[int]) -> dict[str, int]:
    return dict(zip(GRADES, row, strict=True))


def _share(share: Share) -> dict[str, object]:
    bounds = share.bounds
    return {
        "asked": share.asked,
        "recalled": share.recalled,
        "value": share.value,
        "low": bounds[0] if bounds else None,
        "high": bounds[1] if bounds else None,
        "predicted": share.predicted,
        "needed": ENOUGH,
    }


def _series(line: Series) -> list[dict[str, object]]:
    told = zip(line.start.tolist(), line.asked.tolist(), line.recalled.tolist(), line.predicted.tolist(), strict=True)
    return [
        {"start": day(start), "asked": asked, "recalled": recalled, "predicted": predicted}
        for start, asked, recalled, predicted in told
    ]


def _calibration(found: Statistics) -> dict[str, object]:
    held = found.calibration
    told = zip(held.low.tolist(), held.asked.tolist(), held.recalled.tolist(), held.predicted.tolist(), strict=True)
    return {
        "answers": held.answers,
        "needed": ENOUGH_FOR_LOSS,
        "log_loss": held.log_loss,
        "rmse_bins": held.rmse_bins,
        "bins": [
            {"from": low, "asked": asked, "recalled": recalled, "predicted": predicted}
            for low, asked, recalled, predicted in told
        ],
    }


def _stabilities(counts: NDArray[np.int64]) -> list[dict[str, object]]:
    edges = [*STABILITIES[1:], None]
    return [
        {"from": low, "to": high, "cards": count}
        for low, high, count in zip(STABILITIES, edges, counts.tolist(), strict=True)
    ]


def workload_json(curve: Workload) -> dict[str, object]:
    """The curve, with the retention at which a card known costs the least time."""
    best, low, high = curve.cheapest
    told = zip(curve.retention.tolist(), curve.minutes.tolist(), curve.known.tolist(), strict=True)
    return {
        "days": curve.days,
        "cards": curve.cards,
        "curve": [{"retention": retention, "minutes": minutes, "known": known} for retention, minutes, known in told],
        "least_minutes_a_card_known": {"retention": best, "within_5_percent": [low, high]},
    }
