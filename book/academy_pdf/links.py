"""Where the links of a page lead in the PDF: to another place in it, or to the published site."""

import posixpath
from collections.abc import Collection
from urllib.parse import unquote, urljoin, urlsplit

from academy_pdf.contents import FRONT

COVER = "cover"


def anchor(page: str, identifier: str = "") -> str:
    """Name a page, or a place on it, in a document that holds all pages.

    Old viewers know no name of more than 127 bytes: so the folder is left out.
    """
    name = posixpath.basename(page)
    return f"{name}:{identifier}" if identifier else name


class Links:
    """Rewrites addresses.

    Args:
        pages: The names of the pages that are in the PDF.
        places: The anchors there are.
        published: The address of the published site's root, with a slash at its end.
    """

    def __init__(self, pages: Collection[str], places: Collection[str], published: str) -> None:
        self.pages = pages
        self.places = places
        self.published = published

    def target(self, page: str, address: str) -> str:
        """Return where a link leads.

        Args:
            page: The name of the page that it stands on.
            address: What it says there: relative to the page, or absolute.

        Returns:
            `#` and an anchor where the place is in the PDF; an address of the web for all others, such as
            decks, notebooks and states of interactives.
        """
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return address
        place = self.place(page, parts.path, unquote(parts.fragment))
        return f"#{place}" if place in self.places else urljoin(self.home(page), address)

    def place(self, page: str, path: str, fragment: str) -> str:
        """Name the place that a relative address means; none where its file is no page of the PDF."""
        file = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else f"{page}.html"
        name = file.removesuffix(".html")
        if name == FRONT and not fragment:
            return COVER
        return anchor(name, fragment) if name in self.pages else ""

    def home(self, page: str) -> str:
        """Return the address of a page on the published site."""
        return f"{self.published}{page}.html"
