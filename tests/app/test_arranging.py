"""Orders and pairs in the app, by the keyboard alone and by the mouse."""

from __future__ import annotations

from textual.content import Content

from studytool.app.widgets.answer_ordering import Items
from tests.app.quiz_keys import arrange, attempts, row


async def test_items_are_put_in_order_with_shifted_letters(quiz, until, text):
    async with quiz("ordering") as pilot:
        await arrange(pilot, ["mix", "knead", "bake", "cool"])
        await pilot.press("enter")
        await until(pilot, lambda: "✓ right" in text(pilot))
        (attempt,) = attempts(pilot)
        assert [attempt.asked.items[place] for place in attempt.response] == ["mix", "knead", "bake", "cool"]


async def test_an_item_that_is_held_goes_with_the_arrows(quiz, until, text):
    async with quiz("ordering") as pilot:
        before = pilot.app.screen.asked.items
        await pilot.press("space", "down", "down")
        await until(pilot, lambda: f"↕  {before[0]}" in text(pilot))
        assert before[0] in row(pilot, "#items")[2]
        await pilot.press("space", "up")
        await until(pilot, lambda: "↕" not in "".join(row(pilot, "#items")))
        assert before[0] in row(pilot, "#items")[2], "what is dropped stays"
        await pilot.press("shift+up", "shift+up", "shift+down")
        await until(pilot, lambda: before[2] in row(pilot, "#items")[1])


async def test_a_page_between_a_change_of_rows_and_their_layout_is_no_error(quiz, text):
    async with quiz("ordering") as pilot:
        rows = pilot.app.screen.query_one(Items)
        rows.fill([Content(f"another {number}") for number in range(rows.option_count)])
        rows.action_page_up()
        assert rows.highlighted == 0
        rows.action_page_down()
        assert rows.highlighted == rows.option_count - 1


async def test_a_wrong_order_says_where_each_item_belongs(quiz, until, text):
    async with quiz("ordering") as pilot:
        await arrange(pilot, ["cool", "bake", "knead", "mix"])
        await pilot.press("enter")
        await until(pilot, lambda: "✗ wrong" in text(pilot))
        assert "place 1 is “mix”, not “cool”" in text(pilot)
        assert "cool  → right place: 4" in text(pilot)
        await pilot.press("y")
        await until(pilot, lambda: "✓ overruled" in text(pilot))


async def test_an_item_is_moved_by_two_clicks(quiz, until):
    async with quiz("ordering") as pilot:
        before = pilot.app.screen.asked.items
        await pilot.click("#items", offset=(5, 0))
        await until(pilot, lambda: "↕" in row(pilot, "#items")[0])
        await pilot.click("#items", offset=(5, 3))
        await until(pilot, lambda: before[0] in row(pilot, "#items")[3])


async def test_sides_are_matched_by_numbers(quiz, until, text):
    async with quiz("matching") as pilot:
        asked = pilot.app.screen.asked
        await pilot.press(str(asked.places[0] + 1), "enter")
        await until(pilot, lambda: "2 of 3 have no match yet" in text(pilot))
        await pilot.press(str(asked.places[1] + 1), str(asked.places[2] + 1))
        await until(pilot, lambda: all("■" in shown for shown in row(pilot, "#items")))
        await pilot.press("enter")
        await until(pilot, lambda: "✓ right" in text(pilot))
        assert attempts(pilot)[0].response == asked.places
        assert not pilot.app._notifications  # what was said of the question goes with its mark
        await until(pilot, lambda: "have no match" not in text(pilot))


async def test_sides_are_matched_with_arrows_and_a_match_is_taken_away(quiz, until, text):
    async with quiz("matching") as pilot:
        await pilot.press("tab", "down", "space")
        await until(pilot, lambda: f"→ 2 {pilot.app.screen.asked.targets[1]}" in text(pilot))
        assert pilot.app.screen.query_one("#items").has_focus
        await pilot.press("up", "backspace")
        await until(pilot, lambda: not any("■" in shown for shown in row(pilot, "#items")))


async def test_wrong_pairs_are_named_and_the_right_ones_shown(quiz, until, text):
    async with quiz("matching") as pilot:
        asked = pilot.app.screen.asked
        spare = next(place for place in range(4) if place not in asked.places)
        await pilot.press(str(spare + 1), str(asked.places[1] + 1), str(asked.places[2] + 1), "enter")
        await until(pilot, lambda: "≈ nearly" in text(pilot))
        assert "2 of 3 pairs" in text(pilot)
        shown = row(pilot, "#items")
        assert "✗" in shown[0]
        assert f"→ {spare + 1} {asked.targets[spare]}" in shown[0]
        assert f"right: {asked.places[0] + 1} {asked.targets[asked.places[0]]}" in shown[0]
        assert "right:" not in shown[1]


async def test_sides_are_matched_by_clicks(quiz, until):
    async with quiz("matching") as pilot:
        await pilot.click("#items", offset=(5, 2))
        await pilot.click("#targets", offset=(5, 3))
        await until(pilot, lambda: f"→ 4 {pilot.app.screen.asked.targets[3]}" in row(pilot, "#items")[1])
