"""Checks of cards, run one after the other in a process that may be lost on the way. Never imports torch."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from studytool.demo.limits import Limits
from studytool.demo.process import DemoProcess, Message
from studytool.errors import StudytoolError


class Outcome(NamedTuple):
    """What a check came to: its value, or a problem with the line of the check that has it (0 where none is known)."""

    value: object
    problem: str = ""
    line: int = 0


def run_checks(asked: Iterable[tuple[str, object]], limits: Limits) -> Iterator[Outcome]:
    """The outcome of each check: its code, and what `answer` is there.

    One that takes longer than `limits` allow, or ends its process, is ended; those after it run in a new process.
    Raises `StudytoolError` when the system has no room for a process, or torch is not there.
    """
    process, arrived, is_up = None, queue.SimpleQueue[Message](), False
    try:
        for code, answer in asked:
            if process is None:
                arrived = queue.SimpleQueue()
                process = DemoProcess(None, {}, 0, "cpu", arrived.put, limits=limits)
                process.start()
                is_up = False
            process.send({"type": "check", "code": code, "answer": answer})
            message = arrived.get()
            while message["type"] not in ("checked", "error", "bye"):
                is_up = is_up or message["type"] == "ready"
                message = arrived.get()
            if message["type"] == "checked":
                yield Outcome(message["value"], str(message["problem"]), int(str(message["line"])))
                continue
            if not is_up:
                raise StudytoolError(str(message.get("message", "The process for checks does not start.")))
            process.close()
            process = None
            yield Outcome(None, str(message.get("message", "It ended the process that it ran in.")))
    finally:
        if process is not None:
            process.close()
