"""`studytool check` prints like a compiler: place, message, the line with a caret, a hint; counts at the end."""

from __future__ import annotations

import ast
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import studytool as package
from studytool.commands.excerpt import cells_of, cut
from studytool.notes.codes import CODES

SOURCES = sorted(path for path in Path(package.__file__).parent.rglob("*.py") if "built_in" not in path.parts)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "a.md").write_text("# A\n\nQ: One?\nA: a ![](gone.png)\n\nQ: Two?\n\nLeft aside here.\n", "utf-8")
    (folder / "b.md").write_text("Text that is left aside and links to [[Nowhere]].\n", "utf-8")
    return folder


def test_a_diagnostic_has_its_place_its_line_and_its_hint(studytool, vault: Path) -> None:
    done = studytool("check", "vault")
    assert done.code == 1
    assert done.out.startswith(
        "vault/a.md:4:6: warning dangling-image: There is no file “gone.png”.\n"
        "    4 | A: a ![](gone.png)\n"
        "      |      ^\n"
        "    hint: Put the file there, or correct its name.\n"
        "vault/a.md:6:1: error no-answer: This question has no answer.\n"
        "    6 | Q: Two?\n"
        "      | ^\n"
    )


def test_a_line_of_tags_is_nothing_that_was_left_aside(studytool, tmp_path: Path) -> None:
    note = "#flashcards #bio/cells\n\nnucleus::the core\n\n#exam\nA sentence of its own.\n"
    (tmp_path / "tagged.md").write_text(note, "utf-8")
    done = studytool("check", "--all", str(tmp_path / "tagged.md"))
    assert done.out.count("left-aside") == 2  # of the sentence, and in the count
    assert "“A sentence of its own.”" in done.out


def test_what_is_info_is_counted_and_listed_when_asked_for(studytool, vault: Path) -> None:
    done = studytool("check", "vault")
    assert ": info " not in done.out
    assert re.search(r"\n    info     \d  \(left-aside \d, dangling-link 1\)\n", done.out)
    assert done.out.endswith("What is `info` is counted, not listed: `--all` lists it.\n")
    every = studytool("check", "vault", "--all")
    assert "vault/b.md:1:38: info dangling-link: There is no note “Nowhere”.\n" in every.out
    assert "`--all`" not in every.out
    assert every.code == 1


def test_notes_stand_together_with_an_empty_line_between_files(studytool, vault: Path) -> None:
    listed, _, counts = studytool("check", "vault", "--all").out.rpartition("\n\n")
    files = [{line.split(":")[0] for line in part.split("\n") if line[:1] != " "} for part in listed.split("\n\n")]
    assert files == [{"vault/a.md"}, {"vault/b.md"}]
    assert counts.startswith("   error     1  (no-answer 1)\n warning     1  (dangling-image 1)\n")


def test_more_than_twenty_of_a_code_are_told_by_their_number(studytool, vault: Path) -> None:
    (vault / "c.md").write_text("".join(f"Q: Number {at}?\n\n---\n" for at in range(50)), "utf-8")
    done = studytool("check", "vault")
    assert done.out.count("error no-answer") == 20
    assert "\n… 31 more like it (`--all` lists them)\n" in done.out
    assert "   error    51  (no-answer 51)" in done.out
    assert studytool("check", "vault", "--all").out.count("error no-answer") == 51
    assert len(json.loads(studytool("check", "vault", "--json").out)["diagnostics"]) > 51


def test_one_code_can_be_asked_for(studytool, vault: Path) -> None:
    done = studytool("check", "vault", "--code", "dangling-link")
    assert done.code == 0
    assert [line.split(" ")[2] for line in done.out.split("\n") if line.startswith("vault")] == ["dangling-link:"]
    told = json.loads(studytool("check", "vault", "--json", "--code", "no-answer", "--code", "dangling-link").out)
    assert told["counts"] == {"error": {"no-answer": 1}, "info": {"dangling-link": 1}}


def test_a_code_is_explained_without_a_note_being_read(studytool) -> None:
    done = studytool("check", "no/such/folder", "--explain", "dangling-image")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("dangling-image: ")
    assert max(map(len, done.out.split("\n"))) <= 100


@pytest.mark.parametrize("flag", ["--code", "--explain"])
def test_a_code_that_does_not_exist_is_told_its_likeness(studytool, flag: str) -> None:
    done = studytool("check", flag, "danglingimage")
    assert (done.code, done.out) == (2, "")
    assert "Did you mean `dangling-image`?" in done.err


def test_the_caret_stands_under_its_character_whatever_stands_before_it(studytool, vault: Path) -> None:
    (vault / "a.md").write_text("Q: 一二\té e\u0301 ![](gone.png)?\nA: so\n", "utf-8")
    lines = studytool("check", "vault").out.split("\n")
    source, caret = lines[1], lines[2]
    before = source[: source.index("![](")]
    assert "\t" not in source
    assert sum(map(cells_of, before)) == caret.index("^")


def test_colours_are_for_terminals(vault: Path) -> None:
    def printed(**env: str) -> str:
        parent, child = pty.openpty()
        command = [sys.executable, "-m", "studytool", "check", str(vault)]
        kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "TERM", "COLUMNS")}
        with subprocess.Popen(command, stdin=child, stdout=child, stderr=child, env={**kept, "TERM": "xterm", **env}):
            os.close(child)
            parts = []
            while True:
                try:
                    part = os.read(parent, 65536)
                except OSError:  # Linux says so when the child has closed its side
                    break
                if not part:
                    break
                parts.append(part)
        os.close(parent)
        return b"".join(parts).decode()

    assert "\x1b[1;31merror\x1b[0m" in printed()
    assert "\x1b" not in printed(NO_COLOR="1")
    assert "\x1b" not in printed(TERM="dumb")


def test_a_demo_is_told_at_its_link_with_the_likeliest_name(studytool, vault: Path) -> None:
    (vault / "d.md").write_text(
        "---\ntitle: D\ndemo: {run: percepton, a: 1}\n---\nQ: a?\nA: so, [see](demo:perceptron?learnin_rate=1)\n"
    )
    out = studytool("check", "vault").out
    assert "vault/d.md:3:1: warning unknown-demo: There is no demo 'percepton'.\n" in out
    assert "    3 | demo: {run: percepton, a: 1}\n      | ^\n    hint: Did you mean `perceptron`?\n" in out
    assert "vault/d.md:6:8: warning unknown-parameter: The demo perceptron has no parameter 'learnin_rate'.\n" in out
    assert "hint: Did you mean `learning_rate`?\n" in out


def test_a_value_that_a_demo_cannot_have_is_told_as_the_demo_tells_it(studytool, vault: Path) -> None:
    (vault / "d.md").write_text(
        "---\ndemo: {run: perceptron, learning_rate: 9e9}\n---\nQ: a?\n"
        "A: so, [see](demo:perceptron?learning_rate=0.5)\n"
    )
    out = studytool("check", "vault").out
    assert out.count("demo-value") == 2  # once in the table of counts
    assert "vault/d.md:2:1: warning demo-value: `learning_rate` cannot be '9e9'.\n" in out
    assert "hint: It is a number from 0.01 to 100." in out


def test_front_matter_is_quoted_where_it_goes_wrong(studytool, vault: Path) -> None:
    (vault / "e.md").write_text("---\ntags: [a, b\ntitle: E\n---\nQ: Three?\nA: c\n")
    out = studytool("check", "vault").out
    assert "vault/e.md:2:7: warning front-matter: " in out
    assert "    2 | tags: [a, b\n      |       ^\n" in out


@pytest.mark.parametrize("column", [1, 2, 40, 90, 100, 150, 999, 1000])
@pytest.mark.parametrize(
    "text", ["abcdefghij" * 100, "一二三四五" * 200, "a\tb 二\u0301" * 200], ids=["plain", "wide", "mixed"]
)
def test_a_long_line_is_cut_around_its_column(text: str, column: int) -> None:
    shown, caret = cut(text, column, 80)
    assert sum(map(cells_of, shown)) <= 80
    assert 0 <= caret < 80
    cells = 0
    for character in shown:
        if cells >= caret:
            break
        cells += cells_of(character)
    assert cells == caret
    if not text[column - 1].isspace() and cells_of(text[column - 1]):
        assert character == text[column - 1]


def test_a_line_of_a_megabyte_is_cut_in_no_time() -> None:
    line = "\t一" * 500_000
    for column in range(1, 1_000_000, 50_000):
        assert len(cut(line, column, 80)[0]) <= 80


def used(tree: ast.AST) -> Iterator[str]:
    """The codes that a module gives to its diagnostics: what it passes as `code`, or tells of a file in a tuple."""
    for node in ast.walk(tree):
        told: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("Remark", "Diagnostic"):
            told = [*node.args[2:3], *(word.value for word in node.keywords if word.arg == "code")]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tell":
            told = node.args[2:3]  # of a deck: way, line, code
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_Fault":
            told = node.args[:1]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 4:  # code, message, hint, line
            code, message, hint, line = node.elts
            texts = all(isinstance(one, ast.Constant | ast.Name | ast.Attribute) for one in (message, hint))
            told = [code] if texts and (isinstance(line, ast.Name) or getattr(line, "value", None) == 1) else []
        for value in told:
            yield from constants(value)


def constants(value: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, as far as it says them."""
    if isinstance(value, ast.IfExp):
        yield from (*constants(value.body), *constants(value.orelse))
    elif isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def test_every_code_is_explained() -> None:
    found = {code for path in SOURCES for code in used(ast.parse(path.read_text("utf-8")))}
    assert {"no-answer", "left-aside", "unreadable", "unknown-demo"} <= found
    assert found <= set(CODES)
    written = "\n".join(path.read_text("utf-8") for path in SOURCES if path.name != "codes.py")
    assert [code for code in CODES if f'"{code}"' not in written] == []
    assert all(len(told.split()) > 20 and told.endswith((".", "`")) for told in CODES.values())


@pytest.mark.parametrize(("note", "told"), [("Q: a?\nA: b\n", "1 card or question"), ("", "0 cards and questions")])
def test_the_count_reads_as_a_sentence(studytool, tmp_path: Path, note: str, told: str) -> None:
    (tmp_path / "a.md").write_text(f"# A\n\n{note}", "utf-8")
    assert f"{told} in 1 note." in studytool("check", "a.md").out
    (tmp_path / "a.md").write_text(f"# A\n\n{note}Q: c?\nA: d\n\nQ: e?\nA: f\n", "utf-8")
    assert " cards and questions in 1 note." in studytool("check", "a.md").out


def test_what_was_left_aside_is_listed_where_no_card_was_made(studytool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("What is lysis?::bursting\n", "utf-8")
    done = studytool("check", "a.md")
    assert "a.md:1:1: info left-aside" in done.out
    (tmp_path / "b.md").write_text("Q: What is lysis?\nA: bursting\n", "utf-8")
    assert "a.md:1:1" not in studytool("check", "a.md", "b.md").out
