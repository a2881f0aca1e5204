"""The desk: which notes a command line means, and the way from notes and log to a sitting."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studytool import clock, desk, memory, places
from studytool.bulk import put
from studytool.desk.log import read_log
from studytool.errors import StudytoolError, UsageError
from studytool.memory import Grade, Moment, Store, replay
from tests.desk.acts import NOW


def test_without_a_path_the_built_in_course_opens() -> None:
    wanted = desk.request([])
    assert wanted.paths == (places.built_in("cards"),)
    assert wanted.is_course
    assert "course" in wanted.title


def test_the_libraries_of_the_settings_open_when_no_path_is_given(home: Path, notes: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'libraries = ["{notes}"]\n')
    wanted = desk.request([])
    assert wanted.paths == (notes,)
    assert not wanted.is_course
    assert wanted.title == "notes"


@pytest.fixture
def settings_file(home: Path) -> Path:
    """The user's settings file, not written yet."""
    (home / "config").mkdir()
    return home / "config" / "settings.toml"


def test_a_library_of_the_settings_that_is_gone_is_named_with_its_file_and_the_commands(settings_file: Path) -> None:
    settings_file.write_text('rollover = 3\nlibraries = ["/nowhere/x"]\n')
    with pytest.raises(UsageError) as caught:
        desk.request([])
    assert str(caught.value) == (
        f"{settings_file}:2: `libraries` names /nowhere/x: nothing is there. A drive has to be mounted; else "
        "`studytool settings libraries FOLDER` names another one, and `studytool settings libraries --reset` lets the "
        "built-in course open."
    )


def test_of_the_libraries_of_the_settings_those_open_that_are_there(
    settings_file: Path, notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings_file.write_text(f'libraries = ["/nowhere/x", "~nobody-of-this-name/y", "{notes}", "a\\u0000b"]\n')
    wanted = desk.request([])
    assert (wanted.paths, wanted.library, wanted.is_course) == ((notes,), notes, False)
    assert wanted.lost[0] == f"{settings_file}:1: `libraries` names /nowhere/x: nothing is there."
    assert "~nobody-of-this-name/y: there is no such home folder." in wanted.lost[1]
    assert "that is not a path." in wanted.lost[2]
    assert wanted.lost[2].endswith(f"`studytool settings libraries {notes}`.")
    assert capsys.readouterr().err.count("studytool: ") == 3
    assert desk.request([str(notes)]).lost == ()


def test_a_library_of_the_settings_without_notes_is_told_with_the_commands(settings_file: Path, tmp_path: Path) -> None:
    settings_file.write_text(f'libraries = ["{tmp_path}/drive"]\n')
    (tmp_path / "drive").mkdir()
    with pytest.raises(StudytoolError, match=r"no notes in .*settings.toml:1.*`studytool settings libraries --reset`"):
        desk.open_desk(desk.request([]))


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all.md", "~nobody-of-this-name", "x" * 5000])
def test_a_path_that_cannot_be_is_said_before_anything_opens(path: str) -> None:
    with pytest.raises(UsageError) as caught:
        desk.request([path])
    assert path in str(caught.value)


def test_an_empty_path_is_not_the_present_folder(
    notes: Path, monkeypatch: pytest.MonkeyPatch, settings_file: Path
) -> None:
    monkeypatch.chdir(notes)
    for paths, root in (([""], None), ([str(notes), ""], None), ([], "")):
        with pytest.raises(UsageError, match=r"A path is empty|no folder"):
            desk.request(paths, root)
    settings_file.write_text('libraries = [""]\n')
    with pytest.raises(UsageError, match="an empty path leads nowhere"):
        desk.request([])


def test_a_root_that_is_no_folder_is_said(notes: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        desk.request([str(notes)], root=str(notes / "loss.md"))


def test_settings_are_found_above_a_note(notes: Path) -> None:
    inner = notes / "part" / "one.md"
    inner.parent.mkdir()
    inner.write_text("Q: a?\nA: b\n")
    (notes / "studytool.toml").write_text("new_per_day = 3\n")
    for path in (inner, inner.parent, notes):
        assert desk.request([str(path)]).settings.new_per_day == 3


def test_the_title_of_a_library_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31mb\n\u202ec"
    folder.mkdir()
    assert desk.request([str(folder)]).title == "ab c"


def test_the_title_of_the_present_folder_is_its_name(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(notes)
    assert desk.request(["."]).title == "notes"


def test_a_folder_without_notes_is_said(tmp_path: Path) -> None:
    with pytest.raises(StudytoolError, match="no notes"):
        desk.open_desk(desk.request([str(tmp_path)]))


def test_a_desk_offers_its_cards_by_topic_in_study_order(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.topics() == ["Loss", "Weights"]
    assert len(table.candidates()) == 3
    assert [candidate.topic for candidate in table.candidates(["Weights"])] == ["Weights", "Weights"]
    assert table.candidates([]) == []
    table.close()


def test_an_answer_is_there_when_the_desk_is_opened_again(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    session = table.session(NOW)
    shown = session.shown(NOW)
    assert shown is not None
    card = table.card(shown.key)
    assert card is not None
    session.answer(Grade.EASY, NOW, took_ms=1200, text=desk.card_text(card))
    # Not closed: what counts is what is on disk when `answer` returns.
    again = desk.open_desk(desk.request([str(notes)]))
    assert again.memory.state(shown.key) is not None
    assert again.overview(NOW).today == 1
    again.close()
    table.close()


def test_the_daily_limit_of_the_settings_is_kept(notes: Path) -> None:
    (notes / "studytool.toml").write_text("new_per_day = 1\n")
    table = desk.open_desk(desk.request([str(notes)]))
    session = table.session(NOW)
    shown = session.shown(NOW)
    assert shown is not None
    session.answer(Grade.EASY, NOW, took_ms=1, text=None)
    assert session.shown(NOW) is None
    tomorrow = Moment.at(datetime(2025, 3, 11, 12, tzinfo=UTC))
    assert table.session(tomorrow).shown(tomorrow) is not None
    table.close()


def test_a_card_that_nobody_has_is_none(notes: Path) -> None:
    table = desk.open_desk(desk.request([str(notes)]))
    assert table.card("0" * 32) is None
    table.close()


def test_the_clock_tells_this_moment_with_the_local_offset() -> None:

    rounding = timedelta(milliseconds=1)
    before = datetime.now(UTC) - rounding
    now = clock.now()
    assert before <= datetime.fromtimestamp(now.ms / 1000, UTC) <= datetime.now(UTC) + rounding
    offset = datetime.now().astimezone().utcoffset()
    assert offset is not None
    assert now.offset == round(offset.total_seconds() / 60)


def test_cards_come_back_together_also_after_a_clock_that_was_ahead_was_set_right(notes: Path) -> None:
    open_desk = desk.open_desk(desk.request([str(notes)]))
    keys, store, memory = list(open_desk.library.entries), open_desk.store, open_desk.memory
    ahead = Moment(NOW.ms + 400 * 86_400_000, 0)
    for key in keys:
        memory.apply(store.append("suspend", key, {}, ahead))
    said: list[str] = []
    store._connection.set_trace_callback(said.append)
    put(open_desk, "resume", keys, NOW)
    assert said.count("COMMIT") == 1
    assert [memory.out(key, NOW.day(4)) for key in keys] == [None] * 3
    assert [replay(store.events()).out(key, NOW.day(4)) for key in keys] == [None] * 3
    open_desk.close()


def test_a_log_whose_events_cannot_be_read_is_closed_again(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = desk.request([str(notes)])
    opened: list[Store] = []

    def kept() -> Store:
        opened.append(memory.open_store(places.data_folder()))
        return opened[-1]

    def fails(*_: object, **__: object) -> None:
        raise StudytoolError("An event of the log cannot be read.")

    monkeypatch.setattr(memory, "open_memory", fails)
    with pytest.raises(StudytoolError, match="An event"):
        read_log(wanted, kept)
    with pytest.raises(StudytoolError, match="closed database"):
        opened[0].events()
