"""A page's resolved doctree as notebook cells: Markdown between the page's own code cells.

By then numbers, links and glued values stand in the tree. `inline_…` methods return text, `block_…`
methods append to what is pending; a node without a method of its own is written as its children.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urljoin

from docutils import nodes

from academy_book import predict
from academy_book.homework import is_task

YOUR_ANSWER = "*Your answer:*"
SPECIAL = re.compile(r"([\\`*_$\[\]<>|~])")


@dataclass(frozen=True)
class Page:
    """What the writer needs to know of a page beside its doctree.

    Attributes:
        address: Absolute address of the page on the site; links become absolute against it.
        images: Absolute address of each picture by its uri in the doctree.
        numbers: Numbers of figures, tables and exercises by kind and id, as Sphinx keeps them.
    """

    address: str
    images: Mapping[str, str]
    numbers: Mapping[str, Mapping[str, tuple[int, ...]]]


class NotebookMarkdown:
    """Writes one page; `cells` holds the result as Markdown strings and indices of code cells.

    Args:
        page: The page's address, pictures and numbers.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.cells: list[str | CodeCell] = []
        self.pending: list[str] = []
        self.level = 0
        self.solution = False

    def write(self, document: nodes.document) -> list["str | CodeCell"]:
        """Return the page as a list of Markdown texts and code cells, in order."""
        self.block(document)
        self.flush()
        return self.cells

    def flush(self) -> None:
        """Close the Markdown cell that is being written."""
        if text := joined(self.pending):
            self.cells.append(text)
        self.pending = []

    # Dispatch

    def method(self, kind: str, node: nodes.Node) -> Callable[[Any], Any] | None:
        """Find the method for a node by the names of its classes, the nearest first."""
        for ancestor in type(node).__mro__:
            if found := getattr(self, f"{kind}_{ancestor.__name__}", None):
                return found
        return None

    def block(self, node: nodes.Node) -> None:
        """Write a node as one or several blocks."""
        if found := self.method("block", node):
            found(node)
        else:
            self.children(node)

    def children(self, node: nodes.Node) -> None:
        """Write a node's children as blocks."""
        for child in node.children:
            self.block(child)

    def nested(self, children: list[nodes.Node]) -> str:
        """Return blocks as text instead of writing them; they hold no code cell."""
        outer, self.pending = self.pending, []
        for child in children:
            self.block(child)
        text, self.pending = joined(self.pending), outer
        return text

    def inline(self, node: nodes.Node) -> str:
        """Return a node as running text."""
        found = self.method("inline", node)
        return found(node) if found else self.inner(node)

    def inner(self, node: nodes.Node) -> str:
        """Return a node's children as running text."""
        return "".join(self.inline(child) for child in node.children)

    # Running text

    def inline_Text(self, node: nodes.Text) -> str:
        return SPECIAL.sub(r"\\\1", node.astext().replace("\n", " "))

    def inline_emphasis(self, node: nodes.Element) -> str:
        return f"*{self.inner(node)}*"

    def inline_strong(self, node: nodes.Element) -> str:
        return f"**{self.inner(node)}**"

    def inline_literal(self, node: nodes.Element) -> str:
        return f"`{node.astext()}`"

    def inline_math(self, node: nodes.Element) -> str:
        return f"${node.astext().strip()}$"

    def inline_superscript(self, node: nodes.Element) -> str:
        return f"<sup>{self.inner(node)}</sup>"

    def inline_subscript(self, node: nodes.Element) -> str:
        return f"<sub>{self.inner(node)}</sub>"

    def inline_abbreviation(self, node: nodes.Element) -> str:
        return f'<abbr title="{node.get("explanation", "")}">{self.inner(node)}</abbr>'

    def inline_reference(self, node: nodes.Element) -> str:
        target = node.get("refuri") or "#" + node.get("refid", "")
        return f"[{self.inner(node)}]({urljoin(self.page.address, target)})"

    def inline_footnote_reference(self, node: nodes.Element) -> str:
        return f"<sup>{self.inner(node)}</sup>"

    def inline_image(self, node: nodes.Element) -> str:
        address = self.page.images.get(node["uri"], node["uri"])
        return f"![{node.get('alt', '')}]({urljoin(self.page.address, address)})"

    def inline_raw(self, node: nodes.Element) -> str:
        return ""

    inline_comment = inline_target = inline_system_message = inline_raw

    # Blocks

    def block_section(self, node: nodes.Element) -> None:
        self.level += 1
        self.children(node)
        self.level -= 1

    def block_title(self, node: nodes.Element) -> None:
        self.pending.append("#" * max(self.level, 1) + " " + self.inner(node))

    def block_TextElement(self, node: nodes.Element) -> None:
        self.pending.append(self.inline(node))

    def block_rubric(self, node: nodes.Element) -> None:
        self.pending.append(f"**{self.inner(node)}**")

    block_sd_tab_label = block_rubric

    def block_Inline(self, node: nodes.Element) -> None:
        if text := self.inline(node):
            self.pending.append(text)

    block_image = block_Inline

    def block_comment(self, node: nodes.Element) -> None:
        pass

    block_target = block_index = block_system_message = block_sd_tab_input = block_raw = block_comment

    def block_transition(self, node: nodes.Element) -> None:
        self.pending.append("---")

    def block_math_block(self, node: nodes.Element) -> None:
        number = self.number(node, "displaymath") or node.get("number")
        tag = f" \\tag{{{number}}}" if number else ""
        self.pending.append(f"$$\n{node.astext().strip()}{tag}\n$$")

    def block_literal_block(self, node: nodes.Element) -> None:
        self.pending.append(f"```{node.get('language', '')}\n{node.astext().rstrip()}\n```")

    def block_block_quote(self, node: nodes.Element) -> None:
        self.pending.append(quoted(self.nested(node.children)))

    def block_bullet_list(self, node: nodes.Element) -> None:
        self.pending.append("\n".join(indented("- ", self.nested(item.children)) for item in node.children))

    def block_enumerated_list(self, node: nodes.Element) -> None:
        first = node.get("start", 1)
        items = enumerate(node.children, first)
        self.pending.append("\n".join(indented(f"{n}. ", self.nested(item.children)) for n, item in items))

    def block_definition_list_item(self, node: nodes.Element) -> None:
        terms = ", ".join(f"**{self.inner(term)}**" for term in node.findall(nodes.term))
        meaning = self.nested([child for child in node.children if isinstance(child, nodes.definition)])
        self.pending.append(f"{terms}\n\n{quoted(meaning)}")

    def block_citation(self, node: nodes.Element) -> None:
        label, *rest = node.children
        self.pending.append(f"\\[{self.inner(label)}\\] {self.nested(rest)}")

    block_footnote = block_citation

    def block_figure(self, node: nodes.Element) -> None:
        for child in node.children:
            if not isinstance(child, nodes.caption):
                self.block(child)
        self.pending.append(self.caption(node, "Fig.", "figure"))

    def caption(self, node: nodes.Element, word: str, kind: str) -> str:
        """Return the numbered caption of a figure or table; empty if it has none."""
        caption = next(iter(node.findall(lambda child: isinstance(child, nodes.caption | nodes.title))), None)
        if caption is None:
            return ""
        return f"*{word} {self.number(node, kind)}: {self.inner(caption)}*"

    def number(self, node: nodes.Element, kind: str) -> str:
        """Return the number Sphinx gave a figure, table, formula or exercise; empty if none."""
        numbers = self.page.numbers.get(kind, {})
        found = next((numbers[name] for name in node["ids"] if name in numbers), ())
        return ".".join(map(str, found))

    def block_table(self, node: nodes.Element) -> None:
        if title := next(iter(node.findall(nodes.title)), None):
            self.pending.append(f"*Table {self.number(node, 'table')}: {self.inner(title)}*")
        rows = [
            [self.nested(entry.children).replace("\n", "<br>") for entry in row.findall(nodes.entry)]
            for row in node.findall(nodes.row)
        ]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        lines.insert(1, "|" + " --- |" * len(rows[0]))
        self.pending.append("\n".join(lines))

    def block_interactive(self, node: nodes.Element) -> None:
        for figure in node.findall(nodes.figure):  # the cell above draws it; the notebook has no more
            self.pending.append(self.caption(figure, "Fig.", "figure"))
        self.pending.append(f"[The book's page]({self.page.address}) has it live.")

    # Boxes, tabs and what opens

    def block_Admonition(self, node: nodes.Element) -> None:
        title, body = titled(node)
        if title is None:
            title = nodes.title("", type(node).__name__.capitalize())
        if "answer" in node["classes"]:  # a cell to write in before the model answer
            self.flush()
            self.cells.append(YOUR_ANSWER)
        self.box(title, body, folded="dropdown" in node["classes"])

    def block_predict(self, node: nodes.Element) -> None:
        self.box(nodes.title("", predict.TITLE), node.children)
        self.flush()
        self.cells.append(YOUR_ANSWER)

    def block_predict_option(self, node: nodes.Element) -> None:
        self.pending.append(f"- {self.inner(node)}")

    def block_exercise_node(self, node: nodes.Element) -> None:
        title, body = titled(node)
        heading = nodes.title("", f"Exercise {self.number(node, 'exercise')}")
        heading += title.children if title is not None else []
        self.box(heading, body)

    block_exercise_enumerable_node = block_exercise_node

    def block_solution_node(self, node: nodes.Element) -> None:
        title, body = titled(node)
        self.solution = True
        self.box(title or nodes.title("", "Solution"), body, folded=True)
        self.solution = False

    def block_dropdown_main(self, node: nodes.Element) -> None:
        title, *body = node.children
        self.box(title, body, folded=True)

    def box(self, title: nodes.Element, body: list[nodes.Node], folded: bool = False) -> None:
        """Write a titled box; where it holds code cells they stand between its parts."""
        for position, part in enumerate(split_at_cells(body)):
            if isinstance(part, nodes.container):
                self.block(part)
            elif folded:  # a summary is HTML: Markdown in it would be shown as it stands
                summary = escape(plain(title)) + (", continued" if position else "")
                text = self.nested(part)
                self.pending.append(f"<details>\n<summary>{summary}</summary>\n\n{text}\n\n</details>")
            else:
                heading = "" if position else f"**{self.inner(title)}**\n\n"
                self.pending.append(quoted(heading + self.nested(part)))

    # Cells

    def block_container(self, node: nodes.Element) -> None:
        if node.get("nb_element") == "cell_code":
            self.flush()
            self.cells.append(CodeCell(node["cell_index"], self.solution))
            for figure in [] if is_task(node) else node.findall(nodes.figure):  # a student draws another
                self.pending.append(self.caption(figure, "Fig.", "figure"))
        else:
            self.children(node)


@dataclass(frozen=True)
class CodeCell:
    """One code cell of the page: its index in the source, and whether it belongs to a solution."""

    index: int
    solution: bool


def joined(blocks: list[str]) -> str:
    """Join blocks with an empty line, leaving out empty ones."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip())


def quoted(text: str) -> str:
    """Return text as a Markdown quotation."""
    return "\n".join(f"> {line}" if line else ">" for line in text.splitlines())


def plain(node: nodes.Element) -> str:
    """Return a node's words without the pictures that may stand among them."""
    texts = node.findall(nodes.Text)
    return "".join(text.astext() for text in texts if not isinstance(text.parent, nodes.raw))


def indented(mark: str, text: str) -> str:
    """Return text as a list item behind its mark."""
    return mark + text.replace("\n", "\n" + " " * len(mark))


def titled(node: nodes.Element) -> tuple[nodes.Element | None, list[nodes.Node]]:
    """Split a box into its title, if it has one, and the rest."""
    if node.children and isinstance(node.children[0], nodes.title):
        return node.children[0], node.children[1:]
    return None, node.children


def is_code_cell(node: nodes.Node) -> bool:
    """Tell whether a node is one of the page's code cells with its outputs."""
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def split_at_cells(body: list[nodes.Node]) -> list[Any]:
    """Split a box's content into lists of plain nodes and the code cells between them."""
    parts: list[Any] = [[]]
    for node in flattened(body):
        if is_code_cell(node):
            parts += [node, []]
        else:
            parts[-1].append(node)
    return [part for position, part in enumerate(parts) if part or position == 0]


def flattened(body: list[nodes.Node]) -> list[nodes.Node]:
    """Open the sections and containers around code cells, so that these can stand between the parts."""
    flat: list[nodes.Node] = []
    for node in body:
        holds_cell = any(is_code_cell(inner) for inner in node.findall(nodes.container))
        flat += flattened(node.children) if holds_cell and not is_code_cell(node) else [node]
    return flat
