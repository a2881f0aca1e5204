"""Cards that were answered and are none any more though the notes still have them: the learner is told of these.

Who deletes a card knows it. Where what it asks stands in its note still, in whatever form, it went by a slip. One that
was put into another note in other words, which may be another question, begins anew there.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterator, Sequence

    from studytool.desk.edited import Edited
    from studytool.desk.gone import Places
    from studytool.memory import Memory
    from studytool.memory.pieces import Aside
    from studytool.notes.model import Library
    from studytool.notes.relink import Known

_NAMED = 20
"""Of so many cards that are gone at once it is told which they are."""
_TELLING, _LONG = 4, 24
"""So many words one after the other, or characters, stand in another place by no chance."""
_BESIDE = 8
"""Where a short prompt stands, its answer begins within so many words."""
_WORD, _BLANK = re.compile(r"[^\W_]+"), re.compile(r"\[[^\]]*\]|…|_{2,}")
_LEADING = re.compile(r"\[\[[^\[\]|\n]{1,200}\||\{\{c\d+::")
"""Where a link leads that has words of its own, and what numbers a gap."""
_BEFORE, _AFTER = r"(?:\A\s*|[^\w\s,'’][\W_]{0,9})", r"(?![^\W_]|,?\s+\w)"
"""What a prompt of few words stands between."""
_ALIKE = 0.5
"""What a card and one that was made of it share at least, as a rule."""
_SMALL = 2
"""Letters of words that stand anywhere."""


def still_there(
    gone: Collection[str], memory: Memory, places: Places, aside: Aside
) -> Generator[str | None, None, dict[str, str]]:
    """What cards ask that were answered and are gone from the library, but stand in their notes; by their keys.

    Nothing where very many are gone. The notes are read `aside`.
    """
    known: list[Known] = []
    with suppress(StudytoolError):  # the log cannot be read just now
        answered = sorted(key for key in gone if memory.state(key)) if len(gone) <= _NAMED else []
        known = [one.card for key in answered if (one := places.gone(key, memory.text(key)))]  # its note can be read
    return (yield from aside(partial(_standing, known))) if known else {}


def put_elsewhere(
    edited: Edited, gone: Collection[str], places: Places, library: Library, memory: Memory
) -> Generator[None, None, dict[str, str]]:
    """What cards ask that were answered and have gone from their notes, while another note has one much alike.

    By their keys. One of the two is news of the edit: it brought the like of what went before, or took away that of
    which the like came before. Of very many, the latest count; nothing where very many are new.
    """
    from studytool.notes.likeness import compare
    from studytool.notes.wording import Words

    found: dict[str, str] = {}
    if not edited.stood or len(edited.new) > _NAMED:
        return found
    news = {*edited.new, *gone}
    came: list[tuple[str, str, Words]] = []
    for key in [*edited.came][-_NAMED:]:
        yield None
        if not memory.is_learned(key) and (card := library.card(key)):
            came.append((key, os.path.abspath(card.span.path), Words(f"{card.front}\n{card.back}")))
    with suppress(StudytoolError):  # the log cannot be read just now
        answered = (key for key in reversed([*edited.stood]) if came and memory.is_learned(key) and memory.state(key))
        for key in islice(answered, _NAMED):
            yield None
            others = [words for new, note, words in came if note != edited.stood[key] and {key, new} & news]
            if others and (one := places.gone(key, memory.text(key))):  # else its note cannot be read
                own = Words(f"{one.card.front}\n{one.card.back}")
                if any(compare(own, other).shared >= _ALIKE for other in others):
                    found[key] = one.card.front
    return found


def _standing(cards: Sequence[Known]) -> dict[str, str]:
    lines = {path: _lines_of(path) for path in {card.path for card in cards}}
    said = {path: f" {' '.join(word for line in told for word in _words(line))} " for path, told in lines.items()}
    return {card.key: card.front for card in cards if _stands(card, lines[card.path], said[card.path])}


def _stands(card: Known, lines: Sequence[str], said: str) -> bool:
    """Whether a note, its `lines` and all its words, has what a card asks.

    Options, and what is to be put in order, stand in the note otherwise than below the question. A few words stand
    anywhere: they count where a prompt may stand, with the answer beside them.
    """
    asked = card.front.strip().partition("\n\n")[0]
    parts = [_words(part) for part in _BLANK.split(asked)]
    words = max(parts, key=len)
    if f" {' '.join(words)} " not in said:
        return False
    if len(words) >= _TELLING or len(" ".join(words)) >= _LONG:
        return True
    answer = _words(card.back)
    if len(parts) > 1:
        return f" {' '.join(_words(_BLANK.sub(lambda _: f' {card.back} ', asked)))} " in said
    telling = {word for word in answer if len(word) > _SMALL} or set(answer)
    return any(
        4 * len(telling.intersection(beside)) >= 3 * len(telling)
        for beside in _beside(words, lines, 2 * len(answer) + _BESIDE)
    )


def _beside(words: Sequence[str], lines: Sequence[str], number: int) -> Iterator[list[str]]:
    """The words around each place of a note at which `words` may be a prompt: after them, and before on their line.

    They begin a line, or follow a mark, and no other word goes on from them.
    """
    prompt = re.compile(_BEFORE + r"[\W_]{1,9}".join(map(re.escape, words)) + _AFTER)
    near = 40 * (number + 1)  # characters of so many words
    for at, line in enumerate(lines):
        for found in prompt.finditer(line):
            after = _words(line[found.end() : found.end() + near])
            for below in islice(lines, at + 1, at + 1 + near):
                if len(after) >= number:
                    break
                after += _words(below[:near])
            yield [*_words(line[max(found.start() - near, 0) : found.start()])[-number:], *after[:number]]


def _words(text: str) -> list[str]:
    """In lower case; of a link, those that are read."""
    return _WORD.findall(_read(text))


def _read(text: str) -> str:
    return _LEADING.sub("[[", text).casefold()


def _lines_of(path: str) -> list[str]:
    try:
        return [_read(line) for line in Path(path).read_text("utf-8", "replace").splitlines()]
    except OSError:
        return []
