"""How each kind of question is shown and answered line by line, for a pipe or a terminal without the app."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz import Asked
    from studytool.quiz.model import Confidence, Verdict

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAIR = re.compile(r"(\d{1,3})\s*[-–=:.)]?\s*([a-z])(?![a-z])")
_VERDICTS: dict[str, Verdict] = {"1": "wrong", "2": "nearly", "3": "right"}

_SURE: tuple[Confidence, ...] = ("guess", "likely", "sure")

Read = Callable[[str], str | None]
"""Asks for a line with a prompt; None when there is none any more."""
Response = str | list[int]


def shown(asked: Asked) -> list[str]:
    """What stands under the prompt: options and items with their letters, sides to match with number and letter."""
    if asked.kind == "matching":
        left = [f"  {number}) {_indented(item)}" for number, item in enumerate(asked.items, 1)]
        right = [f"     {letter}) {_indented(target)}" for letter, target in zip(LETTERS, asked.targets, strict=False)]
        return [*left, *right]
    texts = [option.text for option in asked.options] or asked.items
    return [f"  {letter}) {_indented(text)}" for letter, text in zip(LETTERS, texts, strict=False)]


def response(asked: Asked, read: Read, quits: str = "q") -> Response | None:
    """The learner's answer as marking takes it, asked for until it can be understood; None to stop.

    The word that `quits` stops, too, where there is one; a card whose answer it is can be answered all the same.
    """
    if asked.kind == "recall":
        return _recalled(read, quits)
    if not (asked.options or asked.items):
        return _typed(asked, read, quits)
    slot, understand, hint = _FORMS[asked.kind]
    while True:
        typed = read(slot)
        if typed is None or (quits and typed.casefold() == quits):
            return None
        if (chosen := understand(asked, typed)) is not None:
            return chosen
        print(f"{one_line(typed, 20)!r} {hint(asked)}")


def own_verdict(read: Read) -> Verdict | None:
    """The verdict that the learner gives after reading the model answer; None to stop."""
    while True:
        typed = read("how was it? 1 wrong, 2 nearly, 3 right: ")
        if typed is None or typed.casefold() == "q":
            return None
        for key, verdict in _VERDICTS.items():
            if typed.casefold() in (key, verdict):
                return verdict
        print(f"{one_line(typed, 20)!r} is none of 1, 2 and 3.")


def confidence(read: Read) -> Confidence | None:
    """How sure the learner is of the answer just given, empty where that is not said; None to stop."""
    while True:
        typed = read("how sure? g guess, l likely, s sure (enter: no matter): ")
        if typed is None or typed.casefold() == "q":
            return None
        for word in _SURE:
            if typed.casefold() in (word, word[0]):
                return word
        if not typed:
            return ""
        print(f"{one_line(typed, 20)!r} is none of g, l and s.")


def _typed(asked: Asked, read: Read, quits: str) -> str | None:
    """A line; None to stop."""
    from studytool.quiz.marking.kinds import unit_of

    stops = {quits} - {text.strip("$` ").casefold() for text in (asked.answer, *asked.accepted)}
    unit = unit_of(asked)
    slot = "number: " if asked.kind == "numeric" else "answer: "
    typed = read(f"number, in {unit}: " if unit else slot)
    return None if typed is None or (typed and typed.casefold() in stops) else typed


def _recalled(read: Read, quits: str) -> str | None:
    """Lines up to an empty one, or to the end of the input; what is longer than any answer is cut, and said to be."""
    from studytool.quiz.model import longest

    lines: list[str] = []
    while (line := read("your answer; an empty line ends it: " if not lines else "")) is not None:
        if not lines and quits and line.casefold() == quits:
            return None
        if not line and lines:
            break
        if line:
            lines.append(line)
    text = "\n".join(lines)
    if len(text) > longest("recall"):
        print(f"Only the first {longest('recall'):,} characters were taken.")
    return text[: longest("recall")] or None


def _chosen(asked: Asked, typed: str) -> list[int] | None:
    """The options that `b`, `ac`, `a, c` or an option's own text name; None when it names none, or several of one."""
    texts = [one_line(option.text).casefold() for option in asked.options]
    folded = one_line(typed).casefold()
    found = [texts.index(folded)] if folded in texts else _letters(folded, len(texts))
    return sorted(found) if found and (asked.kind == "multiple" or len(found) == 1) else None


def _truth(asked: Asked, typed: str) -> list[int] | None:
    """Either option by its letter, its word or the first letter of that."""
    folded = one_line(typed).casefold().rstrip(".")
    texts = [one_line(option.text).casefold() for option in asked.options]
    named = [place for place, text in enumerate(texts) if folded and text.startswith(folded)]
    return named if len(named) == 1 else _chosen(asked, typed)


def _order(asked: Asked, typed: str) -> list[int] | None:
    """All items by their letters, in the order that they are put in."""
    found = _letters(one_line(typed).casefold(), len(asked.items))
    return found if found and len(found) == len(asked.items) else None


def _letters(folded: str, count: int) -> list[int] | None:
    letters = [letter for letter in folded if letter not in " ,;)>-→"]
    known = LETTERS[:count]
    if not letters or len(set(letters)) != len(letters) or any(letter not in known for letter in letters):
        return None
    return [known.index(letter) for letter in letters]


def _pairs(asked: Asked, typed: str) -> list[int] | None:
    """`1b 2a`, or the letters alone in the order of the numbers: `ba`. Every number needs one."""
    folded = one_line(typed).casefold()
    known, count = LETTERS[: len(asked.targets)], len(asked.items)
    found = _PAIR.findall(folded)
    if found and not _PAIR.sub("", folded).strip(" ,;"):
        named = {int(number): letter for number, letter in found}
        if sorted(named) != list(range(1, count + 1)) or len(found) != count:
            return None
        letters: Sequence[str] = [named[number] for number in range(1, count + 1)]
    else:
        letters = [letter for letter in folded if letter not in " ,;)"]
    if len(letters) != count or any(letter not in known for letter in letters):
        return None
    return [known.index(letter) for letter in letters]


def _none_of(asked: Asked) -> str:
    end = "." if asked.kind == "multiple" else ", one."
    return f"is none of the options: answer a to {_last(asked.options)}{end}"


def _no_truth(asked: Asked) -> str:
    return f"is neither {one_line(asked.options[0].text)} nor {one_line(asked.options[1].text)}."


def _no_order(asked: Asked) -> str:
    return f"is no order: name each of a to {_last(asked.items)} once, such as {_example(len(asked.items))}."


def _no_pairs(asked: Asked) -> str:
    return f"does not pair them: name a letter for each of 1 to {len(asked.items)}, such as 1a 2b."


def _last(texts: Sequence[object]) -> str:
    return LETTERS[min(len(texts), len(LETTERS)) - 1]


def _example(count: int) -> str:
    return LETTERS[:count][::-1]


_FORMS: dict[str, tuple[str, Callable[[Asked, str], Response | None], Callable[[Asked], str]]] = {
    "choice": ("letter: ", _chosen, _none_of),
    "multiple": ("letters, more than one can be right: ", _chosen, _none_of),
    "truth": ("true or false: ", _truth, _no_truth),
    "ordering": ("all letters in the right order: ", _order, _no_order),
    "matching": ("pairs, such as 1b 2a: ", _pairs, _no_pairs),
}
"""For each kind with something to choose from: what asks for it, what understands it, what is said where it is not."""


def _indented(text: str) -> str:
    return "\n     ".join(text.strip().splitlines())
