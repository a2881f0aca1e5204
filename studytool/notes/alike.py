"""Topics of one title: those of notes that lie in several folders are told apart by the folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

from studytool.notes.index import KEY_BYTES, Head
from studytool.notes.model import Card, Note, Question, Topic
from studytool.notes.own import nearest

_Item = TypeVar("_Item", Card, Question)


def told_apart(heads: Sequence[Head], roots: Mapping[str, str] | None = None) -> list[Head]:
    """The heads, those of one title that lie in different folders each with as much of its own as tells it apart.

    Where several libraries are open, `roots` has that of each path that was opened: its name is the first of a folder.

    Notes without a card count for none, and so do those of which each card stands in others of their title before them.
    A head that stays as it was is the same object.
    """
    by_title: dict[str, list[Head]] = {}
    found: set[str] = set()
    for head in heads:
        if head[4]:
            if head[2] in found:
                by_title[head[2]] = []
            found.add(head[2])
    for head in heads:
        if head[4] and (alike := by_title.get(head[2])) is not None:
            alike.append(head)
    folder: dict[str, str] = {}
    for alike in map(_with_own, by_title.values()):
        folder.update(zip((head[0] for head in alike), _folders(alike, roots or {}), strict=True))
    if not folder and not any(head[7] for head in heads):
        return list(heads)
    wanted = [folder.get(head[0], "") for head in heads]
    return [head if head[7] == name else (*head[:7], name) for head, name in zip(heads, wanted, strict=True)]


def _with_own(heads: Sequence[Head]) -> list[Head]:
    """Those of the heads that have a card which none before them has: a copy of a folder has no topics of its own."""
    seen: set[bytes] = set()
    found = []
    for head in heads:
        keys = head[4]
        before = len(seen)
        seen.update(keys[at : at + KEY_BYTES] for at in range(0, len(keys), KEY_BYTES))
        if len(seen) > before:
            found.append(head)
    return found


def _folders(heads: Sequence[Head], roots: Mapping[str, str]) -> list[str]:
    """For each head the folders that lead to it and to none in another folder, with `/`; empty for those above all."""
    paths = [os.path.dirname(head[0]) for head in heads]
    different = set(paths)
    if len(different) < 2:
        return [""] * len(paths)
    parts = {path: _parts(path, nearest(head[0], roots)) for path, head in zip(paths, heads, strict=True)}
    if len(set(parts.values())) < len(different):  # libraries of one name
        parts = {path: _parts(path) for path in different}
    first, last = min(parts.values()), max(parts.values())  # all others begin as these two do
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False)))
    parts = {path: names[shared:] for path, names in parts.items()}
    led: dict[tuple[str, ...], int] = {}
    for names in parts.values():
        for at in range(1, len(names) + 1):
            led[names[:at]] = led.get(names[:at], 0) + 1
    return ["/".join(_enough(parts[path], led)) for path in paths]


def _parts(path: str, root: str | None = None) -> tuple[str, ...]:
    """The names of the folders that lead to a folder, from that of the root of its library, else from the first."""
    above = os.path.dirname(root) if root else ""
    return tuple(part for part in path.removeprefix(above).split(os.sep) if part)


def _enough(names: tuple[str, ...], led: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    return next((names[:at] for at in range(1, len(names)) if led[names[:at]] == 1), names)


def topic_in(topic: Topic, folder: str) -> Topic:
    """The topic as it is called beside others of its title."""
    return replace(topic, name=f"{folder}/{topic.name}", folder=folder) if folder else topic


def note_in(note: Note, folder: str) -> Note:
    """The note, its cards and questions with its topic as it is called beside others of its title."""
    if not folder:
        return note
    topic = topic_in(note.topic, folder)
    return replace(
        note,
        topic=topic,
        cards=_all_in(note.cards, topic.name, folder),
        questions=_all_in(note.questions, topic.name, folder),
    )


def _all_in(items: Iterable[_Item], topic: str, folder: str) -> tuple[_Item, ...]:
    return tuple(replace(item, topic=topic, folder=folder) for item in items)
