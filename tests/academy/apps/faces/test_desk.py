"""What the page answers, without a browser: also to programs that send what no page would."""

import base64
import io
import json
import math
import re
import shutil

import numpy as np
import pytest
import torch
from academy.apps.faces.collection import SHIPPED, Collection
from academy.apps.faces.desk import Desk
from academy.apps.faces.scene import Kind
from academy.lessons.lesson5.shipped import shipped_run
from PIL import Image, ImageOps

STILL = [0.0] * 8


@pytest.fixture
def desk(tmp_path):
    return Desk(Collection(tmp_path / "nowhere"))


def alert(page: str) -> str:
    return re.search(r'role="alert" class="problem">([^<]*)', page)[1]


def kept(page: str, name: str) -> bytes:
    """What a link downloads."""
    return base64.b64decode(re.search(rf'download="{name}" href="data:[^,]*,([^"]*)"', page)[1])


def settings(page: str) -> dict:
    return json.loads(kept(page, "face.json"))


def picture(page: str) -> torch.Tensor:
    """The large picture, shape (3, 64, 64), float from 0 to 1."""
    shown = re.search(r'src="data:image/png;base64,([^"]*)"', page)[1]
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(shown))))
    return torch.from_numpy(pixels.copy()).permute(2, 0, 1) / 255


def decoded(code) -> torch.Tensor:
    with torch.no_grad():
        return shipped_run().network.decoder(torch.as_tensor(code)[None])[0]


def same(found, expected):
    torch.testing.assert_close(found, expected.contiguous(), atol=0.6 / 255, rtol=0)


def began(desk):
    """The scene at the beginning."""
    return desk.begin()[3]


def positions(answer) -> list[float]:
    return [each["value"] for each in answer[3:]]


def test_it_begins_with_the_mean_face_and_what_is_known_of_the_run(desk):
    run, about, stage, scene, way, *sliders = desk.begin()
    assert run["value"] == SHIPPED
    assert "37.3 dB" in about
    assert ">54%<" in about
    assert scene.kind is Kind.MEAN
    assert not way["interactive"]
    assert [each["label"] for each in sliders][:2] == ["Light clothes", "Light hair and more"]
    same(picture(stage), decoded(shipped_run().pca.mean))
    assert 'alt="The mean face"' in stage


def test_a_slider_goes_along_its_component_and_the_downloads_are_what_is_shown(desk):
    stage = desk.move(began(desk), 0, 0, 0, 2.0, *STILL[3:])
    pca = shipped_run().pca
    expected = pca.mean + 2 * pca.variances[2].sqrt() * pca.components[2]
    torch.testing.assert_close(torch.tensor(settings(stage)["code"]), expected)
    same(picture(stage), decoded(expected))
    same(picture(stage), decoded(settings(stage)["code"]))
    saved = np.asarray(Image.open(io.BytesIO(kept(stage, "face.png"))))
    torch.testing.assert_close(torch.from_numpy(saved.copy()).permute(2, 0, 1) / 255, picture(stage))
    assert settings(stage)["sliders"][2] == {
        "name": "dark skin",
        "component": 3,
        "sign": 1,
        "position": 2.0,
    }
    assert 'alt="The mean face; dark skin +2.0"' in stage


def test_faces_drawn_at_random_differ_and_vary_as_the_codes_do(desk):
    torch.manual_seed(0)
    scene, codes = began(desk), []
    for _ in range(100):
        answer = desk.draw(scene, 0, *STILL)
        codes.append(settings(answer[0])["code"])
    pca = shipped_run().pca
    along = pca.sliders(torch.tensor(codes))
    assert along.mean(dim=0).abs().max() < 0.4  # four standard errors
    assert (along.std(dim=0) - 1).abs().max() < 0.3
    assert all(-3 <= each <= 3 for each in positions(answer))
    assert answer[1].kind is Kind.DRAWN


def test_reset_leads_back_to_the_mean_face_or_to_the_face_that_was_brought(desk, face):
    torch.manual_seed(0)
    drawn = desk.draw(began(desk), 0, *STILL)
    back = desk.reset(drawn[1], 0, *positions(drawn))
    assert positions(back) == STILL
    same(picture(back[0]), decoded(shipped_run().pca.mean))
    brought = desk.bring({"path": str(face)}, back[1], 0, *STILL)
    drawn = desk.draw(brought[1], 0, *STILL)
    back = desk.reset(drawn[1], 0, *positions(drawn))
    same(picture(back[0]), picture(brought[0]))


def test_a_face_is_cut_encoded_and_given_back_and_moves_with_the_sliders(desk, face):
    answer = desk.bring({"path": str(face)}, began(desk), 0, *STILL)
    cut = ImageOps.fit(Image.open(face), (64, 64), Image.Resampling.LANCZOS)  # the square in the middle
    images = torch.from_numpy(np.asarray(cut).copy()).permute(2, 0, 1)[None] / 255
    run = shipped_run()
    with torch.no_grad():
        code = run.network.encode(images)[0]
    same(picture(answer[0]), decoded(code))
    assert ["Your picture" in answer[0], "Given back" in answer[0]] == [True, True]
    moved = desk.move(answer[1], 0, 1.5, *STILL[1:])
    expected = code + 1.5 * run.pca.variances[0].sqrt() * run.pca.components[0]
    torch.testing.assert_close(torch.tensor(settings(moved)["code"]), expected, atol=1e-4, rtol=1e-4)
    away = desk.bring(None, answer[1], 0, *STILL)
    assert away[1].kind is Kind.MEAN


def test_the_way_to_a_second_face_is_straight(desk, face):
    torch.manual_seed(0)
    scene = desk.draw_other(began(desk), 0, *STILL)[1]
    ends = [torch.tensor(settings(desk.move(scene, end, *STILL))["code"]) for end in (0, 1)]
    middle = torch.tensor(settings(desk.move(scene, 0.5, *STILL))["code"])
    torch.testing.assert_close(middle, (ends[0] + ends[1]) / 2)
    torch.testing.assert_close(ends[0], shipped_run().pca.mean)
    assert "50% of the way to the second face" in desk.move(scene, 0.5, *STILL)
    brought = desk.bring_other({"path": str(face)}, scene, 0, 1.0, *STILL[1:])
    assert positions(brought)[0] == 1.0
    assert brought[2]["interactive"]
    assert not desk.bring_other(None, brought[1], 0, *STILL)[2]["interactive"]


@pytest.mark.parametrize("sent", ["text", 5, {}, {"path": None}, {"path": "/etc/passwd"}])
def test_an_upload_of_no_known_form_is_a_sentence_and_the_face_stays(desk, sent):
    for bring in (desk.bring, desk.bring_other):
        stage, scene, _, *sliders = bring(sent, began(desk), 0, 1.0, *STILL[1:])
        assert alert(stage) == "No file arrived. Choose a picture again."
        assert scene.kind is Kind.MEAN
        assert sliders[0]["value"] == 1.0


def test_a_file_that_is_no_picture_is_a_sentence(desk, face):
    face.write_text("buy milk")
    assert "“face.png” is a text" in alert(desk.bring({"path": str(face)}, began(desk), 0, *STILL)[0])


@pytest.mark.parametrize(
    ("sent", "stands"),
    [(99, 3), (-99, -3), (math.nan, 0), (math.inf, 0), ("2", 0), (None, 0), ([2], 0), (1, 1)],
)
def test_whatever_a_slider_is_said_to_stand_at_a_face_is_shown(desk, sent, stands):
    for few in ([sent], [sent, *STILL[1:]], [sent, *STILL]):
        stage = desk.move(began(desk), sent, *few)
        assert [each["position"] for each in settings(stage)["sliders"]] == [stands, *STILL[1:]]


def test_before_the_page_has_begun_there_is_a_face_all_the_same(desk):
    assert "The mean face" in desk.move(None, 0, *STILL)
    assert desk.reset(None, 0, *STILL)[1].run == SHIPPED


def test_another_run_is_chosen_with_the_faces_that_were_brought(runs, face):
    desk = Desk(Collection(runs))
    brought = desk.bring({"path": str(face)}, began(desk), 0, *STILL)
    run, about, _, scene, _, *sliders = desk.choose(SHIPPED, brought[1])
    assert (run["value"], scene.run, scene.kind) == (SHIPPED, SHIPPED, Kind.YOURS)
    assert len(scene.start) == 64
    assert "316 nats" in about
    assert [each["visible"] for each in sliders] == [True] * 8
    three = desk.choose("early", scene)[5:]
    assert [each["visible"] for each in three] == [True] * 3 + [False] * 5


def test_a_run_that_is_gone_or_damaged_is_a_sentence_and_the_app_goes_on(runs):
    desk = Desk(Collection(runs))
    scene = began(desk)
    assert scene.run == "late"
    shutil.rmtree(runs / "early")
    run, _, stage, after, *_ = desk.choose("early", scene)
    assert "“early” cannot be used: there is no such folder" in alert(stage)
    assert (run["value"], after.run) == ("late", "late")
    shutil.rmtree(runs / "late")
    assert began(desk).run == SHIPPED  # as another reader opens the page
    assert "“late” is not there any more" in alert(desk.move(scene, 0, *STILL))
    assert "“late” is not there any more" in alert(desk.draw(scene, 0, *STILL)[0])
    assert desk.choose(["late"], scene)[3].run == SHIPPED


def test_damaged_runs_are_named_when_the_page_opens(runs):
    (runs / "late" / "model.safetensors").write_bytes(b"")
    stage = Desk(Collection(runs)).begin()[2]
    assert "“late” cannot be used" in alert(stage)
    assert "<img" in stage


def test_texts_of_a_run_are_shown_as_text(runs):
    data = json.loads((runs / "late" / "metadata.json").read_text(encoding="utf-8"))
    data["source"] = "<script>alert(1)</script>"
    (runs / "late" / "metadata.json").write_text(json.dumps(data), encoding="utf-8")
    (runs / "late").rename(runs / "<b>")
    run, about, stage, *_ = Desk(Collection(runs)).begin()
    assert run["value"] == "<b>"
    assert "<script>" not in about
    assert "<b>" not in stage
