"""What an opening brings into the log: the histories of cards that were edited, the schedules that notes carry.

What few openings need is imported when it is used: the comparing of texts, the schedules of other programs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.desk.gone import Gone, Places, vanished
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studytool.desk.asked import Request
    from studytool.memory import Memory, Moment, Store
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known, Relink


@dataclass(frozen=True, slots=True)
class Relinked:
    """An edited card that keeps its history: its key before and now, and the id of the event that says so."""

    source: str
    target: str
    event: str
    front: str = ""
    """What the card asks now."""


def told(count: int) -> str:
    """What to say to the learner about `count` edited cards."""
    return f"{count} edited card keeps its history." if count == 1 else f"{count} edited cards keep their history."


def catch_up(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    new: Collection[str] | None = None,
    stood: Mapping[str, str] | None = None,
) -> tuple[Relinked, ...]:
    """Link edited cards with their histories and import the schedules of cards that have none; the first are returned.

    After an edit that was just made, `new` are the keys it brought: histories then go on within the notes of these
    only, for what was cut from one note may yet be put into another; `stood` tells in which note a card that is gone
    stood before the edit, by its key, where the log knows of an earlier one. A card that is there again, unchanged,
    takes its history back. A log that cannot be written just now is left as it is: the next opening finds the same.
    """
    found: tuple[Relinked, ...] = ()
    if new is not None and not new:
        return found
    with suppress(StudytoolError):
        _return(library, store, memory, moment)
        places = Places(wanted, library)
        gone = vanished(places, library, memory)
        if new is None:
            cards: Iterable[Card] = library.scheduled()
        else:
            numbers = {library.entries[key] for key in new}
            gone = [_stood(one, stood or {}, places) for one in gone]
            gone = [one for one in gone if places.number(one.card.path) in numbers]
            notes = map(library.notes.__getitem__, sorted(numbers))
            cards = (card for note in notes for card in note.cards if card.schedule is not None)
        if gone:
            from studytool.desk.judged import Judged
            from studytool.desk.linking import find_links

            judged = Judged(wanted, library) if new is None else None
            found = _relink(find_links(gone, places, library, memory, judged), places, library, store, memory, moment)
            if judged:
                judged.keep(gone)
        if carrying := list(cards):
            from studytool.desk.carried import bring_schedules

            bring_schedules(carrying, store, memory)
    return found


def _stood(gone: Gone, stood: Mapping[str, str], places: Places) -> Gone:
    """A card that an edit just made took away: it may go on in the note where it stood."""
    path = stood.get(gone.card.key)
    return Gone(replace(gone.card, path=places.real(path)) if path else gone.card, anywhere=False)


def _return(library: Library, store: Store, memory: Memory, moment: Moment) -> None:
    """Undo the links of cards that are in the notes again, beside those that were taken for their edited forms."""
    from studytool.memory import Draft

    links = memory.links()
    following = {source: target for source, target, _ in links}
    drafts = []
    for source, target, event in links:
        if source not in library.entries:
            continue
        seen = {source}
        while target not in library.entries and target in following and target not in seen:
            seen.add(target)
            target = following[target]
        if target in library.entries and target not in seen:
            drafts.append(Draft("undo", target, {"event": event, "because": "returned"}, moment))
    for undo in store.append_all(drafts) if drafts else ():
        memory.apply(undo, is_new=True)


def _relink(
    links: Sequence[Relink], places: Places, library: Library, store: Store, memory: Memory, moment: Moment
) -> tuple[Relinked, ...]:
    if not links:
        return ()
    from studytool.desk.log import card_text
    from studytool.memory import Draft

    drafts = []
    for link in links:
        card = library.card(link.target)
        assert card is not None, "links lead to cards of the library"
        # A clock that was set back must not put the link before what it moves.
        when = memory.after(link.source, moment)
        text = card_text(card, places.place(card))
        drafts.append(Draft("relink", link.target, {"from": link.source, "text": text}, when))
    events = store.append_all(drafts)
    for event in events:
        memory.apply(event, is_new=True)
    return tuple(
        Relinked(link.source, link.target, event.id, str(event.payload["text"]["front"]))
        for link, event in zip(links, events, strict=True)
    )


def lost_and_linked(wanted: Request, library: Library, memory: Memory) -> tuple[list[Known], list[Relink]]:
    """The cards with a history that are gone from the notes, and of them those that a card of today goes on."""
    from studytool.desk.linking import find_links

    places = Places(wanted, library)
    gone = vanished(places, library, memory)
    return [one.card for one in gone], find_links(gone, places, library, memory)
