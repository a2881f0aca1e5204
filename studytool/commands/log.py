"""`studytool log`: what is in the log; and its export and import."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from importlib import import_module
from typing import TYPE_CHECKING

from studytool import desk
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from studytool.memory.store.account import Account


def run(args: argparse.Namespace) -> int:
    """Run `log export`, `log import` and so on; without any of them print a short account of the log."""
    if args.action:
        deed: Callable[[argparse.Namespace], int] = import_module(f"studytool.commands.log_{args.action}").run
        return deed(args)
    from studytool.memory.store.account import account

    store = desk.open_log(to_read=True)
    try:
        seen = account(store)
    finally:
        store.close()
    print(as_json(_as_json(seen)) if args.json else "\n".join(_as_lines(seen)))
    return 0


def _as_lines(seen: Account) -> list[str]:
    lines = [f"{one_line(seen.path)}: {counted(seen.events, 'event')}, {_size(seen.bytes)}"]
    if seen.first is None or seen.last is None:
        return [*lines, "Nothing was answered yet."]
    lines += [f"from {_date(*seen.first)} to {_date(*seen.last)}", ""]
    lines += [f"{number:>9}  {one_line(kind, 40)}" for kind, number in seen.kinds.items()]
    lines.append("")
    for device in seen.devices:
        own = ", this one" if device.own else ""
        lines.append(f"{device.events:>9}  on device {one_line(device.name, 40)}{own}, last {_date(*device.last)}")
    return lines


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e5 else f"{max(number / 1e3, 0.1):.1f} kB"


def _date(ms: int, offset: int) -> str:
    try:
        return f"{datetime.fromtimestamp(ms / 1000, timezone(timedelta(minutes=offset))):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError, OSError):
        return f"{ms} ms"


def _as_json(seen: Account) -> dict[str, object]:
    moments = {
        name: None if moment is None else {"ms": moment[0], "offset": moment[1]}
        for name, moment in (("first", seen.first), ("last", seen.last))
    }
    devices = [
        {"device": one.name, "events": one.events, "last": {"ms": one.last[0], "offset": one.last[1]}, "own": one.own}
        for one in seen.devices
    ]
    return {
        "path": seen.path,
        "bytes": seen.bytes,
        "events": seen.events,
        **moments,
        "kinds": dict(seen.kinds),
        "devices": devices,
    }
