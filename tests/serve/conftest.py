"""A real server of the app on loopback, and visitors who speak to it as textual-serve's page does."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Protocol

import aiohttp
import pyte
import pytest
import pytest_asyncio

from tests.note_folder import note_folder

PATIENCE = 60.0
"""Seconds to wait for what should come at once: only a hang should fail a test."""
NOTE = "# Perceptron\n\nQ: What does a perceptron draw in the plane?\nA: One straight line.\n"


class Server:
    """`studytool serve` as a child process that has told its link: `url`; `base` is its address."""

    def __init__(self, *arguments: str | Path, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "studytool", "serve", "--port", "0", "--json", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **env}
        )
        self.url = self.told()

    def told(self) -> str:
        """The next link that it prints."""
        assert self.process.stdout is not None
        told = json.loads(self.process.stdout.readline())
        self.base = f"http://127.0.0.1:{told['port']}"
        return str(told["url"])

    def end(self, number: signal.Signals) -> tuple[int, str]:
        """Send it a signal and wait for its end; its exit code, and what it wrote to standard error."""
        self.process.send_signal(number)
        _, told = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, told.decode()


class Visitor:
    """A connection like that of a browser's page; `screen` is what it shows."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket = socket
        self.told: list[list[str]] = []
        """What the page was asked to do besides painting."""
        self.reason = ""
        """Why the server has closed the connection."""
        self.screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self.screen)

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.socket.send_json(["stdin", key])

    async def receive(self) -> bool:
        """Take in one message; False once the server has closed."""
        message = await self.socket.receive()
        if message.type == aiohttp.WSMsgType.BINARY:
            self._stream.feed(message.data)
        elif message.type == aiohttp.WSMsgType.TEXT:
            self.told.append(message.json())
        else:
            self.reason = message.extra if message.type == aiohttp.WSMsgType.CLOSE else ""
            return False
        return True

    async def wait(self, holds: Callable[[], object]) -> None:
        """Take in messages until a condition holds."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                assert await self.receive(), f"the server has closed: {self.reason}\n{self.text}"

    async def closed(self) -> str:
        """Take in messages until the server closes; why it did."""
        async with asyncio.timeout(PATIENCE):
            while await self.receive():
                pass
        return self.reason


class Client:
    """Someone who has opened the link of a server."""

    def __init__(self, server: Server, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and the text of an answer."""
        async with self.session.get(self.server.base + path, headers=headers) as answer:
            return answer.status, await answer.text(errors="replace")

    async def visit(self, **headers: str) -> Visitor:
        """Open the app."""
        told = {"Origin": self.server.base, **headers}
        return Visitor(await self.session.ws_connect(f"{self.server.base}/ws?width=100&height=30", headers=told))


class Serve(Protocol):
    """Starts a server."""

    def __call__(self, *arguments: str | Path, env: dict[str, str] | None = None) -> Server: ...


def family(pid: int) -> set[int]:
    """All processes that a process has started, and they in turn."""
    parents = {int(entry.name): stat[1] for entry in Path("/proc").iterdir() if (stat := stat_of(entry.name))}
    found, fresh = set[int](), {pid}
    while fresh := {child for child, parent in parents.items() if int(parent) in fresh} - found:
        found |= fresh
    return found


def lives(pid: int) -> bool:
    """Whether a process is there that has not ended."""
    return stat_of(pid)[:1] not in ([], ["Z"])


def stat_of(pid: int | str) -> list[str]:
    """The state, the parent and more of a process; nothing where there is no such process."""
    if not str(pid).isdecimal():
        return []
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


async def until(holds: Callable[[], object]) -> None:
    """Wait for a condition."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A library of one card."""
    return note_folder(tmp_path, perceptron=NOTE)


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; those that still run are killed after."""
    if not Path("/proc/self/stat").exists():
        pytest.skip("there is no /proc to see in which processes run")
    running: list[Server] = []

    def begin(*arguments: str | Path, env: dict[str, str] | None = None) -> Server:
        running.append(Server(*arguments, env=env or {}))
        return running[-1]

    yield begin
    for server in running:
        if server.process.returncode is None:
            server.end(signal.SIGKILL)


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Keeps cookies, also those of an address without a name."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
def client(session: aiohttp.ClientSession) -> Callable[[Server], Client]:
    return lambda server: Client(server, session)
