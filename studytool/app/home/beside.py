"""What stands beside the topics: the coming days, the year, the last quiz."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from textual.content import Content

from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.glance import LastQuiz
    from studytool.memory.candidates import Held

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_HIGH = 3
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MUTED = "$foreground-muted"
SHADES = (_MUTED, "$primary 66%", "$primary 77%", "$primary 88%", "$primary")
"""Of a day without answers, then of those with few to many; all stand out from the ground in our own themes."""


def blocks(
    days: Sequence[int], last: LastQuiz | None, counts: Sequence[int], today: int, width: int, *, plain: bool = False
) -> list[list[Content]]:
    """Everything that does not depend on the topic; before the first answer, what will stand here.

    On a `plain` terminal shades cannot be told apart.
    """
    found = [forecast(days, today, width)]
    if last:
        found.append([Content.styled("Last quiz", "bold"), Content(quiz(last, today))])
    found.append(year(counts, today, width, plain=plain))
    told = "The coming days, the year and what you remember least will stand here once you have answered."
    return [block for block in found if block] or [[Content.styled(told, _MUTED)]]


def in_a_line(days: Sequence[int], last: LastQuiz | None, held_back: Held, today: int, width: int) -> Content:
    """The coming days, how many cards wait for another one and, where that is one thing, why, and the last quiz.

    As far as they fit.
    """
    ahead = told_forecast(days) if any(days) or last else ""
    waiting = held_back.waiting
    held = f"{waiting:,} wait{'s' * (waiting == 1)} for another day" if waiting else ""
    why = f"{held}{_why(held_back)}"
    quiz = f"last quiz {last.right}/{last.asked}, {ago(today - last.day)}" if last else ""
    said = [(ahead, why, quiz), (ahead, held, quiz), (ahead, why), (ahead, held)]
    drawn = Content.styled(f" {spark(days)}" if ahead else "", "$primary")
    rows = [_row(before, [each for each in told if each]) for told in said for before in (drawn, Content(""))]
    return next((row for row in rows if row.cell_length <= width), rows[-1].truncate(width, ellipsis=True))


def _why(held: Held) -> str:
    """What all that waits does wait for."""
    causes = {
        ": one card a text a day": held.siblings,
        ": `reviews_per_day`": held.over,
        " since your holiday": held.away_later,
    }
    return next((words for words, number in causes.items() if number == held.waiting), "") if held.waiting else ""


def _row(drawn: Content, told: Sequence[str]) -> Content:
    first, rest = "".join(told[:1]), "".join(f" · {each}" for each in told[1:])
    return Content.assemble(drawn, f" {first}", (rest, _MUTED))


def forecast(days: Sequence[int], today: int, width: int) -> list[Content]:
    """The cards that come on each of the coming days as columns, with weekdays and, with room for them, numbers."""
    if not any(days):
        return []
    top = max(days)
    each = 4 if width >= 4 * len(days) and top < 1000 else 2
    rows = [""] * _HIGH
    for number in days:
        eighths = max(round(8 * _HIGH * number / top), 1) if number else 0
        for level in range(_HIGH):
            part = _EIGHTHS[min(max(eighths - 8 * (_HIGH - 1 - level), 0), 8)]
            rows[level] += (part * (each - 1)).ljust(each)
    names = "".join(_DAYS[(today + at - 1) % 7][: each - (each == 2)].ljust(each) for at in range(len(days)))
    named = Content.assemble(("Due in the coming days", "bold"), "  ", ("all topics", _MUTED))
    lines = [named.truncate(width, ellipsis=True), *(Content.styled(row, "$primary") for row in rows)]
    lines.append(Content.styled(names, _MUTED))
    if each == 4:
        lines.append(Content("".join(f"{number or '·':<{each}}" for number in days)))
    lines.append(Content.styled(told_forecast(days), _MUTED))
    return lines


def told_forecast(days: Sequence[int]) -> str:
    """The coming days in words."""
    ahead = f", {days[1]} tomorrow" if len(days) > 1 else ""
    return f"{days[0]} today{ahead}, {sum(days[:7])} in 7 days"


def spark(days: Sequence[int]) -> str:
    """The coming days in one row of eighths; a day with nothing is a dot."""
    top = max(days, default=0) or 1
    return "".join(_EIGHTHS[max(round(8 * number / top), 1)] if number else "·" for number in days)


def year(counts: Sequence[int], today: int, width: int, *, plain: bool = False) -> list[Content]:
    """The days up to `today` as a calendar, a column a week; where it is too narrow, the last weeks.

    Where it is `plain`, a day's weight is its character, else its shade.
    """
    from studytool.draw import calendar

    if not any(counts):
        return []
    laid = calendar.arranged(today - len(counts) + 1, counts)
    wide = 2 if width >= 3 + 2 * laid.weeks else 1
    skipped = max(laid.weeks - (width - 3) // wide, 0)
    months = [" "] * width
    for week, name in calendar.named_months(laid.months, skipped, 4 / wide):
        start = 3 + week * wide
        months[start : start + len(name)] = name[: max(width - start, 0)]
    grid = [[(" ", "")] * (laid.weeks - skipped) for _ in range(calendar.ROWS)]
    for day in laid.days:
        if day.week >= skipped:
            grid[day.weekday][day.week - skipped] = (calendar.sign(day.level, not plain), SHADES[day.level])
    studied = sum(count > 0 for count in counts)
    lines = [Content.assemble(("The year", "bold"), "  ", (f"{counted(studied, 'day')}, all libraries", _MUTED))]
    lines.append(Content.styled("".join(months).rstrip(), _MUTED))
    for name, row in zip(calendar.WEEKDAYS, grid, strict=True):
        runs = [("".join(mark.ljust(wide) for mark, _ in run), style) for style, run in groupby(row, itemgetter(1))]
        lines.append(Content.assemble((f"{name:<3}", _MUTED), *runs))
    parts = [
        part
        for level, words in calendar.told(laid.bounds)
        for part in ((calendar.sign(level, not plain), SHADES[level]), (f" {words} ", _MUTED))
    ]
    told = Content.assemble(*parts, ("a day", _MUTED))
    lines.append(Content("   " * (told.cell_length + 3 <= width)) + told.truncate(width, ellipsis=True))
    return lines


def quiz(last: LastQuiz, today: int) -> str:
    """The last quiz: its score, and when it was."""
    return f"{last.right} of {last.asked} right {ago(today - last.day)}"


def ago(days: int) -> str:
    """ "today", "yesterday", "12 days ago"; beyond two months the date is no news."""
    return {0: "today", 1: "yesterday"}.get(days) or f"{counted(days, 'day')} ago"
