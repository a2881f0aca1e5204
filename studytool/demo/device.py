"""Which device a demo runs on, and why, in a sentence for the screen; and what is to be done when it fails."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from studytool.errors import UsageError

if TYPE_CHECKING:
    import torch

DEVICES = ("auto", "cpu", "cuda")

# What torch, the CUDA runtime, cuBLAS and cuDNN say when the memory of the device is full, …
_FULL = ("CUDA out of memory", "CUDA error: out of memory", "cudaErrorMemoryAllocation", "STATUS_ALLOC_FAILED")
# … when there is nothing to use, …
_ABSENT = (
    "No CUDA GPUs are available",
    "no CUDA-capable device",
    "Found no NVIDIA driver",
    "driver on your system is too old",
    "driver version is insufficient",
    "not compiled with CUDA enabled",
    "CUDA unknown error",
    "CUDA-capable device(s) is/are busy or unavailable",
)
# … and when it has failed while it was used.
_LOST = (
    "CUDA error",
    "CUDA driver error",
    "cuDNN error",
    "CUBLAS_STATUS_",
    "CUDNN_STATUS_",
    "CUSOLVER_STATUS_",
    "CUFFT_",
)


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
        reason = f" ({_first_line(str(said[0].message))})" if said else ""
        return torch.device("cpu"), f"{wish}torch {torch.__version__} finds no CUDA device here{reason}"
    try:
        torch.zeros(1, device="cuda").item()  # a driver without a device, or a full one, fails only when it is used
        return torch.device("cuda"), f"torch finds {torch.cuda.get_device_name()}"
    except (RuntimeError, AssertionError) as error:
        reason = failure(type(error).__name__, str(error)) or _first_line(str(error)) or type(error).__name__
        return torch.device("cpu"), f"{wish}the CUDA device cannot be used: {reason}"


def instead(reason: str) -> tuple[torch.device, str]:
    """The device after one has failed for this `reason`, and the reason in full."""
    import torch

    return torch.device("cpu"), f"{reason}, so it runs on the CPU from the start"


def failure(kind: str, message: str) -> str:
    """What is wrong with the accelerator when an exception of the class `kind` says `message`; else nothing.

    An error of the demo itself is nothing of the kind, though it happened on a device.
    """
    if kind not in ("OutOfMemoryError", "AcceleratorError", "RuntimeError", "AssertionError"):
        return ""
    if kind == "OutOfMemoryError" or any(words in message for words in _FULL):
        return "the memory of the CUDA device is full"
    if any(words in message for words in _ABSENT):
        return f"there is no CUDA device to use ({_first_line(message)})"
    if kind == "AcceleratorError" or (kind == "RuntimeError" and any(words in message for words in _LOST)):
        return f"the CUDA device has failed ({_first_line(message)})"
    return ""


def _first_line(message: str) -> str:
    return message.strip().split("\n")[0].rstrip(".")[:200]
