"""A term and what it is: `- **Term**: text`, `**Term:** text`, `[[Term]]: text`, markdown definition lists."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes import inline
from studytool.notes.markdown import Block
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written
from studytool.notes.words import NOT_TERMS, SECTION_OF

_TEXT_WORDS = 5
_TERM_WORDS = 8


def _find(page: Page) -> Iterator[Claim | Remark]:
    related = [(s.line, s.end_line) for s in page.sections if s.kind == "related"]
    for block in page.walk():
        if block.kind == "item":
            plain = any(first <= block.line <= last for first, last in related)
            found = _item(page, block, plain)
            if found:
                yield found
        elif block.kind == "paragraph":
            yield from _paragraph(page, block)
        elif block.kind == "definitions":
            yield from _list(page, block)


def _item(page: Page, item: Block, plain: bool) -> Claim | None:
    split = _split("\n".join(item.lines), plain)
    if not split or item.label is not None or not _defines(split[0], item.children[0].text.partition(":")[2]):
        return None
    draft = Draft("basic", written(split[0]), written(split[1]), item.line, item.end_line, page.column(item))
    return Claim(((item.line, item.end_line),), (draft,))


def _paragraph(page: Page, block: Block) -> Iterator[Claim]:
    """Definitions at the start of lines; each goes on to the next one."""
    starts = [at for at, line in enumerate(block.lines) if line.lstrip()[:2] in ("**", "__", "[[") and _split(line)]
    if not starts or starts[0]:
        return
    for at, end in zip(starts, [*starts[1:], len(block.lines)], strict=True):
        split = _split("\n".join(block.lines[at:end]))
        if split and _defines(*split):
            first, last = block.line + at, block.line + end - 1
            draft = Draft("basic", written(split[0]), written(split[1]), first, last, page.column(block))
            yield Claim(((first, last),), (draft,))


def _list(page: Page, block: Block) -> Iterator[Claim]:
    term: Block | None = None
    for child in block.children:
        if child.kind == "dt":
            term = child
        elif term and _defines(term.text, child.text):
            draft = Draft("basic", written(term.text), written(child.text), term.line, child.end_line)
            yield Claim(((term.line, child.end_line),), (draft,))
            term = None


def _split(source: str, plain: bool = False) -> tuple[str, str] | None:
    """Term and text of a definition, or None. With `plain`, a term may stand without emphasis or brackets."""
    source = source.lstrip()
    for mark in ("**", "__"):
        if source.startswith(mark):
            term, closing, rest = source[2:].partition(mark)
            if not closing or "\n" in term:
                return None
            if term.rstrip().endswith(":"):
                return term.rstrip()[:-1], rest.strip()
            rest = rest.lstrip()
            return (term, rest[1:].strip()) if rest.startswith(":") and not rest.startswith("::") else None
    if source.startswith("[["):
        span = next(inline.scan(source), None)
        if span is None or span.kind != "wikilink" or span.start:
            return None
        rest = source[span.end :].lstrip()
        return (span.shown, rest[1:].strip()) if rest.startswith(":") and not rest.startswith("::") else None
    if plain:
        masked = inline.mask(source)
        at = masked.find(": ", 0, 100)
        return (source[:at], source[at + 2 :].strip()) if at > 0 and "\n" not in source[:at] else None
    return None


def _defines(term: str, text: str) -> bool:
    name = inline.words(term).strip(" .,")
    folded = name.casefold()
    if not name or len(name.split()) > _TERM_WORDS or not any(c.isalpha() for c in name):
        return False
    if folded in NOT_TERMS or folded in SECTION_OF or name[-1] in "?!" or folded[0].isdigit():
        return False
    if folded.split()[0] in ("step", "note", "example", "phase", "day", "week", "part", "chapter", "option", "tip"):
        return False
    told = [word for word in inline.words(text).split() if any(c.isalnum() for c in word) and "://" not in word]
    return len(told) >= _TEXT_WORDS


DIALECT = Dialect(
    name="definition",
    level="derived",
    recognises="`- **Term**: text`, `**Term:** text`, `[[Term]]: text` or a definition list, with five words of text.",
    find=_find,
    example="- **Epoch**: one pass over all the training data\n\n[[Batch]]: the examples that one step looks at\n",
    cards=(
        ("Epoch", "one pass over all the training data"),
        ("Batch", "the examples that one step looks at"),
    ),
)
