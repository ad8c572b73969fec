"""What was found, and what was sorted, as HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from academy.apps.markup import address, frame
from academy.apps.pictures.gallery import Found
from academy.apps.pictures.markup import image, listed, shown, table, top
from academy.apps.search.model import Model
from academy.apps.search.quality import Quality

CSV = "classes.csv"

SORTED_STYLE = """
.sorted > p { margin: 0 0 0.75rem; }
.save {
  display: inline-block; padding: 0.5rem 0.875rem; color: inherit; font-size: 0.875rem; line-height: 1.3;
  text-decoration: none; border: 1px solid var(--border-color-primary); border-radius: 8px;
  background: var(--block-background-fill);
}
.save:hover { border-color: var(--slider-color); }
.piles { display: grid; gap: 1.25rem; }
.piles { grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
h3, h4 { margin: 0 0 0.25rem; font-weight: 600; overflow-wrap: anywhere; }
h3 { font-size: 1rem; }
h4 { font-size: 0.875rem; font-weight: 400; color: var(--body-text-color-subdued); }
.bar { height: 0.375rem; margin-bottom: 0.5rem; border-radius: 3px; background: var(--border-color-primary); }
.bar div { height: 100%; border-radius: 3px; background: var(--slider-color); }
ul { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.5rem; }
ul { margin: 0 0 0.5rem; padding: 0; list-style: none; }
li { margin: 0; padding: 0; font-size: 0.8125rem; line-height: 1.3; overflow-wrap: anywhere; }
li img {
  display: block; width: 100%; height: 4.5rem; margin-bottom: 0.25rem; object-fit: contain;
  background: white; border-radius: 6px;
}
li span { display: block; color: var(--body-text-color-subdued); }
"""


@dataclass(frozen=True)
class ShownPile:
    """A class, and some of what is in it; the scores are probabilities."""

    name: str
    count: int
    most: Sequence[Found]
    """The most certain."""
    least: Sequence[Found]
    """The least certain of the others."""


def welcome(examples: Sequence[Found]) -> str:
    """Show pictures to begin with.

    Args:
        examples: Of the reference set.
    """
    title = "Write what you look for, give a picture, or start from one of these"
    return frame("", top(title) + listed(examples, scored=False))


def results(found: Sequence[Found], title: str) -> str:
    """Show what is nearest to a query."""
    return frame(f"{title}. First {shown(found[0].name)}.", top(title) + listed(found))


def neighbors(found: Sequence[Found], asked: Found) -> str:
    """Show what is most similar to a picture of the set."""
    title = f"Neighbors of {shown(asked.name)}"
    first = f" First {shown(found[0].name)}." if found else ""
    return frame(f"{title}.{first}", top(title, asked) + listed(found))


def piles(found: Sequence[ShownPile], count: int, csv: bytes) -> str:
    """Show a set in classes.

    Args:
        found: The classes.
        count: Pictures of the set.
        csv: The table of all of them.
    """
    title = f"{count:,} pictures in {len(found)} classes"
    counts = "; ".join(f"{each.name}: {each.count:,}" for each in found)
    return frame(
        f"{title}. {counts}.",
        f'<div class="sorted"><h3>{title}</h3><p><a class="save" download="{CSV}" '
        f'href="{address(csv, "text/csv")}">Download the table (CSV)</a></p>'
        f'<div class="piles">{"".join(one_pile(each, count) for each in found)}</div></div>',
    )


def one_pile(pile: ShownPile, count: int) -> str:
    """Show one class: how many pictures it has, and some of them."""
    share = pile.count / count
    examples = group("Most certain", pile.most) + group("Least certain", pile.least)
    return (
        f"<section><h3>{escape(shown(pile.name))}: {pile.count:,} ({share:.0%})</h3>"
        f'<div class="bar"><div style="width: {share:.1%}"></div></div>{examples}</section>'
    )


def group(title: str, found: Sequence[Found]) -> str:
    """List some pictures of a class with their probabilities."""
    if not found:
        return ""
    items = "".join(
        f"<li>{image(each)}{escape(shown(each.name))}<span>{each.score:.0%}</span></li>" for each in found
    )
    return f"<h4>{title}</h4><ul>{items}</ul>"


def qualities(quality: Sequence[Quality], model: Model) -> str:
    """Compare the towers with the baseline and with luck, with a sentence on what the numbers mean."""
    rows = [
        (
            f"recall@{each.k}, {each.style}",
            [f"{each.recall:.0%}", f"{each.baseline:.0%}", f"{each.chance:.1%}"],
        )
        for each in quality
    ]
    known, new = dict.fromkeys(each.style for each in quality)
    return (
        "<h2>How good is it?</h2>"
        f"<p>{quality[0].count} names of emoji look for their pictures among {quality[0].count}; recall@k is "
        f"how many find theirs among the first k. In the style {known} the towers of Lesson 8 were trained, "
        f"in {new} they were not. The baseline has no towers: it counts the words that a name shares with "
        "name and search words of the most similar known picture. "
        f"{escape(model.about_training)}</p>"
        + table([model.title, "Shared words: the baseline", "Chance"], rows, "How good it is")
    )
