"""Dropout: while it trains, a network must do without half of its neurons, other ones each time.

In every training step each hidden neuron is switched off with probability p (Srivastava and others, 2014), and those
that stay are divided by 1 − p, so that the next layer gets as much as before on average. No neuron can rely on one
particular other one. When the network is used, nothing is switched off.

Here two networks begin with the same weights and see the same batches of 400 handwritten digits, of which a part has
been given wrong labels. Without dropout the network learns the wrong labels by heart, every one, and pays for it on
digits it has never seen. With dropout it learns fewer of them, and does better there although its training loss stays
higher. Where all labels are right there is little to protect from, and little to gain: dropout by itself is no gain.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, accuracy, descend, digits, images, line, text

NOISE = 20  # wrong labels in percent

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


if __name__ == "__main__":
    demo.main()
