"""A text in which code, math, comments and links are hidden: where nothing in them is taken for a marker."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from studytool.notes.inline import HIDDEN, INDENT, LINK, LONG, Scan, SpanKind, blank
from studytool.notes.inline_alike import opened, paired
from studytool.notes.inline_patterns import (
    ANY_LINK,
    BEGUN,
    DIGIT,
    ENDS,
    EXACT,
    LOOSE,
    SPECIAL,
    TARGET,
    UNENDED,
    WHOLE,
    whole_but,
)

_KINDS: dict[str, SpanKind] = {
    "$": "math",
    "\\": "escape",
    "`": "code",
    "<": "html",
    "%": "comment",
    "]": "target",
    "h": "url",
}
_LINK_RESTS, _TARGET_RESTS, _MATH_INNER = map(re.compile, (ANY_LINK, TARGET, r"[^\s$\\][^$\\\n]*+(?<!\s)"))
_MAY_BE_DIGIT = re.compile(DIGIT)
_INDENTED = re.compile(r"\n[ \t]*\n(?: {4}|\t)")


def mask(text: str, shown: Collection[str] = ()) -> str:
    """`text` with code, math, comments, tags, targets and escapes replaced by `HIDDEN`; same length, same lines.

    Constructs of the kinds in `shown` stay as they are.
    """
    indented = text.startswith(INDENT)
    if not SPECIAL.search(text) and not indented:
        return text
    if indented or len(text) < LONG:
        return Scan(text).masked(shown=shown)
    without = _without(text)
    if shown and all(_kind(one) in shown for one in WHOLE if one not in without) and _others(text, ()) < 0:
        return text
    if len(without) == len(WHOLE) - 1 and not shown and (alike := _all_alike(text, without)):
        return alike
    parts, other = _parts(text, without)
    if other >= 0:  # what stands before it is told, the rest is gone through
        parts.append(Scan(text).masked(sum(map(len, parts)), shown))
    masked = {whole: whole if _kind(whole) in shown else _masked(whole) for whole in set(parts[1::2])}
    parts[1::2] = map(masked.__getitem__, parts[1::2])
    return "".join(parts)


def constructs(text: str) -> list[str]:
    """A long text in parts, every second of them a construct, as far as all of them are told whole; else nothing."""
    return _parts(text, _without(text))[0] if len(text) >= LONG and not text.startswith(INDENT) else []


def _without(text: str) -> frozenset[str]:
    """The openings of which a text does not hold one with an end."""
    without = {opening for opening, end in ENDS.items() if opening not in text or end not in text}
    return frozenset(
        without.union(one for one, begun in BEGUN.items() if one not in without and not begun.search(text))
    )


def _parts(text: str, without: frozenset[str]) -> tuple[list[str], int]:
    """A text in parts, every second of them a construct that is told whole, and where something else may begin.

    The parts end before that, an even number of them; where nothing else does, it is -1.
    """
    if len(without) == len(WHOLE) and _others(text, ()) < 0:
        return [text], -1
    formulas = "(" * ("\\)" in text) + "[" * ("\\]" in text)
    told = EXACT if text.rfind("<!--") <= text.rfind("-->") else EXACT - {"<!--"}
    parts = whole_but(formulas, (without & UNENDED) | (EXACT - told)).split(text)
    between = HIDDEN.join(parts[::2])
    other = _others(between, [opening for opening in WHOLE if opening not in without | told])
    if other >= 0:
        del parts[2 * between.count(HIDDEN, 0, other) :]
    return parts, other


def _all_alike(text: str, without: frozenset[str]) -> str | None:
    """What `mask` makes of a text of constructs of one kind, where each of its signs but the last belongs to one."""
    opening = next(one for one in WHOLE if one not in without)
    if found := _hidden_by_piece(text, opening):
        return found
    head, closing = text[: text.rfind(opening)], ENDS[opening]
    end = head.rfind(closing) + len(closing)
    if opening in head and end and (found := _hidden_by_piece(head, opening)):
        return found[:end] + Scan(text).masked(end)
    return None


def _hidden_by_piece(text: str, opening: str) -> str | None:
    """A text with its constructs hidden, where each such sign in it belongs to one; else None."""
    found = None
    if opening == "[[" and "[[[" not in text:
        found = opened(text, opening, _LINK_RESTS, _masked, before="!")
    elif opening == "](":
        found = opened(text, opening, _TARGET_RESTS, _masked)
    elif opening == "$":
        found = paired(text, opening, _MATH_INNER, _MAY_BE_DIGIT)
    return found[0] if found and _others(found[1], ()) < 0 else None


def _others(text: str, openings: Sequence[str]) -> int:
    """Where the first of these stands in a text, or what may begin a construct that is never told whole; -1 for none.

    Each is looked for by itself: a text is searched for one sign a dozen times as fast as for any of several.
    """
    found = [at for sign in ("~", *openings) if (at := text.find(sign)) >= 0]
    if "\n" in text and (code := _INDENTED.search(text)):
        found.append(code.start())
    return min(found, default=-1)


def _kind(whole: str) -> SpanKind | None:
    """The kind of a construct that is told whole, by its opening; None for a link."""
    return "comment" if whole.startswith("<!--") else _KINDS.get(whole[0])


def _masked(whole: str) -> str:
    """What `mask` makes of a construct that is told whole."""
    if whole in LOOSE:
        return whole
    first = whole[0]
    if first == "]":
        return first + HIDDEN * (len(whole) - 1)
    return LINK * len(whole) if first == "[" or first == "!" else blank(whole)
