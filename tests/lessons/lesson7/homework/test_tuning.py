"""Task 6: checkpoints and reports with a fault each, and right ones. A regression stands in for training."""

import shutil
from pathlib import Path

import pytest
import torch
from academy.lessons.lesson7.finetuning import logits_of
from academy.lessons.lesson7.homework import tuning
from academy.lessons.lesson7.homework.baseline import part_of
from academy.lessons.lesson7.homework.things import KINDS, dictionary, unseen
from academy.lessons.lesson7.sentiment import MeanBert
from academy.nets.minilm import features, on_minilm, tokenizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

pytestmark = pytest.mark.slow


def named():
    return on_minilm(MeanBert, id2label=dict(enumerate(KINDS)))


@pytest.fixture(scope="module")
def entries():
    return dictionary(30)


@pytest.fixture(scope="module")
def parts(entries):
    """Meanings in turn: of each five, three to train with."""
    turn = entries.meanings % 5
    return [
        (turn < 3).nonzero()[:, 0].tolist(),
        (turn == 3).nonzero()[:, 0].tolist(),
        (turn == 4).nonzero()[:, 0].tolist(),
    ]


@pytest.fixture(scope="module")
def model(entries, parts):
    """MiniLM as it is, and a regression on its features as the last layer."""
    learned = part_of(entries, parts[0])
    regression = LogisticRegression(max_iter=3000, C=10).fit(features(learned.texts), learned.kinds)
    made = named()
    with torch.no_grad():
        made.classifier.weight.copy_(torch.from_numpy(regression.coef_))
        made.classifier.bias.copy_(torch.from_numpy(regression.intercept_))
    return made


@pytest.fixture(scope="module")
def answers(model, entries, parts, tmp_path_factory):
    """A right answer to all of the task."""
    folder = tmp_path_factory.mktemp("kept")
    keep(model, folder)
    train, validation, test = parts
    learned = part_of(entries, train)
    words = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=1000)).fit(
        learned.texts, learned.kinds
    )
    return {
        "rates": {1e-4: 0.5, 5e-4: 0.6},
        "curve": {20: 0.4, 60: 0.6, 120: share(model, part_of(entries, validation))},
        "folder": str(folder),
        "reloaded": model,
        "tuned_right": share(model, part_of(entries, test)),
        "validation": validation,
        "test": test,
        "counted": words,
        "entries": entries,
    }


@pytest.fixture
def result(checked, answers, monkeypatch):
    """Checks an answer on a quarter of the unseen entries."""
    few = part_of(unseen(), range(0, 240, 4))
    monkeypatch.setattr(tuning, "unseen", lambda: few)
    return lambda **changed: checked(6, **answers | changed)


def keep(model, folder):
    model.save_pretrained(folder)
    tokenizer().save_pretrained(folder)


def share(model, part):
    return (logits_of(model, part.texts).argmax(dim=1) == part.kinds).double().mean().item()


RIGHT = {
    "as it is": lambda given: {},
    "a path, parts in tensors": lambda given: {
        "folder": Path(given["folder"]),
        "validation": torch.tensor(given["validation"]),
        "test": torch.tensor(given["test"]),
    },
    "four sizes in any order": lambda given: {"curve": dict(reversed(given["curve"].items())) | {5: 0.2}},
    "three rates, numbers in tensors": lambda given: {
        "rates": {1e-4: 0.4, 5e-4: torch.tensor(0.6), 1e-3: 0.5},
        "tuned_right": torch.tensor(given["tuned_right"]),
    },
    "rates of any size": lambda given: {"rates": {1: 0.0, 2: 0.6}},
}


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers, change):
    found = result(**change(answers))
    assert found.solved, str(found)


def test_what_a_trainer_saves_beside_the_weights_is_not_opened(result, answers, tmp_path):
    shutil.copytree(answers["folder"], tmp_path / "kept")
    (tmp_path / "kept" / "training_args.bin").write_bytes(b"no pickle")
    assert result(folder=tmp_path / "kept").solved


FORMS = [
    ({"rates": [0.1, 0.2]}, "`rates` is a list"),
    ({"rates": {1e-4: 0.8}}, "`rates` has 1"),
    ({"rates": {1e-4: 80, 1e-3: 75}}, "accuracies from 0 to 1"),
    ({"curve": {20: 0.5, 60: 0.6}}, "`curve` has 2"),
    ({"curve": {100: 0.5, 110: 0.6, 120: 0.7}}, "at least twice the one before"),
    ({"curve": {100: 0.5, 1000: 0.6, 100_000: 0.7}}, "numbers of entries to train with"),
    ({"rates": {1e-4: 0.5, 5e-4: 0.8}}, "which no size of `curve` has"),
    ({"folder": None}, "`folder` is a NoneType"),
    ({"folder": "nowhere"}, "has no model.safetensors"),
    ({"reloaded": "kept"}, "`reloaded` is a str"),
    ({"tuned_right": 0.123}, "the share of `test`"),
    ({"curve": {20: 0.4, 60: 0.6, 120: 0.123}}, "the share of `validation`"),
    ({"test": None}, "solve task 5 first"),
]


@pytest.mark.parametrize(("change", "helps"), FORMS, ids=[f"{n} {w[1]}" for n, w in enumerate(FORMS)])
def test_a_wrong_report_is_caught_with_a_sentence_that_helps(result, change, helps):
    found = result(**change)
    assert not found.solved
    assert helps in str(found)


ODD = {
    "None": None,
    "a number": 3,
    "a text": "text",
    "a list of None": [None] * 10,
    "a dict of None": dict.fromkeys(range(3)),
    "a tensor": torch.zeros(2, 3),
    "a function that gives nan": lambda *given, **named: torch.tensor(float("nan")),
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_an_odd_answer_becomes_a_sentence(result, answers, odd):
    for name in answers.keys() - {"entries"}:
        found = result(**{name: odd})
        assert not found.solved, f"{name} may be odd"
        assert all(finding.look for finding in found.findings if not finding.right)


def without_tokenizer(model, folder):
    model.save_pretrained(folder)


def as_pickle(model, folder):
    torch.save(model.state_dict(), folder / "pytorch_model.bin")


def unnamed(model, folder):
    other = on_minilm(MeanBert, num_labels=6)
    other.load_state_dict(model.state_dict())
    keep(other, folder)


def untrained(model, folder):
    torch.manual_seed(0)
    keep(named(), folder)


def shifted(model, folder):
    other = named()
    other.load_state_dict(model.state_dict())
    with torch.no_grad():
        other.classifier.weight.copy_(model.classifier.weight.roll(1, dims=0))
        other.classifier.bias.copy_(model.classifier.bias.roll(1))
    keep(other, folder)


def constant(model, folder):
    other = named()
    other.load_state_dict(model.state_dict())
    with torch.no_grad():
        other.classifier.bias[2] = 1000
    keep(other, folder)


FOLDERS = [
    (without_tokenizer, "has no tokenizer"),
    (as_pickle, "which may hold code"),
    (unnamed, "id2label=dict(enumerate(KINDS))"),
    (shifted, "as good as chance"),
    (constant, "it answers food each time"),
]


@pytest.mark.parametrize(("write", "helps"), FOLDERS, ids=[f"{n} {w[1]}" for n, w in enumerate(FOLDERS)])
def test_a_wrong_checkpoint_is_caught_with_a_sentence_that_helps(result, model, tmp_path, write, helps):
    write(model, tmp_path)
    readable = (tmp_path / "model.safetensors").exists() and (tmp_path / "tokenizer_config.json").exists()
    found = result(folder=tmp_path, reloaded=tuning.read(tmp_path)[0] if readable else model)
    assert not found.solved
    assert helps in str(found)


def test_another_model_than_the_one_in_the_folder_is_caught(result, tmp_path, model):
    untrained(model, tmp_path)
    assert "differs from the checkpoint" in str(result(folder=tmp_path))


def test_a_model_in_training_mode_is_caught(result, model):
    model.train()
    try:
        assert "in training mode" in str(result())
    finally:
        model.eval()


class Knowing:
    """Counts nothing, and is always right."""

    def predict(self, texts):
        known = dict(zip(unseen().texts, unseen().kinds.tolist()))
        return [known[text] for text in texts]


def test_a_model_that_the_baseline_beats_is_told_so(result):
    found = str(result(counted=Knowing()))
    assert "counted words about 100.0%" in found
    assert "more steps, or more entries" in found
