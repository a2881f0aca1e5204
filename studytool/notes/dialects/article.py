"""Paragraphs that open with what they are about: `Term: paragraph`, `Question? paragraph`; entries of a glossary."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.asking import unwrapped
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.glossaries import lines_of_glossary, plain_entry
from studytool.notes.dialects.journals import is_journal
from studytool.notes.dialects.lead_lists import is_clipped
from studytool.notes.dialects.leads import names_a_remark, names_no_term
from studytool.notes.dialects.working_notes import is_about_work
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import NOT_TERMS, SECTION_OF, is_title
from studytool.notes.written import written

_AGAIN = 3
"""So many paragraphs must open in this way before one of them counts."""
_PLAIN_TERM_WORDS = 4
"""A term that is not written like a title must be short."""
_QUESTION_WORDS = 16
_ENTRY_WORDS = 3
_SHARE = 0.75
"""So many paragraphs of a glossary are entries, and so many of these say more than a word or two."""
_PARTING = (": ", " - ", " – ", " — ", " -- ")
"""What parts a term from its text there."""
_TEXT_WORDS = 8
_ANNOUNCED = ("list", "table", "fence", "math")
_OPENING = 161
"""So many characters may an opening take, with the blank after it."""
_TEXT = 1000
"""So many characters behind an opening tell whether a text follows: it needs eight words."""
_SIGN = re.compile(r"([:?])(?: |\Z)")


class _Opening(NamedTuple):
    term: str
    text: str
    line: int
    end_line: int


def _find(page: Page) -> Iterator[Claim | Remark]:
    paragraphs = [b for _, b in page.outer("paragraph") if page.free(b.line, b.end_line)]
    entries = _entries(page, paragraphs)
    yield from _cards(page, entries)
    told = {entry.line for entry in entries}
    paragraphs = [block for block in paragraphs if block.line not in told]
    found = [opening for block in paragraphs for opening in _openings(block)]
    if len(found) >= _AGAIN and is_clipped(page):
        found = [opening for opening in found if opening.term.endswith("?")]
    if len(found) < _AGAIN or is_journal(page, [opening.term for opening in found]):
        return
    often = Counter(opening.term.casefold() for opening in found)
    found = [opening for opening in found if often[opening.term.casefold()] == 1]  # else a dialogue or a log
    if len(found) < _AGAIN:
        return
    between = [b for b in paragraphs if found[0].line <= b.line <= found[-1].line]
    if len(found) * 2 < len(between):
        return  # a few such paragraphs among many others are chance
    yield from _cards(page, found)


def _entries(page: Page, paragraphs: Sequence[Block]) -> list[_Opening]:
    """The entries of a glossary: most of its paragraphs are a term and a text each, or lines of these."""
    if not any(sign in page.text for sign in _PARTING):
        return []
    glossary = lines_of_glossary(page)
    within = [block for block in paragraphs if block.line in glossary] if glossary else []
    found = [entry for block in within for entry in _entries_of(block)]
    often = Counter(entry.term.casefold() for entry in found)
    found = [entry for entry in found if often[entry.term.casefold()] == 1]
    lines = [entry.line for entry in found]
    blocks = sum(bisect_left(lines, block.line) < bisect_right(lines, block.end_line) for block in within)
    long = sum(len(entry.text.split()) >= _ENTRY_WORDS for entry in found)
    if len(found) < _AGAIN or blocks < _SHARE * len(within) or long < _SHARE * len(found) or is_about_work(page):
        return []
    return found


def _entries_of(block: Block) -> list[_Opening]:
    """The entries that the lines of a paragraph begin; a line that begins none goes on with the one above it."""
    starts = [(at, split) for at, line in enumerate(block.lines) if (split := _entry(line))]
    if not starts or starts[0][0]:
        return []
    ends = [*(at for at, _ in starts[1:]), len(block.lines)]
    return [
        _Opening(term, "\n".join([text, *block.lines[at + 1 : end]]).strip(), block.line + at, block.line + end - 1)
        for (at, (term, text)), end in zip(starts, ends, strict=True)
    ]


def _entry(line: str) -> tuple[str, str] | None:
    split = plain_entry(line)
    if not split or not all(split) or names_no_term(words(split[0])):
        return None
    told = words(split[0])
    short = len(told.partition("(")[0].split()) <= _PLAIN_TERM_WORDS or is_title(told)
    return split if short and not any(mark in told for mark in ".!?;|@#") else None


def _cards(page: Page, found: Sequence[_Opening]) -> Iterator[Claim]:
    """The cards of openings, each with what its text announces."""
    after = {one.end_line: other for one, other in itertools.pairwise(page.blocks)}
    for opening in found:
        front, text, end = _without_marks(written(opening.term), opening.text), opening.text, opening.end_line
        if text.rstrip(" *_").endswith(":"):  # what it announces stands in the block after it
            following = after.get(end)
            if not following or following.kind not in _ANNOUNCED or not page.free(following.line, following.end_line):
                continue
            text, end = "\n".join([text, *following.lines]), following.end_line
        if front and any(map(str.isalpha, words(text))):
            draft = Draft("basic", front, written(_closed(opening.term, text)), opening.line, end)
            yield Claim(((opening.line, end),), (draft,))


def _without_marks(term: str, text: str) -> str:
    """A term without the emphasis around it; empty where the emphasis goes on into the text."""
    for mark in ("**", "__"):
        if term.startswith(mark) and term.count(mark) == 1:
            return term.removeprefix(mark).strip() if text.startswith(mark) else ""
    return unwrapped(term)


def _closed(term: str, text: str) -> str:
    """A text without the mark that ends the emphasis of its term: `**Term:** text`."""
    for mark in ("**", "__"):
        if term.startswith(mark) and term.count(mark) == 1:
            return text.removeprefix(mark).lstrip()
    return text


def _openings(block: Block) -> Iterator[_Opening]:
    """The openings of a paragraph: at its start, and at later lines where pasting has lost the blank lines."""
    starts: list[tuple[int, tuple[str, str]]] = []
    for at, line in enumerate(block.lines):
        previous = block.lines[at - 1].rstrip() if at else "."
        if previous[-1:] in '.!?)”"' and (split := _split(line, () if at else block.lines[1:])):
            starts.append((at, split))
        if not starts:
            return  # the paragraph itself does not open so
    ends = [*(at for at, _ in starts[1:]), len(block.lines)]
    for (at, (term, text)), end in zip(starts, ends, strict=True):
        whole = "\n".join([text, *block.lines[at + 1 : end]])
        yield _Opening(term, whole.strip(), block.line + at, block.line + end - 1)


def _split(line: str, rest: Sequence[str]) -> tuple[str, str] | None:
    """Term and text of an opening. A title may hold a colon itself: the longest prefix that reads as a title counts."""
    if not _SIGN.search(line, 0, _OPENING):
        return None
    best: tuple[str, str] | None = None
    for found in _SIGN.finditer(mask(line[:400]), 0, _OPENING):
        at, character = found.start(), found[1]
        if at == _OPENING - 1:
            break  # nobody has looked at what follows it
        if not _is_text(line[at + 1 : at + _TEXT].strip(), rest):
            continue
        term, text = line[:at].strip(), line[at + 1 :].strip()
        if character == "?":
            return best or ((f"{term}?", text) if _is_question(term) else None)
        if (best is None and _is_term(term)) or (best is not None and is_title(words(term))):
            best = (term, text)
    return best


def _is_text(text: str, rest: Sequence[str]) -> bool:
    if not text or not (text[0].isupper() or text[0].isdigit() or text[0] in "“\"'‘[*`$("):
        return False
    told = len(text.split())
    return told >= _TEXT_WORDS or told + sum(len(line.split()) for line in rest) >= _TEXT_WORDS


def _is_question(term: str) -> bool:
    told = term.split()
    return bool(told) and told[0][0].isupper() and 2 <= len(told) <= _QUESTION_WORDS and ". " not in term


def _is_term(term: str) -> bool:
    told = words(term)
    if not told or not (told[0].isupper() or told[0].isdigit()) or not any(c.isalpha() for c in told):
        return False
    if (
        names_a_remark(told)
        or told.casefold() in NOT_TERMS
        or told.casefold() in SECTION_OF
        or any(mark in told for mark in ".!?;|/\\@#")
    ):
        return False
    return len(told.split()) <= _PLAIN_TERM_WORDS or is_title(told)


DIALECT = Dialect(
    name="article",
    level="derived",
    recognises=(
        "Paragraphs of an article that open with `Term:` or `Question?`, at least three of them; below a heading "
        "such as `Glossary`, or in a note that is named so, also short ones and lines, `Term: text` or `Term - text`."
    ),
    find=_find,
    example=(
        "Why Momentum? It carries a step over small bumps of the loss surface.\n\n"
        "Learning Rate: The learning rate says how far one step goes.\n\n"
        "Schedules: A schedule makes the steps shorter as the training goes on.\n"
    ),
    cards=(
        ("Why Momentum?", "It carries a step over small bumps of the loss surface."),
        ("Learning Rate", "The learning rate says how far one step goes."),
        ("Schedules", "A schedule makes the steps shorter as the training goes on."),
    ),
)
