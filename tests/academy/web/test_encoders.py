"""An encoder for a page: a quarter of the size, nearly the same vectors, inputs of any length."""

from copy import deepcopy

import onnx
import pytest
import torch
from academy.book import BOOK_VARIABLE, MODEL_MEDIA_TYPE
from academy.web.encoders import encoder_file, export_encoder, stored_answers, with_stored_weights
from academy.web.onnx_files import answers
from onnx import TensorProto, numpy_helper
from sklearn.metrics.pairwise import cosine_similarity
from torch import nn

pytestmark = pytest.mark.slow


class Reader(nn.Module):
    """Rows of a table, a layer, their mean."""

    def __init__(self):
        super().__init__()
        self.table, self.layer = nn.Embedding(200, 64), nn.Linear(64, 48)

    def forward(self, places):
        return self.layer(self.table(places.long())).mean(dim=1)


class Seer(nn.Module):
    """A convolution, and a layer on what is left of its places."""

    def __init__(self):
        super().__init__()
        self.kernels, self.layer = nn.Conv2d(3, 16, 3), nn.Linear(16, 40)

    def forward(self, images):
        return self.layer(self.kernels(images).relu().mean(dim=(2, 3)))


@pytest.fixture(scope="module")
def texts():
    chance = torch.Generator().manual_seed(1)
    return [torch.randint(200, (4, length), generator=chance).float() for length in (3, 5)]


@pytest.fixture(scope="module")
def reader():
    torch.manual_seed(0)
    return Reader().eval()


@pytest.fixture(scope="module")
def content(reader, texts):
    return encoder_file(reader, texts)


@pytest.mark.parametrize(("count", "length"), [(1, 1), (1, 7), (9, 128)])
def test_texts_may_be_of_any_length_and_any_number(content, reader, count, length):
    places = torch.randint(200, (count, length), generator=torch.Generator().manual_seed(2)).float()
    torch.testing.assert_close(answers(content, places), reader(places), atol=1e-5, rtol=0)


def test_stored_weights_are_whole_steps_of_the_table_and_of_each_output(content, reader, texts):
    stored = with_stored_weights(content)
    model = onnx.load_from_string(stored)
    onnx.checker.check_model(model)
    kept = {each.name: each for each in model.graph.initializer}
    steps = [numpy_helper.to_array(each) for each in kept.values() if each.data_type == TensorProto.INT8]
    assert sorted(abs(each).max() for each in steps) == [31, 127]
    assert len(stored) < len(content) / 2
    reader = deepcopy(reader)
    table, layer = (each.weight.detach() for each in (reader.table, reader.layer))
    for weights, most in ((table, 31), (layer, 127)):
        step = weights.abs().amax(dim=1, keepdim=True) / most
        weights.copy_((weights / step).round() * step)
    for each in texts:
        torch.testing.assert_close(stored_answers(stored, each), reader(each), atol=1e-5, rtol=0)


def test_convolutions_are_stored_alike_and_point_nearly_the_same_way():
    torch.manual_seed(0)
    seer, images = Seer(), torch.rand(6, 3, 8, 8)
    content = encoder_file(seer, [images[:3], images[3:]])
    stored = stored_answers(with_stored_weights(content), images)
    assert cosine_similarity(stored, seer(images).detach()).diagonal().min() > 0.999
    assert (stored - seer(images)).abs().max() > 0, "weights were rounded"


def test_the_page_gets_the_stored_file_and_the_cell_its_answers(reader, texts, monkeypatch, capsys):
    glued = {}
    monkeypatch.setenv(BOOK_VARIABLE, "1")
    monkeypatch.setattr("academy.web.encoders.glue", lambda name, value: glued.update({name: value}))
    found = export_encoder(reader, texts, "lesson8-tiny")
    assert glued["lesson8-tiny"].media_type == MODEL_MEDIA_TYPE
    for each, vectors in zip(texts, found):
        torch.testing.assert_close(stored_answers(glued["lesson8-tiny"].content, each), vectors)
    assert "mean cosine 0.99" in capsys.readouterr().out


def test_a_reader_s_notebook_writes_nothing_and_has_what_pytorch_says(reader, texts, monkeypatch, capsys):
    monkeypatch.delenv(BOOK_VARIABLE, raising=False)
    found = export_encoder(reader, texts, "lesson8-tiny")
    assert "nothing is written here" in capsys.readouterr().out
    torch.testing.assert_close(found[1], reader(texts[1]))
