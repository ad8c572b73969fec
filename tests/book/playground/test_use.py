"""The playground as a reader uses it: it learns, shares, exports, imports, and takes bad input calmly."""

import random
import re
import runpy
import tomllib
import zipfile
from io import BytesIO

import pytest
import torch
from academy.data.spiral_density import spiral_accuracy
from academy.nets.mlp import mlp
from axe_playwright_python.sync_playwright import Axe
from interactive_page import small_targets
from PIL import Image
from playground_page import number, saved
from playwright.sync_api import Page, expect
from safetensors.torch import load_file, save_file

PASSES = 83
TRAINS = {"timeout": 60_000}
SMALL = "activation=tanh&hidden=8,3"


def play_until(page: Page, condition: str) -> None:
    """Let it train until a condition on its numbers holds, then stop it."""
    page.get_by_role("button", name="Play").click()
    page.wait_for_function(
        f"""() => {{
            const number = (name) => parseFloat(
                document.querySelector(`[data-number=${{name}}]`).textContent.replace(",", ""));
            return {condition};
        }}""",
        **TRAINS,
    )
    page.get_by_role("button", name="Pause").click()


def say(page: Page) -> str:
    return page.get_by_role("status").inner_text()


def settings(page: Page) -> dict[str, str]:
    """Return what each labeled control shows."""
    names = [
        "Data",
        "Noise",
        "Points",
        "Activation",
        "Optimizer",
        "Learning rate",
        "Batch size",
        "L2",
        "Seed",
    ]
    return {name: page.get_by_label(name, exact=True).input_value() for name in names}


def open_sharing(page: Page) -> None:
    page.get_by_text("Share, export, import").click()
    expect(page.get_by_label("Link to this state")).to_have_value(re.compile("#playground"))


def test_the_reference_network_learns_the_spiral(visit):
    page = visit()
    assert number(page, "parameters") == 105
    assert number(page, "ceiling") == 87.1
    play_until(page, f"number('fresh') > {PASSES} && number('steps') > 300")
    assert number(page, "fresh") > PASSES
    assert number(page, "training") < 0.5
    assert "On the points kept back: loss" in say(page)


def test_step_and_reset(visit):
    page = visit()
    first = number(page, "training")
    for _ in range(3):
        page.get_by_role("button", name="Step").click()
    expect(page.locator("[data-number=steps]")).to_have_text("3")
    page.get_by_label("Speed").select_option("10")
    play_until(page, "number('steps') > 12")
    assert number(page, "training") < first
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("[data-number=steps]")).to_have_text("0")
    assert number(page, "training") == first


def test_the_last_hidden_layer_is_shown_where_it_has_two_units(visit):
    page = visit("hidden=8,2")
    seen = page.get_by_role("img", name="The training points at the two outputs")
    expect(seen).to_be_visible()
    page.get_by_role("button", name="One unit more in hidden layer 2").click()
    expect(seen).to_be_hidden()
    expect(page.get_by_text("Give the last hidden layer two units")).to_be_visible()


def test_layers_go_from_none_to_ten_and_units_from_one_to_sixteen(visit):
    page = visit()
    more, fewer = (
        page.get_by_role("button", name=name) for name in ("Add a hidden layer", "Remove the last one")
    )
    fewer.click()
    fewer.click()
    expect(fewer).to_be_disabled()
    assert number(page, "parameters") == 3
    for _ in range(10):
        more.click()
    expect(more).to_be_disabled()
    wider = page.get_by_role("button", name="One unit more in hidden layer 10")
    for _ in range(12):
        wider.click()
    expect(wider).to_be_disabled()
    assert number(page, "parameters") == 3 * 4 + 8 * 20 + 5 * 16 + 17


def test_a_link_holds_the_whole_state(visit):
    page = visit(
        "data=moons&noise=0.2&hidden=5,3&activation=elu&inputs=x,y,xy&optimizer=momentum&seed=7&batch=16"
    )
    play_until(page, "number('steps') > 50")
    open_sharing(page)
    link = page.get_by_label("Link to this state").input_value()
    other = visit(link.partition("?")[2])
    assert settings(other) == settings(page)
    assert settings(page)["Data"] == "moons"
    for name in ("steps", "parameters", "training", "test", "accuracy", "fresh"):
        assert number(other, name) == number(page, name)
    page.get_by_role("button", name="Step").click()
    other.get_by_role("button", name="Step").click()
    for name in ("steps", "training", "test"):
        assert number(other, name) == pytest.approx(number(page, name), abs=0.002)


@pytest.mark.parametrize(
    "state",
    [
        "hidden=0,99",
        "hidden=1,1,1,1,1,1,1,1,1,1,1",
        "rate=1e99&noise=-1",
        "data=__proto__&weights=AAAA",
        "weights=%%%",
        "inputs=",
    ],
)
def test_a_link_that_cannot_be_read_is_named_and_harms_nothing(visit, state):
    page = visit(state)
    assert number(page, "parameters") == 105
    if state != "inputs=":
        assert "cannot be read" in say(page)


def test_a_link_clicked_on_the_page_opens_its_state(visit):
    page = visit()
    page.evaluate("location.hash = '#playground?data=circles&hidden='")
    expect(page.locator("[data-number=parameters]")).to_have_text("3")
    assert settings(page)["Data"] == "circles"


@pytest.mark.parametrize(
    "written",
    [
        "#playground%3Fhidden%3D5%2C4%26seed%3D7",
        "#playground?hidden=5,4&amp;seed=7",
        "#playground?hidden%3d5%2c4&seed%3d7",
        "#playground%253Fhidden%253D5%252C4%2526seed%253D7",
        "#playground%3Fhidden%3D5,4&amp%3Bseed=7",
        "#playground?hidden=5,4&amp;amp;seed=7",
    ],
)
def test_a_link_that_a_mail_program_has_encoded_opens(visit, bare, written):
    page = visit()
    page.goto("about:blank")
    page.goto(bare + written)
    expect(page.locator("[data-number=parameters]")).to_have_text(str(3 * 5 + 6 * 4 + 5))
    expect(page.get_by_role("status")).to_contain_text("The link is opened.")
    assert settings(page)["Seed"] == "7"


def test_a_name_that_the_playground_does_not_know_is_said(visit):
    page = visit("hidden=5&sead=7&learning_rate_of_everything=0.1")
    expect(page.get_by_role("status")).to_contain_text(
        "names sead and learning_rate_of_eve, which the playground does not know"
    )
    assert number(page, "parameters") == 3 * 5 + 6


def test_what_is_copied_is_the_code_whatever_a_translator_made_of_it(visit, tmp_path):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    open_sharing(page)
    shown = page.get_by_role("region", name="PyTorch code of the network")
    written = shown.inner_text()
    shown.evaluate("(code) => code.innerHTML = '<font>importieren Fackel</font>'")
    page.get_by_role("button", name="Copy the code").click()
    expect(page.get_by_role("status")).to_have_text("The code is copied.")
    assert page.evaluate("navigator.clipboard.readText()").strip() == written.strip()
    assert saved(page, "Download playground.py", tmp_path).read_text().strip() == written.strip()


def test_code_and_numbers_are_not_translated_and_their_names_are(visit):
    page = visit()
    open_sharing(page)
    page.get_by_text("Weights as numbers").click()
    for kept in page.locator(".playground :is(pre, dd)").all():
        assert kept.evaluate("(each) => each.translate") is False
    assert page.locator(".playground dt").first.evaluate("(each) => each.translate") is True


@pytest.mark.parametrize("activation", ["relu", "sine"])
def test_the_exported_code_runs_as_pasted(visit, tmp_path, activation, capsys):
    page = visit(f"activation={activation}&inputs=x,y,x2,siny&hidden=4,3")
    play_until(page, "number('steps') > 100")
    open_sharing(page)
    path = saved(page, "Download playground.py", tmp_path)
    runpy.run_path(str(path), run_name="__main__")  # alone, as in a process of its own
    promised = path.read_text().rpartition("# about ")[2]
    printed = capsys.readouterr().out.partition("tensor(")[2].partition(")")[0]
    found, expected = (torch.tensor(eval(text)) for text in (printed, promised))
    torch.testing.assert_close(found, expected, rtol=1e-3, atol=2e-4)


def unpacked(path, folder):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return tomllib.loads((folder / "submission.toml").read_text()), load_file(folder / "model.safetensors")


def test_an_exported_competition_folder_is_the_network_on_the_page(visit, tmp_path):
    page = visit(SMALL)
    play_until(page, f"number('fresh') > {PASSES} && number('steps') > 300")
    open_sharing(page)
    expect(page.get_by_text("This network passes")).to_be_visible()
    page.get_by_label("Name of the network").fill('A "small" one \\ with tanh')
    page.get_by_label("Your name").fill("Լուսինե")
    about, tensors = unpacked(saved(page, "Download the competition folder", tmp_path), tmp_path)
    assert about["name"] == 'A "small" one \\ with tanh'
    assert about["author"] == "Լուսինե"
    assert about["class"] == "shallow"
    assert about["widths"] == [2, 8, 3, 1]
    assert about["activations"] == ["tanh", "tanh"]
    assert about["claims"]["parameters"] == sum(tensor.numel() for tensor in tensors.values()) == 55
    model = mlp(about["widths"], torch.nn.Tanh)
    layers = [model[0], model[2], model[4]]
    for index, layer in enumerate(layers):
        assert tensors[f"layers.{index}.weight"].dtype == torch.float32
        layer.load_state_dict({name: tensors[f"layers.{index}.{name}"] for name in ("weight", "bias")})
    assert spiral_accuracy(model) == pytest.approx(about["claims"]["accuracy"], abs=1e-4)
    assert 100 * spiral_accuracy(model) == pytest.approx(number(page, "fresh"), abs=0.8)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_competition_folder_comes_back(visit, tmp_path, compression):
    page = visit(SMALL)
    play_until(page, "number('steps') > 100")
    open_sharing(page)
    unpacked(saved(page, "Download the competition folder", tmp_path), tmp_path)
    packed = tmp_path / "again.zip"
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name in ("submission.toml", "model.safetensors"):
            archive.write(tmp_path / name, f"folder/{name}")
    other = visit()
    open_sharing(other)
    other.get_by_label("Open a competition folder").set_input_files(packed)
    expect(other.get_by_role("status")).to_have_text("The network is opened.")
    for name in ("parameters", "training", "accuracy", "fresh"):
        assert number(other, name) == number(page, name)


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("data=circles", "about the spiral"),
        ("inputs=x,y,x2", "Only x and y"),
        ("hidden=4,4,4", "1, 2 or 10 hidden layers"),
    ],
)
def test_a_network_that_the_rules_refuse_is_told_why(visit, state, reason):
    page = visit(state)
    open_sharing(page)
    expect(page.get_by_text(reason)).to_be_visible()
    expect(page.get_by_role("button", name="Download the competition folder")).to_be_disabled()


def repacked(folder, names):
    """Pack files of a folder under other names, and beside them what an operating system adds."""
    path = folder / "again.ZIP"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(
                zipfile.ZipInfo(name), (folder / content).read_bytes() if content else b"\0\5\x16\7"
            )
    return path


@pytest.mark.parametrize(
    "names",
    [
        {
            "net\\": None,
            "net\\submission.toml": "submission.toml",
            "net\\model.safetensors": "model.safetensors",
        },
        {
            "net/submission.toml": "submission.toml",
            "__MACOSX/net/._submission.toml": None,
            "net/model.safetensors": "model.safetensors",
            "__MACOSX/net/._model.safetensors": None,
            "net/.DS_Store": None,
        },
    ],
    ids=["Windows", "macOS"],
)
def test_a_competition_folder_packed_by_hand_comes_back(visit, tmp_path, names):
    page = visit("hidden=5,4&seed=7")
    open_sharing(page)
    unpacked(saved(page, "Download the competition folder", tmp_path), tmp_path)
    other = visit()
    open_sharing(other)
    other.get_by_label("Open a competition folder").set_input_files(repacked(tmp_path, names))
    expect(other.get_by_role("status")).to_have_text("The network is opened.")
    assert number(other, "training") == number(page, "training")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"__MACOSX/._submission.toml": None}, "no submission.toml. In it: nothing"),
        ({"notes.txt": None}, "no submission.toml. In it: notes.txt. Pack one"),
        ({"a/submission.toml": None, "b\\submission.toml": None}, "2 files named submission.toml"),
    ],
)
def test_an_archive_without_a_hand_in_is_refused_with_what_is_there(visit, tmp_path, names, reason):
    page = visit()
    open_sharing(page)
    page.get_by_label("Open a competition folder").set_input_files(repacked(tmp_path, names))
    expect(page.get_by_role("status")).to_contain_text(reason)


TOML = 'widths = [2, 3, 3, 1]\nactivations = ["ReLU", "ReLU"]\nseed = 1\n'
GOOD = {
    "layers.0.weight": torch.zeros(3, 2),
    "layers.0.bias": torch.zeros(3),
    "layers.1.weight": torch.zeros(3, 3),
    "layers.1.bias": torch.zeros(3),
    "layers.2.weight": torch.zeros(1, 3),
    "layers.2.bias": torch.zeros(1),
}
BAD_FOLDERS = {
    "no zip": (None, None, "no zip archive"),
    "no weights": (TOML, None, "no model.safetensors"),
    "no widths": ("", GOOD, "widths"),
    "huge widths": (TOML.replace("3, 3", "3, 10000000"), GOOD, "1 to 16 units"),
    "two activations": (TOML.replace('"ReLU", ', '"tanh", '), GOOD, "one activation"),
    "unknown activation": (TOML.replace("ReLU", "constructor"), GOOD, "not known"),
    "wrong shape": (TOML, GOOD | {"layers.1.weight": torch.zeros(3, 4)}, "has the shape"),
    "a tensor less": (TOML, {name: tensor for name, tensor in GOOD.items() if "2" not in name}, "no tensor"),
    "not a number": (TOML, GOOD | {"layers.2.bias": torch.tensor([float("nan")])}, "not finite"),
    "doubles": (TOML, GOOD | {"layers.2.bias": torch.zeros(1).double()}, "must be F32"),
}


@pytest.mark.parametrize("name", BAD_FOLDERS)
def test_a_bad_competition_folder_is_refused_with_a_reason(visit, tmp_path, name):
    toml, tensors, reason = BAD_FOLDERS[name]
    path = tmp_path / "bad.zip"
    if toml is None:
        path.write_bytes(b"no archive at all" * 10)
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("submission.toml", toml)
            if tensors:
                save_file(tensors, tmp_path / "model.safetensors")
                archive.write(tmp_path / "model.safetensors", "model.safetensors")
    page = visit()
    open_sharing(page)
    page.get_by_label("Open a competition folder").set_input_files(path)
    expect(page.get_by_role("status")).to_contain_text(reason)
    assert number(page, "parameters") == 105


def give_csv(page: Page, content: bytes) -> None:
    page.get_by_label("Data", exact=True).select_option("own")
    page.get_by_label("CSV file").set_input_files(
        {"name": "points.csv", "mimeType": "text/csv", "buffer": content}
    )


def rows(count: int) -> bytes:
    return b"\n".join(b"%.3f,%.3f,%d" % (n % 7 / 7, n % 11 / 11, n % 2) for n in range(count))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"a b c\n1 2 3", "1 classes (3)"),
        (b"0,5,-0,2,1\n0,1,0,9,0", "Line 1 has 5 columns"),
        (b"# x y class\n", "empty"),
        (b"sep=;\n", "empty"),
        (b"x,y,class\n0.1,0.2", "Line 2 has 2 columns"),
        (b"x,y,class\n0.1,nan,1\n0.2,0.1,0", "ordinary numbers"),
        (b"0.1,inf,1\n0.2,0.1,0", "ordinary numbers"),
        (b"0.1,,1\n0.2,0.1,0", "ordinary numbers"),
        (b"0.1,1e300,1\n0.2,0.1,0", "ordinary numbers"),
        (b"0.1,0.2,1\n0.2,0.1,1", "1 classes (1)"),
        (b"1,1,a\n2,2,b\n3,3,c", "3 classes"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no three columns"),
        (rows(2001), "2001 points"),
        (rows(90_000), "MB"),
    ],
)
def test_a_csv_that_cannot_be_used_is_refused_with_a_reason(visit, content, reason):
    page = visit()
    give_csv(page, content)
    expect(page.get_by_role("status")).to_contain_text(reason)
    page.get_by_label("Data", exact=True).select_option("circles")
    page.get_by_role("button", name="Step").click()
    expect(page.locator("[data-number=steps]")).to_have_text("1")


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfx;y;class\r\n0,1;0,2;cat\r\n-0,1;0,4;dog\r\n",
        b'"x","y","class"\n"10","20","a"\n"-10","400","b"\n',
        b"1\t2\t0\n3\t4\t1",
        b"sep=;\r\nx;y;class\r\n0,5;-0,2;a\r\n-0,5;0,3;b\r\n",
        b"sep=|\nx|y|class\n0.5|-0.2|a\n-0.5|0.3|b\n",
        "\ufeffx\ty\tclass\r\n0,5\t-0,2\ta\r\n-0,5\t0,3\tb\r\n".encode("utf-16-le"),
        "x,y,class\n0.5,\u22120.2,a\n\u22120.5,0.3,b\n".encode(),
        b"# x y class\n5.000e-01 -2.000e-01 1.000e+00\n-5.000e-01 3.000e-01 0.000e+00\n",
        b"   x    y class\n0  0.5 -0.2    a\n7 -0.5  0.3    b\n",
        b",x1,x2,class\n3,0.5,-0.2,a\n1,-0.5,0.3,b\n",
        b"0,0.5,-0.2,a\n1,-0.5,0.3,b\n",
        b"x;y;class;;\n0,5;-0,2;a;;\n-0,5;0,3;b;;\n",
    ],
)
def test_a_csv_of_any_usual_kind_is_read(visit, content):
    page = visit()
    give_csv(page, content)
    expect(page.get_by_role("status")).to_contain_text("2 points read")


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nx;y;class\n0,5;-0,25;b\n-1;0,75;a",
        "# a comment\n,x,y,class\n4,0.5,\u22120.25,b\n2,-1,0.75,a",
        "x\ty\tclass\n0,5\t-0,25\tb\n-1\t0,75\ta",
        "5.0e-01 -2.5e-01 1.0\n-1 7.5e-01 0.0",
    ],
)
def test_the_same_points_are_read_from_each_kind_of_csv(calculate, text):
    points = calculate(
        "csv", "const {points, labels} = csv.parsePoints(given); return [...points, ...labels]", text
    )
    assert points == [0.5, -0.25, -1, 0.75, 1, 0]


def test_points_are_clicked_into_the_plane_typed_and_shared(visit):
    page = visit("data=own&hidden=2")
    plane = page.get_by_role("img", name="The plane with")
    box = plane.bounding_box()
    for x, y in [(0.2, 0.2), (0.4, 0.3), (0.3, 0.4)]:
        plane.click(position={"x": x * box["width"], "y": y * box["height"]})
    page.get_by_label("Class of the point").select_option("1")
    for x in (0.5, 0.7, 0.9):
        page.get_by_label("x of the point").fill(str(x))
        page.get_by_label("y of the point").fill("-0.5")
        page.get_by_role("button", name="Add the point").click()
    expect(plane).to_have_accessible_name(
        "The plane with 5 training points and 1 kept back, tinted by the output."
    )
    play_until(page, "number('training') < 0.2")
    page.get_by_role("button", name="Remove the last point").click()
    expect(plane).to_have_accessible_name(
        "The plane with 4 training points and 1 kept back, tinted by the output."
    )
    open_sharing(page)
    other = visit(page.get_by_label("Link to this state").input_value().partition("?")[2])
    assert number(other, "training") == number(page, "training")


def test_without_points_it_says_what_to_do(visit):
    page = visit("data=own")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("status")).to_contain_text("no points yet")
    page.get_by_role("button", name="Step").click()
    expect(page.locator("[data-number=steps]")).to_have_text("0")


def test_too_high_a_learning_rate_stops_with_a_word(visit):
    page = visit("activation=leaky_relu&optimizer=momentum&rate=10&hidden=16,16,16,16&batch=full")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible(**TRAINS)
    expect(page.get_by_role("status")).to_contain_text("learning rate is too high")


def test_the_keyboard_alone_builds_trains_and_shares(visit):
    page = visit("batch=full")

    def reach(condition: str) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate(
                f"(document.activeElement.ariaLabel ?? document.activeElement.textContent) === '{condition}'"
            ):
                outline = "getComputedStyle(document.activeElement).outlineStyle"
                assert page.evaluate(outline) == "solid"
                return
        pytest.fail(f"Tab does not reach “{condition}”")

    reach("Play")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.wait_for_function("parseFloat(document.querySelector('[data-number=steps]').textContent) > 5")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Play")).to_be_focused()
    reach("Remove the last one")
    page.keyboard.press("Enter")
    expect(page.locator("[data-number=parameters]")).to_have_text("33")
    reach("One unit more in hidden layer 1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-number=parameters]")).to_have_text("37")
    reach("Share, export, import")
    page.keyboard.press("Enter")
    reach("Copy the code")


def color(picture: bytes, x: float, y: float) -> tuple[int, ...]:
    """Return red, green and blue at a place of a screenshot, given as shares of its width and height."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    return image.getpixel((round(x * (image.width - 1)), round(y * (image.height - 1))))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_outputs_small_picture_shows_what_the_plane_shows(visit, theme):
    page = visit("data=circles", color_scheme=theme)
    play_until(page, "number('accuracy') > 80 && number('steps') > 300")
    plane = page.get_by_role("img", name="The plane with").screenshot()
    network = page.get_by_role("img", name="Network 2-8-8-1")
    room, picture = network.bounding_box(), network.screenshot()
    column, side = (room["width"] - 68) / 3, 26  # pixels of a column after the first, and of a unit
    for x, y in [(0.15, 0.15), (0.85, 0.15), (0.15, 0.85), (0.85, 0.85)]:  # where no point lies
        place = room["width"] - column / 2 + (x - 0.5) * side, room["height"] / 2 + (y - 0.5) * side
        small = color(picture, place[0] / room["width"], place[1] / room["height"])
        large = color(plane, x, y)
        assert max(large) - min(large) > 40
        assert small == pytest.approx(large, abs=12)


def test_points_to_judge_by_are_said_to_be_kept_back_as_in_the_chapter(visit):
    page = visit("hidden=4,2")
    page.get_by_role("button", name="Step").click()
    open_sharing(page)
    words = page.locator(".playground").evaluate(
        """(stage) => {
            const labels = [...stage.querySelectorAll("[aria-label]")].map((each) => each.ariaLabel);
            return [stage.innerText, ...labels].join(" ");
        }"""
    )
    assert "kept back" in words
    assert not re.search(r"\b(test|validation)\b", words, re.IGNORECASE)


PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("control", ["Data", "Shown here", "Learning rate", "L2", "Link to this state"])
def test_on_a_phone_the_plane_stays_in_view_while_the_controls_scroll(visit, control):
    page = visit(viewport=PHONE)
    open_sharing(page)
    field = page.get_by_label(control, exact=True)
    field.evaluate("(field) => field.scrollIntoView()")
    plane = page.get_by_role("img", name="The plane with").bounding_box()
    head = page.locator(".playground .head").bounding_box()
    assert plane["y"] >= 0
    assert plane["width"] >= 150
    assert head["y"] + head["height"] <= min(field.bounding_box()["y"], PHONE["height"] / 2)


def test_random_use_breaks_nothing_and_keeps_its_memory(visit):
    page = visit()
    open_sharing(page)
    session = page.context.new_cdp_session(page)
    chance = random.Random(0)
    script = """([pick, value]) => {
        const controls = [...document.querySelectorAll(
            ".playground :is(button, select, summary, input:not([type=file], [readonly]))"
        )].filter((each) => !each.disabled && each.checkVisibility())
            .filter((each) => !/Download|Copy/.test(each.textContent));
        const control = controls[Math.floor(pick * controls.length)];
        if (control.matches("select")) {
            control.selectedIndex = Math.floor(value * control.options.length);
            control.dispatchEvent(new Event("change", {bubbles: true}));
        } else if (control.matches("[type=number], [type=text]")) {
            control.value = ["", "1", "-5", "1e9", "0.3"][Math.floor(value * 5)];
            control.dispatchEvent(new Event("change", {bubbles: true}));
        } else control.click();
        return new Promise((resolve) => requestAnimationFrame(resolve));
    }"""

    def use(actions: int) -> float:
        for _ in range(actions):
            page.evaluate(script, [chance.random(), chance.random()])
        session.send("HeapProfiler.collectGarbage")
        return session.send("Runtime.getHeapUsage")["usedSize"]

    use(150)
    before = use(50)
    after = use(300)
    assert after < before + 25e6, f"{before / 1e6:.0f} MB became {after / 1e6:.0f} MB"


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(visit, theme, width):
    page = visit("hidden=4,2", color_scheme=theme, viewport={"width": width, "height": 900})
    open_sharing(page)
    page.get_by_text("Weights as numbers").click()
    page.get_by_label("Your name").fill("Ann\u202e")
    page.get_by_label("Data", exact=True).select_option("own")
    result = Axe().run(page, context=".playground")
    assert result.violations_count == 0, result.generate_report()
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert small_targets(page, ".playground") == []


def test_little_motion_means_few_pictures(visit):
    page = visit("batch=full", reduced_motion="reduce")
    page.evaluate("""() => {
        window.pictures = 0;
        const numbers = document.querySelector("[data-number=steps]");
        const observer = new MutationObserver(() => window.pictures++);
        observer.observe(numbers, {childList: true, characterData: true});
        window.frames_ = 0;
        const count = () => { window.frames_++; requestAnimationFrame(count); };
        count();
    }""")
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("window.pictures >= 3")
    assert page.evaluate("window.frames_ / window.pictures") > 5


def test_nothing_is_loaded_before_it_comes_into_view(browser, bare):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
            document.querySelector("h1").style.marginBottom = "5000px";
        })"""
    )
    page.goto(bare, wait_until="networkidle")
    assert not [url for url in asked if "playground" in url.removeprefix(bare)]
    expect(page.locator("figure img")).to_be_attached()
    page.locator(".interactive").scroll_into_view_if_needed()
    page.wait_for_selector(".playground dd:not(:empty)")
    expect(page.locator("figure img")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator("figure img")).to_be_visible()
    expect(page.locator(".playground")).to_be_hidden()
    page.close()
