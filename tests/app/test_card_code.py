"""Code in a card: its colours, the time that they may take, and what is not imported where there is none."""

from __future__ import annotations

import subprocess
import sys
from itertools import count

import pytest

from studytool.app import prose
from studytool.app.prose import code
from studytool.app.prose.code import coloured
from studytool.app.prose.lines import Run
from tests.app.test_card_text import render


def test_code_that_keeps_its_lexer_busy_is_shown_as_it_is() -> None:
    source = "if x:\n    y = 1\n" * 50
    assert len(coloured(source, "python")) > 50
    assert coloured(source, "python", 0.0) == [(source, "")]


ORDINARY = {
    "js": "const a = {b: [1, 2, 'x'], c: (d) => d + 1};\n",
    "typescript": "const a: Map<string, number> = {b: [1, 2, 'x'], c: (d) => d + 1};\n",
    "cpp": "std::vector<int> a(10, 3); for (auto x : a) { y += x * 2; }\n",
    "haskell": "foo (x:xs) = map (\\y -> y + 1) xs ++ [x]\n",
}


@pytest.mark.parametrize("language", ORDINARY)
def test_ordinary_code_has_colours_on_a_machine_that_takes_long_for_it(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code, "thread_time", count(0.0, 5e-5).__next__)  # three times what a token takes
    line = ORDINARY[language]
    assert len(coloured(line * (20_000 // len(line)), language)) > 1000


def test_as_much_of_code_is_coloured_as_there_is_time_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "thread_time", count(0.0, 0.01).__next__)
    source = "if x:\n    y = 1\n" * 50
    runs = coloured(source, "python", 1.0)
    assert "".join(text for text, _ in runs) == source
    assert 20 < len(runs) < 60
    assert runs[-1][1] == ""
    assert len(runs[-1][0]) > 500


def test_a_card_gives_a_lexer_little_time_and_each_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[float] = []
    monkeypatch.setattr(code, "_coloured", {})

    def heard(text: str, language: str, patience: float) -> list[Run]:
        given.append(patience)
        return coloured(text, language, patience)

    monkeypatch.setattr(code, "coloured", heard)
    odd = f"```java\n{'a ' * 9_999}\n```"
    assert render(odd, 80).plain == render(odd, 80).plain
    assert len(given) == 1
    assert given[0] <= 0.15  # seconds of the thread that paints
    for number in range(100):
        render(f"```python\nx = {number}\n```", 80)
    assert len(code._coloured) <= 32


def test_of_long_code_the_colours_come_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "_coloured", {})
    some, more = "x = 1\n" * 500, "y = 2\n" * 500
    asked: list[tuple[str, str]] = []

    def styled(name: str) -> bool:
        laid = prose.lines_of(f"```python\n{some}```\n\n```python\n{more}```\n", 80, later=lambda *of: asked.append(of))
        shown = (line for line in laid if "".join(text for text, _ in line).strip().startswith(name))
        return any("$text-" in style for line in shown for _, style in line)

    assert styled("x")
    assert not styled("y")
    assert {text[0] for text, _ in asked} == {"y"}
    code.keep(*asked[-1])
    asked.clear()
    assert styled("y")
    assert not asked


def test_code_with_a_gap_that_no_code_has_is_shown_as_it_is() -> None:
    around = "x = 1", "y = 2"
    assert coloured(((" " * 90).join(around)), "python")[1:]
    for gap in (" " * 100, "\n" * 100, " \n\t" * 40):
        assert coloured(gap.join(around), "python") == [(gap.join(around), "")]


def test_pygments_and_what_else_is_heavy_are_not_imported_for_a_card_without_code() -> None:
    program = (
        "import sys; import studytool.app.widgets.card_text; from studytool.app.prose import lines_of;"
        "lines_of('a **b** $x$ | `c`', 40);"
        "print([m for m in ('pygments.lexers', 'textual.highlight', 'yaml', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
