"""What is asked and claimed about early stopping."""

from statistics import mean

from studytool.demo import Question, spread

from demo_early_stopping import EPOCHS, NOISE, demo

SEEDS = 12  # networks a claim trains
GAIN, GAIN_40, LITTLE, LOSS = 4, 10, 1, 0.3  # points of accuracy: with 20, 40 and 0 % wrong labels, and patience 1
POINTS = "over 4 points less", -4, "about the same", 4, "over 4 points more"


def gains(sim, **parameters):
    """By how many points of test accuracy what was kept is better than the last epoch, for each seed."""
    return sim.gains("going_on", "kept", SEEDS, **parameters)


def best_epoch(result):
    """The epoch of the lowest validation loss until the stop, counted from 1."""
    return result.series("lowest").index(result.last("lowest")) + 1


@demo.predict(f"{NOISE} % of the labels are wrong. In which of {EPOCHS} epochs is the validation loss lowest?",
              "1 to 20", 20.5, "21 to 55", 55.5, "56 to 60",
              why="What holds for all digits is learned first; then come the wrong labels, one by one.")  # fmt: skip
def _(sim):
    return mean(map(best_epoch, sim.runs(5)))


@demo.predict("After that epoch, what does the training loss do?", "goes on falling", 0.8, "stays level", 1.2,
              "rises as well", why="It cannot warn: learning wrong labels by heart lowers it too.")  # fmt: skip
def _(sim):
    return mean(run.last("training") / run.series("training")[best_epoch(run) - 1] for run in sim.runs(5))


@demo.predict(f"Test accuracy, {NOISE} % wrong labels: the kept weights against the last", *POINTS,
              why="The last epochs learned the wrong labels, and pay for them on new digits.")  # fmt: skip
def _(sim):
    return mean(gains(sim))


@demo.predict("The same where every label is right", *POINTS,
              why="There is nothing wrong to learn by heart: going on does little harm.", wrong_labels=0)  # fmt: skip
def _(sim):
    return mean(gains(sim, wrong_labels=0))


@demo.claim(f"{NOISE} % wrong labels: what is kept is better for all {SEEDS} seeds, by {GAIN} points on average.")
def _(sim):
    points = gains(sim)
    return min(points) > 0 and mean(points) >= GAIN, f"{spread(points, '+.1f')} points"


@demo.claim(f"40 % wrong labels: better for all {SEEDS} seeds, by {GAIN_40} points on average.")
def _(sim):
    points = gains(sim, wrong_labels=40)
    return min(points) > 0 and mean(points) >= GAIN_40, f"{spread(points, '+.1f')} points"


@demo.claim(f"All labels right: on average there is at most {LITTLE} point between what is kept and the last epoch.")
def _(sim):
    points = gains(sim, wrong_labels=0)
    return abs(mean(points)) <= LITTLE, f"{spread(points, '+.1f')} points"


@demo.claim(f"{NOISE} % wrong labels: it stops before half of {EPOCHS} epochs; the training loss goes on to halve.")
def _(sim):
    runs = sim.runs(SEEDS)
    stops = [best_epoch(r) + demo.parameters["patience"].default for r in runs]
    ratios = [r.last("training") / r.series("training")[stop - 1] for r, stop in zip(runs, stops, strict=True)]
    told = f"after {spread(stops)} epochs; training loss times {spread(ratios, '.2f')}"
    return max(stops) < EPOCHS / 2 and max(ratios) < 0.5, told


@demo.claim(f"All labels right and patience 1: it stops too early, and loses over {LOSS} points on average.")
def _(sim):
    points = gains(sim, wrong_labels=0, patience=1)
    return mean(points) <= -LOSS, f"{spread(points, '+.1f')} points"


def stopping(losses, patience):
    """The best epoch and the one after which it stops, counted from 1."""
    best = 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best = epoch
        elif epoch - best >= patience:
            break
    return best + 1, epoch + 1


def validation_losses(rng, patience):
    """Losses of nine epochs that mislead in every way: a rise that is none, and a low one behind the stop."""
    while True:
        losses = [round(rng.uniform(0.3, 1), 2) for _ in range(9)]
        losses[:3] = sorted(losses[:3], reverse=True)
        best, stop = stopping(losses, patience)
        rise = next((k + 1 for k in range(1, 9) if losses[k] >= losses[k - 1]), 9)
        lowest = losses.index(min(losses)) + 1
        if len({best, stop, stop - 1, rise, lowest}) == 5 and lowest > stop and len({*losses}) == 9:
            return losses, best, stop, rise, lowest


@demo.question
def when_it_stops(rng):
    patience = rng.choice((2, 3))
    losses, best, stop, rise, _ = validation_losses(rng, patience)
    return Question(
        f"Validation loss by epoch: {', '.join(map(str, losses))}. Patience {patience}. After which does it stop?",
        stop, {"counted the best epoch as the first without a better one": stop - 1, "took the best epoch": best,
               "stopped at the first rise": rise},
        why=f"It stops when {patience} epochs in a row were not better than the best so far, in epoch {best}.",
    )  # fmt: skip


@demo.question
def which_weights(rng):
    patience = rng.choice((2, 3))
    losses, best, stop, rise, lowest = validation_losses(rng, patience)
    return Question(
        f"Validation loss by epoch: {', '.join(map(str, losses))}. Patience {patience}. Whose weights are kept?",
        best, {"those it stopped with": stop, "the lowest of all, behind the stop": lowest,
               "those of the first rise": rise},
        why=f"The lowest loss until the stop in epoch {stop}; later epochs are never run.",
    )  # fmt: skip
