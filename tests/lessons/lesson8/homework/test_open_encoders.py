"""Published weights in place of the towers: the page's cell, and a tiny CLIP that a stand-in hub delivers."""

import open_clip
import pytest
import torch
from academy.lessons.lesson8.homework import homework
from academy.lessons.lesson8.homework.encoders import Encoders
from chapter_cells import cells
from sites import ROOT
from stand_in_clip import OPEN_CLIP, serve_clip
from stand_in_hub import become_hub, point_to
from torch.nn import functional as F
from torchvision.transforms.v2 import functional

pytestmark = pytest.mark.slow

PAGE = ROOT / "lessons/8-clip/homework8.md"


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    become_hub(server)
    serve_clip(server, tmp_path / "models", monkeypatch)
    point_to(server, tmp_path / "cache", monkeypatch)
    return server


def run(given, is_wanted):
    """Run the page's cell on some pictures of each part."""
    (cell,) = (each for each in cells(PAGE) if "colab" in each.tags)
    few = {
        part: given[part]._replace(labels=given[part].labels[:40], images=given[part].images[:40])
        for part in ("labeled", "validation", "test")
    }
    names = {"model": given["model"], **few}
    assert "with_openclip = False" in cell.source
    exec(cell.source.replace("with_openclip = False", f"with_openclip = {is_wanted}"), names)
    return names


def test_the_cell_changes_nothing_until_it_is_asked_to(given):
    names = run(given, False)
    assert isinstance(names["model"], Encoders)
    assert torch.equal(names["test"].numbers, given["test"].numbers)


def test_the_tasks_are_solved_with_published_weights_too(hub, given):
    names = run(given, True)
    model, test = names["model"], names["test"]
    assert any(OPEN_CLIP in path for path in hub.asked)

    def class_vectors(words, templates):
        rows = [
            F.normalize(model.encode_text([each.format(word) for each in templates]), dim=1).mean(dim=0)
            for word in words
        ]
        return F.normalize(torch.stack(rows), dim=1)

    def classify(numbers, classes):
        pictures = F.normalize(model.encode_image(numbers), dim=1)
        chances = (model.scale * pictures @ classes.T).softmax(dim=1)
        return chances.argmax(dim=1), chances

    found = homework.result(
        1, {"class_vectors": class_vectors, "classify": classify, "model": model, "test": test}
    )
    assert found.solved, str(found)
    prepared = torch.stack([model.prepare(functional.to_pil_image(image)) for image in test.images])
    with torch.no_grad():
        logits, _ = model.clip.get_logits(prepared, open_clip.tokenize(["a cat", "a dog"]))
    _, chances = classify(test.numbers, class_vectors(["cat", "dog"], ["a {}"]))
    torch.testing.assert_close(chances, logits.softmax(dim=1))
