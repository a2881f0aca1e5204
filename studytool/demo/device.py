"""Which device a demo runs on, and why, in a sentence for the screen."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from studytool.errors import UsageError

if TYPE_CHECKING:
    import torch

DEVICES = ("auto", "cpu", "cuda")


def choose(asked: str) -> tuple[torch.device, str]:
    """The device for `auto`, `cpu` or `cuda`, and the reason; without a working CUDA it is always the CPU."""
    import torch

    if asked not in DEVICES:
        raise UsageError(f"There is no device `{asked}`.", f"There is {', '.join(DEVICES)}.")
    if asked == "cpu":
        return torch.device("cpu"), "the CPU was asked for"
    wish = "cuda was asked for, but " if asked == "cuda" else ""
    with warnings.catch_warnings(record=True) as said:  # of a driver too old, which is the reason and no output
        warnings.simplefilter("always")
        available = torch.cuda.is_available()
    if not available:
        reason = f" ({str(said[0].message).splitlines()[0]})" if said else ""
        return torch.device("cpu"), f"{wish}torch {torch.__version__} finds no CUDA device here{reason}"
    try:
        torch.zeros(1, device="cuda").item()  # a driver without a device, or a full one, fails only when it is used
        return torch.device("cuda"), f"torch finds {torch.cuda.get_device_name()}"
    except RuntimeError as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        return torch.device("cpu"), f"{wish}the CUDA device cannot be used: {reason}"
