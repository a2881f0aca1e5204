"""Who acts in a question, and who is acted upon: "What inhibits leptin?" is not "What does leptin inhibit?"."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studytool.notes.irregular import FORMS, PARTICIPLES
from studytool.notes.lexicon import is_glyph, kin
from studytool.notes.words import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.wording import Words

Role = Literal["", "acts", "undergoes", "is", "of"]
"""What the word that asks stands for, empty where it cannot be told: "of" in "Whose son is he?"."""

_CUES = {
    "en": word_set(
        "the of is are was were what which who whom whose how why where when does do did an in to by for it can be name"
    ),
    "de": word_set(
        "der die das den dem des ein eine einen einem ist sind was wer wen wem welche welcher welches welchen welchem "
        "wie warum wann wo wird werden wurde wurden von und im am beim zum zur definiere nenne erkläre"
    ),
    "fr": word_set(
        "le la les un une des du de est sont que qui qu quel quelle quels quelles quand où pourquoi comment combien et "
        "dans par à au"
    ),
    "es": word_set(
        "el la los las un una del de es son qué quién cuál cuáles cuándo dónde cómo cuánto cuántos cuántas y en por al "
        "se"
    ),
}
_DOES = word_set("do does did")
_BE = word_set("is are was were be been being")
_WHETHER = word_set("is are was were do does did can could has have had will would should may might must")
_DETERMINERS = word_set("the a an its their his her this that of in on at to from for with and or")
_ADVERBS = word_set("also not usually often first mostly mainly commonly always never only still now then normally")
_NAMING = word_set("credited called known named meant defined said supposed")
"""Participles that only ask."""
_NO_PARTICIPLES = word_set("need seed speed breed species hundred red bed indeed feed bleed")
_CLAUSES = word_set("when if that while because where")
_HAPPENING = word_set("happens happen happened occurs occur occurred exists exist")
_PREPOSITIONS = word_set("in on at of for from with to under during into about over after before through within per")
_WIRD = word_set("wird werden wurde wurden worden")
_WERE_DE = word_set("ist sind war waren")
_MAKING = re.compile(
    r"(?:ge)?(?:gründ|schr[ie]+b|mal|bau|erf[aiu]nd|entdeck|komponier|erschuf|erschaff|entw[ia]rf|entwickel)"
)
_FR_BE = word_set("est sont été fut furent était étaient")
_ES_BE = word_set("es son fue fueron sido era eran")
_WHO = word_set("кто хто kto kdo chi quem qui quién")
_WHO_BENT = {
    **dict.fromkeys(word_set("кого koho kogo"), "whom"),
    **dict.fromkeys(word_set("кому komu"), "to whom"),
    **dict.fromkeys(word_set("кем ким kim kým"), "by"),
}
"""Forms of the word for who, by what they stand for; alone, the third one stands for who acts, in the passive."""
_BY_WHOM = word_set("da por par przez")
_SMALL = 4
"""Letters up to which a word may be an article that a preposition is part of: "alla regina", "la regina"."""
_FOR_WHOM = word_set("a à de di con avec para pour per su sur у с от к о об за для из na od z dla k s o przy do")
_CHINESE_ASKING = re.compile("谁|誰|哪[一]?[个個种種位些](?!地方|时候)|什么(?!时候|地方|原因|样)|何(?![时處处地为])")
_SILENT_CHINESE = frozenset("是的了过過")


def tongue(words: Words) -> str:
    """The language of a text, by its small words: "en", "de", "fr", "es"; empty where none, or two, have most."""
    found = {name: sum(token in cues for token in words.all) for name, cues in _CUES.items()}
    best = max(found.values())
    most = [name for name, count in found.items() if count == best]
    return most[0] if best and len(most) == 1 else ""


def roles_turned(one: Words, other: Words) -> bool:
    """Whether one of two questions of the same words asks who acts, and the other who is acted upon."""
    if any(is_glyph(token[0]) for token in one.all[:3] + one.all[-3:]):
        return _turned_in_chinese(one, other)
    language = tongue(one)
    if language != tongue(other):
        return False
    if language == "en" and not _WHETHER.isdisjoint(one.all[:1]) and not _WHETHER.isdisjoint(other.all[:1]):
        return False
    roles = {_role(words, language) for words in (one, other)}
    return roles in ({"acts", "undergoes"}, {"is", "of"})


def asked_of_another(one: Words, other: Words) -> bool:
    """Whether two questions of the same words, bent or not, ask for who acts and for whom, as their pronouns tell."""
    cases = _whom(one), _whom(other)
    if "" in cases or cases[0] == cases[1] or set(cases) == {"acts", "by"}:
        return False
    texts = [[token for token in words.all if token not in _WHO and token not in _WHO_BENT] for words in (one, other)]
    return all(
        len(a) <= _SMALL or any(a == b or kin(a, b) for b in those)
        for these, those in (texts, texts[::-1])
        for a in these
    )


def _whom(words: Words) -> str:
    """How a question asks for somebody: "acts", or its preposition and the form of the word for who."""
    asking = next((at for at, token in enumerate(words.all[:2]) if token in _WHO or token in _WHO_BENT), None)
    if asking is None:
        return ""
    before, bent = words.all[0].casefold() if asking else "", _WHO_BENT.get(words.all[asking], "")
    if before in _BY_WHOM or (bent == "by" and before not in _FOR_WHOM):
        return "by"
    return f"{before if before in _FOR_WHOM else ''} {bent}".strip() or "acts"


def passive(words: Words) -> str:
    """The participle of an English text in the passive; empty where there is none."""
    tokens = words.all
    be = next((at for at, token in enumerate(tokens) if token in _BE), None)
    at = None if be is None else _participle(tokens, be + 1)
    return "" if at is None else tokens[at]


def _participle(tokens: Sequence[str], start: int) -> int | None:
    for at in range(start, len(tokens)):
        token = tokens[at]
        if token in ("which", "who", "that"):
            return None
        formed = (token.endswith("ed") and len(token) > 3 and token not in _NO_PARTICIPLES) or token in PARTICIPLES
        if formed and tokens[at - 1] not in _DETERMINERS:
            return at
    return None


def _role(words: Words, language: str) -> Role:
    tokens = words.all
    if language == "en":
        return _in_english(tokens, words.text)
    if language == "de":
        return _in_german(tokens)
    if language == "fr":
        return _in_french(tokens)
    if language == "es":
        return _in_spanish(tokens)
    return ""


def _in_english(tokens: Sequence[str], text: str) -> Role:
    if tokens[:1] == ("whom",):
        return "undergoes"
    if tokens[:1] == ("whose",):
        return "of" if len(tokens) > 3 and tokens[2] in _BE else ""
    asking = next((at for at, token in enumerate(tokens) if token in ("what", "which", "who", "whom")), None)
    if tokens[:4] == ("what", "is", "the", "cause"):
        return "acts"
    if re.match(r"\W*wh\w+['’]s\b", text, re.IGNORECASE):
        return ""
    if asking is None:
        return ""
    before = tokens[asking - 1] if asking else ""
    if before == "by" or tokens[-1] == "by":
        return "acts"
    if before == "of" and not _BE.isdisjoint(tokens[:asking]) and len(tokens) - asking < 3:
        return "of"
    if before in _PREPOSITIONS:
        return ""
    if asking:
        return "undergoes" if len(tokens) - asking < 3 and _BE.isdisjoint(tokens) else ""
    tokens = tokens[: next((at for at, token in enumerate(tokens) if at > 1 and token in _CLAUSES), len(tokens))]
    verb = next((at for at, token in enumerate(tokens) if token in _BE or token in _DOES), None)
    if verb is None:
        return "" if not _HAPPENING.isdisjoint(tokens) else "acts"
    if tokens[verb] in _DOES:
        return "undergoes"
    at = _participle(tokens, verb + 1)
    if at is not None and tokens[at] in _NAMING:
        return ""
    if at is None:
        related = "of" in tokens[verb:] or re.search(r"['’]s\s+\w+\W*\Z", text)
        return "is" if related and verb <= 2 and "what" not in tokens else ""
    return "undergoes" if all(token in _ADVERBS for token in tokens[verb + 1 : at]) else ""


def _in_german(tokens: Sequence[str]) -> Role:
    asking = next((at for at, t in enumerate(tokens) if t in ("wer", "wen", "was", "wem") or t[:5] == "welch"), None)
    if asking is None:
        return ""
    word, before = tokens[asking], tokens[asking - 1] if asking else ""
    passive_voice = not _WIRD.isdisjoint(tokens) and (tokens[-1].endswith("t") or "ge" in tokens[-1] or "von" in tokens)
    if before in ("von", "durch"):
        return "acts" if passive_voice else ""
    if asking and len(tokens) - asking > 2:
        return ""
    if asking:
        return "undergoes" if word in ("wen", "was") or word[:5] == "welch" else ""
    if word in ("wen", "welchen"):
        return "undergoes"
    if passive_voice:
        return "undergoes"
    if not _WERE_DE.isdisjoint(tokens[1:3]):
        return ""
    if word in ("wer", "welcher"):
        return "acts"
    verb = 1 if word == "was" else 2
    behind = tokens[verb + 1] if len(tokens) > verb + 1 else ""
    if behind in ("der", "ein", "er") or (word == "was" and len(tokens) > 1 and tokens[1].endswith("en")):
        return "undergoes"
    if behind in ("den", "einen", "ihn"):
        return "acts"
    made = len(tokens) > verb and _MAKING.match(tokens[verb])
    return "acts" if word[:5] == "welch" and not made and len(tokens) > 3 else ""


def _in_french(tokens: Sequence[str]) -> Role:
    asking = next((at for at, t in enumerate(tokens) if t in ("qui", "que", "qu") or t[:4] == "quel"), None)
    if asking is None:
        return ""
    before = tokens[asking - 1] if asking else ""
    if before == "par":
        return "acts"
    if asking:
        return ""
    pairs = list(pairwise(tokens))
    if "par" in tokens and any(a in _FR_BE and (_bent_in_french(b)) for a, b in pairs):
        return "undergoes"
    inverted = any(token in ("il", "elle", "ils", "elles", "on") for token in tokens)
    if tokens[:3] in (("qu", "est", "ce"), ("qui", "est", "ce")):
        return "acts" if "qui" in tokens[3:4] else "undergoes"
    if tokens[0] in ("que", "qu"):
        return "undergoes"
    if tokens[1:2] and tokens[1] in _FR_BE:
        return ""
    return "undergoes" if inverted else "acts"


def _bent_in_french(word: str) -> bool:
    return word.endswith(("é", "ée", "és", "ées", "i", "ie", "is", "ies")) or (
        word in FORMS and word.endswith(("t", "te", "u", "ue", "is", "ise"))
    )


def _in_spanish(tokens: Sequence[str]) -> Role:
    asking = next((at for at, token in enumerate(tokens) if token in ("quién", "qué", "quien")), None)
    if asking is None:
        return ""
    before = tokens[asking - 1] if asking else ""
    pairs = pairwise(tokens)
    passive_voice = any(a in _ES_BE and re.search(r"[ai]d[oa]s?\Z|(?:i[ct]|s)t[oa]s?\Z", b) for a, b in pairs)
    if before == "por":
        return "acts" if passive_voice else ""
    if before == "a":
        return "undergoes"
    if asking:
        return ""
    if passive_voice:
        return "undergoes" if "por" in tokens else ""
    if not _ES_BE.isdisjoint(tokens[1:3]) or "se" in tokens:
        return ""
    if tokens[0] != "qué" or "a" in tokens[2:4] or "al" in tokens[2:4]:
        return "acts"
    if tokens[2:3] and tokens[2] in ("el", "un"):
        return "undergoes"
    return "acts" if len(tokens) > 3 and tokens[2] not in ("la", "los", "las", "una") else ""


def _turned_in_chinese(one: Words, other: Words) -> bool:
    """Whether what is asked for stands before the verb in one, and behind it in the other."""
    if Counter(t for t in one.all if t not in _SILENT_CHINESE) != Counter(
        t for t in other.all if t not in _SILENT_CHINESE
    ):
        return False
    return {_in_chinese(words.text) for words in (one, other)} == {"acts", "undergoes"}


def _in_chinese(text: str) -> Role:
    text = text.strip(" ?？。！\n")
    found = _CHINESE_ASKING.search(text)
    if not found or text[found.end() : found.end() + 1] == "是":
        return ""
    if not found.start() or text[found.start() - 1] in "被由是":
        return "acts" if len(text) > found.end() else ""
    return "undergoes" if "被" not in text and "由" not in text and text[found.start() - 1] not in "有为在叫" else ""
