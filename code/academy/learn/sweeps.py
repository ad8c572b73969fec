"""Results of runs too long for a page: a small file in the package, so that a notebook finds it anywhere."""

import hashlib
import inspect
import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from os import cpu_count
from pathlib import Path
from typing import Annotated, Any

import torch
import typer
from joblib import delayed

from academy.atomic import atomic_write
from academy.learn.workers import Workers

PACKAGE = Path(__file__).parents[1]

Row = dict[str, Any]


def file_of(name: str) -> Path:
    """Name the file of a sweep: in the folder ``results`` of the lesson or competition that it belongs to."""
    place, _, varied = name.rpartition("/")
    return PACKAGE / place / "results" / f"{varied}.json"


def write_sweep(name: str, settings: Row, rows: list[Row], seconds: float) -> Path:
    """Write the results of a sweep, whole or not at all, with versions and the kind of machine.

    Args:
        name: Where it belongs and what was varied, as in ``lessons/lesson1/width_depth``.
        settings: What all runs share: seeds, steps, sizes.
        rows: What was varied in each run and what came out.
        seconds: Time that all runs took together.

    Returns:
        The JSON file made.
    """
    machine = f"{platform.system()} {platform.machine()}, {cpu_count()} cores"
    versions = {"python": platform.python_version(), "torch": torch.__version__}
    head = {"settings": settings, "machine": machine, "versions": versions, "seconds": round(seconds)}
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    table = ",\n".join(f"    {json.dumps(row)}" for row in rows)
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, "\n".join(["{", *lines, '  "rows": [', table, "  ]", "}", ""]))
    return path


def read_sweep(name: str) -> Row:
    """Read what :func:`write_sweep` wrote.

    Args:
        name: Where it belongs and what was varied, as in ``lessons/lesson1/width_depth``.

    Returns:
        The keys ``settings``, ``machine``, ``versions``, ``seconds`` and ``rows``.

    Raises:
        FileNotFoundError: If there is no such sweep; the message lists those there are.
    """
    path = file_of(name)
    if not path.exists():
        names = sorted(file.stem for file in path.parent.glob("*.json"))
        raise FileNotFoundError(f"there is no sweep {name!r}; beside it are {names}")
    found: Row = json.loads(path.read_text(encoding="utf-8"))
    return found


ONE_WORKER = Workers()


@dataclass(frozen=True)
class Sweep:
    """Runs that differ in what a row says; each is kept as soon as it is done, and is not done again.

    A row's run takes one thread, so that its numbers do not depend on how many run beside it.
    """

    rows: Sequence[Row]
    """The arguments of each run, as JSON has them."""
    run: Callable[..., Row]
    """A function of a script or of the package; it gives what comes into the table."""
    name: str
    """Where it belongs and what was varied, as in ``lessons/lesson1/width_depth``."""
    settings: Row
    """What all runs share."""

    @property
    def partial(self) -> Path:
        """The file of what is done so far: another one when the settings or the code have changed."""
        state = json.dumps([self.settings, torch.__version__, code_of(inspect.getfile(unwrapped(self.run)))])
        return file_of(self.name).with_suffix(f".part-{hashlib.sha256(state.encode()).hexdigest()[:8]}")

    def done(self) -> dict[str, Row]:
        """Read what is done: by the row's arguments its ``result`` and ``seconds``."""
        return json.loads(self.partial.read_text(encoding="utf-8")) if self.partial.exists() else {}

    def results(self, workers: Workers = ONE_WORKER) -> list[Row]:
        """Run the rows that are not done yet.

        Args:
            workers: Who runs them.

        Returns:
            What each run gave, in the order of the rows.
        """
        done, keys = self.done(), [key_of(row) for row in self.rows]
        missing = [index for index, key in enumerate(keys) if key not in done]
        if not missing:
            return [done[key]["result"] for key in keys]
        self.partial.parent.mkdir(parents=True, exist_ok=True)
        with workers.started() as parallel:
            calls = (delayed(timed)(index, self.run, self.rows[index]) for index in missing)
            for index, own in parallel(calls):
                done[keys[index]] = own
                atomic_write(self.partial, json.dumps(done))
                print(f"{len(done)}: {keys[index]} took {own['seconds']:.1f} s", flush=True)
        return [done[key]["result"] for key in keys]

    def write(self, results: list[Row], **more_settings: Any) -> Path:
        """Write the table; what was kept on the way is not needed any more.

        Args:
            results: Rows of the table.
            more_settings: What is known only at the end.

        Returns:
            The JSON file made.
        """
        seconds = sum(own["seconds"] for own in self.done().values())
        path = write_sweep(self.name, self.settings | more_settings, results, seconds)
        self.partial.unlink(missing_ok=True)
        return path


def timed(index: int, run: Callable[..., Row], row: Row) -> tuple[int, Row]:
    """Run one row on one thread; give its number, and its result as JSON keeps it with its time."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    begin = time.perf_counter()
    try:
        result = json.loads(json.dumps(run(**row)))
    except Exception as error:
        error.add_note(f"This happened in the row {key_of(row)}; rows that are done are kept.")
        raise
    finally:
        torch.set_num_threads(threads)
    return index, {"result": result, "seconds": time.perf_counter() - begin}


def key_of(row: Row) -> str:
    """Write a row's arguments in one way."""
    return json.dumps(row, sort_keys=True)


def unwrapped(run: Callable[..., Row]) -> Callable[..., Row]:
    """Find the function behind arguments that are given already."""
    return getattr(run, "func", run)


@cache
def code_of(script: str) -> str:
    """Hash a script and all of the package that it has imported."""
    package = {module.__file__ for name, module in list(sys.modules.items()) if name.startswith("academy.")}
    files = sorted({script, *(file for file in package if file)})
    return hashlib.sha256(b"".join(Path(file).read_bytes() for file in files)).hexdigest()


def command(main: Callable[[Workers], object]) -> None:
    """Run a sweep's script with the options of its command line."""

    def run(
        workers: Annotated[int, typer.Option(min=1, help="Rows that run at once.")] = cpu_count() or 1,
        dask: Annotated[str | None, typer.Option(help="Scheduler of a Dask cluster to run the rows.")] = None,
    ) -> None:
        main(Workers(workers, dask))

    run.__doc__ = inspect.getdoc(main)
    typer.run(run)
