"""What a kit holds, and what is refused: then nothing is written, and what was there stays."""

import shutil
import subprocess
import sys
from hashlib import sha256

import pytest
from academy.assets.copies import fetch_from
from academy.assets.errors import AssetUnavailable
from academy.cli import app
from academy.kit import cli, making, start_page, wheels
from academy.kit.errors import KitError
from stand_in import contents
from typer.testing import CliRunner

HELD = [
    "LICENSE",
    "SHA256SUMS",
    "assets/letters/deep/letters.txt",
    "assets/numbers/numbers.bin",
    "index.html",
    "notebooks/homework1.ipynb",
    "notebooks/lesson1.ipynb",
    "serve.py",
    "site/_static/app.mjs",
    "site/book/data-and-models.html",
    "site/index.html",
    "site/lessons/1-topic/homework1.html",
    "site/lessons/1-topic/lesson1.html",
    "site/notebooks/homework1.ipynb",
    "site/notebooks/lesson1.ipynb",
    "site/slides/index.html",
    "site/slides/lesson1.html",
    "site/slides/lesson1.pdf",
    "slides/lesson1.pdf",
    "wheels/pa_academy-0.1.0-py3-none-any.whl",
]


def test_a_kit_holds_site_notebooks_slides_assets_and_wheel_and_nothing_else(make, tmp_path, cache_folder):
    (cache_folder / "numbers" / "mine.txt").write_text("not an asset")
    made = make(tmp_path / "deep" / "kit")
    assert sorted(contents(tmp_path / "deep" / "kit")) == HELD
    assert made.files == len(HELD) - 1, "all but the list itself"
    assert made.bytes == sum(map(len, contents(tmp_path / "deep" / "kit").values()))
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["kit"], "nothing is left beside it"


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_the_sums_are_what_sha256sum_reads(make, tmp_path):
    make(tmp_path / "kit")
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=tmp_path / "kit", check=False).returncode == 0


def test_slides_that_were_not_printed_are_named_and_not_linked(book, make, tmp_path):
    assert make(tmp_path / "kit").without_pdf == []
    (book / "_build/html/slides/lesson1.pdf").unlink()
    assert make(tmp_path / "kit").without_pdf == ["lesson1"]
    page = (tmp_path / "kit" / "index.html").read_text(encoding="utf-8")
    assert "slides/lesson1.html" in page
    assert "lesson1.pdf" not in page


@pytest.mark.parametrize("lacking", ["chapters.json", "html"])
def test_without_a_built_book_the_build_is_named(book, make, tmp_path, lacking):
    place = book / "_build" / lacking
    place.rename(tmp_path / "elsewhere")
    with pytest.raises(KitError, match=r"make book$"):
        make(tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_without_a_checkout_there_is_no_kit(book, make, tmp_path):
    (book / "pyproject.toml").unlink()
    with pytest.raises(
        KitError, match=r"made from a checkout of the book, but .*book has no pyproject\.toml"
    ):
        make(tmp_path / "kit")


def test_a_wheel_that_cannot_be_built_ends_with_what_was_said(tmp_path):
    with pytest.raises(KitError, match=r"The wheels could not be made:\nno such option"):
        wheels.run([sys.executable, "-c", "import sys; sys.exit('no such option')"], tmp_path)


def test_further_wheels_are_held_to_the_lock_and_the_page_needs_no_internet_then(book, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(wheels, "run", lambda command, folder: asked.extend(command))
    making.make(book, book / "_build" / "html", tmp_path / "kit", with_wheels=True)
    assert asked[asked.index("--constraint") + 1] == str(book / "requirements.txt")
    assert "jupyterlab" in asked
    page = (tmp_path / "kit" / "index.html").read_text(encoding="utf-8")
    assert "--no-index --find-links KIT_ADDRESS/wheels/ --trusted-host KIT_HOST" in page
    assert "git+" not in page


def test_a_list_of_chapters_that_is_none_counts_as_no_book(book, make, tmp_path):
    for wrong in ("[", "[1]", '{"a": 1}', '{"a": {}}'):
        (book / "_build/chapters.json").write_text(wrong)
        with pytest.raises(KitError, match="There is no built book in"):
            make(tmp_path / "kit")


def test_a_page_that_the_site_lacks_is_named(book, make, tmp_path):
    (book / "_build/html/notebooks/lesson1.ipynb").unlink()
    with pytest.raises(KitError, match=r"lacks notebooks/lesson1\.ipynb"):
        make(tmp_path / "kit")


def test_missing_and_damaged_assets_are_named_with_size_and_command(make, tmp_path, cache_folder):
    (cache_folder / "numbers" / "numbers.bin").unlink()
    (cache_folder / "letters" / "deep" / "letters.txt").write_bytes(b"abd")
    with pytest.raises(KitError) as refused:
        make(tmp_path / "kit")
    assert str(refused.value) == (
        "2 of 2 assets are missing from the cache, or damaged: numbers (0.0 MB), letters (0.0 MB). "
        "Bring them first: academy assets fetch numbers letters"
    )
    assert not (tmp_path / "kit").exists()


def test_a_copy_that_differs_from_the_registry_is_no_kit(make, tmp_path, monkeypatch):
    def failing(asset, folder):
        (folder / asset.name).mkdir(parents=True)
        for file in asset.files:
            (folder / asset.name / file.path).parent.mkdir(exist_ok=True)
            (folder / asset.name / file.path).write_bytes(b"???")

    monkeypatch.setattr(making, "copy_asset", failing)
    with pytest.raises(KitError, match=r"The copy of numbers/numbers\.bin is damaged"):
        make(tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_an_earlier_kit_is_replaced(book, make, tmp_path):
    make(tmp_path / "kit")
    (book / "_build/html/index.html").write_text("<h1>The next edition</h1>")
    make(tmp_path / "kit")
    assert "next edition" in (tmp_path / "kit/site/index.html").read_text()
    assert sorted(contents(tmp_path / "kit")) == HELD
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("place", ["thesis.tex", "notebooks/lesson1.ipynb", "wheels/more.whl"])
def test_what_no_kit_put_there_stays(make, tmp_path, place):
    make(tmp_path / "kit")
    (tmp_path / "kit" / place).write_text("years of work")
    before = contents(tmp_path / "kit")
    with pytest.raises(KitError, match=f"holds what no kit put there: {place}. It stays as it is"):
        make(tmp_path / "kit")
    assert contents(tmp_path / "kit") == before


def test_a_folder_of_other_things_and_a_file_are_refused(make, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "thesis.tex").write_text("mine")
    with pytest.raises(KitError, match=r"holds what no kit put there: thesis\.tex"):
        make(tmp_path / "work")
    with pytest.raises(KitError, match="is a file"):
        make(tmp_path / "work" / "thesis.tex")
    assert contents(tmp_path / "work") == {"thesis.tex": b"mine"}


def test_a_kit_is_not_made_within_what_it_copies(book, make):
    before = contents(book)
    with pytest.raises(KitError, match="lies in the site that is copied"):
        make(book / "_build" / "html" / "kit")
    assert contents(book) == before


@pytest.mark.parametrize("interrupted", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_interrupted_run_leaves_nothing_or_the_earlier_kit(make, tmp_path, monkeypatch, interrupted):
    def stop(*arguments):
        raise interrupted

    for earlier in (False, True):
        before = contents(tmp_path / "kit") if earlier else None
        with monkeypatch.context() as patched:
            patched.setattr(start_page, "write", stop)
            with pytest.raises((KitError, KeyboardInterrupt)) as raised:
                make(tmp_path / "kit")
        if isinstance(interrupted, OSError):
            assert "No space left on device. Nothing of it was kept" in str(raised.value)
        assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
        assert (contents(tmp_path / "kit") if earlier else (tmp_path / "kit").exists()) == (before or False)
        make(tmp_path / "kit")


def test_the_command_says_what_it_made_or_what_is_missing(book, tmp_path, monkeypatch):
    monkeypatch.setattr(cli, "BOOK", book)
    done = CliRunner().invoke(app, ["kit", str(tmp_path / "kit")])
    assert done.exit_code == 0
    assert f"{tmp_path / 'kit'} holds the course: {len(HELD) - 1} files" in done.stdout
    assert f"python3 {tmp_path / 'kit' / 'serve.py'}" in done.stdout
    refused = CliRunner().invoke(app, ["kit", str(tmp_path / "kit"), "--site", str(tmp_path)])
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"There is no built book in {tmp_path}. Build it first: make book\n"


def test_assets_come_from_a_copy_of_the_folder(make, tmp_path, cache_folder, monkeypatch):
    make(tmp_path / "kit")
    shutil.rmtree(cache_folder)
    for command in (["fetch", "--from", str(tmp_path / "kit")], ["verify", "numbers", "letters"]):
        done = CliRunner().invoke(app, ["assets", *command])
        assert done.exit_code == 0, done.stderr
    assert (cache_folder / "letters" / "deep" / "letters.txt").read_bytes() == b"abc"


def test_a_damaged_copy_of_an_asset_is_refused_in_a_sentence(make, tmp_path, cache_folder):
    make(tmp_path / "kit")
    (tmp_path / "kit/assets/numbers/numbers.bin").write_bytes(b"133")
    assert fetch_from(str(tmp_path / "kit"), "numbers") == cache_folder / "numbers", (
        "there already: not asked"
    )
    shutil.rmtree(cache_folder)
    with pytest.raises(
        AssetUnavailable, match=r"could not be taken from .*kit: brought numbers\.bin with SHA"
    ):
        fetch_from(str(tmp_path / "kit"), "numbers")
    with pytest.raises(AssetUnavailable, match=r"does not exist\. Is this the folder that academy kit made"):
        fetch_from(str(tmp_path / "elsewhere"), "letters")
    assert not (cache_folder / "numbers").exists()


@pytest.mark.parametrize("listed", ["../outside.txt", "thesis.tex"])
def test_a_list_of_sums_alone_makes_no_kit(make, tmp_path, listed):
    for name in ("outside.txt", "folder/thesis.tex"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("mine")
    (tmp_path / "folder" / "SHA256SUMS").write_text(f"{sha256(b'mine').hexdigest()}  {listed}\n")
    with pytest.raises(KitError, match=r"holds what no kit put there: SHA256SUMS, thesis\.tex"):
        make(tmp_path / "folder")
    assert sorted(contents(tmp_path / "folder")) == ["SHA256SUMS", "thesis.tex"]
