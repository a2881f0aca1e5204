"""Cards that are written as data, in YAML or JSON: entries with the names of two sides, maybe with options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from studytool.notes.claims import Draft, Remark
from studytool.notes.frontmatter import unfit, yaml_text
from studytool.notes.model import Option
from studytool.notes.written import written

_SIDES = (
    *(("front", "back"), ("question", "answer"), ("question", "answers"), ("q", "a"), ("term", "definition")),
    ("prompt", "answer"),
)
"""The names of the two sides of an entry, in any case."""
_OPTIONS = ("choices", "options")
_RIGHT = ("correct", "iscorrect", "is_correct")
_TRUE = ("true", "yes", "on")
"""What YAML takes for true, in any case."""
_PICTURE = re.compile(r"\S+\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
Node = Any
"""A node of PyYAML: `id` says of which kind, `value` what is in it, its marks where it stands, from 0."""


class Entry(NamedTuple):
    """An entry of the list by its fields; `line` and `column` say where it begins in the file."""

    fields: dict[str, Node]
    line: int
    column: int
    end_line: int

    def text(self, name: str) -> str | None:
        """A field as its author wrote it, several values as a list of items; None where it is made of other things."""
        node = self.fields.get(name)
        if node is None:
            return ""
        if node.id == "sequence":
            items = [_scalar(item) for item in _own(node)]
            return None if None in items else "\n".join(f"- {item}" for item in items if item)
        return _scalar(node)


class NotRead(ValueError):
    """Lines that are no YAML: what is wrong, and in which of them, from 0."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def composed(lines: Sequence[str]) -> Node | None:
    """Lines of YAML, or of JSON, as nodes; None where they hold nothing. Raises `NotRead`."""
    text = yaml_text([*lines, ""])
    if problem := unfit(text, merges=False):
        raise NotRead(problem, 0)
    import yaml  # only where there may be cards in it

    try:
        root: Node | None = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        told = getattr(error, "problem", None) or str(error).partition("\n")[0]
        raise NotRead(told, mark.line if mark else 0) from error
    return root


def entries_in(value: Node, lines: Sequence[str], first: int) -> Iterator[Entry]:
    """The entries of a list, or the one that a value is, in lines that begin at the line `first` of the file."""
    at = -1
    for node in value.value if value.id == "sequence" else [value]:
        if node.id == "mapping" and node.start_mark.index > at:  # else it is one that stands above, by its name
            at = node.start_mark.index
            yield _entry(node, lines, first)


def only_texts(value: Node) -> bool:
    """Whether a value is a list of nothing but texts, at least one of which has several words."""
    items = value.value if value.id == "sequence" else []
    texts = [_scalar(item) for item in items]
    return None not in texts and any(" " in (text or "") for text in texts)


def _entry(node: Node, lines: Sequence[str], first: int) -> Entry:
    start = node.start_mark
    fields = {
        name.value.strip().casefold(): value
        for name, value in node.value
        if name.id == "scalar" and value.start_mark.index > start.index
    }
    last = node.end_mark.line - (not node.flow_style)  # a mapping of lines ends where the next thing begins
    while last > start.line and not lines[last].split("#")[0].strip():
        last -= 1
    return Entry(fields, start.line + first, start.column + 1, last + first)


def _own(node: Node) -> list[Node]:
    """The items of a list, without those that are written above it and stand in it by a name."""
    return [item for item in node.value if item.start_mark.index > node.start_mark.index]


def _scalar(node: Node) -> str | None:
    if node.id != "scalar":
        return None
    return "" if node.tag.endswith(":null") else str(node.value).strip()


def read_entry(entry: Entry) -> Draft | Remark | None:
    """The card or question of an entry, or what it lacks; None for what is no card."""
    asked, answered = next(
        (pair for pair in _SIDES if entry.fields.keys() >= {*pair}),
        next((pair for pair in _SIDES if pair[0] in entry.fields or pair[1] in entry.fields), ("", "")),
    )
    if not asked:
        return None
    front, back = entry.text(asked), entry.text(answered)
    if front is None or back is None or (_PICTURE.fullmatch(front) and _PICTURE.fullmatch(back)):
        return None
    listed = next((entry.fields[name] for name in _OPTIONS if name in entry.fields), None)
    options = _options(listed, back) if listed is not None else ()
    if not front or not (back or options):
        return _lacking(entry, asked, answered)
    if listed is not None and not 0 < sum(option.correct for option in options) < len(options):
        message = "This question does not say which of its options is right."
        hint = f"Write the right one behind `{answered}:` as it stands among the options, or `correct: true` with it."
        return Remark(entry.line, "error", "choice-data", message, hint, entry.column)
    explained = bool(options) and _told(back).isdisjoint(option.text.casefold() for option in options)
    tags = tuple(tag.lstrip("#") for tag in (entry.text("tags") or "").replace(",", " ").split() if tag.strip("-#"))
    return Draft(
        "choice" if options else "basic",
        written(front),
        "" if options else written(back),
        *(entry.line, entry.end_line, entry.column),
        options=options,
        explanation=written(back) if explained else "",
        tags=tags,
    )


def _told(back: str) -> set[str]:
    """The answers among which an option is right: one text, or several that are a list."""
    return {written(line.removeprefix("- ")).casefold() for line in (back, *back.split("\n"))}


def _options(node: Node, back: str) -> tuple[Option, ...]:
    """The options of a question: those that say so are right, or those that its answer repeats."""
    told = _told(back)
    found = []
    for item in _own(node) if node.id == "sequence" else ():
        fields = _scalars(item) if item.id == "mapping" else {}
        text = _scalar(fields.get("text", item))
        if not text:
            return ()
        said = [_scalar(fields[name]) for name in fields if str(name).casefold() in _RIGHT]
        shown = written(text)
        found.append(Option(shown, str(said[0]).casefold() in _TRUE if said else shown.casefold() in told))
    return tuple(found)


def _scalars(node: Node) -> dict[str, Node]:
    """The values of a mapping by those of its names that are words."""
    return {str(name.value): value for name, value in node.value if name.id == "scalar"}


def _lacking(entry: Entry, asked: str, answered: str) -> Remark:
    if not entry.text(asked):
        message, code, wanted = "This card has no question.", "no-question", asked
    else:
        message, code, wanted = "This card has no answer.", "no-answer", answered
    return Remark(entry.line, "error", code, message, f"Write it behind `{wanted}:`.", entry.column)
