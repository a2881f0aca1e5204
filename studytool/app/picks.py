"""The keys that choose an option by its number: in the quiz, and of a card that is studied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding, BindingType

NUMBERED = 9
"""Options beyond that have no key of their own."""
PICKS: list[BindingType] = [
    Binding(str(n), f"pick({n})", f"Option {n}", show=False, id=f"choice.pick-{n}") for n in range(1, NUMBERED + 1)
]


def numbers(keys_name: Callable[[Sequence[str], str], str], options: int) -> str:
    """What a sentence calls the keys of so many options, by what says how keys are called: `1 or 2`, `1 to 4`."""
    count = min(options, NUMBERED)
    usual = f"1 {'or' if count == 2 else 'to'} {count}"
    return keys_name([f"choice.pick-{n}" for n in range(1, count + 1)], usual)
