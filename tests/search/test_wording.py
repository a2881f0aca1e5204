"""Queries in words."""

from __future__ import annotations

import pytest
from hypothesis import given

from studytool.search import Query, describe, parse

from .test_parse import queries


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "all cards"),
        ("topic:cnn due:<3d -suspended", "cards of topic cnn, due in less than 3 days, not suspended"),
        ('"a b" front:c', "cards with “a b”, with “c” on the front"),
        ("tag:exam or is:leech", "cards with the tag exam or leeches"),
        ("-(a or b)", "cards not (with “a” or with “b”)"),
        ("a b or c", "cards (with “a”, with “b”) or with “c”"),
        ("recall:<80%", "cards with a recall of less than 80 %"),
        ("stability:>1mo", "cards with a stability of more than 30 days"),
        ("due:<-2d", "cards due more than 2 days ago"),
        ("due:today", "cards due today"),
        ("due:<=2026-12-01", "cards due by 2026-12-01"),
        ("answered:<7d", "cards last answered less than 7 days ago"),
        ("introduced:>yesterday", "cards first answered after yesterday"),
        ("reviews:3..8", "cards with at least 3 reviews, with at most 8 reviews"),
        ("graded:again level:derived", "cards last answered “again”, of the level derived"),
    ],
)
def test_a_query_is_said_in_words(query: str, words: str) -> None:
    assert describe(parse(query)) == words


@given(queries)
def test_every_query_can_be_said(query: Query) -> None:
    assert describe(query).startswith("cards ")
