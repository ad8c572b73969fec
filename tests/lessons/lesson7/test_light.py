"""Light tuning: what learns, what stays, and what comes back from its file."""

import pytest
import torch
from academy.lessons.lesson7 import light
from academy.lessons.lesson7.light import is_light, light_parameters, load_light, save_light
from academy.lessons.lesson7.sentiment import MeanBert


@pytest.fixture
def on_small(small_classifier, monkeypatch):
    """Put the small classifier in MiniLM's place."""
    before = {name: value.clone() for name, value in small_classifier.state_dict().items()}

    def make(kind, **settings):
        model = kind(small_classifier.config).eval()
        model.load_state_dict(before)
        return model

    monkeypatch.setattr(light, "on_minilm", make)
    return small_classifier


@pytest.mark.parametrize(
    ("name", "learns"),
    [
        ("bert.embeddings.word_embeddings.weight", False),
        ("bert.embeddings.LayerNorm.weight", True),
        ("bert.encoder.layer.3.attention.self.query.weight", False),
        ("bert.encoder.layer.3.attention.self.query.bias", True),
        ("classifier.weight", True),
        ("cls.predictions.transform.dense.weight", True),
    ],
)
def test_biases_normalizations_and_heads_learn(name, learns):
    assert is_light(name) is learns


def test_a_step_moves_nothing_else(small_classifier):
    before = {name: value.clone() for name, value in small_classifier.named_parameters()}
    parameters = light_parameters(small_classifier)
    ids = torch.tensor([[3, 4, 5, 6]])
    small_classifier(ids, torch.ones_like(ids), labels=torch.tensor([1])).loss.backward()
    torch.optim.SGD(parameters.values(), lr=1.0).step()
    moved = {
        name for name, value in small_classifier.named_parameters() if not torch.equal(value, before[name])
    }
    assert {"classifier.weight", "bert.embeddings.LayerNorm.bias"} <= moved
    assert all(is_light(name) for name in moved)


def test_what_was_learned_comes_back_in_half_precision(on_small, tmp_path):
    for parameter in light_parameters(on_small).values():
        parameter.data += 0.25
    save_light(tmp_path / "kept.safetensors", on_small)
    again = load_light(MeanBert, tmp_path / "kept.safetensors")
    for name, value in on_small.state_dict().items():
        torch.testing.assert_close(again.state_dict()[name], value, atol=1e-3, rtol=1e-3)
    assert (tmp_path / "kept.safetensors").stat().st_size < 10_000


def test_the_file_of_another_model_is_refused(on_small, tmp_path):
    torch.nn.Module.__delattr__(on_small, "classifier")
    save_light(tmp_path / "kept.safetensors", on_small)
    with pytest.raises(ValueError, match=r"another model than MeanBert.*classifier\.weight"):
        load_light(MeanBert, tmp_path / "kept.safetensors")
