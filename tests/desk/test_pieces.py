"""What is asked of all cards of a log is asked a piece at a time."""

from __future__ import annotations

from itertools import pairwise
from types import SimpleNamespace

from studytool.desk.gone import vanished

CARDS = 8_000


class Held(dict[str, int]):
    """Cards of a library; counts how many were looked for."""

    looks = 0

    def __contains__(self, key: object) -> bool:
        self.looks += 1
        return super().__contains__(key)


def test_no_piece_of_the_search_for_cards_that_are_gone_looks_for_more_than_two_thousand() -> None:
    held = Held.fromkeys(map(str, range(CARDS)), 0)
    known = {"mark": lambda: (0, 0), "changed_since": lambda _: None}
    memory = SimpleNamespace(barred=set, learned=lambda: list(map(str, range(CARDS))), **known)
    looks = [0]
    for _ in vanished(SimpleNamespace(), SimpleNamespace(entries=held), memory):  # type: ignore[arg-type]
        looks.append(held.looks)
    assert held.looks == CARDS
    assert max(after - before for before, after in pairwise(looks)) <= 2_000
