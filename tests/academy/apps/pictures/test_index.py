"""Each picture is read and computed once: after a change, a removal, damage, a kill, or another process."""

import subprocess
import sys
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import torch
from academy.apps.pictures import index as module
from academy.apps.pictures.index import Index, indexed, only_one_process
from academy.apps.pictures.references import References, folder_references
from academy.apps.similar.backbones import Backbone, load_backbones
from academy.data.picture_files import NoPictures
from academy.data.reading import Unreadable, read_picture
from torch import nn

Draw = Callable[[int], bytes]


@dataclass
class Item:
    """A picture in memory, which counts how often it is read."""

    key: str
    bytes: bytes
    time: str = "1"
    reads: int = 0
    label: None = None

    @property
    def name(self) -> str:
        return self.key

    def stamp(self) -> str:
        return self.time

    def content(self) -> bytes:
        self.reads += 1
        if self.bytes == b"closed":
            raise Unreadable(f"“{self.key}” cannot be read.")
        return self.bytes


@dataclass
class Bench:
    """A set, a network that counts pictures, and what is made of the set."""

    items: list[Item]
    network: "Counting" = field(default_factory=lambda: Counting())

    def index(self, also: Sequence[str] = ()) -> Index:
        backbones = {"counting": Backbone("counting", "", self.network, 8), **load_backbones(["pixels"], 8)}
        names = ["counting", *also]
        references = References(self.items, "pictures", 8, "set")
        return indexed(references, {name: backbones[name] for name in names}, progress=False)

    def work(self) -> tuple[int, int]:
        """Say how many pictures were read and computed since the last time."""
        done = sum(item.reads for item in self.items), self.network.asked
        for item in self.items:
            item.reads = 0
        self.network.asked = 0
        return done


class Counting(nn.Module):
    """Gives the mean of each channel, and counts the pictures that it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        self.asked += len(images)
        return images.float().mean(dim=(2, 3))


@pytest.fixture
def bench(picture: Draw, cache: Path) -> Bench:
    return Bench([Item(f"{number}.png", picture(number)) for number in range(70)])


def names(index: Index) -> list[str]:
    return [each.key for each in index.references]


def test_features_are_those_of_each_picture_in_the_order_of_the_set(bench: Bench) -> None:
    index = bench.index()
    assert names(index) == [item.key for item in bench.items]
    backbone = Backbone("counting", "", bench.network, 8)
    for place in (0, 31, 32, 69):
        (expected,) = backbone.features([backbone.prepare(read_picture(bench.items[place].bytes))])
        torch.testing.assert_close(index.features["counting"][place], expected)


def test_each_picture_is_read_and_computed_once(bench: Bench) -> None:
    first = bench.index()
    assert bench.work() == (70, 70)
    again = bench.index()
    assert bench.work() == (0, 0)
    assert torch.equal(again.features["counting"], first.features["counting"])
    assert again.copies == first.copies


def test_another_backbone_makes_its_own_and_leaves_the_first_alone(bench: Bench) -> None:
    bench.index()
    bench.work()
    both = bench.index(also=["pixels"])
    assert bench.work() == (70, 0)
    assert both.features["pixels"].shape == (70, 768)


def test_a_picture_that_has_changed_is_computed_again_and_one_that_was_only_touched_is_not(
    bench: Bench, picture: Draw
) -> None:
    bench.index()
    bench.work()
    bench.items[3].bytes, bench.items[3].time = picture(1_000), "2"
    bench.items[4].time = "2"
    changed = bench.index()
    assert bench.work() == (2, 1)
    bench.index()
    assert bench.work() == (0, 0)
    fresh = Bench([bench.items[3]]).index()
    assert torch.equal(changed.features["counting"][3], fresh.features["counting"][0])


def test_a_picture_that_leaves_is_gone_and_one_that_returns_is_computed_again(bench: Bench) -> None:
    bench.index()
    left = bench.items.pop(5)
    assert left.key not in names(bench.index())
    bench.items.insert(5, left)
    bench.work()
    assert left.key in names(bench.index())
    assert bench.work() == (1, 1)


def test_a_picture_that_is_renamed_or_there_twice_is_computed_once(bench: Bench) -> None:
    bench.index()
    bench.items[5].key = "renamed.png"
    bench.items.append(Item("copy.png", bench.items[6].bytes))
    bench.work()
    index = bench.index()
    assert "copy.png" in names(index)
    _, computed = bench.work()
    assert computed == 0
    assert torch.equal(index.features["counting"][6], index.features["counting"][-1])


def test_a_broken_picture_is_named_and_skipped_until_it_changes(bench: Bench, picture: Draw) -> None:
    whole, bench.items[7].bytes = bench.items[7].bytes, bench.items[7].bytes[:-40]
    broken = bench.index()
    assert bench.work() == (70, 69)
    assert names(broken) == [item.key for item in bench.items if item.key != "7.png"]
    (sentence,) = broken.skipped
    assert sentence.startswith("“7.png” is damaged")

    assert bench.index().skipped == [sentence]
    assert bench.work() == (0, 0)

    bench.items[7].bytes, bench.items[7].time = whole, "2"
    assert bench.index().skipped == []
    assert bench.work() == (1, 1)


def test_a_broken_picture_that_is_there_twice_is_named_twice(bench: Bench) -> None:
    for item in bench.items[:2]:
        item.bytes = b"text"
    assert [sentence[:9] for sentence in bench.index().skipped] == ["“0.png” i", "“1.png” i"]


def test_a_picture_that_may_not_be_read_is_tried_again_each_time(bench: Bench) -> None:
    whole, bench.items[7].bytes = bench.items[7].bytes, b"closed"
    assert bench.index().skipped == ["“7.png” cannot be read."]
    bench.items[7].bytes = whole
    assert bench.index().skipped == []


def test_a_picture_that_broke_later_is_no_longer_found(bench: Bench) -> None:
    bench.index()
    bench.items[7].bytes, bench.items[7].time = b"text", "2"
    assert "7.png" not in names(bench.index())


def test_where_no_picture_can_be_read_the_first_reasons_are_told(cache: Path) -> None:
    with pytest.raises(NoPictures, match=r"None of the pictures could be read\. “a” is a text"):
        Bench([Item("a", b"text"), Item("b", b"text")]).index()


def test_a_damaged_file_is_made_again_and_the_others_stay(
    bench: Bench, cache: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    first = bench.index(also=["pixels"])
    (path,) = (cache / "similar" / "set").glob("counting-*.sqlite")
    path.write_bytes(path.read_bytes()[:5_000])
    bench.work()
    again = bench.index(also=["pixels"])
    assert "is damaged" in capfd.readouterr().err
    assert bench.work() == (70, 70)
    assert torch.equal(again.features["counting"], first.features["counting"])


def test_pictures_are_let_go_one_by_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large they are, no more than one is in memory."""
    alive: list[weakref.ref[object]] = []
    read = module.read_picture

    def watched(*arguments: object) -> object:
        assert not any(each() for each in alive)
        picture = read(*arguments)  # type: ignore[arg-type]
        alive.append(weakref.ref(picture))
        return picture

    monkeypatch.setattr(module, "read_picture", watched)
    bench.index()
    assert len(alive) == 70


def test_two_sets_do_not_know_of_each_other(cache: Path, tmp_path: Path, picture: Draw) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.png").write_bytes(picture(0))
    found = [
        names(indexed(folder_references(tmp_path / name), load_backbones(["pixels"], 8), progress=False))
        for name in ("one", "two", "one")
    ]
    assert found == [["one.png"], ["two.png"], ["one.png"]]


def test_the_bar_is_shown_only_where_there_is_something_to_do(
    bench: Bench, capfd: pytest.CaptureFixture[str]
) -> None:
    references, backbones = References(bench.items, "pictures", 8, "set"), load_backbones(["pixels"], 8)
    indexed(references, backbones, progress=True)
    assert "Looking at 70 new pictures: 100%" in capfd.readouterr().err
    indexed(references, backbones, progress=True)
    assert capfd.readouterr().err == ""


PROGRAM = """
import os, signal, sys
from pathlib import Path
from academy.apps.pictures import index, references
from academy.apps.similar.backbones import load_backbones

cache, folder, fatal = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
index.cache_folder = lambda: cache
read, reads = references.read_content, 0

def counted(*arguments):
    global reads
    reads += 1
    if reads == fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return read(*arguments)

references.read_content = counted
made = index.indexed(references.folder_references(folder), load_backbones(["pixels"], 8), progress=False)
print(reads, len(made.references))
"""


def start(cache: Path, folder: Path, fatal: int = 0) -> subprocess.Popen[str]:
    """Index a folder in a process of its own, which is killed before it reads a certain picture."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(cache), str(folder), str(fatal)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def folder(tmp_path: Path, picture: Draw) -> Path:
    (tmp_path / "pictures").mkdir()
    for number in range(70):
        (tmp_path / "pictures" / f"{number}.png").write_bytes(picture(number))
    return tmp_path / "pictures"


@pytest.mark.slow
def test_a_run_that_was_killed_goes_on_where_it_was(cache: Path, folder: Path) -> None:
    killed = start(cache, folder, fatal=40)
    assert killed.communicate() == ("", "")
    assert killed.returncode == -9
    assert start(cache, folder).communicate() == ("38 70\n", "")  # the first 32 were a batch


@pytest.mark.slow
def test_of_two_processes_one_waits_and_then_has_nothing_to_do(cache: Path, folder: Path) -> None:
    place = cache / "similar" / folder_references(folder).shelf
    with only_one_process(place):
        processes = [start(cache, folder) for _ in range(2)]
        waiting = "Another process is indexing the same pictures. Waiting for it to end.\n"
        assert [each.stderr.readline() for each in processes] == [waiting, waiting]  # type: ignore[union-attr]
    assert sorted(each.communicate()[0] for each in processes) == ["0 70\n", "70 70\n"]
