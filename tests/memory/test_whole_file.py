"""A file is written whole or not at all, and replaces none that it should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from studytool.errors import StudytoolError
from studytool.memory.store.transfer import whole_file


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"

    def fail() -> None:
        with whole_file(target, force=False) as file:
            file.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []
    with whole_file(target, force=False) as file:
        file.write(b"all")
    assert target.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_is_there_is_replaced_only_by_force(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"mine")

    def write(force: bool) -> None:
        with whole_file(target, force=force) as file:
            file.write(b"new")

    with pytest.raises(StudytoolError, match="There is a file"):
        write(force=False)
    assert target.read_bytes() == b"mine"
    write(force=True)
    assert target.read_bytes() == b"new"


def test_a_file_that_another_program_makes_meanwhile_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"

    def write() -> None:
        with whole_file(target, force=False) as file:
            file.write(b"new")
            target.write_bytes(b"theirs")

    with pytest.raises(StudytoolError, match="There is a file"):
        write()
    assert target.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["missing/out.jsonl", ""])
def test_a_place_where_no_file_can_be_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(StudytoolError, match="could not be written"), whole_file(tmp_path / name, force=True):
        pass
