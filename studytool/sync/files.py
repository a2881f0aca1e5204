"""The files of a shared folder: one a device, an event a line, read from where the last reading ended."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.store.lines import Row, from_line
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

_NAME = re.compile(r"studytool-.+\.jsonl(\.sync-conflict-.+)?", re.DOTALL)
"""A device's file and every copy that a sync tool makes beside it when two programs wrote it."""
_GIT = re.compile(rb"(<{7}|\|{7}|={7}|>{7})( .*)?\r?\n")
"""What git writes between the versions that it could not merge. Both versions are read."""
_CHUNK = 1 << 20
_NAMED = 10
"""How many damaged lines of a file are named one by one."""


def names(folder: Path) -> list[str]:
    """The names of the files in `folder` that hold events, in order; `OSError` where it cannot be looked into."""
    return sorted(name for name in os.listdir(folder) if _NAME.fullmatch(name))


def own_name(device: str) -> str:
    """The name of the one file that a device writes."""
    return f"studytool-{device}.jsonl"


class Mark(NamedTuple):
    """How far a file was read: what comes before is known as long as it has this digest."""

    offset: int = 0
    """Bytes, up to the end of a line."""
    lines: int = 0
    digest: str = ""
    problems: Sequence[str] = ()
    """What was wrong with the lines before, to be told as long as they stand."""


class Progress:
    """How far a file is known, counted on as more of it is."""

    def __init__(self, mark: Mark | None = None) -> None:
        self.offset, self.lines = (mark.offset, mark.lines) if mark else (0, 0)
        self._hash = blake2b(digest_size=16)

    def verify(self, file: BinaryIO, mark: Mark) -> bool:
        """Whether `file` begins with what `mark` stands for; it is read up to there."""
        left = mark.offset
        while left and (chunk := file.read(min(left, _CHUNK))):
            self._hash.update(chunk)
            left -= len(chunk)
        return not left and (not mark.offset or self._hash.hexdigest() == mark.digest)

    def add(self, content: bytes) -> None:
        """Count whole lines as known."""
        self._hash.update(content)
        self.offset += len(content)
        self.lines += content.count(b"\n")

    def mark(self, problems: Iterable[str] = ()) -> Mark:
        """The point that is reached."""
        return Mark(self.offset, self.lines, self._hash.hexdigest(), tuple(problems))


class LogFile:
    """One file of the folder, open for reading. `OSError` where it cannot be read; close it when done."""

    def __init__(self, path: Path, mark: Mark) -> None:
        self.path = path
        self.problems = list(mark.problems)
        self.notices: list[str] = []
        self.tail = b""
        """What stands after the last end of a line, once `rows` has been read to its end."""
        self.progress, self._damaged = Progress(mark), 0
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe of that name holds nobody up
        self._file = os.fdopen(descriptor, "rb")
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(0, "it is no file")
            self.goes_on = self.progress.verify(self._file, mark)
            """Whether the file begins with what was read of it before. If not, it was replaced."""
        except BaseException:
            self.close()
            raise

    def rows(self) -> Iterator[tuple[str, Row]]:
        """The events that were not read before, each with its place; what is no event is told and left out."""
        for line in self._file:
            if not line.endswith(b"\n"):
                self.tail = line
                break
            self.progress.add(line)
            if not line.strip():
                continue
            place = f"{self.path}:{self.progress.lines}"
            try:
                yield place, from_line(line.decode("utf-8-sig" if self.progress.lines == 1 else "utf-8"))
            except UnicodeDecodeError:
                self._tell(f"{place}: this line was left out: it is not UTF-8.")
            except ValueError as error:
                if _GIT.fullmatch(line):
                    self.notices.append(f"{place}: a mark of a merge by git was left out; what it marks was read.")
                else:
                    self._tell(f"{place}: this line was left out: {error}.")
        if self._damaged > _NAMED:
            left = self._damaged - _NAMED
            were = "was" if left == 1 else "were"
            self.problems.append(f"{self.path}: {counted(left, 'more line')} {were} left out.")

    def _tell(self, problem: str) -> None:
        self._damaged += 1
        if self._damaged <= _NAMED:
            self.problems.append(problem)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(slots=True)
class Written:
    """What became of an append."""

    lines: int = 0
    error: OSError | None = None
    mark: Mark | None = None
    """The end of the file, where all that stands before it is known."""


def append(path: Path, log: LogFile | None, batches: Iterable[Sequence[bytes]]) -> Written:
    """Add lines to a device's own file, on the disk when this returns; how many, and what stopped it if anything did.

    `log` is the file as it was just read. A last line that an earlier append left torn is completed if it is among the
    lines again, as it is after a full disk; else it is ended, so that it costs no line but itself.
    """
    written = Written()
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        return Written(error=error)
    progress: Progress | None = None
    try:
        size = os.fstat(descriptor).st_size
        is_as_read = log is not None and size == log.progress.offset + len(log.tail)
        if log and is_as_read:
            progress = log.progress
        elif size == 0:
            progress = Progress()
        # A file that another wrote since is known no more; what is added is right even so.
        progress = _add(descriptor, size, log.tail if log and is_as_read else b"", batches, written, progress)
        os.fsync(descriptor)
        if not size:
            _keep_name(path.parent)
    except OSError as error:
        written.error = error
    finally:
        os.close(descriptor)
    if progress and not written.error:
        written.mark = progress.mark()
    return written


def _add(
    descriptor: int,
    size: int,
    torn: bytes,
    batches: Iterable[Sequence[bytes]],
    written: Written,
    progress: Progress | None,
) -> Progress | None:
    """Write the lines behind what is there, of which the last may be `torn`; how far the file is known then."""
    is_open = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    for batch in batches:
        content = b"".join(_first(torn, batch) if torn else batch)
        if torn and content.startswith(torn):
            done = _write(descriptor, content[len(torn) :], written)
        elif is_open:
            progress = None
            done = _write(descriptor, b"\n" + content, written) - 1
        else:
            done = _write(descriptor, content, written)
        written.lines += max(content[: len(torn) * content.startswith(torn) + max(done, 0)].count(b"\n"), 0)
        if written.error:
            break
        if progress:
            progress.add(content)
        torn, is_open = b"", False
    return progress


def _first(torn: bytes, batch: Sequence[bytes]) -> list[bytes]:
    """The lines with the one first that begins with `torn`, if there is one."""
    return [line for line in batch if line.startswith(torn)] + [line for line in batch if not line.startswith(torn)]


def _write(descriptor: int, content: bytes, written: Written) -> int:
    """Write all of `content`; returns how many bytes of it are in the file, all of them unless there was an error."""
    view, done = memoryview(content), 0
    try:
        while done < len(content):
            done += os.write(descriptor, view[done:])
    except OSError as error:
        written.error = error
    return done


def _keep_name(folder: Path) -> None:
    """Make the name of a new file durable, where the file system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
