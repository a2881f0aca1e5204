"""The one door for text that is not ours, from a file, a process or the clipboard; and the words of plain numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# A whole escape sequence goes, not only its ESC, so that "\x1b[31mred" reads "red" and not "[31mred":
# OSC, DCS, SOS, PM and APC strings up to their terminator, CSI sequences, then any other two-character escape.
# A string without a terminator loses only its beginning: U+009D is also what a closing quote becomes in text that
# was encoded twice, and should not cost the rest of the line.
_ESCAPES = re.compile(
    "(?:\x1b[\\]PX^_]|[\x90\x98\x9d-\x9f])(?:[^\x07\x1b\x90\x98\x9c-\x9f\n]*(?:\x07|\x1b\\\\|\x9c))?"
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"
    "|\x1b[ -/]*[0-~]?"
)

# Left after that: C0 (but tab and newline), DEL, C1; bidirectional overrides and isolates, which reorder what is
# around them; the interlinear annotation characters and the language tags, which nothing should print.
_RANGES = (
    (0x00, 0x08),
    (0x0B, 0x0C),
    (0x0E, 0x1F),
    (0x7F, 0x9F),
    (0x061C, 0x061C),
    (0x200E, 0x200F),
    (0x202A, 0x202E),
    (0x2066, 0x2069),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
_DROPPED = dict.fromkeys(code for low, high in _RANGES for code in range(low, high + 1))
_DROPPED_CLASS = "".join(f"{chr(low)}-{chr(high)}" for low, high in _RANGES)
_SUSPECT = re.compile(f"[{_DROPPED_CLASS}\r]")
_HARMLESS = bytes(code for code in range(0x80) if code not in _DROPPED and code != 0x0D)
_UNPRINTED = re.compile(f"[{_DROPPED_CLASS}\ud800-\udfff]")  # and half pairs: bytes of a file name that are no text


ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|z\.B|d\.h|u\.a|bzw|etc|vs|cf|ca|approx|resp|al|Fig|fig|Eq|eq|Sec|No|Nr|vol|pp|p|Dr|Mr|Mrs|Ms|"
    r"Prof|St|Jr|Inc|Ltd)|\b[A-Za-z])\.$"
)
"""A dot after these does not end a sentence."""


def clean(text: str) -> str:
    """`text` with everything removed that a terminal would act on instead of showing.

    Line ends become `\\n`; tabs stay; escape sequences, control characters and bidirectional controls go. Text with
    nothing to remove, nearly all of it, is returned as it is after one scan.
    """
    if text.isascii():
        if not text.encode().translate(None, _HARMLESS):
            return text
    elif text.replace("\n", "").isprintable() or not _SUSPECT.search(text):
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not _SUSPECT.search(text):
            return text
    return _ESCAPES.sub("", text).translate(_DROPPED)


def one_line(text: str, width: int = 0) -> str:
    """`text` on one line, runs of white space folded; cut to `width` characters with an ellipsis when it is given."""
    folded = " ".join(clean(text).split())
    if width and len(folded) > width:
        return folded[: max(width - 1, 0)].rstrip() + "…"
    return folded


_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,}).*\n?", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)
_ITEM = re.compile(r"^ {0,3}[-*+] (?:\[[ xX]\] )?", re.MULTILINE)


_RULE = re.compile(r" {0,3}(?=.*\|)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
"""The line of a table below its head."""
_BAR = re.compile(r"(?<!\\)\|")


def in_a_line(markdown: str, width: int = 0) -> str:
    """Markdown of several lines as one: code without its fences, quotes without signs, items with dots before them.

    Of a table the cells have dots between them, and the rows semicolons. Behind a first paragraph that ends in a word,
    as a term does above what is said of it, there is a colon.
    """
    first, _, rest = markdown.partition("\n\n")
    if rest.strip() and _ends_in_a_word(first) and not _FENCE.search(first):
        markdown = f"{first.rstrip()}:\n\n{rest}"
    return one_line(_ITEM.sub("· ", _QUOTED.sub("", _FENCE.sub("", without_tables(markdown)))), width)


def _ends_in_a_word(text: str) -> bool:
    last = text.rstrip()[-1:]
    return last.isalnum() or last in {"*", "_", "`", "$"}


def without_tables(markdown: str) -> str:
    """Markdown with the cells of its tables parted by dots, and the rows by semicolons."""
    if "|" not in markdown or "\n" not in markdown:
        return markdown
    told, rows = list[str](), 0  # of the present table, once its second line was seen
    for line in markdown.split("\n"):
        if not rows and told and "|" in told[-1] and _RULE.fullmatch(line):
            told[-1], rows = _row(told[-1]), 1
        elif rows and "|" in line:
            told[-1] += ";"
            told.append(_row(line))
        else:
            told.append(line)
            rows = 0
    return "\n".join(told)


def _row(line: str) -> str:
    """The cells of a row of a table that are not empty."""
    cells = (cell.strip().replace("\\|", "|") for cell in _BAR.split(line))
    return " · ".join(cell for cell in cells if cell)


def dotted(parts: Iterable[str], width: int) -> list[str]:
    """The parts with dots between them, on as many lines of `width` cells as they need; none is divided."""
    lines: list[str] = []
    for part in parts:
        if lines and cells(f"{lines[-1]} · {part}") <= width:
            lines[-1] += f" · {part}"
        else:
            lines.append(part)
    return lines


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes on a row: none for what is not printed by itself, two for wide ones."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(map(_cells, text))


def begun(text: str, width: int) -> str:
    """The longest beginning of `text` that takes at most `width` cells, with the marks over its last sign."""
    if text.isascii() and text.isprintable():
        return text[: max(width, 0)]
    room = width
    for at, character in enumerate(text):
        room -= _cells(character)
        if room < 0:
            return text[:at]
    return text


@lru_cache(8192)
def _cells(character: str) -> int:
    import unicodedata

    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, width: int) -> str:
    """`text` with blanks after it, so that it takes `width` cells at least."""
    return text + " " * max(width - cells(text), 0)


def counted(number: int, word: str) -> str:
    """ "1 event", "1,200 events"."""
    return f"{number:,} {word}{'s' * (number != 1)}"


def percent(share: float | None) -> str:
    """A share as "84 %", "-" for none; what is not quite all is never told as all."""
    if share is None:
        return "-"
    return ">99 %" if 0.995 <= share < 1 else f"{share * 100:.0f} %"


def as_json(value: object) -> str:
    """`value` as JSON for a script, with what a terminal would act on written as `\\uXXXX`: a path is told as it is."""
    import json  # 7 ms

    return _UNPRINTED.sub(lambda found: json.dumps(found[0])[1:-1], json.dumps(value, ensure_ascii=False, indent=2))
