"""Which questions may stand in one paper: none that shows the answer of another, as their list would in an exam."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from studytool.quiz.words import UNSPACED, is_stop_word, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.quiz.model import Asked

_LETTERS = 3
"""A shorter answer stands anywhere by chance."""
_LONG = (3, 12)
"""Words of meaning and letters from which on an answer tells itself wherever it stands in a prompt."""
_BEHIND = re.compile(r"±|\+-|…|\s[^\W\d]")
"""What follows a number: its tolerance, its unit."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A text that can be read while the paper is sat: its words one after the other, and those of meaning."""

    spoken: str
    stems: frozenset[str]
    is_prompt: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """A right answer: its words one after the other, and the words of meaning that it is asked for with."""

    spoken: str
    stems: frozenset[str]
    asked_for: frozenset[str]
    is_long: bool

    def is_told_by(self, shown: _Shown) -> bool:
        """Whether a text says it together with half of what is asked, or a prompt says one that is long."""
        if self.spoken not in shown.spoken:
            return False
        if self.is_long and shown.is_prompt:
            return True
        return bool(self.asked_for) and 2 * len(self.asked_for & shown.stems) >= len(self.asked_for)


class Apart:
    """The questions of a paper so far."""

    def __init__(self) -> None:
        self._places: set[tuple[str, int]] = set()
        self._shown: dict[str, list[_Shown]] = {}  # by each of their stems
        self._answers: dict[str, list[_Answer]] = {}  # by one of their stems

    def takes(self, asked: Asked) -> bool:
        """Take a question into the paper, unless it and one that is there are of one card or show the other's answer.

        The gaps of one sentence, and both directions of a card, stand at one place of a note.
        """
        shown, answers = list(_shown(asked)), list(_answers(asked))
        place = (asked.path, asked.line)
        if place in self._places or any(map(self._is_told, answers)) or any(map(self._tells, shown)):
            return False
        self._places.add(place)
        for text in shown:
            for stem in text.stems:
                self._shown.setdefault(stem, []).append(text)
        for answer in answers:
            self._answers.setdefault(min(answer.stems), []).append(answer)
        return True

    def _is_told(self, answer: _Answer) -> bool:
        """Whether a text of the paper tells an answer."""
        rarest = min(answer.stems, key=lambda stem: len(self._shown.get(stem, ())))
        return any(map(answer.is_told_by, self._shown.get(rarest, ())))

    def _tells(self, shown: _Shown) -> bool:
        """Whether a text tells an answer of the paper."""
        return any(answer.is_told_by(shown) for stem in shown.stems for answer in self._answers.get(stem, ()))


def _shown(asked: Asked) -> Iterator[_Shown]:
    """The prompt, each option, and what is put in order or matched."""
    yield _Shown(_spoken(asked.prompt), stems(asked.prompt), is_prompt=True)
    for text in (*(option.text for option in asked.options), "\n".join((*asked.items, *asked.targets))):
        if text:
            yield _Shown(_spoken(text), stems(text), is_prompt=False)


def _answers(asked: Asked) -> Iterator[_Answer]:
    """The answers that can stand in a text: not an order, not pairs, not what is true."""
    if asked.kind in ("ordering", "matching", "truth"):
        return
    right = [option.text for option in asked.options if option.correct] or [asked.answer]
    for text in right if asked.kind == "recall" else (*right, *asked.accepted):
        bare = _BEHIND.split(text)[0] if asked.kind == "numeric" else text
        known, letters = stems(bare), sum(map(str.isalnum, bare))
        if known and (letters >= _LETTERS or UNSPACED.search(bare)):
            is_long = len(known) >= _LONG[0] and letters >= _LONG[1]
            yield _Answer(_spoken(bare, trimmed=True), known, stems(asked.prompt) - known, is_long)


def _spoken(text: str, *, trimmed: bool = False) -> str:
    """The stems of a text's words in their order, between blanks; `trimmed` of an article, or the like, before them.

    What has no meaning by itself may have one behind another word: `type I`.
    """
    found = words(text)
    if trimmed:
        found = list(dropwhile(lambda word: is_stop_word(text[word.start : word.end]), found))
    return f" {' '.join(word.stem for word in found)} "
