"""Plain text that asks and answers: a line that ends in a question mark, its answer, again and again."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.notes.asking import asks, asks_in_words, embedded_part, only_links, unwrapped, without_number
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.heading_body import ANSWER_LABELS, QUESTION_LABELS
from studytool.notes.dialects.labelled_exercise import EXERCISE_NOUNS, label_width
from studytool.notes.inline import HIDDEN
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import says_something, words
from studytool.notes.words import ANSWER_NOUNS
from studytool.notes.written import dedented, written

_MARKS = ("?", "？", "؟")
_QUESTION_WORDS = 40
_AGAIN = 2
"""So many questions with answers show that the text is made of them."""
_LEAD_LINES = 3
"""A title and an introduction of so many lines may stand before them, or of one line a question."""
_LEADING = r"[ \t]{0,12}(?:[-*+][ \t]{1,4}|\d{1,3}[.)][ \t]{1,4})?(?:\*\*|__)?"
_ENDING = r"[ \t]?\d{0,3}(?:\*\*|__)?(?:[.:)](?:\*\*|__)?(?=\s|\Z)|：)(?:\*\*|__)?"
_ASKED = re.compile(rf"{_LEADING}(?:Q|问|問|{'|'.join(sorted(QUESTION_LABELS))}){_ENDING}", re.IGNORECASE)
_ANSWERED = re.compile(rf"{_LEADING}(?:A|Ans|答|{'|'.join(sorted(ANSWER_LABELS))}){_ENDING}", re.IGNORECASE)
_LETTER = re.compile(rf"{_LEADING}Q{_ENDING}", re.IGNORECASE)
_OPENING = re.compile(r"[ \t]{0,12}(?:[-*+][ \t]{1,4}|\d{1,3}[.)][ \t]{1,4})?")
_SOLVED = re.compile(rf"{_LEADING}(?:{'|'.join(sorted(ANSWER_NOUNS))}){_ENDING}", re.IGNORECASE)
"""How the answer to an exercise begins."""
_LABEL = re.compile(
    rf"(?:\*\*|__)?(?:{'|'.join(sorted(ANSWER_LABELS))})[ \t]?(?:\*\*|__)?[:：](?:\*\*|__)?(?:\s|\Z)", re.IGNORECASE
)
"""How the answer to a question without a mark begins, where it has one."""
_MARKED_BY = (QUESTION_LABELS | EXERCISE_NOUNS) - {"question"}
_ASKED_SIGNS = ("Q", "q", "问", "問", *sorted(word[0].upper() + word[1:] for word in _MARKED_BY))
"""What a line with a mark of a question holds, for a first look."""
_QUESTION_LINES = 12
"""An answer stands so many lines after the mark of its question, at most."""
_LETTERED = re.compile(r"[ \t]{0,12}(?:[-*+][ \t]{1,4})?(?:\*\*)?\(?([A-Ha-h])[.):](?:\*\*)?(?=\s)")
_EMPTY_ITEMS = re.compile(r"1[.)](?:\s+\d{1,2}[.)])*")
"""The numbers of a list that a template has left to be written."""
_COUNTED = re.compile(r"[ \t]{0,12}(?:\*\*)?\d{1,3}[.)](?:\*\*)?[ \t]")


_ALONE = re.compile(r"\d{1,3}[.)]\s*")
"""The number of a question on a line of its own, as in a quiz that was copied."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from _marked(page)
    callouts = [one for one in page.of_kind("callout") if holds_pairs(one.lines[1:])]
    if callouts := [one for one in callouts if page.free(one.line, one.end_line)]:
        yield from _marked(_unquoted(page, callouts), callouts)
    if quotes := _quotes(page):
        yield from _marked(_unquoted(page, quotes), quotes)
    if sum(map(page.text.count, _MARKS)) < _AGAIN:
        return
    yield from _items(page)
    for first, last in _stretches(page):
        yield from _stretch(page, first, last)


def holds_pairs(lines: Sequence[str]) -> bool:
    """Whether among these lines is one with a mark of a question, and below it one with that of an answer."""
    asked = next((at for at, line in enumerate(lines) if _ASKED.match(line)), len(lines))
    return any(_ANSWERED.match(line) for line in lines[asked + 1 :])


def _quotes(page: Page) -> list[Block]:
    """The quotes in which questions are marked and answered; those between which only blank lines stand are one.

    The line with a question right above a quote that answers it is its first.
    """
    groups: list[list[Block]] = []
    for at, block in page.outer("quote"):
        asked, answered = _ASKED.match(block.lines[0]), _ANSWERED.match(block.lines[0])
        if not (asked or answered or holds_pairs(block.lines)) or not page.free(block.line, block.end_line):
            continue
        above = page.blocks[at - 1] if at else block
        if answered and above.kind == "paragraph" and above.end_line == block.line - 1 == above.line:
            groups.append([above, block])
        elif groups and above is groups[-1][-1]:
            groups[-1].append(block)
        else:
            groups.append([block])
    return [one for one in map(_joined, groups) if holds_pairs(one.lines)]


def _joined(blocks: Sequence[Block]) -> Block:
    """Blocks between which only blank lines stand as one quote."""
    lines: list[str] = []
    for block in blocks:
        lines += [""] * (block.line - blocks[0].line - len(lines))
        lines += block.lines
    children = tuple(child for block in blocks for child in block.children or (block,))
    return Block("quote", blocks[0].line, blocks[-1].end_line, tuple(lines), children)


def _unquoted(page: Page, boxes: Sequence[Block]) -> Page:
    """The page with the lines of callouts or quotes as they read in them, and the others empty."""
    rows = [""] * len(page.raw)
    for one in boxes:
        titled = one.kind == "callout"
        rows[one.line - 1 + titled : one.end_line] = one.lines[titled:]
    return replace(page, raw=rows, blocks=tuple(child for one in boxes for child in one.children))


def _marked(page: Page, boxes: Sequence[Block] = ()) -> Iterator[Claim]:
    """Questions and answers that are marked as such: `**Q:**` and `**A:**`, `Question:` and `Answer:`, also items.

    In callouts or quotes, `boxes` besides which the page holds nothing, `Q:` and `A:` are such marks too. An answer
    in a quote goes on to its end; a letter alone marks a question in one only where that asks.
    """
    starts = [n for n in page.lines_with(*_ASKED_SIGNS) if _asked_width(page.raw[n - 1]) and not _is_hidden(page, n)]
    if not starts:
        return
    again = frozenset(starts)
    parts = (b.line for kind in ("heading", "hr", "callout") for b in page.of_kind(kind))
    stops = sorted({*starts, *parts, *(one.end_line + 1 for one in boxes)})
    titles = {one.line for one in boxes if one.kind == "callout"}
    quoted = {one.end_line + 1 for one in boxes if one.kind == "quote"}
    for asked in starts:
        if not page.free(asked, asked):
            continue
        stop = next(iter(stops[(at := bisect_right(stops, asked)) : at + 1]), len(page.raw) + 1)
        near = range(asked + 1, min(asked + _QUESTION_LINES, stop - 1) + 1)
        answer = next((n for n in near if _answered_width(page, n, asked) and not _is_hidden(page, n)), 0)
        own = not boxes or "qa" in page.idle
        if own and answer and page.raw[asked - 1].startswith("Q:") and page.raw[answer - 1].startswith("A:"):
            continue  # it was read as such, and what is wrong with it was told
        if answer:
            end = _answer_end(page, asked, answer, stop, goes_on=stop in again or stop in quoted)
            draft = _pair(page, asked, answer, end)
            if draft and (not quoted or not _LETTER.match(page.raw[asked - 1]) or _asks(draft.front)):
                yield Claim(((asked - (asked - 1 in titles), end),), (draft,))


def _asks(front: str) -> bool:
    return asks(front) or asks_in_words(front)


def _is_hidden(page: Page, number: int) -> bool:
    """Whether a line is code, a comment or the like."""
    return not page.masked[number - 1].strip(HIDDEN + " \t")


def _answer_end(page: Page, asked: int, at: int, stop: int, *, goes_on: bool) -> int:
    """The last line of a marked answer: where more questions follow it goes on to the next, else to a blank line."""
    line = page.raw[asked - 1]
    margin = len(line) - len(line.lstrip()) if line.lstrip()[:2] in ("- ", "* ", "+ ") else -1
    alone = not says_something(page.raw[at - 1][_answered_width(page, at, asked) :])
    goes_on = goes_on or (alone and at < len(page.raw) and not page.raw[at].strip())
    end = at
    for number in range(at + 1, stop):
        told = page.raw[number - 1]
        if not told.strip():
            if not goes_on and not page.raw[end - 1].rstrip(" *_").endswith(":"):
                break
            continue
        if margin >= 0 and len(told) - len(told.lstrip()) <= margin:
            break
        end = number
    return end


def _asked_width(line: str) -> int:
    """How many signs the mark of a question takes, or the label of an exercise; 0 for neither."""
    if found := _ASKED.match(line):
        return found.end()
    opening = _OPENING.match(line)
    start = opening.end() if opening else 0
    width = label_width(line[start:])
    return start + width if width else 0


def _answered_width(page: Page, at: int, asked: int) -> int:
    """The same for the mark of an answer to the question at a line: an exercise has a solution."""
    mark = _ANSWERED if _ASKED.match(page.raw[asked - 1]) else _SOLVED
    found = mark.match(page.raw[at - 1])
    return found.end() if found else 0


def _pair(page: Page, asked: int, at: int, end: int) -> Draft | None:
    if not page.free(asked, end):
        return None
    first = page.raw[asked - 1][_asked_width(page.raw[asked - 1]) :].strip()
    front = written(_even("\n".join([first, *page.raw[asked : at - 1]]).strip().removesuffix(" \\").rstrip()))
    told = page.raw[at - 1][_answered_width(page, at, asked) :].strip()
    source = "\n".join([_even(told), *dedented(page.raw[at:end])])
    back = embedded_part(source) or written(source)
    if only_links(back):
        return None  # what answers is somewhere else
    options = any((letter := _LETTERED.match(page.raw[n - 1])) and letter[1] in "Bb" for n in range(at + 1, end + 1))
    if options or not says_something(front) or not says_something(back) or asks(back) or back.endswith(":"):
        return None
    return Draft("basic", unwrapped(front), back, asked, end)


def _even(text: str) -> str:
    """A text without the closing emphasis whose opening stood before the mark of a question."""
    for mark in ("**", "__"):
        if text.endswith(mark) and text.count(mark) % 2:
            return text[: -len(mark)].rstrip()
    return text


def _items(page: Page) -> Iterator[Claim]:
    """Items that ask, each with nothing but the items under it, which answer."""
    found: list[tuple[Block, Draft]] = []
    for block in page.of_kind("list"):
        if "?" not in "".join(block.lines):
            continue
        drafts = [(item, draft) for item in block.children if (draft := _item(page, item))]
        asking = sum(_asks_first(item) for item in block.children)
        if drafts and len(drafts) * 2 >= max(asking, len(block.children)):
            found.extend(drafts)
    if len(found) >= _AGAIN:
        for item, draft in found:
            yield Claim(((item.line, item.end_line),), (draft,))


def _asks_first(item: Block) -> bool:
    return bool(item.lines) and "?" in item.lines[0] and asks(item.lines[0])


def _item(page: Page, item: Block) -> Draft | None:
    if item.label is not None or len(item.children) != 2 or not _asks_first(item):
        return None
    own, under = item.children
    if own.kind != "paragraph" or own.end_line > own.line or under.kind != "list":
        return None
    if any(child.label is not None or not child.lines or asks(child.lines[0]) for child in under.children):
        return None
    lines = under.children[0].lines if len(under.lines) == 1 else dedented(under.lines)
    front, back = written(without_number(unwrapped(own.text))), written("\n".join(lines))
    if only_links(back):
        return None
    if len(words(front).split()) < 2 or not says_something(back) or not page.free(item.line, item.end_line):
        return None
    if _is_lettered(lines) or _is_lettered(under.lines):
        return None
    return Draft("basic", front, back, item.line, item.end_line, page.column(item))


def _is_lettered(lines: Sequence[str]) -> bool:
    """Whether lines are options with letters, not an answer."""
    told = [found[1].casefold() for line in lines if (found := _LETTERED.match(line))]
    return told[:2] == ["a", "b"]


def _is_answer(question: str, lines: Sequence[str]) -> bool:
    """Whether lines can answer a question: not options, not the next of a list of prompts, not a question."""
    told = [line for line in lines if line.strip()]
    if not told or _is_lettered(told):
        return False
    if question.startswith("Q:") and told[0].startswith("A:"):
        return False  # these have a dialect of their own, which told what is wrong with them, or is off
    if counted := _COUNTED.match(question):
        following = next((found for line in told if not line[0].isspace() and (found := _COUNTED.match(line))), None)
        if following and (following.string is told[0] or _number(following) == _number(counted) + 1):
            return False  # the next of the list is asked before this one is answered
    if _ASKED.match(question) and _ASKED.match(told[0]):
        return False
    return not asks(told[-1]) and not (len(told) == 1 and asks_in_words(told[0]))


def _number(counted: re.Match[str]) -> int:
    return int("".join(filter(str.isdecimal, counted[0])))


def _stretches(page: Page) -> Iterator[tuple[int, int]]:
    """Runs of lines without a heading, callout or rule: paragraphs, lists, code, tables, formulas."""
    start = 0
    end = 0
    for block in page.blocks:
        inside = block.kind in ("paragraph", "list", "fence", "table", "math", "code", "quote") and page.free(
            block.line, block.end_line
        )
        if inside:
            start = start or block.line
            end = block.end_line
        elif start:
            yield start, end
            start = 0
    if start:
        yield start, end


def _stretch(page: Page, first: int, last: int) -> Iterator[Claim]:
    asking = [number for number in range(first, last + 1) if _may_ask(page.raw[number - 1])]
    if any(page.raw[number - 1].strip(" -") in ("?", "??") for number in asking):
        return  # cards whose sides a lone `?` parts: another dialect's
    starts = [number for number in asking if _is_question(page, number, first)]
    if len(starts) < _AGAIN:
        return
    starts = sorted({*starts, *_before_labels(page, first, last)})
    last = _before_the_end(page, first, starts[-1], last)
    drafts = []
    counted = any(map(_ALONE.fullmatch, page.raw[first - 1 : last]))  # what follows are options
    for at, end in zip(starts, [*(number - 1 for number in starts[1:]), last], strict=True):
        while end > at and (not page.raw[end - 1].strip() or _ALONE.fullmatch(page.raw[end - 1])):
            end -= 1
        back = _answer(page, at + 1, end)
        if (
            says_something(back)
            and not (counted and "\n\n" in back)
            and not only_links(back)
            and not _EMPTY_ITEMS.fullmatch(back)
            and not all(line.rstrip()[-1:] in ("", ":") for line in back.split("\n"))  # a form to be filled in
            and _is_answer(page.raw[at - 1], page.raw[at:end])
        ):
            front = written(without_number(unwrapped(page.raw[at - 1])))
            drafts.append(Draft("basic", front, back, at, end))
    before = [number for number in range(first, starts[0]) if page.raw[number - 1].strip()]
    if len(drafts) < _AGAIN or len(drafts) * 2 < len(starts) or len(before) > max(_LEAD_LINES, len(drafts)):
        return  # a few questions in the course of a text are not what it is made of
    for draft in drafts:
        yield Claim(((draft.line, draft.end_line),), (draft,))


def _before_the_end(page: Page, first: int, asked: int, last: int) -> int:
    """The last line of what answers the last question: a summary below it, or what is related, tells of the note.

    It is a part of the answer where the answer begins so, or where one before it has one, too.
    """
    at = bisect_left(page.sections, first, key=lambda one: one.line)
    within = itertools.takewhile(
        lambda one: one.line <= last, map(page.sections.__getitem__, range(at, len(page.sections)))
    )
    end = next((one.line for one in within if one.way == "label" and one.kind in ("summary", "related")), last + 1)
    return end - 1 if any(page.raw[n - 1].strip() for n in range(asked + 1, end)) else last


def _before_labels(page: Page, first: int, last: int) -> Iterator[int]:
    """Lines of their own right before a label of an answer: they ask, whatever they end in."""
    for number in range(first + 1, last + 1):
        if not _LABEL.match(page.raw[number - 1]):
            continue
        asked = number - 1 if page.raw[number - 2].strip() else number - 2
        line = page.raw[asked - 1] if asked >= first else ""
        alone = asked == first or not page.raw[asked - 2].strip()
        if line[:1].isalnum() and alone and len(line.split()) <= _QUESTION_WORDS and not _LABEL.match(line):
            yield asked


def _answer(page: Page, first: int, last: int) -> str:
    """The text of an answer without its label; a list that tabs put under its question is no code."""
    while first < last and not page.raw[first - 1].strip():
        first += 1
    lines = page.raw[first - 1 : last]
    if lines and (label := _LABEL.match(lines[0])):
        return written("\n".join([lines[0][label.end() :].strip(), *lines[1:]]))
    if lines and lines[0][:1] == "\t" and lines[0].lstrip()[:2] in ("- ", "* ", "+ ", "1."):
        return written("\n".join(dedented(lines)))
    return page.source(first, last)


def _may_ask(line: str) -> bool:
    return "?" in line or "？" in line or "؟" in line


def _is_question(page: Page, number: int, first: int) -> bool:
    """A line of its own that asks: one sentence, not an item, not the middle of a wrapped paragraph."""
    line, masked = page.raw[number - 1], page.masked[number - 1]
    if not masked.rstrip().rstrip("*_").endswith(_MARKS) or line[:1].isspace():
        return False
    if line.startswith(("- ", "* ", "+ ", "> ", "|", "#")):
        return False
    told = without_number(words(line))
    if (not told[:1].isalnum() and told[:1] not in "\"'“‘¿(") or told[:1].islower():
        return False
    if len(told.split()) > _QUESTION_WORDS or ". " in told.replace("e.g. ", "").replace("vs. ", "") or "? " in told:
        return False
    before = words(page.raw[number - 2]) if number > first else ""
    return not before or before[-1] in '.!?:;)”"。' or _short(before) or page.raw[number - 2].lstrip()[:1] in "-*|`$"


def _short(line: str) -> bool:
    """A title, or an answer without a final stop: too short to be a wrapped line of prose."""
    return len(line) < 60


DIALECT = Dialect(
    name="plain-qa",
    level="derived",
    recognises=(
        "In plain text, a line or an item that ends in `?` and stands alone, then its answer, at least twice; "
        "`Question:` and `Answer:`, `**Q:**` and `**A:**`; `Exercise 5:` and `Solution:`. In a quote also "
        "`> Q: …?` and `> A: …`."
    ),
    find=_find,
    example="Flashcards\nWhat is a tensor?\nAn array with any number of axes.\nWhat is a scalar?\nOne number.\n",
    cards=(("What is a tensor?", "An array with any number of axes."), ("What is a scalar?", "One number.")),
)
