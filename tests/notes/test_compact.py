"""Definitions in languages that say in three words what English says in five."""

from __future__ import annotations

import pytest

from tests.notes.test_definition import terms


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Primärschlüssel", "Eindeutige Identifikation einer Entität"),
        ("Weg", "Keine Wiederholung einer Kante"),
        ("Wahlgeheimnis", "die Wahlentscheidung ist anonym"),
        ("Preisabsprache", "Festlegung von Verkaufspreisen"),
        ("프로세스", "메모리상에서 실행 중인 프로그램"),
        ("데몬", "백그라운드에서 실행되는 프로세스"),
        ("索引", "加快数据检索的结构"),
    ],
)
def test_a_language_of_long_words_says_as_much_in_fewer(term: str, text: str) -> None:
    assert terms(f"- **{term}**: {text}\n") == [(term, text)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("Handeln", "schnell und robust"),
        ("Opiumverbot", "strenge Strafmaßnahmen"),
        ("Umsatz", "über 100.000 Euro"),
        ("Key", "Unambiguous identification of entities"),  # long words of English are words
        ("Cloud", "Infrastructure provisioning, containerization"),
        ("Rôle", "des représentations distribuées"),
        ("트리", "트리의 최대 깊이"),
        ("대기", "20개의 요청이 대기 중입니다"),  # a value
        ("손님", "이야 자리가 생겼다 들어가자~"),  # a speaker
        ("구현자와 리뷰어를 분리하면 신뢰할 수 있다", "품질 향상으로 이어지는 역할분리"),  # a point
    ],
)
def test_a_few_words_are_no_definition(term: str, text: str) -> None:
    assert terms(f"- **{term}**: {text}\n") == []
