"""The directives of the page "How this book was made": versions, machine, the clock, the tests."""

import json
import os
import platform
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from docutils import nodes
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from academy_book import front_matter, launch
from academy_book.freshness import package_folder

PACKAGES = [
    "jupyter-book",
    "Sphinx",
    "myst-nb",
    "torch",
    "torchvision",
    "numpy",
    "scikit-learn",
    "matplotlib",
]


RESULTS = package_folder("academy") / "benchmarks" / "results"
TESTS = RESULTS / "tests.json"
"""Written by `tools/suite_clock.py`."""
COMMANDS = RESULTS / "clock.json"
"""Written by `tools/command_clock.py`; not there before the first command was timed."""


class build_versions(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the table of versions until the page is written."""


class build_times(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the table of execution times until the page is written."""


class test_times(nodes.General, nodes.Element):  # noqa: N801
    """Stands for the table of kinds of tests until the page is written."""


class BuildVersions(SphinxDirective):
    """`{build-versions}`: what the book was built with, and on what machine."""

    def run(self) -> list[nodes.Node]:
        """Leave the place of the table."""
        return [build_versions()]


class BuildTimes(SphinxDirective):
    """`{build-times}`: how long each command took that was timed, and each notebook, and when."""

    def run(self) -> list[nodes.Node]:
        """Leave the place of the table."""
        self.env.note_dependency(str(COMMANDS))
        return [build_times()]


class TestTimes(SphinxDirective):
    """`{test-times}`: how many tests of each kind there are, and how long they took."""

    def run(self) -> list[nodes.Node]:
        """Leave the place of the table."""
        self.env.note_dependency(str(TESTS))
        return [test_times()]


def fill(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the tables where the directives left their places."""
    for place in list(doctree.findall(build_versions)):
        place.replace_self(table(["What", "Version"], versions()))
    for place in list(doctree.findall(build_times)):
        place.replace_self(table(["What", "Ran for", "On"], [*commands(), *times(app, docname)]))
    for place in list(doctree.findall(test_times)):
        place.replace_self(table(["Kind", "Tests", "Time"], tests()))


def versions() -> Iterator[list[nodes.Node]]:
    """Yield machine, Python and the main packages, each with its version."""
    machine = f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores"
    yield [nodes.Text("Machine"), nodes.Text(machine)]
    yield [nodes.Text("Python"), nodes.Text(platform.python_version())]
    for package in PACKAGES:
        yield [nodes.Text(package), nodes.Text(version(package))]


def commands() -> Iterator[list[nodes.Node]]:
    """Yield what a reader types, with seconds and date, for each command that was timed."""
    recorded = json.loads(COMMANDS.read_text(encoding="utf-8"))["rows"] if COMMANDS.is_file() else []
    for row in recorded:
        yield [
            nodes.inline("", "", nodes.literal(text=row["command"]), nodes.Text(f", {row['does']}")),
            nodes.Text(f"{row['seconds']:,} s"),
            nodes.Text(row["on"]),
        ]


def times(app: Sphinx, docname: str) -> Iterator[list[nodes.Node]]:
    """Yield title, seconds and date for each page with executed cells, in the order of the contents."""
    executed = NbMetadataCollector.get_doc_data(app.env)
    for page in sorted(executed):
        if run := executed[page].get("exec_data"):
            uri = app.builder.get_relative_uri(docname, page)
            title = app.env.titles[page].astext()
            name = f" ({launch.notebook_name(page)})" if front_matter.is_lesson_page(page) else ""
            date = datetime.fromtimestamp(run["mtime"], UTC)
            yield [
                nodes.inline("", "", nodes.reference("", title, refuri=uri, internal=True), nodes.Text(name)),
                nodes.Text(f"{run['runtime']:.0f} s"),
                nodes.Text(f"{date:%Y-%m-%d}"),
            ]


def tests() -> Iterator[list[nodes.Node]]:
    """Yield each kind of test with its count and its seconds, the longest first; in the end all together."""
    recorded = json.loads(TESTS.read_text(encoding="utf-8"))
    for row in recorded["rows"]:
        yield [nodes.Text(str(cell)) for cell in (row["kind"], f"{row['tests']:,}", f"{row['seconds']} s")]
    count = sum(row["tests"] for row in recorded["rows"])
    ended = f"{recorded['seconds']} s, side by side"
    yield [nodes.Text(text) for text in (f"All, on {recorded['machine']}", f"{count:,}", ended)]


def table(head: list[str], rows: Iterable[list[nodes.Node]]) -> nodes.table:
    """Return a table with a head."""
    group = nodes.tgroup(cols=len(head))
    group += [nodes.colspec(colwidth=1) for _ in head]
    group += nodes.thead("", row([nodes.Text(text) for text in head]))
    group += nodes.tbody("", *(row(cells) for cells in rows))
    return nodes.table("", group)


def row(cells: list[nodes.Node]) -> nodes.row:
    """Return one row of a table."""
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def always_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have the page of times written again when any other page was read."""
    return [docname for docname in env.found_docs if env.metadata[docname].get("colophon")]


def declare(app: Sphinx) -> None:
    """Bring the directives."""
    app.add_node(build_versions)
    app.add_node(build_times)
    app.add_node(test_times)
    app.add_directive("test-times", TestTimes)
    app.add_directive("build-versions", BuildVersions)
    app.add_directive("build-times", BuildTimes)
