"""Executes pages side by side before they are read; MyST-NB then finds each in its cache.

MyST-NB alone would execute one page after another, each as it is read. A kernel computes on one thread, so
that a page's numbers do not depend on how many pages run beside it, or on how many cores there are. It runs
as the page's notebook does in Colab: in an empty folder, but for what the page's front matter names.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import joblib
import psutil
from academy.kernels import SocketFileKernel
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn, JupyterCacheAbstract
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from myst_nb.core.execute import ExecutionError
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_nb.sphinx_ import SphinxEnvType
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from academy_book import colab_cells, freshness, front_matter

logger = logging.getLogger(__name__)

THREADS = "OMP_NUM_THREADS"
"""The variable from which PyTorch and NumPy take how many threads they compute with."""
BYTES_A_KERNEL = 3e9
"""What a page may need; where memory is short, fewer run at once."""


def take_one_thread(app: Sphinx, config: Config) -> None:
    """Set the variable that the kernels inherit."""
    os.environ[THREADS] = "1"


def execute(app: Sphinx, env: SphinxEnvType, docnames: list[str]) -> None:
    """Execute those of the pages to be read whose outputs are not in the cache.

    Raises:
        ExecutionError: If a cell raises, or takes too long; its page, the cell and the error are named.
    """
    cache = get_cache(env.mystnb_config.execution_cache_path)
    missing = {name: page for name, page in notebooks(app, docnames) if not is_kept(cache, page)}
    for name, result in zip(missing, results(env, missing)):
        keep(cache, Path(env.doc2path(name)), result, name)


def notebooks(app: Sphinx, docnames: list[str]) -> Iterator[tuple[str, NotebookNode]]:
    """Yield the name and the notebook of each page that has cells, as MyST-NB will see it."""
    for name in docnames:
        text = Path(app.env.doc2path(name)).read_text(encoding="utf-8")
        if is_myst_markdown_notebook(text):
            described, _ = freshness.described(app, name, text)
            yield name, read_myst_markdown_notebook(described)


def is_kept(cache: JupyterCacheAbstract, notebook: NotebookNode) -> bool:
    """Tell whether the cache has what a notebook's cells say."""
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def results(env: SphinxEnvType, pages: dict[str, NotebookNode]) -> Iterator[ExecutionResult]:
    """Run notebooks, as many at once as there are cores and memory, and yield them in their order."""
    config = env.mystnb_config
    room = max(1, int(psutil.virtual_memory().total / BYTES_A_KERNEL))
    at_once = max(1, min(joblib.cpu_count(), room, len(pages)))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield from joblib.Parallel(n_jobs=at_once, return_as="generator")(
            joblib.delayed(single_nb_execution)(
                page,
                cwd=str(furnished(Path(folder, str(place)), Path(env.doc2path(name)))),
                timeout=config.execution_timeout,
                # Outputs may lag on a busy machine; without these two, nbclient drops those later than 4 s.
                iopub_timeout=config.execution_timeout,
                raise_on_iopub_timeout=True,
                kernel_manager_class=SocketFileKernel,
                allow_errors=config.execution_allow_errors,
                skip_cells_with_tag=colab_cells.TAG,
            )
            for place, (name, page) in enumerate(pages.items())
        )


def furnished(folder: Path, page: Path) -> Path:
    """Make a folder with what a page's front matter says that its cells read beside it; return it."""
    folder.mkdir()
    source = page.read_text(encoding="utf-8")
    for name in front_matter.lesson_entries(source, "files"):
        shutil.copyfile(page.parent / name, folder / name)
    for name in front_matter.lesson_entries(source, "folders"):
        shutil.copytree(page.parent / name, folder / name, symlinks=True)
    return folder


def keep(cache: JupyterCacheAbstract, path: Path, result: ExecutionResult, name: str) -> None:
    """Put what ran well into the cache; name what did not, and stop."""
    if result.err is not None:
        kind = type(result.err).__name__
        logger.warning("Executing notebook failed: %s\n%s", kind, result.exc_string, location=name)
        raise ExecutionError(str(path)) from result.err
    bundle = CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time})
    cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    logger.info("%s: Executed notebook in %.2f seconds", path, result.time)
