"""Each lesson's page as a notebook: `notebooks/lessonN.ipynb` beside the HTML.

Written from the resolved doctree of the same build, where numbers, links and glued values are known.
Outputs are left out: a notebook is there to be run.
"""

import io
import os
import zipfile
from base64 import b64encode
from pathlib import Path
from textwrap import wrap
from urllib.parse import urljoin

import nbformat
from academy.atomic import atomic_write
from docutils import nodes
from myst_nb.core.read import read_myst_markdown_notebook
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from academy_book import colab_cells, front_matter, homework, launch
from academy_book.events import on_pages
from academy_book.front_matter import Lesson
from academy_book.notebook_markdown import CodeCell, NotebookMarkdown, Page

logger = logging.getLogger(__name__)

INSTALL = """\
# Colab and other places that lack the book's package get it here; elsewhere this does nothing.
import importlib.util

if importlib.util.find_spec("academy") is None:
    %pip install -q "pa-academy @ git+{repository}"
"""

FOLDER = """\
# The folder “{name}” that the cells below read, as it was when this notebook was made.
import base64, io, zipfile

packed = \"\"\"
{text}
\"\"\"
zipfile.ZipFile(io.BytesIO(base64.b64decode(packed))).extractall()"""
LARGEST_CARRIED = 2_000_000
"""Bytes of a file in such a folder."""

FOLDED = {"jupyter": {"source_hidden": True}, "cellView": "form"}


@on_pages
def export(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the notebook of a lesson's page."""
    if not front_matter.is_lesson_page(docname):
        return
    path = Path(app.env.doc2path(docname))
    source = path.read_text(encoding="utf-8")
    lesson = front_matter.lesson_of(app, docname)
    written = NotebookMarkdown(page_of(app, docname)).write(doctree.deepcopy())
    originals = read_myst_markdown_notebook(source).cells
    needs_hub = any(colab_cells.TAG in tags_of(cell) for cell in originals)
    cells = [
        install_cell(app),
        *([new_code_cell(colab_cells.SETUP, metadata=dict(FOLDED))] if needs_hub else []),
        *(file_cell(path.parent / name) for name in lesson.files),
        *(folder_cell(path.parent, name) for name in lesson.folders),
        *(
            code_cell(part, originals) if isinstance(part, CodeCell) else new_markdown_cell(part)
            for part in written
        ),
    ]
    save(cells, lesson, Path(app.outdir, "notebooks", launch.notebook_name(docname)))


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Complain of pages whose notebooks would overwrite each other."""
    taken: dict[str, str] = {}
    for docname in sorted(filter(front_matter.is_lesson_page, env.found_docs)):
        name = launch.notebook_name(docname)
        if taken.setdefault(name, docname) != docname:
            message = "its notebook would be %s, which is that of %s: give one of the pages another name"
            logger.warning(message, name, taken[name], location=docname, type="notebooks")


def page_of(app: Sphinx, docname: str) -> Page:
    """Collect what the writer must know of a page."""
    site = app.config.html_baseurl.rstrip("/") + "/"
    return Page(
        address=urljoin(site, app.builder.get_target_uri(docname)),
        images={uri: urljoin(site, f"_images/{name}") for uri, name in app.builder.images.items()},
        numbers=app.env.toc_fignumbers.get(docname, {}),
    )


def install_cell(app: Sphinx) -> NotebookNode:
    """Make the cell that installs the book's package where it is missing."""
    repository = app.config.html_theme_options["repository_url"]
    return new_code_cell(INSTALL.format(repository=repository).rstrip(), metadata=dict(FOLDED))


def file_cell(path: Path) -> NotebookNode:
    """Make a cell that writes a small text file which the page's cells read."""
    text = path.read_text(encoding="utf-8").rstrip("\n")
    return new_code_cell(f"%%writefile {path.name}\n{text}", metadata=dict(FOLDED))


def folder_cell(parent: Path, name: str) -> NotebookNode:
    """Make a cell that writes a folder of small files which the page's cells read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted((parent / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST_CARRIED:
                name_within = os.fsencode(path.relative_to(parent)).decode(errors="replace")
                entry = zipfile.ZipInfo(name_within)  # without the time of the build
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    text = b64encode(packed.getvalue()).decode()
    return new_code_cell(FOLDER.format(name=name, text="\n".join(wrap(text, 100))), metadata=dict(FOLDED))


def code_cell(cell: CodeCell, originals: list[NotebookNode]) -> NotebookNode:
    """Make a code cell from the page's own, folded where the page hides it, a task without its solution."""
    original = originals[cell.index]
    tags = tags_of(original)
    source = homework.starter(original.source) if homework.TAG in tags else original.source
    if colab_cells.TAG in tags:
        source = colab_cells.runnable(source)
    metadata: dict[str, object] = {"tags": tags} if tags else {}
    if cell.solution or {"hide-input", "hide-cell", "remove-input"} & set(tags):
        metadata |= FOLDED
    return new_code_cell(source, metadata=metadata)


def tags_of(cell: NotebookNode) -> list[str]:
    """Return the tags of a page's cell."""
    return list(cell.metadata.get("tags", []))


def save(cells: list[NotebookNode], lesson: Lesson, target: Path) -> None:
    """Validate a notebook and write it, the same bytes each time."""
    for position, cell in enumerate(cells):
        cell["id"] = f"cell-{position}"
    metadata: dict[str, object] = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "colab": {"provenance": []} | ({"gpuType": "T4"} if lesson.gpu else {}),
    }
    if lesson.gpu:
        metadata["accelerator"] = "GPU"
    notebook = new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(notebook)
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(target, nbformat.writes(notebook) + "\n")
