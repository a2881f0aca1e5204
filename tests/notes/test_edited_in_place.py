"""What an answer that hardly changed, and the place of a card between others, tell of its prompt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.notes.model import Card, Span
from studytool.notes.relink import known, relink

LONG = (
    "Every request first looks into the store that is near; where nothing is found the far one is read, the value is "
    "put near for the next reader, and an old one is dropped when there is no room left in it; what was written goes "
    "to both sides at once, so that neither keeps a stale copy, or only to the near one, with a mark that says so"
)
SHORT = "It is dropped when nothing refers to it, and the room is given back to the others"


def card(key: str, front: str, back: str, line: int = 5, kind: str = "basic") -> Card:
    return Card(key, kind, "qa", "explicit", front, back, "", Span("n.md", line), ())  # type: ignore[arg-type]


STAYED = [card("above", "Who stays above?", "This one.", 1), card("below", "Who stays below?", "That one.", 99)]


def linked(*pairs: tuple[Card, Card], stayed: list[Card] = STAYED, extra: tuple[Card, ...] = ()) -> dict[str, str]:
    """What is linked when the first of each pair gave way to the second, between cards that stayed."""
    found = relink(
        [known(old) for old, _ in pairs], [*(new for _, new in pairs), *extra], [(known(c), c) for c in stayed]
    )
    return {link.source: link.target for link in found}


def edit(before: tuple[str, str], after: tuple[str, str], *, line: int = 6, kind: str = "basic") -> bool:
    return linked((card("-", *before, kind=kind), card("+", *after, line, kind))) == {"-": "+"}


# -- a long answer that hardly changed ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("How does one find who reads the store?", "How do you get a list of the store's readers?"),
        ("Difference b/w near vs far store? ?", "What is the difference between the near store and the far store?"),
        (
            "State when it holds",
            "For the store whose hit rate is $h = \\frac{n}{n+m}$:\n- name $n$ and $m$\n- State when it holds",
        ),
        ("What will be printed?", "What will be printed?\n\n```js\nlet store = 1;\nconsole.log(typeof store);\n```"),
    ],
)
def test_a_long_answer_that_hardly_changed_tells_a_card_whose_prompt_was_put_anew(before: str, after: str) -> None:
    assert edit((before, LONG), (after, f"{LONG} again"))


def test_what_stayed_in_a_note_that_no_card_vanished_from_tells_nothing() -> None:
    before, after = card("-", "How does one find who reads the store?", LONG), "How do you get a list of its readers?"
    other = replace(card("other", "Who reads it?", LONG), span=Span("other.md", 5))
    assert linked((before, card("+", after, LONG)), stayed=[*STAYED, other]) == {"-": "+"}
    assert linked((before, card("+", after, LONG)), stayed=[*STAYED, card("other", "Who reads it?", LONG, 8)]) == {}


def test_a_term_and_its_long_answer_may_be_renamed_together_where_they_stand() -> None:
    before, after = ("What is coercion in this language?", LONG), ("What is conversion in this language?", LONG)
    renamed = [(front, f"{back}: that is {front.split()[2]}") for front, back in (before, after)]
    assert edit(*renamed)
    away = card("+", *renamed[1], 120)
    assert linked((card("-", *renamed[0]), away)) == {}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Why is the store stable here?", "Why is the store not stable here?", LONG),
        ("Which store is the largest?", "Which store is the smallest?", LONG),
        ("Explain $\\bar{k}$ of the store", "Explain $k^2$ of the store", f"{LONG} again"),
        ("Comma rule", "Plus method", f"{LONG} again"),
        ("What is IT?", "What is ICT?", f"{LONG} again"),
    ],
)
def test_a_long_answer_does_not_tell_a_prompt_that_asks_the_contrary_or_of_another_thing(
    before: str, after: str, told: str
) -> None:
    assert not edit((before, LONG), (after, told))


def test_an_answer_that_several_cards_have_tells_none_of_them() -> None:
    before, after = "Whom would you ask about a project?", "Which project of yours has failed?"
    assert edit((before, LONG), (after, LONG))
    twin = card("twin", "What else did you do there?", LONG, 50)
    assert linked((card("-", before, LONG), card("+", after, LONG, 6)), stayed=[*STAYED, twin]) == {}


# -- a prompt that only grew ----------------------------------------------------------------------------------------

RULE = "the least of all values of the sample that is no outlier by this rule of thumb, in every plot of this kind"


def test_a_long_prompt_that_only_grew_is_the_same_with_a_brief_answer_where_it_stands() -> None:
    before, after = (RULE, "whisker"), (f"{RULE} (if $x \\ge 2$)", "whisker")
    assert edit(before, after)
    assert linked((card("-", *before), card("+", *after, 120))) == {}
    assert not edit(("size of it", "eight"), ("size of it in 2 of them", "eight"))


def test_a_deletion_in_a_list_that_got_another_line_is_the_same() -> None:
    before = "- a number before a number\n  - […]\n- an ending before a vowel\n  - drop the last letter"
    after = before.replace("- an ending", "- a bond before 2 numbers\n  - keep it\n- an ending")
    assert edit((before, "add -a"), (after, "add -a"), line=5, kind="cloze")


def test_a_general_question_whose_heading_changed_goes_on_with_another_answer() -> None:
    def under(key: str, back: str, heading: str) -> Card:
        front = "What is the use of references?"
        return Card(key, "basic", "qa", "explicit", front, back, "", Span("n.md", 5), (heading,))

    old, new = under("-", "There are two ways", "Core"), under("+", "They lead to the element itself.", "React core")
    assert linked((old, new)) == {"-": "+"}


RUN = "In which order do they run?\n\n"
ASKED = "with requests of 32Mi memory and 100m CPU"
LIMITS = "64Mi memory and 700m CPU"
WORKER = (
    "`ctl run one --image=ruby --dry-run -o yaml > one.yaml`\n\n```\nspec:\n  containers:\n  - image: ruby\n"
    "    pull: Always\n    name: one\n    restart: Always\n    dns: First\n    resources:\n      "
)
TREE = "https://example.org/src/tree/main"


# -- near pairs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("What does IT stand for?", f"Technology. {SHORT}"),
            ("What does ICT stand for?", f"Technology. {SHORT}; they send it far away by cable or radio as well"),
        ),
        (("What is HTTP?", f"Pages are sent. {SHORT}"), ("What is HTTPS?", f"Pages are sent encrypted. {SHORT}")),
        (("What is Adam?", f"It steps. {SHORT}"), ("What is AdamW?", f"It steps, with decay apart. {SHORT}")),
        (
            ("What is a class variable?", "A variable of the class itself, seen by all objects that are made of it"),
            (
                "What is a class instance variable?",
                "A variable that the class as an object has, seen by it and by none of its objects",
            ),
        ),
        (
            ("crash rate", "The share of users who met any crash in a day"),
            ("multiple crash rate", "The share of users who met at least two crashes in a day"),
        ),
        (
            ("정규화란 무엇입니까?", "중복 데이터를 제거하고 데이터 종속성을 유지하는 프로세스입니다"),
            ("비정규화란 무엇입니까?", "중복 데이터를 추가하여 데이터베이스의 성능을 향상시키는 프로세스입니다"),
        ),
        (
            ("동기 처리란 무엇인가?", "결과가 올 때까지 기다리는 처리 방식이다"),
            ("비동기 처리란 무엇인가?", "결과가 올 때까지 기다리지 않는 처리 방식이다"),
        ),
        (
            (f"{RUN}```\nopen {{ foo() }}\nthen {{ bar() }}\n```", "`foo()` then `bar()`, not at once"),
            (f"{RUN}```\nopen {{ foo() }}\non(other)\nthen {{ bar() }}\n```", "`bar()` then `foo()`, at once"),
        ),
        (("i", "Insert text before the letter below the cursor"), ("I", "Insert text at the beginning of the line")),
        (("gu", "Make the letters lower case at once"), ("gU", "Make the letters upper case at once")),
        (("<C-r>", "Do again what was undone last"), ("<C-r>=", "Put in what an expression gives")),
        (
            ("Accept", "It names the media that it can read"),
            ("Accept-Language", "It names the tongue that it can read"),
        ),
        (
            ("What is `StoreConfig` for?", f"It is handed to each store. {SHORT}"),
            ("What is `StoreContext` for?", f"It is handed to all stores. {SHORT}"),
        ),
        (
            ("Как найти максимальное число?", "Отсортировать числа и взять последнее из них"),
            ("Как найти минимальное число?", "Отсортировать числа и взять первое из них"),
        ),
        (
            ("Как вывести числа по порядку?", "`sorted().forEach(print)`\n\n[к началу списка всех вопросов](#top)"),
            ("Как вывести числа без повторов?", "`distinct().forEach(print)`\n\n[к началу списка всех вопросов](#top)"),
        ),
        (("Build the widget of the start page", f"`{TREE}`"), ("Build the table of the last page", f"`{TREE}`")),
        (
            (
                "Summand",
                "- Whatever is joined by a plus sign\n- **Ex.** $3x^2 + 5x - 8$ has the summands $3x^2$, $5x$, $-8$\n"
                "- A summand may hold more than one letter, as in $3xz$",
            ),
            (
                "Summand degree",
                "- The degree of a summand is the sum of the exponents of the letters\n- **Ex.**\n"
                "  - $3x^2$ has a degree of 2\n  - $3xz^2$ has a degree of 1 + 2 = 3",
            ),
        ),
        (
            (f"Start a worker `one` of the image `ruby` {ASKED}", f"{WORKER}{ASKED}\n```"),
            (
                f"Start a worker `one` of the image `ruby`. See that it has {ASKED}, and the limits {LIMITS}",
                f"{WORKER}{ASKED}\n      limits: {LIMITS}\n```",
            ),
        ),
        (
            ("<C-[>", "Leave the mode for typing, back to the mode for moving"),
            ("<C-o> (while typing)", "Leave the mode for typing, back to the mode for moving, once"),
        ),
        (
            ("친구에게", "Says to whom something is given (“to a friend”)."),
            ("친구에게서", "Says from whom something is got (“from a friend”)."),
        ),
        (("가야 되다", "Says that one has to."), ("가야 하다", "Says that one has to.")),
        (
            ("먹을래요", "Says what the speaker means to eat, or asks what another likes."),
            ("먹을래요?", "Asks for the will of someone else; often an invitation."),
        ),
        (
            ("How to see the port of a worker?", "`ctl describe worker <NAME>`"),
            ("How to see which addresses the pod has?", "`ctl describe worker <NAME>`"),
        ),
    ],
)
def test_near_pairs_are_told_apart_also_where_one_took_the_place_of_the_other(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert not edit(one, other)
    assert not edit(other, one)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("(p_m) a weight that hangs from a pivot", "(p_m) A weight that hangs from a pivot."),
        ("How are errors handled in React15?", "How are errors handled in React v15?"),
        ("What is the difference b/w a stack and a heap?", "What is the difference between a stack and a heap?"),
        ("relative URL指定路徑格式回是什麼？", "relative URL指定路徑格式會是什麼？"),
        ("hot server是指什麼？", "hot server是指什麼？（能否代替原機）"),
        ("React：可以在每一個元件放置多個parent嗎？", "React：每一個JSX元件最外層能放多個parent嗎？"),
        ("What are GANs?", "What is a GAN?"),
        ("Which selector is for an <a> tag?", "Which selector is for an `<a>` tag?"),
        ("How are ViewModels tested?", "How are `ViewModel`s tested?"),
    ],
)
def test_the_same_question_written_otherwise_goes_on(before: str, after: str) -> None:
    told, retold = ("pendulum", "pendulum") if "pivot" in before else (SHORT, SHORT.replace("is given", "goes"))
    assert edit((before, told), (after, told))
    assert edit((before, told), (after, retold))


def test_one_letter_that_is_written_in_two_ways_makes_no_other_question() -> None:
    assert edit(("В чем разница?", "Они разные."), ("В чём разница?", "Первый хранит состояние."))


def test_a_note_whose_cards_were_all_written_anew_tells_them_by_their_order() -> None:
    fronts = ["Why is the near store read?", "Why is the far store read?"]
    before = [card(f"-{at}", front, f"Because of {at}. {LONG}", 10 * at + 5) for at, front in enumerate(fronts)]
    after = [
        card(f"+{at}", f"{front[:-1]}, and when {at}?", f"{one.back} then", 20 * at + 9)
        for at, (front, one) in enumerate(zip(fronts, before, strict=True))
    ]
    assert linked(*zip(before, after, strict=True), stayed=[]) == {"-0": "+0", "-1": "+1"}


@pytest.mark.parametrize("where", ["", "in Java "])
def test_a_prompt_that_goes_on_where_it_ended_may_have_an_answer_that_is_half_another(where: str) -> None:
    told = "The near store holds what was read, drops the oldest when it is full, and asks the far one for the rest"
    retold = f"The near store {where}is a map, drops the oldest entry when it is full, and asks a thread for the rest"
    old, new = card("-", "List the rules of stores", told), card("+", "List the rules of stores in Java", retold, 9)
    assert linked((old, new), stayed=[]) == {"-": "+"}


# -- what no link may do --------------------------------------------------------------------------------------------

TEXTS = st.tuples(
    st.sampled_from(["What is a leaf?", "What is a leaf of a tree?", "Why not?", "Name 2 laws", "Name 3 laws", RULE]),
    st.sampled_from(["", "An end.", LONG, f"{LONG} too", SHORT]),
)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(1, 9)), max_size=6), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_a_link_joins_one_card_that_is_gone_with_one_that_came(edits: list, stay: int) -> None:
    gone = [card(f"-{at}", *old, line) for at, (old, _, line) in enumerate(edits)]
    come = [card(f"+{at}", *new, line + 1) for at, (_, new, line) in enumerate(edits)]
    stayed = [card(f"={at}", *TEXTS_STAYING, 3 * at) for at in range(stay)]
    links = relink(map(known, gone), come, [(known(one), one) for one in stayed])
    sources, targets = [link.source for link in links], [link.target for link in links]
    assert len(set(sources)) == len(sources)
    assert len(set(targets)) == len(targets)
    assert set(sources) <= {one.key for one in gone}
    assert set(targets) <= {one.key for one in come}


TEXTS_STAYING = ("What is a leaf?", "An end.")
