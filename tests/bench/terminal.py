"""A child process on a pseudo-terminal, timed by the bytes it writes; and medians in a table."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

PATIENCE = 60.0  # seconds after which a benchmark has failed
_WHERE = b"\x1b[6n"  # a terminal is asked where its cursor stands


def studytool() -> list[str]:
    """The command that is measured: the installed script, else the module in this checkout."""
    script = Path(sys.executable).with_name("studytool")
    return [str(script)] if script.exists() else [sys.executable, "-m", "studytool"]


def environment(folder: Path) -> dict[str, str]:
    """The environment of a child: a log and settings of its own in `folder`, a terminal that knows all colours.

    Bytecode is written, whatever holds here: an installed program has it, and compiling it anew doubles a start.
    """
    checkout = str(Path(__file__).resolve().parents[2])
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
        "PYTHONPATH": checkout,
        "STUDYTOOL_DATA": str(folder / "data"),
        "STUDYTOOL_CONFIG": str(folder / "config"),
        "STUDYTOOL_CACHE": str(folder / "cache"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
    }


def stolen() -> tuple[float, float]:
    """Seconds that the host of a virtual machine has kept from it since it started, and those of all its processors."""
    told = [int(each) for each in Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]]
    ticks = os.sysconf("SC_CLK_TCK")
    return told[7] / ticks, sum(told) / ticks


class Child:
    """A program on a pseudo-terminal. It is killed at the end: what is measured has happened by then."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], columns: int = 80, rows: int = 24) -> None:
        master, slave = pty.openpty()
        fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=dict(env), start_new_session=True
        )
        os.close(slave)
        self._master = master
        self._unread = b""

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._process.pid

    def press(self, keys: str) -> float:
        """Type `keys`; returns the moment in seconds."""
        moment = time.perf_counter()
        os.write(self._master, keys.encode())
        return moment

    def painted(self, text: str) -> float:
        """Read until `text`, of one style on one row, has been written; returns the moment in seconds."""
        wanted, end = text.encode(), time.monotonic() + PATIENCE
        while wanted not in self._unread:
            ready, _, _ = select.select([self._master], [], [], max(end - time.monotonic(), 0))
            if not ready:
                raise SystemExit(f"{text!r} never came. The end of what did:\n{self._unread[-2000:]!r}")
            try:
                self._unread += os.read(self._master, 65536)
            except OSError:  # the other side is closed
                raise SystemExit(
                    f"The program ended before {text!r}:\n{self._unread.decode(errors='replace')}"
                ) from None
        moment = time.perf_counter()
        self._unread = self._unread.partition(wanted)[2]
        return moment

    def answered(self) -> float:
        """Read what is written next, whatever it is; returns the moment in seconds at which it began."""
        if not select.select([self._master], [], [], PATIENCE)[0]:
            raise SystemExit("Nothing was written.")
        moment = time.perf_counter()
        self._unread += os.read(self._master, 65536)
        return moment

    def listen(self, seconds: float) -> bytes:
        """All that is written within so many seconds."""
        heard, end = b"", time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._master], [], [], left)[0]:
                heard += os.read(self._master, 65536)
        return heard

    def take(self, most: int) -> bytes:
        """What has been written by now, up to so many bytes of it; nothing is waited for."""
        return os.read(self._master, most) if most > 0 and select.select([self._master], [], [], 0)[0] else b""

    def cpu(self) -> float:
        """Seconds of CPU time that the program itself has used, without those of its children (Linux)."""
        told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def ran(self) -> float:
        """Seconds that its present threads have run, to the microsecond: no waits, and nothing a host kept (Linux)."""
        told = [task / "schedstat" for task in Path(f"/proc/{self.pid}/task").iterdir()]
        return sum(int(path.read_text().split()[0]) for path in told) / 1e9

    def settle(self, seconds: float = 0.05) -> None:
        """Read on until nothing has come for so long: the screen is whole."""
        while select.select([self._master], [], [], seconds)[0]:
            try:
                self._unread = os.read(self._master, 65536)
            except OSError:
                return

    def forget(self) -> None:
        """What was written up to now does not count for `painted`."""
        self.settle()
        self._unread = b""

    def kill(self) -> None:
        """End it at once."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._master)


class SlowLine:
    """A line of `rate` bytes a second between a child and the terminal at its far end, where what comes is looked at.

    `ahead` bytes of what was written wait on the near side, as in the buffers of SSH and of the network. The terminal
    says where its cursor stands when it comes to the question.
    """

    def __init__(self, child: Child, rate: int, ahead: int) -> None:
        self._child, self._rate, self._ahead = child, rate, max(ahead, rate // 50)
        self._waiting = self._seen = b""
        self._at, self._owed = time.perf_counter(), 0.0

    def listen(self, seconds: float) -> None:
        """Look on for so long, and forget it."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self._carry()
        self._seen = b""

    def painted(self, text: str) -> float:
        """Look on until `text` has come through; returns the moment in seconds."""
        wanted, end = text.encode(), time.perf_counter() + PATIENCE
        while wanted not in self._seen:
            self._carry()
            if time.perf_counter() > end:
                raise SystemExit(f"{text!r} never came through. The end of what did:\n{self._seen[-2000:]!r}")
        self._seen = b""
        return time.perf_counter()

    def _carry(self) -> None:
        """Carry what the time since the last call is enough for."""
        time.sleep(0.005)
        now = time.perf_counter()
        self._waiting += self._child.take(self._ahead - len(self._waiting))
        self._owed = min(self._owed + (now - self._at) * self._rate, self._rate / 25)  # an idle line saves nothing up
        self._at, count = now, int(self._owed)
        through, self._waiting = self._waiting[:count], self._waiting[count:]
        self._owed -= len(through)
        before = self._seen[1 - len(_WHERE) :].count(_WHERE)
        for _ in range((self._seen[1 - len(_WHERE) :] + through).count(_WHERE) - before):
            self._child.press("\x1b[12;40R")
        self._seen += through


def table(rows: Mapping[str, Sequence[float]], against: str, goals: Mapping[str, float]) -> int:
    """Print medians in milliseconds and their ratios to the row `against`; 1 if a goal (a ratio) is missed, else 0."""
    base, missed = median(rows[against]), 0
    width = max(map(len, rows))
    print(f"{'':<{width}}  {'median':>8}  {'fastest':>8}  {'slowest':>8}  {'ratio':>6}  goal")
    for name, seconds in rows.items():
        middle = median(seconds)
        goal = goals.get(name)
        verdict = "" if goal is None else f"<= {goal:g}  {'ok' if middle <= goal * base else 'MISSED'}"
        missed |= goal is not None and middle > goal * base
        figures = "  ".join(f"{1000 * value:>5.1f} ms" for value in (middle, min(seconds), max(seconds)))
        print(f"{name:<{width}}  {figures}  {middle / base:>6.2f}  {verdict}")
    return missed
