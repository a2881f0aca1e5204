"""Values that are made when they are first asked for, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class cached_property(Generic[Value]):
    """`functools.cached_property` without the lock that it takes in Python 3.11: a page has dozens of such values."""

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, held: None, owner: type | None = None) -> cached_property[Value]: ...
    @overload
    def __get__(self, held: object, owner: type | None = None) -> Value: ...
    def __get__(self, held: object, owner: type | None = None) -> cached_property[Value] | Value:
        if held is None:
            return self
        value = held.__dict__[self.name] = self.make(held)
        return value
