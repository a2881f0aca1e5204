"""Two thousand of the mutants of `tests/bench/fuzz.py`, the same ones each time; more are for that script by itself."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_FILE = Path(__file__).resolve().parents[1] / "bench" / "fuzz.py"
_SPEC = importlib.util.spec_from_file_location("studytool_bench_fuzz", _FILE)
assert _SPEC is not None
assert _SPEC.loader is not None
bench = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)

SEED = 3
PIECES = 8
MUTANTS = 2000


@pytest.fixture(scope="module")
def seeds() -> list[bytes]:
    return bench.files_of(bench.own_folders()) + bench.generated()


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_mutant_of_a_note_fails_takes_long_or_leaves_its_file(seeds: list[bytes], piece: int) -> None:
    found = bench.fuzz(seeds, range(piece, MUTANTS, PIECES), SEED, seconds=2)
    assert not found, "\n".join(about for _, about in found.values())


def test_a_number_always_makes_the_same_mutant(seeds: list[bytes]) -> None:
    made = [bench.mutant(seeds, SEED, number) for number in range(50)]
    assert made == [bench.mutant(seeds, SEED, number) for number in range(50)]
    assert len(set(made)) > 45


def test_what_fails_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(text: str, path: str, **how: object) -> object:
        assert "Q: " not in text
        return parsed(text, path, **how)

    parsed = bench.parse_note
    monkeypatch.setattr(bench, "parse_note", breaks)
    note = b"".join(b"Line %d of a note.\n" % number for number in range(40)) + b"Q: Who?\nA: Nobody.\n"
    assert bench.failure(note[:300], 2) is None
    assert bench.smaller(note, lambda rest: bench.failure(rest, 2) is not None) == b"Q: "


def test_what_is_not_as_it_has_to_be_is_told() -> None:
    note = bench.parse_note("Q: Who?\nA: Nobody.\n", "a.md")
    bench.held(note, ["Q: Who?", "A: Nobody.", ""])
    (card,) = note.cards
    for wrong, lines in [
        (card, ["Q: Who?"]),
        (bench.replace(card, span=bench.replace(card.span, column=99)), ["", ""]),
        (bench.replace(card, front=" "), ["", ""]),
        (bench.replace(card, back="\n"), ["", ""]),
        (bench.replace(card, key="x" * 32), ["", ""]),
        (bench.replace(card, tags=("a\x1b[2J",)), ["", ""]),
    ]:
        with pytest.raises(AssertionError):
            bench.held(bench.replace(note, cards=(wrong,)), lines)
