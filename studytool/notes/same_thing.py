"""Whether the titles and headings of two cards tell of one thing, or of two."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.lexicon import JOINING
from studytool.notes.likeness import CONTRARY, Likeness, compare
from studytool.notes.refrain import CHAPTER
from studytool.notes.wording import Words, bears

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side

_VALUE = 3
"""Words up to which an answer is a value, in place of which another one stands for another thing."""
_ASKED = 3
"""Words from which a prompt that is a heading as well is one question."""
_JOINS = JOINING | {"và"}
_LONG, _HARDLY = 20, 0.9
"""Words from which an answer is known in another note too, and how much of it has to stay."""
_COMMON = 2
"""Words that two answers of one thing have in common."""
_SPELT = re.compile(r"`[^`\n]+`|\$[^$\n]+\$|\w{1,40}\([^()\n]*\)|\w{0,40}[a-z][A-Z]\w{0,40}")
"""A name that no plain word is spelt like: code, a formula, "g(x)", "TensorFlow"."""
_WHAT_IS = re.compile(r"\W{0,9}what (?:is|are) (?!the\b|your\b|our\b)", re.IGNORECASE)
_AROUND = " *_:.?"
_INSIDE = re.compile(r"[?？.:]\s*\w")
"""Where a sentence ends before another."""
_SENTENCE, _NEARLY = 8, 2 / 3
"""Words below which an answer with "not" put in is its contrary, where so much of both is the same."""


def under_another(old: Side, new: Side, told: Likeness, together: bool) -> bool:
    """Whether the same is asked of another thing: a word of the topic, or of the heading, was put for another.

    The topic of a note that was renamed may be any, and an answer of many words that stayed is that of one thing.
    """
    if not old.titled or not new.titled or not old.titled[1].same(new.titled[1]):
        return False
    bearing = bears(old.answer, new.answer)
    if (told.shared == 1.0 and bearing >= 12) or goes_along(old, new, told):
        return False
    if bool(old.titled[0].text) != bool(new.titled[0].text) and (told.shared < 1.0 or bearing < 3):
        return True  # a heading that was put in, or taken out, tells of what an answer told
    names = [(old.titled[0], new.titled[0])]
    if not together or old.card.path == new.card.path:
        names.append((Words(old.card.topic), Words(new.card.topic)))
    return any(found.removed and found.added for found in (compare(one, other) for one, other in names))


def goes_along(old: Side, new: Side, told: Likeness) -> bool:
    """Whether two prompts differ in the title that they begin with, and a long answer is hardly another one.

    The words of the titles are in nothing that the answers gained or lost.
    """
    if not old.titled or not new.titled or told.turned or told.shared < _HARDLY:
        return False
    if bears(old.answer, new.answer) < _LONG or not old.titled[1].same(new.titled[1]):
        return False
    titles = compare(Words(old.card.topic), Words(new.card.topic))
    return (titles.removed | titles.added).isdisjoint(told.removed | told.added)


def names_itself(old: Side, new: Side, notes: Notes) -> bool:
    """Whether a prompt names its thing under any heading: a piece of code, a formula, or the subject of its note.

    It stands once in its note, and in no other, and the answers have words in common. So does a question what a thing
    is, which may be asked elsewhere, too.
    """
    subject = old.subject & new.subject
    common = (old.answer.stems & new.answer.stems) - old.prompt.stems - subject
    asked = all(_WHAT_IS.match(side.card.front) and not side.prompt.leans for side in (old, new))
    if not asked and not _SPELT.fullmatch(old.card.front.strip(_AROUND)) and old.prompt.stems.isdisjoint(subject):
        return False
    if len(common) < _COMMON or not notes.once(old.card, new.card):
        return False
    return asked or not notes.in_several(old.card)


def asked_above(one: Side, other: Side) -> bool:
    """Whether the prompt of one card, of a few words, is a heading that only the other card stands under.

    A single question whose subject the other prompt names ("What is a moor?", and "Moor" under it) is none such.
    """
    prompt = one.prompt.form
    if len(prompt) < _ASKED or one.card.context == other.card.context:
        return False
    single = _JOINS.isdisjoint(prompt) and _INSIDE.search(one.prompt.text) is None
    if single and other.prompt.stems <= one.prompt.stems:
        return False
    titles = (title for title in other.card.context.split(" / ") if title not in one.card.context)
    return any(stands_in(prompt, Words(title).form) for title in titles)


def stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` stands in `whole` as it is."""
    return any(tuple(whole[at : at + len(part)]) == tuple(part) for at in range(len(whole) - len(part) + 1))


def retitled(old: Side, new: Side) -> bool:
    """Whether two prompts differ in the title that they begin with, and the answer has enough words to tell."""
    if not old.titled or not new.titled or bears(old.answer, new.answer) < 6:
        return False
    return old.titled[1].same(new.titled[1])


def named_anew(old: Side, new: Side, notes: Notes) -> bool:
    """Whether two prompts differ in nothing but the title of their note, which most of its cards stood through.

    Where the answer has enough words to tell, most of the answers are enough.
    """
    if not old.titled or not new.titled or not all(map(Words.same, old.titled, new.titled)):
        return False
    return notes.retitled(old.card, new.card, answers=bears(old.answer, new.answer) >= 6)


def named_otherwise(before: str, now: str) -> bool:
    """Whether words of a title, or of the headings above a card, were put for others."""
    found = compare(Words(before), Words(now))
    return bool(found.removed and found.added)


def _numbers(words: Words) -> list[str]:
    return [token for token in words.all if token[0].isdigit()]


def of_another(old: Side, new: Side, told: Likeness) -> bool:
    """Whether an answer that changed tells of another thing than before, as the headings above it do.

    A prompt that names its thing, with a name or a word of those headings, asks of that under any of them.
    """
    before, now = (side.card.context.split(" / ") for side in (old, new))
    above, below = (
        Words(" ".join(title for title in one if title not in other)) for one, other in ((before, now), (now, before))
    )
    bearing = bears(old.answer, new.answer)
    brief = told.contained < 0.9 and bearing < 20
    contrary = told.turned in CONTRARY and (brief or (bearing < _SENTENCE and told.shared >= _NEARLY))
    if not above.text or not below.text or (told.shared >= 0.85 and not contrary):
        return False
    general = old.prompt.general
    if not general and (old.prompt.names or not old.prompt.stems.isdisjoint(above.stems | below.stems)):
        return False
    headings = compare(above, below)
    if not headings.removed or not headings.added:
        return False
    if headings.shared < 0.7 or headings.turned in CONTRARY:
        named = all(CHAPTER.sub("", words.text).strip() for words in (above, below))  # "Week" names nothing
        counted = _numbers(above) != _numbers(below)
        if (contrary and (named or counted)) or (
            not told.shared and max(len(side.answer.form) for side in (old, new)) <= _VALUE
        ):
            return True
        if not headings.removed.isdisjoint(told.removed) and not headings.added.isdisjoint(told.added):
            return True
        if brief and told.turned in ("name", "number"):
            return True
    if not general:
        return False
    kept = told.contained >= 0.9 or (told.contained >= 0.6 and bearing >= 20)
    return told.shared < 0.6 and not kept
