"""A terminal that takes what is painted slowly: it is known what is on its way, and no picture waits behind another."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import Any

from textual.drivers._writer_thread import WriterThread

from studytool.app.demo_picture import mark, unwritten


def test_a_picture_is_unwritten_until_the_terminal_has_taken_the_last_of_it() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "w", encoding="utf-8") as line:
        writer = WriterThread(line)
        app: Any = SimpleNamespace(_driver=SimpleNamespace(_writer_thread=writer))
        writer.start()
        assert not unwritten(app)
        writer.write("█" * 100_000)  # more than a pipe holds
        mark(app)
        end = time.monotonic() + 30
        while writer._queue.qsize() > 1:  # until the picture is being written
            assert time.monotonic() < end
            time.sleep(0.01)
        assert unwritten(app)
        left = 3 * 100_000
        while left > 0:
            left -= len(os.read(reading, left))
        while unwritten(app):
            assert time.monotonic() < end
            time.sleep(0.01)
        writer.stop()
    os.close(reading)
