"""Questions and answers in languages other than English: their labels, their tasks, their words for asking."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def found(text: str, path: str = "note.md") -> list[tuple[str, str, str]]:
    return [(card.dialect, card.front, card.back) for card in parse_note(text, path).studied]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("**Вопрос:** Что хранит индекс?", "**Ответ:** Копию столбца."),
        ("Frage: Was speichert ein Index?", "Antwort: Eine Kopie der Spalte."),
        ("**Pregunta 1:** ¿Qué guarda un índice?", "**Respuesta:** Una copia de la columna."),
        ("Pergunta: O que guarda um índice?", "Resposta: Uma cópia da coluna."),
        ("Question : Que garde un index ?", "Réponse : Une copie de la colonne."),
        ("Domanda: Che cosa tiene un indice?", "Risposta: Una copia della colonna."),
        ("问：索引保存什么？", "答：列的副本。"),
        ("問題：索引保存什麼？", "答案：欄的副本。"),
        ("질문: 인덱스는 무엇을 저장하나요?", "답변: 열의 사본."),
    ],
)
def test_labels_of_questions_and_answers_are_known(question: str, answer: str) -> None:
    (card,) = found(f"{question}\n\n{answer}\n\nAnother paragraph.\n")
    asked, told = (text.replace("：", ":").split(":", 1)[1].strip(" *") for text in (question, answer))
    assert card == ("plain-qa", asked, told)


def test_an_answer_with_its_label_alone_goes_on_to_the_next_heading() -> None:
    text = (
        "### 1. Один\n\n**Вопрос:** Опишите индекс.\n\n**Ответ:**\n\n**Копия** столбца:\n\n- B-дерево\n\n### 2. Два\n"
    )
    assert found(text) == [("plain-qa", "Опишите индекс.", "**Копия** столбца:\n\n- B-дерево")]


@pytest.mark.parametrize(
    ("asked", "task"),
    [
        ("Что такое куча?", "Опишите стек."),
        ("Qu'est-ce que le tas ?", "Décrivez la pile."),
        ("Was ist der Heap?", "Nennen Sie zwei Kellerautomaten."),
        ("O que é a pilha?", "Explique a pilha."),
        ("¿Qué es el montón?", "Describe la pila"),
        ("힙이란?", "스택을 설명해주세요."),
        ("堆是什么？", "简述栈"),
        ("ヒープとは何か？", "スタックを説明してください。"),
    ],
)
def test_tasks_in_a_list_of_questions_are_questions(asked: str, task: str) -> None:
    text = f"# Memory\n\n## {asked}\n\nOne.\n\n## {task}\n\nTwo.\n\n## {asked[:-1]} 2?\n\nThree.\n"
    assert ("heading", task, "Two.") in found(text)


@pytest.mark.parametrize("title", ["Стек и куча", "Beschreibung", "Explicación", "스택 설명", "解释器", "Сравнение"])
def test_titles_that_set_no_task_are_none(title: str) -> None:
    text = f"# Memory\n\n## What is a heap?\n\nOne.\n\n## {title}\n\nTwo.\n\n## What is a stack?\n\nThree.\n"
    assert [front for _, front, _ in found(text)] == ["What is a heap?", "What is a stack?"]


def test_a_summary_that_sets_a_task_is_a_question() -> None:
    text = "<details>\n<summary>꼬리질문: 스택을 설명해주세요.</summary>\n\n마지막 것을 꺼낸다.\n</details>\n"
    assert found(text) == [("details", "꼬리질문: 스택을 설명해주세요.", "마지막 것을 꺼낸다.")]


@pytest.mark.parametrize(
    "name",
    [
        *("什么是哈希表", "线程和进程的区别", "为什么索引会失效", "哈希表是什么", "コンテナとは"),
        *("Что такое хеш", "Почему хеш нельзя обратить", "Qué es un hash", "Por qué se usa un hash"),
        *(
            "What is Newton's law",
            "Warum ist ein Hash kurz",
            "Vergleiche Stapel und Halde",
            "Pourquoi le hachage est-il rapide",
        ),
    ],
)
def test_the_name_of_a_note_asks(name: str) -> None:
    text = "A table that finds a value by the digest of its key, in constant time on the average.\n"
    assert [(dialect, front) for dialect, front, _ in found(text, f"{name}.md")] == [("question-note", name)]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "最初にお読みください",
            "먼저 읽어주세요",
            "안녕하세요",
            "请解释一下昨天的事",
            "聊聊吗",
            "谈谈爱情",
            "说说今年",
        ),
        *("为什么我种花", "为什么选择养鸟", "为什么选择智能手表", "这是什么", "三个城市的区别", "你好吗", "私の庭とは"),
        *("Warum Vögel", "Warum ich Vögel zähle", "Warum ist mein Garten leer", "Vergleiche der Städte"),
        *("Nenne mich Ismael", "Erklären und zeigen", "Почему птицы", "Почему я считаю птиц", "Почему мы можем всё"),
        *(
            "Por qué cuento aves",
            "Por qué es mi casa",
            "Compara y gana",
            "Pourquoi les oiseaux",
            "Pourquoi j'ai deux noms",
        ),
        *(
            "Расскажи о себе",
            "Comparez nos jardins",
            "Was ist neu",
            "What's new in the garden",
            "Explica mi jardín",
            "Waarom vogels",
            "Dlaczego ptaki",
            "Чому птахи",
        ),
    ],
)
def test_a_name_that_tells_requests_or_chats_asks_nothing(name: str) -> None:
    text = "We have counted them for nine years.\n\nThe list is on the door of the shed, next to the seeds.\n"
    assert found(text, f"{name}.md") == []
    assert found(text, f"{name}.txt") == []


@pytest.mark.parametrize(
    "titles",
    [
        ("Vergleiche und Schleifen", "Warum Zeiger", "Warum jetzt"),
        ("Почему птицы", "Почему именно теперь", "Почему это удобно"),
        ("Pourquoi ici", "Pourquoi un jardin", "Pourquoi cela nous plaît"),
        ("Por qué aquí", "Por qué un jardín", "Compara y gana"),
        ("大声お控えください", "靴をお脱ぎください", "お気軽にお尋ねください"),
        ("기다려주세요", "신발을 벗어주세요", "편하게 물어보세요"),
        ("浇水了吗", "种花了吗", "下雨了吗"),
        ("说说我的花园", "讲讲去年", "谈谈明年"),
        ("为什么选择我们", "为什么是现在", "与去年的区别"),
    ],
)
def test_headings_without_a_verb_of_asking_are_no_list_of_questions(titles: tuple[str, str, str]) -> None:
    text = "".join(f"## {title}\n\nThe garden lies behind the school.\n\n" for title in titles)
    assert found(f"# Garden\n\n{text}") == []


@pytest.mark.parametrize(
    "titles",
    [
        ("Was ist ein Stapel", "Warum ist er schnell", "Nenne zwei Stapel"),
        ("Что такое стек", "Почему стек нельзя обойти", "Сравните стек и кучу"),
        ("Qu'est-ce que la pile", "Pourquoi la pile est-elle rapide", "Décrivez la pile"),
        ("栈是什么", "为什么栈会溢出", "谈谈你对栈的理解"),
        ("スタックとは", "ヒープとは", "スタックとヒープを比較してください"),
        ("스택을 설명하세요", "힙을 정의해주세요", "둘을 비교하시오"),
    ],
)
def test_headings_with_a_verb_of_asking_are_a_list_of_questions(titles: tuple[str, str, str]) -> None:
    text = "".join(f"## {title}\n\nThe last one comes out first.\n\n" for title in titles)
    assert [front for _, front, _ in found(f"# Memory\n\n{text}")] == list(titles)


@pytest.mark.parametrize(
    "titles",
    [
        (
            "Warum konvergiert SGD langsam",
            "Warum funktioniert Dropout",
            "Warum verwenden wir ReLU",
            "Warum braucht dein Netz Daten",
        ),
        (
            "Para qué sirve la función",
            "Por qué funciona Adam",
            "Por qué usamos lotes",
            "Por qué baja el error",
            "Por qué normalizar los datos",
        ),
        (
            "Por que o dropout funciona",
            "Por que baixa o erro",
            "Por que somar um bias",
            "Por que usar lotes",
            "Para que serve o bias",
        ),
        (
            "Pourquoi utiliser des lots",
            "Pourquoi ne pas normaliser",
            "Pourquoi appliquer l'attention",
            "Pourquoi le gradient disparaît-il",
        ),
        ("Почему затухает градиент", "Почему dropout работает", "Почему упала точность"),
        ("Чому зникає градієнт", "Чому модель перенавчається", "Чому виникає помилка"),
        ("Dlaczego gradient zanika", "Dlaczego model się przeucza", "Dlaczego błąd rośnie"),
        ("Waarom werkt dropout goed", "Waarom gebruiken we lotten", "Waarom daalt de fout", "Waarom leert het net"),
        ("Warum skaliert das", "Warum glättet Momentum", "Warum normalisiert man nicht", "Warum leitet das Netz"),
        (
            "为什么使用批归一化",
            "为什么梯度消失",
            "为什么Adam比SGD快",
            "过拟合怎么办",
            "为什么用交叉熵",
            "为什么对比学习效果更好",
        ),
        ("WARUM FUNKTIONIERT DROPOUT", "WARUM SINKT DER FEHLER", "WAS IST EIN BIAS"),
    ],
)
def test_any_verb_after_a_word_for_why_makes_a_question(titles: tuple[str, ...]) -> None:
    text = "".join(f"## {title}\n\nThe variance of the gradients is kept.\n\n" for title in titles)
    assert [front for _, front, _ in found(f"# Nets\n\n{text}")] == list(titles)
    for title in titles:
        told = found("The variance of the gradients is kept from layer to layer.\n", f"{title}.md")
        assert [front for _, front, _ in told] == [title]


@pytest.mark.parametrize(
    "titles",
    [
        ("Warum Python", "Warum gute Tests", "Warum nicht jetzt", "Warum heute alles anders", "Warum mich das freut"),
        ("Por qué Angular domina", "Por qué gente como nosotros", "Por qué te conviene", "Por qué amo los gatos"),
        ("Por que nossa escola", "Por que uma horta", "Por que o jardim amarelo"),
        ("Pourquoi notre offre", "Pourquoi encore un blog", "Pourquoi choisir nos vélos"),
        ("Почему наша школа", "Почему мы растём", "Почему ответ верный", "Почему люблю осень"),
        ("Чому наша школа", "Dlaczego nasza firma", "Dlaczego właśnie teraz"),
        ("Waarom juist nu", "Waarom onze school", "Waarom Fietsen werkt"),
        ("为什么选择ReLU", "为什么智能手表", "为什么更多人选择我们", "为什么喜欢猫", "这样怎么办"),
        ("Warum unbedingt ein Backup", "Warum verteilt und redundant", "Warum arbeiten bei uns"),
        (
            "Warum ausgerechnet wir",
            "Warum mit Docker",
            "Warum überhaupt ein Blog",
            "Warum lernen im Alter",
            "Warum sauberen Code schreiben",
        ),
        (
            "Pourquoi hiver doux",
            "Pourquoi cher lecteur",
            "Pourquoi investir dans Paris",
            "Pourquoi maire des villes",
            "Pourquoi hier la pluie",
        ),
        (
            "Por qué software libre",
            "Por qué plataforma propia",
            "Por qué energía propia",
            "Por qué mejora continua",
            "Por qué hasta el lunes",
        ),
        ("Por que software livre", "Por que comida caseira", "Por que para o jardim"),
        (
            "为什么更新",
            "为什么对比",
            "为什么使用我们的产品",
            "为什么用户流失",
            "为什么存在主义",
            "为什么对比学习好",
            "为什么提高",
        ),
        ("Почему портал закрыт", "Почему наш персонал лучший", "Почему деревянный паркет", "Почему дело важное"),
        ("Dlaczego nowa technika", "Dlaczego warzywa", "Dlaczego kraje Azji", "Чому могила предків"),
        ("Waarom internet thuis", "Waarom sport een feest", "Waarom kunst op school"),
        ("Waarom kunst ze raakt", "Waarom mensen ze lezen", "Waarom recht er is", "Waarom kunst het leven verrijkt"),
        ("Warum gut er ist", "Warum rasant sich alles ändert", "Warum begleitet Wohnen", "Warum bekannt sie wurde"),
        ("Warum strukturiert die Daten sichern", "WARUM GUT ER IST", "Warum unerwartet Gewinne"),
        ("Por qué gente la quiere", "Por qué gente se va", "Por que gente o quer", "Por que casa o ama"),
        ("Warum guten man nennt", "Por qué clase el lunes", "Por que aprendizagem a distância"),
        ("Pourquoi papier un", "为什么我们更好", "为什么猫更好"),
    ],
)
def test_no_noun_name_or_speaker_after_a_word_for_why_makes_a_question(titles: tuple[str, ...]) -> None:
    text = "".join(f"## {title}\n\nThe garden lies behind the school.\n\n" for title in titles)
    assert found(f"# Garden\n\n{text}") == []
    assert [title for title in titles if found("The garden lies behind the school.\n", f"{title}.md")] == []


def test_a_number_in_a_list_of_questions_makes_a_bare_why_a_question() -> None:
    text = "## 1. Was ist ein Stapel?\n\nOne.\n\n## 2. Warum Zeiger\n\nTwo.\n\n## 3. Erklären\n\nThree.\n"
    assert [front for _, front, _ in found(text)] == ["Was ist ein Stapel?", "Warum Zeiger"]


def test_what_stands_alone_under_the_question_of_an_item_answers_it() -> None:
    text = (
        "* Why do we hash?\n  <details>\n  <summary>How to go about it</summary>\n\n  To find fast.\n\n  </details>\n\n"
        "* Why do we sort?\n  <details>\n  <summary>Hint</summary>\n\n  Think of pages.\n\n  </details>\n"
    )
    assert found(text) == [("details", "Why do we hash?", "To find fast.")]


def test_a_question_in_an_item_is_shown_without_its_bullet() -> None:
    text = "- Why do we hash?\n  And when?\n\n  <details>\n  <summary>Answer</summary>\n  To find fast.\n  </details>\n"
    ((_, front, back),) = found(text)
    assert front.startswith("Why do we hash?")
    assert back == "To find fast."


def test_numbers_that_a_template_has_left_answer_nothing() -> None:
    text = "What surprised you?\n1.\n\nWhat did you learn?\n1.\n2.\n\nWho helped you?\n1.\n"
    assert found(text) == []


def test_a_list_of_questions_holds_tasks_and_no_links_that_lead_on() -> None:
    text = (
        "## Open questions\n\n- Was ist ein Keller?\n- Beschreiben Sie den Keller.\n"
        "- **Explain the stack.** - [Learn from here](https://example.org/stack)\n"
    )
    assert found(text) == [
        ("open-question", "Was ist ein Keller?", ""),
        ("open-question", "Beschreiben Sie den Keller.", ""),
        ("open-question", "Explain the stack.", ""),
    ]


def test_a_link_is_no_answer_and_a_part_of_a_note_is_put_in_its_place() -> None:
    link = "- **Question**: What is a stack?\n    - **Answer**: [What is a stack?](https://example.org/stack)\n"
    assert found(link) == []
    part = "- Q: What is a stack?\n- A: [[Memory#Stack]]\n"
    assert found(part) == [("plain-qa", "What is a stack?", "![[Memory#Stack]]")]


def test_a_callout_that_announces_questions_holds_them() -> None:
    text = "> [!question] **Questões para revisão:**\n> - Explique a pilha.\n> - O que é a pilha?\n"
    assert found(text) == [("open-question", "Explique a pilha.", ""), ("open-question", "O que é a pilha?", "")]
