"""What can be wrong with the file of the log, said in one sentence; and a first look that changes nothing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from studytool.errors import StudytoolError
from studytool.memory.store.held import first_bytes

_MAGIC = b"SQLite format 3\0"


def look_at(path: Path) -> bool:
    """Whether the file can be written; raises `StudytoolError` if it cannot be the log, before SQLite opens it.

    SQLite would take an empty file for a new database and throw its journal away; a look at the first bytes does not.
    What is damaged further on SQLite finds by itself, a missing end at once, without writing.
    """
    if os.path.isdir(path):  # unlike Path.is_dir, no error where the folder may not be entered
        raise StudytoolError(f"{path} is a folder, and the review log should be there.", "Move that folder elsewhere.")
    header, has_journal = _beginning(path), has_content(f"{path}-wal")
    if has_journal and not header:
        header = _beginning(path)  # another window may have begun the log between these two looks
    if header is None:
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise unusable_folder(path.parent, "it is read-only")
        if has_journal:
            raise explained(path, "Nothing was changed", "it is gone, and its journal is not")
        return True
    if not header and not has_journal:
        return is_writable(path)  # a first start that was interrupted: nothing was ever in it
    if header != _MAGIC:
        raise explained(path, "Nothing was changed", "it is not a SQLite database")
    return is_writable(path)


def is_writable(path: Path) -> bool:
    """Whether the file and, for its journal, the folder that it lies in can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)


def _beginning(path: Path) -> bytes | None:
    """The first bytes of the file, None where there is none; those of a log where this process has it open as one."""
    try:
        told = first_bytes(path, len(_MAGIC))
        return _MAGIC if told is None else told
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(path, error) from error


def has_content(journal: str) -> bool:
    """Whether there is a journal in which something is."""
    try:
        return os.path.getsize(journal) > 0
    except OSError:  # another process may have closed the log just now, which takes its journal away
        return False


def code_of(error: sqlite3.Error) -> int:
    """SQLite's primary result code; that of an error in general where Python's own module has raised it."""
    return int(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)) & 0xFF


def explained(path: Path, outcome: str, problem: sqlite3.Error | str) -> StudytoolError:
    """`problem` with the log at `path` as a sentence that says what became of the data (`outcome`) and what to do."""
    if isinstance(problem, str):
        return _damaged(path, outcome, problem)
    code = code_of(problem)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return _damaged(path, outcome, str(problem))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StudytoolError(
            f"Another program holds the review log {path}. {outcome}.",
            "Close other windows of studytool or the program that reads this file, and try again.",
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return unwritable(path, str(problem), outcome)
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return StudytoolError(
            f"The review log {path} could not be written: {problem}. {outcome}.",
            "Make room on that disk and try again.",
        )
    return StudytoolError(
        f"The review log {path} could not be used: {str(problem).rstrip('.')}. {outcome}.",
        "Copy the folder to a safe place before you try anything else.",
    )


def unusable_folder(folder: Path, reason: str) -> StudytoolError:
    """The folder for the log cannot be made or written."""
    return StudytoolError(
        f"The review log cannot be kept in {folder}: {reason}. Nothing was changed.",
        "Make that folder writable, or choose another one with STUDYTOOL_DATA.",
    )


def unreadable(path: Path, error: OSError) -> StudytoolError:
    """The log cannot be read, or not even looked for."""
    return StudytoolError(
        f"The review log {path} cannot be read: {error.strerror or error}. Nothing was changed.",
        "Make the file and its folder readable, or choose another folder with STUDYTOOL_DATA.",
    )


def unwritable(path: Path, reason: str = "", outcome: str = "Nothing was changed") -> StudytoolError:
    """The error of a log that can be read and not written, with what became of what was to be written.

    Without a `reason` it is what of the file and its folder is closed.
    """
    return StudytoolError(
        f"The review log {path} cannot be written: {reason or _closed(path)}. {outcome}.",
        "Make the file and its folder writable, or choose another folder with STUDYTOOL_DATA.",
    )


def _closed(path: Path) -> str:
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return "its folder is read-only" if os.access(path, os.W_OK) else "it and its folder are read-only"
    return "it is read-only"


def unmakeable(folder: Path) -> StudytoolError | None:
    """The error of a folder that is not there, and that cannot be made where it should be."""
    there = next((parent for parent in folder.parents if os.path.lexists(parent)), None)
    if os.path.lexists(folder) or there is None or os.access(there, os.W_OK | os.X_OK):
        return None
    return unusable_folder(folder, f"{there} is read-only, and there is no such folder in it")


def _damaged(path: Path, outcome: str, reason: str) -> StudytoolError:
    return StudytoolError(
        f"The review log {path} is damaged: {reason}. {outcome}.",
        "`studytool doctor --rescue` takes out what can be read, unites it with the newest backup, and sets this file "
        "aside.",
    )
