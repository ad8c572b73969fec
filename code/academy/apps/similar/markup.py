"""What was found by each way to compare, as HTML, and how good these are."""

from collections.abc import Mapping, Sequence
from html import escape

from academy.apps.markup import frame
from academy.apps.pictures.gallery import Found
from academy.apps.pictures.markup import listed, shown, table, top
from academy.apps.similar.quality import Quality


def welcome(examples: Sequence[Found]) -> str:
    """Show pictures to begin with.

    Args:
        examples: Of the reference set.
    """
    return frame("", top("No picture at hand? Start from one of these") + listed(examples, scored=False))


def results(found: Mapping[str, Sequence[Found]], asked: Found | None) -> str:
    """Show what each backbone found.

    Args:
        found: The neighbors by what a person calls the backbone.
        asked: The reference whose neighbors they are; None for the reader's own picture.
    """
    title = f"Neighbors of {shown(asked.name)}" if asked else "Most similar to your picture"
    first = "; ".join(f"{name}: first {shown(each[0].name)}" for name, each in found.items() if each)
    return frame(
        f"{title}. {first}.",
        top(title, asked) + f'<div class="sets">{"".join(map(one_set, found, found.values()))}</div>',
    )


def one_set(backbone: str, found: Sequence[Found]) -> str:
    """List what one backbone found, the most similar first."""
    return f"<section><h3>{escape(backbone)}</h3>{listed(found)}</section>"


def qualities(quality: Sequence[Quality], titles: Mapping[str, str]) -> str:
    """Compare backbones on the labeled set, with a sentence on what the numbers mean."""
    k, count = quality[0].k, quality[0].count
    measures = {
        f"precision@{k}": [each.precision for each in quality],
        f"recall@{k}": [each.recall for each in quality],
        "accuracy": [each.accuracy for each in quality],
    }
    rows = [(name, [f"{share:.0%}" for share in shares]) for name, shares in measures.items()]
    return (
        "<h2>How good are they?</h2>"
        f"<p>{count:,} labeled pictures are looked up. Precision is how many of the first {k} have the "
        f"label of the picture; recall, how many of all that have it are among the first {k}; accuracy, "
        "how often the label that the neighbors vote for is right.</p>"
        + table([titles[each.backbone] for each in quality], rows, "How good they are")
    )
