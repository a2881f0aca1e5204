"""The search language: what a query means, how it is written, and where it is wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.errors import UsageError
from studytool.search import Query, QueryError, parse
from studytool.search.fields import FIELDS, FLAGS, MEASURES, NAMES
from studytool.search.query import (
    And,
    Compare,
    Date,
    Days,
    Flag,
    Name,
    Not,
    Number,
    Or,
    Relative,
    Text,
    both,
    either,
)

A, B, C = Text("a"), Text("b"), Text("c")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", And()),
        (" \t\n", And()),
        ("a", A),
        ("a b", And((A, B))),
        ("a and b AND c", And((A, B, C))),
        ("a or b", Or((A, B))),
        ("a|b OR c", Or((A, B, C))),
        ("a b or c", Or((And((A, B)), C))),
        ("a (b or c)", And((A, Or((B, C))))),
        ("((a)) (b c)", And((A, B, C))),
        ("-a", Not(A)),
        ("not a NOT b", And((Not(A), Not(B)))),
        ("--a", Not(Not(A))),
        ("-(a b)", Not(And((A, B)))),
        ("-a or b", Or((Not(A), B))),
        ("cross-entropy", Text("cross-entropy")),
        ('"a b"', Text("a b")),
        ('"a"b', And((A, B))),
        (r'"say \"x\" \\ \alpha"', Text('say "x" \\ \\alpha')),
        ('"or"', Text("or")),
        ("Or", Text("Or")),
        ("gr*ent", Text("gr*ent", wild=True)),
        ('"gr*ent"', Text("gr*ent")),
        ("\\alpha", Text("\\alpha")),
        ("12:30", Text("12:30")),
        ("-suspended", Not(Flag("is", "suspended"))),
        ('"suspended"', Text("suspended")),
        ("topic:cnn", Name("topic", "cnn")),
        ("TOPIC:CNN", Name("topic", "CNN")),
        ('topic:"Gradient descent"', Name("topic", "Gradient descent")),
        ("tag:a/b*", Name("tag", "a/b*")),
        ("path:c:/x", Name("path", "c:/x")),
        ("front:x", Text("x", "front")),
        ('back:"x y"', Text("x y", "back")),
        ("front:x*", Text("x*", "front", wild=True)),
        ("is:Due", Flag("is", "due")),
        ("has:math", Flag("has", "math")),
        ("graded:again", Flag("graded", "again")),
        ("due:<3d", Compare("due", "<", Days(3))),
        ("due:<=-2d", Compare("due", "<=", Days(-2))),
        ("due:today", Compare("due", "=", Relative(0))),
        ("due:>2026-12-01", Compare("due", ">", Date(date(2026, 12, 1).toordinal()))),
        ("answered:yesterday", Compare("answered", "=", Relative(-1))),
        ("interval:>=2w", Compare("interval", ">=", Days(14))),
        ("stability:>3mo", Compare("stability", ">", Days(90))),
        ("stability:<1.5y", Compare("stability", "<", Days(547.5))),
        ("recall:<0.8", Compare("recall", "<", Number(0.8))),
        ("recall:<80%", Compare("recall", "<", Number(0.8))),
        ("lapses:=3", Compare("lapses", "=", Number(3))),
        ("reviews:3..8", And((Compare("reviews", ">=", Number(3)), Compare("reviews", "<=", Number(8))))),
        ("reviews:..8 a", And((Compare("reviews", "<=", Number(8)), A))),
    ],
)
def test_a_query_is_read_as_documented(text: str, meant: Query) -> None:
    assert parse(text) == meant
    assert parse(str(meant)) == meant


@pytest.mark.parametrize(
    ("text", "start", "end", "said"),
    [
        ("tpoic:cnn", 0, 6, "did you mean `topic:`?"),
        ("a deck:x", 2, 7, "did you mean `topic:`?"),
        ("zzzz:x", 0, 5, "`zzzz:` is no field. There are front, back, topic, "),
        ("zzzz:x", 0, 5, "lapses. In quotes it is text."),
        ("is:leach", 3, 8, "did you mean `leech`?"),
        ("is:zzzz", 3, 7, "It is one of new,"),
        ("is:nonsense", 3, 11, "`is:` knows no `nonsense`. It is one of new,"),
        ("foo:x", 0, 4, "`foo:` is no field. There are"),
        ("is:susp", 3, 7, "did you mean `suspended`?"),
        ("is:bury", 3, 7, "did you mean `buried`?"),
        ("dialekt:x", 0, 8, "did you mean `dialect:`?"),
        ("has:latex", 4, 9, "did you mean `math`?"),
        ("a or", 4, 5, "should follow here"),
        ("or a", 0, 2, "should stand before `or`"),
        ("a | | b", 4, 5, "should stand before `|`"),
        ("(a", 0, 1, "never closed"),
        ("(a or (b)", 0, 1, "never closed"),
        ("(", 0, 1, "never closed"),
        ("a)", 1, 2, "closes nothing"),
        ("a () b", 2, 4, "nothing between these parentheses"),
        ('a "b', 2, 3, "never closed"),
        ('a "" b', 2, 4, "nothing between these quotes"),
        ("a - b", 2, 3, "nothing after this `-`"),
        ("not", 3, 4, "should follow here"),
        ("topic:", 6, 7, "A value should follow `topic:`"),
        ("topic: cnn", 6, 7, "without a blank"),
        ("due:soon", 4, 8, "`due:` takes a time such as `3d`"),
        ("due:2026-02-30", 4, 14, "There is no day 2026-02-30."),
        ("answered:-2d", 9, 12, "takes a time"),
        ("stability:>x", 11, 12, "takes a number of days"),
        ("recall:<80", 8, 10, "did you mean `80%`?"),
        ("recall:<180", 8, 11, "at most 1"),
        ("recall:good", 7, 11, "a probability such as"),
        ("lapses:>x", 8, 9, "takes a number"),
        ("lapses:3d", 7, 9, "takes a number"),
        ("lapses:<3..8", 7, 12, "needs no `<`"),
        ("lapses:3..x", 10, 11, "takes a number"),
        ("lapses:..", 7, 9, "takes a number"),
    ],
)
def test_an_error_says_what_is_wrong_and_where(text: str, start: int, end: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert said in str(caught.value)
    assert (caught.value.start, caught.value.end) == (start, end)
    assert isinstance(caught.value, UsageError)


def test_the_excerpt_has_carets_under_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("日本 é tpoic:x y")
    assert caught.value.excerpt == "日本 é tpoic:x y\n       ^^^^^^"


def test_the_excerpt_of_a_long_query_shows_the_surroundings_of_the_place() -> None:
    with pytest.raises(QueryError) as caught:
        parse("word " * 100 + "tpoic:x" + " word" * 100)
    line, carets = caught.value.excerpt.split("\n")
    assert len(line) <= 80
    assert line[carets.index("^") : carets.rindex("^") + 1] == "tpoic:"


def test_nothing_that_a_terminal_acts_on_is_in_an_excerpt() -> None:
    with pytest.raises(QueryError) as caught:
        parse("\x1b[31m\u202e\ta\nb tpoic:x")
    line, carets = caught.value.excerpt.split("\n")
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e]", line)
    assert carets.index("^") == line.index("tpoic:")


@pytest.mark.parametrize("deep", ["(" * 60 + "a" + ")" * 60, "-" * 100_000 + "a", "not " * 100 + "a", "-(" * 100_000])
def test_a_query_that_lies_too_deep_is_refused_at_the_place(deep: str) -> None:
    with pytest.raises(QueryError, match="deep") as caught:
        parse(deep)
    assert deep[caught.value.start] in "(-n"


def test_a_long_query_is_read() -> None:
    query = parse("a " * 20_000)
    assert isinstance(query, And)
    assert len(query.parts) == 20_000


words = st.sampled_from(
    [*FIELDS, *FLAGS["is"], "or", "and", "not", "-", "(", ")", '"', "|", "*", ":", "<", "3d", "80%", "2026-12-01", " "]
)


@given(st.one_of(st.text(), st.lists(words).map("".join)))
def test_any_text_is_a_query_or_an_error_with_a_place_in_it(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as caught:
        error = caught
    else:
        assert parse(str(query)) == query
        return
    assert 0 <= error.start <= len(text)
    assert error.start < error.end <= len(text) + 1
    assert error.message.endswith((".", "?"))
    shown, carets = error.excerpt.split("\n")
    assert "^" in carets
    assert shown.encode()


names = st.text(min_size=1).filter(str.strip)
numbers = st.integers(0, 10**8).map(lambda hundredths: hundredths / 100)
whole_days = st.integers(-(10**4), 10**4).map(float)


def comparisons() -> st.SearchStrategy[Query]:
    values = {
        "due": st.one_of(whole_days.map(Days), st.integers(-1, 1).map(Relative), st.integers(1, 10**6).map(Date)),
        "answered": st.one_of(numbers.map(Days), st.integers(1, 10**6).map(Date)),
        "stability": numbers.map(Days),
        "recall": st.integers(0, 10**6).map(lambda millionths: Number(millionths / 10**6)),
        "lapses": st.integers(0, 999).map(lambda number: Number(float(number))),
    }
    assert values.keys() <= set(MEASURES)
    signs = st.sampled_from(["<", "<=", "=", ">=", ">"])
    return st.one_of([st.builds(Compare, st.just(field), signs, value) for field, value in values.items()])


leaves = st.one_of(
    st.builds(Text, names, st.sampled_from(["", "front", "back"])),
    st.builds(Name, st.sampled_from(NAMES), names),
    st.sampled_from([Flag(field, value) for field, values in FLAGS.items() for value in values]),
    comparisons(),
)
queries = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(both),
        st.lists(inner, min_size=2, max_size=4).map(either),
    ),
    max_leaves=12,
)


@given(queries)
def test_a_query_that_is_written_down_reads_the_same(query: Query) -> None:
    assert parse(str(query)) == query
