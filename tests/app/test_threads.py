"""The threads of workers."""

from __future__ import annotations

from threading import Event

from studytool.app.threads import _UNDONE, _Threads, at_work


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
