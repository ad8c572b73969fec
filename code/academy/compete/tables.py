"""Tables of a leaderboard, for a page and for a notebook."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import NamedTuple

from IPython.display import HTML

from academy.compete.entries import Entry


class Link(NamedTuple):
    """A cell of a table that leads somewhere; without an address, its text alone."""

    text: str
    address: str


Cell = str | Link


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HTML:
    """Write a table; whatever the cells hold is shown as text.

    Args:
        caption: What the table shows.
        head: Names of the columns.
        rows: One cell for each column.
    """
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    body = "".join(f"<tr>{''.join(f'<td>{written(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return HTML(
        f'<div class="pst-scrollable-table-container"><table class="table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def written(cell: Cell) -> str:
    """Write a cell as HTML."""
    if isinstance(cell, Link) and cell.address:
        return f'<a href="{escape(cell.address)}" rel="nofollow">{escape(cell.text)}</a>'
    return escape(cell.text if isinstance(cell, Link) else cell)


def board_table(
    caption: str, entries: Iterable[Entry], columns: Mapping[str, Callable[[Entry], str]]
) -> HTML:
    """Write scored entries in their order, what was measured beside what is claimed.

    Args:
        caption: Which board it is.
        entries: Scored, best first.
        columns: What this competition shows beside, by the name of the column.
    """
    head = ["", "Entry", "Parameters", "Accuracy", "Claimed", *columns, "By"]
    rows = []
    for place, entry in enumerate(entries, 1):
        about, accuracy = entry.submission, entry.accuracy
        assert about is not None and accuracy is not None, "only scored entries stand on a board"
        claimed = f"{about.claims.accuracy:.2%}"
        if not entry.claim_holds:
            claimed += f" with {about.claims.parameters}, which is not what was measured"
        shown = [column(entry) for column in columns.values()]
        name = Link(about.name, about.link)
        rows.append(
            [f"{place}", name, f"{entry.parameters}", f"{accuracy:.2%}", claimed, *shown, about.author]
        )
    return table(caption, head, rows)
