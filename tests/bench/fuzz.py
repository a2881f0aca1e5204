"""Notes that nobody wrote: bytes of real ones changed at random, each read in all manners, none of which may fail.

Run it as `python tests/bench/fuzz.py --mutants 100000`; folders of notes may follow, else the project's own are taken.
`--seed` and `--first` say which mutants: the same numbers and files, the same mutants. `--seconds` is the processor
time that one reading may take. A mutant that fails is made as small as it can be and written to the folder `--keep`.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # for the test that imports this file

from mutants import mutant
from notes import vault

from studytool.notes.codec import pack, plain, unpack
from studytool.notes.dangling import dangling
from studytool.notes.embeds import Resolver
from studytool.notes.model import Note
from studytool.notes.parse import parse_note
from studytool.notes.reading import decoded
from studytool.notes.targets import Targets
from studytool.notes.vault import DEFAULT_VAULT, AnkiBlocks, Flashcards, Vault, with_inferred
from studytool.text import clean

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
ENDINGS = (".md", ".txt", ".gift", ".toml")
HEX = frozenset("0123456789abcdef")


# Manners of reading


_ODD = Flashcards(
    tags=("", "🧠", "a/b"),
    unwanted_tags=("todo",),
    folders=True,
    ignored=("{a", "**/x{1,2}*.md", "/", "*"),
    inline=("->->->", "::", "|", " "),
    inline_reversed=(":::", "<->"),
    multiline=("?", "---", ""),
    multiline_reversed=("??", "```"),
    multiline_end="+++",
    clozes=(
        *("==[123;;]answer[;;hint]==", "**[123;;]answer[;;hint]**", "{{[123;;]answer[;;hint]}}", "answer", "", "[]"),
        *(
            "[123::]{{answer}}[::hint]",
            "{{c[123]::answer[::hint]}}",
            "$answer$",
            "`answer`",
            "(answer)[hint]",
            " answer ",
        ),
    ),
)
_RENAMED = AnkiBlocks(
    *("START_CARD", "END_CARD", "[[", "]]", "DECK:", "TAGS", "#", "**"),
    fields=(("Basic", ("Front", "Back")), ("Cloze", ("Text", "")), ("", ())),
    flags=("fc", "", "🧠"),
)
MANNERS: dict[str, tuple[str, Vault]] = {
    "default": ("deep/mutant.md", DEFAULT_VAULT),
    "inferred": ("What is a mutant.md", with_inferred(DEFAULT_VAULT, [";;", "->->->"])),
    "odd": ("a/b.md", Vault(_ODD, _RENAMED, told=True)),
    "folders": ("a/b.txt", Vault(replace(Flashcards(), folders=True), told=True)),
    "gift": ("a.gift", DEFAULT_VAULT),
}


# What must hold


class TooLong(BaseException):
    """A reading that took more than its time; no `except Exception` may hide it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises `TooLong` in what takes more than so much processor time, however busy the machine is with other work."""

    def stop(*_: object) -> None:
        raise TooLong(f"still busy after {seconds} s")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def check(content: bytes, manner: str, seconds: float) -> None:
    """Raises what goes wrong when these bytes are read."""
    text = decoded(content)
    if isinstance(text, tuple):
        code, message, hint, line = text
        assert all((code, message, hint)), "a trouble says too little"
        assert 1 <= line <= content.count(b"\n") + 1, "a trouble outside the file"
        return
    path, vault = MANNERS[manner]
    with at_most(seconds):
        note = parse_note(text, path, vault=vault, place=path)
    held(note, clean(text).removeprefix("\ufeff").split("\n"))
    assert unpack(pack(plain(note)), note.path) == note, "the packed note is another"
    if manner == "default":
        places = [path, "deep/other.md", "y.png"]
        whole = Resolver(Targets(places, [note]), lambda place: text).note(note)
        held(whole, clean(text).removeprefix("\ufeff").split("\n"))
        list(dangling([whole], Targets(places, [note])))


def held(note: Note, lines: Sequence[str]) -> None:
    """Raises when something in the note is not as it has to be."""
    for item, span in [*((c, c.span) for c in note.studied), *((d, d.span) for d in note.diagnostics)]:
        assert 1 <= span.line <= span.end_line <= len(lines), f"lines outside the file: {item}"
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1, f"a column outside the line: {item}"
    for reference in note.references:
        assert 1 <= reference.line <= len(lines), f"a line outside the file: {reference}"
        assert 1 <= reference.column <= len(lines[reference.line - 1]) + 1, f"a column outside the line: {reference}"
    for card in note.studied:
        assert card.front.strip(), f"a blank front: {card}"
        assert card.back.strip() or card.kind == "open", f"a blank back: {card}"
        assert len(card.key) == 32, f"no key: {card}"
        assert not set(card.key) - HEX, f"no key: {card}"
    for question in note.questions:
        assert all(option.text.strip() for option in question.options), f"a blank option: {question}"
    for text in texts(note):
        assert clean(text) == text, f"a control character: {text!r}"


def texts(value: object) -> Iterator[str]:
    """Every text that a noun holds, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from texts(one)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


# Files to start from


def files_of(folders: Sequence[Path]) -> list[bytes]:
    """The notes under these folders, in the order of their names, and some that are generated."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix.lower() in ENDINGS and path.is_file():
                found.append(path.read_bytes())
    return found


def generated(count: int = 60) -> list[bytes]:
    """Notes in all the ways people write cards, of words that mean nothing."""
    return [text.encode() for _, text in vault(count)]


def own_folders() -> list[Path]:
    """The project's own notes, and the collection of real ones where it is there."""
    return [folder for folder in (ROOT / "cards", ROOT / "tests" / "fixtures", SAMPLES) if folder.is_dir()]


# Failures


def failure(content: bytes, seconds: float) -> tuple[str, str, str] | None:
    """In which manner reading these bytes fails, what sort of failure it is, and all about it; None where none is."""
    for manner in MANNERS:
        try:
            check(content, manner, seconds)
        except (Exception, TooLong) as error:
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame.name for frame in where]
            sort = type(error).__name__ if isinstance(error, TooLong) else f"{type(error).__name__} in {ours[-1]}"
            if isinstance(error, AssertionError):
                sort += f": {str(error).partition(':')[0]}"
            return manner, sort, "".join(traceback.format_exception(error))
    return None


def smaller(content: bytes, fails: Callable[[bytes], bool], seconds: float = 20) -> bytes:
    """The least part of `content`, found by leaving halves, quarters and so on out, that still fails."""
    end = time.monotonic() + seconds
    size = len(content) // 2
    while size and time.monotonic() < end:
        at = 0
        while at < len(content) and time.monotonic() < end:
            rest = content[:at] + content[at + size :]
            if fails(rest):
                content = rest
            else:
                at += size
        size //= 2
    return content


def fuzz(
    seeds: Sequence[bytes], numbers: Sequence[int], seed: int, seconds: float, told: Callable[[str], None] = print
) -> dict[int, tuple[bytes, str]]:
    """What fails of these mutants: each with its least form and what is to be said about it."""
    found: dict[int, tuple[bytes, str]] = {}
    sorts: set[str] = set()
    for number in numbers:
        content = mutant(seeds, seed, number)
        trouble = failure(content, seconds)
        if not trouble:
            continue
        manner, sort, about = trouble
        if sort in sorts:
            told(f"seed {seed} mutant {number}: {sort} again")
            found[number] = content, f"{sort} again"
            continue
        sorts.add(sort)

        def alike(rest: bytes, manner: str = manner, sort: str = sort) -> bool:
            other = failure(rest, seconds)
            return other is not None and other[1] == sort

        least = smaller(content, alike)
        told(f"seed {seed} mutant {number}, read in the manner “{manner}”: {sort}\n{about}\n{least[:400]!r}")
        found[number] = least, f"{sort}\n{about}"
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant")
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path("mutants"), help="where mutants that fail are written")
    parser.add_argument("folders", nargs="*", type=Path)
    told = parser.parse_args(arguments)
    seeds = files_of(told.folders or own_folders()) + generated()
    print(f"{len(seeds)} files, {sum(map(len, seeds)) / 1e6:.1f} MB", flush=True)
    start, failed = time.monotonic(), 0
    for first in range(told.first, told.first + told.mutants, 1000):
        numbers = range(first, min(first + 1000, told.first + told.mutants))
        for number, (content, about) in fuzz(seeds, numbers, told.seed, told.seconds).items():
            failed += 1
            told.keep.mkdir(exist_ok=True, parents=True)
            (told.keep / f"{told.seed}-{number}.bin").write_bytes(content)
            (told.keep / f"{told.seed}-{number}.txt").write_text(about, "utf-8")
        print(f"{numbers[-1] + 1} mutants, {failed} failed, {time.monotonic() - start:.0f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
