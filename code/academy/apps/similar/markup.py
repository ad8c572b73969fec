"""What was found, as HTML: every result is a button with a picture, a name, a label and a score."""

import io
from collections.abc import Mapping, Sequence
from html import escape

from PIL import Image

from academy.apps.markup import address, frame
from academy.apps.similar.engine import Found, Quality
from academy.foreign import cleaned

SIDE = 160
"""Pixels along the longer side of a picture that is shown."""
LONGEST = 80
"""Characters of a name or label that are shown; in a folder of pictures they are names of files."""
MOST_SKIPPED = 100
"""Sentences about skipped files that are shown."""

STYLE = """
.top { display: flex; gap: 0.75rem; align-items: center; margin-bottom: 0.75rem; }
.top h2 { margin: 0; overflow-wrap: anywhere; }
.top h2:focus { outline: none; }
.top img { width: 3.5rem; height: 3.5rem; }
img { object-fit: contain; background: white; border-radius: 6px; }
.sets { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1.5rem; }
ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(6.25rem, 1fr)); gap: 0.5rem; }
ol { margin: 0; padding: 0; list-style: none; }
li { display: flex; margin: 0; padding: 0; }
button {
  display: flex; flex-direction: column; flex: 1; min-width: 0; padding: 0.5rem;
  color: inherit; background: var(--block-background-fill); font: inherit; text-align: left; cursor: pointer;
  border: 1px solid var(--border-color-primary); border-radius: 8px;
}
button:hover { border-color: var(--slider-color); }
button img { display: block; width: 100%; height: 5.5rem; margin-bottom: 0.375rem; }
button span { line-height: 1.3; overflow-wrap: anywhere; }
button .name { font-weight: 600; }
.label, .score { font-size: 0.875rem; color: var(--body-text-color-subdued); }
.back { flex: none; padding: 0.5rem 0.875rem; }
@media (max-width: 30rem) {
  ol { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 0.375rem; }
  li button { padding: 0.375rem 0.25rem; }
  li span, li .label, li .score { font-size: 0.8125rem; }
}
"""

ON_LOAD = """
const heading = () => element.querySelector('h2');
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-place]');
  if (button) {
    element.dataset.moved = 'yes';
    trigger('choose', {place: Number(button.dataset.place)});
  }
});
watch('value', () => {
  if (element.dataset.moved && heading()) {
    heading().focus();
    heading().scrollIntoView({block: 'nearest'});
  }
  delete element.dataset.moved;
});
"""
"""After a press the heading of what came takes the keyboard's place: the button that was pressed is gone."""
BACK = -1
"""The place that the button Back names."""


def welcome(examples: Sequence[Found]) -> str:
    """Show pictures to begin with.

    Args:
        examples: Of the reference set.
    """
    return frame(
        "",
        top("No picture at hand? Start from one of these")
        + f"<ol>{''.join(button(each, scored=False) for each in examples)}</ol>",
    )


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


def problem(sentence: str) -> str:
    """Say what went wrong."""
    return frame("", "", sentence)


def top(title: str, asked: Found | None = None) -> str:
    """Head the results; those of a reference with its picture and the way back."""
    back = f'<button type="button" class="back" data-place="{BACK}">← Back</button>' if asked else ""
    picture = image(asked) if asked else ""
    return f'<div class="top">{back}{picture}<h2 tabindex="-1">{escape(title)}</h2></div>'


def one_set(backbone: str, found: Sequence[Found]) -> str:
    """List what one backbone found, the most similar first."""
    return f"<section><h3>{escape(backbone)}</h3><ol>{''.join(map(button, found))}</ol></section>"


def button(found: Found, scored: bool = True) -> str:
    """Draw one result, which leads to its own neighbors."""
    lines = [f'<span class="name">{escape(shown(found.name))}</span>']
    if found.label:
        lines.append(f'<span class="label">{escape(shown(found.label))}</span>')
    if scored:
        lines.append(f'<span class="score">cosine {found.score:.2f}</span>')
    return (
        f'<li><button type="button" data-place="{found.place}">{image(found)}{"".join(lines)}</button></li>'
    )


def image(found: Found) -> str:
    """Draw a reference's picture, small, inside the page."""
    return f'<img alt="Picture of {escape(shown(found.name))}" src="{small(found.picture)}">'


def small(picture: Image.Image) -> str:
    """Write a picture as an address that holds all of it, no larger than it is shown."""
    copy, written = picture.copy(), io.BytesIO()
    copy.thumbnail((SIDE, SIDE))
    copy.save(written, "webp", quality=85)
    return address(written.getvalue(), "image/webp")


def shown(name: str) -> str:
    """Make somebody's name for a thing fit to be shown."""
    return cleaned(name, LONGEST)


def table(quality: Sequence[Quality], titles: Mapping[str, str]) -> str:
    """Compare backbones on the labeled set, with a sentence on what the numbers mean."""
    k, count = quality[0].k, quality[0].count
    measures = {
        f"precision@{k}": [each.precision for each in quality],
        f"recall@{k}": [each.recall for each in quality],
        "accuracy": [each.accuracy for each in quality],
    }
    heads = "".join(f'<th scope="col">{escape(titles[each.backbone])}</th>' for each in quality)
    rows = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{share:.0%}</td>" for share in shares)}</tr>'
        for name, shares in measures.items()
    )
    return (
        "<h2>How good are they?</h2>"
        f"<p>{count:,} labeled pictures are looked up. Precision is how many of the first {k} have the "
        f"label of the picture; recall, how many of all that have it are among the first {k}; accuracy, "
        "how often the label that the neighbors vote for is right.</p>"
        '<div class="wide" tabindex="0" role="region" aria-label="How good they are">'
        f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def unmeasured(why: str) -> str:
    """Say why nothing was measured."""
    return f"<h2>How good are they?</h2><p>That was not measured. {escape(why)}</p>"


def credits(sentence: str) -> str:
    """Name who made the pictures that are shown."""
    return f'<p class="credits">{escape(sentence)}</p>' if sentence else ""


def skipped(sentences: Sequence[str]) -> str:
    """List the files of a folder that could not be used, folded."""
    if not sentences:
        return ""
    files = "1 file was" if len(sentences) == 1 else f"{len(sentences):,} files were"
    items = "".join(f"<li>{escape(each)}</li>" for each in sentences[:MOST_SKIPPED])
    more = len(sentences) - MOST_SKIPPED
    rest = f"<p>And {more:,} more.</p>" if more > 0 else ""
    return f"<details><summary>{files} skipped</summary><ul>{items}</ul>{rest}</details>"
