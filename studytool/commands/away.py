"""`studytool away UNTIL`: tells of a holiday, lists those there are, ends one early or takes one back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytool import clock, desk, holidays, settings
from studytool.errors import UsageError
from studytool.text import as_json

if TYPE_CHECKING:
    import argparse

_NONE = "No holiday is set. `studytool away monday` tells of one, `studytool away 2027-01-02 --from friday` ahead."


def run(args: argparse.Namespace) -> int:
    """Write what was told into the log, print the holidays that are not over; always 0."""
    is_back = args.until is not None and args.until.strip().lower() == holidays.BACK_NOW
    if is_back and args.start:
        raise UsageError("`away back` ends the holiday that you are on, and takes no other day.")
    if args.start and not args.until:
        raise UsageError("`--from` needs the day of your return.", "For example `studytool away --from friday monday`.")
    opened = partial(desk.open_log, to_read=not args.until)
    store, memory = desk.read_log(desk.Request((), settings.of_library(args.root)), opened)
    try:
        now = clock.now()
        today = now.day(memory.rules.rollover)
        if is_back:
            holidays.end(store, memory, now, today)
        elif args.until:
            holidays.begin(store, memory, now, holidays.period_of(args.start, args.until, today))
    finally:
        store.close()
    coming = holidays.coming(memory, today)
    told = holidays.sentences(memory, today) or [
        _NONE if not args.until else holidays.BACK if is_back else holidays.OVER
    ]
    print(as_json({"away": [holidays.as_json(memory, one) for one in coming]}) if args.json else "\n".join(told))
    return 0
