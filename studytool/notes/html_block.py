"""How a block of HTML begins and ends in markdown: the seven ways that CommonMark knows."""

from __future__ import annotations

import re
from typing import NamedTuple

_NAMES = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link "
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead "
    "title tr track ul"
)
"""The elements that a block of HTML may begin with, whatever follows on the line."""
_VALUE = r"(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\")"
_OPENING = rf"<[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][A-Za-z0-9:._-]*(?:\s*=\s*{_VALUE})?)*\s*/?>"
_CLOSING = r"</[A-Za-z][A-Za-z0-9-]*\s*>"


class HtmlWay(NamedTuple):
    """One way: what the block begins with, what its last line holds, and whether it may interrupt a paragraph.

    Where `end` is None, a blank line ends the block.
    """

    begin: re.Pattern[str]
    end: re.Pattern[str] | None
    interrupts: bool = True

    def ends_in(self, line: str) -> bool:
        """Whether a line of the block, without what indents it, is its last; of a blank one the line before."""
        return self.end.search(line) is not None if self.end else not line


_WAYS = (
    HtmlWay(
        re.compile(r"<(?:script|pre|style|textarea)(?=\s|>|\Z)", re.IGNORECASE),
        re.compile("</(?:script|pre|style|textarea)>", re.IGNORECASE),
    ),
    HtmlWay(re.compile("<!--"), re.compile("-->")),
    HtmlWay(re.compile(r"<\?"), re.compile(r"\?>")),
    HtmlWay(re.compile("<![A-Za-z]"), re.compile(">")),
    HtmlWay(re.compile(r"<!\[CDATA\["), re.compile("]]>")),
    HtmlWay(re.compile(rf"</?(?:{'|'.join(_NAMES.split())})(?=\s|/?>|\Z)", re.IGNORECASE), None),
    HtmlWay(re.compile(rf"(?:{_OPENING}|{_CLOSING})\s*\Z"), None, False),
)


def html_way(line: str) -> HtmlWay | None:
    """The way in which a line, without what indents it, begins a block of HTML; None where it begins none."""
    return next((way for way in _WAYS if way.begin.match(line)), None)
