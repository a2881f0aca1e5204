"""The clock: the one place that asks what time it is, for the edges (the app, the commands) to pass on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.memory import Moment


def now() -> Moment:
    """This moment, with the local offset from UTC that is in force."""
    from studytool.memory import Moment

    return Moment.at(datetime.now().astimezone())


def today() -> date:
    """The date of this moment, by the local calendar."""
    return date.fromordinal(now().day(0))
