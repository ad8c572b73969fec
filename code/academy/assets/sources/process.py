"""Run the user's own package clients as separate processes that can be stopped at any moment."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from academy.assets.errors import SourceFailed
from academy.assets.sources.base import Deadline

ERRORS = ("error", "npm error", "e:", "dpkg-deb:")
"""How the lines begin in which a client says what went wrong."""
LONGEST_REASON = 400
"""Characters of a client's message that are repeated to the reader."""


def run(
    command: Sequence[str],
    folder: Path,
    deadline: Deadline,
    output: Path | None = None,
) -> None:
    """Run a client until it ends or the deadline passes, and leave nothing of it running.

    Args:
        command: Program and arguments; no shell takes part.
        folder: Where the client runs.
        deadline: When it is stopped, with everything it started.
        output: File that takes what the client prints on standard output.

    Raises:
        SourceFailed: If the program is missing, fails, or is not done in time.
    """
    with tempfile.TemporaryFile() as messages, Path(output or os.devnull).open("wb") as printed:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=messages,
                start_new_session=True,
            )
        except OSError as error:
            raise SourceFailed(f"{command[0]} cannot be run: {error.strerror}") from error
        try:
            status = process.wait(timeout=deadline.remaining())
        except subprocess.TimeoutExpired as error:
            raise SourceFailed(f"not done within {deadline.seconds:.0f} s") from error
        finally:
            stop(process)
        if status != 0:
            messages.seek(0)
            raise SourceFailed(reason(messages.read().decode(errors="replace")))


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and everything it started, if it still runs."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def reason(messages: str) -> str:
    """Pick from a client's messages the lines that say what went wrong."""
    lines = [line.strip() for line in messages.splitlines() if line.strip()]
    telling = [line for line in lines if line.lower().startswith(ERRORS)] or lines[-1:]
    chosen = "; ".join(line.removeprefix("error: ") for line in telling) or "failed without saying why"
    return chosen if len(chosen) <= LONGEST_REASON else chosen[:LONGEST_REASON] + " …"


def run_apart(main: Callable[..., None], arguments: Sequence[str], folder: Path, deadline: Deadline) -> None:
    """Run a function of ours in a Python process of its own, so that it can be stopped like any client.

    Args:
        main: A module's function; it runs in ``folder``.
        arguments: What it is called with.
        folder: Where it runs.
        deadline: When it is stopped.

    Raises:
        SourceFailed: If the function raises, or is not done in time.
    """
    program = (
        f"from {main.__module__} import {main.__name__} as main; from {__name__} import answer; answer(main)"
    )
    run([sys.executable, "-P", "-c", program, *arguments], folder, deadline)


def answer(main: Callable[..., None]) -> None:
    """Be the process that ``run_apart`` starts, and say in one line what went wrong."""
    try:
        main(*sys.argv[1:])
    except Exception as error:
        first = first_cause(error)
        sys.exit(f"error: {' '.join(str(first).split()) or type(first).__name__}")


def first_cause(error: BaseException) -> BaseException:
    """Go back from an error to the one that it all began with."""
    while earlier := error.__cause__ or error.__context__:
        error = earlier
    return error
