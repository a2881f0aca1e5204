"""A demo without pictures: to a number of steps, or through its claims, in a process of its own."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Mapping
from pathlib import Path

from studytool.demo.process import DemoProcess, Message
from studytool.errors import StudytoolError


class DemoFailed(StudytoolError):
    """The demo itself raised something; `traceback` shows where, and is empty for a plain sentence."""

    def __init__(self, message: str, traceback: str) -> None:
        super().__init__(message)
        self.traceback = traceback


def train(
    path: Path, parameters: Mapping[str, object], seed: int, device: str, steps: int
) -> tuple[Message, Message, list[str]]:
    """Run to `steps` steps or to the demo's end: its hello, its last frame, and the lines it printed.

    Raises `DemoFailed` with the demo's own error.
    """
    hello: Message = {}
    last: Message = {}
    printed: list[str] = []
    requests: list[Message] = [{"type": "run", "steps": steps}, {"type": "credit"}]
    for message in _messages(path, parameters, seed, device, requests):
        if message["type"] == "hello":
            hello = message
        elif message["type"] == "output":
            printed.append(str(message["text"]))
        elif message["type"] == "frame":
            last = message
    return hello, last, printed


def prove(
    path: Path, parameters: Mapping[str, object], seed: int, device: str, seeds: int | None = None
) -> Iterator[Message]:
    """Hello, then one message a claim as each is settled; `seeds` limits how many seeds a claim goes through."""
    for message in _messages(path, parameters, seed, device, [{"type": "claims", "seeds": seeds}]):
        if message["type"] == "claims":
            return
        if message["type"] in ("hello", "claim"):
            yield message


def ask(path: Path, seed: int, device: str) -> Iterator[Message]:
    """The demo's computed questions with the numbers of `seed`, one message each; one that failed has a problem."""
    for message in _messages(path, {}, 0, device, [{"type": "questions", "seed": seed}]):
        if message["type"] == "questions":
            return
        if message["type"] == "question":
            yield message


def _messages(
    path: Path, parameters: Mapping[str, object], seed: int, device: str, requests: list[Message]
) -> Iterator[Message]:
    arrived: queue.SimpleQueue[Message] = queue.SimpleQueue()
    process = DemoProcess(path, parameters, seed, device, arrived.put, playing=False)
    process.start()
    is_done = False
    try:
        for request in requests:
            process.send(request)
        while True:
            message = arrived.get()
            if message["type"] == "error":
                raise DemoFailed(str(message["message"]), str(message["traceback"]))
            if message["type"] == "bye":
                if is_done:
                    return
                raise StudytoolError(f"The demo {path} ended before it was done.")
            yield message
            if message["type"] == "frame":  # the only one asked for; what was printed may still be on its way
                is_done = True
                process.send({"type": "quit"})
    finally:
        process.close()
