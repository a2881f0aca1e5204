"""`studytool check --since REV`: what an edit does to the cards, before the next opening does it to their histories."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from studytool import desk, places
from studytool.commands.since_git import commit_of, edited_outside, is_wanted, texts_at, top_of
from studytool.errors import UsageError
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from studytool.desk import Request
    from studytool.notes.library import Shelf
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Changes, Histories, Known

_WIDTH = 72


def run(args: argparse.Namespace) -> int:
    """Print how many cards the notes keep since `args.since`, which start anew and whose history is lost; always 0."""
    from studytool.notes.relink import changes

    wanted = desk.request(args.paths, args.root)
    if wanted.is_course:
        raise UsageError("`--since` needs to know which notes.", f"Name them: `studytool check --since {args.since} .`")
    repositories = {top_of(path) for path in wanted.paths}
    if len(repositories) > 1:
        raise UsageError("The notes are in different git repositories.", "Name those of one repository.")
    (top,) = repositories
    revision = commit_of(top, args.since)
    shelf = desk.open_shelf(wanted)
    library = desk.read_shelf(wanted, shelf)
    inside = {os.path.relpath(os.path.realpath(path), top).replace(os.sep, "/"): path.is_dir() for path in wanted.paths}
    texts = texts_at(top, revision, lambda path: is_wanted(path, inside))
    before = list(_cards_then(top, texts, library, shelf))
    after = [_placed(card) for note in library.notes for card in note.studied]
    lost, histories = _in_the_log(wanted, library)
    found = changes(before, after, histories)
    if (found.fresh or found.gone) and (edited := edited_outside(top, revision, inside)):
        then = _cards_then(top, texts_at(top, revision, edited.__contains__), library, shelf, anywhere=True)
        whole = changes([*before, *then], [*after, *_cards_now(top, edited, shelf)], histories)
        found = _concerning(whole, {card.key for card in before}, {card.key for card in after})
    if args.json:
        print(as_json({"since": args.since, "commit": revision, **_as_json(found, lost)}))
    else:
        print("\n".join(_as_lines(found, lost)))
    return 0


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


def _in_the_log(wanted: Request, library: Library) -> tuple[list[tuple[Known, int]], Histories]:
    """The cards of the learner's log that no card goes on, with how often each was answered; and what is known there
    of the others."""
    from studytool.notes.relink import Histories

    if not (places.data_folder() / "reviews.db").exists():
        return [], Histories()
    from studytool.desk.returning import foretold

    store, memory = desk.read_log(wanted, partial(desk.open_log, to_read=True))
    try:
        gone, histories = foretold(wanted, library, memory)
        lost = [(card, state.reviews) for card in gone if (state := memory.state(card.key))]
    finally:
        store.close()
    return sorted(lost, key=lambda one: (one[0].path, one[0].line)), histories


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
