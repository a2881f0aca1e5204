"""The threads of workers."""

from __future__ import annotations

import threading
from threading import Event

import pytest

from studytool.app.pieces import in_a_thread
from studytool.app.threads import _UNDONE, _Threads, at_work
from studytool.memory.pieces import WAITS, finished


def test_a_worker_is_at_work_until_it_is_done_or_has_failed() -> None:
    before = {*_UNDONE}  # what an app has left that was closed a moment ago
    with _Threads(1) as threads:
        go = Event()
        first, second = threads.submit(go.wait, 60), threads.submit(lambda: 1 / 0)
        assert _UNDONE - before == {first, second}
        assert at_work()
        go.set()
        assert isinstance(second.exception(60), ZeroDivisionError)
    assert not _UNDONE - before


def test_what_is_done_aside_is_waited_for_by_nobody_who_leaves_it() -> None:
    before, go, ended = {*threading.enumerate()}, Event(), Event()
    doing = in_a_thread(lambda: go.wait(60) and ended.set())
    assert next(doing) == WAITS
    (thread,) = {*threading.enumerate()} - before
    doing.close()
    assert thread.is_alive(), "the one who left did not wait for it"
    assert thread.daemon, "nor does the end of the program"
    go.set()
    assert ended.wait(60)


def test_an_error_aside_is_raised_where_the_work_was_wanted() -> None:
    with pytest.raises(ZeroDivisionError):
        finished(in_a_thread(lambda: 1 / 0))
