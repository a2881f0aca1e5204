"""Adversarial examples: a change too small to matter, in the one direction that does.

Backpropagation tells how the loss changes with the weights, and just as well how it changes with the pixels. The fast
gradient sign method (Goodfellow, Shlens and Szegedy, 2015) changes each pixel by ε, up or down, whichever raises the
loss. The digit looks much the same and is often misread, by other networks too (Szegedy and others, 2014).

This is not sensitivity to noise: random signs of the same size ε hardly harm. In a weighted sum over 64 pixels random
changes mostly cancel, and come to about ε‖w‖₂; those of the attack all add up, to ε‖w‖₁, which is up to √64 = 8 times
as much, and more in larger pictures. Nor does it take depth: a network without a hidden layer falls as well. Training
with attacked digits helps much against this attack at this size, and is no cure: digits changed a little more are
misread again. Pixels lie between 0 and 1 here, and stay there: what goes beyond is cut off.
"""

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, accuracy, curves, descend, digits, images, line

SIZE = 0.1  # ε by default, and in adversarial training

demo = Demo(
    "Adversarial examples: a small change in the worst direction",
    topics=["adversarial examples", "robustness", "adversarial training"],
    steps=60,
    pace=20,
    epsilon=Float(SIZE, 0, 0.3, symbol="ε", help="by how much each pixel changes; 1 is from black to white"),
    training=Choice("plain", "adversarial", help=f"adversarial: with digits attacked at ε = {SIZE}"),
    network=Choice("one hidden layer", "no hidden layer", help="128 hidden neurons, or none"),
    example=Float(270, 0, 445, help="which of the 450 test digits is the first that is shown"),
)


@demo.train
def attacked_network(run):
    X, y = digits(run.device)
    held_out = torch.arange(len(X), device=run.device) % 4 == 0
    (X, y), (test, answers) = ((X[part].flatten(1), y[part]) for part in (~held_out, held_out))  # [n, 64], [n]
    shapes = ((128, 64), (10, 128)) if run.network == "one hidden layer" else ((10, 64),)
    weights = [w.requires_grad_() for m, n in shapes for w in (run.randn(m, n) * (2 / n) ** 0.5, run.zeros(m))]
    velocity = [torch.zeros_like(w) for w in weights]

    def by_size(signs):  # points (ε, percent right) up to 0.3, and back to the ε of now, where the mark is
        now = run.epsilon.item()
        sizes = sorted([*torch.linspace(0, 0.3, 13).tolist(), now])
        points = [[ε, accuracy(scores(weights, moved(test, signs, ε)), answers).item()] for ε in sizes]
        return torch.tensor(points + points[sizes.index(now) :][::-1])

    while True:
        for batch in run.randint(0, len(X), 10, 32):  # one step of the demo is ten batches of 32
            x = X[batch]
            if run.training == "adversarial":
                x = moved(x, worst_signs(weights, x, y[batch]), SIZE)
            descend(F.cross_entropy(scores(weights, x), y[batch]), weights, velocity, 0.05)
        worst = worst_signs(weights, test, answers)  # [450, 64], −1 or +1, or 0 where nothing changes the loss
        chance = run.randint(0, 2, 450, 64) * 2.0 - 1
        attacked, noisy = (moved(test, signs, run.epsilon) for signs in (worst, chance))
        right, fgsm, noise = (accuracy(scores(weights, x), answers) for x in (test, attacked, noisy))
        k = int(run.example)
        shown = torch.cat([x[k : k + 5] for x in (test, attacked, noisy)])  # [15, 64]
        read = scores(weights, shown).argmax(1).tolist()
        names = 5 * ["read"] + 5 * ["FGSM"] + 5 * ["noise"]
        yield (
            images(shown.view(15, 8, 8), title="five digits, attacked, with noise: read as",
                   names=[f"{name} {n}" for name, n in zip(names, read, strict=True)]),
            line("accuracy on test digits, %", axis="steps of ten batches", noise=noise, fgsm=fgsm, as_they_are=right),
            curves("right, %", axes=("ε", ""), extent=((0, 0.3), (0, 100)), noise=lambda s=chance: by_size(s),
                   fgsm=lambda s=worst: by_size(s)),
            images(run.epsilon * torch.stack([chance[k], worst[k]]).view(2, 8, 8), names=["noise", "FGSM"],
                   title="added to the first"),
        )  # fmt: skip


def scores(weights, x):
    """Scores [n, 10] of pictures [n, 64] by one layer or two: W, b or W₁, b₁, W₂, b₂."""
    z = F.linear(x, *weights[:2])
    return F.linear(z.relu(), *weights[2:]) if weights[2:] else z


def worst_signs(weights, x, y):
    """For each pixel of x [n, 64] the direction that raises the loss: the sign of ∂L/∂x."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(F.cross_entropy(scores(weights, x), y), x)[0].sign()


def moved(x, signs, size):
    return (x + size * signs).clamp(0, 1)


if __name__ == "__main__":
    demo.main()
