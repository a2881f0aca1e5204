"""`studytool check --run`: executes the checks that cards carry, and the claims of the demos that the notes link."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import desk, places
from studytool.commands.cards import diagnostic_as_json
from studytool.commands.check_agree import agrees, answer_of
from studytool.commands.excerpt import Printer
from studytool.demo import trust
from studytool.demo.find import find_demo
from studytool.demo.find import read as read_demo
from studytool.demo.limits import Limits
from studytool.errors import UsageError
from studytool.links import demo_file
from studytool.notes.checks import Check, carried, find_checks, may_check
from studytool.notes.model import Diagnostic, Span
from studytool.notes.reading import content_of, decoded
from studytool.text import as_json, clean, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from studytool.demo.find import DemoInfo
    from studytool.notes.model import Card, DemoLink, Library, Note, Question

_SEEDS = 2
"""Of the seeds that a demo's claim goes through, so many are taken here; `studytool demo NAME --claims` takes all."""
_WIDTH = 60


@dataclass(frozen=True, slots=True)
class _Carried:
    """A check and one of the cards that carry it."""

    path: str
    check: Check
    card: Card | Question


def run(args: argparse.Namespace) -> int:
    """Print how many cards were verified, and what failed with its place; 1 when something failed, else 0.

    With `args.no_claims` no demo runs, and a card that names a claim counts as not verified. Raises `UsageError` where
    a note or a demo would have to run that is not trusted, before anything runs.
    """
    library = desk.read_notes(desk.request(args.paths, args.root))
    tasks, failed = _gathered(library, trusting=args.trust)
    demos = {} if args.no_claims else _demos(library, trusting=args.trust)
    verified, more = _verified([task for task in tasks if task.check.kind == "python"])
    claims = list(_claims(demos))
    named = [] if args.no_claims else [task for task in tasks if task.check.kind == "claim"]
    told, others = _borne_out(named, claims)
    failed += [*more, *others, *(one for claim in claims if (one := claim.failure()))]
    failed.sort(key=lambda one: (one.span.path, one.span.line))
    keys = verified | told
    cards = len(library.entries)
    sourced = {card.key for card in library.studied() if card.source} - keys
    if args.json:
        print(as_json(_as_values(keys, cards, claims, failed) | {"sourced": len(sourced)}))
    else:
        printer = Printer()
        for one in failed:
            print(*printer.told(one), sep="\n")
        print(f"{len(keys)} of {counted(cards, 'card')} verified by running them.")
        if sourced:
            print(f"{len(sourced)} of the other {cards - len(keys)} name{'s' * (len(sourced) == 1)} a source.")
        if claims:
            held = sum(claim.held for claim in claims)
            print(f"{held} of {counted(len(claims), 'claim')} of their demos held, each on {_SEEDS} seeds.")
    return 1 if failed else 0


# -- what there is to run ---------------------------------------------------------------------------------------------


def _gathered(library: Library, *, trusting: bool) -> tuple[list[_Carried], list[Diagnostic]]:
    """The checks with their cards, and those without one; read and hashed at once, so that what runs was agreed to."""
    tasks: list[_Carried] = []
    stray: list[Diagnostic] = []
    strange: list[str] = []
    course = places.built_in("cards").resolve()
    for note in library.notes:
        path = Path(note.path)
        content = content_of(note.path)
        text = decoded(content) if isinstance(content, bytes) else ""
        if not isinstance(content, bytes) or not isinstance(text, str) or not may_check(text):
            continue  # without checks, or gone since the notes were read
        checks = find_checks(clean(text).removeprefix("\ufeff").split("\n"))
        own = path.resolve()
        python = any(check.kind == "python" for check in checks)
        if python and not trusting and own.parent != course and not trust.is_agreed(own, trust.digest_of(content)):
            strange.append(note.path)
        for check, cards in carried(note, checks):
            tasks += [_Carried(note.path, check, card) for card in cards]
            if not cards:
                span = Span(note.path, check.line, 1, check.end_line)
                told = "No card stands above this check."
                stray.append(Diagnostic(span, "error", "stray-check", told, "Put it below the card that it checks."))
    _refuse(strange, "carries checks, and running them runs their code as you.")
    return tasks, stray


def _refuse(strange: Sequence[str], told: str) -> None:
    """Raise `UsageError` where there are files that nobody has agreed to run."""
    if strange:
        more = f" So do {len(strange) - 1} more." if len(strange) > 1 else ""
        names = " ".join(one_line(path) for path in strange[:5])
        it = trust.it(Path(strange[0]))
        raise UsageError(
            f"{strange[0]} is not trusted; it {told}{more}",
            f"Look at {it}, then say `studytool trust {names}`, or add --trust to run it this once.",
        )


def _demos(library: Library, *, trusting: bool) -> dict[Path, DemoInfo]:
    """The demos that the notes link, by their files; those that do not exist are left to the other diagnostics."""
    found: dict[Path, DemoInfo] = {}
    for note in library.notes:
        for link in _links(note):
            info = _demo(link, note.path)
            if info is not None:
                found.setdefault(info.path, trust.agreed(info) if trusting else info)
    strange = [str(info.path) for info in found.values() if not trust.is_trusted(info)]
    _refuse(strange, "is linked by the notes, and running its claims runs its code as you.")
    return found


def _links(note: Note) -> Iterator[DemoLink]:
    from studytool.notes.frontmatter import demo_link

    if note.topic.demo:
        yield note.topic.demo
    for reference in note.references:
        if reference.kind == "demo" and (link := demo_link(reference.target)):
            yield link


def _demo(link: DemoLink, path: str) -> DemoInfo | None:
    try:
        file = demo_file(link, path)
        return read_demo(file) if file else find_demo(link.name)
    except UsageError:
        return None


# -- Python -----------------------------------------------------------------------------------------------------------


def _verified(tasks: Sequence[_Carried]) -> tuple[set[str], list[Diagnostic]]:
    """The keys of the cards whose checks all hold, and the checks that failed."""
    from studytool.demo.verifying import run_checks

    asked = [(task.check.text, answer_of(task.card)) for task in tasks]
    failed, wrong = [], set()
    for task, outcome in zip(tasks, run_checks(asked, Limits()), strict=True):
        told = f"This check fails: {outcome.problem}." if outcome.problem else ""
        if not told and not agrees(outcome.value, task.card):
            told = "This check does not hold."
            if outcome.value is not False:
                answer = one_line(str(answer_of(task.card)), _WIDTH)
                told = f"This check comes to {one_line(str(outcome.value), _WIDTH)}, and the answer is “{answer}”."
        if told:
            wrong.add(task.card.key)
            failed.append(_failure(task, told, outcome.line))
    return {task.card.key for task in tasks} - wrong, failed


def _failure(task: _Carried, told: str, line: int = 0) -> Diagnostic:
    at = min(task.check.line + max(line, 1), task.check.end_line)
    hint = f"Correct the card at line {task.card.span.line}, or its check."
    return Diagnostic(Span(task.path, at, 1, at), "error", "failed-check", told, hint)


# -- claims -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim of a demo as it came out; `problem` where the demo did not get so far."""

    demo: DemoInfo
    text: str
    held: bool
    measured: str = ""
    problem: str = ""

    def failure(self) -> Diagnostic | None:
        """What is to be said of a claim that does not hold."""
        if self.held:
            return None
        measured = f" ({self.measured})" if self.measured else ""
        told = self.problem or f"A claim of this demo does not hold: {self.text}{measured}"
        hint = f"`studytool demo {self.demo.name} --claims` tries it on all its seeds."
        path, line = self.demo.claimed_at.get(one_line(self.text), (self.demo.path, 1))
        return Diagnostic(Span(str(path), line, 1, line), "error", "failed-claim", told, hint)


def _claims(demos: dict[Path, DemoInfo]) -> Iterator[_Claim]:
    from studytool.demo.headless import prove
    from studytool.errors import StudytoolError

    for at, info in enumerate(demos.values(), 1):
        if not info.claims:
            continue
        if sys.stderr.isatty():
            print(f"\r\x1b[Kdemo {at} of {len(demos)}: {info.name}", end="", file=sys.stderr, flush=True)
        try:
            for message in prove(info.path, {}, 0, "cpu", _SEEDS, digest=info.digest):
                if message["type"] == "claim":
                    yield _Claim(info, str(message["text"]), bool(message["held"]), str(message["measured"]))
        except StudytoolError as error:
            yield _Claim(info, "", False, problem=str(error))
    if demos and sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _borne_out(tasks: Iterable[_Carried], claims: Sequence[_Claim]) -> tuple[set[str], list[Diagnostic]]:
    """The keys of the cards whose linked demo claims what they name and is right, and the others."""
    verified, failed = set(), []
    for task in tasks:
        named = one_line(task.check.text).strip()
        info = _demo(task.card.demo, task.path) if task.card.demo else None
        found = [one for one in claims if info and one.demo.path == info.path and named and named in one.text]
        if not found:
            of = f"the demo {info.name}" if info else "this card, which links no demo,"
            failed.append(_failure(task, f"No claim of {of} has the words “{one_line(named, _WIDTH)}”."))
        elif all(one.held for one in found):
            verified.add(task.card.key)
        else:
            failed.append(_failure(task, f"The claim does not hold: {found[0].text}"))
    return verified, failed


def _as_values(
    verified: set[str], cards: int, claims: Sequence[_Claim], failed: Sequence[Diagnostic]
) -> dict[str, object]:
    return {
        "verified": len(verified),
        "cards": cards,
        "keys": sorted(verified),
        "claims": [
            {"demo": one.demo.name, "text": one.text, "held": one.held, "measured": one.measured} for one in claims
        ],
        "failed": [diagnostic_as_json(one) for one in failed],
    }
