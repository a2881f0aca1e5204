"""`studytool trust`: which demo files may run besides the built-in ones, and which notes' checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import places
from studytool.demo import trust
from studytool.demo.files import asked_beside
from studytool.demo.find import find_demo
from studytool.errors import UsageError
from studytool.notes.walk import EXTENSIONS
from studytool.text import one_line

if TYPE_CHECKING:
    import argparse

_MEANT = {"as it was": "", "changed": "  (has changed: asks again)", "gone": "  (is not there)"}


def run(args: argparse.Namespace) -> int:
    """Trust the files, take that back, or list what is trusted; returns the exit code."""
    if args.list or not args.files:
        if args.files or args.revoke:
            raise UsageError(
                "Say which: --list takes no files, --revoke needs some.", "`studytool trust --help` tells more."
            )
        return _list(args.json)
    done = [_revoke(name) if args.revoke else _trust(name) for name in args.files]
    if args.json:
        print(json.dumps(done, ensure_ascii=False, indent=2))
        return 0
    for one in done:
        word = "trusted" if one["trusted"] else "no longer trusted" if one["was_trusted"] else "was not trusted"
        files = [str(file) for file in (one["path"], one["beside"]) if file]
        print(f"{one_line(' with '.join(files))}: {word}")
    return 0


def _beside(path: Path) -> str | None:
    """The file that is trusted with the demo at `path`; None where there is none, or nobody can look for it."""
    try:
        found = asked_beside(path)
    except OSError:
        return None
    return str(found) if found else None


def _trust(name: str) -> dict[str, object]:
    """Agree to the file of that name as it is now. A built-in demo needs no agreement and gets none."""
    file = places.expanded(name, "The file")
    if file.suffix in EXTENSIONS:
        return _trust_note(file)
    path = str(file)
    info = find_demo(path if path.endswith(".py") else f"./{path}")
    was = trust.is_trusted(info)
    if info.digest and not was:
        trust.trust(info.path, info.digest)
    return _told(info.path, trusted=True, was_trusted=was, digest=info.digest or None)


def _trust_note(file: Path) -> dict[str, object]:
    """Agree to the checks in a note as they are now."""
    try:
        digest = trust.digest_of(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    was = trust.is_agreed(file.resolve(), digest)
    if not was:
        trust.trust(file, digest)
    return _told(file.resolve(), trusted=True, was_trusted=was, digest=digest)


def _revoke(name: str) -> dict[str, object]:
    path = places.expanded(name, "The file").resolve()
    return _told(path, trusted=False, was_trusted=trust.revoke(path), digest=None)


def _told(path: Path, *, trusted: bool, was_trusted: bool, digest: str | None) -> dict[str, object]:
    """What was done with a file, for JSON."""
    beside = _beside(path)
    return {"path": str(path), "beside": beside, "trusted": trusted, "was_trusted": was_trusted, "blake2b": digest}


def _list(as_json: bool) -> int:
    found = trust.trusted()
    if as_json:
        listed = [
            {"path": str(one.path), "beside": _beside(one.path), "blake2b": one.digest, "state": one.state}
            for one in found
        ]
        print(json.dumps(listed, ensure_ascii=False, indent=2))
        return 0
    for one in found:
        print(f"{one_line(str(one.path))}{_MEANT[one.state]}")
    if not found:
        print("No files are trusted but the built-in ones. `studytool trust FILE` trusts one as it is now.")
    return 0
