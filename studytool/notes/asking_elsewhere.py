"""How a question is worded without its mark in languages other than English.

Two measures, as for English: the strict one asks for a verb after the question word, and for something to explain
after a task; the loose one is for places that say themselves that a question stands there.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from studytool.notes.words import word_set


class _Language(NamedTuple):
    """The words for asking of a language that parts words by blanks."""

    openings: frozenset[str]
    """First words of a question, its verb among them."""
    why: frozenset[str]
    """What asks for a reason; a text that gives one begins with it as well."""
    verbs: frozenset[str]
    """What stands right behind `why` in a question; `-il` is the end of a word with its subject behind it."""
    tasks: frozenset[str]
    """What sets a task."""
    telling: frozenset[str]
    """First persons: a text with one tells of whoever wrote it."""
    loose_tasks: frozenset[str] = frozenset()
    """What sets a task only in a list of questions."""
    anywhere: bool = False
    """Whether other words may stand between `why` and the verb."""
    form: re.Pattern[str] | None = None
    """How another verb begins what stands behind `why`, where nobody is spoken to."""
    cased: re.Pattern[str] | None = None
    """The same in a language whose capitals tell nouns, with them."""
    subject: re.Pattern[str] | None = None
    """How a subject and its verb begin it, where the language has them in this order in a question."""


def _form(verbs: str, *others: tuple[str, str], but: str = "") -> re.Pattern[str]:
    """Verbs; a word with an ending is one, too, where a pronoun or an article that goes with it stands behind it."""
    known = rf"(?:{'|'.join(verbs.split())})\b(?!['-])"
    if not others:
        return re.compile(known)
    found = "|".join(rf"\w{{2,}}(?:{endings}) (?:{'|'.join(behind.split())})\b" for endings, behind in others)
    return re.compile(rf"{known}|(?!(?:{'|'.join(but.split())})\b)(?:{found})")


_GERMAN_ADVERBS = """
    nicht nichts jetzt oft erst fast sonst selbst insgesamt überhaupt direkt dort seit statt mit samt nebst laut
    gerecht zuerst zuletzt meist gegen wegen neben zwischen binnen oben unten hinten innen außen morgen gestern
    eben unbedingt ausgerechnet bestimmt vielleicht garantiert vermehrt verstärkt gezielt erneut ihnen kompliziert
"""
_NO_PARTICIPLE = "(?!be|ver|er|ent|zer|miss|un|ge)"
_GERMAN = re.compile(
    rf"(?!(?:{'|'.join(_GERMAN_ADVERBS.split())})\b)"
    r"(?!.* (?:ist|sind|war|wird|kann|muss|soll|will|darf|(?:wur|hat|konn|muss|soll)[dt]e"
    r"|[a-zäöüß]+(?:(?<!nich)t|e[rl]?n))\Z)"
    r"(?:\w{2,}(?:t|erte) (?:man|ihr|sie|er|es|sich)\b|\w{2,}(?:en|ern|eln) (?:wir|sie|sich)\b"
    rf"|(?:\w{{2,}}iert|{_NO_PARTICIPLE}\w{{2,}}[td]et) (?:das|der|die|ein|eine)\b"
    rf"|{_NO_PARTICIPLE}\w{{2,}}[td]et [A-ZÄÖÜ])"
)
"""A verb with a pronoun, an article or a noun that goes with it, where no other verb comes last."""


_LANGUAGES = (
    _Language(
        word_set("was_ist was_sind was_bedeutet was_versteht_man wie_funktioniert wie_lautet"),
        word_set("warum"),
        word_set(
            """
            ist sind war waren wird werden wurde wurden kann können muss müssen soll sollen sollte sollten darf dürfen
            hat haben hatte braucht brauchen benötigt gibt verwendet benutzt nutzt gilt heißt
            """
        ),
        word_set("erkläre erläutere beschreibe definiere vergleiche nenne")
        | word_set("erklären_sie erläutern_sie beschreiben_sie definieren_sie vergleichen_sie nennen_sie"),
        word_set("ich mich mir mein meine meinen meinem meiner"),
        word_set("erklären erläutern beschreiben definieren vergleichen nennen"),
        form=_form(
            """
            konvergiert konvergieren funktioniert funktionieren divergiert explodiert explodieren verschwindet
            verschwinden sinkt steigt fällt wächst lernt hilft verhindert reicht entsteht entstehen führt
            """,
        ),
        cased=_GERMAN,
    ),
    _Language(
        word_set("что_такое что_значит чем_отличается чем_отличаются в_чем_разница в_чём_разница зачем_нужен")
        | word_set("зачем_нужна зачем_нужно зачем_нужны какие_бывают как_работает"),
        word_set("почему"),
        word_set("нельзя нужно надо можно лучше необходимо должен должна должно должны может могут стоит следует"),
        word_set("объясни объясните опиши опишите расскажи расскажите сравни сравните перечисли перечислите поясни")
        | word_set("поясните"),
        word_set("я меня мне мной мой моя моё мое мои моего моей моих"),
        anywhere=True,
        form=_form(
            r"\w{2,}(?:[аяуе][ею]т|[ая]ют)(?:ся)? \w{2,}(?:[еиу]т|[жчшщ]?ат|ят|л|ла|ло|ли)с[яь]"
            " упал упала упало упали вырос выросла выросло выросли стал стала стало стали перестал перестала перестали"
            " растёт растет растут ведёт ведет ведут даёт дает дают зависит зависят происходит приводит приводят"
        ),
    ),
    _Language(
        word_set("що_таке чим_відрізняється як_працює"),
        word_set("чому"),
        word_set("можна потрібно треба слід варто краще є може"),
        word_set("поясніть опишіть розкажіть порівняйте"),
        word_set("я мене мені мій моя моє мої"),
        anywhere=True,
        form=_form(r"є \w{2,}(?:[аяую]є|[аяую]ють) \w{2,}(?:[аеєиїуюя]ть|л[аои])ся росте зростає можуть"),
    ),
    _Language(
        word_set("co_to_jest czym_jest czym_różni_się"),
        word_set("dlaczego"),
        word_set("jest są należy można trzeba warto może mogą musi muszą się"),
        word_set("wyjaśnij opisz porównaj"),
        word_set("ja mnie mi mój moja moje"),
        anywhere=True,
        form=_form(
            r"\w{2,}(?:uje|ują|ają|eją) zanika rośnie maleje spada działa pomaga wymaga wpływa zbiega wybiera"
            " używa używamy przeucza"
        ),
    ),
    _Language(
        word_set("qué_es qué_son cuál_es cuáles_son cómo_funciona"),
        word_set("por_qué para_qué"),
        word_set(
            """
            es son está están fue se hay no da dan va van era debe deben puede pueden tiene tienen existe existen
            necesita
            """
        ),
        word_set("explica explique compara"),
        word_set("yo me mi mis mí"),
        word_set("explicar comparar"),
        form=_form(
            """
            sirve sirven funciona funcionan usa usan usamos utiliza utilizan utilizamos aplica aplicamos converge
            convergen diverge desaparece desaparecen explota explotan crece crecen disminuye aumenta
            aprende aprenden ocurre ocurren normaliza normalizamos
            """,
            ("a|e|an|en", r"el(?!\s(?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|fin|día))"),
            ("amos|emos|imos|ar|er|ir", "el la los las un una"),
            but="""
            ahora nunca siempre este esta ese esa aquella otra alguna ninguna cada toda ella nada nadie mañana entre
            sobre desde durante mediante que bien también ayer hasta contra para ante segunda fuera cerca encima
            extremos ramos máximos mínimos últimos primos tramos mujer hogar lugar taller poder alquiler
            """,
        ),
    ),
    _Language(
        word_set("o_que_é o_que_são qual_é qual_a_diferença quais_são para_que_serve como_funciona"),
        word_set("por_que"),
        word_set(
            """
            é são está estão era foi se há não deve devem pode podem tem têm vem vêm existe existem precisa
            """
        ),
        word_set("explique explica compara descreva defina diferencie"),
        word_set("eu me mim meu minha meus minhas"),
        word_set("explicar comparar"),
        form=_form(
            """
            serve servem funciona funcionam usa usam usar usamos utiliza utilizar utilizamos aplicar normalizar treinar
            converge convergem diverge desaparece desaparecem explode explodem cresce crescem diminui aumenta
            aprende aprendem ocorre ocorrem
            """,
            (
                "a|e|am|em",
                r"os?(?!\s(?:quer|querem|faz|fazem|diz|dizem|tem|têm|vê|veem|traz|põe|\w+(?:a|am|em|ou|eu|iu))(?:\s|\Z))",
            ),
            ("amos|emos|imos|ar|er|ir", "o os as um uma"),
            but="""
            agora nunca este esta esse essa outra alguma nenhuma cada toda ela ele hoje entre sobre desde durante
            mediante perante ante que quem bem também sem nem onde até para contra segunda fora gente parte mulher lugar
            lar poder
            """,
        ),
        subject=re.compile(
            r"(?:o|a|os|as) .{1,80} (?:é|são|está|estão|não|pode|podem|deve|devem|tem|têm|precisa"
            r"|\w{2,}(?:ecem?|onam?|izam?|ergem?|uz|uzem|uem))\b"
        ),
    ),
    _Language(
        word_set("cos'è che_cos'è cosa_sono quali_sono qual_è come_funziona"),
        frozenset(),
        frozenset(),
        word_set("spiega descrivi definisci confronta"),
        word_set("io me mi mio mia miei mie"),
        word_set("spiegare descrivere"),
    ),
    _Language(
        word_set("qu'est-ce_que quel_est quelle_est quels_sont quelles_sont"),
        word_set("pourquoi"),
        word_set("est sont était faut doit doivent peut peuvent existe ne -on -il -ils -elle -elles -ce"),
        word_set("explique expliquez décrivez définissez comparez"),
        word_set("j je moi mon ma mes"),
        form=_form(
            "utiliser normaliser faire mettre prendre",
            ("er|ir", "le la les l un une ce cette ces"),
            but="hier premier dernier cher hiver avoir papier plaisir pouvoir métier danger avenir loisir",
        ),
    ),
    _Language(
        word_set("wat_is wat_zijn"),
        word_set("waarom"),
        word_set("is zijn was waren wordt worden kan kunnen moet moeten heeft hebben"),
        frozenset(),
        word_set("ik mij mijn"),
        form=_form(
            "werkt werken daalt dalen stijgt stijgen groeit groeien convergeert verdwijnt verdwijnen helpt helpen",
            ("en", "we wij"),
            ("t", "men"),
            ("(?<=ee)rt", "het de een dit dat"),
            but="niet juist echt dat wat het met vast laat naast kort zonder tegen tussen binnen buiten boven",
        ),
    ),
)
_NO_OBJECT = word_set(
    """
    und oder mit von vom der des zwischen es ihn ihm ihr dich dir uns euch y e u et ou i oraz lub и или і та або
    """
)
"""What a task does not go on with: "Vergleiche und Bedingungen", "Compara y ahorra"."""
_ADDRESSED = word_set(
    """
    dein deine dich euer eure unser unsere себя себе нам нас наш наши ваш ваши вашу собі наші
    tu tus te nos nuestro nuestra nuestros nuestras notre vos votre moi
    """
)
"""Whom a request, rather than a task, is about: "Расскажи о себе", "Comparez nos prix"."""
_SPOKEN_WITH = _ADDRESSED | word_set("du dir vous tú usted ustedes você vocês jij jullie")
"""Whom a text speaks to that is no question of a learner: "Por qué te conviene"."""
_SPEAKERS = word_set("мы вы ты ми ви ти my wy ty on ona oni он она они это так сейчас")
"""What a text that gives a reason goes on with: "Почему мы …"."""
_SPEAKING: dict[str, tuple[_Language, ...]] = {}
for _one in _LANGUAGES:
    for _told in _one.openings | _one.why | _one.tasks | _one.loose_tasks:
        _first = _told.partition(" ")[0]
        _SPEAKING[_first] = tuple(dict.fromkeys((*_SPEAKING.get(_first, ()), _one)))
BEGINNINGS = frozenset(_SPEAKING)
"""The first words of what a question begins with."""
_LONGEST = 200
"""Characters of the longest title that is looked at."""
_SIGNS = '.,:;!"«»„“”'
_END = " .。!！…)）"
_WITHOUT_BLANKS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_OF_ONESELF = re.compile("我(?!们|們)|咱|请注意|請注意|私|僕|俺|나는|내가|제가")
"""First persons, and notices."""
_SPOKEN_TO = re.compile("[你您吗嗎]")
_ASKED = re.compile(
    "(?:什么是|什麼是|简述|簡述).|(?![这那它這]).+(?:是什么|是什麼|有哪些|如何实现|怎么办|怎麼辦|とは|(?<!了)[吗嗎])$|.+(?:和|与|與|跟|vs).+的(?:区别|區別)$"
    "|(?:为什么|為什麼)(?:.*(?:(?<![重主])要|(?<![社机機开開])[会會]|(?<![智功性技])能|(?<!所)有|[不没沒]|可以|应该|應該)|.+是)."
    "|(?:为什么|為什麼)(?:我们|我們)?(?!.*(?:选择|選擇|喜欢|喜歡|我们|我們))(?:(?:使|采|採|选|選)?用(?![户戶心]).|引入.."
    "|.+(?<![对對类類])比.+(?:快|慢|好|高|低|大|小|多|少|强|強|弱|准|準|稳|穩)$"
    "|.{3,}更(?:快|慢|好|高|低|大|小|多|少|强|強|弱|准|準|稳|穩)$"
    "|.{2,}(?:出现|出現|产生|產生|发生|發生|消失|爆炸|收敛|收斂|失效|下降|上升|降低|提高|增加|减少|減少)$)"
)
"""A question of Chinese or Japanese: it says what is asked about, and has a verb where it asks for a reason."""
_SET = re.compile(
    "(?:请简述|请解释|请说明).|(?:谈谈|说说|说一下|讲讲).+(?:理解|区别|原理|流程|机制|作用|特点|优缺点)$"
    "|.+(?:설명|서술|기술|비교|정의|나열|열거|요약)(?:해\\s?(?:주세요|주십시오|보세요)|하세요|하시오)$"
    "|.+(?:説明|比較|定義|列挙|要約|記述)(?:して(?:ください|下さい)|せよ|しなさい)$"
    "|.+(?:述べ|挙げ)(?:てください|て下さい|よ|なさい)$"
)
"""A task: to explain, to compare, to name. Other requests ("Please read this first") are none."""
_LOOSE = re.compile(
    "(?:什么是|什麼是|为什么|為什麼|请简述|请解释|请说明|简述|谈谈|说说|说一下|讲讲)"
    "|.*(?:주세요|주십시오|하세요|하시오|보세요|ください|下さい|せよ|なさい|とは)$"
    "|.*(?:是什么|有哪些|是什麼|的区别|的區別|怎么办|如何实现|吗)$"
)


def asks_elsewhere(text: str, *, loose: bool = False) -> bool:
    """Whether a text without number and emphasis is a question or a task; `loose` in a list of questions."""
    told = text[:_LONGEST].rstrip(_END)
    if not _WITHOUT_BLANKS.search(told):
        return _asks_in_words(told, loose)
    if loose:
        return bool(_LOOSE.match(told)) or _asks_in_words(told, loose)
    return not _OF_ONESELF.search(told) and (
        bool(_ASKED.match(told) or _SET.match(told)) or _asks_in_words(told, loose)
    )


def names_elsewhere(name: str) -> bool:
    """The same of the name of a note, where a request, or what speaks to somebody, asks nothing."""
    told = name[:_LONGEST].rstrip(_END)
    if not _WITHOUT_BLANKS.search(told):
        return _asks_in_words(told, loose=False)
    return not (_OF_ONESELF.search(told) or _SPOKEN_TO.search(told) or _SET.match(told)) and asks_elsewhere(told)


def _asks_in_words(text: str, loose: bool) -> bool:
    """Whether a text in words that blanks part begins as a question or a task does."""
    given = [word.strip(_SIGNS) for word in text.replace("’", "'").lstrip("¿¡ ").split()]
    told = [word.casefold() for word in given]
    languages = _SPEAKING.get(told[0], ()) if told else ()
    if not loose:
        parts = {part for word in told for part in word.split("'")}
        if any(one.telling & parts for one in languages):
            return False
    return any(_asks_in(one, given, told, loose) for one in languages)


def _asks_in(one: _Language, given: list[str], told: list[str], loose: bool) -> bool:
    """Whether a text asks in one language; its words as they are `given`, and folded."""
    for count in (1, 2, 3):
        opening, rest = " ".join(told[:count]), told[count:]
        if not rest:
            return False
        if opening in one.openings:
            return True
        if opening in one.tasks:
            return loose or (rest[0] not in _NO_OBJECT and _ADDRESSED.isdisjoint(rest))
        if loose and (opening in one.loose_tasks or opening in one.why):
            return True
        if opening in one.why:
            return len(rest) > 1 and _has_verb(one, given[count:], rest)
    return False


def _has_verb(one: _Language, given: list[str], rest: list[str]) -> bool:
    """Whether a verb makes a question of what follows a word for "why".

    In most languages it follows at once: a noun or a name there makes a title. A word with a capital is no verb, but
    where all have one.
    """
    if one.anywhere and rest[0] in _SPEAKERS:
        return False
    if not one.verbs.isdisjoint(rest[:-1] if one.anywhere else rest[:1]):
        return True
    if any(f"-{word.rpartition('-')[2]}" in one.verbs for word in rest if "-" in word):
        return True
    if one.form is None or not _SPOKEN_WITH.isdisjoint(rest):
        return False
    large = all(word[:1].isupper() for word in given)
    verbs = (at for at in (range(len(rest)) if one.anywhere else (0,)) if large or given[at].islower())
    if any(one.form.match(" ".join(rest[at:])) for at in verbs):
        return True
    if one.cased and (large or given[0].islower()) and one.cased.match(" ".join(rest if large else given)):
        return True
    return one.subject is not None and one.subject.match(" ".join(rest)) is not None
