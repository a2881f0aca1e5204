"""`studytool settings`: lists, explains, sets and resets, each in the right file."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from studytool.settings import known


@pytest.fixture
def file(home: Path) -> Path:
    """The user's settings file, not there yet."""
    return home / "config" / "settings.toml"


def test_all_settings_are_listed_with_where_they_come_from(studytool, notes: Path, file: Path) -> None:
    studytool("settings", "new_per_day", "7")
    (notes / "studytool.toml").write_text("# ours\nrollover = 3\nnew_per_day = 9\n", "utf-8")
    done = studytool("settings", "--root", notes, env={"STUDYTOOL_THEME": "nord"})
    assert (done.code, done.err) == (0, "")
    shown = {line.split()[0]: " ".join(line.split()[1:]) for line in done.out.splitlines() if line.startswith("  ")}
    assert list(shown) == list(known())
    assert shown["new_per_day"] == f"7 yours, {file}:1"
    assert shown["rollover"] == f"3 library, {notes}/studytool.toml:2"
    assert shown["theme"] == "nord environment, STUDYTOOL_THEME"
    assert shown["reviews_per_day"] == "200 default"


def test_json_tells_all_of_it(studytool, notes: Path, file: Path) -> None:
    studytool("settings", "easy_days", "sat, sun minimum")
    told = json.loads(studytool("settings", "--json", "--root", notes).out)
    found = {each["name"]: each for each in told["settings"]}
    assert found["easy_days"]["value"] == ["sat", "sun minimum"]
    assert (found["easy_days"]["from"], found["easy_days"]["place"]) == ("user", f"{file}:1")
    assert (found["rollover"]["from"], found["rollover"]["place"], found["rollover"]["bounds"]) == (
        "default",
        None,
        [0, 23],
    )
    assert told["files"] == {"user": str(file), "library": str(notes / "studytool.toml")}


def test_the_list_names_the_files_of_other_libraries(studytool, notes: Path, tmp_path: Path, file: Path) -> None:
    for name in ("bare", "more books"):
        (tmp_path / name).mkdir()
    (tmp_path / "more books" / "studytool.toml").write_text("exam = 2026-12-15\n")
    studytool("settings", "libraries", f"{notes}, {tmp_path}/bare, {tmp_path}/more books")
    told = [line for line in studytool("settings").out.splitlines() if "--root" in line]
    assert told == [
        f"{tmp_path}/more books/studytool.toml says how the notes there are read, and may set the exam: "
        f"`studytool settings --root '{tmp_path}/more books'` lists it."
    ]
    assert "--root" not in studytool("settings", "--root", tmp_path / "more books").out


def test_one_setting_is_explained(studytool) -> None:
    done = studytool("settings", "desired_retention")
    assert done.out == (
        "desired_retention = 0.9  (default)\nThe probability of recall at which a card falls due.\n"
        "From 0.7 to 0.99.\nThe default is 0.9.\n"
    )


def test_setting_and_resetting_keep_what_else_is_there(studytool, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("# mine\nrollover = 3\n", "utf-8")
    assert studytool("settings", "new_per_day", "7").code == 0
    assert file.read_text("utf-8") == "# mine\nrollover = 3\nnew_per_day = 7\n"
    assert studytool("settings", "new_per_day", "--reset").code == 0
    assert file.read_text("utf-8") == "# mine\nrollover = 3\n"


def test_a_library_has_its_own_file(studytool, notes: Path, file: Path) -> None:
    assert studytool("settings", "cards", "explicit", "--library", "--root", notes).code == 0
    assert tomllib.loads((notes / "studytool.toml").read_text("utf-8")) == {"cards": ["explicit"]}
    assert not file.exists()
    done = studytool("settings", "cards", "explicit", "--library")
    assert (done.code, done.err) == (
        2,
        "studytool: There is no library of yours to set this for. Name its folder with --root DIR.\n",
    )
    studytool("settings", "libraries", str(notes))
    assert studytool("settings", "rollover", "3", "--library").code == 0
    assert tomllib.loads((notes / "studytool.toml").read_text("utf-8"))["rollover"] == 3


def test_a_path_is_meant_from_where_one_is(studytool, notes: Path, home: Path, file: Path) -> None:
    (home / "vault").mkdir()
    studytool("settings", "libraries", "notes, ~/vault", cwd=notes.parent)
    assert tomllib.loads(file.read_text("utf-8"))["libraries"] == [str(notes), "~/vault"]


def test_a_wrong_value_can_be_set_right(studytool, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("new_per_day = 'many'\n", "utf-8")
    listed = studytool("settings")
    assert "settings.toml:1: `new_per_day` should be a whole number" in listed.err
    assert len([line for line in listed.out.splitlines() if line.startswith("  ")]) == len(known())
    assert studytool("settings", "rollover", "3").code == 0  # what else is wrong there is no hindrance
    assert studytool("settings", "new_per_day", "7").code == 0
    assert file.read_text("utf-8") == "new_per_day = 7\nrollover = 3\n"


def test_a_library_that_is_not_there_hinders_no_setting(studytool, file: Path) -> None:
    file.parent.mkdir()
    file.write_text("libraries = ['/nowhere/x']\n", "utf-8")
    told = f"studytool: {file}:1: `libraries` names /nowhere/x: nothing is there.\n"
    listed = studytool("settings")
    assert (listed.code, listed.err) == (0, told)
    assert listed.out.startswith("Notes\n  libraries           /nowhere/x")
    assert json.loads(studytool("settings", "--json").out)["wrong"] == [told.removeprefix("studytool: ").strip()]
    assert (studytool("settings", "rollover", "3").code, studytool("settings", "keys.study.undo", "z").code) == (0, 0)
    assert studytool("settings", "libraries", "--reset").err == ""
    assert tomllib.loads(file.read_text("utf-8")) == {"rollover": 3, "keys": {"study.undo": "z"}}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nwe_per_day", "7"], "There is no setting `nwe_per_day`; did you mean `new_per_day`?"),
        (["retention", "0.9"], "There is no setting `retention`; did you mean `desired_retention`?"),
        (["nope", "3"], "There is no setting `nope`; `studytool settings` lists them."),
        (["new_per_day", "many"], "studytool: `new_per_day` should be a whole number."),
        (["new_per_day", "-1"], "should lie between 0 and 9999, not -1"),
        (["desired_retention", "2"], "should lie between 0.7 and 0.99, not 2"),
        (["easy_days", "caturday"], '`easy_days` knows no "caturday"'),
        (["theme", "plaid"], 'There is no theme "plaid". There are studytool-dark,'),
        (["siblings_apart", "perhaps"], "should be true or false"),
        (["exam", "soon"], "should be a day such as 2026-12-15"),
        (["exam", "2020-01-01"], "`exam` should be a day to come: 2020-01-01 is over."),
        (["libraries", "/nowhere/x"], "`libraries` cannot name /nowhere/x: nothing is there."),
        (["libraries", "~nobody-of-this-name/x"], "there is no such home folder."),
        (["libraries", '[""]'], "an empty path leads nowhere."),
        (["new_per_day", "7", "--root", "/nowhere"], "There is no folder /nowhere."),
        (["keys", "z"], "Say of which action."),
        (["keys.study.undoo", "z"], "There is no action `keys.study.undoo`"),
        (["keys.study.undo", "b"], "the key b is that of study.bury already"),
        (["keys.study.undo", "z", "--library"], "Keys are your own"),
        (["new_per_day", "7", "--reset"], "`--reset` takes no value"),
        (["--reset"], "Say which setting."),
        (["syllabus", "Perceptron, foo:bar"], "`foo:` is no field"),
        (["study.undo", "1"], "`keys.study.undo`"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_set_is_told_and_nothing_is_written(
    studytool, file: Path, arguments: list[str], told: str
) -> None:
    done = studytool("settings", *arguments)
    assert done.code == 2
    assert told in done.err
    assert not file.exists()


def test_keys_are_listed_and_set(studytool, file: Path) -> None:
    assert studytool("settings", "keys.study.undo", "backspace,u").code == 0
    assert tomllib.loads(file.read_text("utf-8")) == {"keys": {"study.undo": "backspace, u"}}
    lines = studytool("settings", "keys").out.splitlines()
    assert next(line for line in lines if line.startswith("keys.study.undo ")).split()[1:4] == [
        "backspace,",
        "u",
        "yours",
    ]
    told = json.loads(studytool("settings", "keys.study.undo", "--reset", "--json").out)
    assert (told["keys"][0]["keys"], told["keys"][0]["from"]) == ("u", "default")
    assert file.read_text("utf-8") == "", "no section stays that says nothing: one more could not be written below it"


def test_comments_in_the_section_of_keys_stay(studytool, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[keys]\n# as in vi\n"study.undo" = "z"\n', "utf-8")
    assert studytool("settings", "keys.study.undo", "--reset").code == 0
    assert file.read_text("utf-8") == "[keys]\n# as in vi\n"


def test_a_key_that_there_is_not_is_told_with_what_holds_though_a_character_is_called_so(studytool, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[keys]\n"study.undo" = "ctrl+banana"\n', "utf-8")
    (line,) = studytool("settings", "keys.study.undo").out.splitlines()
    told = '[keys] study.undo: there is no key "ctrl+banana".'
    assert line.split()[:4] == ["keys.study.undo", "ctrl+banana", "no", "effect"]
    assert told in line
    assert line.endswith("study.undo keeps u.")
    assert f"{file}:2: {told}" in studytool("settings").err
    assert studytool("settings", "keys.study.undo", "ctrl+question_mark").code == 0


def test_a_line_of_keys_that_cannot_hold_is_told(studytool, notes: Path, file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[keys]\n"study.undoo" = "z"\n', "utf-8")
    done = studytool("settings", "keys")
    assert done.code == 0
    told = f"studytool: {file}:2: [keys]: there is no action `study.undoo`; did you mean `study.undo`?\n"
    assert done.err == told
    file.write_text('rollover = 3\n[keys]\n"study.undoo" = "z"\n"study.undo" = "zz"\n"study.bury" = "s"\n', "utf-8")
    lines = studytool("settings").err.splitlines()
    assert [line.split()[1] for line in lines] == [f"{file}:{number}:" for number in (3, 4, 5)]
    assert "the key s is that of study.suspend already" in lines[2]
    assert json.loads(studytool("settings", "--json").out)["wrong"] == [
        line.removeprefix("studytool: ") for line in lines
    ]
    assert studytool("check", notes).err.splitlines() == lines
