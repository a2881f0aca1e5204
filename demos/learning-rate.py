"""The learning rate: three networks begin alike and learn digits with η/4, η and 4η.

With a small η the loss falls smoothly and slowly. A larger one is faster, and its loss may jump at first and recover.
Too large, and the steps throw the weights about until all hidden neurons are below zero: the network then says the same
for every digit, its loss stays near ln 10 = 2.3, a guess among ten, and no later step repairs it. So a rate that is too
high need not show as an error or as "not a number"; it may look like a network that does not learn.

In a bowl the edge is exact: η must be below 2/λmax, where λmax is the largest curvature. The loss of a network has one
too, the largest eigenvalue of its matrix of second derivatives, called sharpness. But that changes while the network
learns. An η above 2/λmax at the start can work: descent jumps to where the loss is less curved. From there on the
curvature follows η, and 2/λmax stays near it for a while (Cohen and others, 2021), until the digits are learned. So the
edge is not known beforehand: it is found by trying, and a good η lies within a factor of a few below it. All training
digits are used in every step, so nothing here is noise; one step of the demo is three of gradient descent.
"""

import math
from statistics import median

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Question, accuracy, digits, line, spread, text

SEEDS, HIDDEN, SAMPLES = 8, 32, 500  # networks of a claim; hidden neurons; training digits
GOOD = 88  # accuracy in percent that counts as trained
NEAR = 1.6  # 2/λmax is less than this many times η while it learns
FACTORS = 0.25, 1, 4  # the three networks take this times η

demo = Demo(
    "Learning rate: too small, right, too large",
    topics=["learning rate", "sharpness", "edge of stability", "step size"],
    steps=100,
    pace=10,
    learning_rate=Float(0.5, 0.001, 8, log=True, symbol="η", help="of the network in the middle; the others: η/4, 4η"),
)


@demo.train
def three_rates(run):
    X, y = digits(run.device)
    X = X.flatten(1)  # [1797, 64]
    order = run.randperm(len(X))
    train, test = order[:SAMPLES], order[SAMPLES:]
    start = run.randn(64, HIDDEN) * (2 / 64) ** 0.5, run.zeros(1, HIDDEN), run.randn(HIDDEN, 10) * (2 / HIDDEN) ** 0.5
    weights = [w.repeat(3, 1, 1).requires_grad_() for w in (*start, run.zeros(1, 10))]  # W₁, b₁, W₂, b₂ [3, …, …]
    factors = torch.tensor(FACTORS, device=run.device)[:, None, None]
    v = [run.randn(*w.shape[1:]) for w in weights]
    for _ in range(20):
        λmax, v = sharpness([w[1] for w in weights], v, X[train], y[train])
    while True:
        for _ in range(3):
            losses = loss_of(weights, X[train], y[train])  # [3]
            gradients = torch.autograd.grad(losses.sum(), weights)
            with torch.no_grad():
                for w, g in zip(weights, gradients, strict=True):
                    w.sub_(run.learning_rate * factors * g)
        low, middle, high = losses.detach()
        with torch.no_grad():
            right = accuracy(scores(weights, X[test]), y[test])  # [3]
            off = 100 * (X[train] @ weights[0] + weights[1] <= 0).all(1).float().mean(-1)  # [3]
        yield (
            line("loss (ln 10 = 2.3 is a guess)", axis="steps of three", low=low, middle=middle, high=high),
            line("middle: η and 2/λmax", axis="steps of three", rate=run.learning_rate.clone(), limit=2 / λmax),
            line("accuracy on new digits, %", axis="steps of three", right_low=right[0], right_middle=right[1],
                 right_high=right[2]),
            text(lambda off=off: told(run.learning_rate, off), title="neurons off for all, %"),
        )  # fmt: skip
        λmax, v = sharpness([w[1] for w in weights], v, X[train], y[train])


def scores(weights, x):
    """Scores [..., n, 10] of digits [n, 64] by one network or several."""
    W1, b1, W2, b2 = weights
    return (x @ W1 + b1).relu() @ W2 + b2


def loss_of(weights, x, y):
    """The cross-entropy of each network [...]."""
    return -scores(weights, x).log_softmax(-1)[..., torch.arange(len(y), device=y.device), y].mean(-1)


def sharpness(weights, v, x, y):
    """The largest curvature of the loss of one network, by a step of power iteration: v ← Hv, of length 1."""
    weights = [w.detach().requires_grad_() for w in weights]
    gradients = torch.autograd.grad(loss_of(weights, x, y), weights, create_graph=True)
    Hv = torch.autograd.grad(sum((g * u).sum() for g, u in zip(gradients, v, strict=True)), weights)
    size = torch.cat([h.flatten() for h in Hv]).norm()
    before = torch.cat([u.flatten() for u in v]).norm()
    return size / before, [h / size.clamp_min(1e-12) for h in Hv]


def told(η, off):
    return ", ".join(f"{factor * η:.3g}: {share:.0f}" for factor, share in zip(FACTORS, off, strict=True))


@demo.predict("η = 1 is above 2/λmax at the start, about 0.5. In a bowl that throws w out. The network with η = 1…",
              "is thrown out", GOOD, "learns the digits",
              why="The first steps jump to where the loss is less curved, and there 1 is not too much.")  # fmt: skip
def _(sim):
    return median(sim.last("right_middle", 3, learning_rate=1))


@demo.predict("4η = 4 is far too large. What does the loss of that network read in the end?", "not a number",
              "near 2.3", "near 0",
              why="Its neurons are off for every digit: it guesses among ten, at a loss of ln 10.")  # fmt: skip
def _(sim):
    loss = sim(learning_rate=1).last("high")
    return "not a number" if not math.isfinite(loss) else "near 0" if loss < 0.5 else "near 2.3"


@demo.predict("0.01, 0.04 or 0.16: which η has the lowest loss after the same 300 steps?", "0.01", "0.04", "0.16",
              why="All three are safe, and then a longer step is further along.")  # fmt: skip
def _(sim):
    run = sim(learning_rate=0.04)
    losses = {η: run.last(name) for η, name in (("0.01", "low"), ("0.04", "middle"), ("0.16", "high"))}
    return min(losses, key=losses.get)


@demo.claim(f"η = 1 is above 2/λmax at each of {SEEDS} starts, and yet every network reaches {GOOD} % on new digits.")
def _(sim):
    limits = [run.series("limit")[0] for run in sim.runs(SEEDS, learning_rate=1)]
    right = sim.last("right_middle", SEEDS, learning_rate=1)
    return max(limits) < 1 and min(right) >= GOOD, f"2/λmax {spread(limits, '.2f')}; {spread(right)} %"


@demo.claim("η = 4 ends in a guess and not in NaN: the loss is within 0.05 of ln 10 for each start.")
def _(sim):
    losses = sim.last("high", SEEDS, learning_rate=1)
    return all(abs(v - math.log(10)) < 0.05 for v in losses), spread(losses, ".3f")


@demo.claim("Smaller is not better: after 300 steps η = 0.01 has at least 5 times the loss of η = 0.16.")
def _(sim):
    ratios = [run.last("low") / run.last("high") for run in sim.runs(SEEDS, learning_rate=0.04)]
    return min(ratios) >= 5, f"{spread(ratios)} times"


@demo.claim(f"The curvature follows η: for 0.5 and 1, in steps 8 to 40, the median 2/λmax is 1 to {NEAR} η.")
def _(sim):
    half, one = ([median(run.series("limit")[8:40]) / η for run in sim.runs(SEEDS, learning_rate=η)] for η in (0.5, 1))
    return all(1 < r < NEAR for r in half + one), f"0.5: {spread(half, '.2f')} η; 1: {spread(one, '.2f')} η"


@demo.question
def loss_of_a_guess(rng):
    K = rng.choice((3, 4, 5, 8, 20, 50, 100, 1000))
    loss = F.cross_entropy(torch.zeros(1, K, dtype=torch.float64), torch.tensor([0]))
    return Question(
        f"A classifier of {K} classes says the same for every input, each class alike. What is its cross-entropy?",
        loss, {"took the logarithm to base 10": math.log10(K), "took the logarithm to base 2": math.log2(K),
               "took the share of errors": 1 - 1 / K, "took the probability": 1 / K},
        why="Each class gets 1/K, and −ln(1/K) = ln K: a loss that stays there is a network that says nothing.",
    )  # fmt: skip


@demo.question
def decayed_rate(rng):
    η, every, by = rng.choice((0.1, 0.4, 0.8)), rng.choice((10, 20, 30)), rng.choice((0.1, 0.5, 0.2))
    epoch = every * rng.choice((2, 3)) + rng.randint(1, 8)
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(()))], lr=η)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, every, by)
    for _ in range(epoch):
        optimizer.step()
        schedule.step()
    times = epoch // every
    return Question(
        f"η starts at {η} and is multiplied by {by} after every {every} epochs. What is it after {epoch} epochs?",
        schedule.get_last_lr()[0],
        {"multiplied once too few": η * by ** (times - 1), "multiplied once too often": η * by ** (times + 1),
         "let it fall a little every epoch": η * by ** (epoch / every)},
        why="The factor comes in once for every full span of epochs.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
