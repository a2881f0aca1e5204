"""Cards that were edited any number of times and are there again as they were, as `git checkout` leaves them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool import clock, desk
from studytool.desk.gone import Lacking
from studytool.desk.returning import Undone, if_undone
from studytool.memory import Moment
from studytool.memory.pieces import finished

OTHERS = "# Hills\n\nQ: Which step size makes descent diverge?\nA: One above two by the largest curvature.\n\n"
ASKED = (
    "What does the gradient of a function point to?",
    "Where does the gradient of a function point on a hill?",
    "Where does a walker in fog point on a hill?",
)
BESIDE = ((1,), (0, 2), (1,))
"""Which of them are alike enough to be followed."""
SAID = (
    "The direction of steepest ascent of the function.",
    "Where values grow fastest, seen from here.",
    "A vector of partial derivatives.",
)
FORMS = ((0, 0), (0, 1), (1, 1), (1, 2), (2, 2))
"""A card as one edit after the other leaves it, by the numbers of its question and answer."""

Way = Callable[["Notes"], None]


class Notes:
    """A library with one card that is edited again and again, and the window that is open on it."""

    def __init__(self, folder: Path) -> None:
        self.note = folder / "a.md"
        self.wanted = desk.request([str(folder)])
        self.write(FORMS[0])
        self.table = desk.open_desk(self.wanted)
        self.given = 0
        self.answer()

    def write(self, *forms: tuple[int, int]) -> None:
        self.note.write_text(OTHERS + "\n".join(f"Q: {ASKED[asked]}\nA: {SAID[said]}\n" for asked, said in forms))

    def key(self, form: tuple[int, int], table: desk.Desk | None = None) -> str:
        cards = (table or self.table).library.studied()
        return next(card.key for card in cards if (card.front, card.back) == (ASKED[form[0]], SAID[form[1]]))

    def answer(self) -> None:
        """Answer the card as it is now."""
        card = self.table.library.studied()[-1]
        moment = self.table.memory.after(card.key, clock.now())
        text = self.table.text_of(card)
        self.table.memory.apply(self.table.store.append("review", card.key, {"grade": 3, "text": text}, moment))
        self.given += 1

    def answers(self, form: tuple[int, int], table: desk.Desk | None = None) -> int:
        """How many answers the card has in one of its forms, which is in the notes."""
        table = table or self.table
        return len(list(table.memory.answers(self.key(form, table))))

    def in_the_window(self) -> None:
        self.table.adopt(desk.read_notes(self.wanted))

    def in_a_part(self) -> None:
        """In a window that has not read all of the notes."""
        self.table.adopt(desk.read_notes(self.wanted), complete=False)

    def at_an_opening(self) -> None:
        self.table.close()
        self.table = desk.open_desk(self.wanted)

    def kept(self) -> int:
        """How many answers the log has."""
        return sum(event.kind == "review" for event in self.table.store.events())


@pytest.fixture
def notes(tmp_path: Path) -> Notes:
    (tmp_path / "vault").mkdir()
    return Notes(tmp_path / "vault")


ways = pytest.mark.parametrize("way", [Notes.in_the_window, Notes.in_a_part, Notes.at_an_opening])


def edited(notes: Notes, way: Way, edits: int, *, answers: bool = False) -> None:
    """Edit the card so often, a link each time."""
    for form in FORMS[1 : edits + 1]:
        notes.write(form)
        way(notes)
        assert notes.answers(form) == notes.given, "an edit of one half is followed"
        if answers:
            notes.answer()


@ways
@pytest.mark.parametrize("edits", [1, 2, 3, 4])
@pytest.mark.parametrize("answers", [False, True])
def test_the_first_form_takes_all_answers_back_after_any_number_of_edits(
    notes: Notes, way: Way, edits: int, *, answers: bool
) -> None:
    edited(notes, way, edits, answers=answers)
    notes.write(FORMS[0])
    way(notes)
    assert notes.answers(FORMS[0]) == notes.given == notes.kept()
    notes.write(FORMS[edits])
    way(notes)
    assert notes.answers(FORMS[edits]) == notes.given, "and forth again"
    notes.at_an_opening()
    assert notes.answers(FORMS[edits]) == notes.given


@pytest.mark.parametrize("way", [Notes.in_the_window, Notes.at_an_opening])
@pytest.mark.parametrize("edits", [1, 2, 3, 4])
def test_a_note_that_was_deleted_and_is_put_back_as_it_was(notes: Notes, way: Way, edits: int) -> None:
    edited(notes, way, edits, answers=True)
    notes.note.unlink()
    (notes.note.parent / "b.md").write_text("Q: Which river is the longest?\nA: The Nile.\n")
    way(notes)
    (notes.note.parent / "b.md").unlink()
    notes.write(FORMS[0])
    way(notes)
    assert notes.answers(FORMS[0]) == notes.given == notes.kept()


@ways
def test_the_nearest_form_that_is_there_goes_on(notes: Notes, way: Way) -> None:
    edited(notes, way, 4, answers=True)
    notes.write(FORMS[0], FORMS[2])
    way(notes)
    notes.in_the_window()
    assert (notes.answers(FORMS[0]), notes.answers(FORMS[2])) == (1, 4), "the first one has its own"


@pytest.mark.parametrize("way", [Notes.in_the_window, Notes.at_an_opening])
@pytest.mark.parametrize("edits", [2, 3])
def test_where_the_last_link_was_taken_back_the_first_form_takes_its_answers_back_all_the_same(
    notes: Notes, way: Way, edits: int
) -> None:
    edited(notes, Notes.in_the_window, edits)
    notes.table.undo_relinks(clock.now())
    assert notes.answers(FORMS[edits]) == 0
    way(notes)
    assert notes.answers(FORMS[edits]) == 0, "it starts anew, as the learner has said"
    notes.write(FORMS[0])
    way(notes)
    assert notes.answers(FORMS[0]) == notes.given == 1
    notes.write(FORMS[edits])
    way(notes)
    notes.write(FORMS[edits - 1])
    way(notes)
    assert notes.answers(FORMS[edits - 1]) == 1


def test_what_is_gone_from_one_note_goes_on_in_another(notes: Notes) -> None:
    edited(notes, Notes.in_the_window, 2)
    notes.note.rename(notes.note.with_name("b.md"))
    notes.note = notes.note.with_name("b.md")
    notes.write(FORMS[0])
    notes.in_the_window()
    assert notes.answers(FORMS[0]) == 1


def test_a_card_is_told_as_going_on_and_not_as_lost(notes: Notes) -> None:
    edited(notes, Notes.in_the_window, 2)
    notes.write(FORMS[0])
    edit = notes.table.adopt(desk.read_notes(notes.wanted))
    assert (len(edit.renamed), edit.lost) == (1, {})


def test_both_in_the_notes_have_the_answers_that_each_was_given(notes: Notes) -> None:
    edited(notes, Notes.in_the_window, 2, answers=True)
    notes.write(FORMS[2], FORMS[0])
    notes.in_the_window()
    assert (notes.answers(FORMS[0]), notes.answers(FORMS[2])) == (1, 2)
    notes.write(FORMS[0])
    notes.in_the_window()
    assert notes.answers(FORMS[0]) == 1, "it was answered: nothing is merged"


@ways
def test_a_card_that_was_answered_anew_keeps_its_own(notes: Notes, way: Way) -> None:
    first = notes.key(FORMS[0])
    edited(notes, way, 2)
    moment = Moment(notes.table.memory.last(first) + 1, 0)
    notes.table.memory.apply(notes.table.store.append("review", first, {"grade": 3}, moment))
    last, links = notes.key(FORMS[2]), notes.table.memory.links()
    notes.write(FORMS[0])
    way(notes)
    assert (notes.answers(FORMS[0]), len(list(notes.table.memory.answers(last)))) == (1, 1)
    assert notes.table.memory.links() == links


def test_an_earlier_form_that_was_answered_anew_gets_its_first_answers_by_taking_the_link_back(notes: Notes) -> None:
    first = notes.key(FORMS[0])
    edited(notes, Notes.in_the_window, 1)
    moment = Moment(notes.table.memory.last(first) + 1, 0)
    notes.table.memory.apply(notes.table.store.append("review", first, {"grade": 3}, moment))
    notes.write(FORMS[0])
    notes.in_the_window()
    assert notes.answers(FORMS[0]) == 1
    found = if_undone(notes.table.relinked_last, notes.table.library, notes.table.memory)
    assert found == Undone(anew=[], since=[], back=[ASKED[0]])
    assert len(notes.table.undo_relinks(clock.now())) == 1
    assert notes.answers(FORMS[0]) == 2


def test_two_windows_that_see_it_are_of_one_mind(notes: Notes) -> None:
    other = desk.open_desk(notes.wanted)
    other.hear()
    for form in (*FORMS[1:4], FORMS[0]):
        notes.write(form)
        for table in (notes.table, other):
            table.adopt(desk.read_notes(notes.wanted))
        notes.answer()
    for table in (notes.table, other):
        table.hear()
        assert notes.answers(FORMS[0], table) == notes.given == notes.kept()
    other.close()


def test_what_the_learner_took_back_is_not_linked_again(notes: Notes) -> None:
    edited(notes, Notes.in_the_window, 2, answers=True)
    notes.write(FORMS[0])
    notes.in_the_window()
    for linked in (1, 1, 0):  # back to its last form, and to the one before; its own answers stay with the first one
        assert len(notes.table.undo_relinks(clock.now())) == linked
        assert notes.answers(FORMS[0]) == 1
        again = desk.open_desk(notes.wanted)
        assert (notes.answers(FORMS[0], again), again.relinked) == (1, ())
        again.close()
    assert notes.kept() == 3


@pytest.mark.parametrize("returns", [False, True])
@pytest.mark.parametrize("edits", [1, 2, 3, 4])
def test_what_was_taken_back_step_by_step_is_there_again_after_as_many_steps(
    notes: Notes, edits: int, *, returns: bool
) -> None:
    edited(notes, Notes.in_the_window, edits, answers=True)
    form = FORMS[0] if returns else FORMS[edits]
    notes.write(form)
    notes.in_the_window()
    taken = 0
    while notes.table.undo_relinks(clock.now()):
        taken += 1
        assert notes.answers(form) == 1
    for _ in range(taken):
        assert notes.table.redo_relinks(clock.now())
    assert notes.answers(form) == notes.given
    notes.at_an_opening()
    assert notes.answers(form) == notes.given


def test_what_was_given_back_goes_on_as_if_it_had_not_been_taken_back(notes: Notes) -> None:
    edited(notes, Notes.in_the_window, 1, answers=True)
    notes.write(FORMS[0])
    notes.in_the_window()
    assert notes.table.undo_relinks(clock.now())
    assert notes.answers(FORMS[0]) == 1
    assert notes.table.redo_relinks(clock.now())
    assert notes.answers(FORMS[0]) == notes.given
    notes.write(FORMS[1])
    notes.in_the_window()
    assert notes.answers(FORMS[1]) == notes.given == 2


@pytest.mark.parametrize("way", [Notes.in_the_window, Notes.at_an_opening])
def test_words_that_come_back_have_their_own_answers_though_it_was_taken_back_that_they_came(
    notes: Notes, way: Way
) -> None:
    edited(notes, Notes.in_the_window, 1)
    for form in (FORMS[0], (1, 0)):
        notes.write(form)
        notes.in_the_window()
    for _ in range(2):  # that they were edited again, and that they had come back
        assert len(notes.table.undo_relinks(clock.now())) == 1
    notes.write(FORMS[0])
    way(notes)
    assert notes.answers(FORMS[0]) == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_answer_is_left_behind_wherever_the_edits_lead(notes: Notes, seed: int) -> None:
    """Steps change the question or the answer; leaps go to any form that the card had before, and the last one home."""
    chance = random.Random(seed)
    had = [FORMS[0]]
    for _ in range(10):
        asked, said = had[-1]
        step = chance.choice([(chance.choice(BESIDE[asked]), said), (asked, chance.randrange(3))])
        had.append(chance.choice([step, chance.choice(had)]))
        notes.write(had[-1])
        chance.choice([Notes.in_the_window, Notes.in_a_part, Notes.at_an_opening])(notes)
        assert notes.answers(had[-1]) == notes.given, had
        if chance.random() < 0.5:
            notes.answer()
    notes.write(FORMS[0])
    notes.in_the_window()
    assert notes.answers(FORMS[0]) == notes.given == notes.kept(), had


@pytest.mark.parametrize("seed", range(6))
def test_what_is_known_to_lack_after_edits_answers_and_undos_is_what_a_look_through_all_cards_finds(
    notes: Notes, seed: int
) -> None:
    chance, other = random.Random(seed), desk.open_desk(notes.wanted)
    lacking, lacked = Lacking(), set()
    for _ in range(12):
        notes.write(*chance.sample(FORMS, chance.choice([1, 1, 2])))
        chance.choice([Notes.in_the_window, Notes.in_a_part])(notes)
        doing = chance.random()
        if doing < 0.4:
            notes.answer()
        elif doing < 0.6:
            notes.table.undo_relinks(clock.now())
        elif doing < 0.8:  # another window has read the notes, and answers a card that may be gone here
            other.adopt(desk.read_notes(notes.wanted))
            key = chance.choice(list(other.memory.named()))
            other.memory.apply(other.store.append("review", key, {"grade": 3}, clock.now()))
            notes.table.hear()
        found, all_of_them = (
            set(finished(one.of(notes.table.library, notes.table.memory))) for one in (lacking, Lacking())
        )
        assert found == all_of_them
        lacked |= found
    assert lacked
    other.close()


WORD_MORE = f"Q: {ASKED[1].replace('point on', 'point to on')}\nA: {SAID[1]}\n"
ANOTHER = "Q: Which way does water run on a hill?\nA: Where the ground falls most, hardly ever to the side.\n"


@pytest.mark.parametrize("way", [Notes.in_the_window, Notes.at_an_opening])
@pytest.mark.parametrize("more", [WORD_MORE, ANOTHER])
def test_a_card_goes_on_in_more_words_before_it_goes_back_to_fewer(notes: Notes, way: Way, more: str) -> None:
    """Its first form stands in the note again, and beside it the last one with a word more, or another card."""
    edited(notes, way, 2, answers=True)
    gone = notes.key(FORMS[2])
    notes.write(FORMS[0])
    notes.note.write_text(f"{notes.note.read_text()}\n{more}")
    way(notes)
    last = notes.table.library.studied()[-1].key
    kept = notes.answers(FORMS[0]), len(list(notes.table.memory.answers(last)))
    assert kept == ((1, 2) if more is WORD_MORE else (3, 0))
    assert not list(notes.table.memory.answers(gone))
