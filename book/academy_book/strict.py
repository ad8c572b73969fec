"""A build that warned fails, this time and each time after.

Sphinx re-reads only what changed: a second run over a page that warned would find nothing to say and
succeed. So a build with warnings forgets what it read.
"""

import logging

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.util.logging import NAMESPACE, is_suppressed_warning


class Warnings(logging.Handler):
    """Hears whether a build warns, and makes Sphinx fail one that did, at its end.

    Args:
        app: The build. What its settings suppress is no warning.
    """

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.heard = False
        app.keep_going = True  # as the options --fail-on-warning --keep-going do
        logging.getLogger(NAMESPACE).addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Take note of a warning or an error."""
        kind, part = getattr(record, "type", ""), getattr(record, "subtype", "")
        self.heard |= not is_suppressed_warning(kind, part, self.app.config.suppress_warnings)

    def forget(self, app: Sphinx, exception: Exception | None) -> None:
        """After a build that warned or failed, have the next one read every page again."""
        if self.heard or exception:
            (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
