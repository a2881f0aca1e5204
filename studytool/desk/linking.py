"""Which card of today goes on which card that is gone: what may be compared, and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.desk.gone import Gone, Places
    from studytool.desk.judged import Judged
    from studytool.memory import Memory
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known, Relink


def find_links(
    gone: Sequence[Gone], places: Places, library: Library, memory: Memory, judged: Judged | None = None
) -> list[Relink]:
    """Which of the cards that are gone go on as which card that nothing was said of."""
    new = judged.new(gone, memory) if judged else None
    if not gone or (new is not None and not new):
        return []
    kept = _kept({one.card.path for one in gone}, places, library, memory)
    notes: dict[str, set[str]] = {}
    for one in gone:
        if not one.anywhere:
            # A note that is gone and whose other cards are all in one note now was renamed.
            renamed = {now.span.path for before, now in kept if before.path == one.card.path}
            notes[one.card.key] = {one.card.path} if places.number(one.card.path) is not None else renamed
    if all(one.card.key in notes for one in gone):
        paths = set().union(*notes.values())
        numbers: Iterable[int] = sorted(number for path in paths if (number := places.number(path)) is not None)
    else:
        numbers = range(len(library.notes))
    if judged and new is not None:
        links = _compared(gone, kept, notes, new.intersection(numbers), places, library, memory)
        if not links or judged.is_large:
            return links
    return _compared(gone, kept, notes, numbers, places, library, memory)  # rivals among cards that were known count


def _kept(paths: set[str], places: Places, library: Library, memory: Memory) -> list[tuple[Known, Card]]:
    """The cards with a history that stood in notes of these paths, as they were and as they are."""
    found = []
    for key in memory.learned():
        if key in library.entries and (before := places.known(key, memory.text(key))) and before.path in paths:
            now = library.card(key)
            if now is not None:
                found.append((before, places.placed(now)))
    return found


def _compared(
    gone: Sequence[Gone],
    kept: Sequence[tuple[Known, Card]],
    notes: Mapping[str, set[str]],
    numbers: Iterable[int],
    places: Places,
    library: Library,
    memory: Memory,
) -> list[Relink]:
    learned = set(memory.learned())
    fresh = {
        card.key: places.placed(card)
        for number in numbers
        for card in library.notes[number].studied
        if card.key not in learned and library.entries[card.key] == number
    }
    if not fresh:
        return []
    from studytool.notes.relink import relink  # 6 ms, and rapidfuzz when texts are compared

    return relink([one.card for one in gone], fresh.values(), kept, _Apart(memory.parted(), notes, fresh))


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
