"""What the environment says: where the cache is, whether the network may be used, how long to wait."""

import os
from pathlib import Path

import platformdirs

from academy.assets.errors import AssetError

CACHE_VARIABLE = "ACADEMY_CACHE"
OFFLINE_VARIABLE = "ACADEMY_OFFLINE"
TIME_LIMIT_VARIABLE = "ACADEMY_TIME_LIMIT"

PATIENCE = 60.0
"""Seconds that any source may take, however small the asset."""

SLOWEST_LINE = 250_000
"""Bytes a second; each source gets the time that the asset takes on a line of this speed."""


def cache_folder() -> Path:
    """Name the folder that holds all assets: ``ACADEMY_CACHE``, or the platform's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen).expanduser().resolve() if chosen else platformdirs.user_cache_path("pa-academy")


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
        AssetError: If ``ACADEMY_TIME_LIMIT`` is not a number.
    """
    chosen = os.environ.get(TIME_LIMIT_VARIABLE)
    if not chosen:
        return PATIENCE + size / SLOWEST_LINE
    try:
        return float(chosen)
    except ValueError:
        raise AssetError(f"{TIME_LIMIT_VARIABLE} is “{chosen}”, but must be a number of seconds") from None
