"""Files read and parsed, many at a time; in worker processes where there is enough to do."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from studytool.notes.codec import Plain, pack, summary
from studytool.notes.identity import digest_of
from studytool.notes.own import nearest
from studytool.notes.vault import DEFAULT_VAULT, Vault, inferred_separators
from studytool.notes.walk import why_unread

if TYPE_CHECKING:
    from studytool.notes.index import Head

LARGEST = 20_000_000
"""Bytes above which a file is not read: the largest real note seen has 3 MB."""
_WORTH_WORKERS = 1_500_000
"""Bytes of notes that take one process about as long as it takes others to start."""
_CHUNK = 250_000
"""Bytes that are read step by step together, and given to a worker at a time: some tenths of a second of work."""
_MOST_WORKERS = 8


class Job(NamedTuple):
    """A file to read: its absolute path, its size, its path relative to the root, the digest it had when last read."""

    path: str
    size: int
    place: str
    known: bytes = b""


class Read(NamedTuple):
    """What came of a job: a head and its packed note, a trouble (code, message, hint, line), or neither: as it was."""

    path: str
    head: Head | None = None
    packed: bytes = b""
    trouble: tuple[str, str, str, int] | None = None
    lasting: bool = True
    """Whether the trouble is in the content, so that it lasts until the file changes."""
    separators: tuple[str, ...] = ()
    """What the schedules in the note show to part the sides of cards."""


class Manner(NamedTuple):
    """How notes are to be read: the levels of card that are wanted, and how the vault's plugins are set."""

    levels: tuple[str, ...]
    vault: Vault
    off: tuple[str, ...] = ()
    """The names of the dialects that make no cards."""
    graphs: tuple[str, ...] = ()
    """The folders that are graphs of Logseq."""
    own: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] | None = None
    """The levels, and the dialects that are off, of each path of the library, where these are not the same for all."""

    roots: Mapping[str, str] | None = None
    """The root of the vault that each path of the library belongs to, where this is not the same for all."""
    vaults: Mapping[str, Vault] = {}
    """How the plugins are set in those of these vaults that have settings, or show it, by their roots."""

    def made_of(self, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The levels that are wanted of the note at an absolute path, and the dialects that make no cards of it."""
        return (nearest(path, self.own) if self.own else None) or (self.levels, self.off)

    def vault_of(self, path: str) -> Vault:
        """How the plugins are set for the note at an absolute path."""
        vault = self.vaults.get(self.root_of(path), DEFAULT_VAULT) if self.roots else self.vault
        if not any(path.startswith(os.path.join(one, "")) for one in self.graphs):
            return vault
        return replace(vault, graph=True)

    def root_of(self, path: str) -> str:
        """The root of the vault that an absolute path belongs to; empty where all paths belong to one."""
        return (nearest(path, self.roots) or "") if self.roots else ""


def read_all(jobs: Sequence[Job], manner: Manner, workers: int | None = None) -> Iterator[list[Read]]:
    """Read and parse the files of `jobs`; yields what came of them, in pieces and in no order.

    `workers` is the number of processes, as many as the machine has cores (at most 8) when it is None; files of little
    weight are read in this one.
    """
    wanted = min(_cores(), _MOST_WORKERS) if workers is None else workers
    if wanted < 2 or (workers is None and sum(job.size for job in jobs if job.size <= LARGEST) < _WORTH_WORKERS):
        for chunk in _chunks(jobs):
            yield read_chunk(chunk, manner)
        return
    from studytool.notes.pool import read_by_workers  # 4 ms, and not many starts have so much to read

    yield from read_by_workers(list(_chunks(jobs)), manner, wanted)


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _chunks(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    weight = 0
    for job in jobs:
        chunk.append(job)
        weight += job.size + 1000
        if weight >= _CHUNK:
            yield chunk
            chunk, weight = [], 0
    if chunk:
        yield chunk


def read_chunk(jobs: Sequence[Job], manner: Manner) -> list[Read]:
    """What comes of each of these files."""
    found: list[Read] = []
    texts: list[tuple[Job, bytes, str]] = []
    for job in jobs:
        told = _text_of(job)
        if isinstance(told, Read):
            found.append(told)
        else:
            texts.append((job, *told))
    if texts:
        from studytool.notes.parse import parse_plain  # brings all dialects, 60 ms: not before it is needed
        from studytool.notes.reader import Source

        for alike in _alike(texts, manner):
            sources = [Source(text, job.path, job.place) for job, _, text in alike]
            first = alike[0][0].path
            notes = parse_plain(sources, *manner.made_of(first), manner.vault_of(first))
            found += [
                _made_of(job.path, note, digest, text) for note, (job, digest, text) in zip(notes, alike, strict=True)
            ]
    return found


def _alike(texts: list[tuple[Job, bytes, str]], manner: Manner) -> Iterator[list[tuple[Job, bytes, str]]]:
    """The texts that are to be read in the same way, together."""
    if not manner.graphs and not manner.own and not manner.roots:
        yield texts
        return
    ways: dict[object, list[tuple[Job, bytes, str]]] = {}
    for one in texts:
        path = one[0].path
        way = manner.vault_of(path).graph, manner.root_of(path), manner.made_of(path)
        ways.setdefault(way, []).append(one)
    yield from ways.values()


def _text_of(job: Job) -> tuple[bytes, str] | Read:
    """The digest and the text of a file; what came of it where it cannot be read or is as it was."""
    content = content_of(job.path)
    if isinstance(content, tuple):
        return Read(job.path, trouble=content, lasting=content[0] != "unreadable")
    digest = digest_of(content)
    if digest == job.known:
        return Read(job.path)
    text = decoded(content)
    return Read(job.path, trouble=text) if isinstance(text, tuple) else (digest, text)


def _made_of(path: str, told: Plain, digest: bytes, text: str) -> Read:
    known = summary(told)
    head = (path, digest, known.name, known.topic, known.keys, known.scheduled, known.siblings, "")
    return Read(path, head, pack(told), separators=inferred_separators(text))


def content_of(path: str) -> bytes | tuple[str, str, str, int]:
    """The bytes of a file, or the trouble with it."""
    try:
        if not os.path.isfile(path):
            if not os.path.lexists(path):
                return "unreadable", "This file is gone.", "Read the notes again.", 1
            return "unreadable", "This is not an ordinary file.", "Name a markdown or text file.", 1
        if (size := os.path.getsize(path)) > LARGEST:
            told = f"This file has {size / 1e6:.0f} MB, more than the {LARGEST // 1_000_000} MB that a note may have."
            return "too-large", told, "Split it into smaller notes.", 1
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        return "unreadable", *why_unread(path, error), 1


def decoded(content: bytes) -> str | tuple[str, str, str, int]:
    """The text of a note's bytes, UTF-8 or UTF-16 with its mark; or the trouble with them."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if content[::2].count(0) and content[1::2].count(0):  # UTF-16 without its mark has zeros at every other place
            told = "This file is no note: it is no text, but a picture, a PDF or the like."
            return "not-utf8", told, "Notes are markdown or plain text.", 1
        line = content.count(b"\n", 0, error.start) + 1
        told = f"This file is not UTF-8: byte {error.start} cannot be read."
        return "not-utf8", told, "Save it as UTF-8 in your editor.", line


def text_of(path: str) -> str:
    """The text of a file that was read before; nothing where it cannot be read now."""
    content = content_of(path)
    text = decoded(content) if isinstance(content, bytes) else ""
    return text if isinstance(text, str) else ""
