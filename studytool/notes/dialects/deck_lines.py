"""Single lines of a note as Obsidian's spaced repetition plugin reads them: what parts them, what marks them."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import accumulate

from studytool.notes.dialects.deletions import LOOKED_AT
from studytool.notes.inline import HIDDEN, LINK, LONG, scan
from studytool.notes.scheduling import SCHEDULE_COMMENT
from studytool.notes.words import word_set
from studytool.notes.written import is_property, written

TAG = re.compile(r"#[^\s#,.;:!?()\[\]{}\"'`|<>]+")
_NO_TAGS = frozenset(
    {"include", "define", "ifdef", "ifndef", "if", "endif", "pragma", "else", "undef", "error", "import"}
)
"""What begins with `#` and is code."""
_MARKER = re.compile(r"(?:[-*+•]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_NAMESPACES = ("std", "boost", "self", "super", "crate", "chrono", "detail")
_FIELDS = frozenset(
    (
        *("up", "down", "next", "prev", "previous", "parent", "child", "children", "related", "similar", "status"),
        *("tag", "tags", "created", "modified", "updated", "date", "source", "sources", "author", "authors", "alias"),
        *("aliases", "type", "kind", "url", "link", "links", "project", "area", "rating", "cssclass", "due"),
    )
)
"""Names of fields that other plugins read from lines `name:: value`."""


def is_under(tag: str, known: str) -> bool:
    """Whether a tag, in small letters, is a known one or a part of it: `a/b` is under `a`."""
    known = known.casefold()
    return tag == known or tag.startswith(f"{known}/")


def is_tag(name: str) -> bool:
    """Whether what follows `#` names a tag: not a number, a colour or a word of a program."""
    colour = len(name) in (3, 6) and all(character in "0123456789abcdefABCDEF" for character in name)
    return not name.isdigit() and not colour and name.casefold() not in _NO_TAGS


def schedule_comments(line: str) -> tuple[str, ...]:
    """What stands in the schedule comments of a line; those in code are text."""
    if not line.lstrip(" \t>").startswith(SCHEDULE_COMMENT):
        spans = [line[span.start : span.end] for span in scan(line) if span.kind == "comment"]
    else:
        spans = [f"{SCHEDULE_COMMENT}{part}" for part in line.split(SCHEDULE_COMMENT)[1:]]
    inside = (span.removeprefix(SCHEDULE_COMMENT).partition("-->") for span in spans if span.startswith("<!--SR:"))
    return tuple(text for text, end, _ in inside if end)


def place_of(masked: str, separator: str) -> int:
    """The first place of a separator, not in a longer one, a curly cloze, a field in brackets or a name."""
    begin = 0
    if len(masked) >= LONG and "}}" in masked and "{" not in separator and "}" not in separator:
        parts = _BRACES.split(masked)
        rest = HIDDEN.join(parts[::2])
        at = rest.find(separator)
        if at < 0 and "}}" not in rest:
            return -1
        if "}}" not in rest[:at]:
            ends = list(accumulate([len(part) + 1 for part in parts[::2]]))
            begin = sum(map(len, parts[: 2 * bisect_right(ends, at)]))
    depth = counted = 0
    end = begin
    braces = "{{" in masked
    run = _run_of(separator)
    for _ in range(LOOKED_AT):
        found = run.search(masked, end)
        if not found:
            break
        at, end = found.span()
        if braces:
            depth += masked.count("{{", counted, at) - masked.count("}}", counted, at)
            counted = at
        if depth > 0:
            closed = masked.find("}}", at)
            if closed < 0:
                return -1
            end = end if "}" in separator else max(end, closed)  # none counts before that
            continue
        whole = end == at + len(separator) and masked[at - 1 : at] != separator[0]
        if whole and not (separator == "::" and (_is_field(masked, at) or _is_name(masked, at))):
            return at
    return -1


_BRACES = re.compile(r"(\{\{[^{}]*+\}\})")
"""A curly cloze, or whatever else stands between two braces, with no other in it."""


@cache
def _run_of(separator: str) -> re.Pattern[str]:
    """A separator with all that lengthen it."""
    return re.compile(f"{re.escape(separator)}(?:{re.escape(separator[-1])})*+")


def _is_field(masked: str, at: int) -> bool:
    """Whether `::` stands in `(key:: value)` or `[key:: value]`."""
    window = masked[max(0, at - 60) : at]
    opening = max(window.rfind("("), window.rfind("["))
    if opening < 0:
        return False
    key = window[opening + 1 :]
    closing = ")" if window[opening] == "(" else "]"
    plain = all(character.isalnum() or character in " -_" for character in key)
    return bool(key.strip()) and plain and len(key.split()) < 4 and masked.find(closing, at, at + 300) >= 0


def _is_name(masked: str, at: int) -> bool:
    """Whether `::` stands in a name of a program, such as `std::vector`."""
    if not masked.endswith(_NAMESPACES, 0, at):
        return False
    start = at
    while start > max(0, at - 40) and (masked[start - 1].isalnum() or masked[start - 1] == "_"):
        start -= 1
    following = masked[at + 2 : at + 3]
    return masked[start:at] in _NAMESPACES and (following.isalpha() or following == "_")


_DATED = re.compile(r"[*_]{0,2}([^\W\d_]{3,12})[*_]{0,2}:[*_]{0,2} ?\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?")


_WRITTEN = word_set(
    """
    created updated modified edited added reviewed revised erstellt geändert aktualisiert bearbeitet créé modifié creado
    modificado actualizado creato modificato criado создано изменено обновлено
    """
)
"""What says when a note was written: never what a card asks."""
_DAYS = word_set("date dates datum fecha data дата")


def is_metadata(front: str) -> bool:
    """Whether what stands before `::` is the name of a field that notes keep about themselves, not a question."""
    return unmarked(front)[1].strip(" *_").casefold() in _FIELDS


def says_when(line: str, *, asked_below: bool) -> bool:
    """Whether a line only dates its note: `Created: 2024-05-01`; `Date: …` does where a question follows below it."""
    found = _DATED.fullmatch(line) if line[-1:].isdigit() else None
    if not found:
        return False
    told = found[1].casefold()
    return told in _WRITTEN or (asked_below and told in _DAYS)


def keeps_a_field(line: str, at: int, *, graph: bool) -> bool:
    """Whether a line parted by `::` keeps what belongs to a note or a block; in a graph of Logseq any name does."""
    if graph and unmarked(line[:at])[1].replace("-", "").replace(".", "").isalnum():
        return True
    return is_metadata(line[:at]) or is_property(line)


def without_urls(raw: str, masked: str) -> str:
    """The masked line with its addresses visible: where no blank parts them, they hide the separator after them."""
    parts, position = [], 0
    for span in scan(raw):
        if span.kind == "url":
            parts.append(masked[position : span.start] + raw[span.start : span.end])
            position = span.end
    return "".join([*parts, masked[position:]])


def unmarked(line: str, is_heading: bool = False) -> tuple[int, str]:
    """A line without the marks of a quote, a list or a heading before it, and the column at which its text begins."""
    rest = line.lstrip(" \t>")
    marker = _MARKER.match(rest)
    if marker:
        rest = rest[marker.end() :]
    heading = _HEADING.match(rest) if is_heading else None
    if heading:
        rest = rest[heading.end() :]
    return len(line) - len(rest) + 1, rest


def is_next_item(above: str, line: str) -> bool:
    """Whether a line is the next item of the list that the line above is an item of."""
    indents = [len(one) - len(one.lstrip(" \t>")) for one in (above, line)]
    items = [bool(_MARKER.match(one.lstrip(" \t>"))) for one in (above, line)]
    return all(items) and indents[1] <= indents[0]


def is_indented(line: str) -> bool:
    """Whether a line is an item of a list, or stands under one."""
    return line[:1] in (" ", "\t") or bool(_MARKER.match(line))


def unquoted(text: str) -> str:
    """Lines without one `>` each, where all have one."""
    lines = text.split("\n")
    if not all(line.lstrip().startswith(">") for line in lines if line.strip()):
        return text
    return "\n".join(line.lstrip()[1:].removeprefix(" ") for line in lines)


_END_TAG = re.compile(r"</[A-Za-z][A-Za-z0-9]*+\s*+>")


def says_anything(text: str) -> bool:
    """Whether there is anything to read, comments, empty marks of code and the ends of HTML elements aside."""
    begins = text if "\n" in text else text.lstrip()
    if begins[:2] == "</":
        text = _END_TAG.sub("", text)
    return begins[:1].isalnum() or bool(written(text).strip("` \t\n"))


def has_words(text: str) -> bool:
    """Whether a masked text holds a letter, or something hidden that may be read."""
    return any(character.isalpha() or character in (HIDDEN, LINK) for character in text)
