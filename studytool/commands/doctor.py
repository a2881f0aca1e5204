"""`studytool doctor`: look at the log, throw away what can be made again, back up; restore, rescue."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import clock, places
from studytool.errors import StudytoolError, UsageError
from studytool.text import as_json, counted, one_line

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
    backups: tuple[Backup, ...]
    """Those there are, the latest first, each with its number of events, -1 where that cannot be read."""
    caches: int
    """How many files of the cache were thrown away."""
    rebuilt: Rebuilt | None


def run(args: argparse.Namespace) -> int:
    """Check, repair as asked, back up and report; 0 when the log is healthy, 1 when something should be done."""
    from studytool.memory import open_store
    from studytool.memory.store.health import examine

    folder, now = places.data_folder(), clock.now()
    if args.rescue and args.restore is not None:
        raise UsageError("`--rescue` and `--restore` do not go together.", "A rescue takes in the fullest backup too.")
    if args.restore == "":
        raise UsageError("`--restore` names no file.", "Give a file, or nothing after it for the fullest backup.")
    wanted = args.rescue or args.restore is not None
    rebuilt = _repair(folder, args, examine(folder, now.ms)) if wanted else None
    health = examine(folder, now.ms)
    if health.is_good and any(one.code == "lost" for one in health.findings):
        open_store(folder).close()
        health = examine(folder, now.ms)
    visit = _Visit(*_backed_up(folder, health), _forget_caches(), rebuilt)
    print(as_json(_as_json(visit)) if args.json else "\n".join(_as_lines(visit)))
    return 0 if visit.health.is_good else 1


def _repair(folder: Path, args: argparse.Namespace, health: Health) -> Rebuilt | None:
    """Make a new log from the present one and a backup, as asked for; None where there is nothing to rescue."""
    from studytool.memory.store.rescue import fullest_sound, is_sound, rebuild

    if args.restore is not None and args.restore != "latest":
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
        chosen = fullest_sound(folder)
        if args.restore is not None and chosen is None:
            raise StudytoolError(f"There is no sound backup in {folder / 'backups'}.", "Name a file.")
    if any(one.code in ("version", "application") for one in health.findings):
        raise StudytoolError(f"{health.findings[0].message} Nothing was changed.", health.findings[0].hint)
    if args.restore is None and not health.damaged:
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


def _backed_up(folder: Path, health: Health) -> tuple[Health, Backup | None, tuple[Backup, ...]]:
    """Back up a sound log that has grown; returns its health with that, the backup, and all there are."""
    from studytool.memory.store.backup import Backup, back_up, backups, has_grown, size
    from studytool.memory.store.health import Finding

    made = None
    problems = {one.code for one in health.findings if one.severity == "problem"}
    if problems <= {"lacking"} and has_grown(folder):
        try:
            made = back_up(folder, clock.today())
        except StudytoolError as error:
            failure = Finding("backup", "problem", error.message, error.hint)
            health = replace(health, findings=(*health.findings, failure))
    return health, made, tuple(Backup(path, size(path)) for path in backups(folder))


def _as_lines(visit: _Visit) -> list[str]:
    health, rebuilt = visit.health, visit.rebuilt
    lines = []
    if rebuilt:
        named = f" ({one_line(rebuilt.backup.name)})" if rebuilt.backup else ""
        lines.append(
            f"The new log holds {counted(rebuilt.events, 'event')}: {rebuilt.from_log} of the log as it was, "
            f"{rebuilt.from_backup} that only the backup had{named}."
        )
        if rebuilt.missing:
            lines.append(f"{counted(rebuilt.missing, 'event')} probably missing.")
        if rebuilt.left_out:
            lines.append(f"{counted(rebuilt.left_out, 'piece')} that no program can read left in the file set aside.")
        if rebuilt.aside:
            lines.append(f"The log as it was lies in {one_line(str(rebuilt.aside))}.")
    held = "its events could not be counted" if health.events is None else counted(health.events, "event")
    lines.append(f"{one_line(str(health.path))}: {held}")
    for one in health.findings:
        hint = f" {one.hint}" if one.hint else ""
        lines.append(f"{one.severity}: {one_line(one.message)}{hint}")
    if visit.caches:
        emptied = counted(visit.caches, "file")
        lines.append(f"The cache ({emptied}) was emptied, as at every visit; what it held is made anew when needed.")
    if visit.backup:
        lines.append(f"Backed up: {one_line(str(visit.backup.path))}.")
    listed = ", ".join(f"{one.path.name} ({_held(one.events)})" for one in visit.backups)
    lines.append(f"Backups: {listed}." if visit.backups else "There is no backup yet.")
    lines.append(
        "The log is healthy." if health.is_good else "The log needs attention: each problem above says what to do."
    )
    return lines


def _held(events: int) -> str:
    return counted(events, "event") if events >= 0 else "cannot be read"


def _as_json(visit: _Visit) -> dict[str, object]:
    rebuilt = visit.rebuilt
    return {
        "path": str(visit.health.path),
        "healthy": visit.health.is_good,
        "events": visit.health.events,
        "findings": [asdict(one) for one in visit.health.findings],
        "caches": visit.caches,
        "backup": str(visit.backup.path) if visit.backup else None,
        "backups": [{"name": one.path.name, "events": one.events} for one in visit.backups],
        "rebuilt": rebuilt
        and {
            **asdict(rebuilt),
            "aside": rebuilt.aside and str(rebuilt.aside),
            "backup": rebuilt.backup and str(rebuilt.backup),
        },
    }
