"""The data sets that come with the built-in demos."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from studytool import places
from studytool.errors import StudytoolError, UsageError

if TYPE_CHECKING:
    import torch


def iris(kind_a: str, kind_b: str, device: torch.device | str | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Fisher's measurements of two kinds of iris: setosa, versicolor or virginica, 50 flowers each.

    Returns X [100, 2], petal length and width in cm, and y [100], −1 for the first kind and +1 for the second, both
    float32. Source: R. A. Fisher, Annals of Eugenics 7 (1936); UCI Machine Learning Repository, CC BY 4.0.
    """
    import torch

    flowers = _petals()
    for kind in (kind_a, kind_b):
        if kind not in flowers:
            raise UsageError(f"There is no kind of iris called {kind!r}.", f"There is {', '.join(flowers)}.")
    X = torch.tensor([*flowers[kind_a], *flowers[kind_b]], device=device)
    y = torch.tensor([-1.0] * len(flowers[kind_a]) + [1.0] * len(flowers[kind_b]), device=device)
    return X, y


def digits(device: torch.device | str | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """1,797 handwritten digits: pictures X [1797, 8, 8] from 0 to 1, float32, and what they show, y [1797], 0 to 9.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits (1998), the test part; UCI Machine
    Learning Repository, CC BY 4.0.
    """
    import torch

    pixels, shown = _digits()
    X = torch.frombuffer(bytearray(pixels), dtype=torch.uint8).reshape(-1, 8, 8)
    y = torch.frombuffer(bytearray(shown), dtype=torch.uint8)
    return (X.float() / 16).to(device), y.long().to(device)


def placed(X: torch.Tensor, side: int, rng: torch.Generator) -> torch.Tensor:
    """Digits X [n, 8, 8], each at a place of its own, drawn by `rng`, on an empty canvas: [n, side, side]."""
    import torch

    down, right = torch.randint(side - 7, (2, len(X), 1, 1), generator=rng).to(X.device)
    canvas, eight = X.new_zeros(len(X), side, side), torch.arange(8, device=X.device)
    canvas[torch.arange(len(X), device=X.device)[:, None, None], down + eight[:, None], right + eight] = X
    return canvas


@cache
def _digits() -> tuple[bytes, bytes]:
    """All pixels from 0 to 16, 64 a digit, and the digits."""
    import csv
    import gzip

    path = places.built_in("demos") / "data" / "digits.csv.gz"
    try:
        with gzip.open(path, "rt", encoding="ascii", newline="") as file:
            rows = [bytes(map(int, row)) for row in list(csv.reader(file))[1:]]
        if not rows or any(len(row) != 65 for row in rows):
            raise ValueError("a digit has 64 pixels and its name")
    except (OSError, EOFError, ValueError) as error:
        raise StudytoolError(f"The digits in {path} cannot be read: {error}.", "Install studytool again.") from error
    return b"".join(row[:64] for row in rows), bytes(row[64] for row in rows)


@cache
def _petals() -> dict[str, list[tuple[float, float]]]:
    """(length, width) of every petal in cm, by species."""
    import csv

    path = places.built_in("demos") / "data" / "iris.csv"
    flowers: dict[str, list[tuple[float, float]]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                petal = (float(row["petal_length_cm"]), float(row["petal_width_cm"]))
                flowers.setdefault(row["species"], []).append(petal)
    except (OSError, KeyError, ValueError) as error:
        raise StudytoolError(f"The flowers in {path} cannot be read: {error}.", "Install studytool again.") from error
    return flowers
