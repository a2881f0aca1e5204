"""docs/quiz.md shows every kind of question, and each of its examples is asked as the kind that it stands under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import Attempt, build, mark
from studytool.quiz.model import Asked, AskedKind

PAGE = Path(__file__).resolve().parents[2] / "docs" / "quiz.md"
EXAMPLE = re.compile(r"^### (.+?)\n.*?^(`{3,4})(markdown|text)\n(.*?)^\2$", re.MULTILINE | re.DOTALL)
KINDS: dict[str, tuple[str, ...]] = {
    "One option": ("choice",),
    "Several options": ("multiple",),
    "True or false": ("truth",),
    "Typed": ("typed",),
    "A gap": ("cloze",),
    "A number": ("numeric",),
    "A shape": ("numeric",),
    "An order": ("ordering",),
    "Pairs": ("matching",),
    "Free recall": ("recall",),
    "GIFT": ("matching", "numeric", "recall", "truth", "typed"),
    "quizdown": ("choice", "ordering"),
    "text2qti": ("choice", "multiple", "numeric", "recall", "typed"),
}
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the tests run without the documents")


def examples() -> Iterator[tuple[str, str, str]]:
    """The heading, the ending and the text of each example."""
    for found in EXAMPLE.finditer(PAGE.read_text("utf-8")):
        yield found[1], "txt" if found[3] == "text" else "md", found[4]


def read(folder: Path, text: str, ending: str) -> Library:
    (folder / f"example.{ending}").write_text(text, "utf-8")
    return load_library([folder], root=folder)


def right(asked: Asked) -> str | list[int]:
    """The answer that is right."""
    if asked.items:
        return list(asked.places)
    return list(asked.right) if asked.options else re.sub(r"\s*±\s*[\d.]+", "", asked.answer)


def test_the_page_shows_every_kind() -> None:
    shown = {heading for heading, _, _ in examples()} if PAGE.exists() else set()
    assert shown == set(KINDS)
    assert {kind for kinds in KINDS.values() for kind in kinds} == set(get_args(AskedKind))


@pytest.mark.parametrize("heading", KINDS)
def test_each_example_is_asked_as_its_kind_and_marked(heading: str, tmp_path: Path) -> None:
    (example,) = [(ending, text) for name, ending, text in examples() if name == heading]
    library = read(tmp_path, example[1], example[0])
    assert not [one for one in library.diagnostics if one.severity != "info"]
    questions = build(library, count=50, seed=1).questions
    assert tuple(sorted(asked.kind for asked in questions)) == KINDS[heading]
    for asked in questions:
        found = mark(asked, right(asked))
        assert found.verdict == "right", (asked, found)
        attempt = Attempt.of(asked, right(asked), found, 1)
        assert Attempt.from_payload(attempt.as_payload()) == attempt
