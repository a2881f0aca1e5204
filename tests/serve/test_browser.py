"""The app in a real browser: headless Chromium, driven over its DevTools protocol."""

from __future__ import annotations

import io
import json
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image

from tests.serve.browser import PROGRAM, Browser
from tests.serve.conftest import Serve, family, lives, until


def answers(log: Path) -> list[int]:
    """The grades in the log."""
    if not log.exists():
        return []
    with closing(sqlite3.connect(log)) as connection:
        rows = connection.execute("SELECT payload FROM events WHERE kind = 'review'").fetchall()
    return [json.loads(payload)["grade"] for (payload,) in rows]


@pytest.mark.skipif(PROGRAM is None, reason="Chromium is not installed: apt-get install chromium")
async def test_a_card_is_studied_in_a_browser(
    serve: Serve, session: aiohttp.ClientSession, notes: Path, home: Path, tmp_path: Path
) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('theme = "studytool-light"\n', "utf-8")
    server = serve(notes)
    browser = await Browser.start(tmp_path / "chromium", session)
    try:
        await browser.open(server.url)
        await browser.see("Welcome to studytool")
        # The keys go to the terminal without a click, its font is there, and the token has left the address.
        await browser.wait("document.activeElement.matches('#terminal textarea')")
        assert await browser.evaluate("document.fonts.check('bold 16px \"Roboto Mono\"')")
        assert await browser.evaluate("location.href") == f"{server.base}/"
        await browser.press("Enter")
        await browser.see("enter starts")
        await browser.press("/")
        await browser.see("is:due, recall")
        await browser.paste("is:suspended")
        await browser.see("No card is found.")
        await browser.press("Escape", "Escape")
        await browser.see("enter starts")
        await browser.press("Enter")
        await browser.see("What does a perceptron draw")
        await browser.press(" ")
        await browser.see("One straight line")
        picture = Image.open(io.BytesIO(await browser.picture())).convert("RGB")
        await browser.press("3")
        await until(lambda: answers(home / "data" / "reviews.db") == [3])
        # Paper in the light theme to its very edge, where no whole cell has room, and ink on it.
        width, height = picture.size
        assert {picture.getpixel((width - 1, y)) for y in (height // 2, height - 1)} == {(0xFB, 0xFA, 0xF7)}
        assert min(picture.convert("L").crop((0, 60, width, 300)).tobytes()) < 0x60
        assert {urlsplit(url).netloc for url in browser.requests} == {urlsplit(server.base).netloc}
        visitors = family(server.process.pid)
        assert visitors
        assert server.end(signal.SIGINT) == (0, "")
        assert not any(map(lives, visitors))
        await browser.wait("document.querySelector('#told').checkVisibility()")
        assert await browser.evaluate("document.querySelector('#told').textContent") == "The server has ended."
    finally:
        await browser.close()
