import pytest
import torch
from academy.learn.batches import Epochs, shuffled_batches
from torch.utils.data import DataLoader, TensorDataset


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


def test_what_can_be_gone_through_once_is_named():
    batches = Epochs(iter([1, 2]))
    assert [next(batches), next(batches)] == [1, 2]
    with pytest.raises(ValueError, match="an epoch has no batch"):
        next(batches)


def loader():
    return Epochs(DataLoader(TensorDataset(torch.arange(10)), batch_size=4, shuffle=True))


def own_generator():
    return shuffled_batches(10, 4, torch.Generator().manual_seed(7))


def usual_generator():
    return shuffled_batches(10, 4)


@pytest.mark.parametrize("made", [loader, own_generator, usual_generator])
@pytest.mark.parametrize("used", [0, 1, 2, 3, 5])
def test_a_state_taken_up_gives_the_batches_that_were_to_come(made, used):
    torch.manual_seed(3)
    batches = made()
    for _ in range(used):
        next(batches)
    state, chance = batches.state_dict(), torch.get_rng_state()
    expected = [str(next(batches)) for _ in range(7)]
    torch.manual_seed(99)
    again = made()
    again.load_state_dict(state)
    torch.set_rng_state(chance)
    assert [str(next(again)) for _ in range(7)] == expected


def test_taking_up_a_state_leaves_the_random_numbers_be():
    batches = usual_generator()
    next(batches)
    state = batches.state_dict()
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    usual_generator().load_state_dict(state)
    torch.testing.assert_close(torch.rand(3), expected)
