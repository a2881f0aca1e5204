"""Words as the quiz compares them: tokens with their places, stems, and which words carry meaning."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+")
# Scripts written without blanks: a pair of characters stands for a word there.
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f]+")
"""Runs of scripts that put no blanks between words."""

_LISTED = (
    # English
    "a about above across after again against all also although always among an and another any are as at be because "
    "been before being below between both but by can cannot could did do does doing done down during each either else "
    "etc even every few for from further get gets give given had has have having he her here hers him his how however "
    "i if in into is it its itself just let like made make makes many may me might more most much must my neither no "
    "nor not now of off often on once one only or other our ours out over own per rather s same she should since so "
    "some such t than that the their them then there therefore these they this those through thus to too two under "
    "until up upon us use used uses using very via was we well were what when where whether which while who whom whose "
    "why will with within without would yes you your "
    # what a question is made of
    "answer call called define definition describe difference differences example examples explain list mean meaning "
    "means name question state work works "
    # German, French, Spanish
    "aber als am auch auf aus bei beim bis da damit das dass dem den der des die dies diese dieser dieses doch durch "
    "ein eine einem einen einer eines er es für hat ich ihr im ist kann man mit nach nicht noch nur oder ob sich sie "
    "sind so um und unter vom von vor war was wann warum weil welche welcher welches wenn wer werden wie wird wo wozu "
    "zu zum zur zwischen au aux avec ce ces cette comme dans de des du elle en est et il la le les leur mais ne ou où "
    "par pas pour qu que quel quelle qui sa se ses son sont sur un une al como con cual cuál cuales del el ella es "
    "está este esta las lo los más o para pero por qué según ser su sus una uno y"
)
_STOP_WORDS = frozenset(_LISTED.split())
_NEGATIONS = {"no", "not", "never", "without", "nor", "neither", "nicht", "kein", "keine", "nie", "ne", "pas", "sans"}

# Longest first; what is left must keep four letters. Crude: it only has to treat two forms of one word alike.
_SUFFIXES = (
    *("izations", "ization", "ations", "izing", "ation", "ating", "ities", "ments", "ically", "ized", "izes", "ated"),
    *("ates", "ions", "ings", "ment", "ally", "ical", "ives", "able", "ize", "ate", "ion", "ing", "ers", "ies", "ied"),
    *("ity", "ive", "er", "ly", "ic", "al", "es", "ed", "en", "e", "s", "y"),
)


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


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The part of a word that its forms share: `pooling`, `pools` and `pooled` give `pool`."""
    folded = fold(word).replace("isation", "ization").replace("ising", "izing").replace("ised", "ized")
    for suffix in _SUFFIXES:
        if folded.endswith(suffix) and len(folded) - len(suffix) >= 4:
            return folded[: -len(suffix)]
    return folded


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
    return stem(run), folded not in _STOP_WORDS and (len(folded) > 2 or run[0].isupper() or run[-1].isdigit())


@lru_cache(maxsize=8192)
def stems(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    if text.isascii():
        known = map(_known, _TOKEN.findall(text))
        return frozenset([one[0] for one in known if one and one[1]])
    return frozenset([word.stem for word in _words(text) if word.content])


def is_stop_word(word: str) -> bool:
    """Whether a word carries no meaning of its own (English, German, French, Spanish)."""
    return fold(word) in _STOP_WORDS


def is_negation(word: str) -> bool:
    """Whether a word turns what it stands with into its opposite."""
    return fold(word) in _NEGATIONS
