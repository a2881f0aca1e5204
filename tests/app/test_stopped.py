"""Reading that was stopped: what has been read is there, edits to it are seen, and the rest waits."""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue

import pytest

from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.desk import request
from tests.app.slow_notes import many, one_by_one

NUMBERED = "Q: What is {0} times one?\nA: {0}\n"


@pytest.fixture
def changed(monkeypatch):
    """Put sets of paths here: they are told as edits, each set at once."""
    told: SimpleQueue[set[str]] = SimpleQueue()

    def edits(paths, stop, again):
        yield set()
        while not stop.is_set():
            try:
                yield told.get(timeout=0.02)
            except Empty:
                if again.is_set():
                    again.clear()
                    yield set()

    monkeypatch.setattr("studytool.notes.watch.edits", edits)
    monkeypatch.setattr("studytool.app.opening._SETTLE", 0.0)
    return told


@pytest.fixture
def gate(library, monkeypatch, tmp_path):
    """Sixty-two notes; reading waits before the tenth of them until this is set."""
    many(library, tmp_path / "more")
    opens = threading.Event()
    one_by_one(monkeypatch, 0.0, opens)
    return opens


@pytest.fixture
def stopped(library, gate):
    """Notes of which some were read after the desk was opened on fewer, and then no more; told of to nobody yet."""
    opening = Opening(request([str(library)]))
    assert opening.ready(60)
    desk = opening.desk()
    opening.halt()
    gate.set()
    wait(lambda: opening.halted)
    yield opening, desk
    opening.close()
    desk.close()


def wait(true):
    """Wait until it is true."""
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


def test_what_was_read_between_the_opening_of_the_desk_and_the_stop_is_told(stopped):
    opening, desk = stopped
    told = []
    opening.follow(lambda library, complete, _: told.append((len(library.notes), complete)))
    assert told == [(opening.halted.done, False)]
    assert len(desk.library.notes) < opening.halted.done


def test_of_edits_at_once_those_to_notes_that_are_read_are_seen_and_a_new_note_waits(stopped, changed):
    opening, desk = stopped
    told = []
    opening.follow(lambda *one: told.append(one))
    assert not told[-1][2], "more was read"
    number = len(told[-1][0].notes)
    path = desk.library.notes[0].path
    new = f"{path}.new.md"
    for name, question in ((path, "edited"), (new, "new")):
        with open(name, "w", encoding="utf-8") as file:
            file.write(NUMBERED.format(question))
    for paths in ({new}, {path, new}):
        changed.put(paths)
    wait(lambda: len(told) > 1)
    _, (library, complete, just_made) = told
    assert just_made
    assert "What is edited times one?" in [card.front for card in library.studied()]
    assert (len(library.notes), complete) == (number, False)
    opening.read_on()
    wait(lambda: told[-1][1])
    assert len(told[-1][0].notes) == 63


def test_notes_that_have_all_gone_when_it_is_read_on_are_an_edit_and_those_that_come_later_are_read(
    stopped, changed, library
):
    opening, _ = stopped
    told = []
    opening.follow(lambda library, complete, _: told.append((len(library.notes), complete)))
    for path in library.rglob("*.md"):
        path.unlink()
    opening.read_on()
    wait(lambda: told[-1] == (0, True) or not opening._thread.is_alive())
    assert told[-1] == (0, True)
    (library / "later.md").write_text(NUMBERED.format(1))
    changed.put({str(library / "later.md")})
    wait(lambda: told[-1] == (1, True))


@pytest.mark.parametrize(
    ("start", "asked", "told"),
    [
        ("study", {"topics": ["More 9"]}, "There is no topic More 9 with cards."),
        ("quiz", {"topics": ["More 9"]}, "There is no topic More 9 with cards."),
        ("study", {"search": '"9 times one"'}, "There are no "),
    ],
)
async def test_what_was_asked_for_may_be_in_the_rest_of_the_notes(library, gate, text, until, start, asked, told):
    app = StudyApp(Opening(request([str(library)])), start=start, **asked)
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await until(pilot, lambda: "10 of 62 are read" in text(pilot))
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) or app.failure)
        assert app.failure is None
        (notice,) = app._notifications
        assert notice.message.startswith(told)
        assert notice.message.endswith("Not all of your notes have been read: s reads the rest.")
        assert app.opening.halted is not None
        await pilot.press("s")
        await until(pilot, lambda: app.desk.complete and "More 9" in app.desk.topics())


@pytest.mark.parametrize(
    ("asked", "told"), [({"search": "is:nonsense"}, "`is:` knows no `nonsense`"), ({"exam": True}, "No exam is set")]
)
async def test_what_no_note_can_hold_ends_the_program_as_ever(library, gate, text, until, asked, told):
    app = StudyApp(Opening(request([str(library)])), start="study", **asked)
    async with app.run_test(size=(120, 30)) as pilot:
        await until(pilot, lambda: "10 of 62 are read" in text(pilot))
        await pilot.press("escape")
        gate.set()
        await until(pilot, lambda: app.failure is not None)
    assert str(app.failure).startswith(told)


async def test_a_topic_of_the_exam_is_called_no_slip_while_notes_are_being_read(library, home, gate, text, until):
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('exam = 2100-01-01\nsyllabus = ["Rivers", "More 9"]\n', "utf-8")
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(120, 30), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert not app.desk.complete
        assert [notice.message for notice in app._notifications] == []
        gate.set()
        await until(pilot, lambda: app.desk.complete)
