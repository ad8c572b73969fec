"""What can go wrong with an asset, each error a sentence for the reader."""


class AssetError(Exception):
    """An asset cannot be had as asked."""


class RegistryError(AssetError):
    """The registry file says something that cannot be read as an asset."""


class UnknownAsset(AssetError):
    """No asset has this name."""


class CacheError(AssetError):
    """The cache folder cannot hold the asset."""


class AssetUnavailable(AssetError):
    """No source delivered the asset."""


class SourceFailed(Exception):
    """One source did not deliver; the next may."""
