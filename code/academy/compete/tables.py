"""Tables of a leaderboard, for a page and for a notebook."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from IPython.display import HTML

from academy.compete.entries import Entry
from academy.compete.submission import Claims
from academy.foreign import cleaned

LONGEST = 3000
"""Characters of a cell; the longest text that a hand-in may have is shorter."""


NO_MATHEMATICS = "tex2jax_ignore mathjax_ignore"
"""Classes by which MathJax, in Colab and in Jupyter, leaves dollar signs alone."""


class Link(NamedTuple):
    """A cell of a table that leads somewhere; without an address, its text alone."""

    text: str
    address: str


Cell = str | Link


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HTML:
    """Write a table; whatever the cells hold is shown as text, also by a notebook that sets mathematics.

    Args:
        caption: What the table shows.
        head: Names of the columns.
        rows: One cell for each column.
    """
    columns = "".join(f'<th scope="col">{plain(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{written(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return HTML(
        f'<div class="pst-scrollable-table-container {NO_MATHEMATICS}"><table class="table">'
        f"<caption>{plain(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def written(cell: Cell) -> str:
    """Write a cell as HTML."""
    if isinstance(cell, Link) and cell.address:
        return f'<a href="{escape(cell.address)}" rel="nofollow">{plain(cell.text)}</a>'
    return plain(cell.text if isinstance(cell, Link) else cell)


def plain(text: str) -> str:
    """Write a text that others may have written as HTML that shows it, and nothing else."""
    return escape(cleaned(text, LONGEST))


def board_table(
    caption: str,
    entries: Iterable[Entry],
    columns: Mapping[str, Callable[[Entry], str]],
    ranks: Sequence[str] | None = None,
) -> HTML:
    """Write scored entries in their order, what was measured beside what is claimed.

    Args:
        caption: Which board it is.
        entries: Scored, best first.
        columns: What this competition shows beside, by the name of the column.
        ranks: Of each entry, where its place in the order is not its rank.
    """
    head = ["Rank", "Entry", "Parameters", "Accuracy", "Claimed", *columns, "By"]
    scored = [(entry, entry.submission) for entry in entries if entry.submission]
    rows: list[list[Cell]] = [
        [
            ranks[index] if ranks else str(index + 1),
            Link(about.name, about.link),
            f"{entry.parameters:,}",
            f"{entry.accuracy:.2%}",
            claimed(entry, about.claims),
            *(column(entry) for column in columns.values()),
            about.author,
        ]
        for index, (entry, about) in enumerate(scored)
    ]
    return table(caption, head, rows)


def claimed(entry: Entry, claims: Claims) -> str:
    """Write what an author claims, and whether it was measured."""
    if entry.claim_holds:
        return f"{claims.accuracy:.2%}"
    return f"not measured: {claims.accuracy:.2%} with {claims.parameters:,}"
