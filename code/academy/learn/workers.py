"""Who does many things at once: processes or threads of this machine, or a Dask cluster."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from joblib import Parallel, parallel_config


@dataclass(frozen=True)
class Workers:
    """How many work at once, and where."""

    count: int = 1
    dask: str | None = None
    """Address of a cluster's scheduler, as in ``tcp://127.0.0.1:8786``; its workers have the package."""
    threads: bool = False
    """Whether threads will do on this machine, because each call waits for a process of its own."""

    @contextmanager
    def started(self) -> Iterator[Parallel]:
        """Give what runs many calls at once, in whichever order they end.

        Raises:
            ImportError: If a cluster is asked for and Dask is not installed.
        """
        if self.dask is None:
            prefer = "threads" if self.threads else None
            yield Parallel(self.count, prefer=prefer, batch_size=1, return_as="generator_unordered")
            return
        try:
            from distributed import Client
        except ImportError as error:
            raise ImportError("a Dask cluster needs Dask: pip install dask distributed") from error
        with Client(self.dask) as client, parallel_config(backend="dask", client=client):
            yield Parallel(n_jobs=-1, batch_size=1, return_as="generator_unordered")
