"""What is said of a device that cannot be used or fails in a run, and where the demo goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from studytool.demo.device import failure
from studytool.demo.headless import prove, train
from studytool.demo.sweep import Axis, Sweep

Open = Callable[..., Any]
HINTS = (
    "CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be "
    "incorrect.\nFor debugging consider passing CUDA_LAUNCH_BLOCKING=1\n"
)
FULL, ABSENT, LOST = "memory of the CUDA device is full", "there is no CUDA device", "the CUDA device has failed"


@pytest.mark.parametrize(
    ("kind", "message", "told"),
    [
        ("OutOfMemoryError", "CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has a total capacity of 79.11 GiB "
         "of which 5.94 MiB is free. Including non-PyTorch memory, this process has 79.10 GiB memory in use.", FULL),
        ("AcceleratorError", "CUDA error: out of memory\nSearch for `cudaErrorMemoryAllocation' in …\n" + HINTS, FULL),
        ("RuntimeError", "CUDA error: out of memory\n" + HINTS, FULL),
        ("RuntimeError", "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`", FULL),
        ("RuntimeError", "No CUDA GPUs are available", ABSENT),
        ("RuntimeError", "Found no NVIDIA driver on your system. Please check that you have an NVIDIA GPU", ABSENT),
        ("RuntimeError", "The NVIDIA driver on your system is too old (found version 11040).", ABSENT),
        ("AcceleratorError", "CUDA error: no CUDA-capable device is detected\n" + HINTS, ABSENT),
        ("AcceleratorError", "CUDA error: CUDA-capable device(s) is/are busy or unavailable\n" + HINTS, ABSENT),
        ("AssertionError", "Torch not compiled with CUDA enabled", ABSENT),
        ("AcceleratorError", "CUDA error: unspecified launch failure\nSearch for `cudaErrorLaunchFailure' in …\n"
         + HINTS, LOST),
        ("AcceleratorError", "CUDA error: an illegal memory access was encountered\n" + HINTS, LOST),
        ("RuntimeError", "CUDA error: device-side assert triggered\n" + HINTS, LOST),
        ("RuntimeError", "CUDA driver error: device not ready", LOST),
        ("RuntimeError", "cuDNN error: CUDNN_STATUS_EXECUTION_FAILED", LOST),
        ("RuntimeError", "CUDA error: CUBLAS_STATUS_EXECUTION_FAILED when calling `cublasSgemm(…)`", LOST),
        ("RuntimeError", "cusolver error: CUSOLVER_STATUS_INTERNAL_ERROR, calling `cusolverDnCreate`", LOST),
    ],
)  # fmt: skip
def test_an_error_of_the_accelerator_is_known_by_what_torch_says(kind: str, message: str, told: str) -> None:
    said = failure(kind, message)
    assert told in said
    assert "\n" not in said
    assert "CUDA_LAUNCH_BLOCKING" not in said


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("RuntimeError", "mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)"),
        ("RuntimeError", "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and "
                         "cpu!"),
        ("RuntimeError", "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory"),
        ("ValueError", "CUDA error: I say so"),
        ("AssertionError", "the loss should fall"),
        ("MemoryError", ""),
    ],
)  # fmt: skip
def test_an_error_of_the_demo_is_none_of_the_accelerator(kind: str, message: str) -> None:
    assert failure(kind, message) == ""


FAILS = """
    import torch
    from pathlib import Path
    from studytool.demo import bars

    @demo.train
    def fails(run):
        n = 0
        while True:
            n += 1
            if n == 4 and (run.size == 9 or not Path("failed").exists()):  # told to, or for the first time
                Path("failed").touch()
                raise {error}
            yield line("n", n=n), text(str(run.device))

    @demo.claim("it counts to five")
    def _(sim): return sim(steps=5).last("n") == 5

    @demo.predict("How far?", "to five", "not so far", why="so")
    def _(sim): return "to five" if sim(steps=5).last("n") == 5 else "not so far"
"""
OUT = 'torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB. GPU 0 has …")'
GONE = 'torch.AcceleratorError("CUDA error: unspecified launch failure")'
GONE_BEFORE = 'RuntimeError("CUDA error: unspecified launch failure")'


@pytest.mark.parametrize("error", [OUT, GONE, GONE_BEFORE], ids=["full", "lost", "lost, as told by torch 2.6"])
def test_a_device_that_fails_is_a_sentence_and_a_run_on_the_cpu_from_the_start(talk: Open, error: str) -> None:
    one = talk(FAILS.format(error=error))
    one.next("hello")
    one.process.send({"type": "run", "steps": 6})
    one.process.credit()
    told = one.arrived.get(timeout=60)
    assert (told["type"], told["device"]) == ("device", "cpu")
    assert "CUDA device" in told["why"]
    assert told["why"].endswith(", so it runs on the CPU from the start")
    frame = one.next("frame")
    assert (frame["step"], frame["series"], frame["panels"][1]["text"]) == (6, {"n": 6}, "cpu")


def test_a_device_that_fails_again_is_an_error_with_its_place(talk: Open) -> None:
    one = talk(FAILS.format(error=OUT), size=9)
    one.process.send({"type": "run", "steps": 6})
    assert one.next("hello")["device"] == "cpu"
    assert one.arrived.get(timeout=60)["type"] == "device"
    error = one.arrived.get(timeout=60)
    assert error["type"] == "error"
    assert "OutOfMemoryError" in error["message"]
    assert "count.py" in error["traceback"]
    assert Path(error["at"][-1][0]).name == "count.py"


def test_predictions_and_claims_go_on_on_the_cpu_too(talk: Open) -> None:
    one = talk(FAILS.format(error=OUT))
    one.next("hello")
    one.process.send({"type": "predict", "number": 0})
    assert one.arrived.get(timeout=60)["type"] == "device"
    assert one.arrived.get(timeout=60)["outcome"] == "to five"
    other = talk(FAILS.format(error=OUT))
    other.next("hello")
    other.process.send({"type": "claims", "seeds": 1})
    assert other.arrived.get(timeout=60)["type"] == "device"
    assert other.arrived.get(timeout=60)["held"] is True


def test_a_sweep_begins_again_on_the_cpu_too(talk: Open) -> None:
    asked = asdict(Sweep(Axis("rate", 0, 2, 2), Axis("seed", 0, 2, 2, whole=True), 5, single=True))
    one = talk(FAILS.format(error=GONE))
    one.frame()
    one.process.send({"type": "sweep", "sweep": asked})
    told = [one.arrived.get(timeout=60)]
    while told[-1]["type"] != "swept":
        assert told[-1]["type"] in ("sweeping", "pixels", "device"), told[-1]
        told.append(one.arrived.get(timeout=60))
    assert [message["device"] for message in told if message["type"] == "device"] == ["cpu"]
    assert [message["found"] for message in told if message["type"] == "pixels"][-1] == 4


def test_without_pictures_the_hello_names_the_device_on_which_it_ended(tmp_path: Path, preamble: str) -> None:
    import textwrap

    path = tmp_path / "fails.py"
    path.write_text(preamble + textwrap.dedent(FAILS.format(error=OUT)))
    hello, frame, _ = train(path, {}, 0, "cpu", [6])
    assert "memory of the CUDA device is full" in str(hello["why"])
    assert frame["step"] == 6
    assert [message["type"] for message in prove(path, {}, 0, "cpu")] == ["hello", "device", "claim"]
