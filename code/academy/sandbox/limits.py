"""Runs a command with a limit of time and one of memory, and leaves nothing of it behind.

Memory is watched from outside, with psutil, the same on Linux and macOS. `RLIMIT_AS` counts what a
program reserves, for PyTorch several times what it uses, and macOS does not hold a program to it.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import psutil

PAUSE = 0.2
"""Seconds between two looks; a program may exceed its memory by what it fills in that time."""


class LimitExceeded(Exception):
    """A command was ended because it took too long or too much."""


@dataclass
class Watched:
    """A command with all that it started, told by their sessions, which outlive who opened them."""

    command: subprocess.Popen[bytes]
    sessions: set[int] = field(default_factory=set)

    def members(self) -> list[psutil.Process]:
        """Return the processes that run now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            started = psutil.Process(self.command.pid).children(recursive=True)
            self.sessions |= {session_of(process.pid) for process in started}
        self.sessions = (self.sessions | {self.command.pid}) - {os.getsid(0), 0}
        return [each for each in psutil.process_iter() if session_of(each.pid) in self.sessions]

    def memory(self) -> int:
        """Return the bytes of memory in use."""
        total = 0
        for process in self.members():
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total

    def end(self) -> None:
        """End all of it, and give it a moment to be gone."""
        running = self.members()
        for process in running:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(running, timeout=1)
        self.command.wait()


def session_of(process: int) -> int:
    """Return the session a process belongs to; 0 when it has ended or is not ours to ask."""
    try:
        return os.getsid(process)
    except OSError:
        return 0


def run_limited(
    command: Sequence[str], seconds: float, gigabytes: float, folder: str, environment: dict[str, str]
) -> None:
    """Run a command to its end, silently, in a session of its own.

    Args:
        command: Program and arguments.
        seconds: Time it may take.
        gigabytes: Resident memory that it and all it starts may use together, in 10⁹ bytes.
        folder: Where it runs.
        environment: Its environment variables.

    Raises:
        LimitExceeded: If it was ended; the message is the end of a sentence.
    """
    watched = Watched(
        subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    )
    deadline = time.monotonic() + seconds
    try:
        while not ended(watched.command):
            if watched.memory() > gigabytes * 1e9:
                raise LimitExceeded(f"used more than {gigabytes:g} GB of memory")
            if time.monotonic() > deadline:
                raise LimitExceeded("did not stop when its time was over")
    finally:
        watched.end()


def ended(command: subprocess.Popen[bytes]) -> bool:
    """Wait a moment for a command; tell whether it has ended."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        command.wait(PAUSE)
    return command.returncode is not None
