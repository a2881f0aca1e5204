"""The outline of a page of Logseq, as markdown has it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from studytool.notes.written import dedented, is_property, written

_ITEM = "- "
_KEPT = re.compile(r"(?:alias|deck|icon|public|tags|template|title|type)::(?: |\Z)")
"""How blocks begin that say of the block above them what it is."""


_FLAG = re.compile(r"[ \t]+#card(?=\s|\Z)")
"""What makes a card of a block where it stands."""


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
            inside, hanging = False, line[0] == " " or line.startswith(("- ", "* ", "+ ")) or line[0].isdigit()
        elif inside or (not hanging and line.startswith("\t- ")):
            inside, found[at] = True, f" {line[1:]}"
    return found


def block_named(lines: Sequence[str], name: str, *, whole: bool) -> str:
    """The text of the block with this id, where it is wanted `whole` with the blocks below it; "" where none has it."""
    mark = f"id:: {name}"
    at = next((at for at, line in enumerate(lines) if line.strip().removeprefix(_ITEM) == mark), -1)
    start = at
    while start >= 0 and not lines[start].lstrip().startswith(_ITEM):
        start -= 1
    if start < 0:
        return ""
    margin = _margin(lines[start])
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _margin(lines[end]) > margin):
        if not whole and lines[end].lstrip().startswith(_ITEM):
            break
        end += 1
    told = [_FLAG.sub("", line) for line in without_properties(lines[start:end])]
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
        if is_property(own) or (own is not told and _KEPT.match(own)) or (mark and _KEPT.match(told)):
            mark = line[: len(line) - len(own)] if own is not told else mark
            continue
        if mark and told and not told.startswith(_ITEM):
            line = f"{mark}{told}"
        mark = ""
        found.append(line)
    return found
