"""A fit in the app: it tells how far it has come, is given up by a key, and is written and taken back by a key."""

from __future__ import annotations

import random

import pytest

from studytool.app.screens.fit import FitScreen
from studytool.app.screens.stats import StatsScreen
from studytool.desk import open_desk, request
from studytool.memory import Draft, Moment
from studytool.memory.fsrs import DEFAULT_WEIGHTS

DAY_MS = 86_400_000


@pytest.fixture
def forgetful(library, clock):
    """The log of somebody who forgets more than most, with 600 answers that count."""
    chance, table = random.Random(4), open_desk(request([str(library)]))
    drafts = []
    for number in range(120):
        for turn in range(6):
            ms = clock().ms - (900 - number - 100 * turn) * DAY_MS
            grade = 1 if chance.random() < 0.4 else 3
            drafts.append(Draft("review", f"card-{number}", {"grade": grade, "took_ms": 4000}, Moment(ms, 0)))
    table.store.append_all(sorted(drafts, key=lambda draft: draft.moment.ms))
    table.close()


async def test_it_is_given_up_or_written_and_taken_back_by_a_key(opened, text, until, forgetful):
    async with opened() as pilot:
        app = pilot.app

        def written():
            return [event.kind for event in app.desk.store.events() if event.kind in ("parameters", "undo")]

        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, StatsScreen) and "f Fit" in text(pilot))
        for key in ("f", "escape"):  # at once, before the fit can be done
            app.simulate_key(key)
        await until(pilot, lambda: len(app.screen_stack) == 3 and not any(w.is_running for w in app.workers))
        assert written() == []
        await until(pilot, lambda: "given up: nothing has changed" in text(pilot))
        app.simulate_key("f")
        await until(pilot, lambda: "Adopted. They predict later answers better, by" in " ".join(text(pilot).split()))
        assert written() == ["parameters"]
        assert app.desk.memory.rules.model.weights != DEFAULT_WEIGHTS
        await pilot.press("u")
        await until(pilot, lambda: "in use again" in text(pilot))
        assert written() == ["parameters", "undo"]
        assert app.desk.memory.rules.model.weights == DEFAULT_WEIGHTS
        pilot.app.clear_notifications()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, StatsScreen))
        assert "nothing has changed" not in text(pilot)
        app.simulate_key("f")
        await until(pilot, lambda: "Adopted." in text(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "parameters are in use from now on" in text(pilot))
        await until(pilot, lambda: app.screen._figures.is_fitted)  # another one is not advised


async def test_a_fit_that_gained_nothing_is_not_advised_again(opened, studied, text, until):
    async with opened() as pilot:
        await pilot.press("t")
        await until(pilot, lambda: "a fit would let cards come sooner" in " ".join(text(pilot).split()))
        fit = FitScreen(pilot.app.screen._figures.reviews)
        fit.tried = 600
        pilot.app.screen._fitted(fit, is_other=False)
        await until(pilot, lambda: "fitted to them already" in " ".join(text(pilot).split()))


async def test_it_tells_how_far_it_has_come(opened, text, until):
    from studytool.memory.fit.fitting import Progress

    async with opened() as pilot:
        screen = FitScreen([])
        screen._work = lambda *_: None
        pilot.app.push_screen(screen)
        await until(pilot, lambda: pilot.app.screen is screen and screen.is_mounted)
        seen = []
        for part, step in ((1, 0), (1, 5), (2, 0), (4, 9)):
            screen._tell(Progress(part, 4, step, 0.3))
            await until(pilot, lambda part=part, step=step: f"Part {part} of 4, step {step}" in text(pilot))
            seen.append(text(pilot).count("━"))
        assert seen == sorted(set(seen))


async def test_a_fit_that_cannot_be_done_says_so_and_is_left(opened, text, until):
    async with opened() as pilot:
        screen = FitScreen([])
        screen._work = lambda *_: 1 // 0
        pilot.app.push_screen(screen)
        await until(pilot, lambda: "Nothing was written." in " ".join(text(pilot).replace("│", "").split()))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)
