"""What stands inside a line of prose: code, math, comments, links. One linear scan; markers in them are not markers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import Literal, NamedTuple

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
    special,
    whole_but,
)

HIDDEN = "\x00"
"""Stands in a masked text for each character that no dialect may take for a marker; `clean` removes it from notes."""
LINK = "\x01"
"""The same for the characters of a wikilink or embed."""

SpanKind = Literal["escape", "code", "math", "comment", "html", "target", "url", "wikilink", "embed"]

_KINDS: dict[str, SpanKind] = {
    "$": "math",
    "\\": "escape",
    "`": "code",
    "<": "html",
    "%": "comment",
    "]": "target",
    "h": "url",
}
_INDENTED = re.compile(r"\n[ \t]*\n(?: {4}|\t)")
_INDENT = ("    ", "\t")
_DEEPEST = 40
"""So many columns of markers and indentation may stand before a fence."""
_LIST_ITEM = re.compile(r"[ \t]|[-*+•][ \t]|\d{1,9}[.)][ \t]")
_UNINDENTED = re.compile(r"\n(?! {4}|\t|[ \t]*(?:\n|\Z))")
_URL = re.compile(r"[^\s<>()\[\]\"]*")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]*>")
_SPACE = (" ", "\t", "\n", "")
_SHORT = 200
"""Up to here a text is searched again rather than a place in it remembered."""
LONG = 1000
"""From here on constructs that are told whole are looked for all at once."""


class Inline(NamedTuple):
    """One construct at `start:end` of a text. `shown` is what a reader sees of a wikilink, `target` where it leads."""

    kind: SpanKind
    start: int
    end: int
    shown: str = ""
    target: str = ""


class _Finder:
    """`text.find` for a scan that only moves forward: each character is looked at once, however often it asks."""

    def __init__(self, text: str, wanted: str) -> None:
        self._text, self._wanted, self._next = text, wanted, -2

    def __call__(self, start: int) -> int:
        if self._next != -1 and self._next < start:
            self._next = self._text.find(self._wanted, start)
        return self._next


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.finders: dict[str, _Finder] = {}
        self.runs: dict[int, list[int]] | None = None
        self.special = SPECIAL
        self.closed: frozenset[str] = frozenset()

    def spans(self, begin: int) -> Iterator[Inline]:
        position = begin
        if not begin and self.text.startswith(_INDENT) and (code := self.indented(0, 1)):
            yield code
            position = code.end
        while found := self.special.search(self.text, position):
            span = _whole(found) if found.lastgroup else self.one(found.group(), found.start(), position)
            if span:
                yield span
                position = span.end
            else:
                position = found.end()

    def masked(self, begin: int = 0, shown: Collection[str] = ()) -> str:
        """What `mask` makes of the text from `begin` on: the same pass, without a value for each construct.

        Constructs of the kinds in `shown` stay as they are.
        """
        text, parts = self.text, list[str]()
        position = copied = begin
        if not begin and text.startswith(_INDENT) and (code := self.indented(0, 1)):
            parts.append(blank(text[: code.end]))
            position = copied = code.end
        while found := self.special.search(text, position):
            kind = found.lastgroup
            if kind:
                start, position = found.span()
                start += kind == "target"
            elif span := self.one(found.group(), found.start(), position):
                kind, start, position, _, _ = span
            else:
                position = found.end()
                continue
            if kind in shown:
                continue
            is_link = kind == "wikilink" or kind == "embed"
            parts += text[copied:start], LINK * (position - start) if is_link else blank(text[start:position])
            copied = position
        parts.append(text[copied:])
        return "".join(parts)

    def close(self, mark: str, start: int) -> int:
        """Where `mark` stands next at or after `start`, -1 where it does not."""
        if len(self.text) <= _SHORT:
            return self.text.find(mark, start)
        finder = self.finders.get(mark)
        if finder is None:
            finder = self.finders[mark] = _Finder(self.text, mark)
        return finder(start)

    def never(self, opening: str) -> Inline | None:
        """None: what would end such a construct does not come any more, and so no other is looked for."""
        self.closed |= {opening}
        self.special = special(self.closed)
        return None

    def one(self, mark: str, at: int, position: int) -> Inline | None:
        """The construct that `mark` opens; it begins at or after `position`."""
        first = mark[0]
        if first == "`" or first == "~":
            return self.fence(mark, at) or (self.code(len(mark), at) if first == "`" else None)
        if first == "$":
            return self.math(mark, at)
        if first == "\\":
            return self.backslash(mark, at)
        if first == "\n":
            return self.indented(at, at + len(mark))
        if first == "/":
            return self.url(at - 1, position)
        if mark == "<":
            return self.angle(at)
        if mark == "](":
            return self.link_target(at)
        if mark == "%%":
            end = self.close("%%", at + 2)
            return Inline("comment", at, end + 2) if end >= 0 else self.never("%%")
        return self.wikilink(mark, at)

    def url(self, at: int, position: int) -> Inline | None:
        start = at - (5 if self.text[at - 1 : at] == "s" else 4)
        if start < position or not self.text.startswith("http", start):
            return None
        found = _URL.match(self.text, at + 3)
        return Inline("url", start, found.end() if found else at + 3)

    def backslash(self, mark: str, at: int) -> Inline:
        if (mark == "\\(" or mark == "\\[") and mark not in self.closed:
            end = self.close("\\)" if mark == "\\(" else "\\]", at + 2)
            if end < 0:
                self.never(mark)
            elif not 0 <= self.close("\n\n", at) < end:
                return Inline("math", at, end + 2)
        return Inline("escape", at, at + len(mark))

    def fence(self, mark: str, at: int) -> Inline | None:
        """A fence that begins at `at`: at the start of its line but for the markers of its containers."""
        if len(mark) < 3:
            return None
        before = self.text[max(0, at - _DEEPEST) : at].rpartition("\n")[2]
        if len(before) == _DEEPEST or before.strip(" \t>"):
            return None
        end = self.text.find("\n", at)
        if mark[0] == "`" and "`" in self.text[at + len(mark) : end if end >= 0 else None]:
            return None
        close = re.compile(rf"^[ \t>]*{mark[0]}{{{len(mark)},}}[ \t]*$", re.MULTILINE).search(self.text, at + len(mark))
        return Inline("code", at, close.end() if close else len(self.text))

    def indented(self, at: int, after: int) -> Inline | None:
        """Indented code, after a blank line; under an item of a list the same indentation continues the item."""
        above = at
        while above and self.text[above - 1].isspace():
            above -= 1
        if above and _LIST_ITEM.match(self.text, self.text.rfind("\n", 0, above) + 1):
            return None
        end = _UNINDENTED.search(self.text, after)
        return Inline("code", at, end.start() if end else len(self.text))

    def code(self, length: int, at: int) -> Inline | None:
        if length == 1:
            end = self.text.find("`", at + 1)
            if end < 0 or self.text[end + 1 : end + 2] != "`":
                return Inline("code", at, end + 1) if end >= 0 else None
        if self.runs is None:
            self.runs = {}
            for run in re.finditer("`+", self.text):
                self.runs.setdefault(len(run.group()), []).append(run.start())
        places = self.runs.get(length, [])
        following = bisect_right(places, at)
        return Inline("code", at, places[following] + length) if following < len(places) else None

    def math(self, mark: str, at: int) -> Inline | None:
        """Strict as pandoc and Obsidian are: "$5 and $6" is money, `$x$` and `$$x$$` are formulas."""
        text, after = self.text, at + len(mark)
        if len(mark) > 2:
            return None
        if len(mark) == 2:
            end = self.close("$$", after)
            blank = self.close("\n\n", at)
            return Inline("math", at, end + 2) if end >= 0 and not 0 <= blank < end else None
        if text[after : after + 1] in _SPACE or text[at - 1 : at].isdigit():
            return None
        end = self.close("$", after)
        if end < 0:
            return self.never("$")
        while end >= 0 and text[end - 1] == "\\":
            end = self.close("$", end + 1)
        if end < 0 or text[end - 1] in _SPACE or text[end + 1 : end + 2].isdigit():
            return None
        return None if 0 <= self.close("\n\n", at) < end else Inline("math", at, end + 1)

    def angle(self, at: int) -> Inline | None:
        if self.close(">", at) < 0:
            return self.never("<")
        if self.text.startswith("<!--", at):
            end = self.close("-->", at + 4)
            return Inline("comment", at, end + 3) if end >= 0 else None
        found = _TAG.match(self.text, at)
        return Inline("html", at, found.end()) if found else None

    def link_target(self, at: int) -> Inline | None:
        end = self.close(")", at + 2)
        if end < 0:
            return self.never("](")
        if "\n" in self.text[at : min(end, at + 2000)] or end - at > 2000:
            return None
        if "(" in self.text[at + 2 : end]:  # one pair of parentheses inside, as in Wikipedia's addresses
            end = max(end, self.text.find(")", end + 1, end + 200))
        return Inline("target", at + 1, end + 1)

    def wikilink(self, mark: str, at: int) -> Inline | None:
        text, inside = self.text, at + len(mark)
        end = self.close("]]", inside)
        if end < 0:
            return self.never("[[")
        if end - inside > 400 or text.find("[", inside, end + 1) >= 0:
            return None
        content = text[inside:end]
        if not content.strip() or "\n" in content or "$" in content or "==" in content:
            return None
        if text.startswith("(", end + 2):  # `[[Answer]](url)` is a markdown link with brackets in its text
            return None
        target, _, shown = content.replace("\\|", "|").partition("|")
        target = target.strip()
        name = target.partition("#")[0].strip() or target.lstrip("#^ ")
        kind: SpanKind = "embed" if mark[0] == "!" else "wikilink"
        return Inline(kind, at, end + 2, shown.strip() or name, target)


def _whole(found: re.Match[str]) -> Inline:
    """The construct that the search has found whole."""
    kind: SpanKind = found.lastgroup  # type: ignore[assignment]
    start, end = found.span()
    if kind == "target":
        return Inline(kind, start + 1, end)
    if kind != "wikilink" and kind != "embed":
        return Inline(kind, start, end)
    target, _, shown = found[kind][:-2].partition("|")
    return Inline(kind, start, end, shown or target, target)


def scan(text: str, begin: int = 0) -> Iterator[Inline]:
    """The constructs of `text` in order, not overlapping, from `begin` on, which stands in none."""
    return _Scan(text).spans(begin)


def mask(text: str, shown: Collection[str] = ()) -> str:
    """`text` with code, math, comments, tags, targets and escapes replaced by `HIDDEN`; same length, same lines.

    Constructs of the kinds in `shown` stay as they are.
    """
    indented = text.startswith(_INDENT)
    if not SPECIAL.search(text) and not indented:
        return text
    if indented or len(text) < LONG:
        return _Scan(text).masked(shown=shown)
    without = _without(text)
    if shown and all(_kind(one) in shown for one in WHOLE if one not in without) and _others(text, ()) < 0:
        return text
    if len(without) == len(WHOLE) - 1 and not shown and (alike := _all_alike(text, without)):
        return alike
    parts, other = _parts(text, without)
    if other >= 0:  # what stands before it is told, the rest is gone through
        parts.append(_Scan(text).masked(sum(map(len, parts)), shown))
    masked = {whole: whole if _kind(whole) in shown else _masked(whole) for whole in set(parts[1::2])}
    parts[1::2] = map(masked.__getitem__, parts[1::2])
    return "".join(parts)


def constructs(text: str) -> list[str]:
    """A long text in parts, every second of them a construct, as far as all of them are told whole; else nothing."""
    return _parts(text, _without(text))[0] if len(text) >= LONG and not text.startswith(_INDENT) else []


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


_LINK_RESTS, _TARGET_RESTS, _MATH_INNER = map(re.compile, (ANY_LINK, TARGET, r"[^\s$\\][^$\\\n]*+(?<!\s)"))
_MAY_BE_DIGIT = re.compile(DIGIT)


def _all_alike(text: str, without: frozenset[str]) -> str | None:
    """What `mask` makes of a text of constructs of one kind, where each of its signs but the last belongs to one."""
    opening = next(one for one in WHOLE if one not in without)
    if found := _hidden_by_piece(text, opening):
        return found
    head, closing = text[: text.rfind(opening)], ENDS[opening]
    end = head.rfind(closing) + len(closing)
    if opening in head and end and (found := _hidden_by_piece(head, opening)):
        return found[:end] + _Scan(text).masked(end)
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


def blank(text: str) -> str:
    """`text` hidden whole but for its line ends."""
    if "\n" not in text:
        return HIDDEN * len(text)
    return "\n".join(HIDDEN * len(line) for line in text.split("\n"))
