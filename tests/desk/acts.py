"""What the tests of the desk do again and again: learn cards, edit a note, look at what the log has then."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from studytool import desk
from studytool.memory import Grade, Moment

NOW = Moment.at(datetime(2025, 3, 10, 12, tzinfo=UTC))

STEEPEST = "Q: What does the gradient of a function point to?\nA: The direction of steepest ascent of the function.\n"
LIKE_IT = "Q: What does the gradient of a function point to?\nA: In the direction of steepest ascent.\n"
EDITED = "Q: What does the gradient of a function point to?\nA: The direction of the steepest ascent of the function.\n"


def learn_all(folder: Path, *paths: str) -> None:
    """Answer every card of some notes once."""
    table = desk.open_desk(desk.request([str(folder / path) for path in paths] or [str(folder)]))
    session = table.session(NOW)
    while (shown := session.shown(NOW)) is not None:
        card = table.card(shown.key)
        assert card is not None
        session.answer(Grade.EASY, NOW, took_ms=1, text=table.text_of(card))
    table.close()


def edit(note: Path, before: str, after: str) -> None:
    text = note.read_text("utf-8")
    assert before in text
    note.write_text(text.replace(before, after), "utf-8")


def log_of(table: desk.Desk) -> list[str]:
    return [event.kind for event in table.store.events()]


def answered(*paths: Path) -> dict[str, int]:
    """How often the cards of each note were answered, as the log has it once the paths have been opened."""
    table = desk.open_desk(desk.request([str(path) for path in paths]))
    states = [(Path(card.span.path).name, table.memory.state(card.key)) for card in table.library.studied()]
    table.close()
    return {name: state.reviews if state else 0 for name, state in states}


def states(table: desk.Desk) -> dict[str, int]:
    """How often the cards of each note were answered."""
    cards = table.library.studied()
    return {Path(c.span.path).name: state.reviews if (state := table.memory.state(c.key)) else 0 for c in cards}


def answer(table: desk.Desk, number: int = 0) -> None:
    """Answer the first card of the library as it is now, or another."""
    card = table.library.studied()[number]
    moment = Moment(NOW.ms + 86_400_000, 0)
    table.memory.apply(table.store.append("review", card.key, {"grade": 1, "text": table.text_of(card)}, moment))
