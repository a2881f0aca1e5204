"""The files that come with a grammar for GIFT mean here what that grammar says, where they are at hand."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from studytool.notes.model import Question
from tests.notes.test_gift import note

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "09-gift"


KINDS = {
    "MC": {"choice", "multiple"},
    "TF": {"choice"},
    "Short": {"typed"},
    "Numerical": {"numeric"},
    "Matching": {"matching"},
    "Essay": {"open"},
}


def told(value: Any) -> str:
    """A text of the expected files, or of ours, on one line and with one sign for a gap."""
    text = value.get("text", "") if isinstance(value, dict) else value or ""
    text = re.sub(r"\[…\]|_____", " _____ ", text)
    text = re.sub(r"</?[A-Za-z][^<>]*>|```|\[|\](?:\(http[^()]*\))?", "", text)
    text = re.sub(r"<!--[^>]*-->", "", text)
    return "".join(unescape(text).split())


def full(choices: list[dict[str, Any]]) -> list[Any]:
    return [c["text"] for c in choices if c["isCorrect"] and c["weight"] in (None, 100)]


def number(value: dict[str, Any]) -> tuple[float, ...]:
    if value["type"] == "high-low":
        return float(value["numberLow"]), float(value["numberHigh"])
    return (float(value["number"]), *([float(value["range"])] if value.get("range") else []))


def expected(one: dict[str, Any]) -> object:
    if one["type"] == "MC":
        best = any(choice["isCorrect"] for choice in one["choices"])
        right = [c["isCorrect"] if best else (c["weight"] or 0) > 0 for c in one["choices"]]
        return [(told(c["text"]), r, told(c["feedback"])) for c, r in zip(one["choices"], right, strict=True)]
    if one["type"] == "TF":
        return one["isTrue"]
    if one["type"] == "Short":
        return [told(text) for text in full(one["choices"])]
    if one["type"] == "Matching":
        return [(told(pair["subquestion"]), told(pair["subanswer"])) for pair in one["matchPairs"]]
    if one["type"] == "Numerical":
        choices = one["choices"]
        return [number(value) for value in ([choices] if isinstance(choices, dict) else full(choices))]
    return None


def ours(found: Question, kind: str) -> object:
    if kind == "MC":
        return [(told(o.text), o.correct, told(o.why)) for o in found.options]
    if kind == "TF":
        return found.options[0].correct
    if kind == "Short":
        return [told(text) for text in found.accepted]
    if kind == "Matching":
        return [(told(left), told(right)) for left, right in found.pairs]
    if kind == "Numerical":
        return [tuple(float(part) for part in re.split("[±…]", text)) for text in found.accepted]
    return None


@pytest.mark.skipif(not SAMPLES.exists(), reason="the files are not at hand")
@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.gift")), ids=lambda path: path.stem)
def test_a_file_means_what_the_grammar_says(path: Path) -> None:
    wanted = [one for one in json.loads(path.with_suffix(".json").read_text("utf-8")) if one["type"] in KINDS]
    found = note(path.read_text("utf-8"))
    assert [d for d in found.diagnostics if d.severity == "error"] == []
    assert len(found.questions) == len(wanted)
    for one, asked in zip(wanted, found.questions, strict=True):
        assert asked.kind in KINDS[one["type"]]
        assert told(asked.prompt) == told(one["stem"])
        assert told(asked.explanation).endswith(told(one["globalFeedback"]))
        assert ours(asked, one["type"]) == expected(one)
