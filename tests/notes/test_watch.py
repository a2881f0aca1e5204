"""What is told of edits, and when there is time for what may wait."""

from __future__ import annotations

import threading
from pathlib import Path

from studytool.notes.watch import edits


def test_an_edit_is_told_then_that_nothing_more_comes_and_once_more_at_the_end(tmp_path: Path) -> None:
    note, stop = tmp_path / "a.md", threading.Event()
    note.write_text("Q: Which?\nA: This.\n")
    limit = threading.Timer(60, stop.set)
    limit.start()
    told = edits([tmp_path], stop)
    assert [next(told), next(told)] == [set(), None], "from now on nothing is missed; then it is quiet"
    note.write_text("Q: Which?\nA: That.\n")
    assert next(told) == {str(note)}
    assert next(told) is None
    stop.set()
    limit.cancel()
    assert list(told) == [None]
