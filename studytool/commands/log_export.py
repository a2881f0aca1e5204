"""`studytool log export`: the log as lines of JSON, or as the table that FSRS optimizers read."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import desk, places
from studytool.errors import StudytoolError, UsageError
from studytool.progress import telling
from studytool.text import as_json, clean, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import BinaryIO

    from studytool.memory.store.transfer import Trouble

_FORMS = {"": "jsonl", ".jsonl": "jsonl", ".csv": "csv"}
"""What the end of a file's name says of its format; one without an end gets all events."""


def run(args: argparse.Namespace) -> int:
    """Write the log to `args.file`, else to standard output; 1 if events had to be left out."""
    from studytool.memory.store.transfer import Trouble, whole_file

    to_file = args.file not in (None, "-")
    form = args.format or (_form_of(args.file) if to_file else "jsonl")
    trouble = Trouble()
    folder = places.data_folder()
    log = folder / "reviews.db"
    with suppress(StudytoolError):  # an export needs less: what can be read goes out
        desk.open_log().close()
    if to_file:
        target = places.expanded(args.file, "The export")
        with whole_file(target, force=args.force) as file, telling() as tell:
            count = _write(log, form, trouble, file.write, tell)
            _no_less(trouble, args.skip_damaged)
    else:
        count = _write(log, form, trouble, _printer(), lambda _: None)
    _tell(trouble)
    if args.json and to_file:
        print(as_json({"path": str(Path(args.file)), "format": form, "events": count, "damaged": trouble.count}))
    elif to_file:
        print(f"{counted(count, 'answer' if form == 'csv' else 'event')} written to {one_line(args.file)}.")
    return 1 if trouble.count else 0


def _form_of(file: str) -> str:
    """The format that the end of a file's name says; raises `UsageError` where it says another."""
    end = Path(file).suffix
    if end.lower() not in _FORMS:
        raise UsageError(
            f"The end of {one_line(file)} is no format of an export.",
            "End it in .jsonl (all events) or .csv (answers), or name one with `--format`.",
        )
    return _FORMS[end.lower()]


def _write(
    log: Path, form: str, trouble: Trouble, write: Callable[[bytes], object], tell: Callable[[str], None]
) -> int:
    """Write all of the log; returns how many events that were."""
    from studytool.memory.store.raw import rows_of

    if form == "csv":
        from studytool.memory.events import ANSWERS
        from studytool.memory.store.tabular import answers_in, changes_in, table_of

        changes = changes_in(rows_of(log, ("undo", "relink")))
        pieces: Iterable[bytes] = table_of(answers_in(rows_of(log, ANSWERS), changes))
        count = -1
    else:
        from studytool.memory.store.transfer import lines_of

        pieces, count = lines_of(rows_of(log), trouble), 0
    for piece in pieces:
        count += piece.count(b"\n")
        write(piece)
        tell(f"Exporting: {count} events")
    return count


def _printer() -> Callable[[bytes], object]:
    """What writes to standard output: the bytes as they are, but to a terminal only what it can show."""
    if sys.stdout.isatty():
        return lambda piece: print(clean(piece.decode()), end="")
    sys.stdout.flush()
    out: BinaryIO = sys.stdout.buffer
    return out.write


def _no_less(trouble: Trouble, skip_damaged: bool) -> None:
    if trouble.count and not skip_damaged:
        _tell(trouble)
        raise StudytoolError(
            f"{trouble.count} of the log's events cannot be read. Nothing was written.",
            "`--skip-damaged` exports the others; `studytool doctor` says more.",
        )


def _tell(trouble: Trouble) -> None:
    for sentence in trouble.told:
        print(f"studytool: {one_line(sentence)}", file=sys.stderr)
    if more := trouble.count - len(trouble.told):
        print(f"studytool: and {more} more", file=sys.stderr)
