"""What a browser that translates a page must leave as it is: code, output and formulas.

Sphinx marks code with a class that only Google's translation knows; the attribute of the HTML standard is
known to all. `formulas.py` gives it to formulas.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

MARKED = re.compile(r'class="[^"]*\bnotranslate\b[^"]*"')


def mark(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say of a page's code and output, in the words of the standard, that they are not to be translated."""
    context["body"] = MARKED.sub(r'\g<0> translate="no"', context.get("body", ""))
