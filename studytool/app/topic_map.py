"""The topics as a tree in cells: each below the last of those that come before it, else below its folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studytool.notes.order import named_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.memory import TopicLoad
    from studytool.notes.model import Library, Topic

_DEEPEST = 16
"""Levels that are drawn with a step to the right each."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the map: a topic, or a folder of topics."""

    name: str
    title: str
    """What it is called there: below its folder, or one from it, without what tells it from others of its title."""
    lines: str
    """What leads to it from the row above: "│ ├─"."""
    topics: tuple[str, ...]
    """The topics that it stands for: itself, or all in the folder."""
    new: int
    due: int
    total: int
    seen: int
    recall: float | None
    """As of a `TopicLoad`, which has the same words."""
    folder: str = ""
    """Its path from the root of the notes, where it is a folder."""
    before: tuple[str, ...] = ()
    """The topics that come before it."""
    after: tuple[str, ...] = ()
    """The topics that it comes before."""


@dataclass(slots=True)
class _Node:
    name: str
    title: str
    folder: str = ""
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)


def topic_map(library: Library, loads: Iterable[TopicLoad]) -> list[Place]:
    """The rows of the map from the top; topics without cards are there if one with cards comes after them."""
    by_topic = {load.topic: load for load in loads}
    roots = [node for node in _forest(library) if _has_cards(node, by_topic)]
    places: list[Place] = []
    _lay_out(roots, "", by_topic, places, 0)
    return places


def _forest(library: Library) -> list[_Node]:
    """Each topic once, below the last topic in study order that it names under `after`, else in its folder."""
    nodes: dict[str, _Node] = {}
    first: dict[str, int] = {}  # a topic's first note
    topics, files = library.topics, library.files
    for number, topic in enumerate(topics):
        nodes.setdefault(topic.name, _Node(topic.name, topic.name))
        first.setdefault(topic.name, number)
    named = named_before(topics)
    loose: list[tuple[_Node, int]] = []
    for name, number in first.items():
        node = nodes[name]
        wanted = dict.fromkeys(topics[other].name for other in named.get(number, ()))
        node.before = [other for other in wanted if other != name]
        for other in node.before:
            nodes[other].after.append(name)
        earlier = [other for other in node.before if first[other] < number]  # in a circle, the first stays first
        if earlier:
            above = max(earlier, key=first.__getitem__)
            node.title = topics[number].title if topics[first[above]].folder == topics[number].folder else name
            nodes[above].below.append(node)
        else:
            loose.append((node, number))
    return _in_folders(loose, topics, files, library.root)


def _in_folders(
    loose: Sequence[tuple[_Node, int]], topics: Sequence[Topic], files: Sequence[str], root: str
) -> list[_Node]:
    """The topics that come after no other, below the folders of their notes; without those where there is only one.

    Each comes with the number of its note.
    """
    top = os.path.join(os.path.abspath(root), "")
    below = [files[number].removeprefix(top) for _, number in loose]
    found = ["" if os.path.isabs(path) else os.path.dirname(path) for path in below]
    if len(set(found)) < 2:
        return [node for node, _ in loose]
    folders: dict[str, _Node] = {"": _Node("", "")}

    def of(path: str) -> _Node:
        if path not in folders:
            name = os.path.basename(path)
            folders[path] = _Node(name, name, path.replace(os.sep, "/"))
            of(os.path.dirname(path)).below.append(folders[path])
        return folders[path]

    for (node, number), folder in zip(loose, found, strict=True):
        node.title = topics[number].title if folder else node.name
        of(folder).below.append(node)
    return folders[""].below


def _has_cards(node: _Node, by_topic: Mapping[str, TopicLoad]) -> bool:
    """Whether a topic or one below it has cards; those that have none are cut off."""
    node.below = [one for one in node.below if _has_cards(one, by_topic)]
    return bool(node.below) or (not node.folder and node.name in by_topic)


def _lay_out(
    nodes: Sequence[_Node], lines: str, by_topic: Mapping[str, TopicLoad], places: list[Place], depth: int
) -> None:
    for node in nodes:
        last = node is nodes[-1]
        stem = "" if depth == 0 else lines + ("╰─" if last else "├─")
        places.append(_place(node, stem, by_topic))
        deeper = lines if depth == 0 or depth > _DEEPEST else lines + ("  " if last else "│ ")
        _lay_out(node.below, deeper, by_topic, places, depth + 1)


def _place(node: _Node, lines: str, by_topic: Mapping[str, TopicLoad]) -> Place:
    names = tuple(_within(node)) if node.folder else (node.name,)
    loads = [by_topic[name] for name in names if name in by_topic]
    known = [(load.recall, load.seen) for load in loads if load.recall is not None]
    seen = sum(number for _, number in known)
    return Place(
        name=node.name,
        title=node.title,
        lines=lines,
        topics=tuple(load.topic for load in loads),
        new=sum(load.new for load in loads),
        due=sum(load.due for load in loads),
        total=sum(load.total for load in loads),
        seen=sum(load.seen for load in loads),
        recall=sum(recall * number for recall, number in known) / seen if seen else None,
        folder=node.folder,
        before=tuple(node.before),
        after=tuple(node.after),
    )


def _within(node: _Node) -> list[str]:
    """The topics of a folder: all below it."""
    return [name for one in node.below for name in ([] if one.folder else [one.name]) + _within(one)]
