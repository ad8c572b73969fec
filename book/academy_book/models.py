"""The nets that pages run in the reader's browser, and what runs them, as files of the site.

A cell that calls `academy.web.export` leaves the net among its outputs, so a page that comes from the
execution cache brings it, too. Files are compressed here, for no server may be counted on to do it, and
named after their content: a browser may keep them for good.
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
from academy.book import MODEL_MEDIA_TYPE
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.osutil import relative_uri

from academy_book.events import after_good_build

logger = logging.getLogger(__name__)

FOLDER = "_static/models"
PUBLISHED = re.compile(r".+\.[0-9a-f]{12}\.gz")
RUNTIME = {"script": "ort.wasm.bundle.min.mjs", "machine": "ort-wasm-simd-threaded.wasm"}
"""What the browser needs beside the net, from the asset `onnxruntime-web`."""


def exported(app: Sphinx, docname: str) -> dict[str, bytes]:
    """Return the nets that a page's cells have exported, run for this build or an earlier one."""
    path = Path(app.outdir).parent / "jupyter_execute" / f"{docname}.glue.json"
    if not path.is_file():
        return {}
    glued = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: base64.b64decode(output["data"][MODEL_MEDIA_TYPE])
        for name, output in glued.items()
        if MODEL_MEDIA_TYPE in output["data"]
    }


def remember(app: Sphinx, doctree: nodes.document) -> None:
    """Keep which nets a page runs, and complain of those that it does not export."""
    docname = app.env.docname
    wanted = [place for place in doctree.findall() if isinstance(place, nodes.Element) and place.get("model")]
    known = exported(app, docname) if wanted else {}
    for place in wanted:
        if place["model"] not in known:
            message = "the interactive %s runs the model %s, which no cell of its page exports"
            logger.warning(message, place["name"], place["model"], location=place, type="interactive")
    if wanted:
        app.env.note_dependency(str(REGISTRY))  # the runtime may change
    app.env.metadata[docname]["models"] = [place["model"] for place in wanted if place["model"] in known]


def files(app: Sphinx, docname: str, model: str) -> dict[str, Path]:
    """Return the files that run a net in a page, each written unless it is there."""
    if model not in (known := exported(app, docname)):
        return {}
    folder = fetch("onnxruntime-web")
    contents = {part: (folder / name).read_bytes() for part, name in RUNTIME.items()}
    names = {**RUNTIME, "model": f"{model}.onnx"}
    contents["model"] = known[model]
    return {part: published(app, names[part], content) for part, content in contents.items()}


def published(app: Sphinx, name: str, content: bytes) -> Path:
    """Write a file of the site, compressed, under a name that says what is in it."""
    digest = hashlib.sha256(content).hexdigest()[:12]
    path = Path(app.outdir, FOLDER, f"{name}.{digest}.gz")
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic_write(path, gzip.compress(content, mtime=0))
    return path


def addresses(app: Sphinx, docname: str, model: str) -> str:
    """Write what a page's script must know: address and bytes of each file, as JSON."""
    page = app.builder.get_target_uri(docname)
    listed = {
        part: {"address": relative_uri(page, f"{FOLDER}/{path.name}"), "bytes": path.stat().st_size}
        for part, path in files(app, docname, model).items()
    }
    return json.dumps(listed)


@after_good_build
def keep_current(app: Sphinx) -> None:
    """See that the files of all pages are there, also of those not written this time, and no others."""
    wanted = {
        path
        for docname, metadata in app.env.metadata.items()
        for model in metadata.get("models", [])
        for path in files(app, docname, model).values()
    }
    for path in Path(app.outdir, FOLDER).glob("*"):
        if path not in wanted and PUBLISHED.fullmatch(path.name):
            path.unlink()
