"""What is printed arrives whole, or the command says that it did not."""

import os
import sys
from collections.abc import Callable


def why_unprinted(show: Callable[[], None]) -> str:
    """Print, to the last byte.

    Args:
        show: Prints to standard output.

    Returns:
        Why it could not be printed, as on a full disk; nothing if it was.
    """
    try:
        show()
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python tries again at its end
        return error.strerror or str(error)
    return ""
