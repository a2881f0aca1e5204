"""Batches: each step follows the gradient of a few examples, which is right only on average.

The loss is a mean over all examples, here 1,024 of a line with two weights, and so is its gradient. The mean over a
batch of B examples drawn at random costs a small part of that and is a guess at it, right on average (Robbins and
Monro, 1951). Its error, the noise, shrinks with √B: four times the examples for half of the noise.

Far from the minimum the gradient is larger than its noise, and a rough guess leads down about as well as the exact one:
the full batch takes about as many steps, and looks at a hundred times as many examples. Near the minimum the gradient
fades and the noise stays, so that with a constant η the weights never settle. They hover, and the distance grows about
with √(η/B): there a larger batch helps, and a smaller η as well. The full batch settles; small ones do so only where
every example lies on the line (σ = 0), as then no example disagrees with the minimum.

Which batch is fastest depends on what a step costs. Where examples are computed one after the other, count the
examples. Where a whole batch is computed at once, as on a GPU up to some size, count the steps; then a large batch
costs no more and still gains little, once its noise is small (McCandlish and others, 2018). The minimum meant here is
that of the loss on these examples; being exact about it is not the same as being right about new ones.
"""

import itertools
import math
from statistics import linear_regression, mean, median

import torch

from studytool.demo import Demo, Float, Int, Question, heatmap, line, plane, spread, text

SEEDS, EXAMPLES, ARROWS, NEAR = 20, 1024, 24, 0.5  # runs a claim makes; all examples; batches drawn; "near" the minimum
BATCH, CHEAPER, SPARED, SETTLED = 8, 30, 1.6, 20  # a small batch; ratios of examples, of steps, and of distances
EXTENT = (-2.4, 2.4), (-2, 2)  # of the picture

demo = Demo(
    "Batches: a rough gradient, and many of them",
    topics=["mini-batches", "batch size", "stochastic gradient descent", "gradient noise"],
    steps=200,
    pace=8,
    batch=Int(BATCH, 1, EXAMPLES, symbol="B", help=f"examples a step follows, out of {EXAMPLES}"),
    learning_rate=Float(0.15, 0.01, 0.6, log=True, symbol="η", help="how far a step goes"),
    noise=Float(1, 0, 3, symbol="σ", help="how far the examples lie from the line, as a standard deviation"),
)


@demo.train
def two_descents(run):
    X = run.randn(EXAMPLES, 2) * torch.tensor([1.0, 0.8], device=run.device)
    ε = run.randn(EXAMPLES)
    corner = torch.tensor([-1.7, 1.4], device=run.device)
    paths = {"all": [corner], "batch": [corner]}
    for step in itertools.count(1):
        y = X @ corner.new_tensor([0.6, -0.4]) + run.noise * ε
        best = torch.linalg.solve(X.T @ X, X.T @ y)  # the minimum of the loss of all examples
        exact, w = paths["all"][-1], paths["batch"][-1]
        some = run.rand(ARROWS, EXAMPLES).argsort(1)[:, : run.batch]  # [24, B]
        guesses = gradient(X[some], y[some], w)  # [24, 2]: the first is followed, all are drawn
        g = gradient(X, y, w)
        paths["all"].append(exact - run.learning_rate * gradient(X, y, exact))
        paths["batch"].append(w - run.learning_rate * guesses[0])
        far, far_exact = (paths[name][-1].sub(best).norm() for name in ("batch", "all"))
        wrong = (guesses - g).square().sum(1).mean().sqrt()
        yield (
            heatmap(lambda X=X, y=y: landscape(X, y), title="loss", axes=("w₁", "w₂"), extent=EXTENT,
                    paths={"all": lambda: torch.stack(paths["all"]), f"batch of {run.batch}": lambda:
                           torch.stack(paths["batch"]), "others": lambda w=w, a=guesses: star(w, a)}),
            line("to the minimum, log₁₀", all=far_exact.log10(), batch=far.log10()),
            line("length of the gradient", exact=g.norm(), noise=wrong),
            text(f"all: {step * EXAMPLES:,}\nbatches of {run.batch}: {step * run.batch:,}", title="examples used"),
        )  # fmt: skip


def gradient(X, y, w):
    """The gradient of the mean of ½(w·x − y)² over examples X […, B, 2]: […, 2]."""
    return ((X @ w - y)[..., None] * X).mean(-2)


def landscape(X, y):
    """The mean of ½(w·x − y)² for each w of the plane, from means over the examples that hold for all of them."""
    A, b, c = X.T @ X / EXAMPLES, X.T @ y / EXAMPLES, y.square().mean()
    w = plane(EXTENT).to(X.device)  # [64, 96, 2]
    return (((w @ A) * w).sum(-1) - 2 * w @ b + c) / 2


def star(w, gradients):
    """From w down each gradient and back, half as long as it is: [48, 2]."""
    return torch.stack([w - gradients / 2, w.expand_as(gradients)], 1).view(-1, 2)


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
              "the same", why="It is a mean of B examples, and the error of a mean shrinks with √B.")  # fmt: skip
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
              why="The distance goes with √(η/B): a quarter of η does as much as four times the batch.")  # fmt: skip
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


if __name__ == "__main__":
    demo.main()
