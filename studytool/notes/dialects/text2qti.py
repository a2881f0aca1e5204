"""Quizzes as text2qti has them: `1. question`, `*a) right`, `b) wrong`, `[*]`, `= 1.41 +- 0.01`, `* short`, `____`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.answer_line import numeric
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Page
from studytool.notes.signs import holds_any
from studytool.notes.written import written

_SETTING = (
    r"(?:quiz description|text title|text|title|points(?: per question)?|(?:solutions )?pick|shuffle answers?|"
    r"show correct answers?|one question at a time|can't go back|feedback is solution|solutions sample groups)[ \t]*:"
)
_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("title", r"(?i:quiz title)[ \t]*:[ \t]*(.*)"),
        ("setting", rf"(?i:{_SETTING})[ \t]*(.*)|(?:END_)?(?:GROUP|COMMENT)[ \t]*()|%(.*)"),
        ("question", r"\d+\.[ \t]+(\S.*)"),
        ("right", r"\*[a-zA-Z]\)[ \t]+(\S.*)"),
        ("wrong", r"[a-zA-Z]\)[ \t]+(\S.*)"),
        ("ticked", r"\[\*\][ \t]+(\S.*)"),
        ("open", r"\[ ?\][ \t]+(\S.*)"),
        ("said", r"\.\.\.[ \t]+(\S.*)"),
        ("solved", r"![ \t]+(\S.*)"),
        ("praised", r"\+[ \t]+(\S.*)"),
        ("blamed", r"-[ \t]+(\S.*)"),
        ("short", r"\*[ \t]+(\S.*)"),
        ("number", r"=[ \t]+(\S.*)"),
        ("essay", r"_{3,}()\s*"),
        ("file", r"\^{3,}()\s*"),
    )
)
_OPTIONS = frozenset({"right", "wrong", "ticked", "open"})
_RANGE = re.compile(r"\[\s*([^\s,]+)\s*,\s*([^\s,]+)\s*\]")
_TELLING = re.compile(r"\*[a-zA-Z]\)|\[\*\]|[Qq]uiz [Tt]itle[ \t]*:")
"""What a file must hold a line with: no quiz without one is told from a note."""
_SIGNS = ("\n*", "[*]", "uiz ")
"""A file without any of these has no such line, unless it is the first."""


class _Entry(NamedTuple):
    """A line of a quiz with those that go on with it. Its kind is empty where it is not understood."""

    kind: str
    text: str
    line: int
    end_line: int


def is_quiz(lines: Sequence[str]) -> bool:
    """Whether a file is such a quiz from its first line to its last: it has the title of one, or nothing else in it."""
    text = "\n".join(lines)
    if text[:1] != "*" and not holds_any(text, _SIGNS):
        return False
    if not any(map(_TELLING.match, lines)):
        return False
    entries = _entries(lines, 1)
    first = next((entry for entry in entries if entry.text), None)
    asks = any(entry.kind == "question" for entry in entries)
    if asks and first is not None and first.kind == "title":
        return True
    return asks and all(entry.kind for entry in entries) and any(entry.kind in ("right", "ticked") for entry in entries)


def file_blocks(lines: Sequence[str]) -> tuple[Block, ...]:
    """A quiz as blocks: its title as a heading, and the rest."""
    blocks = [
        Block("heading", entry.line, entry.line, (lines[entry.line - 1],), level=1, title=entry.text)
        for entry in _entries(lines, 1)
        if entry.kind == "title" and entry.text
    ][:1]
    return (*blocks, Block("text2qti", 1, len(lines), tuple(lines)))


def _entries(lines: Sequence[str], first: int) -> list[_Entry]:
    found: list[_Entry] = []
    in_comment = False
    for number, line in enumerate(lines, first):
        if line.rstrip() in ("COMMENT", "END_COMMENT"):
            in_comment = line.startswith("COMMENT")
        elif in_comment or not line.strip():
            continue
        elif line[0] in " \t" and found:
            last = found[-1]
            found[-1] = last._replace(text=f"{last.text}\n{line.strip()}".strip(), end_line=number)
        else:
            found.append(_entry(line, number))
    return found


def _entry(line: str, number: int) -> _Entry:
    for kind, pattern in _FORMS:
        if match := pattern.fullmatch(line.rstrip()):
            text = next((group for group in match.groups() if group), "")
            return _Entry(kind, text, number, number)
    return _Entry("", line, number, number)


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.of_kind("text2qti"):
        entries = _entries(block.lines, block.line)
        starts = [at for at, entry in enumerate(entries) if entry.kind == "question"]
        for entry in entries[: starts[0] if starts else None]:
            yield _unknown(entry) if not entry.kind else Claim(((entry.line, entry.end_line),))
        for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
            yield from _question(entries[start:end])


def _unknown(entry: _Entry) -> Remark:
    hint = "Lines of a paragraph that go on are indented as far as its first one."
    return Remark(entry.line, "warning", "quiz-syntax", "This line is none that a quiz of this form has.", hint)


def _question(entries: Sequence[_Entry]) -> Iterator[Claim | Remark]:
    """The question of its line and those below it; what belongs to the whole quiz may stand among them."""
    own = [entry for entry in entries if entry.kind not in ("setting", "title", "")]
    yield from (_unknown(entry) for entry in entries if not entry.kind)
    yield from (Claim(((e.line, e.end_line),)) for e in entries if e.kind in ("setting", "title"))
    ranges = tuple((entry.line, entry.end_line) for entry in own)
    drafted = _draft(own)
    if isinstance(drafted, str):
        hint = "Mark what is right with `*`, or write `= 5`, `* words` or `____` under the question."
        yield Remark(own[0].line, "warning", "choice-data", drafted, hint)
        yield Claim(ranges)
        return
    prompt = written(own[0].text)
    yield Claim(ranges, (drafted._replace(front=prompt, line=own[0].line, end_line=own[-1].end_line),))


def _draft(entries: Sequence[_Entry]) -> Draft | str:
    """A draft of the answers alone, or what is wrong with them."""
    kinds = {entry.kind for entry in entries}
    first_answer = next((at for at, entry in enumerate(entries) if entry.kind in _OPTIONS), len(entries))
    said = [entry.text for entry in entries[:first_answer] if entry.kind in ("said", "solved")]
    draft = Draft("open", "", "", 0, 0, explanation=written("\n\n".join(said)))
    texts = {kind: [written(entry.text) for entry in entries if entry.kind == kind] for kind in ("short", "number")}
    if kinds & _OPTIONS:
        options = _options(entries)
        right = sum(option.correct for option in options)
        if len(options) < 2 or not right:
            return "This question has one option only." if right else "None of these options is marked as right."
        return draft._replace(kind="choice", options=options)
    if texts["number"]:
        values = tuple(_value(text) for text in texts["number"])
        return draft._replace(kind="numeric", accepted=values) if all(values) else "This answer is no number."
    if texts["short"]:
        return draft._replace(kind="typed", accepted=tuple(dict.fromkeys(texts["short"])))
    if "file" in kinds:
        return "A file that is handed in cannot be marked here."
    return draft if "essay" in kinds else "This question has no answer."


def _options(entries: Sequence[_Entry]) -> tuple[Option, ...]:
    """The options with their feedback; that for a right or a wrong answer goes to those that have none of their own."""
    general = {kind: next((e.text for e in entries if e.kind == kind), "") for kind in ("praised", "blamed")}
    options: list[Option] = []
    for at, entry in enumerate(entries):
        if entry.kind not in _OPTIONS:
            continue
        correct = entry.kind in ("right", "ticked")
        following = entries[at + 1] if at + 1 < len(entries) else None
        own = following.text if following and following.kind == "said" else ""
        options.append(
            Option(written(entry.text), correct, written(own or general["praised" if correct else "blamed"]))
        )
    return tuple(options)


def _value(text: str) -> str:
    """A number, with its margin or as a range, as marking reads it."""
    text = text.replace("_", "")
    found = _RANGE.fullmatch(text)
    value = numeric(f"{found[1]} … {found[2]}" if found else text)
    return value.removesuffix(" ± 0")


DIALECT = Dialect(
    name="text2qti",
    level="explicit",
    owns=True,
    recognises=(
        "A quiz of text2qti: a file with `Quiz title:` first, or with nothing else in it; choices, numbers, short "
        "answers and essays, with their feedback. Groups and points are left aside."
    ),
    find=_find,
    example=(
        "Quiz title: Layers\n\n"
        "1.  What does a dropout layer do in evaluation?\n"
        "*a) nothing\n... It passes its input on.\nb)  it drops units\n\n"
        "2.  Which of these have weights?\n[*] Linear\n[ ] ReLU\n[*] Conv2d\n\n"
        "3.  What is the square root of 2?\n=   1.4142 +- 0.0001\n\n"
        "4.  Which layer shrinks an image and has no weights?\n*   pooling\n*   max pooling\n"
    ),
    cards=(
        ("What does a dropout layer do in evaluation?\n\n- nothing\n- it drops units", "nothing"),
        ("Which of these have weights?\n\n- Linear\n- ReLU\n- Conv2d", "- Linear\n- Conv2d"),
        ("What is the square root of 2?", "1.4142 ± 0.0001"),
        ("Which layer shrinks an image and has no weights?", "- pooling\n- max pooling"),
    ),
)
