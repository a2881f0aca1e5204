"""`studytool sync TARGET`: the union of this log's events and those of other devices, by a folder or a server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from studytool import desk, places
from studytool import settings as settings_file
from studytool.errors import UsageError
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    import argparse

    from studytool.sync.outcome import Outcome

_SERVERS = ("postgresql://", "postgres://")


def run(args: argparse.Namespace) -> int:
    """Synchronise and print what was sent and received; 1 where something could not be read, written or sent."""
    target = _target(args.targets)
    is_server = target.startswith(_SERVERS)
    if "://" in target and not is_server:
        scheme = target.partition("://")[0]
        raise UsageError(f"`sync` knows no {scheme}:// targets.", "Give a folder or a postgresql:// URL.")
    if args.setup:
        return _set_up(target, is_server, args.json)
    outcome = _with_server(target) if is_server else _with_folder(target)
    for sentence in (*outcome.notices, *outcome.problems):
        print(f"studytool: {one_line(sentence)}", file=sys.stderr)
    if args.json:
        told = {"sent": outcome.sent, "received": outcome.received, "devices": len(outcome.devices)}
        print(as_json({**told, "problems": outcome.problems, "notices": outcome.notices}))
    else:
        print(outcome)
    return 1 if outcome.problems else 0


def _target(given: list[str]) -> str:
    """The target that was given, else that of the user's settings, never of a library's: it may be a stranger's."""
    if len(given) > 1:  # not said by argparse, which would repeat a password in one of them
        raise UsageError(f"`sync` takes one target, not {len(given)}.", "Put a name with blanks in quotes.")
    target = given[0] if given else settings_file.of_library(None).sync
    if not target:
        raise UsageError(
            "There is nothing to synchronise with.",
            'Give a folder or a postgresql:// URL, or set `sync = "…"` in your settings.toml.',
        )
    return target


def _with_folder(target: str) -> Outcome:
    from studytool.sync.folder import sync_folder

    store = desk.open_log()
    try:
        return sync_folder(store, places.expanded(target, "The folder"), places.cache_folder())
    finally:
        store.close()


def _with_server(target: str) -> Outcome:
    from studytool.sync.postgres import sync_postgres

    store = desk.open_log()
    try:
        return sync_postgres(store, target, places.cache_folder())
    finally:
        store.close()


def _set_up(target: str, is_server: bool, json: bool) -> int:
    if not is_server:
        raise UsageError("`--setup` makes tables on a PostgreSQL server; a folder needs none.", "Leave it out.")
    from studytool.sync.setup import set_up

    told = set_up(target)
    print(as_json(told) if json else told["message"])
    return 0
