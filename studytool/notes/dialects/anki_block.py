"""Cards written for Anki: Obsidian_to_Anki's blocks, notes of ki and yanki, and lines marked `#flashcard` or 🧠."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.anki_notes import ki_notes, sided_notes, yanki_note
from studytool.notes.dialects.anki_sync import sync_blocks
from studytool.notes.dialects.deletions import MOST, too_many
from studytool.notes.dialects.flagged import flagged
from studytool.notes.dialects.numbered import anki_gaps, cloze_drafts, marked_gaps, short_gaps
from studytool.notes.page import Page, hidden_lines
from studytool.notes.vault import AnkiBlocks
from studytool.notes.written import written

_RENAMED = re.compile(r"START([_ -][A-Z]+)")
"""An opening keyword that a vault has given a suffix; the closing one has the same."""
_ID = re.compile(r"(?:<!--\s*)?ID: ?\d{6,}\s*(?:-->)?")
_FIELD = re.compile(r"([^\W\d_]\w*(?: \w+)?):(?:\s|$)")
_FRONTS = ("Front", "Text", "Question", "Header")
_FIELDS = (*_FRONTS, "Back", "Answer", "Extra", "Back Extra", "Add Reverse")
_REVERSE = "Add Reverse"
_LONGEST = 120
"""The type of a note on one line has fewer characters."""
_CLOZE = ("cloze", "lückentext")
_STANDARD = ("basic", "cloze", "einfach", "lückentext")
"""How the names of Anki's own note types begin, in English and German."""


class _Block(NamedTuple):
    """A note between its keywords: its type, its fields in order, its tags, and its lines in the file."""

    type: str
    fields: dict[str, str]
    tags: tuple[str, ...]
    line: int
    end_line: int
    column: int = 1
    sure: bool = False
    """Whether it is a note for Anki beyond doubt: it has an id, or the note names its deck."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from ki_notes(page)
    yield from yanki_note(page)
    yield from sided_notes(page)
    yield from sync_blocks(page)
    if lines := page.lines_with(*_keywords(page.vault.anki)):
        yield from _Reader(page, lines).blocks()
    yield from flagged(page)


_DECKS = ("TARGET DECK", "TARGET_DECK")
_TAGS = ("FILE TAGS", "FILE_TAGS")
"""Keywords that are known whatever those of the vault are."""


@lru_cache(maxsize=16)
def _keywords(told: AnkiBlocks) -> tuple[str, ...]:
    """All keywords, without those that hold another one."""
    known = {"START", told.begin, told.begin_inline, told.delete, told.frozen, told.deck, told.tags, *_DECKS, *_TAGS}
    return tuple(word for word in known if not any(other in word for other in known if other != word))


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> re.Pattern[str]:
    """What begins a field of a note on one line, the longest name first."""
    longest_first = (*sorted(names, key=len, reverse=True), "Tags")
    return re.compile(rf"(?<!\S)({'|'.join(map(re.escape, longest_first))}): ?")


class _Reader:
    """Reads the blocks of a page from its first line to its last; `telling` are the lines that hold a keyword."""

    def __init__(self, page: Page, telling: Sequence[int]) -> None:
        self.page, self.telling, self.words = page, telling, page.vault.anki
        self.hidden = hidden_lines(page, comments=("<!--",))
        self.rows = self.unquoted()
        self.fields = dict(self.words.fields)
        self.last = len(page.raw)
        self.tags: tuple[str, ...] = ()
        self.frozen: dict[str, dict[str, str]] = {}
        self.sure = False

    def blocks(self) -> Iterator[Claim | Remark]:
        yield from self.settings()
        past = 0
        for number in self.telling:
            if number < past:
                continue
            line = self.line(number)
            closing = self.closing(line)
            if closing:
                end, closed = self.end(number, closing)
                if closed:
                    yield from self.block(number, end)
                    past = end + 1
                elif self.looks_like_a_note(number, end):
                    hint = f"Write a line `{closing}` after its last field."
                    told = f"This `{line}` has no `{closing}`."
                    yield Remark(number, "error", "unclosed-block", told, hint)
            elif line == self.words.delete and number < self.last and _ID.match(self.rows[number]):
                yield Claim(((number, number + 1),))
            elif line and self.words.begin_inline in self.page.raw[number - 1]:
                yield from self.inline(number)

    def unquoted(self) -> list[str]:
        """All lines; those of a quote or callout in which a block begins without its `>`."""
        rows = list(self.page.raw)
        past = 0
        for number in self.telling:
            bare = rows[number - 1].lstrip("> ")
            if number < past or rows[number - 1][:1] != ">" or not self.closing(bare.rstrip()):
                continue
            depth = rows[number - 1].count(">", 0, len(rows[number - 1]) - len(bare))
            past = number
            while past <= len(rows) and rows[past - 1].startswith(">"):
                for _ in range(depth):
                    rows[past - 1] = rows[past - 1].lstrip(" ").removeprefix(">").removeprefix(" ")
                past += 1
        return rows

    def line(self, number: int) -> str:
        """A line without blanks at its end; empty where it is hidden, or past the last."""
        return "" if number > self.last or number in self.hidden else self.rows[number - 1].rstrip()

    def settings(self) -> Iterator[Claim]:
        """The lines that say something about the whole note: its deck, its tags, its frozen fields."""
        decks = {self.words.deck, *_DECKS}
        tags = {self.words.tags, *_TAGS}
        past = 0
        for number in self.telling:
            if number < past:
                continue
            line = self.line(number)
            name, colon, rest = line.partition(":")
            if name in decks or name in tags:
                below = self.rows[number].strip() if number < self.last else ""
                told = rest.strip() if colon else below
                if not told:
                    continue
                if name in tags:
                    self.tags = tuple(dict.fromkeys([*self.tags, *_words(told)]))
                self.sure = True
                yield Claim(((number, number if colon else number + 1),))
            elif line.startswith(f"{self.words.frozen} - ") and line.endswith(":"):
                end = number
                while end < self.last and self.rows[end].strip():
                    end += 1
                kind = line[len(self.words.frozen) + 3 : -1].strip()
                self.frozen[kind] = self.split(kind, range(number + 1, end + 1), sure=True)
                yield Claim(((number, end),))
                past = end + 1

    def closing(self, line: str) -> str:
        """The keyword that ends what `line` begins; empty where it begins nothing."""
        if line == self.words.begin:
            return self.words.end
        found = _RENAMED.fullmatch(line)
        return f"END{found[1]}" if found else ""

    def end(self, number: int, closing: str) -> tuple[int, bool]:
        """The line that ends a block, and whether one does: else the last line before the next one.

        A fence that was forgotten to close does not hide it.
        """
        fallback = 0
        for at in range(number + 1, self.last + 1):
            line = self.line(at)
            if line == closing or (line.lstrip() == closing and _ID.fullmatch(self.rows[at - 2].strip())):
                return at, True
            if line and self.closing(line):
                return fallback or at - 1, bool(fallback)
            if self.rows[at - 1].rstrip() == closing:
                fallback = at
        return fallback or self.last, bool(fallback)

    def looks_like_a_note(self, number: int, end: int) -> bool:
        lines = [self.line(at) for at in range(number + 1, end + 1)]
        kind = next((line for line in lines if line), "")
        return kind.casefold().startswith(_STANDARD) or any(line.startswith("Back:") for line in lines)

    def block(self, number: int, end: int) -> Iterator[Claim | Remark]:
        first = next((at for at in range(number + 1, end) if self.rows[at - 1].strip()), end)
        if first == end or first in self.hidden:
            return
        rows = [at for at in range(first + 1, end) if self.rows[at - 1].strip()]
        sure, tags = self.sure, self.tags
        while rows:
            told = self.rows[rows[-1] - 1].strip()
            if told == self.words.delete:
                yield Claim(((number, end),))
                return
            if _ID.fullmatch(told):
                sure = True
            elif told.startswith("Tags:"):
                tags = tuple(dict.fromkeys([*tags, *_words(told[5:])]))
            else:
                break
            rows.pop()
        kind = self.rows[first - 1].strip()
        fields = self.split(kind, range(first + 1, rows[-1] + 1 if rows else first + 1), sure=sure)
        yield from self.cards(_Block(kind, fields, tags, number, end, sure=sure))

    def inline(self, number: int) -> Iterator[Claim | Remark]:
        """The notes of a line: `STARTI [Basic] front Back: back ENDI`."""
        raw, masked = self.page.raw[number - 1], self.page.masked[number - 1]
        opening, closing = self.words.begin_inline, self.words.end_inline
        at = masked.find(opening)
        drafts: list[Draft] = []
        while at >= 0:
            begin = at + len(opening)
            end = masked.find(closing, begin)
            told = raw[begin : begin + _LONGEST].lstrip()
            kind, bracket, _ = told.removeprefix("[").partition("]")
            if not told.startswith("[") or not bracket:
                return
            if end < 0:
                hint = f"Write `{closing}` after its last field."
                yield Remark(number, "error", "unclosed-block", f"This `{opening}` has no `{closing}`.", hint, at + 1)
                break
            told = raw[raw.index("]", begin) + 1 : end]
            names_first, *_ = self.names(kind)
            parts = _named(self.names(kind)).split(_ID.sub("", told))
            fields = {names_first: written(parts[0])}
            for name, text in zip(parts[1::2], parts[2::2], strict=True):
                fields[name] = written(text)
            tags = (*self.tags, *_words(fields.pop("Tags", "")))
            for found in self.cards(_Block(kind, fields, tags, number, number, at + 1, sure=True)):
                if isinstance(found, Remark):
                    yield found
                else:
                    drafts.extend(found.drafts)
            at = masked.find(opening, end)
        if drafts:
            yield Claim(((number, number),), tuple(drafts))

    def names(self, kind: str) -> tuple[str, ...]:
        return self.fields.get(kind) or _FIELDS

    def split(self, kind: str, rows: range, *, sure: bool) -> dict[str, str]:
        """The fields of a note: what stands under each name, the first without one."""
        known = self.names(kind)
        starts = [(at, name) for at in rows if (name := self.field(at, known))]
        if not starts and sure and kind not in self.fields and not kind.casefold().startswith(_STANDARD):
            starts = [(at, found[1]) for at in rows if (found := _FIELD.match(self.line(at)))][:1]
        name = known[0]
        fields: dict[str, list[str]] = {name: []}
        named = dict(starts)
        for at in rows:
            line = self.rows[at - 1]
            if at in named:
                name = named[at]
                line = line[len(name) + 1 :].lstrip()
            fields.setdefault(name, []).append(line)
        return {name: _said(written("\n".join(lines))) for name, lines in fields.items()}

    def field(self, number: int, known: Sequence[str]) -> str:
        name, colon, _ = self.line(number).partition(":")
        return name if colon and name in known else ""

    def cards(self, block: _Block) -> Iterator[Claim | Remark]:
        names = list(block.fields)
        frozen = self.frozen.get(block.type, {})
        texts = {n: "\n\n".join(part for part in (block.fields.get(n, ""), frozen.get(n, "")) if part) for n in names}
        front = texts[names[0]] or next((texts[n] for n in names if n in _FRONTS), "")
        ranges = ((block.line, block.end_line),)
        if any(kind in block.type.casefold() for kind in _CLOZE) or _is_cloze(front, names):
            yield from self.cloze(block, front, ranges)
            return
        others = [n for n in names if n != _REVERSE and texts[n] and texts[n] != front]
        back = "\n\n".join(texts[n] for n in others)
        if front and back:
            drafts = [self.draft(block, front, back)]
            if _is_reversed(block.type, texts.get(_REVERSE, "")):
                drafts.append(self.draft(block, texts[others[0]], front))
            yield Claim(ranges, tuple(drafts))
        elif _is_template(block, self.page):
            yield Claim(ranges)
        elif block.sure or block.type.casefold().startswith(_STANDARD):
            told, hint = (
                ("front", "Write it under the type of the note.") if not front else ("back", "Write it after `Back:`.")
            )
            yield Remark(
                block.line, "error", "question-without-answer", f"This card has no {told}.", hint, block.column
            )
            yield Claim(ranges)

    def draft(self, block: _Block, front: str, back: str) -> Draft:
        return Draft("basic", front, back, block.line, block.end_line, block.column, tags=block.tags)

    def cloze(self, block: _Block, text: str, ranges: tuple[tuple[int, int], ...]) -> Iterator[Claim | Remark]:
        gaps, unbalanced = anki_gaps(text)
        if unbalanced is not None:
            hint = "Close it with `}}`."
            yield Remark(block.line, "error", "unbalanced-cloze", "A cloze of this card is not closed.", hint)
            yield Claim(ranges)
            return
        gaps = [*gaps, *short_gaps(text, gaps)] or marked_gaps(text)
        if len(gaps) > MOST:
            yield too_many(block.line, "Part it into several notes.")
            yield Claim(ranges)
        elif gaps:
            drafts = cloze_drafts(text, gaps, block.line, block.end_line, block.column, block.tags)
            yield Claim(ranges, tuple(drafts))
        elif _is_template(block, self.page):
            yield Claim(ranges)
        else:
            hint = "Mark what should be asked: `{{c1::…}}`."
            yield Remark(block.line, "warning", "no-deletion", "This cloze has nothing in braces.", hint, block.column)


def _words(text: str) -> list[str]:
    return [word.strip("#,") for word in text.split() if word.strip("#,")]


def _is_cloze(front: str, names: Sequence[str]) -> bool:
    return len(names) == 1 and "{{c1::" in front


def _is_reversed(kind: str, wanted: str) -> bool:
    told = kind.casefold()
    return ("reversed" in told or "umgekehrt" in told) and ("optional" not in told or bool(wanted))


def _is_template(block: _Block, page: Page) -> bool:
    """Whether Templater fills the block in."""
    return any("<%" in line and "%>" in line for line in page.raw[block.line - 1 : block.end_line])


def _said(text: str) -> str:
    """A field, or nothing where it holds only the mark of a list that was never written."""
    return "" if text.strip() in ("-", "*", "+", "1.") else text


DIALECT = Dialect(
    name="anki-block",
    level="explicit",
    owns=True,
    recognises=(
        "Cards for Anki: blocks `START` … `Back:` … `END` and `STARTI [Basic] front Back: back ENDI`, notes of ki and"
        " yanki, files with a heading a side (`# Front`, `# Back`), blocks of Obsidian Anki Sync, lines"
        " `prompt : answer 🧠` and `prompt #flashcard` or `#card` with their answer."
    ),
    find=_find,
    example=(
        "START\nBasic\nWhat does dropout do?\nBack: It silences units at random.\nTags: nets\nEND\n\n"
        "START\nCloze\nA {{c1::kernel}} slides over the {{c2::image}}.\nEND\n\n"
        "Slope of ReLU above zero : 1 #flashcard\n"
    ),
    cards=(
        ("What does dropout do?", "It silences units at random."),
        ("A […] slides over the image.", "kernel"),
        ("A kernel slides over the […].", "image"),
        ("Slope of ReLU above zero", "1"),
    ),
)
