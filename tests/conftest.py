"""What every test gets: a home of its own, so that none can read or write what belongs to whoever runs the tests."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import studytool
from studytool.demo import spawn
from tests.warm import TORCH, WARM

MEMORY, ROOM = Path("/dev/shm"), 2 * 2**30
"""A file system in memory, and the bytes that must be free there: what failed tests have written is kept."""


settings.register_profile("alike", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("alike")
"""The same examples in every run, however long they take. `pytest --hypothesis-profile=default` looks for others."""


def pytest_configure(config: pytest.Config) -> None:
    """What must hold before the first test is collected, in each worker."""
    keep_in_memory()
    be_at_noon()
    if not config.getoption("hypothesis_profile", None):
        draw_no_constants()


def draw_no_constants() -> None:
    """Have no examples made of the constants in modules that are loaded: those are others after each order of tests."""
    with suppress(ImportError, AttributeError):
        from hypothesis.internal.conjecture import providers

        nothing = providers.Constants()
        providers._get_local_constants = lambda: nothing


def be_at_noon() -> None:
    """Have it be between noon and one, in this process and its children: no day ends while a test goes on.

    The date is that of UTC. What depends on the hour is tested with moments that are given.
    """
    if "TZ" not in os.environ:
        os.environ["TZ"] = f"NOON{time.gmtime().tm_hour - 12:+d}"
        time.tzset()


def keep_in_memory() -> None:
    """Keep the tests' folders in memory where that can be: every answer is written through to the disk, and there are
    tens of thousands. Not where nothing in memory may be executed, as in some containers: some tests write programs."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    state = os.statvfs(MEMORY)
    if state.f_bavail * state.f_frsize >= ROOM and not state.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
        os.environ.setdefault("TMPDIR", str(MEMORY))
        tempfile.tempdir = None  # it is found anew


def import_in_turn(config: pytest.Config) -> None:
    """Import what will be collected, each worker beginning elsewhere: what one has compiled, the others only read.

    In a fresh checkout nothing is compiled, and to do that takes longer than all else before the first test.
    """
    worker: dict[str, Any] | None = getattr(config, "workerinput", None)
    if worker is None:
        return
    files: list[Path] = []
    for path in (config.invocation_params.dir / argument.partition("::")[0] for argument in config.args):
        files += sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    begin = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for path in (*files[begin:], *files[:begin]):
        with suppress(Exception, pytest.skip.Exception):  # the collection tells it
            importlib.import_module(".".join(path.relative_to(config.rootpath).with_suffix("").parts))


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Nothing of what is collected becomes garbage: to look for it takes a quarter of the time, in each worker."""
    gc.disable()
    try:
        import_in_turn(session.config)
        return (yield)
    finally:
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked as slow may take as long as it takes."""
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.timeout(0))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """What `-n auto` means here: two more than there are cores, for many tests wait: for a child, a screen, a clock."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return len(os.sched_getaffinity(0)) + 2 if hasattr(os, "sched_getaffinity") else None


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home with the folders `data` and `config` in it (not created), in force for child processes too."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("STUDYTOOL_DATA", str(folder / "data"))
    monkeypatch.setenv("STUDYTOOL_CONFIG", str(folder / "config"))
    monkeypatch.setenv("STUDYTOOL_CACHE", str(folder / "cache"))
    for name in ("VISUAL", "EDITOR", "NO_COLOR", "STUDYTOOL_THEME"):
        monkeypatch.delenv(name, raising=False)
    # A child that may keep what it compiles starts in a third of the time: there are thousands.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    # A child process finds the same studytool as the tests, installed or not, wherever it is started.
    monkeypatch.setenv("PYTHONPATH", str(Path(studytool.__file__).resolve().parents[1]))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def warm() -> Iterator[None]:
    """Demo processes are forked from one that has imported torch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spawn, "subprocess", TORCH)
        yield
    TORCH.close()
    WARM.close()
