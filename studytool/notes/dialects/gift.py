"""Moodle's GIFT: a sentence and its answers in braces, in `.gift` files and in fences that are marked `gift`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import Any, NamedTuple

from studytool.notes.gaps import GAP
from studytool.notes.html_text import without_html
from studytool.notes.inline import flatten
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark

_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_MARKS = re.compile(r"\\.|</?[A-Za-z][^<>{}\n]*>|&#\w{1,8};|####|[=~#]", re.DOTALL)
"""What may part the answers. The signs in `<p class="x">` and `&#39;` are none."""
_ESCAPED = re.compile(r"\\([~={}#:n\\])")
_FORMAT = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]", re.IGNORECASE)
_HTML = re.compile(
    r"<br\s?/?>|</(?:p|b|i|u|em|strong|code|pre|span|div|sub|sup|small|font|ul|ol|li|table|h[1-6])>", re.IGNORECASE
)
"""What a text holds that is HTML though it does not say so; an opening tag alone may be what is asked about."""
_WEIGHT = re.compile(r"\s*%([-+]?\d+(?:\.\d+)?)%")
_TITLE = re.compile(r"::(?:[^\\:]|\\.|:(?!:))*::", re.DOTALL)
_ANSWERS = re.compile(r"(?<!\\)\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[}#])")
"""How the answers of a question begin."""
_TAG = re.compile(r"\[tag:([^\[\]]*)\]")
_NUMBER = r"[-+]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_VALUE = re.compile(rf"({_NUMBER})(?:\s*:\s*({_NUMBER})?)?")
_RANGE = re.compile(rf"({_NUMBER})\s*\.\.\s*({_NUMBER})")
_ENOUGH, _TOO_MUCH = 98, 102
"""Per cent that the parts of a right answer add up to; three times 33 is near enough."""
_TRUE, _FALSE = ("T", "TRUE"), ("F", "FALSE")


class _Piece(NamedTuple):
    """Lines between blank lines without the comments among them; `numbers` are theirs in the file."""

    numbers: tuple[int, ...]
    lines: tuple[str, ...]
    tags: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


class _Answer(NamedTuple):
    """One answer of a question: its sign (`=`, `~` or none), its credit in per cent, its text, what is said to it."""

    sign: str
    credit: float
    text: str
    why: str


class _Fault(Exception):
    """Why no card can be made of a question, and what to do."""

    def __init__(self, code: str, message: str, hint: str, at: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.hint, self.at = code, message, hint, at


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
        except _Fault as fault:
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
    """The question of a piece; None for a description, which has no braces. Raises `_Fault`."""
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
    front = _plain(f"{before}{gap}{after}")
    if not front:
        raise _Fault("question-without-answer", "These answers have no question.", "Write the question before `{`.")
    draft = _answered(inside, opening + 1)
    if (form := _FORMAT.match(before)) and _is_html(form):
        draft = _without_html(draft)
    return draft._replace(
        front=front,
        line=piece.numbers[0],
        end_line=piece.numbers[-1],
        column=len(piece.lines[0]) - len(piece.lines[0].lstrip()) + 1,
        tags=piece.tags,
    )


def _unbalanced(signs: str, braces: Sequence[tuple[int, str]]) -> _Fault:
    hint = "Write one `{…}` with its answers; a brace that is text is written `\\{` or `\\}`."
    if signs.startswith("}") or "}}" in signs:
        wrong = 0 if signs[0] == "}" else signs.index("}}") + 1
        return _Fault("gift-syntax", "A brace closes here that was never opened.", hint, braces[wrong][0])
    if signs.endswith("{") or "{{" in signs:
        wrong = signs.index("{{") if "{{" in signs else len(signs) - 1
        return _Fault("gift-syntax", "This brace is never closed.", hint, braces[wrong][0])
    return _Fault("gift-syntax", "This question has answers in two places.", hint, braces[2][0])


def _answered(inside: str, at: int) -> Draft:
    """A draft of the answers alone, as its kind has them. `at` is where they stand in the piece."""
    source, explanation = _general(inside)
    draft = Draft("open", "", "", 0, 0, explanation=explanation)
    told = source.strip()
    if not told:
        return draft
    if told.startswith("#"):
        answers = _answers(told[1:], "=")
        return draft._replace(kind="numeric", **_typed(answers, at, explanation, _value))
    claim, feedback = _cut(told)
    if (side := claim.strip().upper()) in _TRUE + _FALSE and (len(side) > 1 or claim.strip() == side):
        return draft._replace(kind="choice", options=_true_false(side in _TRUE, feedback))
    answers = _answers(told, "")
    signs = {answer.sign for answer in answers}
    if "~" in signs:
        return draft._replace(kind="choice", options=_options(answers, at))
    pairs = [_pair(answer.text) for answer in answers]
    if len(pairs) > 1 and all(pairs):
        return draft._replace(kind="matching", pairs=_pairs([pair for pair in pairs if pair], at))
    return draft._replace(kind="typed", **_typed(answers, at, explanation, _plain))


def _general(inside: str) -> tuple[str, str]:
    """The answers and, after `####`, what is said to everybody."""
    for found in _MARKS.finditer(inside):
        if found.group() == "####":
            return inside[: found.start()], _plain(inside[found.end() :])
    return inside, ""


def _answers(source: str, bare: str) -> list[_Answer]:
    """The answers one by one. Text before the first sign is an answer with the sign `bare`, if it says anything."""
    places = [(found.start(), found.group()) for found in _MARKS.finditer(source) if found.group() in ("=", "~")]
    answers = []
    if source[: places[0][0] if places else None].strip():
        answers.append(_answer(bare, source[: places[0][0] if places else None]))
    ends = [start for start, _ in places[1:]] + [len(source)]
    for (start, sign), end in zip(places, ends, strict=False):
        answers.append(_answer(sign, source[start + 1 : end]))
    return answers


def _answer(sign: str, source: str) -> _Answer:
    credit = 0.0 if sign == "~" else 100.0
    if weight := _WEIGHT.match(source):
        credit, source = float(weight[1]), source[weight.end() :]
    text, why = _cut(source)
    return _Answer(sign, credit, text, _plain(why))


def _cut(source: str) -> tuple[str, str]:
    """What stands before and after the first `#`."""
    end = next((found.start() for found in _MARKS.finditer(source) if found.group() == "#"), len(source))
    return source[:end], source[end + 1 :]


def _true_false(is_true: bool, feedback: str) -> tuple[Option, Option]:
    """True and False; the first feedback is for who is wrong, the second for who is right."""
    wrong, right = _cut(feedback)
    told = {True: _plain(right), False: _plain(wrong)}
    return Option("True", is_true, told[is_true]), Option("False", not is_true, told[not is_true])


def _options(answers: Sequence[_Answer], at: int) -> tuple[Option, ...]:
    """Right is what has full credit; where nothing has, what has a part of it, if the parts add up."""
    if answers[0].sign == "":
        hint = "Begin every option with `=` (right) or `~` (wrong); write `\\#` for a `#` that is text."
        raise _Fault("gift-syntax", "There is text before the first option.", hint, at)
    if not all(_plain(answer.text) for answer in answers):
        raise _Fault("choice-data", "One of the options is empty.", "Write `\\=` or `\\~` for a sign that is text.", at)
    if len(answers) < 2:
        raise _Fault("choice-data", "This question has one option only.", "Add the others.", at)
    least = 100.0
    if not any(answer.credit >= least for answer in answers):
        least = 0.001
        credit = sum(answer.credit for answer in answers if answer.credit > 0)
        if not credit:
            hint = "Begin the right one with `=`."
            raise _Fault("choice-data", "None of these options is marked as right.", hint, at)
        if not _ENOUGH <= credit <= _TOO_MUCH:
            hint = "Begin the right one with `=`, or share 100 % among those that are right together."
            raise _Fault("choice-data", f"The credit of these options adds up to {credit:g} %.", hint, at)
    return tuple(Option(_plain(answer.text), answer.credit >= least, answer.why) for answer in answers)


def _typed(answers: Sequence[_Answer], at: int, explanation: str, shown: Callable[[str], str]) -> dict[str, Any]:
    """What is accepted, best credit only, and what is said to it."""
    best = max((answer.credit for answer in answers), default=0.0)
    right = [answer for answer in answers if answer.credit == best > 0 and answer.sign != "~"]
    accepted = tuple(dict.fromkeys(shown(answer.text) for answer in right))
    if not accepted or not all(accepted):
        kind = "is no number" if shown is _value else "is empty"
        if not right:
            raise _Fault("choice-data", "None of these answers is right.", "Begin the right one with `=`.", at)
        raise _Fault("gift-syntax", f"One of these answers {kind}.", "Correct it, or leave it out.", at)
    said = dict.fromkeys(answer.why for answer in right)
    return {"accepted": accepted, "explanation": "\n\n".join(part for part in (*said, explanation) if part)}


def _value(source: str) -> str:
    """A number with its tolerance, or a range, as it reads; empty where it is neither."""
    told = _plain(source)
    if found := _RANGE.fullmatch(told):
        return f"{found[1]} … {found[2]}"
    found = _VALUE.fullmatch(told)
    if not found:
        return ""
    exact = not found[2] or not found[2].strip("+-0.,")
    return found[1] if exact else f"{found[1]} ± {found[2].lstrip('+-')}"


def _pair(source: str) -> tuple[str, str] | None:
    left, arrow, right = source.partition("->")
    return (_plain(left), _plain(right)) if arrow else None


def _pairs(pairs: Sequence[tuple[str, str]], at: int) -> tuple[tuple[str, str], ...]:
    if not all(right for _, right in pairs) or sum(bool(left) for left, _ in pairs) < 2:
        hint = "Write at least two pairs `=one -> other`, each with both sides."
        raise _Fault("choice-data", "These pairs are not complete.", hint, at)
    return tuple(pairs)


def _plain(source: str) -> str:
    """Text as it reads: without the name of its format, signs without their backslash, no blank lines around it."""
    found = _FORMAT.match(source)
    told = source[found.end() :] if found else source
    told = _ESCAPED.sub(lambda sign: "\n" if sign[1] == "n" else sign[1], told.strip())
    if (_is_html(found) if found else _HTML.search(told)) or (not found and "&nbsp;" in told):
        told = _unmarked(told)
    lines = [line if line.endswith("  ") else line.rstrip() for line in told.split("\n")]
    return "\n".join(lines).strip()


def _is_html(form: re.Match[str]) -> bool:
    """Whether a format is HTML, or Moodle's own, in which HTML counts where it is."""
    return "html" in form.group().lower()


def _unmarked(text: str) -> str:
    """A text without HTML, if anything is left of it; what would read as a tag stays an entity."""
    bare = flatten(without_html(text), embeds=True).strip()
    return unescape(bare.replace("&lt;", "&amp;lt;").replace("&gt;", "&amp;gt;")) or text


def _without_html(draft: Draft) -> Draft:
    """A draft whose question is HTML, and so is all that is said about it."""
    options = tuple(Option(_unmarked(one.text), one.correct, _unmarked(one.why)) for one in draft.options)
    return draft._replace(
        options=options,
        explanation=_unmarked(draft.explanation),
        accepted=tuple(_unmarked(text) for text in draft.accepted),
        pairs=tuple((_unmarked(left), _unmarked(right)) for left, right in draft.pairs),
    )


DIALECT = Dialect(
    name="gift",
    level="explicit",
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
