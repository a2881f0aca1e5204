"""What is a journal: the note of a day, a note whose headings are days, one that tells of moods and the weather."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.words import DATE_WORDS, word_set

_PART = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = word_set("st nd rd th of de del da di den der am le la el w kw week 年 月 日 년 월 일 曜日")
"""What stands beside the numbers and names of a date."""
_YEAR = re.compile(r"(?:19|20)\d\d(?:[01]\d[0-3]\d)?\Z")
_NUMBER = re.compile(r"\d{1,2}\Z")
_WHOLE_DATE = len("20240305")
_DAY_WORDS = DATE_WORDS - {"week", "semester"}
_LOGGED = word_set(
    """
    mood weather sleep energy gratitude grateful breakfast lunch dinner workout meditation wins stimmung wetter schlaf
    dankbarkeit frühstück mittagessen abendessen humeur météo sommeil gratitude ánimo clima sueño gratitud umore meteo
    sonno gratitudine настроение погода сон 心情 天气 天氣 睡眠 気分 天気 기분 날씨 수면
    """
)
"""What a journal tells of each day."""
_AGAIN = 2


def is_journal(page: Page, leads: Iterable[str]) -> bool:
    """Whether a page, whose paragraphs open with these leads, is a journal."""
    if names_a_day(page.topic) or names_a_day(stem_of(page.path)):
        return True
    days = sum(names_a_day(block.title) for _, block in page.outer("heading"))
    if days >= _AGAIN and days * 2 >= len(page.outer("heading")):
        return True
    return sum(lead.casefold().strip("*_ :?") in _LOGGED for lead in leads) >= _AGAIN


def names_a_day(name: str) -> bool:
    """Whether a name is a date and nothing else: "2024-03-05", "March 5th, 2024", "2024_03_05 Tuesday", "2024-W10"."""
    told = [part.casefold() for part in _PART.findall(name)]
    years = sum(_YEAR.match(part) is not None for part in told)
    named = not _DAY_WORDS.isdisjoint(told)
    whole = len(told) > 1 or (len(told) == 1 and len(told[0]) == _WHOLE_DATE)
    if not whole or not (years or named) or years > 1:
        return False
    return all(part in _DAY_WORDS or part in _BETWEEN or _NUMBER.match(part) or _YEAR.match(part) for part in told)
