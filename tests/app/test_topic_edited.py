"""A sitting over a topic whose note gets another name, heading or title while a card of it is on the screen."""

from __future__ import annotations

from functools import partial

import pytest

from studytool.app.screens.study import StudyScreen
from tests.app.one_note import only

NOTE = "# Pyhton\n\nQ: What is a list?\nA: A sequence.\n\nQ: What is a dict?\nA: A mapping.\n"


def graded(pilot):
    """What was graded, and put aside, as the log has it: the kind of each event with the text of its card."""
    events = [event for event in pilot.app.desk.store.events() if event.kind in ("review", "bury", "attempt")]
    known = {card.key: card.front for card in pilot.app.desk.library.studied()}
    return [(event.kind, known[event.card]) for event in events]


async def shown(pilot, until, text, prompt):
    """A prompt is on the screen, and edits are heard."""
    await until(pilot, lambda: prompt in text(pilot))
    await until(pilot, lambda: pilot.app.opening.watching)


@pytest.mark.parametrize("edited", [NOTE.replace("Pyhton", "Python"), f"---\ntitle: Python\n---\n{NOTE}"])
@pytest.mark.parametrize("cram", [False, True])
async def test_the_card_is_graded_and_the_sitting_goes_on_over_the_topic_by_its_new_name(
    opened, library, text, until, edited, cram
):
    only(library, NOTE)
    (library / "rust.md").write_text("# Rust\n\nQ: What is a trait?\nA: A promise.\n")
    (note,) = (path for path in library.iterdir() if path.read_text() == NOTE)
    async with opened(start="study", topics=["Pyhton"], cram=cram, size=(100, 30)) as pilot:
        await shown(pilot, until, text, "What is a list?")
        await pilot.press("space")
        note.write_text(edited)
        await until(pilot, lambda: "· Python" in text(pilot))
        above = "Python › Pyhton" if "# Pyhton" in edited else "Python"
        assert above in map(str.strip, text(pilot).splitlines()), "the place of the card is told as it is now"
        assert "A sequence." in text(pilot)
        await pilot.press("3")
        await until(pilot, lambda: "What is a dict?" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: len(graded(pilot)) == 2)
        kind = "attempt" if cram else "review"
        assert graded(pilot) == [(kind, "What is a list?"), (kind, "What is a dict?")]
        assert "What is a trait?" not in text(pilot)


@pytest.mark.parametrize(("keys", "kind"), [(("space", "1"), "review"), (("b",), "bury")])
async def test_the_card_that_is_seen_is_graded_or_put_aside_and_no_other(opened, library, text, until, keys, kind):
    for note in library.iterdir():
        note.unlink()
    (library / "x.md").write_text("Q: What is three?\nA: drei\n")
    (library / "y.md").write_text("Q: What is four?\nA: vier\n")
    async with opened(start="study", topics=["x", "y"]) as pilot:
        await shown(pilot, until, text, "What is three?")
        (library / "x.md").rename(library / "z.md")
        await until(pilot, lambda: "z" in pilot.app.desk.roster.topics)
        assert "What is three?" in text(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: "What is four?" in text(pilot))
        assert graded(pilot) == [(kind, "What is three?")]


async def test_a_card_that_is_moved_into_a_note_of_another_topic_stays_while_it_is_seen(opened, library, text, until):
    for note in library.iterdir():
        note.unlink()
    three, four = "Q: What is three?\nA: drei\n", "Q: What is four?\nA: vier\n"
    (library / "x.md").write_text(f"{three}\n{four}")
    (library / "y.md").write_text("Q: What is five?\nA: fünf\n")
    async with opened(start="study", topics=["x"]) as pilot:
        await shown(pilot, until, text, "What is three?")
        edition = pilot.app.desk.library
        (library / "y.md").write_text(f"Q: What is five?\nA: fünf\n\n{three}")
        (library / "x.md").write_text(four)
        await until(pilot, lambda: pilot.app.desk.library is not edition)
        await until(pilot, lambda: pilot.app.desk.roster.topics == {"x": 1, "y": 2})
        assert "What is three?" in text(pilot)
        await pilot.press("space", "3")
        await until(pilot, lambda: "What is four?" in text(pilot))
        assert graded(pilot) == [("review", "What is three?")]
        assert isinstance(pilot.app.screen, StudyScreen)


def asked(*names):
    """A note that asks of some things what they are."""
    return "".join(f"Q: What is {name}?\nA: It is {name}.\n\n" for name in names)


async def fronts_after(pilot, until, change):
    """What the sitting on the screen is over, once it goes by a change of the notes."""
    edition = pilot.app.desk.library
    change()
    await until(pilot, lambda: pilot.app.desk.library is not edition and not pilot.app.editions.is_at_work)
    return {pilot.app.desk.card(key).front for key in pilot.app.screen._sitting.session.keys}


async def test_a_name_that_is_that_of_another_topic_on_the_way_leads_to_none_of_its_cards(opened, library, text, until):
    only(library, f"# Foo\n\n{asked('one', 'two')}")
    (library / "algebra.md").write_text(f"# Algebra\n\n{asked('three', 'four')}")
    note = library / "rivers.md"
    own = {"What is one?", "What is two?"}
    async with opened(start="study", topics=["Foo"], size=(100, 30)) as pilot:
        await shown(pilot, until, text, "What is one?")
        for name in ("Algebra", "Algebra II"):
            change = partial(note.write_text, f"# {name}\n\n{asked('one', 'two')}")
            assert await fronts_after(pilot, until, change) == own
        await until(pilot, lambda: "· Algebra II" in text(pilot))
        change = partial(note.write_text, f"# Algebra II\n\n{asked('one', 'two', 'six')}")
        assert await fronts_after(pilot, until, change) == own | {"What is six?"}
        await pilot.press("space", "3")
        await until(pilot, lambda: "What is two?" in text(pilot))
        assert graded(pilot) == [("review", "What is one?")]


async def test_two_topics_that_have_one_name_for_a_while_are_both_studied_to_the_end(opened, library, text, until):
    only(library, f"# Foo\n\n{asked('one', 'two')}")
    (library / "algebra.md").write_text(f"# Algebra\n\n{asked('three')}")
    async with opened(start="study", topics=["Foo", "Algebra"], size=(100, 30)) as pilot:
        await shown(pilot, until, text, "What is")
        for name in ("Algebra", "Foo"):
            change = partial((library / "rivers.md").write_text, f"# {name}\n\n{asked('one', 'two')}")
            assert len(await fronts_after(pilot, until, change)) == 3


async def test_a_note_that_goes_and_comes_back_by_another_name_is_studied_on(opened, library, text, until):
    only(library, asked("one", "two"))
    (library / "sea.md").write_text(asked("one", "three"))
    own = {"What is one?", "What is two?"}
    async with opened(start="study", topics=["rivers"]) as pilot:
        await shown(pilot, until, text, "What is")
        assert "What is three?" not in await fronts_after(pilot, until, (library / "rivers.md").unlink)
        assert await fronts_after(pilot, until, partial((library / "stream.md").write_text, asked("one", "two"))) == own
        await pilot.press("space", "3")
        await until(pilot, lambda: len(graded(pilot)) == 1 and "What is" in text(pilot))


async def test_a_grade_of_a_card_that_was_moved_since_is_taken_back_and_the_card_asked_again(
    opened, library, text, until
):
    only(library, asked("one", "two"))
    (library / "other.md").write_text(asked("three"))
    async with opened(start="study", topics=["rivers"]) as pilot:
        await shown(pilot, until, text, "What is one?")
        await pilot.press("space", "3")
        await until(pilot, lambda: "What is two?" in text(pilot))
        await fronts_after(pilot, until, partial((library / "other.md").write_text, asked("three", "one")))
        await fronts_after(pilot, until, partial((library / "rivers.md").write_text, asked("two")))
        await pilot.press("u")
        await until(pilot, lambda: "What is one?" in text(pilot))


async def test_a_card_of_a_search_in_a_topic_is_graded_though_it_was_moved_and_more_is_found(
    opened, library, text, until
):
    only(library, asked("one", "two"))
    (library / "sea.md").write_text(asked("three"))
    async with opened(start="study", topics=["rivers"], search="what") as pilot:
        await shown(pilot, until, text, "What is one?")
        await fronts_after(pilot, until, partial((library / "sea.md").write_text, asked("three", "one")))
        await fronts_after(pilot, until, partial((library / "rivers.md").write_text, asked("two", "six")))
        await until(pilot, lambda: len(pilot.app.screen._sitting.session.cards) == 3)
        await pilot.press("space", "3")
        await until(pilot, lambda: "What is two?" in text(pilot))
        assert graded(pilot) == [("review", "What is one?")]


@pytest.mark.parametrize("arrives", ["maths/week.md", "week.md"])
async def test_a_topic_that_is_told_apart_by_its_folder_is_studied_on_alone(opened, library, text, until, arrives):
    for note in library.iterdir():
        note.unlink()
    (library / "seas").mkdir()
    (library / "maths").mkdir()
    (library / "rust.md").write_text("# Rust\n\nQ: What is a trait?\nA: A promise.\n")
    (library / "seas" / "week.md").write_text(
        "# Week 1\n\nQ: What is salt?\nA: In it.\n\nQ: What is a tide?\nA: A wave.\n"
    )
    async with opened(start="study", topics=["Week 1"], size=(100, 30)) as pilot:
        await shown(pilot, until, text, "What is salt?")
        (library / arrives).write_text("# Week 1\n\nQ: What is a ring?\nA: A set.\n")
        await until(pilot, lambda: "seas/Week 1" in pilot.app.desk.roster.topics)
        await until(pilot, lambda: "Study · seas/Week 1" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: "What is a tide?" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: len(graded(pilot)) == 2)
        assert graded(pilot) == [("review", "What is salt?"), ("review", "What is a tide?")]
        assert "What is a ring?" not in text(pilot)
