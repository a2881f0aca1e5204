"""The topics as a tree of the folders that their notes lie in, in the order of learning; flat where there is one."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from studytool.memory.standing import TopicLoad
from studytool.text import cells, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.notes.model import Library

NARROW = 60
"""A list with less room than this shows what is due and new, and leaves the rest out."""
_INDENT = 2
_LONGEST = 60
"""Cells of a name beyond which the other columns go before it."""
_DEEPEST = 6
_SIGNS = ((0.0, "●", "$success"), (0.1, "◕", "$success"), (0.25, "◑", "$warning"), (1.0, "◔", "$error"))
LEGEND = "● good ◕ nearly ◑ fading ◔ weak ○ new"
"""What the signs of memory mean."""


class Place(NamedTuple):
    """Where a topic stands in the tree: the folders above it, and what it is called there."""

    folders: tuple[str, ...] = ()
    title: str = ""


class Line(NamedTuple):
    """One row: everything, a folder, or a topic."""

    load: TopicLoad
    name: str
    depth: int = 0
    topics: tuple[str, ...] | None = None
    """The topics it stands for; None for everything."""
    is_folder: bool = False


@dataclass(slots=True)
class _Folder:
    name: str
    inside: list[_Folder | TopicLoad] = field(default_factory=list)
    folders: dict[str, _Folder] = field(default_factory=dict)

    def at(self, parts: Sequence[str]) -> _Folder:
        """The folder below this one, made where it is met for the first time."""
        here = self
        for part in parts:
            if part not in here.folders:
                here.folders[part] = _Folder(part)
                here.inside.append(here.folders[part])
            here = here.folders[part]
        return here

    def loads(self) -> list[TopicLoad]:
        """All topics below, in order."""
        return [load for one in self.inside for load in (one.loads() if isinstance(one, _Folder) else [one])]


def places_in(library: Library) -> dict[str, Place]:
    """The place of each topic: the folders, below the one that holds all notes, in which its first note lies."""
    by_topic: dict[str, tuple[str, str]] = {}
    for name, title, path in zip(library.names, library.titles, library.files, strict=False):
        by_topic.setdefault(name, (os.path.dirname(path), title))
    different = {folder for folder, _ in by_topic.values()}
    try:
        shared = os.path.commonpath(different) if different and "" not in different else ""
    except ValueError:  # on different drives, or absolute paths beside relative ones
        return {name: Place((), name) for name in by_topic}
    parts = {path: tuple(part for part in path[len(shared) :].split(os.sep) if part) for path in different}
    return {
        name: Place(parts[path][:_DEEPEST], title if len(parts[path]) <= _DEEPEST else name)
        for name, (path, title) in by_topic.items()
    }


def tree(loads: Iterable[TopicLoad], places: Mapping[str, Place]) -> list[Line]:
    """A line for everything, then the folders and topics; a folder comes where its first topic does."""
    loads = list(loads)
    root = _Folder("")
    for load in loads:
        root.at(places.get(load.topic, Place()).folders).inside.append(load)
    lines = [Line(_sum("Everything", loads), "Everything")]
    _walk(root, 0, lines, places)
    return lines


def place_of(stood: Line | None, lines: Sequence[Line], before: int = 0) -> int:
    """Where the topic or the folder of an earlier line stands now, which stood at `before`; 0 where it is gone.

    Of several so called, none of which is that one, it is the nearest to there: its folder has another name.
    """
    if stood is None:
        return 0
    same, topics = (stood.name, stood.is_folder, stood.depth), set(stood.topics or ())
    alike = [at for at, line in enumerate(lines) if (line.name, line.is_folder, line.depth) == same]
    nearest = min(alike, key=lambda at: abs(at - before), default=0)
    return next((at for at in alike if not topics.isdisjoint(lines[at].topics or ())), nearest)


def _walk(folder: _Folder, depth: int, lines: list[Line], places: Mapping[str, Place]) -> None:
    for one in folder.inside:
        if isinstance(one, TopicLoad):
            place = places.get(one.topic)
            lines.append(Line(one, place.title if place else one.topic, depth, (one.topic,)))
        else:
            below = one.loads()
            topics = tuple(load.topic for load in below)
            lines.append(Line(_sum(one.name, below), one.name, depth, topics, is_folder=True))
            _walk(one, depth + 1, lines, places)


def _sum(name: str, loads: Sequence[TopicLoad]) -> TopicLoad:
    known = [(load.recall, load.seen) for load in loads if load.recall is not None]
    weight = sum(cards for _, cards in known)
    return TopicLoad(
        name,
        sum(load.new for load in loads),
        sum(load.due for load in loads),
        sum(load.later for load in loads),
        sum(load.total for load in loads),
        sum(recall * cards for recall, cards in known) / weight if weight else None,
        weight,
    )


def sign(recall: float | None, wanted: float) -> tuple[str, str]:
    """The sign and the style of a recall beside the one that is wanted; ○ where nothing was answered yet."""
    if recall is None:
        return "○", "$foreground-muted"
    return next((mark, style) for off, mark, style in _SIGNS if wanted - recall <= off or off == 1.0)


class Columns(NamedTuple):
    """What stands behind a name besides what is due and new, in cells; what has none is not shown."""

    has_later: bool
    gap: int
    """Before the bar."""
    bar: int
    recall: int
    number: int = 6
    """Of the due cards, and of the new ones."""

    @property
    def cells(self) -> int:
        """All of them."""
        return 2 * self.number + 10 * self.has_later + self.gap + self.bar + self.recall


_CHOICE = (Columns(True, 3, 10, 8), Columns(False, 3, 10, 8), Columns(False, 2, 4, 7), Columns(False, 0, 0, 8))
"""From the most to the least: names come before what can be seen elsewhere."""
_LEAST = Columns(False, 0, 0, 0)


def needed(lines: Iterable[Line]) -> int:
    """The cells of the longest name with what stands before it; one that is longer than others ever are is cut."""
    return min(max((_before(line) + cells(_name(line)) for line in lines), default=0), _LONGEST)


def all_of(names: int) -> int:
    """The cells of a row that shows everything, where the longest name takes so many."""
    return names + 1 + _CHOICE[0].cells


def columns(width: int, names: int, most: int = 0) -> Columns:
    """What there is room for in rows of `width` cells; the longest name takes `names`, `most` is the largest number."""
    number = max(len(f" {most:,}"), _LEAST.number)
    if width < NARROW:
        return _LEAST._replace(number=number)
    choice = [each._replace(number=number) for each in _CHOICE]
    return next((each for each in choice if width - each.cells > names), choice[-1])


def largest(lines: Iterable[Line]) -> int:
    """The largest number of due cards, or of new ones, in a line."""
    return max((max(line.load.due, line.load.new) for line in lines), default=0)


def _before(line: Line) -> int:
    return _INDENT * line.depth + 2


def _name(line: Line) -> str:
    return one_line(line.name) + "/" * line.is_folder


def heading(width: int, shown: Columns) -> Content:
    """The names of the columns."""
    later = f"{'later':>10}" if shown.has_later else ""
    right = f"{'due':>{shown.number}}{later}{'new':>{shown.number}}"
    right += f"{'':{shown.gap}}{'seen':<{shown.bar}}" if shown.bar else ""
    right += f"{'recall':>{shown.recall}}" if shown.recall else ""
    return Content.styled(f"{'  topic':<{max(width - len(right), 0)}}{right}", "$foreground-muted")


def _told(number: int) -> str:
    return f"{number:,}" if number else "·"


def row(line: Line, width: int, wanted: float, shown: Columns) -> Content:
    """A line in `width` cells: the sign of memory, the name, and what there is to do."""
    load = line.load
    mark, style = sign(load.recall, wanted)
    parts = [(f"{_told(load.due):>{shown.number}}", "$accent bold" if load.due else "$foreground-muted")]
    if shown.has_later:
        parts.append((f"{_told(load.later):>10}", "$accent" if load.later else "$foreground-muted"))
    parts.append((f"{_told(load.new):>{shown.number}}", "$primary" if load.new else "$foreground-muted"))
    if shown.bar:
        filled = round(shown.bar * load.seen / load.total) if load.total else 0
        parts += [(" " * shown.gap, ""), ("━" * filled, "$success"), ("─" * (shown.bar - filled), "$border")]
    if shown.recall:
        told = f"{load.recall:.0%}" if load.recall is not None else "–"
        parts.append((f"{told:>{shown.recall}}", style))
    right = Content.assemble(*parts)
    before = f"{f'{mark} ':>{_before(line)}}"
    room = max(width - right.cell_length - len(before) - 1, 8)
    left = Content(_name(line)).truncate(room, ellipsis=True)
    if line.is_folder:
        left = left.stylize("bold")
    gap = " " * max(width - len(before) - left.cell_length - right.cell_length, 1)
    return Content.assemble((before, style), left, gap, right)
