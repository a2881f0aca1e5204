"""What makes another question of a card: more kinds, over the course and the notes of other subjects.

They are entered in the table of `edit_kinds`, half of them held out. A swapped word, number or sign asks of something
else, whether the answer stayed or not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from edit_kinds import OTHER, Made, another, kind, question, reasked, swapped
from edit_touches import shuffled

from studytool.notes.model import Card

_UNITS = (
    *(
        ("metres", "kilometres"),
        ("kilometres", "miles"),
        ("seconds", "minutes"),
        ("minutes", "hours"),
        ("years", "months"),
    ),
    *(("ms", "s"), ("kg", "g"), ("cm", "mm"), ("bits", "bytes"), ("MB", "GB"), ("°C", "K"), ("volts", "amperes")),
    *(("days", "weeks"), ("litres", "millilitres"), ("degrees", "radians"), ("Hz", "kHz")),
    *(
        ("m/s", "km/h"),
        ("ohms", "farads"),
        ("Volt", "Ampere"),
        ("Ohm", "Watt"),
        ("K", "degrees"),
    ),
)
_MONTHS = ("January", "March", "May", "June", "August", "October", "mai", "juin", "Mai", "Juni", "мая", "июня")
_YEAR = re.compile(r"(?<![\w.,])(1[0-9]{3}|20[0-2]\d)(?![\w.,])")
_NAMES = (
    (
        "Rosenblatt",
        "Minsky",
        "Hinton",
        "LeCun",
        "Bengio",
        "Rumelhart",
        "Hochreiter",
        "Goodfellow",
        "Sutton",
        "Novikoff",
    ),
    ("Caesar", "Napoleon", "Stalin", "Khrushchev", "Frederick", "Mozart", "Newton", "Einstein", "Maria Theresa"),
    ("Vienna", "Paris", "London", "Madrid", "Nantes", "Augsburg", "Versailles", "Tordesillas", "Normandy", "Versalles"),
    ("France", "Germany", "Russia", "Portugal", "Spain", "Austria", "Prussia", "Marruecos", "Silesia"),
    ("ReLU", "GELU", "SELU"),
    ("SGD", "Adam", "AdaGrad", "RMSProp", "AdamW", "Nesterov"),
    ("PyTorch", "TensorFlow", "JAX", "Keras", "Python", "Java", "SQL"),
    ("CNN", "RNN", "LSTM", "GRU", "MLP", "GAN"),
    ("GPU", "CPU", "TPU"),
    ("GPUs", "CPUs", "TPUs"),
    ("XOR", "AND", "OR", "NAND"),
    ("ImageNet", "MNIST", "CIFAR", "AlexNet", "ResNet", "LeNet", "VGG", "Inception", "BERT", "GPT"),
    ("Ohm", "Hooke", "Boyle", "Coulomb", "Faraday"),
)
_EXTREMES = (
    *(
        ("minimum", "maximum"),
        ("minimal", "maximal"),
        ("minimise", "maximise"),
        ("lowest", "highest"),
        ("least", "most"),
    ),
    *(("smallest", "largest"), ("shortest", "longest"), ("slowest", "fastest"), ("min", "max"), ("worst", "best")),
    *(
        ("at least", "at most"),
        ("minima", "maxima"),
        ("minimising", "maximising"),
        ("fewest", "most"),
        ("last", "first"),
    ),
)
_PREFIXED = (
    *(("presynaptic", "postsynaptic"), ("hypotonic", "hypertonic"), ("endothermic", "ectothermic")),
    *(("exocrine", "endocrine"), ("afferent", "efferent"), ("elastic", "inelastic"), ("converging", "diverging")),
    *(("expiration", "inspiration"), ("encode", "decode"), ("encoder", "decoder"), ("overfitting", "underfitting")),
    *(
        ("supervised", "unsupervised"),
        ("linear", "nonlinear"),
        ("convex", "nonconvex"),
        ("deterministic", "nondeterministic"),
    ),
    *(("input", "output"), ("inputs", "outputs"), ("forward", "backward"), ("upsampling", "downsampling")),
    *(("pretrained", "untrained"), ("trained", "untrained"), ("labelled", "unlabelled")),
    *(("import", "export"), ("Anabolism", "Catabolism"), ("Intracellular", "Extracellular"), ("Encoding", "Decoding")),
    *(("Immutable", "Mutable"), ("Emission", "Immission"), ("Concave", "Convex"), ("regular", "irregular")),
    *(("correct", "incorrect"), ("dependent", "independent"), ("bounded", "unbounded"), ("known", "unknown")),
)
_DEGREES = (
    *(("large", "larger"), ("large", "largest"), ("larger", "largest"), ("small", "smaller"), ("smaller", "smallest")),
    *(("long", "longest"), ("deep", "deeper"), ("deeper", "deepest"), ("wide", "wider"), ("fast", "faster")),
    *(("good", "better"), ("better", "best"), ("good", "best"), ("many", "most"), ("more", "most"), ("high", "higher")),
    *(("low", "lower"), ("warm", "warmer"), ("colder", "coldest"), ("close", "closest"), ("steep", "steepest")),
)
_PLURALS = (
    ("What is a custom?", "What a group does by habit.", "What are customs?", "A duty on goods that cross a border."),
    ("What is a statistic?", "A number computed from a sample.", "What is statistics?", "The study of data."),
    ("What is a good?", "What serves a need.", "What are goods?", "Freight, or things for sale."),
    ("What is a mean?", "The sum divided by the count.", "What are means?", "What serves an end, money above all."),
    ("Arm", "The limb from the shoulder to the hand.", "Arms", "Weapons of war."),
    ("Damage", "Harm that was done.", "Damages", "Money that a court grants for a loss."),
    ("What is a spirit?", "A mind without a body.", "What are spirits?", "Distilled liquor."),
    ("Premise", "What an argument rests on.", "Premises", "A building with its land."),
    ("Content", "What a text says.", "Contents", "The list of chapters."),
    ("Scale", "A range of values.", "Scales", "A device to weigh things."),
    ("Security", "Freedom from danger.", "Securities", "Shares and bonds that are traded."),
    ("Glass", "A brittle transparent solid.", "Glasses", "Lenses before the eyes."),
    ("Force", "What changes a motion.", "Forces", "The army, navy and air arm."),
    ("Letter", "A sign of the alphabet.", "Letters", "Literature as a field of learning."),
    ("Which layer comes first?", "The input layer.", "Which layers come first?", "Those that convolve."),
    ("Which gas is inert?", "Argon, for one.", "Which gases are inert?", "Helium, neon, argon, krypton and xenon."),
)
_KINDRED = (
    ("What does DNA stand for?", "Deoxyribonucleic acid", "What does RNA stand for?", "Ribonucleic acid"),
    ("Hauptstadt von Österreich", "Wien", "Hauptstadt von Australien", "Canberra"),
    ("le livre", "the book", "la livre", "the pound"),
    ("HTTP 403", "Forbidden", "HTTP 404", "Not found"),
    (r"$\frac{d}{dx} \sin x$", r"$\cos x$", r"$\frac{d}{dx} \cos x$", r"$-\sin x$"),
    ("What does `ls -l` print?", "A long listing, a file a line.", "What does `ls -a` print?", "Hidden files, too."),
    ("When was Mozart born?", "1756, in Salzburg", "When did Mozart die?", "1791, in Vienna"),
    ("What does `git add` do?", "It stages a change.", "What does `git am` do?", "It applies a mailed patch."),
    ("What is RAM?", "Memory that forgets without power.", "What is ROM?", "Memory that is only read."),
    ("Was ist ein Prozess?", "Ein laufendes Programm.", "Was ist ein Prozessor?", "Was Befehle ausführt."),
    ("Was ist die Seite?", "Ein Blatt hat zwei davon.", "Was ist die Saite?", "Sie schwingt auf der Geige."),
    ("¿Qué es la casa?", "Un edificio para vivir.", "¿Qué es la caza?", "La persecución de animales."),
    ("Qu'est-ce que le cou ?", "Il porte la tête.", "Qu'est-ce que le coup ?", "Un choc donné à quelqu'un."),
    ("Что такое протон?", "Частица с зарядом плюс один.", "Что такое протеин?", "Белок из аминокислот."),
    ("什么是主键？", "唯一标识一行的列。", "什么是外键？", "指向另一张表的列。"),
    ("什么是进程？", "正在运行的程序。", "什么是线程？", "进程内的一条执行路线。"),
    ("TCP port of SSH", "22", "TCP port of SMTP", "25"),
    ("`<C-u>` in vim", "Half a page up", "`<C-d>` in vim", "Half a page down"),
    ("What is a nitrate?", "A salt with NO3.", "What is a nitrite?", "A salt with NO2."),
    (
        "What is the mitral valve?",
        "Between the left chambers.",
        "What is the aortic valve?",
        "At the exit of the left one.",
    ),
    ("Sum of a geometric series", "$a / (1 - r)$", "Sum of an arithmetic series", "$n (a_1 + a_n) / 2$"),
    ("What does `chmod 644` allow?", "All may read.", "What does `chmod 755` allow?", "All may run it."),
    ("Who wrote Faust I?", "Goethe, in 1808", "Who wrote Faust (opera)?", "Gounod, in 1859"),
    ("What is a Type I error?", "A true hypothesis is rejected.", "What is a Type II error?", "A false one is kept."),
)
_UNLIKE_ELSEWHERE = {
    "deutsch.md": (
        *(("größte", "kleinste"), ("vor", "nach"), ("linken", "rechten"), ("steigt", "sinkt"), ("mit", "ohne")),
        *(("leichter", "schwerer"), ("Eingang", "Ausgang"), ("innere", "äußere"), ("nächsten", "fernsten")),
        *(("erwärmt", "abkühlt"), ("Vene", "Arterie"), ("Wann ist", "Wann ist nicht")),
    ),
    "francais.md": (
        *(("maximale", "minimale"), ("avant", "après"), ("augmente", "diminue"), ("plus grande", "plus petite")),
        *(("gauche", "droit"), ("inspiré", "expiré"), ("descend", "monte"), ("accélère", "ralentit")),
        *(("premier", "dernier"), ("obtenus", "perdus")),
    ),
    "espanol.md": (
        *(("aumenta", "disminuye"), ("más", "menos"), ("antes", "después"), ("menor", "mayor"), ("norte", "sur")),
        *(("con", "sin"), ("primer", "último"), ("corto", "largo"), ("hacia", "desde")),
    ),
    "russian.md": (
        *(("возрастает", "убывает"), ("самая длинная", "самая короткая"), ("после", "до"), ("левого", "правого")),
        *(("легче", "тяжелее"), ("вход", "выход"), ("первым", "последним"), ("максимальное", "минимальное")),
    ),
    "chinese.md": (
        *(("增大", "减小"), ("左", "右"), ("太大", "太小"), ("最大", "最小"), ("编码器", "解码器"), ("之前", "之后")),
        *(("过拟合", "欠拟合"), ("行", "列"), ("最长", "最短")),
    ),
}
_IN_WORDS = (
    ("two", "three", "four", "five", "six", "ten"),
    ("zwei", "drei", "vier", "fünf"),
    ("deux", "trois", "quatre", "cinq"),
    ("dos", "tres", "cuatro", "cinco"),
    ("first", "second", "third"),
    ("erste", "zweite", "dritte"),
    ("premier", "second", "troisième"),
)
_DIGIT = re.compile(r"(?<![\w.,])\d+(?![\w.,])")
_FORMAL = re.compile(r"`[^`\n]+`|\$[^$\n]+\$")
_LETTER = re.compile(r"(?<![\\A-Za-z{])[A-Za-z](?![A-Za-z])")
_OPERATORS = (
    *(
        ("<=", "<"),
        (">=", ">"),
        ("==", "!="),
        ("+=", "-="),
        ("<", r"\le"),
        (">", "<"),
        ("+", "-"),
        ("-", "+"),
        ("/", "*"),
    ),
    *((r"\cdot", "+"), (r"\le", "<"), ("//", "/"), ("=", r"\ne"), (r"\times", "+")),
)
_NAME = re.compile(r"`([A-Za-z_.]{2,})")
_NOT = re.compile(r"\b(not|never|no) ")
_IS = re.compile(r"^(Why|When|Which .+?|What|How) (is|are|does|do|can) (\S+ \S+) (.+)$")


def _answers(card: Card, others: Sequence[Card]) -> list[str]:
    return [one.back for one in others if one.kind == card.kind == "basic" and one.back != card.back]


@kind("another unit", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    ways = [(found, b) for pair in _UNITS for a, b in (pair, pair[::-1]) for found in _measured(a).finditer(first)]
    if not ways or card.kind == "cloze":
        return None
    found, other = chance.choice(ways)
    return reasked(card, first[: found.start()] + other + first[found.end() :])


def _measured(unit: str) -> re.Pattern[str]:
    """A unit behind a number."""
    return re.compile(rf"(?<=\d ){re.escape(unit)}(?![\w/])")


@kind("another name", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    pairs = [(a, b) for group in _NAMES for a in group for b in group if a != b and a in card.front]
    return reasked(card, swapped(chance, question(card)[0], pairs)) if pairs and card.kind != "cloze" else None


@kind("a negation moved into the answer", OTHER)
def _(_chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if card.kind != "basic":
        return None
    if _NOT.search(first):
        edited = reasked(card, _NOT.sub("", first, count=1))
    elif found := _IS.match(first):
        edited = reasked(card, f"{found[1]} {found[2]} {found[3]} not {found[4]}")
    else:
        return None
    return replace(edited, back=f"Not so: {card.back}") if edited else None


@kind("minimum and maximum", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _EXTREMES)) if card.kind != "cloze" else None


@kind("another prefix", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _PREFIXED)) if card.kind != "cloze" else None


@kind("another operator", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    ways = [
        (found.start() + found[0].index(sign), sign, other)
        for found in _FORMAL.finditer(first)
        for sign, other in _OPERATORS
        if sign in found[0][1:-1]
    ]
    if not ways or card.kind == "cloze":
        return None
    at, sign, other = chance.choice(ways)
    return reasked(
        card, first[:at] + f"{other} " * (other[0] == "\\") + other * (other[0] != "\\") + first[at + len(sign) :]
    )


@kind("another number, in other languages", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    numbers = list(_DIGIT.finditer(first))
    if not numbers or card.span.path not in _UNLIKE_ELSEWHERE:
        return None
    found = chance.choice(numbers)
    return reasked(card, first[: found.start()] + another(chance, found[0]) + first[found.end() :])


@kind("the opposite, in German or French", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.span.path not in ("deutsch.md", "francais.md"):
        return None
    return reasked(card, swapped(chance, question(card)[0], _UNLIKE_ELSEWHERE[card.span.path]))


@kind("the opposite, options in another order", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    made = shuffled(chance, card)
    return reasked(made, swapped(chance, question(card)[0], (*_EXTREMES, *_PREFIXED, *_OPPOSITE))) if made else None


@kind("a number changed, and the options", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    numbers = list(_DIGIT.finditer(first))
    made = shuffled(chance, card)
    if not numbers or not made:
        return None
    found = chance.choice(numbers)
    lines = made.front.split("\n")
    lines[-1] = f"- {another(chance, '0')}" if lines[-1][2:] not in card.back else lines[-1]
    made = replace(made, front="\n".join(lines))
    return reasked(made, first[: found.start()] + another(chance, found[0]) + first[found.end() :])


_OPPOSITE = (
    *(("large", "small"), ("high", "low"), ("more", "less"), ("before", "after"), ("increase", "decrease")),
    *(("too large", "too small"), ("true", "false"), ("right", "wrong"), ("with", "without"), ("raises", "lowers")),
    *(("can", "cannot"), ("is", "is not"), ("does", "does not"), ("was not", "was")),
)


@kind("another date", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if card.kind == "cloze":
        return None
    if found := _YEAR.search(first):
        year = str(int(found[0]) + chance.choice([-30, -10, -1, 1, 4, 20]))
        return reasked(card, first[: found.start()] + year + first[found.end() :])
    pairs = [(a, b) for a, b in zip(_MONTHS, (*_MONTHS[1:], _MONTHS[0]), strict=True) if a in first]
    return reasked(card, swapped(chance, first, pairs))


@kind("a comparative, and another answer", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    edited, answers = reasked(card, swapped(chance, question(card)[0], _DEGREES)), _answers(card, others)
    return replace(edited, back=chance.choice(answers)) if edited and answers else None


@kind("one thing and its plural", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _pair(chance, card, _PLURALS)


@kind("two of a kind", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _pair(chance, card, _KINDRED)


def _pair(chance: random.Random, card: Card, table: Sequence[tuple[str, str, str, str]]) -> Made:
    """Two cards of a table, the one in place of the other, where a card stood."""
    front, back, other, told = chance.choice(table)
    if card.kind != "basic":
        return None
    one = replace(card, key=f"{card.key}-", front=front, back=back)
    made = replace(one, front=other, back=told)
    return (one, made, card) if chance.random() < 0.5 else (replace(made, key=one.key), replace(one, key=""), card)


@kind("another variable", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    letters = [
        (found.start() + at.start(), at[0]) for found in _FORMAL.finditer(first) for at in _LETTER.finditer(found[0])
    ]
    names = sorted({letter for _, letter in letters})
    if len(names) < 2 or card.kind == "cloze":
        return None
    at, letter = chance.choice(letters)
    return reasked(card, first[:at] + chance.choice([n for n in names if n != letter]) + first[at + 1 :])


@kind("another identifier, and another answer", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    first, answers = question(card)[0], _answers(card, others)
    found = _NAME.search(first)
    if not found or not answers:
        return None
    edited = reasked(
        card, first[: found.end()] + chance.choice(["_", "s", "2", "_all", "Async", "_r"]) + first[found.end() :]
    )
    return replace(edited, back=chance.choice(answers)) if edited else None


@kind("the opposite, in Spanish, Russian or Chinese", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first, path = question(card)[0], card.span.path
    if path not in ("espanol.md", "russian.md", "chinese.md"):
        return None
    if path != "chinese.md":
        return reasked(card, swapped(chance, first, _UNLIKE_ELSEWHERE[path]))
    ways = [(a, b) for pair in _UNLIKE_ELSEWHERE[path] for a, b in (pair, pair[::-1]) if a in first]
    return reasked(card, first.replace(*chance.choice(ways), 1)) if ways else None


@kind("another number in words", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    pairs = [(a, b) for group in _IN_WORDS for a in group for b in group if a != b and a in card.front.casefold()]
    return reasked(card, swapped(chance, question(card)[0], pairs)) if pairs and card.kind != "cloze" else None


@kind("the opposite, and other options", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    edited = reasked(card, swapped(chance, question(card)[0], (*_EXTREMES, *_PREFIXED, *_OPPOSITE)))
    lines = card.front.split("\n")
    options = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if card.kind != "choice" or edited is None or len(options) < 3 or not others:
        return None
    lines = edited.front.split("\n")
    lines[chance.choice(options)] = "- " + chance.choice(["All of them", "Neither", "It depends on the case"])
    return replace(edited, front="\n".join(lines), back=chance.choice([lines[at][2:] for at in options]))
