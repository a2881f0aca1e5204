"""Commands that tests of demos run, in this process: what they start is forked from one that has imported torch."""

from __future__ import annotations

import gc
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper

from studytool.cli import main


def studytool(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What `studytool` prints, on stdout and on stderr."""
    printed, said = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(printed), redirect_stderr(said):
        try:
            found = main([*arguments])
        except SystemExit as ended:
            found = ended.code
        finally:
            gc.enable()  # a process that ends at once does without it
    texts = [stream.buffer.getvalue().decode() for stream in (printed, said)]
    assert found == code, texts[1]
    assert "child.py" not in texts[1]
    return texts[0], texts[1]


def demo(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What `studytool demo` prints."""
    return studytool("demo", *arguments, code=code)
