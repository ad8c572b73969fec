"""Task 3: loops and notes with a fault each, and right ones unlike ours."""

import pytest
import torch
from academy.learn.classification import evaluate, train_classifier
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


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


WRONG = [
    (faulty_fit("no zero_grad"), "`optimizer.zero_grad()`, once for each batch"),
    (faulty_fit("no backward"), "`loss.backward()` computes the slopes"),
    (faulty_fit("no step"), "`optimizer.step()`"),
    (faulty_fit("no return"), "`fit` returns nothing"),
    (faulty_fit("not shuffled"), "an epoch in order forgets kinds"),
    (faulty_fit("one order"), "shuffle inside the loop over epochs"),
    (faulty_fit("drawn with replacement"), "`torch.randperm` instead of `torch.randint`"),
    (faulty_fit("full batch"), "all pictures in one batch"),
    (faulty_fit("small batches"), "The batches have 50 pictures, not 100"),
    (faulty_fit("large batches"), "The batches have 500 pictures, not 100"),
    (faulty_fit("chunks"), "`chunk(100)` makes 100 parts"),
    (faulty_fit("one epoch"), "it shows 1050"),
    (faulty_fit("last part dropped"), "it shows 2000"),
    (faulty_fit("train loss after"), "each before its step"),
    (faulty_fit("summed loss"), "the sum of the losses by the number of pictures"),
    (faulty_fit("all pictures"), "`checking` is for measuring alone"),
    (with_global_pictures, "use `training`, the argument"),
    (faulty_fit("own optimizer"), "make no other inside"),
    (faulty_fit("softmax twice"), "softmax comes twice"),
    (faulty_fit("sum"), "the mean over the batch, not the sum"),
    (faulty_fit("uneven"), "batches of unequal size"),
    (faulty_fit("uneven loss"), "a mean of means"),
    (faulty_fit("last batch"), "count right answers over all of `checking`"),
    (faulty_fit("percent"), "not in percent"),
    (faulty_fit("counted"), "by the number of pictures"),
    (faulty_fit("training accuracy"), "that is the accuracy on `training`"),
    (faulty_fit("measured before"), "as it is after the epoch"),
    (faulty_fit("not divided"), "divided by their number"),
    (faulty_fit("last loss"), "of all batches"),
    (faulty_fit("graph kept"), "`loss.item()`"),
    (faulty_fit("last only"), "has 1 numbers"),
    (faulty_fit("two lists"), "no 'check_loss'"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(3, answers)
    assert not found.solved
    assert helps in str(found)


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


@pytest.mark.parametrize("written", [with_a_loader, with_the_books_loop])
def test_a_right_answer_written_differently_is_accepted(result, written):
    found = result(3, lambda names: {"fit": written})
    assert found.solved, str(found)
