"""The server: textual-serve's application behind our gate, with our page, and a limit to how many visit at once."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import WSCloseCode, web
from textual_serve.server import Server, to_int

from studytool.errors import StudytoolError
from studytool.serve.doors import guarded
from studytool.serve.gate import Gate
from studytool.serve.visit import Visit, close, within

_PAGE = Path(__file__).resolve().parent / "page"
_FOR_A_PLACE = 3.0
"""Seconds that a visitor waits where all places are taken: a page that is loaded anew leaves its own first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is served, to whom, and what."""

    host: str
    port: int
    """0 for any that is free."""
    public_url: str
    """What browsers call it behind a proxy, without a slash at its end; else empty."""
    password: str | None
    max_sessions: int
    arguments: tuple[str, ...]
    """What to give to the app."""


class StudyServer(Server):
    """textual-serve with a gate. `told` is called with the link as soon as it can be opened, and with each new one."""

    def __init__(self, place: Place, told: Callable[[str, int], None]) -> None:
        super().__init__("studytool", host=place.host, port=place.port, title="studytool", templates_path=_PAGE)
        self._place, self._told = place, told
        self._gate = Gate(place.host, place.public_url, place.password)
        self._places = asyncio.Semaphore(place.max_sessions)
        self._visits: set[Visit] = set()
        self._is_ending = False

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.router.add_static("/page", _PAGE)
        return guarded(app, self._gate, self._tell)

    async def on_startup(self, app: web.Application) -> None:
        """Nothing is printed before the port is ours."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End every visit, and begin none."""
        self._is_ending = True
        for visit in self._visits:
            visit.farewell = "The server has ended."
        await asyncio.gather(*(visit.stop() for visit in self._visits))

    async def run(self) -> None:
        """Serve until a signal ends it; raises `StudytoolError` where the port cannot be had."""
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self.host, self.port).start()
            except OSError as error:
                raise _refused(error, self.host, self.port) from error
            self.port = runner.addresses[0][1]
            self._tell()
            await ended.wait()
        finally:
            await runner.cleanup()

    def _tell(self) -> None:
        name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname(), "": socket.gethostname()}.get(self.host)
        name = name or (f"[{self.host}]" if ":" in self.host else self.host)
        link = f"{self._place.public_url or f'http://{name}:{self.port}'}/"
        self._told(link if self._gate.asks_password else f"{link}?token={self._gate.token}", self.port)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run an app for this visitor for as long as the connection lasts."""
        websocket = web.WebSocketResponse(heartbeat=15)
        await websocket.prepare(request)
        try:
            async with asyncio.timeout(_FOR_A_PLACE):
                await self._places.acquire()
        except TimeoutError:
            most = self._place.max_sessions
            told = f"All {most} places are taken." if most > 1 else "The only place is taken."
            told += " Close another page, or serve with more --max-sessions."
            await close(websocket, told, WSCloseCode.TRY_AGAIN_LATER)
            return websocket
        visit = Visit(self._place.arguments, websocket, self.download_manager)
        self._visits.add(visit)
        try:
            if self._is_ending or websocket.closed:  # while it waited
                return websocket
            await visit.start(_size(request, "width", 80), _size(request, "height", 24))
            await self._process_messages(websocket, visit)
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError):
            await close(websocket, "That is not what this page sends.", WSCloseCode.UNSUPPORTED_DATA)
        except OSError as error:
            await close(websocket, f"The app cannot be started: {error.strerror or error}.", WSCloseCode.INTERNAL_ERROR)
        finally:
            await visit.stop()
            self._visits.discard(visit)
            self._places.release()
        return websocket


def serve(place: Place, told: Callable[[str, int], None]) -> None:
    """Serve the app until ctrl+c or another signal; then every visitor's process has ended."""
    asyncio.run(StudyServer(place, told).run())


def _size(request: web.Request, name: str, usual: int) -> int:
    return within(to_int(request.query.get(name, ""), usual))


def _refused(error: OSError, host: str, port: int) -> StudytoolError:
    if error.errno == errno.EADDRINUSE:
        return StudytoolError(
            f"Port {port} is taken by another program.", "Give another one with --port; 0 takes any that is free."
        )
    return StudytoolError(f"There can be no server on {host}, port {port}: {error.strerror or error}.")
