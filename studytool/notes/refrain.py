"""Words that one edit puts before or after many prompts alike, such as a tag or the name of a deck: no part of any.

Words that negate are a part of each: with them it asks for the opposite. So are numbers, unless they number a chapter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.notes.lexicon import is_hard
from studytool.notes.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.notes.relink import Known

CHAPTER = re.compile(
    r"\b(?:chapter|lecture|lesson|unit|week|day|section|part|module|topic|exercise|figure|kapitel|vorlesung|woche|teil"
    r"|chapitre|cap[ií]tulo|capitolo|глава)\s{0,3}\d{1,4}(?:\.\d{1,3}){0,3}",
    re.IGNORECASE,
)
_FEWEST = 5
"""So many prompts have to have gained the same words."""


@dataclass(frozen=True, slots=True)
class Refrains:
    """What stands before, and what stands after, many prompts on one side of an edit; the longest first."""

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def without(self, prompt: str) -> str:
        """The prompt without a refrain before it and one after it."""
        opening = next((one for one in self.before if len(prompt) > len(one) and prompt.startswith(one)), "")
        prompt = prompt[len(opening) :]
        ending = next((one for one in self.after if len(prompt) > len(one) and prompt.endswith(one)), "")
        return prompt[: len(prompt) - len(ending)]


NO_REFRAINS = Refrains()


def refrains(vanished: Sequence[Known], fresh: Sequence[Known]) -> tuple[Refrains, Refrains]:
    """The refrains of the cards that vanished, and of those that came.

    They are told by cards that kept their note and their answer to the letter.
    """
    if min(len(vanished), len(fresh)) < _FEWEST:
        return NO_REFRAINS, NO_REFRAINS
    before, now = _prompts(vanished), _prompts(fresh)
    return _gained(before, now), _gained(now, before)


def _prompts(cards: Iterable[Known]) -> dict[tuple[str, str, str], list[str]]:
    """The prompts with each answer in each note."""
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for card in cards:
        if card.back.strip():
            found[card.path, card.kind, card.back].append(card.front)
    return found


def _gained(
    longer: Mapping[tuple[str, str, str], list[str]], shorter: Mapping[tuple[str, str, str], list[str]]
) -> Refrains:
    """What many of the longer prompts have before or after the shorter ones."""
    before: dict[str, set[str]] = defaultdict(set)
    after: dict[str, set[str]] = defaultdict(set)
    for where, prompts in longer.items():
        others = shorter.get(where, ())
        if len(prompts) != 1 or len(others) != 1:
            continue
        whole, part = prompts[0], others[0].strip()
        if not part or len(whole) <= len(part):
            continue
        if whole.endswith(part) and not _inside_a_word(whole, len(whole) - len(part)):
            before[whole[: len(whole) - len(part)]].add(part)
        elif whole.startswith(part) and not _inside_a_word(whole, len(part)):
            after[whole[len(part) :]].add(part)
    return Refrains(_often(before), _often(after))


def _inside_a_word(text: str, at: int) -> bool:
    return text[at - 1].isalnum() and text[at].isalnum()


def _often(found: Mapping[str, set[str]]) -> tuple[str, ...]:
    often = (one for one, prompts in found.items() if len(prompts) >= _FEWEST and not _tells(one))
    return tuple(sorted(often, key=lambda one: (-len(one), one)))


def _tells(refrain: str) -> bool:
    """Whether words that many prompts share change what each asks."""
    return bool(Words(refrain).negations) or any(map(is_hard, Words(CHAPTER.sub("", refrain)).all))
