"""The keys that choose an option by its number: in the quiz, and of a card that is studied."""

from __future__ import annotations

from textual.binding import Binding, BindingType

NUMBERED = 9
"""Options beyond that have no key of their own."""
PICKS: list[BindingType] = [
    Binding(str(n), f"pick({n})", f"Option {n}", show=False, id=f"choice.pick-{n}") for n in range(1, NUMBERED + 1)
]
