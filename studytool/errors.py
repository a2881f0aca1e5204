"""One family of errors, written for the user: what happened, where, and what to do."""

from __future__ import annotations


class StudytoolError(Exception):
    """Something the user should know about, shown as a sentence, never as a traceback.

    `message` is one sentence saying what happened and where (with `file:line` when it is in a file), `hint` what to
    do about it. `exit_code` is what the command line returns: 1 for a failure, 2 for wrong usage.
    """

    exit_code = 1
    excerpt = ""
    """Lines to show under the message as they are: a query, and a mark under the place that is wrong."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class UsageError(StudytoolError):
    """The command was called in a way that cannot work: a path that is not there, an unknown name."""

    exit_code = 2


class Overtaken(StudytoolError):
    """Another window has answered the same card in the same moment; nothing was written."""
