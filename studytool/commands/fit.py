"""`studytool fit`: fit the memory model to one's own log, and adopt what surely predicts later answers better."""

from __future__ import annotations

import sys
from math import isfinite
from typing import TYPE_CHECKING, TypeVar

from studytool import clock, desk, places, settings
from studytool.errors import StudytoolError, UsageError
from studytool.fitting import sentences, why
from studytool.progress import telling
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Generator

    from studytool.memory import Memory, Moment, Rules, Store
    from studytool.memory.fit.changes import Changes
    from studytool.memory.fit.fitting import Fitted, Folds, Log, Progress
    from studytool.settings import Settings

_TABLE_ONLY = ("timezone", "offset", "rollover")


def run(args: argparse.Namespace) -> int:
    """Print what a fit found and, for the learner's own log, write what is adopted; always 0."""
    if args.csv is not None:
        if args.undo or args.reset:
            raise UsageError("`--undo` and `--reset` are about your own log.", "Leave `--csv` out.")
        return _tables(args)
    if given := [name for name in _TABLE_ONLY if getattr(args, name) is not None]:
        raise UsageError(f"`--{given[0]}` goes with `--csv`.", "Your own log knows its time zones, and the settings.")
    from studytool.memory.opening import open_memory

    wanted = settings.of_library(args.root)
    store = desk.open_log(to_read=args.dry_run)
    try:
        retention, rollover = wanted.desired_retention, wanted.rollover
        memory = open_memory(store, desired_retention=retention, rollover=rollover, cache=places.cache_folder())
        own = _Own(args, wanted, store, memory)
        if args.undo:
            return own.undo()
        if args.reset:
            return own.reset()
        return own.folds() if args.folds else own.fit()
    finally:
        store.close()


Found = TypeVar("Found")


def _watched(steps: Generator[Progress, None, Found]) -> Found:
    """Go through a fit, telling how far it has come."""
    with telling() as tell:
        while True:
            try:
                at = next(steps)
            except StopIteration as end:
                found: Found = end.value
                return found
            tell(f"Fitting, part {at.part} of {at.parts}: step {at.step}, log loss {at.loss:.4f}")


# -- the learner's own log ------------------------------------------------------------------------------------------


class _Own:
    """The learner's log with the parameters that it has set."""

    def __init__(self, args: argparse.Namespace, wanted: Settings, store: Store, memory: Memory) -> None:
        from studytool.memory.fit.event import model_of, standing

        self.args, self.wanted, self.store, self.memory = args, wanted, store, memory
        self.found = standing(memory.parameters(), memory.stands)
        self.model = model_of(self.found)

    def fit(self) -> int:
        """Fit, and write what is adopted."""
        from studytool.memory import Draft
        from studytool.memory.columns import from_memory
        from studytool.memory.fit.event import KIND, fitted_to, payload_of
        from studytool.memory.fit.fitting import fitted, log_of

        reviews = from_memory(self.memory)
        found = _watched(fitted(log_of(reviews, self.model), self.model.weights, fitted_to(self.found)))
        changed = None
        if found.tested:
            from studytool.memory.fit.changes import changes

            changed = changes(reviews, self._rules(self.model.weights), self._rules(found.weights), self._today())
        written = found.adopted and not self.args.dry_run
        if written:
            payload = payload_of(found.weights, found.reviews, found.loss, found.was)
            self.store.append_all([Draft(KIND, None, payload, self._now())])
        if self.args.json:
            told = None if changed is None else _changes_as_json(changed)
            print(as_json({**_as_json(found, written), "changes": told}))
        else:
            print("\n".join(sentences(found, changed, written, self.wanted.desired_retention)))
        return 0

    def folds(self) -> int:
        """Tell how well fits predict the later parts of the log."""
        from studytool.memory.columns import from_memory
        from studytool.memory.fit.fitting import log_of, pooled

        _print_folds(self.args, _watched(pooled(log_of(from_memory(self.memory), self.model), self.args.folds)))
        return 0

    def undo(self) -> int:
        """Go back to the parameters before."""
        from studytool.memory import Draft
        from studytool.memory.fit.event import model_of

        if not self.found:
            raise StudytoolError("There is nothing to undo: the published parameters are in use.")
        if not self.args.dry_run:
            self.store.append_all([Draft("undo", None, {"event": self.found[-1].id}, clock.now())])
        self._print_now(model_of(self.found[:-1]).weights, len(self.found) > 1)
        return 0

    def reset(self) -> int:
        """Go back to the published parameters."""
        from studytool.memory import Draft
        from studytool.memory.fit.event import KIND, payload_of
        from studytool.memory.fsrs import DEFAULT_WEIGHTS

        if self.model.weights != DEFAULT_WEIGHTS and not self.args.dry_run:
            self.store.append_all([Draft(KIND, None, payload_of(DEFAULT_WEIGHTS), self._now())])
        self._print_now(DEFAULT_WEIGHTS, False)
        return 0

    def _now(self) -> Moment:
        """When parameters are set: after all that were set before."""
        from studytool.memory.fit.event import after

        return after(self.memory.parameters(), clock.now())

    def _print_now(self, weights: tuple[float, ...], is_own: bool) -> None:
        from studytool.memory.fsrs import DEFAULT_WEIGHTS

        if self.args.json:
            print(as_json({"parameters": list(weights), "before": list(self.model.weights)}))
            return
        own = is_own and weights != DEFAULT_WEIGHTS
        would = " would be" if self.args.dry_run else " are"
        print(f"The {'parameters fitted before' if own else 'published parameters'}{would} in use now.")

    def _rules(self, weights: tuple[float, ...]) -> Rules:
        from studytool.memory import Rules
        from studytool.memory.fsrs import Model

        return Rules(self.wanted.desired_retention, self.wanted.rollover, Model(weights))

    def _today(self) -> int:
        return clock.now().day(self.wanted.rollover)


# -- a table --------------------------------------------------------------------------------------------------------


def _tables(args: argparse.Namespace) -> int:
    """Fit to the answers in a table; nothing is written."""
    from studytool.memory.fit.fitting import fitted, pooled

    log = _read_table(args)
    if args.folds:
        _print_folds(args, _watched(pooled(log, args.folds)))
        return 0
    found = _watched(fitted(log))
    if args.json:
        print(as_json(_as_json(found, False)))
        return 0
    print("\n".join(sentences(found, None, False, 0.9)))
    if found.tested:
        print("Parameters: " + _listed(found.weights))
        if found.fit != found.weights:
            print("The whole way to the fitted ones: " + _listed(found.fit))
    return 0


def _listed(weights: tuple[float, ...]) -> str:
    return ", ".join(f"{weight:.4f}" for weight in weights)


def _read_table(args: argparse.Namespace) -> Log:
    from studytool.memory.fit.table import log_in

    rollover = settings.of_library(args.root).rollover if args.rollover is None else args.rollover
    name = one_line(args.csv)
    try:
        with open(places.expanded(args.csv, "The table"), encoding="utf-8-sig", newline="") as lines:
            log, by_hand = log_in(lines, name, _offsets(args), rollover)
    except FileNotFoundError:
        raise UsageError(f"There is no file {name}.", "Give the path of a table of answers.") from None
    except UnicodeDecodeError:
        raise StudytoolError(f"{name} is not UTF-8 text.", "Save it as UTF-8, or give another file.") from None
    except OSError as error:
        raise StudytoolError(f"{name} cannot be read: {error.strerror}.") from error
    if by_hand:
        said = f"{name}: left out: {by_hand} of rating 0, which are changes by hand and no answers."
        print(f"studytool: {said}", file=sys.stderr)
    return log


def _offsets(args: argparse.Namespace) -> Callable[[int], int]:
    """The local time's distance from UTC in minutes at a time in milliseconds, where the table's learner was."""
    if args.offset is not None:
        fixed: int = args.offset
        return lambda ms: fixed
    from datetime import UTC, datetime
    from functools import cache

    zone = None
    if args.timezone is not None:
        from zoneinfo import ZoneInfo

        try:
            zone = ZoneInfo(args.timezone)
        except (OSError, ValueError, KeyError):
            hint = "Give one such as Europe/Berlin, or `--offset +01:00`."
            raise UsageError(f"There is no time zone {one_line(args.timezone)}.", hint) from None

    @cache
    def at_quarter(quarter: int) -> int:  # nowhere does the clock change but at a full quarter of an hour
        offset = datetime.fromtimestamp(quarter * 900, UTC).astimezone(zone).utcoffset()
        return 0 if offset is None else int(offset.total_seconds() // 60)

    return lambda ms: at_quarter(ms // 900_000)


# -- what is told ---------------------------------------------------------------------------------------------------


def _print_folds(args: argparse.Namespace, found: Folds) -> None:
    if args.json:
        table = {"folds": args.folds, "reviews": found.reviews, "tested": found.tested}
        losses = {"loss": found.loss, "in_use": found.in_use, "was": found.was}
        print(as_json({**table, **losses, "parameters": list(found.weights)}))
    elif not found.tested:
        print(f"{found.reviews} answers are too few to be divided into {args.folds + 1} parts.")
    else:
        parts = counted(args.folds, "later part")
        print(f"{found.tested} answers in {parts}, each predicted from what came before it: log loss")
        print(f"{found.loss:.4f} by fitted parameters, {found.in_use:.4f} by what a fit had brought into use then,")
        print(f"{found.was:.4f} by the published ones.")


def _as_json(found: Fitted, written: bool) -> dict[str, object]:
    return {
        "reviews": found.reviews,
        "tested": found.tested,
        "loss": found.loss if found.tested else None,
        "error": found.gain.error if found.tested and isfinite(found.gain.error) else None,
        "step": found.gain.step if found.tested else None,
        "was": found.was if found.tested else None,
        "against": "published" if found.against_published else "present",
        "adopted": found.adopted,
        "written": written,
        "why": why(found),
        "parameters": list(found.weights),
        "fitted": list(found.fit),
        "before": list(found.before),
    }


def _changes_as_json(changed: Changes) -> dict[str, object]:
    return {
        "cards": changed.cards,
        "earlier": changed.earlier,
        "later": changed.later,
        "days": changed.days,
        "due_in_30_days": list(changed.soon),
        "reviews_a_day": list(changed.load),
    }
