"""What is asked and claimed about batches."""

import math
from statistics import linear_regression, mean, median

import torch

from studytool.demo import Question, spread

from demo_batches import BATCH, EXAMPLES, demo

SEEDS, NEAR = 20, 0.5  # runs a claim makes; the distance that counts as near the minimum
CHEAPER, SPARED, SETTLED = 30, 1.6, 20  # ratios of examples, of steps, and of distances


def arrivals(sim, count):
    """After how many steps the batches and all examples were near the minimum, for each seed: two lists."""
    runs = sim.runs(count)
    return [[run.first(name, at_most=math.log10(NEAR)) for run in runs] for name in ("batch", "all")]


def fewer_examples(sim, count):
    """How many times fewer examples the batches have looked at by then, for each seed."""
    return [EXAMPLES * a / (BATCH * b) for b, a in zip(*arrivals(sim, count), strict=True)]


def hovering(result, name="batch"):
    """The mean distance from the minimum in the last half of the run."""
    return mean(10**d for d in result.series(name)[result.steps // 2 :])


def size_of_noise(sim, batch):
    """Its mean over 30 steps that are too small to matter."""
    return mean(mean(run.series("noise")) for run in sim.runs(5, steps=30, batch=batch, learning_rate=0.01))


@demo.predict("The batch is four times as large. The noise of its gradient is", "a quarter", 0.35, "half", 0.7,
              "the same", why="It is a mean of B examples, and the error of a mean shrinks with √B.",
              batch=32, learning_rate=0.01)  # fmt: skip
def _(sim):
    return size_of_noise(sim, 4 * BATCH) / size_of_noise(sim, BATCH)


@demo.predict(f"Until it is near, who looks at fewer examples: batches of {BATCH}, or all {EXAMPLES} each step?",
              "all: it takes far fewer steps", 1, "batches, up to 10 times fewer", 10, "batches, over 10 times fewer",
              why="Far from the minimum a rough direction does, and a step costs a hundredth.")  # fmt: skip
def _(sim):
    return median(fewer_examples(sim, 5))


@demo.predict(f"After 200 steps with batches of {BATCH}, the weights", "rest at the minimum", "hover around it",
              "have left it again",
              why="At the minimum the gradient of all examples is 0, but that of each batch is not.")  # fmt: skip
def _(sim):
    far, before = (mean(map(hovering, sim.runs(5, steps=n))) for n in (200, 100))
    return "rest at the minimum" if far < 0.01 else "hover around it" if far < 2 * before else "have left it again"


@demo.predict("They hover. A quarter of η brings them nearer, by a factor of about", "1: no nearer", 1.4, "2", 4, "16",
              why="The distance goes with √(η/B): a quarter of η does as much as four times the batch.",
              learning_rate=0.05)  # fmt: skip
def _(sim):
    far, near = (mean(map(hovering, sim.runs(5, steps=400, learning_rate=η))) for η in (0.2, 0.05))
    return far / near


@demo.claim("The noise goes with B to the power −½: from 1 to 64 examples the exponent lies within 0.05 of it.")
def _(sim):
    sizes = (1, 4, 16, 64)
    exponent, _ = linear_regression([math.log(b) for b in sizes], [math.log(size_of_noise(sim, b)) for b in sizes])
    return abs(exponent + 0.5) < 0.05, f"{exponent:.3f}"


@demo.claim(f"Until it is near, a batch of {BATCH} looks at {CHEAPER} times fewer examples than all at a time, on "
            "average.")  # fmt: skip
def _(sim):
    ratios = fewer_examples(sim, SEEDS)
    return mean(ratios) >= CHEAPER, f"{spread(ratios)} times"


@demo.claim(f"Counted in steps, all examples are at most {SPARED} times as fast as a batch of {BATCH}, in the median.")
def _(sim):
    ratios = [b / a for b, a in zip(*arrivals(sim, SEEDS), strict=True)]
    return median(ratios) <= SPARED, f"median {median(ratios):.2f} times; {spread(ratios, '.2f')}"


@demo.claim(f"Where batches of {BATCH} do not help: over 200 steps all examples come {SETTLED} times nearer, and more.")
def _(sim):
    ratios = [hovering(run) / hovering(run, "all") for run in sim.runs(SEEDS)]
    return min(ratios) >= SETTLED, f"at least {min(ratios):.0f} times"


@demo.question
def noise_of_a_larger_batch(rng):
    B, times, noise = rng.choice((8, 16, 32)), rng.choice((4, 9, 16, 25)), rng.choice((0.6, 1.2, 2.4))
    one = torch.tensor([noise * B**0.5, -noise * B**0.5], dtype=torch.float64)  # what single examples are off by
    after = one.var(unbiased=False).div(B * times).sqrt()  # variances of means: divided by their number
    return Question(
        f"With batches of {B} the gradient's noise is {noise}. What is it with batches of {B * times}?", after,
        {"divided by the ratio": noise / times, "took it to grow": noise * times**0.5, "took it to stay": noise},
        why="The noise goes with 1/√B.",
    )  # fmt: skip


@demo.question
def steps_of_an_epoch(rng):
    n, B, epochs = rng.choice((1000, 1500, 5000)), rng.choice((32, 64, 128)), rng.choice((3, 5))
    steps = epochs * len(torch.arange(n).split(B))
    return Question(
        f"{n} examples, batches of {B}; the last of an epoch is smaller. How many steps are {epochs} epochs?", steps,
        {"left the last batch out": epochs * (n // B), "one epoch only": steps // epochs,
         "a step for each example": epochs * n},
        why="An epoch has one step for each batch, the smaller one at the end as well.",
    )  # fmt: skip
