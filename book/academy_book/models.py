"""The nets that pages run in the reader's browser, what runs them, and plain data, as files of the site.

A cell that calls `export` or `export_data` of `academy.web.exports` leaves the file among its outputs, so a
page that comes from the execution cache brings it, too. Files are compressed here, for no server may be
counted on to do it, and named after their content: a browser may keep them for good.
"""

import base64
import gzip
import hashlib
import json
import re
from pathlib import Path

from academy.assets.cache import fetch
from academy.assets.registry import REGISTRY
from academy.atomic import atomic_write
from academy.book import DATA_MEDIA_TYPE, MODEL_MEDIA_TYPE
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from academy_book.events import after_good_build

logger = logging.getLogger(__name__)

FOLDER = "_static/models"
PUBLISHED = re.compile(r".+\.[0-9a-f]{12}\.gz")
RUNTIME = {"script": "ort.wasm.bundle.min.mjs", "machine": "ort-wasm-simd-threaded.wasm"}
"""What the browser needs beside a net, from the asset `onnxruntime-web`."""
KINDS = {
    "model": (MODEL_MEDIA_TYPE, "onnx"),
    "second-model": (MODEL_MEDIA_TYPE, "onnx"),
    "data": (DATA_MEDIA_TYPE, "safetensors"),
}
"""The options of an interactive that name a file: how a cell's output and the file itself are marked."""


def exported(app: Sphinx, docname: str, kind: str) -> dict[str, bytes]:
    """Return the files of a kind that a page's cells have exported, run for this build or an earlier one."""
    path = Path(app.outdir).parent / "jupyter_execute" / f"{docname}.glue.json"
    if not path.is_file():
        return {}
    glued = json.loads(path.read_text(encoding="utf-8"))
    media_type, _ = KINDS[kind]
    return {
        name: base64.b64decode(output["data"][media_type])
        for name, output in glued.items()
        if media_type in output["data"]
    }


def remember(app: Sphinx, doctree: nodes.document) -> None:
    """Keep which files a page needs, and complain of those that it does not export."""
    docname = app.env.docname
    places = [place for place in doctree.findall() if isinstance(place, nodes.Element)]
    found: list[tuple[str, str]] = []
    for kind in KINDS:
        wanted = [place for place in places if place.get(kind)]
        known = exported(app, docname, kind) if wanted else {}
        for place in wanted:
            if place[kind] in known:
                found.append((kind, place[kind]))
            else:
                message = "the interactive %s needs the %s %s, which no cell of its page exports"
                logger.warning(message, place["name"], kind, place[kind], location=place, type="interactive")
        if wanted and kind == "model":
            app.env.note_dependency(str(REGISTRY))  # the runtime may change
    app.env.metadata[docname]["exported"] = found


def files(app: Sphinx, docname: str, kind: str, name: str) -> dict[str, Path]:
    """Return the files that come with a net or with data, each written unless it is there.

    What runs a net comes with a page's first one.
    """
    if name not in (known := exported(app, docname, kind)):
        return {}
    runtime = RUNTIME if kind == "model" else {}
    folder = fetch("onnxruntime-web") if runtime else Path()
    contents = {part: (folder / file).read_bytes() for part, file in runtime.items()}
    part = kind.removeprefix("second-")
    contents[part] = known[name]
    names = {**runtime, part: f"{name}.{KINDS[kind][1]}"}
    return {part: published(app, names[part], content) for part, content in contents.items()}


def published(app: Sphinx, name: str, content: bytes) -> Path:
    """Write a file of the site, compressed, under a name that says what is in it."""
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = Path(app.outdir, FOLDER, f"{name}.{digest}.gz")
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, gzip.compress(content, mtime=0))
    return path


def addresses(app: Sphinx, docname: str, kind: str, name: str) -> str:
    """Write what a page's script must know: address and bytes of each file, as JSON."""
    page = app.builder.get_target_uri(docname)
    listed = {
        part: {"address": relative_uri(page, f"{FOLDER}/{path.name}"), "bytes": path.stat().st_size}
        for part, path in files(app, docname, kind, name).items()
    }
    return json.dumps(listed)


@after_good_build
def keep_current(app: Sphinx) -> None:
    """See that the files of all pages are there, also of those not written this time, and no others."""
    wanted = {
        path
        for docname, metadata in app.env.metadata.items()
        for kind, name in metadata.get("exported", [])
        for path in files(app, docname, kind, name).values()
    }
    for path in Path(app.outdir, FOLDER).glob("*"):
        if path not in wanted and PUBLISHED.fullmatch(path.name):
            path.unlink()
