"""Marking a typed text: as a number, as code, as a formula or word by word, whatever the answer is."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from studytool.quiz.marking.code import is_code, mark_code
from studytool.quiz.marking.formulas import mark_formula
from studytool.quiz.marking.likeness import mark_words
from studytool.quiz.marking.lists import mark_list, others, parts
from studytool.quiz.marking.notation import formula, is_formula
from studytool.quiz.marking.numeric import is_noun, is_null, key, mark_quantity, same_dimension
from studytool.quiz.marking.quantity import readings
from studytool.quiz.marking.reasons import quoted, right, wrong
from studytool.quiz.marking.shape import mark_shape, sequence
from studytool.quiz.marking.text import wording
from studytool.quiz.words import fold
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from studytool.quiz.model import Asked, Mark

LONGEST = 2000
"""Characters of a typed answer that are read; nobody types more to a question of the quiz."""
_ALTERNATIVES = {"or", "oder", "ou"}
_SLASH = re.compile(r"[^\W\d_]\s*[/|]\s*[^\W\d_]")
_SPAN = re.compile(r"(\d+)\s*(?:[-–—−]|to|until|bis)\s*(\d+)", re.IGNORECASE)
_OR = re.compile(r"\s+or\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3}")
_GLUED = re.compile(r"\s*[\d.]+[^\W\d_]")  # 3D
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z\d]{1,30}|#\w{2,8});")
_LETTERS = re.compile(r"\(\s*\w(?:\s*,\s*\w)+\s*\)")
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})


def mark_text(asked: Asked, response: str) -> Mark:
    """The mark of a typed answer against the answer and whatever else is accepted."""
    if len(response) > LONGEST:
        told = f"that is {len(response):,} characters long, and an answer here is a few words"
        return wrong(asked.answer, told)
    typed = clean(response).strip()
    if not typed:
        return wrong(asked.answer, "nothing was typed")
    marks = [compare(answer, typed) for answer in (asked.answer, *asked.accepted)]
    for verdict in ("right", "nearly"):
        for place, found in enumerate(marks):
            if found.verdict == verdict:
                if verdict == "right" and place:
                    return right(f"{quoted(asked.accepted[place - 1])} also counts")
                return found
    return marks[0]


def compare(answer: str, typed: str) -> Mark:
    """The mark of a text against one accepted answer."""
    written, answer = answer, _as_shown(answer)
    if one_line(typed) in (one_line(clean(written)), one_line(answer)):
        return right()
    if (in_order := sequence(answer)) and not _is_set(answer):
        return mark_shape(answer, in_order, typed)
    if found := _as_number(answer, typed):
        return found
    if (letters := _letters(answer)) and letters == _letters(typed):
        return right(f"written {quoted(answer)}")
    if is_code(answer):
        return mark_code(answer, typed)
    if (span := _SPAN.fullmatch(answer.strip())) and (other := _SPAN.fullmatch(typed)):
        return right("the same span") if span.groups() == other.groups() else wrong(answer)
    if _OR.search(answer) and sorted(map(formula, _OR.split(answer))) == sorted(map(formula, _OR.split(typed))):
        return right("the order does not matter")
    if is_formula(answer) and not _is_wordy(answer):
        return mark_formula(answer, typed)
    if is_formula(answer) or is_formula(typed):
        found = mark_formula(answer, typed)
        if found.verdict == "right" or (is_formula(typed) and not _WORD.search(answer)):
            return found
    return _as_words(answer, typed)


def _as_shown(answer: str) -> str:
    """An answer with the signs that its entities stand for; one with code is as it is written."""
    if "&" not in answer or "`" in answer:
        return answer
    return clean(_ENTITY.sub(lambda sign: unescape(sign[0]), answer))


def _as_number(answer: str, typed: str) -> Mark | None:
    """The mark by value when the answer is a number, else None: `3-fold cross-validation` is words."""
    number = key(answer)
    if number is None or _SPAN.fullmatch(answer.strip()):
        return None
    wanted, given = number.quantity, readings(typed)
    if wanted.unit is None and (not is_noun(wanted.unit_text) or _GLUED.match(answer)):
        return None
    if (wanted.unit_text or is_null(answer)) and not given:
        return None
    if wanted.unit is None and not any(not one.unit_text or same_dimension(wanted, one) for one in given):
        return None
    return mark_quantity(number, typed)


def _as_words(answer: str, typed: str) -> Mark:
    wanted, said = wording(answer), wording(typed)
    if wanted == said or "".join(wanted) == "".join(said) or _squeezed(answer) == _squeezed(typed) != "":
        return right("" if one_line(answer) == one_line(typed) else f"written {quoted(answer)}")
    if wording(answer.translate(_SPELLED_OUT)) == wording(typed.translate(_SPELLED_OUT)):
        return right(f"written {quoted(answer)}")
    if (_ALTERNATIVES & set(said) and not _ALTERNATIVES & set(wanted)) or (_SLASH.search(typed) and "/" not in answer):
        return wrong(answer, "one answer is asked for, not one or the other")
    if len(parts(answer)) == 1 and any(wording(part) == wanted for part in others(typed)):
        return wrong(answer, "one answer is asked for, not several")
    return mark_list(answer, typed) or mark_words(answer, typed)


def _letters(text: str) -> str:
    """The letters of a row of single letters: `(N, C, H, W)` may be typed as `NCHW`."""
    bare = text.replace("$", "").strip()
    return re.sub(r"\W", "", bare) if _LETTERS.fullmatch(bare) or (bare.isupper() and bare.isalpha()) else ""


def _squeezed(text: str) -> str:
    """The letters of a text of letters, blanks, hyphens and apostrophes; empty for any other text."""
    letters = re.sub(r"[\s'’-]", "", text)
    return fold(letters) if len(letters) > 3 and letters.isalpha() else ""


def _is_set(answer: str) -> bool:
    bare = answer.replace("$", "").replace("\\", "").strip()
    return bare[:1] + bare[-1:] == "{}"


def _is_wordy(answer: str) -> bool:
    """Whether an answer with a sign in it is words all the same: `and/or`, `C++ compiler`, `bias + variance`."""
    letters = [word for word in wording(answer) if len(word) > 2 and word.isalpha()]
    return "\\" not in answer and "$" not in answer and len(letters) >= 2 and "=" not in answer and "^" not in answer
