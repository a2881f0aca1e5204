"""Long texts with one kind of construct: told by what stands between its signs, each different piece once."""

from __future__ import annotations

import re
from collections.abc import Callable

Hidden = tuple[str, str]
"""A text with its constructs hidden; what stands between them, each piece once."""


def opened(
    text: str, opening: str, rest: re.Pattern[str], hide: Callable[[str], str], before: str = ""
) -> Hidden | None:
    """A text in which every `opening` begins a construct that goes on as `rest` tells; None where one does not.

    `hide` gives what stands in the place of a construct. A sign `before` the opening belongs to it.
    """
    first, *pieces = text.split(opening)
    between = [first]
    told: dict[str, str] = {}
    for piece in set(pieces):
        found = rest.match(piece)
        if not found:
            return None
        after = piece[found.end() :]
        between.append(after)
        told[piece] = hide(opening + found.group()) + after
    last = told[pieces[-1]]
    if before:
        hidden = last[:1]
        first, *ends = [one[:-1] + hidden if one.endswith(before) else one for one in (first, *told.values())]
        told = dict(zip(told, ends, strict=True))
    masked = "".join([first, *map(told.__getitem__, pieces[:-1]), last])
    return masked, "\0".join(between)


def paired(text: str, sign: str, inner: re.Pattern[str], beside: re.Pattern[str]) -> Hidden | None:
    """A text in which a `sign` opens each construct and one closes it; None where one does not.

    `inner` is all that may stand in one, `beside` what may not stand right before or behind it.
    """
    pieces = text.split(sign)
    between = set(pieces[::2])
    within = {one: "\0" * (len(one) + 2 * len(sign)) for one in set(pieces[1::2])}
    if len(pieces) % 2 == 0 or not all(map(inner.fullmatch, within)):
        return None
    if any(beside.match(end) for one in between for end in (one[:1], one[-1:])):
        return None
    pieces[1::2] = map(within.__getitem__, pieces[1::2])
    return "".join(pieces), "\0".join(between)
