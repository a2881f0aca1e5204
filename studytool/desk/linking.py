"""Which card of today goes on which card that is gone: what may be compared, and with what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytool.memory.pieces import here

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from studytool.desk.gone import Gone, Places
    from studytool.memory import Memory
    from studytool.memory.pieces import Aside
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known, Relink
    from studytool.notes.same_place import Elsewhere

    Links = Generator[str | None, None, list[Relink]]

_FORMS = 200
"""Of so many cards it is looked up in one piece what they were before."""
_SEVERAL = 50
"""Of so many notes that ask the same no more are looked for: what stands in fewer tells no card by itself."""
_TEXTS = 10
"""So many texts are read from the log in one piece."""


def finding_links(
    gone: Sequence[Gone],
    places: Places,
    library: Library,
    memory: Memory,
    among: Collection[int] | None = None,
    *,
    only: Collection[str] | None = None,
    rivals: bool = False,
    near: Mapping[str, str] | None = None,
    aside: Aside = here,
) -> Links:
    """Which of the cards that are gone go on as which card that nothing was said of, a piece at a time.

    They are compared with the cards of the notes `among`, of all where that is None, and of those with `only` some
    where these are told. With `rivals`, what is found there is looked for in all notes: another may be as like it.
    `near` are the keys of the cards that can have stood beside them, where that is known, and in which note each stood;
    that is empty for one that came. Texts are compared `aside`.
    """
    if not gone or (among is not None and not among):
        return []
    paths_gone = {one.card.path for one in gone}
    kept = yield from _kept(paths_gone, near, places, library, memory)
    moved: dict[str, set[str]] = {}
    for before, now in kept:
        if before.path in paths_gone:
            moved.setdefault(before.path, set()).add(now.path)
    notes: dict[str, set[str]] = {}
    for one in gone:
        if not one.anywhere:
            # A note that is gone and whose other cards are all in one note now was renamed.
            renamed = moved.get(one.card.path, set())
            notes[one.card.key] = {one.card.path} if places.number(one.card.path) is not None else renamed
    if all(one.card.key in notes for one in gone):
        paths = set().union(*notes.values())
        numbers: Iterable[int] = sorted(number for path in paths if (number := places.number(path)) is not None)
    else:
        numbers = range(len(library.notes))
    yield None
    if among is not None:
        some = set(among).intersection(numbers)
        links = yield from _compared(gone, kept, notes, some, only, places, library, memory, aside)
        if not links or not rivals:
            return links
    return (yield from _compared(gone, kept, notes, numbers, only, places, library, memory, aside))


def going_back(gone: Sequence[Gone], places: Places, library: Library, memory: Memory) -> Links:
    """Which of the cards that are gone go on as the form they were edited from, where that is in the notes again.

    It is the nearest one over any number of links that stand, and one of which nothing else was said since. It is in
    other words what it was before, maybe in very other ones: nothing is compared. Of a card whose own link was taken
    back, it is none to which any was.
    """
    before: dict[str, list[str]] = {}
    for source, target, _ in memory.links() if gone else ():
        before.setdefault(target, []).append(source)
    there = []
    for at, one in enumerate(gone):
        if (at + 1) % _FORMS == 0:
            yield None
        forms = [one.card.key]
        for form in forms:  # grows meanwhile
            forms += [earlier for earlier in reversed(before.get(form, ())) if earlier not in forms]
        number = places.number(one.card.path)
        notes = [(form, library.entries.get(form)) for form in forms[1:]]
        there.append([form for form, note in notes if note is not None and (one.anywhere or note == number)])
    if not any(there):
        return []
    from studytool.notes.relink import Relink

    yield None
    taken: set[str] = set()
    parted, barred = memory.parted(), memory.barred()
    refused = {form for _, form in parted}
    links = []
    for one, forms in zip(gone, there, strict=True):
        source = one.card.key
        apart = refused if source in barred else {form for form in forms if (source, form) in parted}
        free = (form for form in forms if form not in taken and form not in apart and not memory.is_learned(form))
        if earlier := next(free, ""):
            taken.add(earlier)
            links.append(Relink(source, earlier, 1.0, "there again"))
    return links


def rivalled(
    back: Sequence[Relink],
    gone: Sequence[Gone],
    places: Places,
    library: Library,
    memory: Memory,
    came: Collection[str] | None = None,
) -> set[str]:
    """Those of the links back whose card may have been edited further, beside its earlier form: by their sources.

    In its note are cards that nothing was said of, of those that `came` where that is known.
    """
    if not back:
        return set()
    stood = _stood(gone, places)
    linked = {link.target for link in back}.union(source for source, _, _ in memory.links())
    new = {
        at: {key for key in library.keys[at] if key not in linked and not memory.is_learned(key)}
        for at in set(stood.values())
        if at is not None
    }
    doubtful = {at for at, keys in new.items() if (keys if came is None else keys.intersection(came))}
    return {link.source for link in back if stood.get(link.source) in doubtful}


def going_on(
    found: Sequence[Relink],
    back: Sequence[Relink],
    gone: Sequence[Gone],
    places: Places,
    library: Library,
    memory: Memory,
) -> list[Relink]:
    """The links of cards that are gone, of which some could go `back`.

    One that was edited further in its own note, its prompt or its answer, does not: its earlier form has its own.
    """
    stood, forms = _stood(gone, places), {source for source, _, _ in memory.links()}
    near = (link for link in found if library.entries[link.target] == stood.get(link.source))
    further = {link.source for link in near if link.reason != "both edited" and link.target not in forms}
    returning = [link for link in back if link.source not in further]
    met = {key for link in returning for key in (link.source, link.target)}
    return [*returning, *(link for link in found if met.isdisjoint((link.source, link.target)))]


def _stood(gone: Sequence[Gone], places: Places) -> dict[str, int | None]:
    """By its key, the number of the note in which each card stood that is gone; None where that was not read."""
    return {one.card.key: places.number(one.card.path) for one in gone}


def _kept(
    paths: AbstractSet[str],
    near: Mapping[str, str] | None,
    places: Places,
    library: Library,
    memory: Memory,
) -> Generator[str | None, None, list[tuple[Known, Known]]]:
    """The cards that stayed, as they were and as they are, as far as the log tells that, or where they stood `near`.

    Of those that stood in other notes than these `paths`, what they say is that of before.
    """
    from studytool.notes.relink import known

    files, found = library.files, []
    cards: dict[int, dict[str, Card]] = {}
    for number, key in enumerate(memory.learned() if near is None else near):
        if number % _TEXTS == 0:
            yield None
        if (at := library.entries.get(key)) is None:
            continue
        before, stood = places.known(key, memory.text(key)), near[key] if near else ""
        if stood and before is not None:
            before = replace(before, path=places.real(stood))
        if before is None and not stood:
            continue
        if before is not None and before.path not in paths:
            found.append((before, replace(before, path=places.real(files[at]))))
            continue
        if at not in cards:
            cards[at] = {card.key: card for card in reversed(library.notes[at].studied)}
        now = known(places.placed(cards[at][key]))
        found.append((before or replace(now, path=places.real(stood)), now))
    return found


def _compared(
    gone: Sequence[Gone],
    kept: Sequence[tuple[Known, Known]],
    notes: Mapping[str, set[str]],
    numbers: Iterable[int],
    only: Collection[str] | None,
    places: Places,
    library: Library,
    memory: Memory,
    aside: Aside,
) -> Links:
    fresh: dict[str, Card] = {}
    for number in numbers:
        yield None
        for card in library.notes[number].studied:
            is_new = (only is None or card.key in only) and not memory.is_learned(card.key)
            if is_new and library.entries[card.key] == number:
                fresh[card.key] = places.placed(card)
    if not fresh:
        return []
    from studytool.notes.relink import relink  # 6 ms, and rapidfuzz when texts are compared
    from studytool.notes.same_place import Elsewhere

    apart, elsewhere, went = _Apart(memory.parted(), notes, fresh), Elsewhere(), [one.card for one in gone]
    about = {card.path for card in went} | {card.span.path for card in fresh.values()}

    def compared() -> list[Relink]:
        both = (pair for pair in kept if not about.isdisjoint((pair[0].path, pair[1].path)))
        return relink(went, fresh.values(), (pair for pair in both if pair[0].key not in fresh), apart, elsewhere)

    links = yield from aside(compared)
    if elsewhere.sought:
        yield from _look_for(elsewhere, places, library)
        links = yield from aside(compared)
    return links


def _look_for(elsewhere: Elsewhere, places: Places, library: Library) -> Generator[str | None, None, None]:
    """Look up in which notes those prompts stand that are sought: in the whole library, but few ask for any."""
    found: dict[str, set[str]] = {prompt: set() for prompt in elsewhere.sought}
    for note in library.notes:
        yield None
        for card in note.studied:
            if (paths := found.get(card.front.strip())) is not None and len(paths) < _SEVERAL:
                paths.add(places.real(card.span.path))
        if all(len(paths) == _SEVERAL for paths in found.values()):
            break
    elsewhere.put(found)


class _Apart:
    """The pairs of keys that are not to be linked: undone before, or in other notes than those that may be."""

    def __init__(self, parted: set[tuple[str, str]], notes: Mapping[str, set[str]], cards: Mapping[str, Card]) -> None:
        self._parted, self._notes, self._cards = parted, notes, cards

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, tuple):
            return False
        source, target = pair
        notes = self._notes.get(source)
        return pair in self._parted or (notes is not None and self._cards[target].span.path not in notes)
