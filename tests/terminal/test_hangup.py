"""A terminal that goes away takes the app along, also where no signal tells it so."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import time
from pathlib import Path


def test_an_app_whose_terminal_is_gone_ends(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("Q: Who?\nA: They.\n", encoding="utf-8")
    folders = {f"STUDYTOOL_{name}": str(tmp_path / name) for name in ("DATA", "CONFIG", "CACHE")}
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "studytool", str(notes)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, **folders, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"},
        start_new_session=True,  # and the terminal is not its controlling one: no SIGHUP comes
    )
    os.close(slave)
    try:
        seen = b""
        until = time.monotonic() + 60
        while b"Study" not in seen and time.monotonic() < until:
            seen += os.read(master, 65536)
        assert b"Study" in seen
        os.close(master)
        assert child.wait(timeout=60) is not None
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
