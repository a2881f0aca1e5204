"""An answer that is a list, as far as each of its items: to be shown one at a time."""

from __future__ import annotations

import re

from studytool.app.prose.parser import parser

_ITEM = re.compile(r"^ {0,3}(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)


def steps(markdown: str) -> list[str]:
    """The text up to the end of each item of its first list, the whole of it last; nothing where there is no list."""
    if len(_ITEM.findall(markdown)) < 2:
        return []
    lines = markdown.split("\n")
    ends: list[int] = []
    for token in parser().parse(markdown):
        if token.level == 0 and token.type in ("bullet_list_close", "ordered_list_close"):
            break
        if token.level == 1 and token.type == "list_item_open" and token.map:
            ends.append(token.map[1])
    if len(ends) < 2:
        return []
    return ["\n".join(lines[:end]).rstrip() for end in ends[:-1]] + [markdown]
