"""How each kind of question is shown and answered line by line, for a pipe or a terminal without the app."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from studytool.commands.lines import asked_for
from studytool.text import one_line
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytool.commands.lines import Read
    from studytool.quiz import Asked
    from studytool.quiz.model import Confidence, Verdict

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAIR = re.compile(r"(\d{1,3})\s*[-–=:.)]?\s*([a-z])(?![a-z])")
_SEPARATING = re.compile(r"[] ,;.:()[>→-]")
_UNMARKED = re.compile(r"[\w ,;]+")
_QUOTED = re.compile(r"(`+|\$+)(.+)\1")
_VERDICTS: Mapping[str, Verdict] = {"1": "wrong", "2": "nearly", "3": "right"}
_SURE: Mapping[str, Confidence] = {"": "", "g": "guess", "l": "likely", "s": "sure"}

Response = str | list[int]
_ENDS = "a line with only a dot ends it"


def shown(asked: Asked) -> list[str]:
    """What stands under the prompt: options and items with their letters, sides to match with number and letter.

    Where there are more options than letters, numbers stand before them.
    """
    if asked.kind == "matching":
        left = [f"  {number}) {_indented(unmarked(item))}" for number, item in enumerate(asked.items, 1)]
        right = [f"     {sign}) {_indented(unmarked(target))}" for sign, target in _signed(asked.targets)]
        return [*left, *right]
    texts = [option.text for option in asked.options] or asked.items
    return [f"  {sign}) {_indented(unmarked(text))}" for sign, text in _signed(texts)]


def response(asked: Asked, read: Read, quits: str = "q", written: list[str] | None = None) -> Response | None:
    """The learner's answer as marking takes it, asked for until it can be understood; None to stop.

    The word that `quits` stops, too, where there is one; a card whose answer it is can be answered all the same.
    `written` takes the lines of an answer in one's own words as they come; it is gone on with what stands there.
    """
    if asked.kind == "recall":
        return _recalled(read, quits, [] if written is None else written)
    if not (asked.options or asked.items):
        return _typed(asked, read, quits)
    slot, understand, hint = _FORMS[asked.kind]
    slot = slot.replace("letter", "number") if len(asked.options) > len(LETTERS) else slot
    if asked.kind == "truth":
        slot = f"{' or '.join(_bare(option.text) for option in asked.options)}: "
    return asked_for(read, slot, lambda typed: understand(asked, typed), lambda: hint(asked), quits)


class NotKnown(Exception):
    """The learner does not know the answer."""


def unless_unknown(read: Read, written: Sequence[str]) -> Read:
    """`read`, but an empty line is told how to say that one does not know, and the next one raises `NotKnown`.

    Once something of an answer in one's own words is `written`, empty lines are part of it. At a terminal a key that is
    held says nothing, however long.
    """

    from studytool.quiz.model import Presses

    def answer(prompt: str) -> str | None:
        presses = None
        while True:
            typed = read(prompt)
            if written or typed is None or typed.strip():
                return typed
            if presses is None:
                print("Type an answer, or press enter again if you do not know.")
                presses = Presses()
                presses.begin(monotonic())
            elif presses.is_pressed(monotonic()) or not sys.stdin.isatty():
                raise NotKnown

    return answer


def own_verdict(read: Read) -> Verdict | None:
    """The verdict that the learner gives after reading the model answer; None to stop."""
    return asked_for(
        *(read, "how was it? 1 wrong, 2 nearly, 3 right: "),
        lambda typed: next((one for key, one in _VERDICTS.items() if typed.casefold() in (key, one)), None),
        lambda: "is none of 1, 2 and 3.",
    )


def confidence(read: Read) -> Confidence | None:
    """How sure the learner is of the answer just given, empty where that is not said; None to stop."""
    return asked_for(
        *(read, "how sure? g guess, l likely, s sure (enter: no matter): "),
        lambda typed: next((word for key, word in _SURE.items() if typed.casefold() in (key, word)), None),
        lambda: "is none of g, l and s.",
    )


def _typed(asked: Asked, read: Read, quits: str) -> str | None:
    """A line; None to stop."""
    from studytool.quiz.marking.kinds import unit_of

    stops = {quits} - {text.strip("$` ").casefold() for text in (asked.answer, *asked.accepted)}
    unit = unit_of(asked)
    slot = "number: " if asked.kind == "numeric" else "answer: "
    typed = read(f"number, in {unit}: " if unit else slot)
    if typed is not None:
        typed = " ".join(line.strip() for line in typed.split("\n")).strip()  # what was pasted is one answer
    return None if typed is None or (typed and typed.casefold() in stops) else typed


def _recalled(read: Read, quits: str, written: list[str]) -> str | None:
    """Lines up to one with only a dot, or to the end of the input; the empty lines between them are part of it."""
    prompt = f"{'go on' if written else 'your answer'}; {_ENDS}: "
    while (typed := read(prompt)) is not None:
        if not written and quits and typed.strip().casefold() == quits:
            return None
        text, is_last = _up_to_dot(typed)
        if written or text.strip():
            written.append(text if written else text.lstrip("\n"))
        if is_last and written:
            break
        if written:
            prompt = "" if typed.strip() else f"({_ENDS}) "
    return own_words(written) or None


def _up_to_dot(typed: str) -> tuple[str, bool]:
    """What was typed or pasted without the dot that ends it, and whether there is one."""
    above, _, last = typed.rstrip().rpartition("\n")
    return (above, True) if last.strip() == "." else (typed, False)


def own_words(written: Sequence[str]) -> str:
    """The lines as an answer; what is longer than any answer is cut, and said to be."""
    from studytool.quiz.model import longest

    text = "\n".join(written).rstrip()
    if len(text) > longest("recall"):
        print(f"Only the first {longest('recall'):,} characters were taken.")
    return text[: longest("recall")]


def _chosen(asked: Asked, typed: str) -> list[int] | None:
    """The options that `b`, `B.`, `ac`, `a, c` or `1, 3` name, else an option's own text; None for none.

    None also for several of one. Letters alone are the letters that are asked for, also where an option's text is one;
    with a sign beside them, as in `-a`, they are so where no option is written like that. A number is the place of an
    option where there is no number in any; what is true is never asked for by number, for there 1 may mean "true".
    """
    texts = [option.text for option in asked.options]
    letters = _letters(one_line(typed).casefold(), len(texts))
    readings = (
        letters if _UNMARKED.fullmatch(one_line(typed)) else None,
        _written(typed, texts, (one_line, _unquoted, lambda text: _unquoted(text).casefold())),
        letters,
        _written(typed, texts, (_bare,)),
        _places(_bare(typed), texts) if asked.kind != "truth" else None,
    )
    for found in readings:
        if found and (asked.kind == "multiple" or len(found) == 1):
            return sorted(found)
    return None


def _written(typed: str, texts: Sequence[str], forms: Iterable[Callable[[str], str]]) -> list[int] | None:
    """The one option whose text is what was typed, by the first of the forms in which it is one; None for none."""
    for form in forms:
        said = form(typed)
        named = [place for place, text in enumerate(texts) if said and form(text) == said]
        if len(named) == 1:
            return named
    return None


def _unquoted(text: str) -> str:
    """A text without the signs around it that make it code or a formula, which nobody types."""
    line = one_line(text)
    return found[2].strip() if (found := _QUOTED.fullmatch(line)) else line


def _bare(text: str) -> str:
    """A text without case, markup around it and what ends a sentence."""
    return one_line(text).casefold().strip(" `*_$\"'“”‘’").rstrip(" .!?,;:")


def _places(said: str, texts: Sequence[str]) -> list[int] | None:
    """The places that numbers name, counted from 1; None where there is a digit in an option."""
    signs = _SEPARATING.sub(" ", said).split()
    known = [str(number) for number in range(1, len(texts) + 1)]
    if len(set(signs)) != len(signs) or any(sign not in known for sign in signs):
        return None
    return None if any(map(str.isdigit, "".join(texts))) else [known.index(sign) for sign in signs]


def _truth(asked: Asked, typed: str) -> list[int] | None:
    """Either option by its letter, its word or the first letter of that."""
    folded, texts = _bare(typed), [_bare(option.text) for option in asked.options]
    named = [place for place, text in enumerate(texts) if folded and text.startswith(folded)]
    return named if len(named) == 1 else _chosen(asked, typed)


def _order(asked: Asked, typed: str) -> list[int] | None:
    """All items by their letters, in the order that they are put in."""
    found = _letters(one_line(typed).casefold(), len(asked.items))
    return found if found and len(found) == len(asked.items) else None


def _letters(folded: str, count: int) -> list[int] | None:
    """The places that letters name, or numbers where there are more than letters."""
    known = _signs(count)
    rest = _SEPARATING.sub(" ", folded)
    signs = rest.split() if count > len(LETTERS) else [letter for letter in rest if letter != " "]
    if not signs or len(set(signs)) != len(signs) or any(sign not in known for sign in signs):
        return None
    return [known.index(sign) for sign in signs]


def _pairs(asked: Asked, typed: str) -> list[int] | None:
    """`1b 2a`, or the letters alone in the order of the numbers: `ba`. Every number needs one."""
    folded = one_line(typed).casefold()
    known, count = LETTERS[: len(asked.targets)], len(asked.items)
    found = _PAIR.findall(folded)
    if found and not _PAIR.sub("", folded).strip(" ,;.)"):
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
    signs = _signs(len(asked.options))
    return f"is none of the options: answer {signs[0]} to {signs[-1]}{end}"


def _no_truth(asked: Asked) -> str:
    return f"is neither {one_line(asked.options[0].text)} nor {one_line(asked.options[1].text)}."


def _no_order(asked: Asked) -> str:
    return f"is no order: name each of a to {_signs(len(asked.items))[-1]} once, such as {_example(len(asked.items))}."


def _no_pairs(asked: Asked) -> str:
    return f"does not pair them: name a letter for each of 1 to {len(asked.items)}, such as 1a 2b."


def _signs(count: int) -> Sequence[str]:
    """What stands before each of so many: letters, or numbers where the letters do not suffice."""
    return LETTERS[:count] if count <= len(LETTERS) else [str(number) for number in range(1, count + 1)]


def _signed(texts: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip(_signs(len(texts)), texts, strict=True)


def _example(count: int) -> str:
    return LETTERS[:count][::-1]


_FORMS: dict[str, tuple[str, Callable[[Asked, str], list[int] | None], Callable[[Asked], str]]] = {
    "choice": ("letter: ", _chosen, _none_of),
    "multiple": ("letters, more than one can be right: ", _chosen, _none_of),
    "truth": ("", _truth, _no_truth),
    "ordering": ("all letters in the right order: ", _order, _no_order),
    "matching": ("pairs, such as 1b 2a: ", _pairs, _no_pairs),
}
"""For each kind with something to choose from: what asks for it, what understands it, what is said where it is not.

What is true or false is asked for by its two options.
"""


def _indented(text: str) -> str:
    return "\n     ".join(text.strip().splitlines())
