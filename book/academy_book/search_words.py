"""What counts as a word to the search: also numbers as they are printed, such as 83.6% or 20,000.

Sphinx cuts a number at its point and drops the pieces, so no number of the book could be found. The page
cuts what is searched for by the same rule.

A page is found when it has each word that is searched for. So words that only ask ("why does …", "how do
I …") do not count, neither in pages nor in a search: students type questions.
"""

import re

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?%?"
ASKING = """
    about am can could did do does from had has have how i me my need our should than vs versus us we were
    what when where which who whose why work works would you your
"""


class SearchWithNumbers(SearchEnglish):
    """English, with numbers as words."""

    stopwords = SearchEnglish.stopwords | set(ASKING.split())
    _word_re = re.compile(rf"(?<![\w.]){NUMBER}(?!\w)|\w+")
    js_splitter_code = (
        "var splitQuery = (query) => query.match("
        rf"/(?<![\p{{L}}\p{{N}}_.]){NUMBER}(?![\p{{L}}\p{{N}}_])|[\p{{L}}\p{{N}}_]+/gu) ?? [];"
    )


def declare(app: Sphinx) -> None:
    """Take the place of Sphinx's English."""
    app.add_search_language(SearchWithNumbers)
