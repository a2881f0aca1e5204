"""The outline of a page of Logseq, as markdown has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from studytool.notes.written import dedented, is_property, written

_ITEM = "- "
KEPT = re.compile(r"(?:alias|deck|icon|public|tags|template|title|type)::(?: |\Z)")
"""How blocks begin that say of the block above them what it is."""
_FLAG = re.compile(r"(?:[ \t]+|(?<![\w/]))#card(?=\s|\Z)")
"""What makes a card of a block where it stands."""
_OPENING = re.compile(
    r"(?P<item>[ \t]*[-*+] (?:#{1,6} )?)(?:(?:TODO|DOING|DONE|LATER|NOW|WAIT(?:ING)?|CANCELL?ED|IN-PROGRESS)[ ]+)?"
    r"(?:\[#[ABC]\][ ]+)?(?P<flag>(?:#?\[\[[Cc]ard\]\]|#card)[ \t]+(?P<tags>(?:#[^\s#\[]\S*[ \t]+)*))?(?=\S)"
)
"""How a block begins: with whether a task is done, its priority, a flag."""
_LINKED = re.compile(
    r"[ \t]{0,9}(?<![\[(`])#?\[\[[Cc]ard\]\]"
    r"(?=(?:[ \t]{1,9}+#(?>\[\[[^\[\]]{1,200}+\]\](?!\S)|\S{1,200}+)){0,20}+[ \t]{0,9}\Z)"
)
"""The tag `#card` at the end of a line, before at most twenty others, as Logseq may write it, too."""
_DATED = re.compile(r"[ \t]*(?:(?:SCHEDULED|DEADLINE): <\d{4}-\d\d-\d\d[^<>]{0,60}>[ \t]*)+\Z")
_NUMBERED = re.compile(r"\d{1,9}[.)] ")
_DRAWERS = (":LOGBOOK:", ":PROPERTIES:")
_IN_DRAWER = re.compile(r"CLOCK:|:[\w-]+:(?:\s|\Z)|[*-] State ")
"""How the lines of a drawer begin: another line ends one whose `:END:` is missing."""
_MAY_BE_MARKED = re.compile(
    r"(?:TODO|DOING|DONE|LATER|NOW|WAIT(?:ING)?|CANCELL?ED|IN-PROGRESS|\]) |ard\]\]|- #card|: <\d"
    r"|:LOGBOOK:|:PROPERTIES:"
)
_KEPT_LINE = "collapsed:: true"
"""A property that is on no card: it stands for whatever else Logseq keeps in a line of its own."""


def unmarked(lines: Sequence[str]) -> list[str]:
    """The lines of a page without what Logseq marks its tasks with; a link to the page `card` is the tag `#card`.

    The times of a task and the properties in a drawer become properties of its own form. Code is left as it is.
    """
    found = list(lines)
    if not _MAY_BE_MARKED.search("\n".join(lines)):
        return found
    fence, drawer = "", False
    for at, line in enumerate(lines):
        told = line.strip()
        bare = told.removeprefix(_ITEM).lstrip()
        if fence:
            fence = "" if told.startswith(fence) and not told.strip(fence[0]) else fence
        elif bare.startswith(("```", "~~~")):
            fence = bare[: len(bare) - len(bare.lstrip(bare[0]))]
        elif told in _DRAWERS or _DATED.match(line) or (drawer and _IN_DRAWER.match(told)):
            drawer = (drawer or told in _DRAWERS) and told != ":END:"
            found[at] = line[: len(line) - len(line.lstrip())] + _KEPT_LINE
        else:
            drawer = False
            opening = _OPENING.match(line)
            if opening:
                flag = f" {opening['tags']}#card" if opening["flag"] else ""
                line = f"{opening['item']}{line[opening.end() :]}{flag}"
            found[at] = _LINKED.sub(" #card", line) if "ard]]" in line else line
    return found


def outlined(lines: Sequence[str]) -> list[str]:
    """The lines of a page with blocks below a heading or a text as a list; of the same length each.

    Logseq indents them by a tab, which markdown takes for code.
    """
    found = list(lines)
    inside = hanging = False  # whether a line is one of such blocks; whether the one above it holds a list of its own
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if line[0] != "\t":
            inside, hanging = (
                False,
                line[0] == " " or line.startswith(("- ", "* ", "+ ")) or _NUMBERED.match(line) is not None,
            )
        elif inside or (not hanging and line.startswith("\t- ")):
            inside, found[at] = True, f" {line[1:]}"
    return found


def block_named(lines: Sequence[str], name: str, *, whole: bool) -> str:
    """The text of the block with this id, where it is wanted `whole` with the blocks below it; "" where none has it."""
    mark = f"id:: {name}"
    at = next((at for at, line in enumerate(lines) if line.strip().removeprefix(_ITEM) == mark), -1)
    start = at
    while start > 0 and not lines[start].lstrip().startswith((_ITEM, "#")) and lines[start - 1].strip():
        start -= 1
    if start < 0 or lines[start].strip() == mark:
        return ""
    margin = _margin(lines[start])
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or _margin(lines[end]) > margin):
        if not whole and lines[end].lstrip().startswith(_ITEM):
            break
        end += 1
    told = [_FLAG.sub("", line) for line in without_properties(unmarked(lines[start:end]))]
    if not whole:
        told = [line.strip().removeprefix(_ITEM).strip() for line in told]
        return "\n".join(told).strip().lstrip("# ")
    return written("\n".join(dedented(told)))


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def without_properties(lines: Sequence[str], code: Collection[int] = ()) -> list[str]:
    """The lines of blocks without the properties that they begin with, and without blocks that hold nothing else.

    `code` are the places of lines that are shown as they stand.
    """
    found: list[str] = []
    mark = ""  # of a block whose text has not begun yet
    for at, line in enumerate(lines):
        if at in code:
            mark = ""
            found.append(line)
            continue
        told = line.lstrip(" \t")
        own = told.removeprefix(_ITEM)
        if is_property(own) or (own is not told and KEPT.match(own)) or (mark and KEPT.match(told)):
            mark = line[: len(line) - len(own)] if own is not told else mark
            continue
        if mark and told and not told.startswith(_ITEM):
            line = f"{mark}{told}"
        mark = ""
        found.append(line)
    return found
