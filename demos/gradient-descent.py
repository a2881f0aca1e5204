"""Gradient descent in a valley: how long a step may be, and what momentum changes.

The gradient says which way the loss rises fastest, so w ← w − η·∂L/∂w goes a little way down. Here the loss is a bowl,
½(λ₁w₁² + λ₂w₂²): flatter along the first axis, curved by λ₂ = λmax = 10 across it. Each step multiplies the distance
along an axis by its 1 − η·λ. Below η = 1/λmax both coordinates glide in; between 1/λmax and 2/λmax the steep one jumps
from side to side and still settles; above 2/λmax every jump is longer than the last. Smaller is safer and slower: in a
narrow valley the fastest η lies close below the edge.

The steep side limits η, and the flat side has to live with it: the condition number κ = λmax/λmin is the price in
steps. Momentum (Polyak, 1964) remembers where it was going, v ← μ·v + ∂L/∂w, and goes −η·v. Then η may grow to
2(1 + μ)/λmax, and in a narrow valley the steps grow like √κ instead of κ; in a round bowl momentum only overshoots.
All of this is exact in a bowl. The loss of a network is no bowl: the same edge is felt there, but it moves. In the
small picture every point is a run with its own η and μ, and the bluer it is, the less near the run has come.
"""

import torch

from studytool.demo import Demo, Float, heatmap, line, plane, text

STEEP = 10  # the curvature λmax across the valley
EXTENT = (-2.4, 2.4), (-1.6, 1.6)  # of the picture
# The small picture: the middles of its pixels, η from 0 to 0.4 [1, 48, 1] and μ from 1 down to 0 [32, 1, 1].
EVERY_η = (torch.arange(48, dtype=torch.float64)[None, :, None] + 0.5) * 0.4 / 48
EVERY_μ = 1 - (torch.arange(32, dtype=torch.float64)[:, None, None] + 0.5) / 32

demo = Demo(
    "Gradient descent: how long may a step be?",
    topics=["gradient descent", "learning rate", "momentum", "condition number"],
    steps=600,
    pace=5,
    broadcast=1,  # w is [2], or [runs, 2] where η or μ is swept
    learning_rate=Float(0.18, 0.001, 0.4, symbol="η", help="how far a step goes; without momentum the edge is 0.2"),
    momentum=Float(0, 0, 0.99, symbol="μ", help="how much of the last step is kept"),
    condition=Float(10, 1, 10_000, log=True, symbol="κ", help="how much flatter the valley is along than across"),
)


def step(w, v, curvatures, η, μ):
    """One step of gradient descent with momentum μ on the loss ½·Σ λw²."""
    v = μ * v + curvatures * w  # curvatures · w is the gradient
    return w - η * v, v


@demo.train
def descent(run):
    w = torch.tensor([1.7, 1.0], device=run.device) * (1 + 0.2 * run.randn(2).tanh())  # [2]
    along, v, path = torch.tensor([1.0, 0], device=run.device), torch.zeros_like(w), [w]
    while True:
        λ = STEEP / run.condition**along  # [2], the curvatures: λmin = λmax/κ, and λmax
        w, v = step(w, v, λ, run.learning_rate, run.momentum)
        path.append(w)
        yield (
            heatmap(lambda λ=λ: valley(λ), title="loss", axes=("w₁", "w₂"), extent=EXTENT,
                    paths={"w": lambda: torch.stack(path)}),
            line("log₁₀ distance", distance=w.norm(dim=-1).log10()),
            heatmap(lambda λ=λ: outcomes(λ), title="μ over η, blue is far", axes=("η", "μ"), extent=((0, 0.4), (0, 1)),
                    paths={"this run": lambda: torch.stack([run.learning_rate, run.momentum])[None]}),
            text(lambda λ=λ: told(λ, run.learning_rate, run.momentum), title="in the long run"),
        )  # fmt: skip


def valley(curvatures):
    return (plane(EXTENT).square() @ curvatures.cpu() / 2 + 1e-3).log10()  # [64, 96]


def outcomes(curvatures, start=(1.7, 1.0), steps=100):
    """log₁₀ of the distance left after some steps, of one run for every pair of η and μ: [32, 48]."""
    start = torch.tensor(start, dtype=torch.float64)
    w, v = start.expand(32, 48, 2), torch.zeros(32, 48, 2, dtype=torch.float64)
    for _ in range(steps):
        w, v = step(w, v, curvatures.cpu().double(), EVERY_η, EVERY_μ)
    return (w.norm(dim=-1) / start.norm()).log10().nan_to_num(nan=1, posinf=1).clamp(-12, 1)


def factor(curvature, η, μ):
    """By what a distance is multiplied each step in the long run: the larger root of r² − (1 + μ − ηλ)·r + μ = 0."""
    half = torch.as_tensor((1 + μ - η * curvature) / 2, dtype=torch.complex128)
    root = (half**2 - μ).sqrt()
    return max((half + root).abs().item(), (half - root).abs().item())


def told(curvatures, η, μ):
    along, across = (factor(λ, η, μ) for λ in curvatures.double().cpu())
    slower = max(along, across)
    verdict = "thrown out" if slower > 1.000001 else "never settles" if slower > 0.999999 else "arrives"
    return f"a step leaves {across:.3f} of the distance across, {along:.3f} along: {verdict}"


if __name__ == "__main__":
    demo.main()
