"""What the package and the book's build agree on; without imports, so that no build waits for PyTorch."""

import os

BOOK_VARIABLE = "ACADEMY_BOOK"
"""Set by the book's build in the kernels it starts; absent in a reader's notebook."""

MODEL_MEDIA_TYPE = "application/vnd.academy.onnx"
"""Under which a net on its way to its page stands among the outputs of a cell."""


def in_book() -> bool:
    """Tell whether this runs for the book's build rather than for a reader."""
    return BOOK_VARIABLE in os.environ
