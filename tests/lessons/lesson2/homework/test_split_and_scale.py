"""Task 1: splits and scales with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch


def split(count, train_count, check_count, seed, *, fault=None):
    """The split, with a fault."""
    chance = torch.Generator().manual_seed(0 if fault == "one seed" else seed)
    order = torch.randperm(count, generator=None if fault == "no seed" else chance)
    if fault == "not shuffled":
        order = torch.arange(count)
    if fault == "overlap":
        return order[:train_count], order[-check_count - 20 : -20]
    if fault == "drawn with replacement":
        return tuple(torch.randint(count, (size,), generator=chance) for size in (train_count, check_count))
    if fault == "first only":
        order = torch.randperm(train_count + check_count, generator=chance)
    if fault == "second sorted":
        return order[:train_count], order[train_count : train_count + check_count].sort().values
    if fault == "rest":
        return order[:train_count], order[train_count:]
    return order[:train_count], order[train_count : train_count + check_count]


def faulty_split(fault):
    return lambda names: {"split": lambda *given: split(*given, fault=fault)}


def scaled_with(images_of):
    """Answers to Task 1 whose mean and spread come from other pictures than the training part."""

    def answers(names):
        pixels = images_of(names) / 255
        mean, spread = pixels.mean(), pixels.std()
        return with_inputs(names, lambda images: ((images / 255 - mean) / spread).flatten(1))

    return answers


def with_inputs(names, as_inputs):
    pairs = {
        name: (as_inputs(names["pictures"].train_images[names[part]]), names[name][1])
        for name, part in (("training", "train_part"), ("checking", "check_part"))
    }
    return {"as_inputs": as_inputs, **pairs}


def rescaled(function):
    return lambda names: with_inputs(names, lambda images: function(images, names))


def each_by_itself(images, names):
    pixels = images / 255
    return ((pixels - pixels.mean()) / pixels.std()).flatten(1)


def unit_mixed(images, names):
    return ((images / 255 - 255 * names["pixel_mean"]) / (255 * names["pixel_spread"])).flatten(1)


def unit_forgotten(images, names):
    return ((images - names["pixel_mean"]) / names["pixel_spread"]).flatten(1)


def each_pixel_by_its_own(images, names):
    pixels = names["pictures"].train_images[names["train_part"]].flatten(1) / 255
    return (images.flatten(1) / 255 - pixels.mean(dim=0)) / (pixels.std(dim=0) + 1e-3)


def each_mean_by_its_own(images, names):
    """A mean for each pixel, one spread for all."""
    pixels = names["pictures"].train_images[names["train_part"]].flatten(1) / 255
    apart = pixels - pixels.mean(dim=0)
    return (images.flatten(1) / 255 - pixels.mean(dim=0)) / apart.std()


def spread_too_large(images, names):
    return ((images / 255 - names["pixel_mean"]) / (1.05 * names["pixel_spread"])).flatten(1)


def training_and_checking(names):
    pictures = names["pictures"].train_images
    return torch.cat([pictures[names["train_part"]], pictures[names["check_part"]]])


def sizes_swapped(names):
    return {"training": names["checking"], "checking": names["training"]}


def both_in_training(names):
    pairs = zip(names["training"], names["checking"])
    return {"training": tuple(torch.cat(pair) for pair in pairs)}


def checked_on_training(names):
    return {"checking": tuple(each[:5000] for each in names["training"])}


def labels_of_others(names):
    inputs, labels = names["training"]
    return {"training": (inputs, names["pictures"].train_labels[: len(labels)])}


def checked_on_test(names):
    pictures = names["pictures"]
    inputs = names["as_inputs"](pictures.test_images[:5000])
    return {"checking": (inputs, pictures.test_labels[:5000])}


def in_arrays(names):
    return {"training": tuple(each.numpy() for each in names["training"])}


def split_into_lists(names):
    return {"split": lambda *given: tuple(part.tolist() for part in split(*given))}


def drawn_from(names, images, labels):
    """Both pairs, by one split with the first of the pictures laid aside in the training part."""
    chosen = torch.cat([names["train_part"], names["check_part"]])
    parts = torch.cat([torch.tensor([0]), chosen[chosen > 0]])[: len(chosen)].split(
        [8000, len(chosen) - 8000]
    )
    pixels = images[parts[0]] / 255
    mean, spread = pixels.mean(), pixels.std()

    def as_inputs(some):
        return ((some / 255 - mean) / spread).flatten(1)

    pairs = [(as_inputs(images[part]), labels[part]) for part in parts]
    return {"as_inputs": as_inputs, "training": pairs[0], "checking": pairs[1]}


def from_all_that_was_loaded(names):
    return drawn_from(names, names["loaded"].train_images, names["loaded"].train_labels)


def images_of_one_and_labels_of_the_other(names):
    """Without those laid aside, but their labels are counted along."""
    return drawn_from(names, names["pictures"].train_images, names["loaded"].train_labels)


def checked_on_what_was_loaded(names):
    """The same places in both, of which one begins five pictures earlier: some are in both parts."""
    part, loaded = names["check_part"], names["loaded"]
    return {"checking": (names["as_inputs"](loaded.train_images[part]), loaded.train_labels[part])}


WRONG = [
    (faulty_split("overlap"), "are in the training part too"),
    (faulty_split("not shuffled"), "not shuffled"),
    (faulty_split("no seed"), "two different splits"),
    (faulty_split("one seed"), "Seeds 0 and 1 give the same split"),
    (faulty_split("drawn with replacement"), "`randint` does not"),
    (faulty_split("rest"), "gives 60 and 40 indices, not 60 and 30"),
    (scaled_with(lambda names: names["pictures"].test_images), "mean and spread of the test pictures"),
    (scaled_with(lambda names: names["pictures"].train_images), "mean and spread of all pictures"),
    (rescaled(each_by_itself), "compute mean and spread once"),
    (rescaled(unit_mixed), "one unit for both"),
    (rescaled(unit_forgotten), "divide by 255 as well"),
    (rescaled(lambda images, names: images.flatten(1) / 255), "subtract the mean"),
    (rescaled(lambda images, names: names["as_inputs"](images).unflatten(1, (28, 28))), "`.flatten(1)`"),
    (faulty_split("first only"), "takes from the first 20 indices alone"),
    (faulty_split("second sorted"), "The part to check with is not shuffled"),
    (rescaled(each_pixel_by_its_own), "one mean and one spread for all"),
    (rescaled(each_mean_by_its_own), "numbers of their own: `pixels.mean()`"),
    (rescaled(spread_too_large), "near, but not the training part's"),
    (scaled_with(training_and_checking), "mean and spread of `training` and `checking` together"),
    (sizes_swapped, "`training` has 5,000 pictures, not 8,000"),
    (both_in_training, "`training` has 13,000 pictures, not 8,000"),
    (checked_on_training, "to check with are in `training` too"),
    (labels_of_others, "labels are not those of their pictures"),
    (checked_on_test, "`checking` holds test pictures"),
    (lambda names: {"training": names["training"][0]}, "is of type Tensor, not a pair of tensors"),
    (in_arrays, "is a tuple of a ndarray and a ndarray"),
    (split_into_lists, "returns a tuple of a list and a list"),
    (from_all_that_was_loaded, "of the 5 pictures that were laid aside"),
    (images_of_one_and_labels_of_the_other, "5 places away from their pictures"),
    (checked_on_what_was_loaded, "both of `pictures`"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(1, answers)
    assert not found.solved
    assert helps in str(found)


def split_in_numpy(count, train_count, check_count, seed):
    order = torch.from_numpy(np.random.default_rng(seed).permutation(count))
    return [order[-train_count:], order[:check_count]]


def scaled_in_numpy(names):
    """Mean and spread of pixels to 255, in double precision, the spread divided by n."""
    pixels = names["pictures"].train_images[names["train_part"]].numpy().astype(float)
    mean, spread = pixels.mean(), pixels.std()

    def as_inputs(images):
        return torch.from_numpy((images.numpy() - mean) / spread).float().reshape(len(images), -1)

    return with_inputs(names, as_inputs) | {"split": split_in_numpy}


def scaled_with_rounded_numbers(names):
    """Mean and spread typed in with four digits."""
    mean, spread = round(names["pixel_mean"].item(), 4), round(names["pixel_spread"].item(), 4)
    return with_inputs(names, lambda images: ((images / 255 - mean) / spread).flatten(1))


@pytest.mark.parametrize("answers", [scaled_in_numpy, scaled_with_rounded_numbers])
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(1, answers)
    assert found.solved, str(found)
