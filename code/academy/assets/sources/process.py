"""Run the user's own package clients as separate processes that can be stopped at any moment."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from io import BufferedReader
from pathlib import Path
from typing import cast

from academy.assets.disk import FULL, full_disk
from academy.assets.errors import SourceFailed
from academy.assets.folders import size
from academy.assets.sources.base import Limits
from academy.foreign import cleaned

ERRORS = ("error", "npm error", "e:", "dpkg-deb:")
"""How the lines begin in which a client says what went wrong."""
LONGEST_REASON = 400
"""Characters of a client's message that are repeated to the reader."""
LONGEST_TAIL = 1 << 16
"""Bytes of a client's messages in which the reason is looked for."""
PATIENCE = 5
"""Seconds that are waited for the last words of a client that has ended."""
PAUSE = 0.05
"""Seconds between two looks at what a client has written."""


def run(
    command: Sequence[str],
    folder: Path,
    limits: Limits,
    output: Path | None = None,
) -> None:
    """Run a client until it ends or takes too much, and leave nothing of it running.

    Args:
        command: Program and arguments; no shell takes part.
        folder: Where the client runs and keeps what is temporary.
        limits: When it is stopped, with everything it started.
        output: File in the folder that takes what the client prints on standard output.

    Raises:
        SourceFailed: If the program is missing or fails, is not done in time, or brings too much.
        OSError: If it found the disk full.
    """
    with Path(output or os.devnull).open("wb") as printed:
        try:
            process = subprocess.Popen(
                command,
                cwd=folder,
                env=surroundings(folder),
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            raise SourceFailed(f"{command[0]} cannot be run: {error.strerror}") from error
    messages = Messages(process)
    try:
        attend(process, folder, limits)
    finally:
        stop(process)
    if process.returncode != 0:
        said = messages.text()
        raise full_disk(said) or SourceFailed(reason(said))


class Messages(threading.Thread):
    """Keeps the end of what a client says: in memory, since the disk may be full."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        super().__init__(daemon=True)
        self.pipe = cast(BufferedReader, process.stderr)
        self.end = b""
        self.start()

    def run(self) -> None:
        """Listen until the client has ended."""
        with self.pipe:
            while block := self.pipe.read1(LONGEST_TAIL):
                self.end = (self.end + block)[-LONGEST_TAIL:]

    def text(self) -> str:
        """Give what was kept, once the client has ended."""
        self.join(PATIENCE)
        return self.end.decode(errors="replace")


def surroundings(folder: Path) -> dict[str, str]:
    """Have a client keep in its folder what is temporary, where it is counted, and speak English."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), str(folder)), "LC_ALL": "C"}


def attend(process: subprocess.Popen[bytes], folder: Path, limits: Limits) -> None:
    """Wait until a client has ended, as long as it keeps within its limits.

    The bytes are counted from outside, in the folder that it writes to: so every client is held to them.
    """
    before, running = size(folder), True
    while running:
        running = not has_ended(process, min(PAUSE, limits.remaining()))
        if (came := size(folder) - before) > limits.bytes:
            raise SourceFailed(f"ended after {came:,} bytes, since no more than {limits.bytes:,} should come")
        if running and not limits.remaining():
            raise SourceFailed(f"not done within {limits.seconds:.0f} s")


def has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Wait a moment for a process; tell whether it has ended."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.returncode is not None


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
    return cleaned(chosen, LONGEST_REASON)


def delivered(folder: Path, pattern: str) -> Path:
    """Find a file that a client has left in its folder.

    Args:
        folder: Where it ran.
        pattern: The file's path, with ``*`` for what is not known beforehand.

    Raises:
        SourceFailed: If there is none, or a link in its place.
    """
    for place in folder.glob(pattern):
        if place.is_file() and place.resolve() == folder.resolve() / place.relative_to(folder):
            return place
    raise SourceFailed(f"brought no {pattern}")


def run_apart(main: Callable[..., None], arguments: Sequence[str], folder: Path, limits: Limits) -> None:
    """Run a function of ours in a Python process of its own, so that it can be stopped like any client.

    Args:
        main: A module's function; it runs in ``folder``.
        arguments: What it is called with.
        folder: Where it runs.
        limits: When it is stopped.

    Raises:
        SourceFailed: If the function raises, is not done in time, or brings too much.
        OSError: If it found the disk full.
    """
    program = (
        f"from {main.__module__} import {main.__name__} as main; from {__name__} import answer; answer(main)"
    )
    run([sys.executable, "-P", "-c", program, *arguments], folder, limits)


def answer(main: Callable[..., None]) -> None:
    """Be the process that ``run_apart`` starts, and say in one line what went wrong."""
    try:
        main(*sys.argv[1:])
    except Exception as error:
        told = telling_cause(error)
        sys.exit(f"error: {' '.join(str(told).split()) or type(told).__name__}")


def telling_cause(error: BaseException) -> BaseException:
    """Go back from an error to a full disk, or to the error that it all began with."""
    while not (isinstance(error, OSError) and error.errno in FULL):
        earlier = error.__cause__ or error.__context__
        if earlier is None:
            break
        error = earlier
    return error
