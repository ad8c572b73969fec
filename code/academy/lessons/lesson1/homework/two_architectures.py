"""Task 3: two networks of unlike architectures, both good."""

from collections.abc import Iterator
from typing import Any

from academy.homework.tasks import Finding, wrong
from academy.lessons.lesson1.homework.spiral_networks import layer_sizes, reaches, unusable

FIRST_PASS = 0.80


def two_architectures(first_net: Any, second_net: Any) -> Iterator[Finding]:
    """Measure both on all the points there could be."""
    nets = {"first_net": first_net, "second_net": second_net}
    if found := [each for name, net in nets.items() for each in unusable(name, net)]:
        yield from found
        return
    for name, net in nets.items():
        yield from reaches(name, net, FIRST_PASS)
    sizes = layer_sizes(first_net)
    if sizes is not None and sizes == layer_sizes(second_net):
        yield wrong(f"Both have layers {sizes}.", "give one another number of layers or of units.")
