"""Adversarial examples: a change too small to matter, in the one direction that does.

Training asks how the loss changes with the weights. The same backpropagation also tells how it changes with the
pixels. Whoever knows the network may use that: the fast gradient sign method (Goodfellow, Shlens and Szegedy, 2015)
changes each pixel by ε, up or down, whichever raises the loss. The digit looks much the same, and is often read as
another.

Is the network merely sensitive to noise? No: random signs, of the same size ε, hardly harm it. In a weighted sum over
64 pixels random changes mostly cancel, and come to about ε‖w‖₂; those of the attack all add up, to ε‖w‖₁, which is up
to √64 = 8 times as much, and more in larger pictures. Nor does it take a deep network: one without a hidden layer
falls as well. Szegedy and others (2014) found that what fools one network often fools another.

One remedy is to train with attacked digits. It helps much against this attack at this size, and is no cure: digits
changed a little more are misread again. Here pixels lie between 0 and 1, and stay there: what goes beyond is cut off.
"""

from functools import partial
from itertools import pairwise
from statistics import mean

import torch
import torch.nn.functional as F

from studytool.demo import Choice, Demo, Float, Question, accuracy, curves, descend, digits, images, line, spread

SEEDS, SIZE, LARGE = 10, 0.1, 0.2  # networks a claim trains; ε by default, and in adversarial training; a larger one
LOST, LOST_TO_NOISE, LOST_FLAT = 30, 3, 20  # points of accuracy at ε = 0.1; LOST_FLAT without a hidden layer
GAIN, CURED = 15, 60  # points that adversarial training gains at ε = 0.1; percent right that it stays below at 0.2
PERCENT = "under 20 %", 25, "35 to 75 %", 85, "over 90 %"

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
    X = X.flatten(1)  # [1797, 64], from 0 to 1
    held_out = torch.arange(len(X), device=run.device) % 4 == 0
    test, answers, X, y = X[held_out], y[held_out], X[~held_out], y[~held_out]
    sizes = (64, 128, 10) if run.network == "one hidden layer" else (64, 10)
    parameters = [(run.randn(m, n) * (2 / n) ** 0.5).requires_grad_() for n, m in pairwise(sizes)]
    parameters += [run.zeros(m).requires_grad_() for m in sizes[1:]]
    velocity = [torch.zeros_like(p) for p in parameters]

    def right(x):
        return accuracy(scores(parameters, x).detach(), answers)

    while True:
        for _ in range(10):  # one step of the demo is ten batches of 32
            batch = run.randint(0, len(X), 32)
            x = X[batch]
            if run.training == "adversarial":
                x = moved(x, worst_signs(parameters, x, y[batch]), SIZE)
            descend(F.cross_entropy(scores(parameters, x), y[batch]), parameters, velocity, 0.05)
        worst = worst_signs(parameters, test, answers)  # [450, 64], −1 or +1, or 0 where nothing changes the loss
        chance = run.randint(0, 2, 450, 64) * 2.0 - 1
        five = slice(int(run.example), int(run.example) + 5)
        shown = torch.cat([moved(test[five], s[five], run.epsilon) for s in (0 * worst, worst, chance)])  # [15, 64]
        read = scores(parameters, shown).argmax(1).tolist()
        names = 5 * ["read"] + 5 * ["FGSM"] + 5 * ["noise"]
        yield (
            images(shown.view(15, 8, 8), title="five digits, attacked, with noise: read as",
                   names=[f"{name} {n}" for name, n in zip(names, read, strict=True)]),
            line("accuracy on test digits, %", axis="steps of ten batches",
                 noise=right(moved(test, chance, run.epsilon)), fgsm=right(moved(test, worst, run.epsilon)),
                 as_they_are=right(test)),
            curves("right, %", axes=("ε", ""), extent=((0, 0.3), (0, 100)),
                   noise=partial(by_size, right, test, chance, run.epsilon),
                   fgsm=partial(by_size, right, test, worst, run.epsilon)),
            images(run.epsilon * torch.stack([chance[five][0], worst[five][0]]).view(2, 8, 8), names=["noise", "FGSM"],
                   title="added to the first"),
        )  # fmt: skip


def scores(parameters, x):
    """Scores [n, 10] of pictures [n, 64]; the parameters are the weights of each layer, then the biases."""
    layers = len(parameters) // 2
    for k in range(layers):
        x = F.linear(x.relu() if k else x, parameters[k], parameters[layers + k])
    return x


def worst_signs(parameters, x, y):
    """For each pixel of x [n, 64] the direction that raises the loss: the sign of ∂L/∂x."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(F.cross_entropy(scores(parameters, x), y), x)[0].sign()


def moved(x, signs, size):
    return (x + size * signs).clamp(0, 1)


def by_size(right, x, signs, now):
    """Points (ε, percent right) up to 0.3, and back along them to the ε of now, where the mark is [k, 2]."""
    sizes = sorted([*torch.linspace(0, 0.3, 13).tolist(), now.item()])
    points = [[e, right(moved(x, signs, e)).item()] for e in sizes]
    return torch.tensor(points + points[sizes.index(now.item()) :][::-1])


@demo.predict(f"The attack changes every pixel by {SIZE}. Of the test digits the network then reads",
              *PERCENT,
              why="64 small changes, each in the direction that raises the loss, add up.")  # fmt: skip
def _(sim):
    return mean(sim.last("fgsm", 3))


@demo.predict(f"Every pixel changes by {SIZE}, up or down at random. It then reads",
              *PERCENT,
              why="Random changes mostly cancel in a weighted sum; only the direction makes an attack.")  # fmt: skip
def _(sim):
    return mean(sim.last("noise", 3))


@demo.predict(f"A network without a hidden layer. The attack at {SIZE} costs it",
              "under 5 points", 10, "over 15 points",
              why="It takes no depth: in a linear sum, too, 64 changes of the right sign add up.")  # fmt: skip
def _(sim):
    return mean(sim.gains("fgsm", "as_they_are", 3, network="no hidden layer"))


@demo.predict(f"Trained on digits attacked at {SIZE}, then attacked at {LARGE}. It reads",
              "under 5 %", 7, "10 to 70 %", 80, "over 90 %",
              why="It has learned to withstand attacks of one size; larger ones still work.")  # fmt: skip
def _(sim):
    return mean(sim.last("fgsm", 3, training="adversarial", epsilon=LARGE))


@demo.claim(f"At ε = {SIZE} the attack costs over {LOST} points for all {SEEDS} seeds; noise of its size at most "
            f"{LOST_TO_NOISE} on average.")  # fmt: skip
def _(sim):
    attack, noise = (sim.gains(name, "as_they_are", SEEDS) for name in ("fgsm", "noise"))
    return min(attack) > LOST and mean(noise) <= LOST_TO_NOISE, f"{spread(attack)}; noise {mean(noise):.1f}"


@demo.claim(f"Without a hidden layer it also costs over {LOST_FLAT} points for all {SEEDS} seeds.")
def _(sim):
    points = sim.gains("fgsm", "as_they_are", SEEDS, network="no hidden layer")
    return min(points) > LOST_FLAT, f"{spread(points)} points"


@demo.claim(f"Adversarial training reads over {GAIN} points more of the attacked digits, for all {SEEDS} seeds.")
def _(sim):
    plain, adversarial = (sim.last("fgsm", SEEDS, training=t) for t in ("plain", "adversarial"))
    points = [after - before for before, after in zip(plain, adversarial, strict=True)]
    return min(points) > GAIN, f"{spread(points)} points"


@demo.claim(f"It is no cure: attacked at ε = {LARGE}, the network so trained reads under {CURED} %.")
def _(sim):
    right = sim.last("fgsm", SEEDS, training="adversarial", epsilon=LARGE)
    return max(right) < CURED, f"{spread(right)} %"


@demo.question
def rise_of_a_score(rng):
    w, e = rng.choice(((2, -1, 0.5), (3, -2, 1), (-1, 2, -3))), rng.choice((0.1, 0.2, 0.5))
    weights = torch.tensor(w, dtype=torch.float64)
    x = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    (g,) = torch.autograd.grad(weights @ x, x)
    listed = ", ".join(f"{v:g}" for v in w)
    return Question(
        f"A score is w·x with w = ({listed}). Each input may change by {e}. By how much can the score rise?"
        .replace("-", "−"), weights @ (e * g.sign()),
        {"all inputs up": e * weights.sum(), "the length of w": e * weights.norm(), "the largest weight alone":
         e * weights.abs().max()},
        why="Each input moves in the direction of its weight's sign, so the rise is ε · Σ|w|.",
    )  # fmt: skip


@demo.question
def pixel_after_the_attack(rng):
    x, g, e = rng.choice((0.3, 0.45, 0.6)), rng.choice((-0.4, -0.02, 0.05)), rng.choice((0.1, 0.2))
    after = moved(torch.tensor(x, dtype=torch.float64), torch.tensor(g).sign(), e)
    return Question(
        f"A pixel is {x}, and ∂L/∂x = {g}. What does the fast gradient sign method with ε = {e} make of it?"
        .replace("-", "−"), after,
        {"went down the loss": 2 * x - after, "took the gradient, not its sign": x + e * g,
         "added the gradient": x + g},
        why="x + ε · sign(∂L/∂x): the attack climbs the loss, and only the sign counts.",
    )  # fmt: skip


if __name__ == "__main__":
    demo.main()
