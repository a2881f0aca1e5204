"""Whether a prompt was put in other words where it stands, and its answer stayed: as a learner mends a question.

What asks, and what an answer that stayed tells anyway, is left aside: "Define X" is "What is X?". The words that are
left are paired where one is bent, derived from the other, an abbreviation of it, or says the same.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from studytool.notes.families import family
from studytool.notes.irregular import FORMS
from studytool.notes.lexicon import EMPTY, WEAK, is_hard
from studytool.notes.likeness import CONTRARY
from studytool.notes.roles import tongue
from studytool.notes.synonyms import ASKED, FRAME, PERHAPS, alike, loosely_alike
from studytool.notes.wording import bears
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.likeness import Likeness
    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side
    from studytool.notes.wording import Words

LONGEST = 60
"""Words up to which a prompt is a question, each word of which is compared with each."""
_PASSIVE = word_set("by von durch par por per da")
_HEADED = word_set("which what whose welche welcher welches welchem welchen quel quelle quels quelles qué")
_ARTICLES = word_set("a an any ein eine un une una")
_WHETHER = word_set("is was ist war est était es fue era")
_BOILING = word_set("boiling melting freezing dew")
_POINTING = word_set("one ones left right upper lower first second third other middle inner outer former latter")
_BEHIND = word_set("in at on of for from under with im in am bei von auf für en à au dans de sous chez a")
_BEFORE_A_NOUN = word_set(
    "a an the do does did this that these those its their his her our your my no of in on at to from for with by as "
    "and or which many much is are was were be le la les l un une des du de d au aux est sont ce cette quel quelle "
    "el los las una del al es son en por para con qué"
)
_OF = word_set("of for that why de von")
_ELIDED = re.compile(r"(?<![^\W_])([cdjlmnst])['’](?=[^\W_])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Za-z]{0,2}[A-Z]{1,4}s?(?![^\W_])")


class Change(NamedTuple):
    """What is left of two prompts, in order: words of both by their place, and those of one only."""

    common: list[tuple[int, int]]
    gone: list[str]
    come: list[str]
    perhaps: tuple[bool, bool]
    """Whether words that may ask, and may name a thing, are left of either."""

    @property
    def replaced(self) -> bool:
        """Whether either has words for which the other has others."""
        return all(words or perhaps for words, perhaps in zip((self.gone, self.come), self.perhaps, strict=True)) and (
            bool(self.gone or self.come) or all(self.perhaps)
        )


def reworded(old: Side, new: Side, asked: Likeness, notes: Notes) -> bool:
    """Whether two prompts with the same answer, the one where the other was, ask the same thing in other words."""
    one, other = old.prompt, new.prompt
    if max(len(one.form), len(other.form)) > LONGEST or (old.titled and new.titled):
        return False
    if not notes.in_place(old.card, new.card) or asked.formula or one.negations != other.negations:
        return False
    if asked.turned and asked.turned in CONTRARY and asked.turned != "swapped":
        return False
    bearing = bears(old.answer, new.answer)
    change = change_of(one, other)
    if not change.common or any(map(is_hard, (*change.gone, *change.come))):
        return False
    if asked.turned == "swapped" and not _turned_passive(one, other):
        return False
    if all(change.perhaps):
        return False  # "Who named the cell?" and "Who found the cell?"
    if attributed(one, other):
        return True
    if not change.gone and not change.come:
        return not old.answer.agrees or not _reversed(change)
    if old.answer.agrees or not notes.nowhere_else(old.card, new.card):
        return False
    if not bearing:
        return len(change.common) > 1 and _told_behind(one, other, change)
    if change.gone and change.come:
        if all(token in _POINTING or token[0] == "#" for token in old.answer.content):
            return False  # "Which ventricle?" and "Which atrium?": the left one
        heads = _headed(one), _headed(other)
        return change.gone == [heads[0]] and change.come == [heads[1]] and len(change.common) > 1
    if change.perhaps[bool(change.gone)]:
        return False  # "makes a list" and "makes a tuple"
    return len(change.gone) + len(change.come) <= max(len(change.common), 1) + (bearing > 2)


def attributed(one: Words, other: Words) -> bool:
    """Whether one asks if something is so, and the other if it is a thing that is: "Is 51 a prime number?"."""
    short, long = sorted((one.all, other.all), key=len)
    if len(short) < 3 or len(long) != len(short) + 2 or short[0] not in _WHETHER:
        return False
    return long[:-3] == short[:-1] and long[-3] in _ARTICLES and long[-2] == short[-1]


def _turned_passive(one: Words, other: Words) -> bool:
    return _PASSIVE.isdisjoint(one.all) != _PASSIVE.isdisjoint(other.all)


def _reversed(change: Change) -> bool:
    """Whether two words of both come in another order."""
    places = [to for _, to in sorted(change.common)]
    return places != sorted(places)


def _told_behind(one: Words, other: Words, change: Change) -> bool:
    """Whether the longer of two prompts only goes on with a word or two behind a preposition."""
    extra = change.gone or change.come
    if (change.gone and change.come) or len(extra) > 2:
        return False
    form = (one if change.gone else other).form
    return form[-len(extra) :] == tuple(extra) and form[-len(extra) - 1 : -len(extra)][0] in _BEHIND


def _headed(words: Words) -> str:
    """What is asked for by its kind, as in "which enzyme"; empty where nothing is."""
    return next((told for asking, told in pairwise(words.all) if asking in _HEADED and _tells(told)), "")


def verbs_of(words: Words, language: str) -> frozenset[str]:
    """The words of a text that may be verbs: in German those in small letters, else those behind no small word."""
    if language == "de":
        return frozenset(token for token in words.all if token[:1].isalpha() and token in words.text)
    before = zip(("", *words.all), words.all, strict=False)
    found = frozenset(token for last, token in before if last not in _BEFORE_A_NOUN and token not in WEAK)
    bent = (token for token in words.all if token.endswith("ed") or token in FORMS)
    return found.union(bent) if language == "en" else found


def _tells(token: str) -> bool:
    return token not in EMPTY and token not in WEAK and token not in FRAME


def change_of(one: Words, other: Words) -> Change:
    """Which words two prompts share, also in another form or as a synonym, and which only one of them has."""
    gone, come = _in_full(one, other)
    language = tongue(one) or tongue(other) or "en"
    verbs = verbs_of(one, language) | verbs_of(other, language)
    several = len((set(one.all) ^ set(other.all)) - EMPTY) > 2

    def kindred(token: str, told: str) -> bool:
        verb = not verbs.isdisjoint((token, told))
        return family(token, told, language, verb) or (several and loosely_alike(token, told))

    common: list[tuple[int, int]] = []
    for same in (str.__eq__, kindred):
        for at, token in enumerate(gone):
            if any(at == before for before, _ in common):
                continue
            taken = {to for _, to in common}
            free = ((to, told) for to, told in enumerate(come) if to not in taken and same(token, told))
            found = next((to for to, told in free if not _name_for_another(one, other, token, told)), None)
            if found is not None:
                common.append((at, found))
    kept, held = ({pair[side] for pair in common} for side in (0, 1))
    return Change(
        common,
        [token for at, token in enumerate(gone) if at not in kept and _says(token, one)],
        [token for at, token in enumerate(come) if at not in held and _says(token, other)],
        (
            any(token in PERHAPS for at, token in enumerate(gone) if at not in kept),
            any(token in PERHAPS for at, token in enumerate(come) if at not in held),
        ),
    )


def _name_for_another(one: Words, other: Words, token: str, told: str) -> bool:
    """Whether a name in capitals is another one: HTTP and HTTPS."""
    return token != told and (token in one.capitals or told in other.capitals) and not alike(token, told)


def _says(token: str, words: Words) -> bool:
    """Whether a word is asked about; "a state function" is no function in other words."""
    if token in PERHAPS:
        return any(told == token and last in _ARTICLES for last, told in pairwise(words.all))
    return token not in FRAME  # no stem: "hated" is not "hat"


def _in_full(one: Words, other: Words) -> tuple[list[str], list[str]]:
    """The words of two prompts that tell something, where one writes out what the other abbreviates as one has it."""
    texts = [_words(one), _words(other)]
    for short, long in ((0, 1), (1, 0)):
        for name in _CAPITALS.findall((one, other)[short].text):
            written = name.rstrip("s").casefold()
            if written in texts[short] and written not in texts[long] and (part := _written_out(written, texts[long])):
                at = texts[short].index(written)
                texts[short][at : at + 1] = part
    return tuple([token for token in text if _tells(token) or token in FRAME] for text in texts)  # type: ignore[return-value]


def _words(words: Words) -> list[str]:
    """What a prompt has, without articles that have lost their vowel and nouns that only ask."""
    elided = {found.casefold() for found in _ELIDED.findall(words.text)}
    tokens = [token for token in words.all if token not in elided]
    tokens = [
        "temperature" if last in _BOILING and token == "point" else token for last, token in pairwise(("", *tokens))
    ]
    asking = {
        at
        for at, token in enumerate(tokens)
        if token in ASKED and not (_OF.isdisjoint(tokens[at + 1 : at + 2]) and _HEADED.isdisjoint(tokens[:at][-1:]))
    }
    return [token for at, token in enumerate(tokens) if at not in asking]


def _written_out(name: str, text: Sequence[str]) -> list[str]:
    """The words of a text whose first letters a name is made of, or the one that has them all: UV, ultraviolet."""
    for word in text:
        if len(word) > 2 * len(name) and word[0] == name[0] and _has(word, name):
            return [word]
    for most in (text, [token for token in text if token not in WEAK]):
        initials = "".join(token.lstrip("#")[:1] for token in most)
        if (at := initials.find(name)) >= 0:
            return list(most[at : at + len(name)])
    return []


def _has(word: str, name: str) -> bool:
    """Whether a word has the letters of a name in their order."""
    letters = iter(word)
    return all(letter in letters for letter in name)
