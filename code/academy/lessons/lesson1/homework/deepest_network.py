"""Task 7: ten hidden layers, and as few units as can be."""

from collections.abc import Iterator
from typing import Any

from academy.homework.tasks import Finding
from academy.lessons.lesson1.homework.small_networks import small

HIDDEN_LAYERS_OF_DEEP = 10
MOST_DEEP_UNITS = 40


def deepest(deep_net: Any) -> Iterator[Finding]:
    """Ten hidden layers, few units, above 83%."""
    yield from small("deep_net", deep_net, HIDDEN_LAYERS_OF_DEEP, MOST_DEEP_UNITS)
