"""Photos that the reader brings: from a folder, or handed over in Colab; drawings where there are none."""

import io
from pathlib import Path

from PIL import Image

from academy.data.emoji import drawing, emoji_named
from academy.data.own_pictures import OwnPictures, own_pictures
from academy.data.reading import in_quotes

FOLDER = "my-photos"
STAND_INS = ("dog", "cat", "bicycle", "pizza", "guitar", "umbrella")
STYLE, SIDE = "noto", 224


def your_photos(folder: str | Path = FOLDER) -> OwnPictures:
    """Read the photos in a folder; in Colab, ask for some first where there is no such folder.

    Args:
        folder: Where they are; Colab puts them there.

    Returns:
        The photos, or six drawings where there are no photos; ``source`` says which.

    Raises:
        NoPictures: If the folder holds no picture that can be read.
    """
    place = Path(folder)
    if not place.exists():
        ask_in_colab(place)
    return own_pictures(place) if place.exists() else drawings(place)


def ask_in_colab(folder: Path) -> None:
    """Have the reader choose files, and put them into a folder; anywhere but in Colab, do nothing."""
    try:
        from google.colab import files
    except ModuleNotFoundError:
        return
    if chosen := files.upload():
        folder.mkdir(parents=True)
    for name, content in chosen.items():
        (folder / Path(name).name).write_bytes(content)


def drawings(folder: Path) -> OwnPictures:
    """Draw what stands in for photos, and say so."""
    pictures = [
        Image.open(io.BytesIO(drawing(each, STYLE, SIDE))).convert("RGB") for each in emoji_named(STAND_INS)
    ]
    source = f"No folder {in_quotes(str(folder))} is here, so {len(pictures)} drawings stand in for photos."
    return OwnPictures(pictures, [f"{name}.png" for name in STAND_INS], source)
