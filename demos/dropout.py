"""Dropout: while it trains, a network must do without half of its neurons, other ones each time.

In every training step each hidden neuron is switched off with probability p (Srivastava and others, 2014), and those
that stay are divided by 1 − p, so that the next layer gets as much as before on average. No neuron can rely on one
particular other one. When the network is used, nothing is switched off.

Here two networks begin with the same weights and see the same batches of 400 handwritten digits, of which a part has
been given wrong labels. Without dropout the network learns the wrong labels by heart, every one, and pays for it on
digits it has never seen. With dropout it learns fewer of them, and does better there although its training loss stays
higher. Where all labels are right there is little to protect from, and little to gain: dropout by itself is no gain.
"""

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, Question, accuracy, descend, digits, images, line, spread, text

SEEDS, NOISE = 12, 20  # networks a claim trains; wrong labels in percent
GAIN, LITTLE = 4, 1.5  # points of accuracy: what dropout gains with wrong labels at least, without them at most

demo = Demo(
    "Dropout: training with half of the neurons away",
    topics=["dropout", "regularisation", "overfitting"],
    steps=60,
    p=Float(0.5, 0, 0.9, symbol="p", help="the probability that a hidden neuron is switched off in a training step"),
    wrong_labels=Int(NOISE, 0, 60, symbol="%", help="training digits with a wrong label, in percent"),
    samples=Int(400, 50, 1_200, symbol="n", help="training digits; the others are for the test"),
)


@demo.train
def two_networks(run):
    X, y = digits(run.device)
    X = X.flatten(1)  # [1797, 64]
    order = run.randperm(len(X))
    train, test = order[: run.samples], order[run.samples :]
    labels = y[train].clone()
    wrong = run.rand(run.samples) < run.wrong_labels / 100
    labels[wrong] = (labels[wrong] + run.randint(1, 10, run.samples)[wrong]) % 10
    start = [w * (2 / w.shape[1]) ** 0.5 for w in (run.randn(256, 64), run.randn(256, 256), run.randn(10, 256))]
    plain, dropped = ([w.clone().requires_grad_() for w in start] for _ in range(2))
    velocities = [[torch.zeros_like(w) for w in start] for _ in range(2)]
    while True:
        for _ in range(10):  # one step of the demo is ten batches of fifty
            batch = run.randint(0, run.samples, 50)
            masks = [(run.rand(50, 256) >= run.p) / (1 - run.p) for _ in range(2)]  # 0, or 1/(1 − p)
            for weights, velocity, off in ((plain, velocities[0], (1, 1)), (dropped, velocities[1], masks)):
                descend(F.cross_entropy(forward(weights, X[train[batch]], off), labels[batch]), weights, velocity, 0.05)
        with torch.no_grad():
            right, right_d = (accuracy(forward(w, X[test]), y[test]) for w in (plain, dropped))
            lost, lost_d = (F.cross_entropy(forward(w, X[train]), labels) for w in (plain, dropped))
            by_heart, by_heart_d = (accuracy(forward(w, X[train[wrong]]), labels[wrong]) for w in (plain, dropped))
        yield (
            line("accuracy on new digits, %", axis="steps of ten batches", without=right, dropout=right_d),
            line("loss on the training digits", axis="steps of ten batches", loss_without=lost, loss_dropout=lost_d),
            line("wrong labels by heart, %", axis="steps of ten batches", by_heart_without=by_heart,
                 by_heart_dropout=by_heart_d),
            images(masks[0][:1].view(1, 16, 16), title="first hidden layer: left on"),
            text(lambda: f"{wrong.sum()} of {len(train)} training digits have a wrong label", title="the data"),
        )  # fmt: skip


def forward(weights, x, masks=(1, 1)):
    """Scores [n, 10] of pictures [n, 64]; a mask [n, 256] of each hidden layer switches neurons off."""
    for w, mask in zip(weights, masks, strict=False):
        x = (x @ w.T).relu() * mask
    return x @ weights[-1].T


@demo.predict(f"{NOISE} % of the labels are wrong. Which network does better on new digits?",
              "the one without", -1, "both alike", 1, "the one with dropout",
              why="Without dropout it learns the wrong labels by heart, and they cost it new digits.")  # fmt: skip
def _(sim):
    return mean(sim.gains("without", "dropout", 3))


@demo.predict("The same: which one has the lower loss on its training digits in the end?", "the one with dropout",
              0, "the one without",
              why="A low training loss says that it fits its data, wrong labels and all.")  # fmt: skip
def _(sim):
    return mean(sim.gains("loss_without", "loss_dropout", 3))


@demo.predict("Now every label is right. On new digits, dropout…",
              "loses over 5 points", -5, "changes little", 5, "gains over 5 points",
              why="There is nothing wrong to learn by heart; what is left to gain is small.")  # fmt: skip
def _(sim):
    return mean(sim.gains("without", "dropout", 3, wrong_labels=0))


@demo.claim(f"{NOISE} % wrong labels: dropout wins on new digits for all {SEEDS} seeds, by {GAIN} points on average.")
def _(sim):
    points = sim.gains("without", "dropout", SEEDS)
    return min(points) > 0 and mean(points) >= GAIN, f"{spread(points, '+.1f')} points"


@demo.claim(f"All labels right: on average dropout changes the accuracy by at most {LITTLE} points.")
def _(sim):
    points = sim.gains("without", "dropout", SEEDS, wrong_labels=0)
    return abs(mean(points)) <= LITTLE, f"{spread(points, '+.1f')} points"


@demo.claim("Without dropout 95 % of the wrong labels or more are learned by heart; with it, fewer than 80 %.")
def _(sim):
    without, dropout = (sim.last(f"by_heart_{name}", SEEDS) for name in ("without", "dropout"))
    return min(without) >= 95 and max(dropout) < 80, f"at least {min(without):.0f} %, at most {max(dropout):.0f} %"


@demo.question
def kept_value(rng):
    h, p = rng.choice((0.6, 1.2, 2.4)), rng.choice((0.2, 0.25, 0.4))
    kept = F.dropout(torch.full((1000,), h, dtype=torch.float64), p).max()
    return Question(
        f"A hidden neuron has the value {h}. With dropout p = {p} it is kept in this training step. What is passed on?",
        kept, {"did not divide": h, "multiplied by 1 − p": h * (1 - p), "divided by p": h / p},
        why="What is kept is divided by 1 − p, so that the next layer gets as much as before on average.",
    )  # fmt: skip


@demo.question
def neurons_left(rng):
    n, p = rng.choice((200, 300, 500)), rng.choice((0.1, 0.2, 0.3))
    left = round(torch.full((n,), 1 - p, dtype=torch.float64).sum().item())  # expectations add up
    return Question(
        f"A layer of {n} neurons, dropout p = {p}. How many are on in a training step, on average?",
        left, {"counted those that are off": round(n * p), "always half": n // 2, "as when it is used": n},
        why="Each is on with probability 1 − p; all are on only when the network is used.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
