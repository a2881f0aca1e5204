"""What git says of notes: the top of their repository, their texts at a revision, which were edited since."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path


def _git(folder: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", folder, *arguments], input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise StudytoolError(
            "git is not installed, and `--since` asks it.", "Install git, or leave `--since` out."
        ) from None
    except OSError as error:
        raise StudytoolError(f"git did not start: {error.strerror}.", "Check that `git` runs here.") from error


def top_of(path: Path) -> str:
    """The top folder of the git repository that holds `path`; raises `UsageError` where none does."""
    folder = os.path.realpath(path if path.is_dir() else path.parent)
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        told = done.stderr.decode(errors="replace")
        if "dubious ownership" in told:
            hint = "git does not trust this folder: see `git status` there."
        else:
            hint = "`--since` compares with a revision: keep the notes under git, or leave it out."
        raise UsageError(f"{path} is not in a git repository.", hint)
    return os.path.realpath(os.fsdecode(done.stdout.rstrip(b"\n")))


def commit_of(top: str, revision: str) -> str:
    """The full name of a revision; raises `UsageError` where there is no such one."""
    done = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode or not done.stdout.strip():
        raise UsageError(f"There is no revision {revision} in {top}.", "`git log --oneline` lists them; try HEAD~1.")
    return done.stdout.decode().strip().splitlines()[-1]


def texts_at(top: str, commit: str, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The contents of files at a commit by their paths from the top, of those whose path is `wanted`."""
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
    if listed.returncode:
        raise StudytoolError(f"git cannot list {commit}: {listed.stderr.decode(errors='replace').strip()}")
    blobs: dict[str, str] = {}
    for entry in listed.stdout.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        fields, path = about.decode().split(), os.fsdecode(name)
        if len(fields) == 3 and fields[1] == "blob" and fields[0] != "120000" and wanted(path):
            blobs[path] = fields[2]
    return dict(zip(blobs, _contents(top, list(blobs.values())), strict=True))


def edited_outside(top: str, commit: str, inside: Mapping[str, bool]) -> set[str]:
    """The notes elsewhere in the repository whose texts are not those of a commit: cards may have come from there."""
    done = _git(top, "diff", "--name-only", "--no-renames", "-z", commit)
    paths = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return {path for path in paths if is_wanted(path, {".": True}) and not is_wanted(path, inside)}


def is_wanted(path: str, inside: Mapping[str, bool]) -> bool:
    """Whether the walk through `inside`, paths from the top and whether each is a folder, would read this path."""
    from studytool.notes.walk import EXTENSIONS, SKIPPED

    for given, is_folder in inside.items():
        if not is_folder and path == given:
            return True
        if is_folder and (given == "." or path.startswith(f"{given}/")):
            rest = path if given == "." else path[len(given) + 1 :]
            name = rest.lower()
            hidden = any(part.startswith(".") or part in SKIPPED for part in rest.split("/"))
            if not hidden and name.endswith(EXTENSIONS) and not name.endswith(".excalidraw.md"):
                return True
    return False


def _contents(top: str, blobs: Sequence[str]) -> Iterator[bytes]:
    done = _git(top, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    told, at = done.stdout, 0
    for blob in blobs:
        end = told.find(b"\n", at)
        header = told[at:end].split()
        if end < 0 or len(header) != 3:
            raise StudytoolError(f"git cannot read {blob}: the repository may be incomplete.", "Run `git fsck` there.")
        size = int(header[2])
        yield told[end + 1 : end + 1 + size]
        at = end + 2 + size
