"""`studytool cards`: lists what the notes yield, for reading or as JSON."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from studytool import text
from studytool.errors import StudytoolError
from studytool.text import one_line

if TYPE_CHECKING:
    from studytool.notes import Card, DemoLink, Diagnostic, Library, Note, Question
    from studytool.notes.model import Severity

_DIALECT_WIDTH = 14
_FRONT_WIDTH = 100
_BACK_WIDTH = 96


def run(args: argparse.Namespace) -> int:
    """Prints the cards in `args.paths` (the built-in course without any); `args.json` and `args.root` as documented."""
    library = open_library(args)
    if args.json:
        print(text.as_json(as_json(library)))
        return 0
    if not any(note.cards or note.questions for note in library.notes):
        notes = len(library.notes)
        raise StudytoolError(
            f"There is no card in {notes} note{'s' if notes != 1 else ''}.",
            "`studytool check` with the same paths says what was left aside.",
        )
    print("\n".join(_listing(library)))
    return 0


def open_library(args: argparse.Namespace) -> Library:
    """The library that a command's arguments name, else that of the settings, else the built-in course."""
    from studytool import desk

    return desk.read_notes(desk.request(args.paths, args.root))


def as_json(library: Library) -> dict[str, object]:
    """The library as plain values: notes, cards, questions and diagnostics in study order."""
    return {
        "notes": [_note(note) for note in library.notes],
        "cards": [_card(card) for note in library.notes for card in note.cards],
        "questions": [_question(question) for note in library.notes for question in note.questions],
        "diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in library.diagnostics],
    }


def diagnostic_as_json(diagnostic: Diagnostic) -> dict[str, object]:
    """A diagnostic as plain values."""
    return {
        "path": diagnostic.span.path,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "severity": diagnostic.severity,
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


def _note(note: Note) -> dict[str, object]:
    return {
        "path": note.path,
        "topic": note.topic.name,
        "aliases": list(note.topic.aliases),
        "tags": list(note.topic.tags),
        "after": list(note.topic.after),
        "demo": _demo(note.topic.demo),
        "links": list(note.links),
    }


def _demo(link: DemoLink | None) -> dict[str, object] | None:
    return {"run": link.name, "parameters": dict(link.parameters)} if link else None


def _card(card: Card) -> dict[str, object]:
    return {"key": card.key, "kind": card.kind, "front": card.front, "back": card.back, **_place(card)}


def _question(question: Question) -> dict[str, object]:
    return {
        "key": question.key,
        "kind": question.kind,
        "prompt": question.prompt,
        "options": [{"text": option.text, "correct": option.correct, "why": option.why} for option in question.options],
        "answer": question.answer,
        "accepted": list(question.accepted),
        "pairs": [list(pair) for pair in question.pairs],
        "items": list(question.items),
        "explanation": question.explanation,
        **_place(question),
    }


def _place(item: Card | Question) -> dict[str, object]:
    return {
        "dialect": item.dialect,
        "level": item.level,
        "topic": item.topic,
        "path": item.span.path,
        "line": item.span.line,
        "column": item.span.column,
        "end_line": item.span.end_line,
        "context": list(item.context),
        "tags": list(item.tags),
        "demo": _demo(item.demo),
        "source": item.source,
    }


def _listing(library: Library) -> list[str]:
    lines = []
    wide = max([_DIALECT_WIDTH, *(len(card.dialect) for note in library.notes for card in note.studied)])
    for note in library.notes:
        found = note.studied
        if not found:
            continue
        lines.append(f"{one_line(note.path)}  ·  {one_line(note.topic.name)}")
        for card in found:
            lines.append(f"{card.span.line:>5}  {card.dialect:<{wide}} {one_line(card.front, _FRONT_WIDTH)}")
            answer = one_line(card.back, _BACK_WIDTH) if card.back else "(open: the answer is yours)"
            lines.append(f"{'':>5}  {'':<{wide}} → {answer}")
        lines.append("")
    return [*lines, _count(library)]


def _count(library: Library) -> str:
    cards = sum(len(note.cards) for note in library.notes)
    questions = sum(len(note.questions) for note in library.notes)
    severities = Counter(diagnostic.severity for diagnostic in library.diagnostics)
    told = [
        _number(cards, "card"),
        _number(questions, "question"),
        f"{_number(len(library.notes), 'note')}",
    ]
    line = f"{told[0]} and {told[1]} in {told[2]}."
    twice = cards + questions - len(library.studied())
    if twice:
        line += f" {twice:,} of them {'is' if twice == 1 else 'are'} written twice and studied once."
    if severities:
        counted = ", ".join(_number(severities[name], _NAMES[name]) for name in _NAMES if severities[name])
        line += f" `studytool check` tells more: {counted}."
    return line


_NAMES: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "remark", "style": "remark on style"}


def _number(count: int, noun: str) -> str:
    head, _, tail = noun.partition(" ")
    plural = head if count == 1 else f"{head}s"
    return f"{count:,} {plural} {tail}".rstrip()
