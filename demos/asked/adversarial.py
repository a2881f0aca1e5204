"""What is asked and claimed about adversarial examples."""

from statistics import mean

import torch

from studytool.demo import Question, spread

from demo_adversarial import SIZE, demo, moved

SEEDS, LARGE = 10, 0.2  # networks a claim trains; an ε twice as large as in adversarial training
LOST, LOST_TO_NOISE, LOST_FLAT = 30, 3, 20  # points of accuracy at ε = 0.1; LOST_FLAT without a hidden layer
GAIN, CURED = 15, 60  # points that adversarial training gains at ε = 0.1; percent right that it stays below at 0.2
PERCENT = "under 20 %", 25, "35 to 75 %", 85, "over 90 %"


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
              why="It takes no depth: in a linear sum, too, 64 changes of the right sign add up.",
              network="no hidden layer")  # fmt: skip
def _(sim):
    return mean(sim.gains("fgsm", "as_they_are", 3, network="no hidden layer"))


@demo.predict(f"Trained on digits attacked at {SIZE}, then attacked at {LARGE}. It reads",
              "under 5 %", 7, "10 to 70 %", 80, "over 90 %",
              why="It has learned to withstand attacks of one size; larger ones still work.",
              training="adversarial", epsilon=LARGE)  # fmt: skip
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
