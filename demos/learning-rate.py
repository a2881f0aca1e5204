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

import torch

from studytool.demo import Demo, Float, accuracy, digits, line, text

HIDDEN, SAMPLES = 32, 500  # hidden neurons; training digits
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
        with torch.no_grad():
            right = accuracy(scores(weights, X[test]), y[test])  # [3]
            off = 100 * (X[train] @ weights[0] + weights[1] <= 0).all(1).float().mean(-1)  # [3]
            low, middle, high = losses.detach()
        yield (
            line("loss (ln 10 = 2.3 is a guess)", axis="steps of three", low=low, middle=middle, high=high),
            line("middle: η and 2/λmax", axis="steps of three", rate=run.learning_rate.clone(), limit=2 / λmax),
            line("accuracy on new digits, %", axis="steps of three", right_low=right[0], right_middle=right[1],
                 right_high=right[2]),
            text(lambda off=off: ", ".join(f"{k * run.learning_rate:.3g}: {share:.0f}"
                                           for k, share in zip(FACTORS, off, strict=True)),
                 title="neurons off for all, %"),
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


if __name__ == "__main__":
    demo.main()
