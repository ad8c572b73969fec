import copy

import pytest
import torch
from academy.learn.batches import shuffled_batches
from academy.learn.training import evaluate, predict, train
from academy.nets.mlp import mlp
from torch import nn
from torch.nn import functional as F
from torch.utils.data import DataLoader, TensorDataset


@pytest.fixture
def examples():
    generator = torch.Generator().manual_seed(0)
    images = torch.randn(120, 6, generator=generator)
    return images, images[:, :3].argmax(dim=1)


def adam(net):
    return torch.optim.Adam(net.parameters(), lr=0.02)


def test_every_example_is_seen_once_an_epoch_in_a_new_order():
    batches = shuffled_batches(12, 4, torch.Generator().manual_seed(0))
    epochs = [torch.cat([next(batches) for _ in range(3)]) for _ in range(2)]
    for epoch in epochs:
        assert sorted(epoch.tolist()) == list(range(12))
    assert epochs[0].tolist() != epochs[1].tolist()


def test_a_remainder_is_skipped_and_no_batch_is_short():
    batches = shuffled_batches(11, 4)
    for _ in range(3):
        epoch = torch.cat([next(batches) for _ in range(2)])
        assert len(epoch.unique()) == 8


def test_a_generator_decides_the_order_and_leaves_the_global_one_alone():
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    one, other = (next(shuffled_batches(50, 20, torch.Generator().manual_seed(1))) for _ in range(2))
    assert one.tolist() == other.tolist()
    torch.testing.assert_close(torch.rand(3), expected)


@pytest.mark.parametrize("size", [0, 13])
def test_a_batch_larger_than_the_data_is_refused(size):
    with pytest.raises(ValueError, match=f"a batch of {size} out of 12 examples"):
        next(shuffled_batches(12, size))


def test_the_loop_takes_the_steps_of_one_written_out_with_a_data_loader(examples):
    torch.manual_seed(0)
    net = mlp([6, 8, 3])
    twin = copy.deepcopy(net)
    order = [torch.arange(start, start + 40) for start in (0, 40, 80)]
    history = train(net, adam(net), *examples, steps=3, batches=iter(order))
    optimizer, losses = adam(twin), []
    for images, labels in DataLoader(TensorDataset(*examples), batch_size=40):
        loss = F.cross_entropy(twin(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert history.losses == pytest.approx(losses)
    for one, other in zip(net.parameters(), twin.parameters()):
        torch.testing.assert_close(one, other)


def test_it_learns_and_says_how_it_did_where_it_was_asked_to(examples):
    torch.manual_seed(0)
    net = mlp([6, 16, 3])
    history = train(net, adam(net), *examples, steps=70, validation=examples, check_every=30)
    assert len(history.losses) == 70
    assert history.checked_at == [30, 60, 70]
    assert history.validation_losses[-1] < history.losses[0] / 2
    assert (history.validation_losses[-1], history.validation_accuracies[-1]) == evaluate(net, *examples)
    assert history.seconds > 0


def test_two_calls_with_the_same_batches_are_one_longer_call(examples):
    torch.manual_seed(0)
    net = mlp([6, 8, 3])
    twin = copy.deepcopy(net)
    optimizer = adam(net)
    batches = shuffled_batches(120, 50, torch.Generator().manual_seed(2))
    for _ in range(2):
        train(net, optimizer, *examples, steps=5, batches=batches)
    train(
        twin,
        adam(twin),
        *examples,
        steps=10,
        batches=shuffled_batches(120, 50, torch.Generator().manual_seed(2)),
    )
    for one, other in zip(net.parameters(), twin.parameters()):
        torch.testing.assert_close(one, other)


def test_a_scheduler_is_stepped_once_a_step(examples):
    net = mlp([6, 3])
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.1)
    train(net, optimizer, *examples, steps=10, scheduler=scheduler)
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.01)


def test_images_are_changed_for_training_and_not_for_checking(examples):
    class Recorder(nn.Linear):
        seen: list[torch.Tensor]

        def forward(self, images):
            self.seen.append(images)
            return super().forward(images)

    net = Recorder(6, 3)
    net.seen = []
    train(net, adam(net), *examples, steps=1, change=torch.zeros_like, validation=examples)
    assert net.seen[0].abs().sum() == 0
    torch.testing.assert_close(net.seen[1], examples[0])


def test_dropout_is_on_while_training_and_off_while_checking(examples):
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(6, 3), nn.Dropout(0.5))
    modes = []
    net[1].register_forward_hook(lambda module, inputs, output: modes.append(module.training))
    train(net, adam(net), *examples, steps=2, validation=examples, check_every=1)
    assert modes == [True, False, True, False]
    assert net.training


def test_predicting_in_parts_is_predicting_at_once(examples):
    net = nn.Sequential(nn.Linear(6, 3), nn.Dropout(0.5))
    parts = predict(net, examples[0], batch_size=50)
    assert not parts.requires_grad
    torch.testing.assert_close(parts, net.eval()(examples[0]))


def test_accuracy_and_loss_by_hand():
    logits = torch.tensor([[2.0, 0.0], [0.0, 0.0], [0.0, 2.0], [0.0, 2.0]])
    loss, accuracy = evaluate(nn.Sequential(nn.Identity(), Constant()), logits, torch.tensor([0, 0, 1, 0]))
    assert accuracy == 0.75
    assert loss == pytest.approx((0.126928 + 0.693147 + 0.126928 + 2.126928) / 4, abs=1e-5)


class Constant(nn.Module):
    """Gives back its input; the weight says on which device."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, inputs):
        return inputs + self.weight
