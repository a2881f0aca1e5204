"""A slice of a note as it goes on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from textwrap import dedent

from studytool.notes.markdown import bullet
from studytool.notes.masks import mask
from studytool.notes.plain import flatten
from studytool.notes.words import word_set

_BLOCK_ID = re.compile(r"(?:^|(?<=[ \t]))\^(?:(?=[0-9-]*[A-Za-z])[A-Za-z0-9-]{2,}|[0-9]{6,})[ \t]*$", re.MULTILINE)
"""The name of a block, by which links lead to it: a word or a long number at the end of its line."""
_PROPERTY = re.compile(
    r"^[ \t]*(?P<name>id::[ \t]+[0-9A-Fa-f]{8}[0-9A-Fa-f-]*|collapsed::[ \t]+(?:true|false)"
    r"|card-(?:last-(?:interval|reviewed|score)|repeats|ease-factor|next-schedule)::"
    r"(?:[ \t]+(?:nil|[\d.:TZ+-]+(?:[eE][+-]?\d+)?))?"
    r"|(?:logseq\.[\w.-]{1,60}|ls-type|hl-[a-z-]{1,40}|background-color)::"
    r"(?:[ \t]+(?:[#\w-]+|\[\[[^\]\n]{1,200}\]\]|(?:rgb|hsl)a?\([\d., %/]{1,60}\)))?)[ \t]*(?:\n|\Z)",
    re.MULTILINE,
)
"""A line in which Logseq keeps what belongs to a block and is none of its text: its names, and values of their form."""

_DIV = re.compile(r"^[ \t]*:{3,}(?P<rest>[^\n]*)$", re.MULTILINE)
"""A line that may open or close a part of a page in Pandoc, Quarto and Docusaurus: `::: {.note}`, `:::tip Title`."""
_DIV_NAME = re.compile(r"\{[^{}]{0,300}\}|[A-Za-z][\w-]{0,40}(?![\w-])")
_TITLED = word_set(
    "attention caution danger details error example hint important info note question spoiler success tip warning"
)
"""The parts that have a title behind their name even where a blank stands before that, and nothing closes them."""
_DIV_TITLE = 200

_ITEMS = ("- ", "* ", "+ ")


def _unnamed(source: str) -> str:
    """A text without the names of its blocks; a line that is only a name goes as a whole."""
    starts = [found.start() for found in _BLOCK_ID.finditer(mask(source))]
    if not starts:
        return source
    lines: list[str] = []
    at, alone = 0, False
    names = iter([*starts, len(source) + 1])
    name = next(names)
    for line in source.split("\n"):
        following = at + len(line) + 1
        if name < following:
            line, name = line[: name - at].rstrip(), next(names)
            alone = not line
            if not alone:
                lines.append(line)
        elif line.strip() or not (alone and lines and not lines[-1].strip()):
            lines.append(line)
            alone = False
        at = following
    return "\n".join(lines)


def is_property(line: str) -> bool:
    """Whether a line holds nothing but what Logseq keeps of a block, or the name of one."""
    return _PROPERTY.match(line) is not None or ("^" in line and _BLOCK_ID.match(line.lstrip()) is not None)


def _undivided(source: str) -> str:
    """A text without the lines that open and close its parts, each title a line; in code they are what is shown."""
    found = list(_DIV.finditer(source)) if ":::" in source else []
    masked = mask(source) if found else source
    parts: list[str] = []
    position = 0
    last = max((one.start() for one in found if not one["rest"].strip()), default=-1)
    for one in found:
        title = _div_title(one["rest"].rstrip(), closed=one.start() < last)
        if title is not None and masked[source.index(":::", one.start())] == ":":
            parts += source[position : one.start()].strip("\n"), title
            position = one.end() + 1
    return "\n\n".join(part for part in [*parts, source[position:].strip("\n")] if part) if parts else source


def _div_title(rest: str, *, closed: bool) -> str | None:
    """The title that stands behind the colons of a part, maybe empty; None where they are no mark of one.

    `closed` says that a line of nothing but colons stands below.
    """
    told = rest.lstrip()
    name = _DIV_NAME.match(told)
    title = told[name.end() :] if name else told
    shown = title.strip()
    if not shown:
        return ""
    if shown[0] == "[" and shown[-1] == "]" and 0 < len(shown) - 2 <= _DIV_TITLE and not {*"[]"} & {*shown[1:-1]}:
        return shown[1:-1].strip() if ":::" not in shown else None
    named = name and (closed or rest == told or name[0][0] == "{" or name[0].casefold() in _TITLED)
    titled = named and title[0] in " \t"
    return shown if titled and shown[0] not in ":{" and len(shown) <= _DIV_TITLE and ":::" not in shown else None


def _without_properties(source: str) -> str:
    """A text without the lines in which Logseq keeps the properties of its blocks; in code they are what is shown."""
    found = list(_PROPERTY.finditer(source))
    masked = mask(source) if found else source
    for one in reversed(found):
        if masked[one.start("name")] == source[one.start("name")]:
            source = source[: one.start()] + source[one.end() :]
    return source


def dedented(lines: Sequence[str]) -> list[str]:
    """Lines without what all of them are indented by, tabs as four blanks."""
    return dedent("\n".join(line.expandtabs(4) if line[:1] in "\t " else line for line in lines)).split("\n")


def written(source: str) -> str:
    """A slice of a note as it goes on a card: wikilinks as words; no comments, names of blocks, blank lines around.

    What all its lines are indented by goes too, unless it makes them code; tabs before a list do not. Embeds of notes
    stay as written: see `notes.embeds`.
    """
    if "::" in source and "\n" in source:
        source = _undivided(_without_properties(source))
    if "[[" in source or "%%" in source or "<!--" in source:
        source = flatten(source, embeds=True)
    if "^" in source:
        source = _unnamed(source)
    bullets = "•" in source
    if not bullets and "\n" not in source:
        return source.strip()
    lines = [line if line[-2:] == "  " else line.rstrip() for line in source.split("\n")]
    if bullets:
        lines = [bullet(line) for line in lines]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) == 1:
        return lines[0].strip()
    if lines and lines[0][0] == "\t" and lines[0].lstrip("\t")[:2] in _ITEMS:
        lines = dedented(lines)
    if lines and lines[0][0] != " ":  # nothing stands before all of them
        return "\n".join(lines).rstrip()
    indent = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[indent:] if indent < 4 else line for line in lines).rstrip()
