"""`studytool check`: names what is wrong in the notes and what was left aside, as a compiler does."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from typing import TYPE_CHECKING

from studytool import desk, settings
from studytool.commands.cards import diagnostic_as_json
from studytool.commands.settings import no_keys
from studytool.errors import UsageError
from studytool.text import as_json, counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.notes import Diagnostic, Library

_ORDER = ("error", "warning", "info", "style")
_MOST = 20
"""So many diagnostics of one code are listed when not all are asked for."""


def run(args: argparse.Namespace) -> int:
    """Prints the diagnostics of the notes in `args.paths` and their counts; 1 when there is an error, else 0.

    `args.code` names the codes that are wanted, `args.all` lists everything, `args.style` the remarks on style as well,
    `args.explain` is a code to tell about, `args.since` a git revision to compare with; `args.run` executes checks.
    What was left aside is listed where there is no card at all.
    """
    if args.explain:
        return _explain(args.explain)
    if args.since is not None:
        from studytool.commands import since

        return since.run(args)
    if args.run:
        from studytool.commands import check_run

        return check_run.run(args)
    codes = {_known(code) for code in args.code}
    wanted = desk.request(args.paths, args.root)
    slips = no_keys(settings.layers()) if wanted.settings.keys else []
    settings.tell(slips)
    strange = [*wanted.lost, *wanted.settings.unknown, *slips]
    library = desk.read_notes(wanted)
    found = [one for one in _in_order(library) if not codes or one.code in codes]
    cards = sum(len(note.cards) + len(note.questions) for note in library.notes)
    if args.json:
        told = {"diagnostics": [diagnostic_as_json(diagnostic) for diagnostic in found], "counts": _counts(found)}
        off = {"levels": _levels_off(wanted), "dialects": _dialects_off(wanted)}
        print(as_json({**told, "notes": len(library.notes), "cards": cards, "off": off, "settings": strange}))
    else:
        silent = {"info", "style"} - {"style" if args.style else "", "" if cards else "info"}
        listed = [one for one in found if args.all or codes or one.severity not in silent]
        for line in _listing(listed, every=args.all):
            print(line)
        if listed:
            print()
        for line in _table(found):
            print(line)
        notes = len(library.notes)
        made = "1 card or question" if cards == 1 else f"{cards:,} cards and questions"
        last = f"{made} in {counted(notes, 'note')}."
        print(last if len(listed) == len(found) else f"{last} {_unlisted(found, silent)}")
        for line in _off(wanted):
            print(line)
    return 1 if any(diagnostic.severity == "error" for diagnostic in found) else 0


def _levels_off(wanted: desk.Request) -> list[str]:
    """The levels of which some library makes no cards."""
    return [level for level in settings.LEVELS if any(level not in each.cards for _, each in wanted.readings)]


def _dialects_off(wanted: desk.Request) -> list[str]:
    """The dialects of which some library makes no cards."""
    return list(dict.fromkeys(name for _, each in wanted.readings for name in each.dialects_off))


def _off(wanted: desk.Request) -> Iterator[str]:
    """A sentence about the levels, and one about the dialects, that each library switches off, with where it does."""
    told = (
        f"Off: no cards {kind} {' or '.join(off)}. `{name}` in {settings.place_of(name, root)} says so."
        for root, each in wanted.readings
        for name, kind, off in (
            ("cards", "of the level", [level for level in settings.LEVELS if level not in each.cards]),
            ("dialects_off", "written as", each.dialects_off),
        )
        if off
    )
    yield from dict.fromkeys(told)


def _unlisted(found: Sequence[Diagnostic], silent: set[str]) -> str:
    """A sentence about what is only counted, and how to see it."""
    kinds = [severity for severity in _ORDER if severity in silent and any(one.severity == severity for one in found)]
    option = "--style" if kinds == ["style"] else "--all"
    return f"What is {' or '.join(f'`{kind}`' for kind in kinds)} is counted, not listed: `{option}` lists it."


def _known(code: str) -> str:
    """`code`, after a look that there is such a one."""
    from studytool.notes.codes import CODES

    if code not in CODES:
        from difflib import get_close_matches

        close = get_close_matches(code, list(CODES), n=1, cutoff=0.5)
        hint = f"Did you mean `{close[0]}`?" if close else f"There is {', '.join(f'`{known}`' for known in CODES)}."
        raise UsageError(f"There is no code `{code}`.", hint)
    return code


def _explain(code: str) -> int:
    """Prints what a code means."""
    import textwrap

    from studytool.notes.codes import CODES

    print(textwrap.fill(f"{code}: {CODES[_known(code)]}", min(_width(), 100), break_on_hyphens=False))
    return 0


def _in_order(library: Library) -> list[Diagnostic]:
    """All diagnostics: those of files that could not be read, then those of each note in the order of its lines."""
    from studytool.commands.check_shown import unshown
    from studytool.commands.check_style import style_of

    found = [*library.diagnostics, *_demo_links(library), *unshown(library), *style_of(library)]
    notes = {note.path for note in library.notes}
    paths = [one.span.path for one in found if one.span.path not in notes] + [note.path for note in library.notes]
    place = {path: at for at, path in reversed(list(enumerate(paths)))}
    return sorted(found, key=lambda one: (place[one.span.path], one.span.line, one.span.column))


def _demo_links(library: Library) -> list[Diagnostic]:
    """A warning for each link to a demo that does not exist, or that sets a parameter to what it cannot be."""
    from studytool.demo.find import list_demos, read
    from studytool.demo.parameters import nearest
    from studytool.links import demo_file
    from studytool.notes.frontmatter import demo_link
    from studytool.notes.model import Diagnostic, Span

    links = [(note, one) for note in library.notes for one in note.references if one.kind == "demo"]
    demos = {demo.name: demo for demo in list_demos()} if links else {}
    found = []
    for note, reference in links:
        link = demo_link(reference.target)
        if link is None:
            continue
        span = Span(note.path, reference.line, reference.column, reference.line)
        try:
            file = demo_file(link, note.path)
            demo = read(file) if file else demos[link.name]
        except KeyError:
            told = f"There is no demo {link.name!r}."
            found.append(Diagnostic(span, "warning", "unknown-demo", told, nearest(link.name, list(demos))))
            continue
        except UsageError as error:
            found.append(Diagnostic(span, "warning", "unknown-demo", error.message, error.hint))
            continue
        parameters = demo.parameters
        for name, value in link.parameters:
            if name not in parameters:
                told = f"The demo {link.name} has no parameter {name!r}."
                found.append(Diagnostic(span, "warning", "unknown-parameter", told, nearest(name, parameters)))
                continue
            try:
                parameters[name].parse(name, value)
            except UsageError as error:
                found.append(Diagnostic(span, "warning", "demo-value", error.message, error.hint))
    return found


def _listing(found: Sequence[Diagnostic], *, every: bool) -> Iterator[str]:
    """The diagnostics for reading, an empty line between files; unless `every` is wanted, the first of each code."""
    from studytool.commands.excerpt import Printer

    printer = Printer(width=_width(), colour=_has_colours())
    total = Counter(diagnostic.code for diagnostic in found)
    listed: Counter[str] = Counter()
    path = ""
    for diagnostic in found:
        code = diagnostic.code
        if not every and listed[code] == _MOST:
            continue
        listed[code] += 1
        if path and diagnostic.span.path != path:
            yield ""
        path = diagnostic.span.path
        yield from printer.told(diagnostic)
        if not every and listed[code] == _MOST and (more := total[code] - _MOST):
            yield f"… {more:,} more like it (`--all` lists them)"


def _table(found: Sequence[Diagnostic]) -> Iterator[str]:
    counts = _counts(found)
    wide = max([5, *(len(f"{sum(codes.values()):,}") for codes in counts.values())])
    for severity in _ORDER:
        if codes := counts.get(severity):
            listed = ", ".join(f"{code} {count:,}" for code, count in codes.items())
            yield f"{severity:>8} {sum(codes.values()):>{wide},}  ({listed})"


def _counts(found: Sequence[Diagnostic]) -> dict[str, dict[str, int]]:
    """How many diagnostics there are of each severity and code, the most frequent code first."""
    by_code = Counter((diagnostic.severity, diagnostic.code) for diagnostic in found)
    table: dict[str, dict[str, int]] = {}
    for (severity, code), count in by_code.most_common():
        table.setdefault(severity, {})[code] = count
    return table


def _width() -> int:
    from studytool.commands.excerpt import WIDTH

    return shutil.get_terminal_size((WIDTH, 24)).columns if sys.stdout.isatty() else WIDTH


def _has_colours() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
