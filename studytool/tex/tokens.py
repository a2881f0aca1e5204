"""LaTeX source cut into tokens."""

from __future__ import annotations

import re

# A command, a command of one character, a number (1,000 and 0.5 are one), a run of spaces, the gap of a cloze, what is
# marked (with no blank inside its marks: `a == b` compares), any other character.
_TOKEN = re.compile(
    r"\\[A-Za-z]+|\\.|[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?|\s+"
    r"|\[…\]|==(?![=\s])(?:(?!==).)+(?<!\s)==|.",
    re.DOTALL,
)


def tokens(source: str) -> list[str]:
    """The tokens of `source` in order; joined they are `source` again, but for white space, which becomes one space."""
    return [" " if token.isspace() else token for token in _TOKEN.findall(source)]
