"""One note: text in, cards, questions and diagnostics out. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from studytool.notes.checks import may_check, without_checks
from studytool.notes.claims import Dialect
from studytool.notes.codec import Plain, note_of
from studytool.notes.dialects import DIALECTS, anki_text, gift, text2qti
from studytool.notes.frontmatter import FrontMatter, read_front_matter
from studytool.notes.markdown import Block, blocks_of, found_in
from studytool.notes.model import LEVELS, Note
from studytool.notes.outline import outlined, unmarked
from studytool.notes.reader import Reader, Scanned, Source
from studytool.notes.vault import DEFAULT_VAULT, Vault
from studytool.text import clean


def parse_note(
    text: str,
    path: str,
    *,
    levels: Sequence[str] = LEVELS,
    off: Collection[str] = (),
    vault: Vault = DEFAULT_VAULT,
    place: str = "",
) -> Note:
    """The note in `text`. `path` is what its spans say; `levels` are the levels of card that are wanted.

    Dialects whose names are in `off` make no cards: what they would take is left to the others, but to make the same
    cards of it. Lines that have marks of their own are left to none, whether their dialect or its level is off.
    `vault` says how its author's plugins are set; `place` is the path relative to the root of the vault, with `/`.
    """
    return note_of(parse_plain([Source(text, path, place)], levels, off, vault)[0], path)


def parse_plain(sources: Sequence[Source], levels: Sequence[str], off: Collection[str], vault: Vault) -> list[Plain]:
    """The notes in several texts, as `parse_note` makes each and `codec.plain` writes it.

    All of them take one step before any takes the next: what a step runs through is then in the processor's cache,
    where all the steps together have no room.
    """
    opened = [_opened(source, vault) for source in sources]
    found = [found_in(one.body) for one in opened]
    scanned = [one.scanned(blocks_of(blocks, one.body)) for one, blocks in zip(opened, found, strict=True)]
    readers = [Reader(one, levels, vault) for one in scanned]
    for reader in readers:
        reader.look()
    usual = [reader for reader in readers if not reader.scanned.form]
    for reader in usual:
        reader.page.idle = _idle(reader.wanted, frozenset(off))
    for dialect in DIALECTS:
        for reader in usual:
            idle = dialect.name in reader.page.idle
            if (idle and not dialect.owns and dialect.level not in reader.wanted) or not reader.wanted:
                continue
            if not dialect.signs or dialect.may_find(reader.page):
                (reader.bar if idle else reader.read)(dialect)
    for reader in readers:
        form = reader.scanned.form
        if form and form.level in reader.wanted and form.name not in off:
            reader.read(form)
        reader.finish()
    return [reader.note() for reader in readers]


@lru_cache(maxsize=64)
def _idle(wanted: frozenset[str], off: frozenset[str]) -> frozenset[str]:
    """The names of the dialects that make no cards where these levels are wanted and those are off."""
    return frozenset(one.name for one in DIALECTS if one.level not in wanted or one.name in off)


class _Opened(NamedTuple):
    """A text as its lines; `front` and what goes for its blocks: lines to find them in, or those of its `form`."""

    source: Source
    lines: list[str]
    front: FrontMatter
    body: Sequence[str] = ()
    form: Dialect | None = None
    blocks: tuple[Block, ...] = ()

    def scanned(self, blocks: tuple[Block, ...]) -> Scanned:
        return Scanned(self.source, self.lines, self.front, self.blocks if self.form else blocks, self.form)


def _opened(source: Source, vault: Vault) -> _Opened:
    lines = clean(source.text).removeprefix("\ufeff").split("\n")
    if may_check(source.text):
        lines = without_checks(lines)
    if vault.graph:
        lines = unmarked(lines)
    if gift.is_gift(source.path):
        return _Opened(source, lines, FrontMatter(), (), gift.DIALECT, gift.file_blocks(lines))
    if anki_text.is_export(lines):
        return _Opened(source, lines, FrontMatter(), (), anki_text.DIALECT, anki_text.file_blocks(lines))
    if text2qti.is_quiz(lines):
        return _Opened(source, lines, FrontMatter(), (), text2qti.DIALECT, text2qti.file_blocks(lines))
    front = read_front_matter(lines)
    body = [""] * front.end + lines[front.end :] if front.end else lines
    return _Opened(source, lines, front, outlined(body) if vault.graph and "\t- " in source.text else body)
