"""Signals that end an app: the first is enough, whatever comes behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from types import SimpleNamespace
from typing import cast

import pytest

from studytool.app import hangup
from studytool.app.frame import Frame


@pytest.fixture
def usual():
    """The signals have no handler before, and none after."""
    kept = {number: signal.signal(number, signal.SIG_DFL) for number in (signal.SIGHUP, signal.SIGTERM)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


async def test_a_terminal_that_closes_and_a_session_that_ends_end_an_app_once(monkeypatch, usual, until_true):
    left, asked = [], []
    monkeypatch.setattr(sys, "__stdin__", None)
    monkeypatch.setattr(os, "_exit", left.append)
    monkeypatch.setattr(hangup, "_PATIENCE", 0.2)
    app = SimpleNamespace(exit=lambda return_code: asked.append(return_code))
    before = threading.active_count()
    hangup.end_with_terminal(cast("Frame", app))
    for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGHUP):
        os.kill(os.getpid(), number)
    assert threading.active_count() == before + 1
    await until_true(lambda: left)
    await asyncio.sleep(0.3)
    assert (asked, left) == ([128 + signal.SIGHUP], [128 + signal.SIGHUP])


@pytest.fixture
def until_true():
    """Wait until something is so."""

    async def wait(holds) -> None:
        async with asyncio.timeout(60):
            while not holds():
                await asyncio.sleep(0.01)

    return wait
