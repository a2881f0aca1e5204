"""Where a reference leads: the file of a library that a wikilink, an embed, an image or a link means. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from studytool.notes.facts import NOTE_ENDINGS, without_query
from studytool.notes.model import Note

_UNEVEN = re.compile(r"[ .](?:/|\Z)|  |[^\S ]|(?:\A|/) ")
"""What folding changes in a path."""
_CANDIDATES = 16
"""So many files of one name are told apart by their folders."""
_FOLDER_NOTES = ("text", "index", "readme")
"""Notes that go by the name of their folder as well."""


class Targets:
    """The files of a library, to be asked for by the names that notes use.

    `files` are all paths below the root, relative to it, with `/`; `notes` add their titles and aliases. `complete` is
    false where only some files are known: what is not among them may exist all the same. A look-up costs the same
    however many files there are.
    """

    def __init__(self, files: Iterable[str], notes: Iterable[Note] = (), *, complete: bool = True) -> None:
        self.complete = complete
        self._paths: dict[str, str] = {}
        """Each file by its path as it is compared, notes also without their ending."""
        self._names: dict[str, tuple[str, ...]] = {}
        """The first few files of each name, the nearest to the root first."""
        self._titles: dict[str, str] = {}
        self._known: dict[tuple[str, str], str | None] = {}
        """What was asked for before, by the folder and the target; empty for a part of the note that asks."""
        told = list(notes)
        paths = dict.fromkeys([*files, *(note.place for note in told)])
        for path in sorted(paths, key=_nearness):
            folded = _folded(path)
            self._paths.setdefault(folded, path)
            self._paths.setdefault(_without_ending(folded), path)
            for name in _names_of(folded):
                known = self._names.get(name, ())
                if len(known) < _CANDIDATES:
                    self._names[name] = (*known, path)
        for note in told:
            for title in (note.topic.title, *note.topic.aliases):
                self._titles.setdefault(_folded(title), note.place)

    def resolve(self, target: str, place: str) -> str | None:
        """The file that `target` means in the note at `place`, or None.

        A path from the note's folder or from the root (`/a.png`, `@/a.png`) comes first, then the name of a file, then
        a title or an alias of a note, whatever the folder and the case. Of several files of one name the nearest to the
        root is meant, but none by a path that leads to none. What follows `#` names a part of the file; `#` alone, the
        note itself.
        """
        folder = place.rpartition("/")[0]
        if (folder, target) not in self._known:
            readings = (self._at(wanted, folder) if wanted else "" for wanted in _readings(target))
            self._known[folder, target] = next((found for found in readings if found is not None), None)
        found = self._known[folder, target]
        return place if found == "" else found

    def leads_outside(self, target: str, place: str) -> bool:
        """Whether a path goes to where the library was not looked through: above the root, or a hidden folder."""
        parts = _joined(place.rpartition("/")[0], _plain(without_query(target.partition("#")[0]))).split("/")
        return any(part.startswith(".") for part in parts)

    def names(self) -> Sequence[str]:
        """The names of all files, without their folders."""
        return list(dict.fromkeys(path.rpartition("/")[2] for path in self._paths.values()))

    def _at(self, wanted: str, folder: str) -> str | None:
        rooted = wanted.startswith(("/", "@/"))
        wanted = wanted.removeprefix("@").lstrip("/") if rooted else wanted
        for start in ("",) if rooted or not folder else (folder, ""):
            if found := self._paths.get(_folded(_joined(start, wanted))):
                return found
        whole = _folded(wanted)
        if "/" not in whole:
            return self._names[whole][0] if whole in self._names else self._titles.get(whole)
        if found := self._titles.get(whole):  # a title may hold a slash
            return found
        parts = [part for part in whole.split("/") if part not in (".", "..", "")]
        for name in ("/".join(parts[-2:]), parts[-1]) if parts else ():
            known = self._names.get(name, ())
            ends = tuple(f"/{'/'.join(parts)}{ending}" for ending in ("", *NOTE_ENDINGS))
            if below := [path for path in known if _folded(path).endswith(ends)]:
                return below[0]  # in a library within the library
            if len(known) == 1:
                return known[0]
        return None


def _readings(target: str) -> Iterator[str]:
    """What a target may mean: as it stands, then without its part, then with `%20` as a blank. The first one counts."""
    target = target.strip()
    seen: set[str] = set()
    name = target.partition("#")[0]
    for reading in (target, name, "" if name.startswith("^") else without_query(name)):
        for text in (_plain(reading), _plain(unquoted(reading))):
            if text not in seen and (text or target.startswith(("#", "^"))):
                seen.add(text)
                yield text


def _plain(path: str) -> str:
    return path.replace("\\", "/").strip()


def unquoted(path: str) -> str:
    """A path without the `%20` of addresses."""
    if "%" not in path:
        return path
    from urllib.parse import unquote  # 10 ms, and hardly ever needed

    return unquote(path)


def _joined(folder: str, path: str) -> str:
    """`path` seen from `folder`, without `.` and `..` but for those that lead above the root."""
    if "/" not in path and not path.startswith("."):
        return f"{folder}/{path}" if folder else path
    parts = folder.split("/") if folder else []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def _folded(path: str) -> str:
    """A path as it is compared: composed, in one case, blanks folded, no blanks or dots at the ends of names."""
    if not path.isascii():
        path = unicodedata.normalize("NFC", path)
    path = path.casefold()
    if not _UNEVEN.search(path):
        return path
    return "/".join(" ".join(part.split()).rstrip(" .") or part for part in path.split("/"))


def _nearness(path: str) -> tuple[int, int, str]:
    """The order in which files of one name are taken: the one nearest to the root first."""
    return path.count("/"), len(path), path


def _without_ending(folded: str) -> str:
    stem, _, ending = folded.rpartition(".")
    return stem.rstrip(" .") or folded if f".{ending}" in NOTE_ENDINGS else folded


def _names_of(folded: str) -> Iterator[str]:
    """The names that a file goes by: with and without its ending, and with the folder it lies in."""
    folder, _, name = folded.rpartition("/")
    parent = folder.rpartition("/")[2]
    stem = _without_ending(name)
    for known in dict.fromkeys((name, stem)):
        yield known
        if parent:
            yield f"{parent}/{known}"
    if stem in _FOLDER_NOTES and parent:
        yield parent.removesuffix(".textbundle")
