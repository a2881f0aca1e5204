"""Sentences that say what their subject is: under a heading, at the beginning of a note, of a term in bold."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def cards(text: str, path: str = "notes/Some note.md", dialect: str = "defining-sentence") -> list[tuple[str, str]]:
    return [(one.front, one.back) for one in parse_note(text, path).cards if one.dialect == dialect]


def fronts(text: str, path: str = "notes/Some note.md") -> list[str]:
    return [front for front, _ in cards(text, path)]


HASH = "A hash is a string of fixed length that is computed from data of any length."


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (f"# Hash\n\n{HASH}\n", "a.md"),
        (f"{HASH}\n", "notes/Hash.md"),
        (f"#crypto #basics\n\n{HASH}\n", "notes/Hash.md"),
        (f"---\ntitle: Hash\n---\n![](hash.png)\n\n{HASH}\n", "notes/0001.md"),
        (f"## Overview\n\n{HASH}\n", "notes/Hash.md"),
        (f"# Algorithms\n\n## 1.2 Hash:\n\n{HASH}\n\nMore of it.\n", "a.md"),
    ],
)
def test_a_heading_or_the_name_of_a_note_is_what_its_first_sentence_says(text, path):
    assert cards(text, path) == [("Hash", HASH)]


@pytest.mark.parametrize(
    "sentence",
    [
        "**Dropout** is a technique that switches neurons off at random.",
        "- **Dropout** (Srivastava 2014) means that neurons are switched off at random.",
        "**Dropout**, also known as dilution, refers to switching neurons off at random.",
    ],
)
def test_a_term_in_bold_is_what_its_sentence_says(sentence):
    assert fronts(f"{sentence}\n") == ["Dropout"]


def test_each_line_of_a_paragraph_may_begin_with_a_term_of_its_own():
    text = (
        "A **stack** is a list of which the last thing that came goes first.\nIt has a top.\n"
        "A **queue** is a list of which the first thing that came goes first.\n"
    )
    assert cards(text) == [
        ("stack", "A **stack** is a list of which the last thing that came goes first.\nIt has a top."),
        ("queue", "A **queue** is a list of which the first thing that came goes first."),
    ]


def test_a_list_that_the_sentence_announces_belongs_to_it():
    assert cards("## Monoid\n\nA monoid is a set with an operation that is:\n\n- associative\n- closed\n\nEnd.\n") == [
        ("Monoid", "A monoid is a set with an operation that is:\n\n- associative\n- closed")
    ]
    assert not fronts("## Monoid\n\nA monoid is a set with an operation that is the following:\n\nNext.\n")


LAVA = "**Lava** is molten rock that has come out of a volcano"


@pytest.mark.parametrize(
    ("text", "back"),
    [
        (f"- {LAVA}.\n  - It is hot.\n  - It flows.\n- Rest.\n", f"{LAVA}.\n- It is hot.\n- It flows."),
        (f"1. {LAVA}.\n\n   It is hot.\n2. Rest.\n", f"{LAVA}.\n\nIt is hot."),
        (f"- {LAVA}:\n  - hot\n  - fluid\n- Rest.\n", f"{LAVA}:\n- hot\n- fluid"),
        (f"- {LAVA}.\n  - **Heat** is a thing that it has a lot of.\n", f"{LAVA}."),
        (f"> {LAVA}:\n> - hot\n> - fluid\n\nRest.\n", f"{LAVA}:\n- hot\n- fluid"),
        (f"> [!note]\n> {LAVA}:\n>\n> - hot\n\nRest.\n", f"{LAVA}:\n\n- hot"),
        (f"- A.\n\n  {LAVA}.\n\n  - hot\n", f"{LAVA}."),
    ],
)
def test_an_item_is_told_as_a_whole_and_nothing_with_the_marks_around_it(text, back):
    assert dict(cards(text))["Lava"] == back


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Stochastic Gradient Descent (SGD)", "SGD is a way to go down a slope by looks at a few examples."),
        ("Stochastic Gradient Descent (SGD)", "Stochastic gradient descent (short: SGD) is a way to go down a slope."),
        ("Integral control (PID) loop", "Integral control is a way to hold a speed by what it was."),
        ("Perihelion", "The perihelion of a planet is its point of closest approach to the sun."),
        ("Period", "The period, $T$, of an oscillation is the time that one cycle takes."),
        ("Lava", "Lava is molten rock that has come out of a volcano."),
        ("Views", "A view is a table that a query makes when it is asked for."),
        ("Weak learner", "Weak learners are simple models that are a little better than chance."),
        ("Varianz", "Die Varianz ist ein Maß für die Streuung um den Mittelwert."),
        ("Redundanz", "Redundanz bezeichnet das mehrfache Vorhalten von Daten und Geräten."),
        ("Entropie", "L'entropie est une mesure du désordre d'un système."),
        ("Herencia", "La herencia es una forma de volver a usar lo que hay en otra clase."),
        ("Processo", "Um processo é um programa que está a ser executado."),
        ("Entropia", "L'entropia è una misura del disordine di un sistema."),
        ("Градиент", "Градиент — это вектор, который указывает направление роста."),
        ("Градиент", "Градиент — вектор, который всегда указывает направление роста."),
        ("Atom", "Atom je základní stavební částice běžné hmoty."),
        ("Atom", "Atom jest najmniejszą częścią pierwiastka w chemii."),
        ("梯度", "梯度是指函数在某一点上升最快的方向。"),
        ("클린코드", "클린코드란, 누구나 쉽게 읽을 수 있는 코드를 말한다."),
    ],
)
def test_the_subject_may_stand_in_another_form_and_language(heading, sentence):
    assert fronts(f"## {heading}\n\n{sentence}\n") == [heading]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Dropout", "Dropout is fast and works well in most networks today."),
        ("Review", "A review is a text of somebody who has read a book."),
        ("Views", "Views are already made when somebody asks for them."),
        ("Dropout", "Dropout is such that the net has to learn the same thing twice."),
        ("Dropout", "Dropout is not a way to make training faster than before."),
        ("Dropout", "Dropout is the best thing that happened to this field."),
        ("Dropout", "Dropout is one of my favourite tricks of the trade."),
        ("Dropout", "Dropout is the topic page for everything about regularisation."),
        ("Dropout", "Dropout is a thing."),
        ("Dropout", "Dropout is a technique that nobody understands, isn't it?"),
        ("Dropout", "Dropouts of school are not meant by what is said here."),
        ("Views", "Views are updated when the tables they stand on change."),
        ("Drop", "Dropout is a technique that switches neurons off at random."),
        ("Results", "Results are numbers that we wrote down on that day."),
        ("Step 2", "Step 2 is a walk to the shop around the corner."),
        ("Example", "An example is a dog that barks at the postman."),
        ("What is dropout", "It is a technique that switches neurons off at random."),
        ("How it works", "This is a technique that switches neurons off at random."),
    ],
)
def test_what_praises_tells_or_belongs_to_a_label_defines_nothing(heading, sentence):
    assert not fronts(f"## {heading}\n\n{sentence}\n")


@pytest.mark.parametrize(
    "text",
    [
        "**The decision that shaped it** was a bet on the browser and its users.\n",
        "**The best outcrop** is a wall behind the old mill of the village.\n",
        "**It** is a technique that switches neurons off at random.\n",
        "**Note** is a word that many people put before what they say.\n",
        "**[Redis](https://redis.io)** is a store of keys and values in memory.\n",
        "- **Гибкость** — можно добавлять идеи вне иерархии и менять их.\n",
        "**What is a hash** is a question that many people ask at first.\n",
        "```text\n**Dropout** is a technique that switches neurons off.\n```\n",
        "A **dropout** layer is one that switches neurons off at random.\n",
        "We say that **dropout** is a technique that switches neurons off at random.\n",
    ],
)
def test_what_is_in_bold_and_no_term_defines_nothing(text):
    assert not fronts(text)


@pytest.mark.parametrize(
    "text",
    [
        "**Anna** is sure that we can ship it on Friday.",
        "**Anna** is promising a thing that nobody can ship.",
        "**Deployment** is the responsibility of Anna for this week.",
        "**The kitchen** is a mess and must be cleaned by Sunday.",
        "**Lunch** was a sandwich from the place next door.",
        "**Breaking changes** are the ones listed in the section below.",
        "**Version 2.0** is a rewrite of the whole thing in Rust.",
        "**Table 2** is a list of all the values that we found.",
        "**Room B** is the place where the group meets on Friday.",
        "**Recommended** is a server with 8 GB of memory.",
        "**Everyone** is the owner of his part in this.",
        "**Below** is a list of the names of the files.",
        "**Mom** was an angel when I was ill in May.",
        "**Health** is a thing that I must take care of.",
        "**Lisbon** is a city on seven hills that we loved at once.",
        "**Design** is a week behind the plan that they made.",
        "**The next sprint** is a short one because of the holidays.",
        "**Die Besprechung** war ein voller Erfolg für das ganze Team.",
        "**John** is the one who should call the bank.",
        "**Sarah** was the first to see the light in the forest.",
        "**Er** ist ein Freund von ihr aus der Schule.",
        "**Heute** ist der Tag, an dem wir nach Hause fahren.",
        "**Hoy** es un día de fiesta para todos nosotros aquí.",
        "**Он** является братом моей соседки по дому.",
        "**Dom** je hezký a velký a má zahradu.",
        "**Wynik** jest lepszy niż ten z zeszłego roku.",
        "**Il** est le frère de la voisine depuis toujours.",
        "**Migration** is a two week job for the whole team.",
        "**The migration** is a project of three months at least.",
        "**Migration** is a big task with a lot of people in it.",
        "**Die Migration** ist eine Aufgabe für zwei Wochen und drei Leute.",
        "**La migration** est un travail de deux semaines pour nous tous.",
    ],
)
def test_what_tells_of_a_day_a_piece_of_work_or_a_place_in_the_text_defines_nothing(text):
    assert not fronts(f"{text}\n")


@pytest.mark.parametrize(
    "text",
    [
        "A **foreign key** is a key that refers to a row of another table.",
        "**Velocity** is the first derivative of the place of a body.",
        "**Ramadán** es el mes sagrado del calendario de los musulmanes.",
        "A **Type I error** is a test that says yes where no is right.",
        "A **cron job** is a task that runs every two hours on a server.",
        "A **microtask** is a small task that a loop runs after the script.",
        "A **scheduler** is a small program whose whole job is to start others.",
        "A **hackathon** is an event of two days with many teams in it.",
    ],
)
def test_a_key_the_first_of_several_a_numeral_and_a_kind_of_task_are_things(text):
    assert len(fronts(f"{text}\n")) == 1


def test_what_a_project_says_of_its_parts_defines_nothing():
    text = "# Sorter\n\nSorter is a tool that sorts what it is given.\n\n## Installation\n\nRun it.\n\n"
    assert fronts(text) == ["Sorter"]
    assert not fronts(f"{text}## Usage\n\nRun it.\n\n## License\n\nMIT\n")


def test_a_question_or_a_definition_keeps_its_lines():
    asked = parse_note(f"## What is a hash?\n\n{HASH}\n", "Hash.md").cards
    assert [(one.dialect, one.front) for one in asked] == [("heading", "What is a hash?")]
    defined = parse_note(f"- **Hash**: {HASH}\n", "Hash.md").cards
    assert [one.dialect for one in defined] == ["definition"]


def test_a_term_is_asked_for_once_in_a_note():
    assert cards(f"## Hash\n\n{HASH}\n\n## Hash\n\nA hash is another thing in the kitchen of a diner.\n") == [
        ("Hash", HASH)
    ]


def test_a_footnote_of_a_term_stands_below_what_is_said_of_it():
    text = "**Lava**[^1] is molten rock that has come out of a volcano.\n\n[^1]: Or the rock that it becomes.\n"
    back = "**Lava**[^1] is molten rock that has come out of a volcano.\n\n[^1]: Or the rock that it becomes."
    assert cards(text) == [("Lava", back)]


def test_a_front_that_another_card_of_the_note_has_makes_no_second_card():
    text = f"- **hash**: a string that is computed from data of any length\n\n## Hash\n\n{HASH}\n"
    assert [(one.dialect, one.front) for one in parse_note(text, "a.md").cards] == [("definition", "hash")]
    off = parse_note(text, "a.md", off={"definition"}).cards
    assert [(one.dialect, one.front) for one in off] == [("defining-sentence", "Hash")]


def test_the_front_is_as_it_is_written():
    text = "The **`.class` file** is a binary container of what the compiler made.\n\n## $\\chi^2$ test\n\n" + (
        "The $\\chi^2$ test is a test of whether two things depend on each other.\n"
    )
    assert fronts(text) == ["`.class` file", "$\\chi^2$ test"]


@pytest.mark.parametrize(
    ("heading", "sentence"),
    [
        ("Hash", "We define a hash as a string that is computed from data."),
        ("Hash", "By a hash $h$ we mean a string that is computed from data."),
        ("Hash", "The term “hash” refers to a string that is computed from data."),
        ("Hash", "A hash can be defined as a string that is computed from data."),
        ("Hash", "A [hash](hash.md) is a string that is computed from data."),
        ("Hash", '"Hash" is the name of a string that is computed from data.'),
        ("Streuwert", "Unter einem Streuwert versteht man eine Zeichenkette von fester Länge."),
        ("Streuwert", "Als Streuwert bezeichnet man eine Zeichenkette von fester Länge."),
        ("Streuwert", "Der Begriff Streuwert bezeichnet eine Zeichenkette von fester Länge."),
        ("Streuwert", "Ein Streuwert ist definiert als eine Zeichenkette von fester Länge."),
        ("Empreinte", "On appelle empreinte une chaîne de longueur fixe."),
        ("Empreinte", "Par empreinte, on entend une chaîne de longueur fixe."),
        ("Huella", "Se llama huella a una cadena de longitud fija."),
        ("Huella", "Por huella se entiende una cadena de longitud fija."),
        ("Assinatura", "Entende-se por assinatura uma cadeia de tamanho fixo."),
        ("Assinatura", "Uma assinatura é definida como uma cadeia de tamanho fixo."),
        ("Impronta", "Si definisce impronta una stringa di lunghezza fissa."),
        ("Impronta", "Per impronta si intende una stringa di lunghezza fissa."),
        ("Controlegetal", "Onder een controlegetal verstaan we een getal van vaste lengte."),
        ("Hash", "Ved hash forstår man en streng af fast længde."),
        ("Hash", "Med hash menas en sträng av bestämd längd."),
        ("Skrót", "Przez skrót rozumiemy napis o stałej długości znaków."),
        ("Otisk", "Pod pojmem otisk se rozumí řetězec pevné délky."),
        ("Хеш", "Под хешем понимают строку постоянной длины из данных."),
        ("Хеш", "Хешем называют строку постоянной длины из данных."),
        ("Хеш", "Хеш определяется как строка постоянной длины."),
        ("散列", "所谓散列，就是把任意长度的数据变成固定长度的字符串。"),
    ],
)
def test_a_sentence_may_say_that_it_defines(heading, sentence):
    assert cards(f"# Course\n\nText.\n\n## {heading}\n\n{sentence}\n") == [(heading, sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We define hash functions for each of the tables below.",
        "By hash we find each of the rows in no time.",
        "The term hash has been in use for many years.",
        "By a hash do we mean a string that is computed from data?",
        "Unter Hash finden wir im Buch mehrere lange Kapitel.",
        "Als Hash ist das hier nicht zu gebrauchen.",
        "On appelle hash depuis la page de ce projet.",
        "Se llama hash porque así lo quiso su autor.",
        "Si chiama hash perché così ha deciso chi lo ha scritto.",
        "Med hash i en kokt potatis blir man mätt.",
    ],
)
def test_a_sentence_that_only_begins_as_one_that_defines_does_not(sentence):
    assert not fronts(f"# Course\n\nText.\n\n## Hash\n\n{sentence}\n")


@pytest.mark.parametrize(
    ("sentence", "front"),
    [
        ("We define a **hash table** $T$ by the two functions below it.", "hash table"),
        ("Si definisce **impronta** $h$, la stringa di lunghezza fissa.", "impronta"),
        ("<b>Hash</b> is a string that is computed from data.", "Hash"),
        ("The **“shot”** is an example that a prompt has in it.", "“shot”"),
    ],
)
def test_a_term_in_bold_may_be_what_is_defined(sentence, front):
    assert cards(f"{sentence}\n") == [(front, sentence)]
