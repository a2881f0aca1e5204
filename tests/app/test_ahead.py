"""What is imported ahead while nobody types."""

from __future__ import annotations

import subprocess
import sys

from studytool.app import ahead

OPENED = """
import sys
from studytool.app import ahead
ahead.read()
before = set(sys.modules)
from studytool.app.screens.browse import BrowseScreen
from studytool.app.widgets.card_text import headline
from studytool.search import Searcher, advice, describe, parse
headline("$x$ and *y*, `z`")
print(sorted(set(sys.modules) - before))
"""


def test_the_table_of_cards_and_what_reads_its_prompts_import_nothing_more() -> None:
    done = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


async def test_it_is_read_once_at_home_while_nobody_types(opened, until, monkeypatch) -> None:
    monkeypatch.setattr("studytool.app.app._LOOK", 600.0)  # the app itself does not look
    async with opened() as pilot:
        clearing = pilot.app._clearing
        await until(pilot, lambda: clearing._is_begun)
        begun = []
        monkeypatch.setattr(pilot.app, "run_worker", lambda work, **_: begun.append(work))
        monkeypatch.setattr("studytool.app.clearing._STILL", 60.0)
        await pilot.press("down")
        clearing.tidy(is_home=True)
        monkeypatch.setattr("studytool.app.clearing._STILL", 0.0)
        clearing.tidy(is_home=False)
        assert ahead.read not in begun
        clearing.tidy(is_home=True)
        clearing.tidy(is_home=True)
        assert begun.count(ahead.read) == 1


async def test_what_was_read_ahead_is_set_aside_once_it_is_there(opened, until, monkeypatch):
    kept = []
    monkeypatch.setattr("studytool.app.app._LOOK", 600.0)  # the app itself does not look
    monkeypatch.setattr("studytool.app.clearing._STILL", -1.0)
    monkeypatch.setattr("studytool.app.clearing.at_work", lambda: not ready)
    monkeypatch.setattr("studytool.app.waste.keep", lambda: kept.append(1))
    monkeypatch.setattr("studytool.app.ahead.read", lambda: None)
    ready = []
    async with opened() as pilot:
        clearing = pilot.app._clearing
        await until(pilot, lambda: clearing._is_begun)
        for _ in range(3):
            clearing.tidy(is_home=True)
        assert kept == []
        ready.append(1)
        clearing.tidy(is_home=False)
        assert kept == []
        for _ in range(3):
            clearing.tidy(is_home=True)
        assert kept == [1]
