"""What the environment says: where the cache is, whether the network may be used, how long to wait."""

import math
import os
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

import platformdirs

from academy.assets.errors import AssetError
from academy.foreign import cleaned

CACHE_VARIABLE = "ACADEMY_CACHE"
OFFLINE_VARIABLE = "ACADEMY_OFFLINE"
TIME_LIMIT_VARIABLE = "ACADEMY_TIME_LIMIT"

PATIENCE = 60.0
"""Seconds that any source may take, however small the asset."""

SLOWEST_LINE = 250_000
"""Bytes a second; each source gets the time that the asset takes on a line of this speed."""

ROOM_FOR_PACKAGE = 1 << 28
"""Bytes that a source may write however small the asset; ONNX Runtime's package takes 100 MB for 14 MB."""

LONGEST_VALUE = 100
"""Characters of a wrong setting that are repeated to the reader."""


def cache_folder() -> Path:
    """Name the folder that holds all assets: ``ACADEMY_CACHE``, or the platform's cache folder.

    Raises:
        AssetError: If ``ACADEMY_CACHE`` cannot be the name of a folder, or is not set and there is no home.
    """
    chosen = os.environ.get(CACHE_VARIABLE)
    if not chosen:
        return platform_folder()
    try:
        return Path(chosen).expanduser().resolve()
    except (OSError, RuntimeError) as error:  # no such user, a ring of links
        raise AssetError(
            f"{CACHE_VARIABLE} is “{cleaned(chosen, LONGEST_VALUE)}”, which leads to no folder: {error}"
        ) from error


def platform_folder() -> Path:
    """Name the folder for caches of this system's user."""
    try:
        return platformdirs.user_cache_path("pa-academy")
    except RuntimeError as error:  # a user without a home, as in some containers
        raise AssetError(
            f"there is no home folder to keep a cache in; name a folder with {CACHE_VARIABLE}, for example "
            f"{CACHE_VARIABLE}=/tmp/pa-academy"
        ) from error


def proxies() -> str:
    """Name the proxies that connections go through, without passwords; nothing where there are none."""
    named = getproxies()
    addresses = {named[kind] for kind in ("http", "https") if kind in named}
    hosts = {urlsplit(address).netloc or address for address in addresses}
    return " and ".join(cleaned(host.rpartition("@")[2], LONGEST_VALUE) for host in sorted(hosts))


def is_offline() -> bool:
    """Tell whether ``ACADEMY_OFFLINE`` forbids the network."""
    return os.environ.get(OFFLINE_VARIABLE, "0") not in ("", "0")


def time_limit(size: int) -> float:
    """Say how long one source may take.

    Args:
        size: Bytes of the asset.

    Returns:
        Seconds: ``ACADEMY_TIME_LIMIT`` where it is set, otherwise a minute and the time for the bytes.

    Raises:
        AssetError: If ``ACADEMY_TIME_LIMIT`` is not a finite number above zero.
    """
    chosen = os.environ.get(TIME_LIMIT_VARIABLE)
    if chosen is None:
        return PATIENCE + size / SLOWEST_LINE
    try:
        seconds = float(chosen)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise AssetError(
            f"{TIME_LIMIT_VARIABLE} is “{cleaned(chosen, LONGEST_VALUE)}”, but must be a number of seconds "
            f"above 0; unset it, or write for example {TIME_LIMIT_VARIABLE}=600"
        )
    return seconds


def size_limit(size: int) -> int:
    """Say how many bytes one source may write on its way to an asset.

    A package holds more than the asset, and clients keep up to three copies of it while they work.

    Args:
        size: Bytes of the asset.
    """
    return ROOM_FOR_PACKAGE + 4 * size
