"""Vanishing gradients: how much of the slope reaches the first layer of a deep network.

Backpropagation goes from the last layer to the first, and at each layer multiplies by its weights and by the slope of
its activation. From the last of twenty layers to the first that is nineteen times: if each leaves a quarter, the first
layer gets 1/4¹⁹ of what the last one gets, and does not move (Hochreiter, 1991; Bengio, Simard and Frasconi, 1994). The
slope of the sigmoid is at most 1/4; that of ReLU is 1 where it is on, and 0 where it is off.

ReLU alone is no cure: with first weights of variance 1/n, for n inputs, each layer halves the mean square of the
signal, as half of its neurons are off, and that of the gradient on its way back. A weight's gradient is the product of
both, so here it is alike in all layers, and everywhere far too small. He and others (2015) double the variance to 2/n,
which keeps signal and gradient, and with a small η the network learns; with 4/n both explode. A residual network
computes h + f(h) in each layer (He and others, 2016): the gradient reaches the first layer along the sums, whatever f
does to its own share. Here f is scaled by 1/10.

Drawn is the size of the gradient of each layer's weights, as a power of ten, while the network learns 200 digits.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, accuracy, backwards, curves, digits, line, log10_norms

DEPTH, WIDTH = 20, 64  # layers; neurons of each, as many as a digit has pixels

demo = Demo(
    "Vanishing gradients: what reaches the first layer",
    topics=["vanishing gradients", "exploding gradients", "initialisation", "residual connections"],
    steps=40,
    pace=10,
    activation=Choice("sigmoid", "tanh", "relu", help="of every layer but the last"),
    depth=Int(DEPTH, 2, 30, help="layers before the last one"),
    variance=Choice("1/n", "2/n", "4/n", help="of the first weights, for n inputs of a neuron; 2/n is He's"),
    layers=Choice("plain", "residual", help="h ← f(W·h), or h ← h + f(W·h)/10"),
    learning_rate=Float(0.1, 0.01, 1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def deep_network(run):
    X, y = digits(run.device)
    chosen = run.randperm(len(X))[:200]
    X, y = X[chosen].flatten(1), y[chosen]  # [200, 64], [200]
    X = (X - X.mean(0)) / (X.std(0) + 0.1)
    deviation = (int(run.variance[0]) / WIDTH) ** 0.5
    weights = [(run.randn(WIDTH, WIDTH) * deviation).requires_grad_() for _ in range(run.depth)]
    weights.append((run.randn(10, WIDTH) / WIDTH**0.5).requires_grad_())
    first_sizes = None
    while True:
        for _ in range(5):  # one step of the demo is five batches of fifty
            batch = run.randint(0, 200, 50)
            gradients = torch.autograd.grad(F.cross_entropy(forward(run, weights, X[batch]), y[batch]), weights)
            sizes = log10_norms(gradients[:-1])  # ‖∂L/∂W‖ of each layer but the last [depth]
            first_sizes = sizes if first_sizes is None else first_sizes
            with torch.no_grad():
                for w, g in zip(weights, gradients, strict=True):
                    w -= run.learning_rate * g
        with torch.no_grad():
            right = accuracy(forward(run, weights, X), y)
        yield (
            curves("log₁₀ ‖∂L/∂W‖", axes=("layer", ""), extent=((0.5, run.depth + 0.5), (-14, 4)),
                   start=backwards(first_sizes), now=backwards(sizes)),
            line("digits right, %", axis="steps of five batches", right=right, at_best=100),
            line("log₁₀ ‖∂L/∂W‖", axis="steps of five batches", first=sizes[0], last=sizes[-1]),
        )  # fmt: skip


def forward(run, weights, h):
    f = getattr(torch, run.activation)
    for W in weights[:-1]:
        h = h + f(h @ W.T) / 10 if run.layers == "residual" else f(h @ W.T)
    return h @ weights[-1].T


if __name__ == "__main__":
    demo.main()
