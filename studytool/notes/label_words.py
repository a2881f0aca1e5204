"""What English notes label a remark or a property with ("Purpose", "Use", "See"), as other languages say it.

A word that is as often a term ("Function", "Structure") is left out: one that is lost costs more than one too many.
"""

from __future__ import annotations

from studytool.notes.words import word_set

_GERMAN = """
    zweck ablauf verwendung einsatz einsatzgebiet einsatzgebiete eigenschaften merkmale ausnahme ausnahmen folge folgen
    ursache ursachen grund gründe vorgehen vorgehensweise ergebnis ergebnisse lernziel lernziele lerntipp thema inhalt
    aufbau bedeutung grundidee idee prinzip grundprinzip unterschied unterschiede begründung rechtsgrundlage vorsicht
    herausforderung herausforderungen maßnahmen fokus siehe siehe_auch faustregel eselsbrücke merksatz prüfungstipp
    voraussetzung hintergrund gegeben gesucht stand zuletzt_aktualisiert dozent dozentin
    """
_FRENCH = """
    but principe rôle fonctionnement utilité utilisation intérêt conséquence conséquences limites étapes propriétés
    idée sujet thème contexte résultat résultats solution remarque à_noter a_noter à_retenir à_savoir nb voir
    voir_aussi attention rappels matière enseignant professeur étudiant étudiante démonstration corollaire
    dernière_mise_à_jour finalité causes mise_en_garde caractéristiques
    """
_SPANISH = """
    propósito finalidad uso usos consecuencia consecuencias limitación limitaciones idea idea_principal tema asunto
    resultado resultados contexto procedimiento características propiedades causas riesgos beneficio beneficios
    ver véase ver_también a_recordar recuerda recordatorio materia asignatura alumno alumna profesor profesora docente
    inconveniente situación acción dificultad dificuldade
    corolario prueba importancia utilidad funcionamiento última_actualización pasos_a_seguir
    """
_PORTUGUESE = """
    propósito finalidade uso usos consequência consequências limitação limitações ideia ideia_principal assunto tema
    resultado resultados contexto procedimento características propriedades causas riscos benefício benefícios
    ver veja ver_também relembrar relembre lembrar lembre-se lembrete recordar disciplina aluno aluna professor
    professora corolário prova demonstração teorema lema importância utilidade funcionamento
    última_atualização hipótese
    """
_ITALIAN = """
    scopo finalità uso usi conseguenza conseguenze limiti limitazioni idea idea_principale tema argomento risultato
    risultati contesto procedura procedimento caratteristiche proprietà cause rischi rischio beneficio benefici ovvero
    cioè vedi vedi_anche nota_bene ricordare ricordarsi materia docente professore professoressa studente importanza
    utilità funzionamento complessità ultimo_aggiornamento
    """
_RUSSIAN = """
    назначение применение особенность особенности принцип идея замечание замечания напоминание свойства использование
    причина причины следствие следствия этапы задачи тема контекст преимущество недостаток роль см см. см._также
    доказательство принцип_работы
    """
_CHINESE = """
    作用 功能 场景 适用场景 使用场景 应用场景 情况 现象 本质 核心 核心思想 思想 基本思想 实现 实现方式 流程 过程 性质
    组成 分类 使用 使用方法 用法 说明 要点 关键 理解 复杂度 时间复杂度 空间复杂度 缺陷 弊端 好处 意义 影响 参见 另见
    更新时间 证明 推论 功能特点
    """
_JAPANESE = """
    役割 機能 仕組み 効果 使い方 用法 意味 ポイント 注意点 流れ 種類 構造 出典 関連 参照 意義 証明 性質 概念
    """
_KOREAN = """
    참고 기능 주요_기능 역할 필요성 활용 사용법 사용_방법 동작_방식 작동_방식 동작_과정 과정 절차 순서 실행순서
    실행_순서 상황 핵심 요점 정리 비고 관련 출처 원리 작동_원리 특성 효과 영향 원인 증명 조건 종류 구조
    """

ELSEWHERE = word_set(
    " ".join((_GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _RUSSIAN, _CHINESE, _JAPANESE, _KOREAN))
)
"""All of them, in lower case."""
