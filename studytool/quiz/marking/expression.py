"""Plain mathematics as a tree, and its value: what `2x(1 + y)`, `\\sqrt{2}` and `ln 10` come to.

Numbers stay exact as long as they are added, multiplied, divided and raised to small whole powers.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST = 240
"""Characters of a formula that is read."""
_DEEPEST = 40  # brackets, fractions and signs within each other
_LARGEST = 1000  # an exact power has no more digits than this

Value = Fraction | float

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d{1,4}(?![\w.]))?|\.\d+(?:[eE][+-]?\d{1,4}(?![\w.]))?)"
    r"|(?P<name>[^\W\d_]+(?:'+)?)|(?P<sign>.))",
    re.DOTALL,
)


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(base, Fraction) and isinstance(exponent, Fraction) and exponent.denominator == 1:
        digits = max(abs(base.numerator), base.denominator).bit_length() * abs(exponent.numerator)
        if digits <= 4 * _LARGEST:
            return base**exponent.numerator
    return math.pow(base, exponent)


def _root(of: Value) -> Value:
    if isinstance(of, Fraction) and of >= 0:
        top, bottom = math.isqrt(of.numerator), math.isqrt(of.denominator)
        if top * top == of.numerator and bottom * bottom == of.denominator:
            return Fraction(top, bottom)
    return math.sqrt(of)


def _sigmoid(of: Value) -> float:
    return 0.5 * (1 + math.tanh(float(of) / 2))


FUNCTIONS: dict[str, Callable[[Value], Value]] = {
    "sqrt": _root,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "lg": math.log10,
    "ld": math.log2,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "abs": lambda of: max(of, -of),
    "sigmoid": _sigmoid,
    "relu": lambda of: max(of, Fraction(0)),
    "floor": lambda of: Fraction(math.floor(of)),
    "ceil": lambda of: Fraction(math.ceil(of)),
    "sign": lambda of: Fraction((of > 0) - (of < 0)),
}
"""Functions of one argument that are known by name; `log` is the natural one, as in most of the field."""
_OF_SEVERAL: dict[str, Callable[[Sequence[Value]], Value]] = {"max": max, "min": min}
_CONSTANTS: dict[str, Value] = {"pi": math.pi, "π": math.pi, "e": math.e}
_BASES = {"2": "ld", "10": "lg", "e": "ln"}
_BASE = re.compile(r"\s*_?\s*\(?(2|10|e)\)?(?=\s*\(|\s+\w)")
_BELOW = re.compile(r"\s*_\s*\(([^()]*)\)|\s*_\s*(\d+|[^\W\d_]+)|(\d+)")


@dataclass(frozen=True, slots=True)
class Node:
    """An expression: a `number`, a `name`, or an operation (`+ - * / ^`, `neg`, `call` of its name) on its parts."""

    op: str
    parts: tuple[Node, ...] = ()
    name: str = ""
    number: Fraction = Fraction(0)


class Reader:
    """Reads one expression from the beginning of a text, as far as it goes.

    `numeric` takes numbers, constants and known functions only, so that a unit ends the expression; otherwise letters
    are variables, `names` are variables of several letters, and a word of four letters or more is one too. `calls`
    are the letters that stand for functions.
    """

    def __init__(
        self,
        text: str,
        *,
        numeric: bool = False,
        names: frozenset[str] = frozenset(),
        calls: frozenset[str] = frozenset(),
    ) -> None:
        self._text = text[:LONGEST]
        self._numeric, self._calls = numeric, calls
        self._names = sorted(names, key=len, reverse=True)
        self._at = 0
        self._deep = 0

    def read(self) -> tuple[Node, int]:
        """The expression and where it ends. Raises `ValueError` when the text does not begin with one."""
        return self._sum(), self._at

    def _peek(self) -> str:
        match = _TOKEN.match(self._text, self._at)
        return match[0].strip() if match else ""

    def _take(self) -> str:
        match = _TOKEN.match(self._text, self._at)
        if match is None:
            raise ValueError("nothing there")
        self._at = match.end()
        return match[0].strip()

    def _sum(self) -> Node:
        self._deep += 1
        if self._deep > _DEEPEST:
            raise ValueError("too deep")
        found = self._product()
        while (sign := self._peek()) in ("+", "-"):
            right = self._after(sign, self._product)
            if right is None:
                break
            found = Node(sign, (found, right))
        self._deep -= 1
        return found

    def _after(self, sign: str, read: Callable[[], Node]) -> Node | None:
        """What follows an operator; None, with the operator left unread, when a number is read and none follows."""
        before, deep = self._at, self._deep
        if sign:
            self._take()
        try:
            return read()
        except ValueError:
            if not self._numeric:
                raise
            self._at, self._deep = before, deep
            return None

    def _product(self) -> Node:
        found = self._signed()
        while True:
            sign = self._peek()
            if sign in ("*", "/"):
                right = self._after(sign, self._signed)
            elif self._begins_factor(sign):
                right = self._after("", self._raised)
            else:
                break
            if right is None:
                break
            found = Node("/" if sign == "/" else "*", (found, right))
        return found

    def _begins_factor(self, token: str) -> bool:
        """Whether a token continues a product without a sign: `2 pi`, `a b`, `3(x + 1)`, but not `5 6`."""
        if not token:
            return False
        if self._numeric:
            return token in ("(", "√", "π") or token in FUNCTIONS or token in ("pi", "e")
        return token in ("(", "√") or token[0].isalpha()

    def _signed(self) -> Node:
        sign = self._peek()
        if sign not in ("+", "-"):
            return self._raised()
        self._take()
        self._deep += 1
        if self._deep > _DEEPEST:
            raise ValueError("too deep")
        inner = self._signed()
        self._deep -= 1
        return Node("neg", (inner,)) if sign == "-" else inner

    def _raised(self) -> Node:
        found = self._atom()
        while self._peek() == "!":
            self._take()
            found = Node("call", (found,), "!")
        if self._peek() == "^":
            raised = self._after("^", self._signed)
            if raised is not None:
                return Node("^", (found, raised))
        return found

    def _atom(self) -> Node:
        token = self._take()
        if token == "(":
            inner = self._sum()
            self._expect(")")
            return inner
        if token == "|" and not self._numeric:
            return self._size()
        if token == "√":
            return Node("call", (self._raised(),), "sqrt")
        if token[:1].isdigit() or (token[:1] == "." and len(token) > 1):
            return Node("number", number=Fraction(token))
        if not token[:1].isalpha():
            raise ValueError(f"unexpected {token!r}")
        return self._name(token)

    def _size(self) -> Node:
        """What stands between bars: `|x|` is its absolute value, `||w||` a norm."""
        is_norm = self._peek() == "|"
        if is_norm:
            self._take()
        inner = self._sum()
        self._expect("|")
        if is_norm:
            self._expect("|")
        return Node("call", (inner,), "norm" if is_norm else "abs")

    def _expect(self, sign: str) -> None:
        if self._take() != sign:
            raise ValueError(f"{sign} is missing")

    def _name(self, token: str) -> Node:
        lower = token.lower()
        if lower in FUNCTIONS and (found := self._known(lower)):
            return found
        if token in _CONSTANTS and (self._numeric or not self._text[self._at :].lstrip().startswith("_")):
            return Node("name", name=token)
        if lower in _OF_SEVERAL and self._peek() == "(":
            return Node("call", self._arguments(), lower)
        if self._numeric:
            raise ValueError(f"{token!r} is no number")
        if token[:-1].lower() in FUNCTIONS and token not in self._names:
            self._at -= 1  # lnx
            return self._name(token[:-1])
        if len(token.rstrip("'")) == 1 < len(token):
            return Node("name", name=token + self._subscript())  # y'
        # The longest known name, else one letter of a short run; the rest of the run is read next.
        known = next((name for name in self._names if token.startswith(name)), "")
        name = known or (token if len(token) > 3 else token[0])
        self._at -= len(token) - len(name)
        is_word = len(name) > 1 and not known
        name += self._subscript()
        if self._peek() == "[" or (self._peek() == "(" and (is_word or name in self._calls or name == "sigma")):
            return Node("call", self._arguments(), "sigmoid" if name == "sigma" else name)
        return Node("name", name=name)

    def _known(self, name: str) -> Node | None:
        """A known function with its argument: in brackets, or the factor that follows, as in `ln 10` and `sin 2x`."""
        if name == "log" and (base := _BASE.match(self._text, self._at)):
            self._at = base.end()
            name = _BASES[base[1]]
        power = None
        if self._peek() == "^" and not self._numeric:
            self._take()
            power = self._atom()
        if self._peek() == "(":
            self._take()
            inner = self._sum()
            self._expect(")")
        elif self._numeric and not re.match(r"[\d.π√(]|pi|e", self._peek()):
            raise ValueError(f"{name} of what")
        else:
            inner = self._raised()
            while not self._numeric and self._peek() and self._peek()[0].isalnum():
                if self._peek() in FUNCTIONS:
                    break
                inner = Node("*", (inner, self._raised()))
        found = Node("call", (inner,), name)
        return Node("^", (found, power)) if power else found

    def _subscript(self) -> str:
        """What stands below: `_1`, `_(t+1)`, or a digit that follows at once, as in `w1`."""
        match = _BELOW.match(self._text, self._at)
        if not match or self._numeric:
            return ""
        self._at = match.end()
        return re.sub(r"\s", "", next(filter(None, match.groups()), ""))

    def _arguments(self) -> tuple[Node, ...]:
        close = ")" if self._take() == "(" else "]"
        found = [self._sum()]
        while self._peek() in (",", ";", "|"):
            self._take()
            found.append(self._sum())
        self._expect(close)
        return tuple(found)


def constant(name: str) -> Value:
    """The value of a constant. Raises `ValueError` for another name."""
    if name in _CONSTANTS:
        return _CONSTANTS[name]
    raise ValueError(f"{name} has no value")


def value(node: Node, point: Callable[[str], Value] = constant) -> Value:
    """What an expression comes to where `point` gives the variables.

    Raises `ValueError`, `OverflowError` or `ZeroDivisionError` where it has no value.
    """
    if node.op == "number":
        return node.number
    if node.op == "name":
        return point(node.name)
    parts = [value(part, point) for part in node.parts]
    if node.op == "neg":
        return -parts[0]
    if node.op == "call":
        return _called(node.name, parts)
    one, two = parts
    if node.op == "^":
        return _power(one, two)
    if node.op == "/":
        return one / two
    return one * two if node.op == "*" else one + two if node.op == "+" else one - two


def _called(name: str, parts: Sequence[Value]) -> Value:
    if name in FUNCTIONS and len(parts) == 1:
        return FUNCTIONS[name](parts[0])
    if name in _OF_SEVERAL:
        return _OF_SEVERAL[name](parts)
    if name == "!":
        if parts[0] != int(parts[0]) or not 0 <= parts[0] <= 170:
            raise ValueError("the factorial of what is no whole number up to 170")
        return Fraction(math.factorial(int(parts[0])))
    # An unknown function: some smooth function of its arguments that depends on its name alone.
    return sum(hashed(f"{name} {place}") * math.cos(float(part) + place) for place, part in enumerate(parts))


def hashed(name: str) -> float:
    """A number between 0.5 and 2 that depends on the text alone."""
    return 0.5 + 1.5 * int.from_bytes(blake2b(name.encode(), digest_size=6).digest(), "big") / 2**48
