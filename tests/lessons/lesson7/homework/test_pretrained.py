"""The pretrained models: the packaged ones, and what a stand-in for the hub gives in their place."""

import pickle

import pytest
import torch
from academy.lessons.lesson7.homework import measures, own_sentences, prompts
from academy.lessons.lesson7.homework.chances import positive_chances
from academy.lessons.lesson7.homework.looking import examples_of, hits_of
from academy.lessons.lesson7.homework.pretrained import pretrained
from academy.lessons.lesson7.homework.pronouns import GIVEN
from academy.nets.minilm import minilm
from academy.nets.smollm2 import smollm2
from transformers import BertModel, GPT2LMHeadModel

pytestmark = pytest.mark.slow


def test_models_are_pickled_as_the_call_that_gives_them():
    models = pretrained(False)
    assert (models.decoder, models.encoder) == (smollm2().model, minilm())
    packed = pickle.dumps(models)
    assert len(packed) < 1000
    assert pickle.loads(packed) is models


def test_every_task_can_be_asked_of_the_hubs_models(hub):
    models = pretrained.__wrapped__(True)
    chances = positive_chances(models.feel, own_sentences.UNSEEN)
    (answer,) = models.feel(own_sentences.UNSEEN[0])
    expected = chances[0] if answer["label"] == "POSITIVE" else 1 - chances[0]
    torch.testing.assert_close(torch.tensor(answer["score"]), expected, atol=1e-4, rtol=0)
    assert isinstance(models.decoder, GPT2LMHeadModel)
    assert measures.perplexity_of(models, measures.READ[0][:40]) == pytest.approx(256, rel=0.1), (
        "it knows nothing"
    )
    assert len(prompts.alone(models, "Name a fruit.")) > 0
    assert isinstance(models.encoder, BertModel)
    assert hits_of(
        models.encoder,
        models.encoder_tokens,
        examples_of(models.encoder, models.encoder_tokens, "pronoun", GIVEN),
    ).shape == (1, 2)
    for name in ("distilbert", "gpt2", "bert-base-uncased"):
        assert any(name in path for path in hub.asked)
