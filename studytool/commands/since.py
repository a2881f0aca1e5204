"""`studytool check --since REV`: what an edit does to the cards, before the next opening does it to their histories."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from studytool import desk, places
from studytool.errors import StudytoolError, UsageError
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from studytool.desk import Request
    from studytool.notes.library import Shelf
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Changes, Known

_WIDTH = 72


def run(args: argparse.Namespace) -> int:
    """Print how many cards the notes keep since `args.since`, which start anew and whose history is lost; always 0."""
    from studytool.notes.relink import changes

    wanted = desk.request(args.paths, args.root)
    if wanted.is_course:
        raise UsageError("`--since` needs to know which notes.", f"Name them: `studytool check --since {args.since} .`")
    repositories = {_top(path) for path in wanted.paths}
    if len(repositories) > 1:
        raise UsageError("The notes are in different git repositories.", "Name those of one repository.")
    (top,) = repositories
    revision = _commit(top, args.since)
    shelf = desk.open_shelf(wanted)
    library = desk.read_shelf(wanted, shelf)
    inside = {os.path.relpath(os.path.realpath(path), top).replace(os.sep, "/"): path.is_dir() for path in wanted.paths}
    texts = _texts_then(top, revision, lambda path: _is_wanted(path, inside))
    before = list(_cards_then(top, texts, library, shelf))
    after = [_placed(card) for note in library.notes for card in note.studied]
    found = changes(before, after)
    if (found.fresh or found.gone) and (edited := _edited_outside(top, revision, inside)):
        then = _cards_then(top, _texts_then(top, revision, edited.__contains__), library, shelf, anywhere=True)
        whole = changes([*before, *then], [*after, *_cards_now(top, edited, shelf)])
        found = _concerning(whole, {card.key for card in before}, {card.key for card in after})
    lost = _losing(wanted, library)
    if args.json:
        print(as_json({"since": args.since, "commit": revision, **_as_json(found, lost)}))
    else:
        print("\n".join(_as_lines(found, lost)))
    return 0


# -- what git says --------------------------------------------------------------------------------------------------


def _git(folder: str, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", "-C", folder, *arguments], input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise StudytoolError(
            "git is not installed, and `--since` asks it.", "Install git, or leave `--since` out."
        ) from None
    except OSError as error:
        raise StudytoolError(f"git did not start: {error.strerror}.", "Check that `git` runs here.") from error


def _top(path: Path) -> str:
    """The top folder of the git repository that holds `path`."""
    folder = os.path.realpath(path if path.is_dir() else path.parent)
    done = _git(folder, "rev-parse", "--show-toplevel")
    if done.returncode:
        told = done.stderr.decode(errors="replace")
        if "dubious ownership" in told:
            hint = "git does not trust this folder: see `git status` there."
        else:
            hint = "`--since` compares with a revision: keep the notes under git, or leave it out."
        raise UsageError(f"{path} is not in a git repository.", hint)
    return os.path.realpath(os.fsdecode(done.stdout.rstrip(b"\n")))


def _commit(top: str, revision: str) -> str:
    done = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode or not done.stdout.strip():
        raise UsageError(f"There is no revision {revision} in {top}.", "`git log --oneline` lists them; try HEAD~1.")
    return done.stdout.decode().strip().splitlines()[-1]


def _texts_then(top: str, commit: str, is_wanted: Callable[[str], bool]) -> dict[str, bytes]:
    """The contents of notes at a commit, by their paths from the top."""
    listed = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit)
    if listed.returncode:
        raise StudytoolError(f"git cannot list {commit}: {listed.stderr.decode(errors='replace').strip()}")
    blobs: dict[str, str] = {}
    for entry in listed.stdout.split(b"\0"):
        about, _, name = entry.partition(b"\t")
        fields, path = about.decode().split(), os.fsdecode(name)
        if len(fields) == 3 and fields[1] == "blob" and fields[0] != "120000" and is_wanted(path):
            blobs[path] = fields[2]
    return dict(zip(blobs, _contents(top, list(blobs.values())), strict=True))


def _edited_outside(top: str, commit: str, inside: Mapping[str, bool]) -> set[str]:
    """The notes elsewhere in the repository whose texts are not those of a commit: cards may have come from there."""
    done = _git(top, "diff", "--name-only", "--no-renames", "-z", commit)
    paths = [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
    return {path for path in paths if _is_wanted(path, {".": True}) and not _is_wanted(path, inside)}


def _is_wanted(path: str, inside: Mapping[str, bool]) -> bool:
    """Whether the walk through the paths that were given would read it."""
    from studytool.notes.walk import EXTENSIONS

    for given, is_folder in inside.items():
        if not is_folder and path == given:
            return True
        if is_folder and (given == "." or path.startswith(f"{given}/")):
            rest = path if given == "." else path[len(given) + 1 :]
            name = rest.lower()
            hidden = any(part.startswith(".") or part in ("node_modules", "__pycache__") for part in rest.split("/"))
            if not hidden and name.endswith(EXTENSIONS) and not name.endswith(".excalidraw.md"):
                return True
    return False


def _contents(top: str, blobs: Sequence[str]) -> Iterator[bytes]:
    done = _git(top, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs).encode())
    told, at = done.stdout, 0
    for blob in blobs:
        end = told.find(b"\n", at)
        header = told[at:end].split()
        if end < 0 or len(header) != 3:
            raise StudytoolError(f"git cannot read {blob}: the repository may be incomplete.", "Run `git fsck` there.")
        size = int(header[2])
        yield told[end + 1 : end + 1 + size]
        at = end + 2 + size


# -- cards then and now ---------------------------------------------------------------------------------------------


def _placed(card: Card) -> Card:
    """The card with a path that does not depend on how it was typed."""
    return replace(card, span=replace(card.span, path=os.path.realpath(card.span.path)))


def _cards_then(
    top: str, texts: Mapping[str, bytes], library: Library, shelf: Shelf, *, anywhere: bool = False
) -> Iterator[Card]:
    """The cards of notes as they were; with `anywhere` also of those that are there and no part of the library."""
    from studytool.notes.reading import LARGEST, decoded

    now = {os.path.realpath(file): number for number, file in enumerate(library.files)}
    for path, content in texts.items():
        place = os.path.join(top, *path.split("/"))
        number = now.get(os.path.realpath(place))
        if number is not None and _is_unchanged(library.files[number], content):
            yield from map(_placed, library.notes[number].studied)
        elif number is None and os.path.lexists(place) and not anywhere:
            continue  # it is there and was not read: the settings leave it out, or it cannot be read today
        elif len(content) <= LARGEST and isinstance(text := decoded(content), str):  # else it was no note then
            yield from map(_placed, shelf.parsed(text, place).studied)


def _cards_now(top: str, paths: Iterable[str], shelf: Shelf) -> Iterator[Card]:
    """The cards of notes outside the library as they are; of those that are gone or cannot be read, none."""
    from studytool.notes.reading import LARGEST, content_of, decoded

    for path in paths:
        place = os.path.join(top, *path.split("/"))
        content = content_of(place)
        if isinstance(content, bytes) and len(content) <= LARGEST and isinstance(text := decoded(content), str):
            yield from map(_placed, shelf.parsed(text, place).studied)


def _concerning(found: Changes, before: AbstractSet[str], after: AbstractSet[str]) -> Changes:
    """What of the changes concerns cards that were or are in the notes asked about, by their keys."""
    either = before | after
    return replace(
        found,
        kept=tuple(key for key in found.kept if key in after),
        moved=tuple(key for key in found.moved if key in either),
        relinked=tuple(link for link in found.relinked if link.source in before or link.target in after),
        fresh=tuple(card for card in found.fresh if card.key in after),
        gone=tuple(card for card in found.gone if card.key in before),
    )


def _is_unchanged(path: str, content: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == content
    except OSError:
        return False


def _losing(wanted: Request, library: Library) -> list[tuple[Known, int]]:
    """The cards of the learner's log that no card goes on, with how often each was answered."""
    if not (places.data_folder() / "reviews.db").exists():
        return []
    from studytool.desk.returning import lost_and_linked

    store, memory = desk.read_log(wanted, partial(desk.open_log, to_read=True))
    try:
        gone, links = lost_and_linked(wanted, library, memory)
    finally:
        store.close()
    found = {link.source for link in links}
    lost = [(card, state.reviews) for card in gone if card.key not in found and (state := memory.state(card.key))]
    return sorted(lost, key=lambda one: (one[0].path, one[0].line))


# -- what is printed ------------------------------------------------------------------------------------------------


def _as_lines(found: Changes, lost: Sequence[tuple[Known, int]]) -> Iterator[str]:
    keeps, moves, anew, gone = (
        len(found.kept) + len(found.relinked),
        len(found.moved),
        len(found.fresh),
        len(found.gone),
    )
    line = f"This edit keeps {counted(keeps, 'card')}, moves {moves}, starts {anew} anew"
    yield f"{line}; {counted(gone, 'card')} {'is' if gone == 1 else 'are'} gone." if gone else f"{line}."
    if found.relinked:
        edited = len(found.relinked)
        verb = "was" if edited == 1 else "were"
        yield f"{counted(edited, 'card')} of them {verb} edited, and no history is lost by it."
    for title, cards in (("Starting anew:", found.fresh), ("Gone:", found.gone)):
        if cards:
            yield from ("", title)
        for card in cards:
            yield f"  {_shown(card.span.path)}:{card.span.line}  {one_line(card.front, _WIDTH)}"
    if lost:
        yield from ("", "You have answered these, and no card goes on with their history:")
    for known, reviews in lost:
        times = "once" if reviews == 1 else f"{reviews} times"
        yield f"  {_shown(known.path)}:{known.line}  {one_line(known.front, _WIDTH)} ({times})"


def _shown(path: str) -> str:
    """A path as the reader would type it from here."""
    here = os.path.relpath(path)
    return one_line(path if here.startswith("..") else here)


def _as_json(found: Changes, lost: Sequence[tuple[Known, int]]) -> dict[str, object]:
    def listed(cards: Sequence[Card]) -> list[dict[str, object]]:
        return [{"key": c.key, "front": c.front, "path": _shown(c.span.path), "line": c.span.line} for c in cards]

    return {
        "kept": len(found.kept) + len(found.relinked),
        "moved": len(found.moved),
        "relinked": [{"from": link.source, "to": link.target, "score": link.score} for link in found.relinked],
        "fresh": listed(found.fresh),
        "gone": listed(found.gone),
        "loses_history": [
            {"key": card.key, "front": card.front, "path": _shown(card.path), "line": card.line, "answered": reviews}
            for card, reviews in lost
        ],
    }
