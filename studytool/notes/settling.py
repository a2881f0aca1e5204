"""Which of several likely links hold: one to one, best first, and no guess between two near-equals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.notes.side import Side

MARGIN = 0.05
"""Two candidates whose scores differ by no more than this are near-equals."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two cards that ask the same thing: `score` is up to 1.5, `together` says that they stood in one note."""

    old: Side
    new: Side
    score: float
    reason: str
    together: bool


def settled(links: list[Link]) -> Iterator[Link]:
    """One to one, best first: a pair counts when neither side has another candidate that is nearly as good."""
    by_old: dict[str, list[Link]] = defaultdict(list)
    by_new: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_old[link.old.card.key].append(link)
        by_new[link.new.card.key].append(link)
    waiting = sorted(links, key=lambda link: (-link.score, link.old.card.key, link.new.card.key))
    gone: set[str] = set()
    come: set[str] = set()

    def taken(link: Link) -> Link:
        gone.add(link.old.card.key)
        come.add(link.new.card.key)
        return link

    def rivals(link: Link) -> list[Link]:
        others = by_old[link.old.card.key] + by_new[link.new.card.key]
        return [
            other
            for other in others
            if other is not link
            and other.old.card.key not in gone
            and other.new.card.key not in come
            and other.score >= link.score - MARGIN
        ]

    progress = True
    while progress and waiting:
        progress, left = False, []
        for link in waiting:
            if link.old.card.key in gone or link.new.card.key in come:
                continue
            if rivals(link):
                left.append(link)
            else:
                yield taken(link)
                progress = True
        waiting = left
        if not progress:
            for pairs in _in_order(waiting):
                for link in pairs:
                    yield taken(link)
                    progress = True


def _in_order(links: Sequence[Link]) -> Iterator[list[Link]]:
    """Groups of near-equals in one note that the order of their lines settles: as many before as there are now."""
    groups: dict[str, set[str]] = {}
    for link in links:
        first, second = "-" + link.old.card.key, "+" + link.new.card.key
        joined = groups.get(first, {first}) | groups.get(second, {second})
        for key in joined:
            groups[key] = joined
    table = {(link.old.card.key, link.new.card.key): link for link in links}
    done: set[int] = set()
    for group in groups.values():
        if id(group) in done:
            continue
        done.add(id(group))
        mine = [link for link in links if "-" + link.old.card.key in group]
        before = sorted({(link.old.card.line, link.old.card.key) for link in mine})
        now = sorted({(link.new.card.line, link.new.card.key) for link in mine})
        lines = [line for line, _ in before]
        paths = {link.old.card.path for link in mine}
        settled = (
            len(before) == len(now)
            and len(set(lines)) == len(lines)
            and all(lines)
            and len(paths) == 1
            and all(link.together for link in mine)
        )
        chosen = [table.get((old, new)) for (_, old), (_, new) in zip(before, now, strict=False)] if settled else []
        if chosen and all(chosen) and len({line for line, _ in now}) == len(now):
            yield [link for link in chosen if link is not None]
