"""Words and what they do to a question: those that say nothing, say the same, say the contrary, or are one mistyped."""

from __future__ import annotations

from functools import lru_cache

from studytool.notes.contraries import contrary
from studytool.notes.words import word_set

_FUNCTIONS = word_set("sin cos tan cot log ln exp lim int sum prod max min sup inf det tr rank mod gcd sqrt")
_GREEK = word_set(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi "
    "psi omega"
)
EMPTY = word_set(
    "a an the is are was were be been being am do does did has have had please there it its this that these those "
    "der die das ein eine ist sind le la les un une est sont el los las es son il lo gli uno una en et er den det "
    "o os um uma é esto ceci cela isto isso questo"
)
"""Words without which a question is the same question."""
WEAK = word_set(
    "of in on at by to for from with as and or but so than then when if while into onto about over under via "
    "per we you "
    "i he she they us me them him one our your their his her can could may might will would should shall must "
    "which what how who "
    "whom whose where why "
    "briefly short exactly actually meaning use used "
    "understand usually often typically generally commonly simply basically also just very "
    "und oder von zu im auf mit für bei was wie warum wer wo welche welcher de du des et ou dans pour avec que "
    "qui quoi "
    "comment pourquoi quel quelle y del en con por para qué cómo cuál e di da per con che cosa come og af til på hvad "
    "hvordan hvorfor "
    "co je jsou jak jaký jaká jaké jakých který která které kdy kde kdo proč czym jest są jakie jaka jaki który która "
    "które kiedy gdzie kto dlaczego что как какой какая какое какие каких такое когда где кто почему зачем чем чому "
    "коли де хто що який яка яке які là gì nào tại sao thế khi hay và của quais quem quando onde"
)
"""Words that bear little of what is asked."""
NEGATIONS = word_set(
    "not no never without none neither nor cannot except unless non nicht kein keine keinen keiner ohne nie ne "
    "pas sans "
    "jamais aucun sin nunca senza mai ikke uden aldrig não sem inte niet geen не нет ни без bez "
    "není nejsou nemá nemají nelze nemůže nejsem ≠ ∉ ¬ ! 不 没 无 無 非 未 否 않 못"
)
_OPPOSITES = (
    "min max|minimum maximum|minimal maximal|minimise maximise|minimize maximize|argmin argmax|increase decrease|"
    "increasing decreasing|high low|higher lower|highest lowest|large small|larger smaller|largest smallest|big small|"
    "great little|greater less|greater smaller|more less|more fewer|most least|most fewest|best worst|better worse|"
    "positive negative|"
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
    "born dies|born died|born death|birth death|geboren gestorben|geburt tod|"
    "geburtsort todesort|né mort|née morte|naissance mort|nació murió|nacimiento muerte|nacque morì|nascita morte|"
    "master slave|leader follower|producer consumer|stack queue|breadth depth|bfs dfs|tcp udp|sql nosql|"
    "максимальное минимальное|максимальный минимальный|максимум минимум|больше меньше|наибольшее наименьшее|"
    "right wrong|correct wrong|minima maxima|converge diverge|expiration inspiration|exhale inhale|ascend descend|"
    "accelerate decelerate|attract repel|rich poor|thick thin|"
    "大 小|多 少|高 低|上 下|前 后|正 负|增 减|强 弱|有 无|左 右|快 慢|长 短|内 外|入 出|进 出|开 关|真 假|男 女|新 旧|"
    "升 降|涨 跌|编 解|首 尾|首 末|好 坏|优 劣|优 缺|胜 败|乘 除|买 卖|远 近|早 晚|轻 重|宽 窄|深 浅|粗 细|冷 热|"
    "明 暗|南 北|行 列|公 私|过 欠|软 硬|动 静|凹 凸|奇 偶|横 纵|读 写|疏 密|顺 逆|始 终|先 后|"
    "있 없"
)
OPPOSITE: dict[str, frozenset[str]] = {}
for _pair in _OPPOSITES.split("|"):
    _one, _other = _pair.split()
    OPPOSITE[_one] = OPPOSITE.get(_one, frozenset()) | {_other}
    OPPOSITE[_other] = OPPOSITE.get(_other, frozenset()) | {_one}
_TWO_VERBS = (
    (word_set("find finds found finding finder finders"), word_set("founded founder founders founding foundation")),
    (word_set("immigrate immigrated immigration immigrants"), word_set("emigrate emigrated emigration emigrants")),
)
"""Words with one stem, or nearly one form, that tell of two things."""
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
_NO_WORDS: frozenset[str] = frozenset()
_ENDINGS = word_set("an ian n ic al ical ish ese er or ly y ous ion ment ness able ive ity")
PREFIXES = word_set(
    "un ne non in im ir il dis de anti a over under sub super co pre post semi self multi uni bi auto hyper hypo micro "
    "macro inter intra ex pseudo quasi mono poly counter cross endo exo homo hetero"
)
_TWO_WAYS = word_set("in out en de up down con di ex im pre post ante ana cata pro anti under over")
"""Prefixes of which one makes another word than the other."""
JOINING = word_set("and or vs versus und oder et ou y o e og")
"""What stands between two names whose order says nothing."""


def is_glyph(letter: str) -> bool:
    """Whether a sign is a word, or a part of one, without spaces round it."""
    return "\u3040" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" or letter >= "\U00020000"


def is_hard(token: str) -> bool:
    """Whether a token may not differ in what is asked: a number, a letter of a formula, a sign."""
    if len(token) > 1:
        return token[0] in "#$-0123456789" or token in _FUNCTIONS or token in _GREEK
    return not is_glyph(token) and not (token in "àÀéèóòåøíai" and token.isalpha())


@lru_cache(maxsize=1 << 16)
def stem_of(token: str) -> str:
    """A crude stem: the plural, the tense and the spelling of a word do not count."""
    stem = token.replace("isation", "ization").replace("our", "or").replace("bility", "ble")
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
        for _known in {_word, stem_of(_word)}:
            _SAME[_known] = _SAME.get(_known, _NONE) | {_number}
for _word, _contrary in list(OPPOSITE.items()):  # "rises" and "falls" as well, whose stem is no word
    OPPOSITE[stem_of(_word)] = OPPOSITE.get(stem_of(_word), frozenset()) | _contrary | set(map(stem_of, _contrary))


@lru_cache(maxsize=1 << 16)
def kin(one: str, other: str) -> float:
    """How much two different words are the same word, typed, bent or spelt otherwise: 0 to 1."""
    if one[0] != other[0] and (stem_of(one) not in _SAME or stem_of(other) not in _SAME):
        return 0.0
    if one[0] == "@":  # two pictures, or two addresses
        return 0.0
    if is_hard(one) or is_hard(other) or opposite(one, other) or one in NEGATIONS or other in NEGATIONS:
        return 0.0
    first, second = stem_of(one), stem_of(other)
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
    if other in OPPOSITE.get(one, ()):
        return True
    if any((one in a and other in b) or (one in b and other in a) for a, b in _TWO_VERBS):
        return True
    if _prefixed(one, other) or contrary(one, other):
        return True
    first, second = stem_of(one), stem_of(other)
    return second in OPPOSITE.get(first, ()) or _prefixed(first, second) or _of_two_ends(one, other)


def _of_two_ends(one: str, other: str) -> bool:
    """Whether two words are the same degree of contraries: "fastest" and "slowest"."""
    ends = next((end for end in ("est", "er") if one.endswith(end) and other.endswith(end)), "")
    if not ends:
        return False
    others = _in_degree(other, ends)
    return any(not OPPOSITE.get(word, _NO_WORDS).isdisjoint(others) for word in _in_degree(one, ends))


def _in_degree(word: str, end: str) -> frozenset[str]:
    """The words that one with the ending of a degree may be of: "larg", "large", "big", "early"."""
    root = word[: -len(end)]
    return frozenset((root, f"{root}e", root[:-1] if root[-2:-1] == root[-1:] else root, f"{root[:-1]}y"))


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
        if first != second and size > 2 + both and {first, second} <= PREFIXES | {""}:
            return True
        if both and first != second and size > 3 and {first, second} <= _TWO_WAYS:
            return True
    return False
