"""The end of a sitting in words: what went well, what to look at, which demos are worth running."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studytool.memory import Grade, describe_interval
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.sitting import Answered
    from studytool.notes.model import Card

_TOPICS = 4
_LOOKS = 5
_PROMPT = 70
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_<>#|=~$!"} | {"[": "&#91;", "]": "&#93;", "&": "&amp;"})
"""Signs of markdown as signs; a bracket behind a stroke would begin a formula."""


def ending(
    answered: Sequence[Answered],
    minutes: int,
    held: Sequence[str],
    wait: int | None,
    demos: Sequence[str] = (),
) -> str:
    """The markdown of the end of a sitting.

    `held` are sentences about what was held back, `wait` the milliseconds until the next card comes back, `demos` the
    titles of demos worth running.
    """
    lines = [f"## {'Done for now' if answered else 'Nothing to study here now'}"]
    if answered:
        counts = Counter(one.grade for one in answered)
        told = ", ".join(f"{counts[grade.value]} {grade.name.lower()}" for grade in Grade if counts[grade.value])
        time = f" in {minutes} min" if minutes else ""
        lines.append(f"{len(answered)} answered{time}: {told}. All of it is saved.")
    lines += held
    if wait is not None:
        lines.append(f"The next card comes back in {describe_interval(wait)}; it will appear here by itself.")
    parts = {
        "Went well": _well(answered),
        "Worth another look": _looks(answered),
        "Worth running": [*map(_plain, demos)],
    }
    listed = [f"- **{title}**\n" + "\n".join(f"  - {row}" for row in rows) for title, rows in parts.items() if rows]
    return "\n\n".join([*lines, *(["\n".join(listed)] if listed else [])])


def _well(answered: Sequence[Answered]) -> list[str]:
    """Each topic of which something was known at the first go, with how much of it; the best first."""
    first: dict[str, Answered] = {}
    for one in answered:
        first.setdefault(one.card.key, one)
    all_of = Counter(one.card.topic for one in first.values())
    known = Counter(one.card.topic for one in first.values() if one.grade != Grade.AGAIN)
    best = sorted(known, key=lambda topic: (-known[topic] / all_of[topic], -known[topic]))
    rows = [f"{_plain(topic)}: {_share(known[topic], all_of[topic])}" for topic in best[:_TOPICS]]
    return [*rows, f"and {counted(len(best) - _TOPICS, 'more topic')}"] if len(best) > _TOPICS else rows


def _share(known: int, count: int) -> str:
    if count == 1:
        return "the one card known at the first go"
    return f"{'all ' if known == count else f'{known} of '}{count} known at the first go"


def to_look_at(answered: Sequence[Answered]) -> list[tuple[Card, int]]:
    """The cards that were not known, with how often that was, most often first; then those known with an effort, 0."""
    cards = {one.card.key: one.card for one in answered}
    missed = Counter(one.card.key for one in answered if one.grade == Grade.AGAIN)
    effort = dict.fromkeys(one.card.key for one in answered if one.grade == Grade.HARD and not missed[one.card.key])
    return [(cards[key], count) for key, count in missed.most_common()] + [(cards[key], 0) for key in effort]


def _looks(answered: Sequence[Answered]) -> list[str]:
    found = to_look_at(answered)
    rows = [f"{_plain(card.front)}{_often(count)}" for card, count in found[:_LOOKS]]
    return [*rows, f"and {len(found) - _LOOKS} more"] if len(found) > _LOOKS else rows


def _often(count: int) -> str:
    return {0: " (with an effort)", 1: ""}.get(count, f" ({count} times)")


def _plain(text: str) -> str:
    """A text on one line, its marks those of a line alone; where it is cut, all of them are shown as they are."""
    line = one_line(text)
    if len(line) > _PROMPT:
        line = one_line(text, _PROMPT).translate(_SPECIAL)
    return line if line[:1].isalpha() else f"\u200b{line}"
