"""A slip in the settings is told by whatever reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

SENTENCE = "studytool.toml:2: there is no setting `new_per_dya`; did you mean `new_per_day`?\n"


@pytest.mark.parametrize(
    "command",
    [
        *(("due",), ("stats",), ("forecast",), ("cards",), ("check",), ("search", "is:new"), ("study", "--plain"), ()),
        *(("log", "states", "--root"), ("fit", "--dry-run", "--root"), ("away", "--root")),
    ],
    ids=" ".join,
)
def test_a_key_that_no_setting_has_is_told_once(studytool, notes: Path, command: Sequence[str]) -> None:
    (notes / "studytool.toml").write_text("rollover = 3\nnew_per_dya = 5\n", "utf-8")
    done = studytool(*command, notes)
    assert done.err.count("new_per_dya") == 1
    assert done.err.endswith(SENTENCE)
    assert done.code == 0


def test_a_topic_that_the_syllabus_misspells_is_told(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text('exam = 2099-12-15\nsyllabus = ["Percepton", "tag:x"]\n', "utf-8")
    done = studytool("due", notes)
    assert (done.code, done.err) == (
        0,
        f"studytool: {notes}/studytool.toml:2: `syllabus` names Percepton, and no card is found by that. There is "
        "Perceptron.\n",
    )


@pytest.mark.parametrize("command", [("due",), ("forecast",), ("study", "--exam", "--plain")], ids=" ".join)
def test_a_syllabus_with_mistakes_is_told_with_file_and_line_and_the_rest_of_it_holds(
    studytool, notes: Path, command: Sequence[str]
) -> None:
    syllabus = '["Nope", "topic:(", "Perceptron", "tag:none", "before:("]'
    (notes / "studytool.toml").write_text(f"exam = 2099-12-15\nsyllabus = {syllabus}\n", "utf-8")
    done = studytool(*command, notes)
    assert done.code == 0
    told = [line.removeprefix(f"studytool: {notes}/studytool.toml:2: `syllabus` ") for line in done.err.splitlines()]
    assert told[0].startswith("has the search topic:(, which is none: A value should follow `topic:`")
    assert told[1].startswith("has the search before:(, which is none: ")
    assert told[2].startswith("names Nope, and no card is found by that.")
    assert [line.partition(",")[0] for line in told[3:]] == ["names tag:none"] * (command != ("due",))


def test_a_syllabus_of_mistakes_alone_is_no_syllabus_of_all_cards(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text('exam = 2099-12-15\nsyllabus = ["topic:("]\n', "utf-8")
    done = studytool("forecast", notes)
    assert done.code == 2
    assert "`syllabus` names topic:(, and no card is found by that." in done.err


def test_a_section_where_a_value_should_be_is_told_with_its_line(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text('exam = 2099-12-15\n\n[syllabus]\ntopics = ["Perceptron"]\n', "utf-8")
    done = studytool("due", notes)
    assert done.code == 2
    assert "studytool.toml:3: `syllabus` is no section" in done.err


def test_settings_names_a_theme_that_there_is_not_beside_what_else_is_wrong(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text('exam = "soon"\ntheme = "nope"\n', "utf-8")
    told = studytool("settings", "--root", notes).err.splitlines()
    assert "studytool.toml:1: `exam` should be a day" in told[0]
    assert 'studytool.toml:2: There is no theme "nope".' in told[1]
