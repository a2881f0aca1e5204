"""Whether a prompt was put in other words where it stands, and its answer stayed: as a learner mends a question.

What asks, and what an answer that stayed tells anyway, is left aside: "Define X" is "What is X?". The words that are
left are paired where one is bent, derived from the other, an abbreviation of it, or says the same.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from studytool.notes.lexicon import EMPTY, NEGATIONS, WEAK, is_glyph, is_hard, kin, opposite
from studytool.notes.likeness import CONTRARY
from studytool.notes.synonyms import ASKED, FRAME, PERHAPS, alike
from studytool.notes.wording import bears
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytool.notes.likeness import Likeness
    from studytool.notes.same_place import Notes
    from studytool.notes.side import Side
    from studytool.notes.wording import Words

_LONGEST = 60
"""Words up to which a prompt is a question, each word of which is compared with each."""
_ROOT, _LONG_ROOT = 4, 5
"""Letters that two words of one family begin with: where known endings follow, and where any do."""
_ENDINGS = word_set(
    "s es e ed d er ers or ors ing ion ions ation ations ition al ally ance ence ancy ency ment ments ive able ible "
    "ous "
    "ity ties ies y ly ure ness ical ic en n t te ten tet et st ung ungen ig isch lich keit heit in r ern em "
    "ée és ées é er ait ent eur euse ement ique ación ción ado ada ados adas ido ida ar ir ó ió o a os as an tion teur "
    "dor dora ment is tor tors rt iert ieren ise ised ize ized ising izing"
)
_DERIVED = (
    ("ission", "it"),
    ("ision", "id"),
    ("usion", "ud"),
    ("ersion", "ert"),
    ("orption", "orb"),
    ("ription", "rib"),
    ("uction", "uc"),
    ("eption", "eiv"),
    ("ension", "end"),
    ("olution", "olv"),
    ("tted", "t"),
    ("tting", "t"),
    ("itter", "it"),
)
"""Endings of nouns and what their verbs have in place of them."""
_SCIENCE = re.compile(r"(?:ate|ite|ide|ane|ene|ine|yne|ose|ase|ol|al|ium|on)\Z")
"""Endings that make one substance of another."""
_AGENT = (("er", "ee"), ("or", "ee"))
_PASSIVE = word_set("by von durch par por per da")
_DOES = word_set("do does did")
_WHO = word_set("who wer qui quién quien")
_WHOM = word_set("whom wen wem")
_HEADED = word_set("which what whose welche welcher welches welchem welchen quel quelle quels quelles qué")
_VOWELS = str.maketrans("", "", "aeiouyäöüáéíóúàèùâêîôûëï")
_BENT = re.compile(r"(?:en|et|est|st|te|ten|e|n|t|s|ed)\Z")
_BEHIND = word_set("in at on of for from under with im in am bei von auf für en à au dans de sous chez a")
_OF = word_set("of for that why de von")
_ELIDED = re.compile(r"(?<![^\W_])([cdjlmnst])['’](?=[^\W_])")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z][A-Za-z]{0,2}[A-Z]{1,4}s?(?![^\W_])")


class _Change(NamedTuple):
    """What is left of two prompts, in order: words of both by their place, and those of one only."""

    common: list[tuple[int, int]]
    gone: list[str]
    come: list[str]
    perhaps: tuple[bool, bool]
    """Whether words that may ask, and may name a thing, are left of either."""


def reworded(old: Side, new: Side, asked: Likeness, notes: Notes) -> bool:
    """Whether two prompts with the same answer, the one where the other was, ask the same thing in other words."""
    one, other = old.prompt, new.prompt
    if max(len(one.form), len(other.form)) > _LONGEST or (old.titled and new.titled):
        return False
    if not notes.in_place(old.card, new.card) or asked.formula or one.negations != other.negations:
        return False
    if asked.turned and asked.turned in CONTRARY and asked.turned != "swapped":
        return False
    bearing = bears(old.answer, new.answer)
    change = _change(one, other)
    if not change.common or any(map(is_hard, (*change.gone, *change.come))):
        return False
    if roles_changed(one, other) or (asked.turned == "swapped" and not _turned_passive(one, other)):
        return False
    if not change.gone and not change.come:
        return not old.answer.agrees or not _reversed(change)
    if old.answer.agrees or not notes.nowhere_else(old.card, new.card):
        return False
    if not bearing:
        return len(change.common) > 1 and _told_behind(one, other, change)
    if change.gone and change.come:
        heads = _headed(one), _headed(other)
        return change.gone == [heads[0]] and change.come == [heads[1]] and len(change.common) > 1
    if change.perhaps[bool(change.gone)]:
        return False  # "makes a list" and "makes a tuple"
    return len(change.gone) + len(change.come) <= max(len(change.common), 1) + (bearing > 2)


def roles_changed(one: Words, other: Words) -> bool:
    """Whether one asks who does something, and the other to whom it is done."""
    if (
        max(len(one.form), len(other.form)) > _LONGEST
        or not _PASSIVE.isdisjoint(one.all)
        or not _PASSIVE.isdisjoint(other.all)
    ):
        return False
    asking = [(not _WHO.isdisjoint(words.all), not _WHOM.isdisjoint(words.all)) for words in (one, other)]
    if asking in ([(True, False), (False, True)], [(False, True), (True, False)]):
        return True
    if _WHO.isdisjoint(one.all) or _WHO.isdisjoint(other.all):
        return False
    return _DOES.isdisjoint(one.all) != _DOES.isdisjoint(other.all) and _reversed(_change(one, other))


def _turned_passive(one: Words, other: Words) -> bool:
    return _PASSIVE.isdisjoint(one.all) != _PASSIVE.isdisjoint(other.all)


def _reversed(change: _Change) -> bool:
    """Whether two words of both come in another order."""
    places = [to for _, to in sorted(change.common)]
    return places != sorted(places)


def _told_behind(one: Words, other: Words, change: _Change) -> bool:
    """Whether the longer of two prompts only goes on with a word or two behind a preposition."""
    extra = change.gone or change.come
    if (change.gone and change.come) or len(extra) > 2:
        return False
    form = (one if change.gone else other).form
    return form[-len(extra) :] == tuple(extra) and form[-len(extra) - 1 : -len(extra)][0] in _BEHIND


def _headed(words: Words) -> str:
    """What is asked for by its kind, as in "which enzyme"; empty where nothing is."""
    pairs = zip(words.all, words.all[1:], strict=False)
    return next((told for asking, told in pairs if asking in _HEADED and _tells(told)), "")


def _tells(token: str) -> bool:
    return token not in EMPTY and token not in WEAK and token not in FRAME


def _change(one: Words, other: Words) -> _Change:
    gone, come = _in_full(one, other)
    common: list[tuple[int, int]] = []
    for same in (str.__eq__, _family):
        for at, token in enumerate(gone):
            if any(at == before for before, _ in common):
                continue
            taken = {to for _, to in common}
            free = ((to, told) for to, told in enumerate(come) if to not in taken and same(token, told))
            found = next((to for to, told in free if not _name_for_another(one, other, token, told)), None)
            if found is not None:
                common.append((at, found))
    kept, held = ({pair[side] for pair in common} for side in (0, 1))
    return _Change(
        common,
        [token for at, token in enumerate(gone) if at not in kept and _says(token)],
        [token for at, token in enumerate(come) if at not in held and _says(token)],
        (
            any(token in PERHAPS for at, token in enumerate(gone) if at not in kept),
            any(token in PERHAPS for at, token in enumerate(come) if at not in held),
        ),
    )


def _name_for_another(one: Words, other: Words, token: str, told: str) -> bool:
    """Whether a name in capitals is another one: HTTP and HTTPS."""
    return token != told and (token in one.capitals or told in other.capitals) and not alike(token, told)


def _says(token: str) -> bool:
    return token not in FRAME and token not in PERHAPS  # no stem: "hated" is not "hat"


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


@lru_cache(maxsize=1 << 12)
def _family(one: str, other: str) -> bool:
    """Whether one word is the other bent, derived from it, mistyped, or says the same."""
    if is_hard(one) or is_hard(other) or is_glyph(one[0]) or is_glyph(other[0]) or opposite(one, other):
        return False
    if one in NEGATIONS or other in NEGATIONS or one[0] == "@" or other[0] == "@":
        return False
    if alike(one, other):
        return True
    return any(_one_root(*pair) for pair in product(_roots(one), _roots(other)))


def _roots(word: str) -> Iterable[str]:
    """A word, and what it is made of: "gemessen" of "messen", "emission" of "emit"."""
    yield word
    if word.startswith("ge") and len(word) > 5:
        yield word[2:]
    for ending, verb in _DERIVED:
        if word.endswith(ending):
            yield word[: -len(ending)] + verb


def _one_root(one: str, other: str) -> bool:
    if one == other:
        return True
    if _SCIENCE.search(one) and _SCIENCE.search(other) and abs(len(one) - len(other)) < 2:
        return False
    if any((one.endswith(a) and other.endswith(b)) or (one.endswith(b) and other.endswith(a)) for a, b in _AGENT):
        return False
    if kin(one, other) >= 0.8:
        return True
    shared = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    shared = min(len(one), len(other)) if shared is None else shared
    if shared >= _LONG_ROOT and 2 * shared >= max(len(one), len(other)):
        return True
    if shared >= _ROOT and {one[shared:], other[shared:]} <= _ENDINGS | {""}:
        return True
    first, second = _skeleton(one), _skeleton(other)
    return first == second and len(first) > 1 and one[0] == other[0] and abs(len(one) - len(other)) < 4


def _skeleton(word: str) -> str:
    """The consonants of a verb without its ending, each once: what "sing", "sang" and "sung" share."""
    bare = _BENT.sub("", unicodedata.normalize("NFC", word)) if len(word) > 4 else word.rstrip("es")
    letters = bare.translate(_VOWELS)
    return "".join(letter for at, letter in enumerate(letters) if letters[at - 1 : at] != letter)
