"""A build that warned fails, this time and each time after.

Sphinx re-reads only what changed: a second run over a page that warned would find nothing to say and
succeed. So a build with warnings forgets what it read.
"""

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)


def refuse_warnings(app: Sphinx, exception: Exception | None) -> None:
    """Turn warnings into a failed build, and have the next build read every page again."""
    if not app._warncount and not exception:
        return
    (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
    if app._warncount:
        logger.info("%s warnings: the build failed", app._warncount)
        app.statuscode = 1


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension, last of all listeners."""
    app.connect("build-finished", refuse_warnings, priority=1000)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
