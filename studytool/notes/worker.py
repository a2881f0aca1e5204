"""What a worker process does: reads how notes are to be read, then piece after piece of work until there is no more."""

from __future__ import annotations

import gc
import os
import pickle
import sys

_GIVES_WAY = 5
"""Added to the niceness: where the cores are all at work, what answers the keys comes first, and the notes soon."""


def main() -> None:
    """Take pickled work from standard input and give pickled results on standard output; both ends are ours."""
    from studytool.notes.reading import read_chunk

    if hasattr(os, "nice"):
        os.nice(_GIVES_WAY)
    gc.freeze()
    gc.disable()  # what is made of a note is in no cycle; looking at what each piece left is for what may be one day
    source, target = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    manner = pickle.load(source)
    while True:
        try:
            jobs = pickle.load(source)
        except EOFError:  # the work is done, or who gave it is gone
            return
        pickle.dump(read_chunk(jobs, manner), target)
        target.flush()
        gc.collect(0)


if __name__ == "__main__":
    main()
