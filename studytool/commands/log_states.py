"""`studytool log states`: what the log has come to for every card that was answered."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from studytool import clock, desk, places
from studytool.errors import UsageError
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    import argparse

    from studytool.memory import Memory, Moment
    from studytool.memory.fsrs import Model


def run(args: argparse.Namespace) -> int:
    """Print the state of every card, by the parameters of the log or those of a file; 0, or 2 for a useless file."""
    from studytool import settings
    from studytool.memory import open_memory

    model = _model(args.params) if getattr(args, "params", None) else None
    wanted = settings.of_library(args.root)
    store = desk.open_log(to_read=True)
    try:
        memory = open_memory(
            store,
            desired_retention=wanted.desired_retention,
            rollover=wanted.rollover,
            model=model,
            cache=places.cache_folder() if model is None else None,
        )
        found = states(memory, clock.now())
    finally:
        store.close()
    print(as_json(found) if args.json else "\n".join(_as_lines(found)))
    return 0


def states(memory: Memory, moment: Moment) -> list[dict[str, object]]:
    """One entry a card that was ever answered, by key, so that equal logs print alike; recall is at `moment`."""
    found: list[dict[str, object]] = []
    day = moment.day(memory.rules.rollover)
    for key in sorted(memory.cards()):
        state = memory.state(key)
        if state is not None:
            entry = {
                "card": key,
                "stability": state.stability,
                "difficulty": state.difficulty,
                "due": _iso(state.due),
                "retrievability": state.retrievability(moment),
                "reviews": state.reviews,
                "lapses": state.lapses,
                "last": _iso(state.last),
                "phase": state.phase,
                "step": state.step,
                "out": memory.out(key, day),
            }
            found.append(entry)
    return found


def _iso(ms: int) -> str | None:
    """The time in UTC to the millisecond; None where a broken clock has put it outside of all calendars."""
    try:
        when = datetime.fromtimestamp(ms // 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return f"{when:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03}Z"


def _as_lines(found: list[dict[str, object]]) -> list[str]:
    if not found:
        return ["No card was answered yet."]
    lines = [f"{'card':<32}  {'stability':>10}  {'difficulty':>10}  {'due':<16}  recall  reviews  lapses"]
    for entry in found:
        due = str(entry["due"] or "")[:16].replace("T", " ")
        numbers = (
            f"{entry['stability']:>10.2f}  {entry['difficulty']:>10.2f}  {due:<16}  {entry['retrievability']:>6.0%}"
        )
        card = one_line(str(entry["card"]), 32)
        lines.append(f"{card:<32}  {numbers}  {entry['reviews']:>7}  {entry['lapses']:>6}")
    return lines


def _model(path: str) -> Model:
    """The parameters that a file holds: 21 numbers as a JSON list, or an object with them as `weights`."""
    from studytool.memory.fit.event import weights_in
    from studytool.memory.fsrs import Model

    hint = 'It should hold a JSON list of 21 numbers, or {"parameters": [...]}, as `studytool fit --json` prints it.'
    try:
        told = json.loads(places.expanded(path, "--params").read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"The parameters in {path} cannot be read: {error.strerror}.", hint) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"The parameters in {path} are not JSON: {error}.", hint) from error
    weights = told.get("weights", told.get("parameters")) if isinstance(told, dict) else told
    found = weights_in({"model": "FSRS", "version": 6, "weights": weights})
    if found is None:
        raise UsageError(f"The parameters in {path} are not those of FSRS-6.", hint)
    return Model(found)
