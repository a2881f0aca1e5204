"""From what was typed to a query: recursive descent over the characters, so that every error knows its place."""

from __future__ import annotations

import re
from typing import get_args

from studytool.search import fields
from studytool.search.errors import QueryError, nearest
from studytool.search.query import (
    STATES_IN_A_WORD,
    And,
    Compare,
    Flag,
    Name,
    Not,
    Operator,
    Query,
    Side,
    Text,
    Value,
    both,
    either,
)

_DEEPEST = 50
"""So many groups and negations may stand inside one another."""
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r'[^\s()"|]+')
_FIELD = re.compile(r"([A-Za-z]+):")
_OPERATOR = re.compile(r"<=|>=|<|>|=")
_QUOTED = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_QUOTE_IT = "In quotes it is text."


def parse(text: str) -> Query:
    """The query that `text` asks; an empty one asks for every card. Raises `QueryError`, which knows the place."""
    reader = _Reader(text)
    if reader.at_end():
        return And()
    query = reader.alternatives()
    if not reader.at_end():
        raise QueryError("This `)` closes nothing.", text, reader.at)
    return query


class _Reader:
    """A text, and how far it has been read."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0

    def skip(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def at_end(self) -> bool:
        self.skip()
        return self.at >= len(self.text)

    def joined(self, *words: str) -> bool:
        """Step over one of these operators; False where none stands here."""
        self.skip()
        if "|" in words and self.text.startswith("|", self.at):
            self.at += 1
            return True
        found = _WORD.match(self.text, self.at)
        if found and found[0] in words:
            self.at = found.end()
            return True
        return False

    def alternatives(self) -> Query:
        parts = [self.sequence()]
        while self.joined("or", "OR", "|"):
            parts.append(self.sequence())
        return either(parts)

    def sequence(self) -> Query:
        parts = [self.term()]
        while True:
            if self.joined("and", "AND"):
                parts.append(self.term())
                continue
            start = self.at
            if self.at_end() or self.text[self.at] in ")|" or self.joined("or", "OR"):
                self.at = start
                return both(parts)
            parts.append(self.term())

    def term(self) -> Query:
        if self.at_end():
            raise QueryError("Something to search for should follow here.", self.text, len(self.text))
        start = self.at
        character = self.text[start]
        if character == "-":
            self.at += 1
            if self.at >= len(self.text) or self.text[self.at].isspace() or self.text[self.at] in ")|":
                raise QueryError("There is nothing after this `-` to leave out.", self.text, start)
            return Not(self.nested(start))
        if self.joined("not", "NOT"):
            return Not(self.nested(start))
        if character == "(":
            return self.group()
        if character == '"':
            return Text(self.quoted())
        if character in ")|" or self.joined("or", "OR", "and", "AND"):
            end = max(self.at, start + 1)
            raise QueryError(
                f"Something to search for should stand before `{self.text[start:end]}`.", self.text, start, end
            )
        return self.word()

    def nested(self, start: int) -> Query:
        """The term after a negation."""
        self.descend(start)
        found = self.term()
        self.depth -= 1
        return found

    def group(self) -> Query:
        start = self.at
        self.descend(start)
        self.at += 1
        if not self.at_end() and self.text[self.at] == ")":
            raise QueryError("There is nothing between these parentheses.", self.text, start, self.at + 1)
        if self.at_end():
            raise QueryError("This `(` is never closed.", self.text, start)
        found = self.alternatives()
        if self.at_end():
            raise QueryError("This `(` is never closed.", self.text, start)
        self.at += 1  # what ends the alternatives, and is not the end, is a closing parenthesis
        self.depth -= 1
        return found

    def descend(self, start: int) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            told = f"Parentheses and negations may lie {_DEEPEST} deep, not deeper."
            raise QueryError(told, self.text, start)

    def quoted(self) -> str:
        start = self.at
        found = _QUOTED.match(self.text, start)
        if found is None:
            raise QueryError('This `"` is never closed.', self.text, start)
        self.at = found.end()
        if not found[1].strip():
            raise QueryError("There is nothing between these quotes.", self.text, start, self.at)
        return _ESCAPED.sub(r"\1", found[1])

    def word(self) -> Query:
        """A word, or a field with its value."""
        start = self.at
        if field := _FIELD.match(self.text, start):
            return self.field(field[1], start, field.end())
        found = _WORD.match(self.text, start)
        assert found is not None, "every other character begins a term of its own"
        self.at = found.end()
        if found[0] in STATES_IN_A_WORD:
            return Flag("is", found[0])
        return Text(found[0], wild="*" in found[0])

    def field(self, written: str, start: int, end: int) -> Query:
        name = written.casefold()
        if name not in fields.FIELDS:
            meant = nearest(name, fields.FIELDS, fields.OTHER_NAMES)
            told = f"`{written}:` is no field; did you mean `{meant}:`?" if meant else f"`{written}:` is no field."
            there = "" if meant else f"There are {', '.join(fields.FIELDS[:-1])} and {fields.FIELDS[-1]}. "
            raise QueryError(told, self.text, start, end, f"{there}{_QUOTE_IT}")
        self.at = end
        if name in fields.MEASURES:
            return self.measure(name)
        value, in_quotes = self.value(name)
        if name in fields.FLAGS:
            return self.flag(name, value, end)
        for side in get_args(Side):
            if side and side == name:
                return Text(value, side, wild="*" in value and not in_quotes)
        return Name(name, value)

    def value(self, field: str) -> tuple[str, bool]:
        """What stands after a field, and whether it stands in quotes."""
        if self.text.startswith('"', self.at):
            return self.quoted(), True
        found = _WORD.match(self.text, self.at)
        if found is None:
            raise QueryError(f"A value should follow `{field}:`, without a blank.", self.text, self.at)
        self.at = found.end()
        return found[0], False

    def flag(self, field: str, value: str, start: int) -> Query:
        known = fields.FLAGS[field]
        name = value.casefold()
        if name not in known:
            meant = fields.OTHER_VALUES.get(name, "")
            meant = meant if meant in known else nearest(name, known)
            told = f"`{field}:` knows no `{value}`{f'; did you mean `{meant}`?' if meant else '.'}"
            raise QueryError(told, self.text, start, self.at, f"It is one of {', '.join(known)}.")
        return Flag(field, name)

    def measure(self, field: str) -> Query:
        """A comparison, or a range as two of them."""
        operator: Operator = "="
        if found := _OPERATOR.match(self.text, self.at):
            operator = next(one for one in get_args(Operator) if one == found[0])
            self.at = found.end()
        start = self.at
        told, _ = self.value(field)
        low, dots, high = told.partition("..")
        if not dots or (not low and not high):
            return Compare(field, operator, self.measured(field, told, start))
        if operator != "=":
            raise QueryError(f"A range needs no `{operator}` before it.", self.text, start - len(operator), self.at)
        parts = []
        if low:
            parts.append(Compare(field, ">=", self.measured(field, low, start)))
        if high:
            parts.append(Compare(field, "<=", self.measured(field, high, start + len(low) + 2)))
        return both(parts)

    def measured(self, field: str, told: str, start: int) -> Value:
        try:
            return fields.measured(field, told)
        except fields.NoValue as error:
            raise QueryError(str(error), self.text, start, start + len(told)) from None
