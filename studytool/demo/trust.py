"""Which demo files, and notes with checks, the user has agreed to run: by path and the BLAKE2b hash of the content.

A demo is a program. The built-in ones came with this program; another one can do whatever its user can, so it runs
only after somebody has agreed to exactly this content, that of the file with what is asked beside it included (see
`files`). What was agreed to stands in `trusted.jsonl` in the folder of the user's data, a line a decision, the last one
of a path counts: {"path": …, "blake2b": … or null, taken back}.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import places
from studytool.demo.files import asked_beside
from studytool.errors import StudytoolError, UsageError

if TYPE_CHECKING:
    from studytool.demo.find import DemoInfo

_FILE = "trusted.jsonl"
_SEVERAL = b"several files"


@dataclass(frozen=True, slots=True)
class Trusted:
    """A file that was agreed to, and what has become of it: `as it was`, `changed` (asks again) or `gone`."""

    path: Path
    digest: str
    state: str


def digest_of(content: bytes, *beside: bytes) -> str:
    """The hash that stands for the content of a file, or of several: BLAKE2b of 32 bytes, in hexadecimal.

    That of several is the keyed hash of theirs, so that no single file has it.
    """
    if beside:
        each = (blake2b(one, digest_size=32).digest() for one in (content, *beside))
        return blake2b(b"".join(each), digest_size=32, key=_SEVERAL).hexdigest()
    return blake2b(content, digest_size=32).hexdigest()


def is_trusted(info: DemoInfo) -> bool:
    """Whether this demo may run: a built-in one, or one whose content was agreed to."""
    return not info.digest or is_agreed(info.path, info.digest)


def is_agreed(path: Path, digest: str) -> bool:
    """Whether the file at `path`, which is absolute, was agreed to with the content of this hash."""
    return _decisions().get(str(path)) == digest


def was_trusted(path: Path) -> bool:
    """Whether some content of this file was agreed to, the present one or another."""
    return str(path) in _decisions()


def bound(info: DemoInfo, *contents: bytes) -> DemoInfo:
    """The demo bound to the contents that somebody is going to look at: no others will run in their place."""
    return replace(info, digest=digest_of(*contents))


def agreed(info: DemoInfo) -> DemoInfo:
    """The demo with whatever content its file has: for somebody who runs that very file and may be writing it."""
    return replace(info, digest="")


def require(info: DemoInfo) -> None:
    """Raise `UsageError` for a demo that nobody has agreed to run, with the command that does."""
    if not is_trusted(info):
        told = "has changed since you trusted it" if was_trusted(info.path) else "is not one of the built-in demos"
        raise UsageError(
            f"{info.path} {told}, and running it runs its code as you.",
            f"Look at {it(info.path)}, then say `studytool trust {info.path}`, or add --trust to run it this once.",
        )


def it(path: Path) -> str:
    """The words for what somebody agrees to with the file at `path`: it, and the file beside it if there is one."""
    beside = asked_beside(path)
    return f"it and {beside}" if beside else "it"


def trust(path: Path, digest: str) -> None:
    """Agree to run the file at `path` as long as its content has this hash; `StudytoolError` if it cannot be kept."""
    _decide(path, digest)


def revoke(path: Path) -> bool:
    """Take the agreement to the file at `path` back; False when there was none."""
    path = path.resolve()
    if str(path) not in _decisions():
        return False
    _decide(path, None)
    return True


def trusted() -> list[Trusted]:
    """All files that were agreed to, in the order of their paths."""
    return [Trusted(Path(path), digest, _state(Path(path), digest)) for path, digest in sorted(_decisions().items())]


def _state(path: Path, digest: str) -> str:
    if not path.is_file():  # nothing is read that might never end
        return "gone"
    try:
        beside = asked_beside(path)
        contents = (file.read_bytes() for file in (path, beside) if file)
        return "as it was" if digest_of(*contents) == digest else "changed"
    except OSError:
        return "gone"


def _decisions() -> dict[str, str]:
    """The hash agreed to of every path; lines that are none are passed over."""
    try:
        lines = (places.data_folder() / _FILE).read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:  # none yet; one that cannot be read trusts nothing
        return {}
    found: dict[str, str | None] = {}
    for line in lines:
        try:
            decision = json.loads(line)
            found[str(decision["path"])] = decision["blake2b"]
        except (ValueError, KeyError, TypeError):
            continue
    return {path: digest for path, digest in found.items() if isinstance(digest, str)}


def _decide(path: Path, digest: str | None) -> None:
    file = places.data_folder() / _FILE
    # Begun on a line of its own, whatever became of the one before.
    line = ("\n" + json.dumps({"path": str(path.resolve()), "blake2b": digest}) + "\n").encode("ascii")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            written = os.write(handle, line)
        finally:
            os.close(handle)
    except OSError as error:
        raise StudytoolError(f"What you trust cannot be written to {file}: {error.strerror}.") from error
    if written < len(line):
        raise StudytoolError(f"What you trust could not be written whole to {file}.", "Is the disk full?")
