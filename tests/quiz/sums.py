"""What the tests of computed questions share: a demo of sums that works, fails or sleeps, and its papers."""

from __future__ import annotations

from collections.abc import Callable

from studytool.demo.ahead import Ahead
from studytool.demo.limits import Limits
from studytool.notes.model import Library
from studytool.quiz import Paper, build
from studytool.quiz.computing import Computing, compute, plan
from studytool.quiz.model import Asked

HEAD = """
import math, pathlib, time
from studytool.demo import Demo, Int, Question, line
demo = Demo("Sums", topics=["sums"], steps=4, by=Int(1, 0, 9))

@demo.train
def train(run):
    total = 0
    while True:
        total += run.by
        yield line("total", total=total)
"""
SUM = """
@demo.question
def sum_of_two(rng):
    a, b = rng.randint(3, 99), rng.randint(3, 99)
    return Question(f"What is {a} + {b}?", a + b, {"subtracted": a - b, "multiplied": a * b}, why="Add them up.")
"""
RAISES = "\n@demo.question\ndef raises(rng):\n    raise ValueError('no luck')\n"
SLEEPS = "\n@demo.question\ndef sleeps(rng):\n    time.sleep(999)\n"
NAN = "\n@demo.question\ndef nan(rng):\n    return Question('What is 0/0?', math.nan, {'took 1': 1})\n"
COINCIDES = "\n@demo.question\ndef same(rng):\n    return Question('What is 2 + 2?', 4, {'multiplied': 4})\n"
SOMETIMES = """
@demo.question
def sometimes(rng):
    a = rng.choice((2, 2, 2, 3))
    return Question(f"What is {a} + {a}?", 2 * a, {"multiplied": a * a})
"""
PREDICTS = """
@demo.predict("You double the summand. The total…", "halves", "stays", "doubles", why="Every summand does.")
def _(sim):
    once, twice = sim(by=1).last("total"), sim(by=2).last("total")
    return "doubles" if twice == 2 * once else "stays"
"""
QUICK = Limits(seconds=1.5, start=60)
"""For what never answers; the others have all the time that they may take."""
Make = Callable[..., Library]


def paper(library: Library, seed: int = 1, count: int = 8, limits: Limits | None = None) -> Computing:
    return compute(build(library, count=count, seed=seed), library, limits=limits or Limits())


def papers(library: Library, *seeds: int) -> list[Paper]:
    """The papers of some seeds, with computed questions that one process has answered for all."""
    cards = [build(library, count=8, seed=seed) for seed in seeds]
    plans = [plan(one, library)[0] for one in cards]
    ahead = Ahead([wish for wishes in plans for wish in wishes.values()], limits=Limits())
    found = [Computing(one, wishes, ahead) for one, wishes in zip(cards, plans, strict=True)]
    for computing, wishes in zip(found, plans, strict=True):
        for place in wishes:
            computing.wait(place)
    ahead.close()
    return [computing.paper for computing in found]


def computed(whole: Paper) -> list[Asked]:
    return [asked for asked in whole.questions if asked.computed]
