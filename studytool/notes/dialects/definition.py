"""A term and what it is: `- **Term**: text`, `**Term:** text`, `[[Term]]: text`, definition lists, glossaries."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from html import unescape

from studytool.notes import inline
from studytool.notes.asking import only_links
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.answers import listed_letters
from studytool.notes.dialects.compact import says_enough
from studytool.notes.dialects.glossaries import dashed_lists, glossary_lines, plain_entry, plain_lists
from studytool.notes.dialects.lead_lists import is_named, other_lines
from studytool.notes.dialects.leads import is_step, lists_names, names_no_term, says_what_to_do
from studytool.notes.dialects.qualities import is_about, praises
from studytool.notes.dialects.shorthand import RELATION, is_jotted, may_remark, remarks
from studytool.notes.dialects.working_notes import is_about_work
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, remembered, says_something, words
from studytool.notes.words import (
    ANSWER_HEADS,
    CUE_HEADS,
    DEFINING_HEADS,
    NOTE_HEADS,
    PROMPT_HEADS,
    TERM_HEADS,
    TEXT_HEADS,
    is_title,
    word_set,
)
from studytool.notes.written import written

_TEXT_WORDS = 5
_TERM_WORDS = 8
_PLAIN_TERM_WORDS = 4
"""A term that is not written like a title must be short, the words of `_JOINING` aside."""
_JOINING = word_set("de del la las los el do da dos das di della dei delle degli du des of the von der e y et und")


_LINKS = ("[", "<", "http")
"""How a text begins that may be nothing but links."""
_QUOTES = ('"', "“", "”", "«", "»", "„")
_OFTEN = 2
"""A term that opens so many lines of a note, with other words after it, is a speaker or a field, not a term."""
_SHORT = 3
_SHARED = 2
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Signs of writing without blanks between words: two of them count as a word."""
_CELLS = re.compile(r"(?<!\\)\|")
_KEYS = word_set(
    "name option options parameter parameters param argument arguments flag flags field fields key keys value values "
    "setting settings variable variables column columns property properties attribute file code status type id day date"
)
"""Heads of columns that list what a program takes, or rows of data: what they mean is looked up, not learned."""
_TAG = re.compile(r"#\w")
_HEAD_WORDS = 3
_COLUMNS = 3
"""Among so many columns that of the terms is looked for."""
_CELL_WORDS = 2
"""The words of a text that the head of a table says to be one: a cell is short."""
_UNSPACED_TERM = 12
"""Signs of the longest term in such writing."""
_PUBLISHED = re.compile(r"\w, .*\((?:19|20)\d\d[a-z]?\)\Z")
"""The end of what a list of sources names a book by: `Author, A. (1987)`."""
_SURELY = re.compile(r", [^\W\d_]\.|\d[a-z]\)\Z")
"""An initial or a letter behind the year: without them it may name a place, which a sentence tells of."""
_LONGEST_LINK = 500
"""A wikilink has fewer characters."""
_FORM = re.compile(r"_{5,}|(?:\A|[:=])\s*_{3,}(?!\w)|(?<!\w)_{3,}+\s*+(?:[.:]\s*+)?\Z|(?<!\.)\.{5,}+\s*+\d++\s*+\Z")
"""A text with a long gap, with one at an end or after a colon, or with dots before the number of a page at the end."""
_PROSE_WORDS = 3
"""So many words of a text stand outside code: a value or a command explains nothing."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    glossary = glossary_lines(page)
    found = [(claim, _folded(claim.drafts[0].front)) for claim in _candidates(page, glossary)]
    if found and is_about_work(page):
        found = [(claim, term) for claim, term in found if claim.ranges[0][0] in glossary]
    if not found:
        return
    topic, folded = words(page.topic), words(page.topic).casefold()
    openings = _openings(page, glossary)
    texts: dict[str, list[str]] = {}
    first: dict[str, int] = {}
    for (term, told), line in openings.items():
        texts.setdefault(term, []).append(told)
        first[term] = min(line, first.get(term, line))
    studied: dict[str, int] = {}
    for claim, term in found:
        front, back = claim.drafts[0].front, claim.drafts[0].back
        if not (front and back) or (is_about(topic, back) and not is_about(front, back) and term not in folded):
            continue  # a side may be no more than the name of a block
        if len(often := texts.get(term, ())) < _OFTEN:
            yield claim
            continue
        line = claim.ranges[0][0]
        if term in studied:
            said = f"“{words(front)}” is defined in line {studied[term]}, too: that text is studied."
            hint = "Put both texts together, or name one of them otherwise."
            yield Remark(line, "info", "defined-twice", said, hint)
            yield Claim(claim.ranges)
        elif line in glossary or (line == first.get(term) and _is_term(page, term, often)):
            studied[term] = line
            yield claim


def _is_term(page: Page, term: str, texts: Sequence[str]) -> bool:
    """Whether what opens several lines is a term all the same: headings name it, or two texts say the same of it."""
    return is_named(page, term) or (len(texts) == _OFTEN and _alike(*texts))


def _alike(text: str, other: str) -> bool:
    """Whether two texts explain the same: they share half of the longer words of the shorter one, and several."""
    told, said = ({word for word in plain_words(one.casefold()) if len(word) > _SHORT} for one in (text, other))
    return len(told & said) >= max(_SHARED, min(len(told), len(said)) / 2)


def _openings(page: Page, glossary: Collection[int]) -> dict[tuple[str, str], int]:
    """What every line that opens like a definition says, the beginning of what it says about it, and its number."""
    said: dict[tuple[str, str], int] = {}
    for kind in ("paragraph", "dt"):
        for block in page.of_kind(kind):
            for number, (line, below) in enumerate(itertools.pairwise((*block.lines, "")), block.line):
                if (told := line.lstrip())[:2] in _MARKS and (split := _split(told, dashed=block.line in glossary)):
                    opening = _folded(split[0]).strip(" :"), (split[1] or below)[:80]
                    said[opening] = min(number, said.get(opening, number))
    return said


def _folded(term: str) -> str:
    """A term as it is compared with others: in a name in code, such as an option, case counts."""
    return words(term) if "`" in term else words(term).casefold()


def _candidates(page: Page, glossary: Collection[int]) -> Iterator[Claim]:
    related = {line for s in page.sections if s.kind == "related" for line in range(s.line, s.end_line + 1)}
    others: set[int] | None = None
    wary = False
    dashed, entries = dashed_lists(page), plain_lists(page, glossary)
    inside = 0  # the last line of the items so far: paragraphs in them are theirs
    for block in page.all_blocks:
        found: Iterable[Claim] = ()
        kind = block.kind
        if kind == "item":
            inside = max(inside, block.end_line)
            plain = block.line in related or block.line in entries
            if block.label is None and block.children and (plain or _opens(block.lines[0])):
                found = _item(page, block, plain, block.line in glossary or block.line in dashed)
        elif kind == "paragraph" and block.line > inside and _opens(block.lines[0]):
            found = _paragraph(page, block, block.line in glossary)
        elif kind == "definitions":
            found = _list(page, block)
        elif kind == "table":
            found = _table(page, block)
        for claim in found:
            if others is None:
                others, wary = _others(page, dashed), may_remark(page)
            named = kind in ("item", "paragraph") and block.line not in glossary
            if block.line not in others and not (named and _explains_nothing(page, claim, wary)):
                yield claim


def _explains_nothing(page: Page, claim: Claim, wary: bool) -> bool:
    front, back = claim.drafts[0][1:3]
    if lists_names(back) or RELATION.match(front) or is_jotted(back):
        return True
    return wary and remarks(page, claim.ranges[0][0], front, back)


def _others(page: Page, dashed: set[int]) -> set[int]:
    """The lines whose leads name no terms."""
    others = other_lines(page, _split)
    return others | (other_lines(page, partial(_split, dashed=True)) & dashed) if dashed else others


def _item(page: Page, item: Block, plain: bool, dashed: bool) -> Iterator[Claim]:
    lines, first = item.lines, item.children[0].lines
    source = lines[0] if len(lines) == 1 else "\n".join(lines)
    split = _split(source, plain, dashed)
    if not split:
        return
    # what stands beside the term counts, not what is nested under it
    own = split if first == lines else _split(item.children[0].text, plain, dashed)
    if not own or not _defines(*own) or (_is_numbered(page, item) and is_step(*own)):
        return
    draft = Draft(
        "basic", written(without_html(split[0])), written(split[1]), item.line, item.end_line, page.column(item)
    )
    yield Claim(((item.line, item.end_line),), (draft,))


_DASHES = ("— ", "– ", " — ", " – ", " - ", " → ")
"""What parts a term in bold from its text in a glossary, beside a colon."""
_AFTER = frozenset({" ", "—", "–"})
_BESIDE = ("**", "(", "/", "|", "=", "-", "+", ",")
"""What stands beside a term and says that it goes on, or is none of a glossary."""
_SENTENCE = frozenset({"is", "are", "your", "you", "we"})
"""Words of a sentence or of an appeal, which a term before a dash is none of."""
_MARKS = ("**", "__", "[[")
"""How a term begins."""


def _opens(line: str) -> bool:
    """Whether a term may begin in the first line of an item or paragraph; a blank one says nothing."""
    told = line.lstrip()
    return told[:2] in _MARKS or not told


def _is_numbered(page: Page, item: Block) -> bool:
    line = page.raw[item.line - 1]
    return line.lstrip("> \t")[:1].isdigit() and line[: page.column(item) - 1].strip("> \t")[:1].isdigit()


def _paragraph(page: Page, block: Block, dashed: bool) -> Iterator[Claim]:
    """Definitions at the start of lines; each goes on to the next one."""
    if not _split(block.lines[0], dashed=dashed):
        return
    starts = [at for at, line in enumerate(block.lines) if _opens(line) and _split(line, dashed=dashed)]
    for at, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        split = _split("\n".join(block.lines[at:end]), dashed=dashed)
        if split and _defines(*split):
            first, last = block.line + at, block.line + end - 1
            draft = Draft("basic", written(without_html(split[0])), written(split[1]), first, last, page.column(block))
            yield Claim(((first, last),), (draft,))


def _list(page: Page, block: Block) -> Iterator[Claim]:
    term: Block | None = None
    for child in block.children:
        if child.kind == "dt":
            term = child
        elif term and _defines(term.text, child.text):
            draft = Draft("basic", written(without_html(term.text)), written(child.text), term.line, child.end_line)
            yield Claim(((term.line, child.end_line),), (draft,))
            term = None


def _table(page: Page, block: Block) -> Iterator[Claim]:
    """The rows of a table whose head says that a column holds terms and the next one what they mean.

    Or that they are a question and its answer, a word and its meaning: then the text may be as short as it likes. What
    stands before these columns, a number or a group, is passed over.
    """
    if stem_of(page.path).casefold() == "readme":
        return
    head = [words(cell).casefold() for cell in _cells(block.lines[0])]
    for first in range(min(len(head) - 1, _COLUMNS)):
        told = frozenset(head[first + 1].split())
        asked = {head[first], *map(str.strip, head[first].split("/"))}
        sides = bool(asked & PROMPT_HEADS and told & (ANSWER_HEADS | TEXT_HEADS)) or bool(
            asked & CUE_HEADS and told & NOTE_HEADS
        )
        terms = head[first] in TERM_HEADS
        thing = told <= DEFINING_HEADS and head[first].isalpha() and head[first] not in _KEYS
        if len(told) <= _HEAD_WORDS and (sides or thing or (terms and told & TEXT_HEADS)):
            break
    else:
        return
    least = _CELL_WORDS if (terms or thing) and told & DEFINING_HEADS else _TEXT_WORDS
    rows = [(*_cells(row), "", "", "", "")[first : first + 2] for row in block.lines[2:]]
    often = Counter(row[0] for row in rows)
    for number, row in enumerate(rows, block.line + 2):
        term, text = [written(cell.replace("\\|", "|")) for cell in row]
        if (often[row[0]] > 1 and not sides) or _TAG.match(term) or row[0].count("`") % 2:
            continue
        if _pairs(term, text) if sides else _defines(term, text, least):
            yield Claim(((number, number),), (Draft("basic", term, text, number, number, page.column(block)),))


def _pairs(front: str, back: str) -> bool:
    """Whether two cells are the sides of a card: a number with a letter beside it is a row of a key."""
    return any(map(str.isalpha, front)) and says_something(back) and listed_letters(back) is None


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in _CELLS.split(row.strip().strip("|"))]


def _split(source: str, plain: bool = False, dashed: bool = False) -> tuple[str, str] | None:
    """Term and text of a definition, or None.

    With `plain`, a term may stand without emphasis or brackets; with `dashed`, no colon need part it from its text.
    """
    source = source.lstrip()
    if source[:2] in _MARKS:
        return _split_marked(source) or (_split_dashed(source) if dashed else None)
    if plain and dashed:
        return plain_entry(source)
    if plain:
        masked = mask(source)
        at = masked.find(": ", 0, 100)
        whole = masked.count("[", 0, at) == masked.count("]", 0, at) and "](" not in source[:at]
        return (source[:at], source[at + 2 :].strip()) if at > 0 and whole and "\n" not in source[:at] else None
    return None


@remembered
def _split_marked(source: str) -> tuple[str, str] | None:
    """Term and text of a definition that begins with emphasis or a wikilink."""
    for mark in ("****", "***", "**", "__"):
        if source.startswith(mark):
            term, closing, rest = source[len(mark) :].partition(mark)
            if not closing or "\n" in term or "](" in term:
                return None
            if term.rstrip().endswith((":", "：")):
                return term.rstrip()[:-1], rest.strip()
            rest = rest.lstrip()
            return (term, rest[1:].strip()) if rest.startswith((":", "：")) and not rest.startswith("::") else None
    span = next(inline.scan(source[:_LONGEST_LINK]), None)
    if span is None or span.kind != "wikilink" or span.start:
        return None
    rest = source[span.end :].lstrip()
    return (span.shown, rest[1:].strip()) if rest.startswith(":") and not rest.startswith("::") else None


def _split_dashed(source: str) -> tuple[str, str] | None:
    """Term and text of a line of a glossary that begins with the term in bold, and goes on after a dash or a blank."""
    term, closing, rest = source.removeprefix("**").partition("**")
    if not (closing and source.startswith("**") and rest[:1] in _AFTER) or "\n" in term or "](" in term:
        return None
    told = rest.lstrip()[1:].strip() if rest.startswith(_DASHES) else rest.strip()
    if _SENTENCE & set(term.casefold().split()) or told.startswith(_BESIDE):
        return None
    return term.rstrip(" -–—"), told


def _defines(term: str, text: str, least: int = _TEXT_WORDS) -> bool:
    """Whether a text explains a term, in so many words at least."""
    name = words(unescape(without_html(term)) if "<" in term or "&" in term else term).strip(" .,")
    count = len(name.split())
    if not name or "{" in name or count > _TERM_WORDS or not (name[0].isalpha() or any(map(str.isalpha, name))):
        return False
    if text.startswith(("[e.g", "<e.g", "[your ")):
        return False  # a place to be filled in
    if text.startswith(_LINKS) and only_links(text, wiki=True):
        return False  # it says where something is told
    if (" = " in term or " → " in term) and "`" not in term:
        return False  # an equation, a step from one thing to another
    if names_no_term(name) or len(_UNSPACED.findall(name)) > _UNSPACED_TERM:
        return False
    if not is_title(name) and sum(word not in _JOINING for word in name.split()) > _PLAIN_TERM_WORDS:
        return False  # a bold sentence, not a term
    told = words(text)
    if name[-1] == ")" and _PUBLISHED.search(name) and (_SURELY.search(name) or told[-1:] != "."):
        return False
    if ("___" in text or "....." in text) and _FORM.search(text.replace("`", "x")):
        return False  # a form to be filled in, a line of a table of contents
    if told.endswith((":", "?")) or (told[:1] in _QUOTES and told.rstrip(".").endswith(_QUOTES)):
        return False  # it announces something that stands elsewhere, or asks, or somebody says it
    if "`" not in term and (says_what_to_do(told) or praises(name, told)):
        return False
    if "`" in text and not _is_prose(mask(text).replace(inline.HIDDEN, " "), of_code="`" in term):
        return False
    wanted = least - (0 if told.isascii() else len(_UNSPACED.findall(told[:60])) // 2)
    if wanted < 1:
        return True
    missing = wanted
    for word in told.split():
        missing -= (word[0].isalnum() or says_something(word)) and "://" not in word
        if not missing:
            return True
    return says_enough(name, told, least, missing)


def _is_prose(shown: str, *, of_code: bool) -> bool:
    """Whether a text says enough outside its code; about a name in code, words without blanks between them count."""
    count = sum(map(says_something, shown.split()))
    return count + (len(_UNSPACED.findall(shown[:60])) // 2 if of_code else 0) >= _PROSE_WORDS


DIALECT = Dialect(
    name="definition",
    level="derived",
    recognises=(
        "`- **Term**: text`, `**Term:** text`, `[[Term]]: text`, definition lists, with five words of text, or as "
        "much in long German or Korean ones; in a glossary also `**Term** — text`, `**Term** is text` and, in a list "
        "of such items, `- Term: text` and `- Term - text`; `- **Term** - text` in any list of such items. The rows "
        "of a table with the head “Term” and “Description”, or “Style” and “Meaning”; two words are enough under "
        "“Definition” and “Meaning”, and one under “Word” and “Meaning”, “Question” and “Answer” or “Cue” and “Notes”. "
        "None of a note about work, such as a plan or the README of it all, or of one that remarks after dash on dash."
    ),
    find=_find,
    example="- **Epoch**: one pass over all the training data\n\n[[Batch]]: the examples that one step looks at\n",
    cards=(
        ("Epoch", "one pass over all the training data"),
        ("Batch", "the examples that one step looks at"),
    ),
)
