"""Task 7: what maps of a trained network answer to, tried on pictures that nobody has seen."""

import copy
import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson3.homework.moved_clothes import unseen_clothes
from academy.lessons.lesson3.homework.reader import trained_reader

SIDE = 28
ANGLES = tuple(range(0, 360, 45))
MAPS = 8
"""Of the first layer."""
WAYS = [(shift, *look) for shift in (-3.3, -1.7, -0.2, 1.4, 2.8) for look in ((0.9, 1.0), (0.6, 2.0))]
"""Of the edges that the check draws: the shift, how bright they are and how soft."""
EVEN = 0.8
"""What share of its best answer to an edge a map gives to an even picture, if it looks for no edge."""
CLOSE = 0.85
"""What share of its best answer a map must give to the named edge; two directions may be as good."""
INNER = slice(3, -3)
"""Places of a map away from the borders, where zeros begin."""
EXCITED = 9
"""The map of the third layer that is to be excited."""
TIMES = 2.0
"""How many times what the most exciting of unseen clothes gives."""
CHANNELS = 4
PLANS = [
    [(3, 1, 1, False), (3, 1, 0, False)],
    [(5, 2, 2, True), (3, 1, 0, False)],
    [(5, 1, 2, False), (3, 2, 0, False), (3, 1, 0, False)],
    [(3, 2, 1, True), (3, 1, 0, False)],
    [(5, 1, 1, True), (3, 2, 0, False), (3, 1, 0, False)],
]
"""Of networks: kernel, stride and padding of each convolution, and whether it is pooled.

Padding is in front alone: behind it a window at the border sees less than the formula says.
"""
PICTURES = 4
"""A network."""


def edge(degrees: float, shift: float = 0.0, bright: float = 1.0, softness: float = 1.0) -> torch.Tensor:
    """Draw a picture that is dark on one side of a line and bright on the other.

    Args:
        degrees: Where it gets brighter: 0 to the right, 90 downward, 180 to the left, 270 upward.
        shift: Of the line from the middle toward the bright side, in pixels.
        bright: Of the bright side, from 0 to 1.
        softness: Over how many pixels it gets brighter.

    Returns:
        Shape (1, 28, 28), from 0 to 1.
    """
    places = torch.arange(SIDE) - (SIDE - 1) / 2
    angle = math.radians(degrees)
    along = places * math.cos(angle) + places[:, None] * math.sin(angle) - shift
    return (bright * (along / softness + 0.5).clamp(0, 1))[None]


def reads(looks_for: Any, strongest: Any, exciting: Any) -> Iterator[Finding]:
    """Try what is said of maps on new edges, windows on new networks, and a picture on the reader."""
    found = list(direction_mistakes(looks_for))
    if found:
        yield from found
        return
    yield right(f"what each of {MAPS} maps answers to, on edges of other places, contrasts and softness")
    found = list(window_mistakes(strongest))
    if found:
        yield from found[:1]
        return
    yield right(f"the pixels that the strongest unit sees, in {len(PLANS)} networks that nobody has seen")
    yield from excitement(exciting)


@torch.no_grad()
def answers_to_edges() -> torch.Tensor:
    """Give the mean answer of each first map to edges of each direction, shape (maps, directions)."""
    first = trained_reader()[:2]
    pictures = torch.stack([edge(angle, *way) for angle in ANGLES for way in WAYS])
    maps = first(pictures)[..., INNER, INNER].amax(dim=(2, 3))  # (angles · ways, maps)
    return torch.as_tensor(maps.unflatten(0, (len(ANGLES), len(WAYS))).mean(dim=1).T)


@torch.no_grad()
def answers_to_even() -> torch.Tensor:
    """Give the mean answer of each first map to evenly bright pictures, shape (maps,)."""
    pictures = torch.stack([torch.full((1, SIDE, SIDE), bright) for bright in (0.9, 0.6)])
    return torch.as_tensor(trained_reader()[:2](pictures)[..., INNER, INNER].amax(dim=(2, 3)).mean(dim=0))


def direction_mistakes(looks_for: Any) -> Iterator[Finding]:
    """Say of each map that is read wrongly what it answers to more."""
    if not isinstance(looks_for, Mapping):
        yield wrong(
            f"`looks_for` is a {type(looks_for).__name__}.", 'a dict from a map to an angle or "even".'
        )
        return
    edges, even = answers_to_edges(), answers_to_even()
    for index in range(MAPS):
        said, best = looks_for.get(index), edges[index].max()
        if said is None or said is ...:
            yield wrong(f"`looks_for` has nothing for map {index}.", 'one of the eight angles, or "even".')
            continue
        is_even = bool(even[index] >= EVEN * best)
        number = numbers_in([said]) if not isinstance(said, str | bool) else None
        if said == "even" and not is_even:
            yield wrong(
                f"Map {index} answers with {even[index]:.2f} to an even picture, with {best:.2f} to an edge.",
                "its best edge is what it looks for; leave the places at the border of the map out.",
            )
        elif said != "even" and (number is None or number[0] not in ANGLES):
            yield wrong(f"Map {index} is said to look for {said!r}.", f'one of {ANGLES}, or "even".')
        elif number and is_even:
            yield wrong(
                f"Map {index} answers with {even[index]:.2f} to an even picture, {even[index] / best:.0%} of "
                "what an edge gives.",
                'it needs no edge: "even". The even picture is as bright as the bright side of the edge.',
            )
        elif number and edges[index, ANGLES.index(int(number[0]))] < CLOSE * best:
            found = edges[index, ANGLES.index(int(number[0]))]
            yield wrong(
                f"Map {index} gives {found:.2f} to edges of {said} degrees, and {best:.2f} to others.",
                look_for_angle(edges[index], int(number[0])),
            )


def look_for_angle(row: torch.Tensor, said: int) -> str:
    """Say which mistake gives this angle, which may do so with each direction that is as good as the best."""
    good = [angle for angle, found in zip(ANGLES, row) if found >= CLOSE * row.max()]
    if -said % 360 in good:
        return "rows are counted downward: 90 degrees are brighter below."
    if (said + 180) % 360 in good:
        return "that is the other way round: toward where does it get **brighter**?"
    return "the largest value of the map, away from its border, for each of the eight directions."


def new_nets() -> list[nn.Sequential]:
    """Make networks with random weights: convolutions, ReLU, and pooling in some."""
    found = []
    for place, plan in enumerate(PLANS):
        torch.manual_seed(place)
        layers: list[nn.Module] = []
        for kernel, stride, padding, pooled in plan:
            channels = CHANNELS if layers else 1
            layers += [nn.Conv2d(channels, CHANNELS, kernel, stride, padding), nn.ReLU()]
            layers += [nn.MaxPool2d(2)] * pooled
        found.append(nn.Sequential(*layers))
    return found


def window_mistakes(strongest: Any) -> Iterator[Finding]:
    """Say for which network and picture the strongest unit sees other pixels."""
    for net in new_nets():
        for picture in torch.rand(PICTURES, 1, SIDE, SIDE):
            yield from one_window_mistakes(strongest, net, picture)


def one_window_mistakes(strongest: Any, net: nn.Sequential, picture: torch.Tensor) -> Iterator[Finding]:
    """Say what is wrong with the window in one picture."""
    with torch.no_grad():
        maps = net(picture[None])[0]
    channel = int(maps.amax(dim=(1, 2)).argmax())
    with calling(f"strongest(layers, picture, {channel})"):
        given = strongest(net, picture.clone(), channel)
    if given is None or given is ...:
        yield wrong("`strongest` returns nothing.", "end it with `return top, left, bottom, right`.")
        return
    numbers, wanted = numbers_in(given), seen_by(net, divmod(int(maps[channel].argmax()), maps.shape[-1]))
    if numbers is None or len(numbers) != 4:
        yield wrong(f"`strongest` gives {given!r}.", "four numbers: `return top, left, bottom, right`.")
    elif tuple(numbers) != wanted:
        kinds = ", ".join(type(layer).__name__ for layer in net)
        yield wrong(
            f"Behind {kinds} the strongest unit sees {wanted}; `strongest` gives {tuple(map(int, numbers))}.",
            look_for_window(numbers, wanted),
        )


def seen_by(net: nn.Sequential, unit: tuple[int, int]) -> tuple[int, int, int, int]:
    """Find the pixels that a unit sees by slopes, in a copy whose weights are 1 and which pools means."""
    layers = [copy.deepcopy(layer) for layer in net if not isinstance(layer, nn.ReLU)]
    for index, layer in enumerate(layers):
        if isinstance(layer, nn.MaxPool2d):
            layers[index] = nn.AvgPool2d(layer.kernel_size, layer.stride)
        elif isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
    pixels = torch.zeros(1, 1, SIDE, SIDE, requires_grad=True)
    value = nn.Sequential(*layers)(pixels)[0, 0, unit[0], unit[1]]
    rows, columns = torch.autograd.grad(value, pixels)[0][0, 0].nonzero().T
    return int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())


def look_for_window(found: list[float], wanted: tuple[int, int, int, int]) -> str:
    """Say which mistake gives these pixels."""
    top, left, bottom, right_end = wanted
    if found == [left, top, right_end, bottom]:
        return "rows first, then columns: `divmod(place, width)` gives row and column."
    if found == [top, left, bottom + 1, right_end + 1]:
        return "the **last** row and column that it sees, not the one after."
    if min(found) < 0 or max(found) >= SIDE:
        return f"cut at the borders of the picture: rows and columns from 0 to {SIDE - 1}."
    return "unit u begins at start + u · jump and sees `side` pixels; pooling is among the layers, too."


def excitement(exciting: Any) -> Iterator[Finding]:
    """Compare what a picture gives in a map of the third layer with what unseen clothes give."""
    if not torch.is_tensor(exciting) or tuple(exciting.shape) != (1, SIDE, SIDE):
        shape = f"of shape {tuple(exciting.shape)}" if torch.is_tensor(exciting) else "no tensor"
        yield wrong(f"`exciting` is {shape}.", f"a tensor of shape (1, {SIDE}, {SIDE}).")
        return
    picture = exciting.detach().float().cpu()
    if not (torch.isfinite(picture).all() and picture.min() >= 0 and picture.max() <= 1):
        yield wrong(
            f"The pixels of `exciting` go from {picture.min():.2f} to {picture.max():.2f}.",
            "no picture has others than from 0 to 1: `clamp_(0, 1)` after each step.",
        )
        return
    with torch.no_grad():
        means = trained_reader()[:7]  # with the global average, (n, 16, 1, 1)
        own = float(means(picture[None])[0, EXCITED, 0, 0])
        most = float(means(unseen_clothes().images / 255)[:, EXCITED, 0, 0].max())
    if own < TIMES * most:
        yield wrong(
            f"`exciting` gives map {EXCITED} the mean {own:.1f}; of unseen clothes the most exciting gives "
            f"{most:.1f}, and {TIMES:g} times that is expected.",
            "a slope of 0 everywhere? Begin with gray or random pixels, not with black ones."
            if own < 0.01
            else "climb along the slopes of the mean of map 9 in `reader[:6]`, the **third** layer, longer.",
        )
        return
    yield right(f"map {EXCITED} has the mean {own:.1f}, {own / most:.1f} times that of any unseen garment")
