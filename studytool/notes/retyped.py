"""Whether two prompts differ in nothing but how they were typed: what edits of signs and blanks leave as it was."""

from __future__ import annotations

import re
from itertools import zip_longest

from studytool.notes.lexicon import is_hard
from studytool.notes.wording import Words

_SECTION = re.compile(r"\s*\d{1,2}(?:[.-]\d{1,2}){1,3}\.?\s+(?:[-–—]\s+)?(?=[^\W\d_]{2}|[\u3040-\u9fff])")
"""The number of a section before its title, as in "1.10 Why …", "1-10" or "1.10. - Why …"."""
_LIGATURES = re.compile("ff[il]?|f[il]")
"""Letters that are joined in print, and go lost where text is copied from a page."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+|,?[ \u00a0\u2009\u202f]\d{3}(?!\d))*")
_PARTED = re.compile(r"[, \u00a0\u2009\u202f]+(?=\d{3}(?!\d))")
_NAME = re.compile(r"\w*[A-Z0-9]\w*[A-Z0-9]\w*")
"""What is no word: HTTP and HTTPS, DN and DNS."""
_EMOJI = re.compile("[\u200d\u20e3\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]")
_JOINERS = frozenset("\u200d\u20e3\ufe0f")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_ENDS = " .:?!"
_NAMED = 2
"""Words from which what stands behind the number of a section names one thing."""
_SENTENCE = 6
"""Words from which a prompt is known by more than how each of them is typed."""


def drawn_otherwise(one: Words, other: Words) -> bool:
    """Whether two prompts that have the same words have other emoji: what each has, the other has not."""
    signs, others = (set(_EMOJI.findall(words.text)) - _JOINERS for words in (one, other))
    return bool(signs - others and others - signs) and one.same(other)


def undrawn(words: Words) -> Words:
    """A text without its emoji."""
    return Words(_EMOJI.sub("", words.text))


def decoded_otherwise(one: str, other: str) -> bool:
    """Whether one text is the other as it is read in a wrong encoding, or with a sign for what could not be written."""
    for broken, whole in ((one.strip(), other.strip()), (other.strip(), one.strip())):
        if whole.isascii():
            continue
        if any(broken == _BEYOND.sub(sign, whole) for sign in ("?", "\ufffd")):
            return True
        try:
            if broken.encode("cp1252").decode() == whole:
                return True
        except UnicodeError:
            continue
    return False


def retyped(one: Words, other: Words, answer: float, same_answer: bool) -> bool:
    """Whether two prompts of one note say the same, typed, or numbered as a part of a book, in another way.

    What is set as a formula tells nothing in a sentence, nor do the capitals of a title. Blanks within numbers and
    words, and letters that a copied page lost, tell nothing where the answer is the same; nor does the number of a
    section, or a plural in a full sentence, where at least half of it is (`answer`, 0 to 1).
    """
    if _drawn_alike(one, other):
        return True
    if answer < 0.5 and not same_answer:
        return False
    if _numbered(one.text, other.text, anew=answer >= 0.85):
        return True
    sentence = min(len(one.compared), len(other.compared)) >= _SENTENCE and one.negations == other.negations
    plain = not one.formulas and not other.formulas
    if same_answer and sentence and plain and one.text.casefold() == other.text.casefold():
        return True
    if same_answer and sentence and _joined(one) == _joined(other) and _numbers(one.text) == _numbers(other.text):
        return True
    brief = min(len(one.content), len(other.content)) < 3 or len(one.compared) < 5
    if brief or one.asking != other.asking or not plain:
        return False
    names = {name.casefold() for name in _NAME.findall(f"{one.text} {other.text}")}
    pairs = [(a, b) for a, b in zip_longest(one.compared, other.compared, fillvalue="") if a != b]
    return all((b == f"{a}s" or a == f"{b}s") and not names & {a, b} for a, b in pairs)


def _drawn_alike(one: Words, other: Words) -> bool:
    """Whether two sentences have the same letters, and differ in what is set as a formula, or in a title's capitals."""
    if min(len(one.form), len(other.form)) < _SENTENCE:
        return False
    texts = [" ".join(words.text.replace("$", "").split()).strip(_ENDS) for words in (one, other)]
    if texts[0] == texts[1]:
        return True
    titled = any(all(word[0].isupper() for word in words.text.split() if word[0].isalpha()) for words in (one, other))
    return titled and texts[0].casefold() == texts[1].casefold()


def _numbered(one: str, other: str, *, anew: bool) -> bool:
    """Whether two texts differ in the number of a section before one of them; `anew`, or before both."""
    bare, rest = (_SECTION.sub("", text, count=1) for text in (one, other))
    if bare == one and rest == other:
        return False
    words = Words(bare)
    return (bare == one or rest == other or (anew and len(words.form) >= _NAMED)) and words.same(Words(rest))


def _numbers(text: str) -> list[str]:
    """The numbers in a text, without what parts their thousands."""
    return [_PARTED.sub("", number) for number in _NUMBER.findall(text)]


def same_numbers(one: Words, other: Words) -> bool:
    """Whether two texts have the same digits and signs in the same order, however these are parted."""
    signs = ("".join(token for token in words.compared if is_hard(token)).replace(".", "") for words in (one, other))
    return next(signs) == next(signs)


def _joined(words: Words) -> str:
    """The letters and signs of a text without what stands between them."""
    return _LIGATURES.sub("", "".join(words.compared).replace(".", ""))
