"""How alike two texts are, and whether the difference changes what they ask: a number, a negation, an opposite."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LONGEST = 400  # tokens of a text that are compared; equality is told over all of it
_WORD = (
    r"\[…\]|\\[A-Za-z]+|(?<!\w)[-−]?\d+(?:[.,]\d+)*|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|(?<=[A-Za-z])['#]"
    "|[<>≤≥≠+→←⇒∈∉∀∃∧∨¬∪∩^]|!="
)
_TOKEN = re.compile(f"{_WORD}|!")
_FORMAL_TOKEN = re.compile(f"{_WORD}|[-−*/%=&~!⋅×·]")
_FORMAL = re.compile(r"(`[^`]*`|\$\$?[^$]*\$\$?)")
_RAISED = str.maketrans({sign: f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")})
_READ = 20_000  # characters of a text that are looked at; what comes after has to be equal as it is


def _of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SILENT = _of(
    "mathbf mathrm mathit mathsf mathtt mathcal mathbb mathfrak boldsymbol bm text textbf textit emph operatorname vec "
    "left right big Big bigl bigr displaystyle textstyle limits nolimits quad qquad lVert rVert lvert rvert "
    "Vert vert mid bigm "
    "begin end aligned align label"
)
"""Commands of LaTeX that change how a formula looks and not what it says."""
_COMMANDS = {
    **dict.fromkeys(("frac", "dfrac", "tfrac", "over"), "/"),
    **dict.fromkeys(("cdot", "times", "ast", "×", "⋅", "·"), "*"),
    **dict.fromkeys(("le", "leq"), "≤"),
    **dict.fromkeys(("ge", "geq"), "≥"),
    **dict.fromkeys(("ne", "neq"), "≠"),
    **dict.fromkeys(("to", "rightarrow"), "→"),
    **dict.fromkeys(("Rightarrow", "implies"), "⇒"),
    **dict.fromkeys(("neg", "lnot"), "¬"),
    **dict.fromkeys(("land", "wedge"), "∧"),
    **dict.fromkeys(("lor", "vee"), "∨"),
    **dict.fromkeys(("intercal", "top"), "T"),
    **dict(zip(("lt", "gt", "leftarrow", "in", "notin", "forall", "exists", "cup", "cap"), "<>←∈∉∀∃∪∩", strict=True)),
    **{f"var{letter}": letter for letter in ("epsilon", "phi", "theta", "rho", "sigma", "kappa", "pi")},
}
_FUNCTIONS = _of("sin cos tan cot log ln exp lim int sum prod max min sup inf det tr rank mod gcd sqrt")
_GREEK = _of(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi "
    "psi omega"
)
_COUNT = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMERALS = {
    **{word: str(number) for number, word in enumerate(_COUNT, 2)},
    **{word: f"#{number}" for number, word in enumerate(_ORDER, 1)},
    "last": "#last",
}

_EMPTY = _of(
    "a an the is are was were be been being am do does did has have had please there it its this that these those "
    "der die das ein eine ist sind le la les un une est sont el los las es son il lo gli uno una en et er den det "
    "o os um uma é"
)
"""Words without which a question is the same question."""
_WEAK = _of(
    "of in on at by to for from with as and or but so than then when if while into onto about over under via "
    "per we you "
    "i he she they us me them him one our your their his her can could may might will would should shall must "
    "which what how who "
    "whom whose where why "
    "briefly short exactly actually meaning use used "
    "usually often typically generally commonly simply basically also just very "
    "und oder von zu im auf mit für bei was wie warum wer wo welche welcher de du des et ou dans pour avec que "
    "qui quoi "
    "comment pourquoi quel quelle y del en con por para qué cómo cuál e di da per con che cosa come og af til på hvad "
    "hvordan hvorfor"
)
"""Words that bear little of what is asked."""

_ASKING = {
    **dict.fromkeys(_of("why warum pourquoi perché hvorfor"), "why"),
    **dict.fromkeys(_of("how wie comment cómo hvordan"), "how"),
    **dict.fromkeys(_of("when wann quand cuándo hvornår"), "when"),
    **dict.fromkeys(_of("where wo où dónde hvor"), "where"),
    **dict.fromkeys(_of("who whom whose wer qui quién hvem"), "who"),
}
_WHETHER = _of("is are was were do does did can could has have had will would should may must am")

_NEGATIONS = _of(
    "not no never without none neither nor cannot except unless non nicht kein keine keinen keiner ohne nie ne "
    "pas sans "
    "jamais aucun sin nunca senza mai ikke uden aldrig não sem ≠ ∉ ¬ ! 不 没 无 無 非 未 否"
)
_OPPOSITES = (
    "min max|minimum maximum|minimal maximal|minimise maximise|minimize maximize|argmin argmax|increase decrease|"
    "increasing decreasing|high low|higher lower|highest lowest|large small|larger smaller|largest smallest|big small|"
    "great little|greater less|greater smaller|more less|more fewer|most least|most fewest|positive negative|"
    "true false|"
    "before after|forward backward|forwards backwards|train test|training test|training testing|training inference|"
    "training validation|test validation|input output|encoder decoder|encode decode|encoding decoding|"
    "precision recall|sensitivity specificity|bias variance|upper lower|left right|row column|rows columns|"
    "above below|top bottom|first last|start end|start stop|begin end|open closed|open close|static dynamic|"
    "source target|parent child|local global|internal external|inner outer|pro con|pros cons|benefit drawback|"
    "benefits drawbacks|benefit cost|advantage drawback|strength weakness|strengths weaknesses|strengths limitations|"
    "similar different|similarity difference|similarities differences|same different|lazy eager|hard soft|strong weak|"
    "fast slow|faster slower|sparse dense|discrete continuous|convex concave|prior posterior|sender receiver|"
    "client server|read write|push pull|push pop|insert delete|insertion deletion|add remove|add subtract|"
    "multiply divide|"
    "encrypt decrypt|encryption decryption|public private|primary secondary|vertical horizontal|even odd|always never|"
    "all none|some all|with without|"
    "success failure|succeed fail|active passive|absolute relative|shallow deep|head tail|gain loss|win lose|"
    "numerator denominator|sine cosine|sin cos|tan cot|buy sell|supply demand|cause effect|cause consequence|"
    "causes effects|causes symptoms|rise fall|grow shrink|import export|ascending descending|accept reject|enable "
    "disable|attack defend|arrive depart|acid base|anode cathode|artery vein|mitosis meiosis|north south|east west|"
    "male female|past future|old new|early late|long short|longer shorter|wide narrow|hot cold|warm cool|"
    "expensive cheap|"
    "lossy lossless|actual predicted|dependent independent|generative discriminative|supervised unsupervised|"
    "inter intra|absorb adsorb|absorption adsorption|hyper hypo|micro macro|endothermic exothermic|afferent efferent|"
    "union intersection|width height|rows cols|sum product|sum mean|mean median|mean mode|mean variance|"
    "query key|key value|query value|bottom top|lhs rhs|near far|light dark|light heavy|raise lower|singular plural|"
    "cation anion|oxidation reduction|systolic diastolic|dilate constrict|abduction adduction|prefix suffix|"
    "master slave|leader follower|producer consumer|stack queue|breadth depth|bfs dfs|tcp udp|sql nosql|"
    "大 小|多 少|高 低|上 下|前 后|正 负|增 减|强 弱|有 无|左 右|快 慢|长 短|内 外|入 出|进 出|开 关|真 假|男 女|新 旧"
)
_OPPOSITE: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.split("|"):
    _one, _other = _pair.split()
    _OPPOSITE[_one] = _OPPOSITE.get(_one, frozenset()) | {_other}
    _OPPOSITE[_other] = _OPPOSITE.get(_other, frozenset()) | {_one}
_ALIKE = (
    "say tell state show indicate describe express|call term name|consist made make compose comprise|ensure guarantee "
    "sure|purpose point goal aim role function job|main central key principal core|large big|begin start|end "
    "stop finish|"
    "happen occur|quick fast rapid|method approach technique way algorithm|kind type sort|get obtain receive|"
    "helpful useful|buy "
    "purchase|frequently often|around approximately roughly about|error mistake|select choose pick|compute calculate "
    "evaluate|reduce lower decrease|raise increase|detect notice recognize recognise spot|build construct create|need "
    "require|contain hold include|turn convert transform|allow enable permit let|prevent avoid|difference differ "
    "distinguish|wrong incorrect|right correct|property characteristic|benefit advantage|drawback disadvantage "
    "downside|"
    "part component|important crucial|example instance|image picture|network net|idea concept notion|result outcome "
    "effect|cause reason|mean average|relate connect|regard consider see|depict represent"
)
_SAME: dict[str, frozenset[int]] = {}
_NONE: frozenset[int] = frozenset()
_ENDINGS = _of("an ian n ic al ical ish ese er or ly y ous ion ment ness able ive ity")
_PREFIXES = _of(
    "un non in im ir il dis de anti a over under sub super co pre post semi self multi uni bi auto hyper hypo micro "
    "macro inter intra ex pseudo quasi mono poly counter cross endo exo homo hetero"
)
JOINING = _of("and or vs versus und oder et ou y o e og")
"""What stands between two names whose order says nothing."""
_COMMANDING = _of("define explain describe name list state give tell discuss outline nenne erkläre definiere")
"""Verbs that ask, where they begin a text."""


@dataclass(frozen=True, eq=False)
class Words:
    """A text as it is compared: its tokens, folded, in order. `lead` is the number of a numbered heading."""

    text: str

    @cached_property
    def all(self) -> tuple[str, ...]:
        """Every token: markup, the look of formulas and the case of words are gone; single letters keep theirs."""
        text = unicodedata.normalize("NFKC", _uncommented(self.text[:_READ]).translate(_RAISED)).replace("...", "…")
        return tuple(token for at, part in enumerate(_FORMAL.split(text)) for token in _tokens(part, at % 2 == 1))

    @cached_property
    def lead(self) -> str:
        """The number in front of a question, as in "3. What is …"."""
        found = _LEAD.match(self.text)
        return found[1] if found else ""

    @cached_property
    def form(self) -> tuple[str, ...]:
        """The tokens without those that say nothing, and without the number in front."""
        tokens = self.all
        if self.lead:
            at = tokens.index(self.lead) if self.lead in tokens[:3] else -1
            tokens = tokens[at + 1 :]
        return tuple(token for token in tokens if token not in _EMPTY) or tokens or tuple(self.text.split())

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """The part of `form` that is compared token by token."""
        return self.form[:_LONGEST]

    @cached_property
    def counted(self) -> Counter[str]:
        """The tokens that are compared, counted."""
        return Counter(self.compared)

    @cached_property
    def content(self) -> frozenset[str]:
        """The tokens that bear what is said."""
        first = self.compared[:1]
        return frozenset(t for t in self.compared if t not in _WEAK and (t not in _COMMANDING or first != (t,)))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the words that bear what is said: a quick look at two texts compares only these."""
        return frozenset(_stem(token) for token in self.content)

    @cached_property
    def hard(self) -> Counter[str]:
        """The tokens of which none may differ in what is asked: numbers, letters of formulas, signs."""
        return Counter(token for token in self.compared if _is_hard(token))

    @cached_property
    def asking(self) -> frozenset[str]:
        """The kinds of question in it: why, how, when, where, who, or one for yes and no; what and which are none."""
        found = frozenset(_ASKING[token] for token in self.compared if token in _ASKING)
        return found | {"whether"} if self.all[:1] and self.all[0] in _WHETHER else found

    @cached_property
    def names(self) -> frozenset[str]:
        """The words written as names are, within a sentence; none where every word is, as in a title."""
        text = self.text[:_READ]
        found = [match for match in _NAME.finditer(text) if len(match[0]) > 1 and match[0][0].isupper()]
        plain = any(word[0].islower() and word not in _EMPTY and word not in _WEAK for word in text.split())
        if not plain:
            return frozenset()
        inside = (name[0] for name in found if name[0][1].isupper() or not _begins(text, name.start()))
        return frozenset(token for name in inside for token in _words(name))

    @cached_property
    def negations(self) -> Counter[str]:
        """The negations, counted, whatever their word."""
        return Counter("not" for token in self.compared if token in _NEGATIONS)

    def same(self, other: Words) -> bool:
        """Whether both say the same, token by token; "eigen value" is "eigenvalue"."""
        if self.text[_READ:] != other.text[_READ:]:
            return False
        if self.form == other.form:
            return True
        return not (self.hard or other.hard) and "".join(self.form) == "".join(other.form)

    def after_a_word(self, tokens: frozenset[str]) -> bool:
        """Whether each stands behind a word that bears content, as verbs do; nouns stand behind "the", "of" or "is"."""
        before = zip(("the", *self.all), self.all, strict=False)
        return not any(token in tokens and (last in _EMPTY or last in _WEAK) for last, token in before)

    def weight(self, token: str) -> float:
        """What a token counts for."""
        return 1.0 if token in self.content else 0.25


_NAME = re.compile(r"(?<![^\W_])(?!\d)[^\W\d_]+")
_LEAD = re.compile(r"[\s#*_]{0,12}(?:[Qq](?:uestion)?\s?)?(\d{1,3})\s?[.):](?=\s|\*)")


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins at a place."""
    before = text[max(at - 3, 0) : at].strip()
    return not before or before[-1] in '.?!:;"(*_>#-'


def _uncommented(text: str) -> str:
    """The text without HTML comments."""
    if "<!--" not in text:
        return text
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        parts.append(text[at:start])
        end = text.find("-->", start)
        at = len(text) if end < 0 else end + 3
    return " ".join([*parts, text[at:]])


def _tokens(text: str, formal: bool) -> Iterator[str]:
    """The tokens of prose, or of what stands between backticks or dollars, where every sign counts."""
    for found in (_FORMAL_TOKEN if formal else _TOKEN).finditer(text):
        token = found[0]
        if token[0] == "\\":
            name = token[1:]
            if name == "exp":
                yield from ("e", "^")
            elif name not in _SILENT:
                yield _COMMANDS.get(name, name.casefold() if len(name) > 1 else name)
        elif token in ("a", "A", "I", "i") and formal:
            yield f"${token}"
        elif token == "A":
            before = text[max(found.start() - 2, 0) : found.start()].strip()
            yield "a" if not before or before[-1] in '.?!:;"(*_>' else token  # an article begins a sentence
        elif token[0].isalpha():
            yield from _words(token)
        elif token == "!=":
            yield "≠"
        else:
            yield _COMMANDS.get(token, token.replace(",", ".").replace("−", "-"))


def _words(token: str) -> Iterator[str]:
    if len(token) == 1:
        if token == "I":
            yield token.casefold()
        elif "Ͱ" <= token <= "Ͽ":  # Greek: α is \\alpha
            yield unicodedata.name(token, token).rpartition(" ")[2].casefold()
        else:
            yield token
        return
    if not token.isascii() and any(_is_glyph(letter) for letter in token):
        yield from token  # no spaces between words: each sign for itself
        return
    folded = token.casefold().replace("’", "'")
    if "'" in folded:
        if folded.endswith("n't"):
            yield "not"
            return
        yield from (part for part in folded.split("'") if part not in ("s", "re", "ll", "d", "ve", ""))
    elif folded == "cannot":
        yield from ("can", "not")
    else:
        yield _NUMERALS.get(folded, folded)


def _is_glyph(letter: str) -> bool:
    return "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" or letter >= "\U00020000"


def _is_hard(token: str) -> bool:
    if len(token) > 1:
        return token[0] in "#$-0123456789" or token in _FUNCTIONS or token in _GREEK
    return not _is_glyph(token) and not (token in "àÀéèóòåøíai" and token.isalpha())


@lru_cache(maxsize=1 << 16)
def _stem(token: str) -> str:
    """A crude stem: the plural, the tense and the spelling of a word do not count."""
    stem = token.replace("isation", "ization").replace("our", "or")
    if len(stem) > 3:
        for ending in ("izing", "izes", "ized", "ises", "ised", "ising", "ize", "ise"):
            if stem.endswith(ending) and len(stem) - len(ending) > 2:
                return stem[: -len(ending)] + "iz"
        for ending in ("ies", "ing", "ied", "ed", "es", "s", "e", "y"):
            if stem.endswith(ending) and len(stem) - len(ending) > 2 and not stem.endswith("ss"):
                return stem[: -len(ending)]
    return stem


for _number, _group in enumerate(_ALIKE.split("|")):
    for _word in _group.split():
        for _known in {_word, _stem(_word)}:
            _SAME[_known] = _SAME.get(_known, _NONE) | {_number}


for _word, _contrary in list(_OPPOSITE.items()):  # "rises" and "falls" as well, whose stem is no word
    _OPPOSITE[_stem(_word)] = _OPPOSITE.get(_stem(_word), frozenset()) | _contrary | set(map(_stem, _contrary))


@lru_cache(maxsize=1 << 16)
def kin(one: str, other: str) -> float:
    """How much two different words are the same word, typed, bent or spelt otherwise: 0 to 1."""
    if one[0] != other[0] and (_stem(one) not in _SAME or _stem(other) not in _SAME):
        return 0.0
    if _is_hard(one) or _is_hard(other) or opposite(one, other) or one in _NEGATIONS or other in _NEGATIONS:
        return 0.0
    first, second = _stem(one), _stem(other)
    if first == second:
        return 0.95
    if not _SAME.get(one, _SAME.get(first, _NONE)).isdisjoint(_SAME.get(other, _SAME.get(second, _NONE))):
        return 0.85
    if one[0] != other[0]:
        return 0.0
    from rapidfuzz.distance import OSA  # 17 ms, and only when texts differ

    shorter, longest = min(len(one), len(other)), max(len(one), len(other))
    allowed = 2 if shorter > 8 else 1 if shorter > 4 or (shorter < longest == 5 and one[-1] == other[-1]) else 0
    if allowed and OSA.distance(one, other, score_cutoff=allowed) <= allowed:
        return 0.9
    if shorter > 2 and sorted(one) == sorted(other) and OSA.distance(one, other) == 1:
        return 0.85  # two letters changed places
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shorter)
    if (shared >= 4 and shared >= 0.6 * longest) or shared == shorter >= 5:
        return 0.8
    stem, long = sorted((first, second), key=len)
    return 0.8 if len(stem) > 2 and long.startswith(stem) and long[len(stem) :] in _ENDINGS else 0.0


@lru_cache(maxsize=1 << 16)
def opposite(one: str, other: str) -> bool:
    """Whether two words say the contrary, as far as their form or a list of such pairs tells."""
    if other in _OPPOSITE.get(one, ()):
        return True
    if _prefixed(one, other):
        return True
    first, second = _stem(one), _stem(other)
    return second in _OPPOSITE.get(first, ()) or _prefixed(first, second)


def _prefixed(one: str, other: str) -> bool:
    """Whether two words differ in a prefix only: linear and nonlinear, hypotonic and hypertonic."""
    if one[-3:] != other[-3:]:
        return False
    shared = next((at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), None)
    if shared is None:
        shared = min(len(one), len(other))
    for size in range(shared, 2, -1):
        first, second = one[: len(one) - size], other[: len(other) - size]
        both = bool(first and second)  # "uniits" is no contrary of "units"
        if first != second and size > 2 + both and {first, second} <= _PREFIXES | {""}:
            return True
    return False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts compare. `shared` is 1 for equal forms and 0 where no word is common; `order` heeds the order."""

    shared: float
    contained: float
    """How much of the poorer text is in the other."""
    order: float
    removed: frozenset[str]
    added: frozenset[str]
    """Words that bear content and have no counterpart on the other side."""
    turned: str = ""
    """What makes the two ask different things, if something was seen to: "number", "negation", "opposite", …"""
    grown: bool = False
    """Whether numbers and letters were only added, or only taken away."""


_STRANGE = 0.3  # texts that share less than this have nothing to do with each other, and no more is asked of them
SAME = Likeness(1.0, 1.0, 1.0, frozenset(), frozenset())


def compare(one: Words, other: Words) -> Likeness:
    """Compare two texts."""
    if one.same(other):
        return SAME
    from rapidfuzz.distance import Indel

    left, right = one.counted - other.counted, other.counted - one.counted
    common = sum(one.weight(token) * count for token, count in (one.counted & other.counted).items())
    unmatched, kept = dict(right), 0.0
    removed: list[str] = []
    for token, count in left.items():
        best, value = "", 0.0
        if len(left) * len(unmatched) < 2_000:
            for candidate in unmatched:
                likeness = kin(token, candidate)
                if likeness > value:
                    best, value = candidate, likeness
        if best:
            kept += value * max(one.weight(token), other.weight(best)) * min(count, unmatched[best])
            del unmatched[best]
        else:
            removed.append(token)
    total_one = sum(one.weight(token) * count for token, count in one.counted.items())
    total_other = sum(other.weight(token) * count for token, count in other.counted.items())
    lost, new = frozenset(removed) & one.content, frozenset(unmatched) & other.content
    shared = min(1.0, 2 * (common + kept) / (total_one + total_other or 1.0))
    contained = min(1.0, (common + kept) / (min(total_one, total_other) or 1.0))
    if max(shared, contained) < _STRANGE:
        return Likeness(shared, contained, 0.0, lost, new)
    return Likeness(
        shared=shared,
        contained=contained,
        order=Indel.normalized_similarity(one.compared, other.compared),
        removed=lost,
        added=new,
        turned=_turned(one, other, left, right)
        or ("name" if not (lost.isdisjoint(one.names) or new.isdisjoint(other.names)) else ""),
        grown=not (one.hard - other.hard) or not (other.hard - one.hard),
    )


def _turned(one: Words, other: Words, left: Counter[str], right: Counter[str]) -> str:
    """What in the difference of two prompts changes the question; empty where nothing of that kind was seen."""
    if one.hard != other.hard:
        return "number"
    if one.negations != other.negations:
        return "negation"
    if any(opposite(gone, come) for gone in left if gone not in _WEAK for come in right if come not in _WEAK):
        return "opposite"
    if _prefixes(left, right) or _prefixes(right, left):
        return "opposite"  # self-attention is not attention
    if _swapped(one.compared, other.compared) or _crossed(one, other):
        return "swapped"
    return ""


def _prefixes(these: Counter[str], those: Counter[str]) -> bool:
    """Whether one of these words is a prefix that stands alone, and none of those is the same, mistyped."""
    alone = [token for token in these if token in _PREFIXES and len(token) > 2 and token not in _WEAK]
    return any(not any(kin(token, other) for other in those) for token in alone)


def _crossed(one: Words, other: Words) -> bool:
    """Whether two words that are opposites come in another order."""
    places = {
        token: other.compared.index(token) for token in one.compared if token in _OPPOSITE and token in other.counted
    }
    for first, at in places.items():
        for second in _OPPOSITE[first]:
            if second in places and (one.compared.index(first) < one.compared.index(second)) != (at < places[second]):
                between = other.compared[min(at, places[second]) + 1 : max(at, places[second])]
                if not (len(between) == 1 and between[0] in JOINING):
                    return True
    return False


def _swapped(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two words changed places, other than around an "and"."""
    from rapidfuzz.distance import Levenshtein

    replaced: dict[str, tuple[str, int]] = {}
    for step in Levenshtein.opcodes(one, other):
        if step.tag != "replace" or step.src_end - step.src_start != step.dest_end - step.dest_start:
            continue
        for at, to in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
            gone, come = one[at], other[to]
            if replaced.get(come, ("", 0))[0] == gone:
                between = one[replaced[come][1] + 1 : at]
                if not (len(between) == 1 and between[0] in JOINING):
                    return True
            replaced[gone] = (come, at)
    return False
