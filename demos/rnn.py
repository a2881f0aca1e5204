"""Recurrent networks: will it still know at the end what it read at the beginning?

A recurrent network reads a sequence step by step, with the same weights, and keeps notes in its state c. The plain one
overwrites them: c ← tanh(W·c + U·x + b). Each step back multiplies the gradient by Wᵀ and by the slope of tanh; T steps
of c ← ρ·c make ρ^T of it. It fades, or with large weights explodes (Hochreiter, 1991; Bengio, Simard and Frasconi,
1994). Against explosions one cuts gradients to a greatest length; against fading nothing so simple helps.

The LSTM adds to its memory: c ← f·c + i·g (Hochreiter and Schmidhuber, 1997; Gers and others, 2000). Each step back
multiplies by the gate f, a sigmoid, which starts half open: 1/2 to the 20th is a millionth. With a bias of 3 it lets
0.95 through, and 0.38 is left after 20 steps, but 0.05 after 60. In short sequences the plain network learns faster.

Here the first of T inputs is +1 or −1, the others are noise, and after the last the network is asked for the first.
Drawn is by how much the state of each neuron differs between two sequences that differ in the first input alone.
"""

import torch

from studytool.demo import Choice, Demo, Float, Int, backwards, curves, descend, heatmap, line, log10_norms

LONG, NEURONS = 20, 32  # inputs of a sequence, and numbers in the state

demo = Demo(
    "Recurrent networks: what is left of the first input",
    topics=["recurrent networks", "rnn", "lstm", "backpropagation through time", "vanishing gradients"],
    steps=60,
    pace=20,
    cell=Choice("LSTM", "plain", help="how the state comes from the one before"),
    length=Int(LONG, 2, 80, symbol="T", help="inputs of a sequence; the first is to be remembered"),
    gate_bias=Int(0, 0, 5, help="bias of the forget gate f at the start; the plain network has no gate"),
    learning_rate=Float(0.2, 0.02, 1, log=True, symbol="η", help="how far a step goes"),
)


@demo.train
def recurrent_network(run):
    n = 4 * NEURONS if run.cell == "LSTM" else NEURONS  # weighted sums: for three gates and for g
    W, U, w = ((2 * run.rand(*shape) - 1) / NEURONS**0.5 for shape in ((n, NEURONS), (n, 2), (NEURONS,)))
    b = run.zeros(n)
    b[:NEURONS] = run.gate_bias if run.cell == "LSTM" else 0
    weights = [p.requires_grad_() for p in (W, U, b, w)]
    velocity, size = [torch.zeros_like(p) for p in weights], []
    test, answers = sequences(run, 256)
    pair = test[:1].repeat(2, 1, 1)
    pair[:, 0, 0] = torch.tensor([1.0, -1.0])
    while True:
        for _ in range(2):  # one step of the demo is two batches of 64
            x, y = sequences(run, 64)
            scores, states, _ = read(x, run.cell, *weights)
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, y)
            gradients = descend(loss, weights, velocity, run.learning_rate, longest=1, also=states)
            size.append(log10_norms(gradients[len(weights) :]))  # ‖∂L/∂c‖ at each time [T]
        with torch.no_grad():
            right = 100 * ((read(test, run.cell, *weights)[0] > 0) == (answers > 0)).float().mean()
            _, states, kept = read(pair, run.cell, *weights)
        yield (
            heatmap(torch.stack([s[0] - s[1] for s in states], 1), title="what the first input changes, in time →"),
            line("first inputs told right, %", axis="steps of two batches", right=right, at_best=100),
            curves("log₁₀ ‖∂L/∂c‖", axes=("time step", ""), extent=((0.5, run.length + 0.5), (-16, 1)),
                   start=backwards(size[0]), now=backwards(size[-1])),
            line("log₁₀ ‖∂L/∂c‖", axis="steps of two batches", gradient_first=size[-1][0], gradient_last=size[-1][-1]),
            line("share of the memory kept", in_one_step=kept, in_all=kept**run.length),
        )  # fmt: skip


def sequences(run, n):
    """Inputs [n, T, 2], of which the second says where the first input is, and what that was [n], 0 or 1."""
    y, noise = run.randint(0, 2, n).float(), run.randn(n, run.length)
    first = torch.arange(run.length, device=run.device) == 0
    return torch.stack([torch.where(first, 2 * y[:, None] - 1, noise), first.expand_as(noise)], 2), y


def read(x, cell, W, U, b, w):
    """Scores [n], the state after each input [n, neurons], and how much of it the last forget gate kept."""
    h = c = f = x.new_zeros(len(x), NEURONS)  # of its state a plain cell keeps nothing
    states = []
    for input in x.unbind(1):
        sums = h @ W.T + (input @ U.T + b)
        if cell == "plain":
            h = c = sums.tanh()
        else:
            f, i, o, g = sums.chunk(4, 1)
            f = f.sigmoid()
            c = f * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        states.append(c)
    return h @ w, states, f.mean()


if __name__ == "__main__":
    demo.main()
