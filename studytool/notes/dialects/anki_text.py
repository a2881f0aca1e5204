"""Notes that Anki has written as text: `#separator:tab` and such in its first lines, then a note a row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.anki_columns import Columns, columns_of, is_head, sides_of
from studytool.notes.dialects.anki_notes import note_of_fields
from studytool.notes.dialects.gift_answers import out_of_html
from studytool.notes.markdown import Block
from studytool.notes.page import Page

_SEPARATORS = {"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "colon": ":", "space": " "}
_SETTING = re.compile(
    r"#(separator|html|tags|columns|notetype|deck|(?:notetype|deck|tags|guid) column):(.*)",
    re.IGNORECASE,
)
_HEAD = 20
"""So many lines at most stand at the head of a file."""
_REVERSED = ("beide richtungen", "umgekehrt", "invers", "invert", "omgekeerd", "обратн", "odwr", "反向")
_OPTIONAL = ("optional", "optionnel", "opcional", "opzional", "optioneel", "необязательн", "opcjonal", "可选")
"""What the names of Anki's own note types say in brackets, in its languages."""
_SOUND = re.compile(r"\[sound:[^\[\]]{1,300}\]")
_MATHJAX = re.compile(r"<anki-mathjax[^<>]{0,100}>([^<]*)</anki-mathjax>")
_LATEX = re.compile(r"\[(\$\$?|latex)\]((?:(?!\[/?(?:\$\$?|latex)\]).)*)\[/\1\]", re.DOTALL)
_FORMULA = re.compile(r"\\\((?:(?!\\[()]).)*\\\)|\\\[(?:(?!\\[\[\]]).)*\\\]", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/?div)\s?/?>", re.IGNORECASE)
_BLOCK_IN_ITEM = re.compile(r"<li[^<>]{0,300}>\s{0,20}<(?:div|p)(?:\s[^<>]{0,300})?>", re.IGNORECASE)
_LARGEST = 20_000_000
"""Signs of a field: a picture may stand in it as text."""
_LONGEST = 400
"""A note of more lines has a quote that is never closed."""


class _Row(NamedTuple):
    """The columns of a note and its lines in the file."""

    columns: tuple[str, ...]
    line: int
    end_line: int


def is_export(lines: Sequence[str]) -> bool:
    """Whether a file is one of Anki's notes in plain text: it begins with settings that name what parts the columns."""
    if not lines or not (_SETTING.fullmatch(lines[0]) or lines[0].startswith("tags:")):
        return False
    told = _settings(lines[: _HEAD + 1])[0].get("separator", "")
    return told.lower() in _SEPARATORS or len(told) == 1


def file_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """Such a file as blocks: its deck as the title, and the rest."""
    settings, first = _settings(lines)
    deck = settings.get("deck", "")
    titles = [
        Block("heading", at, at, (line,), level=1, title=deck.replace("::", " / "))
        for at, line in enumerate(lines[: first - 1], 1)
        if deck and line.startswith("#deck:")
    ]
    return (*titles[:1], Block("anki-text", 1, len(lines), tuple(lines)))


def _settings(lines: Sequence[str]) -> tuple[Mapping[str, str], int]:
    """What the lines at the head of a file set, and the number of the first line below them; others are comments."""
    settings: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if told := _SETTING.fullmatch(line):
            settings.setdefault(told[1].lower(), told[2].strip(" \r"))
        elif number == 1 and line.startswith("tags:"):
            settings["tags"] = line[5:].strip()
        elif line[:1] != "#":
            return settings, number
    return settings, len(lines) + 1


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.of_kind("anki-text"):
        settings, first = _settings(block.lines)
        if first > 1:
            yield Claim(((1, first - 1),))
        separator = _SEPARATORS.get(settings["separator"].lower(), settings["separator"])
        found = list(_rows(block.lines, first, separator))
        rows = [one for one in found if isinstance(one, _Row)]
        columns = columns_of(settings, separator, [row.columns for row in rows])
        for one in found:
            if not isinstance(one, _Row):
                yield one
            elif one is rows[0] and is_head(one.columns):
                yield Claim(((one.line, one.end_line),))
            else:
                yield from _cards(one, columns, settings)


def _rows(lines: Sequence[str], first: int, separator: str) -> Iterator[_Row | Claim | Remark]:
    """The notes below the head of a file, in order; a line with `#` first is a comment."""
    at = first
    csv.field_size_limit(_LARGEST)
    reader = csv.reader((f"{line}\n" for line in lines[first - 1 :]), delimiter=separator)
    try:
        for columns in reader:
            last = first + reader.line_num - 1
            if last - at >= _LONGEST or (last == len(lines) and _is_open(lines[at - 1 :], separator)):
                break
            if lines[at - 1][:1] == "#":
                yield Claim(((at, last),))
            elif any(column.strip() for column in columns):
                yield _Row(tuple(columns), at, last)
            at = last + 1
    except csv.Error:
        pass
    if at <= len(lines) and any(line.strip() for line in lines[at - 1 :]):
        message = "A quote of this note is never closed: neither it nor what follows is read."
        yield Remark(at, "error", "unclosed-quote", message, 'Close it with `"`, and write `""` for one that is text.')
        yield Claim(((at, len(lines)),))


def _is_open(lines: Sequence[str], separator: str) -> bool:
    """Whether the file ends inside a quote that one of these lines opens, so that it has taken all of them."""
    if len(lines) < 2:
        return False
    try:
        list(csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def _cards(row: _Row, columns: Columns, settings: Mapping[str, str]) -> Iterator[Claim | Remark]:
    """The cards of a row. A deck of its own is a tag of them, as its tags are."""
    told = columns.of_note(row.columns)
    fields = [(name, _text(text, settings)) for name, text in columns.fields(row.columns)]
    kind = (told.get("notetype") or settings.get("notetype", "")).casefold()
    kinds = kind.partition("(")[2]
    reverse = "reversed" in kind or any(word in kinds for word in _REVERSED)
    if any(word in kinds for word in _OPTIONAL):
        reverse = any(text for _, text in fields[2:3])
        fields = fields[:2]
    deck = told.get("deck", "").replace("::", "/").replace(" ", "-")
    tags = [*([deck] if deck else ()), *settings.get("tags", "").split(), *told.get("tags", "").split()]
    names = tuple(dict.fromkeys(tag.replace("::", "/") for tag in tags))
    yield from note_of_fields(sides_of(fields), row.line, row.end_line, names, reverse=reverse)


def _text(column: str, settings: Mapping[str, str]) -> str:
    """A field as text: without its HTML where the file has any, without sounds, formulas as Anki has them."""
    text = _SOUND.sub("", column) if "[sound:" in column else column
    if "[/" in text:
        text = _LATEX.sub(_as_formula, text)
    if settings.get("html", "true").casefold() != "false" and ("<" in text or "&" in text):
        text = _MATHJAX.sub(r"\\(\1\\)", text)
        if "<pre" not in text.casefold():  # elsewhere a new line is a blank in HTML
            text = _BLOCK_IN_ITEM.sub("<li>", " ".join(text.split("\n")))
        text = _FORMULA.sub(lambda found: unescape(_BREAK.sub(" ", found[0])), out_of_html(text))
    return text.strip()


def _as_formula(found: re.Match[str]) -> str:
    """A formula as `\\(…\\)` or `\\[…\\]`; LaTeX that has marks of its own keeps those."""
    mark, told = found[1], found[2].strip()
    if mark == "latex" and told[:1] == "$":
        return told
    return f"\\({told}\\)" if mark == "$" else f"\\[{told}\\]"


DIALECT = Dialect(
    name="anki-text",
    level="explicit",
    owns=True,
    recognises=(
        "A file that Anki has exported as notes in plain text: `#separator:tab` and what else is set in its first "
        "lines, then a note a row, its first column the front or a text with `{{c1::deletions}}`. Where `#columns:` "
        "names them, the column of that name asks, or answers."
    ),
    find=_find,
    example=(
        "#separator:Semicolon\n#html:false\n#tags column:3\n"
        'Mean squared error;"the mean of the squares of the errors; MSE";losses\n'
        "{{c1::Cross-entropy}} is the loss of a classifier.;;losses\n"
    ),
    cards=(
        ("Mean squared error", "the mean of the squares of the errors; MSE"),
        ("[…] is the loss of a classifier.", "Cross-entropy"),
    ),
)
