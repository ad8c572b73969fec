"""Runs a command, and ends with it all that it started: ``python holder.py COMMAND…``.

A process that leaves its parent and its session comes to process 1, where nobody would look for it. On Linux
this one takes its place: such orphans become its children, here to be counted, ended and forgotten. It is a
process of its own so that no other child of the caller is taken along. macOS has nothing like it: there an
orphan is found only by the session that it was started in.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys

import psutil

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def hold_orphans() -> None:
    """Have orphans come here, and be told when the caller has died; outside of Linux, do nothing."""
    if sys.platform == "linux":
        prctl = ctypes.CDLL(None).prctl
        prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def run(command: list[str]) -> None:
    """Wait for a command's end; forget orphans that end before."""
    started = subprocess.Popen(command)
    while os.wait()[0] != started.pid:
        pass


def end_the_rest() -> None:
    """End what still runs, and what comes here when its parent has ended, until nothing is left."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(ChildProcessError):
        while True:
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    process.kill()
            os.wait()


if __name__ == "__main__":
    hold_orphans()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    try:
        run(sys.argv[1:])
    finally:
        end_the_rest()
