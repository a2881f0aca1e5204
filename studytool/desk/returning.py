"""What an opening brings into the log: the histories of cards that were edited, the schedules that notes carry.

What few openings need is imported when it is used: the comparing of texts, the schedules of other programs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from studytool.desk.gone import Gone, Places, vanished
from studytool.errors import StudytoolError
from studytool.memory.pieces import finished, here

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping, Sequence

    from studytool.desk.asked import Request
    from studytool.desk.judged import Judged
    from studytool.memory import Draft, Memory, Moment, Store
    from studytool.memory.pieces import Aside
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


class Edited(NamedTuple):
    """What an edit that was just made has done."""

    new: Collection[str]
    """The keys that it brought."""
    stood: Mapping[str, str]
    """In which note a card that is gone stood before it, where the log knows of an earlier one."""
    beside: Collection[str]
    """The keys of all cards of those notes as they were."""
    is_whole: bool
    """Whether the library is all of the notes; of a part of them, only cards that `stood` in it are gone."""


def told(count: int) -> str:
    """What to say to the learner about `count` edited cards."""
    return f"{count} edited card keeps its history." if count == 1 else f"{count} edited cards keep their history."


def catching_up(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    edited: Edited | None = None,
    aside: Aside = here,
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    """Link edited cards with their histories and import the schedules of cards that have none; the first are returned.

    After an edit that was just made, histories go on within the notes of what it brought only, for what was cut from
    one note may yet be put into another. A card that is there again, unchanged, takes its history back. A log that
    cannot be written just now is left as it is: the next opening finds the same.

    It is done a piece at a time, and texts are compared `aside`; but between a last look at the log, what is written
    and the end there is nothing, so that who goes over to the library then finds the histories where they belong.
    """
    found: tuple[Relinked, ...] = ()
    if edited is not None and not edited.new:
        return found
    is_all = edited is None or edited.is_whole  # what was not read again may still have a card that has gone on since
    with suppress(StudytoolError):
        rest = _linked(wanted, library, store, memory, moment, edited, aside)
        found = finished(rest) if is_all and _return(library, store, memory, moment) else (yield from rest)
    return found


def _linked(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    edited: Edited | None,
    aside: Aside,
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    places = Places(wanted, library)
    numbers = None if edited is None else {library.entries[key] for key in edited.new}
    yield None
    carrying: list[Card] = []
    if edited is None or edited.is_whole:
        for card in library.scheduled(numbers):
            carrying.append(card)
            yield None
    judged: Judged | None = None
    gone: list[Gone] = []
    compared: set[str] = set()
    links: list[Relink] = []
    drafts: list[Draft] = []
    version = -1
    while version != memory.version:  # once more where an answer was given meanwhile: to a card that is gone, or stays
        version = memory.version
        gone = yield from vanished(places, library, memory)
        if edited is not None and numbers is not None:
            gone = _in_their_notes(gone, edited, numbers, places)
        compared.difference_update(_drop(links, gone, memory))
        if unseen := [one for one in gone if one.card.key not in compared]:
            from studytool.desk.judged import Judged
            from studytool.desk.linking import finding_links

            judged = judged or (Judged(wanted, library) if edited is None else None)
            near = None
            if edited is not None and numbers is not None:
                near = {*edited.beside, *(key for at in numbers for key in library.keys[at])}
            found = yield from finding_links(unseen, places, library, memory, judged, near, aside)
            taken = {link.target for link in links}
            links += [link for link in found if link.target not in taken]
            compared.update(one.card.key for one in unseen)
        targets = {link.target for link in links}
        if brought := [card for card in carrying if card.key not in targets]:
            from studytool.desk.carried import bringing_schedules

            version += yield from bringing_schedules(brought, store, memory)
        drafts = yield from _drafts(links, places, library, memory, moment)
    events = store.append_all(drafts) if drafts else []
    for event in events:
        memory.apply(event, is_new=True)
    if judged and gone:
        judged.keep(gone)
    return tuple(
        Relinked(link.source, link.target, event.id, str(event.payload["text"]["front"]))
        for link, event in zip(links, events, strict=True)
    )


def _drop(links: list[Relink], gone: Sequence[Gone], memory: Memory) -> set[str]:
    """Take out the links that an answer given since they were found stands against; returns their sources."""
    if not links:
        return set()
    sources, learned = {one.card.key for one in gone}, set(memory.learned())
    dropped = [link for link in links if link.source not in sources or link.target in learned]
    for link in dropped:
        links.remove(link)
    return {link.source for link in dropped}


def _in_their_notes(gone: Sequence[Gone], edited: Edited, numbers: set[int], places: Places) -> list[Gone]:
    """Of the cards that are gone, those that can go on by an edit just made, in the notes where they stood."""
    found = []
    for one in gone:
        path = edited.stood.get(one.card.key)
        if path or edited.is_whole:
            card = replace(one.card, path=places.real(path)) if path else one.card
            if places.number(card.path) in numbers:
                found.append(Gone(card, anywhere=False))
    return found


def _return(library: Library, store: Store, memory: Memory, moment: Moment) -> bool:
    """Undo the links of cards that are in the notes again, beside those that were taken for their edited forms.

    Returns whether there were any.
    """
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
    return bool(drafts)


def _drafts(
    links: Sequence[Relink], places: Places, library: Library, memory: Memory, moment: Moment
) -> Generator[str | None, None, list[Draft]]:
    """What is to be written of the links, once all is read that applying it needs."""
    if not links:
        return []
    from studytool.desk.log import card_text
    from studytool.memory import Draft

    drafts = []
    for link in links:
        yield None
        card = library.card(link.target)
        assert card is not None, "links lead to cards of the library"
        payload = {"from": link.source, "text": card_text(card, places.place(card))}
        for key in (link.source, link.target):
            memory.prepare(key)
        # A clock that was set back must not put the link before what it moves.
        drafts.append(Draft("relink", link.target, payload, memory.after(link.source, moment)))
    return drafts


def lost_and_linked(wanted: Request, library: Library, memory: Memory) -> tuple[list[Known], list[Relink]]:
    """The cards with a history that are gone from the notes, and of them those that a card of today goes on."""
    from studytool.desk.linking import finding_links

    places = Places(wanted, library)
    gone = finished(vanished(places, library, memory))
    return [one.card for one in gone], finished(finding_links(gone, places, library, memory))
