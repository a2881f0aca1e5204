"""Overfitting: a curve that passes through every point, noise and all, and is wrong in between.

Measured points are a true curve and noise. Here the curve is sin 3.5x, and least squares fits a polynomial to 15 points
of it, one degree higher with every step. The error on the points it is fitted to can only fall. The error on new points
falls and then rises: too low a degree cannot follow the curve, too high a degree follows the noise. With as many
coefficients as points it passes through all of them, and swings wildly in between.

That is no law about the number of parameters. The network has one layer of tanh neurons with fixed random weights, and
of all output weights with the least error the smallest are taken, those that gradient descent from zero would reach.
Its error is often worst where there are as many neurons as points, and falls again with more (Belkin and others, 2019):
where many curves pass through every point, small weights make a smooth one. Still it passes through all the noise, and
a good low degree does better. Nor does the size alone decide whether a network learns rules or learns by heart: one
that reads digits well also learns labels drawn by lot (Zhang and others, 2017). And without noise a high degree does no
harm here.
"""

from functools import partial

import torch

from studytool.demo import Choice, Demo, Float, Int, line, scatter, text

DEGREE, NEURONS = 14, 100  # the highest degree, and the widest network
FLOOR = 1e-3  # smaller errors are drawn as this one, as 0 has no logarithm

demo = Demo(
    "Overfitting: through every point, and wrong between them",
    topics=["overfitting", "generalisation", "underfitting", "double descent"],
    steps=NEURONS,
    pace=3,
    model=Choice("polynomial", "network", help="what grows by one coefficient or one neuron with every step"),
    noise=Float(0.3, 0, 1, symbol="σ", help="the standard deviation of the noise on the measured points"),
    samples=Int(15, 10, 60, symbol="n", help="measured points"),
)


@demo.train
def growing_model(run):
    x, new = (torch.linspace(-1, 1, n, device=run.device).double() for n in (run.samples, 300))
    ε = run.randn(run.samples).double()
    W = run.randn(2, NEURONS).double()  # the fixed weight and bias of every neuron
    sizes = DEGREE + 1 if run.model == "polynomial" else NEURONS
    for size in range(1, sizes + 1):
        y = truth(x) + run.noise * ε
        Φ, Φ_new = (features(run.model, points, size, W) for points in (x, new))  # [n, size], [300, size]
        w = torch.linalg.pinv(Φ) @ y  # of all w with the least squared error ‖Φw − y‖² the shortest
        fit = Φ_new @ w
        training, error = rms(Φ @ w - y), rms(fit - truth(new))
        yield (
            scatter(*drawn(new, fit, x, y), names=("fitted", "measured"), axes=("x", "y"), curve=True),
            line("log₁₀ of the error", axis="coefficients" if run.model == "polynomial" else "neurons",
                 measured=training.clamp(min=FLOOR).log10(), new=error.clamp(min=FLOOR).log10()),
            text(partial(told, run.model, size, training, error), title="error"),
        )  # fmt: skip


def truth(x):
    return (3.5 * x).sin()


def features(model, x, size, W):
    """The first `size` Chebyshev polynomials at x [n], of degree 0 up, or so many neurons: [n, size]."""
    if model == "polynomial":
        return (torch.arange(size, device=x.device) * x.clamp(-1, 1).acos()[:, None]).cos()
    return (3 * (W[0] * x[:, None] + W[1]))[:, :size].tanh()


def rms(errors):
    return errors.square().mean().sqrt()


def drawn(new, fit, x, y):
    """The fitted curve, as far as it stays near, and the measured points on top of it: [300 + n, 2] and kinds."""
    fit = fit.where(fit.abs() <= 2.2, torch.nan)
    X = torch.stack([torch.cat([new, x]), torch.cat([fit, y])], 1)
    return X, torch.cat([-torch.ones_like(new), torch.ones_like(x)])


def told(model, size, training, error):
    name = f"degree {size - 1}" if model == "polynomial" else f"{size} neurons"
    return f"{name}\nmeasured points {training:.3f}\nnew points {error:.3f}"


if __name__ == "__main__":
    demo.main()
