"""References that lead nowhere, with the nearest name that leads somewhere. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from studytool.notes.facts import NOTE_ENDINGS, is_template, without_query
from studytool.notes.model import Diagnostic, Note, Reference, Severity, Span
from studytool.notes.targets import Targets, unquoted

_HINTS = 200
"""So many names are looked for among all others; the rest are told without a likeness."""
_COMPARISONS = 2_000_000
"""So many names are compared in all, however many files there are."""
_ALIKE = 86.0
"""How alike two names are, out of 100, of which one may be a slip for the other."""
_VALUES = ("True", "False", "None", "true", "false", "null", "")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".avif")


def dangling(notes: Sequence[Note], targets: Targets) -> list[Diagnostic]:
    """What the notes refer to and the library does not have, in the order of the notes and their lines.

    A picture or an embed that a card needs is a warning; what stands elsewhere, and every link, is told as `info`:
    people link to notes that they have yet to write. What leads out of the library is not judged; where its files are
    not all known, only paths from the note's own folder are.
    """
    found: list[tuple[Note, Reference, str, Severity]] = []
    for note in notes:
        lines: _Lines | None = None
        for reference in note.references:
            if _leads_somewhere(reference, note.place, targets):
                continue
            code = _code(reference)
            severity: Severity = "info"
            if code != "dangling-link":
                lines = lines or _Lines(note)
                severity = "warning" if reference.line in lines else "info"
            found.append((note, reference, code, severity))
    if not found:
        return []
    likeness = _Likeness(targets)
    for _, reference, code, _ in sorted(found, key=lambda one: one[3] == "info"):  # warnings have hints first
        likeness.look(_name(reference), code)
    return [_told(*one, likeness.of(_name(one[1]), one[2])) for one in found]


def _leads_somewhere(reference: Reference, place: str, targets: Targets) -> bool:
    if reference.kind == "demo":
        return True
    target = reference.target
    if targets.resolve(target, place):
        return True
    wiki = reference.kind in ("wikilink", "embed")
    if wiki and (is_template(target) or "://" in target or target.endswith("/") or _is_array(target)):
        return True
    if not targets.complete and (wiki or target.startswith(("/", "@/"))):
        return True
    return place.startswith(("../", "/")) or targets.leads_outside(target, place)


def _is_array(target: str) -> bool:
    """Whether double brackets hold rows of values, `[[1, 2]]`, as code in prose has them."""
    values = [value.strip() for value in target.split(",")]
    return len(values) > 1 and all(value in _VALUES or value.lstrip("-").replace(".", "").isdigit() for value in values)


def _code(reference: Reference) -> str:
    if reference.kind in ("wikilink", "link"):
        return "dangling-link"
    picture = reference.kind == "image" or _name(reference).lower().endswith(_PICTURES)
    return "dangling-image" if picture else "dangling-embed"


def _name(reference: Reference) -> str:
    """The name that is looked for, without folders and without the part of the note."""
    path = reference.target.partition("#")[0].replace("\\", "/")
    if reference.kind in ("image", "link"):
        path = without_query(unquoted(path))
    return path.rstrip("/").rpartition("/")[2].strip()


def _told(note: Note, reference: Reference, code: str, severity: Severity, like: str) -> Diagnostic:
    message, hint = _MESSAGES[code]
    span = Span(note.path, reference.line, reference.column, reference.line)
    name = reference.target.partition("#")[0].strip() or reference.target
    told = message.format(without_query(unquoted(name)) if reference.kind in ("image", "link") else name)
    return Diagnostic(span, severity, code, told, f"Is it “{like}”?" if like else hint)


_MESSAGES = {
    "dangling-link": ("There is no note “{}”.", "Write that note, or correct the link."),
    "dangling-image": ("There is no file “{}”.", "Put the file there, or correct its name."),
    "dangling-embed": ("There is no note or file “{}” to put here.", "Write that note, or correct its name."),
}


class _Lines:
    """The lines of a note that cards use."""

    def __init__(self, note: Note) -> None:
        told = [card.span for card in note.cards] + [question.span for question in note.questions]
        spans = sorted((span.line, max(span.line, span.end_line)) for span in told)
        self.starts = [first for first, _ in spans]
        self.ends: list[int] = []
        for _, last in spans:
            self.ends.append(max(last, self.ends[-1] if self.ends else 0))

    def __contains__(self, line: int) -> bool:
        at = bisect_right(self.starts, line) - 1
        return at >= 0 and line <= self.ends[at]


@dataclass(slots=True)
class _Likeness:
    """The names of a library, to find the one that a wrong one was meant to be. What it costs is bounded."""

    targets: Targets
    hints: int = _HINTS
    comparisons: int = _COMPARISONS
    known: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)

    def look(self, name: str, code: str) -> None:
        """Look for the name most like this one, as long as there is time for it."""
        if (name, code) in self.known or not name or not self.hints:
            return
        names = self.names(code)
        if len(names) > self.comparisons:
            return
        self.hints -= 1
        self.comparisons -= len(names)
        self.known[name, code] = _nearest(name, names)

    def of(self, name: str, code: str) -> str:
        return self.known.get((name, code), "")

    def names(self, code: str) -> dict[str, str]:
        if not self.notes and not self.others:
            for name in self.targets.names():
                stem, _, ending = name.rpartition(".")
                is_note = f".{ending.lower()}" in NOTE_ENDINGS
                (self.notes if is_note else self.others).setdefault((stem if is_note else name).casefold(), name)
        return self.others if code == "dangling-image" else self.notes


def _nearest(name: str, names: dict[str, str]) -> str:
    """The name most like `name`, its numbers the same: `image 3` is not a slip for `image 4`."""
    from rapidfuzz import fuzz, process  # 15 ms, and only where something dangles

    stem, _, ending = name.rpartition(".")
    wanted = (stem if f".{ending.lower()}" in NOTE_ENDINGS else name).casefold()
    for like, _, _ in process.extract(wanted, names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3):
        if _digits(str(like)) == _digits(wanted):
            return names[str(like)].removesuffix(".md")
    return ""


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit())
