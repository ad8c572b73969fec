"""One style sheet for all pages, with the rules that some page can use, and the icons that some page shows.

The theme, its extensions and the book bring 600 KB of styles and 1.5 MB of icons. Once all pages are
written it is known which classes, identifiers and elements exist; a rule for others cannot apply. All but
the book's own rules go into a layer, which the book's own always override. Icons become masks, so they
take the color of the text around them and need no font and no script.

Reading style sheets takes seconds, so what came of them is kept beside the site, under a fingerprint.
"""

import hashlib
import json
import posixpath
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import tinycss2
from academy.assets.cache import fetch
from academy.atomic import atomic_write
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from tinycss2.ast import Node, QualifiedRule

from academy_book.events import after_good_build

TARGET = "site.css"
KEPT = "styles.css"
OURS = "css/book.css"
THEME = [
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
]
SCRIPTS = ["*.js", "js/*.js"]
SILENCED = {"togglebutton.css", "sphinx-thebe.css"}
"""Registered by extensions that `lean.py` keeps from bringing them."""
GROUPS = ("media", "supports", "layer", "container")
ICON = re.compile(r"\bfa-(?:solid|regular) (?:[\w-]+ )*?fa-([a-z0-9-]+)|\bfas fa-([a-z0-9-]+)")
ICON_BASE = (
    ".fa-solid,.fas{display:inline-block;width:1em;height:1em;vertical-align:-.125em;"
    "background:currentColor;mask:var(--icon) center/contain no-repeat}"
)
INSISTENCE = re.compile(r"(?<!display:none)(?<!display: none)\s*!\s*important")
"""In a layer it would override the book's own rules; what hides an element may."""
PROPERTY = re.compile(r"(?<=[{;\s])(--[\w-]+)\s*:[^;{}]*(?:;|(?=\}))")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{body}</svg>'
SIZES = {"lg", "sm", "xs", "fw", "spin"}


@dataclass(frozen=True)
class Vocabulary:
    """What the selectors of a page can name."""

    elements: set[str]
    names: set[str]

    def allows(self, selector: list[Node]) -> bool:
        """Tell whether a selector can match; what stands in parentheses is not looked into."""
        previous = ""
        for node in selector:
            if node.type == "ident" and previous == ".":
                known = node.value in self.names
            elif node.type == "ident" and previous != ":":
                known = node.lower_value in self.elements
            else:
                known = node.type != "hash" or node.value in self.names
            if not known:
                return False
            previous = node.value if node.type == "literal" else ""
        return True


def vocabulary(pages: Iterable[str], scripts: Iterable[str]) -> Vocabulary:
    """Collect elements, classes and identifiers of all pages; a script may add any word it contains."""
    elements: set[str] = {"html", "body"}
    names: set[str] = set()
    for page in pages:
        elements.update(name.lower() for name in re.findall(r"<([a-zA-Z][\w-]*)", page))
        for value in re.findall(r"\b(?:class|id)=[\"']([^\"']*)", page):
            names.update(value.split())
    for script in scripts:
        words = set(re.findall(r"[\w-]+", script))
        names |= words
        elements |= words
    return Vocabulary(elements, names)


def reduce(css: str, folder: str, known: Vocabulary) -> str:
    """Return a style sheet with the rules that can apply, its addresses as seen from `_static/`."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return "".join(kept(rules, folder, known))


def kept(rules: list[Node], folder: str, known: Vocabulary) -> Iterator[str]:
    """Yield, as text, the rules that can apply."""
    for rule in rules:
        if rule.type == "error":
            raise ExtensionError(f"a style sheet cannot be read: {rule.message} (line {rule.source_line})")
        if rule.type == "qualified-rule":
            if selectors := [each for each in split(rule) if known.allows(each)]:
                prelude = ",".join(tinycss2.serialize(each).strip() for each in selectors)
                yield f"{prelude}{{{body(rule, folder)}}}"
        elif rule.lower_at_keyword in GROUPS and rule.content is not None:
            nested = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if inside := "".join(kept(nested, folder, known)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inside}}}"
        elif rule.lower_at_keyword not in ("charset", "import") and rule.content is not None:
            text = body(rule, folder)
            if "Font Awesome" not in text:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{text}}}"


def split(rule: QualifiedRule) -> Iterator[list[Node]]:
    """Yield the selectors of a rule."""
    selector: list[Node] = []
    for node in rule.prelude:
        if node.type == "literal" and node.value == ",":
            yield selector
            selector = []
        elif node.type != "comment":
            selector.append(node)
    yield selector


def body(rule: Node, folder: str) -> str:
    """Return the content of a rule, without comments, its addresses as seen from `_static/`."""
    content = [node for node in rule.content if node.type != "comment"]
    for node in content:
        relocate(node, folder)
    return re.sub(r"\s+", " ", tinycss2.serialize(content)).strip()


def relocate(node: Node, folder: str) -> None:
    """Rewrite an address that is relative to a style sheet's own folder."""
    if node.type == "url":
        node.value, node.representation = moved(node.value, folder)
    elif node.type == "function" and node.lower_name == "url":
        for argument in node.arguments:
            if argument.type == "string":
                argument.value, argument.representation = moved(argument.value, folder)
                argument.representation = f'"{argument.value}"'


def moved(address: str, folder: str) -> tuple[str, str]:
    """Return an address as seen from `_static/`, bare and as CSS writes it."""
    if not address.startswith(("data:", "#", "http")):
        address = posixpath.normpath(posixpath.join(folder, address))
    return address, f'url("{address}")'


def without_idle_properties(css: str) -> str:
    """Drop custom properties that nothing reads, until all are read."""
    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", css))
        idle = set(PROPERTY.findall(css)) - read
        if not idle:
            return css
        names = "|".join(sorted(idle, key=len, reverse=True))
        css = re.sub(rf"(?<=[{{;\s])(?:{names})\s*:[^;{{}}]*(?:;|(?=\}}))", "", css)


def icons(pages: Iterable[str]) -> str:
    """Return the rules of the icons that some page shows."""
    used = {first or second for page in pages for first, second in ICON.findall(page)} - SIZES
    drawn = json.loads((fetch("icons") / "icons.json").read_text(encoding="utf-8"))
    rules = [ICON_BASE]
    for name in sorted(used):
        shape = drawn["icons"].get(name) or drawn["icons"].get(drawn["aliases"].get(name, {}).get("parent"))
        if shape is None:
            raise ExtensionError(f"no icon is named {name}; the site has those of Font Awesome 6 Solid")
        width = shape.get("width", drawn["width"])
        height = shape.get("height", drawn["height"])
        picture = SVG.format(width=width, height=height, body=shape["body"])
        rules.append(f'.fa-{name}{{--icon:url("data:image/svg+xml,{quote(picture)}")}}')
    return "".join(rules)


def sheets(app: Sphinx) -> list[str]:
    """Name the style sheets of the site, as they follow each other."""
    registered = sorted(app.registry.css_files, key=lambda sheet: int(sheet[1].get("priority", 500)))
    names = [*THEME, *(name for name, _ in registered), OURS]
    return list(dict.fromkeys(name for name in names if "://" not in name))


def layered(sheets: dict[str, str], known: Vocabulary) -> str:
    """Return style sheets, by name, as one: all but the book's own in a layer."""
    layers = {True: "", False: ""}
    for name, css in sheets.items():
        layers[name == OURS] += reduce(css, posixpath.dirname(name), known)
    return without_idle_properties(f"@layer theme{{{INSISTENCE.sub('', layers[False])}}}{layers[True]}")


def layered_once(sheets: dict[str, str], known: Vocabulary, file: Path) -> str:
    """Return `layered`, from a file where an earlier build has made it of the same."""
    parts = [Path(__file__).read_text(encoding="utf-8"), sheets, sorted(known.elements), sorted(known.names)]
    mark = f"/* {hashlib.sha256(json.dumps(parts).encode()).hexdigest()} */\n"
    if file.is_file() and (text := file.read_text(encoding="utf-8")).startswith(mark):
        return text.removeprefix(mark)
    css = layered(sheets, known)
    atomic_write(file, mark + css)
    return css


@after_good_build
def write(app: Sphinx) -> None:
    """Write the site's one style sheet."""
    out = Path(app.outdir)
    static = out / "_static"
    shutil.copytree(fetch("source-sans"), static / "fonts", dirs_exist_ok=True)
    pages = [path.read_text(encoding="utf-8") for path in html_files(out)]
    scripts = {path for pattern in SCRIPTS for path in static.glob(pattern)}
    known = vocabulary(pages, (path.read_text(encoding="utf-8") for path in sorted(scripts)))
    known.names.difference_update({name for name in known.names if re.fullmatch(r"fa[srb]?|fa-.*", name)})
    contents = {
        name: (static / name).read_text(encoding="utf-8") for name in sheets(app) if name not in SILENCED
    }
    css = layered_once(contents, known, out.parent / KEPT)
    atomic_write(static / TARGET, css + icons(pages))


def html_files(out: Path) -> Iterator[Path]:
    """Yield the pages of the book; decks have styles of their own."""
    for path in sorted(out.rglob("*.html")):
        if not {"_static", "slides"} & set(path.relative_to(out).parts):
            yield path
