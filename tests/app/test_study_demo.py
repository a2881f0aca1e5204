"""The demo that is offered beside a card while one studies."""

from __future__ import annotations

from threading import Event

from studytool.app.screens.demo import DemoScreen
from studytool.app.ways import Ways
from studytool.demo import find


async def test_a_demo_is_offered_for_a_card_about_the_perceptron_and_for_no_other(opened, text, until, library):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        assert "Demo" not in text(pilot)
    (library / "rivers.md").unlink()
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "perceptron" in text(pilot) and "runs the idea" in text(pilot))


async def test_the_demo_of_a_card_is_offered_however_its_note_is_edited_meanwhile(
    opened, text, until, library, monkeypatch
):
    (library / "rivers.md").unlink()
    note = library / "units.md"
    note.write_text("# Units\n\nQ: How many?\nA: One.\n")
    go, reads, listed = Event(), [], find.list_demos

    def held():
        reads.append(go.wait(60))
        return listed()

    monkeypatch.setattr(find, "list_demos", held)
    async with opened() as pilot:
        await until(pilot, lambda: pilot.app.opening.watching)
        await pilot.press("enter")
        await until(pilot, lambda: "How many?" in text(pilot))
        shown = pilot.app.screen.meant
        for front, hint in (
            ("---\ndemo: perceptron\n---\n", True),
            ("", False),
            ("---\ndemo: perceptron\n---\n", True),
        ):
            note.write_text(f"{front}# Units\n\nQ: How many?\nA: One.\n")
            await until(pilot, lambda shown=shown: pilot.app.screen.meant is not shown)
            shown = pilot.app.screen.meant
            go.set()
            await until(pilot, lambda hint=hint: ("runs the idea" in text(pilot)) is hint, 20)
            assert ("Demo" in text(pilot).splitlines()[-1]) is hint
    assert reads == [True]  # home and the card asked for them, in one thread


async def test_a_demo_that_is_offered_stays_in_the_line_of_keys_while_it_is_looked_for_again(
    opened, text, until, library
):
    (library / "rivers.md").unlink()
    note = library / "units.md"
    note.write_text("---\ndemo: perceptron\n---\n# Units\n\nQ: How many?\nA: One.\n")
    async with opened() as pilot:
        await until(pilot, lambda: pilot.app.opening.watching)
        await pilot.press("enter")
        await until(pilot, lambda: "runs the idea" in text(pilot))
        shown, looked = pilot.app.screen.meant, []
        pilot.app.screen._find_demo = looked.append  # as long as that has its turn yet
        note.write_text("---\ndemo: perceptron\n---\n# Units\n\nMore.\n\nQ: How many?\nA: One.\n")
        await until(pilot, lambda: looked and pilot.app.screen.meant is not shown)
        await pilot.press("space")
        await until(pilot, lambda: "Good" in text(pilot))
        assert "Demo" in text(pilot).splitlines()[-1]


async def test_demos_that_could_not_be_read_are_read_again_for_whoever_asks_next(
    opened, text, until, library, monkeypatch
):
    (library / "rivers.md").unlink()
    reads, listed = [], find.list_demos

    def failing():
        reads.append(len(reads))
        if reads == [0]:
            raise SystemError("as Python has it where two threads parse at once")
        return listed()

    monkeypatch.setattr(find, "list_demos", failing)
    async with opened() as pilot:
        await until(pilot, lambda: reads == [0])
        await pilot.press("enter")
        await until(pilot, lambda: "perceptron" in text(pilot) and "runs the idea" in text(pilot))


async def test_a_demo_that_was_opened_before_it_was_offered_is_offered_afterwards(
    opened, text, until, library, monkeypatch
):
    (library / "rivers.md").unlink()
    late = []
    monkeypatch.setattr(Ways, "with_demos", lambda _, go: late.append(go))
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "perceptron" in text(pilot) and len(late) > 1)
        studied = pilot.app.screen
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen))
        late[-1]()
        await until(pilot, lambda: not studied._seeks_demo)
        await pilot.press("escape")
        await until(pilot, lambda: "runs the idea" in text(pilot) and "Demo" in text(pilot).splitlines()[-1])
