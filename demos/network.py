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

from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, descend, heatmap, images, line, network, plane, text

NETS, SEEDS, STEPS = 100, 5, 300  # networks at once; seeds of a claim; steps that are enough
SOLVED = 0.1  # a network has solved XOR when all four answers are right and its loss is below this
LONGER = 3  # times as many steps, for those that have not

demo = Demo(
    "Network: two neurons could, but do they learn it?",
    topics=["neural network", "hidden layer", "XOR", "multilayer perceptron", "local minima"],
    steps=STEPS,
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
    weights = [run.randn(NETS, 2, n) * 0.5**0.5, run.zeros(NETS, 1, n), run.randn(NETS, n, 1) / n**0.5,
               run.zeros(NETS, 1, 1)]  # fmt: skip
    weights = [w.requires_grad_() for w in weights]
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


def share(sim, count=SEEDS, **settings):
    """How many of a hundred networks solve XOR, on average over the seeds."""
    return mean(sim.last("solved", count, **settings))


@demo.predict(f"Two tanh neurons can do XOR. Of {NETS} random starts, how many learn it?", "fewer than 30", 30,
              "about 70", 95, "all",
              why="Such weights exist; from other starts, descent ends with one or two inputs wrong.")  # fmt: skip
def _(sim):
    return share(sim, 3)


@demo.predict("ReLU in place of tanh, two neurons again. How many learn it?", "far fewer", -15, "about as many", 15,
              "more",
              why="A ReLU that is off for an input gets no gradient from it, and two have none to spare.")  # fmt: skip
def _(sim):
    return share(sim, 3, activation="ReLU") - share(sim, 3)


@demo.predict("Eight hidden neurons without an activation. How many networks learn it?", "none", 1, "some", NETS, "all",
              why="Linear after linear is linear, and no line separates XOR.")  # fmt: skip
def _(sim):
    return share(sim, 3, hidden=8, activation="none")


@demo.predict(f"Two tanh neurons, {LONGER} times as many steps. Those that had failed…",
              "hardly any makes it", 25, "about half make it", 75, "nearly all make it",
              why="They do not lack time: they have settled where no small step leads to a solution.")  # fmt: skip
def _(sim):
    return mean(rescued(sim, 3))


def rescued(sim, count):
    """Of the networks that have failed after the usual steps, how many in percent make it with more, for each seed."""
    series = [run.series("solved") for run in sim.runs(count, steps=LONGER * STEPS)]
    return [100 * (solved[-1] - solved[STEPS - 1]) / (100 - solved[STEPS - 1]) for solved in series]


@demo.claim(f"tanh, of {SEEDS} times {NETS} starts: 2 neurons solve 60 to 85 %, 3 over 93 %, 8 over 99 %.")
def _(sim):
    two, three, eight = (share(sim, hidden=n) for n in (2, 3, 8))
    return 60 < two < 85 and three > 93 and eight > 99, f"{two:.0f}, {three:.0f} and {eight:.1f} %"


@demo.claim("Without an activation no network solves it, with 8 hidden neurons neither.")
def _(sim):
    found = [share(sim, hidden=n, activation="none") for n in (2, 8)]
    return found == [0, 0], f"{found[0]:g} and {found[1]:g} %"


@demo.claim("Two ReLU neurons can: with weights set by hand all four are right. Training finds such in under 40 %.")
def _(sim):
    by_hand = [torch.tensor(w) for w in ([[1.0, -1], [1, -1]], [[0.0, 0]], [[-1.0], [-1]], [[1.0]])]
    _, out = forward(by_hand, torch.tensor(CORNERS, dtype=torch.float32), torch.relu)
    learned = share(sim, activation="ReLU")
    return out.tolist() == [-1, 1, 1, -1] and learned < 40, f"learned by {learned:.0f} %"


@demo.claim(f"Of two-neuron tanh networks that failed, {LONGER} times as many steps rescue fewer than 20 %.")
def _(sim):
    made = rescued(sim, SEEDS)
    return mean(made) < 20, f"{mean(made):.0f} %, at most {max(made):.0f}"


@demo.question
def parameters(rng):
    a, b, c = rng.randint(2, 9), rng.randint(10, 30), rng.randint(2, 9)
    net = torch.nn.Sequential(torch.nn.Linear(a, b), torch.nn.Tanh(), torch.nn.Linear(b, c))
    count = sum(p.numel() for p in net.parameters())
    return Question(
        f"How many weights and biases has a network of {a} inputs, {b} hidden neurons and {c} outputs?",
        count, {"forgot the biases": a * b + b * c, "gave the inputs biases too": count + a,
                "multiplied the layers": a * b * c, "counted neurons": a + b + c},
        why="Each layer has a weight for every pair of neurons it joins and a bias for every neuron it leads to.",
    )  # fmt: skip


@demo.question
def output_of_a_network(rng):
    x = [rng.choice((2, 3, 4)), rng.choice((-1, 1))]
    W1, b1, w2 = [[1, 2], [-1, rng.choice((-1, 1))]], [3, -rng.choice((1, 2))], [rng.choice((2, 3)), rng.choice((6, 8))]
    z = torch.tensor(W1) @ torch.tensor(x) + torch.tensor(b1)
    out, weights = z.relu() @ torch.tensor(w2), torch.tensor(w2)
    return Question(
        f"x = ({x[0]}, {x[1]}). h₁ = ReLU(x₁ + 2x₂ + 3), h₂ = ReLU(−x₁ {'+' if W1[1][1] > 0 else '−'} x₂ - {-b1[1]}), "
        f"y = {w2[0]}h₁ + {w2[1]}h₂. What is y?".replace("-", "−"),
        int(out), {"left out the ReLU": int(z @ weights), "forgot the biases":
                   int((z - torch.tensor(b1)).relu() @ weights), "added without the output's weights":
                   int(z.relu().sum())},
        why="A sum below zero becomes 0 in a ReLU; the output weighs what is left.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
