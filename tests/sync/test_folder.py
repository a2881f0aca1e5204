"""A folder that devices share: each writes its own file, reads all others, and ends up with the union."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import studytool
from studytool.memory import Event, Moment
from studytool.memory.store.lines import Row, from_line, to_line
from studytool.memory.store.sqlite import Store
from studytool.sync.files import own_name
from studytool.sync.folder import sync_folder
from studytool.sync.outcome import Outcome
from studytool.sync.rows import arrived

NOW = Moment(1_704_110_400_000, 60)
ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
Device = Callable[[str], Store]


def answer(store: Store, number: int = 1, *, ms: int = NOW.ms) -> list[Event]:
    """Some answers."""
    return [store.append("review", f"k{n}", {"grade": 3, "text": "Größe"}, Moment(ms + n, 60)) for n in range(number)]


def sync(store: Store, folder: Path, cache: str = "cache") -> Outcome:
    """One synchronisation, with a cache folder beside the shared one."""
    return sync_folder(store, folder, folder.parent / cache)


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.problems == []
    return outcome.sent, outcome.received, len(outcome.devices)


def file_of(store: Store, folder: Path) -> Path:
    return folder / own_name(store.device)


def ids(path: Path) -> list[str]:
    return [from_line(line).id for line in path.read_text("utf-8").splitlines()]


def test_two_devices_come_to_the_union_and_each_writes_its_own_file_only(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    first, second = answer(one, 3), answer(two, 2)
    assert counts(sync(one, shared)) == (3, 0, 0)
    before = file_of(one, shared).read_bytes()
    assert counts(sync(two, shared)) == (2, 3, 1)
    assert counts(sync(one, shared)) == (0, 2, 1)
    assert one.events() == two.events() == sorted([*first, *second], key=lambda event: (event.ms, event.device))
    assert file_of(one, shared).read_bytes() == before
    assert ids(file_of(two, shared)) == [event.id for event in second]
    assert counts(sync(one, shared)) == counts(sync(two, shared)) == (0, 0, 0)


def test_what_was_done_is_told_in_a_line(device: Device, shared: Path) -> None:
    one, two, three = device("one"), device("two"), device("three")
    answer(one, 12), answer(two), answer(three)
    sync(two, shared), sync(three, shared)
    assert str(sync(one, shared)) == "12 sent, 2 received from 2 devices"
    assert str(sync(one, shared)) == "0 sent, 0 received"
    assert str(sync(two, shared)) == "0 sent, 13 received from 2 devices"


def test_a_payload_is_passed_on_byte_for_byte(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    payloads = ['{"a": 1.0, "b":1e0}', '{ "x" : "\\u00e9" }', '{"future":[1,{"a":2}],"a":1,"a":2}']
    one.merge_rows(Row(f"{n}", n, 0, "d", n, "teleport", None, text, 9) for n, text in enumerate(payloads))
    sync(one, shared), sync(two, shared)
    assert [row for _, row in arrived(two)] == [row for _, row in arrived(one)]


def test_events_that_came_another_way_are_passed_on_once(device: Device, shared: Path) -> None:
    one, two, three = device("one"), device("two"), device("three")
    elsewhere = answer(three, 4)
    one.merge(elsewhere)
    two.merge(elsewhere)
    assert counts(sync(one, shared)) == (4, 0, 0)
    assert counts(sync(two, shared)) == (0, 0, 0)
    assert counts(sync(three, shared)) == (0, 0, 0)


def test_a_file_that_was_delivered_in_part_is_read_when_it_is_whole(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared)
    path = file_of(one, shared)
    whole = path.read_bytes()
    for kept, received in ((len(whole) - 1, 2), (len(whole) - 1, 0), (len(whole), 1)):
        path.write_bytes(whole[:kept])
        outcome = sync(two, shared)
        assert counts(outcome) == (0, received, 1 if received else 0)
        assert [str(path) in notice for notice in outcome.notices] == [True] * (kept < len(whole))
    assert two.events() == one.events()


def test_a_file_cut_off_anywhere_costs_nothing(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 2)
    sync(one, shared)
    path = file_of(one, shared)
    whole = path.read_bytes()
    for kept in range(0, len(whole), 7):
        path.write_bytes(whole[:kept])
        assert sync(two, shared).problems == []
    path.write_bytes(whole)
    assert sync(two, shared).problems == []
    assert two.events() == one.events()


DAMAGED = {
    b"{": "this is not JSON",
    b'{"id":"x"}': "`ms` is missing",
    b"\xff\xfe": "not UTF-8",
    b"\0\0\0": "this is not JSON",
    b"[" * 100_000: "this is not JSON",
}


@pytest.mark.parametrize("line", DAMAGED, ids=lambda line: repr(line[:12]))
def test_a_damaged_line_is_named_and_all_others_are_taken(device: Device, shared: Path, line: bytes) -> None:
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared)
    path = file_of(one, shared)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([lines[0], line + b"\n", *lines[1:]]))
    outcome = sync(two, shared)
    assert outcome.received == 3
    [problem] = outcome.problems
    assert problem.startswith(f"{path}:2: this line was left out")
    assert DAMAGED[line] in problem
    assert sync(two, shared).problems == [problem]  # as long as it is there
    path.write_bytes(b"".join(lines))
    assert counts(sync(two, shared)) == (0, 0, 0)


def test_many_damaged_lines_are_counted(device: Device, shared: Path) -> None:
    (shared / "studytool-x.jsonl").write_text("rubbish\n" * 5000)
    problems = sync(device("one"), shared).problems
    assert len(problems) == 11
    assert "4,990 more lines were left out." in problems[-1]
    (shared / "studytool-x.jsonl").write_text("rubbish\n" * 11)
    assert "1 more line was left out." in sync(device("two"), shared).problems[-1]


def test_an_event_whose_line_was_damaged_is_passed_on_again_by_whoever_holds_it(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared)
    path = file_of(one, shared)
    path.write_bytes(path.read_bytes().replace(b'"grade":3', b'"grade:3', 1))
    assert sync(one, shared).sent == 1
    assert sync(two, shared).received == 3
    assert two.events() == one.events()
    assert sync(one, shared).sent == 0


@pytest.mark.parametrize(
    "name",
    [
        "studytool-{} (conflicted copy).jsonl",
        "studytool-{} (Ada's conflicted copy 2024-01-01).jsonl",
        "studytool-{}.sync-conflict-20240101-120000-ABCDEFG.jsonl",
        "studytool-{}.jsonl.sync-conflict-20240101",
        "studytool-{} (1).jsonl",
        "studytool-{}-laptop.jsonl",
    ],
)
def test_conflict_copies_of_sync_tools_are_read_too(device: Device, shared: Path, name: str) -> None:
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared)
    lines = file_of(one, shared).read_bytes().splitlines(keepends=True)
    file_of(one, shared).write_bytes(b"".join(lines[:2]))
    (shared / name.format(one.device)).write_bytes(lines[0] + lines[2])
    assert counts(sync(two, shared)) == (0, 3, 1)


def test_other_files_and_those_of_a_delivery_under_way_are_left_alone(device: Device, shared: Path) -> None:
    for name in (
        ".syncthing.studytool-x.jsonl.tmp",
        "notes.md",
        "studytool.jsonl",
        "studytool-x.jsonl.part",
        "a.jsonl",
    ):
        (shared / name).write_text("rubbish\n")
    outcome = sync(device("one"), shared)
    assert (outcome.problems, outcome.notices, str(outcome)) == ([], [], "0 sent, 0 received")


def test_the_marks_of_a_merge_by_git_are_named_and_both_sides_are_read(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared)
    path = file_of(one, shared)
    a, b, c = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([a, b"<<<<<<< HEAD\n", b, b"=======\n", c, b">>>>>>> theirs\n"]))
    outcome = sync(two, shared)
    assert counts(outcome) == (0, 3, 1)
    assert [re.sub(r".*jsonl:(\d):.*", r"\1", notice) for notice in outcome.notices] == ["2", "4", "6"]


def test_real_git_clones_of_the_folder_never_conflict(device: Device, tmp_path: Path) -> None:
    def git(folder: Path, *arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)

    (tmp_path / "hub").mkdir()
    git(tmp_path / "hub", "init", "--bare")
    one, two = device("one"), device("two")
    for name in ("one", "two"):
        git(tmp_path, "clone", "hub", f"clone-{name}")
    for store, name in [(one, "one"), (two, "two")] * 3:
        clone = tmp_path / f"clone-{name}"
        answer(store, 2)
        if list((tmp_path / "hub" / "refs" / "heads").iterdir()):
            git(clone, "pull", "--no-rebase", "origin", "main")
        assert sync_folder(store, clone, tmp_path / f"cache-{name}").problems == []
        git(clone, "add", "-A")
        git(clone, "commit", "-m", "reviews")
        git(clone, "push", "origin", "HEAD:main")
    git(tmp_path / "clone-one", "pull", "--no-rebase", "origin", "main")
    sync_folder(one, tmp_path / "clone-one", tmp_path / "cache-one")
    assert one.events() == two.events()
    assert len(one.events()) == 12


def test_the_same_id_with_other_contents_is_told_and_the_first_is_kept(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    kept = answer(one)
    sync(one, shared), sync(two, shared)
    row = arrived(one)[0][1]
    forged = shared / "studytool-evil.jsonl"
    forged.write_text(to_line(row._replace(payload='{"grade":1}')) + "\n")
    for store in (one, two):
        [problem] = sync(store, shared).problems
        assert problem.startswith(f"{forged}:1: event {row.id} is known with other contents")
        assert store.events() == kept


def test_many_events_with_other_contents_are_counted(device: Device, shared: Path) -> None:
    row = Row("a" * 32, 5, 0, "d", 1, "review", "k", '{"grade":3}', 1)
    rows = [row._replace(id=f"{n:032x}", payload=f'{{"grade":{grade}}}') for grade in (3, 4) for n in range(50)]
    (shared / "studytool-d.jsonl").write_text("".join(f"{to_line(row)}\n" for row in rows))
    problems = sync(device("one"), shared).problems
    assert [problem.partition(": ")[0].rpartition(":")[2] for problem in problems[:-1]] == ["51", "52", "53"]
    assert problems[3:] == ["More events that are known with other contents: 47. What was known first was kept."]


def test_two_versions_of_one_event_in_one_file_are_told(device: Device, shared: Path) -> None:
    row = Row("a" * 32, 5, 0, "d", 1, "review", "k", '{"grade":3}', 1)
    path = shared / "studytool-d.jsonl"
    path.write_text("".join(to_line(row._replace(payload=f'{{"grade":{grade}}}')) + "\n" for grade in (3, 3, 4)))
    one = device("one")
    [problem] = sync(one, shared).problems
    assert problem.startswith(f"{path}:3: ")
    assert [row.payload for _, row in arrived(one)] == ['{"grade":3}']


def test_only_what_is_new_is_read_and_what_is_remembered_may_be_lost(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 5)
    sync(one, shared), sync(two, shared)
    path = file_of(one, shared)
    before = path.read_bytes()
    os.utime(path, (1, 1))
    answer(one, 1, ms=5)
    sync(one, shared)
    assert path.read_bytes().startswith(before)
    marks = sorted((shared.parent / "cache" / "sync").glob("*.json"))
    assert len(marks) == 2
    for content in (b"", b"{", b"[]", b'{"version":1}', None):
        for mark in marks:
            mark.unlink(missing_ok=True) if content is None else mark.write_bytes(content)
        assert counts(sync(one, shared)) == (0, 0, 0)
        assert counts(sync(two, shared)) in [(0, 1, 1), (0, 0, 0)]
        assert one.events() == two.events()


def test_a_line_before_the_end_of_the_last_reading_is_not_parsed_again(device: Device, shared: Path) -> None:
    """What is remembered is a digest of what was read: a change there is seen, the rest is not looked at."""
    one, two = device("one"), device("two")
    answer(one, 3)
    sync(one, shared), sync(two, shared)
    [path] = [p for p in (shared.parent / "cache" / "sync").glob("*.json") if two.device in p.read_text()]
    told = json.loads(path.read_text())
    offset, lines, _, problems = told["files"][own_name(one.device)]
    assert (offset, lines, problems) == (file_of(one, shared).stat().st_size, 3, [])
    changed = file_of(one, shared).read_bytes().replace(b'"grade":3', b'"grade":1', 1)
    file_of(one, shared).write_bytes(changed)
    assert "is known with other contents" in sync(two, shared).problems[0]


def test_a_file_that_was_replaced_or_deleted_is_no_loss(device: Device, shared: Path) -> None:
    one, two, three = device("one"), device("two"), device("three")
    answer(one, 5), answer(two, 5)
    for store in (one, two, one):
        sync(store, shared)
    path = file_of(one, shared)
    old = path.read_bytes()
    path.unlink()
    assert counts(sync(two, shared)) == (5, 0, 0)  # nobody else holds them any more
    path.write_bytes(b"".join(old.splitlines(keepends=True)[:2]))  # an older version comes back
    assert counts(sync(one, shared)) == (0, 0, 0)
    answer(one, 1)
    sync(one, shared)
    assert counts(sync(three, shared)) == (0, 11, 2)
    assert three.events() == one.events()


def test_a_log_from_a_backup_gets_back_what_it_lacks(device: Device, shared: Path, tmp_path: Path) -> None:
    one = device("one")
    answer(one, 2)
    one.close()
    shutil.copytree(tmp_path / "devices" / "one", tmp_path / "backup")
    one = device("one")
    answer(one, 3)
    sync(one, shared)
    events = one.events()
    one.close()
    shutil.rmtree(tmp_path / "devices" / "one")
    shutil.copytree(tmp_path / "backup", tmp_path / "devices" / "one")
    one = device("one")
    assert counts(sync(one, shared)) == (0, 3, 1)
    assert one.events() == events
    answer(one, 1)
    assert counts(sync(one, shared)) == (1, 0, 0)


def test_a_copied_data_folder_is_a_device_of_its_own(device: Device, shared: Path, tmp_path: Path) -> None:
    one = device("one")
    answer(one, 2)
    one.close()
    shutil.copytree(tmp_path / "devices" / "one", tmp_path / "devices" / "copy")
    one, copy = device("one"), device("copy")
    assert one.device != copy.device
    events = {event.id for store in (one, copy) for event in answer(store, 2)} | {event.id for event in one.events()}
    assert [event.sequence for event in copy.events() if event.device == copy.device] == [1, 2]
    sync(one, shared), sync(copy, shared), sync(one, shared)
    assert len(list(shared.iterdir())) == 2
    assert {event.id for event in copy.events()} == {event.id for event in one.events()} == events
