"""What is asked and claimed about loss functions."""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Question, accuracy, descend, digits

from demo_loss_functions import cross_entropy, demo, squared_error

SURE = 0.9  # the probability of the right class at which the example counts as learned
RATIO, FEW, MANY = 1_491, 25, 1_500  # from −8: slope of CE by that of SE; steps CE needs at most, SE at least
SEEDS, ALIKE, LN10 = 10, 1.5, 0.1  # networks for digits; points between their accuracies; how near a loss is to ln 10


def learned(result, name):
    """The steps until the right class was sure; what is drawn first is the start, after none."""
    return result.first(name, at_least=SURE) - 1


def network_for_digits(seed, loss, η, steps=200):
    """Its first loss, and its accuracy in percent on the digits that it was not trained on."""
    X, y = digits()
    rng = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(X), generator=rng)
    X, y = X[order].flatten(1), y[order]
    W1, W2 = Ws = [torch.randn(n, k, generator=rng).div(2 * n**0.5).requires_grad_() for n, k in ((64, 64), (64, 10))]
    velocity, first = [torch.zeros_like(W) for W in Ws], loss((X[:1000] @ W1).tanh() @ W2, y[:1000]).item()
    for _ in range(steps):
        descend(loss((X[:1000] @ W1).tanh() @ W2, y[:1000]), Ws, velocity, η, momentum=0)
    return first, accuracy((X[1000:] @ W1).tanh() @ W2, y[1000:]).item()


def squares(logits, y):
    return (logits.softmax(1) - F.one_hot(y, 10)).square().sum(1).mean()


@demo.predict(f"z = −8: sure and wrong. For p ≥ {SURE}, squared error needs … times the steps of cross-entropy",
              "about 1", 3, "5 to 20", 30, "over 50",
              why="Where p is near 0, a step of z hardly changes p: (1 − p)² is flat, −ln p is not.")  # fmt: skip
def _(sim):
    r = sim(logit=-8)
    return learned(r, "SE") / learned(r, "CE")


@demo.predict("A network for 10 classes before its first step, with small weights: its cross-entropy is about",
              "0.1", 0.4, "1", 1.6, "2.3", 5, "10", why="Each class gets about 1/10, and −ln(1/10) = 2.3.")  # fmt: skip
def _(sim):
    return mean(network_for_digits(s, F.cross_entropy, 0, steps=0)[0] for s in sim.seeds(5))


@demo.predict("The best number for 1, 2, 3, 4, 100 by absolute error. 100 becomes 200: it…", "stays", 1,
              "moves by 20", 30, "doubles",
              why="The median only counts the targets above and below it. The mean moves by 100/5 = 20.",
              outlier=200)  # fmt: skip
def _(sim):
    before, now = (sim(outlier=x, steps=400).last("absolute") for x in (100, 200))
    return abs(now - before)


@demo.claim(f"At −8 cross-entropy is {RATIO:,} times as steep: under {FEW} steps, and over {MANY:,} for squared error.")
def _(sim):
    z = torch.tensor(-8.0, dtype=torch.float64, requires_grad=True)
    ratio = (torch.autograd.grad(cross_entropy(z), z)[0] / torch.autograd.grad(squared_error(z), z)[0]).item()
    few, many = (learned(sim(logit=-8), name) for name in ("CE", "SE"))
    return round(ratio) == RATIO and few < FEW and MANY < many <= demo.steps, f"{ratio:.1f}; {few} and {many} steps"


@demo.claim("Descent on 1, 2, 3, 4 and 100 ends at the mean, 22, for squared and at the median, 3, for absolute error.")
def _(sim):
    r = sim(steps=400)
    square, absolute = r.last("squared"), r.last("absolute")
    return abs(square - 22) < 0.01 and abs(absolute - 3) < 0.03, f"{square:.3f} and {absolute:.3f}"


@demo.claim(f"Networks for digits begin within {LN10} of ln 10, and end within {ALIKE} points with either loss.")
def _(sim):
    seeds = sim.seeds(SEEDS)
    starts, ce = zip(*(network_for_digits(s, F.cross_entropy, 0.5) for s in seeds), strict=True)
    _, se = zip(*(network_for_digits(s, squares, 1.0) for s in seeds), strict=True)
    off = max(abs(start - torch.tensor(10.0).log().item()) for start in starts)
    return off < LN10 and abs(mean(ce) - mean(se)) <= ALIKE, f"off by {off:.2f}; {mean(ce):.1f} and {mean(se):.1f} %"


@demo.question
def cross_entropy_of_three(rng):
    p = rng.choice(((0.7, 0.2, 0.1), (0.6, 0.3, 0.1), (0.5, 0.3, 0.2), (0.8, 0.15, 0.05)))
    right = rng.choice((1, 2))
    loss = F.nll_loss(torch.tensor([p], dtype=torch.float64).log(), torch.tensor([right]))
    return Question(
        f"A network gives three classes {p[0]}, {p[1]} and {p[2]}. Right is the {'second' if right == 1 else 'third'}. "
        "What is its cross-entropy?",
        loss, {"took the most probable class": -torch.tensor(p[0]).log(), "took 1 − p": 1 - p[right],
               "forgot the minus": -loss},
        why="−ln of the probability that the right class got; the other two do not count.",
    )  # fmt: skip


@demo.question
def slope_at_the_logit(rng):
    p, y = rng.choice((0.1, 0.2, 0.3, 0.7, 0.8, 0.9)), rng.choice((0.0, 1.0))
    z = torch.tensor(p, dtype=torch.float64).logit().requires_grad_()
    (slope,) = torch.autograd.grad(F.binary_cross_entropy_with_logits(z, torch.tensor(y).double()), z)
    return Question(
        f"The sigmoid of a logit z is {p}, the target {y:g}. What is the slope of the cross-entropy with respect to z?",
        slope, {"took y − p": -slope, "multiplied by p·(1 − p) as for the squared error": slope * p * (1 - p),
                "took the slope of the sigmoid": p * (1 - p)},
        why="p − y: the slope of −ln and the flat slope p·(1 − p) of the sigmoid cancel.",
    )  # fmt: skip


@demo.question
def least_absolute_error(rng):
    low, outlier = rng.sample(range(1, 12), 4), rng.choice((60, 80, 100))
    values = torch.tensor([*low, outlier], dtype=torch.float64)
    errors = (torch.arange(1, 101)[:, None] - values).abs().sum(1)  # of each whole number from 1
    return Question(
        f"The targets are {', '.join(map(str, low))} and {outlier}. Which single number has the least absolute error?",
        errors.argmin().item() + 1,
        {"took the mean, best for squared error": values.mean(), "left out the outlier": values[:4].quantile(0.5),
         "took the middle between least and largest": (min(low) + outlier) / 2},
        why="The median: it has as many targets above it as below.",
    )  # fmt: skip
