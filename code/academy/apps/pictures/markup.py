"""Pictures that were found, as HTML: each is a button with a picture, a name, a label and a score."""

import io
from collections.abc import Sequence
from html import escape

from PIL import Image

from academy.apps.markup import address, frame
from academy.apps.pictures.gallery import Found
from academy.apps.pictures.walk import BACK
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
    trigger('select', {place: Number(button.dataset.place)});
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


def problem(sentence: str) -> str:
    """Say what went wrong."""
    return frame("", "", sentence)


def top(title: str, asked: Found | None = None) -> str:
    """Head the results; those of a reference with its picture and the way back."""
    back = f'<button type="button" class="back" data-place="{BACK}">← Back</button>' if asked else ""
    picture = image(asked) if asked else ""
    return f'<div class="top">{back}{picture}<h2 tabindex="-1">{escape(title)}</h2></div>'


def listed(found: Sequence[Found], scored: bool = True) -> str:
    """List what was found, in its order."""
    return f"<ol>{''.join(button(each, scored) for each in found)}</ol>"


def button(found: Found, scored: bool) -> str:
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


def table(heads: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]], label: str) -> str:
    """Draw a table whose first column names its rows.

    Args:
        heads: Of the other columns.
        rows: Of each its name and its cells.
        label: What a screen reader calls the table.
    """
    columns = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    lines = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, cells in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(label)}">'
        f"<table><thead><tr><td></td>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
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
