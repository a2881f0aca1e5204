"""A terminal that goes away takes the app along, also where no signal tells it so."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("command", "sign"),
    [(["a.md"], b"Study"), (["demo", "gradient-descent"], b"steps/s")],
    ids=["at home", "while a demo is painted"],
)
def test_an_app_whose_terminal_is_gone_ends(tmp_path: Path, command: Sequence[str], sign: bytes) -> None:
    (tmp_path / "a.md").write_text("Q: Who?\nA: They.\n", encoding="utf-8")
    folders = {f"STUDYTOOL_{name}": str(tmp_path / name) for name in ("DATA", "CONFIG", "CACHE")}
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "studytool", *command],
        cwd=tmp_path,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, **folders, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
        start_new_session=True,  # and the terminal is not its controlling one: no SIGHUP comes
    )
    os.close(slave)
    try:
        seen, pressed = b"", 0.0
        until = time.monotonic() + 60
        while sign not in seen and time.monotonic() < until:
            if select.select([master], [], [], 1.0)[0]:
                seen += os.read(master, 65536)
            if b"predict" in seen.lower() and time.monotonic() > pressed + 1:
                os.write(master, b"\r")  # just run it
                pressed = time.monotonic()
        assert sign in seen
        os.close(master)
        assert child.wait(timeout=60) is not None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
