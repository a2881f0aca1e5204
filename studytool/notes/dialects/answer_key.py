"""A list or table of right letters by the numbers of questions, at the end of a quiz or of a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from studytool.notes.dialects.answers import PLACES, is_answer_label, letter_of, listed_letters, without_letter
from studytool.notes.dialects.heading_body import QUESTION_LABELS
from studytool.notes.dialects.option_banks import banked_in
from studytool.notes.markdown import Block
from studytool.notes.plain import plain_words, words
from studytool.notes.words import word_set

_ENTRY = re.compile(r"(\d{1,3})\s?[-–—.:)=]\s?\(?([A-Ja-j])(?![^\W_])")
_SPACED = re.compile(r"(?<!\S)(\d{1,3})\s?([-–—.:)=])\s(?=\(?[A-Ja-j](?![^\W_]))")
"""An entry with a blank in it: `1. a`."""
_BARE = re.compile(r"(?<![^\s,;])(\d{1,3})\s{0,8}([A-Ja-j])(?=[\s,;.)]|\Z)")
"""An entry without a sign: `1 a`, `1b`."""
_ENDS = ("", " ", ")", ".", ",", ":")
"""What stands behind the letter of an entry that says why as well."""
_NUMBER = re.compile(r"(?:Q(?:uestion)?\s?)?#?(\d{1,3})\s?[.):]?", re.IGNORECASE)
_TITLE = re.compile(rf"(?:(?:q|câu|{'|'.join(sorted(QUESTION_LABELS))})\s?)?#?(\d{{1,3}})\s?[.):–—-]\s*", re.IGNORECASE)
"""The number of a question in a heading that tells its answer."""
_LABEL = re.compile(rf"(?:q|câu|{'|'.join(sorted(QUESTION_LABELS))})\s?#?(?=\d{{1,3}}\s?[-–—.:)=])", re.IGNORECASE)
"""What stands before the number of a question in an entry."""
_PROSE = 3
"""So many words behind a letter that are no entries say why."""
_QUESTIONS_AND_ANSWERS = frozenset("qa")
"""What stands at the head of a table of right letters."""
_NOTHING = ("n/a", "-", "–", "—")
"""What stands in a cell that has nothing to say."""
_ONE_ANSWER = word_set("answer antwort lösung solution respuesta solución réponse resposta risposta soluzione ответ")
"""The last word of a label that announces one answer."""
_MOST_TOLD = 10
"""Of so many rows one may have a number and something else than letters: its question alone has no answer."""
_ENDED = re.compile(r"(?<!\\)\|")
"""What parts the cells of a table."""
Letters = Mapping[int, tuple[tuple[int, ...], str]]
"""By the number of a question the places of the right letters, and why."""


class Key(NamedTuple):
    """A list of right letters, with the lines it stands on, and the heading over it where keys have parts."""

    line: int
    end_line: int
    letters: Letters
    title: str = ""


def keys_of(blocks: Sequence[Block], raw: Sequence[str]) -> Iterator[Key]:
    """The keys among the blocks of a page: under a heading or a line that announces one, or a table whose head does."""
    title = ""  # of the part of the keys
    level = past = 0  # the level of the heading that announces keys, in the parts under it, too; the last line of one
    for at, block in enumerate(blocks):
        if block.line <= past:
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind == "heading" and (not level or block.level <= level):
            level = block.level if begins_key(block) else 0
        if block.kind == "table" and (letters := table_of(raw[block.line - 1 : block.end_line], announced=False)):
            yield Key(block.line, block.end_line, letters)
        part = block.kind == "heading" and 0 < level < block.level
        if part and (titled := _titled(blocks, at, raw)):
            past = titled.end_line
            yield titled._replace(title=title)
            continue
        if block.kind == "heading":
            title = words(block.title).casefold() if part else ""
        if block.kind not in ("heading", "paragraph") or not (part or begins_key(block)):
            continue
        asked = _asked_above(blocks, at, raw)
        own = block.text.partition(":")[2].split("\n") if block.kind == "paragraph" else []
        if own and (letters := key_of(own) or _in_order(own, asked, block)):
            yield Key(block.line, block.end_line, letters, title)
        elif following and following.kind == "paragraph" and (said := _said(blocks, at + 1)):
            past = said[1]
            yield Key(block.line, past, said[0], title)
        elif following and following.kind in ("list", "paragraph", "table", "fence"):
            lines = raw[following.line - 1 : following.end_line]
            letters = (
                table_of(lines, announced=True) if following.kind == "table" else key_of(_inside(following, lines))
            )
            if letters := letters or _in_order(lines, asked, block):
                yield Key(block.line, following.end_line, letters, title)


def _inside(block: Block, lines: Sequence[str]) -> Sequence[str]:
    """The lines in which a key may stand: those of a list, or of a fence without its marks."""
    return [line for line in block.lines[1:-1] if line.strip()] if block.kind == "fence" else lines


def _said(blocks: Sequence[Block], at: int) -> tuple[Letters, int] | None:
    """The right letters that paragraphs tell one after the other, each with its reason, and the last line of them."""
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    end = 0
    while at < len(blocks) and blocks[at].kind in ("paragraph", "hr"):
        block = blocks[at]
        if block.kind == "paragraph":
            told = dict(key_of(block.lines)) or dict(key_of(block.lines[:1]))
            if not told or (found and min(told) <= max(found)):
                break
            if len(told) == 1 and len(block.lines) > 1:
                number, (letters, why) = next(iter(told.items()))
                told[number] = letters, "\n".join((why, *block.lines[1:])).strip()
            found.update(told)
            end = block.end_line
        at += 1
    return (found, end) if found else None


def _titled(blocks: Sequence[Block], at: int, raw: Sequence[str]) -> Key | None:
    """The key that headings on one level are from a block on, numbers rising: `### Q3: B. Iron`, and why below."""
    line, level, end = blocks[at].line, blocks[at].level, 0
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    while at < len(blocks) and blocks[at].level == level and (entry := _title_of(blocks[at])):
        number, letters, told = entry
        if found and number <= max(found):
            break
        first = end = blocks[at].end_line
        at += 1
        while at < len(blocks) and blocks[at].kind not in ("heading", "hr"):
            end = blocks[at].end_line
            at += 1
        found[number] = letters, "\n".join(raw[first:end]).strip() or told
        while at < len(blocks) and blocks[at].kind == "hr":
            at += 1
    return Key(line, end, found) if found else None


def _title_of(block: Block) -> tuple[int, tuple[int, ...], str] | None:
    """The number of a question in a heading, its right letters, and what the heading says behind them."""
    told = words(block.title) if block.kind == "heading" else ""
    if not (number := _TITLE.match(told)):
        return None
    rest = told[number.end() :]
    label, colon, own = rest.partition(":")
    rest = own.strip() if colon and is_answer_label(label) and letter_of(label) < 0 else rest
    if letters := listed_letters(rest):
        return int(number[1]), letters, ""
    place = letter_of(rest)
    return (int(number[1]), (place,), without_letter(rest)[0].strip()) if place >= 0 else None


def _asked_above(blocks: Sequence[Block], at: int, raw: Sequence[str]) -> tuple[int, ...]:
    """The numbers of all questions of the bank right above a block; none where it is none, or tells of its answers."""
    above = at - 2 if at > 1 and blocks[at - 1].kind == "hr" else at - 1
    if above < 0 or blocks[above].kind != "list":
        return ()
    asked = tuple(one.number for one in banked_in(blocks[above], raw))
    return asked if len({*asked}) == len(blocks[above].children) else ()


def _in_order(lines: Sequence[str], asked: Sequence[int], label: Block) -> Letters:
    """The right letters of all questions `asked`, where a line is their letters alone, in their order.

    One answer to several questions is none: `Answer: b, c`.
    """
    parts = [part for line in lines for part in words(line).lstrip("-+> ").replace(",", " ").replace(";", " ").split()]
    places = [letters[0] if len(part) == 1 and (letters := listed_letters(part)) else -1 for part in parts]
    if not asked or not places or -1 in places:
        return {}
    if len(asked) == 1:
        return {asked[0]: (tuple(places), "")}
    several = not _ONE_ANSWER.intersection(plain_words(words(label.lines[0]).partition(":")[0].casefold())[-1:])
    return (
        {number: ((place,), "") for number, place in zip(asked, places, strict=True)}
        if (several and len(places) == len(asked))
        else {}
    )


def begins_key(block: Block) -> bool:
    """Whether a heading or a line announces a list of right letters: "Answers", "Answer key: 1-B, 2-A"."""
    first = block.lines[0].strip()
    label = words(block.title or first).partition(":")[0]
    bold = len(block.lines) == 1 and first.startswith(("**", "__")) and first.endswith(("**", "__"))
    return (block.kind == "heading" or bold or ":" in first) and is_answer_label(label)


def key_of(lines: Sequence[str]) -> Letters:
    """The right letters by the numbers of questions, where all these lines tell nothing else."""
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    for line in lines:
        told = words(line).lstrip("-+> ")
        told = told[label.end() :] if (label := _LABEL.match(told)) else told
        if found and line[:2].isspace() and not _ENTRY.match(told):
            number = next(reversed(found))
            found[number] = found[number][0], f"{found[number][1]}\n{line.strip()}".strip()
            continue
        told = _SPACED.sub(r"\1\2", told) if _ENTRY.search(told) else _BARE.sub(r"\1-\2", told)
        alone = len(_ENTRY.findall(told)) == 1 or _says_why(told)
        parts = [told] if alone else told.replace(";", ",").replace(",", " ").split(" ")
        for part in filter(None, parts):
            entry = _ENTRY.match(part)
            if found and not entry and len(part) == 1 and (more := listed_letters(part)):
                number = next(reversed(found))
                found[number] = (*found[number][0], *more), ""
                continue
            letters = listed_letters(part[entry.end(1) :].lstrip(" .):=–-")) if entry else None
            if not entry or (letters is None and part[entry.end() : entry.end() + 1] not in _ENDS):
                return {}
            why = "" if letters else part[entry.end() :].lstrip(" ).,:–—-")
            found[int(entry.group(1))] = (letters or (PLACES[entry.group(2).upper()],), why)
    return found


def _says_why(told: str) -> bool:
    """Whether an entry at the beginning of a line goes on in words, in which there may be what looks like others."""
    first = _ENTRY.match(told)
    more = told[first.end() :].replace(",", " ").split() if first else []
    return sum(len(part) > 1 and not _ENTRY.match(part) for part in more) >= _PROSE


def folded_key(text: str) -> Letters:
    """The right letters that a text which is folded away tells of two questions or more, each with its reason."""
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    for line in filter(str.strip, text.split("\n")):
        told = key_of([line])
        if told and (not found or min(told) > max(found)):
            found.update(told)
        elif found:
            number = next(reversed(found))
            found[number] = found[number][0], f"{found[number][1]}\n{line}".strip()
        else:
            return {}
    return found if len(found) > 1 else {}


def table_of(lines: Sequence[str], *, announced: bool) -> Letters:
    """The right letters that a table tells: numbers and letters side by side, or numbers above letters.

    Where nothing above the table has `announced` a key, its head does, or it holds nothing but numbers and letters. A
    column after the letters may say why.
    """
    cells = [[cell.strip() for cell in _ENDED.split(line.strip().strip("|"))] for line in lines]
    cells = [row for row in cells if any(cell.strip("-: ") for cell in row)]
    rows = [[words(cell) for cell in row] for row in cells]
    if not rows:
        return {}
    named = any(is_answer_label(cell) for row in rows for cell in (row if row is rows[0] else row[:1]))
    named = named or _QUESTIONS_AND_ANSWERS.issubset(cell.strip(" .:").casefold() for cell in rows[0])
    bare = len(rows) > 1 and all(
        _NUMBER.fullmatch(cell.strip()) or listed_letters(cell) for row in rows for cell in row
    )
    return _across(rows) or _down(rows, cells) if announced or named or bare else {}


def _down(rows: Sequence[Sequence[str]], cells: Sequence[Sequence[str]]) -> Letters:
    """Rows of a number and its letters, a few such pairs beside each other perhaps; the first row may be a head.

    `cells` are the rows as they are written.
    """
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    untold = 0
    for row, own in zip(rows, cells, strict=True):
        at, told = 0, False
        while at + 1 < len(row):
            number, letters = _NUMBER.fullmatch(row[at].strip()), listed_letters(row[at + 1])
            if number and letters:
                why = own[at + 2] if at + 2 < len(row) and not _NUMBER.fullmatch(row[at + 2].strip()) else ""
                found[int(number[1])] = letters, "" if why.casefold() in _NOTHING else why
                told = True
                at += 1 + bool(why)
            at += 1
        if not told and row is not rows[0] and any(cell.strip() for cell in row):
            untold += 1
            if not _NUMBER.fullmatch(row[0].strip()):
                return {}
    return found if untold * _MOST_TOLD <= len(found) else {}


def _across(rows: Sequence[Sequence[str]]) -> Letters:
    """A row of numbers and a row of letters below it, again and again; each may begin with what it holds."""
    found: dict[int, tuple[tuple[int, ...], str]] = {}
    if len(rows) % 2:
        return {}
    for above, below in zip(rows[::2], rows[1::2], strict=True):
        first = 0 if _NUMBER.fullmatch(above[0].strip()) else 1
        for number, letters in zip(above[first:], below[first:], strict=False):
            asked, told = _NUMBER.fullmatch(number.strip()), listed_letters(letters)
            if not number.strip() and not letters.strip():
                continue
            if not asked or not told:
                return {}
            found[int(asked[1])] = told, ""
    return found
