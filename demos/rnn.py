"""Recurrent networks: will it still know at the end what it read at the beginning?

A recurrent network reads a sequence step by step, with the same weights, and keeps notes in its state. The plain one
overwrites them: h ← tanh(W·h + U·x + b). On the way back the gradient is multiplied by Wᵀ and by the slope of tanh at
each step; over T steps of h ← ρ·h that comes to ρ^T. So it fades, or with large weights explodes (Hochreiter, 1991;
Bengio, Simard and Frasconi, 1994). Against explosions one cuts gradients to a greatest length. Nothing so simple helps
against the fading.

The LSTM does not overwrite its memory but adds to it: c ← f·c + i·g (Hochreiter and Schmidhuber, 1997; the gate f came
with Gers, Schmidhuber and Cummins, 2000). Back along that track the gradient is multiplied by f. But f is a sigmoid,
and one whose sum starts near 0 starts half open: 1/2 to the 20th is a millionth. An LSTM does not remember by itself.
It does when the bias of that gate starts high: at 3 it lets 0.95 through, and 0.38 of the memory is left after 20
steps, but only 0.05 after 60. Where sequences are short none of this matters, and the plain network learns faster.

Here the first of T inputs is +1 or −1, the others are noise, and after the last the network is asked for the first.
Drawn is by how much the state of each neuron differs between two sequences that differ in the first input alone.
"""

from functools import partial
from statistics import mean, median

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Int, Question, curves, heatmap, line, spread, text

SEEDS, LONG, SHORT, BIAS = 10, 20, 5, 3  # networks a claim trains; lengths of sequences; a gate bias that remembers
GUESSING, LEARNED, NEURONS, LOW = 65, 90, 32, -16  # percent right, twice; the lowest power of ten that is drawn
FADES, KEPT = 1.4, 15  # by how much the gradient shrinks a step without that bias; percent it changes with it
RIGHT = "half: it guesses", GUESSING, "about three quarters", LEARNED, f"over {LEARNED} %"

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
    gates, name = (4, "c") if run.cell == "LSTM" else (1, "h")  # the name of what is remembered
    shapes = (gates * NEURONS, NEURONS), (gates * NEURONS, 2), (NEURONS,)
    W, U, w = ((2 * torch.rand(s, generator=run.rng) - 1).to(run.device) / NEURONS**0.5 for s in shapes)
    b = run.zeros(gates * NEURONS)
    if gates > 1:
        b[:NEURONS] = run.gate_bias
    weights = [p.requires_grad_() for p in (W, U, b, w)]
    velocity = [torch.zeros_like(p) for p in weights]
    test, answers = sequences(run, 256)
    pair = test[:1].repeat(2, 1, 1)
    pair[:, 0, 0] = torch.tensor([1.0, -1.0])
    first_sizes = None
    while True:
        for _ in range(2):  # one step of the demo is two batches of 64
            x, y = sequences(run, 64)
            scores, states, _ = read(weights, x, run.cell)
            loss = F.binary_cross_entropy_with_logits(scores, y)
            gradients = torch.autograd.grad(loss, weights + states)
            sizes = torch.stack([g.norm() for g in gradients[4:]]).clamp(min=1e-30).log10()
            first_sizes = sizes if first_sizes is None else first_sizes
            length = torch.stack([g.norm() for g in gradients[:4]]).norm()
            with torch.no_grad():
                for p, v, g in zip(weights, velocity, gradients, strict=False):
                    p -= run.learning_rate * v.mul_(0.9).add_(g / length.clamp(min=1))  # no longer than 1
        with torch.no_grad():
            right = 100 * ((read(weights, test, run.cell)[0] > 0) == (answers > 0)).float().mean()
            _, states, kept = read(weights, pair, run.cell)
            left = torch.stack([s[0] - s[1] for s in states], 1)  # [neurons, T]
        yield (
            heatmap(left, title="what the first input changes, in time →"),
            line("first inputs told right, %", axis="steps of two batches", right=right, at_best=100),
            curves(f"log₁₀ ‖∂L/∂{name}‖", axes=("time step", ""), extent=((0.5, run.length + 0.5), (LOW, 1)),
                   start=partial(by_time, first_sizes), now=partial(by_time, sizes)),
            line(f"log₁₀ ‖∂L/∂{name}‖", axis="steps of two batches", gradient_first=sizes[0], gradient_last=sizes[-1]),
            text(partial(memory, kept, run.length), title="the forget gate"),
        )  # fmt: skip


def sequences(run, n):
    """Inputs [n, T, 2], of which the second says where the first input is, and what that was [n], 0 or 1."""
    y = torch.randint(2, (n,), generator=run.rng).float()
    x = torch.randn(n, run.length, generator=run.rng)
    x[:, 0] = 2 * y - 1
    begins = (torch.arange(run.length) == 0).float().expand_as(x)
    return torch.stack([x, begins], 2).to(run.device), y.to(run.device)


def read(weights, x, cell):
    """Scores [n], the state after each input [n, neurons], and the last forget gate."""
    W, U, b, w = weights
    h = c = x.new_zeros(len(x), NEURONS)
    states, kept = [], None
    for t in range(x.shape[1]):
        new = x[:, t] @ U.T + b
        if cell == "plain":
            h = state = (h @ W.T + new).tanh()
        else:
            f, i, o, g = (h @ W.T + new).chunk(4, 1)
            kept = f.sigmoid()
            c = state = kept * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
        states.append(state)
    return h @ w, states, kept


def by_time(sizes):
    """From the last step back to the first, as the gradient goes [T, 2]."""
    steps = torch.arange(len(sizes), 0, -1)
    return torch.stack([steps.float(), sizes.cpu().flip(0).clamp(min=LOW)], 1)


def memory(kept, length):
    if kept is None:
        return "a plain cell has none"
    f = kept.mean().item()
    left = f"{f**length:.2g}" if f**length >= 0.001 else "less than 0.001"
    return f"f = {f:.2f} on average;\nafter {length} steps {left} is left"


def settled(result):
    """The middle one of the last ten percentages."""
    return median(result.series("right")[-10:])


def shrinking(sim, count, gate_bias):
    """By how much the gradient shrinks at the start from a step to the one before it, for each seed."""
    fallen = sim.gains("gradient_first", "gradient_last", count, steps=1, gate_bias=gate_bias)
    return [10 ** (powers / (LONG - 1)) for powers in fallen]


def learned(sim, count, cell):
    """The steps until a short sequence is told right, for each seed."""
    return [run.first("right", at_least=LEARNED) for run in sim.runs(count, length=SHORT, cell=cell)]


@demo.predict(f"An LSTM, gate bias 0, is to remember an input for {LONG} steps. It learns to tell right",
              *RIGHT,
              why="Its forget gate starts half open, so memory and gradient halve at each step.")  # fmt: skip
def _(sim):
    return mean(map(settled, sim.runs(3)))


@demo.predict(f"The same with a gate bias of {BIAS}. It learns to tell right",
              *RIGHT,
              why="The gate lets 0.95 through, so that memory and gradient outlast the twenty steps.")  # fmt: skip
def _(sim):
    return mean(map(settled, sim.runs(3, gate_bias=BIAS)))


@demo.predict(f"Only {SHORT} steps, gate bias 0. Which learns it first?", "the LSTM", "the plain network", "neither",
              why="Nothing has time to fade, and the half-open gates of the LSTM only slow it.")  # fmt: skip
def _(sim):
    lstm, plain = (median(learned(sim, 3, cell)) for cell in ("LSTM", "plain"))
    return "neither" if min(lstm, plain) > demo.steps else "the LSTM" if lstm < plain else "the plain network"


@demo.predict("An LSTM at the start, gate bias 0. From a step to the one before, the gradient shrinks by a factor of",
              "about 1", 1.2, "1.4 to 2.5", 5, "over 5",
              why="The half-open gate alone would halve it; the way through h brings a little more.")  # fmt: skip
def _(sim):
    return mean(shrinking(sim, 3, gate_bias=0))


@demo.claim(f"{LONG} steps: the plain network and the LSTM with gate bias 0 guess: under {GUESSING} %, {SEEDS} times.")
def _(sim):
    found = [settled(run) for cell in ("plain", "LSTM") for run in sim.runs(SEEDS, cell=cell)]
    return max(found) < GUESSING, f"{spread(found)} %"


@demo.claim(f"{LONG} steps: the LSTM with gate bias {BIAS} tells over {LEARNED} % right from each of {SEEDS} starts.")
def _(sim):
    found = [settled(run) for run in sim.runs(SEEDS, gate_bias=BIAS)]
    return min(found) > LEARNED, f"{spread(found)} %"


@demo.claim(f"{SHORT} steps: both learn it with gate bias 0, the plain network at least twice as fast.")
def _(sim):
    plain, lstm = (learned(sim, SEEDS, cell) for cell in ("plain", "LSTM"))
    held = max(lstm) <= demo.steps and 2 * max(plain) <= min(lstm)
    return held, f"after {spread(plain)} steps, LSTM {spread(lstm)}"


@demo.claim(f"At the start the gradient shrinks {FADES} times a step or more; with gate bias {BIAS} it changes by "
            f"under {KEPT} % a step.")  # fmt: skip
def _(sim):
    fading, kept = (shrinking(sim, SEEDS, bias) for bias in (0, BIAS))
    held = min(fading) > FADES and max(abs(1 - k) for k in kept) < KEPT / 100
    return held, f"{spread(fading, '.2f')}; {spread(kept, '.2f')}"


@demo.question
def through_time(rng):
    rho, T = rng.choice((0.5, 0.8, 0.9, 1.1)), rng.choice((3, 5, 10))
    start = torch.ones((), dtype=torch.float64, requires_grad=True)
    h = start
    for _ in range(T):
        h = rho * h
    (g,) = torch.autograd.grad(h, start)
    return Question(
        f"h_t = {rho}·h_(t−1). What is ∂h_{T}/∂h_0?", g,
        {"one step only": rho, "added the steps up": rho * T, "thought that nothing fades or grows": 1.0},
        why="Each step multiplies by ρ, so T steps multiply by ρ^T.",
    )  # fmt: skip


@demo.question
def next_memory(rng):
    f, i, c, g = rng.choice((0.2, 0.5, 0.9)), rng.choice((0.1, 0.4)), rng.choice((2, -1, 4)), rng.choice((0.6, -0.8))
    gates = torch.tensor([f, i], dtype=torch.float64)
    after = gates @ gates.new_tensor([c, g])
    return Question(
        f"An LSTM holds c = {c}. Forget gate {f}, input gate {i}, candidate g = {g}. What is c after this step?"
        .replace("-", "−"), after,
        {"overwrote the memory": i * g, "forgot the forget gate": c + i * g, "forgot the input gate": f * c + g},
        why="c ← f·c + i·g: the old memory times its gate, plus the new times its own.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
