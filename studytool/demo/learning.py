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
) -> None:
    """One step of gradient descent with momentum on `loss` []: v ← μ·v + ∂L/∂w and w ← w − η·v, in place.

    `weights` are leaves that want a gradient; `velocity` holds one tensor for each, of its shape, zeros at first.
    """
    import torch

    gradients = torch.autograd.grad(loss, weights)
    with torch.no_grad():
        for w, v, g in zip(weights, velocity, gradients, strict=True):
            v.mul_(momentum).add_(g)
            w.sub_(learning_rate * v)


def accuracy(scores: Tensor, y: Tensor) -> Tensor:
    """How much is right, in percent []: where the largest of the scores [n, classes] is that of the class y [n]."""
    return 100 * (scores.argmax(-1) == y).float().mean(-1)
