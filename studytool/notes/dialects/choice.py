"""A question and its options: a task list with the right ones ticked, or a lettered list and which letter is right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from studytool.notes.asking import (
    asks,
    numbered,
    numbered_as_question,
    question_text,
    sets_a_task,
    without_number,
)
from studytool.notes.dialects.answer_line import is_answered
from studytool.notes.dialects.answers import (
    ANSWER_WORDS,
    BOX,
    IN_WORDS,
    PLACES,
    bare_text,
    begins_key,
    begins_letters,
    box_of,
    chosen_by,
    is_answer_label,
    key_of,
    letter_of,
    letters_told,
    listed_letters,
    with_reason,
    without_letter,
)
from studytool.notes.dialects.explaining import EXPLAINING, explained
from studytool.notes.html_text import Details, between, details_of, without_html
from studytool.notes.inline import plain_words, words
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written
from studytool.notes.sections import section_kind

_BETWEEN = frozenset({"paragraph", "fence", "code", "math", "table", "html", "quote"})
"""What may stand between a question and its options: it belongs to the question."""
_ABOVE_BLOCKS = 6
_REMARK_WORDS = 8
_FIRST_LETTERS = "".join(letter + letter.lower() for letter, place in PLACES.items() if place == 0)
_ANY_BOX = re.compile(r"\[[ xX×✓✔]?\](?![(\[:])")
_ANY_FIRST = re.compile(rf"[{_FIRST_LETTERS}](?<![^\s`*_(>].)(?:[.):]| [-–—] )")
_RIGHT_SIGNS = ("✅", "✔️", "✔", "✓", "☑️", "☑", "🟢")
_WRONG_SIGNS = ("❌", "✗", "✘", "✖️", "✖", "🔴")
_RIGHT_WORDS = ("(correct)", "(correct answer)", "(right)", "(right answer)", "(answer)", "<-- correct", "← correct")
_VAGUE = frozenset({"right", "key", "correct", "solution"})
"""Those that open other lines too, as in code: `right: 0`."""
_DONE = frozenset({"success", "done", "check", "answer", "solution"})
"""Types of callouts that hold an answer, whatever their title."""
_TRUE_OR_FALSE = ("true or false", "true/false", "true / false")
_STATEMENT_SIGNS = tuple(
    f"{true}{link}{false}"
    for true, ors in (("rue", (" or ", "/", " / ")), ("RUE", (" OR ", "/")))
    for link in ors
    for false in "Ff"
)
"""What a note that asks so must hold, at a first look."""
_ASIDES = frozenset({"hint", "hints", "tip", "tips"})
_TASKS = frozenset(
    ("to do", "todo", "to-do", "todos", "tasks", "checklist", "progress", "next steps", "action items", "roadmap")
)
"""What is headed so is to be done, also in a note of questions."""
_ONE = ("choose one", "select one", "pick one", "which one", "only one", "one answer", "single answer", "single choice")
"""How a question says that one option is right."""
_ALL = ("all that apply", "all which apply", "all correct", "all the correct")
"""How a question says that any number of options may be right, even all."""
_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_SO_MANY = re.compile(r"\b(?:choose|select|pick|mark) (?:the |any )?(two|three|four|[234])\b(?! or)")


class _Group(NamedTuple):
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


class _Told(NamedTuple):
    """What an author says about the options: the letters of the right ones, why, and where that ends."""

    letters: tuple[int, ...]
    explanation: str
    end_line: int
    after: int


class _Folded(NamedTuple):
    """A `<details>` or a callout: what it is named, what it holds, its last line, and whether it says "answer"."""

    label: str
    text: str
    end_line: int
    sure: bool


class _Key(NamedTuple):
    """A list of right letters: where it stands, and by the number of a question the places and why."""

    line: int
    end_line: int
    letters: Mapping[int, tuple[tuple[int, ...], str]]


class _Quiz:
    """A page as a quiz, with what is needed only where there are options."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.used_keys: dict[int, _Key] = {}

    @cached_property
    def details(self) -> Mapping[int, Details]:
        return {one.line: one for one in details_of(self.page)}

    @cached_property
    def any_statement(self) -> bool:
        """Whether the page may ask anywhere if a statement is true."""
        return any(sign in self.page.text for sign in _STATEMENT_SIGNS)

    @cached_property
    def any_heading(self) -> bool:
        """Whether headings above task lists are questions, whatever their words: most of them are, three at least."""
        above: list[bool] = []
        heading = None
        for block in self.page.blocks:
            if block.kind == "heading":
                heading = block
            elif heading and _is_options(block) and any(item.label == "x" for item in block.children):
                above.append(_asks(heading.title))
                heading = None
        return len(above) >= 3 and sum(above) * 2 > len(above)

    def sequence(self, blocks: Sequence[Block], title: Block | None = None) -> Iterator[Claim | Remark]:
        """The questions among blocks that follow each other; `title` is a callout or an item that they stand in."""
        at = past = 0
        while at < len(blocks):
            group = _group(blocks, at)
            if group and group.letters and not group.marked and group.after < len(blocks):
                following = blocks[group.after]
                if following.kind == "list" and _is_options(following):
                    at = group.after  # letters name what the options speak of
                    continue
            if group is None:
                block = blocks[at]
                if self.any_statement and (statement := self.statement(blocks, at, past, title)):
                    past = at = statement[0]
                    yield statement[1]
                    continue
                if block.kind in ("list", "quote", "callout", "item"):
                    yield from self.sequence(block.children, block if block.kind in ("callout", "item") else None)
                at += 1
                continue
            found = self.question(blocks, at, past, group, title)
            if found is None:
                at = group.after
                continue
            past = at = found[0]
            yield from found[1]

    def question(
        self, blocks: Sequence[Block], at: int, past: int, group: _Group, title: Block | None
    ) -> tuple[int, list[Claim | Remark]] | None:
        """Where the question with these options ends, and what it yields; None where they are no options."""
        page = self.page
        unticked = group.marked and not group.letters and not any(option.correct for option in group.options)
        told = self.told(blocks, group, unticked=True) if unticked else None
        start = self.prompt(blocks, at, past, group, title)
        if start is None and ((told and told.letters) or _true_and_false(group)):
            start = _right_above(blocks, at, past, title)
        if start is None or not page.free(group.line, group.end_line):
            return None
        if group.letters and not group.marked:
            told = self.told(blocks, group)
        line, prompt, in_section = self.asked(blocks, start, at, group, title)
        if told is None and not any(option.correct for option in group.options):
            told = self.keyed(line, group)
        if told is None and group.letters and not group.marked and title is not None and not title.title:
            return None  # a lettered list inside an item: a list of something
        end, after = group.end_line, group.after
        options, explanation = group.options, ""
        if group.marked and group.tail:
            explanation = explained("\n".join(group.tail))
        if told:
            right = set(told.letters)
            options = tuple(replace(one, correct=index in right) for index, one in enumerate(options))
            explanation, end, after = told.explanation, told.end_line, told.after
        problem = _problem(prompt, options, told, group)
        if not (told and told.explanation and not in_section):
            more, end, after = self.explained_below(blocks, end, after, in_section)
            explanation = "\n\n".join(part for part in (explanation, more) if part)
        if not page.free(line, end):
            return None
        if problem:
            return after, [problem._replace(line=group.line), Claim(((line, end),))]
        draft = Draft("choice", prompt, "", line, end, options=options, explanation=explanation)
        return after, [Claim(((line, end),), (draft,))]

    def prompt(self, blocks: Sequence[Block], at: int, past: int, group: _Group, title: Block | None) -> int | None:
        """The block in which the question of the options at `at` begins, or None when they ask nothing.

        It is `at` itself where the paragraph of the options begins with it, and -1 where the title of a callout asks.
        """
        if group.lead:
            lead = "\n".join(group.lead)
            above = blocks[at - 1] if at > past and blocks[at - 1].kind == "heading" else None
            asking = asks(lead) or _has_gap(lead) or numbered(lead)
            if not asking and group.letters and lead.rstrip("*_ ").endswith(":"):
                asking = group.marked or self.told(blocks, group) is not None
            if above and (_asks(above.title) if not asking else numbered(above.title)):
                return at - 1
            return at if asking else None
        if at == 0 and title is not None and title.title:
            return -1 if asks(title.title) else None
        asking_at = None
        listed = False  # a list stands between: statements that the question of a numbered heading is about
        start = at - 1
        least = max(past, at - _ABOVE_BLOCKS - 1)
        while start >= least and (blocks[start].kind in _BETWEEN or blocks[start].kind == "list"):
            block = blocks[start]
            if block.kind == "list" and not _only_item(block):
                if asking_at is not None or _is_options(block):
                    break
                listed = True
            elif block.kind == "list":
                own = block.children[0].text
                told = group.letters and (group.marked or self.told(blocks, group))
                if asking_at is None and (told or _is_prompt(own, inside=True)):
                    asking_at = start
                break
            if block.kind == "paragraph" and block.text.rstrip("*_ ").endswith(":") and is_answer_label(block.text):
                return None  # what follows is the answer to the question above
            if block.kind == "paragraph" and is_answered(block):
                break  # with its answer on a line of its own, that question and all above it are none of these options
            if start == at - 1 and not group.letters and block.kind == "paragraph" and _goes_on(block.text):
                return start
            if (
                asking_at is None
                and not listed
                and block.kind == "paragraph"
                and _is_prompt(block.text, inside=title is not None)
            ):
                asking_at = start
            start -= 1
        heading = blocks[start] if start >= past and blocks[start].kind == "heading" else None
        if heading and numbered(heading.title) and (asking_at is None or asking_at - start <= 2):
            if asking_at is not None or _asks(heading.title) or self.any_heading:
                return start
            return start if group.letters and self.told(blocks, group) else None
        if listed:
            return None
        if asking_at is not None:
            return asking_at
        if heading and _asks(heading.title):
            return start
        any_heading = heading and self.any_heading and words(heading.title).casefold().rstrip(":") not in _TASKS
        return start if any_heading and not group.letters else None

    def asked(
        self, blocks: Sequence[Block], start: int, at: int, group: _Group, title: Block | None
    ) -> tuple[int, str, bool]:
        """The first line of a question, its text, and whether it is a heading, so that its section belongs to it."""
        if start < 0 and title:
            return title.line, question_text(title.title), True
        first = blocks[start]
        line = title.line if title and title.kind == "item" and start == 0 else first.line
        if start == at:
            return line, _lead(group.lead), False
        opened = title is not None and title.kind == "callout" and start == 0 and _says_what(title.title)
        lines = first.children[0].lines if first.kind == "list" else first.lines
        told = question_text(first.title) if first.kind == "heading" else _lead(lines)
        parts = [question_text(title.title), told] if title and opened else [told]
        if first.kind == "heading" and (stated := self.stated(blocks, start)):
            line, parts = blocks[start - 1].line, [stated, told]
        line = title.line if title and opened else line
        if at - start > 1:
            last = blocks[at - 1].end_line
            parts.append(self.page.source(blocks[start + 1].line, last))
        if group.lead:
            parts.append(_lead(group.lead))
        return line, "\n\n".join(part for part in parts if part), first.kind == "heading"

    @cached_property
    def keys(self) -> Sequence[_Key]:
        """The lists of right letters, by the numbers of questions."""
        found: list[_Key] = []
        blocks = self.page.blocks
        for at, block in enumerate(blocks):
            if block.kind not in ("heading", "paragraph") or not begins_key(block):
                continue
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if block.kind == "paragraph" and (letters := key_of(block.text.partition(":")[2].split("\n"))):
                found.append(_Key(block.line, block.end_line, letters))
            elif following and following.kind in ("list", "paragraph"):
                letters = key_of(self.page.raw[following.line - 1 : following.end_line])
                if letters:
                    found.append(_Key(block.line, following.end_line, letters))
        return found

    def keyed(self, line: int, group: _Group) -> _Told | None:
        """What the list of right letters further down says of the question at a line, by its number."""
        number = _QUESTION_NUMBER.match(self.page.raw[line - 1])
        if not number:
            return None
        key = next((key for key in self.keys if key.line > group.line), None)
        entry = key.letters.get(int(number.group(1))) if key else None
        if not key or not entry:
            return None
        self.used_keys.setdefault(key.line, key)
        repeated = any(bare_text(option.text) == bare_text(entry[1]) for option in group.options)
        return _Told(entry[0], "" if repeated else explained(entry[1]), group.end_line, group.after)

    def stated(self, blocks: Sequence[Block], at: int) -> str:
        """The heading right above one that asks, where it only states what the question is about."""
        block, above = blocks[at], blocks[at - 1] if at else None
        if above is None or above.kind != "heading" or above.level != block.level or numbered(block.title):
            return ""
        if asks(above.title) or not above.title.rstrip().endswith(".") or not self.page.free(above.line, above.line):
            return ""
        return question_text(above.title)

    def told(self, blocks: Sequence[Block], group: _Group, *, unticked: bool = False) -> _Told | None:
        """Which options the author says are right: in the lines under them, in a heading, in a `<details>`.

        Under task lists in which nothing is ticked the answer may be the text of an option.
        """
        if group.tail:
            return _told_in_tail(group, unticked=unticked)
        at, named = self.telling(blocks, group.after)
        if at < 0:
            return None
        block, folded = blocks[at], self.folded(blocks[at])
        text = _text_that_tells(block, folded)
        if text is None:
            return None
        end = folded.end_line if folded else block.end_line
        after = at + 1
        while after < len(blocks) and blocks[after].line <= end:
            after += 1
        lines = text.strip().split("\n")
        if reason := with_reason(lines[0].lstrip("# "), group.options):
            return _Told((reason[0],), explained("\n".join((reason[1], *lines[1:]))), end, after)
        if unticked:
            sure = folded.sure if folded else named or _tells(lines[0])
            if block.kind == "heading" or not (sure or block.kind == "html"):
                return None
            chosen = chosen_by(folded.text.strip().split("\n") if folded else lines, group.options)
            if chosen:
                return _Told(chosen[0], explained(chosen[1]), end, after)
            return _Told((), "", end, after) if sure else None
        found, rest = _letters_in(lines, group.options, named=named or folded is not None)
        return None if found is None else _Told(found, explained("\n".join(rest)), end, after)

    def telling(self, blocks: Sequence[Block], after: int) -> tuple[int, bool]:
        """The block under options that may say which are right, -1 where none does; whether a label says so above it.

        A rule, folded hints and a label stand between; a list of right letters for the whole page is none of theirs.
        """
        at = after
        if at + 1 < len(blocks) and blocks[at].kind == "hr":
            at += 1
        at = self.after_hints(blocks, at)
        if at >= len(blocks):
            return -1, False
        block = blocks[at]
        if block.kind != "paragraph":
            return at, False
        if begins_key(block) and any(key.line == block.line for key in self.keys):
            return -1, False
        if at + 1 < len(blocks) and blocks[at + 1].kind == "paragraph":
            told = words(block.text).casefold()
            if told == "explanation:" and words(blocks[at + 1].text).casefold().startswith(IN_WORDS):
                return at + 1, False
            if told.endswith(":") and is_answer_label(told):
                return at + 1, True
        return at, False

    def after_hints(self, blocks: Sequence[Block], at: int) -> int:
        """The first block from `at` on that is no folded hint."""
        while at < len(blocks) and blocks[at].kind in ("html", "callout"):
            folded = self.folded(blocks[at])
            told = f"{blocks[at].label or ''} {folded.label if folded else ''}".casefold()
            if not folded or not _ASIDES.intersection(plain_words(told)[:2]):
                break
            while at < len(blocks) and blocks[at].line <= folded.end_line:
                at += 1
        return at

    def folded(self, block: Block) -> _Folded | None:
        """The `<details>` or callout that a block is, a quote around it aside."""
        if block.kind == "html" and block.line in self.details:
            one = self.details[block.line]
            label = words(without_html(one.summary))
            text = without_html(between(self.page, one.content, one.content_end))
            return _Folded(label, text, one.end_line, sure=is_answer_label(label))
        if block.kind == "quote" and len(block.children) == 1:
            block = block.children[0]
        if block.kind == "callout":
            sure = is_answer_label(block.title) or (block.label or "").casefold() in _DONE
            return _Folded(block.title, "\n".join(block.lines[1:]).strip("\n"), block.end_line, sure=sure)
        return None

    def statement(self, blocks: Sequence[Block], at: int, past: int, title: Block | None) -> tuple[int, Claim] | None:
        """Where a statement that is true or false ends, as the folded answer at `at` says, and what it yields."""
        if blocks[at].kind not in ("callout", "quote", "html"):
            return None
        folded = self.folded(blocks[at])
        if not folded or not folded.sure:
            return None
        first, _, rest = folded.text.strip().partition("\n")
        told, _, why = words(first).partition(" ")
        told = told.rstrip(".,:;!").casefold()
        if told not in ("true", "false"):
            return None
        start = at
        while start > past and at - start < 3 and blocks[start - 1].kind in ("paragraph", "heading"):
            start -= 1
            if blocks[start].kind == "heading":
                break
        above = [block.title if block.kind == "heading" else block.text for block in blocks[start:at]]
        line = blocks[start].line
        if title is not None and title.kind == "callout" and past == 0 and start == 0:
            above, line = [title.title, *above], title.line
        elif (asking := next((n for n in range(len(above) - 1, -1, -1) if _asks_if_true(above[n])), None)) is not None:
            if not _statement(above[asking]) and asking and above[asking + 1 :] == []:
                asking -= 1
            above, line = above[asking:], blocks[start + asking].line
        prompt = "\n\n".join(text for part in above if (text := _statement(part)))
        end = max(blocks[at].end_line, folded.end_line)
        if not prompt or not any(map(_asks_if_true, above)) or not self.page.free(line, end):
            return None
        options = tuple(Option(word, word.casefold() == told) for word in ("True", "False"))
        after = at + 1
        while after < len(blocks) and blocks[after].line <= end:
            after += 1
        explanation = explained("\n".join((why.lstrip(" -–—,"), rest)))
        return after, Claim(((line, end),), (Draft("choice", prompt, "", line, end, 1, None, 0, options, explanation),))

    def explained_below(self, blocks: Sequence[Block], end: int, after: int, in_section: bool) -> tuple[str, int, int]:
        """What explains the options that end at `end`; its last line, and the first block after it.

        Under a heading it is all that follows, up to the next heading, rule or question; else a quote or a paragraph
        that says it explains.
        """
        first = after
        if not in_section:
            if after < len(blocks) and (
                blocks[after].kind == "quote"
                or (blocks[after].kind == "paragraph" and words(blocks[after].text).casefold().startswith(EXPLAINING))
            ):
                told = explained(blocks[after].text)
                if not told and after + 1 < len(blocks) and blocks[after + 1].kind in ("paragraph", "list", "quote"):
                    after += 1
                    told = written(blocks[after].text)
                return told, blocks[after].end_line, after + 1
            return "", end, after
        while after < len(blocks) and blocks[after].kind not in ("heading", "hr") and not _group(blocks, after):
            if not self.page.free(blocks[after].line, blocks[after].end_line) or _begins_a_part(blocks[after]):
                break
            after += 1
        if after < len(blocks) and blocks[after].kind == "list":  # options again: the question above them is theirs
            while after > first and blocks[after - 1].kind in _BETWEEN:
                after -= 1
                if blocks[after].kind == "paragraph":
                    break
        if after == first:
            return "", end, after
        last = blocks[after - 1]
        whole = self.page.source(blocks[first].line, last.end_line)
        if after - first == 1 and last.kind == "quote":
            whole = written(last.text)
        return explained(without_html(whole)), last.end_line, after


def _told_in_tail(group: _Group, *, unticked: bool) -> _Told | None:
    """What the lines right under options, in the same paragraph, say of them."""
    if unticked and (chosen := chosen_by(group.tail, group.options)):
        return _Told(chosen[0], explained(chosen[1]), group.end_line, group.after)
    if reason := with_reason(group.tail[0], group.options):
        why = "\n".join((reason[1], *group.tail[1:]))
        return _Told((reason[0],), explained(why), group.end_line, group.after)
    found = letters_told(group.tail[0], group.options)
    if found is None:
        return None
    return _Told(found, explained("\n".join(group.tail[1:])), group.end_line, group.after)


def _text_that_tells(block: Block, folded: _Folded | None) -> str | None:
    """The text in which a block may say which options are right; None for a block that says no such thing."""
    if folded:
        labelled = block.kind == "callout" and is_answer_label(folded.label)
        return f"{folded.label}: {folded.text}" if labelled else folded.text
    if block.kind == "heading":
        return block.title
    if block.kind == "quote":
        return "\n".join(block.lines)
    return block.text if block.kind == "paragraph" else None


def _letters_in(
    lines: Sequence[str], options: Sequence[Option], *, named: bool
) -> tuple[tuple[int, ...] | None, Sequence[str]]:
    """The places of the right options as lines tell them, None where they do not, and the lines after those."""
    found = letters_told(lines[0].lstrip("# "), options, named=named)
    if not found and named:  # a heading of its own, or a slip of the pen, may stand before it
        labelled = is_answer_label(lines[0].lstrip("# "))
        for at, line in enumerate(lines[1:5], 1):
            sure = labelled and not any(map(str.strip, lines[1:at]))
            if line.strip():
                found = letters_told(line.lstrip("# "), options, named=sure)
            if found:
                return found, lines[at + 1 :]
    return found, lines[1:]


def _find(page: Page) -> Iterator[Claim | Remark]:
    if _may_hold_options(page.text):
        quiz = _Quiz(page)
        yield from quiz.sequence(page.blocks)
        for key in quiz.used_keys.values():
            yield Claim(((key.line, key.end_line),))


def _may_hold_options(text: str) -> bool:
    """Whether a text holds a box, the first letter of an alphabet as a list has it, or a sign for what is right."""
    return bool(_ANY_BOX.search(text) or _ANY_FIRST.search(text)) or any(
        sign in text for sign in (*_RIGHT_SIGNS, *_STATEMENT_SIGNS)
    )


def _group(blocks: Sequence[Block], at: int) -> _Group | None:
    """The options that begin at a block, if any do."""
    block = blocks[at]
    if block.kind == "list":
        if _is_options(block):
            after = _end(blocks, at)
            options, tail = _without_tail(_options(blocks[at:after]))
            last = blocks[after - 1].children[-1] if blocks[after - 1].children else None
            if last and len(options) > 2 and box_of(last.lines[0]) is None and len(last.text.split()) >= _REMARK_WORDS:
                options, tail = options[:-1], tuple(last.lines)  # an item without a box tells why
            options = _unlettered(options)
            return _Group(block.line, blocks[after - 1].end_line, after, options, marked=True, tail=tail)
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


def _mixed(block: Block, at: int) -> _Group | None:
    """Options that have run together with the list above them, what they speak of."""
    if not _has_box(block.children[-1]):
        return None
    boxed = [_has_box(item) for item in block.children]
    if boxed[0] or sum(boxed) < 2 or not all(boxed[boxed.index(True) :]):
        return None
    items = block.children[boxed.index(True) :]
    options = tuple(option for item in items if (option := _option(item)).text)
    lead = tuple(block.lines[: items[0].line - block.line])
    return _Group(items[0].line, block.end_line, at + 1, options, marked=True, lead=lead)


def _bare_boxes(block: Block, at: int) -> _Group | None:
    """Options with boxes that are lines of a paragraph, no items of a list."""
    boxes = [box_of(line) for line in block.lines]
    begin = next(place for place, box in enumerate(boxes) if box is not None)
    options = tuple(Option(written(box[1]), box[0]) for box in boxes if box is not None)
    if len(options) < 2 or len(options) != len(boxes) - begin:
        return None
    lead = tuple(block.lines[:begin])
    return _Group(block.line + begin, block.end_line, at + 1, options, marked=True, lead=lead)


def _end(blocks: Sequence[Block], at: int) -> int:
    """Where the options that begin at `at` end. Code between task lists is the text of the option above it."""
    coded = False
    while at < len(blocks) and _is_options(blocks[at]):
        code = at + 1
        while code < len(blocks) and blocks[code].kind == "fence":
            code += 1
        goes_on = code < len(blocks) and _is_options(blocks[code])
        if code == at + 1 or not (goes_on or coded):
            return at + 1
        coded, at = True, code
    return at


def _is_options(block: Block) -> bool:
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
        if _tells(line):
            kept = replace(options[-1], text="\n".join(lines[:at]).rstrip())
            return (*options[:-1], kept), tuple(lines[at:])
    return options, ()


def _tells(line: str) -> bool:
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
    nested = [child for child in item.children[1:] if child.kind in ("quote", "list")]
    if nested:
        lines = lines[: nested[0].line - item.line]
    why = "\n".join("\n".join(child.lines) for child in nested)
    return written("\n".join(lines)), written(why)


def _lettered(blocks: Sequence[Block], at: int) -> _Group | None:
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
    bolds = sum(bold for _, _, bold in found)
    texts, more = _without_tail(tuple(Option(text, bold and bolds < len(found), why) for text, why, bold in found))
    tail = tail or more
    options = [_signs(option) for option in texts]
    marked = any(option.correct for option in options)
    return _Group(line, end, after, tuple(options), letters=True, marked=marked, lead=lead, tail=tail)


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
        elif _tells(line):
            break
        else:
            text, bold = own[-1]
            own[-1] = (f"{text}\n{line}", bold)
        at += 1
    return tuple(lines[:begin]), own, tuple(lines[at:])


def _signed(blocks: Sequence[Block], at: int) -> _Group | None:
    """A list of three or more in which one item, or the rest of those crossed out, ends in a tick."""
    block = blocks[at]
    if len(block.children) < 3 or not any(sign in block.text for sign in _RIGHT_SIGNS):
        return None
    options = [Option(*_with_feedback(item, list(item.lines))[:1], correct=False) for item in block.children]
    signed = [_signs(option) for option in options]
    ends = all(
        one.text.rstrip().endswith(_RIGHT_SIGNS) for one, new in zip(options, signed, strict=True) if new.correct
    )
    if sum(option.correct for option in signed) != 1 or not ends or any(s in block.text for s in _WRONG_SIGNS):
        return None
    return _Group(block.line, block.end_line, at + 1, tuple(signed), marked=True)


def _signs(option: Option) -> Option:
    """An option without the sign that says whether it is right."""
    text, right = option.text.strip(), option.correct
    if text.startswith(("[x] ", "[X] ", "[ ] ")):
        text, right = text[4:].strip(), right or text[1] != " "
    for sign in (*_RIGHT_SIGNS, *_WRONG_SIGNS):
        if text.startswith(sign) or text.endswith(sign):
            text, right = text.removeprefix(sign).removesuffix(sign).strip(), right or sign in _RIGHT_SIGNS
    lowered = words(text).casefold()
    if lowered.endswith(_RIGHT_WORDS):
        at = max(text.rfind("("), text.rfind("<--"), text.rfind("←"))
        text, right = text[:at].rstrip(" *_"), True
    return replace(option, text=text, correct=right)


_QUESTION_NUMBER = re.compile(r"[\s>#*_]{0,20}(?:Q(?:uestion)?\s?)?(\d{1,3})\s?[.):*_-]", re.IGNORECASE)


def _right_above(blocks: Sequence[Block], at: int, past: int, title: Block | None) -> int | None:
    """The block right above options whose answer stands below them: it is their question, however worded."""
    if at > past and (blocks[at - 1].kind == "heading" or len(words(blocks[at - 1].text).split()) > 2):
        return at - 1 if blocks[at - 1].kind in ("paragraph", "heading") else None
    return -1 if at == 0 and title is not None and title.title else None


def _true_and_false(group: _Group) -> bool:
    """Whether options with boxes are true and false: what stands above them is a statement, and asks nothing."""
    said = {words(option.text).casefold().rstrip(".") for option in group.options}
    return group.marked and not group.letters and len(group.options) == 2 and said == {"true", "false"}


def _says_what(title: str) -> bool:
    """Whether the title of a callout says more than that a question follows."""
    told = set(plain_words(words(without_number(title)).casefold()))
    return len(told - {"question", "quiz", "exercise", "practice", "check", "knowledge", "your", "test"}) > 1


def _asks_if_true(text: str) -> bool:
    told = words(text).casefold()
    return any(phrase in told for phrase in _TRUE_OR_FALSE)


def _statement(text: str) -> str:
    """A statement without the words that ask if it is true, before or after it."""
    text = question_text(text)
    lowered = text.casefold()
    for phrase in _TRUE_OR_FALSE:
        at = lowered.find(phrase)
        if at < 0 or len(lowered) != len(text):
            continue
        before, after = text[:at].rstrip(" *_([-–—\n"), text[at + len(phrase) :].lstrip(" *_?:.)]-–—\n")
        if not before:
            return after
        if not after:
            return before
    return text


def _only_item(block: Block) -> bool:
    """Whether a block is the number and text of one question: a list with one item, numbered, of one paragraph."""
    if block.kind != "list" or len(block.children) != 1 or not block.lines[0].lstrip()[:1].isdigit():
        return False
    inner = block.children[0].children
    return len(inner) == 1 and inner[0].kind == "paragraph"


_CHOOSE = ("choose ", "select ", "pick ", "mark ", "tick ")


def _asks(title: str) -> bool:
    """Whether a heading is a question to choose an answer to."""
    return (
        sets_a_task(title)
        or _has_gap(title)
        or numbered_as_question(title)
        or question_text(title).casefold().startswith(_CHOOSE)
    )


def _is_prompt(text: str, *, inside: bool) -> bool:
    """Whether a paragraph above options asks: by its end, by a gap to fill, by a number in a list of questions."""
    if asks(text) or _has_gap(text) or (not inside and numbered(text)):
        return True
    told = words(text).casefold()
    return told.startswith(_CHOOSE) or told.rpartition("? ")[2].startswith(_CHOOSE)


def _goes_on(text: str) -> bool:
    """Whether a text breaks off, for an option to end it: `A step too long …`."""
    return words(text).rstrip(" .").endswith("…") or words(text).endswith("...")


def _has_gap(text: str) -> bool:
    return "___" in text or "\\_\\_" in text


def _lead(lines: Sequence[str]) -> str:
    text = "\n".join(lines).strip()
    return question_text(text) if "\n" not in text else written(without_number(text))


def _begins_a_part(block: Block) -> bool:
    """Whether a block opens a part of the note with cards of its own: "Questions:", a callout."""
    return block.kind == "callout" or section_kind(block) in ("questions", "related")


def _problem(prompt: str, options: Sequence[Option], told: _Told | None, group: _Group) -> Remark | None:
    """What is wrong with the data of a question, if anything is."""
    right = sum(option.correct for option in options)
    line = group.line
    if told and (not told.letters or max(told.letters) >= len(options)):
        message = "The answer to this question names none of its options."
        return Remark(line, "warning", "choice-data", message, "Name the letter of the right option: `Answer: B`.")
    if len(options) < 2:
        hint = "Add the others, or write it as a plain question."
        return Remark(line, "warning", "choice-data", "This question has one option only.", hint)
    if not right:
        hint = "Tick the right one: `- [x] …`." if not group.letters else "Say which one is: `Answer: B`."
        return Remark(line, "warning", "choice-data", "None of these options is marked as right.", hint)
    asked = words(prompt).casefold()
    if right == len(options) and not any(told in asked for told in _ALL):
        hint = "Leave the wrong ones open: `- [ ] …`."
        return Remark(line, "warning", "choice-data", "All of these options are marked as right.", hint)
    many = _SO_MANY.search(asked)
    if right > 1 and not many and any(told in asked for told in _ONE):
        message = f"This question asks for one option, and {right} are marked as right."
        return Remark(line, "warning", "choice-data", message, "Leave one of them marked, or ask for several.")
    if many and right != _NUMBERS[many.group(1)] and not (right == 1 and _names_several(options)):
        marked = "1 is marked" if right == 1 else f"{right} are marked"
        message = f"This question asks for {many.group(1)} options, and {marked} as right."
        return Remark(line, "warning", "choice-data", message, "Mark as many as it asks for.")
    return None


def _names_several(options: Sequence[Option]) -> bool:
    """Whether the right option is a list of letters itself: `B, D, E`."""
    return any(option.correct and len(listed_letters(option.text) or ()) > 1 for option in options)


DIALECT = Dialect(
    name="choice",
    level="structured",
    recognises="A question and its options: ticked as tasks, or lettered, with the right letter told; and why.",
    find=_find,
    example=(
        "What does ReLU give for -2?\n\n- [ ] -2\n- [x] 0\n- [ ] 2\n\n> It cuts off everything below zero.\n\n"
        "## Which one is linear?\n\n- A: ReLU\n- B: the identity\n\nAnswer: B\n"
    ),
    cards=(
        ("What does ReLU give for -2?\n\n- -2\n- 0\n- 2", "0\n\nIt cuts off everything below zero."),
        ("Which one is linear?\n\n- ReLU\n- the identity", "the identity"),
    ),
)
