"""The words that notes use for their parts, in one place. English; compared case-folded and without a final colon."""

from __future__ import annotations

from typing import Literal

SectionKind = Literal["summary", "example", "attention", "questions", "related", "aside"]


def word_set(told: str) -> frozenset[str]:
    """The words of a text as a set; `_` stands for a blank inside one."""
    return frozenset(word.replace("_", " ") for word in told.split())


CARD_SECTIONS: tuple[SectionKind, ...] = ("summary", "example", "attention")
"""Sections that are a card on the note's topic."""

ASKING_CALLOUTS = frozenset({"question", "questions", "faq", "help"})
"""Callout types whose title is a question and whose body is its answer."""

LEAVING_CALLOUTS = frozenset({"todo", "task", "bug", "quote", "cite"})
"""Callout types that leave what their title asks to be done, or to who said it."""

DEFINING_CALLOUTS = word_set(
    "definition def définition definición definizione definição definicja определение 定义 定義 정의"
)
STATING_CALLOUTS = word_set(
    """
    theorem thm lemma proposition prop corollary axiom law satz théorème lemme corollaire teorema corollario teorem
    twierdzenie теорема лемма 定理 引理 推论 命题 公理
    """
)
"""Callout types whose title names what the body defines, or states."""

QUESTION_NOUNS = word_set(
    """
    question questions faq exercise exercises quiz domanda domande esercizio esercizi quesiti pregunta preguntas
    ejercicio ejercicios pergunta perguntas exercício exercícios frage fragen übung aufgabe aufgaben exercice exercices
    spørgsmål fråga frågor vraag vragen вопрос вопросы питання questão questões otázka otázky pytanie pytania
    """
)
"""Titles with one of these announce questions and are none."""

ANSWER_NOUNS = word_set(
    """
    answer answers solution solutions antwort antworten lösung lösungen respuesta respuestas solución soluciones
    solucionario
    réponse réponses corrigé resposta respostas solução soluções gabarito risposta risposte soluzione soluzioni
    antwoord antwoorden odpowiedź odpowiedzi svar cevap jawaban ответ ответы решение решения відповідь відповіді
    答案 解答 答え 정답
    """
)
"""A few words with one of these name an answer, or a list of them."""

EXAMPLE_NOUNS = word_set(
    """
    example examples esempio esempi ejemplo ejemplos beispiel beispiele exemple exemples exemplo exemplos eksempel
    eksempler exempel voorbeeld пример примеры 例 例子 例題 示例
    """
)
"""Titles of examples that say nothing else."""

TERM_HEADS = word_set(
    """
    term terms word words concept concepts acronym abbreviation begriff begriffe wort термин термины понятие слово
    término términos concepto conceptos termo termos conceito terme termes mot termine termini concetto termín pojem
    术语 術語 概念 单词 用語 용어 단어
    """
)
"""What stands at the head of a column of terms."""

GLOSSARY_NOUNS = word_set(
    """
    glossary glossaries vocabulary terminology definitions key_terms
    glossar glossare vokabeln begriffe fachbegriffe terminologie glossaire vocabulaire glosario vocabulario terminología
    glossario vocabolario glossário vocabulário begrippen begrippenlijst woordenlijst ordliste begreber ordlista
    глоссарий словарь термины словник słownik słowniczek pojęcia slovník pojmy
    术语 术语表 術語表 词汇表 名词解释 用語集 用語 용어 용어집
    """
)
"""Titles with one of these announce terms and what they mean."""

TEXT_HEADS = word_set(
    """
    definition definitions meaning meanings description explanation bedeutung erklärung beschreibung
    определение значение описание definición significado descripción definição descrição définition signification
    definizione significato definice význam 定义 含义 解释 意思 定義 意味 説明 정의 의미 뜻 설명
    """
)
"""What stands at the head of a column that says what terms mean."""

DEFINING_HEADS = word_set(
    """
    definition definitions meaning meanings bedeutung definición significado definição définition signification
    definizione significato definice význam определение definicja 定义 含义 定義 意味 정의 의미 뜻
    """
)
"""Those that leave no doubt of it: a description may be of anything."""

PROMPT_HEADS = word_set(
    """
    question questions front prompt word words vocab frage fragen vorderseite wort wörter question_/_prompt recto mot
    mots pregunta preguntas palabra palabras pergunta perguntas palavra palavras frente domanda domande parola parole
    вопрос вопросы слово слова pytanie słowo 问题 问 正面 单词 词语 問題 質問 単語 單字 질문 단어
    """
)
ANSWER_HEADS = ANSWER_NOUNS | word_set(
    """
    back translation rückseite übersetzung verso traduction reverso traducción tradução verso traduzione перевод
    tłumaczenie 背面 反面 答 回答 翻译 翻譯 訳 和訳 대답 번역
    """
)
"""What stands at the heads of two columns that are the sides of cards, as in a list of words."""

CUE_HEADS = word_set("cue cues stichwort stichworte mots-clés pista pistas spunti キュー")
NOTE_HEADS = ANSWER_HEADS | word_set("note notes notizen apuntes notas appunti anotações 笔记 筆記 ノート 노트 필기")
"""What stands at the heads of two columns of notes in Cornell's manner."""

TRUE_OR_FALSE = word_set(
    """
    true_or_false true/false true_false right_or_wrong vero_o_falso vero/falso wahr_oder_falsch richtig_oder_falsch
    vrai_ou_faux verdadero_o_falso verdadeiro_ou_falso sandt_eller_falsk
    """
)
"""Titles under which a statement is to be judged; with and without a question mark."""

_SECTIONS: dict[SectionKind, tuple[str, ...]] = {
    "summary": ("summary", "abstract", "tldr", "tl;dr", "in short", "in brief", "key takeaways", "takeaways", "recap"),
    "example": ("example", "examples", "worked example"),
    "attention": ("attention", "important", "key points", "points to remember", "remember", "watch out"),
    "questions": (
        "questions",
        "question",
        "open questions",
        "open question",
        "review questions",
        "study questions",
        "follow",
        "follow up",
        "follow-up",
        "follow up questions",
        "follow-up questions",
        "followup questions",
        "further questions",
        "questions to think about",
    ),
    "related": ("related", "related topics", "related concepts", "related terms", "related notes", "see also"),
    "aside": (
        "notes",
        "note",
        "breakdown",
        "contents",
        "table of contents",
        "introduction",
        "conclusion",
        "resources",
        "references",
        "sources",
        "links",
        "further reading",
        "similar posts",
        "related posts",
        "related articles",
        "comments",
        "tags",
    ),
}

SECTION_OF: dict[str, SectionKind] = {word: kind for kind, words in _SECTIONS.items() for word in words}
"""The kind of section that a word opens."""

NOT_TERMS = word_set(
    """
    a actual answer answers author authors advantage advantages action actions application applications approach
    aim aims aka also answer assumption assumptions background benefit benefits best bonus caution caveat caveats
    challenge challenges characteristic characteristics code con cons conclusion consequence context correct cost
    created criteria date deadline definition definitions demo description details disadvantage disadvantages
    drawback drawbacks due edit effect email error example examples exercise expected explanation explanations
    fact fix first focus follow-up format formula formulas function fun given goal goals hint hints how idea impact
    implementation implementations important information input inputs insight interpretation intuition issue issues
    key keywords language licence license limitation limitations link links location meaning mechanism method
    methods more motivation name next nb note notes objective objectives observation option outcome output outputs
    overview owner parameters performance phone pitfall pitfalls price problem problems process pro properties
    property pros purpose q question questions reason reasons reference references remark remarks requirement
    requirements resource resources result results role rule scenario second setup shortcoming shortcomings
    similarities similarity difference differences solution solutions source sources status step steps strategy
    strength strengths structure summary syntax tags task tasks technique techniques third time tip tips title todo
    tool tools topic tradeoff tradeoffs trade-off trade-offs type types update updated url usage use used uses
    version video warning weakness weaknesses what when where which who why wrong
    key_idea main_idea key_idea_behind use_case use_cases when_to_use how_to_use key_point key_points key_features
    how_it_works why_it_matters real-world_example in_practice in_general in_short for_example for_instance
    correct_answer right_answer example_use_case common_mistakes best_practices best_practice the_problem
    the_solution other_methods main_features interview_question follow-up_question follow_up pros_and_cons
    time_complexity space_complexity your_task use_it_when related_topics related_concepts see_also
    user ai assistant human system model_answer chatgpt
    """
)
"""Labels that open a remark rather than define a term."""

LABELS = word_set(
    """
    clarification clarifications
    nb oss obs ps remark remarks exam recap note notes warning warnings caution danger careful attention important
    reminder notice beware takeaway takeaways analogy mnemonic trivia verdict bottom_line rule_of_thumb golden_rule
    remember upside downside disclaimer prerequisite prerequisites proof theorem lemma corollary proposition status
    deadline due author source assignee pro_tip fun_fact follow-up also_known_as aka full_form
    one-line_summary real-life_example real_life_example exam_tip scenario cause causes symptom symptoms critical
    depends_on owner alternatives here fair_warning side_note textbook reference_book grading workload
    in_scope out_of_scope intended_outcome next_action next_actions next_step next_steps waiting_on
    show_that prove_that assume_that suppose_that note_that notice_that recall_that remember_that given_that
    situation root_cause root_causes lesson_learned lesson_learnt lessons_learned lessons_learnt
    affiliation affiliations born died nationality alma_mater employer spouse phd
    الحل القاعدة النتيجة الفحص مثال أمثلة ملاحظة التعريف الفائدة المميزات العيوب تعريف
    首选 次选 备选 推荐 核心优势 学习要点 实践 文档 总结建议 后果
    nota notas ejemplo ejemplos importante atención atencion cuidado advertencia aviso consejo respuesta pregunta
    referencia referencias fuente fuentes autor fecha estado etiquetas objetivo objetivos resumen definición conclusión
    ventaja ventajas desventaja desventajas inconvenientes problema solución observación observaciones pasos requisitos
    tarea entrega recordar ojo teorema demostración
    esempio esempi osservazione osservazioni attenzione avvertenza suggerimento consiglio domanda risposta riferimenti
    fonte fonti autore data stato obiettivo obiettivi riassunto definizione conclusione vantaggio vantaggi svantaggio
    svantaggi soluzione dimostrazione dim prerequisiti ricorda lemma proposizione corollario enunciato ipotesi tesi
    hinweis hinweise notiz bemerkung anmerkung beispiel beispiele achtung wichtig warnung tipp frage antwort quelle
    quellen datum ziel ziele zusammenfassung fazit vorteil vorteile nachteil nachteile problem lösung voraussetzung
    voraussetzungen aufgabe merke satz beweis
    remarque remarques exemple exemples avertissement astuce conseil réponse référence références auteur statut
    objectif objectifs résumé définition avantage avantages inconvénient inconvénients problème prérequis rappel preuve
    théorème exemplo exemplos atenção dica resposta referências objetivos resumo definição conclusão vantagem vantagens
    desvantagem desvantagens observação
    eksempel eksempler bemærk bemærkning advarsel vigtigt spørgsmål svar kilde kilder forfatter dato mål konklusion
    fordel fordele ulempe ulemper løsning bevis sætning exempel varning viktigt fråga källa
    uwaga uwagi przykład przykłady definicja cel wniosek wnioski zalety wady źródło autor pytanie odpowiedź ważne
    poznámka poznámky příklad příklady definice cíl závěr výhody nevýhody zdroj autor otázka odpověď důležité
    opmerking voorbeeld voorbeelden definitie doel conclusie voordelen nadelen bron auteur vraag antwoord belangrijk
    örnek örnekler uyarı önemli soru cevap yanıt tanım amaç sonuç yorum gözlem beklenti hatırlayın hatırla ipucu özet
    avantajlar dezavantajlar kaynak kaynaklar çözüm kullanım ví_dụ lưu_ý ghi_chú định_nghĩa mục_đích ưu_điểm
    từ_khóa catatan contoh tujuan kesimpulan kelebihan kekurangan karar dikkat avantaj dezavantaj sorun fayda tasarım
    nhược_điểm bản_chất hành_động kết_quả kết_luận nguyên_nhân giải_pháp tác_động câu_hỏi đáp_án nguồn
    примітка приклад приклади важливо увага визначення мета висновок переваги недоліки джерело питання відповідь
    примечание пример примеры важно внимание предупреждение совет вопрос ответ источник автор дата статус цель
    смысл суть
    определение вывод преимущества недостатки проблема решение итог
    注意 示例 例子 例 例如 重要 提示 警告 问题 答案 参考 来源 作者 日期 状态 总结 结论 优点 缺点 注 备注
    例題 説明 메모 예시 주의
    地址 地點 地点 场所 時間 时间 日期 日時 日程 電話 电话 手机 邮箱 網址 网址 链接 姓名 联系人 主持人 主持 参加者
    参会人 与会者 负责人 负责 价格 費用 费用 备忘 待办 目的 目标 目標 方法 步骤 步驟 原因 结果 結果 背景 描述 定义
    定義 概述 概要 应用 用途 特点 特徵 特徴 优势 劣势 优点 缺點 区别 输入 输出 版本 工具 语言 类型 原理 解析 解释 思路
    解答 题目 題目 要求 任务 作业 问 答 结语 小结 補充 补充 住所 電話番号 場所 会場 担当 担当者 料金 予算 手順 理由
    応用 入力 出力 状態 言語 質問 問題 回答 答え 解説 長所 短所 利点 欠点 メモ 備考 補足 結論 まとめ 宿題 課題 議題
    주소 전화 전화번호 시간 장소 날짜 일시 담당자 담당 참석자 가격 비용 목적 목표 방법 단계 이유 결과 배경 개요 정의
    용도 특징 입력 출력 버전 도구 언어 질문 답변 해설 장점 단점 결론 요약 숙제 과제
    адрес телефон время место дата_и_время ведущий участники ответственный цена срок задача задание ссылка
    true false vrai faux verdadero falso verdadeiro vero wahr falsch верно неверно
    """
)
"""Labels of remarks and properties, in the languages that notes are often written in."""

LABEL_HEADS = word_set(
    """
    takeaway takeaways idea insight point points fact summary answer question note warning tip tips rule analogy example
    examples actions steps advantage disadvantage finding lesson conclusion message reason goal purpose problem trick
    clarification addition mistake mistakes difference differences assumption assumptions observation observations
    """
)
LABEL_OPENINGS = word_set(
    """
    key core main big biggest golden exam quick final your my our real-life real-world one-line important common basic
    simple central good bad short clinical practical interview depth pro
    """
)
"""Openings and last words of labels such as "Core idea", "Exam takeaway"."""

NOT_TERM_OPENINGS = word_set(
    """
    if si wenn falls se quando если когда takeaway takeaways
    why what when where which who how here also your my this that these those because but so however there about typical
    suggested important importante wichtig wichtige wichtiger wichtiges важный важная важное
    difference differences por cómo como qué cuándo perché cosa cos'è quando
    warum was wie wann pourquoi comment quand hvad hvorfor hvordan hvornår
    """
)
"""A phrase that opens so tells about something else: "Why it works", "In simple words"."""

NOT_TERM_PHRASES = word_set(
    """
    in_simple in_short in_other in_one in_summary in_practice in_general in_plain in_a in_this in_brief in_fact
    in_essence in_conclusion for_frequency for_you if_you if_we en_resumen en_pratique en_résumé in_sintesi in_breve
    in_kürze kurz_gesagt memory_trick exam_question interview_question read_as think_of one_sentence good_question
    """
)
"""The first two words of such a phrase."""

CODE_WORDS = word_set("loop loops statement statements clause keyword pointer operator expression block condition")
"""After these openings they make a term: "This pointer", "Where clause"."""

_MONTHS = """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec januar februar märz mai juni juli oktober dezember janvier février avril juin juillet
    août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre janeiro
    fevereiro março maio junho julho setembro outubro novembro dezembro marts maj
    """
_DAYS = """
    monday tuesday wednesday thursday friday saturday sunday tue thu fri montag dienstag mittwoch
    donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves
    viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica segunda terça quarta quinta sexta
    周一 周二 周三 周四 周五 周六 周日 周末 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 今天 明天 昨天
    上午 下午 晚上 月曜 火曜 水曜 木曜 金曜 土曜 日曜 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 今日 明日 昨日
    午前 午後 월요일 화요일 수요일 목요일 금요일 토요일 일요일 오늘 내일 어제 오전 오후
    понедельник вторник среда четверг пятница суббота воскресенье сегодня завтра вчера
    mandag tirsdag onsdag torsdag fredag lørdag søndag today tomorrow yesterday morning afternoon evening week semester
    """
DATE_WORDS = word_set(_MONTHS + _DAYS)

MEMO_VERBS = word_set(
    """
    update fix check ensure remember review install buy contact finish prepare schedule investigate consider
    verify refactor migrate rename deploy avoid never always please see bitte veuillez пожалуйста
    """
)
"""How a memo to oneself begins, not a definition."""

STEP_VERBS = MEMO_VERBS | word_set(
    """
    add apply assign build calculate choose click clone collect compute configure connect copy create define delete
    design determine divide download draw enter evaluate execute export extract fill find follow gather generate get
    give go identify import initialise initialize insert keep load look move multiply open perform pick place plan plot
    press provide pull push put remove repeat replace return run save scan select send set sort split start stop
    subtract take test train try turn type use validate wait write
    """
)
"""How a step of a procedure begins."""

SMALL_WORDS = word_set("a an and as at by for from in into is nor of on or per so the to up vs vs. via with without")
"""Words that a title may leave in lower case."""

COMPARE_OPENINGS = (
    "difference between",
    "differences between",
    "key differences between",
    "main differences between",
    "key difference between",
    "main difference between",
    "similarities between",
    "similarity between",
    "similarities and differences between",
    "comparison of",
    "comparison between",
    "compare",
    "comparing",
    "distinction between",
)
"""How a comparison of two things begins."""

NOT_DEFINING = word_set(
    """
    advantage advantages disadvantage disadvantages pro pros con cons benefit benefits drawback drawbacks
    limitation limitations challenge challenges strength strengths weakness weaknesses step steps workflow process
    procedure checklist todo agenda application applications use_case use_cases usage example examples
    best_practices practices considerations features key_features characteristics actions tips tasks goals
    requirements recommendations reasons why when how resources references links
    roadmap contributing installation setup quickstart getting_started troubleshooting changelog improvements
    deliverables milestones timeline schedule team tech_stack technology_stack tips tricks lessons pitfalls
    gotchas mistakes highlights takeaways key_takeaways findings observations action_items prerequisites
    complexity_analysis experimental_results objections criticisms debates tensions trade_offs tradeoffs mitigations
    decisiones decisões decisioni entscheidungen décisions nguyên_nhân hậu_quả giải_pháp kelebihan kekurangan kerugian
    keuntungan manfaat contoh langkah_langkah persyaratan ipuçları возможности ключевые_моменты
    guidelines responsibilities achievements key_changes suggestions key_insights key_results
    important_note important_notes security_note security_notes learning_path test_results success_indicators
    ventaja ventajas desventaja desventajas beneficios inconvenientes características ejemplo ejemplos pasos requisitos
    objetivos consejos aplicaciones usos
    vantagem vantagens desvantagem desvantagens benefícios exemplo exemplos passos aplicações dicas
    vantaggi svantaggi benefici caratteristiche esempio esempi passi passaggi consigli applicazioni usi
    vorteile nachteile beispiel beispiele schritte merkmale tipps anforderungen anwendungen ziele
    avantages inconvénients exemple exemples étapes caractéristiques conseils objectifs applications
    zalety wady przykład przykłady kroki zastosowania výhody nevýhody příklad příklady kroky použití voordelen nadelen
    voorbeeld voorbeelden stappen kenmerken avantajlar avantajları dezavantajlar dezavantajları örnek örnekler adımlar
    adımları özellikler özellikleri sınırlılıklar sınırlılıkları kullanım ví_dụ ưu_điểm nhược_điểm переваги недоліки
    преимущества недостатки достоинства пример примеры шаги особенности этапы советы плюсы минусы требования
    المميزات العيوب مميزات عيوب أمثلة مثال خطوات المصادر
    """
)
"""Words in a heading or label whose list gives properties, steps or examples of something, not terms of their own."""

NOT_DEFINING_SIGNS = word_set(
    """
    优点 缺点 优势 劣势 步骤 特点 特性 注意事项 应用场景 使用场景 示例 例子 举例 建议 技巧 教程 安装 常见问题
    優點 缺點 優勢 步驟 特點 特徴 手順 例題 メリット デメリット 使い方 장점 단점 특징 단계 예시
    """
)
"""The same in writing without blanks."""

_TITLE_WORDS = 10


def is_title(term: str) -> bool:
    """Whether a term is written like a title: every word capitalised but those that a title may leave small."""
    told = term.replace("-", " ").split()
    if not 1 <= len(told) <= _TITLE_WORDS or any(mark in term for mark in (". ", "! ", "? ", ", ")):
        return False
    return all(not word[0].islower() or word.casefold() in SMALL_WORDS for word in told)
