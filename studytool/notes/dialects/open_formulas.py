"""Formulas that go on over several lines of a paragraph: between `$$`, `\\[` and `\\]`, `\\begin{…}` and `\\end{…}`."""

from __future__ import annotations

import re
from collections.abc import Sequence

FORMULA_BEGINS = ("$$", "\\[", "\\begin{")
_ENDS = dict(zip(FORMULA_BEGINS, ("$$", "\\]", "\\end{"), strict=True))
_MARK = re.compile(r"\$\$|(?<!\\)\\(?:[\[\]]|(?:begin|end)\{)")
_CODE = re.compile(r"`[^`]*`")


def open_formulas(lines: Sequence[str]) -> list[bool]:
    """Whether a formula goes on behind each of these lines; one that none of them ends is none."""
    found: list[bool] = []
    begun, depth, first = "", 0, 0
    for at, line in enumerate(lines):
        for mark in _MARK.findall(_CODE.sub("", line)) if "$$" in line or "\\" in line else ():
            if not depth and mark in _ENDS:
                begun, depth, first = mark, 1, at
            elif depth:
                depth += -1 if mark == _ENDS[begun] else mark == begun
        found.append(depth > 0)
    return [*found[:first], *(False for _ in found[first:])] if depth else found
