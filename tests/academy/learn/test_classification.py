import copy

import pytest
import torch
from academy.learn.classification import evaluate, predict, train_classifier
from academy.learn.hooks import stepping
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


def test_it_takes_the_steps_of_a_loop_written_out_with_a_data_loader(examples):
    torch.manual_seed(0)
    net = mlp([6, 8, 3])
    twin = copy.deepcopy(net)
    order = [torch.arange(start, start + 40) for start in (0, 40, 80)]
    history = train_classifier(net, adam(net), *examples, steps=3, batches=order)
    optimizer, losses = adam(twin), []
    for images, labels in DataLoader(TensorDataset(*examples), batch_size=40):
        loss = F.cross_entropy(twin(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert history.losses.tolist() == pytest.approx(losses)
    for one, other in zip(net.parameters(), twin.parameters()):
        torch.testing.assert_close(one, other)


def test_it_learns(examples):
    torch.manual_seed(0)
    net = mlp([6, 16, 3])
    history = train_classifier(net, adam(net), *examples, steps=70)
    assert history.losses.shape == (70,)
    assert evaluate(net, *examples)[0] < history.losses[0] / 2


def test_a_scheduler_is_stepped_once_a_step(examples):
    net = mlp([6, 3])
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.1)
    train_classifier(net, optimizer, *examples, steps=10, after_step=[stepping(scheduler)])
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.01)


def test_images_are_transformed_for_training(examples):
    net, seen = mlp([6, 3]), []
    net.register_forward_hook(lambda module, inputs, output: seen.append(inputs[0]))
    train_classifier(net, adam(net), *examples, steps=1, transform=torch.zeros_like)
    assert seen[0].abs().sum() == 0


def test_predicting_in_parts_is_predicting_at_once_and_leaves_each_part_in_its_mode(examples):
    net = nn.Sequential(nn.Linear(6, 3), nn.Dropout(0.5), nn.Dropout(0.5).eval())
    parts = predict(net, examples[0], batch_size=50)
    assert not parts.requires_grad
    assert [module.training for module in net] == [True, True, False]
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
