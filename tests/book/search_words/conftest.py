"""The modules of the search by words, on a bare page."""

from interactive_page import fixtures
from search_words_page import NAME, visit  # noqa: F401

bare, calculate = fixtures(NAME, ".search-words section")[:2]
