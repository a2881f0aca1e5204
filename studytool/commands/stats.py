"""`studytool stats`: what was done, how well it was remembered, and how well that was predicted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from studytool import clock, desk
from studytool.commands import at_desk
from studytool.commands.figures_text import GRADES, bars, day, length
from studytool.commands.stats_json import stats_json
from studytool.figures import figures
from studytool.memory.stats.cards import STABILITIES, weakest_first
from studytool.memory.stats.recall import ENOUGH, ENOUGH_FOR_LOSS
from studytool.memory.workload import workload
from studytool.quiz.calibration import so_far
from studytool.text import as_json, cells, counted, one_line, padded, percent
from studytool.topics_named import topics_named

if TYPE_CHECKING:
    import argparse

    from studytool.figures import Figures
    from studytool.memory.stats.together import Statistics
    from studytool.memory.workload import Workload
    from studytool.quiz.calibration import Calibration

_SHOWN_DAYS = 14
_MANY = 20
"""Topics, above which only that many are listed: the weakest of those that were begun."""


def run(args: argparse.Namespace) -> int:
    """Print the statistics; always 0."""
    wanted = desk.request(args.paths, args.root)
    table = at_desk.opened(wanted, to_read=True)
    try:
        seen = figures(table, clock.now())
        sure = so_far(table.store, table.memory)
    finally:
        table.close()
    topics = topics_named(args.topic, seen.topics, table.library) or None
    found = seen.statistics(args.period, topics, here=bool(args.paths))
    everywhere = not (args.paths or topics)
    curve = None
    if args.workload and seen.keys:
        limits = wanted.settings
        curve = workload(
            seen.deck(),
            limits.new_per_day,
            limits.reviews_per_day,
            habits=seen.habits(),
            model=seen.rules.model,
            away=seen.away,
        )
    if args.json:
        told = stats_json(found, seen, args.period, curve)
        of = {"library": wanted.title, "all_libraries": everywhere}
        print(as_json({**of, **told, "quiz": sure.as_dict() if sure else None}))
    else:
        title = f"All libraries; what is due, stability and topics: {wanted.title}" if everywhere else wanted.title
        title = title if args.period == "all" else f"{title}, the last {args.period}"
        most = None if args.all_topics or topics else _MANY
        print("\n".join([*_as_lines(title, found, seen, curve, most), *_sure_lines(sure)]))
    return 0


def _as_lines(
    title: str, found: Statistics, seen: Figures, curve: Workload | None, most: int | None = None
) -> list[str]:
    done = found.days
    if not found.answers:
        return [title, "There are no answers to tell of yet."]
    studied, minutes = int((done.answers.sum(1) > 0).sum()), float(done.seconds.sum()) / 60
    lines = [title, f"{counted(found.answers, 'answer')} on {counted(studied, 'day')}, {length(minutes)}"]
    lines.append(f"in a row: {counted(found.streak.now, 'day')}, at most {found.streak.longest}")
    lines += _retention_lines(found) + _calibration_lines(found)
    last = done.answers.sum(1)[-_SHOWN_DAYS:].tolist()
    lines += ["", "answers a day, the last two weeks"]
    lines += bars((day(found.as_of - len(last) + 1 + at)[5:], count) for at, count in enumerate(last))
    lines += ["", "cards that fall due, today and the next two weeks"]
    lines += bars((day(found.as_of + at)[5:], count) for at, count in enumerate(found.due.tolist()[:_SHOWN_DAYS]))
    lines += ["", "stability of the cards, in days"]
    edges = [f"{low} to {high}" for low, high in pairwise(STABILITIES)]
    lines += bars(zip([*edges, f"over {STABILITIES[-1]}"], found.cards.stability.tolist(), strict=True))
    held = found.cards
    kinds = {"new": held.new, "young": held.young, "mature": held.mature, "put aside": held.aside}
    told = ", ".join(f"{number:,} {kind}" for kind, number in kinds.items() if number or kind != "put aside")
    lines.append(f"{told}; you would know some {held.known:,.0f} of them today")
    lines += ["", _times_line(found), *_topic_lines(found, seen, most)]
    return lines + (_workload_lines(curve) if curve else [])


def _retention_lines(found: Statistics) -> list[str]:
    lines = ["", f"{'recall':<12} {'recalled':>9} {'predicted':>10} {'answers':>9}   95 % bounds"]
    rows = [(f"last {span}" if span != "all" else "all", held.all) for span, held in found.retention.items()]
    whole = found.retention["all"]
    for label, share in [*rows, ("  young", whole.young), ("  mature", whole.mature), ("at first", whole.new)]:
        bounds = share.bounds
        within = f"{percent(bounds[0])} to {percent(bounds[1])}" if bounds else f"too few, {ENOUGH} are needed"
        predicted = percent(share.predicted)
        lines.append(f"{label:<12} {percent(share.value):>9} {predicted:>10} {share.asked:>9,}   {within}")
    return lines


def _calibration_lines(found: Statistics) -> list[str]:
    held = found.calibration
    if held.log_loss is None or held.rmse_bins is None:
        return ["", f"calibration: too few answers, {held.answers} of the {ENOUGH_FOR_LOSS} that are needed"]
    lines = ["", f"calibration: log loss {held.log_loss:.4f}, RMSE(bins) {held.rmse_bins:.2%}".replace("%", " %")]
    told = zip(held.low.tolist(), held.asked.tolist(), held.recalled.tolist(), held.predicted.tolist(), strict=True)
    for _, asked, recalled, predicted in told:
        if asked >= ENOUGH:
            lines.append(f"  predicted {percent(predicted):>5}, recalled {percent(recalled / asked):>5} of {asked:,}")
    return lines


def _sure_lines(sure: Calibration | None) -> list[str]:
    if sure is None:
        return []
    told = f"how sure you were in quizzes and exams: Brier score {sure.brier:.3f} over {counted(sure.count, 'answer')}"
    return ["", f"{told}; always the same would be {sure.base:.3f}", *(f"  {line}" for line in sure.plot())]


def _times_line(found: Statistics) -> str:
    told = [f"{grade} {median:.1f} s" for grade, median in zip(GRADES, found.times.median, strict=True) if median]
    card = f"; {found.times.card:.0f} s a card so far" if found.times.card else ""
    return f"usual time of an answer: {', '.join(told) or 'too few answers'}{card}"


def _topic_lines(found: Statistics, seen: Figures, most: int | None) -> list[str]:
    every = [(title, one) for title, one in zip(seen.topics, found.topics, strict=True) if one.cards]
    shown, rest = every, ""
    if most is not None and len(every) > most:
        begun = [(title, one) for title, one in weakest_first(every) if one.seen]
        shown = begun[:most]
        new = f", {len(every) - len(begun):,} of them not begun" if len(begun) < len(every) else ""
        rest = f"… and {counted(len(every) - len(shown), 'more topic')}{new}: `--all-topics` lists all"
    names = [one_line(title, 40) for title, _ in shown]
    width = max([len("topic"), *map(cells, names)])
    lines = [
        "",
        f"{'topic':<{width}}  {'cards':>6} {'seen':>6} {'answers':>8} {'minutes':>8} {'recalled':>9}  recall now",
    ]
    for name, (_, one) in zip(names, shown, strict=True):
        lines.append(
            f"{padded(name, width)}  {one.cards:>6,} {one.seen:>6,} {one.answers:>8,} {one.seconds / 60:>8,.0f} "
            f"{percent(one.retention.value):>9}  {percent(one.recall):>10}"
        )
    return [*lines, rest] if rest else lines


def _workload_lines(curve: Workload) -> list[str]:
    lines = ["", f"desired retention over a year, {counted(curve.cards, 'card')}, simulated"]
    lines.append(f"{'retention':>9} {'minutes a day':>14} {'cards known':>12}")
    for retention, minutes, known in zip(curve.retention, curve.minutes, curve.known, strict=True):
        lines.append(f"{percent(retention):>9} {minutes:>14.1f} {known:>12.0f}")
    best, low, high = curve.cheapest
    edge = " or below" if best == curve.retention.min() else ""
    rest = (
        f"{percent(low)} to {percent(high)} are within 5 % of that" if low < high else "the others cost over 5 % more"
    )
    lines.append(f"A card that is known costs the least time at {percent(best)}{edge}; {rest}.")
    lines.append("That is no advice: further down the list more is known, in more minutes.")
    return lines
