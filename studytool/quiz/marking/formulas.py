"""Formulas by value: two that agree wherever they are tried are the same, however they are written.

Variables are given numbers that depend on their names; where something is transposed, matrices, so that the order of
the factors counts.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from studytool.quiz.marking import matrices
from studytool.quiz.marking.expression import LONGEST, Node, Reader, constant, hashed, value
from studytool.quiz.marking.notation import GREEK, formula, linear, spelled
from studytool.quiz.marking.reasons import nearly, right, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytool.quiz.model import Mark

_TRIALS = 5
_ENOUGH = 2  # points at which both must have a value
_RELATION = re.compile(r"<=|>=|!=|<-|->|<|>|=|~")
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?![a-z])")
_DERIVATIVE = re.compile(r"\bd ?[A-Za-z]\w*\s*\)?\s*/\s*\(?\s*d")
_TRANSPOSED = re.compile(r"\^\s*\(?T\b|(?<=[A-Z)])'(?!\s*\()|\.T\b")
_GROWTH = re.compile(r"(?<![\w\\])(?:([OΩ]|\\Omega)|[oω]|\\omega)\s*\(")
_RATIO = re.compile(r"(?<=[\w)])\s*:\s*(?=[\w(])")
_CALLABLE = "fghFGHPpqQEVLJDOo"


def mark_formula(answer: str, typed: str) -> Mark:
    """The mark of a text against a formula: the same line, or the same value wherever both are tried.

    O and o are two claims; a small one where a large one is meant may only have been typed in haste, and is nearly
    right.
    """
    found = _mark(answer, typed)
    large = [[bool(sign) for sign in _GROWTH.findall(linear(text))] for text in (answer, typed)]
    if found.verdict == "right" and len(large[0]) == len(large[1]) and large[0] != large[1]:
        if any(is_large and not meant for meant, is_large in zip(*large, strict=True)):
            return wrong(answer, "a large O says less than a small one")
        return nearly("a small o says more than a large one", answer)
    return found


def _mark(answer: str, typed: str) -> Mark:
    if formula(answer) == formula(typed):
        return right("the same formula")
    key, said = _line(answer), _line(typed)
    if "±" in answer or "\\pm" in answer:
        key, said = (re.sub(r"\+\s*/?\s*-", "+ plusminus ", line) for line in (key, said))
    if max(len(key), len(said)) > LONGEST:
        return wrong(answer)
    found = _by_value(answer, key, said)
    small = key.lower(), said.lower()
    has_names = _CAPITALS.search(key + said) or _TRANSPOSED.search(key) or _both_cases(key)
    if found.verdict == "wrong" and small != (key, said) and not has_names:
        again = _by_value(answer, *small)  # o(n^2), or wx for Wx, where nothing else is called so
        return again if again.verdict == "right" else found
    return found


def _by_value(answer: str, key: str, said: str) -> Mark:
    sides = _sides(key), _sides(said)
    if not sides[0] or not sides[1]:
        return wrong(answer)
    try:
        return _compare(answer, sides[0], sides[1], _Reading(key, said))
    except (ValueError, ArithmeticError):
        return wrong(answer)


def _both_cases(line: str) -> bool:
    """Whether a letter stands in it large and small, so that case tells two names apart."""
    letters = set(line)
    return any(letter != letter.lower() and letter.lower() in letters for letter in letters)


class _Reading:
    """How the letters of two formulas are read, the same way in both."""

    def __init__(self, key: str, said: str) -> None:
        both = f"{key} ; {said}"
        runs = set(_CAPITALS.findall(both))
        # TP and FP are names when they share a letter; I and R of V = IR are not.
        shared = {run for run in runs for other in runs if set(run) != set(other) and set(run) & set(other)}
        self.names = frozenset(GREEK) | shared | {run for run in runs if len(run) > 2}
        if _DERIVATIVE.search(both):
            self.names |= set(re.findall(r"\bd[A-Za-z]\b", both))
        letters = {letter for letter in _CALLABLE if re.search(rf"(?<![A-Za-z_]){letter}\s*\(", both)}
        alone = {letter for letter in letters if re.search(rf"(?<![A-Za-z_\\]){letter}(?!\s*\(|[A-Za-z_])", both)}
        self.calls = frozenset(letters - alone)
        self.is_transposed = bool(_TRANSPOSED.search(both))

    def read(self, line: str) -> Node:
        """The tree of a whole line. Raises `ValueError` when it is not read to its end."""
        node, end = Reader(line, names=self.names, calls=self.calls).read()
        if line[end:].strip():
            raise ValueError("more than one formula")
        return node

    def same(self, one: Node, two: Node, factor: float = 1.0) -> bool:
        """Whether one is `factor` times the other at all points where both have a value, two at least."""
        if self.is_transposed:
            return matrices.same(one, two, factor)
        found = self._values(one, two)
        return len(found) >= _ENOUGH and all(_close(a, factor * b) for a, b in found)

    def proportional(self, one: Node, two: Node) -> bool:
        """Whether one is the other times some number."""
        found = self._values(one, two)
        ratios = [a / b for a, b in found if b]
        return len(ratios) >= _ENOUGH and ratios[0] > 0 and all(_close(ratio, ratios[0]) for ratio in ratios)

    def solved(self, key: Sequence[Node], said: Sequence[Node]) -> bool:
        """Whether an equation holds wherever `name = …` does, and not elsewhere: `a = F/m` for `F = ma`."""
        if key[0].op != "name" or self.is_transposed:
            return False
        held = 0
        for trial in range(_TRIALS):
            free = _point(trial)
            try:
                meant = float(value(key[1], free))
                there = [float(value(side, _with(free, key[0].name, meant))) for side in said]
                elsewhere = [float(value(side, _with(free, key[0].name, 1.5 * meant + 0.1))) for side in said]
            except (ValueError, ArithmeticError):
                continue
            if not _close(*there) or _close(*elsewhere):
                return False
            held += 1
        return held >= _ENOUGH

    def _values(self, one: Node, two: Node) -> list[tuple[float, float]]:
        found = []
        for trial in range(_TRIALS):
            point = _point(trial)
            with suppress(ValueError, ArithmeticError):
                found.append((float(value(one, point)), float(value(two, point))))
        return found


def _close(one: float, two: float) -> bool:
    return abs(one - two) <= 1e-9 * (abs(one) + abs(two)) + 1e-12


def _with(point: Callable[[str], float], name: str, meant: float) -> Callable[[str], float]:
    return lambda other: meant if other == name else point(other)


def _point(trial: int) -> Callable[[str], float]:
    """Numbers for the variables: all positive at first, then some of them negative."""

    def at(name: str) -> float:
        try:
            return float(constant(name))
        except ValueError:
            sign = -1.0 if trial > 1 and hashed(f"{name}{trial}sign") > 1.25 else 1.0
            return sign * hashed(f"{name}{trial}")

    return at


def _line(text: str) -> str:
    line = _RATIO.sub("/", _TRANSPOSED.sub("^T", spelled(linear(text))))
    return line.strip().removesuffix(".").rstrip()


def _sides(line: str) -> tuple[list[str], list[str]] | None:
    """The sides of a relation and its signs; None when there is an empty side."""
    sides = [side.strip() for side in _RELATION.split(line)]
    signs = ["=" if sign == "<-" else sign for sign in _RELATION.findall(line)]
    return (sides, signs) if all(sides) else None


def _compare(
    answer: str, key: tuple[list[str], list[str]], said: tuple[list[str], list[str]], reading: _Reading
) -> Mark:
    wanted, given = [reading.read(side) for side in key[0]], [reading.read(side) for side in said[0]]
    if len(wanted) == len(given):
        if key[1] == said[1] and _all_same(wanted, given, reading):
            return right("the same formula")
        turned = [_TURNED.get(sign, sign) for sign in reversed(said[1])]
        if key[1] == turned and "->" not in turned and _all_same(wanted, given[::-1], reading):
            return right("the same formula, turned round")
    if key[1] in ([], ["="]) and said[1] in ([], ["="]) and reading.same(wanted[-1], given[-1]):
        named = [_is_name(nodes[0]) for nodes, signs in ((wanted, key[1]), (given, said[1])) if signs]
        if len(key[1]) != len(said[1]) and all(named):
            return right("the same formula")  # y = wx + b, or wx + b alone
    if key[1] == said[1] == ["="] and reading.solved(wanted, given):
        return right("the same equation")
    if reading.same(wanted[-1], given[-1], -1.0):
        return wrong(answer, "the sign")
    return _order(answer, wanted[-1], given[-1], reading) or wrong(answer)


def _is_name(node: Node) -> bool:
    """Whether a side only names what the other comes to: `y`, `f(x)`, `dL/dw`."""
    if node.op == "/":
        return all(part.op == "name" and part.name[:1] == "d" for part in node.parts)
    if node.op == "*":
        return all(_is_name(part) for part in node.parts)  # lr = 0.1
    return node.op == "name" or (node.op == "call" and all(part.op == "name" for part in node.parts))


def _order(answer: str, wanted: Node, given: Node, reading: _Reading) -> Mark | None:
    """The mark of an order of growth, where constant factors do not count: `O(lg n)` is `O(log n)`."""
    if wanted.op != "call" or wanted.name not in "Oo" or len(wanted.parts) != 1:
        return None
    if reading.same(wanted.parts[0], given):
        return nearly("O( ) is missing", answer)
    if given.op == "call" and given.name == wanted.name and reading.proportional(wanted.parts[0], given.parts[0]):
        return right("constant factors do not count")
    return None


def _all_same(wanted: Sequence[Node], given: Sequence[Node], reading: _Reading) -> bool:
    return all(reading.same(one, two) for one, two in zip(wanted, given, strict=True))
