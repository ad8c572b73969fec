"""What assets exist: the registry file, read strictly."""

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar, get_origin

from academy.assets.errors import RegistryError, UnknownAsset
from academy.assets.sources.base import File, Source
from academy.assets.sources.kinds import KINDS
from academy.foreign import cleaned

Record = TypeVar("Record")

NAME = re.compile("[a-z0-9-]{1,100}")
LONGEST_NAME = 60
"""Characters of an unknown name that are repeated to the reader."""

REGISTRY = Path(__file__).with_name("registry.toml")


@dataclass(frozen=True)
class Asset:
    """Files that belong together, and everything a reader should know about them."""

    name: str
    title: str
    license: str
    attribution: str
    made: str
    """How it was made."""
    avoid: str
    """What not to use it for."""
    files: tuple[File, ...]
    sources: tuple[Source, ...]
    """In the order in which they are asked."""

    @property
    def bytes(self) -> int:
        """All files together."""
        return sum(file.bytes for file in self.files)

    @property
    def is_packaged(self) -> bool:
        """Whether a machine that reaches only package indexes can have it."""
        return any(source.is_packaged for source in self.sources)


@cache
def assets() -> Mapping[str, Asset]:
    """Give every asset of the book by its name."""
    return read(REGISTRY)


def find(name: str) -> Asset:
    """Look an asset up.

    Raises:
        UnknownAsset: If no asset has this name.
    """
    try:
        return assets()[name]
    except KeyError:
        known = ", ".join(sorted(assets()))
        raise UnknownAsset(f"there is no asset “{cleaned(name, LONGEST_NAME)}”; there are {known}") from None


def read(path: Path) -> dict[str, Asset]:
    """Read a registry file.

    Raises:
        RegistryError: If a key is unknown, missing, or of the wrong type; it names the asset and the key.
    """
    with path.open("rb") as file:
        try:
            tables = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise RegistryError(f"{path.name} is not TOML: {error}") from error
    return {name: asset(name, table) for name, table in tables.items()}


def asset(name: str, table: dict[str, Any]) -> Asset:
    """Build one asset from its table."""
    if not NAME.fullmatch(name):
        raise RegistryError(
            f"{name} must be made of at most 100 small letters, digits and hyphens: it names a folder"
        )
    files = tuple(file(f"{name}.files", path, entry) for path, entry in table.pop("files", {}).items())
    sources = tuple(source(f"{name}.sources", entry) for entry in table.pop("sources", []))
    if not files or not sources:
        raise RegistryError(f"{name} needs at least one file and one source")
    return build(Asset, name, {**table, "name": name, "files": files, "sources": sources})


def file(where: str, path: str, entry: dict[str, Any]) -> File:
    """Build one file, refusing a path that leads out of the asset's folder."""
    if not stays_inside(path):
        raise RegistryError(f"{where}: {path} leads out of the asset's folder")
    if not re.fullmatch("[0-9a-f]{64}", str(entry.get("sha256"))):
        raise RegistryError(f"{where}: sha256 of {path} must be 64 hexadecimal digits")
    return build(File, f"{where}.{path}", {**entry, "path": path})


def stays_inside(path: str) -> bool:
    """Tell whether a relative path, by what it says, leads to a place below where it begins."""
    parts = PurePosixPath(path)
    return not (parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path)


def source(where: str, entry: dict[str, Any]) -> Source:
    """Build one source of the kind that the entry names."""
    kind = entry.pop("kind", None)
    if kind not in KINDS:
        raise RegistryError(f"{where}: kind is {kind!r}, but must be one of {', '.join(KINDS)}")
    lists = {key: tuple(value) for key, value in entry.items() if isinstance(value, list)}
    return build(KINDS[kind], f"{where} of kind {kind}", {**entry, **lists})


def build(record: type[Record], where: str, values: dict[str, Any]) -> Record:
    """Make a data class from a table that must match its fields."""
    fields = {field.name: field for field in dataclasses.fields(record)}  # type: ignore[arg-type]
    for key, value in values.items():
        if key not in fields:
            raise RegistryError(f"{where}: unknown key {key!r}; there are {', '.join(fields)}")
        wanted = get_origin(fields[key].type) or fields[key].type
        if not isinstance(value, wanted) or isinstance(value, bool):  # type: ignore[arg-type]
            raise RegistryError(f"{where}: {key} must be {wanted}, but is {value!r}")
    for key, field in fields.items():
        if key not in values and field.default is dataclasses.MISSING:
            raise RegistryError(f"{where}: {key!r} is missing")
    return record(**values)
