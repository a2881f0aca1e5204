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
    """
)
"""Words in a heading or label whose list gives properties, steps or examples of something, not terms of their own."""

_TITLE_WORDS = 10


def is_title(term: str) -> bool:
    """Whether a term is written like a title: every word capitalised but those that a title may leave small."""
    told = term.replace("-", " ").split()
    if not 1 <= len(told) <= _TITLE_WORDS or any(mark in term for mark in (". ", "! ", "? ", ", ")):
        return False
    return all(not word[0].islower() or word.casefold() in SMALL_WORDS for word in told)
