"""The registry file is read strictly, and the book's own one is sound."""

from pathlib import Path

import pytest
from academy.assets import registry
from academy.assets.errors import RegistryError
from academy.assets.registry import assets, find
from sphinxcontrib import katex
from stand_in import registry_text

NOWHERE = {"kind": "system", "folder": "/nowhere"}
SOUND = registry_text("numbers", {"numbers.bin": b"123"}, NOWHERE)

MISTAKES = {
    "unknown key": (SOUND.replace("title =", "titel ="), "numbers: unknown key 'titel'"),
    "unknown key of a source": (SOUND.replace("folder =", "foldr ="), "numbers.*system: unknown key 'foldr'"),
    "unknown key of a file": (
        SOUND.replace("bytes =", "size ="),
        r"numbers.*numbers\.bin: unknown key 'size'",
    ),
    "unknown kind": (SOUND.replace('"system"', '"ftp"'), "numbers.*kind is 'ftp', but must be one of system"),
    "missing key": (SOUND.replace('license = "license of numbers"', ""), "numbers: 'license' is missing"),
    "wrong type": (SOUND.replace('"title of numbers"', "3"), "numbers: title must be .*str.*, but is 3"),
    "no sources": (SOUND[: SOUND.index("[[")], "numbers needs at least one file and one source"),
    "short sum": (SOUND.replace('sha256 = "', 'sha256 = "0'), "sha256 of numbers.bin must be 64"),
    "path outside": (SOUND.replace('"numbers.bin"', '"../numbers.bin"'), r"\.\./numbers\.bin leads out of"),
    "absolute path": (SOUND.replace('"numbers.bin"', '"/etc/numbers"'), "/etc/numbers leads out of"),
    "name outside": (SOUND.replace("[numbers", '["../numbers"'), r"\.\./numbers must be made of"),
    "no TOML": ("[numbers", "is not TOML"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_asset_and_key(mistake: str, tmp_path: Path) -> None:
    text, sentence = MISTAKES[mistake]
    path = tmp_path / "registry.toml"
    path.write_text(text)
    with pytest.raises(RegistryError, match=sentence):
        registry.read(path)


def test_a_sound_registry_is_read(tmp_path: Path) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(SOUND)
    (asset,) = registry.read(path).values()
    assert (asset.name, asset.title, asset.bytes) == ("numbers", "title of numbers", 3)


def test_everything_that_index_only_machines_need_is_packaged() -> None:
    only_on_the_web = {name for name, asset in assets().items() if not asset.is_packaged}
    assert only_on_the_web == {"mnist", "cifar10", "celeba", "resnet18", "glove"}


def test_formulas_come_in_the_version_that_renders_them() -> None:
    versions = {source.version for source in find("katex").sources if hasattr(source, "version")}
    assert versions == {katex.katex_version}
