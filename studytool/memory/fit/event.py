"""The parameters that a learner's log has set: the latest `parameters` event that stands gives those in use."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import TYPE_CHECKING

from studytool.memory.events import Moment, order
from studytool.memory.fsrs import DEFAULT_WEIGHTS, Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studytool.memory.events import Event

KIND = "parameters"
_LOWEST = (*(0.0001,) * 4, *(0.0,) * 16, 0.01)
_HIGHEST = (*(100.0,) * 4, *(10.0,) * 16, 2.0)  # wider than any fit comes to


def payload_of(
    weights: Sequence[float], reviews: int = 0, loss: float | None = None, was: float | None = None
) -> dict[str, object]:
    """The payload of an event that sets `weights`, fitted to so many answers (0: to none).

    `loss` and `was` are the mean log losses on later answers by such a fit, and by what was in use before.
    """
    payload = {"model": "FSRS", "version": 6, "weights": list(weights), "reviews": reviews}
    return payload if loss is None else {**payload, "loss": loss, "was": was}


def weights_in(payload: object) -> tuple[float, ...] | None:
    """The parameters that a payload sets; None where they are of another model or cannot be right."""
    if not isinstance(payload, Mapping) or (payload.get("model"), payload.get("version")) != ("FSRS", 6):
        return None
    told = payload.get("weights")
    if not isinstance(told, list) or len(told) != len(DEFAULT_WEIGHTS):
        return None
    if not all(type(weight) in (int, float) and isfinite(weight) for weight in told):
        return None
    if not all(low <= weight <= high for weight, low, high in zip(told, _LOWEST, _HIGHEST, strict=True)):
        return None
    return tuple(float(weight) for weight in told)


def after(events: Iterable[Event], moment: Moment) -> Moment:
    """`moment`, or just after the last of the `events` that set parameters, where a clock was set back since."""
    last = max((event.ms for event in events), default=moment.ms - 1)
    return moment if moment.ms > last else Moment(last + 1, moment.offset)


def standing(events: Iterable[Event], stands: Callable[[str], bool]) -> list[Event]:
    """The events that set parameters and count, in the log's order; `stands` says of an id that no undo names it."""
    found = [event for event in events if event.kind == KIND and weights_in(event.payload) and stands(event.id)]
    return sorted(found, key=order)


def model_of(found: Sequence[Event]) -> Model:
    """The model that the last of the events of `standing` sets; the published one where there is none."""
    weights = weights_in(found[-1].payload) if found else None
    return Model() if weights is None else Model(weights)


def fitted_to(found: Sequence[Event]) -> int:
    """To how many answers the parameters in use were fitted; 0 where nobody knows or they are the published ones."""
    told = found[-1].payload.get("reviews") if found else 0
    return told if type(told) is int and told > 0 else 0
