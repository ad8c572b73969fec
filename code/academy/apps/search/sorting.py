"""Zero-shot sorting: every picture goes into the nearest of the classes that a reader names."""

import csv
import io
from collections.abc import Sequence
from typing import Any, NamedTuple

import torch

from academy.apps.search.model import Model
from academy.apps.search.query import Unasked, expect_readable
from academy.apps.search.wordings import templates_of, text_vectors
from academy.data.reading import in_quotes

FEWEST, MOST = 2, 40
"""Classes that pictures are sorted into."""
EXAMPLES = 3
"""Pictures that are shown of those that are most certain, and of those that are least."""
COLUMNS = ("file", "class", "probability", "second class", "second probability")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would compute."""


class Pile(NamedTuple):
    """The pictures of one class."""

    name: str
    places: list[int]
    """In the set; the most certain first."""


class Sorted(NamedTuple):
    """A set in classes."""

    names: list[str]
    best: torch.Tensor
    """Of each picture the two classes that are nearest, shape (pictures, 2), int64."""
    probabilities: torch.Tensor
    """And how probable these are among the classes, shape (pictures, 2), float32."""

    def piles(self) -> list[Pile]:
        """List the classes with their pictures, in the order in which they were named."""
        order = self.probabilities[:, 0].sort(descending=True, stable=True).indices
        return [
            Pile(name, order[self.best[order, 0] == place].tolist()) for place, name in enumerate(self.names)
        ]


def names_in(model: Model, text: Any) -> list[str]:
    """Read names of classes, one a line.

    Raises:
        Unasked: If they are too few, too many, too long, twice the same, or nothing that the model reads.
    """
    lines = text.splitlines() if isinstance(text, str) else []
    names = [line.strip() for line in lines if line.strip()]
    if not FEWEST <= len(names) <= MOST:
        many = "1 class is" if len(names) == 1 else f"{len(names):,} classes are"
        raise Unasked(f"{many} named. Write {FEWEST} to {MOST}, one a line.")
    names = [expect_readable(model, name) for name in names]
    seen = set[str]()
    for name in names:
        if name.casefold() in seen:
            raise Unasked(f"{in_quotes(name)} is named twice, and would share its pictures. Name it once.")
        seen.add(name.casefold())
    return names


def sort(model: Model, features: torch.Tensor, names: Sequence[str], template: object) -> Sorted:
    """Put each picture into its nearest class.

    Args:
        model: What reads the names; its scale sharpens the softmax.
        features: Of the pictures, shape (count, width), float32, of length 1.
        names: Of the classes; at least two.
        template: How names are put, as ``wordings.choices`` has it.
    """
    classes = text_vectors(model, names, templates_of(template))
    probabilities = (model.scale * features @ classes.T).softmax(dim=1)  # (pictures, classes)
    ordered = probabilities.sort(dim=1, descending=True, stable=True)
    return Sorted([*names], ordered.indices[:, :2], ordered.values[:, :2])


def table(files: Sequence[str], found: Sorted) -> bytes:
    """Write a table of all pictures as CSV, in the order of the set, for spreadsheets and programs.

    Args:
        files: What each picture is called.
        found: Their classes.

    Returns:
        UTF-8 with a mark at its start, by which spreadsheets know it.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(COLUMNS)
    names = [no_formula(name) for name in found.names]
    for file, (first, second), (likely, less) in zip(
        files, found.best.tolist(), found.probabilities.tolist()
    ):
        writer.writerow([no_formula(file), names[first], f"{likely:.4f}", names[second], f"{less:.4f}"])
    return target.getvalue().encode("utf-8-sig", "backslashreplace")


def no_formula(text: str) -> str:
    """Write an apostrophe before a text that a spreadsheet would compute."""
    return f"'{text}" if text.startswith(FORMULA) else text
