"""Notes that are edited, moved or deleted while the app is open."""

from __future__ import annotations

import gc
import re
import shutil
import threading
import weakref

import pytest

from studytool.app import editions
from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.write import WriteScreen
from studytool.desk import card_text, request
from tests.app.one_note import only


def told(pilot):
    """All that is said beside the screen."""
    return " ".join(each.message for each in pilot.app._notifications)


async def test_a_card_added_to_a_note_is_there_at_once(opened, library, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        total = pilot.app.desk.overview(pilot.app.now()).total
        await until(pilot, lambda: pilot.app.opening.watching)
        note = library / "units.md"
        note.write_text(note.read_text() + "\nQ: What does a bias move?\nA: The threshold.\n")
        await until(pilot, lambda: f"of {total + 1} cards" in text(pilot))
        await until(pilot, lambda: "1 card new" in text(pilot))


@pytest.mark.parametrize("keys", [(), ("enter", "space"), ("slash", *"river"), ("m",)])
async def test_an_edition_that_is_replaced_is_freed_without_the_garbage_collector(opened, library, until, keys):
    async with opened() as pilot:
        desk = pilot.app.desk
        await until(pilot, lambda: pilot.app.opening.watching)
        await pilot.press(*keys)
        await pilot.pause(0.3)
        gc.disable()
        try:
            for number in range(2):
                before = weakref.ref(desk.library)
                (library / "units.md").write_text(f"Q: What does bias {number} move?\nA: The threshold.\n")
                await until(pilot, lambda before=before: desk.library is not before())
                await until(pilot, lambda before=before: before() is None)
        finally:
            gc.enable()
        await until(pilot, lambda: "Your notes" in told(pilot))
        pilot.app.clear_notifications()


@pytest.mark.parametrize(
    ("goes", "said"),
    [(1, "“Explain pooling” is no card any more; what you answered is kept"), (2, "“Define recall” and 1 more are no")],
)
async def test_a_card_that_was_answered_and_is_none_any_more_is_named(opened, library, text, until, goes, said):
    tasks = ["## 1. Define recall", "## 2. Explain pooling", "## 3. Describe a kernel", "## 4. What is left?"]
    body = "\n\nWhat the network keeps of it.\n\n"
    note = library / "tasks.md"
    note.write_text("# Tasks\n\n" + body.join([*tasks, ""]))
    async with opened() as pilot:
        desk = pilot.app.desk
        await until(pilot, lambda: pilot.app.opening.watching)
        asked = {card.front: card for card in desk.library.studied()}
        for front in ("Define recall", "Explain pooling")[2 - goes :]:
            card = asked[front]
            payload = {"grade": 3, "text": card_text(card)}
            desk.memory.apply(desk.store.append("review", card.key, payload, pilot.app.now()))
        note.write_text("# Tasks\n\n" + body.join([*tasks[:2], ""]))  # two are no list of tasks
        await until(pilot, lambda: said in " ".join(text(pilot).replace("▌", "").split()))
        pilot.app.clear_notifications()


@pytest.mark.parametrize("put_first", [False, True])
async def test_a_card_that_is_cut_and_put_reworded_into_another_note_is_no_new_one(
    opened, library, text, until, put_first
):
    card = "Q: Where does the Danube end?\nA: In the Black Sea, behind a wide delta.\n"
    other = card.replace("behind", "after")
    (library / "danube.md").write_text(f"# Danube\n\n{card}")
    async with opened() as pilot:
        desk = pilot.app.desk
        await until(pilot, lambda: pilot.app.opening.watching)
        learned = next(one for one in desk.library.studied() if "Where does" in one.front)
        payload = {"grade": 4, "text": card_text(learned)}
        desk.memory.apply(desk.store.append("review", learned.key, payload, pilot.app.now()))
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        session = pilot.app.screen._sitting.session
        new = session.counts(pilot.app.now()).new
        steps = [("danube.md", "# Danube\n"), ("sea.md", f"# Sea\n\n{other}")]
        for name, content in reversed(steps) if put_first else steps:
            before = desk.library
            (library / name).write_text(content)
            await until(pilot, lambda before=before: desk.library is not before)
        await until(pilot, lambda: "1 edited card keeps its history" in " ".join(text(pilot).split()))
        (found,) = (one for one in desk.library.studied() if "Where does" in one.front)
        assert found.key != learned.key
        assert desk.memory.state(found.key).reviews == 1
        assert session.counts(pilot.app.now()).new == new
        pilot.app.clear_notifications()


async def test_an_edit_in_the_first_moment_is_not_missed(opened, library, text, until, monkeypatch):
    edited, watch = threading.Event(), Opening._watch
    monkeypatch.setattr(Opening, "_watch", lambda self, shelf: edited.wait(60) and watch(self, shelf))
    async with opened() as pilot:
        (library / "more.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        edited.set()
        await until(pilot, lambda: "of 10 cards" in text(pilot))


async def test_the_card_on_the_screen_stays_when_another_one_is_edited(opened, library, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        (library / "zz.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        await until(pilot, lambda: "10 new" in text(pilot) or "1 card new" in text(pilot))
        assert "Cairo" in text(pilot)
        await pilot.press("space", "3")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))


async def test_a_sitting_whose_cards_are_all_deleted_says_so_and_that_none_of_them_waits(opened, library, text, until):
    only(library, "# Two\n\nA {{c1::kernel}} slides over the {{c2::image}}.\n")
    async with opened(start="study") as pilot:
        await until(pilot, lambda: pilot.app.opening.watching)
        assert "1 card waits for another day" in pilot.app.screen._sitting.held[0]
        for note in library.iterdir():
            note.unlink()
        await until(pilot, lambda: "No card of this sitting is in your notes any more." in text(pilot))
        assert "another day" not in text(pilot)


@pytest.mark.parametrize("cram", [False, True])
async def test_a_sitting_whose_cards_are_all_put_back_goes_on(opened, library, text, until, cram):
    cards = "# Two\n\nQ: What is a larch?\nA: A tree.\n\nQ: What is a carp?\nA: A fish.\n"
    (library / "two.md").write_text(cards)
    async with opened(start="study", topics=("Two",), cram=cram) as pilot:
        await until(pilot, lambda: pilot.app.opening.watching)
        await pilot.press("space", "3")
        (library / "two.md").unlink()
        await until(pilot, lambda: "No card of this sitting is in your notes any more." in text(pilot))
        await until(pilot, lambda: "2 cards gone" in told(pilot))  # else nothing has changed in the end
        (library / "two.md").write_text(cards)
        await until(pilot, lambda: "space shows the answer" in text(pilot))
        said = "Your notes: 2 cards new." if cram else "Your notes: 1 card back, 1 new."  # a cram is no history
        await until(pilot, lambda: said in told(pilot))
        pilot.app.clear_notifications()


async def test_editions_that_follow_closely_are_told_in_one_sentence_and_answered_cards_that_went_are_counted(
    opened, library, until, monkeypatch
):
    monkeypatch.setattr(editions, "_REST", 600.0)
    many = [f"Q: What is thing {number}?\nA: A thing.\n" for number in range(60)]
    note = library / "many.md"
    note.write_text("\n".join(many))
    async with opened() as pilot:
        app, desk = pilot.app, pilot.app.desk
        await until(pilot, lambda: app.opening.watching)
        for card in desk.library.studied():
            if card.front in ("What is thing 50?", "What is thing 51?", "What is thing 3?"):
                payload = {"grade": 3, "text": card_text(card)}
                desk.memory.apply(desk.store.append("review", card.key, payload, app.now()))
        for left in (30, 10, 20):  # ten of them come back
            before = desk.library
            note.write_text("\n".join(many[:left]))
            await until(pilot, lambda before=before: desk.library is not before and not app.editions.is_at_work)
        assert "Your notes" not in told(pilot)
        await until(pilot, lambda: app.opening.step is None)
        app.editions._rest()
        said = "Your notes: 40 cards gone. 2 cards that you answered are none any more; what you answered is kept"
        await until(pilot, lambda: said in told(pilot))
        assert told(pilot).count("Your notes") == 1


async def test_the_first_edit_is_told_at_once_and_those_that_follow_closely_with_it(
    opened, library, until, monkeypatch
):
    monkeypatch.setattr(editions, "_REST", 600.0)
    note = library / "many.md"
    note.write_text("Q: What is thing 0?\nA: A thing.\n")
    async with opened() as pilot:
        app = pilot.app
        await until(pilot, lambda: app.opening.watching)
        for number in (1, 2):
            before = app.desk.library
            note.write_text(note.read_text() + f"\nQ: What is thing {number}?\nA: A thing.\n")
            await until(pilot, lambda before=before: app.desk.library is not before and not app.editions.is_at_work)
            await until(pilot, lambda: "Your notes: 1 card new." in told(pilot))
        await until(pilot, lambda: app.opening.step is None)
        app.editions._rest()
        await until(pilot, lambda: "Your notes: 2 cards new." in told(pilot))
        assert told(pilot).count("Your notes") == 1, "the sum stands in the place of its first part"
        app.clear_notifications()
        app.editions._rest()
        await pilot.pause(0.2)
        assert not told(pilot), "nothing is told twice"


@pytest.mark.parametrize("edited", [False, True])
async def test_a_card_that_is_turned_over_is_not_replaced_without_a_word(opened, library, text, until, edited):
    async with opened() as pilot:
        await pilot.press("j", "j", "enter", "space")
        await until(pilot, lambda: "weighted sum" in text(pilot) and pilot.app.screen._revealed)
        await until(pilot, lambda: pilot.app.opening.watching)
        front = pilot.app.screen._card.front
        note = library / "units.md"
        note.write_text(note.read_text().replace("weighted sum", "sum of weights") if edited else "# Units\n")
        how = "was edited: it comes in its new words" if edited else "is in your notes no more"
        await until(pilot, lambda: how in told(pilot))
        assert front[:20] in told(pilot)
        await until(pilot, lambda: "Your notes: " in told(pilot))
        assert how in told(pilot), "what has changed all in all comes later, and beside it"
        note.write_text(note.read_text() + "\nQ: What does a bias move?\nA: The threshold.\n")
        await until(pilot, lambda: re.search(r"Your notes: (1 card changed, 1|1 card) new", told(pilot)))
        assert told(pilot).count("Your notes: ") == 1
        pilot.app.clear_notifications()


async def test_an_edit_while_the_app_ends_is_not_shown(opened, monkeypatch):
    async with opened() as pilot:
        app = pilot.app
        close = app._close_all

        async def closing():
            await app.screen.query("#headline").remove()  # as one part of it goes after the other
            app.take_settings()
            await close()

        monkeypatch.setattr(app, "_close_all", closing)


async def test_a_note_that_is_deleted_takes_its_card_off_the_screen(opened, library, text, until):
    async with opened() as pilot:
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        (library / "units.md").unlink()
        await until(pilot, lambda: "No card of this sitting is in your notes any more." in text(pilot))
        await until(pilot, lambda: "weighted sum w…” is in your notes no more." in " ".join(told(pilot).split()))
        assert pilot.app.is_running


async def test_a_card_never_answered_comes_in_its_new_words_also_beside_others_that_ask_nearly_the_same(
    opened, library, text, until
):
    (library / "greek.md").write_text(
        "# Greek\n\n" + "\n".join(f"Q: {name} one two?\nA: {name.title()}.\n" for name in ("alpha", "beta", "gamma"))
    )
    async with opened(start="study", topics=["Greek"]) as pilot:
        await until(pilot, lambda: "alpha one two?" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        await pilot.press("space")
        await until(pilot, lambda: pilot.app.screen._revealed)
        note = library / "greek.md"
        note.write_text(note.read_text().replace("alpha one two?", "alpha one two three?"))
        await until(pilot, lambda: "“alpha one two?” was edited: it comes in its new words." in told(pilot))
        await until(pilot, lambda: "alpha one two three?" in text(pilot))
        note.write_text(note.read_text().replace("alpha one two three?", "Else?").replace("Alpha.", "Other."))
        await until(pilot, lambda: "“alpha one two three?” is in your notes no more." in told(pilot))


@pytest.mark.parametrize("moved", [False, True])
async def test_a_folder_of_notes_that_goes_and_is_made_again_is_followed_again(
    opened, library, text, until, tmp_path, moved
):
    async with opened() as pilot:
        await until(pilot, lambda: "of 9 cards" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        before = {path.name: path.read_text() for path in library.glob("*.md")}
        if moved:
            library.rename(tmp_path / "elsewhere")
        else:
            shutil.rmtree(library)
        await until(pilot, lambda: "is gone: deleted, renamed, or on a drive that is not mounted" in told(pilot))
        assert "of 9 cards" in text(pilot), "they are not lost, and no drive that is missing is an edit"
        assert "cards gone" not in told(pilot)
        library.mkdir()
        for name, content in before.items():
            (library / name).write_text(content)
        await until(pilot, lambda: "is there again" in told(pilot))
        assert "of 9 cards" in text(pilot)
        (library / "more.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        await until(pilot, lambda: "of 10 cards" in text(pilot))


async def test_while_a_folder_is_gone_edits_in_the_others_are_followed(library, tmp_path, text, until):
    drive = tmp_path / "drive"
    drive.mkdir()
    (drive / "weights.md").write_text(
        "Q: In which direction does gradient descent take its steps?\nA: Steepest descent.\n"
    )
    app = StudyApp(Opening(request([str(library), str(drive)])))
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: "of 10 cards" in text(pilot) and app.opening.watching)
        drive.rename(tmp_path / "elsewhere")
        await until(pilot, lambda: "is gone: deleted" in told(pilot))
        more = "Q: Which river runs through Vienna?\nA: The Danube.\n"
        (library / "units.md").write_text((library / "units.md").read_text() + more)
        await until(pilot, lambda: "of 11 cards" in text(pilot))


async def test_a_note_that_cannot_be_read_is_named_once_with_the_reason_and_what_to_do(opened, library, text, until):
    (library / "latin.md").write_bytes("Q: Un caf\xe9?\nA: Oui.\n".encode("latin-1"))
    async with opened(size=(120, 30)) as pilot:
        await until(pilot, lambda: "of 9 cards" in text(pilot))
        await until(pilot, lambda: "latin.md is left out, and its cards are missing." in told(pilot))
        assert "This file is not UTF-8: byte 9 cannot be read. Save it as UTF-8 in your editor." in told(pilot)
        await until(pilot, lambda: pilot.app.opening.watching)
        pilot.app.clear_notifications()
        (library / "zz.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        await until(pilot, lambda: "1 card new" in told(pilot))
        assert "left out" not in told(pilot)
        (library / "zz.md").write_bytes(b"Q: caf\xe9?\nA: It is.\n")
        await until(pilot, lambda: "zz.md is left out" in told(pilot))
        (library / "latin.md").write_text("Q: Un café?\nA: Oui.\n", "utf-8")
        await until(pilot, lambda: "of 10 cards" in text(pilot))


async def test_where_edits_are_followed_no_more_that_is_said_once_and_one_studies_on(
    opened, library, text, until, monkeypatch
):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no such beast")

    async with opened(size=(120, 30)) as pilot:
        await until(pilot, lambda: pilot.app.opening.watching)
        monkeypatch.setattr("studytool.notes.library.Shelf.read_again", fail)
        (library / "units.md").write_text("Q: What does a bias move?\nA: The threshold.\n")
        said = "is not noticed any more: RuntimeError: no such beast. Start again to have it read"
        await until(pilot, lambda: said in told(pilot))
        pilot.app._look_round()
        assert told(pilot).count("no such beast") == 1
        await pilot.press("enter", "space", "4")
        await until(pilot, lambda: [event.kind for event in pilot.app.desk.store.events()] == ["review"])
        pilot.app.clear_notifications()


@pytest.mark.parametrize("edited", ["", "- Why do all old cities lie on rivers?\n"])
async def test_an_answer_belongs_to_the_question_it_was_written_for(opened, library, text, until, edited):
    other = "- How does a glacier carve a valley?\n"
    note = library / "units.md"
    note.write_text(f"# Land\n\nQuestions:\n\n- Why do old cities lie on rivers?\n{other}")
    (library / "rivers.md").unlink()
    async with opened(start="study") as pilot:
        await until(pilot, lambda: "old cities" in text(pilot) and pilot.app.opening.watching)
        key = pilot.app.desk.candidates()[0].key
        await pilot.press("w")
        await until(pilot, lambda: isinstance(pilot.app.screen, WriteScreen))
        note.write_text(f"# Land\n\nQuestions:\n\n{edited}{other}")
        await until(pilot, lambda: key not in pilot.app.desk.library.entries)
        await pilot.press(*"water", "ctrl+s")
        memory = pilot.app.desk.memory
        *_, other_key = [candidate.key for candidate in pilot.app.desk.candidates()]
        first = pilot.app.desk.candidates()[0].key if edited else key
        await until(pilot, lambda: memory.written(first) == "water")
        assert memory.written(other_key) is None
        await until(pilot, lambda: ("water" if edited else "glacier") in text(pilot))
        assert ("glacier" if edited else "water") not in text(pilot)
        told = "That question is in your notes no more"
        await until(pilot, lambda: (told in " ".join(text(pilot).replace("▌", "").split())) is not bool(edited))
        if edited:  # the log knows its text, so that it is found again
            await until(pilot, lambda: memory.text(first)["front"] == "Why do all old cities lie on rivers?")
            note.write_text(note.read_text().replace("all old", "nearly all old"))
            await until(pilot, lambda: "nearly all" in text(pilot))
            assert memory.written(pilot.app.desk.candidates()[0].key) == "water"
        pilot.app.clear_notifications()
