"""`studytool due`, and `studytool` without a terminal: what there is to do now."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from studytool import clock, desk, holidays, settings, streams
from studytool.commands import at_desk
from studytool.desk.returning import told
from studytool.text import as_json, cells, counted, one_line, padded, percent
from studytool.topics_named import topics_named

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from studytool.memory import Moment, Overview, TopicLoad
    from studytool.notes.model import Card

_NAMED = 10
"""So many leeches are named."""
_MANY = 20
"""So many topics are listed, the ones with most to do, unless all or some are asked for."""


def run(args: argparse.Namespace) -> int:
    """Print what is due, new and known by topic, of all or of those named; 0, or an error for one that is not there."""
    wanted = desk.request(args.paths, args.root)
    table = at_desk.opened(wanted, to_read=True)
    try:
        now = clock.now()
        today = now.day(table.memory.rules.rollover)
        absent = [holidays.as_json(table.memory, one) for one in holidays.coming(table.memory, today)]
        away = holidays.sentences(table.memory, today)
        seen, leeches = table.overview(now), table.leeches()
        if topics := topics_named(getattr(args, "topic", []), table.topics(), table.library):
            seen, leeches = _of(topics, table, seen, now), [one for one in leeches if one[0].topic in topics]
        if wanted.settings.exam:
            from studytool.syllabus import slips

            settings.tell(slips(wanted.settings, table.topics(), wanted.exam_library))
    finally:
        table.close()
    from studytool.memory import told_of

    if getattr(args, "json", False):
        print(
            as_json(
                {
                    **_as_json(seen),
                    "away": absent,
                    "leeches": [_leech(card, lapses) for card, lapses in leeches],
                }
            )
        )
    else:
        most = None if getattr(args, "all_topics", False) or topics else _MANY
        print("\n".join(_as_lines(wanted.title, seen, most)))
        for sentence in [*away, *told_of(seen.held), *_told_of_leeches(leeches)]:
            print(sentence)
        if table.relinked:
            print(told(len(table.relinked)))
    return 0


def _of(topics: list[str], table: desk.Desk, seen: Overview, now: Moment) -> Overview:
    """The same of some topics only, as `study` with them would ask."""
    session = table.session(now, topics)
    left = session.counts(now)
    loads = tuple(load for load in seen.topics if load.topic in topics)
    return replace(
        seen,
        topics=loads,
        new=left.new,
        due=left.due,
        later=left.later,
        total=sum(load.total for load in loads),
        held=session.held(),
    )


def _as_lines(title: str, seen: Overview, most: int | None = None) -> list[str]:
    shown = _most_to_do(seen.topics, most)
    width = max([len("topic"), *(cells(one_line(load.topic, 48)) for load in shown)])
    due = f"{seen.due:,} of {seen.all_due:,}" if seen.all_due > seen.due else f"{seen.due:,}"
    lines = [title, f"{due} due, {seen.later:,} later, {seen.new:,} new today", ""]
    columns = {"due": "due", **({"later": "later"} if seen.later else {}), "new": "new", "total": "cards"}
    lines.append(f"{'topic':<{width}}  {'  '.join(f'{head:>6}' for head in columns.values())}  recall")
    for load in shown:
        topic = padded(one_line(load.topic, 48), width)
        counts = "  ".join(f"{getattr(load, name):>{max(len(head), 6)},}" for name, head in columns.items())
        lines.append(f"{topic}  {counts}  {percent(load.recall):>6}")
    if len(shown) < len(seen.topics):
        rest = len(seen.topics) - len(shown)
        lines.append(f"… and {counted(rest, 'more topic')}: `due --all-topics` lists all")
    opens = "Open them with `studytool` in a terminal"
    if streams.only_error_is_elsewhere():
        opens = "The app paints to standard error, which goes elsewhere: `studytool` without that opens it"
    return [*lines, "", f"{opens}, or answer here with `studytool study --plain`."]


def _most_to_do(topics: Sequence[TopicLoad], most: int | None) -> Sequence[TopicLoad]:
    """In the order of the notes; where they are more than `most`, those with most due or later, then new."""
    if most is None or len(topics) <= most:
        return topics
    by_work = sorted(enumerate(topics), key=lambda each: (-each[1].due - each[1].later, -each[1].new))
    return [load for _, load in sorted(by_work[:most], key=itemgetter(0))]


def _told_of_leeches(leeches: list[tuple[Card, int]]) -> list[str]:
    if not leeches:
        return []
    count = f"{len(leeches)} leech{'es' if len(leeches) > 1 else ''}"
    told = [f"{count}: forgotten so often that rewriting helps more than repeating."]
    for card, lapses in leeches[:_NAMED]:
        told.append(f"  {one_line(str(card.span))}  {lapses} times  {one_line(card.front, 60)}")
    return [*told, f"  … and {len(leeches) - _NAMED} more"] if leeches[_NAMED:] else told


def _leech(card: Card, lapses: int) -> dict[str, object]:
    return {"key": card.key, "lapses": lapses, "front": card.front, "path": card.span.path, "line": card.span.line}


def _as_json(seen: Overview) -> dict[str, object]:
    topics = [
        {
            "topic": load.topic,
            "due": load.due,
            "later": load.later,
            "new": load.new,
            "total": load.total,
            "recall": load.recall,
        }
        for load in seen.topics
    ]
    counts = ("due", "later", "new", "total")
    totals = {name: sum(getattr(load, name) for load in seen.topics) for name in counts}
    comes = {"due": seen.due, "later": seen.later, "new": seen.new}
    held = {
        "siblings": seen.held.siblings,
        "away_now": seen.held.away_now,
        "away_later": seen.held.away_later,
        "over": seen.held.over,
        "is_full": seen.held.is_full,
    }
    return {**totals, "comes": comes, "streak": seen.streak, "today": seen.today, "held": held, "topics": topics}
