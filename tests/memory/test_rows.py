"""A log as columns: rows that are unlike others, keys by the thousand, answers of one millisecond."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from studytool.memory import Event, open_memory, open_store, replay
from studytool.memory.columns import from_memory
from studytool.memory.numbering import Numbering
from studytool.memory.texts import Texts
from tests.memory.made import START, event, review

LONG = {"grade": 3, "took_ms": 900, "text": {"front": "word " * 3_000}}
ODD: tuple[tuple[str, str | None, Any], ...] = (
    ("exam", None, {"paper": "p"}),
    ("review", None, {"grade": 3, "took_ms": 5}),
    ("teleport\nhome", "two\nlines", {"to": "mars"}),
    ("review", "two\nlines", {"grade": 2, "took_ms": 700}),
    ("review", "ключ 🙂", {"grade": 4, "took_ms": 1}),
    ("review", 32 * "\0", {"grade": 1, "took_ms": 2}),
    ("review", 33 * "k", LONG),
)


def log_of(odd: tuple[tuple[str, str | None, Any], ...]) -> list[Event]:
    """Answers to three cards, what is odd, and the same cards again."""
    told = [review(number, 31 * "k" + str(number % 3), 1 + number % 4) for number in range(9)]
    told += [event(9 + number, *one) for number, one in enumerate(odd)]
    return told + [review(30 + number, one.card or "none", 3) for number, one in enumerate(told)]


def said_of(memory: Any) -> list[Any]:
    """The answers in order, by the cards' keys."""
    answers = from_memory(memory)
    columns = answers.ms.tolist(), answers.grade.tolist(), answers.took.tolist(), answers.card.tolist()
    return [(ms, grade, took, answers.keys[card]) for ms, grade, took, card in zip(*columns, strict=True)]


@pytest.mark.parametrize("odd", [(), *((one,) for one in ODD), ODD], ids=["none", *map(str, range(len(ODD))), "all"])
def test_a_row_unlike_others_costs_none_of_them_anything(
    odd: tuple[tuple[str, str | None, Any], ...], tmp_path: Path
) -> None:
    store = open_store(tmp_path)
    log = log_of(odd)
    store.merge(log)
    if odd:  # a payload as another program would write it
        line = "INSERT INTO events VALUES ('x', ?, 0, 'd', 99, 'review', 'k', ?, 1)"
        store._connection.execute(line, (START, '{"grade":3,\n"took_ms":4}'))
    by_columns, one_by_one = open_memory(store, long=1), replay(store.events())
    assert by_columns.base.rows == len(log) + bool(odd)
    assert sorted(by_columns.cards()) == sorted(one_by_one.cards())
    assert said_of(by_columns) == said_of(one_by_one)
    store.close()


def test_keys_have_the_numbers_in_which_they_came() -> None:
    draw = random.Random(1)
    keys = [f"{draw.getrandbits(128):032x}" for _ in range(5_000)]  # a dozen pairs share a place in the table
    keys += [32 * "\0", "", "k", "ключ", 32 * "k", 31 * "k" + "ü", 32 * "\x7f"]
    expected: dict[str, int] = {}
    numbering = Numbering()
    for _ in range(4):
        some = draw.choices(keys, k=6_000)
        assert numbering.of(Texts(some)).tolist() == [expected.setdefault(key, len(expected)) for key in some]
    assert numbering.keys == list(expected)
    assert numbering.number(keys[0]) == expected[keys[0]]


def test_lines_and_texts_are_the_same() -> None:
    told = ["", "one", "ключ", "k" * 100, ""]
    for texts in (Texts(told), Texts("\n".join(told))):
        assert len(texts) == len(told)
        assert texts.at(texts.begins * 0 + range(len(told))) == told


def test_answers_of_one_millisecond_are_put_in_order_without_reading_the_log_again(tmp_path: Path) -> None:
    asked = []
    for apart in (1, 0):
        store = open_store(tmp_path / str(apart))
        store.merge([review(number, f"card {number}", 3, START + number * apart) for number in range(300)])
        said: list[str] = []
        store._connection.set_trace_callback(said.append)
        memory = open_memory(store, long=1)
        asked.append(said)
        assert [key for *_, key in said_of(memory)] == (
            [f"card {number}" for number in range(300)] if apart else sorted(f"card {number}" for number in range(300))
        )
        store.close()
    assert asked[0] == asked[1]
