"""From paths to a library: walks folders, reads files, puts notes in study order. The only part of notes that reads."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studytool.errors import StudytoolError, UsageError
from studytool.notes.model import LEVELS, Diagnostic, Library, Note, Span
from studytool.notes.order import in_study_order, names_of

EXTENSIONS = (".md", ".markdown", ".mdown", ".txt")
"""What counts as a note in a folder; a file that is named is read whatever its name."""
LARGEST = 20_000_000
"""Bytes above which a file is not read: the largest real note seen has 3 MB."""
_ROOT_MARKS = ("studytool.toml", ".obsidian", ".git")
_SKIPPED = frozenset({"node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    shown: str


def load_library(paths: Sequence[Path], *, levels: Sequence[str] = LEVELS, root: Path | None = None) -> Library:
    """The notes in `paths`, files and folders, as one library.

    `levels` are the levels of card that are wanted; `root` is the folder the notes belong to (`library_root` finds it).
    Raises `UsageError` for a path that does not exist, `StudytoolError` when there is nothing to read.
    """
    from studytool.notes.parse import parse_note  # brings markdown-it, 45 ms: not before it is needed

    notes: list[Note] = []
    troubles: list[Diagnostic] = []
    for file in _files(paths, troubles):
        text = _read(file, troubles)
        if text is not None:
            notes.append(parse_note(text, file.shown, levels=levels))
    if not notes:
        raise _nothing(paths, troubles)
    ordered = _answered(in_study_order(notes))
    found = [*_duplicates(ordered), *(diagnostic for note in ordered for diagnostic in note.diagnostics)]
    place = {note.path: at for at, note in enumerate(ordered)}
    found.sort(key=lambda one: (place[one.span.path], one.span.line, one.span.column))
    base = root or library_root(paths[0])
    return Library(str(base), tuple(ordered), (*troubles, *found))


def library_root(path: Path) -> Path:
    """The nearest folder at or above `path` with a `studytool.toml`, `.obsidian` or `.git`, else the path's own."""
    own = path if path.is_dir() else path.parent
    for folder in (own.absolute(), *own.absolute().parents):
        if any(os.path.exists(folder / mark) for mark in _ROOT_MARKS):  # Path.exists raises where it may not look
            return folder
    return own


def _files(paths: Sequence[Path], troubles: list[Diagnostic]) -> Iterator[_File]:
    """Each file once, in the order of the paths and, in a folder, of the names."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            path.stat()
        except FileNotFoundError:
            raise UsageError(f"There is no file or folder `{path}`.", "Check the path.") from None
        except OSError as error:
            raise UsageError(f"`{path}` cannot be read: {error.strerror}.") from error
        except ValueError:  # a path with a NUL in it
            raise UsageError(f"`{path}` is not a path.") from None
        found = _walk(path, troubles) if path.is_dir() else iter([_File(path, str(path))])
        for file in found:
            try:
                identity = (file.path.stat().st_dev, file.path.stat().st_ino)
            except OSError:
                identity = (-1, len(seen))
            if identity not in seen:
                seen.add(identity)
                yield file


def _walk(top: Path, troubles: list[Diagnostic]) -> Iterator[_File]:
    """The notes under a folder, folders after files; hidden and generated ones are passed over, loops are safe."""
    waiting = [str(top)]
    entered: set[tuple[int, int]] = set()
    while waiting:
        folder = waiting.pop()
        try:
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            troubles.append(
                _trouble(
                    folder, "unreadable", f"This folder cannot be read: {error.strerror}.", "Check its permissions."
                )
            )
            continue
        folders = []
        for entry in listed:
            if entry.name.startswith(".") or entry.name in _SKIPPED:
                continue
            if _is_folder(entry):
                folders.append(entry.path)
            elif entry.name.lower().endswith(EXTENSIONS) and not entry.name.lower().endswith(".excalidraw.md"):
                yield _File(Path(entry.path), entry.path)
        waiting.extend(reversed(folders))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _read(file: _File, troubles: list[Diagnostic]) -> str | None:
    """The text of a file; None with a trouble noted when it has none that we could read."""
    try:
        if not file.path.is_file():
            problem = ("unreadable", "This is not an ordinary file.", "Name a markdown or text file.")
            troubles.append(_trouble(file.shown, *problem))
            return None
        size = file.path.stat().st_size
        if size > LARGEST:
            told = f"This file has {size / 1e6:.0f} MB, more than the {LARGEST // 1_000_000} MB that a note may have."
            troubles.append(_trouble(file.shown, "too-large", told, "Split it into smaller notes."))
            return None
        content = file.path.read_bytes()
    except OSError as error:
        told = f"This file cannot be read: {error.strerror}."
        troubles.append(_trouble(file.shown, "unreadable", told, "Check its permissions."))
        return None
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        told = f"This file is not UTF-8: byte {error.start} cannot be read."
        troubles.append(_trouble(file.shown, "not-utf8", told, "Save it as UTF-8 in your editor.", line=line))
        return None


def _trouble(path: str, code: str, message: str, hint: str, line: int = 1) -> Diagnostic:
    return Diagnostic(Span(path, line, 1, line), "error", code, message, hint)


def _nothing(paths: Sequence[Path], troubles: Sequence[Diagnostic]) -> StudytoolError:
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


def _answered(notes: Sequence[Note]) -> list[Note]:
    """The notes, with the text of the linked note as answer where a question is a wikilink to one of them."""
    from studytool.notes.parse import body_of

    linked = [note for note in notes if any(question.link for question in note.questions)]
    if not linked:
        return list(notes)
    by_name: dict[str, Note] = {}
    for note in notes:
        for name in names_of(note):
            by_name.setdefault(name, note)
    bodies: dict[str, str] = {}
    for note in linked:
        for question in note.questions:
            target = by_name.get(wanted_name(question.link))
            if question.link and target and target is not note and target.path not in bodies:
                text = _read(_File(Path(target.path), target.path), [])
                bodies[target.path] = body_of(text or "")
    answered = []
    for note in notes:
        questions = []
        for question in note.questions:
            target = by_name.get(wanted_name(question.link)) if question.link else None
            answer = bodies.get(target.path, "") if target and target is not note else ""
            questions.append(replace(question, answer=answer) if answer else question)
        answered.append(replace(note, questions=tuple(questions)))
    return answered


def wanted_name(link: str) -> str:
    """The name that a wikilink asks for, as `names_of` gives it."""
    return " ".join(link.partition("#")[0].rpartition("/")[2].split()).casefold()


def _duplicates(notes: Sequence[Note]) -> Iterator[Diagnostic]:
    seen: dict[str, Span] = {}
    for note in notes:
        for card in note.studied:
            first = seen.setdefault(card.key, card.span)
            if first is not card.span:
                told = f"This card says the same as the one at {first}; it is studied once."
                yield Diagnostic(card.span, "warning", "duplicate-card", told, "Delete one of them.")
