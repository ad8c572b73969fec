"""What the package and the book's build agree on; without imports, so that no build waits for PyTorch."""

import os
from pathlib import Path

BOOK_VARIABLE = "ACADEMY_BOOK"
"""The build's folder: set in the kernels that the book's build starts, absent in a reader's notebook."""

MODEL_MEDIA_TYPE = "application/vnd.academy.onnx"
"""Under which a net on its way to its page stands among the outputs of a cell."""

DATA_MEDIA_TYPE = "application/vnd.academy.safetensors"
"""The same for tensors and texts that are no net."""


def in_book() -> bool:
    """Tell whether this runs for the book's build rather than for a reader."""
    return BOOK_VARIABLE in os.environ


def build_folder() -> Path | None:
    """Return where the book's build keeps what it need not compute again; None for a reader."""
    return Path(os.environ[BOOK_VARIABLE]) if in_book() else None
