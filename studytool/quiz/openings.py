"""How prompts and sentences open, in many languages: what is asked, the term, a lean on what stands before."""

from __future__ import annotations

import re

from studytool.quiz.words import fold

_OPENINGS = {
    "what": "what what's define describe explain was definiere beschreibe erkläre que qu'est-ce quel quelle quels "
    "quelles définir définissez qué cuál cuáles define describe explica cosa cos'è che cos quale quali qual quais "
    "definisci descrivi spiega defina descreva explique что какой какая какое какие каков какова каковы опишите "
    "объясните дайте що який яка яке які wat beschrijf definieer co jaki jaka jakie czym wyjaśnij",
    "how": "how wie comment cómo como come как каким як hoe jak",
    "why": "why warum wieso weshalb pourquoi perché por porque почему зачем чому навіщо waarom dlaczego proč",
    "when": "when wann quand cuándo quando where wo où dónde dove onde когда где коли де wanneer waar kiedy gdzie",
    "which": "which who whom whose welche welcher welches wer qui quién quiénes chi quem кто хто wie welke kto który",
    "is": "is are was were does do did can could should would has have ist sind kann",
}
_OPENING_OF = {
    fold(word): kind
    for kind, listed in reversed(_OPENINGS.items())  # the first that lists a word has it
    for word in listed.split()
}
_ARTICLE = (
    r"(?:(?:eine?|einen|der|die|das|den|une?|les?|la|el|los|las|una|uno|il|lo|gli|i|uma?|os?|as?|een|de|het)\s+|"
    r"l['’]|un['’])?"
)
_ASKS_FOR_TERM = re.compile(
    r"(?:(?:what(?:['’]s| is| are)|define|explain|describe)\s+(?:an?\s+|the\s+)?|"
    r"(?:qu['’]est[ -]ce qu(?:e\s+(?:c['’]est\s+que\s+)?|['’])|"
    r"(?:was (?:ist|sind)|definiere|que sont|définir|définissez|¿?\s*qué (?:es|son)|definisci|defina|"
    r"(?:che )?cos['’]\s?è|(?:che )?cosa (?:è|sono)|o que (?:é|são)|что такое|що таке|wat (?:is|zijn)|definieer|"
    r"co to (?:jest|są)|czym (?:jest|są)|co (?:je|jsou))\s+)"
    rf"{_ARTICLE})(.{{2,60}}?)\s*[?.:]?$",
    re.IGNORECASE,
)
_LISTED_LEANING = (
    "this|these|those|such|however|therefore|thus|hence|finally|then|also|so|but|and|another|here|both|for example|"
    "in addition|additionally|moreover|furthermore|instead|otherwise|consequently|as a result|yes|no|"
    "dies|diese|dieser|dieses|daher|deshalb|dadurch|dabei|damit|außerdem|jedoch|somit|zum beispiel|ja|nein|"
    "cela|ceci|cette|donc|ainsi|alors|cependant|toutefois|par exemple|ensuite|enfin|mais|oui|non|"
    "esto|esta|estos|estas|así|entonces|por ejemplo|además|pero|también|sin embargo|por lo tanto|finalmente|sí|"
    "questo|questa|questi|queste|quindi|inoltre|infine|però|così|tuttavia|per esempio|ad esempio|infatti|dunque|"
    "isso|isto|este|esse|essa|esses|essas|assim|portanto|além disso|porém|também|por exemplo|então|sim|não|"
    "это|этот|эта|эти|таким образом|поэтому|также|но|однако|затем|кроме того|например|да|нет|такой|такая|такие|"
    "dit|deze|daarom|dus|ook|maar|echter|dlatego|jednak|również|także|więc|na przykład"
)
LEANING = re.compile(rf"(?:{_LISTED_LEANING})\b", re.IGNORECASE)
"""The beginning of a sentence that leans on the one before: it cannot stand alone."""


def opening(front: str) -> str:
    """The kind of a prompt: what, how, why, when, which, is, other; `term` when it is no question."""
    first = fold(front.split(maxsplit=1)[0].strip(",:¿«\"'")) if front.strip() else ""
    if kind := _OPENING_OF.get(first.replace("’", "'")):
        return kind
    if first == "o" and fold(front).startswith("o que "):
        return "what"
    return "other" if front.endswith(("?", "？")) or len(front.split()) > 8 else "term"


def asked_term(front: str) -> str:
    """What "What is …?" or "Define …" asks about, without its article; empty for any other prompt."""
    match = _ASKS_FOR_TERM.match(front)
    return match[1] if match else ""
