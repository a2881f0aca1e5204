"""`studytool check`: names what is wrong in the notes and what was left aside, as a compiler does."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from studytool import desk
from studytool.commands.cards import diagnostic_as_json
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes import Diagnostic, Library

_ORDER = ("error", "warning", "info")


def run(args: argparse.Namespace) -> int:
    """Prints the diagnostics of the notes in `args.paths` and their counts; 1 when there is an error, else 0."""
    wanted = desk.request(args.paths, args.root)
    unknown = wanted.settings.unknown
    library = desk.read_notes(wanted)
    found = (*library.diagnostics, *_demo_links(library))
    cards = sum(len(note.cards) + len(note.questions) for note in library.notes)
    if args.json:
        told = {"diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found], "counts": _counts(found)}
        print(as_json({**told, "notes": len(library.notes), "cards": cards, "settings": list(unknown)}))
    else:
        for sentence in unknown:
            print(one_line(sentence))
        for diagnostic in found:
            print(_line(diagnostic))
        if found:
            print()
        for severity in _ORDER:
            codes = _counts(found).get(severity, {})
            if codes:
                listed = ", ".join(f"{code} {count}" for code, count in codes.items())
                print(f"{severity:>8} {sum(codes.values()):>5}  ({listed})")
        print(f"{cards} cards and questions in {len(library.notes)} note{'s' * (len(library.notes) != 1)}.")
    return 1 if any(diagnostic.severity == "error" for diagnostic in found) else 0


def _demo_links(library: Library) -> list[Diagnostic]:
    """A warning for each link to a demo that does not exist, or that sets a parameter the demo does not have."""
    from studytool.demo.find import list_demos
    from studytool.notes.model import Diagnostic, Span

    demos = {demo.name: demo for demo in list_demos()}
    links = [(Span(note.path, 1), note.topic.demo) for note in library.notes]
    for note in library.notes:
        links += [(card.span, card.demo) for card in note.studied if card.demo != note.topic.demo]
    found = []
    for span, link in links:
        if link is None:
            continue
        if link.name not in demos:
            told, hint = f"There is no demo {link.name!r}.", f"There is: {', '.join(demos)}."
            found.append(Diagnostic(span, "warning", "unknown-demo", told, hint))
            continue
        parameters = demos[link.name].parameters
        for name, _ in link.parameters:
            if name not in parameters:
                told, hint = f"The demo {link.name} has no parameter {name!r}.", f"It has: {', '.join(parameters)}."
                found.append(Diagnostic(span, "warning", "unknown-parameter", told, hint))
    return found


def _line(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = f"{one_line(span.path)}:{span.line}:{span.column}"
    line = f"{place}: {diagnostic.severity} {diagnostic.code}: {one_line(diagnostic.message)}"
    return f"{line}\n    {one_line(diagnostic.hint)}" if diagnostic.hint else line


def _counts(found: Sequence[Diagnostic]) -> dict[str, dict[str, int]]:
    """How many diagnostics there are of each severity and code, the most frequent code first."""
    counted = Counter((diagnostic.severity, diagnostic.code) for diagnostic in found)
    table: dict[str, dict[str, int]] = {}
    for (severity, code), count in counted.most_common():
        table.setdefault(severity, {})[code] = count
    return table
