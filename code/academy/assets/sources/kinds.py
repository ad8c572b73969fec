"""The kinds of places an asset can come from, by name."""

from academy.assets.sources.base import Source
from academy.assets.sources.debian import DebianPackage
from academy.assets.sources.hub import HubRepository
from academy.assets.sources.npm import NpmPackage
from academy.assets.sources.sdist import SourceDistribution
from academy.assets.sources.system import SystemPath
from academy.assets.sources.torchvision import TorchvisionDataset
from academy.assets.sources.web import WebAddresses
from academy.assets.sources.wheel import Wheel

KINDS: dict[str, type[Source]] = {
    "system": SystemPath,
    "wheel": Wheel,
    "sdist": SourceDistribution,
    "npm": NpmPackage,
    "debian": DebianPackage,
    "web": WebAddresses,
    "torchvision": TorchvisionDataset,
    "hub": HubRepository,
}
"""Each kind by the name that the registry uses for it."""
