"""What no definition looks like, in whatever language: arrows, ticks, questions, asides, points about a heading."""

from __future__ import annotations

import pytest

from studytool.notes.parse import parse_note


def fronts(text: str, title: str = "Nets") -> list[str]:
    note = parse_note(f"# {title}\n\n{text}", "note.md")
    return [card.front for card in note.cards if card.dialect == "definition"]


@pytest.mark.parametrize(
    "text",
    [
        "read the log → find the last mark → replay what follows",
        "el sensor mide -> el registro guarda -> la alarma suena",
        "✅ all of the seven lamps have been lit and tested",
        "how much water does a heap of wet sand hold? More than it seems",
        "a tail that is twice as long = a kite that flies twice as high",
        "Medium **Topics:** graphs, queues **Link:** [there](https://example.org)",
    ],
)
def test_chains_ticks_questions_and_records_define_nothing(text: str) -> None:
    assert fronts(f"- **Replay**: {text}\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "a name for a page, made of its title (`Wet sand` → `wet-sand`)",
        "a rule by which $a \\to b$ and $b \\to c$ give $a \\to c$",
        "the rule: if _a_ → _b_ and _b_ → _c_, the first gives the last",
        "a note that answers “what did I mean by that?” for its reader",
        "a page of terms: **slug**, **lead** and others have one line each",
        "a probe that tells whether a node is ready. Why ask twice? It may come up late",
        "a sum in which $a = b$ and the rule `x = y` holds for all",
        "Eval(a and b) = Answers(a) that are answers of the other, too",
        "a gate that opens when both of its inputs are on ✅",
    ],
)
def test_a_definition_may_have_an_arrow_in_brackets_or_a_formula_and_quote_a_question(text: str) -> None:
    assert fronts(f"- **Replay**: {text}\n") == ["Replay"]


ASIDES = (
    "- **Locking**: one writer at a time — the others wait for their turn\n"
    "- **Cache**: answers from memory — goes stale when nobody clears it\n"
    "- **Index**: found in no time — written twice each time it grows\n"
    "- **Queue**: work that waits its turn — lost when the power goes\n"
    "- **Replica**: the same rows elsewhere — behind by what was written last\n"
    "- **Batching**: many small writes are put together into a large one\n"
)


def test_a_note_that_breaks_off_for_a_remark_again_and_again_argues() -> None:
    assert fronts(ASIDES) == []


def test_what_says_at_once_of_what_kind_a_thing_is_is_defined_there_too() -> None:
    assert fronts(f"{ASIDES}- **Latch**: a lock that is held for a moment only\n") == ["Latch"]


def test_some_asides_are_only_asides() -> None:
    told = ["Locking", "Cache", "Index", "Queue", "Replica", "Batching"]
    assert fronts(ASIDES.replace("one writer at a time —", "one writer at a time, so that")) == told


def test_a_few_asides_in_a_long_note_are_asides() -> None:
    more = "".join(
        f"- **Part {sign * 3}**: the piece of a pump that bears the sign {sign}\n" for sign in "ABCDEFGHJKLMNO"
    )
    assert len(fronts(ASIDES + more)) == 20


def test_a_dash_that_parts_a_term_from_its_text_or_stands_for_is_is_no_aside() -> None:
    dashed = "## Glossary\n\n- **Sluice** — a gate that holds water back\n- **Weir** — a low wall across a river\n"
    assert fronts(dashed, "Canals") == ["Sluice", "Weir"]
    russian = (
        "- **Шлюз**: сооружение на реке, где затвор — это подвижная стенка\n"
        "- **Плотина**: преграда на реке, где гребень — это верхний край\n"
    )
    assert fronts(russian, "Каналы") == ["Шлюз", "Плотина"]


def test_asides_silence_no_glossary() -> None:
    assert fronts(f"## Glossary\n\n{ASIDES}") == ["Locking", "Cache", "Index", "Queue", "Replica", "Batching"]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Kernel threads", "**Scheduling**: kernel threads are switched by the system alone"),
        ("2.1 Thread block", "**Barriers**: A thread block has a place where its members meet"),
        ("El portero", "**La lista**: el portero puede mirar una lista de invitados"),
    ],
)
def test_what_is_told_of_what_the_heading_names_is_a_property_of_that(heading: str, line: str) -> None:
    assert fronts(f"## {heading}\n\n- {line}\n", "Systems") == []


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("Kernel threads", "**Worker**: kernel thread that serves a queue of small tasks"),
        ("Threads", "**Thread**: a thread is a line of work inside of a process"),
        ("Locks", "**Spin lock**: a lock that is waited for in a tight loop"),
        ("Wall", "**Weir**: walls across a river that let water over"),
    ],
)
def test_what_is_of_the_kind_that_the_heading_names_is_defined(heading: str, line: str) -> None:
    assert len(fronts(f"## {heading}\n\n- {line}\n", "Systems")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Since any block may be freed first, the heap falls to pieces",
        "Aunque la caja sea pequeña, dentro de ella cabe un reloj",
        "You must close the window and open it once more",
        "must be declared at the top of the block it is in",
    ],
)
def test_a_reason_and_an_order_define_nothing(text: str) -> None:
    assert fronts(f"- **Heap**: {text}\n") == []


@pytest.mark.parametrize(
    "lead",
    [
        "Figure 10.4",
        "Day 1-3",
        "День 4–5",
        "La Solución (sigmoide)",
        "Catatan",
        "Karar",
        "v21",
        "Loop 1",
        "Heap vs. stack",
    ],
)
def test_figures_days_and_labels_with_an_article_are_no_terms(lead: str) -> None:
    assert fronts(f"- **{lead}**: compares the edges of seven kinds of gate\n") == []


@pytest.mark.parametrize("lead", ["La Niña", "Das Kapital", "Day trader", "Loop unrolling", "El Niño (1997)"])
def test_a_term_may_begin_with_an_article_or_a_day(lead: str) -> None:
    assert fronts(f"- **{lead}**: what comes about once in a couple of years\n") == [lead]
