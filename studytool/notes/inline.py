"""What stands inside a line of prose: code, math, comments, links. One linear scan; markers in them are not markers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Literal, NamedTuple

from studytool.notes.inline_patterns import SPECIAL, special

HIDDEN = "\x00"
"""Stands in a masked text for each character that no dialect may take for a marker; `clean` removes it from notes."""
LINK = "\x01"
"""The same for the characters of a wikilink or embed."""

SpanKind = Literal["escape", "code", "math", "comment", "html", "target", "url", "wikilink", "embed"]

INDENT = ("    ", "\t")
"""How a line of indented code begins."""
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


class Scan:
    """One pass over a text, from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.finders: dict[str, _Finder] = {}
        self.runs: dict[int, list[int]] | None = None
        self.special = SPECIAL
        self.closed: frozenset[str] = frozenset()

    def spans(self, begin: int) -> Iterator[Inline]:
        position = begin
        if not begin and self.text.startswith(INDENT) and (code := self.indented(0, 1)):
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
        if not begin and text.startswith(INDENT) and (code := self.indented(0, 1)):
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
        """Strict as pandoc and Obsidian are: "$5 and $6" is money, `$x$` and `$$x$$` are formulas.

        No formula goes on into a line whose signs pair with each other: then what opens it is money, too.
        """
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
        if 0 <= self.close("\n\n", at) < end or self.is_paired(at, end):
            return None
        return Inline("math", at, end + 1)

    def is_paired(self, at: int, end: int) -> bool:
        """Whether the dollar sign at `end` stands in a later line than that at `at`, in which others pair with it."""
        text = self.text
        first = text.rfind("\n", at, end) + 1
        if not first:
            return False
        last = text.find("\n", end)
        signs = (text.count(sign, first, last if last >= 0 else len(text)) for sign in ("$", "\\$"))
        return (next(signs) - next(signs)) % 2 == 0

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
    return Scan(text).spans(begin)


def blank(text: str) -> str:
    """`text` hidden whole but for its line ends."""
    if "\n" not in text:
        return HIDDEN * len(text)
    return "\n".join(HIDDEN * len(line) for line in text.split("\n"))
