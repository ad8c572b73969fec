"""The runs that can be chosen: those of a folder, and the one that ships with the package."""

from pathlib import Path
from typing import Any

from academy.data.reading import in_quotes
from academy.lessons.lesson5.runs import DamagedRun, FaceRun, read_run, runs_in
from academy.lessons.lesson5.shipped import shipped_run

SHIPPED = "lesson/5"
"""What the run that ships is called; no folder can have this name."""


class Collection:
    """Runs by their names, the most recent first, the one that ships last.

    Args:
        folder: Where runs are; it need not be there.
        first: Name of the run to begin with; by default the most recent one.

    Raises:
        DamagedRun: If the one named is damaged.
        ValueError: If there is none of this name.
    """

    def __init__(self, folder: Path, first: str | None = None) -> None:
        self.folder, self.wanted = folder, first
        self.runs: dict[str, FaceRun] = {}
        self.look()
        if first is not None and first not in self.runs:
            read_run(folder / first)  # says what is wrong with it
            raise ValueError(f"There is no run {in_quotes(first)} in {folder}.")

    @property
    def names(self) -> list[str]:
        """Name the runs that there are."""
        return list(self.runs)

    @property
    def first(self) -> str:
        """Name the run to begin with."""
        return self.wanted if self.wanted in self.runs else self.names[0]

    def look(self) -> list[DamagedRun]:
        """Look into the folder again, and say which runs are damaged."""
        runs, damaged = runs_in(self.folder)
        self.runs = {**dict(reversed(runs.items())), SHIPPED: shipped_run()}
        return damaged

    def held(self, name: Any) -> FaceRun:
        """Give a run as it was when it was last read.

        Raises:
            DamagedRun: If there is none of this name.
        """
        if isinstance(name, str) and name in self.runs:
            return self.runs[name]
        raise DamagedRun(f"The run {in_quotes(str(name))} is not there any more. Choose another one.")

    def read(self, name: Any) -> FaceRun:
        """Read a run anew, as it may have changed or gone.

        Raises:
            DamagedRun: If it has gone, or is damaged now.
        """
        run = self.held(name)
        if name == SHIPPED:
            return run
        try:
            self.runs[name] = read_run(self.folder / name)
        except DamagedRun:
            del self.runs[name]
            raise
        return self.runs[name]
