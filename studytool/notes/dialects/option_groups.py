"""Options as they stand on a page: task lists, lettered lists, lines with a sign for what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from studytool.notes.dialects.answers import (
    ANSWER_WORDS,
    BOX,
    begins_letters,
    box_of,
    is_answer_label,
    letter_of,
    listed_letters,
    without_letter,
)
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.plain import plain_words, words
from studytool.notes.written import written

_REMARK_WORDS = 8
RIGHT_SIGNS = ("✅", "✔️", "✔", "✓", "☑️", "☑", "🟢")
_WRONG_SIGNS = ("❌", "✗", "✘", "✖️", "✖", "🔴")
_RIGHT_WORDS = ("(correct)", "(correct answer)", "(right)", "(right answer)", "(answer)", "<-- correct", "← correct")
_VAGUE = frozenset({"right", "key", "correct", "solution"})
"""Those that open other lines too, as in code: `right: 0`."""


class Group(NamedTuple):
    """Options as they stand. `after` is the first block that is none of them.

    `lead` and `tail` are the lines before and after them in the same paragraph. `letters` says whether they have
    letters; those that are marked right or wrong say so in `correct`.
    """

    line: int
    end_line: int
    after: int
    options: tuple[Option, ...]
    letters: bool = False
    marked: bool = False
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()


def group_at(blocks: Sequence[Block], at: int) -> Group | None:
    """The options that begin at a block, if any do."""
    block = blocks[at]
    if block.kind == "list":
        if is_options(block):
            after = _end(blocks, at)
            options, tail = _without_tail(_options(blocks[at:after]))
            last = blocks[after - 1].children[-1] if blocks[after - 1].children else None
            if last and len(options) > 2 and box_of(last.lines[0]) is None and len(last.text.split()) >= _REMARK_WORDS:
                options, tail = options[:-1], tuple(last.lines)  # an item without a box tells why
            options = _unlettered(options)
            return Group(block.line, blocks[after - 1].end_line, after, options, marked=True, tail=tail)
        if not block.children or not block.children[0].lines:
            return None
        if (mixed := _mixed(block, at)) is not None:
            return mixed
        if letter_of(block.children[0].lines[0]) == 0:
            return _lettered(blocks, at)
        return _signed(blocks, at)
    if block.kind == "paragraph" and any(map(begins_letters, block.lines)):
        return _lettered(blocks, at)
    if block.kind == "paragraph" and box_of(block.lines[-1]) is not None:
        return _bare_boxes(block, at)
    return None


def _mixed(block: Block, at: int) -> Group | None:
    """Options that have run together with the list above them, what they speak of, or with another below them."""
    if count := _parted(block):
        options = tuple(option for item in block.children[:count] if (option := _option(item)).text)
        if any(option.correct for option in options):
            return Group(block.line, _last_said(block.children[count - 1]), at + 1, options, marked=True)
    if not _has_box(block.children[-1]):
        return None
    boxed = [_has_box(item) for item in block.children]
    if boxed[0] or sum(boxed) < 2 or not all(boxed[boxed.index(True) :]):
        return None
    items = block.children[boxed.index(True) :]
    options = tuple(option for item in items if (option := _option(item)).text)
    lead = tuple(block.lines[: items[0].line - block.line])
    return Group(items[0].line, block.end_line, at + 1, options, marked=True, lead=lead)


def _parted(block: Block) -> int:
    """How many items with boxes stand above the one blank line of a list, the others below it; 0 if it is not so."""
    items = block.children
    count = sum(map(_has_box, items))
    if not 1 < count < len(items) or not all(map(_has_box, items[:count])):
        return 0
    apart = [below.line > _last_said(item) + 1 for item, below in pairwise(items[: count + 1])]
    return count if apart == [False] * (count - 1) + [True] else 0


def _last_said(item: Block) -> int:
    """The last line of an item that is not blank."""
    end = len(item.lines)
    while end > 1 and not item.lines[end - 1].strip():
        end -= 1
    return item.line + end - 1


def _bare_boxes(block: Block, at: int) -> Group | None:
    """Options with boxes that are lines of a paragraph, no items of a list."""
    boxes = [box_of(line) for line in block.lines]
    begin = next(place for place, box in enumerate(boxes) if box is not None)
    options = tuple(Option(written(box[1]), box[0]) for box in boxes if box is not None)
    if len(options) < 2 or len(options) != len(boxes) - begin:
        return None
    lead = tuple(block.lines[:begin])
    return Group(block.line + begin, block.end_line, at + 1, options, marked=True, lead=lead)


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where the options that begin at `at` end. Code between task lists is the text of the option above it."""
    coded = False
    while at < len(blocks) and is_options(blocks[at]):
        code = at + 1
        while code < len(blocks) and blocks[code].kind == "fence":
            code += 1
        goes_on = code < len(blocks) and is_options(blocks[code])
        if code == at + 1 or not (goes_on or coded):
            return at + 1
        coded, at = True, code
    return at


def is_options(block: Block) -> bool:
    """A list of tasks, however carelessly their boxes are drawn; one item of several may have lost its box."""
    if block.kind != "list" or not any(_has_box(item) for item in block.children[:2]):
        return False
    boxes = sum(_has_box(item) for item in block.children)
    return boxes == len(block.children) or (boxes >= 3 and boxes == len(block.children) - 1)


def _has_box(item: Block) -> bool:
    return bool(item.lines) and BOX.match(item.lines[0]) is not None


def _options(blocks: Sequence[Block]) -> tuple[Option, ...]:
    """The items of task lists; what is nested under an option as a quote or a list is its feedback."""
    options: list[Option] = []
    for block in blocks:
        if block.kind == "fence":
            options[-1] = _with_code(options[-1], block)
        options.extend(_option(item) for item in block.children)
    return tuple(option for option in options if option.text)


def _unlettered(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Options with boxes without the letters that they have beside them, where all have them in order."""
    if not all(letter_of(option.text) == place for place, option in enumerate(options)):
        return options
    bare = tuple(replace(option, text=without_letter(option.text)[0].strip()) for option in options)
    return bare if all(option.text for option in bare) else options


def _without_tail(options: tuple[Option, ...]) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Options, and the lines that tell the answer or why: without a blank line before them they join the last."""
    if not options or "\n" not in options[-1].text or "```" in options[-1].text:
        return options, ()
    lines = options[-1].text.split("\n")
    for at, line in enumerate(lines[1:], 1):
        if tells(line):
            kept = replace(options[-1], text="\n".join(lines[:at]).rstrip())
            return (*options[:-1], kept), tuple(lines[at:])
    return options, ()


def tells(line: str) -> bool:
    """Whether a line under options begins to tell the answer or why: `Answer: B`, `Explanation: …`."""
    told = words(line).replace("：", ":")
    label, colon, rest = told.partition(":")
    if not colon or len(label) > 40:
        return False
    if label.casefold() == "explanation":
        return True
    plain = set(plain_words(label.casefold()))
    return is_answer_label(label) and (bool(plain & ANSWER_WORDS - _VAGUE) or listed_letters(rest) is not None)


def _with_code(option: Option, code: Block) -> Option:
    """An option and the code under it; a lone letter before the code is no part of it."""
    label = f"{option.text}\n\n" if len(option.text) > 1 and any(c.isalnum() for c in option.text) else ""
    return replace(option, text=f"{label}{code.text}")


def _option(item: Block) -> Option:
    ticked, own = box_of(item.lines[0]) or (False, item.lines[0])
    text, why = _with_feedback(item, [own, *item.lines[1:]])
    return Option(text, ticked, why)


def _with_feedback(item: Block, lines: list[str]) -> tuple[str, str]:
    """The text of an item and what is said of it below. A heading in it begins another question."""
    below = item.children[1:]
    if headings := [child.line for child in below if child.kind == "heading"]:
        lines = lines[: headings[0] - item.line]
        below = tuple(child for child in below if child.line < headings[0])
    nested = [child for child in below if child.kind in ("quote", "list")]
    if nested:
        lines = lines[: nested[0].line - item.line]
    why = "\n".join("\n".join(child.lines) for child in nested)
    return written("\n".join(lines)), written(why)


def _lettered(blocks: Sequence[Block], at: int) -> Group | None:
    """Options with letters: items of a list, lines of a paragraph, or paragraphs, with code under them."""
    block = blocks[at]
    found: list[tuple[str, str, bool]] = []  # text, feedback, emphasised
    lead: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    after, end = at, block.end_line
    line = block.line
    while after < len(blocks) and not tail:
        block = blocks[after]
        if block.kind == "list" and block.children and _follows(block.children, len(found)):
            for item in block.children:
                text, bold = without_letter(item.lines[0])
                found.append((*_with_feedback(item, [text, *item.lines[1:]]), bold))
        elif block.kind == "paragraph" and (parts := _of_lines(block.lines, len(found))):
            before, own, tail = parts
            if before and found:
                break
            if not found:
                lead, line = before, block.line + len(before)
            found.extend((written(text), "", bold) for text, bold in own)
        elif block.kind == "fence" and found:
            text, why, bold = found[-1]
            found[-1] = (f"{text}\n\n{block.text}" if any(c.isalnum() for c in text) else block.text, why, bold)
        else:
            break
        end = block.end_line
        after += 1
    while (
        after > at + 1
        and blocks[after - 1].kind == "fence"
        and found
        and not _fence_is_option(blocks, after - 1, found)
    ):
        after -= 1  # code after the last option, where the others have none: it is no part of it
        text, why, bold = found[-1]
        found[-1] = (text.removesuffix(blocks[after].text).rstrip(), why, bold)
        end = blocks[after - 1].end_line
    if len(found) < 2:
        return None
    options, more = _told(found)
    marked = any(option.correct for option in options)
    return Group(line, end, after, options, letters=True, marked=marked, lead=lead, tail=tail or more)


def _told(found: Sequence[tuple[str, str, bool]]) -> tuple[tuple[Option, ...], tuple[str, ...]]:
    """Options of texts, feedback and emphasis, which tells the right ones unless all have it; and what follows them."""
    bolds = sum(bold for _, _, bold in found)
    options, tail = _without_tail(tuple(Option(text, bold and bolds < len(found), why) for text, why, bold in found))
    return tuple(_signs(option) for option in options), tail


def _fence_is_option(blocks: Sequence[Block], at: int, found: Sequence[tuple[str, str, bool]]) -> bool:
    return sum("```" in text or "~~~" in text for text, _, _ in found) * 2 >= len(found)


def _follows(items: Sequence[Block], first: int) -> bool:
    return all(bool(item.lines) and letter_of(item.lines[0]) == place for place, item in enumerate(items, first))


def _of_lines(
    lines: Sequence[str], first: int
) -> tuple[tuple[str, ...], list[tuple[str, bool]], tuple[str, ...]] | None:
    """The lines of a paragraph before its options, its options, and the lines after them, which tell the answer."""
    begin = next((at for at, line in enumerate(lines) if letter_of(line) == first), None)
    if begin is None:
        return None
    own: list[tuple[str, bool]] = []
    at = begin
    while at < len(lines):
        line = lines[at]
        if letter_of(line) == first + len(own):
            own.append(without_letter(line))
        elif tells(line):
            break
        else:
            text, bold = own[-1]
            own[-1] = (f"{text}\n{line}", bold)
        at += 1
    return tuple(lines[:begin]), own, tuple(lines[at:])


def _signed(blocks: Sequence[Block], at: int) -> Group | None:
    """A list of three or more in which one item, or the rest of those crossed out, ends in a tick."""
    block = blocks[at]
    if len(block.children) < 3 or not any(sign in block.text for sign in RIGHT_SIGNS):
        return None
    options = [Option(*_with_feedback(item, list(item.lines))[:1], correct=False) for item in block.children]
    signed = [_signs(option) for option in options]
    ends = all(one.text.rstrip().endswith(RIGHT_SIGNS) for one, new in zip(options, signed, strict=True) if new.correct)
    if sum(option.correct for option in signed) != 1 or not ends or any(s in block.text for s in _WRONG_SIGNS):
        return None
    return Group(block.line, block.end_line, at + 1, tuple(signed), marked=True)


def _signs(option: Option) -> Option:
    """An option without the sign that says whether it is right."""
    text, right = option.text.strip(), option.correct
    if text.startswith(("[x] ", "[X] ", "[ ] ")):
        text, right = text[4:].strip(), right or text[1] != " "
    for sign in (*RIGHT_SIGNS, *_WRONG_SIGNS):
        if text.startswith(sign) or text.endswith(sign):
            text, right = text.removeprefix(sign).removesuffix(sign).strip(), right or sign in RIGHT_SIGNS
    lowered = words(text).casefold()
    if lowered.endswith(_RIGHT_WORDS):
        at = max(text.rfind("("), text.rfind("<--"), text.rfind("←"))
        text, right = text[:at].rstrip(" *_"), True
    return replace(option, text=text, correct=right)
