"""Cards that were answered and are none any more: those are told that their notes still have."""

from __future__ import annotations

import threading
from contextlib import closing
from pathlib import Path

import pytest

from studytool import desk
from studytool.desk.reading import read_notes
from studytool.memory.pieces import finished
from tests.desk.acts import learn_all

SUMMED = "# Neuron\n\nA neuron sums what comes in: a weighted sum.\n\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Q: What is a [[neuron|nerve cell]] for?\nA: It sums.\n",
            "Q: What is a [[neuron|nerve cell]] for?\nIt sums.\n",
        ),
        (
            "```\ncode\n```\n\nWhich is longest?\n\n- [ ] Danube\n- [x] Volga\n- [ ] Rhine\n",
            "```\ncode\n\nWhich is longest?\n\n- [ ] Danube\n- [x] Volga\n- [ ] Rhine\n",
        ),
        (f"{SUMMED}Q: Neuron?\nA: A cell that fires.\n", f"{SUMMED}**Neuron**, a cell that fires.\n"),
        (f"{SUMMED}Q: Neuron?\nA: A cell that fires.\n", f"{SUMMED}Q: Neuron?\nA cell that fires.\n"),
        (f"{SUMMED}C: [Dogs] bark.\n", f"{SUMMED}C: Dogs bark.\n"),
    ],
)
def test_a_question_that_is_written_otherwise_in_its_note_is_told_as_lost(vault: Path, before: str, after: str) -> None:
    note = vault / "b.md"
    note.write_text(before)
    learn_all(vault)
    wanted = desk.request([str(vault)])
    with closing(desk.open_desk(wanted)) as table:
        note.write_text(after)
        assert len(table.adopt(read_notes(wanted)).lost) == 1


@pytest.mark.parametrize(
    ("card", "beside"),
    [
        ("Q: Neuron?\nA: A cell that fires.\n", "Every neuron sums. Some cells fire.\n"),
        ("Q: Neuron?\nA: A cell that fires.\n", "- Neuron\n- Axon\n\nQ: What sums?\nA: It is the neuron: what else?\n"),
        (
            "Q: What fires?\nA: A neuron, once its threshold is reached.\n",
            "We ask what fires. What fires? Who knows.\n",
        ),
        ("C: [Dogs] bark.\n", "They bark. So do wolves and dogs that bark.\n"),
    ],
)
def test_a_card_that_is_deleted_is_not_lost_where_its_few_words_stand_elsewhere(
    vault: Path, card: str, beside: str
) -> None:
    note = vault / "b.md"
    note.write_text(f"# Neuron\n\n{card}\n{beside}")
    learn_all(vault)
    wanted = desk.request([str(vault)])
    with closing(desk.open_desk(wanted)) as table:
        note.write_text(f"# Neuron\n\n{beside}")
        told = table.adopt(read_notes(wanted))
        assert (told.gone, told.lost) == (1, {})


PRODUCED = "Q: What does the mitochondrion produce?\nA: ATP\n"


@pytest.mark.parametrize(
    ("put", "lost"),
    [
        (PRODUCED.replace("produce", "make"), ["What does the mitochondrion produce?"]),
        ("Q: What holds the genes?\nA: The nucleus\n", []),
        (PRODUCED, []),
    ],
)
@pytest.mark.parametrize("order", ["both at once", "cut first", "put first"])
def test_a_card_that_is_cut_and_put_into_another_note_in_other_words_is_told_as_lost(
    vault: Path, put: str, lost: list[str], order: str
) -> None:
    (vault / "cell.md").write_text(f"# Cell\n\n{PRODUCED}")
    learn_all(vault)
    wanted = desk.request([str(vault)])
    steps = [("cell.md", "# Cell\n\nNothing yet.\n"), ("energy.md", f"# Energy\n\n{put}")]
    with closing(desk.open_desk(wanted)) as table:
        for name, text in reversed(steps) if order == "put first" else steps:
            edit = table.adopt(read_notes(wanted)) if order != "both at once" else None
            assert edit is None or edit.lost == {}, "it is there, or may have been deleted"
            (vault / name).write_text(text)
        assert [*table.adopt(read_notes(wanted)).lost.values()] == lost
        (vault / "sea.md").write_text("Q: What makes tides?\nA: The moon\n")
        assert table.adopt(read_notes(wanted)).lost == {}, "it is told once"


def test_a_card_of_a_note_that_cannot_be_read_is_not_told_as_lost_for_one_like_it_elsewhere(vault: Path) -> None:
    (vault / "cell.md").write_text(f"# Cell\n\n{PRODUCED}")
    learn_all(vault)
    wanted = desk.request([str(vault)])
    with closing(desk.open_desk(wanted)) as table:
        (vault / "cell.md").write_bytes(b"caf\xe9\n")
        (vault / "energy.md").write_text(PRODUCED.replace("produce", "make"))
        edit = table.adopt(read_notes(wanted))
        assert (edit.new, edit.gone, edit.lost) == (1, 1, {})


def test_the_notes_of_cards_that_are_gone_are_read_aside(vault: Path) -> None:
    wanted = desk.request([str(vault)])
    read: list[int] = []

    def aside(work):  # type: ignore[no-untyped-def]
        yield "waits"
        found: list[object] = []
        thread = threading.Thread(target=lambda: found.append(work()))
        thread.start()
        thread.join()
        return found[0]

    def read_text(path: Path, *told: str) -> str:
        read.append(threading.get_ident())
        return text_of(path, *told)

    with closing(desk.open_desk(wanted)) as table, pytest.MonkeyPatch.context() as patched:
        (vault / "a.md").write_text("What does the *gradient* of a function\npoint to? Nobody asks that here.\n")
        library, text_of = read_notes(wanted), Path.read_text
        patched.setattr(Path, "read_text", read_text)
        edit = finished(table.adopting(library, aside=aside))
        assert len(edit.lost) == 1
        assert read
        assert threading.get_ident() not in read
