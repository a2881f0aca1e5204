"""What demos of learning networks share, where their idea is another: a step of descent, and how much is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def descend(
    loss: Tensor,
    weights: Sequence[Tensor],
    velocity: Sequence[Tensor],
    learning_rate: Tensor | float,
    momentum: Tensor | float = 0.9,
    *,
    longest: float | None = None,
    also: Sequence[Tensor] = (),
) -> tuple[Tensor, ...]:
    """One step of gradient descent with momentum on `loss` []: v ← μ·v + ∂L/∂w and w ← w − η·v, in place.

    `weights` are leaves that want a gradient; `velocity` holds one tensor for each, of its shape, zeros at first. The
    gradient of all weights together is cut to the length `longest`. Returns the gradients before that: of the weights,
    and of what `also` is asked for.
    """
    import torch

    gradients = torch.autograd.grad(loss, [*weights, *also])
    steps = gradients[: len(weights)]
    if longest is not None:
        length = torch.stack([g.norm() for g in steps]).norm()
        steps = tuple(g / (length / longest).clamp(min=1) for g in steps)
    with torch.no_grad():
        for w, v, g in zip(weights, velocity, steps, strict=True):
            v.mul_(momentum).add_(g)
            w.sub_(learning_rate * v)
    return gradients


def log10_norms(gradients: Sequence[Tensor]) -> Tensor:
    """The power of ten of the length of each gradient [n]; −30 for one that has vanished."""
    import torch

    return torch.stack([g.norm() for g in gradients]).clamp(min=1e-30).log10()


def accuracy(scores: Tensor, y: Tensor) -> Tensor:
    """How much is right, in percent []: where the largest of the scores [n, classes] is that of the class y [n]."""
    return 100 * (scores.argmax(-1) == y).float().mean(-1)
