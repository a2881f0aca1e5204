"""The texts of a library, folded, in the user's cache: a file that may be deleted at any time."""

from __future__ import annotations

import contextlib
import marshal
import os
import tempfile
import time
import zlib
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import __version__
from studytool.search.texts import Facet, Facets, Piece

if TYPE_CHECKING:
    from studytool.notes.index import Head

_FORMAT = f"1 {__version__}"
_SUM = 4
_STAMP = 16
_SEASON = 90 * 86_400
"""Seconds after which a file that nobody has written is deleted."""
ENDING = ".texts"


def stamp(head: Head) -> bytes:
    """A name for what a search needs of a note: from the digest of its file, its topic, and the keys of its cards."""
    _, digest, _, topic, keys, *_ = head
    return blake2b(b"%b%d:%b%b" % (digest, len(topic), topic, keys), digest_size=_STAMP).digest()


def load(path: Path) -> tuple[dict[bytes, Piece], Facets]:
    """The pieces that were kept, by the stamp of their note; none where the file cannot be read or was damaged."""
    try:
        told = memoryview(path.read_bytes())
        if zlib.crc32(told[_SUM:]).to_bytes(_SUM, "big") != told[:_SUM]:
            return {}, Facets()
        form, stamps, counts, texts, facets, table = marshal.loads(told[_SUM:])
        if form != _FORMAT:
            return {}, Facets()
    except (OSError, ValueError, EOFError, TypeError):
        return {}, Facets()
    numbers = array("I", facets)
    pieces, at = {}, 0
    for place, count in enumerate(array("I", counts)):
        end = at + count
        name = stamps[place * _STAMP : (place + 1) * _STAMP]
        pieces[name] = Piece(tuple(texts[at:end]), tuple(numbers[at:end]))
        at = end
    return pieces, Facets([Facet(*plain) for plain in table])


def save(path: Path, stamps: Iterable[bytes], pieces: Sequence[Piece], facets: Facets) -> None:
    """Keep the pieces of a library; where that cannot be done, the next search takes longer and nothing else."""
    counts = array("I", [len(piece.texts) for piece in pieces])
    texts = [text for piece in pieces for text in piece.texts]
    numbers = array("I", [number for piece in pieces for number in piece.facets])
    table = [tuple(facet) for facet in facets.all]
    told = marshal.dumps((_FORMAT, b"".join(stamps), counts.tobytes(), texts, numbers.tobytes(), table))
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds the texts of cards
        _prune(path.parent)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=f"{ENDING}.new")
        try:
            with open(handle, "wb") as file:
                file.write(zlib.crc32(told).to_bytes(_SUM, "big"))
                file.write(told)
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise


def _prune(folder: Path) -> None:
    """Delete what nobody has written for a season, and what was left half written."""
    for entry in os.scandir(folder):
        if entry.name.endswith((ENDING, f"{ENDING}.new")) and entry.stat().st_mtime < time.time() - _SEASON:
            with contextlib.suppress(OSError):
                os.unlink(entry.path)
