"""Words as marking compares them: no case, articles, accents, punctuation and plural, one spelling each."""

from __future__ import annotations

import re

from studytool.quiz.prose import plain
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
_WORD = re.compile(r"(?:(?<!\w)[+\-−])?\d+(?:[.,]\d+)*|[^\W_]+(?:[+#]+(?!\w))?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}")


def wording(text: str) -> list[str]:
    """The words of a text without case, articles, accents, punctuation and plural, one spelling each."""
    found = [normal(word) for word in raw(text)]
    return [word for word in found if word not in _ARTICLES] or found


def normal(word: str) -> str:
    """The one form of a word: its spelling, and a number as digits without commas between the thousands."""
    form = spelling(word).replace("−", "-")
    return form.replace(",", "") if _GROUPED.fullmatch(form) else _DIGITS.get(form, form)


def raw(text: str) -> list[str]:
    """The words of a text as they are written, `isn't` as `is` and `not`, `L.S.T.M.` as one."""
    text = plain(text).replace("$", "").replace("`", "")
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
    if word in _SINGULAR:
        return _SINGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in _ENDS_IN_S:
        word = word[:-1]
    if len(word) > 3 and word.endswith(("se", "xe", "che", "she", "ze")):
        word = word[:-1]
    return word
