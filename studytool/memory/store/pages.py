"""What the pages of a damaged database still hold, read without SQLite: leaves of tables and indexes, one by one.

The format is that of https://www.sqlite.org/fileformat2.html, sections 1.6 (pages and cells), 2.1 (records) and 4
(the write-ahead log).
"""

from __future__ import annotations

import mmap
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_LEAF, _INDEX_LEAF, _INDEX_INNER = 0x0D, 0x0A, 0x02
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SIZES = frozenset(2**n for n in range(9, 17))
_DEFAULT = 4096
_LONGEST = 2**24
"""Bytes of a record; one that claims more is not read."""

Value = int | str | None


class Pages:
    """The pages of a database file and of the write-ahead log beside it; either may be missing or damaged."""

    def __init__(self, path: Path) -> None:
        self._file, journal = _content(path), _content(path.with_name(path.name + "-wal"))
        self.size = (
            _size(self._file[16:18]) or (_size_in_journal(journal[8:12]) if len(journal) >= 32 else 0) or _DEFAULT
        )
        self._frames: list[tuple[int, bytes]] = []  # of the journal: number of the page, and the page
        at = 32
        while at + 24 + self.size <= len(journal):
            self._frames.append((int.from_bytes(journal[at : at + 4], "big"), journal[at + 24 : at + 24 + self.size]))
            at += 24 + self.size
        self._latest = dict(self._frames)

    def records(self, columns: int) -> Iterator[tuple[Value, ...]]:
        """The records with so many columns, of numbers and text, that some page still holds; one may come twice."""
        for number, page in self._all():
            start = 100 if number == 1 and page[:6] == b"SQLite" else 0
            kind = page[start] if len(page) > start else 0
            if kind in (_LEAF, _INDEX_LEAF, _INDEX_INNER):
                for at in _cells(page, start, 12 if kind == _INDEX_INNER else 8):
                    with suppress(IndexError, ValueError):
                        found = self._record(page, at + 4 * (kind == _INDEX_INNER), kind == _LEAF, columns)
                        if found is not None:
                            yield found

    def _all(self) -> Iterator[tuple[int, bytes]]:
        for at in range(0, len(self._file), self.size):
            yield at // self.size + 1, self._file[at : at + self.size]
        yield from self._frames

    def _page(self, number: int) -> bytes:
        page = self._latest.get(number)
        if page is None:
            page = self._file[(number - 1) * self.size : number * self.size]
        if len(page) < self.size:
            raise ValueError("there is no such page")
        return page

    def _record(self, page: bytes, at: int, is_table: bool, columns: int) -> tuple[Value, ...] | None:
        length, at = _varint(page, at)
        if not columns < length <= _LONGEST:
            return None
        if is_table:
            _, at = _varint(page, at)  # the number of the row
        here = _local(length, self.size, is_table)
        held = page[at : at + here]
        if len(held) < here:
            return None
        if here < length and not _fits(held, columns):
            return None
        parts, following, left = [held], int.from_bytes(page[at + here : at + here + 4], "big"), length - here
        while left > 0:
            more = self._page(following)
            parts.append(more[4 : 4 + min(left, self.size - 4)])
            left -= self.size - 4
            following = int.from_bytes(more[:4], "big")
        return _values(b"".join(parts), columns)


def _content(path: Path) -> bytes | mmap.mmap:
    try:
        with path.open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # not there, or empty
        return b""


def _size(told: bytes) -> int:
    size = int.from_bytes(told, "big")
    size = 65536 if size == 1 else size
    return size if size in _SIZES else 0


def _size_in_journal(told: bytes) -> int:
    size = int.from_bytes(told, "big")
    return size if size in _SIZES else 0


def _cells(page: bytes, start: int, head: int) -> list[int]:
    """Where the cells of a page begin."""
    count = int.from_bytes(page[start + 3 : start + 5], "big")
    first = start + head
    found = [int.from_bytes(page[at : at + 2], "big") for at in range(first, min(first + 2 * count, len(page) - 1), 2)]
    return [at for at in found if first < at < len(page)]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for n in range(9):
        byte = data[at + n]
        if n == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    raise ValueError("unreachable")


def _local(length: int, size: int, is_table: bool) -> int:
    """How many bytes of a record lie on its own page; the others are on overflow pages."""
    most = size - 35 if is_table else (size - 12) * 64 // 255 - 23
    if length <= most:
        return length
    least = (size - 12) * 32 // 255 - 23
    some = least + (length - least) % (size - 4)
    return some if some <= most else least


def _types(data: bytes) -> tuple[list[int], int]:
    head, at = _varint(data, 0)
    kinds = []
    while at < head:
        kind, at = _varint(data, at)
        kinds.append(kind)
    return kinds, head


def _fits(data: bytes, columns: int) -> bool:
    return len(_types(data)[0]) == columns


def _values(data: bytes, columns: int) -> tuple[Value, ...] | None:
    kinds, at = _types(data)
    if len(kinds) != columns:
        return None
    values: list[Value] = []
    for kind in kinds:
        if kind == 0:
            values.append(None)
        elif kind in (8, 9):
            values.append(kind - 8)
        elif kind in _INTEGERS:
            values.append(int.from_bytes(data[at : at + _INTEGERS[kind]], "big", signed=True))
            at += _INTEGERS[kind]
        elif kind >= 13 and kind % 2:
            length = (kind - 13) // 2
            values.append(data[at : at + length].decode())
            at += length
        else:
            return None
    return tuple(values) if at == len(data) else None
