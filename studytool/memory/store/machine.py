"""Which machine this is, so that the copy of a log on another one takes a device name of its own."""

from __future__ import annotations

import os
from pathlib import Path

from studytool.digests import blake2b

_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def fingerprint(folder: Path) -> str:
    """What tells this machine and this folder from every other: a digest of 32 hexadecimal digits, the same each time.

    Of the machine's own id (else the hardware address of its network), its host name and the real path of `folder`:
    a copy of the folder beside it counts as another machine. Nothing can be read out of it.
    """
    host = os.uname().nodename.partition(".")[0]  # what follows changes with the network
    parts = [_machine(), host, os.path.realpath(folder)]
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _machine() -> str:
    for path in _IDS:
        try:
            found = Path(path).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue
        if found:
            return found
    import uuid

    node = uuid.getnode()
    return "" if node >> 40 & 1 else f"{node:012x}"  # a random number, another one at each start, has this bit set
