"""Which demo files run: the built-in ones, and those whose content somebody has agreed to."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool.demo import trust
from studytool.demo.find import find_demo
from studytool.demo.headless import DemoFailed, train
from studytool.errors import UsageError
from tests.demo.commands import studytool

SOURCE = (
    "import pathlib\npathlib.Path({sign!r}).touch()\nfrom studytool.demo import Demo, text\n"
    'demo = Demo("Mine", topics=[], steps=10)\n@demo.train\ndef train(run):\n    yield text("a")\n'
)


@pytest.fixture
def sign(tmp_path: Path) -> Path:
    """A file that is there once the demo has been executed."""
    return tmp_path / "executed"


@pytest.fixture
def mine(tmp_path: Path, sign: Path) -> Path:
    path = tmp_path / "mine.py"
    path.write_text(SOURCE.format(sign=str(sign)), encoding="utf-8")
    return path


def test_a_file_runs_once_it_is_trusted_until_it_changes_or_that_is_taken_back(mine: Path, sign: Path) -> None:
    _, said = studytool("demo", str(mine), "--headless", code=2)
    assert f"`studytool trust {mine}`" in said
    assert len(said.splitlines()) == 1
    assert not sign.exists()
    assert studytool("trust", str(mine))[0] == f"{mine}: trusted\n"
    assert not sign.exists(), "to trust is not to run"
    assert "done after 1 step" in studytool("demo", str(mine), "--headless")[0]
    sign.unlink()
    mine.write_text(mine.read_text() + "# and more\n")
    _, said = studytool("demo", str(mine), "--headless", code=2)
    assert "has changed since you trusted it" in said
    assert studytool("trust", "--list")[0] == f"{mine}  (has changed: asks again)\n"
    studytool("trust", str(mine))
    assert studytool("trust", "--revoke", str(mine))[0] == f"{mine}: no longer trusted\n"
    studytool("demo", str(mine), "--headless", code=2)
    assert not sign.exists()


def test_what_is_asked_beside_a_file_is_trusted_with_it_and_refused_when_it_changes_comes_or_goes(
    mine: Path, sign: Path
) -> None:
    beside = mine.parent / "asked" / "mine.py"
    beside.parent.mkdir()
    source = "from demo_mine import demo\n@demo.claim('so')\ndef _(sim): return True\n"
    alone = find_demo(str(mine))
    beside.write_text(source)
    both = find_demo(str(mine))
    _, said = studytool("demo", str(mine), "--claims", code=2)
    assert f"Look at it and {beside}, then say `studytool trust {mine}`" in said
    assert studytool("trust", str(mine))[0] == f"{mine} with {beside}: trusted\n"
    assert studytool("trust", "--list")[0] == f"{mine}\n"
    for said in (("--list",), (str(mine),)):
        (one,) = json.loads(studytool("trust", "--json", *said)[0])
        assert (one["path"], one["beside"]) == (str(mine), str(beside))
    assert "held" in studytool("demo", str(mine), "--claims")[0]
    sign.unlink()
    for other in ("# and more\n", None):
        if other:
            beside.write_text(source + other)
        else:
            beside.unlink()
        _, said = studytool("demo", str(mine), "--headless", code=2)
        assert "has changed since you trusted it" in said
        assert studytool("trust", "--list")[0] == f"{mine}  (has changed: asks again)\n"
        with pytest.raises(DemoFailed, match=r"has changed since you agreed to run it"):
            train(both.path, {}, 0, "cpu", [1], digest=both.digest)
    beside.write_text(source)
    with pytest.raises(DemoFailed, match=r"mine.py or .*asked/mine.py has changed since you agreed to run it"):
        train(alone.path, {}, 0, "cpu", [1], digest=alone.digest)
    assert not sign.exists()


def test_no_single_file_has_the_hash_of_two() -> None:
    first, second = b"a = 1\n", b"b = 2\n"
    digests = [bytes.fromhex(trust.digest_of(one)) for one in (first, second)]
    of_two = trust.digest_of(first, second)
    assert of_two not in {trust.digest_of(one) for one in (first, second, first + second, b"".join(digests))}
    assert of_two != trust.digest_of(second, first)
    assert of_two != trust.digest_of(first[:-1], b"\n" + second)


def test_what_the_command_prints_as_json(mine: Path) -> None:
    (told,) = json.loads(studytool("trust", str(mine), "--json")[0])
    assert (told["path"], told["trusted"], told["was_trusted"]) == (str(mine), True, False)
    assert told["blake2b"] == trust.digest_of(mine.read_bytes())
    (listed,) = json.loads(studytool("trust", "--json")[0])
    assert listed == {"path": str(mine), "beside": None, "blake2b": told["blake2b"], "state": "as it was"}
    (again,) = json.loads(studytool("trust", "--revoke", str(mine), "--json")[0])
    assert (again["trusted"], again["was_trusted"]) == (False, True)
    assert json.loads(studytool("trust", "--list", "--json")[0]) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.timeout(60)  # nobody writes into the pipe
@pytest.mark.parametrize("put", [lambda path: path.symlink_to(path), lambda path: os.mkfifo(path)])
def test_where_no_plain_file_stands_any_more_it_is_gone(mine: Path, put: Callable[[Path], None]) -> None:
    studytool("trust", str(mine))
    mine.unlink()
    put(mine)
    (listed,) = trust.trusted()
    assert (listed.path, listed.state) == (mine, "gone")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.py"], "There is no file nowhere.py"),
        (["--revoke"], "--revoke needs some"),
        (["--list", "a.py"], "--list takes no files"),
        (["--list", "--revoke"], "not allowed with"),
    ],
)
def test_wrong_usage_is_a_sentence(arguments: list[str], message: str) -> None:
    assert message in studytool("trust", *arguments, code=2)[1]


def test_a_file_that_holds_no_demo_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "other.py"
    path.write_text("print('hello')\n")
    assert "there is no demo in this file" in studytool("trust", str(path), code=2)[1]
    assert trust.trusted() == []


def test_listing_finding_and_checking_execute_nothing(mine: Path, sign: Path, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("---\ndemo: ./mine.py?speed=3\n---\n# A\n\nQ: B?\nA: C.\n\n[see it](demo:./gone.py)\n")
    info = find_demo(str(mine))
    assert info.title == "Mine"
    assert not trust.is_trusted(info)
    studytool("demo")
    studytool("cards", str(note))
    out, _ = studytool("check", str(note))
    assert "no parameter 'speed'" in out
    assert "There is no file" in out
    assert "gone.py" in out
    studytool("trust", str(mine))
    assert not sign.exists()


def test_another_content_than_the_one_agreed_to_never_runs(mine: Path, sign: Path) -> None:
    info = find_demo(str(mine))
    mine.write_text(mine.read_text() + "# changed between the question and the run\n")
    with pytest.raises(DemoFailed, match=r"has changed since you agreed to run it"):
        train(info.path, {}, 0, "cpu", [1], digest=info.digest)
    assert not sign.exists()


def test_the_built_in_demos_need_no_agreement() -> None:
    trust.require(find_demo("perceptron"))
    assert studytool("trust", str(find_demo("perceptron").path))[0].endswith(": trusted\n")
    assert trust.trusted() == []


def test_a_copy_of_a_trusted_file_elsewhere_is_asked_about(mine: Path, tmp_path: Path) -> None:
    info = find_demo(str(mine))
    trust.trust(info.path, info.digest)
    copy = tmp_path / "copy.py"
    copy.write_bytes(mine.read_bytes())
    with pytest.raises(UsageError, match=r"is not one of the built-in demos"):
        trust.require(find_demo(str(copy)))


@pytest.mark.parametrize(
    "damage",
    [b"", b"\n\n", b"not json\n", b'{"path": 3}\n', b"[1]\n", b"\xff\xfe\n", b'{"path": "/x", "blake2b": {}}\n'],
)
def test_a_damaged_list_trusts_nothing_more_and_loses_nothing_else(mine: Path, home: Path, damage: bytes) -> None:
    info = find_demo(str(mine))
    trust.trust(info.path, info.digest)
    with (home / "data" / "trusted.jsonl").open("ab") as file:
        file.write(damage)
    assert trust.is_trusted(info)
    assert [one.path for one in trust.trusted()] == [mine]


def test_trust_is_taken_back_also_after_a_line_that_was_torn(mine: Path, home: Path) -> None:
    info = find_demo(str(mine))
    trust.trust(info.path, info.digest)
    with (home / "data" / "trusted.jsonl").open("ab") as file:
        file.write(b'{"path": "/some/where')
    assert trust.revoke(info.path)
    assert not trust.is_trusted(info)


def test_a_list_that_cannot_be_written_is_a_sentence(mine: Path, home: Path) -> None:
    (home / "data").write_text("in the way")
    assert "cannot be written" in studytool("trust", str(mine), code=1)[1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_plain_file_or_too_long_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    with pytest.raises(UsageError, match=r"There is no file"):
        find_demo(str(tmp_path / "pipe.py"))
    (tmp_path / "long.py").write_bytes(b"#" * (2**20 + 1))
    with pytest.raises(UsageError, match=r"that is no demo"):
        find_demo(str(tmp_path / "long.py"))


def test_names_that_are_no_utf_8_are_kept_exactly(tmp_path: Path, mine: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/n\xffme.py"))
    try:
        path.write_bytes(mine.read_bytes())
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    info = find_demo(str(path))
    trust.trust(info.path, info.digest)
    assert trust.is_trusted(info)
