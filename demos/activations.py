"""Activation functions: three networks that differ only in their bend learn one wave of a sine.

Without a bend between them, two layers are one linear layer, and the best fit is a straight line. tanh bends smoothly
into two flat ends; ReLU, max(0, z), has one corner, with slope 0 left of it and 1 right of it; leaky ReLU keeps a slope
of 0.01 on the left (Maas, Hannun and Ng, 2013). A sum of a few tanh is a smooth curve, a sum of a few ReLUs is a line
with a few corners. So the bend decides what a small network draws well: here, with four units, tanh wins.

A gradient that passes a unit is multiplied by its slope. Long steps push some ReLUs below zero for every x: there the
slope is 0, no gradient comes any more, and the unit stays dead. A leaky ReLU always gets a little. But the leak cures
the symptom and not the long steps: such networks do not fit the wave either, and some end in "not a number". The cure
for a large η is a smaller one. With enough units and a small η all three fit, and ReLU is the cheapest to compute.

All begin with the same weights; one step is ten of gradient descent with momentum 0.9. The background fades where the
wave is. The small pictures have a row for each unit, its slope from left to right: a row of zeros is a dead unit.
"""

import math
from functools import partial

import torch
import torch.nn.functional as F

from studytool.demo import Demo, Float, Int, descend, heatmap, images, line, plane, text

NETWORKS = "ReLU", "leaky", "tanh"
EXTENT = (-2, 2), (-1.7, 1.7)  # of the picture

demo = Demo(
    "Activation functions: three bends learn a wave",
    topics=["activation functions", "activations", "ReLU", "tanh", "dead ReLU", "leaky ReLU"],
    steps=60,
    pace=10,
    broadcast=3,  # weights are [3 networks, …, …], or [runs, 3, …, …] where η is swept
    learning_rate=Float(0.1, 0.001, 1, log=True, symbol="η", help="how far a step goes; try 0.4"),
    units=Int(4, 1, 64, symbol="n", help="units in the hidden layer of each network"),
)


def bend(z):
    """The activation of each of the three networks, z [3, units, points]: ReLU, leaky ReLU, tanh."""
    first, second, third = z.unbind(-3)
    return torch.stack([first.relu(), F.leaky_relu(second, 0.01), third.tanh()], -3)


@demo.train
def three_bends(run):
    x = torch.linspace(-2, 2, 64, device=run.device)[None]  # [1, 64]
    y = (x * math.pi / 2).sin()
    n = run.units
    start = run.randn(n, 1), run.randn(n, 1), run.randn(1, n) / n**0.5, run.zeros(1, 1)  # W₁, b₁, W₂, b₂
    weights = [torch.stack([w, w, w], -3).requires_grad_() for w in start]  # [3, n, 1], [3, n, 1], [3, 1, n], [3, 1, 1]
    velocity = [torch.zeros_like(w) for w in weights]
    while True:
        for _ in range(10):
            W1, b1, W2, b2 = weights
            z = W1 @ x + b1  # [3, n, 64]
            out = W2 @ bend(z) + b2  # [3, 1, 64]
            loss = (out - y).square().mean((-2, -1))  # [3]
            descend(loss.sum(), weights, velocity, run.learning_rate)  # each network by its own loss alone
        z, out, loss = z.detach(), out.detach(), loss.detach()
        off = 100 * (z <= 0).all(-1).float().mean(-1)  # [3], in percent
        yield (
            heatmap(off_the_wave, title="a wave", axes=("x", ""), extent=EXTENT,
                    paths={name: partial(torch.stack, [x[0], o[0]], -1)  # [64, 2]
                           for name, o in zip(NETWORKS, out.unbind(-3), strict=True)}),
            line("mean squared error, log₁₀", axis="steps of ten", ReLU=loss[..., 0].log10(),
                 leaky=loss[..., 1].log10(), tanh=loss[..., 2].log10()),
            line("below zero for every x, %", axis="steps of ten", off_ReLU=off[..., 0], off_leaky=off[..., 1]),
            images(lambda z=z: slope(z)[:, :, ::8], names=NETWORKS, title="slope of each unit"),
            text(lambda off=off: f"{off[0] / 100 * n:.0f} of {n} ReLUs are dead: off for every x, slope 0, no gradient",
                 title="dead"),
        )  # fmt: skip


def off_the_wave():
    """How far each point of the plane is from the wave, up or down [64, 96]."""
    x, y = plane(EXTENT).unbind(-1)
    return (y - (x * math.pi / 2).sin()).abs()


def slope(z):
    """The slope of each unit's activation at its z, by autograd: [3, n, points]."""
    z = z.clone().requires_grad_()
    return torch.autograd.grad(bend(z).sum(), z)[0]


if __name__ == "__main__":
    demo.main()
