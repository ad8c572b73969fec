"""Assets from a copy of the course, as `academy kit` makes it: a folder, or an address that serves one."""

from dataclasses import replace
from pathlib import Path

from academy.assets.cache import bring_from
from academy.assets.errors import AssetUnavailable, SourceFailed
from academy.assets.locks import only_one_process
from academy.assets.receipts import damaged, folder_of, is_present
from academy.assets.registry import find
from academy.assets.sources.base import Source
from academy.assets.sources.system import SystemPath
from academy.assets.sources.web import WebAddresses
from academy.foreign import cleaned

LONGEST_PLACE = 200
"""Characters of a place that are repeated to the reader."""


def fetch_from(place: str, name: str) -> Path:
    """Bring an asset into the cache from a copy of the course, unless it is there.

    Args:
        place: The copy's folder, or its address, which begins with http:// or https://.
        name: Of the asset, as in the registry.

    Returns:
        A folder that holds the asset's verified files, each under its registered path.

    Raises:
        UnknownAsset: If no asset has this name.
        AssetUnavailable: If the copy did not deliver it; the message says why.
        CacheError: If the cache folder cannot be written.
    """
    asset = replace(find(name), sources=(source(place, name),))
    if not is_present(asset) and damaged(asset):
        with only_one_process(asset):
            if wrong := damaged(asset):
                try:
                    bring_from(asset.sources[0], asset, wrong)
                except SourceFailed as failure:
                    raise AssetUnavailable(
                        f"“{name}” ({asset.bytes / 1e6:.1f} MB) could not be taken from "
                        f"{cleaned(place, LONGEST_PLACE)}: {failure}. "
                        "Is this the folder that academy kit made, or the address that its serve.py prints?"
                    ) from failure
    return folder_of(name)


def source(place: str, name: str) -> Source:
    """Make the source that reads an asset from a copy."""
    if place.startswith(("http://", "https://")):
        return WebAddresses((f"{place.rstrip('/')}/assets/{name}/",))
    return SystemPath(str(Path(place).expanduser().absolute() / "assets" / name))
