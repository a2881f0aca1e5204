"""Likeness, word by word: slips of a letter are nearly right, another word is not; what is missing is named."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from studytool.quiz.marking.opposed import are_opposed, are_other_words
from studytool.quiz.marking.reasons import nearly, quoted, right, wrong
from studytool.quiz.marking.text import ALONE, normal, raw, spelling, wording
from studytool.quiz.stop_words import TELLING
from studytool.quiz.words import fold, is_negation, is_stop_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytool.quiz.model import Mark

_OPPOSITE_HEADS = ("un", "in", "im", "ir", "il", "dis", "a")
_LISTED_ARTICLES = "der die das den dem des ein eine einen einem einer el la los las le les un une unos unas l"
_ARTICLES = frozenset(map(spelling, _LISTED_ARTICLES.split()))
_HARMLESS = _ARTICLES | frozenset(
    spelling(word)
    for words in ("a an the is are was were be been it its this that these there so do does because since namely of",)
    for word in words.split()
)
"""Words whose absence or presence changes nothing."""
_OFTEN = ("the", "and", "of", "to", "with", "that", "this")
"""Small words that are often typed with two letters turned about, and stand before nearly everything."""
_TELLING = frozenset(map(spelling, TELLING.split()))
_LISTED_ROLES = (
    "to from into than before after over under by on onto with without when if against between von zu nach vor a de par"
)
_ROLES = frozenset(_LISTED_ROLES.split())
_LISTED_GENERAL = "layer algorithm method network model score technique optimizer clustering neural approach procedure"
_HEAD = re.compile(r"(?<![\w-])([^\W\d_]+)-(?=[^\W\d_])")
_LISTED_SHORT = "max maximum, min minimum, avg average, std standard, conv convolution, param parameter"
_IN_FULL = {pair.split()[0]: spelling(pair.split()[1]) for pair in _LISTED_SHORT.split(",")}
_GENERAL = frozenset(_LISTED_GENERAL.split())
"""Nouns that say what kind of thing a name is: without them it is still that name."""


def mark_words(answer: str, typed: str) -> Mark:
    """The mark of words that are not the same: how far they are from the wanted ones."""
    negated, wanted = _without_negation(wording(answer))
    negates, said = _aligned(_without_negation(wording(typed)), wanted)
    if negated != negates:
        return wrong(answer, "it says the opposite" if set(wanted) & set(said) else "")
    if wanted == said:
        return right("said in other words")
    if ("minus" in wanted) != ("minus" in said):
        return wrong(answer, "the sign")
    if Counter(wanted) == Counter(said):
        if _ROLES & set(map(fold, raw(answer))) and _ROLES & set(map(fold, raw(typed))):
            return wrong(answer, "its parts have changed places")
        if _turned(wanted, said) or are_opposed(wanted):
            return wrong(answer, "its parts have changed places")
        return nearly("the words are in another order", answer)
    return _compare(answer, typed, wanted, said)


def _turned(wanted: list[str], said: list[str]) -> bool:
    """Whether what stands before and after some word has changed places: `A implies B`, `B implies A`."""
    return len(wanted) > 2 and any(
        said == [*wanted[place + 1 :], wanted[place], *wanted[:place]] for place in range(1, len(wanted) - 1)
    )


def _compare(answer: str, typed: str, wanted: list[str], said: list[str]) -> Mark:
    slips, forms, missing, more = paired(wanted, said, _strict(answer))
    mistyped = _mistyped(more, answer, typed)
    more = [word for word in more if word not in mistyped]
    heads = _hyphened(answer) | _hyphened(typed)
    key = [word for word in wanted if word in heads or not _is_small(word)] or wanted
    left_out = [word for word in missing if word in key]
    added = [word for word in more if word in heads or not _is_small(word)]
    lacking, extra = _as_written(left_out, answer), quoted(" ".join(_as_written(added, typed)))
    if not left_out and not added:
        if not slips and not forms and not mistyped and _HARMLESS.issuperset([*missing, *more]):
            return _harmless(answer, wanted, said)
        form = f"{quoted(', '.join(_as_written(forms, typed)))} is another form of the word" if forms else ""
        small = f"{quoted(', '.join(_as_written(mistyped, typed)))} is misspelled" if mistyped and not slips else ""
        return nearly(form or small or _slip(slips), answer)
    if not left_out and len(added) <= max(1, len(key) // 2):
        return nearly(f"{extra} is more than the answer", answer)
    found = len(key) - len(left_out)
    if not added and (len(left_out) * 4 <= len(key) or (found and _GENERAL.issuperset(left_out))):
        return nearly(f"you left out: {', '.join(lacking)}", answer)
    if not left_out:
        return wrong(answer, f"{extra} is more than the answer")
    return wrong(answer, f"you left out: {', '.join(lacking)}" if found else "")


def _as_written(words: Sequence[str], text: str) -> list[str]:
    """Words in their one form as they stand in a text, the first twelve of them."""
    known = {normal(word): word for word in raw(text)}
    return [known.get(word, word) for word in words[:12]]


def _harmless(answer: str, wanted: Sequence[str], said: Sequence[str]) -> Mark:
    """Right when the words that matter stand in the same order."""
    rest = [[word for word in words if word not in _HARMLESS] for words in (wanted, said)]
    articles = [{fold(word) for word in words} & _ARTICLES for words in (wanted, said)]
    if articles[0] and articles[1] and articles[0] != articles[1]:
        return nearly("another article", answer)
    if rest[0] == rest[1]:
        return right(f"written {quoted(answer)}")
    return nearly("the words are in another order", answer)


def paired(
    wanted: Sequence[str], said: Sequence[str], strict: frozenset[str] = frozenset()
) -> tuple[int, list[str], list[str], list[str]]:
    """Letters off in words that are meant alike, words in another form, the wanted ones that are missing, and the rest.

    No slip of a letter is forgiven in the `strict` words.
    """
    from rapidfuzz.distance import OSA  # 17 ms, and only when an answer is not simply right
    from rapidfuzz.process import extractOne

    counted = Counter(said)
    slips, rest = 0, []
    for word in wanted:
        if counted[word]:
            counted[word] -= 1
        else:
            rest.append(word)
    forms, missing, more = [], [], list(counted.elements())
    by_form = {_inflected(word): word for word in more} if rest else {}
    for word in rest:
        near = extractOne(word, more, scorer=OSA.distance, score_cutoff=2) if word not in strict else None
        form = by_form.get(_inflected(word), "")
        if near and near[0] not in strict and _is_slip(word, near[0], int(near[1])):
            slips += int(near[1])
            more.remove(near[0])
        elif form in more:
            forms.append(form)
            more.remove(form)
        elif len(rest) < len(wanted) and len(word) > 3 and word[0] in more and word[0].isalpha():
            more.remove(word[0])  # an initial
        else:
            missing.append(word)
    return slips, forms, missing, more


def _mistyped(more: Sequence[str], answer: str, typed: str) -> list[str]:
    """Of the words too many the small ones that are mistyped: `teh`, and `fr` where the answer's `for` is not typed."""
    if not more:
        return []
    from rapidfuzz.distance import OSA

    lacking = set(map(fold, raw(answer))) - set(map(fold, raw(typed)))
    small = [word for word in lacking if len(word) > 2 and is_stop_word(word) and not is_negation(word)]
    return [
        word
        for word in more
        if not is_stop_word(word)
        and word.isalpha()
        and (any(OSA.distance(word, one) == 1 for one in small) or any(_turned_about(word, one) for one in _OFTEN))
    ]


def _turned_about(word: str, other: str) -> bool:
    """Whether two letters of a word that stand together have changed places."""
    at = next((at for at, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]), len(word))
    return word != other and word == other[:at] + other[at : at + 2][::-1] + other[at + 2 :]


def _is_slip(word: str, other: str, off: int) -> bool:
    """Whether one word is the other mistyped: few letters off for its length, no digit, and not another word."""
    if len(word) < 4 or off > (1 if len(word) < 8 else 2) or any(letter.isdigit() for letter in word + other):
        return False
    if len(word) < 7 and off == 1 and _grown(*sorted((word, other), key=len)):
        return False
    return not are_other_words(word, other)


def _grown(short: str, long: str) -> bool:
    """Whether a word has got one more letter at its end that does not double the last: `adam`, `adamw`."""
    return long[:-1] == short and long[-1] != short[-1]


def _inflected(word: str) -> str:
    """A full word without its ending: `decreasing` and `decrease` are `decreas`, `running` `run`, `max` `maximum`."""
    word = _IN_FULL.get(word, word)
    for ending, least in (("ing", 3), ("ed", 3), ("ly", 4), ("e", 4)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def _without_negation(words: Iterable[str]) -> tuple[bool, list[str]]:
    """Whether the words are negated, and the words without their negation: `not convex` and `nonconvex` are alike."""
    negated, kept = False, []
    for word in words:
        if is_negation(word) or word == "non":
            negated = not negated
        elif word.startswith("non") and len(word) > 6:
            negated = not negated
            kept.append(word[3:])
        elif word.startswith("nicht") and len(word) > 8:
            negated = not negated
            kept.append(word[5:])
        else:
            kept.append(word)
    return negated, kept


def _aligned(said: tuple[bool, list[str]], wanted: Sequence[str]) -> tuple[bool, list[str]]:
    """`unbounded` as a negated `bounded` where that is the word the answer has, and the other way round."""
    negated, kept, known = said[0], [], frozenset(wanted)
    for word in said[1]:
        other = word
        if word not in known:
            for head in _OPPOSITE_HEADS:
                if head + word in known:
                    other = head + word
                elif word.startswith(head) and word[len(head) :] in known:
                    other = word[len(head) :]
        negated ^= other != word
        kept.append(other)
    return negated, kept


def _strict(answer: str) -> frozenset[str]:
    """Short names with capitals inside, such as `LSTM` and `ReLU`: another letter is another name."""
    names = (word for word in raw(answer) if len(word) < 6 and any(letter.isupper() for letter in word[1:]))
    return frozenset(map(spelling, names))


def _hyphened(text: str) -> set[str]:
    """What stands before a hyphen, in its one form: in `in-order` and `pre-order` it is what tells them apart."""
    return {normal(head) for head in _HEAD.findall(text)} - _HARMLESS


def _is_small(word: str) -> bool:
    """Whether a word, in its one spelling, carries no meaning of its own."""
    return word not in _TELLING and word != ALONE and any(is_stop_word(word + ending) for ending in ("", "e", "s"))


def _slip(letters: int) -> str:
    if not letters:
        return "a small word differs"
    return "one letter off" if letters == 1 else f"{letters} letters off"
