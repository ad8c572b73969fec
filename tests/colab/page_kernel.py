"""Starts the kernel of a page: where the book is installed as in Colab, but for a competition's page.

That page judges hand-ins, which stand beside it and may need what Colab lacks.
"""

import os
import sys
from pathlib import Path

as_in_colab, *arguments = sys.argv[1:]
python = sys.executable if Path("submissions").is_dir() else as_in_colab
os.execv(python, [python, "-m", "ipykernel_launcher", *arguments])
