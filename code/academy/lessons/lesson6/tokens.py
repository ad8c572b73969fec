"""Texts cut into words: at spaces, or by a rule."""

import re
import unicodedata

WORD_OR_MARK = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")
"""Letters and digits, with apostrophes between them; or one sign that is neither, nor a space."""


def whitespace_tokens(text: str) -> list[str]:
    """Cut a text at its spaces, which are lost."""
    return text.split()


def rule_tokens(text: str) -> list[str]:
    """Cut a text into words and punctuation marks; spaces are lost.

    Letters that are written as two, as ``é`` from ``e`` and an accent, become one first (NFC); a mark that
    no letter takes up stands alone.
    """
    return WORD_OR_MARK.findall(unicodedata.normalize("NFC", text))
