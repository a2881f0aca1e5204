"""Where things lie: the user's folders, and what the program brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool import places
from studytool.errors import StudytoolError, UsageError


def test_the_built_in_course_and_demos_are_found() -> None:
    assert list(places.built_in("cards").glob("*.md"))
    assert (places.built_in("demos") / "perceptron.py").is_file()


def test_an_installation_without_the_course_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "studytool")
    with pytest.raises(StudytoolError, match="not complete"):
        places.built_in("cards")


def test_the_environment_names_the_folders(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_DATA", str(tmp_path / "log"))
    monkeypatch.setenv("STUDYTOOL_CONFIG", "~/mine")
    assert places.data_folder() == tmp_path / "log"
    assert places.config_folder() == home / "mine"


def test_a_home_that_does_not_exist_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYTOOL_DATA", "~nobody-of-this-name/log")
    with pytest.raises(UsageError, match="STUDYTOOL_DATA"):
        places.data_folder()


@pytest.mark.parametrize("given", ["log", "./log", "../log"])
def test_a_path_from_wherever_one_stands_is_refused_with_the_whole_one(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for variable, folder in (("STUDYTOOL_DATA", places.data_folder), ("STUDYTOOL_CONFIG", places.config_folder)):
        monkeypatch.setenv(variable, given)
        with pytest.raises(UsageError, match=rf"^\${variable} is {given}, .*whole path, such as {tmp_path}.*log\.$"):
            folder()


def test_without_it_the_platform_decides(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("STUDYTOOL_DATA", "STUDYTOOL_CONFIG", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    for folder in (places.data_folder(), places.config_folder()):
        assert folder.is_relative_to(home)
        assert "studytool" in folder.parts


def test_asking_for_a_folder_does_not_create_it() -> None:
    assert not places.data_folder().exists()
    assert not places.config_folder().exists()
