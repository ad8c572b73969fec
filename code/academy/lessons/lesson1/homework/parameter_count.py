"""Task 1: a function that counts the parameters of any network."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from academy.homework.tasks import Finding, right, wrong
from academy.nets.mlp import mlp


def counts_parameters(parameters_of: Any) -> Iterator[Finding]:
    """Compare with the parameters of real networks."""
    for widths in ([2, 1], [2, 8, 1], [2, 8, 8, 1], [3, 5, 4, 2]):
        real = sum(each.numel() for each in mlp(widths).parameters())
        try:
            found = parameters_of(list(widths))
        except (IndexError, ValueError) as error:
            yield wrong(
                f"`parameters_of({widths})` raises {type(error).__name__}: {error}.",
                "it is asked for any number of layers: go through the pairs of neighbors in the list.",
            )
            return
        if found is None or found is ...:
            yield wrong("`parameters_of` returns nothing.", "end the function with `return` and the number.")
            return
        if isinstance(found, str | list | tuple):
            yield wrong(
                f"`parameters_of` returns a {type(found).__name__}.",
                "return one number, the sum over the layers.",
            )
            return
        if found == real:
            yield right(f"{widths} has {real}")
            continue
        mistakes = {
            sum(a * b for a, b in pairwise(widths)): "each neuron has a bias besides its weights.",
            sum((a + 1) * b for a, b in pairwise(widths[:-1])): "the output neuron has parameters, too.",
            sum(a * (b + 1) for a, b in pairwise(widths)): "the bias belongs to the layer that receives: "
            "from m to k units there are (m + 1) · k.",
        }
        look = "a layer from m to k units has (m + 1) · k parameters; add up the layers."
        yield wrong(f"{widths} has {real} parameters, yours says {found}.", mistakes.get(found, look))
        return
