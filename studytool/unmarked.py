"""Markdown to be read as it stands, without the marks that would otherwise be drawn."""

from __future__ import annotations

import re

_WIKILINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
_LINK = re.compile(r"\[([^\[\]]+)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\((<[^<>]*>|(?:[^()\s]|\([^()]*\))*)(?:\s+\"[^\"]*\")?\)")
_EMBED = re.compile(r"!\[\[([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|bmp|avif)\Z", re.IGNORECASE)
_SIZE = re.compile(r"\d+(?:x\d+)?")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|==|~~|(?<!\w)__|(?<!\w)_)(?=\S)(.+?)(?<=\S)\1(?!\w)")
ATOM = re.compile(r"((?<!\\)(?:\$\$.+?\$\$|\$(?!\s)[^$\n]+?(?<!\s)\$|`[^`\n]+`))", re.DOTALL)
"""A formula or code on a line."""
_ESCAPE = re.compile(r"\\([\\*_=~`$<])")
"""A sign that is meant as it is written; not brackets, which may be those of a formula."""
_HIDDEN = 0x10FF00
"""Where signs that are no marks are put meanwhile: letters that no text has."""
MARKED = re.compile(r"[*_=~`$\[<]")
"""What has none of these reads as it is written."""
_KEPT = re.compile(ATOM.pattern[:-1] + r"|\\\(.+?\\\)|\\\[.+?\\\]|(?<![^\W_])_{3,}(?!\w))", re.DOTALL)
"""The same, formulas in `\\(` and `\\)` or such brackets, and a blank to be filled in, `____`."""

_FORMULA_ENDS = re.compile(r"\$\$\s*(?:\([^()$]+\))?\s*\Z")
"""How a line ends in which a formula does: in `$$`, the number of the equation perhaps behind it."""


def unmarked(markdown: str) -> str:
    """Markdown as lines to be read one by one: links as their text, pictures as their names, no emphasis.

    Signs are there without what escapes them. Code, formulas and line ends stay.
    """
    if not MARKED.search(markdown):
        return markdown
    lines, fence, given = list[str](), "", markdown.split("\n")
    last = max((at for at, line in enumerate(given) if "$$" in line and _FORMULA_ENDS.search(line)), default=0)
    for at, line in enumerate(given):
        told = line.strip()
        mark = told[:3]
        if fence == "$$":
            fence = "" if _FORMULA_ENDS.search(told) else fence
        elif not fence and told.startswith("$$") and "$$" not in told[2:] and at < last:
            fence = "$$"
        elif mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        elif not fence and not line.startswith(("    ", "\t")):
            parts = _KEPT.split(line)
            parts[::2] = (_ESCAPE.sub(_meant, without_marks(part)) for part in parts[::2])
            line = "".join(parts)
        lines.append(line)
    return "\n".join(lines)


def without_marks(text: str) -> str:
    """A text that holds neither code nor formulas: links as their text, pictures as their names, no emphasis.

    What is escaped stays so.
    """
    escaped = {_HIDDEN + ord(found[1]): found[0] for found in _ESCAPE.finditer(text)}
    text = _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    if "![" in text:
        text = _EMBED.sub(_pictured, _IMAGE.sub(lambda found: picture(found[1] or found[2].strip("<>")), text))
    text = _LINK.sub(r"\1", _WIKILINK.sub(r"\1", text))
    for _ in range(2):  # bold within italics
        text = _EMPHASIS.sub(r"\2", text)
    return text.translate(escaped)


def _pictured(found: re.Match[str]) -> str:
    """The name of an embedded picture; a note that is embedded is a link to it."""
    inside = embed(found[0])
    return picture(inside[1]) if inside else found[0][1:]


def embed(text: str) -> tuple[str, str] | None:
    """The file and the name of a picture where a text is nothing but Obsidian's embed of one: `![[file|name]]`.

    What is said there of its size is no name.
    """
    found = _EMBED.fullmatch(text.strip()) if "![[" in text else None
    if not found or not _PICTURE.search(target := found[1].strip()):
        return None
    name = (found[2] or "").strip()
    return target, name if name and not _SIZE.fullmatch(name) else target.rpartition("/")[2]


def picture(name: str) -> str:
    """What stands where a terminal cannot show a picture."""
    return f"[image: {' '.join(name.split()) or 'without a name'}]"


def _meant(escape: re.Match[str]) -> str:
    return escape[0] if escape[1] == "\\" else escape[1]  # two of them may end a row of a formula
