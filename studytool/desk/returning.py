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
    from studytool.desk.linking import Aside
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


class Edited(NamedTuple):
    """What an edit that was just made has done."""

    new: Collection[str]
    """The keys that it brought."""
    stood: Mapping[str, str]
    """In which note a card that is gone stood before it, where the log knows of an earlier one."""
    beside: Collection[str]
    """The keys of all cards of those notes as they were."""


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

    It is done a piece at a time, and texts are compared `aside`; but between what is written and the end there is
    nothing, so that who goes over to the library then finds the histories where they belong.
    """
    found: tuple[Relinked, ...] = ()
    if edited is not None and not edited.new:
        return found
    with suppress(StudytoolError):
        rest = _linked(wanted, library, store, memory, moment, edited, aside)
        found = finished(rest) if _return(library, store, memory, moment) else (yield from rest)
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
    places, numbers, judged = Places(wanted, library), None, None
    links: Sequence[Relink] = ()
    yield None
    gone = yield from vanished(places, library, memory)
    if edited is not None:
        numbers = {library.entries[key] for key in edited.new}
        gone = [_stood(one, edited.stood, places) for one in gone]
        gone = [one for one in gone if places.number(one.card.path) in numbers]
    if gone:
        from studytool.desk.judged import Judged
        from studytool.desk.linking import finding_links

        judged = Judged(wanted, library) if edited is None else None
        near = None
        if edited is not None and numbers is not None:
            near = {*edited.beside, *(key for at in numbers for key in library.keys[at])}
        links = yield from finding_links(gone, places, library, memory, judged, near, aside)
    targets = {link.target for link in links}
    carrying: list[Card] = []
    for card in library.scheduled(numbers):
        if card.key not in targets:
            carrying.append(card)
        yield None
    if carrying:
        from studytool.desk.carried import bringing_schedules

        yield from bringing_schedules(carrying, store, memory)
    found = yield from _relinked(links, places, library, store, memory, moment)
    if judged:
        judged.keep(gone)
    return found


def _stood(gone: Gone, stood: Mapping[str, str], places: Places) -> Gone:
    """A card that an edit just made took away: it may go on in the note where it stood."""
    path = stood.get(gone.card.key)
    return Gone(replace(gone.card, path=places.real(path)) if path else gone.card, anywhere=False)


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


def _relinked(
    links: Sequence[Relink], places: Places, library: Library, store: Store, memory: Memory, moment: Moment
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    """Write the links, once all is read that they need."""
    if not links:
        return ()
    from studytool.desk.log import card_text
    from studytool.memory import Draft

    payloads = []
    for link in links:
        yield None
        card = library.card(link.target)
        assert card is not None, "links lead to cards of the library"
        payloads.append({"from": link.source, "text": card_text(card, places.place(card))})
        for key in (link.source, link.target):
            memory.prepare(key)
    # A clock that was set back must not put the link before what it moves.
    drafts = [
        Draft("relink", link.target, payload, memory.after(link.source, moment))
        for link, payload in zip(links, payloads, strict=True)
    ]
    events = store.append_all(drafts)
    for event in events:
        memory.apply(event, is_new=True)
    return tuple(
        Relinked(link.source, link.target, event.id, str(event.payload["text"]["front"]))
        for link, event in zip(links, events, strict=True)
    )


def lost_and_linked(wanted: Request, library: Library, memory: Memory) -> tuple[list[Known], list[Relink]]:
    """The cards with a history that are gone from the notes, and of them those that a card of today goes on."""
    from studytool.desk.linking import finding_links

    places = Places(wanted, library)
    gone = finished(vanished(places, library, memory))
    return [one.card for one in gone], finished(finding_links(gone, places, library, memory))
