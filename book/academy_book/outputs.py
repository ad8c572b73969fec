"""An error among a page's outputs fails the build, although no cell stopped.

A figure that cannot be drawn and an object that cannot be shown raise after their cell's last line: the
cell counts as run, and a traceback stands where a picture should. The execution cache keeps such a run as
a good one; here it is dropped, so that the page runs again.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
from academy.foreign import cleaned
from docutils import nodes
from jupyter_cache import get_cache
from myst_nb.sphinx_ import NbMetadataCollector
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

LONGEST = 200
"""Characters of an error that a warning shows."""


def refuse_errors(app: Sphinx, doctree: nodes.document) -> None:
    """Complain of each error that the page's cells left, and forget that they ran."""
    docname = app.env.docname
    if not NbMetadataCollector.get_doc_data(app.env)[docname].get("exec_data"):
        return
    written = Path(app.outdir).parent / "jupyter_execute" / f"{docname}.ipynb"
    cache = get_cache(Path(app.outdir).parent / ".jupyter_cache")
    record, notebook = cache.merge_match_into_notebook(nbformat.read(written, as_version=4))
    found = dict.fromkeys(errors(notebook))  # one figure may fail several times over
    for index, error in found:
        place = (docname, notebook.metadata.source_map[index] + 1)
        logger.warning("code cell %s left an error: %s", index, error, location=place, type="outputs")
    if found:
        cache.remove_cache(record)


def errors(notebook: NotebookNode) -> Iterator[tuple[int, str]]:
    """Yield each error among the outputs of a notebook, with the index of its cell."""
    for index, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                yield index, cleaned(f"{output.ename}: {output.evalue}", LONGEST)
