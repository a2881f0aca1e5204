"""What the tests of the table of cards ask of it."""

from __future__ import annotations

from studytool.app.widgets.card_table import CardTable


def table(pilot) -> CardTable:
    return pilot.app.screen.query_one(CardTable)


def fronts(pilot) -> list[str]:
    return [card.front for key in table(pilot).keys if (card := pilot.app.desk.card(key))]


def out(pilot) -> list[str]:
    desk, day = pilot.app.desk, pilot.app.now().day(4)
    return [key for key in desk.library.order if desk.memory.out(key, day)]
