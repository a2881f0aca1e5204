"""The rows of a long log as columns of numbers: when, of which kind, of which card, with which grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from studytool.memory.columns import LONGEST
from studytool.memory.events import ANSWERS
from studytool.memory.numbering import Numbering
from studytool.memory.payloads import Answers, parsed
from studytool.memory.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from studytool.memory.store.rows import Rows

    Ints = NDArray[np.int64]

_NOT_OF_A_CARD = ("undo", "parameters")


@dataclass(slots=True)
class Log:
    """The rows, numbered from 0 here, and what is worked out about them."""

    rows: Rows
    ms: Ints
    offset: NDArray[np.int16]
    kinds: dict[str, int]
    kind: NDArray[np.int16]
    answers: Answers
    """Grade, milliseconds and chosen days of each row, 0 where there is none that counts."""
    others: dict[int, Any]
    """The payloads that are not plain answers, by row."""
    keys: list[str]
    card: NDArray[np.int32]
    """-1 for an event that is no card's."""
    relinks: dict[int, int]
    """The number of the key from which each relink comes, by row."""

    def of_kind(self, *names: str) -> NDArray[np.bool_]:
        """Which rows are of these kinds."""
        found = np.zeros(len(self.kind), np.bool_)
        for name in names:
            if name in self.kinds:
                found |= self.kind == self.kinds[name]
        return found

    def payload(self, row: int) -> Mapping[str, Any]:
        """What an event says beside being an answer."""
        told: Mapping[str, Any] = self.others.get(row) or {}
        return told

    def answered(self) -> NDArray[np.bool_]:
        """Which rows are answers."""
        return self.of_kind(*ANSWERS) & (self.answers.grade > 0)


def in_columns(rows: Rows) -> Log:
    """All rows, read once; raises `ValueError` where they are not numbered one by one."""
    keys, kinds = Numbering(), {"review": 0}
    others: dict[int, Any] = {}
    columns: list[list[NDArray[Any]]] = []
    size = 0
    for part in rows.parts():
        numbers, when, zone = (np.fromstring(text, np.int64, sep="\n") for text in (part.row, part.ms, part.offset))
        if (numbers != np.arange(size + 1, size + len(numbers) + 1)).any():
            raise ValueError("rows are not in order")
        told, kind, card = parsed(Texts(part.payload)), np.zeros(len(when), np.int16), keys.of(Texts(part.card))
        for row, name, has_no_card in part.odd:
            at = row - size - 1
            kind[at] = kinds.setdefault(name, len(kinds))
            if has_no_card:
                card[at] = -1
        columns.append([when, zone.astype(np.int16), kind, card, *told.answers])
        others.update((size + row, payload) for row, payload in told.others.items())
        size += len(when)
    ms, offset, kind, card, *answers = (np.concatenate(column) for column in zip(*columns, strict=True))
    log = Log(rows, ms, offset, kinds, kind, Answers(*answers), others, [], card, {})
    _fill_in(log)
    _name_cards(log, keys)
    return log


def _name_cards(log: Log, numbering: Numbering) -> None:
    """Number the keys of which the log says anything, and find the relinks that connect two of them."""
    ours = ~log.of_kind(*_NOT_OF_A_CARD) & (log.card >= 0)
    ours[[row for row, told in log.others.items() if not isinstance(told, dict)]] = False
    for row in np.flatnonzero(log.of_kind("relink") & ours).tolist():
        source = log.payload(row).get("from")
        number = numbering.number(source) if isinstance(source, str) else log.card[row]
        ours[row] = number != log.card[row]
        if ours[row]:
            log.relinks[row] = int(number)
    keys = numbering.keys
    used = np.bincount(log.card[ours], minlength=len(keys)) > 0
    used[list(log.relinks.values())] = True
    number = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
    log.keys = [key for key, one in zip(keys, used.tolist(), strict=True) if one]
    log.card = np.where(ours, number[log.card], np.int32(-1))
    log.relinks = {row: int(number[source]) for row, source in log.relinks.items()}


def _fill_in(log: Log) -> None:
    """Put what the odd payloads say among the plain answers."""
    grade, took, days = log.answers
    for row, told in log.others.items():
        if isinstance(told, dict):
            value = told.get("grade")
            grade[row] = value if type(value) is int and 1 <= value <= 4 else 0
            value = told.get("took_ms")
            took[row] = min(max(value, 0), 2**31 - 1) if type(value) is int else 0
            value = told.get("days")
            days[row] = value if type(value) is int and 1 <= value <= LONGEST else 0
    days[(days > LONGEST) | ~log.of_kind("review")] = 0
