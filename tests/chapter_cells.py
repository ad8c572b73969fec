"""What a chapter defines, without what it computes."""

import re
from typing import Any

from sites import ROOT

CELL = re.compile(r"^```\{code-cell\} ipython3\n(.*?)^```$", re.S | re.M)
DEFINITION = re.compile(r"^(?:(?:import|from) .+|(?:def|class) .+\n(?:(?:[ )].*)?\n)+)", re.M)


def definitions(name: str, **given: Any) -> dict[str, Any]:
    """Run the imports and definitions of a chapter's cells, up to its exercises.

    Args:
        name: As in ``lesson1``.
        given: What the definitions find there: data that the chapter's other lines would have made.

    Returns:
        The names that are there then.
    """
    (page,) = ROOT.glob(f"lessons/*/{name}.md")
    text = page.read_text(encoding="utf-8").split("## Exercises")[0]
    for cell in CELL.findall(text):
        exec("\n".join(DEFINITION.findall(cell + "\n")), given)
    return given
