"""Run the user's own package clients as separate processes that can be stopped at any moment."""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from academy.assets.errors import SourceFailed
from academy.assets.sources.base import Deadline

LONGEST_REASON = 400
"""Characters of a client's message that are repeated to the reader."""


def run(
    command: Sequence[str],
    folder: Path,
    deadline: Deadline,
    environment: Mapping[str, str] | None = None,
    output: Path | None = None,
) -> None:
    """Run a client until it ends or the deadline passes, and leave nothing of it running.

    Args:
        command: Program and arguments; no shell takes part.
        folder: Where the client runs.
        deadline: When it is stopped, with everything it started.
        environment: Variables on top of this process's own.
        output: File that takes what the client prints on standard output.

    Raises:
        SourceFailed: If the program is missing, fails, or is not done in time.
    """
    with tempfile.TemporaryFile() as messages, open(output or os.devnull, "wb") as printed:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env={**os.environ, **(environment or {})},
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
    telling = [line for line in lines if line.lower().startswith(("error", "npm error", "e:", "dpkg-deb:"))]
    chosen = "; ".join(telling or lines[-1:]) or "failed without saying why"
    return chosen if len(chosen) <= LONGEST_REASON else chosen[:LONGEST_REASON] + " …"
