from itertools import chain, islice

import pytest
import torch
from academy.learn.batches import shuffled_batches


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def batches(count, batch_size, how_many, generator=None):
    return [each.tolist() for each in islice(shuffled_batches(count, batch_size, generator), how_many)]


def test_an_epoch_shows_each_example_once_and_the_next_in_another_order():
    found = batches(12, 4, 6)
    first, second = [*chain(*found[:3])], [*chain(*found[3:])]
    assert sorted(first) == sorted(second) == list(range(12))
    assert first != second


def test_what_is_left_over_at_the_end_of_an_epoch_is_skipped():
    found = batches(11, 4, 20)
    assert {len(batch) for batch in found} == {4}
    assert all(len({*one, *other}) == 8 for one, other in zip(found[::2], found[1::2]))
    assert {number for batch in found for number in batch} == set(range(11)), "others in each epoch"


def test_a_generator_decides_alone():
    assert batches(50, 5, 10, seeded(1)) == batches(50, 5, 10, seeded(1))
    assert batches(50, 5, 10, seeded(1)) != batches(50, 5, 10, seeded(2))


@pytest.mark.parametrize("batch_size", [0, 8])
def test_a_batch_that_cannot_be_is_refused(batch_size):
    with pytest.raises(ValueError, match=f"a batch of {batch_size} out of 7 examples: choose from 1 to 7"):
        batches(7, batch_size, 1)
