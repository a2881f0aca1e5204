"""Computed questions that do not come, or not yet: a sentence says why, and a card is asked."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from studytool.notes.model import Library
from studytool.quiz import build
from studytool.quiz.computing import compute
from tests.quiz.sums import COINCIDES, NAN, QUICK, RAISES, SLEEPS, SUM, Make, computed, paper


@pytest.mark.parametrize(
    ("source", "whys"),
    [
        (RAISES + NAN + COINCIDES, ["ValueError: no luck", "nan is no answer", "twice among its answer and mistakes"]),
        (SLEEPS, ["There was no answer within 1.5 s"]),
        ("\nraise RuntimeError('at once')\n" + SUM, ["RuntimeError: at once"]),
        ("\nimport os\nos._exit(3)\n" + SUM, ["it ended before it was done"]),
    ],
    ids=["raises, nan, coincides", "sleeps", "raises at once", "exits"],
)
def test_a_demo_that_fails_costs_a_sentence_and_its_place_goes_to_a_card(
    made: Make, source: str, whys: list[str]
) -> None:
    library = made(source, count=4 * len(whys))
    cards = build(library, count=99, seed=1)
    computing = paper(library, count=99, limits=QUICK if source is SLEEPS else None)
    assert computing.complete() == cards
    for told in computing.told:
        assert told.startswith("The demo sums gave no question (")
        assert told.endswith("): a card is asked instead.")
        assert "\n" not in told
    assert len(computing.told) == len(whys)
    assert all(sum(why in told for told in computing.told) == 1 for why in whys)


def test_a_file_that_nobody_trusts_is_not_run_and_that_is_told(made: Make, tmp_path: Path) -> None:
    sign = tmp_path / "executed"
    library = made(f"\npathlib.Path({str(sign)!r}).touch()\n" + SUM, trusted=False)
    computing = paper(library)
    assert computing.complete() == build(library, count=8, seed=1)
    assert not sign.exists()
    (told,) = computing.told
    assert "is not trusted, so it is not run for questions" in told


def test_a_file_that_changes_after_it_was_agreed_to_is_not_run(made: Make, tmp_path: Path) -> None:
    sign = tmp_path / "executed"
    computing = paper(library := made(SUM))
    with (Path(library.root) / "sums.py").open("a") as file:
        file.write(f"pathlib.Path({str(sign)!r}).touch()\n")
    assert not computed(computing.complete())
    assert not sign.exists()
    assert "has changed since you agreed to run it" in computing.told[0]


def test_a_paper_without_computed_questions_starts_no_process(
    made: Make, small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr("studytool.demo.process.spawn", lambda **_: started.append(1))
    for library, wanted in ((small, True), (made(SUM), False)):
        cards = build(library, count=8, seed=1)
        computing = compute(cards, library, wanted=wanted)
        computing.start()
        assert computing.complete() == cards
    assert not started


def test_while_a_demo_computes_later_questions_are_asked_and_none_is_lost(made: Make, tmp_path: Path) -> None:
    waits = f"while not pathlib.Path({str(tmp_path / 'go on')!r}).exists(): time.sleep(0.01)\n    a, b ="
    library = made(SUM.replace("a, b =", waits))
    cards = build(library, count=8, seed=1).questions
    computing = paper(library)
    computing.start()
    (place,) = computing._wishes
    assert computing.settle(place)
    assert computing.paper.questions[place].computed is None
    (tmp_path / "go on").touch()
    while not all(map(computing.settle, range(len(cards)))):
        time.sleep(0.02)
    asked = computing.paper.questions
    assert [bool(one.computed) for one in asked].count(True) == 1
    assert {one.prompt for one in asked if not one.computed} == {one.prompt for one in cards} - {cards[place].prompt}
    computing.close()


def test_what_is_not_waited_for_is_a_card_and_leaves_no_process(made: Make) -> None:
    library = made(SLEEPS)
    cards = build(library, count=8, seed=1)
    computing = compute(cards, library)
    computing.start()
    (place,) = computing._wishes
    computing.give_up(place)
    assert computing.settle(place)
    assert computing.paper == cards
    computing.close()
    assert computing._ahead._thread is not None
    assert not computing._ahead._thread.is_alive()


def test_what_is_not_ready_when_an_exam_is_wanted_at_once_leaves_its_card_there(made: Make) -> None:
    library = made(SLEEPS)
    computing = paper(library)
    computing.start()
    assert (computing.planned, computing.waiting) == (1, 1)
    assert computing.at_once() == build(library, count=8, seed=1)
    (told,) = computing.told
    assert told.startswith("1 question of demos was not waited for.")
    computing.close()
