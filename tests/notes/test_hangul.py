"""Korean words lose what only shows their part in the sentence, or how politely it is said."""

from __future__ import annotations

import pytest

from studytool.notes.hangul import parted


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("무엇입니까 무엇인가요 무엇인가", "무엇"),
        ("합니까 하나요 한가요 하는가 할까요", "하"),
        ("설명하세요 설명하시오 설명하라 설명하십시오", "설명하"),
        ("나타냅니까 나타내나요", "나타내"),
        ("있습니까 있나요 있습니다", "있"),
        ("이유는 이유가 이유를", "이유"),
        ("까", "까"),
        ("reader", "reader"),
    ],
)
def test_a_korean_word_is_parted_from_its_ending(words: str, stem: str) -> None:
    assert {parted(word)[0] for word in words.split()} == {stem}
