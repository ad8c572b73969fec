"""A malformed hand-in to Fashion-MNIST is refused in one sentence, and nothing of it is run."""

import os
import pickle

import pytest
import torch
from academy.competitions.fashion.scoring import score
from academy.nets.classifiers import CLASSIFIERS
from hand_ins import FASHION, linear_weights, refusal_of, toml_of, without
from onnx_graphs import written
from safetensors.torch import save

GOOD = linear_weights()
ONE_OF = "a hand-in has exactly one of model.safetensors, model.onnx, logits.safetensors; here is"


def refusal(place):
    return refusal_of(score(place))


def about(**changes):
    return FASHION | changes


TOMLS = {
    "no worked": (without(FASHION, "worked"), "has no entry worked"),
    "a slip of the pen": (
        {"work" if name == "worked" else name: entry for name, entry in FASHION.items()},
        "has no entry worked; is it what you call work?",
    ),
    "an architecture among the claims": (
        without(FASHION, "architecture") | {"claims": FASHION["claims"] | {"architecture": "linear"}},
        "has no entry architecture; it stands under [claims], put it above",
    ),
    "no training": (without(FASHION, "training"), "has no entry training."),
    "no failed": (without(FASHION, "failed"), "has no entry failed"),
    "an endless report": (
        about(worked="x" * 2001),
        "worked in submission.toml must be one line of 1 to 2000",
    ),
    "a report that is a list": (about(failed=["a"]), "failed in submission.toml is of type list"),
    "no machine": (without(FASHION, "machine"), "has no entry machine"),
    "no time": (without(FASHION, "training_seconds"), "has no entry training_seconds"),
    "negative time": (about(training_seconds=-1), "training_seconds in submission.toml must be a number"),
    "true time": (about(training_seconds=True), "training_seconds in submission.toml must be a number"),
    "a time of 400 digits": (
        about(training_seconds=10**399),
        "training_seconds in submission.toml must be a number",
    ),
    "endless time": (about(training_seconds=1e300), "training_seconds in submission.toml must be a number"),
    "time in words": (
        about(training_seconds="an hour"),
        "training_seconds in submission.toml is of type str",
    ),
    "no architecture": (without(FASHION, "architecture"), "has no entry architecture"),
    "an unknown architecture": (about(architecture="vgg" * 99), "choose among linear, mlp, lenet, residual"),
    "an architecture that is a number": (about(architecture=3), "architecture in submission.toml is of type"),
    "another architecture": (
        about(architecture="mlp"),
        "lacks the tensor 3.bias, which the architecture mlp asks for; it holds 1.bias and 1.weight",
    ),
    "percent claimed": (about(claims={"parameters": 3, "accuracy": 91}), "a share from 0 to 1"),
    "a script as link": (about(link="javascript:alert(1)"), "https://"),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", TOMLS)
def test_a_bad_description_is_refused(clothes_hand_in, name):
    entries, reason = TOMLS[name]
    assert reason in refusal(clothes_hand_in(entries))


def weights(**changes):
    return {
        "model.safetensors": save(GOOD | {name.replace("_", "."): each for name, each in changes.items()})
    }


def logits(tensor, name="logits"):
    return {"logits.safetensors": save({name: tensor})}


FILES = {
    "nothing beside": ({}, f"{ONE_OF} none of them, but submission.toml."),
    "a file of another name": (
        {"model.pt": b"x"},
        f"{ONE_OF} none of them, but model.pt and submission.toml.",
    ),
    "many of other names": (
        {f"a\x1b{index}.pt": b"x" for index in range(5)},
        f"{ONE_OF} none of them, but a\ufffd0.pt, a\ufffd1.pt, a\ufffd2.pt and 3 more.",
    ),
    "names of a whole that the network is part of": (
        {"model.safetensors": save({f"model.{name}": tensor for name, tensor in GOOD.items()})},
        "lacks the tensor 1.bias, which the architecture linear asks for; it holds model.1.bias and model.",
    ),
    "two of them": (
        {"model.safetensors": save(GOOD), "logits.safetensors": b"x"},
        f"{ONE_OF} model.safetensors and logits.safetensors",
    ),
    "a wrong shape": (weights(**{"1_bias": torch.zeros(11)}), "1.bias has the shape [11]; the architecture"),
    "a tensor too many": (weights(more=torch.zeros(1)), "holds a tensor more; the architecture linear asks"),
    "float64": (weights(**{"1_bias": torch.zeros(10).double()}), "is of type F64, not F32"),
    "nan": (weights(**{"1_bias": torch.full((10,), torch.nan)}), "numbers that are not finite"),
    "sums that overflow": (
        weights(**{"1_weight": torch.full((10, 784), 3e38)}),
        "an output of the network is not a finite number",
    ),
    "cut off": ({"model.safetensors": save(GOOD)[:-9]}, "model.safetensors cannot be read"),
    "too large": ({"model.safetensors": bytes(20_000_001)}, "more than 20,000,000 bytes"),
    "empty": ({"model.onnx": b""}, "model.onnx is empty"),
    "a large graph": ({"model.onnx": bytes(20_000_001)}, "more than 20,000,000 bytes"),
    "half a graph": ({"model.onnx": written()[:9999]}, "model.onnx is no ONNX file, or cut off"),
    "too few logits": (logits(torch.zeros(9_999, 10)), "logits has the shape [9999, 10]; the rules ask"),
    "too many classes": (logits(torch.zeros(10_000, 11)), "logits has the shape [10000, 11]; the rules ask"),
    "logits of another name": (logits(torch.zeros(10_000, 10), "answers"), "lacks the tensor logits"),
    "no numbers as logits": (logits(torch.full((10_000, 10), torch.nan)), "logits.safetensors holds numbers"),
    "float16 logits": (logits(torch.zeros(10_000, 10).half()), "logits in logits.safetensors is of type F16"),
    "far too many logits": (logits(torch.zeros(20_000, 10)), "more than 500,000 bytes"),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_refused(clothes_hand_in, name):
    files, reason = FILES[name]
    assert reason in refusal(clothes_hand_in(files=files))


def test_an_architecture_beside_an_onnx_file_is_refused(clothes_hand_in):
    place = clothes_hand_in(files={"model.onnx": written()})
    (place / "submission.toml").write_text(toml_of(FASHION))
    assert "architecture in submission.toml goes with model.safetensors; here is model.onnx" in refusal(place)


def test_a_variance_below_zero_is_refused(clothes_hand_in):
    state = CLASSIFIERS["residual"]().state_dict()
    state = {name: tensor for name, tensor in state.items() if not name.endswith("num_batches_tracked")}
    name = next(each for each in state if each.endswith("running_var"))
    files = {"model.safetensors": save(state | {name: state[name] - 1.001})}
    assert f"{name} in model.safetensors holds a variance below 0" in refusal(
        clothes_hand_in(about(architecture="residual"), files)
    )


def test_the_counters_of_batch_normalization_are_named(clothes_hand_in):
    files = {"model.safetensors": save(CLASSIFIERS["residual"]().state_dict())}
    reason = refusal(clothes_hand_in(about(architecture="residual"), files))
    assert "num_batches_tracked in model.safetensors is of type I64, not F32" in reason


class Poison:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


@pytest.mark.parametrize("file", ["model.safetensors", "model.onnx", "logits.safetensors"])
def test_a_pickle_is_refused_unopened(clothes_hand_in, tmp_path, file):
    place = clothes_hand_in(files={file: pickle.dumps(Poison(tmp_path / "executed"))})
    assert f"{file} looks like a pickle" in refusal(place)
    assert not (tmp_path / "executed").exists()


def test_a_link_out_of_the_folder_is_not_followed(clothes_hand_in):
    place = clothes_hand_in(files={})
    (place / "model.onnx").symlink_to("/etc/passwd")
    assert "model.onnx is a link" in refusal(place)
    (place / "logits.safetensors").symlink_to("/dev/zero")
    assert "here is model.onnx and logits.safetensors" in refusal(place)
