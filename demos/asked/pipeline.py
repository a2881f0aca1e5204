"""What is asked and claimed about pipelines."""

from statistics import mean

import torch

from studytool.demo import Question, spread

from demo_pipeline import NARROW, WIDE, demo

SEEDS = 10  # networks a claim trains
LOST, JOINT, GAIN, LITTLE = 6, 3, 2, 3  # points of accuracy: narrow, end to end; wide, and end to end
MORE = "fewer", -3, "about as many", 3, "more"
WORSE, SMALLER = 1.4, 2  # least ratios of errors of the middle picture: end to end to apart, noisy to apart


def middle_errors(sim, worse, better, count=SEEDS):
    """How many times as large one error of the middle picture ends as another, for each seed."""
    return [run.last(f"error_{worse}") / run.last(f"error_{better}") for run in sim.runs(count)]


@demo.predict(f"{NARROW} hidden neurons take most of the noise out. The classifier for clean digits then reads",
              *MORE,
              why="What tells similar digits apart was lost with the noise, and nobody can win it back.")  # fmt: skip
def _(sim):
    return mean(sim.gains("noisy", "apart", 4))


@demo.predict("Both are then trained on as one network. The picture between them becomes", "cleaner", 0.9,
              "no different", 1.1, "less clean",
              why="Nobody asks for a clean picture any more, only for one that is read right.")  # fmt: skip
def _(sim):
    return mean(middle_errors(sim, "joint", "apart", 4))


@demo.predict("And trained as one they read, against two stages trained apart for as long", *MORE,
              why="The denoiser now keeps what the classifier needs, and that one knows its pictures.")  # fmt: skip
def _(sim):
    return mean(sim.gains("apart", "joint", 4))


@demo.claim(f"{NARROW} hidden neurons: the error falls by half or more, yet {LOST} points fewer are read, on average.")
def _(sim):
    ratios, points = middle_errors(sim, "noisy", "apart"), sim.gains("noisy", "apart", SEEDS)
    held = min(ratios) >= SMALLER and mean(points) <= -LOST
    return held, f"{spread(ratios, '.1f')} times smaller; {spread(points, '+.1f')} points"


@demo.claim(f"For all {SEEDS} seeds end to end makes the error in the middle {WORSE} times larger or more, yet gains "
            f"{JOINT} points, on average.")  # fmt: skip
def _(sim):
    ratios, points = middle_errors(sim, "joint", "apart"), sim.gains("apart", "joint", SEEDS)
    held = min(ratios) >= WORSE and mean(points) >= JOINT
    return held, f"{spread(ratios, '.2f')} times; {spread(points, '+.1f')} points"


@demo.claim(f"{WIDE} hidden neurons: it gains {GAIN} points, and end to end changes at most {LITTLE}, on average.")
def _(sim):
    apart, joint = (sim.gains(*ways, SEEDS, hidden=WIDE) for ways in (("noisy", "apart"), ("apart", "joint")))
    held = mean(apart) >= GAIN and abs(mean(joint)) <= LITTLE
    return held, f"{spread(apart, '+.1f')} points; {spread(joint, '+.1f')}"


@demo.claim(f"One network reads {JOINT} points more than narrow stages end to end, as many as wide ones.")
def _(sim):
    narrow, wide = (sim.gains("joint", "one", SEEDS, hidden=h) for h in (NARROW, WIDE))
    held = mean(narrow) >= JOINT and abs(mean(wide)) <= LITTLE + 1
    return held, f"{spread(narrow, '+.1f')} points; {spread(wide, '+.1f')}"


@demo.question
def two_stages_right(rng):
    first, second = rng.choice((0.9, 0.8, 0.6)), rng.choice((0.95, 0.7, 0.5))
    both = torch.tensor([first, second], dtype=torch.float64).prod()
    return Question(
        f"The first stage is right for {first:.0%} of its inputs, the second for {second:.0%}, independently. The "
        "result is right where both are: for which share?".replace("%", " %"), both,
        {"the mean": (first + second) / 2, "the weaker stage": min(first, second),
         "added what goes wrong": first + second - 1},
        why="Independent probabilities are multiplied; adding would count errors of both at once twice.",
    )  # fmt: skip


@demo.question
def gradient_through(rng):
    a, b, x, t = rng.choice((2.0, 3.0)), rng.choice((0.5, -1.5)), rng.choice((3.0, 4.0)), rng.choice((7.0, -4.0))
    A = torch.tensor(a, dtype=torch.float64, requires_grad=True)
    (g,) = torch.autograd.grad((b * A * x - t).square() / 2, A)
    wrong = b * a * x - t
    return Question(
        f"Two stages: m = a·x, then y = b·m, with a = {a:g}, b = {b:g}, x = {x:g}. The loss is ½(y − t)², t = {t:g}. "
        "What is ∂loss/∂a, end to end?".replace("-", "−"), g,
        {"forgot the input": wrong * b, "stopped at y": wrong, "the wrong sign": -wrong * b * x},
        why="(y − t)·b·x: the second stage hands the error back through b, the first multiplies by its input.",
    )  # fmt: skip
