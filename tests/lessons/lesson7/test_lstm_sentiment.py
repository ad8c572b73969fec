"""An LSTM that says after each word piece how it feels: as PyTorch's LSTM, and as recorded."""

import pytest
import torch
from academy.data.sentences import sentence_split
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7.library import take_recurrent
from academy.lessons.lesson7.lstm_sentiment import (
    FILE,
    HIDDEN,
    LSTMSentiment,
    ids_of,
    judged_rightly,
    keep_weights,
    last_logits,
    lesson_lstm,
    trained,
    vectors_of,
)
from academy.nets.recurrent import LSTM
from safetensors import SafetensorError
from torch import nn

pytestmark = pytest.mark.slow

WIDTH = 384


def test_it_answers_as_an_lstm_of_pytorch_does():
    library = nn.LSTM(WIDTH, HIDDEN, batch_first=True)
    model = LSTMSentiment().eval()
    take_recurrent(model.lstm, library)
    assert isinstance(model.lstm, LSTM)
    short, long = ids_of(["a dull film", "a film that is anything but dull"])
    found = last_logits(model, [short, long])
    for ids, logit in zip((short, long), found):  # one by one there is no padding
        _, (state, _) = library(vectors_of(ids)[None])
        torch.testing.assert_close(logit, model.answer(state[0, 0])[0])


def test_what_it_says_after_a_word_does_not_hang_on_later_ones():
    model = lesson_lstm()
    (ids,) = ids_of(["superb at first and a mess at last"])
    whole, _ = model(vectors_of(ids)[None])
    begun, _ = model(vectors_of(ids[:3])[None])
    torch.testing.assert_close(whole[:, :3], begun)


def test_the_kept_one_judges_as_recorded():
    recorded = read_sweep("lessons/lesson7/lstm_sentiment")["rows"][0]["right"]
    test = sentence_split().test
    assert judged_rightly(lesson_lstm(), test) == pytest.approx(recorded, abs=0.002)
    assert FILE.stat().st_size < 2_000_000


def test_a_training_learns_what_it_is_shown():
    few = sentence_split().train.pick(torch.arange(24))
    model = trained(few, steps=40, seed=0)
    assert judged_rightly(model, few) >= 0.9


def test_kept_weights_are_those_that_were_trained(tmp_path):
    torch.manual_seed(0)
    model = LSTMSentiment()
    keep_weights(model, tmp_path / "kept.safetensors")
    kept = lesson_lstm(tmp_path / "kept.safetensors")
    ids = ids_of(["a dull film"])
    torch.testing.assert_close(last_logits(kept, ids), last_logits(model, ids), rtol=0, atol=1e-3)
    assert not any(each.requires_grad for each in kept.parameters())


def test_what_is_no_weights_is_refused(tmp_path):
    (tmp_path / "kept.safetensors").write_bytes(b"cos\nsystem\n(S'echo'\ntR.")
    with pytest.raises(SafetensorError):
        lesson_lstm(tmp_path / "kept.safetensors")
