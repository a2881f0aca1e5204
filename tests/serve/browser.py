"""Headless Chromium, driven over its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import aiohttp
import pyte

PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_KEYS = {"Enter": ("\r", 13), " ": (" ", 32), "Escape": ("", 27)}


class Browser:
    """A browser with one page."""

    def __init__(self, process: subprocess.Popen[bytes], socket: aiohttp.ClientWebSocketResponse) -> None:
        self._process, self._socket = process, socket
        self._numbers = itertools.count(1)
        self.requests: list[str] = []
        """Every address that the page has asked for something."""
        self.screen = pyte.Screen(200, 60)
        """What a terminal shows after all that the page has received."""
        self._stream = pyte.ByteStream(self.screen)

    @classmethod
    async def start(
        cls, folder: Path, session: aiohttp.ClientSession, size: tuple[int, int] = (1000, 640), *flags: str
    ) -> Browser:
        """Start it with `folder` for all that it keeps."""
        assert PROGRAM is not None
        command = [
            *(PROGRAM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
            *("--remote-debugging-port=0", f"--user-data-dir={folder}", f"--window-size={size[0]},{size[1]}", *flags),
            "about:blank",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port = folder / "DevToolsActivePort"
        async with asyncio.timeout(60):
            while not (port.is_file() and "\n" in port.read_text()):
                assert process.poll() is None, "Chromium has ended"
                await asyncio.sleep(0.05)
            number = port.read_text().splitlines()[0]
            async with session.get(f"http://127.0.0.1:{number}/json/list") as answer:
                page = next(target for target in await answer.json() if target["type"] == "page")
        browser = cls(process, await session.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0))
        for domain in ("Page", "Network", "Runtime"):
            await browser.call(f"{domain}.enable")
        await browser.call(
            "Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1, mobile=False
        )
        return browser

    async def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method of the protocol; its result."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        async with asyncio.timeout(60):
            while True:
                told = await self._socket.receive_json()
                if told.get("method") == "Network.requestWillBeSent":
                    self.requests.append(told["params"]["request"]["url"])
                if told.get("method") == "Network.webSocketCreated":
                    self.requests.append(told["params"]["url"])
                if told.get("method") == "Network.webSocketFrameReceived":
                    frame = told["params"]["response"]
                    if frame["opcode"] == 2:
                        self._stream.feed(base64.b64decode(frame["payloadData"]))
                if told.get("id") == number:
                    assert "error" not in told, told
                    result: dict[str, Any] = told["result"]
                    return result

    async def open(self, url: str) -> None:
        await self.call("Page.navigate", url=url)

    async def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        told = await self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    async def wait(self, expression: str) -> None:
        """Wait for a JavaScript expression to be true."""
        async with asyncio.timeout(60):
            while not await self.evaluate(expression):
                await asyncio.sleep(0.05)

    async def see(self, text: str) -> None:
        """Wait for the app to show a text."""
        async with asyncio.timeout(60):
            while not any(text in row for row in self.screen.display):
                await self.evaluate("0")
                await asyncio.sleep(0.05)

    async def press(self, *keys: str) -> None:
        """Press and let go one key after the other, as a keyboard does."""
        for key in keys:
            text, code = _KEYS.get(key, (key, ord(key.upper()[0])))
            told = {"key": key, "text": text, "windowsVirtualKeyCode": code}
            await self.call("Input.dispatchKeyEvent", type="keyDown", **told)
            await self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    async def paste(self, text: str) -> None:
        """Put a text into the clipboard and press ctrl+v."""
        await self.call("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"])
        await self.evaluate(f"navigator.clipboard.writeText({json.dumps(text)})")
        told = {"key": "v", "code": "KeyV", "windowsVirtualKeyCode": 86, "modifiers": 2}
        await self.call("Input.dispatchKeyEvent", type="rawKeyDown", commands=["paste"], **told)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **told)

    async def picture(self) -> bytes:
        """The page as PNG."""
        return base64.b64decode((await self.call("Page.captureScreenshot"))["data"])

    async def close(self) -> None:
        """End it, as hard as it must be."""
        self._process.kill()
        self._process.wait()
        await self._socket.close()
