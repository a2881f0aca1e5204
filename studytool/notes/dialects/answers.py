"""What tells which options are right: letters, numbers, words of an answer and keys at the end of a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from studytool.notes.asking import without_number
from studytool.notes.html_text import without_html
from studytool.notes.model import Option
from studytool.notes.plain import plain_words, words
from studytool.notes.words import ANSWER_NOUNS, word_set

ALPHABETS = ("ABCDEFGHIJ", "АБВГДЕЖЗИК", "ΑΒΓΔΕΖΗΘ", "أبجدهوزحط")
"""The letters that options have, by the alphabet."""
PLACES = {letter: place for letters in ALPHABETS for place, letter in enumerate(letters)} | {"ا": 0}
CAPITALS = "".join(PLACES)
SMALL = "".join(letter for letter in CAPITALS.lower() if letter not in CAPITALS)
_ALL_LETTERS = frozenset(CAPITALS + SMALL)
_FIRST_LETTERS = frozenset(form for letter, place in PLACES.items() if not place for form in letter + letter.lower())
LETTERED = re.compile(
    rf"(\*\*|__)?\(?([{CAPITALS}](?=[.):]| [-–—] )|[{SMALL}](?=[.)]))"
    r"(?:[.)]|:(?!:)| [-–—](?= ))(\*\*|__)?[:.]?(?:\s+|$|(?=[`<$\\]))"
)
BOX = re.compile(r"\s{0,3}(?:\[([ xX×✓✔]?)\](?![(\[:])|\(([ xX])\)(?=[ \t]+\S))")
ANSWER_WORDS = ANSWER_NOUNS | word_set(
    """
    ans correct right key richtig правильный correcta correcte corretta răspuns odgovor përgjigja odpověď odpoveď
    vastaus válasz απάντηση đáp 正解 답 الإجابة الجواب คำตอบ
    """
)
"""Words that say which option is right: "Answer: B"."""
_PARTING = re.compile(r"[,;]| and ")
_MOST_PARTED = 20
"""Commas in an answer that names its options."""
IN_WORDS = (
    "the correct answer is",
    "correct answer is",
    "the answer is",
    "the right answer is",
    "the correct option is",
)
"""A whole sentence that says it."""
_BECAUSE = ("because ", "since ", "as ", "– ", "— ", "- ")
LABEL_WORDS = 5
_UNQUOTED = str.maketrans("", "", "`*\"'“”‘’")


def box_of(line: str) -> tuple[bool, str] | None:
    """Whether the box that a line begins with is ticked, and the text after it: `[x] a`, `[ ]a`, `( ) a`; else None."""
    found = BOX.match(line)
    return ((found[1] or found[2] or " ") != " ", line[found.end() :].lstrip()) if found else None


def letter_of(line: str) -> int:
    """The place in the alphabet of the letter that a line begins with (`B)` is 1), or -1."""
    line = line.lstrip(" `")
    if line.lstrip("*_(")[:1] not in _ALL_LETTERS:
        return -1
    found = LETTERED.match(line)
    return PLACES[found.group(2).upper()] if found else -1


def begins_letters(line: str) -> bool:
    """Whether a line begins with the first letter of an alphabet, as the first option of a question does."""
    return line.lstrip(" `*_(")[:1] in _FIRST_LETTERS and letter_of(line) == 0


def without_letter(line: str) -> tuple[str, bool]:
    """The text of an option after its letter, and whether emphasis around the whole marks it as right."""
    line = line.lstrip(" ")
    found = LETTERED.match(line)
    if not found:
        return line, False
    rest = line[found.end() :]
    opened, closed = found.group(1), found.group(3)
    if opened and not closed:
        bare = rest.rstrip()
        return (bare.removesuffix(opened), True) if bare.endswith(opened) else (opened + rest, False)
    bare = rest.strip()
    whole = len(bare) > 4 and bare.startswith("**") and bare.endswith("**") and "**" not in bare[2:-2]
    return (bare[2:-2], True) if whole else (rest, False)


def is_answer_label(text: str) -> bool:
    """Whether a few words say that the answer follows."""
    told = plain_words(words(text).casefold())
    return 0 < len(told) <= LABEL_WORDS and bool(ANSWER_WORDS.intersection(told))


def letters_told(line: str, options: Sequence[Option], *, named: bool = False) -> tuple[int, ...] | None:
    """The places of the options that a line says are right: `Answer: B`, `Correct: A, C`, `Answer: B) its text`.

    None where the line says nothing of the kind. Where the place is `named` as the answer, the letter may stand alone.
    """
    told = words(line).strip(" .")
    for opening in IN_WORDS:
        if told[:40].casefold().startswith(opening):
            told = f"Answer: {told[len(opening) :].strip(' :')}"
            break
    colon = min((at for mark in ":：" if (at := told.find(mark)) >= 0), default=-1)
    label, rest = (told[:colon], told[colon + 1 :].strip(" .")) if colon >= 0 else ("", told)
    if len(label.split()) > LABEL_WORDS or (letter_of(told) >= 0 and not named):
        return None
    answers = is_answer_label(label)
    if not answers and any(map(str.isdigit, label)):
        return None  # it may be the answer to another question: `Q1: B`
    known = named or answers
    if colon < 0:
        before, _, last = told.rpartition(" ")
        if len(last) == 1 and is_answer_label(before.removesuffix(" is")):
            known, rest = True, last
        elif not named:
            return None
    same = [at for at, option in enumerate(options) if words(option.text).casefold().strip(" .") == rest.casefold()]
    if known and not same:
        rest = _without_label(rest)
    letters = listed_letters(rest)
    if letters is None and known:
        if same:
            return (same[0],)
        if together := _run_together(rest, len(options)):
            return together
        at = letter_of(rest)
        if at < 0 and len(rest) > 2 and rest[0] in PLACES and rest[1] in " ,;(" and rest[1:].lstrip()[:1] in "(-–—,;":
            at = PLACES[rest[0]]
        letters = (at,) if at >= 0 else None
    if letters is None:
        return () if known and label and is_answer_label(label) and rest else None
    return letters


def with_reason(line: str, options: Sequence[Option]) -> tuple[int, str] | None:
    """The place of the option that a line names by its letter, and why, where it goes on: `**Answer: B** as it is`."""
    label, colon, rest = line.replace("：", ":").partition(":")
    if not colon or not is_answer_label(label):
        return None
    rest = rest.lstrip(" *_(")
    if len(rest) < 4 or rest[0].upper() not in PLACES or PLACES[rest[0].upper()] >= len(options):
        return None
    told = rest[1:].lstrip(").")
    why = told.lstrip("*_").lstrip(").:, –—-")
    closed = rest[0].isupper() and told.startswith(("**", "__"))
    because = told[:1] == " " and words(told).casefold().startswith(_BECAUSE)
    marked = rest[1:2] in (")", ".") and told[:1] == " "
    if not (closed or because or marked) or len(why.split()) < 2 or listed_letters(words(rest)) is not None:
        return None
    place = PLACES[rest[0].upper()]
    if any(bare_text(why).startswith(bare_text(option.text)) for option in options if option.text):
        return None  # it is the text of the option
    return place, why


def listed_letters(text: str) -> tuple[int, ...] | None:
    """The places of letters in a text that holds nothing but letters: `B`, `A, C`, `b and d`, `(C)`."""
    parts = text.replace(",", " ").replace("&", " ").replace("/", " ").replace("+", " ").split()
    parts = [part.strip("().;*`'\"") for part in parts if part.casefold() not in ("and", "or", "und", "et", "y", "и")]
    if not 0 < len(parts) <= len(ALPHABETS[0]) or any(len(p) != 1 or p.upper() not in PLACES for p in parts):
        return None
    return tuple(PLACES[part.upper()] for part in parts)


def _without_label(told: str) -> str:
    """What is told as the answer, without a label of its own: `Answer: Correct answer: B`."""
    for opening in IN_WORDS:
        if told[:40].casefold().startswith(opening):
            return told[len(opening) :].strip(" :.")
    label, colon, rest = told.partition(":")
    first = label.lstrip("( ")[:2]
    return rest.strip(" .") if colon and first.isalpha() and len(first) > 1 and is_answer_label(label) else told


def _run_together(text: str, count: int) -> tuple[int, ...]:
    """The places of capitals that stand without a blank and in their order, each that of an option: `BD`; else none."""
    places = tuple(PLACES.get(letter, count) for letter in text) if 1 < len(text) <= count and text.isupper() else ()
    rising = all(one < other for one, other in pairwise(places))
    return places if rising and max(places, default=count) < count else ()


def chosen_by(lines: Sequence[str], options: Sequence[Option]) -> tuple[tuple[int, ...], str] | None:
    """The places of the options that an answer names by their text, letter or number, and the text after that."""
    names: dict[str, int] = {}
    for place, option in enumerate(options):
        names.setdefault(bare_text(option.text), place)
        names.setdefault(exact_text(option.text), place)
    found: list[int] = []
    why = ""
    at = 0
    while at < len(lines):
        line = lines[at]
        label, colon, rest = line.partition(":")
        if not found and colon and is_answer_label(label) and bare_text(line) not in names:
            line = rest
        if not bare_text(line):
            at += 1
            continue
        places, told = places_named(line, names, len(options), first=not found)
        if not places:
            break
        found.extend(places)
        at += 1
        if told:
            why = told
            break
    if not found:
        return None
    return tuple(sorted(set(found))), "\n".join(part for part in (why, *lines[at:]))


def places_named(line: str, names: Mapping[str, int], count: int, *, first: bool) -> tuple[tuple[int, ...], str]:
    """The options that one line of an answer names, and what it says after that.

    Under a `first` line that names one, others are named by their whole text.
    """
    line = line.strip()
    if line.startswith(("- ", "* ", "+ ")):
        line = line[2:].lstrip()
    box = box_of(line)
    line = box[1] if box else line
    told = bare_text(line)
    if (exact := exact_text(line)) in names:
        return (names[exact],), ""
    if told in names:
        return (names[told],), ""
    own = without_letter(line)[0] if letter_of(line) >= 0 else without_number(line)
    if own != line and bare_text(own) in names:
        return (names[bare_text(own)],), ""
    if not first:
        return (), ""
    told = told.removeprefix("option ").removeprefix("the ")
    letters = listed_letters(told)
    if letters is None and told.replace(",", " ").replace(" and ", " ").replace(" ", "").isdecimal():
        numbers = told.replace(",", " ").replace(" and ", " ").split()
        letters = tuple(int(number) - 1 for number in numbers if len(number) < 3)
    if letters is None:
        letters = _enumerated(line, names)
    if letters is not None:
        return (letters, "") if all(0 <= place < count for place in letters) else ((), "")
    if (place := letter_of(line)) >= 0:
        return ((place,), own) if place < count else ((), "")
    plain = words(line)
    longest = max((name for name in names if name and plain.casefold().startswith(name)), key=len, default="")
    if longest and plain[len(longest) : len(longest) + 1] in (" ", ",", ".", ";", ":", "("):
        return (names[longest],), plain[len(longest) :].lstrip(" ,.;:–—-")
    return (), ""


def _enumerated(line: str, names: Mapping[str, int]) -> tuple[int, ...] | None:
    """The options that a line names one after the other, each by its whole text, which may have commas in it."""
    parts = [found.span() for found in _PARTING.finditer(line)]
    if not parts or len(parts) > _MOST_PARTED:
        return None
    starts, ends = [0, *(end for _, end in parts)], [*(start for start, _ in parts), len(line)]
    found: list[int] = []
    at = 0
    while at < len(starts):
        named = (last for last in range(len(ends) - 1, at - 1, -1) if bare_text(line[starts[at] : ends[last]]) in names)
        if (last := next(named, -1)) < 0:
            return None
        found.append(names[bare_text(line[starts[at] : ends[last]])])
        at = last + 1
    return tuple(found)


def exact_text(text: str) -> str:
    """A text as it stands, marked so that it is none of those without case and marks: code differs by those."""
    return f"={without_html(text).strip(' .*`')}"


def bare_text(text: str) -> str:
    """A text as two of them are compared: without tags, marks, case and the sign at its end."""
    told = words(without_html(text)).casefold().translate(_UNQUOTED)
    return " ".join(told.split()).strip(" .:;!,")
