"""How much faster are N runs of one demo as a batch than N one at a time? Small networks on one core, CPU time.

Run it as `python tests/bench/sweep.py`; `--steps 100 --rounds 5`. The network is 2-8-8-1 on the four inputs of XOR,
trained with momentum. The single runs are the same file's own run, a few of them timed and counted for all. The last
line is the whole picture of 60 × 40 as `--sweep` does it, in chunks, from coarse to fine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch

from studytool.demo.api import Demo, Swept
from studytool.demo.load import load
from studytool.demo.parameters import checked
from studytool.demo.sweep import Sweep, axis
from studytool.demo.sweeping import Sweeping
from studytool.demo.training import Training

CPU = torch.device("cpu")
COUNTS = (1, 16, 64, 256, 600, 1_200, 2_400)
NETWORK = """
import torch
from studytool.demo import Demo, Float, line

demo = Demo("2-8-8-1", topics=[], steps=100, broadcast=2,
            rate=Float(0.1, 0.001, 1, log=True), momentum=Float(0.5, 0, 0.9))


@demo.train
def network(run):
    X = torch.tensor([[-1.0, -1], [-1, 1], [1, -1], [1, 1]], device=run.device)
    y = torch.tensor([[0.0], [1], [1], [0]], device=run.device)
    weights = [run.randn(2, 8), run.zeros(1, 8), run.randn(8, 8) / 8**0.5, run.zeros(1, 8),
               run.randn(8, 1) / 8**0.5, run.zeros(1, 1)]
    weights = [w.requires_grad_() for w in weights]
    velocity = [torch.zeros_like(w) for w in weights]
    while True:
        W1, b1, W2, b2, W3, b3 = weights
        out = ((X @ W1 + b1).tanh() @ W2 + b2).tanh() @ W3 + b3
        loss = (out - y).square().mean((-2, -1))
        gradients = torch.autograd.grad(loss.sum(), weights)
        with torch.no_grad():
            for w, v, g in zip(weights, velocity, gradients, strict=True):
                v.mul_(run.momentum).add_(g)
                w.sub_(run.rate * v)
        yield line("loss", loss=loss)
"""


def seconds(action: Callable[[], None], rounds: int) -> float:
    """The median of the CPU time of so many calls."""
    found = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        found.append(time.process_time() - began)
    return median(found)


def trained(demo: Demo, steps: int, swept: Swept | None = None) -> None:
    training = Training(demo, checked(demo.parameters, {}), 0, CPU, swept)
    for _ in range(steps):
        training.step()


def picture(demo: Demo, steps: int) -> None:
    sweep = Sweep(axis(demo.parameters, "rate", 60), axis(demo.parameters, "momentum", 40), steps)
    sweeping = Sweeping(demo, checked(demo.parameters, {}), 0, CPU, sweep, lambda **_: None)
    while not sweeping.done:
        sweeping.advance(0.03)


def main(steps: int, rounds: int) -> None:
    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.py"
        path.write_text(NETWORK, encoding="utf-8")
        demo = load(path)
    trained(demo, 3)
    one = seconds(lambda: trained(demo, steps), 2 * rounds)
    print(f"one network alone, {steps} steps: {1000 * one:.1f} ms; each of a batch:")
    for count in COUNTS:
        rates = [10 ** (-3 + 3 * k / count) for k in range(count)]
        batch = seconds(lambda rates=rates: trained(demo, steps, Swept({"rate": rates}, 2)), rounds)  # type: ignore[misc]
        print(f"{count:>6}  {1e6 * batch / count:>8.0f} µs  {one * count / batch:>6.1f} times as fast  {batch:.2f} s")
    whole = seconds(lambda: picture(demo, steps), rounds)
    print(f"60 × 40 from coarse to fine: {whole:.2f} s, {2_400 * one / whole:.0f} times as fast as one at a time")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    main(asked.steps, asked.rounds)
