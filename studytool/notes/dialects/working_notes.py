"""Notes about work rather than about a subject: of a project, a plan, a decision, a meeting, a person, an assistant."""

from __future__ import annotations

import re

from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import word_set

_NAMES = word_set("copilot-instructions contributing changelog code_of_conduct prd roadmap handoff backlog")
"""Names of the notes that a project has about the work on it."""
_FOR_ASSISTANTS = frozenset({"AGENTS", "CLAUDE", "GEMINI", "SKILL"})
"""Those that an assistant reads: in capitals, since agents and skills are subjects too."""
_FRONT_PAGES = frozenset({"readme.md", "readme.markdown"})
"""What says, at the root of a library, what the library is."""
_FOLDERS = word_set(
    "plans specs superpowers adr adrs rfc rfcs proposals decisions decision-records prds people contacts meetings "
    "meeting-notes meeting_notes standups 1-on-1s retros retrospectives runbooks postmortems tasks tickets "
    "backlog chats"
)
"""Folders of what is planned, decided and told at work."""
_PROJECTS = word_set("project projects projekt projekte proyectos proyecto projetos projeto progetti projets проекты")
"""Folders of projects: what lies in the folder of one of them is about that; deeper, it may be notes on a course."""
_KINDS = word_set(
    "person people contact meeting plan adr decision spec prd proposal project task daily journal runbook agent skill "
    "prompt template next-step goal chat ticket milestone"
)
"""What front matter says of such a note, as its `type`."""
_TYPE = ("type:", "kind:", "note_type:", "note-type:")
_FOR_AN_ASSISTANT = ("allowed-tools:", "argument-hint:", "globs:", "alwaysapply:")
"""What instructions to an assistant have in their front matter, beside a `description`."""
_PROJECT = word_set(
    "license licence contributing roadmap changelog acknowledgements acknowledgments credits authors tech_stack "
    "technology_stack project_structure folder_structure quick_start quickstart support contact maintainers"
)
_PROJECT_TOO = _PROJECT | word_set(
    "installation install installing usage getting_started features key_features prerequisites requirements "
    "configuration development testing deployment setup demo screenshots running_tests tests documentation api"
)
"""Headings that a note about a project has; those of the first set have few others."""
_PROJECT_HEADINGS = 3
_WORK = word_set(
    "acceptance_criteria out_of_scope in_scope non-goals nongoals success_criteria success_metrics action_items "
    "definition_of_done implementation_plan file_structure test_plan testing_strategy rollback rollback_plan rollout "
    "rollout_plan open_decisions milestones deliverables next_steps next_actions attendees agenda "
    "alternatives_considered decision decisions global_constraints handoff blockers rationale status todo to_do "
    "future_improvements future_enhancements error_responses base_url success_response "
    "fora_de_escopo definição_de_pronto critérios_de_aceite critérios_de_aceitação próximos_passos arquivos_a_tocar "
    "decisões_já_tomadas fuera_de_alcance criterios_de_aceptación próximos_pasos hors_périmètre prochaines_étapes "
    "critères_d'acceptation nächste_schritte akzeptanzkriterien offene_punkte prossimi_passi criteri_di_accettazione"
)
"""Headings of plans, decisions and minutes: a text about a subject has one of them at most."""
_TAUGHT = word_set("acceptance_criteria definition_of_done rationale status deliverables rollback decision decisions")
"""Those of them that a note about how work is done explains, a section each: then there is one of the others too."""
_WORK_HEADINGS = 2
_AMONG = 20
"""So many of a note's headings say that it is about work, and one in so many at least: a long course has any."""
_PICTURES = re.compile(r"[^\w -]|_")
"""Signs of a heading that are no part of a word."""
_CODE_FOLDERS = frozenset({"src", "lib", "packages", "scripts", "tests", ".github", ".claude"})
"""Folders of a project: what the `README.md` in one tells is about code."""


_JOINTS = re.compile("[_-]")
_SHOUTED_WORDS, _SHOUTED_LETTERS, _SHOUTED_WORD = 2, 10, 5
"""Words and letters at least of the name in capitals that a project gives a file, and the letters of one word."""
_DOCUMENTS = word_set(
    "api architecture audit backend backlog bug bugfix bugfixes bugs build changelog changes checklist code "
    "completion config configuration context contributing decisions delivery deployment design docs documentation "
    "endpoints enhancement enhancements feature features fix fixes frontend guide handoff handover implementation "
    "improvement improvements index install installation instructions integration issues items migration milestones "
    "mvp notes onboarding overview performance phase plan planning postmortem product progress project prompt "
    "proposal quick quickstart readme refactor refactoring reference release report requirements review roadmap rules "
    "schema security server setup spec specification sprint start started status steps strategy structure summary "
    "task tasks test testing tests tickets todo troubleshooting update updates upgrade usage user verification "
    "walkthrough workflow"
)
"""Words of what documents a project: "DATA_STRUCTURES" is a subject."""


def is_about_work(page: Page) -> bool:
    """Whether a note is about work, as its name, its folder, its front matter or its headings say."""
    said: bool | None = page.shared.get("about work")
    if said is None:
        said = page.shared["about work"] = _is_about_work(page)
    return said


def _is_about_work(page: Page) -> bool:
    stem = stem_of(page.path)
    if (
        stem.casefold() in _NAMES
        or stem in _FOR_ASSISTANTS
        or _is_shouted(stem)
        or page.place.casefold() in _FRONT_PAGES
    ):
        return True
    folders = page.place.casefold().split("/")[:-1]
    if not _FOLDERS.isdisjoint(folders) or not _FOLDERS.isdisjoint(map(_unnumbered, folders)):
        return True
    if not _PROJECTS.isdisjoint(map(_unnumbered, folders[-2:-1])):
        return True
    return _says_so(page) or _is_of_a_project(page)


def _is_shouted(stem: str) -> bool:
    """Whether a file is named in capitals, several words without blanks, as a project names what documents it."""
    if not stem.isupper() or " " in stem:
        return False
    told = [word for word in _JOINTS.split(stem) if word]
    if len(told) < _SHOUTED_WORDS or sum(map(len, told)) < _SHOUTED_LETTERS or not all(map(str.isalpha, told)):
        return False
    return max(map(len, told)) >= _SHOUTED_WORD and not _DOCUMENTS.isdisjoint(word.casefold() for word in told)


def _unnumbered(folder: str) -> str:
    """The name of a folder without the number, or the picture, that sorts it among others."""
    return folder[next((at for at, sign in enumerate(folder) if sign.isalpha()), 0) :]


def _says_so(page: Page) -> bool:
    """Whether front matter names the kind of such a note, or holds what tells an assistant when to read it."""
    matter = [line.casefold() for line in page.raw[: page.body_start - 1]]
    for line in matter:
        if line.startswith(_TYPE) and line.partition(":")[2].strip(" \"'[]") in _KINDS:
            return True
    described = any(line.startswith("description:") for line in matter)
    return described and any(line.startswith(_FOR_AN_ASSISTANT) for line in matter)


def _is_of_a_project(page: Page) -> bool:
    """Whether the headings of a note are those of a project: what it can do, how it is installed, what was decided."""
    parts = (page.place or page.path.replace("\\", "/")).split("/")
    if parts[-1].casefold() == "readme.md" and not _CODE_FOLDERS.isdisjoint(parts):
        return True
    titles = [_plain_title(block.title) for _, block in page.outer("heading")]
    told = set(titles)
    if titles and titles[0] in _PROJECT:
        return True
    plans = told & _WORK
    if len(plans) >= max(_WORK_HEADINGS, len(told) / _AMONG) and (plans - _TAUGHT or len(plans) > _WORK_HEADINGS):
        return True
    return not told.isdisjoint(_PROJECT) and len(told & _PROJECT_TOO) >= _PROJECT_HEADINGS


def _plain_title(title: str) -> str:
    """A heading in lower case without its number, its pictures and what stands in brackets behind it."""
    bare = words(title).casefold().partition(" (")[0]
    return _PICTURES.sub("", bare).lstrip("0123456789 -").rstrip()
