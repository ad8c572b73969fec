"""A page runs again exactly when something its cells read has changed.

The execution cache compares code cells and the kernel's description, nothing else. So a fingerprint of
all else that a page reads joins that description: the package's modules that its cells import, directly
or not, each with the table `….toml` of its name beside it; results of its longer sweeps, kept in the
package's folder of the page's name as `results/….json`; the assets, files and folders that its front matter
names; the locked requirements. How assets are fetched is left out: what arrives has the registered sums, or
does not arrive. A reverted edit gives the old fingerprint, and the cache answers again.
"""

import ast
import hashlib
import importlib.util
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
from academy.assets import registry
from IPython.core.inputtransformer2 import TransformerManager
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging

from academy_book import front_matter

logger = logging.getLogger(__name__)

LOCK = "requirements.txt"
TABLE = ".toml"
"""Ends the name of a table that a module of the same name reads."""
DELIVERY = "assets"
"""The part of the package that fetches assets."""
LARGEST_READ = 25_000_000
"""Bytes of a file in a folder; a larger one is told from others by its size."""
DISPLAY_NAME = re.compile(r"(?m)^(\s+display_name:.*)$")


def fingerprint(app: Sphinx, docname: str, source: list[str]) -> None:
    """Add to the kernel's description a digest of all that the page's cells read."""
    if not is_myst_markdown_notebook(source[0]):
        return
    if not DISPLAY_NAME.search(source[0]):
        logger.warning("its kernelspec needs a line `display_name:`", location=docname, type="front-matter")
    source[0], files = described(app, docname, source[0])
    for path in files:
        app.env.note_dependency(str(path))


def described(app: Sphinx, docname: str, source: str) -> tuple[str, list[Path]]:
    """Return a page with the digest in its kernel's description, and the files that it stands for."""
    digest = hashlib.sha256()
    files = list(files_read(app, docname, source))
    for path in files:
        digest.update(path.read_bytes())
    entries = list(folder_files(app, docname, source))
    for path in entries:
        digest.update(folder_entry(path))
    for name in front_matter.lesson_entries(source, "assets"):
        digest.update(asset_digest(name))
    return DISPLAY_NAME.sub(rf"\1 {digest.hexdigest()[:16]}", source, count=1), files + entries


def files_read(app: Sphinx, docname: str, source: str) -> Iterator[Path]:
    """Yield the files, other than the page itself, that decide what its cells print."""
    package = app.config.freshness_package
    yield from module_files(package, imported_modules(source, package))
    yield from sorted(package_folder(package).rglob(f"{Path(docname).name}/results/*.json"))
    folder = Path(app.env.doc2path(docname)).parent
    yield from (folder / name for name in front_matter.lesson_entries(source, "files"))
    lock = Path(app.srcdir, LOCK)
    if lock.is_file():
        yield lock


def folder_files(app: Sphinx, docname: str, source: str) -> Iterator[Path]:
    """Yield what lies in the folders that a page reads whole, links not followed."""
    for name in front_matter.lesson_entries(source, "folders"):
        for place, folders, files in os.walk(Path(app.env.doc2path(docname)).parent / name):
            links = [folder for folder in folders if Path(place, folder).is_symlink()]
            yield from (Path(place, file) for file in sorted(files + links))
            folders.sort()


def folder_entry(path: Path) -> bytes:
    """Return what tells one state of a file from another: its bytes; of a large one, its size."""
    if path.is_symlink() or not path.is_file():
        return os.fsencode(path.name) + b" is no file"
    size = path.stat().st_size
    content = path.read_bytes() if size <= LARGEST_READ else str(size).encode()
    return os.fsencode(f"{path.parent.name}/{path.name}") + content


def with_new_files(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Name the pages whose folders hold a file that was not there; Sphinx itself sees the other changes."""
    pages = filter(front_matter.is_lesson_page, env.found_docs)
    sources = {name: Path(env.doc2path(name)).read_text(encoding="utf-8") for name in pages}
    return [
        name
        for name, source in sources.items()
        if {str(path) for path in folder_files(app, name, source)} - env.dependencies[name]
    ]


def imported_modules(source: str, package: str) -> set[str]:
    """Name the package's modules that a page's code cells import, directly or through others."""
    graph = import_graph(package)
    named = {name for cell in code_cells(source) for name in imports(cell)}
    direct = named & graph.modules
    direct |= {parent for name in direct for parent in parents(name)}
    indirect = {upstream for name in direct for upstream in graph.find_upstream_modules(name)}
    return direct | indirect | {parent for name in indirect for parent in parents(name)}


@cache
def import_graph(package: str) -> grimp.ImportGraph:
    """Read which module imports which, without those that fetch assets."""
    graph = grimp.build_graph(package, cache_dir=None)
    for name in [name for name in graph.modules if f"{name}.".startswith(f"{package}.{DELIVERY}.")]:
        graph.remove_module(name)
    return graph


def code_cells(source: str) -> Iterator[str]:
    """Yield each code cell of a page as plain Python, magics transformed."""
    for cell in read_myst_markdown_notebook(source).cells:
        if cell.cell_type == "code":
            yield TransformerManager().transform_cell(cell.source)


def imports(code: str) -> Iterator[str]:
    """Yield the dotted names that a piece of Python may import; none if it is not Python.

    Code that does not parse fails when the page is run, with a message that shows the cell.
    """
    try:
        tree = ast.parse(code)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parents(name: str) -> set[str]:
    """Name the packages around a module: importing it runs them too."""
    parts = name.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts))}


def module_files(package: str, names: set[str]) -> Iterator[Path]:
    """Yield the source of each module, in the order of their names, and the table of its name beside it."""
    for name in sorted(names):
        path = package_folder(package).parent.joinpath(*name.split("."))
        yield path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        if path.with_suffix(TABLE).is_file():
            yield path.with_suffix(TABLE)


def package_folder(package: str) -> Path:
    """Return the folder of an installed package."""
    specification = importlib.util.find_spec(package)
    if specification is None or not specification.submodule_search_locations:
        raise ExtensionError(f"the package {package} is not installed here: pip install -e .")
    return Path(specification.submodule_search_locations[0])


def asset_digest(name: str) -> bytes:
    """Return what tells one state of an asset from another: the registered sums of its files."""
    files = sorted((file.path, file.sha256) for file in registry.find(name).files)
    return repr(files).encode()


def declare(app: Sphinx) -> None:
    """Bring the setting that names the package whose modules are looked at."""
    app.add_config_value("freshness_package", "academy", "env")
