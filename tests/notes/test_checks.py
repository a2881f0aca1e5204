"""Checks below cards: found, given to the card above, and shown by none."""

from __future__ import annotations

import pytest

from studytool.notes.checks import carried, find_checks, without_checks
from studytool.notes.dialects import DIALECTS
from studytool.notes.parse import parse_note

CHECK = "```python check\nanswer == 1\n```"
NOTE = "# A\n\nQ: One?\nA: 1\n{}\nQ: Two?\nA: 2\n\nC: A [three] and a [four].\n"


def keys(text: str) -> list[tuple[str, str, str]]:
    return [(card.key, card.front, card.back) for card in parse_note(text, "a.md").studied]


@pytest.mark.parametrize("kind", ["python", "claim"])
@pytest.mark.parametrize("fence", ["```", "~~~", "````"])
def test_a_check_changes_no_card(kind: str, fence: str) -> None:
    assert keys(NOTE.format(f"\n{fence}{kind} check\n- [ ] x\nQ: not a card?\n{fence}\n")) == keys(NOTE.format(""))


@pytest.mark.parametrize("dialect", [d for d in DIALECTS if d.example.strip()], ids=lambda dialect: dialect.name)
def test_a_check_below_the_cards_of_a_dialect_is_shown_by_none(dialect) -> None:
    example = dialect.example.strip()
    assert keys(f"{example}\n\n{CHECK}\n") == keys(f"{example}\n")


def test_other_fences_stay_as_they_are() -> None:
    for fence in ("```python\ncheck\n```", "```\npython check\n```", "```check python\n```", "```python check x\n```"):
        assert find_checks(fence.split("\n")) == []
    shown = f"````markdown\n{CHECK}\n````"
    assert without_checks(shown.split("\n")) == shown.split("\n")


def test_a_check_that_is_never_closed_is_an_open_fence() -> None:
    note = parse_note("Q: One?\nA: 1\n\n```python check\nanswer\n", "a.md")
    assert [one.code for one in note.diagnostics] == ["unclosed-fence"]


def test_a_check_has_its_lines_and_its_text() -> None:
    (check,) = find_checks(["Q: a", "", "~~~ python check", "x = 1", "", "x", "~~~", "end"])
    assert check == ("python", "x = 1\n\nx", 3, 7)


def test_a_check_belongs_to_every_card_of_the_text_above_it() -> None:
    text = NOTE.format(f"\n{CHECK}\n") + f"\n{CHECK}\n"
    found = list(carried(parse_note(text, "a.md"), find_checks(text.split("\n"))))
    assert [[card.back for card in cards] for _, cards in found if cards] == [["1"], ["three", "four"]]


def test_a_check_above_all_cards_belongs_to_none() -> None:
    text = f"{CHECK}\n\nQ: One?\nA: 1\n"
    assert [cards for _, cards in carried(parse_note(text, "a.md"), find_checks(text.split("\n")))] == [[]]
