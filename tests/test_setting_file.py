"""Writing a setting into its file: nothing else in it changes, and nothing that others wrote is lost."""

from __future__ import annotations

import os
import stat
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from studytool import clock, setting_file
from studytool.errors import StudytoolError, UsageError
from studytool.memory import Moment
from studytool.setting_file import content_of, put, to_set
from studytool.setting_values import read, written
from studytool.settings import known, load

TEXT = """\
# My settings. Ümläute stay.

new_per_day = 5   # not too many
libraries = [
  "~/notes",  # the first one
  "~/vault",
]

[keys]
# z is for undo, as everywhere
study.undo = 'z'
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with comments."""
    path = tmp_path / "config" / "settings.toml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    return path


def test_whether_an_exam_is_over_is_told_by_the_clock_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    late = Moment.at(datetime(2031, 5, 6, 23, 30, tzinfo=timezone(timedelta(hours=-9))))  # the 7th in UTC
    monkeypatch.setattr(clock, "now", lambda: late)
    assert to_set("exam", "2031-05-06") == "2031-05-06"
    with pytest.raises(UsageError, match="2031-05-05 is over"):
        to_set("exam", "2031-05-05")


def test_a_value_is_changed_where_it_stands_and_all_else_stays(file: Path) -> None:
    put(file, "new_per_day", 7)
    assert file.read_text("utf-8") == TEXT.replace("= 5 ", "= 7 ")


def test_a_new_setting_stands_above_the_sections(file: Path) -> None:
    put(file, "theme", "studytool-light")
    text = file.read_text("utf-8")
    assert tomllib.loads(text)["theme"] == "studytool-light"
    assert [line for line in text.splitlines() if "theme" not in line] == TEXT.splitlines()


def test_what_is_taken_out_is_gone_and_the_default_holds(file: Path) -> None:
    put(file, "new_per_day", None)
    assert "new_per_day" not in tomllib.loads(file.read_text("utf-8"))
    assert "# the first one" in file.read_text("utf-8")


def test_a_list_keeps_the_comments_of_what_stays_in_it(file: Path) -> None:
    put(file, "libraries", ["~/notes", "~/more"])
    text = file.read_text("utf-8")
    assert tomllib.loads(text)["libraries"] == ["~/notes", "~/more"]
    assert '"~/notes",  # the first one' in text
    put(file, "libraries", ["~/more", "~/notes"])
    assert tomllib.loads(file.read_text("utf-8"))["libraries"] == ["~/more", "~/notes"]


def test_the_keys_of_an_action_are_changed_however_they_are_written(file: Path) -> None:
    put(file, "keys.study.undo", "u")
    put(file, "keys.study.bury", "ctrl+b")
    put(file, "keys.home.quiz", "Q")
    assert load(None, {}) == load(None, {})
    table = tomllib.loads(file.read_text("utf-8"))["keys"]
    assert (table["study"]["undo"], table["study"]["bury"], table["home.quiz"]) == ("u", "ctrl+b", "Q")
    assert "# z is for undo, as everywhere" in file.read_text("utf-8")
    put(file, "keys.home.quiz", None)
    assert "home.quiz" not in tomllib.loads(file.read_text("utf-8"))["keys"]


def test_a_file_that_is_not_there_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.toml"
    put(path, "keys.study.undo", "z")
    assert tomllib.loads(path.read_text("utf-8")) == {"keys": {"study.undo": "z"}}
    assert os.listdir(path.parent) == ["settings.toml"]
    put(tmp_path / "none.toml", "theme", None)
    assert not (tmp_path / "none.toml").exists()


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_the_ends_of_lines_and_the_byte_order_mark_stay(file: Path, mark: bytes) -> None:
    file.write_bytes(mark + TEXT.replace("\n", "\r\n").encode())
    put(file, "new_per_day", 7)
    put(file, "theme", "nord")
    content = file.read_bytes()
    assert content.startswith(mark + b"# My")
    assert content.count(b"\n") == content.count(b"\r\n") == TEXT.count("\n") + 1


def test_what_someone_else_wrote_meanwhile_is_not_overwritten(file: Path) -> None:
    seen = content_of(file)
    file.write_text("rollover = 3\n")
    with pytest.raises(StudytoolError, match="changed by someone else meanwhile"):
        put(file, "new_per_day", 7, seen)
    assert file.read_text() == "rollover = 3\n"
    assert os.listdir(file.parent) == ["settings.toml"]


def test_not_even_what_was_written_in_the_last_moment(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed = os.fsync

    def late(number: int) -> None:
        flushed(number)
        file.write_text("rollover = 3\n")

    monkeypatch.setattr(setting_file.os, "fsync", late)
    with pytest.raises(StudytoolError, match="changed by someone else meanwhile"):
        put(file, "new_per_day", 7)
    assert file.read_text() == "rollover = 3\n"
    assert os.listdir(file.parent) == ["settings.toml"]


def test_a_file_that_is_not_toml_is_left_alone(file: Path) -> None:
    file.write_text("new_per_day =\n")
    with pytest.raises(StudytoolError, match="not valid TOML"):
        put(file, "new_per_day", 7)
    assert file.read_text() == "new_per_day =\n"


def test_a_link_stays_a_link_and_permissions_stay(file: Path, tmp_path: Path) -> None:
    file.chmod(0o600)
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    put(link, "new_per_day", 7)
    assert link.is_symlink()
    assert tomllib.loads(file.read_text("utf-8"))["new_per_day"] == 7
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_takes_no_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("no folder")
    with pytest.raises(StudytoolError, match="could not be written"):
        put(tmp_path / "config" / "settings.toml", "theme", "nord")


@given(some.lists(some.text(some.characters(exclude_categories=["Cs"]), max_size=8), max_size=4))
def test_any_list_that_is_written_is_read_again_as_it_was(items: list[str]) -> None:
    plain = [item.strip() for item in items if item.strip()]
    assert read(known()["ignore"], written(tuple(plain))) == plain


@pytest.mark.parametrize("name", [name for name in known() if name != "keys"])
def test_every_default_is_read_as_it_is_written_and_kept_by_a_file(name: str, home: Path) -> None:
    about = known()[name]
    value = read(about, written(about.default))
    put(home / "config" / "settings.toml", name, value)
    assert getattr(load(None, {}), name) == about.default


def test_a_file_that_is_more_than_can_be_read_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text := f"rollover = 3\nnew_per_day = {'1' * 5000}\n")
    with pytest.raises(StudytoolError) as caught:
        put(path, "rollover", 4)
    assert str(caught.value).startswith(f"{path}:2: this cannot be read: a number is too long.")
    assert path.read_text() == text
