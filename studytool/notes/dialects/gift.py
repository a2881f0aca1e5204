"""Moodle's GIFT: a sentence and its answers in braces, in `.gift` files and in fences that are marked `gift`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.gift_answers import FORMAT, Fault, answered, is_html, plain, told_in_html
from studytool.notes.gaps import GAP
from studytool.notes.markdown import Block
from studytool.notes.page import Page

_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_TITLE = re.compile(r"::(?:[^\\:]|\\.|:(?!:))*::", re.DOTALL)
_ANSWERS = re.compile(r"(?<!\\)\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[}#])")
"""How the answers of a question begin."""
_TAG = re.compile(r"\[tag:([^\[\]]*)\]")


class _Piece(NamedTuple):
    """Lines between blank lines without the comments among them; `numbers` are theirs in the file."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def is_gift(path: str) -> bool:
    """Whether a file is GIFT from its first line to its last."""
    return path.lower().endswith(".gift")


def file_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """A GIFT file as blocks: its categories as headings and what stands under each."""
    blocks: list[Block] = []
    start = 0
    for at, line in enumerate([*lines, "$CATEGORY:"]):
        if not _is_category(line):
            continue
        if any(own.strip() for own in lines[start:at]):
            blocks.append(Block("gift", start + 1, at, tuple(lines[start:at])))
        if at < len(lines):
            path = [part.strip() for part in line.partition(":")[2].split("/")]
            title = " / ".join(part for part in path if part not in ("$course$", "$module$", "$system$", "top", ""))
            blocks.append(Block("heading", at + 1, at + 1, (line,), level=2, title=title))
        start = at + 1
    return tuple(blocks)


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.of_kind("gift"):
        yield from _read(block.lines, block.line)
    for block in page.of_kind("fence"):
        if _is_marked(block):
            yield from _read(block.lines[1:-1] if block.closed else block.lines[1:], block.line + 1)
            fences = [(block.line, block.line), (block.end_line, block.end_line)]
            yield Claim(tuple(fences if block.closed else fences[:1]))


def _is_marked(block: Block) -> bool:
    """Whether a fence is marked as GIFT, or begins with a title and braces that hold answers."""
    if (block.label or "").lstrip("{. ").lower().split(" ")[0].rstrip("}") == "gift":
        return True
    if len(block.lines) < 2 or not block.lines[1].startswith("::"):
        return False
    titled = _TITLE.match(block.lines[1])
    return bool(titled and _ANSWERS.search("\n".join(block.lines[1:])[titled.end() :]))


def _read(lines: Sequence[str], first: int) -> Iterator[Claim | Remark]:
    for at, line in enumerate(lines):
        if _is_comment(line) or _is_category(line):
            yield Claim(((first + at, first + at),))
    for piece in _pieces(lines, first):
        ranges = tuple((number, number) for number in piece.numbers)
        try:
            draft = _question(piece)
        except Fault as fault:
            number = piece.numbers[piece.text.count("\n", 0, fault.at)]
            yield Remark(number, "error", fault.code, fault.message, fault.hint)
            yield Claim(ranges)
        else:
            if draft:
                yield Claim(ranges, (draft,))


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("//")


def _is_category(line: str) -> bool:
    return line.lstrip().upper().startswith("$CATEGORY:")


def _pieces(lines: Sequence[str], first: int) -> Iterator[_Piece]:
    """One piece a question: lines up to a blank one that stands outside the braces, or to the next title."""
    groups = list(_groups(lines, first))
    braces = [_braces(group.text) for group in groups]
    at = 0
    while at < len(groups):
        end = at + 1
        while braces[end - 1].endswith("{"):
            closing = next((later for later in range(end, len(groups)) if braces[later]), len(groups))
            if closing == len(groups) or braces[closing][0] != "}":
                break  # it is never closed: what follows is another question's
            end = closing + 1
        joined = groups[at:end]
        numbers = tuple(number for group in joined for number in group.numbers)
        tags = tuple(tag for group in joined for tag in group.tags)
        yield from _split(_Piece(numbers, tuple(line for group in joined for line in group.lines), tags))
        at = end


def _groups(lines: Sequence[str], first: int) -> Iterator[_Piece]:
    numbers: list[int] = []
    tags: list[str] = []
    for at, line in enumerate([*lines, ""]):
        if _is_comment(line):
            tags.extend(_TAG.findall(line))
        elif line.strip() and not _is_category(line):
            numbers.append(first + at)
        else:
            if numbers:
                yield _Piece(tuple(numbers), tuple(lines[n - first] for n in numbers), tuple(tags))
                numbers = []
            tags = []


def _braces(text: str) -> str:
    """The braces of a text that are no text themselves."""
    return "".join(found.group() for found in _BRACES.finditer(text) if len(found.group()) == 1)


def _split(piece: _Piece) -> Iterator[_Piece]:
    """The questions of a piece in which the blank lines between them were forgotten."""
    text = piece.text
    braces = [(found.start(), found.group()) for found in _BRACES.finditer(text) if len(found.group()) == 1]
    opens = [place for place, brace in braces if brace == "{"]
    starts, begin, at = [0], 0, 0
    closed = complete = False
    for index, line in enumerate(piece.lines):
        end = begin + len(line)
        more = bisect_left(opens, begin) < len(opens)
        if closed and more and (complete or line.lstrip().startswith("::")):
            starts.append(index)
            closed = False
        while at < len(braces) and braces[at][0] < end:
            closed = braces[at][1] == "}"
            complete = closed and not text[braces[at][0] + 1 : end].strip(" \t.,;:!?")
            at += 1
        begin = end + 1
    for first, last in zip(starts, [*starts[1:], len(piece.lines)], strict=True):
        yield _Piece(piece.numbers[first:last], piece.lines[first:last], piece.tags)


def _question(piece: _Piece) -> Draft | None:
    """The question of a piece; None for a description, which has no braces. Raises `Fault`."""
    text = piece.text
    titled = _TITLE.match(text.lstrip())
    begin = len(text) - len(text.lstrip()) + titled.end() if titled else 0
    braces = [(found.start(), found.group()) for found in _BRACES.finditer(text, begin) if len(found.group()) == 1]
    if not braces:
        return None
    signs = "".join(brace for _, brace in braces)
    if signs != "{}":
        raise _unbalanced(signs, braces)
    opening, closing = braces[0][0], braces[1][0]
    before, after = text[begin:opening], text[closing + 1 :]
    inside = text[opening + 1 : closing]
    gap = GAP if after.strip() and inside.strip() else ""
    front = plain(f"{before}{gap}{after}")
    if not front:
        raise Fault("question-without-answer", "These answers have no question.", "Write the question before `{`.")
    draft = answered(inside, opening + 1)
    if (form := FORMAT.match(before)) and is_html(form):
        draft = told_in_html(draft)
    return draft._replace(
        front=front,
        line=piece.numbers[0],
        end_line=piece.numbers[-1],
        column=len(piece.lines[0]) - len(piece.lines[0].lstrip()) + 1,
        tags=piece.tags,
    )


def _unbalanced(signs: str, braces: Sequence[tuple[int, str]]) -> Fault:
    hint = "Write one `{…}` with its answers; a brace that is text is written `\\{` or `\\}`."
    if signs.startswith("}") or "}}" in signs:
        wrong = 0 if signs[0] == "}" else signs.index("}}") + 1
        return Fault("gift-syntax", "A brace closes here that was never opened.", hint, braces[wrong][0])
    if signs.endswith("{") or "{{" in signs:
        wrong = signs.index("{{") if "{{" in signs else len(signs) - 1
        return Fault("gift-syntax", "This brace is never closed.", hint, braces[wrong][0])
    return Fault("gift-syntax", "This question has answers in two places.", hint, braces[2][0])


DIALECT = Dialect(
    name="gift",
    level="explicit",
    owns=True,
    recognises="Moodle's GIFT, `question {=right ~wrong}` and its other forms, in a `.gift` file or a fence of it.",
    find=_find,
    example=(
        "```gift\n"
        "::Activation:: ReLU of -2 is {=0 ~-2 ~2}.\n\n"
        "Tanh of 0? {#0:0.01}\n\n"
        "The sigmoid is never negative. {T}\n"
        "```\n"
    ),
    cards=(
        ("ReLU of -2 is […].\n\n- 0\n- -2\n- 2", "0"),
        ("Tanh of 0?", "0 ± 0.01"),
        ("The sigmoid is never negative.\n\n- True\n- False", "True"),
    ),
)
