"""The controls of a demo: numbers within bounds and choices, with their checks. No torch."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from studytool.errors import UsageError

Value = float | int | str


@dataclass(frozen=True, slots=True)
class Float:
    """A number in [`low`, `high`] that may change while the demo runs.

    The demo sees a 0-dimensional tensor on its device. `log` asks for a slider in equal ratios; `symbol` is the
    letter of the field, such as η.
    """

    default: float
    low: float
    high: float
    log: bool = False
    symbol: str = ""
    help: str = ""

    live = True

    def parse(self, name: str, given: object) -> float:
        """`given` (text or a number) as a value of this parameter, or a `UsageError` that names the bounds."""
        try:
            value = float(str(given))
        except ValueError:
            value = math.nan
        if not self.low <= value <= self.high:
            raise _outside(name, given, f"a number from {self.low:g} to {self.high:g}")
        return value


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number in [`low`, `high`]; a change starts the demo again."""

    default: int
    low: int
    high: int
    symbol: str = ""
    help: str = ""

    live = False

    def parse(self, name: str, given: object) -> int:
        """`given` (text or a number) as a value of this parameter, or a `UsageError` that names the bounds."""
        return whole(name, given, self.low, self.high)


@dataclass(frozen=True, slots=True, init=False)
class Choice:
    """One of several words, the first being the default; a change starts the demo again."""

    choices: tuple[str, ...]
    symbol: str
    help: str

    live = False

    def __init__(self, *choices: str, symbol: str = "", help: str = "") -> None:
        object.__setattr__(self, "choices", choices)
        object.__setattr__(self, "symbol", symbol)
        object.__setattr__(self, "help", help)

    @property
    def default(self) -> str:
        """What the demo starts with."""
        return self.choices[0]

    def parse(self, name: str, given: object) -> str:
        """`given` as one of the choices, or a `UsageError` that lists them."""
        if given not in self.choices:
            raise _outside(name, given, " or ".join(f"`{choice}`" for choice in self.choices))
        return str(given)


Parameter = Float | Int | Choice


def _outside(name: str, given: object, expected: str) -> UsageError:
    return UsageError(f"`{name}` cannot be {given!r}.", f"It is {expected}.")


def described(name: str, parameter: Parameter, value: Value | None = None) -> dict[str, object]:
    """A parameter as plain values, for messages and `--json`; `value` is the present one, else the default."""
    low, high = (None, None) if isinstance(parameter, Choice) else (parameter.low, parameter.high)
    return {
        "name": name,
        "type": type(parameter).__name__.lower(),
        "value": parameter.default if value is None else value,
        "default": parameter.default,
        "low": low,
        "high": high,
        "log": isinstance(parameter, Float) and parameter.log,
        "choices": list(parameter.choices) if isinstance(parameter, Choice) else None,
        "help": parameter.help,
        "symbol": parameter.symbol,
        "live": parameter.live,
    }


def checked(parameters: Mapping[str, Parameter], given: Mapping[str, object]) -> dict[str, Value]:
    """All values of `parameters`, those `given` checked and the others at their default.

    Raises `UsageError` for an unknown name (with the nearest one) and for a value out of range.
    """
    values: dict[str, Value] = {name: parameter.default for name, parameter in parameters.items()}
    for name, value in given.items():
        if name not in parameters:
            raise UsageError(f"This demo has no parameter `{name}`.", nearest(name, parameters))
        values[name] = parameters[name].parse(name, value)
    return values


def fitting(parameters: Mapping[str, Parameter], given: Mapping[str, object]) -> dict[str, Value]:
    """Those of the values `given` that `parameters` can have."""
    values: dict[str, Value] = {}
    for name, value in given.items():
        if name in parameters:
            with suppress(UsageError):
                values[name] = parameters[name].parse(name, value)
    return values


def whole(name: str, given: object, low: int, high: int) -> int:
    """`given` (text or a number) as a whole number in [`low`, `high`], or a `UsageError` that names the bounds."""
    try:
        value = int(str(given))
    except ValueError:
        raise _outside(name, given, f"a whole number from {low} to {high}") from None
    if not low <= value <= high:
        raise _outside(name, given, f"a whole number from {low} to {high}")
    return value


def nearest(name: str, known: Mapping[str, object] | list[str]) -> str:
    """A sentence with the known name most like `name`, or with all of them when none is."""
    from difflib import get_close_matches

    close = get_close_matches(name, list(known), n=1, cutoff=0.5)
    if close:
        return f"Did you mean `{close[0]}`?"
    return f"There is {', '.join(f'`{item}`' for item in known)}." if known else "There is none."
