"""Homework 2: the book's solutions, a blank notebook, students' wrong answers, and right ones unlike ours."""

import itertools

import homework_notebooks
import numpy as np
import pytest
import torch
from academy.data import photo
from academy.data.images import PHOTOS, ImageData
from academy.homework.homework2 import SEED, homework, unseen
from academy.learn.classification import evaluate, train_classifier
from academy.nets.mlp import mlp
from scipy import ndimage
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


@pytest.fixture(scope="module")
def solved():
    """The names that the solved notebook leaves, and what it prints."""
    return homework_notebooks.run(homework_notebooks.solved("homework2"))


@pytest.fixture(scope="module")
def names(solved):
    """The names that the solved notebook leaves."""
    return solved[0]


def test_the_books_solutions_have_the_full_score(solved):
    names, printed = solved
    assert all(homework.result(task, names).solved for task in range(1, 9))
    assert printed.count(": solved\n") == 8


def test_a_blank_notebook_runs_and_each_check_says_what_is_missing():
    _, printed = homework_notebooks.run(homework_notebooks.blank("homework2"))
    assert printed.count("not yet solved") == 8
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


def test_tasks_and_checks_are_the_same_for_color_photos(monkeypatch):
    monkeypatch.setattr("academy.data.images.cifar10", color_photos)
    notebook = homework_notebooks.solved("homework2")
    for cell in notebook.cells:
        cell.source = cell.source.replace('DATA = "clothes"', 'DATA = "cifar10"')
        cell.source = cell.source.replace("40_000, 9_000, 10", "2_000, 950, 3")
    names, printed = homework_notebooks.run(notebook)
    assert names["features"] == 3 * 32 * 32
    assert printed.count(": solved\n") == 8, printed
    result = homework.result(8, names | preparing(squeezed)(names))
    assert "cut out the middle square" in str(result)


def test_no_network_learns_from_the_five_photos_or_is_chosen_by_them(names):
    inputs = names["as_inputs"](names["aside"])
    for pictures in (*names["training"][:1], *names["checking"][:1]):
        assert not any((pictures == one).all(dim=1).any() for one in inputs)


def test_photos_are_taken_of_pictures_that_were_not_trained_with(names):
    chance = torch.Generator().manual_seed(SEED)
    chosen = unseen(names["pictures"], names["training"][0], names["as_inputs"], chance)
    assert len(set(chosen)) == 150
    assert not set(chosen) & set(names["train_part"].tolist())


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


def build(hidden, activation, *, fault=None):
    """A net from its description, with a fault."""
    widths, layers = [784, *hidden, 10], []
    for inputs, outputs in itertools.pairwise(widths):
        linear = nn.Linear(inputs, outputs)
        if fault == "zeros":
            nn.init.zeros_(linear.weight)
        elif fault == "variance for spread":
            nn.init.normal_(linear.weight, 0, 2 / inputs)
        elif fault == "ones":
            nn.init.normal_(linear.weight, 0, 1)
        elif fault != "default":
            nn.init.kaiming_normal_(linear.weight)
        layers += [linear, nn.ReLU() if fault == "always ReLU" else activation()]
    if fault == "always tanh":
        layers = [nn.Tanh() if isinstance(layer, nn.ReLU) else layer for layer in layers]
    if fault == "bent logits":
        return nn.Sequential(*layers)
    if fault == "softmax":
        return nn.Sequential(*layers[:-1], nn.Softmax(dim=1))
    if fault == "one bend":
        return nn.Sequential(*layers[0::2][:-1], activation(), layers[-2])
    if fault == "nine":
        return nn.Sequential(*layers[:-2], nn.Linear(widths[-2], 9))
    return nn.Sequential(*layers[:-1])


def one_layer_for_all(hidden, activation):
    """Hidden layers of one width made as `[layer] * count`: one layer, used again and again."""
    if len(hidden) < 2 or len(set(hidden)) > 1:
        return build(hidden, activation)
    again = [nn.Linear(hidden[0], hidden[0]), activation()] * (len(hidden) - 1)
    return nn.Sequential(nn.Linear(784, hidden[0]), activation(), *again, nn.Linear(hidden[0], 10))


def without_a_case_for_none(hidden, activation):
    """It starts with the first hidden layer, and there may be none."""
    assert hidden[0] > 0
    return build(hidden, activation)


def faulty_build(fault):
    return lambda names: {"build": lambda hidden, activation: build(hidden, activation, fault=fault)}


def fit(net, optimizer, epochs, training, checking, *, fault=None):
    """The loop and its notes, with a fault."""
    inputs, labels = training
    history = {"train_loss": [], "check_loss": [], "check_accuracy": []}
    if fault == "own optimizer":
        optimizer = torch.optim.Adam(net.parameters())
    if fault == "all pictures":
        inputs, labels = (torch.cat(pair) for pair in zip(training, checking))
    order = torch.arange(len(inputs)) if fault == "not shuffled" else torch.randperm(len(inputs))
    for _ in range(1 if fault == "one epoch" else epochs):
        losses = []
        if fault not in ("not shuffled", "one order"):
            order = torch.randperm(len(inputs))
        if fault == "drawn with replacement":
            order = torch.randint(len(inputs), (len(inputs),))
        if fault == "measured before":
            note(history, net, checking, fault)
        sizes = {"full batch": len(inputs), "small batches": 50, "large batches": 500}
        parts = order.chunk(100) if fault == "chunks" else order.split(sizes.get(fault, 100))
        parts = parts[:-1] if fault == "last part dropped" else parts
        for batch in parts:
            logits = net(inputs[batch])
            if fault == "softmax twice":
                logits = logits.softmax(dim=1)
            reduction = "sum" if fault == "sum" else "mean"
            loss = F.cross_entropy(logits, labels[batch], reduction=reduction)
            if fault != "no zero_grad":
                optimizer.zero_grad()
            if fault != "no backward":
                loss.backward()
            if fault != "no step":
                optimizer.step()
            losses.append(loss if fault == "graph kept" else loss.item())
        total = losses[-1] * len(losses) if fault == "last loss" else sum(losses)
        history["train_loss"].append(total if fault in ("not divided", "graph kept") else total / len(losses))
        if fault == "train loss after":
            history["train_loss"][-1] = F.cross_entropy(net(inputs), labels).item()
        if fault != "measured before":
            note(history, net, checking, fault, training)
    if fault == "last only":
        return {key: values[-1:] for key, values in history.items()}
    if fault == "two lists":
        del history["check_loss"]
    return None if fault == "no return" else history


@torch.no_grad()
def note(history, net, checking, fault, training=None):
    """Write an epoch down, with a fault."""
    inputs, labels = training if fault == "training accuracy" else checking
    logits = net(inputs)
    hits = (logits.argmax(1) == labels).float()
    loss = F.cross_entropy(logits, labels, reduction="none")
    if fault == "uneven":
        hits = torch.stack([part.mean() for part in hits.split(100)])
    if fault == "uneven loss":
        loss = torch.stack([part.mean() for part in loss.split(100)])
    if fault == "last batch":
        hits = hits[-50:]
    share = hits.mean().item() * (100 if fault == "percent" else 1)
    history["check_accuracy"].append(hits.sum().item() if fault == "counted" else share)
    history["check_loss"].append(loss.sum().item() if fault == "summed loss" else loss.mean().item())


def faulty_fit(fault):
    return lambda names: {"fit": lambda *given: fit(*given, fault=fault)}


def with_global_pictures(names):
    """The notebook's pictures in place of the argument."""
    return {
        "fit": lambda net, opt, epochs, training, checking: fit(net, opt, epochs, names["training"], checking)
    }


def level_curves(names):
    falling = [1.0 - 0.05 * epoch for epoch in range(10)]
    return {"curves": {"train_loss": falling, "check_loss": falling, "check_accuracy": falling}}


def hardly_turning_curves(names):
    kept = [*[1.0 - 0.05 * epoch for epoch in range(10)], 0.5500001]
    falling = [0.5 - 0.04 * epoch for epoch in range(11)]
    return {"curves": {"train_loss": falling, "check_loss": kept, "check_accuracy": falling}}


def first_rise(history):
    """Stops at the first rise: a loss may rise once and fall again."""
    losses = history["check_loss"]
    return next((epoch for epoch in range(1, len(losses)) if losses[epoch] > losses[epoch - 1]), len(losses))


def best_by(function):
    return lambda names: {"best_epoch": function}


def rows(change):
    """A table whose rows were changed, its best row being the choice."""

    def answers(names):
        table = [changed for index, row in enumerate(names["table"]) if (changed := change(index, dict(row)))]
        return {"table": table, "choice": max(table, key=lambda row: row["check_accuracy"])}

    return answers


def worst_choice(names):
    return {"choice": min(names["table"], key=lambda row: row["check_accuracy"])}


def faulty_trial(change):
    """A trial that changes the recipe before it follows it."""
    return lambda names: {"trial": lambda recipe: names["trial"](recipe | change(recipe))}


def seedless(names):
    """A trial that forgets its seed: each run is another."""
    seeds = iter(range(1000, 2000))
    return {"trial": lambda recipe: names["trial"](recipe | {"seed": next(seeds)})}


def flattered(names):
    """A table whose best row has a number it did not reach."""
    best = names["choice"] | {"check_accuracy": 0.9}
    return {"table": [best if row == names["choice"] else row for row in names["table"]], "choice": best}


def best_by_another_rule(names):
    """A choice with the accuracy of an epoch whose loss is not the least."""
    choice = names["choice"]
    _, history = names["trial"](choice)
    best = choice["best"] % choice["epochs"] + 1
    row = choice | {"best": best, "check_accuracy": history["check_accuracy"][best - 1]}
    others = [other | {"check_accuracy": 0.5} for other in names["table"] if other != choice]
    return {"table": [row, *others], "choice": row}


def scores_of_table(names):
    return {"seeds": [0, 1, 2, 3]}


def against(rival):
    """The choice against another row."""
    return lambda names: {"rivals": [names["choice"], rival(names)]}


def same_kind(names):
    """The choice's layers and optimizer, at another rate."""
    choice = names["choice"]
    like = [row for row in names["table"] if all(row[key] == choice[key] for key in ("hidden", "optimizer"))]
    return next(row for row in like if row["rate"] != choice["rate"])


def weakest(names):
    others = [row for row in names["table"] if row["optimizer"] != names["choice"]["optimizer"]]
    return min(others, key=lambda row: row["check_accuracy"])


def made_up_for_the_rival(names):
    return {"scores": names["scores"] + torch.tensor([[0.0], [0.02]])}


def one_number_for_all(names):
    return {"scores": names["scores"][:, :1].expand(2, 4), "verdict": True}


def by_another_epoch(number_of):
    """Scores of the four seeds by another epoch than the best one; the checked ones are enough."""

    def answers(names):
        scores = names["scores"].clone()
        scores[0, 1] = number_of(names["trial"](names["rivals"][0] | {"seed": 2})[1])
        return {"scores": scores}

    return answers


def made_up_scores(names):
    return {"scores": names["scores"] + 0.02}


def confused(change):
    """The most frequent mistake from a table of counts that was changed."""

    def most_confused(labels, answers):
        counts = torch.zeros(10, 10, dtype=torch.long)
        counts.index_put_((labels, answers), torch.tensor(1), accumulate=True)
        counts = change(counts)
        true, said = divmod(counts.argmax().item(), 10)
        return true, said, counts[true, said].item()

    return lambda names: {"most_confused": most_confused}


def without_diagonal(counts):
    return counts.clone().fill_diagonal_(0)


def one_error(names):
    half = (names["test_interval"][1] - names["test_interval"][0]) / 2 / 1.96
    return {"test_interval": (names["test_accuracy"] - half, names["test_accuracy"] + half)}


def taught_the_test(names):
    """A net that was trained on the test pictures."""
    inputs, labels = names["as_inputs"](names["pictures"].test_images), names["pictures"].test_labels
    net = taught(inputs, labels, 1500)
    return {"final_net": net, "test_accuracy": evaluate(net, inputs, labels)[1]}


def taught_what_was_kept_back(names):
    """A net that was trained on the pictures by which it is judged."""
    return {"final_net": taught(*names["checking"], 1000)}


def taught_both(names):
    """A net that was trained on the pictures by which it is judged, among others."""
    pairs = zip(names["training"], names["checking"])
    return {"final_net": taught(*(torch.cat(pair) for pair in pairs), 800)}


def taught_the_test_too(names):
    """A net that was trained on the test pictures, among others."""
    inputs, labels = names["as_inputs"](names["pictures"].test_images), names["pictures"].test_labels
    net = taught(torch.cat([names["training"][0], inputs]), torch.cat([names["training"][1], labels]), 1200)
    return {"final_net": net, "test_accuracy": evaluate(net, inputs, labels)[1]}


def taught_for_a_moment(names):
    return {"final_net": taught(*names["training"], 20)}


def taught(inputs, labels, steps):
    torch.manual_seed(0)
    net = mlp([784, 256, 10])
    train_classifier(net, torch.optim.Adam(net.parameters(), lr=0.002), inputs, labels, steps)
    return net


def test_the_test_set_stays_closed_until_all_else_is_right(names):
    """The check says no number of it, and takes no picture from it."""
    torch.manual_seed(0)
    pictures = names["pictures"]
    closed = ImageData(
        pictures.train_images, pictures.train_labels, torch.empty(0), torch.empty(0), (), "No test set."
    )
    result = homework.result(7, names | taught_for_a_moment(names) | {"pictures": closed})
    assert "improve it on `checking`" in str(result)
    assert "test_accuracy" not in str(result)
    mistaken = confused(lambda counts: counts)(names)
    assert "of the test pictures" not in str(homework.result(7, names | mistaken | {"pictures": closed}))
    assert homework.result(8, names | {"pictures": closed}).solved


def prepared(*, wall=True, inverted=True, cropped=True, box=28, light=None, keep_shape=True):
    """A preparation from which steps can be left out."""

    def prepare(camera):
        gray = photo.shrink(photo.gray(camera))
        gray = light(gray) if light else gray / wall_of(gray)
        cloth = torch.where(1 - gray > 0.1, 1 - gray, 0)
        if cropped:
            cloth = photo.crop(photo.drop_specks(cloth))
        if keep_shape:
            cloth = photo.resized(cloth, box / max(cloth.shape))
            cloth = photo.placed(cloth, cloth.shape[0] / 2, cloth.shape[1] / 2)
        else:
            cloth = F.interpolate(cloth[None, None], (28, 28), mode="bilinear", antialias=True)[0, 0]
        return (255 * (cloth if inverted else 1 - cloth)).clamp(0, 255)[None].to(torch.uint8)

    return prepare


def off_center(camera):
    """The photo's middle in the place of the garment's."""
    gray = photo.shrink(photo.gray(camera))
    dark = 1 - gray / wall_of(gray)
    cloth = photo.crop(photo.drop_specks(torch.where(dark > 0.1, dark, 0)))
    cloth = photo.resized(cloth, 28 / max(cloth.shape))
    return (255 * photo.placed(cloth, gray.shape[0] / 2, gray.shape[1] / 2))[None].to(torch.uint8)


def upside_down(camera):
    return prepared()(camera).flip(1)


def wall_of(gray):
    corners = F.adaptive_avg_pool2d(gray[None, None], 8)[..., ::7, ::7]
    return F.interpolate(corners, gray.shape, mode="bilinear", align_corners=True)[0, 0]


def preparing(prepare):
    """Answers to Task 8 with another preparation."""

    def answers(names):
        def tell(camera):
            with torch.no_grad():
                return names["final_net"](names["as_inputs"](prepare(camera)[None])).softmax(dim=1)[0]

        return {"prepare": prepare, "tell": tell}

    return answers


def squeezed(camera):
    """A whole color photo made small, wider or higher than it is."""
    small = F.interpolate(camera[None], (32, 32), mode="bilinear", antialias=True)[0]
    return (255 * small).to(torch.uint8)


def telling(change):
    return lambda names: {"tell": lambda camera: change(names, camera)}


def logits_of(names, camera):
    with torch.no_grad():
        return names["final_net"](names["as_inputs"](names["prepare"](camera)[None]))


def unscaled(names, camera):
    """Pixels from 0 to 1, as they are, for a net that learned from standardized ones."""
    with torch.no_grad():
        return names["final_net"](names["prepare"](camera).flatten()[None] / 255).softmax(dim=1)[0]


WRONG = [
    (1, faulty_split("overlap"), "are in the training part too"),
    (1, faulty_split("not shuffled"), "not shuffled"),
    (1, faulty_split("no seed"), "two different splits"),
    (1, faulty_split("one seed"), "Seeds 0 and 1 give the same split"),
    (1, faulty_split("drawn with replacement"), "`randint` does not"),
    (1, faulty_split("rest"), "gives 60 and 40 indices, not 60 and 30"),
    (1, scaled_with(lambda names: names["pictures"].test_images), "mean and spread of the test pictures"),
    (1, scaled_with(lambda names: names["pictures"].train_images), "mean and spread of all pictures"),
    (1, rescaled(each_by_itself), "compute mean and spread once"),
    (1, rescaled(unit_mixed), "one unit for both"),
    (1, rescaled(unit_forgotten), "divide by 255 as well"),
    (1, rescaled(lambda images, names: images.flatten(1) / 255), "subtract the mean"),
    (1, rescaled(lambda images, names: names["as_inputs"](images).unflatten(1, (28, 28))), "`.flatten(1)`"),
    (1, faulty_split("first only"), "takes from the first 20 indices alone"),
    (1, faulty_split("second sorted"), "The part to check with is not shuffled"),
    (1, rescaled(each_pixel_by_its_own), "one mean and one spread for all"),
    (1, rescaled(each_mean_by_its_own), "numbers of their own: `pixels.mean()`"),
    (1, rescaled(spread_too_large), "near, but not the training part's"),
    (1, scaled_with(training_and_checking), "mean and spread of `training` and `checking` together"),
    (1, sizes_swapped, "`training` has 5,000 pictures, not 8,000"),
    (1, both_in_training, "`training` has 13,000 pictures, not 8,000"),
    (1, checked_on_training, "to check with are in `training` too"),
    (1, labels_of_others, "labels are not those of their pictures"),
    (1, checked_on_test, "`checking` holds test pictures"),
    (1, lambda names: {"training": names["training"][0]}, "no pair of inputs and labels"),
    (2, faulty_build("default"), "the start of He"),
    (2, faulty_build("zeros"), "weights of zero"),
    (2, faulty_build("variance for spread"), "take its root"),
    (2, faulty_build("ones"), "the weights are too large"),
    (2, faulty_build("always ReLU"), "does not use the activation"),
    (2, faulty_build("always tanh"), "does not use the activation"),
    (2, lambda names: {"build": without_a_case_for_none}, "Running `build([], nn.Tanh)` raised IndexError"),
    (2, faulty_build("bent logits"), "bends its logits"),
    (2, faulty_build("softmax"), "ends in a softmax"),
    (2, faulty_build("one bend"), "a bend after all but the last"),
    (2, faulty_build("nine"), "the last layer has 10 units"),
    (2, lambda names: {"build": one_layer_for_all}, "uses the same layer twice"),
    (3, faulty_fit("no zero_grad"), "`optimizer.zero_grad()`, once for each batch"),
    (3, faulty_fit("no backward"), "`loss.backward()` computes the slopes"),
    (3, faulty_fit("no step"), "`optimizer.step()`"),
    (3, faulty_fit("no return"), "`fit` returns nothing"),
    (3, faulty_fit("not shuffled"), "an epoch in order forgets kinds"),
    (3, faulty_fit("one order"), "shuffle inside the loop over epochs"),
    (3, faulty_fit("drawn with replacement"), "`torch.randperm` instead of `torch.randint`"),
    (3, faulty_fit("full batch"), "all pictures in one batch"),
    (3, faulty_fit("small batches"), "The batches have 50 pictures, not 100"),
    (3, faulty_fit("large batches"), "The batches have 500 pictures, not 100"),
    (3, faulty_fit("chunks"), "`chunk(100)` makes 100 parts"),
    (3, faulty_fit("one epoch"), "it shows 1050"),
    (3, faulty_fit("last part dropped"), "it shows 2000"),
    (3, faulty_fit("train loss after"), "each before its step"),
    (3, faulty_fit("summed loss"), "the sum of the losses by the number of pictures"),
    (3, faulty_fit("all pictures"), "`checking` is for measuring alone"),
    (3, with_global_pictures, "use `training`, the argument"),
    (3, faulty_fit("own optimizer"), "make no other inside"),
    (3, faulty_fit("softmax twice"), "softmax comes twice"),
    (3, faulty_fit("sum"), "the mean over the batch, not the sum"),
    (3, faulty_fit("uneven"), "batches of unequal size"),
    (3, faulty_fit("uneven loss"), "a mean of means"),
    (3, faulty_fit("last batch"), "count right answers over all of `checking`"),
    (3, faulty_fit("percent"), "not in percent"),
    (3, faulty_fit("counted"), "by the number of pictures"),
    (3, faulty_fit("training accuracy"), "that is the accuracy on `training`"),
    (3, faulty_fit("measured before"), "as it is after the epoch"),
    (3, faulty_fit("not divided"), "divided by their number"),
    (3, faulty_fit("last loss"), "of all batches"),
    (3, faulty_fit("graph kept"), "`loss.item()`"),
    (3, faulty_fit("last only"), "has 1 numbers"),
    (3, faulty_fit("two lists"), "no 'check_loss'"),
    (4, best_by(lambda history: len(history["check_loss"])), "that is the last epoch"),
    (4, best_by(lambda history: int(np.argmin(history["check_loss"]))), "count from 1"),
    (4, best_by(lambda history: int(np.argmax(history["check_accuracy"])) + 1), "here the loss decides"),
    (4, best_by(lambda history: int(np.argmin(history["train_loss"])) + 1), "that is the last epoch"),
    (4, best_by(first_rise), "look at the whole list"),
    (4, level_curves, "and ends at 0.550"),
    (4, hardly_turning_curves, "turn clearly"),
    (4, best_by(lambda history: min(history["check_loss"])), "that is the loss"),
    (4, best_by(lambda history: (2, 0.9)), "of type tuple"),
    (4, lambda names: {"curves": {"train_loss": [1.0]}}, "no 'check_loss' and no 'check_accuracy'"),
    (5, worst_choice, "the greatest `check_accuracy`"),
    (5, rows(lambda index, row: row | {"test_accuracy": 0.84}), "the test set waits for Task 7"),
    (5, rows(lambda index, row: row if index < 6 else None), "`table` has 6 runs"),
    (5, rows(lambda index, row: row | {"rate": 0.01}), "give each its own learning rate"),
    (5, rows(lambda index, row: row | {"optimizer": "Adam"}), "All runs have the same optimizer"),
    (5, rows(lambda index, row: row | {"hidden": [64]}), "All runs have the same hidden layers"),
    (5, rows(lambda index, row: row | {"check_accuracy": 84.0}), "is no share"),
    (5, lambda names: {"choice": 0.84}, "`choice` is no row of `table`"),
    (5, seedless, "inside `trial`"),
    (5, faulty_trial(lambda recipe: {"seed": 0}), "Another `seed` in the recipe changes nothing"),
    (5, faulty_trial(lambda recipe: {"rate": 0.001}), "Another `rate` in the recipe changes nothing"),
    (5, faulty_trial(lambda recipe: {"hidden": [64]}), "Another `hidden` in the recipe changes nothing"),
    (
        5,
        faulty_trial(lambda recipe: {"optimizer": "Adam"}),
        "Another `optimizer` in the recipe changes nothing",
    ),
    (5, faulty_trial(lambda recipe: {"epochs": 3}), "asks for 1 epoch, the history has 3"),
    (5, flattered, "belongs to the epoch `best`"),
    (5, best_by_another_rule, "`best_epoch(history)`"),
    (6, scores_of_table, "fresh seeds"),
    (6, made_up_scores, "and the accuracy on pictures kept back"),
    (6, one_number_for_all, "the same number for all seeds"),
    (6, by_another_epoch(lambda history: history["check_accuracy"][0]), "after another epoch"),
    (6, lambda names: {"verdict": "may be luck"}, "of type str"),
    (6, lambda names: {"seeds": 5}, "`seeds` is no list of numbers"),
    (6, lambda names: {"verdict": not names["verdict"]}, "twice its error"),
    (6, made_up_for_the_rival, "`scores[1][2]` is"),
    (6, lambda names: {"rivals": [names["choice"]] * 2}, "Both rivals have hidden layers"),
    (6, against(same_kind), "Both rivals have hidden layers"),
    (6, against(weakest), "the greatest `check_accuracy` among the rows"),
    (6, lambda names: {"rivals": names["rivals"][::-1]}, "is not your choice"),
    (6, lambda names: {"seeds": [1, 2, 3], "scores": names["scores"][:, :3]}, "There are 3 different seeds"),
    (7, confused(lambda counts: counts), "set the diagonal to 0"),
    (7, confused(lambda counts: without_diagonal(counts).T), "the true kind comes first"),
    (7, confused(lambda counts: without_diagonal(counts + counts.T)), "are two mistakes"),
    (7, one_error, "take 1.96"),
    (7, lambda names: {"test_interval": (0.80, 0.88)}, "n counts the test pictures"),
    (7, lambda names: {"test_accuracy": 100 * names["test_accuracy"]}, "a share from 0 to 1"),
    (
        7,
        lambda names: {"test_accuracy": evaluate(names["final_net"], *names["checking"])[1]},
        "`checking`",
    ),
    (7, lambda names: {"final_net": mlp([784, 64, 10])}, "was it trained"),
    (7, lambda names: {"final_net": names["trial"]}, "`trial` returns the net first"),
    (7, taught_for_a_moment, "that is too little to open the test set"),
    (7, taught_the_test, "did it train on test pictures?"),
    (7, taught_the_test_too, "it train on test pictures? Then"),
    (7, taught_both, "did it train on `checking`? Then"),
    (7, lambda names: {"most_confused": lambda *_: ("shirt", "coat", 3)}, "three numbers"),
    (7, lambda names: {"test_interval": 0.84}, "no pair of numbers"),
    (7, taught_what_was_kept_back, "did it train on `checking`?"),
    (8, preparing(prepared(inverted=False)), "invert"),
    (8, preparing(prepared(cropped=False)), "crop to the garment"),
    (8, preparing(prepared(box=20)), "no box of 20"),
    (8, preparing(prepared(box=24)), "has 24 pixels"),
    (8, preparing(lambda camera: prepared()(camera).float()), "`.to(torch.uint8)`"),
    (8, preparing(prepared(keep_shape=False)), "trousers stay narrow"),
    (8, preparing(prepared(light=photo.even_light)), "Which step takes cloth for wall?"),
    (8, preparing(off_center), "`placed` takes the middle of *your* image"),
    (8, preparing(upside_down), "what differs from the data set, size, shadow, edges?"),
    (8, preparing(lambda camera: prepared()(camera) / 255), "from 0 to 255"),
    (8, preparing(lambda camera: prepared()(camera)[0]), "adds a dimension in front"),
    (8, telling(unscaled), "scale as in training"),
    (8, telling(lambda names, camera: logits_of(names, camera)[0]), "makes probabilities of them"),
    (8, telling(lambda names, camera: logits_of(names, camera).softmax(dim=1)), "take row 0"),
    (8, telling(lambda names, camera: logits_of(names, camera).softmax(dim=1)[0].argmax()), "not (10,)"),
]


@pytest.mark.parametrize(("task", "answers", "helps"), WRONG, ids=[helps for *_, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(names, task, answers, helps):
    torch.manual_seed(0)
    result = homework.result(task, names | answers(names))
    assert not result.solved
    assert helps in str(result)


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


class ByHand(nn.Module):
    """A net of layers in a list and an orthogonal start, its forward pass written out."""

    def __init__(self, hidden, activation):
        super().__init__()
        widths = [784, *hidden, 10]
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in itertools.pairwise(widths)])
        for layer in self.layers:
            nn.init.orthogonal_(layer.weight, gain=2**0.5)
        self.bend = activation()

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.bend(layer(x))
        return self.layers[-1](x)


def matched_start(hidden, activation):
    """The book's builder, then He for ReLU, and Xavier for the others."""
    net = mlp([784, *hidden, 10], activation)
    for layer in net[::2]:
        if activation is nn.ReLU:
            layer.weight.data.normal_(0, (2 / layer.in_features) ** 0.5)
        else:
            nn.init.xavier_uniform_(layer.weight)
    return net


def start_by_name(hidden, activation):
    """The start looked up by the activation, and its gain by the activation's name."""
    net, starts = mlp([784, *hidden, 10], activation), {nn.ReLU: "kaiming", nn.Tanh: "xavier"}
    for layer in net[::2]:
        if starts[activation] == "kaiming":
            nn.init.kaiming_normal_(layer.weight, nonlinearity=activation.__name__.lower())
        else:
            nn.init.xavier_normal_(layer.weight)
    return net


class MakingBends(nn.Module):
    """A net that makes each bend anew in each pass."""

    def __init__(self, hidden, activation):
        super().__init__()
        self.layers = build(hidden, activation)[::2]
        self.activation = activation

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.activation()(layer(x))
        return self.layers[-1](x)


def with_a_loader(net, optimizer, epochs, training, checking):
    """PyTorch's loader, losses summed by hand, measuring batch by batch with the right weights."""
    loader = DataLoader(TensorDataset(*training), batch_size=100, shuffle=True)
    history = {"train_loss": [], "check_loss": [], "check_accuracy": [], "note": "more keys do no harm"}
    for _ in range(epochs):
        net.train()
        total = hits = loss_sum = 0.0
        for x, y in loader:
            log_shares = net(x).log_softmax(dim=1)
            loss = -log_shares.gather(1, y[:, None]).mean()
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            total += loss.detach() * len(x)
        net.eval()
        with torch.no_grad():
            for x, y in DataLoader(TensorDataset(*checking), batch_size=64):
                logits = net(x)
                hits += (logits.argmax(1) == y).sum().item()
                loss_sum += F.cross_entropy(logits, y, reduction="sum").item()
        history["train_loss"].append(total / len(training[0]))
        history["check_loss"].append(loss_sum / len(checking[0]))
        history["check_accuracy"].append(hits / len(checking[0]))
    return history


def with_the_books_loop(net, optimizer, epochs, training, checking):
    """The package's loop, called once an epoch, with batches that leave no picture out."""
    history = {"train_loss": [], "check_loss": [], "check_accuracy": []}
    for _ in range(epochs):
        batches = torch.randperm(len(training[0])).split(100)
        part = train_classifier(net, optimizer, *training, len(batches), batches=batches)
        loss, accuracy = evaluate(net, *checking)
        history["train_loss"].append(part.losses.mean().item())
        history["check_loss"].append(loss)
        history["check_accuracy"].append(accuracy)
    return history


def counted_in_a_dict(labels, answers):
    pairs = {}
    for true, said in zip(labels.numpy(), answers.numpy()):
        if true != said:
            pairs[int(true), int(said)] = pairs.get((int(true), int(said)), 0) + 1
    pair = max(pairs, key=pairs.get)
    return [*pair, pairs[pair]]


def with_one_threshold(camera):
    """No light evened: the largest piece of what is a good deal darker than the wall. It loses some."""
    gray = camera.mean(dim=0).numpy()
    dark = 1 - gray / np.quantile(gray, 0.9)
    pieces, _ = ndimage.label(dark > 0.3)
    largest = pieces == np.bincount(pieces[pieces > 0]).argmax()
    up, across = np.nonzero(largest.any(axis=1))[0], np.nonzero(largest.any(axis=0))[0]
    cloth = np.where(largest, dark, 0)[up[0] : up[-1] + 1, across[0] : across[-1] + 1]
    height, width = cloth.shape
    side = max(cloth.shape)
    square = np.zeros((side, side), dtype=np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = cloth
    small = F.interpolate(torch.from_numpy(square)[None, None], (28, 28), mode="area")[0]
    return (255 * small).to(torch.uint8)


def decaying(names):
    """Recipes with a key of the student's own, without which they do not run."""

    def trial(recipe):
        assert recipe["decay"] == 0
        return names["trial"](recipe)

    changed = {"table": [row | {"decay": 0} for row in names["table"]], "trial": trial}
    rivals = [row | {"decay": 0} for row in names["rivals"]]
    return changed | {"choice": rivals[0], "rivals": rivals}


def rival_ahead(names):
    """Scores that are true, with a choice that the rival beats clearly."""
    worse, better = sorted(names["rivals"], key=lambda row: row["hidden"])
    raced = [worse | {"epochs": 1}, better]
    chosen = raced[0] | {"check_accuracy": better["check_accuracy"] + 0.001, "best": 1}
    return {"choice": chosen, "table": [*names["table"], chosen], "rivals": raced, **race(names, raced)}


def race(names, rivals):
    """Scores of rivals, and the verdict."""
    seeds = [1, 2, 3, 4]
    histories = [[names["trial"](rival | {"seed": seed})[1] for seed in seeds] for rival in rivals]
    scores = [
        [history["check_accuracy"][np.argmin(history["check_loss"])] for history in row] for row in histories
    ]
    return {"seeds": seeds, "scores": scores, "verdict": True}


def test_a_rival_that_is_ahead_is_named(names):
    result = homework.result(6, names | rival_ahead(names))
    assert result.solved, str(result)
    assert "the second is ahead by " in str(result)


RIGHT = [
    (1, scaled_in_numpy),
    (1, scaled_with_rounded_numbers),
    (2, lambda names: {"build": ByHand}),
    (2, lambda names: {"build": matched_start}),
    (2, lambda names: {"build": start_by_name}),
    (2, lambda names: {"build": MakingBends}),
    (3, lambda names: {"fit": with_a_loader}),
    (3, lambda names: {"fit": with_the_books_loop}),
    (4, lambda names: {"best_epoch": lambda history: np.argsort(history["check_loss"])[0] + 1}),
    (5, lambda names: {"table": (*names["table"],), "choice": dict(names["choice"])}),
    (5, decaying),
    (6, decaying),
    (6, lambda names: {"scores": names["scores"].tolist(), "verdict": torch.tensor(names["verdict"])}),
    (
        7,
        lambda names: {
            "most_confused": counted_in_a_dict,
            "test_interval": torch.tensor(names["test_interval"]),
        },
    ),
    (8, preparing(with_one_threshold)),
]


@pytest.mark.parametrize(("task", "answers"), RIGHT)
def test_a_right_answer_written_differently_is_accepted(names, task, answers):
    torch.manual_seed(0)
    result = homework.result(task, names | answers(names))
    assert result.solved, str(result)
