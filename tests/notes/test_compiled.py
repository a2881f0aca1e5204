"""The reader as mypyc compiles it makes what the same source makes in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import compiled


@pytest.mark.slow
def test_the_compiled_reader_makes_the_same_cards(tmp_path: Path) -> None:
    package = compiled.build(tmp_path)  # minutes; pip fetches what compiles
    pure, fast = (compiled.ask(root, "make", 500) for root in (compiled.ROOT, package))
    assert (pure.suffix, fast.suffix) == (".py", ".so")
    assert pure.made == fast.made
