"""Data and weights: what files exist, where they come from, and how they are verified."""

from academy.assets.cache import fetch, fetch_best
from academy.assets.errors import AssetError, AssetUnavailable, CacheError, RegistryError, UnknownAsset
from academy.assets.registry import Asset, assets, find

__all__ = [
    "Asset",
    "AssetError",
    "AssetUnavailable",
    "CacheError",
    "RegistryError",
    "UnknownAsset",
    "assets",
    "fetch",
    "fetch_best",
    "find",
]
