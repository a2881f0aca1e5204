"""`studytool search QUERY`: the cards that a query finds, for reading or as JSON."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studytool import clock, desk, places, settings
from studytool.commands import at_desk
from studytool.errors import UsageError
from studytool.search import advice, describe, parse
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse

    from studytool.desk import Desk
    from studytool.memory import Moment
    from studytool.notes.model import Card

_FRONT_WIDTH = 100


def run(args: argparse.Namespace) -> int:
    """Print the cards that `args.query` finds, in study order, or how many there are; 0 where there is none too."""
    query = parse(args.query)  # an error in it is told before anything is read
    for path in args.paths:
        if not os.path.exists(places.expanded(path, "The notes")):
            hint = "A query of several words stands in quotes; paths of notes follow it."
            raise UsageError(f"There is no file or folder {path}.", hint)
    table = at_desk.opened(desk.request(args.paths, args.root), to_read=True)
    try:
        now = clock.now()
        keys = table.search(query, now)
        hints = [] if keys else advice(query, table.searcher, now)
        if args.count:
            print(as_json({"query": str(query), "count": len(keys)}) if args.json else len(keys))
            settings.tell(hints)
            return 0
        cards = [card for key in keys if (card := table.card(key))]
        if args.json:
            found = [_as_dict(table, card, now) for card in cards]
            told = {"query": str(query), "meaning": describe(query), "count": len(keys), "advice": hints}
            print(as_json({**told, "cards": found}))
        else:
            for card in cards:
                print("\n".join(_lines(table, card, now)))
            print(f"{counted(len(keys), 'card')} found: {one_line(describe(query))}.")
            print("\n".join(hints), end="\n" if hints else "")
    finally:
        table.close()
    return 0


def _lines(table: Desk, card: Card, now: Moment) -> list[str]:
    from studytool.memory.reason import standing

    told = [one_line(card.topic), standing(card.key, table.memory, now), one_line(str(card.span))]
    return [one_line(card.front, _FRONT_WIDTH), f"    {' · '.join(told)}"]


def _as_dict(table: Desk, card: Card, now: Moment) -> dict[str, object]:
    from datetime import date

    from studytool.memory.stands import Stands

    stands, state = Stands(table.memory, now), table.memory.state(card.key)
    out = table.memory.out(card.key, stands.day)
    return {
        "key": card.key,
        "front": card.front,
        "back": card.back,
        "topic": card.topic,
        "tags": list(card.tags),
        "path": card.span.path,
        "line": card.span.line,
        "state": stands.word(state, out),
        "due": date.fromordinal(stands.day_of(state)).isoformat() if state else None,
        "recall": state.retrievability(now) if state else None,
        "reviews": state.reviews if state else 0,
        "lapses": state.lapses if state else 0,
        "out": out,
    }
