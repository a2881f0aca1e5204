"""Numbers that are written as words, and units: what may not differ in what is asked."""

from __future__ import annotations

from studytool.notes.words import word_set

_COUNTS = (
    *("two zwei deux due dois deux два две двух двумя", "three drei trois tre tres três три трех тремя"),
    *("four vier quatre quattro cuatro quatro четыре четырех", "five fünf cinq cinque cinco пять пяти"),
    *("six sechs seis шесть шести", "seven sieben sept sette siete sete семь семи"),
    *("eight acht huit otto ocho oito восемь восьми", "nine neun neuf nueve девять девяти"),
    *("ten zehn dix dieci diez dez десять десяти", "eleven elf onze undici", "twelve zwölf douze dodici doce doze"),
)
_ORDERS = (
    ("first", "erst", "premier première primer primero primera primeiro primeira primo prima", "перв"),
    ("second", "zweit", "deuxième segunda secondo seconda", "втор"),
    ("third", "dritt", "troisième tercer tercero tercera terceiro terceira terzo terza", "трет"),
    ("fourth", "viert", "quatrième cuarto cuarta quarto quarta", "четверт"),
    ("fifth", "fünft", "cinquième quinto quinta", "пят"),
    ("sixth", "sechst", "sixième sexto sexta sesto sesta", "шест"),
)
_LAST = ("last", "letzt", "dernier dernière último última ultimo ultima", "последн")
_GERMAN = word_set("e en er es em")
_RUSSIAN = word_set("ый ой ая ое ого ому ым ом ую ые ых ий яя ее его ему им ем юю ие их ья ье ьего ьей")


def _ordered(english: str, german: str, romance: str, russian: str) -> list[str]:
    bent = [german + end for end in _GERMAN] + [russian + end for end in _RUSSIAN]
    return [english, *romance.split(), *bent]


NUMERALS = {
    **{word: str(number) for number, words in enumerate(_COUNTS, 2) for word in words.split()},
    **{word: f"#{number}" for number, order in enumerate(_ORDERS, 1) for word in _ordered(*order)},
    **dict.fromkeys(_ordered(*_LAST), "#last"),
}
"""Words for numbers, and for places in an order, and what they are compared as."""
del NUMERALS["prima"]  # "before" in Italian

_SPELT = (
    "second seconds sec secs sekunde sekunden seconde secondes segundos секунда секунды секунд|minute minutes mins "
    "minuten minuto minutos минута минуты минут|hour hours hrs stunde stunden heure heures hora horas час часа "
    "часов|day days tag tage tagen jour jours día días dia dias giorno giorni день дня дней|week weeks woche wochen "
    "semaine semaines semana semanas неделя недели недель|month months monat monate monaten mois mes meses месяц "
    "месяца месяцев|year years jahr jahre jahren an ans année années año años ano anos anno anni год года лет|century"
    " centuries jahrhundert jahrhunderte siècle siècles siglo siglos век века веков|ms millisecond milliseconds|ns "
    "nanosecond nanoseconds|µs μs us microsecond microseconds|metre metres meter meters mètre mètres metro metros "
    "metri метр метра метров|km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros "
    "chilometri километр километра километров км|cm centimetre centimetres centimeter centimeters zentimeter "
    "centimètres centímetros см|mm millimetre millimetres millimeter millimeters мм|nm nanometre nanometres nanometer"
    " nanometers|mile miles meile meilen milles millas|foot feet fuß|inch inches zoll|kg kilo kilos kilogram "
    "kilograms kilogramm kilogrammes kilogramos кг|gram grams gramm grammes gramos|mg milligram milligrams "
    "milligramm|tonne tonnes ton tons|litre litres liter liters litro litros литр литра литров|ml millilitre "
    "millilitres milliliter milliliters|bit bits|byte bytes|kb kilobyte kilobytes|mb megabyte megabytes|gb gigabyte "
    "gigabytes|tb terabyte terabytes|kib|mib|gib|hz hertz|khz kilohertz|mhz megahertz|ghz gigahertz|volt volts|ampere"
    " amperes amp amps|ohm ohms|watt watts|kw kilowatt kilowatts|mw megawatt megawatts|joule joules|kj kilojoule "
    "kilojoules|newton newtons|pa pascal pascals|bar bars|mbar millibar|coulomb coulombs|farad farads|tesla|mol mole "
    "moles|degree degrees grad degrés grados градусов|rad radian radians "
    "radiant|celsius|fahrenheit|kelvin|percent|dollar dollars|euro euros|pound pounds|baud|db decibel decibels|ev "
    "electronvolt|kev|mev|gev|cal calorie calories|kcal kilocalorie kilocalories|bpm|rpm|kmh"
)
_LETTERS = "s second|h hour|m metre|g gram|l litre|L litre|V volt|A ampere|W watt|N newton|J joule|K kelvin|C celsius"
UNITS = {word: words.split()[0] for words in _SPELT.split("|") for word in words.split()}
UNITS |= {letter: UNITS[unit] for letter, unit in (pair.split() for pair in _LETTERS.split("|"))}
"""Units as they are written, and what each is compared as."""
