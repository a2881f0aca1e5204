"""The patterns of what stands inside a line of prose: how constructs begin, and those that are told whole."""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = r"[^\[\]|#\\$=\s][^\[\]|#\\$=\n]{0,198}+(?<!\s)"
_PLAIN = rf"{_NAME}(?:\|{_NAME})?\]\](?!\()"
"""What stands in a wikilink or embed of nothing but a name and the words that it shows."""
ANY_LINK = r"(?!\s*\]\])(?:[^\[\]$=\n]|=(?!=)|\](?!\])){1,400}+\]\](?!\()"
"""What stands in any wikilink or embed."""
_ESCAPE = r"\\."
DIGIT = r"[^\W_A-Za-z]"
"""What may be a digit: beside a dollar sign it tells of money. Some letters are in it too; they are looked at again."""
_MATH = rf"[^\s$\\][^$\\\n]*+(?<!\s)\$(?!{DIGIT})"
_HTML = r"/?[A-Za-z][^<>\n]*+>"
TARGET = r"[^()\n]{0,1998}+\)"
_CODE = "(?!`)(?:[^`]++|``++)*+`(?!`)"
_LONG_CODE = "(?!`)(?:[^`]++|`(?!`)|```++)*+``(?!`)"
_OPENINGS = {
    "$": rf"\$(?<!{DIGIT}\$)(?P<math>{_MATH})|\$\$*",
    "<": rf"<(?P<html>{_HTML})|<",
    "[[": rf"!\[\[(?P<embed>{_PLAIN})|!\[\[|\[\[(?<!\[\[\[)(?P<wikilink>{_PLAIN})|\[\[",
    "](": rf"\]\((?P<target>{TARGET})|\]\(",
    "%%": "%%(?P<comment>.*?%%)|%%",
    "\\(": r"\\\(",
    "\\[": r"\\\[",
    "": rf"{_ESCAPE}(?:{_ESCAPE})*|`(?P<code>{_CODE})|``*|~~~~*|/(?<=:/)/|\n[ \t]*\n(?: {{4}}|\t)",
}
"""How constructs begin: each by a character of its own, which makes the search fast. The last is indented code.

Those that most texts hold are told whole, by a group of their kind: they need no second look.
"""


@lru_cache(64)
def special(without: frozenset[str]) -> re.Pattern[str]:
    """The beginnings of all constructs but those."""
    pattern = "|".join(told for name, told in _OPENINGS.items() if name not in without)
    if opening := "".join(one for one in ("\\(", "\\[") if one not in without):
        pattern = pattern.replace(_ESCAPE, rf"\\[^{opening}]")
    return re.compile(pattern, re.DOTALL)


@lru_cache(256)
def whole_but(formulas: str, without: frozenset[str]) -> re.Pattern[str]:
    """What tells constructs whole, but for those that nothing ends.

    A backslash before one of the signs in `formulas` may open a formula.
    """
    whole = "|".join(told for name, told in WHOLE.items() if name not in without)
    if formulas:
        whole = whole.replace(WHOLE["\\"], rf"\\[^{re.escape(formulas)}]")
    return re.compile(f"({whole})", re.DOTALL)


SPECIAL = special(frozenset())
"""Where any construct may begin."""
WHOLE = {
    "$": rf"\$(?<!{DIGIT}\$){_MATH}",
    "<!--": "<!--.*?-->",
    "<": rf"<{_HTML}|<(?!!--)",
    "[[": rf"!?\[\[(?:{ANY_LINK})?",
    "http": r"https?://[^\s<>()\[\]\"]*",
    "](": rf"\]\({TARGET}",
    "%%": "%%.*?%%",
    "`": rf"`(?<!``)`{_LONG_CODE}|`(?<!``){_CODE}",
    "\\": r"\\.",
}
"""The constructs that are told whole, by what opens them: each begins with a sign, which makes the search fast.

Of tags and links an opening that begins none is told too, so that none is left to be looked at again.
"""
LOOSE = frozenset(("<", "[[", "![["))
ENDS = {"$": "$", "<!--": "-->", "<": ">", "[[": "]]", "http": "://", "](": ")", "%%": "%%", "`": "`", "\\": ""}
"""What ends them: where a text does not hold it, or no opening, none is looked for."""
BEGUN = {"[[": re.compile(rf"\[\[{ANY_LINK}"), "<": re.compile(rf"<(?:{_HTML}|!--)")}
"""What a text holds with an opening and an end of these that make a construct."""
UNENDED = frozenset(("<!--", "<", "[[", "http", "]("))
"""Those of which many may stand in a text without an end."""
EXACT = frozenset(("<!--", "<", "[[", "http"))
"""Those that are all told whole, where one is."""
