"""Batches of texts that are about equally long."""

import torch
from academy.lessons.lesson7.buckets import BucketedIndices


def test_each_text_comes_once_in_an_epoch_beside_texts_of_its_length():
    generator = torch.Generator().manual_seed(0)
    lengths = torch.randint(1, 100, (320,), generator=generator)
    batches = list(BucketedIndices(lengths, 10, generator))
    assert sorted(torch.cat(batches).tolist()) == list(range(320))
    spread = torch.stack([lengths[batch].max() - lengths[batch].min() for batch in batches]).double().mean()
    assert spread < 10  # at random it is about 80


def test_each_epoch_has_another_order_and_what_is_too_few_is_left_out():
    buckets = BucketedIndices(torch.arange(1, 26), 10, torch.Generator().manual_seed(0))
    first, second = list(buckets), list(buckets)
    assert [len(batch) for batch in first] == [10, 10]
    assert not all(torch.equal(ours, theirs) for ours, theirs in zip(first, second))
