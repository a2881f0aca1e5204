"""Words that say the contrary of each other in a few languages, told by how they begin: "größte" and "kleinste".

A word is told by a stem and up to four letters that bend it. The stems of a pair are of one language; English pairs are
those of `lexicon`.
"""

from __future__ import annotations

from functools import lru_cache

_BENT = 4
"""Letters that may stand behind a stem."""
_SHORTEST = 2
_GERMAN = (
    "größ klein|groß klein|hoch niedrig|höh niedrig|höch niedrig|höch tief|hoch tief|tief flach|maximal minimal|steig"
    " sink|steig fäll|anstieg abfall|anstieg rückgang|zunahme abnahme|zunehm abnehm|wächst schrumpf|wachs "
    "schrumpf|link recht|ober unter|inner äußer|innen außen|vorder hinter|leicht schwer|schnell langsam|stark "
    "schwach|stärk schwäch|warm kalt|wärm kält|heiß kalt|erwärm abkühl|öffn schließ|offen geschlossen|eingang "
    "ausgang|eingabe ausgabe|einatm ausatm|eintr austr|positiv negativ|lang kurz|läng kürz|alt jung|ält jüng|alt "
    "neu|breit schmal|hell dunkel|viel wenig|meist wenigst|mehr weniger|gut schlecht|besser schlechter|best "
    "schlechtest|richtig falsch|wahr falsch|nah fern|näh fern|näch fern|früh spät|anfang ende|beginn ende|ursache "
    "wirkung|ursache folge|vorteil nachteil|arterie vene|säure base|säure lauge|sender empfänger|nord süd|männlich "
    "weiblich|gewinn verlust|addier subtrahier|multiplizier dividier|angebot nachfrage|vorher nachher|vor nach|davor "
    "danach|obergrenze untergrenze|höchst mindest|dick dünn|hart weich|laut leise|aktiv passiv|zähler nenner|zeile "
    "spalte|schneid kleb"
)
_FRENCH = (
    "grand petit|maxim minim|augment diminu|crois décrois|haut bas|gauche droit|premi derni|long court|fort "
    "faibl|rapid lent|accél ralent|accél décél|inspir expir|mont descend|chaud froid|entré sorti|entran "
    "sortan|intérieur extérieur|ouvert fermé|ouvr ferm|vrai faux|vraie fausse|obten perd|gagn perd|achet vend|positif"
    " négatif|positiv négativ|avantag inconvénient|cause conséquence|cause effet|début fin|nord sud|plus moins|supér "
    "infér|meilleur pire|artère veine|acide base|jeune vieux|nouveau ancien|nouvel ancien|lourd léger|légèr "
    "lourd|avant après|épais mince|large étroit|dur mou|numérateur dénominateur|ligne colonne|offre demande|dedans "
    "dehors|proch loint|proche éloign|tôt tard|absorb émet"
)
_SPANISH_AND_PORTUGUESE = (
    "mayor menor|maior menor|máxim mínim|aument disminu|aument diminu|crec decrec|cresc decresc|alt baj|alt "
    "baix|izquierd derech|esquerd direit|primer últim|primeir últim|larg cort|long curt|larg estrech|fuert débil|fort"
    " frac|rápid lent|caliente frí|calor frí|quent fri|entrad salid|entrad saíd|intern extern|interior "
    "exterior|abiert cerrad|abert fechad|abr cierr|verdader fals|verdadeir fals|gana pierd|ganar perder|compr "
    "vend|positiv negativ|ventaja desventaja|vantagem desvantagem|causa efecto|causa consecuencia|causa efeito|inicio"
    " fin|início fim|norte sur|norte sul|superior inferior|mejor peor|melhor pior|nuev viej|nov velh|joven viej|grand"
    " pequeñ|grand pequen|más menos|mais menos|sube baja|subir bajar|ácid básic|arteria vena|artéria veia|hacia "
    "desde|antes después|antes depois|dentro fuera|dentro fora|pesad liger|pesad lev|oferta demanda|fila "
    "columna|linha coluna|numerador denominador|cerca lejos|tempran tard|emit absorb"
)
_ITALIAN = (
    "maggior minor|massim minim|aument diminu|alt bass|sinistr destr|prim ultim|lung cort|fort debol|veloc lent|cald "
    "fredd|entrat uscit|intern estern|apert chius|vero fals|positiv negativ|vantaggi svantaggi|causa effetto|inizio "
    "fine|nord sud|superior inferior|miglior peggior|nuov vecchi|grand piccol|più meno|prima dopo|pesant legger|ricco"
    " povero|riga colonna|domanda offerta"
)
_RUSSIAN = (
    "возраст убыва|возраст уменьш|возраст сниж|увелич уменьш|раст пада|раст убыва|рост падени|повыш пониж|повыш "
    "сниж|максим миним|наибольш наименьш|больш меньш|больш мал|больш маленьк|высок низк|выш ниж|длинн коротк|длинн "
    "короч|лев прав|слева справа|перв последн|легк тяжел|легч тяжел|быстр медлен|сильн слаб|тепл холодн|горяч "
    "холодн|вход выход|внутренн внешн|внутри снаружи|верхн нижн|сверху снизу|открыт закрыт|истин ложн|положительн "
    "отрицательн|преимуществ недостат|плюс минус|причин следстви|начал конец|начал конц|север юг|север южн|восток "
    "запад|восточн западн|лучш худш|нов стар|близк далек|ближ дальн|купи прода|покуп продаж|кислот щелоч|артери "
    "вен|младш старш|тонк толст|широк узк|тверд мягк|до после|вдох выдох|числител знаменател|строк столб|приближ "
    "удал|нагрев охлажд|рожд смерт|родил умер|побед пораж|спрос предложени"
)


def _by_stem() -> dict[str, dict[str, frozenset[str]]]:
    """By a stem, those of its contraries; under the first letters of it, for the search."""
    found: dict[str, frozenset[str]] = {}
    for listed in (_GERMAN, _FRENCH, _SPANISH_AND_PORTUGUESE, _ITALIAN, _RUSSIAN):
        for pair in listed.split("|"):
            one, other = pair.casefold().split()
            found[one] = found.get(one, frozenset()) | {other}
            found[other] = found.get(other, frozenset()) | {one}
    grouped: dict[str, dict[str, frozenset[str]]] = {}
    for stem, others in found.items():
        grouped.setdefault(stem[:_SHORTEST], {})[stem] = others
    return grouped


_CONTRARY = _by_stem()
_NONE: dict[str, frozenset[str]] = {}


@lru_cache(maxsize=1 << 14)
def contraries(word: str) -> frozenset[str]:
    """The stems of the words that say the contrary of one, which is case-folded."""
    near = _CONTRARY.get(word[:_SHORTEST], _NONE)
    stems = [stem for stem in near if word.startswith(stem) and len(word) - len(stem) <= _bent(stem)]
    return frozenset[str]().union(*(near[stem] for stem in stems))


def contrary(one: str, other: str) -> bool:
    """Whether two words of one of these languages, case-folded, say the contrary."""
    return any(other.startswith(stem) and len(other) - len(stem) <= _bent(stem) for stem in contraries(one))


def _bent(stem: str) -> int:
    """How many letters may bend a stem: none a brief one that is a whole word, as "vor" or "до" is."""
    return 0 if stem in _WHOLE else min(_BENT, len(stem))


_WHOLE = frozenset(("vor", "до", "fin", "sur", "sud", "sul", "más", "юг"))
