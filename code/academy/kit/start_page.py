"""The page a kit starts with: what is here, how to read it, run it and serve it. It needs no script."""

import re
from collections.abc import Iterator, Mapping
from html import escape

from academy.kit.chapters import Chapter
from academy.kit.serve import HOST, PLACE

TITLE = "Deep Learning, from a neuron to CLIP"
REPOSITORY = "https://github.com/agasy18/pa-academy-ai-2025"
STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --surface: #f5f6f8; --ink: #1f2328; --quiet: #57606a;
  --line: #d8dee4; --blue: #005f9e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14171b; --surface: #1d2127; --ink: #e3e8ee; --quiet: #a2acb8; --line: #363d47;
    --blue: #74bcf2; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 "Source Sans 3", system-ui, sans-serif; overflow-wrap: break-word; }
main { max-width: 52rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.375rem; line-height: 1.3; margin: 3rem 0 .5rem; }
h3 { font-size: 1.0625rem; margin: 0; }
a { color: var(--blue); }
a:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
.lead, .quiet { color: var(--quiet); }
.ways { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0; }
.ways a { padding: .5rem 1rem; border: 1px solid var(--blue); border-radius: .375rem; text-decoration: none; }
.ways a:first-child { background: var(--blue); color: var(--paper); }
.chapters { list-style: none; margin: 1rem 0; padding: 0; border-top: 1px solid var(--line); }
.chapters li { padding: .625rem 0; border-bottom: 1px solid var(--line); }
.chapters p { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; }
.chapters p a { min-height: 1.75rem; }
code { font: .875rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; background: var(--surface);
  padding: .1em .25em; }
pre { margin: .5rem 0 1rem; padding: .75rem 1rem; background: var(--surface); white-space: normal;
  border: 1px solid var(--line); border-radius: .375rem; }
pre code { display: block; padding: 0 0 0 2rem; text-indent: -2rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0;
  border-bottom: 1px solid var(--line); }
td:last-child, th:last-child { text-align: right; white-space: nowrap; padding-right: 0; }
"""
LITTLE = 50_000
"""Bytes that are not worth a number."""
PARTS = {
    "site": "the book, as a site: start at <code>site/index.html</code>",
    "notebooks": "every chapter and homework as a notebook",
    "slides": "the slides as PDF; the site has them as pages",
    "assets": "data and weights that the notebooks read; whose they are says the site’s "
    '<a href="site/book/data-and-models.html">Data and models</a>',
    "wheels": "the package <code>academy</code>, to install",
    "serve.py": "serves this folder to the room, and checks that it is whole",
    "LICENSE": "the licenses of code, text and figures",
}
"""What each part of the folder is."""
BEFORE = [
    "python3 -m venv course",
    f'course/bin/pip install jupyterlab "pa-academy[apps,grading] @ git+{REPOSITORY}"',
]
INSTALL = f"course/bin/pip install --no-deps --force-reinstall {PLACE}/wheels/"
INSTALL_ALL = (
    f"course/bin/pip install --no-index --find-links {PLACE}/wheels/ --trusted-host {HOST} "
    '"pa-academy[apps,grading]" jupyterlab'
)
START = [f"course/bin/academy assets fetch --from {PLACE}", "course/bin/jupyter lab"]
SERVE = ["python3 serve.py --check", "python3 serve.py"]


def write(chapters: list[Chapter], wheel: str, sizes: Mapping[str, int], has_wheels: bool) -> str:
    """Write the page.

    Args:
        chapters: Of the site.
        wheel: File name of the package's wheel.
        sizes: Bytes of each part of the kit.
        has_wheels: Whether the kit holds what notebooks need besides the package.
    """
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{TITLE}: the classroom kit</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
<p class="lead">The whole course in one folder. Nothing here needs the internet.</p>
<p class="ways"><a href="site/index.html">Read the book</a>
<a href="site/slides/index.html">Show the slides</a></p>
<h2>The chapters</h2>
<p>Pages open here. A notebook is a file: save it, then open it in Jupyter, as the next part says.</p>
<ul class="chapters">
{"".join(entries(chapters))}</ul>
<h2>For students: run a notebook</h2>
{students(wheel, has_wheels)}
<h2>For the teacher: serve this folder to the room</h2>
{TEACHER}
<h2>What is in this folder</h2>
<table>
<thead><tr><th scope="col">Part</th><th scope="col">What it is</th><th scope="col">MB</th></tr></thead>
<tbody>
{"".join(rows(sizes, has_wheels))}</tbody>
</table>
</main>
</body>
</html>
"""


def entries(chapters: list[Chapter]) -> Iterator[str]:
    """Write a list's entry for each chapter: its forms, each link with a name of its own."""
    for chapter in chapters:
        title = escape(named(chapter))
        forms = {
            "Page": f"site/{chapter.page}",
            "Notebook": chapter.notebook,
            "Slides": f"site/{chapter.deck}" if chapter.deck else None,
            "Slides as PDF": chapter.pdf,
        }
        links = " ".join(
            f'<a href="{escape(place)}"{download(form)} aria-label="{form}: {title}">{form}</a>'
            for form, place in forms.items()
            if place
        )
        yield f"<li><h3>{title}</h3><p>{links}</p></li>\n"


def named(chapter: Chapter) -> str:
    """Put a lesson's number before its title, as others have theirs in it."""
    lesson = re.fullmatch(r"lesson(\d+)", chapter.name)
    return f"Lesson {lesson[1]}: {chapter.title}" if lesson else chapter.title


def download(form: str) -> str:
    """Have a browser save a notebook rather than show its text."""
    return " download" if form == "Notebook" else ""


def students(wheel: str, has_wheels: bool) -> str:
    """Write how a student comes from a link to a running notebook."""
    needed = "Python 3.11 or newer" + ("" if has_wheels else " and, before the lesson, git")
    return f"""\
<p>You need {needed}. In the commands, <code>{PLACE}</code> stands for where this folder is: the address on
the board or, for a copy of the folder on your own disk, its path. On Windows write <code>py</code> for
<code>python3</code> and <code>course\\Scripts\\</code> for <code>course/bin/</code>.</p>
{commands_with_wheels() if has_wheels else commands_without_wheels(wheel)}
<p>In Jupyter open the notebook that you saved, and run its cells from the top. The first one, which would
install the package, finds it and does nothing. A cell that needs the Hugging Face hub says so in one
sentence; nothing else needs it. On some networks the search for the internet takes a minute, once an hour:
<code>ACADEMY_OFFLINE=1</code>, set before Jupyter starts, spares you that. The buttons “Colab” and “Binder”
on the pages need the internet.</p>"""


def commands_without_wheels(wheel: str) -> str:
    """Write the commands of a kit that holds the book's package alone."""
    return f"""\
<p>Before the lesson, where there is internet (PyTorch and more: 1 to 6 GB, as your system has it):</p>
{block(BEFORE)}
<p>In the room:</p>
{block([INSTALL + wheel, *START])}"""


def commands_with_wheels() -> str:
    """Write the commands of a kit that holds all packages."""
    return f"""\
<p>The folder <code>wheels</code> holds every package, for the system and the Python of the machine that made
it. In the room:</p>
{block([BEFORE[0], INSTALL_ALL, *START])}"""


def block(commands: list[str]) -> str:
    """Show commands, a line each; a long one goes on below."""
    return "<pre>" + "\n".join(f"<code>{escape(command)}</code>" for command in commands) + "</pre>"


def rows(sizes: Mapping[str, int], has_wheels: bool) -> Iterator[str]:
    """Write a table's row for each part that is here."""
    for name, what in PARTS.items():
        if name in sizes:
            more = ", and all that it needs" if name == "wheels" and has_wheels else ""
            size = f"{sizes[name] / 1e6:,.1f}" if sizes[name] > LITTLE else "&lt; 0.1"
            yield f"<tr><td><code>{name}</code></td><td>{what}{more}</td><td>{size}</td></tr>\n"


TEACHER = f"""\
<ol>
<li>Bring your machine and theirs into one network: a router without internet will do, or the hotspot of a
telephone.</li>
<li>In this folder, check once that it was copied whole, then serve it:
{block(SERVE)}</li>
<li>Write the address that it prints on the board. Everybody on that network can read this folder while it is
served, and nothing else of your machine. If nobody can open it, a firewall on your machine keeps them out:
allow Python to be reached, or choose another port with <code>--port</code>.</li>
</ol>
<p>Each student takes the assets once. Where the network is slow, copy this folder to a few sticks instead:
all commands work with the path of a copy. Homework is graded offline too, with
<code>academy check homework1 FOLDER</code>.</p>"""
