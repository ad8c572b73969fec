"""The score of a hand-in is the network's accuracy on fresh points, whatever the hand-in claims."""

import json
import math
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import torch
from academy.assets.errors import AssetUnavailable
from academy.cli import app
from academy.compete.entries import Status, score_all
from academy.competitions.spiral import scoring
from academy.competitions.spiral.scoring import order, score
from academy.data.plane import spirals
from hand_ins import SPIRAL, TOML, refusal_of, tensors_of, toml_of
from safetensors.torch import load_file
from sites import ROOT
from torch import nn
from typer.testing import CliRunner

SUBMISSIONS = ROOT / "lessons" / "competitions" / "spiral" / "submissions"
REFERENCE = sorted(place for place in SUBMISSIONS.iterdir() if place.name.startswith("reference-"))


def check(*arguments):
    return CliRunner().invoke(app, ["compete", "spiral", "check", *map(str, arguments)])


@pytest.fixture(scope="module")
def draws():
    """Ten draws of a million points, and whether they are of the second arm."""
    generator = torch.Generator().manual_seed(11)
    pairs = (spirals(1_000_000, generator=generator) for _ in range(10))
    return [(points, labels == 1) for points, labels in pairs]


def counted(model, draws):
    """How often a model is right on these draws; the standard error is 1.2e-4."""
    with torch.inference_mode():
        right = [((model(points).squeeze(1) > 0) == second).double().mean() for points, second in draws]
    return torch.stack(right).mean().item()


@pytest.mark.slow
@pytest.mark.parametrize("place", REFERENCE[:2], ids=lambda place: place.name)
def test_the_score_is_what_counting_on_millions_of_points_gives(place, draws):
    entry = score(place)
    assert counted(entry.model, draws) == pytest.approx(entry.accuracy, abs=3e-4 + 3 * 1.2e-4)


@pytest.mark.parametrize("place", REFERENCE, ids=lambda place: place.name)
def test_every_reference_entry_passes_and_claims_what_is_measured(place):
    done = check(place, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found["status"] == "passed"
    assert found["accuracy"] > 0.83
    assert found["claim_holds"]


def test_a_net_worked_out_by_hand(hand_in):
    """A straight line through the middle, as two layers that hand it on: |logit| is |x + y| / 2."""
    tensors = {
        "layers.0.weight": torch.tensor([[0.5, 0.5], [-0.5, -0.5]]),
        "layers.0.bias": torch.zeros(2),
        "layers.1.weight": torch.eye(2),
        "layers.1.bias": torch.zeros(2),
        "layers.2.weight": torch.tensor([[1.0, -1.0]]),
        "layers.2.bias": torch.zeros(1),
    }
    shape = {"widths": [2, 2, 2, 1], "activations": ["ReLU", "ReLU"]}
    entry = score(hand_in(toml_of(SPIRAL | shape), tensors))
    assert entry.status is Status.BELOW
    assert entry.parameters == 3 * 2 + 3 * 2 + 3
    points, labels = spirals(1_000_000, generator=torch.Generator().manual_seed(1))
    right = ((points.sum(dim=1) > 0) == labels).double().mean().item()
    assert entry.accuracy == pytest.approx(right, abs=0.002)


@pytest.mark.parametrize(
    ("name", "function"),
    {
        "ReLU": lambda x: max(x, 0.0),
        "LeakyReLU": lambda x: x if x > 0 else 0.01 * x,
        "ELU": lambda x: x if x > 0 else math.expm1(x),
        "GELU": lambda x: x * 0.5 * (1 + math.erf(x / math.sqrt(2))),
        "tanh": math.tanh,
        "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
        "sine": math.sin,
    }.items(),
)
def test_an_activation_is_the_function_of_that_name(hand_in, name, function):
    one = torch.ones(1, 1)
    tensors = {
        "layers.0.weight": torch.tensor([[1.0, 0.0]]),
        "layers.1.weight": one,
        "layers.2.weight": one.clone(),
    }
    tensors |= {f"layers.{index}.bias": torch.zeros(1) for index in range(3)}
    toml = toml_of(SPIRAL | {"widths": [2, 1, 1, 1], "activations": [name, name]})
    model = score(hand_in(toml, tensors)).model
    for value in (-3.0, -0.5, 0.7, 2.0):
        found = model(torch.tensor([[value, 9.0]])).item()
        assert found == pytest.approx(function(function(value)), abs=1e-6)


def test_a_false_claim_shows_the_measured_number_beside_it(hand_in):
    place = hand_in()
    toml = (place / "submission.toml").read_text()
    (place / "submission.toml").write_text(
        toml.replace("parameters = 43", "parameters = 3").replace("accuracy = 0.5", "accuracy = 0.99")
    )
    done = check(place)
    assert done.exit_code == 1
    assert done.output.startswith("below: ")
    assert "with 43 parameters" in done.output
    assert "Claimed were 99.00% with 3 parameters." in done.output
    found = json.loads(check(place, "--json").output)
    assert found["accuracy"] < 0.83
    assert found["parameters"] == 43
    assert found["claim_holds"] is False


def test_the_command_ends_with_0_1_and_2(hand_in, tmp_path):
    results = {
        place: check(place, "--json") for place in (REFERENCE[0], hand_in(), tmp_path / "nothing there")
    }
    assert [done.exit_code for done in results.values()] == [0, 1, 2]
    for done in results.values():
        assert {"accuracy", "parameters", "status", "reason"} <= json.loads(done.output).keys()
    assert json.loads(done.output)["accuracy"] is None
    assert "neither a folder nor a .zip archive" in json.loads(done.output)["reason"]


@pytest.mark.slow
def test_the_installed_command_is_the_same():
    command = [Path(sys.executable).with_name("academy"), "compete", "spiral", "check", REFERENCE[0]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == check(REFERENCE[0]).output


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_result_that_cannot_be_printed_is_no_result_of_the_hand_in():
    command = [Path(sys.executable).with_name("academy"), "compete", "spiral", "check", REFERENCE[0]]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        3,
        "The result could not be printed: No space left on device.\n",
    )


def test_a_zip_archive_is_scored_as_its_folder(tmp_path):
    packed = tmp_path / "mine.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in REFERENCE[0].iterdir():
            archive.write(file, f"some folder/{file.name}")
    assert score(packed).accuracy == score(REFERENCE[0]).accuracy


def test_one_refused_entry_stops_no_other_and_stands_last(hand_in, tmp_path):
    hand_in("no TOML at all [", folder="a-broken-one")
    hand_in(folder="b-scored")
    (tmp_path / "c-link").symlink_to(REFERENCE[0])
    (tmp_path / "d-passed").mkdir()
    for file in REFERENCE[0].iterdir():
        (tmp_path / "d-passed" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "README.md").write_text("no hand-in")
    (tmp_path / ".hidden").mkdir()
    entries = score_all(tmp_path, score, order)
    assert [entry.place for entry in entries] == ["d-passed", "b-scored", "a-broken-one", "c-link"]
    assert [entry.status for entry in entries[2:]] == [Status.REFUSED] * 2
    assert all(isinstance(entry.model, nn.Module) for entry in entries[:2])


def test_fewer_parameters_come_first_then_more_accuracy(hand_in, tmp_path):
    hand_in(TOML.replace("6, 3", "2, 2"), tensors_of([2, 2, 2, 1]), folder="z-small")
    for seed in range(3):
        hand_in(tensors=tensors_of([2, 6, 3, 1], seed), folder=f"{seed}")
    entries = score_all(tmp_path, score, order)
    assert entries[0].parameters == 15
    rest = [entry.accuracy for entry in entries[1:]]
    assert rest == sorted(rest, reverse=True)
    assert len(set(rest)) > 1


def test_weights_that_alias_on_the_grid_of_the_integral_are_refused(hand_in):
    """On the grid, 400π more turn a sine by whole circles from point to point; between, by less."""
    tensors = load_file(SUBMISSIONS / "reference-shallow-15" / "model.safetensors")
    shape = {"widths": [2, 3, 1, 1], "activations": ["sine", "ELU"]}
    honest = score(hand_in(toml_of(SPIRAL | shape), tensors, folder="honest"))
    tensors["layers.0.weight"] += 400 * math.pi
    reason = refusal_of(score(hand_in(toml_of(SPIRAL | shape), tensors, folder="aliased")))
    by_grid, drawn = (float(text.split()[-1]) / 100 for text in reason.split("%")[:2])
    assert by_grid == pytest.approx(honest.accuracy, abs=1e-3)
    assert drawn == pytest.approx(0.5, abs=0.02)


def test_nonlinearity_from_the_rounding_of_float32_is_refused(hand_in):
    """Beyond 2**22 float32 has steps of a half: with a unit beside that has none, they make a saw."""
    high = 2.0**22
    tensors = {
        "layers.0.weight": torch.tensor([[0.0, 0.5], [0.0, 0.5]]),
        "layers.0.bias": torch.tensor([8.375, high + 0.375]),
        "layers.1.weight": torch.eye(2),
        "layers.1.bias": torch.tensor([0.0, 8 - high]),
        "layers.2.weight": torch.tensor([[1.0, -1.0]]),
        "layers.2.bias": torch.zeros(1),
    }
    shape = {"widths": [2, 2, 2, 1], "activations": ["ReLU", "ReLU"]}
    assert "how float32 rounds" in refusal_of(score(hand_in(toml_of(SPIRAL | shape), tensors)))


def test_the_same_network_gets_the_same_score_each_time(hand_in):
    place = hand_in()
    assert len({score(place).accuracy for _ in range(3)}) == 1


def test_a_fault_of_the_scorer_becomes_a_row_and_stops_no_other(hand_in, tmp_path, monkeypatch):
    measure = scoring.submission_of

    def faulty(table):
        if table["name"] == "Bad":
            raise ZeroDivisionError("of \x1b[2J \ud800")
        return measure(table)

    monkeypatch.setattr(scoring, "submission_of", faulty)
    hand_in(TOML.replace("Six tanh", "Bad"), folder="a")
    hand_in(folder="b")
    scored, failed = score_all(tmp_path, score, order)
    assert scored.place == "b"
    assert failed.sentence.startswith("not scored: the scorer failed here, which is its own fault")
    assert failed.reason.endswith("ZeroDivisionError: of \ufffd[2J \ufffd.")
    assert failed.status.exit_code == 3


def test_what_no_hand_in_can_help_is_raised(hand_in, monkeypatch):
    def missing(table):
        raise AssetUnavailable("no pictures")

    monkeypatch.setattr(scoring, "submission_of", missing)
    with pytest.raises(AssetUnavailable):
        score(hand_in())


def test_hand_ins_of_strange_names_are_all_scored(hand_in, tmp_path):
    place = hand_in(TOML.replace("Six tanh", "最小的网络 🌀"), folder="reference-shallow-15")
    for name in (b"Reference-Shallow-15", b" reference-shallow-15", "中文-🌀".encode(), b"no UTF-8 \xff"):
        shutil.copytree(place, os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    entries = score_all(tmp_path, score, order)
    assert len({entry.place for entry in entries}) == 5
    assert {entry.status for entry in entries} == {Status.BELOW}


@pytest.mark.parametrize(("accuracy", "status"), [(0.8300001, Status.PASSED), (0.83, Status.BELOW)])
def test_to_pass_takes_more_than_83_percent(hand_in, monkeypatch, accuracy, status):
    monkeypatch.setattr(scoring, "spiral_accuracy", lambda model: accuracy)
    monkeypatch.setattr(scoring, "hold_to_fresh_points", lambda model, accuracy: None)
    assert score(hand_in()).status is status


@pytest.mark.parametrize(
    ("old", "new"),
    [('"Six tanh"', f'"{"x" * 80}"'), ("accuracy = 0.5", "accuracy = 1.0"), ("seed = 3", "seed = 0")],
)
def test_what_just_keeps_a_rule_is_scored(hand_in, old, new):
    assert score(hand_in(TOML.replace(old, new))).status is Status.BELOW
