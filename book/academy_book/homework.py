"""Tasks of a homework: one cell holds the starter and the solution, told apart by three comments.

    ```{code-cell} ipython3
    :tags: [task]
    def double(x):
        # your code
        ...
        # solution
        return 2 * x
        # end of solution
    ```

The page shows the starter, and behind titles that open them the solution with its output and what `check`
says of it; the notebook has the starter alone. What stands after `# your code` must run as it is, and must
return nothing. An admonition of class `answer` holds a model answer: folded on the page, and in the notebook
below a place to write one's own. A homework stands below its chapter in the contents, and its tasks count for
themselves: it has no numbers of sections.
"""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from academy_book import front_matter
from academy_book.events import on_pages
from academy_book.folds import fold, fold_title

logger = logging.getLogger(__name__)

TAG = "task"
CHECK = re.compile(r"check\(\d+\)")
KEPT = "section_numbers"
"""Under which the numbers that Sphinx gave a homework stand in the metadata of its page."""
BLOCK = re.compile(
    r"(?P<starter>^(?P<indent> *)# your code\n(?:.*\n)*?)(?P=indent)# solution\n"
    r"(?P<solution>(?:.*\n)*?)(?P=indent)# end of solution$",
    re.MULTILINE,
)
LEFT = re.compile(r"^ *# (solution|end of solution)$", re.MULTILINE)


def is_task(cell: nodes.Node) -> bool:
    """Tell whether a node is the cell of a task."""
    return isinstance(cell, nodes.container) and TAG in cell.get("cell_metadata", {}).get("tags", [])


def starter(source: str) -> str:
    """Return what a student finds in a task's cell.

    Raises:
        ValueError: If the cell has no solution, or its comments do not pair.
    """
    found, count = BLOCK.subn(lambda block: block["starter"].rstrip("\n"), source)
    if not count or LEFT.search(found):
        raise ValueError(
            "a task's cell needs the lines `# your code`, `# solution`, `# end of solution`, equally indented"
        )
    return found


def solution(source: str) -> str:
    """Return what solves a task's cell."""
    return BLOCK.sub(lambda block: block["solution"].rstrip("\n"), source)


def require(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, and so fail the build, where a task's cell is incomplete."""
    for cell in doctree.findall(is_task):
        try:
            starter(code_of(cell).astext())
        except ValueError as error:
            logger.warning("%s", error, location=cell, type="homework")


def code_of(cell: nodes.Element) -> nodes.literal_block:
    """Return the code of a cell."""
    return next(iter(cell.findall(nodes.literal_block)))


@on_pages
def show_tasks(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the starter in a task's place, and the executed solution behind a title below it."""
    if not front_matter.is_lesson_page(docname):
        return
    for cell in list(doctree.findall(is_task)):
        source = code_of(cell).astext()
        shown = nodes.container(classes=["cell", "tag_task"])
        shown += nodes.container("", with_code(cell, starter(source)), classes=["cell_input"])
        code_of(cell).replace_self(with_code(cell, solution(source)))
        title = fold_title("", "", nodes.Text("Solution"), classes=[])
        folded = fold("", title, cell.deepcopy(), classes=["dropdown", "solution"])
        cell.replace_self([shown, folded])
    for cell in list(doctree.findall(is_check)):
        fold_output(cell)


def is_check(cell: nodes.Node) -> bool:
    """Tell whether a node is a cell that checks a task, and has an output."""
    return (
        isinstance(cell, nodes.container)
        and "cell" in cell["classes"]
        and len(cell) > 1
        and bool(CHECK.fullmatch(code_of(cell).astext().strip()))
    )


def fold_output(cell: nodes.Element) -> None:
    """Put what a cell printed behind a title below it: it tells the solution's results."""
    printed = nodes.container("", *cell.children[1:], classes=["cell"])
    del cell[1:]
    title = fold_title("", "", nodes.Text("What it says of the solution"), classes=[])
    folded = fold("", title, printed, classes=["dropdown", "solution"])
    cell.parent.insert(cell.parent.index(cell) + 1, folded)


def drop_numbers(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Leave a homework's title and tasks without the numbers that sections have; keep those aside."""
    for docname in filter(front_matter.is_homework, env.toc_secnumbers):
        env.metadata[docname][KEPT] = env.toc_secnumbers[docname]
        env.toc_secnumbers[docname] = {}
        env.titles[docname].attributes.pop("secnumber", None)
        for link in env.tocs[docname].findall(nodes.reference):
            link.attributes.pop("secnumber", None)
    return []


def restore_numbers(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Give the numbers back before Sphinx numbers anew: it writes again each page whose numbers differ."""
    kept = {name: metadata[KEPT] for name, metadata in env.metadata.items() if KEPT in metadata}
    env.toc_secnumbers.update(kept)


def with_code(cell: nodes.Element, text: str) -> nodes.literal_block:
    """Return the code of a cell with other text."""
    return nodes.literal_block(text, text, **code_of(cell).non_default_attributes())
