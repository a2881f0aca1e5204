"""`studytool cards` and `studytool check`: what they print and what they return."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

import pytest

from studytool.commands import cards, check
from studytool.errors import StudytoolError
from tests.note_folder import note_folder

NOTE = "---\ntitle: Größe\ndemo: nowhere?rate=0.1\n---\nQ: One?\nA: two\n---\nWhich?\n- [x] a\n- [ ] b\n\nLeft here.\n"


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("STUDYTOOL_CONFIG", str(tmp_path / "config"))
    return note_folder(tmp_path, a=NOTE)


def arguments(*paths: Path, as_json: bool = False, every: bool = False) -> Namespace:
    asked = {"json": as_json, "all": every, "code": [], "explain": None, "since": None, "run": False, "style": False}
    return Namespace(paths=[str(path) for path in paths], root=None, **asked)


def test_the_list_shows_each_card_with_its_line_and_counts_them(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cards.run(arguments(notes)) == 0
    printed = capsys.readouterr().out
    assert f"{notes}/a.md  ·  Größe" in printed
    assert "    5  qa             One?\n" in printed
    assert printed.rstrip().split("\n")[-1].startswith("1 card and 1 question in 1 note.")


def test_the_json_of_cards_has_its_documented_shape(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cards.run(arguments(notes, as_json=True)) == 0
    printed = capsys.readouterr().out
    told = json.loads(printed)
    assert list(told) == ["notes", "cards", "questions", "diagnostics"]
    place = {"topic", "path", "line", "column", "end_line", "context", "tags", "demo", "source"}
    shared = {"key", "kind", "dialect", "level"} | place
    assert set(told["cards"][0]) == shared | {"front", "back"}
    assert set(told["questions"][0]) == shared | {
        *("prompt", "options", "answer", "accepted", "pairs", "items", "explanation")
    }
    assert set(told["notes"][0]) == {"path", "topic", "aliases", "tags", "after", "demo", "links"}
    assert set(told["diagnostics"][0]) == {"path", "line", "column", "severity", "code", "message", "hint"}
    assert told["cards"][0]["demo"] == {"run": "nowhere", "parameters": {"rate": "0.1"}}
    assert told["questions"][0]["options"][0] == {"text": "a", "correct": True, "why": ""}
    assert "Größe" in printed


def test_check_prints_as_a_compiler_does_and_fails_only_on_errors(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check.run(arguments(notes, every=True)) == 0
    assert f"{notes}/a.md:12:1: info left-aside: " in capsys.readouterr().out
    (notes / "b.md").write_text("Q: What?\n", "utf-8")
    assert check.run(arguments(notes)) == 1
    printed = capsys.readouterr().out
    assert f"{notes}/b.md:1:1: error no-answer: This question has no answer.\n" in printed
    assert "\n    1 | Q: What?\n      | ^\n    hint: Write a line" in printed
    assert "   error     1  (no-answer 1)" in printed


def test_the_json_of_check_counts_by_severity_and_code(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check.run(arguments(notes, as_json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["counts"], told["notes"], told["cards"]) == (
        {"warning": {"unknown-demo": 1}, "info": {"left-aside": 1}},
        1,
        2,
    )


def test_notes_without_a_card_are_said_to_have_none(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "a.md").write_text("", "utf-8")
    with pytest.raises(StudytoolError, match="no card in 1 note"):
        cards.run(arguments(notes))
    assert cards.run(arguments(notes, as_json=True)) == 0
    assert json.loads(capsys.readouterr().out)["cards"] == []


def test_the_library_settings_say_which_levels_are_made(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "studytool.toml").write_text('cards = ["structured"]\n', "utf-8")
    cards.run(arguments(notes, as_json=True))
    told = json.loads(capsys.readouterr().out)
    assert (len(told["cards"]), len(told["questions"])) == (0, 1)


def test_check_says_what_is_switched_off_and_where(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = notes / "studytool.toml"
    file.write_text('cards = ["structured", "derived"]\ndialects_off = ["heading", "article"]\n', "utf-8")
    check.run(arguments(notes))
    told = capsys.readouterr().out.splitlines()
    assert told[-2] == f"Off: no cards of the level explicit. `cards` in {file}:1 says so."
    assert told[-1] == f"Off: no cards written as heading or article. `dialects_off` in {file}:2 says so."
    check.run(arguments(notes, as_json=True))
    assert json.loads(capsys.readouterr().out)["off"] == {"levels": ["explicit"], "dialects": ["heading", "article"]}
    file.write_text('dialects_off = ["headings"]\n', "utf-8")
    check.run(arguments(notes))
    assert "studytool.toml:1: there is no dialect `headings`; did you mean `heading`?" in capsys.readouterr().err


def test_check_says_what_each_of_several_libraries_switches_off(
    notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.md").write_text("Q: Two?\nA: 2\n")
    (notes / "studytool.toml").write_text('cards = ["derived"]\n')
    (tmp_path / "more" / "studytool.toml").write_text('\ndialects_off = ["heading"]\n')
    check.run(arguments(notes, tmp_path / "more"))
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"Off: no cards of the level explicit or structured. `cards` in {notes}/studytool.toml:1 says so.",
        f"Off: no cards written as heading. `dialects_off` in {tmp_path}/more/studytool.toml:2 says so.",
    ]
    check.run(arguments(notes, tmp_path / "more", as_json=True))
    told = json.loads(capsys.readouterr().out)
    assert told["off"] == {"levels": ["explicit", "structured"], "dialects": ["heading"]}


def test_a_setting_that_does_not_exist_is_named_by_check(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (notes / "studytool.toml").write_text("new_per_dya = 5\n", "utf-8")
    assert check.run(arguments(notes)) == 0
    assert "studytool.toml:1: there is no setting `new_per_dya`" in capsys.readouterr().err
