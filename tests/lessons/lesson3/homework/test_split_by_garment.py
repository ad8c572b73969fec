"""Task 5: splits with copies on both sides, and right ones unlike ours."""

import random

import numpy as np
import pytest
import torch
from academy.lessons.lesson3.homework import split_by_garment
from academy.lessons.lesson3.homework.moved_clothes import MovedClothes, moved_clothes, unseen_clothes
from sklearn.model_selection import GroupShuffleSplit


@pytest.fixture
def result(checked, monkeypatch):
    """Checks a split of 50 garments at 4 places, and the parts that another function makes of it."""
    chance = torch.Generator().manual_seed(1)
    images = torch.randint(256, (200, 1, 28, 28), generator=chance, dtype=torch.uint8)
    garments = torch.arange(50).repeat(4)[torch.randperm(200, generator=chance)]
    clothes = MovedClothes(images, garments % 10, garments)
    monkeypatch.setattr(split_by_garment, "moved_clothes", lambda: clothes)
    monkeypatch.setattr(split_by_garment, "GARMENTS", 50)

    def found(split, parts=None, make=lambda part: (clothes.images[part] / 255, clothes.labels[part])):
        try:
            chosen = (parts or split)(garments, 0.2, 0)
            training, kept_back = map(make, chosen)
        except Exception:  # a fault of the answer, which the check meets first
            training = kept_back = (torch.zeros(1), torch.zeros(1))
        return checked(5, split=split, training=training, kept_back=kept_back)

    return found


def by_garment(garments, share, seed):
    numbers = garments.unique()
    order = torch.randperm(len(numbers), generator=torch.Generator().manual_seed(seed))
    is_kept = torch.isin(garments, numbers[order[: round(share * len(numbers))]])
    return (~is_kept).nonzero().squeeze(1), is_kept.nonzero().squeeze(1)


def by_picture(garments, share, seed):
    order = torch.randperm(len(garments), generator=torch.Generator().manual_seed(seed))
    return order.split([len(order) - round(share * len(order)), round(share * len(order))])


def first_ones(garments, share, seed):
    is_kept = torch.isin(garments, garments.unique()[: round(share * len(garments.unique()))])
    return (~is_kept).nonzero().squeeze(1), is_kept.nonzero().squeeze(1)


def unseeded(garments, share, seed):
    return by_garment(garments, share, torch.randint(1000, ()).item())


def numbers_for_indices(garments, share, seed):
    return tuple(garments[part] for part in by_garment(garments, share, seed))


def numbers_without_gaps(garments, share, seed):
    count = int(garments.max()) + 1
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seed))
    is_kept = torch.isin(garments, order[: round(share * count)])
    return (~is_kept).nonzero().squeeze(1), is_kept.nonzero().squeeze(1)


def masks(garments, share, seed):
    is_kept = torch.zeros(len(garments), dtype=torch.bool)
    is_kept[by_garment(garments, share, seed)[1]] = True
    return ~is_kept, is_kept


def columns(garments, share, seed):
    return tuple(part[:, None] for part in by_garment(garments, share, seed))


SPLITS = [
    (lambda garments, share, seed: None, "returns nothing"),
    (lambda *given, seed: by_garment(*given, seed)[0], "two tensors of indices"),
    (lambda *given, seed: [part.tolist() for part in by_garment(*given, seed)], "two tensors of indices"),
    (masks, "whole numbers"),
    (columns, "whole numbers"),
    (by_picture, "garments are on both sides"),
    (lambda *given, seed: by_garment(*given, seed)[::-1], "the second tensor is what is kept back"),
    (lambda garments, share, seed: by_garment(garments, share / 2, seed), "`share` is of the garments"),
    (numbers_without_gaps, "whose numbers have gaps"),
    (numbers_for_indices, "Not the numbers of garments"),
    (lambda *given, seed: (by_garment(*given, seed)[0],) * 2, "the index of each picture, once"),
    (lambda garments, share, seed: [each[:5] for each in by_garment(garments, share, seed)], "are missing"),
    (first_ones, "let `seed` decide"),
    (unseeded, "gives another split"),
    (lambda garments: None, "TypeError"),
]


@pytest.mark.parametrize(("wrong", "helps"), SPLITS, ids=[f"{n} {w[1]}" for n, w in enumerate(SPLITS)])
def test_a_wrong_split_is_caught_with_a_sentence_that_helps(result, wrong, helps):
    found = result(wrong, parts=by_garment)
    assert not found.solved
    assert helps in str(found)


@pytest.mark.parametrize(
    ("parts", "helps"),
    [
        (by_picture, "garments are in `training` and in `kept_back`"),
        (lambda *given: by_garment(*given)[::-1], "a fifth of the garments is kept back"),
    ],
)
def test_parts_that_the_split_did_not_make_are_caught(result, parts, helps):
    found = result(by_garment, parts=parts)
    assert not found.solved
    assert helps in str(found)


@pytest.mark.parametrize(
    ("make", "helps"),
    [
        (lambda part: part, "a pair of tensors"),
        (lambda part: (torch.zeros(len(part), 784), part), "`pixels[indices], clothes.labels[indices]`"),
        (lambda part: (torch.full((len(part), 1, 28, 28), 255.0), part), "from 0 to 1"),
    ],
)
def test_parts_of_another_form_are_caught(result, make, helps):
    found = result(by_garment, make=make)
    assert not found.solved
    assert helps in str(found)


@pytest.mark.parametrize(
    "change", [lambda labels: labels.flip(0), lambda labels: labels + 10, lambda labels: labels.double()]
)
def test_labels_of_other_pictures_are_caught(result, change):
    clothes = split_by_garment.moved_clothes()
    found = result(by_garment, make=lambda part: (clothes.images[part] / 255, change(clothes.labels[part])))
    assert not found.solved
    assert "labels that are not those of its pictures" in str(found)


def by_sets(garments, share, seed):
    """Python alone."""
    numbers = sorted(set(garments.tolist()))
    random.Random(seed).shuffle(numbers)
    kept = set(numbers[: int(share * len(numbers) + 0.5)])
    sides = ([], [])
    for index, number in enumerate(garments.tolist()):
        sides[number in kept].append(index)
    return [torch.tensor(side) for side in sides]


def by_library(garments, share, seed):
    splitter = GroupShuffleSplit(n_splits=1, test_size=share, random_state=seed)
    (parts,) = splitter.split(garments, groups=garments.numpy())
    return tuple(map(torch.from_numpy, parts))


def by_numpy(garments, share, seed):
    numbers = np.unique(garments.numpy())
    kept = np.random.default_rng(seed).choice(numbers, round(share * len(numbers)), replace=False)
    where = torch.from_numpy(np.isin(garments.numpy(), kept))
    return torch.where(~where)[0].int(), torch.where(where)[0].int()


@pytest.mark.parametrize("split", [by_garment, by_sets, by_library, by_numpy])
def test_a_right_answer_written_differently_is_accepted(result, split):
    found = result(split)
    assert found.solved, str(found)


def test_the_clothes_are_what_the_page_says():
    clothes, unseen = moved_clothes(), unseen_clothes()
    assert clothes.images.shape == (12_000, 1, 28, 28)
    assert clothes.garments.bincount().tolist() == [4] * 3000
    same = clothes.garments == clothes.garments[0]
    assert clothes.labels[same].unique().numel() == 1
    assert len(clothes.images[same].flatten(1).unique(dim=0)) == 4, "a garment is somewhere else each time"
    assert unseen.images.shape == (4000, 1, 28, 28)
