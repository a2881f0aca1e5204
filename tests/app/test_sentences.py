"""The sentences of the statistics say what the figures say: other figures, another sentence."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from studytool.app.stats import sentences
from studytool.memory.stats.cards import TopicStats, weakest_first
from studytool.memory.stats.recall import Calibration, Share

TODAY = date(2026, 3, 2).toordinal()


def calibration(asked: list[int], recalled: list[int], predicted: list[float], rmse: float | None) -> Calibration:
    low = np.array(predicted)
    return Calibration(low, np.array(asked), np.array(recalled), low, sum(asked), rmse, rmse)


def topic(seen: int, recall: float | None) -> TopicStats:
    return TopicStats(10, seen, seen, 1.0, Share(0, 0, None), recall)


@pytest.mark.parametrize(
    ("share", "says"),
    [
        (Share(400, 360, 0.9), "the schedule fits you"),
        (Share(400, 300, 0.9), "15 points less than the 90 % predicted"),
        (Share(400, 396, 0.9), "9 points more than the 90 % predicted"),
        (Share(12, 9, 0.9), "12 answers so far"),
        (Share(1, 1, 0.9), "1 answer so far"),
    ],
)
def test_recall_is_held_against_the_prediction_and_chance(share: Share, says: str) -> None:
    assert says in sentences.recall(share, "year")


def test_advice_goes_the_way_that_the_figures_do() -> None:
    assert "come later" in sentences.recall(Share(400, 396, 0.9), "all")
    assert "come sooner" in sentences.recall(Share(400, 300, 0.9), "all")


def test_nobody_is_sent_to_a_fit_that_was_just_done() -> None:
    told = sentences.recall(Share(400, 300, 0.9), "all", is_fitted=True)
    assert told.endswith("more than chance: the model is fitted to them already.")


def test_calibration_names_the_bin_that_is_furthest_off() -> None:
    told = sentences.calibration(calibration([100, 200], [80, 130], [0.8, 0.9], 0.12))
    assert "90 % was predicted: 65 % of 200 were recalled, less often" in told
    told = sentences.calibration(calibration([100, 200], [99, 180], [0.8, 0.9], 0.05))
    assert "80 % was predicted: 99 % of 100 were recalled, more often" in told
    assert "can be trusted" in sentences.calibration(calibration([100], [81], [0.8], 0.01))
    rare = calibration([100, 6, 4], [81, 1, 0], [0.8, 0.7, 0.6], 0.01)
    told = "they can be trusted. That 17 % were recalled at 70 % rests on 6 answers only."
    assert sentences.calibration(rare).endswith(told), "a spike that is drawn is told"
    assert "rests on" not in sentences.calibration(calibration([100, 6], [81, 4], [0.8, 0.7], 0.01))
    assert "40 answers of the 100 needed" in sentences.calibration(calibration([40], [30], [0.8], None))


def test_the_time_of_one_day_is_not_that_of_each_of_one_day() -> None:
    def told(*seconds: float) -> str:
        days, times = SimpleNamespace(seconds=np.array(seconds)), SimpleNamespace(median=[None] * 4, card=None)
        found: Any = SimpleNamespace(days=days, times=times)
        return sentences.spent(found, "all")

    assert told(60, 0) == "1 minute so far, 1 minute on the one day with study."
    assert told(60, 180) == "4 minutes so far, 2 minutes on each of 2 days with study."


def test_the_load_names_the_busiest_day_to_come() -> None:
    found: Any = SimpleNamespace(as_of=TODAY)
    told = sentences.load(found, [0, 10, 20], [3, 1, 9, 0])
    assert "15 answers on a day with study in the 3 days before today" in told
    assert "3 cards fall due today, then 3.3 a day; most on Wed 4 Mar: 9" in told
    assert "most today: 5" in sentences.load(found, [1], [5, 0, 1])
    assert "5 cards fall due today, and nothing more in the coming 2 days" in sentences.load(found, [1], [5, 0])
    assert sentences.load(found, [], [5, 0]).startswith("No answers before today. 5 cards fall due today")
    assert "nothing you know falls due in the coming 2 days" in sentences.load(found, [1], [0, 0])


def test_hours_are_called_different_only_where_chance_does_not_explain_it() -> None:
    counts = np.zeros((24, 3), int)
    counts[8], counts[22] = (400, 300, 285), (300, 300, 200)
    found: Any = SimpleNamespace(hours=counts)
    assert sentences.hours(found).startswith("Of cards that came back on a later day you recall most at 8 o’clock")
    assert "(95 % of 300) and least at 22 (67 % of 300): more than chance" in sentences.hours(found)
    counts[22] = (300, 300, 282)
    assert "chance alone" in sentences.hours(found)
    counts[22] = (300, 300, 285)
    assert "you recall the same: 95 %" in sentences.hours(found)
    counts[22] = (90, 5, 0)
    assert "need 30 answers each to cards that came back on a later day" in sentences.hours(found)


def test_topics_with_few_cards_seen_are_not_called_weak() -> None:
    rows = [("Rivers", topic(9, 0.7)), ("Lakes", topic(2, 0.1)), ("Seas", topic(8, 0.95)), ("Bays", topic(0, None))]
    told = sentences.topics(rows)
    assert told.startswith(
        "Asked now, you would recall 70 % of the 9 cards seen of Rivers, the least, and 95 % of Seas"
    )
    assert [name for name, _ in weakest_first(rows)] == ["Rivers", "Seas", "Lakes", "Bays"]
    assert "the most; topics with fewer than 5 seen stand last and are not compared; " in told
    assert "not compared" not in sentences.topics([rows[0], *rows[2:]])
    alike = [("Seas", topic(8, 0.95)), ("Bays", topic(7, 0.95))]
    assert "8 cards seen of Seas, the least" in sentences.topics(alike)
    assert next(iter(weakest_first(alike)))[0] == "Seas"
    assert told.endswith("“then” is what you did recall when asked. 3 of 4 topics begun.")
    assert sentences.topics(rows[3:]) == "0 of 1 topic begun; 5 cards seen make one comparable."


@pytest.mark.parametrize(
    ("days", "told"), [(0.3, "less than a day"), (1, "1 day"), (34, "34 days"), (152, "5 months"), (767, "2.1 years")]
)
def test_spans_are_told_as_one_reads_them(days: float, told: str) -> None:
    assert sentences.span(days) == told
