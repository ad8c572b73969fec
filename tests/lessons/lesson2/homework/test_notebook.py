"""Homework 2 as a notebook: what a blank one says, and what its data are."""

import homework_notebooks
import pytest
import torch
from academy.data.images import PHOTOS, ImageData
from academy.lessons.lesson2.homework import homework
from torch.nn import functional as F


@pytest.mark.xdist_group("homework2")
def test_a_blank_notebook_says_of_each_task_what_is_missing(blank):
    names = blank("homework2").names
    results = [homework.result(number, names) for number in range(1, len(homework.tasks) + 1)]
    printed = " ".join(map(str, results))
    for said in [
        "`training` is missing.",
        "`checking` is missing.",
        "`build` returns nothing.",
        "`fit` returns nothing.",
        "`curves` is missing.",
        "`table` is missing.",
        "`rivals` is missing.",
        "`final_net` is missing.",
        "`test_interval` is missing.",
        "in the cell of task 1,",
        "in the cell of task 7,",
    ]:
        assert said in " ".join(printed.split())


def test_no_network_learns_from_the_five_photos_or_is_chosen_by_them(names):
    inputs = names["as_inputs"](names["aside"])
    for pictures in (*names["training"][:1], *names["checking"][:1]):
        assert not any((pictures == one).all(dim=1).any() for one in inputs)


def color_photos(count=3300, noise=0.25):
    """Ten kinds of smooth color pictures of CIFAR-10's shape, a fifth of them with a name of chance."""
    chance = torch.Generator().manual_seed(0)
    kinds = F.interpolate(torch.rand(10, 3, 4, 4, generator=chance), (32, 32), mode="bilinear")
    labels = torch.randint(10, (count,), generator=chance)
    images = kinds[labels] + noise * torch.randn(count, 3, 32, 32, generator=chance)
    mislabeled = torch.rand(count, generator=chance) < 0.2
    names = torch.where(mislabeled, torch.randint(10, (count,), generator=chance), labels)
    pixels = (255 * images.clamp(0, 1)).to(torch.uint8)
    split = pixels[:3000], names[:3000], pixels[3000:], names[3000:]
    return ImageData(*split, PHOTOS, "Made up, in the shape of CIFAR-10.")


def squeezed(camera):
    """A whole color photo made small, wider or higher than it is."""
    small = F.interpolate(camera[None], (32, 32), mode="bilinear", antialias=True)[0]
    return (255 * small).to(torch.uint8)


@pytest.mark.slow
def test_tasks_and_checks_are_the_same_for_color_photos(monkeypatch):
    monkeypatch.setattr("academy.data.images.cifar10", color_photos)
    notebook = homework_notebooks.solved("homework2")
    for cell in notebook.cells:
        cell.source = cell.source.replace('DATA = "clothes"', 'DATA = "cifar10"')
        cell.source = cell.source.replace("40_000, 9_000, 10", "2_000, 950, 3")
    names, printed = homework_notebooks.run(notebook)
    assert names["features"] == 3 * 32 * 32
    assert printed.count(": solved\n") == 8, printed

    def tell(camera):
        with torch.no_grad():
            return names["final_net"](names["as_inputs"](squeezed(camera)[None])).softmax(dim=1)[0]

    result = homework.result(8, names | {"prepare": squeezed, "tell": tell})
    assert "cut out the middle square" in str(result)
