"""`studytool sync` as a command: what it prints, its exit codes, and where its target comes from."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from studytool.memory import Moment, open_store


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder that devices share, empty."""
    folder = tmp_path / "shared"
    folder.mkdir()
    return folder


@pytest.fixture
def other(tmp_path: Path) -> dict[str, str]:
    """The environment of another device, on which two cards were answered."""
    data = tmp_path / "other"
    store = open_store(data)
    for number in range(2):
        store.append("review", f"k{number}", {"grade": 3}, Moment(1_704_110_400_000, 0))
    store.close()
    return {"STUDYTOOL_DATA": str(data), "STUDYTOOL_CACHE": str(tmp_path / "other-cache")}


def test_what_one_device_answered_the_other_knows(studytool, notes: Path, shared: Path, tmp_path: Path) -> None:
    def overview(device: dict[str, str]) -> dict[str, object]:
        told: dict[str, object] = json.loads(studytool("due", "--json", notes, env=device).out)
        return told

    phone = {"STUDYTOOL_DATA": str(tmp_path / "phone"), "STUDYTOOL_CACHE": str(tmp_path / "phone-cache")}
    fresh = overview(phone)
    assert studytool("study", "--plain", notes, stdin="\n4\n\n4\nq\n").code == 0
    assert studytool("sync", shared).out == "2 sent, 0 received\n"
    assert studytool("sync", shared, env=phone).out == "0 sent, 2 received from 1 device\n"
    assert overview(phone) == overview({}) != fresh


def test_json_tells_the_same(studytool, shared: Path, other: dict[str, str]) -> None:
    told = json.loads(studytool("sync", "--json", shared, env=other).out)
    assert told == {"sent": 2, "received": 0, "devices": 0, "problems": [], "notices": []}
    (shared / "studytool-x.jsonl").write_text("rubbish\n")
    done = studytool("sync", shared, "--json")
    told = json.loads(done.out)
    assert done.code == 1
    assert (told["sent"], told["received"], told["devices"]) == (0, 2, 1)
    assert [problem.startswith(f"{shared}/studytool-x.jsonl:1: ") for problem in told["problems"]] == [True]


def test_the_target_may_stand_in_the_users_settings(studytool, shared: Path, other: dict[str, str], home: Path) -> None:
    (home / "config").mkdir()
    for target in (str(shared), "../folder"):
        (home / "folder").mkdir(exist_ok=True)
        (home / "config" / "settings.toml").write_text(f'sync = "{target}"\n')
        assert studytool("sync", env=other).out == "2 sent, 0 received\n"
    assert list(shared.iterdir()) != []
    assert list((home / "folder").iterdir()) != []


def test_a_library_does_not_choose_where_reviews_go(studytool, shared: Path, notes: Path) -> None:
    (notes / "studytool.toml").write_text(f'sync = "{shared}"\n')
    done = studytool("sync", cwd=notes)
    assert done.code == 2
    assert "There is nothing to synchronise with." in done.err
    assert list(shared.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), 'set `sync = "…"`'),
        (("no-such-folder",), "There is no folder"),
        (("sftp://ada:secret@host/x",), "knows no sftp:// targets"),
        (("postgresql://ada:secret@host/x", "more"), "takes one target, not 2"),
        (("--setup", "."), "a folder needs none"),
        (("~nobody-of-this-name/x",), "no such home folder"),
    ],
)
def test_wrong_usage_is_one_sentence_without_a_password(studytool, arguments: Sequence[str], told: str) -> None:
    done = studytool("sync", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert done.err.count("\n") == 1
    assert "secret" not in done.err


def test_a_password_in_a_mistyped_command_is_not_repeated(studytool) -> None:
    for command in (("postgresql://ada:secret@host/x",), ("due", "postgresql://ada:secret@host/x")):
        done = studytool(*command)
        assert done.code == 2
        assert "secret@" not in done.err


def test_a_server_that_is_not_there_costs_nothing(studytool, other: dict[str, str], log: Path) -> None:
    pytest.importorskip("psycopg")
    done = studytool("sync", "postgresql://ada:secret@127.0.0.1:1/x", env=other)
    assert (done.code, done.out) == (1, "")
    assert done.err.count("\n") == 1
    assert "the log on this device is whole" in done.err
    assert "secret" not in done.err


def test_a_name_that_would_act_on_a_terminal_does_not(studytool, shared: Path) -> None:
    (shared / "studytool-\x1b[31m\nred.jsonl").write_text('{"\x1b]0;title\x07"}\n')
    done = studytool("sync", shared)
    assert done.code == 1
    assert "\x1b" not in done.err
    assert done.err.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_read_all_the_same(
    studytool, shared: Path, other: dict[str, str], mortal: Sequence[str], notes: Path
) -> None:
    assert studytool("sync", shared, env=other).code == 0
    studytool("study", "--plain", notes, stdin="\n4\nq\n")
    shared.chmod(0o555)
    for received in ("2 received from 1 device", "0 received"):
        done = studytool("sync", shared, prefix=mortal)
        assert done.code == 1
        assert done.out == f"0 sent, {received}\n"
        assert "could not be written: Permission denied" in done.err
    shared.chmod(0o755)
    assert studytool("sync", shared).out == "1 sent, 0 received\n"


def test_files_and_folders_that_cannot_be_read_are_named(
    studytool, shared: Path, other: dict[str, str], mortal: Sequence[str]
) -> None:
    studytool("sync", shared, env=other)
    [path] = shared.iterdir()
    closed = shared / "studytool-closed.jsonl"
    path.rename(closed)
    closed.chmod(0)
    studytool("sync", shared, env=other, prefix=mortal)  # written anew: no file that can be read holds them
    done = studytool("sync", shared, prefix=mortal)
    assert (done.code, done.out) == (1, "0 sent, 2 received from 1 device\n")
    assert f"{closed} cannot be read: Permission denied" in done.err
    shared.chmod(0)
    done = studytool("sync", shared, prefix=mortal)
    shared.chmod(0o755)
    assert (done.code, done.out) == (1, "")
    assert f"{shared} cannot be read" in done.err


def test_a_file_that_cannot_be_read_just_now_is_no_reason_to_send_all_again(
    studytool, shared: Path, other: dict[str, str], mortal: Sequence[str]
) -> None:
    studytool("sync", shared, env=other)
    [path] = shared.iterdir()
    studytool("sync", shared)
    path.chmod(0)
    done = studytool("sync", shared, prefix=mortal)
    assert (done.code, done.out) == (1, "0 sent, 0 received\n")
    path.chmod(0o644)
    assert studytool("sync", shared).out == "0 sent, 0 received\n"


def test_help_loads_neither_database_nor_psycopg() -> None:
    code = (
        "import sys\nfrom studytool.cli import main\ntry:\n    main(['sync', '--help'])\nexcept SystemExit:\n    pass\n"
        "assert not {'sqlite3', 'psycopg', 'json'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "postgresql://" in done.stdout
