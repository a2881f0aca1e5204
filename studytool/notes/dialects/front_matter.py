"""Cards in the front matter of a note: `cards:` or `flashcards:`, a list of entries with a front and a back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.frontmatter import unfit, yaml_text
from studytool.notes.model import Option
from studytool.notes.page import Page
from studytool.notes.written import written

_FIELD = re.compile(r"[\"']?(?:flash[-_ ]?)?cards[\"']?[ \t]*:[ \t]*(?:[\[&!#].*)?", re.IGNORECASE)
"""The line that opens the list; where a word stands behind the colon, it says which levels of card are wanted."""
_SIDES = (
    *(("front", "back"), ("question", "answer"), ("question", "answers"), ("q", "a"), ("term", "definition")),
    ("prompt", "answer"),
)
"""The names of the two sides of an entry, in any case."""
_OPTIONS = ("choices", "options")
_RIGHT = ("correct", "iscorrect", "is_correct")
_PICTURE = re.compile(r"\S+\.(?:avif|gif|jpe?g|png|svg|webp)", re.IGNORECASE)
_Node = Any
"""A node of PyYAML: `id` says of which kind, `value` what is in it, its marks where it stands, from 0."""


class _Entry(NamedTuple):
    """An entry of the list by its fields; `line` and `column` say where it begins in the file."""

    fields: dict[str, _Node]
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


def _find(page: Page) -> Iterator[Claim | Remark]:
    lines = page.raw[1 : page.body_start - 2]
    if (
        page.body_start < 3
        or page.raw[0].rstrip() != "---"
        or not any(_FIELD.fullmatch(line.rstrip()) for line in lines)
    ):
        return
    found = [_read(entry) for entry in _entries(lines)]
    yield from (one for one in found if isinstance(one, Remark))
    drafts = tuple(one for one in found if isinstance(one, Draft))
    yield Claim(tuple((draft.line, draft.end_line) for draft in drafts), drafts)


def _entries(lines: Sequence[str]) -> Iterator[_Entry]:
    """The entries of all lists of cards in YAML, of which the first line is the second of the file."""
    if unfit("\n".join(lines)):
        return
    import yaml  # only where the front matter may hold cards

    root: _Node
    try:
        root = yaml.compose(yaml_text([*lines, ""]), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return  # the front matter is told to be none
    for name, value in root.value if root is not None and root.id == "mapping" else ():
        if value.id != "sequence" or name.id != "scalar" or not _FIELD.fullmatch(f"{name.value}:"):
            continue
        at = -1
        for node in value.value:
            if node.id == "mapping" and node.start_mark.index > at:  # else it is one that stands above, by its name
                at = node.start_mark.index
                yield _entry(node, lines)


def _entry(node: _Node, lines: Sequence[str]) -> _Entry:
    start = node.start_mark
    fields = {
        name.value.strip().casefold(): value
        for name, value in node.value
        if name.id == "scalar" and value.start_mark.index > start.index
    }
    last = node.end_mark.line - (not node.flow_style)  # a mapping of lines ends where the next thing begins
    while last > start.line and not lines[last].split("#")[0].strip():
        last -= 1
    return _Entry(fields, start.line + 2, start.column + 1, last + 2)


def _own(node: _Node) -> list[_Node]:
    """The items of a list, without those that are written above it and stand in it by a name."""
    return [item for item in node.value if item.start_mark.index > node.start_mark.index]


def _scalar(node: _Node) -> str | None:
    if node.id != "scalar":
        return None
    return "" if node.tag.endswith(":null") else str(node.value).strip()


def _read(entry: _Entry) -> Draft | Remark | None:
    """The card or question of an entry, or what it lacks; None for what is no card."""
    asked, answered = next(
        (pair for pair in _SIDES if entry.fields.keys() >= {*pair}),
        next((pair for pair in _SIDES if pair[0] in entry.fields or pair[1] in entry.fields), ("", "")),
    )
    front, back = entry.text(asked), entry.text(answered)
    if front is None or back is None or (_PICTURE.fullmatch(front) and _PICTURE.fullmatch(back)):
        return None
    listed = next((entry.fields[name] for name in _OPTIONS if name in entry.fields), None)
    options = _options(listed, back) if listed is not None else ()
    if not front or not (back or options):
        return _lacking(entry, asked, answered) if asked else None
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


def _options(node: _Node, back: str) -> tuple[Option, ...]:
    """The options of a question: those that say so are right, or those that its answer repeats."""
    told = _told(back)
    found = []
    for item in _own(node) if node.id == "sequence" else ():
        fields = {name.value: value for name, value in item.value} if item.id == "mapping" else {}
        text = _scalar(fields.get("text", item))
        if not text:
            return ()
        said = [_scalar(fields[name]) for name in fields if str(name).casefold() in _RIGHT]
        shown = written(text)
        found.append(Option(shown, said == ["true"] if said else shown.casefold() in told))
    return tuple(found)


def _lacking(entry: _Entry, asked: str, answered: str) -> Remark:
    if not entry.text(asked):
        message, code, wanted = "This card in the front matter has no question.", "no-question", asked
    else:
        message, code, wanted = "This card in the front matter has no answer.", "no-answer", answered
    return Remark(entry.line, "error", code, message, f"Write it behind `{wanted}:`.", entry.column)


DIALECT = Dialect(
    name="front-matter",
    level="explicit",
    owns=True,
    recognises=(
        "In front matter, a list `cards:` or `flashcards:` of entries with `front` and `back`, `question` and `answer` "
        "or `q` and `a`; with `options`, of which the answer repeats one, or which say `correct: true`."
    ),
    find=_find,
    example=(
        "---\n"
        "title: Pooling\n"
        "flashcards:\n"
        "  - question: What does max pooling keep?\n"
        "    answer: The largest value of each window.\n"
        "  - front: Weights of a pooling layer\n"
        "    back: None\n"
        "---\n"
    ),
    cards=(
        ("What does max pooling keep?", "The largest value of each window."),
        ("Weights of a pooling layer", "None"),
    ),
    signs=("cards:", "Cards:", 'cards":', "cards':"),
)
