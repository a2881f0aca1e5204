"""`studytool browse` without a terminal."""

from __future__ import annotations


def test_without_a_terminal_the_command_that_prints_is_named(studytool) -> None:
    done = studytool("browse")
    assert done.code == 2
    assert "needs a terminal" in done.err
    assert "studytool search" in done.err
