"""The key that a card has by now, along the links from each edited form to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def followed(key: str, following: Mapping[str, str], is_there: Callable[[str], bool]) -> str:
    """The first form of a card, from `key` on, that is there; where none is, the last one before they come round."""
    seen = {key}
    while not is_there(key) and (now := following.get(key)) is not None and now not in seen:
        key = now
        seen.add(key)
    return key
