"""What is asked and claimed about recurrent networks."""

from statistics import mean, median

import torch

from studytool.demo import Question, spread

from demo_rnn import LONG, demo

SEEDS, SHORT, BIAS = 10, 5, 3  # starts of a claim; the length of short sequences; a gate bias that remembers
GUESSING, LEARNED = 65, 90  # percent right: less is guessing, more is learned
FADES, KEPT = 1.4, 15  # by how much the gradient shrinks a step without that bias; percent it changes with it
RIGHT = "half: it guesses", GUESSING, "about three quarters", LEARNED, f"over {LEARNED} %"


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
              why="The gate lets 0.95 through, so that memory and gradient outlast the twenty steps.",
              gate_bias=BIAS)  # fmt: skip
def _(sim):
    return mean(map(settled, sim.runs(3, gate_bias=BIAS)))


@demo.predict(f"Only {SHORT} steps, gate bias 0. Which learns it first?", "the LSTM", "the plain network", "neither",
              why="Nothing has time to fade, and the half-open gates of the LSTM only slow it.",
              length=SHORT)  # fmt: skip
def _(sim):
    lstm, plain = (median(learned(sim, 3, cell)) for cell in ("LSTM", "plain"))
    return "neither" if min(lstm, plain) > demo.steps else "the LSTM" if lstm < plain else "the plain network"


@demo.predict("An LSTM at the start, gate bias 0. From a step to the one before, the gradient shrinks by a factor of",
              "about 1", 1.2, "1.4 to 2.5", 5, "over 5",
              why="The half-open gate alone would halve it; the way through h brings a little more.",
              steps=1)  # fmt: skip
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
