"""From paths to a library: what changed since the index was made is read again, the rest is known."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from studytool import __version__
from studytool.errors import StudytoolError
from studytool.notes.alike import note_in, told_apart
from studytool.notes.around import Around, library_root, roots_of
from studytool.notes.codec import unpack, unpack_topic
from studytool.notes.identity import digest_of
from studytool.notes.index import Catalogue, Head, Index, sources
from studytool.notes.model import LEVELS, Diagnostic, Library, Note, Span
from studytool.notes.order import study_order
from studytool.notes.own import Own, nearest
from studytool.notes.reading import Job, Manner, Read, content_of, read_all, text_of
from studytool.notes.shelved import Shelved
from studytool.notes.vault import DEFAULT_VAULT, Vault, is_ignored, read_vault, with_inferred
from studytool.notes.walk import EXTENSIONS, Rules, Scan, Stamp, Tops, differences, graphs_around, reading_order, scan

_UNSURE_NS = 2_000_000_000
"""A file changed so shortly before it was read may be changed once more at, to the clock of the disk, the same time."""


def load_library(
    paths: Sequence[Path],
    *,
    levels: Sequence[str] = LEVELS,
    root: Path | None = None,
    cache: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Library:
    """The notes in `paths`, files and folders, as one library.

    `levels` are the levels of card that are wanted; `root` is the folder the notes belong to (`library_root` finds it);
    `cache` is the folder where the index is kept, without one every file is read; `progress` is told how many files are
    read, and of how many. Raises `UsageError` for a path that does not exist, `StudytoolError` when there is nothing
    to read.
    """
    shelf = Shelf(paths, levels=levels, root=root, cache=cache)
    for step in shelf.read():
        if progress:
            progress(step.done, step.total)
    library = shelf.library()
    if not library.notes:
        raise nothing_to_read(paths, library.diagnostics)
    return library


def nothing_to_read(paths: Sequence[Path], troubles: Sequence[Diagnostic]) -> StudytoolError:
    """The error of a library without a note that could be read."""
    if troubles:
        first = troubles[0]
        more = f" ({len(troubles) - 1} more like it)" if len(troubles) > 1 else ""
        return StudytoolError(f"{first.span}: {first.message}{more}", first.hint)
    named = ", ".join(f"`{path}`" for path in paths) or "no path"
    return StudytoolError(
        f"There are no notes in {named}.",
        f"Put markdown or text files there ({', '.join(EXTENSIONS)}), or name another folder.",
    )


@dataclass(frozen=True, slots=True)
class Step:
    """How far reading has come, in files."""

    done: int
    total: int


class Shelf:
    """The files of a library and what they yielded, kept up to date: read, read again what changed, hand out libraries.

    What `own` says of some of the `paths`, those of other libraries, holds there in place of `levels`, `off`, `ignore`;
    so do the settings of the plugins of each vault, unless `root` says that all paths are of one.
    Not for several threads at once; the libraries that it hands out are.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        *,
        levels: Sequence[str] = LEVELS,
        off: Sequence[str] = (),
        root: Path | None = None,
        ignore: Sequence[str] = (),
        own: Mapping[Path, Own] | None = None,
        cache: Path | None = None,
        workers: int | None = None,
    ) -> None:
        self._tops = Tops(paths)
        self._tops.check()
        self.root = root or library_root(paths[0])
        self._root = os.path.abspath(self.root)
        self._around = Around(self._root, self._tops)
        roots = {} if root else roots_of(self._tops.absolute)
        self._roots = roots if len(set(roots.values())) > 1 else {}
        told_by = ((one, read_vault(Path(one))) for one in dict.fromkeys([self._root, *self._roots.values()]))
        self._vaults = {one: vault for one, vault in told_by if one == self._root or vault != DEFAULT_VAULT}
        self._workers = workers
        usual = Own(tuple(levels), tuple(off), tuple(ignore), self._root)
        ways = {}
        for path, top in zip(paths, self._tops.absolute, strict=True):
            way = (own or {}).get(path, usual)
            ways[top] = way if way.root else way._replace(root=roots.get(top, self._root))
        made = _made(ways, usual)
        self._rules = _rules(ways)
        version = f"{__version__} {sources()} {self._vaults!r}"
        more = [list(one.items()) for one in (made, self._roots) if one]
        told = (self._tops.absolute, self._root, usual.levels, sorted(off), *more)
        name = digest_of(repr(told).encode("utf-8", "replace")).hex()
        self._index = Index(cache / f"{name}.sqlite" if cache else None, version)
        self._catalogue = self._index.catalogue() or Catalogue()
        vaults = self._inferred()
        graphs = self._catalogue.graphs
        self._manner = Manner(usual.levels, vaults[self._root], usual.off, graphs, made, self._roots, vaults)
        if self._catalogue.manner != repr(vaults):
            self._catalogue = Catalogue()
        self._scan = Scan()
        self._last: Shelved | None = None
        self._is_amid = False  # whether files are being read, and topics of one title are not told apart yet
        self._gone: dict[str, tuple[str, str, str, int]] = {}  # troubles that are no fault of a file's content
        self._unsaved: tuple[list[tuple[str, bytes]], Sequence[str]] | None = None

    def read(self) -> Iterator[Step]:
        """Bring the shelf up to date with the disk, a piece at a time; ended early, it keeps what has been read."""
        try:
            yield from self._look()
        finally:
            self.keep()

    def _look(self) -> Iterator[Step]:
        usual = DEFAULT_VAULT.flashcards.ignored
        leaves_out = self._rules or any(vault.flashcards.ignored != usual for vault in self._vaults.values())
        self._scan = scan(self._tops, self._ignored if leaves_out else None)
        catalogue = self._catalogue
        away = self._away()
        self._take_graphs()
        if not catalogue.unsure and catalogue.holds(self._scan):
            return  # the usual start
        changed, gone = differences(catalogue.files, self._scan.files)
        again = [path for path in catalogue.unsure if path in self._scan.files and path not in away]
        yield from self._take(list(dict.fromkeys([*changed, *again])), gone)

    def _take_graphs(self) -> None:
        """Take in which folders are graphs of Logseq; what was read of notes when they were none, or still, goes."""
        catalogue = self._catalogue
        gone = (graph for graph in catalogue.graphs if not os.path.exists(graph))  # on a drive that is not mounted
        graphs = tuple(sorted({*self._scan.graphs, *graphs_around(self._tops), *gone}))
        if changed := tuple(os.path.join(one, "") for one in set(graphs) ^ set(catalogue.graphs)):
            catalogue.graphs = graphs
            catalogue.heads = [head for head in catalogue.heads if not head[0].startswith(changed)]
            for path in [path for path in catalogue.files if path.startswith(changed)]:
                del catalogue.files[path]
        self._manner = self._manner._replace(graphs=graphs)

    def _away(self) -> Collection[str]:
        """The files of folders that have gone since the shelf was made: what was read of them stays, as they may be on
        a drive that is not mounted, and that is no edit.
        """
        missing = (top for top in self._tops.absolute if not os.path.exists(top))
        tops = [top for top in missing if top not in self._catalogue.files]
        if not tops:
            return {}
        below = tuple(os.path.join(top, "") for top in tops)
        away = {path: stamp for path, stamp in self._catalogue.files.items() if path.startswith(below)}
        self._scan.files.update(away)
        self._scan.troubles = [trouble for trouble in self._scan.troubles if trouble.path not in tops]
        return away

    def read_again(
        self, paths: Collection[str], goes_on: Callable[[Step], bool] | None = None, *, known_only: bool = False
    ) -> bool:
        """Bring the shelf up to date where `paths` (absolute) lie, not looking at the rest. True if that changed it.

        A path that is no file of the library yet has the whole of it looked at: a folder may have been moved in. So has
        no path at all. With `known_only` such paths are left for later, as are files that have gone. `goes_on` is told
        how far it has come, and may end it: what has been read is kept.
        """
        before = self._catalogue.heads
        known = {path: stamp for path in paths if path in self._scan.files and (stamp := _stamp(path))}
        if known_only or (paths and known.keys() >= set(paths)):
            self._scan.files.update(known)
            steps = self._take(list(known), []) if known else iter(())
        else:
            steps = self._look()
        for step in steps:
            if goes_on is not None and not goes_on(step):
                break
        return self._catalogue.heads != before

    def keep(self) -> None:
        """Write down in the index what has been read."""
        if self._unsaved is not None:
            self._catalogue.list_as(self._scan.files)
            self._index.store(self._catalogue, *self._unsaved)
        self._unsaved = None

    def library(self) -> Library:
        """The library as it has been read so far: a value that later reading does not change."""
        told = {trouble.path: ("unreadable", trouble.message, trouble.hint, 1) for trouble in self._scan.troubles}
        troubles = []
        for root, vault in self._vaults.items():
            hint = "Correct that file, or save the settings of the plugin again."
            span = Span(str(self.root) if root == self._root else self._tops.shown(root), 1, 1, 1)
            if vault.problem:
                troubles.append(Diagnostic(span, "warning", "vault-settings", vault.problem, hint))
        for path, (code, message, hint, line) in sorted({**told, **self._catalogue.troubles, **self._gone}.items()):
            span = Span(self._tops.shown(path), line, 1, line)
            troubles.append(Diagnostic(span, "error", code, message, hint))
        before, heads = self._last, self._catalogue.heads
        heads = told_apart(heads, self._roots) if self._is_amid else heads
        self._last = Shelved(str(self.root), heads, troubles, self._note_of, self._around, before, self._roots)
        return self._last

    def close(self) -> None:
        """Close the index."""
        self._index.close()

    def _take(self, changed: Sequence[str], gone: Sequence[str]) -> Iterator[Step]:
        """Read the changed files; and those that read otherwise once they have shown how this vault writes cards."""
        self._unsaved = ([], gone)
        before = self._manner.vaults
        self._catalogue.manner = repr(before)
        yield from self._round(changed, gone)
        if (vaults := self._inferred()) != before:
            both = [[told.get(one, DEFAULT_VAULT) for told in (vaults, before)] for one in {*vaults, *before}]
            inline = [[set(vault.flashcards.inline) for vault in pair] for pair in both]
            separators = [one.encode() for now, then in inline for one in now ^ then]
            self._manner = self._manner._replace(vault=vaults[self._root], vaults=vaults)
            again = [head[0] for head in self._catalogue.heads if _may_depend(head[0], separators)]
            yield from self._round(again, [], anew=True)
            self._catalogue.manner = repr(vaults)

    def _inferred(self) -> dict[str, Vault]:
        """Each vault by its root, with what its notes show where it has no settings that say it."""
        often: dict[str, Counter[str]] = {}
        for path, told in self._catalogue.separators.items():
            often.setdefault(self._root_of(path), Counter()).update(told)
        shown = {root: sorted(told, key=lambda one: (-told[one], one)) for root, told in often.items()}
        vaults = {**dict.fromkeys(sorted(shown), DEFAULT_VAULT), **self._vaults}
        return {root: with_inferred(vault, shown.get(root, ())) for root, vault in vaults.items()}

    def _round(self, changed: Sequence[str], gone: Sequence[str], *, anew: bool = False) -> Iterator[Step]:
        """Read files; with `anew` those too whose content is the same as before."""
        catalogue, files = self._catalogue, self._scan.files
        before = {head[0]: head for head in catalogue.heads}
        heads = before.copy()
        for path in gone:
            heads.pop(path, None)
            for told in (catalogue.files, catalogue.troubles, catalogue.separators):
                told.pop(path, None)
        self._gone = {}
        order = reading_order(changed, self._tops)
        digests = {} if anew else {path: heads[path][1] for path in order if path in heads}
        jobs = [Job(path, files[path][0], self._place(path), digests.get(path, b"")) for path in order]
        now = time.time_ns()
        unsure, fresh = [], []
        done, self._is_amid = 0, True
        try:
            for found in read_all(jobs, self._manner, self._workers):
                self._index.add((read.path, read.head[1], read.packed) for read in found if read.head)
                for read in found:
                    self._put(read, heads)
                    if read.lasting and now - files[read.path][1] < _UNSURE_NS:
                        unsure.append(read.path)
                fresh += [read.head for read in found if read.head]
                done += len(found)
                catalogue.heads = list(heads.values())
                yield Step(done, len(jobs))
        finally:
            read_now = set(order)
            catalogue.unsure = (*(path for path in catalogue.unsure if path not in read_now), *unsure)
            catalogue.heads = told_apart(self._ordered(heads, before, fresh, order), self._roots)
            self._is_amid = False
            if self._unsaved:
                self._unsaved[0].extend(head[:2] for head in fresh)

    def _put(self, read: Read, heads: dict[str, Head]) -> None:
        """Take what came of one file into the catalogue."""
        troubles = self._catalogue.troubles
        troubles.pop(read.path, None)
        if read.lasting:
            self._catalogue.files[read.path] = self._scan.files[read.path]
        else:
            self._catalogue.files.pop(read.path, None)
        if read.head or read.trouble:
            self._catalogue.separators.pop(read.path, None)
        if read.separators:
            self._catalogue.separators[read.path] = read.separators
        if read.head:
            heads[read.path] = read.head
        elif read.trouble:
            heads.pop(read.path, None)
            (troubles if read.lasting else self._gone)[read.path] = read.trouble

    def _ordered(
        self, heads: dict[str, Head], before: dict[str, Head], fresh: Sequence[Head], read: Sequence[str]
    ) -> list[Head]:
        """The heads in study order, which was that of `before` when only `fresh` ones have changed.

        `read` are the files that have just been read, in the order of reading.
        """
        if heads.keys() == before.keys() and all(before[head[0]][3] == head[3] for head in fresh):
            return [heads[path] for path in before]  # a text has changed: the order has not
        if heads.keys() <= set(read):  # the first reading
            order = [path for path in read if path in heads]
        else:
            order = reading_order(list(heads), self._tops)
        listed = [heads[path] for path in order]
        return [listed[at] for at in study_order([unpack_topic(head[3], head[0]) for head in listed])]

    def _root_of(self, path: str) -> str:
        return (nearest(path, self._roots) if self._roots else None) or self._root

    def _place(self, path: str) -> str:
        below = os.path.join(self._root_of(path), "")
        return path[len(below) :].replace(os.sep, "/") if path.startswith(below) else ""

    def _ignored(self, path: str, is_folder: bool) -> bool:
        """Whether the settings of the library or of its plugins leave a path out."""
        rules = nearest(path, self._rules)
        told = rules.says(path, is_folder) if rules else None
        vault = self._vaults.get(self._root_of(path), DEFAULT_VAULT)
        return is_ignored(vault, self._place(path)) if told is None else told

    def _note_of(self, head: Head) -> Note:
        """The note of a head; read again from its file where the index has lost it or gone on without it."""
        return note_in(self._written(head), head[7])

    def _written(self, head: Head) -> Note:
        """The same, its topic by its title."""
        shown = self._tops.shown(head[0])
        packed = self._index.note(head[0], head[1])
        if packed is not None:
            with suppress(ValueError):  # a damaged index
                return self._linked(unpack(packed, shown), head[0])
        return self.parsed(text_of(head[0]), head[0])

    def parsed(self, text: str, path: str) -> Note:
        """What a text makes as the content of a file of this library, at an absolute path."""
        from studytool.notes.parse import parse_note

        manner, shown = self._manner, self._tops.shown(path)
        vault, place = manner.vault_of(path), self._place(path)
        levels, off = manner.made_of(path)
        return self._linked(parse_note(text, shown, levels=levels, off=off, vault=vault, place=place), path)

    def _linked(self, note: Note, path: str) -> Note:
        """The note at an absolute path, with its place as links lead there: from the first root, whatever its own."""
        return note if self._root_of(path) == self._root else replace(note, place=self._around.place(path))


def _rules(ways: Mapping[str, Own]) -> dict[str, Rules | None]:
    """What the settings leave out of each path; empty where they leave out nothing at all."""
    told = {(way.root, way.ignore): Rules(way.root, way.ignore) for way in ways.values() if way.ignore}
    return {path: told.get((way.root, way.ignore)) for path, way in ways.items()} if told else {}


def _made(ways: Mapping[str, Own], usual: Own) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]] | None:
    """The levels of each path, and the dialects that are off; None where they are the same for all."""
    if all(set(way.levels) == set(usual.levels) and set(way.off) == set(usual.off) for way in ways.values()):
        return None
    return {path: (way.levels, tuple(sorted(way.off))) for path, way in ways.items()}


def _may_depend(path: str, separators: Sequence[bytes]) -> bool:
    """Whether what a file yields may depend on what other notes show to part the sides of cards."""
    content = content_of(path)
    if not isinstance(content, bytes):
        return False
    return any(one in content for one in separators) or _PARTING_LINE.search(content) is not None


_PARTING_LINE = re.compile(rb"^[ \t>-]{0,9}[?|+;:~]{1,4}[ \t\r]{0,9}$", re.MULTILINE)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns
