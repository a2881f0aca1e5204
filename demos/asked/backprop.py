"""What is asked and claimed about backpropagation."""

from statistics import median

import torch

from studytool.demo import Question

from demo_backprop import demo

NETS = 50  # random networks for the claims
WEIGHTS = 19_210  # of a 64-256-10 network for digits, its biases among them


def by_hand(W1, w2, x, y):
    """∂L/∂W₁ and ∂L/∂w₂ by the lines of the demo."""
    h = (W1 @ x).sigmoid()
    δ2 = w2 @ h - y
    return ((w2.T @ δ2) * h * (1 - h))[:, None] * x, δ2[:, None] * h


def loss_of(W1, w2, x, y):
    return ((w2 @ (W1 @ x).sigmoid() - y) ** 2).sum() / 2


def random_net(seed, dtype=torch.float64):
    rng = torch.Generator().manual_seed(seed)
    return [torch.randn(*shape, generator=rng, dtype=torch.float64).to(dtype) for shape in ((2, 2), (1, 2), (2,), (1,))]


def difference_error(W1, w2, x, y, h):
    """How far the central difference (L(w + h) − L(w − h)) / 2h of w₁₁ is from the gradient."""
    nudge = torch.zeros(2, 2, dtype=W1.dtype)
    nudge[0, 0] = h
    measured = (loss_of(W1 + nudge, w2, x, y) - loss_of(W1 - nudge, w2, x, y)) / (2 * h)
    return (measured - by_hand(W1, w2, x, y)[0][0, 0]).abs().item()


@demo.predict("x₁ = 0. What is ∂L/∂w₁₁, the gradient of the weight from x₁ to h₁?", "0", "δ₁", "as large as before",
              why="A gradient is input · δ: a weight that carried nothing is not to blame, whatever δ is.",
              x1=0)  # fmt: skip
def _(sim):
    before, now = (sim(x1=x1, steps=4).last("gradient") for x1 in (0.5, 0))
    return "0" if now == 0 else "as large as before" if abs(now) >= abs(before) else "δ₁"


@demo.predict("η = 0. Backpropagation has run. The loss of the next forward pass is…",
              "smaller", "the same", "larger",
              why="Backpropagation finds the gradient and changes nothing; only descent does.",
              learning_rate=0)  # fmt: skip
def _(sim):
    first, second = (sim(learning_rate=0, steps=n).last("loss") for n in (2, 7))
    return "the same" if first == second else "smaller" if second < first else "larger"


@demo.predict("A gradient by trying: (L(w+h) − L(w−h)) / 2h. You halve h from 0.1. Its error becomes…",
              "a quarter", 0.35, "half", 0.7, "the same",
              why="The error of a central difference goes with h², until rounding takes over.")  # fmt: skip
def _(sim):
    return median(difference_error(*random_net(s), 0.05) / difference_error(*random_net(s), 0.1) for s in range(20))


@demo.claim(f"By hand it is autograd's gradient: to 10⁻⁶ in float32, 10⁻¹² in float64, in {NETS} networks.")
def _(sim):
    single, double = (max(off_autograd(s, d) for s in sim.seeds(NETS)) for d in (torch.float32, torch.float64))
    return single < 1e-6 and double < 1e-12, f"largest {single:.1e} and {double:.1e}"


def off_autograd(seed, dtype):
    """By how much the gradients by hand differ from autograd's at most, relative to 1 + their size."""
    W1, w2, x, y = random_net(seed, dtype)
    its = torch.autograd.grad(loss_of(W1.requires_grad_(), w2.requires_grad_(), x, y), (W1, w2))
    pairs = zip(by_hand(W1, w2, x, y), its, strict=True)
    return max(((a - b).abs() / (1 + b.abs())).max().item() for a, b in pairs)


@demo.claim("By trying in float64, the best h lies between 10⁻⁷ and 10⁻⁴: larger is inexact, smaller is rounding.")
def _(sim):
    steps = [10.0**-k for k in range(1, 13)]
    means = [sum(difference_error(*random_net(s), h) for s in sim.seeds(NETS)) for h in steps]
    best = steps[means.index(min(means))]
    worse = means[0] > 1e3 * min(means) and means[-1] > 1e3 * min(means)
    return 1e-7 <= best <= 1e-4 and worse, f"best h {best:.0e}"


@demo.claim(f"For {WEIGHTS:,} weights, trying costs over 10,000 times the multiplications of backpropagation.")
def _(sim):
    from torch.utils.flop_counter import FlopCounterMode

    net = torch.nn.Sequential(torch.nn.Linear(64, 256), torch.nn.Sigmoid(), torch.nn.Linear(256, 10))
    with FlopCounterMode(display=False) as forward:
        net(torch.randn(1, 64))
    with FlopCounterMode(display=False) as both:
        net(torch.randn(1, 64)).square().sum().backward()
    n = sum(p.numel() for p in net.parameters())
    factor = 2 * n * forward.get_total_flops() / both.get_total_flops()
    return n == WEIGHTS and factor > 10_000, f"{factor:,.0f} times"


@demo.question
def hidden_delta(rng):
    w, d, h = rng.choice((-2, -1, 0.5, 3)), rng.choice((-0.4, 0.2, 0.6)), rng.choice((0.2, 0.4, 0.7))
    z = torch.tensor(h).double().logit().requires_grad_()
    (w * d * z.sigmoid()).backward()  # d is how much the loss rises with ŷ, so this is ∂L/∂z
    told = f"A hidden neuron has h = σ(z) = {h} and the weight {w} to the output, where δ = {d}. What is its own δ?"
    return Question(
        told.replace("-", "−"), z.grad,
        {"forgot the slope of σ": w * d, "took h for its slope h·(1 − h)": w * d * h,
         "forgot the weight": d * h * (1 - h)},
        why="δ after it, times the weight on the way, times σ′(z) = h·(1 − h).",
    )  # fmt: skip


@demo.question
def gradient_of_a_weight(rng):
    x, d, w = rng.choice((-2, -1.5, 3, 4)), rng.choice((-0.3, 0.1, 0.25)), rng.choice((0.7, 1.2))
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    (weight * x * d).backward()  # the loss rises by δ for every 1 that the sum w·x rises
    return Question(
        f"An input {x} goes through a weight {w} into a neuron with δ = {d}. What is ∂L/∂w?".replace("-", "−"),
        weight.grad,
        {"forgot the input": d, "multiplied by the weight, not the input": w * d, "multiplied all three": w * x * d},
        why="The gradient of a weight is the value it carries times the δ it feeds.",
    )  # fmt: skip
