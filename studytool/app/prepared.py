"""What is asked of notes and log before the first screen is there: in a thread, where there is much of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.app.telling import in_short
from studytool.errors import StudytoolError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.opening import Opening
    from studytool.desk import Desk
    from studytool.desk.returning import Relinked
    from studytool.memory import Moment, Session
    from studytool.settings import Settings


@dataclass(slots=True)
class Prepared:
    """An open desk with what was found on it; where that failed, why, and the desk if there is one."""

    desk: Desk | None = None
    relinked: tuple[Relinked, ...] = ()
    found: set[str] | None = None
    """The cards of the search that was asked for."""
    aimed: Session | None = None
    """The sitting for the exam that was asked for."""
    missed: tuple[str, ...] = ()
    """Sentences about what the syllabus of that names and no card is found by."""
    topics: Sequence[str] | None = None
    """The topics that were asked for, by their names in the library."""
    session: Session | None = None
    """Another sitting that was asked for, its cards in order."""
    failure: Exception | None = None
    """Anything but a `StudytoolError` is a defect, to be raised in the thread that paints."""


def prepare(
    opening: Opening,
    now: Moment,
    topics: Sequence[str] | None = None,
    search: str = "",
    *,
    exam: bool = False,
    studies: bool = False,
    cram: bool = False,
    whole: bool = False,
) -> Prepared:
    """Open the desk and find what was asked for, in whatever thread.

    With the `whole` of it, make candidates and states too, which otherwise are made when they are first asked for, and
    the sitting of who `studies`, or wants to `cram`: to make it of a hundred thousand cards takes a tenth of a second.
    """
    made = Prepared()
    try:
        desk = made.desk = opening.desk()
        if topics:
            made.topics = topics = _named(topics, desk)
        made.relinked = desk.catch_up()
        if search:  # after that: what is searched for may be in the history of a card that was edited
            made.found = desk.search_to_study(search)
        if exam:
            from studytool.syllabus import agenda

            planned = agenda(desk, now)
            made.aimed, made.missed = desk.aimed(now, planned), planned[0].missed
        if whole:
            for _ in desk.roster.ready():
                pass
            desk.memory.states(desk.memory.named())
            if studies and not exam:
                made.session = (desk.cram if cram else desk.session)(now, topics, made.found)
    except Exception as failure:
        made.failure = failure
    return made


def _named(topics: Sequence[str], desk: Desk) -> list[str]:
    """The topics by their names in the library; what is not in the part that was read may be in the rest."""
    from studytool.topics_named import topics_named

    try:
        return topics_named(topics, desk.topics(), desk.library)
    except UsageError as error:
        if desk.complete:
            raise
        raise StudytoolError(error.message) from error


def strange(settings: Settings) -> list[str]:
    """Sentences about what the files of settings say in vain."""
    return in_short(settings.unknown, "things in the settings do not hold", "studytool settings")


def notices(opening: Opening, made: Prepared) -> list[str]:
    """Sentences about what the learner should know of the notes and the log that were opened."""
    from studytool.desk import shortfall

    desk = made.desk
    assert desk is not None, "without one there is nothing to tell of"
    said = [*desk.request.lost, *strange(desk.request.settings)]
    if refused := opening.refusal:
        said.insert(0, f"{refused} Until then you can look around, and no answer is kept.")
    if desk.request.settings.exam and desk.complete:
        from studytool.syllabus import slips

        none = slips(desk.request.settings, desk.topics(), desk.request.exam_library)
        missed = [*dict.fromkeys([*none, *made.missed])]
        said += in_short(missed, "items of `syllabus` find no card", "studytool forecast")
    if made.relinked:
        from studytool.desk.returning import told

        said.append(told(len(made.relinked)))
    if lost := shortfall(desk.store):
        said.append(lost)
    return said
