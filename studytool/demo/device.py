"""Which device a demo runs on, and why, in a sentence for the screen."""

from __future__ import annotations

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
    if not torch.cuda.is_available():
        return torch.device("cpu"), f"{wish}torch {torch.__version__} finds no CUDA device here"
    try:
        torch.zeros(1, device="cuda").item()  # a driver without a device, or a full one, fails only when it is used
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        return torch.device("cpu"), f"{wish}the CUDA device cannot be used: {reason}"
    return torch.device("cuda"), f"torch finds {torch.cuda.get_device_name()}"
