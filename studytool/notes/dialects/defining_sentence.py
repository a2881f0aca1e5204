"""A sentence that says what its subject is, where the note shows that the subject is a term.

It does so by a heading over the sentence, by the name of the note that the sentence opens, or by bold type:
"**Dropout** is a technique …".
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from studytool.notes.asking import names_a_question
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.codec import CARD_FRONT
from studytool.notes.copulas import defines_alone, frame_of, names_what_it_is
from studytool.notes.dialects.headed import heading_name, linked_words, says_definition, says_of_the_above
from studytool.notes.dialects.leads import names_no_term
from studytool.notes.dialects.open_formulas import FORMULA_BEGINS, open_formulas
from studytool.notes.dialects.subjects import begins_with, defines
from studytool.notes.dialects.working_notes import is_about_work
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import word_set
from studytool.notes.written import written
from studytool.text import ABBREVIATION

_LINE = attrgetter("line")
_TERM_WORDS = 7
_TERM_SIGNS = 80
_BEGINNING, _BEGINNING_LINES = 400, 4
"""Signs, and lines, of a paragraph in which its first sentence says what its subject is."""
_BEFORE_NAME = "( \t*_`$\"'“‘"
"""What may stand before the first letter of a name, which its sentence has not."""
_PARTS_OF_NAME = re.compile(r"\(|\s[-–—/]\s|:\s|^(?:a|an|the|der|die|das|l[ae]s?|el|los|il|os?)\s", re.IGNORECASE)
"""What parts a name from another, or from its article."""
_BOLD = re.compile(
    r"(?:(?:an?|the|der|die|das|eine?|une?|l[ae]s?|el|los|il|os?|as?|uma?)\s|l['’])?\*\*(?=\S)", re.IGNORECASE
)
"""How a paragraph begins whose subject is in bold."""
_HTML_BOLD = re.compile(r"</?(?:b|strong)>")
_NO_NAMES = word_set(
    # English
    "review reviews "
    "it its this that these those there here he she they we you i one what which who how why when where yes no another "
    "other others both all everything something nothing anything everyone everybody someone somebody anyone anybody "
    "nobody none above below left right attached recommended required optional default deprecated added fixed changed "
    "removed done success installation contributions returns lunch dinner breakfast mood weather agenda ingredients "
    "today tomorrow yesterday tonight total fixme "
    # German
    "es er sie wir ihr ich du das dies dieser diese dieses hier da alles etwas nichts jeder jede alle niemand jemand "
    "heute morgen gestern links rechts oben unten "
    # French, Spanish, Portuguese, Italian
    "il elle ils elles on nous vous ce c'est ceci cela ça ici là tout rien aujourd'hui demain hier "
    "él ella ellos ellas eso esto hoy mañana ayer todo nada ele ela eles elas isso isto hoje amanhã ontem tudo "
    "lui lei loro ciò oggi domani ieri tutto niente "
    # Dutch, Danish, Polish, Czech
    "hij zij wij dit dat hier alles vandaag morgen han hun de det her i_dag on ona ono oni to tu jutro dziś dzisiaj "
    "wszystko ten ta tady dnes zítra "
    # Russian
    "он она оно они это этот эта вот здесь там всё все сегодня завтра вчера"
)
"""What a sentence is about that goes on from others, tells of a day or of a piece of work."""
_PARTS = word_set(
    "section sections table figure listing equation version release room scene act plan appendix page line row column "
    "slide node abschnitt tabelle abbildung raum szene seite zeile spalte tableau salle scène acte ligne colonne tabla "
    "figura sala escena acto página раздел таблица рисунок"
)
"""What a number or a letter behind it makes one of many: "Table 2", "Room B"."""
_NUMBERED = re.compile(r"(?:\d{1,4}[a-z]?|[a-z]|[ivx]{1,4})(?:\.\d{1,4}){0,4}\Z")
_VERSION = re.compile(r"v?\d{1,4}(?:\.\d{1,4}){1,4}\Z")
_CLAUSES = word_set("that which who whose")
"""Words of a clause: "the decision that shaped it" is no term."""
_PRAISED = word_set("best worst most least biggest main next only whole other same hardest easiest real true")
"""What makes a remark of a name behind "the": "the best outcrop"."""
_OF_THE_PLACE = word_set("readme index home about changelog contributing license todo")
"""Files whose name says what they are for, and no term."""
_SET_OFF = (":", "：")
_ANNOUNCED = ("list", "math", "table", "fence", "code", "quote")
"""What may follow a colon, and belongs to what it ends."""
_BEGUN = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)*\*\*")
"""A line of an item that begins with a term in bold."""
_LONGEST = 10
"""Lines above which a paragraph is more than what something is: then its first sentence says that."""
_STOP = re.compile(r"[.!。！]['\")\]*_]{0,4}\s*\Z")
_GOES_ON = (",", ":", ";", "：", "，", "-")
_FORMULA_ENDS = ("$$", "\\]", "\\end{equation}", "\\end{align}")
_FORMULA_LINES = 40
"""Lines within which a formula that such a sentence announces ends."""
_LETTERS = re.compile(r"\s*(?:where|with|wobei|où|donde|onde|dove|где)\s")
"""How a line begins that says what the letters of a formula are."""
_HOLDING = ("list", "quote")
"""What may begin with the sentence that defines."""
_ASIDES = 4
"""Among so many blocks below a heading its first paragraph is looked for."""


class _Name(NamedTuple):
    """What a paragraph may say something of: as it is written, as it reads, and whether it is the paragraph's own."""

    source: str
    plain: str
    bold: bool = False
    whole: bool = False
    """Whether the note as a whole has this name, and no parts with names of their own."""
    below: bool = False
    """Whether a heading between it and the text says that this is its definition."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    told: set[str] = set()
    for block, around in _paragraphs(page):
        for first, last, name in _told(page, block, around) or _said_below(page, block, around):
            if is_about_work(page):
                return
            told = told or {words(card[CARD_FRONT]).casefold() for card in page.cards}
            front = written(without_html(name.source))  # empty where it is no more than the name of a block
            if front and name.plain.casefold() not in told and page.free(first, last):
                told.add(name.plain.casefold())
                yield _claim(page, block, first, last, name)


def _paragraphs(page: Page) -> Iterator[tuple[Block, list[_Name]]]:
    """The free paragraphs that begin the note, stand under a heading or have bold type; and what they may be about."""
    taken = page.taken
    named: defaultdict[int, list[_Name]] = defaultdict(list)
    above: list[Block] = []
    heading_before: Block | None = None
    is_readme = stem_of(page.path).casefold() == "readme"
    for place, heading in () if is_readme else page.outer("heading"):
        first = next((block for block in page.blocks[place + 1 : place + 1 + _ASIDES] if not _is_aside(block)), None)
        below = first and _first_paragraph(first)
        while above and above[-1].level >= heading.level:
            above.pop()
        if below and below.line not in taken:
            name, line = heading_name(heading.title), below.lines[0]
            over = _over(page, above) if says_of_the_above(name) else ""
            named[below.line] += [_named(one) for one in (name, over) if one and _may_name(one, line)]
            is_first = heading_before is (above[-1] if above else None)
            if over and is_first and says_definition(name) and first and first.kind != "list":
                named[below.line].append(_named(over)._replace(below=True))
        above.append(heading)
        heading_before = heading
    for opening, whole in _openings(page) if stem_of(page.path).casefold() not in _OF_THE_PLACE else ():
        if opening.line not in taken:
            names = (name for name in (page.topic, stem_of(page.path)) if not names_a_question(name))
            named[opening.line] += [_named(name, whole=whole) for name in names]
    paragraphs = page.of_kind("paragraph")
    free = set(map(_LINE, paragraphs)) - taken
    for block in paragraphs if free else ():
        if block.line in free and (block.line in named or "**" in block.text or _has_html_bold(block.text)):
            yield block, named.get(block.line, [])


def _over(page: Page, above: Sequence[Block]) -> str:
    """The name of what a heading `Definition` stands below: a heading, or the note."""
    names = [heading_name(above[-1].title)] if above else [page.topic, stem_of(page.path)]
    told = next((name for name in names if name and not says_of_the_above(name)), "")
    return "" if names_a_question(told) or told.casefold() in _OF_THE_PLACE else told


def _openings(page: Page) -> Iterator[tuple[Block, bool]]:
    """What a note may begin with, and whether it may say in short what the note is.

    That is the first paragraph, and that of a list or a quote which nothing stands above.
    """
    first = next((block for block in page.blocks if block.kind != "heading" and not _is_aside(block)), None)
    held = _first_paragraph(first) if first and first.kind in _HOLDING else None
    if held:
        yield held, False
    opening = next((block for _, block in page.outer("paragraph") if not _is_aside(block)), None)
    if opening:
        yield opening, len(page.outer("heading")) < 2


def _first_paragraph(block: Block) -> Block | None:
    """The paragraph that a block is, or that a list or a quote begins with."""
    while block.kind in (*_HOLDING, "item"):
        if block.label is not None or not block.children:
            return None
        block = block.children[0]
    return block if block.kind == "paragraph" else None


def _claim(page: Page, block: Block, first: int, last: int, name: _Name) -> Claim:
    holder, _ = _places(page)[block.line]
    held = holder.lines[first - holder.line : last - holder.line + 1] if holder else page.raw[first - 1 : last]
    back = written("\n".join(held))
    draft = Draft("basic", written(without_html(name.source)), back, first, last, page.column(block))
    return Claim(((first, last),), (draft,))


def _told(page: Page, block: Block, named: Sequence[_Name]) -> list[tuple[int, int, _Name]]:
    """The first and the last line of each sentence of a paragraph that says what a term is, and that term.

    A line that begins with another term in bold ends what is said of the one before.
    """
    lines = block.lines
    found: list[tuple[int, _Name]] = []
    for at, line in enumerate(lines):
        names = [*_bold(line), *(() if at else named)]
        if not names:
            continue
        said = _as_read("\n".join(lines[at : at + _BEGINNING_LINES])[: 4 * _BEGINNING])[:_BEGINNING]
        if name := next((name for name in names if _is_term(name.plain) and _says(said, name)), None):
            found.append((at, name))
    told: list[tuple[int, int, _Name]] = []
    for (at, name), (end, _) in itertools.pairwise([*found, (len(lines), None)]):
        if end - at > _LONGEST:
            last = _sentence_end(block, at)
        else:
            last = block.line + end - 1 if end < len(lines) else _last_line(page, block)
        if last and name:
            told.append((block.line + at, last, name))
    return told


def _said_below(page: Page, block: Block, named: Sequence[_Name]) -> list[tuple[int, int, _Name]]:
    """The lines of a paragraph that stands right below a heading `Definition`, and what that is the definition of."""
    name = next((name for name in named if name.below), None)
    text = _as_read(block.text[: 4 * _BEGINNING])
    if not name or not _is_term(name.plain) or not defines_alone(text):
        return []
    _, below = _places(page)[block.line]
    said = block.text.rstrip()
    said = said.rpartition("[^")[0] if said.endswith("]") and "[^" in said else said
    last = _last_line(page, block)
    if last == block.end_line and not _STOP.search(said):  # what it leads to belongs to it, as after a colon
        if below and below.kind in _ANNOUNCED and page.free(below.line, below.end_line):
            last = below.end_line
        elif said.endswith((*_GOES_ON, " are", " is", "$")):
            return []
    return [(block.line, last, name)] if last else []


def _sentence_end(block: Block, at: int) -> int:
    """The line of a long paragraph in which the sentence that begins in one of its lines ends; 0 where none does.

    It ends with a stop behind the last word of a line, or with its line where each line is a sentence of its own; a
    formula that it announces belongs to it.
    """
    lines = block.lines[at : at + _LONGEST + 1]
    is_open = open_formulas(block.lines[at : at + _LONGEST + 1 + _FORMULA_LINES])
    outside = [line for line, inside in zip(lines, (False, *is_open), strict=False) if not inside]
    begun = [line.lstrip(" *_")[:1] for line in outside]
    by_line = all(first.isupper() for first in begun if first.isalpha())
    for place, (line, below) in enumerate(itertools.pairwise(lines)):
        if is_open[place] or below.lstrip().startswith(FORMULA_BEGINS):
            continue
        stops = _STOP.search(line) and not ABBREVIATION.search(line.rstrip()) and not below.lstrip()[:1].islower()
        if stops or (by_line and not line.rstrip().endswith(_GOES_ON)):
            return block.line + at + place
    return 0


def _is_aside(block: Block) -> bool:
    """Whether a block only holds tags or a picture: what stands below it begins the note, or the section."""
    if block.kind != "paragraph":
        return block.kind in ("comment", "hr", "html")
    return block.lines[0].lstrip().startswith(("#", "![", "<img", "|"))


def _may_name(name: str, line: str) -> bool:
    """Whether a line holds the beginning of a name: a first look, before either is read."""
    told = line[: 4 * _BEGINNING].casefold()
    return any(part.lstrip(_BEFORE_NAME)[:3].casefold() in told for part in _PARTS_OF_NAME.split(name))


def _bold(line: str) -> list[_Name]:
    """The term in bold that a line has as its subject, or that it defines, if any."""
    if "**" not in line and not _has_html_bold(line):
        return []
    text = _HTML_BOLD.sub("**", line.lstrip())
    frame = frame_of(text)
    opened = _BOLD.match(text, len(frame.opening) if frame else 0)
    term, closing, _ = text[opened.end() :].partition("**") if opened else ("", "", "")
    return [_named(term, bold=True)] if closing else []


def _has_html_bold(text: str) -> bool:
    return "<b>" in text or "<strong>" in text


def _as_read(text: str) -> str:
    """The words of a text, of links and HTML too, on one line."""
    if "](" in text:
        text = linked_words(text)
    return words(without_html(text) if "<" in text else text)


def _named(source: str, *, bold: bool = False, whole: bool = False) -> _Name:
    term = source.strip().rstrip(":：").rstrip()
    return _Name(term, words(term), bold, whole)


def _is_term(name: str) -> bool:
    """Whether a name may be one of a thing."""
    told = name.casefold().split()
    if not 1 < len(name) <= _TERM_SIGNS or len(told) > _TERM_WORDS or name.casefold() in _NO_NAMES:
        return False
    if not any(map(str.isalpha, name)) or "](" in name or "://" in name or "{" in name or name[-1] in ".,;":
        return False
    if told[0] == "the" and not _PRAISED.isdisjoint(told[1:2]):
        return False
    if _VERSION.match(told[-1]) or (told[0] in _PARTS and len(told) > 1 and _NUMBERED.match(told[1])):
        return False
    return _CLAUSES.isdisjoint(told) and not names_no_term(name)


def _says(text: str, name: _Name) -> bool:
    """Whether a text begins with a sentence that says what is named so, or with what alone answers its name."""
    if name.whole and names_what_it_is(text) and not begins_with(text.partition(" ")[2], name.plain):
        return True
    return defines(text, name.plain, dashed=not name.bold)


def _last_line(page: Page, block: Block) -> int:
    """The line in which what is said ends: a list that a colon announces belongs to it. 0 where nothing follows one.

    An item of a list that begins so is told as a whole, unless others begin so in it.
    """
    holder, below = _places(page)[block.line]
    if words(block.lines[-1]).rstrip().endswith(_SET_OFF):
        if not below or below.kind not in _ANNOUNCED or below.line > block.end_line + 2:
            return 0
        end = below.end_line
    else:
        end = block.end_line
    end = _with_its_letters(page, end)
    if holder and holder.kind == "item" and holder.line == block.line and page.free(end, holder.end_line):
        beside = holder.lines[end + 1 - holder.line :]
        if not any(map(_BEGUN.match, beside)):
            return holder.end_line
    return end


def _with_its_letters(page: Page, end: int) -> int:
    """The last line of what goes on with "where …" right below a formula: it says what the letters in that are."""
    if not page.raw[end - 1].rstrip().endswith(_FORMULA_ENDS):
        return end
    at = end + 1 if not page.raw[end : end + 1] or page.raw[end].strip() else end + 2
    paragraphs = page.of_kind("paragraph")
    below = paragraphs[bisect_left(paragraphs, at, key=_LINE) :][:1]
    if not below or below[0].line != at or not _LETTERS.match(below[0].lines[0]):
        return end
    told = itertools.takewhile(lambda line: not line.lstrip().startswith("**"), below[0].lines)
    last = at + sum(1 for _ in told) - 1
    return last if page.free(end + 1, last) else end


def _places(page: Page) -> dict[int, tuple[Block | None, Block | None]]:
    """By the line at which each paragraph begins, the block that it stands in and the one that follows it there."""
    found: dict[int, tuple[Block | None, Block | None]] = page.shared.setdefault("places", {})
    if not found:
        for holder in (None, *page.all_blocks):
            for block, below in itertools.pairwise((*(holder.children if holder else page.blocks), None)):
                if block and block.kind == "paragraph":
                    found[block.line] = holder, below
    return found


DIALECT = Dialect(
    name="defining-sentence",
    level="derived",
    recognises=(
        "`**Term** is a …`, `refers to …`, `means …`, or `We define … as`: a paragraph that begins by saying what its "
        "subject is, where that is in bold, is the heading over it, or the name of a note that begins so. A note "
        "without headings may say it in short, “A technique that …”, as may what stands below a heading `Definition`."
    ),
    find=_find,
    example="## Dropout\n\nDropout is a technique that switches neurons off at random while a network is trained.\n",
    cards=(("Dropout", "Dropout is a technique that switches neurons off at random while a network is trained."),),
)
