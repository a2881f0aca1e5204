"""Korean questions in one form, however politely they are put, and the words that negate."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = re.compile("[가-힣]")
_ASKED = re.compile(
    unicodedata.normalize("NFD", "(?<=[ᅡ-ᇿ])(?:습니까|ᆸ니까|나요|ᆫ가요|는가|(?<=이)ᆫ가|(?<=이)ᆯ까요)")
    + r"(?=[ \t]*(?:[?\n]|\Z))"
)
"""How the verb ends that closes a question, letter by letter: 합니까, 하나요, 하는가. What it stands behind stays."""
_OFFERED = re.compile("까요[ ?]*$")
_ASKS_FOR = re.compile("왜|무엇|무슨|어[떻떤느디]|언제|누[가구]|얼마|몇")
_TOLD = re.compile("다[ .]*$")
_BRIEF = 3
"""Words up to which a text may be a phrase to learn, of which the ending is what is learnt."""
_NEGATING = re.compile("안|아[니닌닐님닙]")


def plainly_asked(text: str) -> str:
    """The text with its questions in one form; a brief text as it is, and so is what tells or commands."""
    if not _LETTERS.search(text) or len(text.split()) <= _BRIEF:
        return text
    return unicodedata.normalize("NFC", _ASKED.sub("까", unicodedata.normalize("NFD", text)))


def mood(text: str) -> str:
    """Whether a Korean sentence asks, tells, or offers to do something; empty where its ending does not say."""
    if not _LETTERS.search(text):
        return ""
    if _TOLD.search(text):
        return "tells"
    if _OFFERED.search(text) and not _ASKS_FOR.search(text):
        return "offers"
    return "asks" if _ASKED.search(unicodedata.normalize("NFD", text)) else ""


def negates(word: str) -> bool:
    """Whether a Korean word is "not", or begins with "is not"."""
    found = _NEGATING.match(word)
    return found is not None and (len(found[0]) > 1 or word == found[0])
