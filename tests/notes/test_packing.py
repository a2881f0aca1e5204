"""A note is the same after it was packed for the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes import load_library
from studytool.notes.codec import pack, plain, summary, unpack, unpack_topic
from studytool.notes.model import Card, DemoLink, Diagnostic, Note, Option, Question, Schedule, Span, Topic

words = st.text(max_size=8)
many = st.lists(words, max_size=2).map(tuple)
spans = st.builds(Span, st.just("a.md"), st.integers(1, 9), st.integers(1, 9), st.integers(1, 9))
demos = st.none() | st.builds(DemoLink, words, st.lists(st.tuples(words, words), max_size=2).map(tuple))
schedules = st.none() | st.builds(Schedule, words, st.floats(0, 99), st.none() | st.floats(1, 9))
cards = st.builds(Card, key=words, span=spans, context=many, tags=many, demo=demos, schedule=schedules)
options = st.lists(st.builds(Option, words, st.booleans(), words), max_size=2).map(tuple)
questions = st.builds(Question, key=words, span=spans, options=options, context=many, tags=many, demo=demos)
diagnostics = st.builds(Diagnostic, span=spans)
notes = st.builds(
    Note,
    path=st.just("a.md"),
    topic=st.builds(Topic, words, st.just("a.md"), many, many, many, demos),
    cards=st.lists(cards, max_size=2).map(tuple),
    questions=st.lists(questions, max_size=2).map(tuple),
    diagnostics=st.lists(diagnostics, max_size=2).map(tuple),
    links=many,
)


@settings(deadline=None)
@given(notes)
def test_a_note_is_the_same_after_it_was_packed(note: Note) -> None:
    assert unpack(pack(plain(note)), "a.md") == note


def nouns_in(value: object) -> set[type]:
    """Every dataclass that a value is made of."""
    if isinstance(value, tuple):
        return set().union(*map(nouns_in, value), set())
    if not is_dataclass(value) or isinstance(value, type):
        return set()
    return {type(value)}.union(*(nouns_in(getattr(value, field.name)) for field in fields(value)))


def test_a_real_note_of_many_forms_is_the_same_after_it_was_packed(write: Callable[..., Path]) -> None:
    text = (
        "---\ndemo: perceptron?rate=0.1\nafter: [x]\naliases: y\n---\n# T\n\nQ: a?\nA: b\n\n"
        "## Which?\n- [x] 1\n- [ ] 2\n  > no\n\n> why\n\nQuestions:\n- [[Other]]\n\nText that is left.\n"
    )
    note = load_library([write({"a.md": text})]).notes[0]
    assert nouns_in(note) >= {Note, Topic, Card, Question, Option, Diagnostic, Span, DemoLink}
    assert unpack(pack(plain(note)), note.path) == note
    assert unpack_topic(summary(plain(note)).topic, note.path) == note.topic
