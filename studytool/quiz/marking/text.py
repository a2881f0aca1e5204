"""Words as marking compares them: no case, articles, accents, punctuation and plural, one spelling each."""

from __future__ import annotations

import re

from studytool.quiz.prose import plain
from studytool.quiz.quantities import POWER, with_e
from studytool.quiz.words import fold

_ENDS_IN_S = {"bias", "alias", "atlas", "canvas", "gas", "lens"}
_ARTICLES = {"a", "an", "the", "to", "it", "is", "its"}
_PLURALS = (
    "matrices matrix, vertices vertex, indices index, appendices appendix, axes axis, analyses analysis, bases basis, "
    "hypotheses hypothesis, crises crisis, criteria criterion, phenomena phenomenon, maxima maximum, minima minimum, "
    "optima optimum, spectra spectrum, children child, people person, men man, women woman, feet foot, "
    "formulae formula, halves half, leaves leaf, modi modus, loci locus, radii radius, foci focus, "
    "vertexes vertex, indexes index, mice mouse, bacteria bacterium, media medium, "
    "nuclei nucleus, fungi fungus, theses thesis, synopses synopsis"
)
_SINGULAR = {pair.split()[0]: pair.split()[1] for pair in _PLURALS.split(",")}
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve"
_DIGITS = {word: str(number) for number, word in enumerate(_NUMBERS.split())}
_ELIDED = re.compile(r"\b[ld]['’](?=\w)", re.IGNORECASE)
_NOT = re.compile(r"n['’]t\b")
_DECADE = re.compile(r"(?<![\w.,])([12]\d\d0)['’]?s(?!\w)")
_WORD = re.compile(rf"[12]\d\d0s(?!\w)|(?:(?<!\w)[+\-−])?\d+(?:[.,]\d+)*(?:{POWER})?|[^\W_]+(?:[+#]+(?!\w))?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_INFINITE = re.compile(r"∞|\\infty(?![a-zA-Z])")
_BELOW_ZERO = re.compile(r"(?<!\w)[-−]\s*(?=infinity\b)", re.IGNORECASE)
_NUMERAL = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_LISTED_NUMBERED = "type class phase part level stage grade category book volume chapter act tier war"
_NUMBERED = frozenset(_LISTED_NUMBERED.split())
"""Nouns after which a single letter I, V or X is a number."""
ALONE = "I"
"""The form of an I at the end of a name, `Elizabeth I`: neither a one nor the word that has no meaning."""
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")


def wording(text: str) -> list[str]:
    """The words of a text without case, articles, accents, punctuation and plural, one spelling each."""
    found = [normal(word) for word in raw(text)]
    for place, before in enumerate(found[:-1], 1):
        if before in _NUMBERED and found[place] in ("i", "v", "x"):
            found[place] = str(_roman(found[place]))
    if len(found) > 1 and found[-1] == "i":
        found[-1] = ALONE
    return [word for word in found if word not in _ARTICLES] or found


def normal(word: str) -> str:
    """The one form of a word: its spelling, and a number, also a Roman one, as digits without commas in them."""
    if len(word) > 1 and fold(word) != "xi" and (number := _roman(word)):  # xi is a Greek letter as well
        return str(number)
    form = spelling(with_e(word)).replace("−", "-")
    return form.replace(",", "") if _GROUPED.fullmatch(form) else _DIGITS.get(form, form)


def _roman(word: str) -> int:
    """The number that a Roman numeral below forty stands for; 0 for any other word."""
    match = _NUMERAL.fullmatch(word)
    if not match:
        return 0
    ones = match[2].casefold()
    return 10 * len(match[1]) + {"ix": 9, "iv": 4}.get(ones, 5 * ones.count("v") + ones.count("i"))


def raw(text: str) -> list[str]:
    """The words of a text as they are written, `isn't` as `is` and `not`, `L.S.T.M.` as one, `-∞` as words."""
    text = plain(text).replace("$", "").replace("`", "")
    text = _BELOW_ZERO.sub("minus ", _INFINITE.sub(" infinity ", text).lstrip())
    text = _DECADE.sub(r"\1s", text)
    text = _INITIALS.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = _ELIDED.sub("", _NOT.sub(" not", text.replace("cannot", "can not")))
    return _WORD.findall(re.sub(r"(?<=\w)['’]s?\b", "", text))


def spelling(word: str) -> str:
    """One spelling for a word: no case, singular, American -ize and -or."""
    word = fold(word)
    for british, american in (("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("yse", "yze")):
        word = word.replace(british, american) if not word.endswith("yses") else word
    if len(word) > 5 and word.endswith("ise"):
        word = f"{word[:-3]}ize"
    word = re.sub(r"(?<=\w{3})our(?=s?$|al|ed|ing)", "or", word)
    return singular(f"{word[:-2]}er" if len(word) > 4 and word.endswith("tre") else word)


def singular(word: str) -> str:
    """One form for an English noun and its plural; a silent e after a hiss goes (`case`, `cases`: `cas`)."""
    if word in _SINGULAR or word[:1].isdigit():
        return _SINGULAR.get(word, word)  # the 1990s are no plural of a year
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _ENDS_IN_S:
        word = word[:-1]
    if len(word) > 3 and word.endswith(("se", "xe", "che", "she", "ze")):
        word = word[:-1]
    return word
