"""A sentence that says what its subject is, where the note shows that the subject is a term.

It does so by a heading over the sentence, by the name of the note that the sentence opens, or by bold type:
"**Dropout** is a technique …".
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from studytool.notes.asking import names_a_question
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.codec import CARD_FRONT
from studytool.notes.copulas import names_what_it_is, says_what_it_is
from studytool.notes.dialects.leads import names_no_term
from studytool.notes.dialects.working_notes import is_about_work
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import word_set
from studytool.notes.written import written

_LINE = attrgetter("line")
_TERM_WORDS = 7
_TERM_SIGNS = 80
_BEGINNING, _BEGINNING_LINES = 400, 4
"""Signs, and lines, of a paragraph in which its first sentence says what its subject is."""
_ARTICLES = word_set(
    "a an the der die das ein eine le la les un une el los las una il lo gli i uno o os as um uma de het een den det "
    "en ett"
)
_ELIDED = ("l'", "l’", "un'", "un’")
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){0,4}[.):]?|[A-Za-z][.)])\s+(?=\S)")
"""What numbers a heading."""
_BEFORE_TITLE = "[0123456789.)( \t*_`$\"'“‘"
"""What may stand before the first letter of a heading, which its sentence has not."""
_ASIDE = re.compile(r"\s*(?:\([^()]{1,80}\)|（[^（）]{1,80}）)")
"""What stands in brackets behind a term: its abbreviation, its name in another language."""
_FOOTNOTE = re.compile(r"\[\^[^\]\s^]{1,80}\]")
"""The mark of a footnote behind a term."""
_ALSO = re.compile(
    r",\s(?:or|also|auch|aussi|también|também|anche|oder|ou)\s[^,.]{1,60},|\s(?:or|oder)\s[^\s,.]{1,30}(?=\s)"
)
"""Another name of a term, behind it."""
_SIGN = re.compile(r",?\s\$[^$\n]{1,40}\$,?(?=\s)")
"""The sign of a term, behind it."""
_OF_ONE = re.compile(r"\s(?:of|in|for|on)\san?(?:\s[^\s,.;:]{1,30}){1,4}?(?=\s(?:is|refers|means)\s)")
"""What a term is one of: "The perihelion of a planet is …"."""
_FIELD = re.compile(r"(?:in|within|en|dans|im|em|nella|nel|в)\s[^,.:]{2,50},\s", re.IGNORECASE)
"""The field in which a term means this, before it: "In statistics, …"."""
_BOLD = re.compile(
    r"(?:(?:an?|the|der|die|das|eine?|une?|l[ae]s?|el|los|il|os?|as?|uma?)\s|l['’])?\*\*(?=\S)", re.IGNORECASE
)
"""How a paragraph begins whose subject is in bold."""
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
_LETTERS = re.compile(r"\s*(?:where|with|wobei|où|donde|onde|dove|где)\s", re.IGNORECASE)
"""How a line begins that says what the letters of a formula are."""
_ASIDES = 4
"""Among so many blocks below a heading its first paragraph is looked for."""


class _Name(NamedTuple):
    """What a paragraph may say something of: as it is written, as it reads, and whether it is the paragraph's own."""

    source: str
    plain: str
    bold: bool = False
    whole: bool = False
    """Whether the note as a whole has this name, and no parts with names of their own."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    told: set[str] = set()
    for block, around in _paragraphs(page):
        for first, last, name in _told(page, block, around):
            if is_about_work(page):
                return
            told = told or {words(card[CARD_FRONT]).casefold() for card in page.cards}
            if name.plain.casefold() not in told and page.free(first, last):
                told.add(name.plain.casefold())
                yield _claim(page, block, first, last, name)


def _paragraphs(page: Page) -> Iterator[tuple[Block, list[_Name]]]:
    """The free paragraphs that begin the note, stand under a heading or have bold type; and what they may be about."""
    taken = page.taken
    named: defaultdict[int, list[_Name]] = defaultdict(list)
    is_readme = stem_of(page.path).casefold() == "readme"
    for place, heading in () if is_readme else page.outer("heading"):
        below = next((block for block in page.blocks[place + 1 : place + 1 + _ASIDES] if not _is_aside(block)), None)
        if below and below.kind == "paragraph" and below.line not in taken and _may_name(heading.title, below.lines[0]):
            title = heading.title.strip()
            title = title[number.end() :] if (number := _NUMBER.match(title)) else title
            named[below.line].append(_named(title.removeprefix("**").removesuffix("**")))
    opening = next((block for _, block in page.outer("paragraph") if not _is_aside(block)), None)
    if opening and opening.line not in taken and stem_of(page.path).casefold() not in _OF_THE_PLACE:
        whole = len(page.outer("heading")) < 2
        names = (name for name in (page.topic, stem_of(page.path)) if not names_a_question(name))
        named[opening.line] += [_named(name, whole=whole) for name in names]
    paragraphs = page.of_kind("paragraph")
    free = set(map(_LINE, paragraphs)) - taken
    for block in paragraphs if free else ():
        if block.line in free and (block.line in named or "**" in block.text):
            yield block, named.get(block.line, [])


def _claim(page: Page, block: Block, first: int, last: int, name: _Name) -> Claim:
    holder, _ = _places(page)[block.line]
    held = holder.lines[first - holder.line : last - holder.line + 1] if holder else page.raw[first - 1 : last]
    back = written("\n".join(held))
    draft = Draft("basic", written(without_html(name.source)), back, first, last, page.column(block))
    return Claim(((first, last),), (draft,))


def _told(page: Page, block: Block, named: Sequence[_Name]) -> Iterator[tuple[int, int, _Name]]:
    """The first and the last line of each sentence of a paragraph that says what a term is, and that term.

    A line that begins with another term in bold ends what is said of the one before.
    """
    lines = block.lines
    found: list[tuple[int, _Name]] = []
    for at, line in enumerate(lines):
        names = [*_bold(line), *(() if at else named)]
        if not names:
            continue
        said = words("\n".join(lines[at : at + _BEGINNING_LINES])[:_BEGINNING].lstrip())
        if name := next((name for name in names if _is_term(name.plain) and _opens(said, name)), None):
            found.append((at, name))
    for (at, name), (end, _) in itertools.pairwise([*found, (len(lines), None)]):
        if end - at > _LONGEST:
            last = _sentence_end(block, at)
        else:
            last = block.line + end - 1 if end < len(lines) else _last_line(page, block)
        if last and name:
            yield block.line + at, last, name


def _sentence_end(block: Block, at: int) -> int:
    """The line of a long paragraph in which the sentence that begins in one of its lines ends; 0 where none does.

    It ends with a stop, or where the next line begins with a capital; a formula that it announces belongs to it.
    """
    is_open = False
    for number, (line, below) in enumerate(itertools.pairwise(block.lines[at : at + _LONGEST + 1]), block.line + at):
        is_open ^= line.count("$$") % 2 == 1
        if is_open or below.startswith("$$"):
            continue
        begins = below.lstrip(" *_")[:1].isupper() and not _LETTERS.match(below)
        if _STOP.search(line) or (begins and not line.rstrip().endswith(_GOES_ON)):
            return number
    return 0


def _is_aside(block: Block) -> bool:
    """Whether a block only holds tags or a picture: what stands below it begins the note, or the section."""
    if block.kind != "paragraph":
        return block.kind in ("comment", "hr", "html")
    return block.lines[0].lstrip().startswith(("#", "![", "<img", "|"))


def _may_name(title: str, line: str) -> bool:
    """Whether a line holds the beginning of a heading: a first look, before either is read."""
    told = line[:_BEGINNING].casefold()
    return any(name.lstrip(_BEFORE_TITLE)[:3].casefold() in told for name in title.split("(", 1))


def _bold(line: str) -> list[_Name]:
    """The term in bold that a line has as its subject, if any."""
    if "**" not in line:
        return []
    text = line.lstrip()
    opened = _BOLD.match(text)
    term, closing, _ = text[opened.end() :].partition("**") if opened else ("", "", "")
    return [_named(term, bold=True)] if closing else []


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


def _opens(text: str, name: _Name) -> bool:
    """Whether a text begins with a sentence that says what is named so, or with what alone answers its name."""
    if name.whole and names_what_it_is(text) and not _after(text.partition(" ")[2], name.plain):
        return True
    if field := _FIELD.match(text):
        text = text[field.end() :]
    rest = text.casefold()
    if rest.startswith(_ELIDED):
        text = text[2 if rest[0] == "l" else 3 :]
    else:
        first, _, after = text.partition(" ")
        if first.casefold() in _ARTICLES and not _after(text, name.plain):
            text = after
    return any(says_what_it_is(predicate, dashed=not name.bold) for predicate in _after(text, name.plain))


def _after(text: str, name: str) -> list[str]:
    """What stands behind a name, in one of its forms, that a text begins with."""
    found: list[str] = []
    folded = text.casefold()
    for form in _forms(name.casefold()):
        if not folded.startswith(form):
            continue
        rest = text[len(form) :]
        if rest[:1].isalnum() and rest[0].isascii():
            ending = rest[: 2 if rest[1:2].isalpha() else 1]
            if ending.casefold() not in ("s", "es", "n", "en") or rest[len(ending) : len(ending) + 1].isalnum():
                continue
            rest = rest[len(ending) :]
        for pattern in (_FOOTNOTE, _ASIDE, _ALSO, _SIGN, _OF_ONE):
            if skipped := pattern.match(rest):
                rest = rest[skipped.end() :]
        found.append(rest.lstrip(" \n*_,"))
    return found


def _forms(name: str) -> list[str]:
    """A name, without what it has in brackets, that alone where it is short for it, and one without its plural."""
    found = [name]
    outside, bracket, inside = name.partition("(")
    if bracket and outside.strip():
        found += [outside.strip(), inside.partition(")")[0].strip()]
    if name.endswith("s") and not name.endswith("ss"):
        found.append(name[:-1])
    return [form for form in found if len(form) > 1]


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
    if not (page.raw[at - 1 : at] and _LETTERS.match(page.raw[at - 1])):
        return end
    while at < len(page.raw) and page.raw[at].strip():
        at += 1
    return at if page.free(end + 1, at) else end


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
        "`**Term** is a …`, `refers to …`, `means …`: a paragraph that begins by saying what its subject is, where "
        "that is in bold, is the heading over it, or the name of a note that begins so. A note without headings may "
        "say it in short: “A technique that …”."
    ),
    find=_find,
    example="## Dropout\n\nDropout is a technique that switches neurons off at random while a network is trained.\n",
    cards=(("Dropout", "Dropout is a technique that switches neurons off at random while a network is trained."),),
)
