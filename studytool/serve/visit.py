"""One visitor's app: a process of its own, that ends when the visitor leaves, whether it wants to or not."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from aiohttp import web
from textual_serve.app_service import AppService

import studytool
from studytool.text import clean

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from textual_serve.download_manager import DownloadManager

_DRIVER = "studytool.app.browser:BrowserDriver"
# Seconds to leave after being asked to, and then after SIGTERM.
_PATIENCE = ((5.0, signal.SIGTERM), (2.0, signal.SIGKILL))


class Visit(AppService):
    """An app process behind a WebSocket. `farewell` says how it ended, once it has."""

    def __init__(
        self, arguments: Sequence[str], websocket: web.WebSocketResponse, download_manager: DownloadManager
    ) -> None:
        """`arguments` are those of `studytool`, for the app."""
        self._arguments, self._websocket = arguments, websocket
        self._errors: IO[bytes] | None = None
        self.farewell = "You have left. Every answer is saved."
        self._is_ending = False
        super().__init__(
            "studytool",
            write_bytes=self._send_bytes,
            write_str=self._send_str,
            close=self._leave,
            download_manager=download_manager,
        )

    async def _send_bytes(self, data: bytes) -> None:
        with contextlib.suppress(ConnectionError):  # gone: the app is still listened to, so that it can end
            if not self._websocket.closed:
                await self._websocket.send_bytes(data)

    async def _send_str(self, data: str) -> None:
        with contextlib.suppress(ConnectionError):
            if not self._websocket.closed:
                await self._websocket.send_str(data)

    async def _leave(self) -> None:
        """The app says that it ends; what is still to be said is known when it has."""

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        environment: dict[str, str] = super()._build_environment(width, height)
        root = str(Path(studytool.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, [root, environment.get("PYTHONPATH")]))
        return {**environment, "TEXTUAL_DRIVER": _DRIVER, "PYTHONPATH": path}

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the app without a shell, in a session of its own: ctrl+c is for the server, which then ends it."""
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `run`)
        self._process = process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "studytool", *self._arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=self._errors,
            env=self._build_environment(width, height),
            start_new_session=True,
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        process.stderr = asyncio.StreamReader()  # textual-serve prints what comes from there; it lies in a file
        process.stderr.feed_eof()
        return process

    async def set_terminal_size(self, width: int, height: int) -> None:
        """Tell the app how large the page is. Raises TypeError where these are no numbers."""
        await super().set_terminal_size(within(width), within(height))

    async def run(self) -> None:
        """Pass on what the app paints until it ends, then close the WebSocket with a word why."""
        assert self._process is not None
        assert self._errors is not None
        try:
            await super().run()
            code = await self._process.wait()
            self._errors.seek(0)
            told = self._errors.read().decode("utf-8", "replace").strip()
            if told:
                print(clean(told), file=sys.stderr, flush=True)
            if code:
                last = told.rpartition("\n")[2]
                if last.startswith("studytool: "):
                    self.farewell = last.removeprefix("studytool: ")
                elif not self._is_ending:
                    self.farewell = "The app ended by a fault. What is known of it stands in the server's terminal."
        finally:
            self._errors.close()
        await close(self._websocket, self.farewell)

    async def stop(self) -> None:
        """Ask the app to end, then make it; returns when it has ended."""
        if self._task is None or self._process is None:
            return
        self._is_ending = True
        await self._download_manager.cancel_app_downloads(app_service_id=self.app_service_id)
        asking = asyncio.create_task(self.send_meta({"type": "quit"}))  # does not return while the app reads nothing
        try:
            for seconds, number in _PATIENCE:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(seconds):
                        await self._process.wait()
                        break
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(self._process.pid, number)
            await self._task
        finally:
            asking.cancel()


def within(cells: int) -> int:
    """A width or height that a screen can have."""
    return min(max(cells, 10), 1000)


async def close(websocket: web.WebSocketResponse, told: str, code: int = 1000) -> None:
    """Close a WebSocket with a sentence, cut to the 123 bytes that there is room for."""
    if len(message := told.encode()) > 123:
        message = message[:120].decode("utf-8", "ignore").encode() + "…".encode()
    with contextlib.suppress(ConnectionError):
        await websocket.close(code=code, message=message)
