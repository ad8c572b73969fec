"""Fine-tuning: that it learns, what moves, and that its beginning is what it says."""

import numpy as np
import pytest
import torch
from academy.data.sentences import Sentences, sentence_split
from academy.lessons.lesson7.finetuning import Recipe, examples_of, fine_tuned, linear_on_frozen, scores
from academy.lessons.lesson7.light import is_light
from academy.lessons.lesson7.sentiment import MeanBert, MeanBertConfig, untrained
from academy.nets.minilm import features, minilm
from torch.nn import functional as F
from transformers import AutoModelForSequenceClassification

pytest.importorskip("accelerate", reason="Trainer needs it")

pytestmark = pytest.mark.slow

FEW = Sentences(("a good film", "great fun", "a bad film", "dull and long"), torch.tensor([2.0, 2, -2, -2]))


def test_a_trainer_reads_ids_and_labels():
    first = examples_of(FEW)[0]
    assert first["input_ids"][0] == 101
    assert len(first["input_ids"]) == len(first["attention_mask"]) == 5
    assert [example["labels"] for example in examples_of(FEW)] == [1, 1, 0, 0]


def test_the_mean_leaves_padding_out(small_classifier):
    ids, mask = torch.tensor([[3, 4, 5, 0, 0]]), torch.tensor([[1, 1, 1, 0, 0]])
    padded = small_classifier(ids, mask, labels=torch.tensor([1]))
    alone = small_classifier(ids[:, :3], mask[:, :3])
    torch.testing.assert_close(padded.logits, alone.logits, atol=1e-5, rtol=1e-4)
    assert padded.loss.item() == pytest.approx(-F.log_softmax(alone.logits[0], dim=0)[1].item(), abs=1e-4)


def test_a_saved_classifier_is_read_by_its_folder_alone(small_classifier, tmp_path):
    small_classifier.save_pretrained(tmp_path)
    again = AutoModelForSequenceClassification.from_pretrained(tmp_path)
    assert isinstance(again, MeanBert)
    assert isinstance(again.config, MeanBertConfig)
    ids = torch.tensor([[3, 4, 5]])
    torch.testing.assert_close(again(ids, torch.ones_like(ids)).logits, small_classifier(ids, ids > 0).logits)


def test_it_begins_undecided_or_as_the_regression():
    assert scores(untrained(), FEW.texts).tolist() == [0] * 4
    regression = linear_on_frozen(FEW)
    begun = fine_tuned(Recipe(rate=0.0, steps=1, batch_size=2), FEW, regression)
    expected = regression.decision_function(features(FEW.texts).numpy())
    np.testing.assert_allclose(scores(begun, FEW.texts).numpy(), expected, atol=1e-4)


def test_a_few_steps_learn_and_light_ones_leave_the_weights():
    before = {name: value.clone() for name, value in minilm().named_parameters()}
    found = fine_tuned(Recipe("light", rate=5e-3, steps=8, batch_size=4), FEW)
    assert ((scores(found, FEW.texts) > 0) == FEW.positive.bool()).all()
    after = dict(found.bert.named_parameters())
    moved = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert moved
    assert all(is_light(f"bert.{name}") for name in moved)
    for name, value in minilm().named_parameters():  # that which all share is as it was
        assert torch.equal(value, before[name])


def test_a_training_is_the_same_each_time():
    few = sentence_split().train.draw(16, seed=0)
    first, again = (
        scores(fine_tuned(Recipe("light", steps=2, batch_size=4), few), FEW.texts) for _ in range(2)
    )
    assert torch.equal(first, again)
