"""A paper with computed questions: which demos are asked for them, and at which places they stand.

The plan depends on paper and seed alone: it puts a question of a demo at some places of a paper of cards. What stood
there is asked all the same where the demo has no answer. The first places stay with cards, so that there is something
to ask while a demo computes; a question that is not ready when its place comes changes it with a later one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from threading import Thread
from typing import TYPE_CHECKING

from studytool.demo import trust
from studytool.demo.ahead import Ahead, Wish
from studytool.demo.find import DemoInfo, list_demos, read
from studytool.errors import UsageError
from studytool.links import demo_file, demo_for
from studytool.quiz.computed import as_asked
from studytool.quiz.faces import digest
from studytool.quiz.model import Paper
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studytool.demo.limits import Limits
    from studytool.demo.process import Message
    from studytool.demo.spawn import Child
    from studytool.notes.model import Card, Library

_SHARE = 4
"""Of so many questions at most one is computed."""
_FIRST = 2
"""So many questions at the beginning are never computed."""
_SEEDS = 1_000_000


class Computing:
    """The computed questions of a paper on their way into it. `paper` is the paper as it stands now.

    `told` are sentences for the learner, about what has gone wrong: take them out when they are shown.
    """

    def __init__(self, paper: Paper, wishes: Mapping[int, Wish], ahead: Ahead, told: Sequence[str] = ()) -> None:
        self.paper = paper
        self.told = list(told)
        self._wishes = dict(wishes)
        self._ahead = ahead

    def start(self) -> None:
        """Let the demos begin; without computed questions there is no process."""
        self._ahead.start()

    def settle(self, index: int) -> bool:
        """Whether the question at `index` can be asked: computed, or of a card; False while nothing else is left."""
        wish = self._wishes.get(index)
        if wish is None:
            return True
        told = self._ahead.answer(wish)
        if told is not None:
            self._put(index, told)
            return True
        later = range(index + 1, len(self.paper.questions))
        known = (place for place in later if place not in self._wishes or self._ahead.answer(self._wishes[place]))
        other = next(known, None)
        if other is None:
            return False
        self._exchange(index, other)
        return self.settle(index)

    def give_up(self, index: int) -> None:
        """Ask the card at `index`; its demo takes too long for the learner."""
        if index in self._wishes:
            self._put(index, {"problem": "it was not waited for"})

    @property
    def waiting(self) -> int:
        """How many questions no demo has answered yet."""
        return sum(self._ahead.answer(wish) is None for wish in self._wishes.values())

    @property
    def planned(self) -> int:
        """How many questions are still to be put into the paper, whether their demos have answered or not."""
        return len(self._wishes)

    def complete(self) -> Paper:
        """The whole paper, in its planned order: waits for every demo, as long as the limits let them take."""
        for index in sorted(self._wishes):
            self._put(index, self._ahead.wait(self._wishes[index]))
        self.close()
        return self.paper

    def at_once(self) -> Paper:
        """The paper as far as it is computed, in its planned order; cards stand where no demo has answered yet."""
        late = 0
        for index in sorted(self._wishes):
            if (told := self._ahead.answer(self._wishes[index])) is not None:
                self._put(index, told)
            else:
                late += 1
                del self._wishes[index]
        if late:
            said = f"{counted(late, 'question')} of demos {'was' if late == 1 else 'were'} not waited for"
            instead = f"so this is not the paper that seed {self.paper.seed} sets for others"
            self.told.append(f"{said}. Cards are asked instead, {instead}.")
        return self.paper

    def wait(self, index: int) -> None:
        """Wait until the question at `index` can be asked."""
        if index in self._wishes:
            self._put(index, self._ahead.wait(self._wishes[index]))

    def close(self) -> None:
        """End what still runs, which may take a second."""
        self._ahead.close()

    def leave(self) -> None:
        """The same in the background: a screen that goes does not wait for it."""
        Thread(target=self.close, name="end demos").start()

    def _exchange(self, index: int, other: int) -> None:
        questions = list(self.paper.questions)
        questions[index], questions[other] = questions[other], questions[index]
        self.paper = replace(self.paper, questions=tuple(questions))
        waiting, ready = self._wishes.pop(index), self._wishes.pop(other, None)
        self._wishes[other] = waiting
        if ready is not None:
            self._wishes[index] = ready

    def _put(self, index: int, told: Message) -> None:
        """Put the computed question in the place of the card, or leave the card there and say why."""
        wish = self._wishes.pop(index)
        stood = self.paper.questions[index]
        asked = None if told.get("problem") else as_asked(wish, told, stood.topic, stood.path)
        if asked is None:
            problem = one_line(str(told.get("problem") or "its answer cannot be asked for"), 200).rstrip(".")
            self.told.append(f"The demo {wish.info.name} gave no question ({problem}): a card is asked instead.")
            return
        questions = (*self.paper.questions[:index], asked, *self.paper.questions[index + 1 :])
        self.paper = replace(self.paper, questions=questions)


def compute(
    paper: Paper,
    library: Library,
    *,
    wanted: bool = True,
    demos: Callable[[], Sequence[DemoInfo]] = list_demos,
    limits: Limits | None = None,
    take: Callable[[], Child | None] | None = None,
) -> Computing:
    """The paper with computed questions to come, if they are `wanted`; nothing runs before `start` or `complete`.

    `demos` gives the built-in ones; `take` gives a spare process, if there is one.
    """
    wishes, told = plan(paper, library, demos) if wanted else ({}, ())
    return Computing(paper, wishes, Ahead([wishes[place] for place in sorted(wishes)], limits=limits, take=take), told)


def plan(
    paper: Paper, library: Library, demos: Callable[[], Sequence[DemoInfo]] = list_demos
) -> tuple[dict[int, Wish], tuple[str, ...]]:
    """What stands at which place of the paper, and sentences about demos that are not asked because nobody trusts them.

    Only places of cards that a demo shows come into question; no question of a demo is asked twice.
    """
    room = len(paper.questions) // _SHARE
    found: dict[int, Wish] = {}
    refused: dict[str, None] = {}
    used: set[tuple[str, str, int | None]] = set()
    salts = {at: digest(paper.seed, "computed", asked.card) for at, asked in enumerate(paper.questions) if at >= _FIRST}
    built_in, files = demos() if room else (), dict[Path, DemoInfo | None]()
    for at in sorted(salts, key=salts.__getitem__) if room else ():
        card = library.card(paper.questions[at].card)
        if card is None or len(found) >= room:
            continue
        info = _demo_of(card, built_in, files)
        if info is None:
            continue
        wishes = _wishes(info, salts[at])
        wish = next((one for one in wishes if one.place not in used), None)
        if wish is None:
            continue
        if not trust.is_trusted(info):
            refused[str(info.path)] = None
            continue
        used.add(wish.place)
        found[at] = wish
    return found, tuple(_refused(path) for path in refused)


def _demo_of(card: Card, demos: Sequence[DemoInfo], files: dict[Path, DemoInfo | None]) -> DemoInfo | None:
    """The demo that shows what a card is about; None where there is none, or its file cannot be read."""
    link = demo_for(card, demos)
    if link is None:
        return None
    if file := demo_file(link, card.span.path):
        if file not in files:
            try:
                files[file] = read(file)
            except UsageError:
                files[file] = None
        return files[file]
    return next((demo for demo in demos if demo.name == link.name), None)


def _wishes(info: DemoInfo, salt: bytes) -> list[Wish]:
    """All that a demo can be asked in a quiz, in an order and with numbers that `salt` decides.

    Of its predictions that is the first: the others are written to follow it, and may not stand alone.
    """
    rng = Random(salt)
    seed = rng.randrange(_SEEDS)
    wishes = [Wish(info, name, seed) for name in info.questions]
    if info.predictions:
        wishes.append(Wish(info, seed=seed, prediction=0))
    rng.shuffle(wishes)
    return wishes


def _refused(path: str) -> str:
    return f"{one_line(path)} is not trusted, so it is not run for questions; `studytool trust` with it changes that."
