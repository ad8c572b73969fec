"""Runs a command of the book and records how long it took, for the page "How this book was made".

    python tools/command_clock.py ci      # .ci/run
    python tools/command_clock.py book    # make clean book: nothing is kept of an earlier build
    python tools/command_clock.py again   # make book, with nothing changed since

It takes a machine that does nothing else, and a Python that has the package.
"""

import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from academy.learn.sweeps import file_of, read_sweep, write_sweep

ROOT = Path(__file__).parents[1]
RESULTS = "benchmarks/clock"
COMMANDS = {
    "ci": (["bash", ".ci/run"], ".ci/run", "every check and every test"),
    "book": (["make", "clean", "book"], "make book", "the first time, every page executed"),
    "again": (["make", "book"], "make book", "again, with nothing changed"),
}
"""Each by its name: what is run, what readers type, and what it does."""


def timed(command: list[str]) -> float:
    """Run a command in the repository; return the seconds it took.

    Raises:
        BadParameter: If it fails: what stopped early tells no time.
    """
    began = time.monotonic()
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        raise typer.BadParameter(f"{' '.join(command)} ended with {code}; its time is not recorded")
    return time.monotonic() - began


def with_row(rows: list[dict[str, object]], row: dict[str, object]) -> list[dict[str, object]]:
    """Return rows with one in place of an earlier one of its name, in the order of the commands."""
    others = [each for each in rows if each["name"] != row["name"]]
    return sorted([*others, row], key=lambda each: [*COMMANDS].index(str(each["name"])))


def main(name: Annotated[str, typer.Argument(help=", ".join(COMMANDS))]) -> None:
    """Run a command and record its time."""
    if name not in COMMANDS:
        raise typer.BadParameter(f"there is no “{name}”, only: {', '.join(COMMANDS)}")
    command, typed, does = COMMANDS[name]
    seconds = timed(command)
    row = {
        "name": name,
        "command": typed,
        "does": does,
        "seconds": round(seconds),
        "on": f"{datetime.now(UTC):%Y-%m-%d}",
    }
    kept = read_sweep(RESULTS)["rows"] if file_of(RESULTS).is_file() else []
    print(write_sweep(RESULTS, {}, with_row(kept, row), seconds), file=sys.stderr)


if __name__ == "__main__":
    typer.run(main)
