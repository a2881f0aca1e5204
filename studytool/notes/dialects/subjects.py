"""Whether a text begins with a sentence that says what a name means: the name as its subject, or as what it defines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.notes.copulas import frame_of, says_in_frame, says_what_it_is
from studytool.notes.plain import remembered
from studytool.notes.words import word_set

_ARTICLES = word_set(
    "a an the der die das ein eine einem einer einen dem le la les un une el los las una il lo gli i uno o os as um "
    "uma de het een den det en ett"
)
_ELIDED = ("l'", "l’", "un'", "un’")
_QUOTES = "\"'“”„‘’«»"
_ASIDE = re.compile(r"\s*(?:\([^()]{1,80}\)|（[^（）]{1,80}）)")
"""What stands in brackets behind a term: its abbreviation, its name in another language."""
_FOOTNOTE = re.compile(r"\[\^[^\]\s^]{1,80}\]")
"""The mark of a footnote behind a term."""
_ALSO = re.compile(
    r",\s(?:or|also|auch|aussi|también|também|anche|oder|ou)\s[^,.]{1,60},|\s(?:or|oder)\s[^\s,.]{1,30}(?=\s)"
)
"""Another name of a term, behind it."""
_SIGN = re.compile(r",?\s\$[^$\n]{1,40}\$,?(?=\s)")
"""The sign of a term, behind it."""
_OF_ONE = re.compile(r"\s(?:of|in|for|on)\san?(?:\s[^\s,.;:]{1,30}){1,4}?(?=\s(?:is|refers|means)\s)")
"""What a term is one of: "The perihelion of a planet is …"."""
_FIELD = re.compile(r"(?:in|within|en|dans|im|em|nella|nel|в)\s[^,.:]{2,50},\s", re.IGNORECASE)
"""The field in which a term means this, before it: "In statistics, …"."""
_BOTH = re.compile(r"(.{2,60}?)(?:\s[-–—]\s|:\s|\s(/)\s)(.{2,60})")
"""A name and its abbreviation, or two names, in one heading."""
_SHORT = re.compile(r"[A-Z][A-Za-z]{0,5}[A-Z]s?")
_CASE = re.compile(r"[а-яё]{1,3}(?=\s(?:называ|понима|подразумева|принято\s))")
"""The ending that a Russian name takes on before these verbs."""


def defines(text: str, name: str, *, dashed: bool) -> bool:
    """Whether a text begins with a sentence that defines a name; with `dashed`, by a dash too, as Russian does."""
    if field := _FIELD.match(text):
        text = text[field.end() :]
    if any(says_what_it_is(predicate, dashed=dashed) for predicate in _behind(text, name)):
        return True
    frame = frame_of(text)
    return frame is not None and any(says_in_frame(rest, frame) for rest in _behind(text[len(frame.opening) :], name))


def begins_with(text: str, name: str) -> bool:
    """Whether a text begins with a name, in one of its forms."""
    return next(_after(text, name), None) is not None


def _behind(text: str, name: str) -> Iterator[str]:
    """What stands behind a name that a text begins with, or that follows its first article."""
    rest = text.casefold()
    if rest.startswith(_ELIDED):
        text = text[2 if rest[0] == "l" else 3 :]
    else:
        first, _, after = text.partition(" ")
        if first.casefold() in _ARTICLES and not begins_with(text, name):
            text = after
    return _after(text, name)


def _after(text: str, name: str) -> Iterator[str]:
    """What stands behind a name, in one of its forms, that a text begins with."""
    text = text.lstrip(_QUOTES)
    folded = text.casefold()
    for form in _forms(name):
        if not folded.startswith(form):
            continue
        rest = text[_reach(text, len(form)) :]
        rest = rest.lstrip(_QUOTES) if rest[:1] in _QUOTES else rest
        if rest[:1].isalnum() and rest[0].isascii():
            ending = rest[: 2 if rest[1:2].isalpha() else 1]
            if ending.casefold() not in ("s", "es", "n", "en") or rest[len(ending) : len(ending) + 1].isalnum():
                continue
            rest = rest[len(ending) :]
        elif case := _CASE.match(rest):
            rest = rest[case.end() :]
        for pattern in (_FOOTNOTE, _ASIDE, _ALSO, _SIGN, _OF_ONE):
            if skipped := pattern.match(rest):
                rest = rest[skipped.end() :]
        yield rest.lstrip(" \n*_,，")


def _reach(text: str, folded: int) -> int:
    """How many signs of a text are so many once it is folded: "ß" is two, and so is "İ"."""
    if text.isascii():
        return folded
    reached = at = 0
    while reached < folded:
        reached += len(text[at].casefold())
        at += 1
    return at


@remembered
def _forms(source: str) -> list[str]:
    """A name in lower case, and its other forms.

    Without what it has in brackets, and that alone where it is short for it; without its article, and without its
    plural; each of two names, or a name and its abbreviation, that stand in one heading.
    """
    name = source.casefold().strip(_QUOTES)
    found = [name]
    outside, bracket, inside = name.partition("(")
    if bracket and outside.strip():
        found += [outside.strip(), inside.partition(")")[0].strip()]
    both = _BOTH.fullmatch(source.strip(_QUOTES))
    if both and (both[2] or _SHORT.fullmatch(both[1]) or _SHORT.fullmatch(both[3])):
        found += [both[1].casefold(), both[3].casefold()]
    article, _, bare = name.partition(" ")
    if article in _ARTICLES:
        found.append(bare)
    for plural, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if name.endswith(plural) and not name.endswith("ss"):
            found.append(name.removesuffix(plural) + singular)
    return [form for form in dict.fromkeys(found) if len(form) > 1]
