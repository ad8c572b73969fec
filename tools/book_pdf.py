"""Print the whole built site as one PDF in it: `make pdf`, after `make book`."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import chromium
import yaml
from academy.atomic import atomic_write
from bs4 import BeautifulSoup
from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
sys.path.append(str(ROOT / "book"))

from academy_book import departed, one_build  # noqa: E402
from academy_pdf import contents, document, finishing, printing  # noqa: E402

NAME = "deep-learning.pdf"


def main(site: Path) -> None:
    """Print the book into its built site.

    Args:
        site: Folder of the built site.
    """
    if not (site / "index.html").is_file():
        sys.exit(f"There is no built book in {site}. Build it first: make book")
    taken = one_build.take(site.parent, print)
    try:
        with departed.recorded(site), chromium.running() as browser:
            content = made(site, contents.parts(site), browser)
            atomic_write(site / NAME, content)
    except (ValueError, printing.Incomplete) as problem:
        sys.exit(str(problem))
    finally:
        taken.release()
    print(f"{site / NAME}: {len(content) / 1e6:.1f} MB")


def made(site: Path, parts: list[contents.Part], browser: Browser) -> bytes:
    """Make a PDF of parts of a built site.

    Args:
        site: Folder of the built site.
        parts: What to take of it.
        browser: A running Chromium.
    """
    book = document.gather(site.resolve(), edition(site), parts)
    with TemporaryDirectory() as folder:
        file = Path(folder, "book.html")
        file.write_text(document.written(book, site.resolve().as_uri()), encoding="utf-8")
        content = printing.printed(browser, file, book.formulas, book.pictures)
    return finishing.finished(content, book)


def edition(site: Path) -> document.Edition:
    """Read what the cover says: title and author, the front page's description, version, date of the text."""
    configuration = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    front = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    described = front.select_one('meta[name="description"]')
    date, commit = state() or (str(citation["date-released"]), "")
    return document.Edition(
        title=configuration["title"],
        author=configuration["author"],
        description=str(described["content"]) if described else "",
        address=configuration["html"]["baseurl"] + "/",
        version=str(citation["version"]),
        date=date,
        commit=commit,
        copyright=str(configuration["copyright"]),
    )


def state() -> tuple[str, str] | None:
    """Return day and name of the commit that is checked out, where git knows them."""
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%cs %H"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    date, commit = asked.stdout.split()
    return date, commit[:10]


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "_build" / "html")
