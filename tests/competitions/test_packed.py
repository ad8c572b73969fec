"""Hand-ins packed almost right are refused with what is there and what to do."""

import zipfile

import pytest
from academy.compete.files import read_files
from academy.compete.refused import Refused
from academy.compete.submission import read_table

WANTED = {"submission.toml": 1000}


def refusal_of(tmp_path, *names):
    place = tmp_path / "entry.ZIP"
    with zipfile.ZipFile(place, "w") as archive:
        for name in names:
            archive.writestr(name, "seed = 1")
    with pytest.raises(Refused) as refused:
        read_files(place, WANTED)
    return str(refused.value)


@pytest.mark.parametrize("name", ["entry/submission.toml", "entry\\submission.toml", "submission.toml"])
def test_what_windows_and_macos_pack_is_read(tmp_path, name):
    place = tmp_path / "entry.ZIP"
    with zipfile.ZipFile(place, "w") as archive:
        archive.writestr("__MACOSX/entry/._submission.toml", "not it")
        archive.writestr("entry/.DS_Store", "not it")
        archive.writestr(name, "seed = 1")
    assert read_files(place, WANTED) == {"submission.toml": b"seed = 1"}


@pytest.mark.parametrize("name", ["a/b/submission.toml", "a\\b\\submission.toml", "a/Submission.toml"])
def test_a_file_in_another_place_or_spelling_is_named(tmp_path, name):
    found = refusal_of(tmp_path, name, "__MACOSX/a/._submission.toml")
    assert found == f"the zip archive has no submission.toml at its top or in one folder; it is called {name}"


def test_an_archive_of_something_else_says_what_it_holds(tmp_path):
    found = refusal_of(tmp_path, "model.onnx")
    assert found == "the zip archive has no submission.toml at its top or in one folder, but model.onnx"


def test_a_folder_says_what_it_holds_instead(tmp_path):
    (tmp_path / "Submission.toml.txt").write_text("seed = 1")
    with pytest.raises(Refused, match=r"there is no submission.toml, but Submission.toml.txt"):
        read_files(tmp_path, WANTED)
    (tmp_path / "SUBMISSION.toml").write_text("seed = 1")
    if not (tmp_path / "submission.toml").exists():  # where spelling counts
        with pytest.raises(Refused, match=r"there is no submission.toml; it is called SUBMISSION.toml"):
            read_files(tmp_path, WANTED)


def test_a_description_in_another_encoding_says_how_to_save_it():
    assert read_table("seed = 1".encode("utf-8-sig")) == {"seed": 1}
    with pytest.raises(Refused, match="is not saved as UTF-8; save it as UTF-8"):
        read_table("seed = 1".encode("utf-16"))
