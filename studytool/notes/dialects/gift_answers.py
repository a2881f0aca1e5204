"""What stands between the braces of a question in GIFT: options, numbers, pairs, words, and what is said to each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape
from typing import Any, NamedTuple

from studytool.notes.claims import Draft
from studytool.notes.html_text import without_html
from studytool.notes.model import Option
from studytool.notes.plain import flatten

_MARKS = re.compile(r"\\.|</?[A-Za-z][^<>{}\n]*>|&#\w{1,8};|####|~=|[=~#]", re.DOTALL)
"""What may part the answers. The signs in `<p class="x">` and `&#39;` are none; `~=` is how some write `=`."""
_ESCAPED = re.compile(r"\\([~={}#:n\\])")
FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
_HTML = re.compile(
    r"<br\s?/?>|</(?:p|b|i|u|em|strong|code|pre|span|div|sub|sup|small|font|ul|ol|li|table|h[1-6])>", re.IGNORECASE
)
"""What a text holds that is HTML though it does not say so; an opening tag alone may be what is asked about."""
_SIGN = re.compile(r"&lt;(?![A-Za-z/!?])|(?<=\S)[ \t]*&gt;")
"""What can be no tag and no quote where it is the sign that it stands for."""
_WEIGHT = re.compile(r"\s*%([-+]?\d+(?:\.\d+)?)%")
_NUMBER = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_VALUE = re.compile(rf"({_NUMBER})(?:\s*:\s*({_NUMBER})?)?")
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_ENOUGH, _TOO_MUCH = 98, 102
"""Per cent that the parts of a right answer add up to; three times 33 is near enough."""
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")


class _Answer(NamedTuple):
    """One answer of a question: its sign (`=`, `~` or none), its credit in per cent, its text, what is said to it."""

    sign: str
    credit: float
    text: str
    why: str


class Fault(Exception):
    """Why no card can be made of a question, and what to do."""

    def __init__(self, code: str, message: str, hint: str, at: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.at = code, message, hint, at


def answered(inside: str, at: int) -> Draft:
    """A draft of the answers alone, as its kind has them. `at` is where they stand in the piece."""
    source, explanation = _general(inside)
    draft = Draft("open", "", "", 0, 0, explanation=explanation)
    told = source.strip()
    if not told:
        return draft
    if told.startswith("#"):
        answers = _answers(told[1:], "=")
        return draft._replace(kind="numeric", **_typed(answers, at, explanation, _value))
    claim, feedback = _cut(told)
    if (side := claim.strip().upper()) in _TRUE + _FALSE and (len(side) > 1 or claim.strip() == side):
        return draft._replace(kind="choice", options=_true_false(side in _TRUE, feedback))
    answers = _answers(told, "")
    signs = {answer.sign for answer in answers}
    if "~" in signs:
        return draft._replace(kind="choice", options=_options(answers, at))
    pairs = [_pair(answer.text) for answer in answers]
    if len(pairs) > 1 and all(pairs):
        return draft._replace(kind="matching", pairs=_pairs([pair for pair in pairs if pair], at))
    return draft._replace(kind="typed", **_typed(answers, at, explanation, plain))


def _general(inside: str) -> tuple[str, str]:
    """The answers and, after `####`, what is said to everybody."""
    for found in _MARKS.finditer(inside):
        if found.group() == "####":
            return inside[: found.start()], plain(inside[found.end() :])
    return inside, ""


def _answers(source: str, bare: str) -> list[_Answer]:
    """The answers one by one. Text before the first sign is an answer with the sign `bare`, if it says anything."""
    places = [(found.end(), found.group()) for found in _MARKS.finditer(source) if found.group() in ("=", "~", "~=")]
    answers = []
    starts = [start - len(sign) for start, sign in places] + [len(source)]
    if source[: starts[0]].strip():
        answers.append(_answer(bare, source[: starts[0]]))
    for (start, sign), end in zip(places, starts[1:], strict=True):
        answers.append(_answer(sign[-1], source[start:end]))
    return answers


def _answer(sign: str, source: str) -> _Answer:
    credit = 0.0 if sign == "~" else 100.0
    if weight := _WEIGHT.match(source):
        credit, source = float(weight[1]), source[weight.end() :]
    text, why = _cut(source)
    return _Answer(sign, credit, text, plain(why))


def _cut(source: str) -> tuple[str, str]:
    """What stands before and after the first `#`."""
    end = next((found.start() for found in _MARKS.finditer(source) if found.group() == "#"), len(source))
    return source[:end], source[end + 1 :]


def _true_false(is_true: bool, feedback: str) -> tuple[Option, Option]:
    """True and False; the first feedback is for who is wrong, the second for who is right."""
    wrong, right = _cut(feedback)
    told = {True: plain(right), False: plain(wrong)}
    return Option("True", is_true, told[is_true]), Option("False", not is_true, told[not is_true])


def _options(answers: Sequence[_Answer], at: int) -> tuple[Option, ...]:
    """Right is what has full credit; where nothing has, what has a part of it, if the parts add up."""
    if answers[0].sign == "":
        hint = "Begin every option with `=` (right) or `~` (wrong); write `\\#` for a `#` that is text."
        raise Fault("gift-syntax", "There is text before the first option.", hint, at)
    if not all(plain(answer.text) for answer in answers):
        raise Fault("choice-data", "One of the options is empty.", "Write `\\=` or `\\~` for a sign that is text.", at)
    if len(answers) < 2:
        raise Fault("choice-data", "This question has one option only.", "Add the others.", at)
    least = 100.0
    if not any(answer.credit >= least for answer in answers):
        least = 0.001
        credit = sum(answer.credit for answer in answers if answer.credit > 0)
        if not credit:
            hint = "Begin the right one with `=`."
            raise Fault("choice-data", "None of these options is marked as right.", hint, at)
        if not _ENOUGH <= credit <= _TOO_MUCH:
            hint = "Begin the right one with `=`, or share 100 % among those that are right together."
            raise Fault("choice-data", f"The credit of these options adds up to {credit:g} %.", hint, at)
    return tuple(Option(plain(answer.text), answer.credit >= least, answer.why) for answer in answers)


def _typed(answers: Sequence[_Answer], at: int, explanation: str, shown: Callable[[str], str]) -> dict[str, Any]:
    """What is accepted, best credit only, and what is said to it; beside it what has a part of the credit."""
    best = max((answer.credit for answer in answers), default=0.0)
    right = [answer for answer in answers if answer.credit == best > 0 and answer.sign != "~"]
    accepted = tuple(dict.fromkeys(shown(answer.text) for answer in right))
    if not accepted or not all(accepted):
        kind = "is no number" if shown is _value else "is empty"
        if not right:
            raise Fault("choice-data", "None of these answers is right.", "Begin the right one with `=`.", at)
        raise Fault("gift-syntax", f"One of these answers {kind}.", "Correct it, or leave it out.", at)
    said = dict.fromkeys(answer.why for answer in right)
    shares = ((shown(answer.text), answer) for answer in answers if 0 < answer.credit < best and answer.sign != "~")
    partly = tuple(Option(text, False, answer.why) for text, answer in shares if text and text not in accepted)
    told = "\n\n".join(part for part in (*said, explanation) if part)
    return {"accepted": accepted, "partly": partly, "explanation": told}


def _value(source: str) -> str:
    """A number with its tolerance, or a range, as it reads; empty where it is neither."""
    told = plain(source)
    if found := _RANGE.fullmatch(told):
        return f"{found[1]} … {found[2]}"
    found = _VALUE.fullmatch(told)
    if not found:
        return ""
    exact = not found[2] or not found[2].strip("+-0.,")
    return found[1] if exact else f"{found[1]} ± {found[2].lstrip('+-')}"


def _pair(source: str) -> tuple[str, str] | None:
    left, arrow, right = source.partition("->")
    return (plain(left), plain(right)) if arrow else None


def _pairs(pairs: Sequence[tuple[str, str]], at: int) -> tuple[tuple[str, str], ...]:
    if not all(right for _, right in pairs) or sum(bool(left) for left, _ in pairs) < 2:
        hint = "Write at least two pairs `=one -> other`, each with both sides."
        raise Fault("choice-data", "These pairs are not complete.", hint, at)
    return tuple(pairs)


def plain(source: str) -> str:
    """Text as it reads: without the name of its format, signs without their backslash, no blank lines around it."""
    found = FORMAT.match(source)
    told = source[found.end() :] if found else source
    told = _ESCAPED.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], told.strip())
    if (is_html(found) if found else _HTML.search(told)) or (not found and "&nbsp;" in told):
        told = out_of_html(told)
    lines = [line if line.endswith("  ") else line.rstrip() for line in told.split("\n")]
    return "\n".join(lines).strip()


def is_html(form: re.Match[str]) -> bool:
    """Whether a format is HTML, or Moodle's own, in which HTML counts where it is."""
    return "html" in form.group().lower()


def out_of_html(text: str) -> str:
    """A text without HTML, if anything is left of it; what would read as a tag, or as a quote, stays an entity."""
    bare = flatten(without_html(text), embeds=True).strip()
    bare = _SIGN.sub(lambda found: unescape(found[0]), bare)
    return unescape(bare.replace("&lt;", "&amp;lt;").replace("&gt;", "&amp;gt;")) or text


def told_in_html(draft: Draft) -> Draft:
    """A draft whose question is HTML, and so is all that is said about it."""
    options = tuple(Option(out_of_html(one.text), one.correct, out_of_html(one.why)) for one in draft.options)
    return draft._replace(
        options=options,
        explanation=out_of_html(draft.explanation),
        accepted=tuple(out_of_html(text) for text in draft.accepted),
        partly=tuple(Option(out_of_html(one.text), False, out_of_html(one.why)) for one in draft.partly),
        pairs=tuple((out_of_html(left), out_of_html(right)) for left, right in draft.pairs),
    )
