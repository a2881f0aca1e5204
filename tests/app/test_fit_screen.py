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


@pytest.fixture
def one_bad_day(library, clock):
    """The log of somebody whose only answers of the last year are those of one day, all wrong: 390 that count."""
    chance, table = random.Random(0), open_desk(request([str(library)]))
    drafts = []
    for number in range(70):
        for turn in range(6):
            ms = clock().ms - (900 - number % 30 - 40 * turn) * DAY_MS
            grade = 1 if turn and chance.random() < 0.12 else 3
            drafts.append(Draft("review", f"card-{number}", {"grade": grade, "took_ms": 4000}, Moment(ms, 0)))
    for number in range(40):
        ms = clock().ms - 20 * DAY_MS + 1000 * number
        drafts.append(Draft("review", f"card-{number}", {"grade": 1, "took_ms": 4000}, Moment(ms, 0)))
    table.store.append_all(sorted(drafts, key=lambda draft: draft.moment.ms))
    table.close()


async def fit_from_the_statistics(pilot, said, until, told) -> None:
    """Fit where the statistics advise it, and go back to them when it is done, which the screen `told`."""
    advised = "a fit would let cards come sooner"
    await pilot.press("t")
    await until(pilot, lambda: advised in said(pilot))
    await pilot.press("f")
    await until(pilot, lambda: told in said(pilot))
    await pilot.press("escape")
    await until(pilot, lambda: isinstance(pilot.app.screen, StatsScreen))
    await until(pilot, lambda: not any(worker.is_running for worker in pilot.app.workers))


def in_words(text):
    return lambda pilot: " ".join(text(pilot).replace("│", "").split())


async def test_a_fit_that_gained_nothing_is_not_advised_again(opened, one_bad_day, text, until):
    said = in_words(text)
    async with opened(size=(120, 40)) as pilot:
        await fit_from_the_statistics(pilot, said, until, "Not adopted.")
        await until(pilot, lambda: "a fit was tried and gains nothing sure" in said(pilot))
        assert "fitted to them already" not in said(pilot)


async def test_after_a_fit_that_lacked_answers_nothing_is_said_to_be_fitted(opened, studied, text, until):
    said = in_words(text)
    async with opened(size=(120, 40)) as pilot:
        await fit_from_the_statistics(pilot, said, until, "A fit needs 300 answers")
        await until(pilot, lambda: "a fit would let cards come sooner" in said(pilot))
        assert not pilot.app.screen._figures.is_fitted
        assert not pilot.app.screen._figures.is_tried


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
