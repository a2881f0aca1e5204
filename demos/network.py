"""A network with one hidden layer learns XOR, if the start was good: what it can do and what it learns are two things.

The answer of XOR is 1 where exactly one of two inputs is on; here an input is +1 or −1. No line separates the two kinds
(Minsky and Papert, 1969), so a single neuron cannot do it. Hidden neurons each draw a line of their own, bent by an
activation, and the output weighs them together. Without the bend nothing is gained: a linear layer on top of a linear
layer is one linear layer, however many neurons it has.

Two hidden neurons are enough: with ReLU, max(0, x₁ + x₂) + max(0, −x₁ − x₂) is 2 where the inputs agree and 0 where
they differ. That such weights exist does not say that gradient descent finds them. From random starts many networks of
two neurons settle where one or two of the four inputs stay wrong, and hardly one of them gets away by more training.
Spare neurons are the remedy: not because XOR needs them, but because more starts then lead to a solution.

A hundred networks learn here at once from a hundred starts. One of them is shown: what it says for every point between
the four inputs, which are the corners, and the same for each of its hidden neurons; blue is below zero, orange above.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, descend, heatmap, images, line, network, plane, text

NETS = 100  # networks at once
SOLVED = 0.1  # a network has solved XOR when all four answers are right and its loss is below this

demo = Demo(
    "Network: two neurons could, but do they learn it?",
    topics=["neural network", "hidden layer", "XOR", "multilayer perceptron", "local minima"],
    steps=300,
    pace=20,
    broadcast=3,  # weights are [nets, …, …], or [runs, nets, …, …] where η is swept
    hidden=Int(2, 1, 8, symbol="n", help="neurons in the hidden layer"),
    activation=Choice("tanh", "ReLU", "none", help="what bends the sum of each hidden neuron"),
    learning_rate=Float(0.5, 0.01, 2, log=True, symbol="η", help="how far a step goes"),
    momentum=Float(0.9, 0, 0.99, symbol="μ", help="how much of the last step is kept"),
    shown=Float(0, 0, 99, help=f"which of the {NETS} networks is drawn"),
)
CORNERS = (-1, -1), (-1, 1), (1, -1), (1, 1)
BENDS = {"tanh": torch.tanh, "ReLU": torch.relu, "none": lambda z: z}


def forward(weights, x, bend):
    """Hidden values [nets, points, hidden] and outputs [nets, points] for inputs [points, 2]."""
    W1, b1, w2, b2 = weights
    h = bend(x @ W1 + b1)
    return h, (h @ w2 + b2)[..., 0]


@demo.train
def xor(run):
    X = torch.tensor(CORNERS, dtype=torch.float32, device=run.device)  # [4, 2]
    y = (X[:, 0] != X[:, 1]).float().expand(NETS, 4)  # [100, 4]: 0, 1, 1, 0
    n, bend = run.hidden, BENDS[run.activation]
    W1, w2 = run.randn(NETS, 2, n) * 0.5**0.5, run.randn(NETS, n, 1) / n**0.5
    weights = [w.requires_grad_() for w in (W1, run.zeros(NETS, 1, n), w2, run.zeros(NETS, 1, 1))]
    velocity = [torch.zeros_like(w) for w in weights]
    while True:
        _, out = forward(weights, X, bend)  # [100, 4]
        errors = F.binary_cross_entropy_with_logits(out, y.expand_as(out), reduction="none")  # [100, 4]
        losses = errors.mean(-1)  # [100], one for each network
        solved = ((out > 0) == (y > 0.5)).all(-1) & (losses < SOLVED)  # [100]
        descend(losses.sum(), weights, velocity, run.learning_rate, run.momentum)  # each network by its own loss alone
        k = run.shown.long().reshape(-1, *[1] * len(run.n))  # [1] number, or [runs, 1]: looked up where it is, unread
        shown, *one = (t.detach().flatten(0, len(run.n)).index_select(0, k.flatten()[:1])[0] for t in (out, *weights))
        yield (
            heatmap(lambda one=one: fields(one, bend, 32)[1], title="one network: output, inputs at the corners"),
            images(lambda one=one: fields(one, bend, 12 if n < 3 else 8)[0], names=[f"h{i}" for i in range(1, n + 1)],
                   title="its hidden neurons"),
            line(f"of {NETS} networks, solved", solved=100 * solved.float().mean(-1)),
            network([X[1], forward(one, X[1:2], bend)[0][0], shown[1:2]], [one[0].T, one[2].T],
                    title="for x = (−1, 1)"),
            line("loss", this=losses.detach().take_along_dim(k, -1)[..., 0], mean_of_all=losses.detach().mean(-1)),
            text(lambda out=shown: answers(out), title="its answers"),
        )  # fmt: skip


@torch.no_grad()
def fields(one, bend, size):
    """What each hidden neuron [n, size, size] and the output [size, size] of one network say between the inputs."""
    h, out = forward(one, plane(((-1, 1), (-1, 1)), size, size).view(-1, 2).to(one[0].device), bend)
    h = h.T.view(-1, size, size)
    return h / h.abs().amax((1, 2), keepdim=True).clamp_min(1e-6), out.view(size, size).tanh()


def answers(out):
    wrong = [f"({a}, {b})" for (a, b), o in zip(CORNERS, out, strict=True) if (o > 0) != (a != b)]
    return f"wrong for {' and '.join(wrong)}".replace("-", "−") if wrong else "all four right"


if __name__ == "__main__":
    demo.main()
