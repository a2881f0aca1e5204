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


@pytest.mark.parametrize("name", ["什么是哈希表", "线程和进程的区别", "Что такое хеш", "Qué es un hash"])
def test_the_name_of_a_note_asks(name: str) -> None:
    text = "A table that finds a value by the digest of its key, in constant time on the average.\n"
    assert [(dialect, front) for dialect, front, _ in found(text, f"{name}.md")] == [("question-note", name)]


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
