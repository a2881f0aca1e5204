"""Hiding in a text every word that would give one of the options away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.model import MASK
from studytool.quiz.prose import atoms, covered
from studytool.quiz.words import Word, fold, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def hide(text: str, telling: Iterable[str]) -> tuple[str, int, int] | None:
    """`text` with every word of the `telling` texts masked: the text, how many words went, how many content words stay.

    Other forms of a word (pools, pooling), words built on one (backpropagation for propagation) and initials (CNN for
    convolutional neural network) go too; neighbouring masks become one, so that their number does not tell the length
    of the answer. None when a formula or inline code holds such a word, because it can only be shown whole.
    """
    secrets = Secrets(telling)
    is_inside = covered(atoms(text))
    found = words(text)
    hidden = [word for word in found if secrets.tells(text[word.start : word.end], word)]
    if any(is_inside(word.start) for word in hidden):
        return None
    kept = sum(word.content for word in found) - sum(word.content for word in hidden)
    return cover(text, hidden, MASK), len(hidden), kept


def cover(text: str, hidden: Sequence[Word], sign: str) -> str:
    """`text` with `sign` in the place of the words; words with only blanks or hyphens between them share one."""
    spans: list[list[int]] = []
    for word in hidden:
        if spans and not text[spans[-1][1] : word.start].strip(" -–'’/"):
            spans[-1][1] = max(spans[-1][1], word.end)
        else:
            spans.append([word.start, word.end])
    pieces, place = [], 0
    for start, end in spans:
        pieces += [text[place:start], sign]
        place = end
    return "".join([*pieces, text[place:]])


class Secrets:
    """What must not be readable: the words of the given texts, in any form."""

    __slots__ = ("_initials", "_stems", "_whole")

    def __init__(self, texts: Iterable[str]) -> None:
        self._stems: set[str] = set()
        self._whole: set[str] = set()
        self._initials: set[str] = set()
        for text in texts:
            found = words(text)
            content = [word for word in found if word.content]
            self._stems.update(word.stem for word in content)
            self._whole.update(fold(text[word.start : word.end]) for word in content)
            for run in (found, content):
                letters = "".join(fold(text[word.start])[:1] for word in run)
                self._initials.update(
                    letters[low:high] for low in range(len(letters)) for high in range(low + 2, low + 6)
                )

    def tells(self, written: str, word: Word) -> bool:
        """Whether this word, as `written`, gives one of the texts away."""
        if word.stem in self._stems:
            return True
        folded = fold(written)
        if len(written) > 1 and written[:2].isupper() and folded.removesuffix("s") in self._initials:
            return True
        return word.content and any(_akin(folded, word.stem, other) for other in self._whole)


def _akin(folded: str, stem: str, other: str) -> bool:
    """Whether one word is built on the other, or begins with the same five letters that are most of it."""
    if len(stem) >= 5 and stem in other:
        return True
    if len(other) >= 5 and other in folded:
        return True
    shared = 0
    for a, b in zip(folded, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared >= 5 and shared >= 0.7 * min(len(folded), len(other))
