"""Many short texts as the bytes of one, looked at in the same place of many of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

MARGIN = 64
"""Bytes that may be looked at beyond the last text."""


class Texts:
    """Texts given one by one, or as the lines of one text."""

    def __init__(self, texts: Sequence[str] | str) -> None:
        if isinstance(texts, str):
            self._whole = texts.encode() + bytes(MARGIN)
            self.bytes = np.frombuffer(self._whole, np.uint8)
            self.ends = np.append(np.flatnonzero(self.bytes == ord("\n")), len(self._whole) - MARGIN)
            self.begins = np.append(0, self.ends[:-1] + 1)
        else:
            parts = [text.encode() for text in texts]
            self._whole = b"".join(parts) + bytes(MARGIN)
            self.bytes = np.frombuffer(self._whole, np.uint8)
            self.ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
            self.begins = np.append(0, self.ends)[:-1]
        self._words = np.ndarray((len(self._whole) - 7,), np.dtype("<u8"), self._whole, strides=(1,))

    def __len__(self) -> int:
        return len(self.begins)

    def at(self, rows: Ints) -> list[str]:
        """Some of the texts."""
        spans = zip(self.begins[rows].tolist(), self.ends[rows].tolist(), strict=True)
        return [self._whole[begin:end].decode() for begin, end in spans]

    def words(self, at: Ints) -> NDArray[np.uint64]:
        """The eight bytes that begin at each place, as a number."""
        found: NDArray[np.uint64] = self._words[at]
        return found

    def has(self, at: Ints, word: bytes) -> NDArray[np.bool_]:
        """Where the eight bytes of `word` stand."""
        found: NDArray[np.bool_] = self._words[at] == int.from_bytes(word, "little")
        return found

    def digit(self, at: Ints) -> NDArray[np.uint8]:
        """The digit at a place; more than 9 where there is none."""
        found: NDArray[np.uint8] = self.bytes[at] - np.uint8(ord("0"))
        return found
