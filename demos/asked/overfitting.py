"""What is asked and claimed about overfitting."""

from itertools import pairwise
from statistics import mean, median

import torch
import torch.nn.functional as F

from studytool.demo import Question, accuracy, descend, digits, spread

from demo_overfitting import DEGREE, FLOOR, NEURONS, demo, features, rms

SEEDS = 30  # draws of the noise
WORSE, BETTER = 3, 2  # the least ratios of errors: highest to best degree, highest degree to widest network


def errors(result, name="new"):
    return [10**e for e in result.series(name)]


def by_lot(seed):
    """Digits with labels drawn by lot: the accuracy of a network on its 200, and on 1,000 new ones, in percent."""
    X, _ = digits()
    rng = torch.Generator().manual_seed(seed)
    X = X.flatten(1)[torch.randperm(len(X), generator=rng)[:1200]]
    y = torch.randint(10, (1200,), generator=rng)
    Ws = [torch.randn(n, k, generator=rng).mul((2 / n) ** 0.5).requires_grad_() for n, k in ((64, 256), (256, 10))]
    velocity = [torch.zeros_like(W) for W in Ws]
    for _ in range(300):
        descend(F.cross_entropy((X[:200] @ Ws[0]).relu() @ Ws[1], y[:200]), Ws, velocity, 0.1)
    scores = (X @ Ws[0]).relu() @ Ws[1]
    return accuracy(scores[:200], y[:200]).item(), accuracy(scores[200:], y[200:]).item()


@demo.predict(f"The degree grows from 0 to {DEGREE}. The error on new points…", "only falls", "falls, then rises",
              "only rises", why="First it is too stiff for the curve, then it follows the noise.")  # fmt: skip
def _(sim):
    runs = [errors(run) for run in sim.runs(9)]
    fall, rise = (median(e[k] / min(e) for e in runs) for k in (0, -1))
    return "only falls" if rise <= 1.2 else "falls, then rises" if fall > 1.2 else "only rises"


@demo.predict("The network has 15 neurons for 15 points, and then 100. The error on new points…",
              "falls", 0.75, "stays alike", 1.3, "grows", model="network",
              why="With 15 one curve passes through all; with 100 many do, and a smooth one is taken.")  # fmt: skip
def _(sim):
    return median(e[-1] / e[14] for e in map(errors, sim.runs(15, model="network")))


@demo.predict(f"Degree {DEGREE}, but 60 points instead of 15. The error on new points is",
              "over 5 times smaller", 0.2, "about the same", 1.5, "larger", samples=60,
              why="What is too much for 15 points is not for 60: more data is the surest cure.")  # fmt: skip
def _(sim):
    few, many = (median(errors(run)[-1] for run in sim.runs(9, samples=n)) for n in (15, 60))
    return many / few


@demo.predict("200 digits get labels drawn by lot. A network of 256 neurons learns … of them",
              "about 10 %", 30, "about 50 %", 95, "all",
              why="It has room to learn them by heart. On new digits it is right for 1 in 10.")  # fmt: skip
def _(sim):
    return mean(by_lot(s)[0] for s in sim.seeds(3))


@demo.claim(f"In {SEEDS} of {SEEDS} draws: the best degree is 3 to 10, and {DEGREE} has over {WORSE} times its error.")
def _(sim):
    runs = [errors(run) for run in sim.runs(SEEDS)]
    best, worse = [e.index(min(e)) for e in runs], [e[-1] / min(e) for e in runs]
    held = min(best) >= 3 and max(best) <= 10 and min(worse) > WORSE
    return held, f"degrees {spread(best)}; {spread(worse)} times"


@demo.claim(f"{NEURONS} neurons pass through all points too, with under 1/{BETTER} of the error of degree {DEGREE}.")
def _(sim):
    runs, high = sim.runs(SEEDS, model="network"), [errors(run)[-1] for run in sim.runs(SEEDS)]
    through = max(errors(r, "measured")[-1] for r in runs) <= 1.01 * FLOOR
    nearer = min(b / errors(r)[-1] for r, b in zip(runs, high, strict=True))
    peak, wide = (median(errors(r)[k - 1] for r in runs) for k in (15, NEURONS))
    return through and nearer > BETTER, f"1/{nearer:.1f} at most; median error {wide:.2f}, at 15 neurons {peak:.2f}"


@demo.claim("256 neurons learn all of 200 labels drawn by lot, 10 times of 10, and get under 15 % of new ones right.")
def _(sim):
    learned, new = zip(*(by_lot(s) for s in sim.seeds(10)), strict=True)
    return min(learned) == 100 and max(new) < 15, f"at least {min(learned):.1f} %, at most {max(new):.1f} %"


@demo.claim(f"Without noise a high degree does no harm: {DEGREE} is within {FLOOR} of the curve, 3 not within 0.05.")
def _(sim):
    e = errors(sim(noise=0))
    return e[-1] <= 1.01 * FLOOR and e[3] > 0.05, f"{e[-1]:.4f} and {e[3]:.3f}"


@demo.question
def degree_through_points(rng):
    n = rng.randint(4, 12)
    ranks = [torch.linalg.matrix_rank(features("polynomial", torch.linspace(-1, 1, n).double(), k, None)).item()
             for k in range(1, n + 3)]  # fmt: skip
    degree = ranks.index(n)  # the first with n independent columns passes through whatever is measured
    return Question(
        f"{n} points with different x, and any y. Which is the least degree that always passes through all of them?",
        degree, {"counted coefficients, not the degree": degree + 1, "counted two for each point": 2 * degree + 1,
                 "one too few": degree - 1},
        why="A polynomial of degree d has d + 1 coefficients, one for each point.",
    )  # fmt: skip


@demo.question
def which_degree(rng):
    degrees, answers, least, second = (1, 3, 5, 7, 12), (), 0, 0
    while len({*answers}) < 4 or second - least < 0.03:  # until all differ, and one degree is clearly the best
        x, new = torch.linspace(-1, 1, 15).double(), torch.linspace(-0.97, 0.97, 40).double()
        curve, torch_rng = rng.uniform(4, 6), torch.Generator().manual_seed(rng.randrange(2**31))
        y, y_new = ((curve * t).sin() + 0.3 * torch.randn(len(t), generator=torch_rng) for t in (x, new))
        fits = [torch.linalg.pinv(features("polynomial", x, d + 1, None)) @ y for d in degrees]
        training, held_out = (
            [round(rms(features("polynomial", t, len(w), None) @ w - v).item(), 2) for w in fits]
            for t, v in ((x, y), (new, y_new))
        )
        least, second, *_ = sorted(held_out)
        drops = [a - b for a, b in pairwise(training)]
        best = (min(range(5), key=errors_.__getitem__) for errors_ in (held_out, training))
        answers = [degrees[k] for k in (*best, drops.index(max(drops)) + 1, 0)]
    told = "; ".join(f"{d}: {a}, {b}" for d, a, b in zip(degrees, training, held_out, strict=True))
    return Question(
        f"Degree: error on the fitted points, on points held out. {told}. Which degree do you take?",
        answers[0], dict(zip(("the least error on the fitted points", "the largest fall on the fitted points",
                              "the simplest"), answers[1:], strict=True)),
        why="Only points that it was not fitted to tell how good it is on new ones.",
    )  # fmt: skip
