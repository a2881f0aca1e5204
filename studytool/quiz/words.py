"""Words as the quiz compares them: tokens with their places, stems, and which words carry meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from studytool.quiz.stop_words import ENGLISH, GENERAL, HEADS, OTHERS, VAGUE

_TOKEN = re.compile(r"[^\W_]+")
# Scripts written without blanks: a pair of characters stands for a word there.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")
"""Runs of scripts that put no blanks between words."""

_LISTED_NEGATIONS = (
    "no not never without nor neither nicht kein keine keinem keinen keiner ohne nie ne pas sans aucun aucune jamais "
    "ningún ninguno ninguna nunca nessun nessuno nessuna senza não nenhum nenhuma sem niet geen nooit zonder bez "
    "не нет без никогда ні немає"
)

# Longest first; what is left must keep four letters. Crude: it only has to treat two forms of one word alike.
_SUFFIXES = (
    *("izations", "ization", "ations", "izing", "ation", "ating", "ities", "ments", "ically", "ized", "izes", "ated"),
    *("ates", "ions", "ings", "ment", "ally", "ical", "ives", "able", "ize", "ate", "ion", "ing", "ers", "ies", "ied"),
    *("ity", "ive", "er", "ly", "ic", "al", "es", "ed", "en", "os", "as", "e", "s", "y", "o", "a", "i"),
)
# Of nouns and adjectives in Russian and Ukrainian; what is left must keep three letters.
_LISTED_CYRILLIC = (
    "иями ями ами ого его ому ему ыми ими ией иях иям ові ов ев ей ой ый ий ая яя ое ее ые ие ых их ую юю ом ем ам ям "
    "ах ях ою ею ия ию ии ью ів а я о е ё ы и й у ю ь і ї є"
)
_CYRILLIC = tuple(_LISTED_CYRILLIC.split())


class Word(NamedTuple):
    """A word at `text[start:end]`, with the stem it is compared by and whether it carries meaning."""

    start: int
    end: int
    stem: str
    content: bool


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, compatibility forms and Latin accents."""
    word = unicodedata.normalize("NFKC", word).casefold()
    if word.isascii():
        return word
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", word):
        # Only on Latin letters is the mark a matter of spelling: in Japanese or Hindi it is another letter.
        if unicodedata.combining(character) and kept and kept[-1].isascii():
            continue
        kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


_ENGLISH = frozenset(map(fold, ENGLISH.split()))
_STOP_WORDS = _ENGLISH.union(map(fold, OTHERS.split()))
_NEGATIONS = frozenset(map(fold, _LISTED_NEGATIONS.split()))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of a word that its forms share: `pooling`, `pools` and `pooled` give `pool`."""
    folded = fold(word).replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    suffixes, least = (_CYRILLIC, 3) if "\u0400" <= folded[-1:] <= "\u04ff" else (_SUFFIXES, 4)
    for suffix in suffixes:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= least:
            return folded[: -len(suffix)]
    return folded


_GENERAL = frozenset(map(stem, f"{GENERAL} {VAGUE}".split()))
_VAGUE = frozenset(map(stem, VAGUE.split()))
_HEADS = frozenset(map(stem, HEADS.split()))


def words(text: str) -> list[Word]:
    """The words of `text` in order. In scripts without blanks every pair of characters is one."""
    return list(_words(text))


_made = tuple.__new__  # what a named tuple comes to in the end, without the words on the way


@lru_cache(maxsize=8192)  # the sentences of a card are looked at beside each of its siblings
def _words(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        known = _known(match.group())
        if known is not None:
            found.append(_made(Word, (start, end, *known)))
            continue
        for place in range(start, max(end - 1, start + 1)):
            after = min(place + 2, end)
            found.append(Word(place, after, fold(text[place:after]), True))
    return tuple(found)


@lru_cache(maxsize=65536)
def _known(run: str) -> tuple[str, bool] | None:
    """The stem of a word and whether it carries meaning; None in scripts without blanks."""
    if not run.isascii() and UNSPACED.search(run):
        return None
    folded = fold(run)
    # With capitals inside it is a name, `COM` and `DoS`, or an English word that is meant, `NOT`.
    says_little = folded in (_STOP_WORDS if run[1:].islower() or len(run) == 1 else _ENGLISH)
    return stem(run), not says_little and (len(folded) > 2 or run[0].isupper() or run[-1].isdigit())


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    if text.isascii():
        known = map(_known, _TOKEN.findall(text))
        return frozenset([one[0] for one in known if one and one[1]])
    return frozenset([word.stem for word in _words(text) if word.content])


def is_stop_word(word: str) -> bool:
    """Whether a word carries no meaning of its own."""
    return fold(word) in _STOP_WORDS


def is_general(stem: str) -> bool:
    """Whether a word, by its stem, is an ordinary one that any answer may have."""
    return stem in _GENERAL


def can_be_term(first: str, last: str) -> bool:
    """Whether words may be a term by the stems of the first and the last: not "different layers", not "layers need"."""
    return first not in _VAGUE and (last not in _GENERAL or last in _HEADS)


def is_negation(word: str) -> bool:
    """Whether a word turns what it stands with into its opposite."""
    return fold(word) in _NEGATIONS
