"""The page “Data and models”, filled from the registry of assets.

`{asset-table}` lists every asset in a table, `{asset-cards}` gives a card for each: how it was made, what
not to use it for, where it comes from, and the sums of its files.
"""

from abc import abstractmethod

from academy.assets.registry import REGISTRY, Asset, assets
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

TABLE_HEAD = "| asset | what | MB | license | from package indexes |\n|---|---|--:|---|---|\n"


def table_row(asset: Asset) -> str:
    """Write an asset's row of the table."""
    packaged = "yes" if asset.is_packaged else "no"
    name = f"[{asset.name}](#asset-{asset.name})"
    return f"| {name} | {asset.title} | {megabytes(asset)} | {asset.license} | {packaged} |\n"


def card(asset: Asset) -> str:
    """Write an asset's card."""
    sources = "\n".join(f"1. {source.describe()}" for source in asset.sources)
    sums = "\n".join(f"{file.sha256}  {file.path}" for file in asset.files)
    return f"""
(asset-{asset.name})=
## {asset.name}

{asset.title}. {megabytes(asset)} MB in {len(asset.files)} {"file" if len(asset.files) == 1 else "files"}.

**How it was made.** {asset.made}

**What not to use it for.** {asset.avoid}

**License and attribution.** {asset.license}. {asset.attribution}.

**Where it comes from**, in the order asked:

{sources}

:::{{admonition}} SHA-256 of the files
:class: dropdown note

```text
{sums}
```
:::
"""


def megabytes(asset: Asset) -> str:
    """Write an asset's size."""
    return f"{asset.bytes / 1e6:.1f}"


class FromRegistry(SphinxDirective):
    """Puts text made from the registry in its place, and reads the page again when that changes."""

    @staticmethod
    @abstractmethod
    def text() -> str:
        """Write the Markdown."""

    def run(self) -> list[nodes.Node]:
        """Write the text and parse it as part of the page."""
        self.env.note_dependency(str(REGISTRY))
        return self.parse_text_to_nodes(self.text(), allow_section_headings=True)


class AssetTable(FromRegistry):
    """One table over all assets."""

    @staticmethod
    def text() -> str:
        """Write the table."""
        return TABLE_HEAD + "".join(table_row(asset) for asset in assets().values())


class AssetCards(FromRegistry):
    """A section for each asset."""

    @staticmethod
    def text() -> str:
        """Write the cards."""
        return "".join(card(asset) for asset in assets().values())


def declare(app: Sphinx) -> None:
    """Bring both directives."""
    app.add_directive("asset-table", AssetTable)
    app.add_directive("asset-cards", AssetCards)
