"""The topics that `--topic` names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def topics_named(named: Iterable[str], topics: Sequence[str]) -> set[str]:
    """The topics of the library that are meant; raises `UsageError` for one that is not there."""
    titles = {one_line(topic).casefold(): topic for topic in topics}
    for name in named:
        if one_line(name).casefold() not in titles:
            raise UsageError(f"There is no topic {one_line(name, 60)}.", "`studytool due` lists the topics.")
    return {titles[one_line(name).casefold()] for name in named}
