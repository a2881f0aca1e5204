"""The value of a formula of matrices, two by two: there `W^T x` is not `x W^T`, and `(AB)^T` is `B^T A^T`."""

from __future__ import annotations

import math

from studytool.quiz.marking.expression import FUNCTIONS, Node, constant, hashed
from studytool.quiz.marking.notation import GREEK

Matrix = tuple[float, float, float, float]
_NUMBERS = (frozenset(GREEK) - {"delta", "theta", "mu"}) | set("nmNijkt")
"""Names that stand for numbers beside matrices: learning rates, counts and indices."""


def same(one: Node, two: Node, factor: float = 1.0) -> bool:
    """Whether one is `factor` times the other for three choices of the matrices.

    Raises `ValueError` or `ArithmeticError` when a formula has no value for matrices.
    """
    for trial in range(3):
        a, b = _value(one, trial), _value(two, trial)
        if any(abs(x - factor * y) > 1e-9 * (abs(x) + abs(y)) + 1e-12 for x, y in zip(a, b, strict=True)):
            return False
    return True


def _value(node: Node, trial: int) -> Matrix:
    if node.op == "number":
        return _times_one(float(node.number))
    if node.op == "name":
        return _named(node.name, trial)
    if node.op == "^":
        return _raised(_value(node.parts[0], trial), node.parts[1])
    parts = [_value(part, trial) for part in node.parts]
    a = parts[0]
    if node.op == "neg":
        return _product(_times_one(-1), a)
    if node.op == "call":
        if len(parts) > 1:
            raise ValueError(f"{node.name} of several matrices")
        return (_each(node.name, a[0]), _each(node.name, a[1]), _each(node.name, a[2]), _each(node.name, a[3]))
    b = parts[1]
    if node.op in "*/":
        return _product(a, b if node.op == "*" else _inverse(b))
    sign = 1 if node.op == "+" else -1
    return (a[0] + sign * b[0], a[1] + sign * b[1], a[2] + sign * b[2], a[3] + sign * b[3])


def _each(function: str, number: float) -> float:
    """A function of one entry; an unknown one is some smooth function that depends on its name alone."""
    if function in FUNCTIONS:
        return float(FUNCTIONS[function](number))
    return hashed(function) * math.cos(number)


def _named(name: str, trial: int) -> Matrix:
    try:
        return _times_one(float(constant(name)))
    except ValueError:
        if name in _NUMBERS:
            return _times_one(hashed(f"{name}{trial}"))
    a, b, c, d = (hashed(f"{name}{trial}{place}") for place in range(4))
    return (a, b, c, d)


def _raised(base: Matrix, exponent: Node) -> Matrix:
    if exponent.op == "name" and exponent.name == "T":
        return (base[0], base[2], base[1], base[3])
    if exponent.op == "neg" and exponent.parts[0].op == "number":
        return _raised(_inverse(base), exponent.parts[0])
    if exponent.op != "number" or exponent.number.denominator != 1 or exponent.number > 8:
        raise ValueError("a power of a matrix")
    found = _times_one(1)
    for _ in range(int(exponent.number)):
        found = _product(found, base)
    return found


def _times_one(number: float) -> Matrix:
    return (number, 0.0, 0.0, number)


def _product(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
    )


def _inverse(a: Matrix) -> Matrix:
    size = a[0] * a[3] - a[1] * a[2]
    return (a[3] / size, -a[1] / size, -a[2] / size, a[0] / size)
