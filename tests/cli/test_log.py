"""`studytool log`: an account of the log, its export and its import, through files and pipes."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Thread

import pytest

from studytool.memory.store.lines import Row, to_line


@pytest.fixture
def answered(studytool, notes: Path, log: Path) -> list[str]:
    """A log with three answers in it; the lines of its export."""
    assert studytool("study", "--plain", notes, stdin="\n3\n\n4\n\n1\nq\n").code == 0
    done = studytool("log", "export")
    assert done.code == 0
    return done.out.splitlines()


def elsewhere(folder: Path) -> dict[str, str]:
    return {"STUDYTOOL_DATA": str(folder)}


def test_the_account_says_what_is_there(studytool, answered, log: Path) -> None:
    told = json.loads(studytool("log", "--json").out)
    assert told["path"] == str(log)
    assert told["events"] == 3
    assert told["kinds"] == {"review": 3}
    assert [(one["events"], one["own"]) for one in told["devices"]] == [(3, True)]
    assert told["first"]["ms"] <= told["last"]["ms"]
    lines = studytool("log").out
    assert f"{log}: 3 events" in lines
    assert "3  review" in lines
    assert ", this one, last 20" in lines


def test_the_account_of_a_log_without_events(studytool) -> None:
    done = studytool("log")
    assert done.code == 0
    assert "0 events" in done.out
    assert json.loads(studytool("log", "--json").out)["first"] is None


def test_export_and_import_through_pipes(studytool, answered, tmp_path: Path) -> None:
    text = "".join(f"{line}\n" for line in answered)
    assert [json.loads(line)["kind"] for line in answered] == ["review"] * 3
    done = studytool("log", "import", "-", stdin=text, env=elsewhere(tmp_path / "new"))
    assert (done.code, done.out) == (0, "standard input: 3 events, 3 of them new.\n")
    assert studytool("log", "export", "-", env=elsewhere(tmp_path / "new")).out == text
    again = studytool("log", "import", "--json", "-", stdin=text, env=elsewhere(tmp_path / "new"))
    assert json.loads(again.out)["files"][0]["new"] == 0
    os.mkfifo(tmp_path / "pipe")
    Thread(target=lambda: (tmp_path / "pipe").write_text(text), daemon=True).start()
    done = studytool("log", "import", "pipe", env=elsewhere(tmp_path / "newer"))
    assert (done.code, done.out) == (0, "pipe: 3 events, 3 of them new.\n")


def test_export_and_import_through_files(studytool, answered, tmp_path: Path) -> None:
    done = studytool("log", "export", "a.jsonl")
    assert (done.code, done.out) == (0, "3 events written to a.jsonl.\n")
    table = studytool("log", "export", "a.csv", "--json")
    assert json.loads(table.out) == {"path": "a.csv", "format": "csv", "events": 3, "damaged": 0}
    done = studytool("log", "import", "a.jsonl", "a.csv", env=elsewhere(tmp_path / "new"))
    assert done.code == 0
    assert "a.jsonl: 3 events, 3 of them new." in done.out
    assert "a.csv: 3 events, 0 of them new." in done.out
    assert "this computer's time zone" in done.out
    assert studytool("log", "export", "b.csv", env=elsewhere(tmp_path / "new")).code == 0
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


@pytest.mark.parametrize("name", ["a.xls", "a.json"])
def test_an_export_whose_name_says_another_format_asks_for_one(studytool, answered, tmp_path: Path, name: str) -> None:
    done = studytool("log", "export", name)
    assert (done.code, done.out) == (2, "")
    assert f"The end of {name} is no format of an export." in done.err
    assert ".jsonl" in done.err
    assert ".csv" in done.err
    assert not (tmp_path / name).exists()
    assert studytool("log", "export", name, "--format", "jsonl").code == 0
    assert (tmp_path / name).read_text().splitlines() == answered


def test_the_end_of_a_name_may_be_in_capitals(studytool, answered, tmp_path: Path) -> None:
    assert studytool("log", "export", "A.CSV").code == 0
    assert (tmp_path / "A.CSV").read_text().startswith("card_id,")


def test_the_offset_of_a_table_can_be_given(studytool, tmp_path: Path) -> None:
    text = "card_id,review_time,review_rating\nk,1700000000000,3\n"
    done = studytool("log", "import", "--force", "--offset=-08:00", "--json", "-", stdin=text)
    assert done.code == 0
    assert json.loads(studytool("log", "export").out)["offset"] == -480
    for wrong in ("90:00", "inf", "nan", "1e999", "+-5", "", "1:", "1:2.5"):
        done = studytool("log", "import", "--offset", wrong, "-", stdin=text)
        assert (done.code, "_offset" in done.err) == (2, False), wrong


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
def test_a_time_at_the_end_of_time_is_named(studytool, zone: str) -> None:
    text = "card_id,review_time,review_rating\nk,253402300799999,3\n"
    done = studytool("log", "import", "-", stdin=text, env={"TZ": zone})
    assert done.code == 1
    assert "standard input:2: `review_time` should lie between" in done.err


def test_changes_by_hand_in_a_table_are_counted(studytool) -> None:
    text = "card_id,review_time,review_rating\nk,1700000000000,3\nk,1700000000001,0\n"
    done = studytool("log", "import", "--force", "-", stdin=text)
    assert done.code == 0
    assert "1 event, 1 of them new. Left out: 1 of rating 0" in done.out
    assert json.loads(studytool("log", "import", "--json", "-", stdin=text).out)["files"][0]["by_hand"] == 1


@pytest.mark.parametrize(("zone", "winter", "summer"), [("Europe/Berlin", 60, 120), ("America/New_York", -300, -240)])
def test_without_an_offset_the_days_are_local_daylight_saving_included(
    studytool, tmp_path: Path, zone: str, winter: int, summer: int
) -> None:
    text = "card_id,review_time,review_rating\nk,1705000000000,3\nk,1720000000000,3\n"
    assert studytool("log", "import", "--force", "-", stdin=text, env={"TZ": zone}).code == 0
    offsets = [json.loads(line)["offset"] for line in studytool("log", "export").out.splitlines()]
    assert offsets == [winter, summer]


def test_a_file_that_is_there_is_kept(studytool, answered, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("mine")
    done = studytool("log", "export", "a.jsonl")
    assert done.code == 1
    assert "There is a file a.jsonl already" in done.err
    assert (tmp_path / "a.jsonl").read_text() == "mine"
    assert studytool("log", "export", "a.jsonl", "--force").code == 0
    assert (tmp_path / "a.jsonl").read_text().splitlines() == answered


def test_answers_of_a_table_that_come_again_as_lines_count_once(studytool, answered, tmp_path: Path) -> None:
    assert studytool("log", "export", "a.jsonl").code == studytool("log", "export", "a.csv").code == 0
    new, other = elsewhere(tmp_path / "new"), elsewhere(tmp_path / "other")
    done = studytool("log", "import", "--force", "a.csv", "a.jsonl", env=new)
    assert "a.jsonl: 3 events, 3 of them new. 3 answers from a table before are told in full here" in done.out
    done = studytool("log", "import", "a.jsonl", "a.csv", "--json", env=other)
    assert [(one["new"], one["retold"]) for one in json.loads(done.out)["files"]] == [(3, 0), (0, 0)]
    both = [studytool("log", "states", "--json", env=each).out for each in (new, other)]
    assert both[0] == both[1] != "[]\n"
    assert studytool("log", "export", "--format", "csv", env=new).stdout == (tmp_path / "a.csv").read_bytes()
    again = studytool("log", "import", "a.jsonl", "a.csv", "--json", env=new)
    assert [(one["new"], one["retold"]) for one in json.loads(again.out)["files"]] == [(0, 0), (0, 0)]
    assert studytool("doctor", env=new).code == 0


def test_an_answer_of_another_grade_or_time_is_another_answer(studytool, answered, tmp_path: Path) -> None:
    first = json.loads(next(line for line in answered if '"kind":"review"' in line))
    grade = first["payload"]["grade"] % 4 + 1
    card, ms = first["card"], first["ms"]
    (tmp_path / "odd.csv").write_text(f"card_id,review_time,review_rating\n{card},{ms},{grade}\n{card},{ms + 1},3\n")
    (tmp_path / "log.jsonl").write_text("\n".join(answered) + "\n")
    done = studytool(
        "log",
        "import",
        "--force",
        str(tmp_path / "odd.csv"),
        str(tmp_path / "log.jsonl"),
        "--json",
        env=elsewhere(tmp_path / "new"),
    )
    assert [(one["new"], one["retold"]) for one in json.loads(done.out)["files"]] == [(2, 0), (3, 0)]


def test_an_edited_card_is_recognised_by_what_it_was(studytool, tmp_path: Path) -> None:
    """A table names it as it is now, lines as it was when it was answered."""
    line = '{"id":"%s","ms":%d,"offset":60,"device":"d","sequence":%d,"kind":"%s","card":"%s","version":1,"payload":%s}'
    review = line % ("018c0000-0000-7000-8000-000000000001", 1_700_000_000_000, 1, "review", "old", '{"grade":3}')
    link = line % ("018c0000-0000-7000-8000-000000000002", 1_700_000_100_000, 2, "relink", "new", '{"from":"old"}')
    (tmp_path / "all.jsonl").write_text(f"{review}\n{link}\n")
    whole, env = str(tmp_path / "all.jsonl"), elsewhere(tmp_path / "there")
    assert studytool("log", "import", whole, env=env).code == 0
    table = studytool("log", "export", "--format", "csv", env=env).out
    assert table.splitlines()[1].startswith("new,1700000000000,3")
    assert studytool("log", "import", "--force", "-", stdin=table).code == 0
    done = studytool("log", "import", whole, "--json")
    assert json.loads(done.out)["files"][0]["retold"] == 1
    assert json.loads(studytool("log", "states", "--json").out)[0]["reviews"] == 1
    lines = studytool("log", "export").out
    copy = elsewhere(tmp_path / "copy")
    assert studytool("log", "import", "-", stdin=lines, env=copy).code == 0
    assert studytool("log", "export", env=copy).out == lines
    assert studytool("log", "import", "-", "--json", stdin=lines, env=copy).code == 0
    assert studytool("log", "export", env=copy).out == lines


def test_a_damaged_line_is_named_with_its_file(studytool, answered, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([answered[0], "{", *answered[1:]]) + "\n")
    done = studytool("log", "import", "a.jsonl", env=elsewhere(tmp_path / "new"))
    assert done.code == 1
    assert "a.jsonl:2: this is not JSON" in done.err
    assert "nothing was imported, for 1 line cannot be read" in done.out
    assert json.loads(studytool("log", "--json", env=elsewhere(tmp_path / "new")).out)["events"] == 0
    done = studytool("log", "import", "a.jsonl", "--skip-damaged", env=elsewhere(tmp_path / "new"))
    assert done.code == 1
    assert "3 events, 3 of them new. 1 line left out." in done.out


def test_a_wrong_file_is_one_sentence_with_its_line_and_what_would_do(studytool, tmp_path: Path) -> None:
    (tmp_path / "cards.txt").write_text("front;back\n" * 40)
    done = studytool("log", "import", "cards.txt")
    assert done.code == 1
    assert done.err.splitlines() == [
        "studytool: cards.txt:1: this is not JSON: Expecting value, at column 1",
        "studytool: and 39 lines more: 2 to 40",
    ]
    assert done.out.startswith(
        "cards.txt: nothing was imported, for no line of it is an event. `log import` takes what"
    )
    table = "card_id,review_time,review_rating\na,1760000000000,3\n" + "a,soon,3\n" * 30 + "a,1760000000001,9\n"
    (tmp_path / "table.csv").write_text(table)
    done = studytool("log", "import", "table.csv")
    assert done.err.splitlines() == [
        "studytool: table.csv:3: `review_time` should be a whole number",
        "studytool: and 30 lines more: 4 to 33",
    ]
    assert "nothing was imported, for 31 lines cannot be read" in done.out
    rows = (f"a,{'soon' if at % 2 else 1760000000000 + at},3\n" for at in range(60))
    (tmp_path / "table.csv").write_text(f"card_id,review_time,review_rating\n{''.join(rows)}")
    done = studytool("log", "import", "table.csv")
    assert done.err.splitlines()[1] == "studytool: and 29 lines more: 5, 7, 9, 11, 13, 15, 17, 19 and others"


def test_a_time_in_seconds_is_told_with_its_line_and_what_the_column_needs(studytool, tmp_path: Path) -> None:
    table = "card_id,review_time,review_rating\na,1760000000000,3\na,1700000000,3\n"
    (tmp_path / "table.csv").write_text(table)
    done = studytool("log", "import", "table.csv")
    assert done.code == 1
    assert done.err == (
        "studytool: table.csv:3: `review_time` looks like seconds, and should be in milliseconds since 1970: "
        "1000 times that\n"
    )
    assert "nothing was imported, for 1 line cannot be read" in done.out
    assert "table.csv:3" in studytool("fit", "--csv", "table.csv", "--dry-run").err


def test_a_table_of_other_columns_is_told_which_there_are_and_which_are_needed(studytool, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("foo,review_time\n1,2\n")
    done = studytool("log", "import", "table.csv")
    assert done.err == (
        "studytool: table.csv:1: the columns card_id, review_rating are needed, and the first line names foo, "
        "review_time\n"
    )
    (tmp_path / "log.csv").write_text("{}\n")
    assert "log.csv:1: `id` is missing" in studytool("log", "import", "log.csv").err


def test_a_folder_is_told_to_be_none_of_the_files_that_can_be_imported(studytool, tmp_path: Path) -> None:
    done = studytool("log", "import", tmp_path)
    assert done.code == 2
    assert f"{tmp_path} is a folder, and no file." in done.err


def test_two_contents_of_one_event_are_told_with_their_lines(studytool, answered, tmp_path: Path) -> None:
    told = json.loads(answered[0])
    other = json.dumps({**told, "payload": {**told["payload"], "grade": 2}})
    (tmp_path / "a.jsonl").write_text("\n".join([*answered, other]) + "\n")
    done = studytool("log", "import", "a.jsonl", env=elsewhere(tmp_path / "new"))
    assert done.code == 1
    assert f"a.jsonl:4: event {told['id']} is known with other contents. What line 1 says was kept." in done.err
    assert "4 events, 3 of them new. 1 line left out, other than" in done.out
    assert studytool("log", "export", "-", env=elsewhere(tmp_path / "new")).out.splitlines() == answered


def test_a_file_that_is_not_there_is_wrong_usage(studytool) -> None:
    done = studytool("log", "import", "missing.jsonl")
    assert done.code == 2
    assert "There is no file missing.jsonl" in done.err


def test_an_event_that_is_no_json_is_not_written_over_in_silence(studytool, answered, log: Path, tmp_path) -> None:
    connection = sqlite3.connect(log)
    connection.execute("INSERT INTO events VALUES ('broken', 5, 0, 'd', 1, 'review', 'k', '{', 1)")
    connection.commit()
    connection.close()
    done = studytool("log", "export", "a.jsonl")
    assert done.code == 1
    assert "event broken" in done.err
    assert "Nothing was written" in done.err
    assert not (tmp_path / "a.jsonl").exists()
    assert studytool("log", "export", "a.jsonl", "--skip-damaged").code == 1
    assert (tmp_path / "a.jsonl").read_text().splitlines() == answered


def test_a_kind_of_a_newer_version_is_kept_exported_imported_and_counted(studytool, tmp_path: Path) -> None:
    row = Row("f" * 32, 1_700_000_000_000, 0, "elsewhere", 1, "teleport", None, '{"to": ["mars"],  "at":1e0}', 9)
    line = to_line(row) + "\n"
    assert studytool("log", "import", "-", stdin=line).code == 0
    assert studytool("log", "export").out == line
    assert json.loads(studytool("log", "--json").out)["kinds"] == {"teleport": 1}
    told = json.loads(studytool("doctor", "--json").out)
    assert told["healthy"] is True
    (found,) = told["findings"]
    assert (found["code"], found["severity"]) == ("kind", "note")
    assert "1 event of the kind teleport, from a newer version: kept and passed on" in found["message"]


@pytest.mark.parametrize("words", [("export", "x/y.jsonl"), ("export", ".", "--force")])
def test_a_place_where_no_export_can_be_is_one_sentence(studytool, answered, words: Sequence[str]) -> None:
    done = studytool("log", *words)
    assert done.code == 1
    assert "could not be written" in done.err
    assert done.err.count("\n") == 1


def test_a_log_in_a_folder_that_may_only_be_read_can_be_exported(
    studytool, answered, log: Path, mortal: Sequence[str]
) -> None:
    log.chmod(0o400)
    log.parent.chmod(0o500)
    try:
        done = studytool("log", "export", prefix=mortal)
    finally:
        log.parent.chmod(0o700)
    assert (done.code, done.out.splitlines()) == (0, answered)


def test_a_log_of_a_newer_version_can_be_exported_and_not_written(studytool, answered, log: Path) -> None:
    connection = sqlite3.connect(log)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert studytool("log", "export").out.splitlines() == answered
    assert "newer version" in studytool("log", "import", "-", stdin="").err


def test_an_output_without_room_is_one_sentence(studytool, answered) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = studytool("log", "export", "/dev/full")
    assert done.code == 1
    assert "/dev/full could not be written: No space left" in done.err


def test_a_table_none_of_whose_cards_is_known_is_taken_only_by_force(studytool, answered, tmp_path: Path) -> None:
    rows = [f"{card},{1_763_726_400_000 + at},3" for at, card in enumerate(("row 1", "row 2", "row 1"))]
    (tmp_path / "odd.csv").write_text("\n".join(["card_id,review_time,review_rating", *rows]) + "\n")
    done = studytool("log", "import", "odd.csv")
    assert done.code == 1
    assert "odd.csv: nothing was imported, for none of its 2 card ids (`row 1` and so on) is known" in done.out
    assert "column card_id" in done.out
    told = json.loads(studytool("log", "import", "--json", "odd.csv").out)["files"][0]
    assert (told["new"], told["imported"], told["unknown_cards"], told["refused"]) == (0, False, 2, "row 1")
    assert json.loads(studytool("log", "--json").out)["events"] == 3
    done = studytool("log", "import", "--force", "odd.csv")
    assert done.code == 0
    assert "3 events, 3 of them new. None of its 2 cards is known from before or in the notes that" in done.out
    assert "Answers to them are kept, and count once a note has the card." in done.out
    assert studytool("log", "import", "odd.csv").out.startswith("odd.csv: 3 events, 0 of them new.")


def test_a_table_whose_one_card_is_unknown_is_told_its_id(studytool, tmp_path: Path) -> None:
    rows = "".join(f"good,{1_763_726_400_000 + at},3\n" for at in range(1810))
    done = studytool("log", "import", "-", stdin=f"card_id,review_time,review_rating\n{rows}")
    assert done.code == 1
    assert "`good`, the card_id of all its 1,810 answers, is neither known from before nor in the notes" in done.out
    assert studytool("log", "export").out == ""


def test_lines_beside_a_table_that_is_refused_come_in(studytool, answered, tmp_path: Path) -> None:
    """Each file is whole or not at all, and the exit code tells that one was not."""
    (tmp_path / "odd.csv").write_text("card_id,review_time,review_rating\nk,1763726400000,3\n")
    (tmp_path / "log.jsonl").write_text("\n".join(answered) + "\n")
    done = studytool("log", "import", "odd.csv", "log.jsonl", env=elsewhere(tmp_path / "new"))
    assert done.code == 1
    assert "log.jsonl: 3 events, 3 of them new." in done.out


def test_answers_to_cards_that_nobody_has_are_told_of(studytool, notes: Path, tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    known = json.loads(studytool("cards", "--json", notes).out)["cards"][0]["key"]
    studytool("settings", "libraries", notes)
    table.write_text(f"card_id,review_time,review_rating\n{known},1763726400009,3\n18,1763726400010,3\n")
    done = studytool("log", "import", table)
    assert done.code == 0
    assert "1 of its 2 cards is known from before or in the notes that" in done.out
    assert "Answers to the others are kept" in done.out
    table.write_text("card_id,review_time,review_rating\n19,1763726400011,3\n")
    told = (
        "Its card is neither known from before nor in the notes that `studytool` opens without a path. Answers to it "
    )
    assert told in studytool("log", "import", "--force", table).out
    table.write_text(f"card_id,review_time,review_rating\n{known},1763726500009,3\n")
    assert "known from before" not in studytool("log", "import", table).out
