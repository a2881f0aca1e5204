"""What is asked and claimed about a network with one hidden layer."""

from statistics import mean

import torch

from studytool.demo import Question

from demo_network import CORNERS, NETS, demo, forward

SEEDS = 5  # of a claim
LONGER = 3  # times as many steps, for the networks that have not solved it


def share(sim, count=SEEDS, **settings):
    """How many of a hundred networks solve XOR, on average over the seeds."""
    return mean(sim.last("solved", count, **settings))


def rescued(sim, count):
    """Of the networks that have failed after the usual steps, how many in percent make it with more, for each seed."""
    usual = demo.steps - 1
    series = [run.series("solved") for run in sim.runs(count, steps=LONGER * demo.steps)]
    return [100 * (solved[-1] - solved[usual]) / (100 - solved[usual]) for solved in series]


@demo.predict(f"Two tanh neurons can do XOR. Of {NETS} random starts, how many learn it?", "fewer than 30", 30,
              "about 70", 95, "all",
              why="Such weights exist; from other starts, descent ends with one or two inputs wrong.")  # fmt: skip
def _(sim):
    return share(sim, 3)


@demo.predict("ReLU in place of tanh, two neurons again. How many learn it?", "far fewer", -15, "about as many", 15,
              "more",
              why="A ReLU that is off for an input gets no gradient from it, and two have none to spare.",
              activation="ReLU")  # fmt: skip
def _(sim):
    return share(sim, 3, activation="ReLU") - share(sim, 3)


@demo.predict("Eight hidden neurons without an activation. How many networks learn it?", "none", 1, "some", NETS, "all",
              why="Linear after linear is linear, and no line separates XOR.", hidden=8, activation="none")  # fmt: skip
def _(sim):
    return share(sim, 3, hidden=8, activation="none")


@demo.predict(f"Two tanh neurons, {LONGER} times as many steps. Those that had failed…",
              "hardly any makes it", 25, "about half make it", 75, "nearly all make it",
              why="They do not lack time: they have settled where no small step leads to a solution.")  # fmt: skip
def _(sim):
    return mean(rescued(sim, 3))


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
