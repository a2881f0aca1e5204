"""`studytool doctor`: look at the log, throw away what can be made again, back up; restore, rescue."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import clock, places
from studytool.errors import StudytoolError, UsageError
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    import argparse

    from studytool.memory.store.backup import Backup
    from studytool.memory.store.health import Health
    from studytool.memory.store.rescue import Rebuilt

_CACHES = (".sqlite", ".sqlite-wal", ".sqlite-shm", ".judged.json", ".memory", ".reviews", ".texts")
"""How the names of the files end that studytool keeps in its cache."""
_MARKS = "sync"
"""The folder in it where is kept, in `.json` files, up to where each target was synchronised."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """What the doctor saw and did."""

    health: Health
    backup: Backup | None
    backups: tuple[str, ...]
    caches: int
    """How many files of the cache were thrown away."""
    rebuilt: Rebuilt | None


def run(args: argparse.Namespace) -> int:
    """Check, repair as asked, back up and report; 0 when the log is healthy, 1 when something should be done."""
    from studytool.memory import open_store
    from studytool.memory.store.health import examine

    folder, now = places.data_folder(), clock.now()
    rebuilt = _repair(folder, args, examine(folder, now.ms)) if args.restore or args.rescue else None
    health = examine(folder, now.ms)
    if health.is_good and any(one.code == "lost" for one in health.findings):
        open_store(folder).close()
        health = examine(folder, now.ms)
    visit = _Visit(*_backed_up(folder, health), _forget_caches(), rebuilt)
    print(as_json(_as_json(visit)) if args.json else "\n".join(_as_lines(visit)))
    return 0 if visit.health.is_good else 1


def _repair(folder: Path, args: argparse.Namespace, health: Health) -> Rebuilt | None:
    """Make a new log from the present one and a backup, as asked for; None where there is nothing to rescue."""
    from studytool.memory.store.rescue import is_sound, newest_sound, rebuild

    if args.restore and args.restore != "latest":
        chosen: Path | None = places.expanded(args.restore, "The backup")
        assert chosen is not None
        if not os.path.isfile(chosen):  # Path.is_file raises where it may not look
            raise UsageError(f"There is no file {args.restore}.", "`studytool doctor` lists the backups.")
        if not is_sound(chosen):
            raise StudytoolError(
                f"{args.restore} is no log of this version of studytool, or damaged. Nothing was changed.",
                "Lines that `studytool log export` wrote are for `studytool log import`.",
            )
    else:
        chosen = newest_sound(folder)
        if args.restore and chosen is None:
            raise StudytoolError(f"There is no sound backup in {folder / 'backups'}.", "Name a file.")
    if any(one.code in ("version", "application") for one in health.findings):
        raise StudytoolError(f"{health.findings[0].message} Nothing was changed.", health.findings[0].hint)
    if not args.restore and not health.damaged:
        return None
    return rebuild(folder, chosen, f"{datetime.now():%Y%m%d-%H%M%S}")


def _forget_caches() -> int:
    """Delete what studytool keeps to be faster; returns how many files that were."""
    folder = places.cache_folder()
    return _forget(folder, _CACHES) + _forget(folder / _MARKS, (".json",))


def _forget(folder: Path, ends: tuple[str, ...]) -> int:
    gone = 0
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ends) and entry.is_file(follow_symlinks=False):
                with suppress(OSError):
                    os.unlink(entry.path)
                    gone += 1
    return gone


def _backed_up(folder: Path, health: Health) -> tuple[Health, Backup | None, tuple[str, ...]]:
    """Back up a healthy log that has grown; returns its health with that, the backup, and the names of all."""
    from studytool.memory.store.backup import back_up, backups, has_grown
    from studytool.memory.store.health import Finding

    made = None
    if health.is_good and has_grown(folder):
        try:
            made = back_up(folder, date.today())
        except StudytoolError as error:
            failure = Finding("backup", "problem", error.message, error.hint)
            health = replace(health, findings=(*health.findings, failure))
    return health, made, tuple(one.name for one in backups(folder))


def _as_lines(visit: _Visit) -> list[str]:
    health, rebuilt = visit.health, visit.rebuilt
    lines = []
    if rebuilt:
        lines.append(
            f"The new log holds {rebuilt.events} events: {rebuilt.from_log} of the log as it was, "
            f"{rebuilt.from_backup} that only the backup had."
        )
        if rebuilt.missing:
            lines.append(f"{rebuilt.missing} events are probably missing.")
        if rebuilt.left_out:
            lines.append(f"{rebuilt.left_out} pieces that no program can read were left where they are.")
        if rebuilt.aside:
            lines.append(f"The log as it was lies in {one_line(str(rebuilt.aside))}.")
    lines.append(f"{one_line(str(health.path))}: {health.events} events")
    for one in health.findings:
        hint = f" {one.hint}" if one.hint else ""
        lines.append(f"{one.severity}: {one_line(one.message)}{hint}")
    if visit.caches:
        lines.append(f"Thrown away, to be made again: {visit.caches} files of the cache.")
    if visit.backup:
        lines.append(f"Backed up: {one_line(str(visit.backup.path))}.")
    lines.append(f"Backups: {', '.join(visit.backups)}." if visit.backups else "There is no backup yet.")
    lines.append("The log is healthy." if health.is_good else "The log needs attention.")
    return lines


def _as_json(visit: _Visit) -> dict[str, object]:
    rebuilt = visit.rebuilt
    return {
        "path": str(visit.health.path),
        "healthy": visit.health.is_good,
        "events": visit.health.events,
        "findings": [asdict(one) for one in visit.health.findings],
        "caches": visit.caches,
        "backup": str(visit.backup.path) if visit.backup else None,
        "backups": list(visit.backups),
        "rebuilt": rebuilt
        and {
            **asdict(rebuilt),
            "aside": rebuilt.aside and str(rebuilt.aside),
            "backup": rebuilt.backup and str(rebuilt.backup),
        },
    }
