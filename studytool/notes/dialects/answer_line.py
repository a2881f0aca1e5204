"""A line `= answer` under a question: a number with its tolerance and unit, a shape, or words to type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studytool.notes.asking import asks, question_text, sets_a_task
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.exercise import Above, asked_in, places, question_above
from studytool.notes.dialects.explaining import explanation_below
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.written import written

_LINE = re.compile(r"[ \t>*+\d.)-]{0,20}=(?:[ \t]+\S|[ \t]*$)")
_SIGNS = ("= ", "=\t", "=\n")
_ANSWER = re.compile(r"=(?:[ \t]+(?P<told>\S.*)|[ \t]*$)")
_DIGITS = r"[-+−]?(?:\d[\d_]*(?:[.,]\d+)*|\.\d+)"
_POWER = r"(?:[eE][-+−]?\d+|\s?(?:[×·*]|\\times|\\cdot)\s?10(?:\s?\^\s?\{?\(?[-+−]?\d+\)?\}?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
_NUMBER = rf"(?:{_DIGITS}{_POWER}|[-+−]?10\s?\^\s?\{{?\(?[-+−]?\d+\)?\}}?)"
_UNIT = r"(?:\s?(?:%|‰|°|[^\W\d_]|[€$£Ω])[^\s=,;:!?()]{0,12}(?: [^\W\d][^\s=,;:!?()]{0,12}){0,2})?"
_AROUND = re.compile(
    rf"(?P<value>{_NUMBER})(?P<own>{_UNIT})\s*(?:±|\+/?-|\\pm)\s*(?P<off>{_NUMBER}\s?%?)(?P<unit>{_UNIT})"
)
_BETWEEN = re.compile(
    rf"(?P<low>{_NUMBER})(?P<own>{_UNIT})\s*(?:…|\.\.\.?|\bto\b)\s*(?P<high>{_NUMBER})(?P<unit>{_UNIT})"
)
_PLAIN = re.compile(rf"(?:{_NUMBER}|[-+−]?\d+\s?/\s?0*[1-9]\d*){_UNIT}")
_SHAPE = re.compile(rf"\(\s*{_NUMBER}(?:\s*,\s*{_NUMBER})*\s*,?\s*\)")
_WORDS = re.compile(r"(?:[^\W\d_]|[`\"'“„]|\$[^$]+\$$)[^=]{0,79}")
_MEANT = re.compile(r"±|[-+−]?[.\d(].*(?:±|\+/?-|\\pm|…|\.\.\.?)|\(.*,.*\)$|[-+−]?[\d.]+\s?/\s?[\d.]+$")
"""What was meant to be a tolerance, a range, a shape or a fraction."""
_TOO_LARGE = re.compile(r"(?:[eE]|\^)\s?[({]{0,2}[-+−]?\d{5,}")
_LONGEST = 10
"""Lines of answers that a question may have."""


def numeric(told: str) -> str:
    """A number, a range or a shape as marking reads it (`0.25 ± 0.01 m`, `1 … 5`, `(3, 4)`), empty where it is none.

    A tolerance below zero loses its sign.
    """
    told = told.replace("$", "").strip()
    if found := _AROUND.fullmatch(told):
        off = found["off"].replace(" ", "").lstrip("-−")
        return f"{found['value']}{_apart(found['own'])} ± {off}{_apart(found['unit'])}"
    if found := _BETWEEN.fullmatch(told):
        return f"{found['low']}{_apart(found['own'])} … {found['high']}{_apart(found['unit'] or found['own'])}"
    return told if _PLAIN.fullmatch(told) or _SHAPE.fullmatch(told) else ""


def slip(told: str) -> tuple[str, str] | None:
    """What is wrong with the answer on a line, and what to write instead; None where a typed answer can meet it."""
    if not told:
        return "Nothing stands after this `=`.", "Write the answer after it, such as `= 0.25 m`."
    value = numeric(told)
    if _TOO_LARGE.search(value):
        return "No number is read that is so large or so small.", "An exponent has four digits at most."
    if found := _AROUND.fullmatch(told.replace("$", "").strip()):
        off = found["off"]
        if off[0] in "-−":
            return "A tolerance is never below zero; it is taken without the sign.", f"Write `± {off[1:].strip()}`."
        if "%" in off and not found["own"] and not re.search("[1-9]", found["value"]):
            return "Some per cent of 0 are 0: this tolerance leaves no room.", "Write it as a number: `0 ± 0.01`."
    elif (found := _BETWEEN.fullmatch(value)) and found["own"].strip() in ("", found["unit"].strip()):
        low, high = map(_plain, (found["low"], found["high"]))
        if low is not None and high is not None and low > high:
            own, unit = _apart(found["own"]), _apart(found["unit"])
            return "This range runs backwards.", f"Write `{found['high']}{own} … {found['low']}{unit}`."
    if not value and "=" not in told and _MEANT.match(told):
        hint = "Write it as `0.25 ± 0.01 m`, `1 … 5 m`, `(32, 64)`, or as words."
        return "This is no number that an answer could be marked by, so it is not asked.", hint
    return None


def _plain(number: str) -> float | None:
    """The value of a number in digits; None for another notation."""
    try:
        return float(number.replace("−", "-").replace("_", ""))
    except ValueError:
        return None


def _apart(unit: str) -> str:
    bare = unit.strip()
    return "" if not bare else bare if bare in ("%", "°") else f" {bare}"


def is_answered(block: Block) -> bool:
    """Whether a paragraph ends with the answer to its question, or to the one above it."""
    return _ANSWER.match(block.lines[-1].lstrip()) is not None


def asked_at(page: Page, blocks: Sequence[Block], at: int) -> int:
    """The line of the question that the paragraph at `at` answers; 0 for a block that answers none."""
    block = blocks[at]
    first = next((number for number, line in enumerate(block.lines) if _ANSWER.match(line.lstrip())), None)
    if block.kind != "paragraph" or first is None or not _answers(block.lines[first:]):
        return 0
    above = _question(page, blocks, at, first, None)
    return above.line if above else 0


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not any(_LINE.match(page.raw[number - 1]) for number in page.lines_with(*_SIGNS)):
        return
    for blocks, at, title in places(page.blocks):
        block = blocks[at]
        if block.kind == "heading" and len(block.lines) > 1 and block.lines[-1].strip() == "=" and _asks(block.title):
            told = "This `=` alone makes a heading of what stands above it."
            yield Remark(block.end_line, "warning", "answer-value", told, "Write the answer after it, or delete it.")
        if block.kind != "paragraph" or not page.free(block.line, block.end_line):
            continue
        first = next((number for number, line in enumerate(block.lines) if _ANSWER.match(line.lstrip())), None)
        if first is None or (above := _question(page, blocks, at, first, title)) is None:
            continue
        yield from _slips(block, first)
        if not (answers := _answers(block.lines[first:])):
            continue
        why, end = explanation_below(blocks, at + 1)
        end = max(end, block.end_line)
        if page.free(above.line, end):
            kind = "numeric" if all(map(numeric, answers)) else "typed"
            accepted = tuple(map(numeric, answers)) if kind == "numeric" else answers
            draft = Draft("typed", above.prompt, "", above.line, end, explanation=why, accepted=accepted)
            yield Claim(((above.line, end),), (draft._replace(kind="numeric") if kind == "numeric" else draft,))


def _slips(block: Block, first: int) -> Iterator[Remark]:
    """What is wrong with lines that are all `= answer`."""
    told = [_ANSWER.fullmatch(line.strip()) for line in block.lines[first:]]
    if not all(told) or sum(bool(numeric(found["told"] or "")) for found in told if found) < len(told) - 1:
        return  # steps of a derivation
    for number, found in enumerate(told):
        if found and (wrong := slip(found["told"] or "")):
            line = block.line + first + number
            yield Remark(line, "warning", "answer-value", *wrong, column=1)


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
    text = text.partition("\n=")[0]
    return asks(text) or sets_a_task(question_text(text)) or "___" in text or text.startswith("Q:")


def _answers(lines: Sequence[str]) -> tuple[str, ...]:
    """The answers of lines that are all `= answer`, each a number, a shape or a few words; none where one is not."""
    told = [_ANSWER.fullmatch(line.strip()) for line in lines]
    if len(lines) > _LONGEST:
        return ()
    answers = [written(found["told"] or "") if found else "" for found in told]
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
    signs=_SIGNS,
)
