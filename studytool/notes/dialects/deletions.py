"""Deletions in a text, as clozes mark them: by a pattern, with numbers, or in two curly brackets alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from studytool.notes.claims import Remark
from studytool.notes.gaps import formulas_of

MOST = 200
"""So many deletions one text may have: each makes a card that shows all the others. Nobody looks for many more."""
LOOKED_AT = 500
"""So many marks of a line are looked at, whatever they turn out to be."""
_PIECE = re.compile(r"\\{1,2}[\[\]]|\[|\]")
_OPENING = re.compile(r"\{\{(?:c(\d{1,3})::?|(\d{1,3})::)")
"""`{{c1::`, `{{c1:` and `{{1::`."""
_BRACE = re.compile("[{}]")
_HIGHLIGHT_ENDS = re.compile(r"==(?:=++|(?<!\s==))")
_STEPS = frozenset("ash")
"""What a deletion does on one card of an overlapping cloze: asked, shown, hidden."""


class Deletion(NamedTuple):
    """A marked place of a text: `start:end` with its marks, `inner` to `inner_end` without, its number and hint.

    `steps` says for each card of an overlapping cloze whether the place is asked, shown or hidden.
    """

    start: int
    end: int
    inner: int
    inner_end: int
    number: int = 0
    hint: str = ""
    steps: str = ""


class Pattern(NamedTuple):
    """A pattern in the plugin's notation, taken apart: what stands before and after the answer, the ends of its parts.

    Each part is a pair of signs round a number or a hint; a part is optional. `close` ends the answer.
    """

    opening: str
    close: str
    number_before: tuple[str, str] | None = None
    hint_inside: tuple[str, str] | None = None
    number_inside: tuple[str, str] | None = None
    after: tuple[tuple[str, str, str], ...] = ()

    @property
    def curly(self) -> bool:
        """Whether it is written with two curly brackets alone."""
        return self.opening == "{{"


@cache
def read_pattern(pattern: str) -> Pattern | None:
    """A pattern such as `==[123;;]answer[;;hint]==`; None where it does not say how an answer begins and ends."""
    before, answer, after = pattern.partition("answer")
    head, tail = _parts(before), _parts(after)
    opening = "".join(text for text, optional in head if not optional)
    closing = next((at for at, (text, optional) in enumerate(tail) if text and not optional), None)
    if not answer or not opening or closing is None or (head[0][1] and head[0][0]):
        return None
    inside = _optional(tail[:closing])
    return Pattern(
        opening,
        tail[closing][0],
        _optional(head).get("number"),
        inside.get("hint"),
        inside.get("number"),
        tuple((kind, *signs) for kind, signs in _optional(tail[closing + 1 :]).items()),
    )


def _optional(pieces: Sequence[tuple[str, bool]]) -> dict[str, tuple[str, str]]:
    """What the optional ones among pieces hold, `number` or `hint`, and the signs round it."""
    found: dict[str, tuple[str, str]] = {}
    for text in (text for text, optional in pieces if optional):
        before, hint, after = text.partition("hint")
        if hint:
            found.setdefault("hint", (before, after))
        elif digits := re.search(r"\d+", text):
            found.setdefault("number", (text[: digits.start()], text[digits.end() :]))
    return found


def _parts(text: str) -> list[tuple[str, bool]]:
    """The pieces of a pattern, each with whether it stood in brackets; brackets after `\\` are signs."""
    found: list[tuple[str, bool]] = []
    piece, at, depth = "", 0, 0
    for mark in _PIECE.finditer(text):
        piece += text[at : mark.start()]
        at = mark.end()
        if mark.group().startswith("\\"):
            piece += mark.group()[-1]
            continue
        if piece:
            found.append((piece, depth > 0))
        piece, depth = "", 1 if mark.group() == "[" else 0
    piece += text[at:]
    if piece:
        found.append((piece, depth > 0))
    return found or [("", False)]


def deletions_by(pattern: Pattern, text: str, masked: str) -> list[Deletion]:
    """The deletions of one line that follow a pattern, in order. `masked` hides what holds no marks."""
    found: list[Deletion] = []
    for deletion in islice(_looked_at(pattern, text, masked), LOOKED_AT):
        if deletion:
            found.append(deletion)
        if len(found) > MOST:
            break
    return found


def unread(pattern: Pattern, text: str, masked: str) -> bool:
    """Whether a line has marks of a pattern behind those that are looked at."""
    if masked.count(pattern.opening) <= LOOKED_AT:
        return False
    looked = list(islice(_looked_at(pattern, text, masked), LOOKED_AT + 1))
    return len(looked) > LOOKED_AT and sum(map(bool, looked)) <= MOST


def _looked_at(pattern: Pattern, text: str, masked: str) -> Iterator[Deletion | None]:
    """What each mark of a line that opens something opens: a deletion, or none."""
    position = 0
    while (start := masked.find(pattern.opening, position)) >= 0:
        inner = start + len(pattern.opening)
        end = _closing(pattern, text, masked, inner)
        if end < 0:
            return
        if _tight(pattern, text, start, inner, end):
            deletion = _deletion(pattern, text, start, inner, end)
            yield deletion
            position = deletion.end
        else:
            yield None
            position = inner if text[inner : inner + 1].isspace() else end


def in_formulas(pattern: Pattern, text: str) -> list[Deletion]:
    """The deletions inside the formulas of one line that are marked with `==`: `$a = ==b + c==$`, not `$a==b==c$`."""
    if pattern.opening != "==" or "==" not in text:
        return []
    found: list[Deletion] = []
    for start, end in formulas_of(text, LOOKED_AT):
        inside = text[start:end]
        for one in deletions_by(pattern, inside, inside):
            around = inside[one.start - 1 : one.start] + inside[one.end : one.end + 1]
            if not any(sign.isalnum() or sign in "=<>!\\" for sign in around):
                found.append(moved(one, start))
    return found


def unclosed(pattern: Pattern, text: str, masked: str) -> int | None:
    """Where a line opens a deletion that it never closes; None where it does not."""
    done = deletions_by(pattern, text, masked)
    start = masked.find(pattern.opening, done[-1].end if done else 0)
    if start < 0 or masked[start - 1 : start] not in ("", " ", "\t", "(", "*", "_", '"', "“", "-", ">"):
        return None
    after = start + len(pattern.opening)
    opens = text[after : after + 1].strip() and masked[after : after + 1] not in ("=", pattern.opening[0])
    return start if opens and masked.find(pattern.close, after) < 0 else None


def _closing(pattern: Pattern, text: str, masked: str, inner: int) -> int:
    """Where the answer that begins at `inner` is closed; a white space before `==` does not close it."""
    if pattern.close != "==":
        return masked.find(pattern.close, inner + 1)
    ends = (found.end() - 2 for found in _HIGHLIGHT_ENDS.finditer(masked, inner + 1))
    return next((end for end in ends if not text[end - 1].isspace()), -1)


def _tight(pattern: Pattern, text: str, start: int, inner: int, end: int) -> bool:
    """Whether marks stand at their words: `==x==`, not `a == b`, `===` or an empty pair."""
    if not text[inner:end].strip(" \t.,:;!?…"):
        return False
    if pattern.opening != "==":
        return True
    return not text[inner].isspace() and text[inner] != "=" and text[start - 1 : start] != "="


def _deletion(pattern: Pattern, text: str, start: int, inner: int, end: int) -> Deletion:
    number, steps, hint = 0, "", ""
    inner_end, after = end, end + len(pattern.close)
    if pattern.number_before:
        number, steps, inner = _number_at(text, inner, end, *pattern.number_before)
    if pattern.number_inside:
        at = text.rfind(pattern.number_inside[0], inner, inner_end)
        told = _number(text[at + len(pattern.number_inside[0]) : inner_end]) if at > inner else (0, "")
        if told != (0, ""):
            (number, steps), inner_end = told, at
    if pattern.hint_inside and pattern.hint_inside[0]:
        at = text.find(pattern.hint_inside[0], inner, inner_end)
        if at > inner:
            hint = text[at + len(pattern.hint_inside[0]) : inner_end]
            hint, inner_end = hint.removesuffix(pattern.hint_inside[1]).strip(), at
    for kind, opening, closing in pattern.after:
        stop = text.find(closing, after + len(opening), after + len(opening) + 200) if closing else -1
        if not opening or not text.startswith(opening, after) or stop < 0:
            continue
        told_text = text[after + len(opening) : stop]
        if kind == "hint":
            hint = told_text.strip()
        elif _number(told_text) == (0, ""):
            continue
        else:
            number, steps = _number(told_text)
        after = stop + len(closing)
    return Deletion(start, after, inner, inner_end, number, hint, steps)


def _number_at(text: str, start: int, end: int, before: str, after: str) -> tuple[int, str, int]:
    """The number before an answer with where the answer begins; 0 where there is none."""
    stop = text.find(after, start + len(before), min(end, start + 24)) if after else -1
    if stop < 0 or not text.startswith(before, start):
        return 0, "", start
    told = _number(text[start + len(before) : stop])
    return (*told, start if told == (0, "") else stop + len(after))


def _number(text: str) -> tuple[int, str]:
    """A number of a card, or the steps of an overlapping cloze."""
    word = text.strip()
    if word.isascii() and word.isdigit() and len(word) < 4:
        return int(word), ""
    return (0, word) if word and _STEPS.issuperset(word) else (0, "")


def numbered(text: str, masked: str) -> tuple[list[Deletion], int | None]:
    """Anki's deletions `{{c1::x::hint}}`, `{{c1: x}}`, `{{1::x}}`, nested ones too; and where one is never closed."""
    found: list[Deletion] = []
    if ":" not in masked or not _OPENING.search(masked):
        return found, None
    if "}" not in masked:  # none is closed
        last = masked.rfind("{{")
        while not _OPENING.match(masked, last):
            last = masked.rfind("{{", 0, last + 1)
        return found, last
    stack: list[re.Match[str] | None] = []
    past = 0
    for brace in _BRACE.finditer(masked):
        at = brace.start()
        if at < past:
            continue
        if masked[at] == "{":
            opening = _OPENING.match(masked, at)
            stack.append(opening)
            past = opening.end() if opening else 0
        elif stack and stack[-1] is None:
            stack.pop()
        elif stack and (opening := stack[-1]) and masked.startswith("}}", at):
            stack.pop()
            found.append(_anki(text, masked, opening, at))
            past = at + 2
            if len(found) > MOST:
                return sorted(found, key=_place), None
    lost = [opening for opening in stack if opening]
    if lost:  # a lone `{` in the answer: then the first `}}` closes it
        end = masked.find("}}", lost[0].end())
        if end < 0 or len(lost) > 1:
            return sorted(found, key=_place), lost[-1].start()
        found = [one for one in found if one.end <= lost[0].start() or one.start > end]
        found.append(_anki(text, masked, lost[0], end))
    return sorted(found, key=_place), None


def _place(deletion: Deletion) -> tuple[int, int]:
    return deletion.start, -deletion.end


def _anki(text: str, masked: str, opening: re.Match[str], end: int) -> Deletion:
    inner, inner_end = opening.end(), end
    hint = ""
    at = masked.rfind("::", inner, end)
    if at > inner and "}}" not in masked[at:end] and "{{" not in masked[at:end]:
        hint, inner_end = text[at + 2 : end].strip(), at
    number = int(opening.group(1) or opening.group(2))
    return Deletion(opening.start(), end + 2, *_stripped(text, inner, inner_end), number, hint)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of text without white space at its ends."""
    word = text[start:end]
    return start + len(word) - len(word.lstrip()), end - len(word) + len(word.rstrip()) if word.strip() else end


def bare(text: str, masked: str) -> list[Deletion]:
    """The deletions `{{x}}` of a text: words, not a template's variable, expression or date."""
    found = []
    position = 0
    while (start := masked.find("{{", position)) >= 0:
        end = masked.find("}}", start + 2)
        if end < 0:
            break
        position = end + 2
        if _is_words(text[start + 2 : end], masked[start + 2 : end]) and not _OPENING.match(masked, start):
            found.append(Deletion(start, end + 2, *_stripped(text, start + 2, end)))
    return found


_TEMPLATES = ("title", "date", "time", "name", "content", "value", "tags")
_CODE_SIGNS = frozenset("{}|$\\")


def _is_words(text: str, masked: str) -> bool:
    word = text.strip()
    if not any(character.isalnum() for character in word) or _CODE_SIGNS & set(masked) or "\n" in text:
        return False
    if word.casefold() in _TEMPLATES or word.casefold().startswith(("date:", "time:", "#", "/", "%", "&", "^", ">")):
        return False
    if word.startswith("<") and word.endswith(">"):
        return False
    if " " not in word and text[0].isspace():
        return False  # `{{ variable }}`
    call = "(" in word and ("'" in word or '"' in word or " " not in word.partition("(")[0])
    return not call and not (" " not in word and ("_" in word or "." in word))


def too_many(line: int, hint: str) -> Remark:
    """What is said of a text with more deletions than `MOST`."""
    return Remark(line, "warning", "too-many-deletions", f"This text has more than {MOST} deletions.", hint)


def moved(one: Deletion, by: int) -> Deletion:
    """The same deletion in a text that begins `by` characters earlier."""
    return one._replace(start=one.start + by, end=one.end + by, inner=one.inner + by, inner_end=one.inner_end + by)
