"""`studytool due`, and `studytool` without a terminal: what there is to do now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import clock, desk
from studytool.returning import told
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    import argparse

    from studytool.memory import Overview


def run(args: argparse.Namespace) -> int:
    """Print what is due, new and known by topic; always 0."""
    wanted = desk.request(args.paths, args.root)
    table = desk.open_desk(wanted)
    try:
        seen = table.overview(clock.now())
    finally:
        table.close()
    if getattr(args, "json", False):
        print(as_json(_as_json(seen)))
    else:
        print("\n".join(_as_lines(wanted.title, seen)))
        if table.relinked:
            print(told(len(table.relinked)))
    return 0


def _as_lines(title: str, seen: Overview) -> list[str]:
    width = max([len(one_line(load.topic, 48)) for load in seen.topics], default=5)
    lines = [title, f"{seen.due} due, {seen.learning} being learned, {seen.new} new today", ""]
    lines.append(f"{'topic':<{width}}  {'due':>4}  {'new':>4}  {'cards':>5}  recall")
    for load in seen.topics:
        recall = "-" if load.recall is None else f"{load.recall:.0%}"
        waiting = load.due + load.learning
        lines.append(f"{one_line(load.topic, 48):<{width}}  {waiting:>4}  {load.new:>4}  {load.total:>5}  {recall:>6}")
    return [
        *lines,
        "",
        "Open them with `studytool` in a terminal, or answer here with `studytool study --plain`.",
    ]


def _as_json(seen: Overview) -> dict[str, object]:
    topics = [
        {
            "topic": load.topic,
            "due": load.due,
            "learning": load.learning,
            "new": load.new,
            "total": load.total,
            "recall": load.recall,
        }
        for load in seen.topics
    ]
    totals = {"due": seen.due, "learning": seen.learning, "new": seen.new, "total": seen.total}
    return {**totals, "streak": seen.streak, "today": seen.today, "topics": topics}
