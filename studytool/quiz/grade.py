"""Marking: right, nearly or wrong, always with the reason. The learner has the last word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from studytool.quiz.model import Mark
from studytool.quiz.normal import Number, formula, is_formula, number, sequence, wording
from studytool.quiz.words import is_negation, is_stop_word
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from studytool.quiz.model import Asked

LONGEST = 2000
"""Characters of a typed answer that are read; nobody types more to a question of the quiz."""
_RELATIVE = Decimal("1e-9")
_ALTERNATIVES = {"or", "oder", "ou"}
# Heads that turn a word into another one, often its opposite: (un)supervised, in- and decrease, over- and underfit.
_HEADS = {
    "",
    "un",
    "in",
    "im",
    "ir",
    "il",
    "non",
    "dis",
    "de",
    "ex",
    "a",
    "an",
    "anti",
    "under",
    "over",
    "hyper",
    "hypo",
}
_HEADS |= {"pre", "post", "intra", "inter", "micro", "macro", "max", "min", "mini", "sub", "super", "homo", "hetero"}
_HEADS |= {"en", "ab", "ad", "multi", "uni", "bi", "mono", "up", "down"}


def mark(asked: Asked, response: str | Sequence[int]) -> Mark:
    """Mark an answer: the indices of the chosen options, counted from 0, or the text that was typed.

    The reason begins with the verdict: `right`, `nearly: one letter off`, `wrong: the answer is …`. Raises
    `ValueError` when a choice is answered with a text, a typed question with indices, or an index is not there.
    """
    if isinstance(response, str):
        if asked.options:
            raise ValueError("a choice is answered with the indices of its options")
        return _mark_text(asked, response)
    if not asked.options or not all(0 <= index < len(asked.options) for index in response):
        raise ValueError(f"there are {len(asked.options)} options, and the answer was {list(response)}")
    return _mark_choice(asked, frozenset(response))


def _mark_choice(asked: Asked, chosen: frozenset[int]) -> Mark:
    right = frozenset(asked.right)
    options = asked.options
    if chosen == right:
        why = " ".join(options[index].why for index in sorted(right)).strip()
        return Mark("right", f"right: {one_line(why)}" if why else "right")
    told = "; ".join(_quoted(options[index].text) for index in sorted(right))
    said = [f"the answer is {told}"]
    if not chosen:
        return Mark("wrong", f"wrong: nothing was chosen; {said[0]}")
    if asked.kind == "multiple":
        missed, false = sorted(right - chosen), sorted(chosen - right)
        said = ["you left out " + "; ".join(_quoted(options[index].text) for index in missed)] if missed else []
        said += ["not right is " + "; ".join(_quoted(options[index].text) for index in false)] if false else []
        if len(missed) + len(false) == 1 and len(right) > 1:
            return Mark("nearly", f"nearly: {said[0]}")
    whys = [one_line(options[index].why) for index in sorted(chosen - right) if options[index].why]
    return Mark("wrong", "wrong: " + "; ".join([*said, *whys]))


def _mark_text(asked: Asked, response: str) -> Mark:
    if len(response) > LONGEST:
        return Mark(
            "wrong",
            f"wrong: that is {len(response):,} characters long, and an answer here is a few words; "
            f"the answer is {_quoted(asked.answer)}",
        )
    typed = clean(response).strip()
    if not typed:
        return Mark("wrong", f"wrong: nothing was typed; the answer is {_quoted(asked.answer)}")
    marks = [_compare(answer, typed) for answer in (asked.answer, *asked.accepted)]
    for verdict in ("right", "nearly"):
        for place, found in enumerate(marks):
            if found.verdict == verdict:
                if verdict == "right" and place:
                    return Mark("right", f"right: {_quoted(asked.accepted[place - 1])} also counts")
                return found
    return marks[0]


def _compare(answer: str, typed: str) -> Mark:
    """The mark of a text against one accepted answer."""
    if answer == typed:
        return Mark("right", "right")
    if in_order := sequence(answer):
        return Mark("right", "right") if sequence(typed, loose=True) == in_order else _wrong(answer)
    wanted, said = wording(answer), wording(typed)
    if _is_list(answer) and sorted(_without_joints(wanted)) == sorted(_without_joints(said)) and wanted != said:
        return Mark("right", "right: the order does not matter")
    expected, given = number(answer), number(typed)
    if expected and (found := _compare_numbers(expected, given, answer)):
        return found
    if is_formula(answer) or is_formula(typed):
        if formula(answer) == formula(typed):
            return Mark("right", "right: the same formula")
        if is_formula(answer) and not _is_wordy(answer):
            return _wrong(answer)
    if _ALTERNATIVES & set(said) and not _ALTERNATIVES & set(wanted):
        return _wrong(answer, "one answer is asked for, not one or the other")
    if wanted == said or "".join(wanted) == "".join(said):
        return Mark("right", "right" if one_line(answer) == one_line(typed) else f"right: written {_quoted(answer)}")
    return _compare_words(answer, wanted, said)


def _compare_numbers(expected: Number, given: Number | None, answer: str) -> Mark | None:
    """The mark by value, or None when the answer is no bare number and the words decide."""
    unit = wording(expected.unit) if expected.unit else []
    if given is None:
        # Words where a number was asked: "zero" may still be an accepted spelling of another answer.
        return None if len(unit) > 1 else _wrong(answer)
    same_unit = formula(expected.unit) == formula(given.unit) or (unit and unit == wording(given.unit))
    close = abs(expected.value - given.value) <= max(abs(expected.value) * _RELATIVE, expected.slack)
    if not close:
        if len(unit) > 2:
            return None
        if expected.value == -given.value:
            return Mark("wrong", f"wrong: the sign; the answer is {_quoted(answer)}")
        rounded = given.slack and abs(expected.value - given.value) <= given.slack
        if rounded and same_unit:
            return Mark("nearly", f"nearly: rounded too far; the answer is {_quoted(answer)}")
        return _wrong(answer)
    if same_unit:
        return Mark("right", "right: the same value" if expected.value != given.value else "right")
    if not expected.unit:
        return Mark("nearly", f"nearly: the number is right, the answer is {_quoted(answer)} alone")
    if not given.unit:
        return Mark("nearly", f"nearly: the number is right, but {_quoted(expected.unit)} is missing")
    return (
        None
        if len(unit) > 1
        else Mark("wrong", f"wrong: the number is right, but not what it counts: {_quoted(answer)}")
    )


def _compare_words(answer: str, wanted: list[str], said: list[str]) -> Mark:
    """Likeness, word by word: slips of a letter are forgiven nearly, another word is not."""
    if sum(map(is_negation, wanted)) % 2 != sum(map(is_negation, said)) % 2:
        return _wrong(answer, "a word turns it into its opposite")
    if Counter(wanted) == Counter(said):
        return Mark("nearly", f"nearly: the words in another order; the answer is {_quoted(answer)}")
    slips, missing, more = _paired(wanted, said)
    key = [word for word in wanted if not is_stop_word(word)] or wanted
    left_out = [word for word in missing if word in key]
    added = [word for word in more if not is_stop_word(word)]
    if not left_out and not added:
        return Mark("nearly", f"nearly: {_slip(slips)}; the answer is {_quoted(answer)}")
    if not left_out and len(added) <= max(1, len(key) // 2):
        return Mark("nearly", f"nearly: {_quoted(' '.join(added))} is more than the answer: {_quoted(answer)}")
    if not added and len(left_out) * 4 <= len(key):
        return Mark("nearly", f"nearly: you left out {_quoted(', '.join(left_out))}; the answer is {_quoted(answer)}")
    found = len(key) - len(left_out)
    return _wrong(answer, f"you left out: {', '.join(left_out)}" if found and left_out else "")


def _paired(wanted: Sequence[str], said: Sequence[str]) -> tuple[int, list[str], list[str]]:
    """Letters off in words that are meant alike, the wanted words that are missing, and those that are too many."""
    from rapidfuzz.distance import OSA  # 17 ms, and only when an answer is not simply right

    slips, missing, more = 0, [], list(said)
    for word in wanted:
        if word in more:
            more.remove(word)
            continue
        near = min(more, key=lambda other: OSA.distance(word, other), default=None)
        off = OSA.distance(word, near) if near else 0
        if near and _is_slip(word, near, off):
            slips += off
            more.remove(near)
        else:
            missing.append(word)
    return slips, missing, more


def _is_slip(word: str, other: str, off: int) -> bool:
    """Whether one word is the other mistyped: few letters off for its length, no digit, and not another head."""
    if len(word) < 4 or off > (1 if len(word) < 8 else 2) or any(letter.isdigit() for letter in word + other):
        return False
    tail = 0
    while tail < min(len(word), len(other)) and word[-1 - tail] == other[-1 - tail]:
        tail += 1
    heads = {word[: len(word) - tail], other[: len(other) - tail]}
    return not (tail >= 4 and heads <= _HEADS)


def _slip(letters: int) -> str:
    if not letters:
        return "a small word differs"
    return "one letter off" if letters == 1 else f"{letters} letters off"


def _is_list(answer: str) -> bool:
    return not is_formula(answer) and any(joint in answer for joint in (",", " and ", ";"))


def _without_joints(found: Sequence[str]) -> list[str]:
    return [word for word in found if word not in ("and", "und", "et", "y")]


def _is_wordy(answer: str) -> bool:
    """Whether an answer with a sign in it is words all the same: `and/or`, `C++ compiler`, `bias + variance`."""
    letters = [word for word in wording(answer) if len(word) > 2 and word.isalpha()]
    return "\\" not in answer and "$" not in answer and len(letters) >= 2 and "=" not in answer and "^" not in answer


def _wrong(answer: str, also: str = "") -> Mark:
    return Mark("wrong", f"wrong: the answer is {_quoted(answer)}" + (f"; {also}" if also else ""))


def _quoted(text: str) -> str:
    return f"“{one_line(text, 200)}”"
