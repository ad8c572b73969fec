"""Task 7: mistakes miscounted, nets that knew the test set, and right answers unlike ours."""

import pytest
import torch
from academy.data.images import ImageData
from academy.learn.classification import evaluate, train_classifier
from academy.lessons.lesson2.homework import homework
from academy.nets.mlp import mlp


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


WRONG = [
    (confused(lambda counts: counts), "set the diagonal to 0"),
    (confused(lambda counts: without_diagonal(counts).T), "the true kind comes first"),
    (confused(lambda counts: without_diagonal(counts + counts.T)), "are two mistakes"),
    (one_error, "take 1.96"),
    (lambda names: {"test_interval": (0.80, 0.88)}, "n counts the test pictures"),
    (lambda names: {"test_accuracy": 100 * names["test_accuracy"]}, "a share from 0 to 1"),
    (lambda names: {"test_accuracy": evaluate(names["final_net"], *names["checking"])[1]}, "`checking`"),
    (lambda names: {"final_net": mlp([784, 64, 10])}, "was it trained"),
    (lambda names: {"final_net": names["trial"]}, "`trial` returns the net first"),
    (taught_for_a_moment, "that is too little to open the test set"),
    (taught_the_test, "did it train on test pictures?"),
    (taught_the_test_too, "it train on test pictures? Then"),
    (taught_both, "did it train on `checking`? Then"),
    (lambda names: {"most_confused": lambda *_: ("shirt", "coat", 3)}, "three numbers"),
    (lambda names: {"test_interval": 0.84}, "no pair of numbers"),
    (taught_what_was_kept_back, "did it train on `checking`?"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(7, answers)
    assert not found.solved
    assert helps in str(found)


def counted_in_a_dict(labels, answers):
    pairs = {}
    for true, said in zip(labels.numpy(), answers.numpy()):
        if true != said:
            pairs[int(true), int(said)] = pairs.get((int(true), int(said)), 0) + 1
    pair = max(pairs, key=pairs.get)
    return [*pair, pairs[pair]]


def test_a_right_answer_written_differently_is_accepted(result):
    found = result(
        7,
        lambda names: {
            "most_confused": counted_in_a_dict,
            "test_interval": torch.tensor(names["test_interval"]),
        },
    )
    assert found.solved, str(found)
