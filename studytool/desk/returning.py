"""What an opening brings into the log: the histories of cards that were edited, the schedules that notes carry.

What few openings need is imported when it is used: the comparing of texts, the schedules of other programs.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from studytool.desk.edited import in_their_notes, links_anywhere, links_in_their_notes
from studytool.desk.gone import NOWHERE, Places, parted, vanished
from studytool.errors import StudytoolError
from studytool.memory.pieces import finished, here
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from studytool.desk.asked import Request
    from studytool.desk.edited import Edited
    from studytool.desk.gone import Gone, Lacking
    from studytool.desk.judged import Judged
    from studytool.memory import Draft, Event, Memory, Moment, Store
    from studytool.memory.joined import Joined
    from studytool.memory.pieces import Aside
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Histories, Known, Relink

_WRITTEN = 50
"""So many links are written at once: some milliseconds, and a turn of the disk."""
_WIDTH = 50
"""Characters of a card's prompt that a sentence about it quotes."""


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


def told_lost(asked: Sequence[str]) -> str:
    """What to say of cards that were answered and are gone, by what they `asked`."""
    first = one_line(asked[0], _WIDTH)
    if len(asked) == 1:
        return f"“{first}” is no card any more; what you answered is kept, should it come back."
    return (
        f"“{first}” and {len(asked) - 1} more are no cards any more; what you answered is kept, should they come back."
    )


def links_of(linked: Sequence[Relinked], library: Library, memory: Memory) -> list[tuple[str, str, str]]:
    """The links that stand of some cards, other windows' too, as `Memory.links` has them.

    With them go those by which what such a card was answered itself, before it was edited, went on as another one: its
    words are in the notes again, and have that.
    """
    pairs = {(one.source, one.target) for one in linked}  # another window that saw the same edit linked them, too
    there = {one.target for one in linked if one.target in library.entries}
    return [link for link in memory.links() if link[0] in there or link[:2] in pairs]


def to_give_back(links: Sequence[Relinked], taken_back: Iterable[Relinked], library: Library) -> tuple[Relinked, ...]:
    """Those of the `links` whose history is still for their card: the notes have its words, and not the earlier ones.

    Or they have what it was edited to next, where that link was `taken_back`, too.
    """
    there, following = library.entries, {one.source: one.target for one in taken_back}
    found = []
    for one in links:
        card, seen = one.target, {one.source}
        while card not in there and card in following and card not in seen:
            seen.add(card)
            card = following[card]
        if card in there and one.source not in there:
            found.append(one)
    return tuple(found)


class Undone(NamedTuple):
    """What becomes of the cards of the notes where links are taken back: what they ask."""

    anew: Sequence[str]
    """They go on without any answer."""
    since: Sequence[str]
    """They keep those that were given to these words, since or before."""
    back: Sequence[str]
    """Earlier forms that are in the notes again, and get theirs."""


def if_undone(linked: Sequence[Relinked], library: Library, memory: Memory) -> Undone:
    """What becomes of cards where links are taken back, or has become."""
    links = {event for _, _, event in links_of(linked, library, memory)}
    there = [card for one in linked if (card := library.card(one.source))]
    back = [card.front for card in there if next(memory.answers(card.key, links), None)]
    fronts: tuple[list[str], list[str]] = ([], [])
    for one in linked:
        if one.target in library.entries:
            fronts[next(memory.answers(one.target, links), None) is not None].append(one.front)
    return Undone(*fronts, back)


def catching_up(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    edited: Edited | None = None,
    aside: Aside = here,
    lacking: Lacking | None = None,
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    """Link edited cards with their histories and import the schedules of cards that have none; the first are returned.

    After an edit that was just made, a history goes on within the note where it stood; else as an opening finds it,
    once edits have brought a card of another note that may be meant: what was cut from one note may yet be put into
    another. A card that is there again, unchanged, takes its history back after any number of edits, whether what it
    became is there or gone. A log that cannot be written just now is left as it is: the next opening finds the same.

    It is done a piece at a time, and texts are compared `aside`; `lacking` is known of an earlier reading. Between the
    last look at the log and the end there is nothing, so that who goes over to the library then finds the histories
    where they belong.
    """
    found: tuple[Relinked, ...] = ()
    if edited is not None and not edited.tells:
        return found
    is_all = edited is None or edited.is_whole  # what was not read again may still have a card that has gone on since
    with suppress(StudytoolError):
        rest = _linked(wanted, library, store, memory, moment, edited, aside, lacking)
        found = finished(rest) if is_all and _return(wanted, library, store, memory, moment) else (yield from rest)
        if is_all and found:  # of several forms that are there again, each has its own answers
            _return(wanted, library, store, memory, moment)
    return found


def _linked(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    edited: Edited | None,
    aside: Aside,
    lacking: Lacking | None,
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    places = Places(wanted, library, NOWHERE if edited is None else edited.stood)
    yield None
    carrying: list[Card] = []
    if edited is None or edited.is_whole:
        for card in library.scheduled(None if edited is None else {library.entries[key] for key in edited.new}):
            carrying.append(card)
            yield None
    found = _Found(wanted, library, memory, places, edited, aside, lacking)
    drafts: list[Draft] = []
    version = -1
    while version != memory.version:  # once more where an answer was given meanwhile: to a card that is gone, or stays
        version = memory.version
        yield from found.looked_for()
        targets = {link.target for link in found.links}
        if brought := [card for card in carrying if card.key not in targets]:
            from studytool.desk.carried import bringing_schedules

            version += yield from bringing_schedules(brought, store, memory)
        drafts = yield from _drafts(found.links, places, library, memory, moment)
    written = yield from _written(found.links, drafts, places, library, store, memory, moment)
    if len(written) == len(found.links):
        found.keep()
    return written


@dataclass(slots=True)
class _Found:
    """Which cards of a library go on which that are gone, at an opening or by an edit that was just made."""

    wanted: Request
    library: Library
    memory: Memory
    places: Places
    edited: Edited | None
    aside: Aside
    lacking: Lacking | None
    links: list[Relink] = field(default_factory=list)
    _gone: list[Gone] = field(default_factory=list)
    _compared: set[str] = field(default_factory=set)
    _judged: Judged | None = None

    def looked_for(self) -> Generator[str | None, None, None]:
        """Find the `links` by the log as it is now; what was compared before an answer was given is not again."""
        edited, library, places, memory = self.edited, self.library, self.places, self.memory
        gone = self._gone = yield from vanished(places, library, memory, self.lacking)
        self._compared.difference_update(_drop(self.links, gone, memory))
        nearby = gone if edited is None else (yield from in_their_notes(gone, edited, library, places))
        is_part = edited is not None and not edited.is_whole
        among = nearby if is_part else [*gone, *parted(places, library, memory)]
        back = yield from self._gone_back(among, nearby)
        if unseen := [one for one in nearby if one.card.key not in self._compared]:
            found = yield from self._compare(unseen)
            if back:
                from studytool.desk.linking import going_on

                found = going_on(found, back, nearby, places, library, memory)
            taken = {link.target for link in self.links}
            self.links += [link for link in found if link.target not in taken]
            self._compared.update(one.card.key for one in unseen)
        if edited is not None and edited.is_whole:
            self.links += yield from links_anywhere(gone, edited, self.links, places, library, memory, self.aside)

    def _gone_back(self, among: Sequence[Gone], nearby: Sequence[Gone]) -> Generator[str | None, None, list[Relink]]:
        """Link cards with their earlier forms; the links of those `nearby` to be compared first are returned."""
        if not among:
            return []
        from studytool.desk.linking import going_back, rivalled

        met = {key for link in self.links for key in (link.source, link.target)}
        left = [one for one in among if one.card.key not in met]
        back = yield from going_back(left, self.places, self.library, self.memory)
        back = [link for link in back if link.target not in met]
        own = {one.card.key for one in nearby}.difference(self._compared)
        of_these = [link for link in back if link.source in own]
        came = None if self.edited is None else self.edited.came
        doubtful = rivalled(of_these, nearby, self.places, self.library, self.memory, came)
        sure = [link for link in back if link.source not in doubtful]
        self.links += sure
        self._compared.update(link.source for link in sure)
        return [link for link in back if link.source in doubtful]

    def _compare(self, unseen: Sequence[Gone]) -> Generator[str | None, None, list[Relink]]:
        library, memory, aside = self.library, self.memory, self.aside
        if self.edited is not None:
            return (yield from links_in_their_notes(unseen, self.edited, self.places, library, memory, aside))
        from studytool.desk.judged import Judged, is_large
        from studytool.desk.linking import finding_links

        self._judged = self._judged or Judged(self.wanted, library)
        among, rivals = self._judged.new(unseen, memory), not is_large(library)
        return (yield from finding_links(unseen, self.places, library, memory, among, rivals=rivals, aside=aside))

    def keep(self) -> None:
        """Once the links are written: remember what was judged."""
        if self._judged and self._gone:
            self._judged.keep(self._gone)


def _drop(links: list[Relink], gone: Sequence[Gone], memory: Memory) -> set[str]:
    """Take out the links that an answer given since they were found stands against; returns their sources."""
    if not links:
        return set()
    sources = {one.card.key for one in gone}
    dropped = [link for link in links if link.source not in sources or memory.is_learned(link.target)]
    for link in dropped:
        links.remove(link)
    return {link.source for link in dropped}


def _return(wanted: Request, library: Library, store: Store, memory: Memory, moment: Moment) -> bool:
    """Undo the links of cards that are in the notes again, beside those that were taken for their edited forms.

    So it is where those are gone, and the learner has said that they are not what such a card was edited from. Returns
    whether there were any.
    """
    from studytool.memory import Draft

    returned = memory.links(library.entries)
    if not returned:
        return False
    following = {source: target for source, target, _ in memory.links()}
    places, parted, barred = Places(wanted, library), memory.parted(), memory.barred()
    refused = {target for _, target in parted}
    drafts = []
    for source, target, event in returned:
        seen, last = {source}, target
        while last not in library.entries and last in following and last not in seen:
            seen.add(last)
            last = following[last]
        if last in seen:
            continue
        is_apart = source in refused if last in barred else (last, source) in parted
        if last in library.entries or (is_apart and places.gone(last, memory.text(last))):
            drafts.append(Draft("undo", last, {"event": event, "because": "returned"}, moment))
    for undo in store.append_all(drafts) if drafts else ():
        memory.apply(undo, is_new=True)
    return bool(drafts)


def _written(
    links: Sequence[Relink],
    drafts: Sequence[Draft],
    places: Places,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
) -> Generator[str | None, None, tuple[Relinked, ...]]:
    """Write the links, so many at a time that a grade waits for none of it, and those that were written are told.

    They are taken into account at the end, all in one piece, for which what they come to is worked out before: until
    then the words of before, by which is asked, have their histories, and what is answered meanwhile under these
    follows by another link. Who goes over to the library in the same piece finds the histories where they belong.
    """
    found: dict[str, Relinked] = {}
    latest: dict[str, int] = {}  # when the last event was by which a card goes on
    events: list[Event] = []
    joined: Joined | None = None
    mark, version = memory.mark(), memory.version

    def write(part: Sequence[tuple[Relink, Draft]]) -> None:
        made = store.append_all([draft for _, draft in part])
        events.extend(made)
        for (link, _), event in zip(part, made, strict=True):
            latest[link.source] = event.ms
            front = str(event.payload["text"]["front"])
            found.setdefault(link.source, Relinked(link.source, link.target, event.id, front))

    try:
        with suppress(StudytoolError):  # what is left is found by the next opening
            pairs = list(zip(links, drafts, strict=True))
            for at in range(0, len(pairs), _WRITTEN):
                write(pairs[at : at + _WRITTEN])
                if len(pairs) > _WRITTEN:  # few count at once: nobody can answer a card between
                    yield None
            if len(pairs) > _WRITTEN:
                joined = yield from memory.joining(events)
            since = memory.changed_since(mark)  # who was answered meanwhile goes on with that, too
            said = [link for link in links if since is None or link.source in since]
            again = [link for link in said if memory.last(link.source) > latest[link.source]]
            write(list(zip(again, finished(_drafts(again, places, library, memory, moment)), strict=True)))
    finally:
        alone = memory.version == version  # nothing was heard of meanwhile, these links among it
        memory.join(events, joined, is_new=alone)
    return tuple(found.values())


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


def foretold(wanted: Request, library: Library, memory: Memory) -> tuple[list[Known], Histories]:
    """The cards whose history no card goes on with; and as what the others go on, by the log and the next opening."""
    from studytool.desk.linking import finding_links, going_back, going_on, rivalled
    from studytool.notes.relink import Histories, Relink

    places = Places(wanted, library)
    gone = finished(vanished(places, library, memory))
    back = finished(going_back([*gone, *parted(places, library, memory)], places, library, memory))
    doubtful = rivalled(back, gone, places, library, memory)
    links = {link.source: link for link in back if link.source not in doubtful}
    left, taken = [one for one in gone if one.card.key not in links], {link.target for link in links.values()}
    perhaps = [link for link in back if link.source in doubtful]
    found = going_on(finished(finding_links(left, places, library, memory)), perhaps, left, places, library, memory)
    links |= {link.source: link for link in found if link.target not in taken}
    lost = [one for one in gone if one.card.key not in links]
    made = {source: Relink(source, target, 1.0, "linked before") for source, target, _ in memory.links()}
    followed = {}
    ended = memory.barred() | {one.card.key for one in lost if one.anywhere}
    for key, link in {**made, **links}.items():
        seen = {key}
        while link.target not in library.entries and link.target not in seen:
            seen.add(link.target)
            link = links.get(link.target) or made.get(link.target) or link
        if link.target in library.entries:
            followed[key] = replace(link, source=key)
        elif link.target in ended:
            ended.add(key)
    return [one.card for one in lost], Histories(followed, memory.parted(), ended)
