"""What statistics mean, a sentence each, worked out from the figures themselves."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from studytool.text import counted, one_line, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.stats.cards import TopicStats
    from studytool.memory.stats.days import Days
    from studytool.memory.stats.recall import Calibration, Share
    from studytool.memory.stats.together import Period, Statistics

SPANS: dict[Period, str] = {
    "week": "in the last 7 days",
    "month": "in the last 30 days",
    "quarter": "in the last 90 days",
    "year": "in the last year",
    "all": "so far",
}
_LATER = "cards that came back on a later day"
_CLOSE = 0.05
"""Predictions that are off by no more than so much are told as holding."""
LEAST = 5
"""Answers that a week, a day or a bin needs to be a point of a line."""


def on(day: int) -> str:
    """A `date` ordinal as "Thu 26 Nov"."""
    found = date.fromordinal(day)
    return f"{found:%a} {found.day} {found:%b}"


def span(days: float) -> str:
    """A number of days as one reads it: "34 days", "7 months", "2.1 years"."""
    if days < 60:
        return counted(round(days), "day") if days >= 1 else "less than a day"
    return f"{days / 30.44:.0f} months" if days < 730 else f"{days / 365.25:.1f} years"


def time(minutes: float) -> str:
    """Minutes as "14 minutes", less than one in seconds, two hours and more in hours."""
    if minutes < 1:
        return counted(round(60 * minutes), "second")
    return f"{minutes / 60:,.0f} hours" if minutes >= 120 else counted(round(minutes), "minute")


def _needs(share: Share, needed: int) -> str:
    return f"{counted(share.asked, 'answer')} so far that can be compared with a prediction; {needed} are needed."


def recall(share: Share, period: Period, *, is_fitted: bool = False, is_tried: bool = False) -> str:
    """Whether as much was recalled as was predicted, and what to do; `is_fitted` where that was done.

    `is_tried` is said where a fit was tested and not adopted.
    """
    from studytool.memory.stats.recall import ENOUGH

    bounds, value, predicted = share.bounds, share.value, share.predicted
    if bounds is None or value is None or predicted is None:
        return _needs(share, ENOUGH)
    low, high = bounds
    told = f"You recalled {percent(value)} of {counted(share.asked, 'card')} asked {SPANS[period]}"
    if low <= predicted <= high:
        return f"{told}; {percent(predicted)} were predicted: the schedule fits you, as far as chance lets it be told."
    apart = max(round(100 * abs(value - predicted)), 1)
    way, when = ("more", "later") if value > predicted else ("less", "sooner")
    fit = f"a fit would let cards come {when}."
    if is_fitted or is_tried:
        fit = "the model is fitted to them already." if is_fitted else "a fit was tried and gains nothing sure."
    return (
        f"{told}, {counted(apart, 'point')} {way} than the {percent(predicted)} predicted and more than chance: {fit}"
    )


def calibration(held: Calibration) -> str:
    """Whether cards predicted at 80 % are recalled four times in five."""
    from studytool.memory.stats.recall import ENOUGH, ENOUGH_FOR_LOSS

    if held.rmse_bins is None:
        return f"{counted(held.answers, 'answer')} of the {ENOUGH_FOR_LOSS} needed to say how predictions hold."
    shown = [
        (recalled / asked - predicted, predicted, recalled / asked, asked)
        for asked, recalled, predicted in zip(
            held.asked.tolist(), held.recalled.tolist(), held.predicted.tolist(), strict=True
        )
        if asked >= LEAST
    ]
    off = [one for one in shown if one[3] >= ENOUGH]
    told = f"Predictions are off by {100 * held.rmse_bins:.1f} % on average (5 % is usual)"
    worst = max(off, key=lambda one: abs(one[0]), default=(0.0, 0.0, 0.0, 0))
    if off and abs(worst[0]) <= _CLOSE:
        told += f", and nowhere by more than {100 * abs(worst[0]):.0f} points: they can be trusted"
    elif off:
        way = "more often" if worst[0] > 0 else "less often"
        told += (
            f"; furthest where {percent(worst[1])} was predicted: {percent(worst[2])} of {worst[3]:,} "
            f"were recalled, {way} than expected"
        )
    spike = max(shown, key=lambda one: abs(one[0]), default=worst)
    if spike[3] >= ENOUGH or abs(spike[0]) <= _CLOSE:
        return f"{told}."
    return f"{told}. That {percent(spike[2])} were recalled at {percent(spike[1])} rests on {spike[3]} answers only."


def load(found: Statistics, done: Sequence[int], due: Sequence[int]) -> str:
    """What the days had and what the coming ones will."""
    studied = [count for count in done if count]
    mean = round(sum(studied) / len(studied)) if studied else 0
    past = f"{counted(mean, 'answer')} on a day with study" if studied else "No answers"
    told = f"{past} in the {counted(len(done), 'day')} before today" if done else "No answers before today"
    if not any(due):
        return f"{told}; nothing you know falls due in the coming {counted(len(due), 'day')}."
    most = max(range(len(due)), key=due.__getitem__)
    when = "today" if most == 0 else f"on {on(found.as_of + most)}"
    told += f". {counted(due[0], 'card')} {'falls' if due[0] == 1 else 'fall'} due today"
    if not any(due[1:]):
        return f"{told}, and nothing more in the coming {counted(len(due), 'day')}. New cards come on top."
    return f"{told}, then {sum(due[1:]) / (len(due) - 1):.1f} a day; most {when}: {due[most]}. New cards come on top."


def year(done: Days, found: Statistics) -> str:
    """How steady the study was."""
    counts = done.answers.sum(1)[-365:]
    studied, days = int((counts > 0).sum()), len(counts)
    if not studied:
        return "No day of the last year has an answer."
    best = int(counts.argmax())
    row = f"{counted(found.streak.now, 'day')} in a row now" if found.streak.now else "none in a row just now"
    return (
        f"You studied on {studied} of {counted(days, 'day')}, {row}, {found.streak.longest} at most; "
        f"the busiest was {on(found.as_of - days + 1 + best)} with {counted(int(counts[best]), 'answer')}."
    )


def spent(found: Statistics, period: Period) -> str:
    """What study takes."""
    seconds = found.days.seconds
    studied = int((seconds > 0).sum())
    if not studied:
        return "No answer has a time yet."
    usual = found.times.median[2]
    days = f"each of {studied:,} days" if studied > 1 else "the one day"
    told = (
        f"{time(float(seconds.sum()) / 60)} {SPANS[period]}, {time(float(seconds.sum()) / 60 / studied)} "
        f"on {days} with study"
    )
    told += f"; an answer with “good” takes {usual:.0f} s" if usual else ""
    return told + (f", a card has taken {time(found.times.card / 60)} so far." if found.times.card else ".")


def hours(found: Statistics) -> str:
    """When recall is best, if that can be told."""
    from studytool.memory.stats.recall import ENOUGH, Share

    shares = [(hour, Share(asked, recalled, None)) for hour, (_, asked, recalled) in enumerate(found.hours.tolist())]
    enough = [(hour, share, share.value) for hour, share in shares if share.value is not None]
    if len(enough) < 2:
        return f"To compare recall by the hour, two hours need {ENOUGH} answers each to {_LATER}."
    best, worst = max(enough, key=lambda one: one[2] or 0), min(enough, key=lambda one: one[2] or 0)
    if best[2] == worst[2]:
        return f"At each hour with {ENOUGH} {_LATER} you recall the same: {percent(best[2] or 0)}."
    above, below = best[1].bounds, worst[1].bounds
    told = (
        f"Of {_LATER} you recall most at {best[0]} o’clock ({percent(best[2] or 0)} of {best[1].asked:,}) "
        f"and least at {worst[0]} ({percent(worst[2] or 0)} of {worst[1].asked:,})"
    )
    if above and below and above[0] > below[1]:
        return f"{told}: more than chance, though the cards may differ, too."
    return f"{told}; chance alone could make that difference."


def stability(found: Statistics) -> str:
    """How long what is known lasts."""
    from studytool.memory.stats.recall import MATURE

    held, seen = found.cards, found.cards.young + found.cards.mature
    if not seen or held.median_stability is None:
        return f"None of the {counted(held.new, 'card')} has been answered yet."
    return (
        f"Half of the {counted(seen, 'card')} seen keep for {span(held.median_stability)} or longer before recall "
        f"falls to 90 %; {percent(held.mature / seen)} are mature ({MATURE} days or more). You would know some "
        f"{held.known:,.0f} of {seen + held.new:,} if asked now."
    )


def topics(rows: Sequence[tuple[str, TopicStats]]) -> str:
    """Which topic to look at: the first of `weakest_first`."""
    from studytool.memory.stats.cards import FEW, weakest_first

    ranked = [(name, one) for name, one in weakest_first(rows) if one.recall is not None]
    seen = [(one.recall or 0.0, name, one.seen) for name, one in ranked if one.seen >= FEW]
    begun = sum(one.seen > 0 for _, one in rows)
    if not seen:
        return f"{begun} of {counted(len(rows), 'topic')} begun; {FEW} cards seen make one comparable."
    low, weak, cards = seen[0]
    told = f"Asked now, you would recall {percent(low)} of the {counted(cards, 'card')} seen of {one_line(weak, 40)}"
    if len(seen) > 1:
        high, strong, _ = seen[-1]
        told += f", the least, and {percent(high)} of {one_line(strong, 40)}, the most"
    if len(seen) < len(ranked):
        told += f"; topics with fewer than {FEW} seen stand last and are not compared"
    return f"{told}; “then” is what you did recall when asked. {begun} of {counted(len(rows), 'topic')} begun."
