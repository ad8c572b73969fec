"""Weights kept as half precision, whole or not at all."""

import pytest
import torch
from academy.lessons.lesson7.gpt import GPT, Size
from academy.lessons.lesson7.gpt_weights import keep_weights, lesson_gpt
from safetensors import SafetensorError


def test_kept_weights_are_those_that_were_trained(tmp_path):
    torch.manual_seed(0)
    network = GPT(Size())
    keep_weights(network, tmp_path / "gpt.safetensors")
    kept = lesson_gpt(tmp_path / "gpt.safetensors")
    ids = torch.arange(128)[None]
    torch.testing.assert_close(kept(ids), network(ids), rtol=0, atol=1e-3)
    assert not any(each.requires_grad for each in kept.parameters())
    assert (tmp_path / "gpt.safetensors").stat().st_size < 2_000_000


def test_what_is_no_weights_is_refused(tmp_path):
    (tmp_path / "gpt.safetensors").write_bytes(b"cos\nsystem\n(S'echo'\ntR.")
    with pytest.raises(SafetensorError):
        lesson_gpt(tmp_path / "gpt.safetensors")
