"""Runs a command with a limit of time and one of memory, and leaves nothing of it behind.

Memory is watched from outside, with psutil, the same on Linux and macOS. `RLIMIT_AS` counts what a
program reserves, for PyTorch several times what it uses, and macOS does not hold a program to it.

Between the caller and the command stands `holder.py`, to which on Linux all that the command left behind
comes back. On macOS a process that leaves both its parent and its session before anybody looked escapes.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

import psutil

from academy.sandbox import holder

PAUSE = 0.2
"""Seconds between two looks."""
LOOKS = 3
"""Looks in a row that must find too much memory: a process that is just starting another counts twice, since
the new one shares its memory until it is a program of its own. A program may exceed its memory by what it
fills in that time."""
PATIENCE = 10.0
"""Seconds that the holder has to end all it holds."""


class LimitExceeded(Exception):
    """A command was ended because it took too long or too much."""


@dataclass
class Watched:
    """A command's holder with all that the command started, told also by sessions, which outlive parents."""

    holder: psutil.Popen
    sessions: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.sessions = {self.holder.pid}

    def members(self) -> list[psutil.Process]:
        """Return the processes that run now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            held = self.holder.children(recursive=True)
            self.sessions |= {session_of(process.pid) for process in held}
        self.sessions -= {os.getsid(0), 0}
        members = [each for each in psutil.process_iter() if session_of(each.pid) in self.sessions]
        self.sessions &= {session_of(each.pid) for each in members}  # a number may be given again
        return members

    def memory(self) -> int:
        """Return the bytes of memory in use."""
        total = 0
        for process in self.members():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def end(self) -> None:
        """Have the holder end all of it; end what is left where the holder was hindered."""
        with contextlib.suppress(psutil.Error):
            self.holder.terminate()
        ended(self.holder, PATIENCE)
        left = self.members()
        for process in left:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=1)
        self.holder.wait()


def session_of(process: int) -> int:
    """Return the session a process belongs to; 0 when it has ended or is not ours to ask."""
    try:
        return os.getsid(process)
    except OSError:
        return 0


def run_limited(
    command: Sequence[str],
    seconds: float,
    gigabytes: float,
    folder: str,
    environment: dict[str, str],
    said: int | IO[bytes] = subprocess.DEVNULL,
) -> None:
    """Run a command to its end in a session of its own.

    Args:
        command: Program and arguments.
        seconds: Time it may take.
        gigabytes: Resident memory that it and all it starts may use together, in 10⁹ bytes.
        folder: Where it runs.
        environment: Its environment variables.
        said: Where its standard error goes.

    Raises:
        LimitExceeded: If it was ended; the message is the end of a sentence.
    """
    watched = Watched(
        psutil.Popen(
            [sys.executable, "-P", holder.__file__, *command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
    )
    deadline = time.monotonic() + seconds
    above = 0  # looks in a row
    try:
        while not ended(watched.holder, PAUSE):
            above = above + 1 if watched.memory() > gigabytes * 1e9 else 0
            if above == LOOKS:
                raise LimitExceeded(f"used more than {gigabytes:g} GB of memory")
            if time.monotonic() > deadline:
                raise LimitExceeded("did not stop when its time was over")
    finally:
        watched.end()


def ended(process: psutil.Popen, seconds: float) -> bool:
    """Wait for a process; tell whether it has ended."""
    try:
        process.wait(seconds)
    except psutil.TimeoutExpired:
        return False
    return True
