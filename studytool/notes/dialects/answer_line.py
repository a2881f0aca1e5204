"""A line `= answer` under a question: a number with its tolerance and unit, a shape, or words to type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studytool.notes.asking import asks, question_text, sets_a_task
from studytool.notes.dialects.exercise import Above, asked_in, places, question_above
from studytool.notes.dialects.explaining import explanation_below
from studytool.notes.markdown import Block
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

_LINE = re.compile(r"^[ \t>*+\d.)-]{0,20}=[ \t]+\S", re.MULTILINE)
_ANSWER = re.compile(r"=[ \t]+(?P<told>\S.*)")
_DIGITS = r"[-+−]?(?:\d[\d_]*(?:[.,]\d+)*|\.\d+)"
_POWER = r"(?:[eE][-+−]?\d+|\s?(?:[×·*]|\\times|\\cdot)\s?10(?:\s?\^\s?\{?\(?[-+−]?\d+\)?\}?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
_NUMBER = rf"(?:{_DIGITS}{_POWER}|[-+−]?10\s?\^\s?\{{?\(?[-+−]?\d+\)?\}}?)"
_UNIT = r"(?:\s?(?:%|‰|°|[^\W\d_]|[€$£Ω])[^\s=,;:!?()]{0,12}(?: [^\W\d][^\s=,;:!?()]{0,12}){0,2})?"
_AROUND = re.compile(rf"(?P<value>{_NUMBER})\s*(?:±|\+/?-|\\pm)\s*(?P<off>{_NUMBER}\s?%?)(?P<unit>{_UNIT})")
_BETWEEN = re.compile(rf"(?P<low>{_NUMBER})\s*(?:…|\.\.\.?|to)\s*(?P<high>{_NUMBER})(?P<unit>{_UNIT})")
_PLAIN = re.compile(rf"{_NUMBER}{_UNIT}")
_SHAPE = re.compile(rf"\(\s*{_NUMBER}(?:\s*,\s*{_NUMBER})*\s*,?\s*\)")
_WORDS = re.compile(r"(?:[^\W\d_]|[`\"'“„]|\$[^$]+\$$)[^=]{0,79}")
_LONGEST = 10
"""Lines of answers that a question may have."""


def numeric(told: str) -> str:
    """A number, a range or a shape as marking reads it (`0.25 ± 0.01 m`, `1 … 5`, `(3, 4)`), empty where it is none."""
    told = told.replace("$", "").strip()
    if found := _AROUND.fullmatch(told):
        return f"{found['value']} ± {found['off'].replace(' ', '')}{_apart(found['unit'])}"
    if found := _BETWEEN.fullmatch(told):
        return f"{found['low']} … {found['high']}{_apart(found['unit'])}"
    return told if _PLAIN.fullmatch(told) or _SHAPE.fullmatch(told) else ""


def _apart(unit: str) -> str:
    bare = unit.strip()
    return "" if not bare else bare if bare in ("%", "°") else f" {bare}"


def is_answered(block: Block) -> bool:
    """Whether a paragraph ends with the answer to its question, or to the one above it."""
    return _ANSWER.match(block.lines[-1].lstrip()) is not None


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not page.lines_of(_LINE):
        return
    for blocks, at, title in places(page.blocks):
        block = blocks[at]
        if block.kind != "paragraph" or not page.free(block.line, block.end_line):
            continue
        first = next((number for number, line in enumerate(block.lines) if _ANSWER.match(line.lstrip())), None)
        if first is None or not (answers := _answers(block.lines[first:])):
            continue
        above = _question(page, blocks, at, first, title)
        if above is None:
            continue
        why, end = explanation_below(blocks, at + 1)
        end = max(end, block.end_line)
        if page.free(above.line, end):
            kind = "numeric" if all(map(numeric, answers)) else "typed"
            accepted = tuple(map(numeric, answers)) if kind == "numeric" else answers
            draft = Draft("typed", above.prompt, "", above.line, end, explanation=why, accepted=accepted)
            yield Claim(((above.line, end),), (draft._replace(kind="numeric") if kind == "numeric" else draft,))


def _question(page: Page, blocks: Sequence[Block], at: int, first: int, title: Block | None) -> Above | None:
    """The lines above the answer in its own paragraph where they ask, else the block above it that does."""
    if not first:
        return question_above(page, blocks, at, title, _asks)
    lead = blocks[at].lines[:first]
    if not _asks("\n".join(lead)):
        return None
    line = title.line if title is not None and title.kind == "item" and not at else blocks[at].line
    return Above(line, asked_in(lead))


def _asks(text: str) -> bool:
    return asks(text) or sets_a_task(question_text(text)) or "___" in text


def _answers(lines: Sequence[str]) -> tuple[str, ...]:
    """The answers of lines that are all `= answer`, each a number, a shape or a few words; none where one is not."""
    told = [_ANSWER.fullmatch(line.strip()) for line in lines]
    if len(lines) > _LONGEST:
        return ()
    answers = [written(found["told"]) if found else "" for found in told]
    fit = all(answer and (numeric(answer) or _WORDS.fullmatch(answer)) for answer in answers)
    return tuple(dict.fromkeys(answers)) if fit else ()


DIALECT = Dialect(
    name="answer-line",
    level="structured",
    recognises=(
        "A question and, on the lines under it, `= answer`: a number with its tolerance and unit, a range `1 … 5`, a "
        "tensor's shape, or words to type; several lines for several that count."
    ),
    find=_find,
    example=(
        "What does a step of 0.1 along a gradient of 2.5 change the weight by?\n"
        "= 0.25 ± 0.01\n\n"
        "## Which shape has the output of a padded `Conv2d(3, 64, 3)` for `(32, 3, 7, 7)`?\n\n"
        "= (32, 64, 7, 7)\n\n"
        "> Only the channels change.\n\n"
        "Which optimizer keeps two moments?\n= Adam\n= AdamW\n"
    ),
    cards=(
        ("What does a step of 0.1 along a gradient of 2.5 change the weight by?", "0.25 ± 0.01"),
        (
            "Which shape has the output of a padded `Conv2d(3, 64, 3)` for `(32, 3, 7, 7)`?",
            "(32, 64, 7, 7)\n\nOnly the channels change.",
        ),
        ("Which optimizer keeps two moments?", "- Adam\n- AdamW"),
    ),
)
