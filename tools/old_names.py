"""Puts notebooks under the names that they had in an earlier course, so that old links lead somewhere.

    python3 tools/old_names.py FOLDER

The table of the README says which notebook each old name has become. In the folder of new notebooks, each old
name becomes a copy that runs as it is, and begins with a cell that says where the notebook is now.

It stands on Python alone, for the machine that publishes has nothing installed.
"""

import json
import re
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
ROW = re.compile(
    r"^\| `(?P<old>notebooks/[\w-]+\.ipynb)` \| \[`(?P<new>[\w-]+\.ipynb)`\]\((?P<address>\S+)\)",
    re.MULTILINE,
)


def moved(readme: str) -> list[dict[str, str]]:
    """Return each row of the table that names a notebook: its old name, its new one and where that is."""
    return [row.groupdict() for row in ROW.finditer(readme)]


def notice(row: dict[str, str]) -> dict[str, object]:
    """Return the cell with which a notebook under an old name begins."""
    name = Path(row["old"]).name
    text = (
        f"**This lesson has been written anew.** You opened `{name}` of the earlier course. What follows is "
        f"[`{row['new']}`]({row['address']}), which is renewed with the book; this copy is, too."
    )
    return {"cell_type": "markdown", "id": "moved", "metadata": {}, "source": text}


def main(folder: Path) -> None:
    """Write all notebooks that have an old name.

    Args:
        folder: Holds the new notebooks.
    """
    for row in moved(README.read_text(encoding="utf-8")):
        new = folder / row["new"]
        if not new.is_file():
            sys.exit(f"The README leads from {row['old']} to {row['new']}, which is not in {folder}.")
        notebook = json.loads(new.read_text(encoding="utf-8"))
        notebook["cells"].insert(0, notice(row))
        old = folder / row["old"]
        old.parent.mkdir(exist_ok=True)
        old.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
