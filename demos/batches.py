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

import torch

from studytool.demo import Demo, Float, Int, heatmap, line, plane, text

EXAMPLES, BATCH, ARROWS = 1024, 8, 24  # all examples; those of a batch; batches drawn
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


if __name__ == "__main__":
    demo.main()
