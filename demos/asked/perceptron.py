"""What is asked and claimed about the perceptron."""

import math
from statistics import mean, median

import torch

from studytool.demo import Question, iris, spread

from demo_perceptron import demo

SEEDS, BOUND = 50, 410  # orders of the flowers; Novikoff's bound for setosa and versicolor
OVERLAP = {"flowers": "versicolor/virginica", "steps": 5_000}


@demo.predict("From w = 0 you double η. The number of corrections…", "halves", "stays the same", "doubles",
              why="w and b are sums of η·y·x and η·y: both double, and no sign changes.", learning_rate=2)  # fmt: skip
def _(sim):
    once, twice = (sim(learning_rate=η).steps for η in (1, 2))
    return "stays the same" if once == twice else "halves" if twice < once else "doubles"


@demo.predict("Setosa and versicolor, 100 flowers: how many corrections?", "under 30", 30,
              "30 to 300", 300, "over 300",
              why=f"They lie far apart: about 7. No order can need more than {BOUND}.")  # fmt: skip
def _(sim):
    return median(run.steps for run in sim.runs(20))


@demo.predict("Versicolor and virginica overlap. With η 64 times smaller the errors are…", "far fewer", "not fewer",
              why="From w = 0, η scales w and b alike: the line jumps exactly as far as before.",
              flowers="versicolor/virginica", learning_rate=0.015625)  # fmt: skip
def _(sim):
    large, small = (mean(sim(learning_rate=η, **OVERLAP).series("errors")) for η in (1, 1 / 64))
    return "far fewer" if small < large / 2 else "not fewer"


@demo.claim(f"Setosa and versicolor: all of {SEEDS} orders end within Novikoff's bound of {BOUND} corrections.")
def _(sim):
    X, y = iris("setosa", "versicolor")
    Z = torch.cat([X, torch.ones(100, 1)], dim=1)  # [100, 3] with the input that is always 1
    best = torch.tensor([40.0, 60, -143])  # 40·length + 60·width = 143 is the boundary with the largest γ
    γ = (y * (Z @ best)).min() / best.norm()
    bound = (Z.norm(dim=1).max() / γ).square().item()
    runs = sim.runs(SEEDS)
    n = [r.steps for r in runs]
    held = all(r.done for r in runs) and max(n) <= BOUND == int(bound)
    return held, f"bound {bound:.1f}; median {median(n):g}, {min(n)} to {max(n)}"


@demo.claim("Versicolor and virginica: one of each has the same petals, so no line separates them and no run ends.")
def _(sim):
    X, _ = iris("versicolor", "virginica")
    pairs = (X[:50, None] == X[None, 50:]).all(-1).sum().item()
    runs = sim.runs(20, **OVERLAP)
    errors = [e for r in runs for e in r.series("errors")[1_000:]]
    return pairs > 0 and not any(r.done for r in runs), f"{pairs} pairs; errors {spread(errors)}"


@demo.claim("From w = 0, η only scales w: 64 times larger or smaller, every correction is the same.")
def _(sim):
    errors = [[sim(seed=s, learning_rate=η).series("errors") for η in (1 / 64, 1, 64)] for s in sim.seeds(SEEDS)]
    return all(a == b == c for a, b, c in errors), f"{len(errors)} orders"


@demo.question
def next_weights(rng):
    w, b, η = [rng.randint(-3, 3) for _ in range(2)], rng.randint(-3, 3), rng.choice((0.5, 2))
    x, y = [rng.randint(1, 4) for _ in range(2)], rng.choice((-1, 1))
    w[0] -= y * max(0, math.ceil((y * (w[0] * x[0] + w[1] * x[1] + b) + 1) / x[0]))  # so that it is on the wrong side

    def corrected(η=η, y=y, x=x):
        return tuple(float(v) for v in torch.tensor([*w, b]) + η * y * torch.tensor([*x, 1]))

    return Question(
        f"w = ({w[0]}, {w[1]}), b = {b}, η = {η}. An input x = ({x[0]}, {x[1]}) with y = {y:+d} is on the wrong side. "
        "What are (w₁, w₂, b) after the correction?".replace("-", "−"),
        corrected(),
        {"forgot η": corrected(η=1), "subtracted instead of adding": corrected(y=-y),
         "forgot the bias": (*corrected()[:2], float(b))},
        why="η·y·x is added to w and η·y to b.",
    )  # fmt: skip


@demo.question
def which_side(rng):
    w, x = [rng.randint(-4, 4) or 1 for _ in range(2)], [rng.randint(1, 5), rng.randint(6, 9)]
    total, b = torch.tensor(w) @ torch.tensor(x), rng.choice((-5, -3, 2, 4))
    mistakes = {"forgot the bias": total, "left out the weights": sum(x) + b, "subtracted the bias": total - b}
    found = {name: int(value) for name, value in mistakes.items() if int(value) != int(total + b)}
    return Question(
        f"What is w·x + b for w = ({w[0]}, {w[1]}), x = ({x[0]}, {x[1]}), b = {b}?".replace("-", "−"),
        int(total + b), found, why="Each input times its weight, all added, and the bias.",
    )  # fmt: skip
