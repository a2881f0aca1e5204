"""Korean questions are one question however politely they are put; what tells, asks and negates is held apart."""

from __future__ import annotations

import pytest

from studytool.notes.hangul import mood, negates, plainly_asked
from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

STORE = "읽은 값을 두고 다시 읽을 때 빠르게 돌려준다"
RETOLD = "한 번 읽은 값을 둔다. 그래서 다음에는 빠르다. 가득 차면 오래된 값을 버리고 먼 곳에 묻는다"


def linked(before: tuple[str, str], after: tuple[str, str]) -> bool:
    def card(key: str, front: str, back: str, line: int) -> Card:
        return Card(key, "basic", "qa", "explicit", front, back, "", Span("n.md", line), ())

    above, below = card("above", "Who stays above?", "This one.", 1), card("below", "Who stays below?", "That one.", 99)
    kept = [(known(one), one) for one in (above, below)]
    return bool(relink([known(card("-", *before, 5))], [card("+", *after, 6)], kept))


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("무엇입니까 무엇인가요 무엇인가 무엇일까요", "무엇이까"),
        ("합니까 하나요 한가요 하는가", "하까"),
        ("나타냅니까 나타내나요", "나타내까"),
        ("있습니까 있나요 있는가", "있까"),
        ("있습니다", "있습니다"),
        ("갈까요", "갈까요"),
        ("전문가", "전문가"),
        ("대중가요", "대중가요"),
        ("나요", "나요"),
    ],
)
def test_a_question_has_one_form_however_politely_it_is_put(words: str, form: str) -> None:
    for word in words.split():
        assert plainly_asked(f"가까운 곳의 저장소 {word}?") == f"가까운 곳의 저장소 {form}?"
        assert plainly_asked(f"{word}?") == f"{word}?"
        assert plainly_asked(f"가까운 곳의 저장소 {word} 그리고") == f"가까운 곳의 저장소 {word} 그리고"


def test_what_asks_what_tells_and_what_offers_are_told_apart() -> None:
    assert {mood(text) for text in ("집에 갑니까?", "왜 느릴까요? 왜 느린가요?", "느린가요")} == {"asks"}
    assert mood("집에 갑니다.") == "tells"
    assert mood("집에 갈까요?") == "offers"
    assert {mood(text) for text in ("저장소", "Who goes?", "누가 갈까요?", "설명하시오")} == {""}


def test_the_words_that_negate() -> None:
    assert all(map(negates, ("안", "아니다", "아닌가", "아닙니까")))
    assert not any(map(negates, ("안전", "아이", "동안")))


@pytest.mark.parametrize("verbs", ["무엇을 합니까? 무엇을 하나요?", "무엇을 두는가? 무엇을 둡니까?"])
def test_a_question_put_less_politely_goes_on_with_another_answer(verbs: str) -> None:
    one, other = (f"가까운 저장소는 {verb.strip()}?" for verb in verbs.split("?")[:2])
    assert linked((one, STORE), (other, RETOLD))
    assert linked((other, STORE), (one, RETOLD))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("집에 갑니다", "He goes home (polite)"), ("집에 갑니까", "Does he go home? (polite)")),
        (("빵을 먹습니다", "They eat bread"), ("빵을 드세요", "Eat bread, please")),
        (("차를 마십니다", "We drink tea"), ("차를 마시세요", "Drink tea, please")),
        (
            ("오늘 저녁 집에 갑니다", "They go home this evening"),
            ("오늘 저녁 집에 갑니까", "They go home this evening?"),
        ),
        (("오늘 저녁 같이 먹을까요?", "Shall we eat tonight?"), ("오늘 저녁 같이 먹습니까?", "Do we eat tonight?")),
        (("자나요", "does one sleep?"), ("잡니다", "one sleeps")),
        (("삼촌과", "with an uncle"), ("삼촌의", "of an uncle")),
        (("산에", "on the hill"), ("산으로", "to the hill")),
        (
            ("나무가 버섯에 미치는 영향을 설명하시오", "당분을 내어 주고 뿌리로 붙들며 그늘로 물기를 지켜 준다"),
            ("나무에 버섯이 미치는 영향을 설명하시오", "당분을 얻어 가고 뿌리를 넓히며 그늘에서 물기를 지켜 준다"),
        ),
        (
            ("이 합은 짝수인가?", "예, 둘로 나누어 떨어지는 수이다 늘 그렇다"),
            ("이 합은 짝수가 아닌가?", "아니오, 둘로 나누어 떨어지는 수이다 늘 그렇다"),
        ),
        (
            ("자료를 저장하면 나중에 무슨 일이 일어나는가?", "다음에 읽을 때 빠르고 남은 값은 그대로 있다"),
            ("자료를 안 저장하면 나중에 무슨 일이 일어나는가?", "다음에 읽을 때 빠르고 남은 값은 그대로 있지 않다"),
        ),
    ],
)
def test_another_ending_particle_or_negation_makes_another_card(
    before: tuple[str, str], after: tuple[str, str]
) -> None:
    assert not linked(before, after)
    assert not linked(after, before)
